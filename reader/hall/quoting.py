"""Quotations of the library: what somebody said, and who said what stands somewhere."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, overload

from reader.errors import NotFound, UsageError
from reader.model import KINDS, Entry, Hit, Quotation, Quote, Span, Speaker
from reader.ports import IndexStore, NotesStore
from reader.quotes import attributing
from reader.spoken import Rulings, Spoken
from reader.text import one_line

if TYPE_CHECKING:
    from reader.hall.knowing import Knowing, Known

WHOLE = tuple(kind for kind in KINDS if kind != "fragment")
"""Kinds that lists show unless others are asked for."""
ORDERS = ("document", "time", "speaker")
FEW = 2000
"""Documents up to which the index is asked for their quotes by name."""
FURTHER = 5
"""Times as many quotations are looked at as are asked for, to find copies among them."""
_MARKS = " \t\n\u00a0“”„‟«»‹›‘’‚‛\"'「」『』.,;:!?…–—-"
"""What may stand around the words of a quotation without being any of them."""


class Quotations(Sequence[Quotation]):
    """A list of quotations, each made when it is looked at: a library may have a hundred thousand."""

    def __init__(self, spoken: Sequence[Spoken], names: Sequence[str | None], entries: Mapping[str, Entry]) -> None:
        self._spoken, self._names, self._entries = spoken, names, entries

    def __len__(self) -> int:
        return len(self._spoken)

    @overload
    def __getitem__(self, place: int) -> Quotation: ...
    @overload
    def __getitem__(self, place: slice) -> list[Quotation]: ...
    def __getitem__(self, place: int | slice) -> Quotation | list[Quotation]:
        if isinstance(place, slice):
            return [self[number] for number in range(*place.indices(len(self)))]
        said, name = self._spoken[place], self._names[place]
        quote = said.quote if said.speaker == name else said._replace(speaker=name).quote
        entry = self._entries[said.document]
        known = entry.metadata
        title, corrected = one_line(entry.display_title), said.rule == attributing.RULE
        return Quotation(quote, said.document, said.words, title, known.date, known.publisher, corrected)

    def __repr__(self) -> str:
        return f"Quotations({len(self)})"


class Quoting:
    """Quotations over the two stores; any thread may ask."""

    def __init__(self, notes: NotesStore, index: IndexStore) -> None:
        self._notes, self._index = notes, index
        self._knowing: Knowing | None = None

    @property
    def knowing(self) -> "Knowing":
        """Who is who. Made when first asked for: to open a page nobody need be known."""
        if self._knowing is None:
            from reader.hall.knowing import Knowing

            self._knowing = Knowing(self._notes, self._index)
        return self._knowing

    # -- quotations ---------------------------------------------------------------------------------------------------------------

    def quotations(
        self, by: str | Speaker | None, entries: Mapping[str, Entry], kinds: Collection[str], order: str = "document", *, fold: bool = False
    ) -> Sequence[Quotation]:
        """The quotations in these documents, of the person or people meant by `by`."""
        if order not in ORDERS:
            raise UsageError("quotes", order, "no such order; there are: " + ", ".join(ORDERS))
        known = self.knowing.known()
        found = [said for said in self._of(known, by, entries) if said.kind in kinds]
        shown: dict[int, str] = {}
        names: dict[tuple[str, str], str] = {}
        for said in found:
            if said.speaker and (said.speaker, said.document) not in names:
                number = known.people.who(said.speaker, said.document)
                if number is not None and number not in shown:
                    shown[number] = known.display(number, entries)
                names[said.speaker, said.document] = said.speaker if number is None else shown[number]
        called = [names[said.speaker, said.document] if said.speaker else None for said in found]
        places = sorted(range(len(found)), key=_sorting(order, found, called, entries))
        listed = Quotations([found[place] for place in places], [called[place] for place in places], entries)
        if fold:
            from reader.hall.folding import folded

            return folded(listed)
        return listed

    def _of(self, known: "Known", by: str | Speaker | None, entries: Mapping[str, Entry]) -> list[Spoken]:
        """The quotes in these documents, after the user's word; with `by` those of the people meant."""
        if by is None:
            spoken = self._index.quotes(list(entries) if len(entries) <= FEW else None)
            found = [said for said in spoken if said.document in entries and said.document not in known.attributed]
            return found + [said for document, of in known.attributed.items() if document in entries for said in of]
        numbers = self.knowing.meant(known, by, entries)
        found = [said for said in self._index.quotes(speakers=known.people.spellings(numbers)) if said.document not in known.attributed]
        found += [said for of in known.attributed.values() for said in of if said.speaker]
        who = known.people.who
        return [said for said in found if said.document in entries and who(said.speaker or "", said.document) in numbers]

    def passages(self, by: Sequence[str], entries: Mapping[str, Entry]) -> list[Span] | None:
        """The ids of passages, as ranges, where each of these people is quoted; None when one of them is nowhere quoted."""
        held: set[int] | None = None
        for name in by:
            said = self._of(self.knowing.known(), name, entries)
            if not said:
                return None
            own = {number for one in said if one.passages for number in range(one.passages[0], one.passages[1] + 1)}
            held = own if held is None else held & own
        return _ranges(sorted(held or ()))

    def latest(self, by: Sequence[str], entries: Mapping[str, Entry], limit: int) -> list[Quotation]:
        """The latest quotations of these people, copies folded, the newest first."""
        found = [said for name in by for said in self.quotations(name, entries, KINDS, "time")]
        newest = sorted(found, key=lambda said: said.date or "", reverse=True)[: limit * FURTHER]
        from reader.hall.folding import folded

        return folded(newest)[:limit]

    def completions(self, prefix: str) -> list[str]:
        """Words of the names of everybody quoted that begin so, folded."""
        from reader.quotes.names import key

        return sorted(self.knowing.known().people.completions(key(prefix)))

    # -- one document -------------------------------------------------------------------------------------------------------------

    def on_page(self, document: str) -> tuple[Quote, ...]:
        """All quotes of a document by place, speakers as the document and the user name them."""
        return tuple(said.quote for said in self._settled(self._index.quotes([document]), document, self._notes.rulings()))

    def at(self, document: str, start: int, end: int, rulings: Rulings | None = None) -> list[Quote]:
        """The quotes that share a character with the place."""
        rulings = rulings or self._notes.rulings()
        whole = any(said.document == document for said in rulings.attributions)
        spoken = self._index.quotes([document]) if whole else self._index.quotes_at(document, start, end)
        quotes = [said.quote for said in self._settled(spoken, document, rulings)]
        return [quote for quote in quotes if quote.start < end and quote.end > start]

    def named(self, hits: Iterable[Hit]) -> list[Hit]:
        """The hits, with the speaker of the quotation that each lies on, as far as it is known."""
        rulings = self._notes.rulings()
        found = []
        for hit in hits:
            quote = _most_matched(self.at(hit.document, hit.start, hit.end, rulings), hit.matches)
            found.append(replace(hit, speaker=quote.speaker, speaker_confidence=quote.confidence) if quote else hit)
        return found

    def speaker_of(self, document: str, start: int, end: int, text: str) -> str | None:
        """Who spoke these words, when they are nothing but a quotation, or run from one to another of the same speaker."""
        words = text[start:end]
        start, end = end - len(words.lstrip(_MARKS)), start + len(words.rstrip(_MARKS))
        quotes = self.at(document, start, end) if start < end else []
        names = {quote.speaker for quote in quotes if quote.confidence != "unknown"}
        inside = bool(quotes) and quotes[0].start <= start and end <= max(quote.end for quote in quotes)
        return names.pop() if inside and len({quote.speaker for quote in quotes}) == len(names) == 1 else None

    def _settled(self, spoken: Sequence[Spoken], document: str, rulings: Rulings) -> list[Spoken]:
        """Quotes of a document after what the user said of them, and of names; without looking at any other document."""
        of = attributing.by_document(rulings).get(document)
        if of:
            spoken = attributing.attributed(spoken, of)
        called = {said.name: said.person for said in rulings.spellings if said.document is None and said.person}
        called |= {said.name: said.person for said in rulings.spellings if said.document == document and said.person}
        if not called:
            return list(spoken)
        from reader.quotes.names import key

        return [said._replace(speaker=called.get(key(said.speaker), said.speaker)) if said.speaker else said for said in spoken]

    # -- what the user says -------------------------------------------------------------------------------------------------------

    def attribute(self, document: str, place: Span, speaker: str | None) -> None:
        """The quote at that place was spoken by that person."""
        from reader.hall.knowing import check_name

        check_name("attribute", speaker)
        touched = self._index.quotes_at(document, place[0], max(place[1], place[0] + 1))
        exact = [said for said in touched if (said.start, said.end) == place] or touched
        said = attributing.attribution(self._index.quotes([document]), exact[0].start, speaker) if exact else None
        if said is None:
            raise NotFound("attribute", f"{document}:{place[0]}-{place[1]}", "no quotation there")
        self._notes.attribute(said, f"attribute “{one_line(said.words)[:40]}”")


def kinds(kind: str | None) -> Collection[str]:
    """The kinds that somebody asks for who says `kind`. Raises `UsageError`."""
    if kind is not None and kind != "all" and kind not in KINDS:
        raise UsageError("quotes", kind, "no such kind; there are: " + ", ".join([*KINDS, "all"]))
    return WHOLE if kind is None else KINDS if kind == "all" else (kind,)


def _ranges(numbers: Sequence[int]) -> list[Span]:
    found: list[Span] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def _most_matched(quotes: Sequence[Quote], matches: Sequence[Span]) -> Quote | None:
    """The quote that holds most of the matches, of those with a speaker."""
    held = [(sum(max(0, min(b, q.end) - max(a, q.start)) for a, b in matches), -q.start, q) for q in quotes]
    best = max(held, key=lambda found: found[:2], default=None)
    return best[2] if best and best[2].speaker and best[2].confidence != "unknown" else None


def _sorting(order: str, found: Sequence[Spoken], called: Sequence[str | None], entries: Mapping[str, Entry]) -> Callable[[int], Any]:
    """What the numbers of quotes are sorted by."""
    documents = sorted(entries.values(), key=lambda entry: (entry.display_title.casefold(), entry.id))
    if order != "document":
        documents.sort(key=lambda entry: (entry.metadata.date is None, entry.metadata.date or ""))
    rank = {entry.id: number for number, entry in enumerate(documents)}
    if order != "speaker":
        return lambda place: (rank[found[place].document], found[place].start)
    folded = {name: (name is None, (name or "").casefold(), name or "") for name in set(called)}
    return lambda place: (folded[called[place]], rank[found[place].document], found[place].start)

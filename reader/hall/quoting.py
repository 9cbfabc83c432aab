"""Quotations of the library: who is quoted, with what, and what the user said about it."""

import threading
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from reader.errors import NotFound, UsageError
from reader.hall import shelf
from reader.model import KINDS, Entry, Hit, Quotation, Quote, Span, Speaker
from reader.ports import Attribution, IndexStore, NotesStore, Rulings, Spelling, Spoken, Tally
from reader.quotes import attributing
from reader.quotes.names import key
from reader.quotes.people import People, identify
from reader.text import one_line

WHOLE = tuple(kind for kind in KINDS if kind != "fragment")
"""Kinds that lists show unless others are asked for."""
ORDERS = ("document", "time", "speaker")
FURTHER = 5
"""Times as many quotations are looked at as are asked for, to find copies among them."""
_MARKS = " \t\n\u00a0“”„‟«»‹›‘’‚‛\"'「」『』.,;:!?…–—-"
"""What may stand around the words of a quotation without being any of them."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What was worked out about everybody, for a state of the index and of the user's rulings."""

    version: int
    rulings: Rulings
    people: People
    tallies: Sequence[Tally]
    attributed: Mapping[str, Sequence[Spoken]]
    """Documents in which the user attributed quotes, with all their quotes after that."""


class Quoting:
    """Quotations and speakers over the two stores. Remembers who is who until one of the stores says something else; any thread may ask."""

    def __init__(self, notes: NotesStore, index: IndexStore) -> None:
        self._notes, self._index = notes, index
        self._lock = threading.Lock()
        self._cache: _Known | None = None

    # -- who is who ---------------------------------------------------------------------------------------------------------------

    def _known(self) -> _Known:
        with self._lock:
            version, rulings = self._index.quotes_version(), self._notes.rulings()
            if self._cache is None or self._cache.version != version or self._cache.rulings != rulings:
                self._cache = self._worked_out(version, rulings)
            return self._cache

    def _worked_out(self, version: int, rulings: Rulings) -> _Known:
        attributions = _by_document(rulings)
        attributed = {document: attributing.attributed(self._index.quotes([document]), of) for document, of in attributions.items()}
        tallies = [tally for tally in self._index.tallies() if tally.document not in attributed]
        tallies += [tally for spoken in attributed.values() for tally in _tallied(spoken)]
        return _Known(version, rulings, identify(tallies, rulings), tallies, attributed)

    def speakers(self, entries: Mapping[str, Entry]) -> list[Speaker]:
        """Everybody quoted in these documents with more than fragments, most quoted first."""
        known = self._known()
        people = known.people
        quotes: defaultdict[int, int] = defaultdict(int)
        where: defaultdict[int, dict[str, str | None]] = defaultdict(dict)
        for tally in known.tallies:
            if tally.whole and tally.document in entries:
                number = people.who(tally.speaker, tally.document)
                quotes[number] += tally.whole
                where[number][tally.document] = tally.role or where[number].get(tally.document)
        found = [_speaker(people, number, quotes[number], where[number], entries) for number in quotes]
        return sorted(found, key=lambda speaker: (-speaker.quotes, speaker.name.casefold(), speaker.name))

    # -- quotations ---------------------------------------------------------------------------------------------------------------

    def quotations(
        self, by: str | Speaker | None, entries: Mapping[str, Entry], kinds: Collection[str], order: str = "document", *, fold: bool = False
    ) -> list[Quotation]:
        """The quotations in these documents, of the person or people meant by `by`."""
        if order not in ORDERS:
            raise UsageError("quotes", order, "no such order; there are: " + ", ".join(ORDERS))
        known = self._known()
        numbers = None if by is None else self.meant(by, entries)
        spoken = self._spoken(known, numbers, entries)
        found = []
        for said in spoken:
            entry = entries.get(said.document)
            if entry is None or said.quote.kind not in kinds:
                continue
            number = known.people.who(said.quote.speaker, said.document) if said.quote.speaker else None
            if numbers is None or number in numbers:
                found.append(_quotation(said, entry, None if number is None else _display(known.people, number, entries)))
        found.sort(key=_ORDER[order])
        if fold:
            from reader.hall.folding import folded

            return folded(found)
        return found

    def meant(self, by: str | Speaker, entries: Mapping[str, Entry]) -> set[int]:
        """The numbers of the people meant."""
        people = self._known().people
        wanted = by.name if isinstance(by, Speaker) else by
        exact = {number for number in range(len(people.persons)) if _display(people, number, entries) == wanted}
        if exact and (isinstance(by, Speaker) or " " in wanted):
            return exact
        return set(people.meant(wanted))

    def _spoken(self, known: _Known, numbers: Collection[int] | None, entries: Mapping[str, Entry]) -> list[Spoken]:
        """The quotes to look at, after the user's word."""
        found = self._index.quotes(list(entries)) if numbers is None else self._index.quotes(speakers=known.people.spellings(numbers))
        kept = [said for said in found if said.document not in known.attributed]
        return kept + [said for document, of in known.attributed.items() if document in entries for said in of]

    def passages(self, by: Sequence[str], entries: Mapping[str, Entry]) -> list[Span] | None:
        """The ids of passages, as ranges, where each of these people is quoted; None when one of them is nowhere quoted."""
        held: set[int] | None = None
        for name in by:
            said = self._of(name, entries)
            if not said:
                return None
            own = {number for one in said if one.passages for number in range(one.passages[0], one.passages[1] + 1)}
            held = own if held is None else held & own
        return _ranges(sorted(held or ()))

    def _of(self, by: str, entries: Mapping[str, Entry]) -> list[Spoken]:
        known, numbers = self._known(), self.meant(by, entries)
        return [
            said
            for said in self._spoken(known, numbers, entries)
            if said.document in entries and said.quote.speaker and known.people.who(said.quote.speaker, said.document) in numbers
        ]

    def latest(self, by: Sequence[str], entries: Mapping[str, Entry], limit: int) -> list[Quotation]:
        """The latest quotations of these people, copies folded, the newest first."""
        found = [said for name in by for said in self.quotations(name, entries, KINDS, "time")]
        newest = sorted(found, key=lambda said: said.date or "", reverse=True)[: limit * FURTHER]
        from reader.hall.folding import folded

        return folded(newest)[:limit]

    def completions(self, prefix: str) -> list[str]:
        """Words of the names of everybody quoted that begin so, folded."""
        return sorted(self._known().people.completions(key(prefix)))

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
        names = {quote.speaker for quote in quotes}
        inside = bool(quotes) and quotes[0].start <= start and end <= max(quote.end for quote in quotes)
        return names.pop() if inside and len(names) == 1 else None

    def _settled(self, spoken: Sequence[Spoken], document: str, rulings: Rulings) -> list[Spoken]:
        """Quotes of a document after what the user said of them, and of names; without looking at any other document."""
        of = _by_document(rulings).get(document)
        if of:
            spoken = attributing.attributed(spoken, of)
        called = {said.name: said.person for said in rulings.spellings if said.document is None and said.person}
        called |= {said.name: said.person for said in rulings.spellings if said.document == document and said.person}
        if not called:
            return list(spoken)
        return [
            replace(said, quote=replace(said.quote, speaker=called.get(key(said.quote.speaker), said.quote.speaker)))
            if said.quote.speaker
            else said
            for said in spoken
        ]

    # -- what the user says -------------------------------------------------------------------------------------------------------

    def merge(self, names: Iterable[str], into: str) -> None:
        """These names are one person, to be called `into`."""
        others = [name for name in dict.fromkeys(names) if name != into]
        meant = [spelling for name in others for spelling in self._meant_by("merge", name, into)]
        if not key(into):
            raise UsageError("merge", f'"{into}"', "is no name")
        told = ", ".join(one_line(name) for name in others)
        self._notes.rule([*meant, Spelling(key(into), into, into)], f"merge {told[:60]} into {one_line(into)[:40]}")

    def split(self, name: str, document: str | None, into: str | None) -> None:
        """The name, in the document or everywhere, is not the person it was taken for."""
        spellings = self._meant_by("split", name, into) if document is None else self._used_in(document, name, into)
        self._notes.rule(spellings, f"split {one_line(name)[:40]}")

    def _meant_by(self, operation: str, name: str, person: str | None) -> list[Spelling]:
        """What is said of a name: of it everywhere, or where alone somebody is called so, or of all that the user has merged into it."""
        known, wanted = self._known(), key(name)
        people = known.people
        if wanted and any(key(spelling) == wanted for spelling in people.means):
            return [Spelling(wanted, name, person)]
        alone = [who for number, who in enumerate(people.persons) if who.document and self._called(people, number) == wanted]
        merged = [said for said in known.rulings.spellings if said.person is not None and key(said.person) == wanted]
        found = [Spelling(key(who.name), who.name, person, who.document) for who in alone]
        found += [replace(said, person=person) for said in merged]
        if not found:
            raise NotFound(operation, name or '""', "nobody of that name is quoted")
        return found

    def _called(self, people: People, number: int) -> str:
        """The folded name under which lists show a person."""
        document = people.persons[number].document
        return key(_display(people, number, entries_of(document, self._notes, self._index)))

    def _used_in(self, document: str, name: str, person: str | None) -> list[Spelling]:
        """The spellings that mean somebody of that name in a document."""
        known = self._known()
        people, numbers = known.people, self.meant(name, {})
        used = {tally.speaker for tally in known.tallies if tally.document == document}
        same = [spelling for spelling in used if key(spelling) == key(name)]
        found = same or [spelling for spelling in used if people.who(spelling, document) in numbers]
        if not found:
            raise NotFound("split", name or '""', "nobody of that name is quoted there")
        return [Spelling(key(spelling), spelling, person, document) for spelling in sorted(found)]

    def attribute(self, document: str, place: Span, speaker: str | None) -> None:
        """The quote at that place was spoken by that person."""
        touched = self._index.quotes_at(document, place[0], max(place[1], place[0] + 1))
        exact = [said for said in touched if (said.quote.start, said.quote.end) == place] or touched
        said = attributing.attribution(self._index.quotes([document]), exact[0].quote.start, speaker) if exact else None
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


def entries_of(document: str | None, notes: NotesStore, index: IndexStore) -> dict[str, Entry]:
    """The document's entry by its id, if there is one."""
    return {entry.id: entry for entry in shelf.entries(notes, index, [document])} if document else {}


def _by_document(rulings: Rulings) -> dict[str, list[Attribution]]:
    found: dict[str, list[Attribution]] = {}
    for said in rulings.attributions:
        found.setdefault(said.document, []).append(said)
    return found


def _tallied(spoken: Iterable[Spoken]) -> list[Tally]:
    return [
        Tally(q.speaker, said.document, int(q.kind != "fragment"), int(q.kind == "fragment"), q.role, q.person)
        for said in spoken
        if (q := said.quote).speaker
    ]


def _display(people: People, number: int, entries: Mapping[str, Entry]) -> str:
    """What a person is called; one whom only a document's use of a name makes another is called after it as well."""
    person = people.persons[number]
    if person.document is None:
        return person.name
    entry = entries.get(person.document)
    return f"{person.name} ({one_line(entry.display_title) if entry else person.document})"


def _speaker(people: People, number: int, quotes: int, where: Mapping[str, str | None], entries: Mapping[str, Entry]) -> Speaker:
    dates = sorted(date for document in where if (date := entries[document].metadata.date))
    roles = [(entries[document].metadata.date or "", role) for document, role in where.items() if role]
    person = people.persons[number]
    return Speaker(
        name=_display(people, number, entries),
        names=person.names,
        role=max(roles)[1] if roles else None,
        quotes=quotes,
        documents=len(where),
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
        person=person.person,
    )


def _quotation(said: Spoken, entry: Entry, name: str | None) -> Quotation:
    quote = said.quote if name == said.quote.speaker else replace(said.quote, speaker=name)
    corrected = quote.rule == attributing.RULE
    metadata = entry.metadata
    return Quotation(quote, said.document, said.words, one_line(entry.display_title), metadata.date, metadata.publisher, corrected)


def _place_key(found: Quotation) -> tuple[str, str, int]:
    return found.display_title.casefold(), found.document, found.quote.start


def _time_key(found: Quotation) -> tuple[bool, str, tuple[str, str, int]]:
    return found.date is None, found.date or "", _place_key(found)


def _speaker_key(found: Quotation) -> tuple[bool, str, tuple[bool, str, tuple[str, str, int]]]:
    name = found.quote.speaker
    return name is None, (name or "").casefold(), _time_key(found)


_ORDER = {"document": _place_key, "time": _time_key, "speaker": _speaker_key}

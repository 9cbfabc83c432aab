"""Quotations of the library: who is quoted, with what, and what the user said about it."""

import threading
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from reader.errors import NotFound, UsageError
from reader.model import KINDS, Entry, Quotation, Quote, Span, Speaker
from reader.ports import Attribution, IndexStore, NotesStore, Rulings, Spelling, Spoken, Tally
from reader.quotes import attributing
from reader.quotes.names import key
from reader.quotes.people import People, identify
from reader.text import one_line

WHOLE = tuple(kind for kind in KINDS if kind != "fragment")
"""Kinds that lists show unless others are asked for."""
ORDERS = ("document", "time", "speaker")


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

    # -- one document -------------------------------------------------------------------------------------------------------------

    def on_page(self, document: str) -> tuple[Quote, ...]:
        """All quotes of a document by place, speakers as the document and the user name them."""
        return tuple(said.quote for said in self._settled(self._index.quotes([document]), document))

    def at(self, document: str, start: int, end: int) -> list[Quote]:
        """The quotes that share a character with the place."""
        rulings = self._notes.rulings()
        if any(said.document == document for said in rulings.attributions):
            return [quote for quote in self.on_page(document) if quote.start < end and quote.end > start]
        return [said.quote for said in self._settled(self._index.quotes_at(document, start, end), document)]

    def _settled(self, spoken: Sequence[Spoken], document: str) -> list[Spoken]:
        """Quotes of a document after what the user said of them, and of names; without looking at any other document."""
        rulings = self._notes.rulings()
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
        spellings = [Spelling(key(name), name, into) for name in dict.fromkeys([*names, into])]
        self._notes.rule(spellings, f"merge {len(spellings)} names into {one_line(into)[:40]}")

    def split(self, name: str, document: str | None, into: str | None) -> None:
        """The name, in the document or everywhere, is not the person it was taken for."""
        self._notes.rule([Spelling(key(name), name, into, document)], f"split {one_line(name)[:40]}")

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

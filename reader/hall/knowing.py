"""Who is who in the library: worked out once for a state of the stores, changed by what the user says."""

import threading
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reader.errors import NotFound, UsageError
from reader.hall import shelf
from reader.model import Entry, Speaker
from reader.ports import IndexStore, NotesStore
from reader.quotes import attributing
from reader.quotes.names import is_unnamed, key
from reader.quotes.people import People, identify
from reader.spoken import Credit, Rulings, Spelling, Spoken
from reader.text import one_line, safe

Dates = Mapping[str, tuple[str | None, str]]
"""Date and title of documents by id."""

LONGEST_NAME = 200
"""Characters of a name that somebody gives."""


@dataclass(frozen=True, slots=True)
class Known:
    """What was worked out for a state of the index and of the user's rulings.

    `attributed` has the documents in which the user attributed quotations, with all their quotes after that.
    """

    version: int
    rulings: Rulings
    people: People
    attributed: Mapping[str, Sequence[Spoken]]

    def display(self, number: int, entries: Mapping[str, Entry]) -> str:
        """What a person is called; one whom only a document's use of a name makes another is called after it as well."""
        person = self.people.persons[number]
        if person.document is None:
            return person.name
        entry = entries.get(person.document)
        return f"{person.name} ({one_line(entry.display_title) if entry else person.document})"


class Knowing:
    """Who is who, remembered until one of the stores says something else; any thread may ask."""

    def __init__(self, notes: NotesStore, index: IndexStore) -> None:
        self._notes, self._index = notes, index
        self._lock = threading.Lock()
        self._cache: Known | None = None
        self._listed: tuple[Known, Dates, list[Speaker]] | None = None

    def known(self) -> Known:
        """Who is who now."""
        with self._lock:
            version, rulings = self._index.quotes_version(), self._notes.rulings()
            if self._cache is None or self._cache.version != version or self._cache.rulings != rulings:
                self._cache = self._worked_out(version, rulings)
            return self._cache

    def _worked_out(self, version: int, rulings: Rulings) -> Known:
        attributed = {
            document: attributing.attributed(self._index.quotes([document]), of)
            for document, of in attributing.by_document(rulings).items()
        }

        def quoted_in(names: Collection[str]) -> Mapping[str, Collection[str]]:
            found = {name: set(of) - attributed.keys() for name, of in self._index.quoted_in(names).items()}
            for said in (said for spoken in attributed.values() for said in spoken if said.speaker in names):
                found.setdefault(said.speaker or "", set()).add(said.document)
            return found

        return Known(version, rulings, identify(self._index.names(), quoted_in, rulings), attributed)

    # -- asking -------------------------------------------------------------------------------------------------------------------

    @staticmethod
    def meant(known: Known, by: str | Speaker, entries: Mapping[str, Entry]) -> set[int]:
        """The numbers of the people that somebody means: the one whom lists show so, else all who may be called so."""
        wanted = key(by.name if isinstance(by, Speaker) else by)
        exact = {*known.people.called.get(wanted, ()), *(n for n in known.people.alone if key(known.display(n, entries)) == wanted)}
        if exact and (isinstance(by, Speaker) or " " in wanted):
            return exact
        return set(known.people.meant(wanted))

    def speakers(self, entries: Mapping[str, Entry]) -> list[Speaker]:
        """Everybody quoted in these documents with more than fragments, most quoted first; "the lawmakers" and "one MP" after those with a name."""
        known = self.known()
        dates: Dates = {name: (entry.metadata.date, entry.display_title) for name, entry in entries.items()}
        listed = self._listed
        if listed is None or listed[0] is not known or listed[1] != dates:
            found = [counts.speaker(known, number, entries, dates) for number, counts in self._counted(known, dates).items()]
            found.sort(key=lambda speaker: (is_unnamed(speaker.name), -speaker.quotes, speaker.name.casefold(), speaker.name))
            listed = self._listed = (known, dates, found)
        return list(listed[2])

    def _counted(self, known: Known, dates: Dates) -> "dict[int, _Counts]":
        """How much everybody is quoted in the documents of `dates`."""
        counted: defaultdict[int, _Counts] = defaultdict(_Counts)
        who, excepted = known.people.who, {name for name, _ in known.people.within}
        for name, role, documents in self._credits(known):
            if name in excepted:
                for document in documents:
                    number = who(name, document)
                    if number is not None and document in dates:
                        counted[number].add([document], role, dates)
                continue
            number = who(name, "")
            held = [document for document in documents if document in dates]
            if held and number is not None:
                counted[number].add(held, role, dates)
        return counted

    def _credits(self, known: Known) -> Iterator[Credit]:
        """Who is quoted where, after the user's word."""
        attributed = known.attributed
        for credit in self._index.credits():
            yield credit if not attributed else credit._replace(documents=[name for name in credit.documents if name not in attributed])
        for said in (said for spoken in attributed.values() for said in spoken):
            if said.speaker and said.kind != "fragment":
                yield Credit(said.speaker, said.role, [said.document])

    # -- what the user says -------------------------------------------------------------------------------------------------------

    def merge(self, names: Iterable[str], into: str) -> None:
        """These names are one person, to be called `into`."""
        check_name("merge", into)
        others = [name for name in dict.fromkeys(names) if key(name) != key(into)]
        if not others:
            raise UsageError("merge", one_line(into), "is one name already; name two that mean one person")
        meant = [spelling for name in others for spelling in self._meant_by("merge", name, into)]
        told = ", ".join(one_line(name) for name in others)
        self._notes.rule([*meant, Spelling(key(into), into, into)], f"merge {told[:60]} into {one_line(into)[:40]}")

    def split(self, name: str, document: str | None, into: str | None) -> None:
        """The name, in the document or everywhere, is not the person it was taken for."""
        check_name("split", into)
        spellings = self._meant_by("split", name, into) if document is None else self._used_in(document, name, into)
        self._notes.rule(spellings, f"split {one_line(name)[:40]}")

    def _meant_by(self, operation: str, name: str, person: str | None) -> list[Spelling]:
        """What is said of a name: of it everywhere, or where alone somebody is called so, or of all that the user has merged into it."""
        known, wanted = self.known(), key(name)
        people = known.people
        spellings = [*(named.speaker for named in self._index.names()), *(said.speaker or "" for said in known.rulings.attributions)]
        if wanted and any(key(spelling) == wanted for spelling in spellings):
            return [Spelling(wanted, name, person)]
        found = [
            Spelling(key(alone.name), alone.name, person, alone.document)
            for number in people.alone
            if (alone := people.persons[number]) and key(known.display(number, self._entry(alone.document))) == wanted
        ]
        merged = [said for said in known.rulings.spellings if said.person and key(said.person) == wanted]
        found += [replace(said, person=person or said.shown) for said in merged]
        if not found:
            near = ", ".join(people.persons[number].name for number in people.meant(wanted)[:3]) if wanted else ""
            hint = f"; the names there are: {one_line(near)}" if near else ""
            raise NotFound(operation, name or '""', f"nobody of that name is quoted{hint}")
        return found

    def _entry(self, document: str | None) -> dict[str, Entry]:
        return {entry.id: entry for entry in shelf.entries(self._notes, self._index, [document])} if document else {}

    def _used_in(self, document: str, name: str, person: str | None) -> list[Spelling]:
        """The spellings that mean somebody of that name in a document."""
        known = self.known()
        people, numbers = known.people, self.meant(known, name, {})
        used = {said.speaker for said in known.attributed.get(document) or self._index.quotes([document]) if said.speaker}
        same = [spelling for spelling in used if key(spelling) == key(name)]
        found = same or [spelling for spelling in used if people.who(spelling, document) in numbers]
        if not found:
            raise NotFound("split", name or '""', "nobody of that name is quoted there")
        return [Spelling(key(spelling), spelling, person, document) for spelling in sorted(found)]


def check_name(operation: str, name: str | None) -> None:
    """Raises `UsageError` for a name without a letter, with half a character, or as long as a paragraph."""
    if name is None:
        return
    if not key(name) or safe(name) != name:
        raise UsageError(operation, f'"{one_line(name)[:40]}"', "is no name")
    if len(name) > LONGEST_NAME:
        raise UsageError(operation, f'"{one_line(name)[:40]}…"', f"is longer than {LONGEST_NAME} characters")


class _Counts:
    """How much somebody is quoted."""

    __slots__ = ("documents", "quotes", "role", "role_of")

    def __init__(self) -> None:
        self.quotes = 0
        self.documents: set[str] = set()
        self.role: str | None = None
        self.role_of = ""

    def add(self, documents: Sequence[str], role: str | None, dates: Dates) -> None:
        """Count a quote in each of these documents."""
        self.quotes += len(documents)
        self.documents.update(documents)
        if role is not None:
            date = max(dates[document][0] or "" for document in documents)
            if self.role is None or date > self.role_of:
                self.role, self.role_of = role, date

    def speaker(self, known: Known, number: int, entries: Mapping[str, Entry], dates: Dates) -> Speaker:
        """The person with that number."""
        person, name = known.people.persons[number], known.display(number, entries)
        known_dates = [date for document in self.documents if (date := dates[document][0]) is not None]
        first, last = (min(known_dates), max(known_dates)) if known_dates else (None, None)
        return Speaker(name, person.names, self.role, self.quotes, len(self.documents), first, last, person.person)

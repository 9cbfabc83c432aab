"""The documents of a library as a list needs them: in order, to be narrowed, counted and looked up; each one's entry when it is asked for.

Owns what sorting and narrowing go by: columns of text, one line a document, which are read back in a few milliseconds where 100,000 entries
would take seconds. Refuses to know a window, and to ask a store for anything but entries.
"""

import os
from bisect import bisect_left
from collections.abc import Callable, Collection, ItemsView, Iterable, Iterator, Mapping, Sequence, ValuesView
from typing import Self

from reader.model import Entry
from reader.text import fold

AHEAD = 32
"""Entries that are asked for together when one of them is: a screenful and a half."""
PATIENCE = 300
"""Entries asked for one by one, here and there, until all of them are read: somebody goes through all of them."""
COLUMNS = ("ids", "titles", "dates", "added", "words")
"""Lists with a value for each document, in the order of their titles: the title to sort by, the date, when it came, what is searched by a filter."""
_PLAIN = str.maketrans("\n\r\x00", "   ")

Fetch = Callable[[Collection[str] | None], Sequence[Entry]]
"""Entries by their ids; of all documents for None."""


class Catalogue(Mapping[str, Entry]):
    """Entries by id. Made `of` entries that are there, or `stored` from the columns; `fetch` brings the others when they are asked for."""

    def __init__(self, columns: Sequence[str | list[str]], entries: dict[str, Entry], fetch: Fetch) -> None:
        self._columns: list[str | list[str]] = list(columns)
        self._entries = entries
        self._fetch = fetch
        self._places: dict[str, int] | None = None
        self._orders: dict[str, Sequence[int]] = {}
        self._asked = 0
        self._narrowed: tuple[str, tuple[str, ...], Sequence[str]] = ("", (), ())

    @classmethod
    def of(cls, entries: Iterable[Entry], fetch: Fetch | None = None) -> Self:
        """Of these entries."""
        found = sorted(entries, key=lambda entry: entry.display_title.casefold())
        columns = [list(column) for column in zip(*map(_line, found), strict=True)] if found else [[] for _ in COLUMNS]
        return cls(columns, {entry.id: entry for entry in found}, fetch or (lambda _: ()))

    @classmethod
    def stored(cls, columns: Sequence[str], fetch: Fetch) -> Self:
        """From what `columns` gave."""
        return cls(columns, {}, fetch)

    def columns(self) -> list[str]:
        """The columns, each as one text with a line for each document."""
        return [column if isinstance(column, str) else "\n".join(column) for column in self._columns]

    def _column(self, name: str) -> list[str]:
        """A column, taken apart when first needed."""
        place = COLUMNS.index(name)
        column = self._columns[place]
        if isinstance(column, str):
            column = self._columns[place] = column.split("\n") if column or self._columns[0] else []
        return column

    # -- one document -------------------------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self._column("ids"))

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._column("ids")))

    def __contains__(self, document: object) -> bool:
        return document in self._placed()

    def __getitem__(self, document: str) -> Entry:
        entry = self._entries.get(document)
        if entry is None:
            if document not in self._placed():
                raise KeyError(document)
            self._asked += 1
            self.fetch([document] if self._asked < PATIENCE else None)
            entry = self._entries[document]
        return entry

    def _placed(self) -> dict[str, int]:
        if self._places is None:
            self._places = {document: place for place, document in enumerate(self._column("ids"))}
        return self._places

    def fetch(self, documents: Iterable[str] | None) -> None:
        """Have the entries of these documents, or all, at hand: together they cost little more than one of them."""
        missing = [
            name for name in (self._placed() if documents is None else documents) if name not in self._entries and name in self._placed()
        ]
        if missing:
            found = {entry.id: entry for entry in self._fetch(missing if len(missing) < len(self) else None)}
            found |= {entry.id: entry for entry in self._fetch(gone)} if (gone := [name for name in missing if name not in found]) else {}
            self._entries = {**found, **self._entries}  # `gone`: they left the library meanwhile, and are listed until it is listed anew

    def near(self, documents: Sequence[str], at: int) -> Entry:
        """The entry of `documents[at]`, and at hand those around it."""
        name = documents[at]
        if name not in self._entries:
            first = max(0, at - AHEAD // 4)
            self.fetch(documents[first : first + AHEAD])
        return self._entries[name]

    def items(self) -> ItemsView[str, Entry]:
        """All ids and entries; these are read at once."""
        self.fetch(None)
        return super().items()

    def values(self) -> ValuesView[Entry]:
        """All entries, read at once."""
        self.fetch(None)
        return super().values()

    # -- changing -----------------------------------------------------------------------------------------------------------------

    def update(self, entry: Entry) -> None:
        """A document is as `entry` says now. It keeps its place among the titles until `merge`."""
        place = self._placed().get(entry.id)
        if place is None:
            return
        self._entries[entry.id] = entry
        for name, value in zip(COLUMNS, _line(entry), strict=True):
            if name != "titles":
                self._column(name)[place] = value
        self._orders.clear()
        self._narrowed = ("", (), ())

    def merge(self, entries: Iterable[Entry], gone: Collection[str] = ()) -> "Catalogue":
        """A catalogue with these documents in their places among the others, or as they are now, and without those that are `gone`."""
        new = {entry.id: entry for entry in entries}
        placed = self._placed()
        left = {placed[name] for name in (*new, *gone) if name in placed}
        columns = [self._column(name) for name in COLUMNS]
        if left:
            columns = [[value for place, value in enumerate(column) if place not in left] for column in columns]
        else:
            columns = [list(column) for column in columns]
        lines = sorted((_line(entry) for entry in new.values() if entry.id not in gone), key=lambda line: line[1])
        if len(lines) < 200:
            for line in lines:
                at = bisect_left(columns[1], line[1])
                for column, value in zip(columns, line, strict=True):
                    column.insert(at, value)
        else:
            columns = [column + [line[number] for line in lines] for number, column in enumerate(columns)]
            order = sorted(range(len(columns[0])), key=columns[1].__getitem__)
            columns = [[column[place] for place in order] for column in columns]
        known = {name: entry for name, entry in self._entries.items() if name not in gone}
        return type(self)(columns, {**known, **new}, self._fetch)

    # -- what is listed -----------------------------------------------------------------------------------------------------------

    def ordered(self, order: str, opened: Callable[[], Sequence[str]] = lambda: ()) -> Sequence[str]:
        """Ids by title, by date or by when they were added or read, newest first; what has no date comes last. `opened`: those read, the last first."""
        ids = self._column("ids")
        if order == "title":
            return ids
        if order == "read":
            first = [name for name in opened() if name in self._placed()]
            read = set(first)
            return first + [name for name in ids if name not in read]
        if order not in self._orders:
            self._orders[order] = _latest_first(self._column("dates" if order == "date" else "added"))
        return [ids[place] for place in self._orders[order]]

    def narrowed(self, typed: str, order: str, listed: Sequence[str]) -> Sequence[str]:
        """Those of `listed`, the ids in that order, whose title, publisher, author, date, tags or file name hold every word typed."""
        wanted = tuple(fold(typed).text.split())
        if not wanted:
            return listed
        before, held, found = self._narrowed
        if before == order != "read" and held and len(held) == len(wanted) and all(map(str.startswith, wanted, held)):
            listed = found  # a letter more: only among what was left
        words, placed = self._column("words"), self._placed()
        if len(listed) == len(words) and order == "title":
            left: Iterable[tuple[str, str]] = zip(listed, words, strict=True)
        else:
            left = ((name, words[placed[name]]) for name in listed)
        for number, word in enumerate(sorted(wanted, key=len, reverse=True)):
            left = [(name, line) for name, line in left if word in line] if number else [pair for pair in left if word in pair[1]]
        names = [name for name, _ in left]
        self._narrowed = order, wanted, names
        return names


def _latest_first(values: Sequence[str]) -> list[int]:
    """Places by descending value; those with the same one, as of one day or one batch, stay in their order. Few values are sorted, not all places."""
    same: dict[str, list[int]] = {}
    for place, value in enumerate(values):
        of = same.get(value)
        if of is None:
            same[value] = [place]
        else:
            of.append(place)
    return [place for value in sorted(same, reverse=True) for place in same[value]]


def _line(entry: Entry) -> tuple[str, str, str, str, str]:
    known = entry.metadata
    parts = [entry.display_title, known.publisher or "", known.byline or "", known.date or "", *("#" + tag for tag in entry.tags)]
    parts.append(os.path.basename(entry.path))
    words = _folded(" ".join(parts))
    return entry.id, entry.display_title.casefold().translate(_PLAIN), (known.date or "").translate(_PLAIN), entry.added or "", words


def _folded(text: str) -> str:
    """`fold`, which keeps the way back; most titles need no more than small letters."""
    return " ".join(text.lower().replace("`", "'").split()) if text.isascii() else fold(text).text.translate(_PLAIN)


def at_hand(entries: Mapping[str, Entry], documents: Iterable[str]) -> None:
    """These will be asked for."""
    if isinstance(entries, Catalogue):
        entries.fetch(documents)

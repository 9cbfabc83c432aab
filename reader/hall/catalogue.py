"""The documents of a library as a list needs them: in order, to be narrowed, counted and looked up; each one's entry when it is asked for.

Owns what sorting and narrowing go by: columns of text, one line a document, which are read back in a few milliseconds where 100,000 entries
would take seconds. Refuses to know a window, and to ask a store for anything but entries.
"""

import os
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, ItemsView, Iterable, Iterator, Mapping, Sequence, ValuesView
from typing import Self, overload

from reader.model import Entry
from reader.text import fold

AHEAD = 32
"""Entries that are asked for together when one of them is: a screenful and a half."""
_FEW = 200
"""Documents that are put in their places one by one; more are sorted in."""
_SOUGHT = 6
"""Documents that are sought along the list; making a table of all of them takes as long as seeking ten."""
SMALL = 5000
"""Documents up to which `prepare` has all entries at hand: a search would ask for most of them soon, while somebody types."""
PATIENCE = 300
"""Entries asked for one by one, here and there, until all of them are read: somebody goes through all of them."""
COLUMNS = ("ids", "titles", "dates", "added", "words")
"""Lists with a value for each document, in the order of their titles: the title to sort by, the date, when it came, what is searched by a filter."""
ORDERS = {"by_date": "dates", "by_added": "added"}
"""Places of the documents by descending values of a column, as bytes."""
_PLAIN = str.maketrans("\n\r\x00", "   ")

Fetch = Callable[[Collection[str] | None], Sequence[Entry]]
"""Entries by their ids; of all documents for None."""
Load = Callable[[str], str | bytes | None]
"""A column or an order as `packed` gave it; None when it is not there any more."""


class Catalogue(Mapping[str, Entry]):
    """Entries by id. Made `of` entries that are there, or `stored` from what `packed` gave; `fetch` brings the others when they are asked for."""

    def __init__(self, columns: dict[str, list[str]], entries: dict[str, Entry], fetch: Fetch, load: Load | None = None) -> None:
        self._columns, self._entries, self._fetch, self._load = columns, entries, fetch, load
        self._places: dict[str, int] | None = None
        self._orders: dict[str, Sequence[int]] = {}
        self._asked = self._sought = 0
        self._narrowed: list[tuple[tuple[str, ...], Sequence[int]]] = []

    @classmethod
    def of(cls, entries: Iterable[Entry], fetch: Fetch | None = None) -> Self:
        """Of these entries."""
        found = sorted(entries, key=lambda entry: entry.display_title.casefold())
        return cls(_columns(map(_line, found)), {entry.id: entry for entry in found}, fetch or (lambda _: ()))

    @classmethod
    def stored(cls, ids: str, load: Load, fetch: Fetch) -> Self:
        """From what `packed` gave; all but the `ids` is loaded when it is needed."""
        return cls({"ids": ids.split("\n") if ids else []}, {}, fetch, load)

    def packed(self) -> dict[str, str | bytes]:
        """The columns, each as one text with a line for each document, and the orders."""
        orders = {name: array("I", self._latest_first(name)).tobytes() for name in ORDERS}
        return {**{name: "\n".join(self._column(name)) for name in COLUMNS}, **orders}

    def _column(self, name: str) -> list[str]:
        """A column, loaded and taken apart when first needed; made of the entries when it is not there any more."""
        column = self._columns.get(name)
        if column is None:
            packed = self._load(name) if self._load else None
            if isinstance(packed, str) and packed.count("\n") == max(0, len(self) - 1):
                column = packed.split("\n") if len(self) else []
            else:
                self.fetch(None)
                place = COLUMNS.index(name)
                column = [_line(self._entries[document])[place] for document in self._columns["ids"]]
            self._columns[name] = column
        return column

    def _latest_first(self, name: str) -> Sequence[int]:
        """An order, as it was stored or worked out."""
        if name not in self._orders:
            packed = self._load(name) if self._load else None
            if isinstance(packed, bytes) and len(packed) == len(self) * array("I").itemsize:
                self._orders[name] = array("I", packed)
            else:
                column = self._column(ORDERS[name])
                self._orders[name] = sorted(range(len(column)), key=column.__getitem__, reverse=True)
        return self._orders[name]

    # -- one document -------------------------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self._columns["ids"])

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns["ids"])

    def __contains__(self, document: object) -> bool:
        if document in self._entries:
            return True
        self._sought += 1
        return document in (self._columns["ids"] if self._places is None and self._sought < _SOUGHT else self._placed())

    def __getitem__(self, document: str) -> Entry:
        entry = self._entries.get(document)
        if entry is None:
            if document not in self:
                raise KeyError(document)
            self._asked += 1
            self.fetch([document] if self._asked < PATIENCE else None)
            entry = self._entries[document]
        return entry

    def _placed(self) -> dict[str, int]:
        if self._places is None:
            self._places = {document: place for place, document in enumerate(self._columns["ids"])}
        return self._places

    def fetch(self, documents: Iterable[str] | None) -> None:
        """Have the entries of these documents, or all, at hand: together they cost little more than one of them."""
        wanted = self._columns["ids"] if documents is None else documents
        self._bring([name for name in wanted if name not in self._entries and (documents is None or name in self)])

    def _bring(self, missing: Sequence[str]) -> None:
        if missing:
            found = {entry.id: entry for entry in self._fetch(missing if len(missing) < len(self) else None)}
            found |= {entry.id: entry for entry in self._fetch(gone)} if (gone := [name for name in missing if name not in found]) else {}
            self._entries = {**found, **self._entries}  # `gone`: they left the library meanwhile, and are listed until it is listed anew

    def near(self, documents: Sequence[str], at: int) -> Entry:
        """The entry of `documents[at]`, and at hand those around it."""
        name = documents[at]
        if name not in self._entries:
            first = max(0, at - AHEAD // 4)
            self._bring([name for name in documents[first : first + AHEAD] if name not in self._entries])
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
        """A document is as `entry` says now. It keeps its place in every order until `merge`."""
        place = self._placed().get(entry.id)
        if place is not None:
            self._entries[entry.id] = entry
            self._column("words")[place] = _line(entry)[-1]
            self._narrowed = []

    def merge(self, entries: Iterable[Entry], gone: Collection[str] = ()) -> "Catalogue":
        """A catalogue with these documents in their places among the others, or as they are now, and without those that are `gone`."""
        new = {entry.id: entry for entry in entries}
        placed = self._placed()
        left = {placed[name] for name in (*new, *gone) if name in placed}
        columns = {name: list(self._column(name)) for name in COLUMNS}
        for place in sorted(left, reverse=True):
            for column in columns.values():
                del column[place]
        lines = [_line(entry) for entry in new.values()]
        if len(lines) <= _FEW:
            for line in lines:
                at = bisect_right(columns["titles"], line[1])
                for column, value in zip(columns.values(), line, strict=True):
                    column.insert(at, value)
        else:
            columns = {name: columns[name] + added for name, added in _columns(lines).items()}
            order = sorted(range(len(columns["ids"])), key=columns["titles"].__getitem__)
            columns = {name: [column[place] for place in order] for name, column in columns.items()}
        known = {name: entry for name, entry in self._entries.items() if name not in gone}
        return type(self)(columns, {**known, **new}, self._fetch)

    # -- what is listed -----------------------------------------------------------------------------------------------------------

    def ordered(self, order: str, opened: Callable[[], Sequence[str]] = lambda: ()) -> "Listed":
        """Ids by title, by date or by when they were added or read, newest first; what has no date comes last. `opened`: those read, the last first."""
        if order == "title":
            return Listed(self._columns["ids"])
        if order == "read":
            first = [self._placed()[name] for name in opened() if name in self._placed()]
            read = set(first)
            return Listed(self._columns["ids"], first + [place for place in range(len(self)) if place not in read])
        return Listed(self._columns["ids"], self._latest_first(f"by_{order}"))

    def narrowed(self, typed: str, listed: "Listed") -> "Listed":
        """Those of `listed` whose title, publisher, author, date, tags or file name hold every word typed."""
        wanted = tuple(fold(typed).text.split())
        if not wanted:
            return listed
        steps = self._narrowed  # a letter more: only what was left is looked at; a letter less: what was left then
        while steps and (len(steps[-1][0]) > len(wanted) or not all(map(str.startswith, wanted, steps[-1][0]))):
            steps.pop()
        held, places = steps[-1] if steps else ((), range(len(self)))
        words = self._column("words")
        for word in sorted(set(wanted) - set(held), key=len, reverse=True):
            places = [place for place in places if word in words[place]]
        if wanted != held:
            steps.append((wanted, places))
        if listed.places is None:
            return Listed(self._columns["ids"], places)
        left = bytearray(len(self))
        for place in places:
            left[place] = 1
        return Listed(self._columns["ids"], [place for place in listed.places if left[place]])

    def titled(self, typed: str) -> "Listed":
        """Those whose title holds every word typed, the shortest title first; none for no words."""
        wanted, titles, ids = fold(typed).text.split(), self._column("titles"), self._columns["ids"]
        held = self.narrowed(typed, Listed(ids)).places or () if wanted else ()

        def title(place: int) -> str:  # the column is what they are sorted by: a title that was corrected since stands in the entry
            known = self._entries.get(ids[place])
            return _folded(known.display_title if known is not None else titles[place])

        found = {place: folded for place in held if all(word in (folded := title(place)) for word in wanted)}
        return Listed(ids, sorted(found, key=lambda place: len(found[place])))

    def begun(self, typed: str) -> list[Entry]:
        """The first few in order of their titles whose title begins so, in capitals or small letters."""
        start, titles = typed.casefold(), self._column("titles")
        first = bisect_left(titles, start)
        last = bisect_right(titles, start, first, key=lambda title: title[: len(start)])
        return [self.near(self._columns["ids"], place) for place in range(first, min(last, first + AHEAD // 4))]

    def prepare(self) -> None:
        """Load what the first narrowing and the other orders need; may be called in a thread."""
        self._placed()
        self._column("words")
        for name in ORDERS:
            self._latest_first(name)
        if len(self) <= SMALL:
            self.fetch(None)


class Listed(Sequence[str]):
    """Ids of documents in an order: all of a catalogue's, or those at some `places`."""

    def __init__(self, ids: Sequence[str] = (), places: Sequence[int] | None = None) -> None:
        self._ids, self.places = ids, places

    def __len__(self) -> int:
        return len(self._ids if self.places is None else self.places)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        if self.places is None:
            found = self._ids[at]
            return found if isinstance(found, str) else list(found)
        return [self._ids[place] for place in self.places[at]] if isinstance(at, slice) else self._ids[self.places[at]]

    def index(self, document: str, *_: int) -> int:
        """Where a document stands. Raises ValueError when it is not among them."""
        place = self._ids.index(document)
        return place if self.places is None else self.places.index(place)


def _columns(lines: Iterable[tuple[str, ...]]) -> dict[str, list[str]]:
    columns = [list(column) for column in zip(*lines, strict=True)] or [[] for _ in COLUMNS]
    return dict(zip(COLUMNS, columns, strict=True))


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

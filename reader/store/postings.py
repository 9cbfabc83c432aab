"""Which passages hold which words: the vocabulary, the postings and the passages' folded words, in tables of the index.

A word's passages are kept in stretches of 65,536 passage numbers, each as a container of roaring bitmaps (Lemire et al. 2016): sorted
16-bit numbers while they are few, a bit set of 8 KB from 4,096 on. A search gets a word's postings as a few blobs instead of stepping
through them row by row, as FTS5 makes it; and a document taken out is taken out of every one. Measured at a million passages (271 MB of
text): 83 MB of postings, 35 MB of vocabulary and neighbours, 3 ms of CPU to add a document of twenty passages.

For spelling neighbours each term is also kept under itself with each one of its letters left out (the idea of SymSpell, Wolf Garbe
2012), as CRC-32 numbers: a clash costs one needless comparison.
"""

import sqlite3
import sys
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reader.model import Passage, Span
from reader.ports import STRETCH
from reader.store.database import Database

TABLES = (
    "CREATE TABLE passage(id INTEGER PRIMARY KEY, num INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, folded TEXT NOT NULL)",
    "CREATE INDEX passage_document ON passage(num)",
    "CREATE TABLE posting(id INTEGER PRIMARY KEY, passages BLOB NOT NULL)",  # id: the term's, shifted, and the number of the stretch
    "CREATE TABLE term(term TEXT PRIMARY KEY, id INTEGER NOT NULL, passages INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE UNIQUE INDEX term_id ON term(id)",
    "CREATE TABLE deletion(key INTEGER NOT NULL, term INTEGER NOT NULL, PRIMARY KEY(key, term)) WITHOUT ROWID",
    "CREATE TABLE total(passages INTEGER NOT NULL)",
    "INSERT INTO total VALUES(0)",
)
_SHIFT = 20
"""Bits for the number of a stretch: room for 68 thousand million passages."""
_BITS = STRETCH // 8
_FEW = 4096
"""From so many numbers on, a bit set is the smaller container."""
_LONGEST = 24
"""Terms longer than this get no deletions: nobody half-remembers a URL."""
_CHUNK = 512
"""Values in one SQL list, a power of two; SQLite allowed 999 until 2020."""


class SqlitePostings:
    """`ports.Postings` over the tables of an index."""

    _db: Database

    def count(self) -> int:
        """See `ports.Postings`."""
        with self._db.reading("search") as connection:
            return int(connection.execute("SELECT passages FROM total").fetchone()[0])

    def frequencies(self, terms: Iterable[str]) -> Mapping[str, int]:
        """See `ports.Postings`."""
        return dict(self._by_chunks("SELECT term, passages FROM term WHERE passages > 0 AND term IN ({})", terms))

    def neighbours(self, terms: Iterable[str]) -> Mapping[str, Mapping[str, int]]:
        """See `ports.Postings`."""
        asked: defaultdict[int, list[str]] = defaultdict(list)
        for term in terms:
            for key in _keys(term):
                asked[key].append(term)
        found: defaultdict[str, dict[str, int]] = defaultdict(dict)
        sql = (
            "SELECT key, t.term, t.passages FROM deletion CROSS JOIN term AS t ON t.id = deletion.term WHERE key IN ({}) AND t.passages > 0"
        )
        for key, other, frequency in self._by_chunks(sql, asked):
            for term in asked[key]:
                found[term][other] = frequency
        return found

    def starting(self, prefix: str, limit: int) -> Mapping[str, int]:
        """See `ports.Postings`."""
        with self._db.reading("search") as connection:
            rows = connection.execute(
                "SELECT term, passages FROM term WHERE term >= ? AND term < ? AND passages > 0 ORDER BY passages DESC LIMIT ?",
                (prefix, prefix + "\U0010ffff", limit),
            )
            return dict(rows.fetchall())

    def postings(self, terms: Iterable[str]) -> Mapping[str, Sequence[tuple[int, bytes]]]:
        """See `ports.Postings`."""
        sql = f"""SELECT term, posting.id & {(1 << _SHIFT) - 1}, posting.passages FROM term CROSS JOIN posting
            ON posting.id BETWEEN term.id << {_SHIFT} AND (term.id << {_SHIFT}) + {(1 << _SHIFT) - 1} WHERE term IN ({{}})"""
        found: defaultdict[str, list[tuple[int, bytes]]] = defaultdict(list)
        for term, stretch, packed in self._by_chunks(sql, terms):
            found[term].append((stretch, packed))
        return found

    def passages(self, ids: Iterable[int]) -> Sequence[Passage]:
        """See `ports.Postings`."""
        sql = "SELECT first, last, folded, passage.id, document.id FROM passage CROSS JOIN document USING(num) WHERE passage.id IN ({})"
        return [Passage(*row) for row in self._by_chunks(sql, ids)]

    def folded(self, ids: Iterable[int]) -> Mapping[int, str]:
        """See `ports.Postings`."""
        return dict(self._by_chunks("SELECT id, folded FROM passage WHERE id IN ({})", ids))

    def extents(self, documents: Iterable[str]) -> Sequence[Span]:
        """See `ports.Postings`."""
        sql = "SELECT (SELECT min(id) FROM passage WHERE num = d.num), (SELECT max(id) FROM passage WHERE num = d.num) FROM document AS d"
        return [(first, last) for first, last in self._by_chunks(sql + " WHERE d.id IN ({})", documents) if first is not None]

    def covering(self, places: Iterable[tuple[str, int, int]]) -> Sequence[Span]:
        """See `ports.Postings`."""
        sql = (
            "SELECT min(passage.id), max(passage.id) FROM document JOIN passage USING(num) WHERE document.id = ? AND last > ? AND first < ?"
        )
        with self._db.reading("search") as connection:
            rows = [connection.execute(sql, (document, start, max(end, start + 1))).fetchone() for document, start, end in places]
        return [(first, last) for first, last in rows if first is not None]

    def _by_chunks(self, sql: str, values: Iterable[object]) -> list[tuple[Any, ...]]:
        with self._db.reading("search") as connection:
            return by_chunks(connection, sql, values)


def by_chunks(connection: sqlite3.Connection, sql: str, values: Iterable[object]) -> list[tuple[Any, ...]]:
    """The rows of a query over any number of values, which take the place of `{}` so many at a time as SQLite allows.

    The last value is repeated up to a power of two: few different statements stay prepared, and preparing one costs as much as running it.
    """
    wanted = list(values)
    rows: list[tuple[Any, ...]] = []
    for at in range(0, len(wanted), _CHUNK):
        chunk = wanted[at : at + _CHUNK]
        chunk += chunk[-1:] * ((1 << (len(chunk) - 1).bit_length()) - len(chunk))
        rows += connection.execute(sql.format(",".join("?" * len(chunk))), chunk).fetchall()
    return rows


class Changes:
    """Passages that come and go in one transaction, gathered so that every container is written once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._added: defaultdict[str, array[int]] = defaultdict(lambda: array("Q"))
        self._dropped: defaultdict[str, array[int]] = defaultdict(lambda: array("Q"))
        self._count = 0
        self._next = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM passage").fetchone()[0]

    def add(self, document: int, passages: Sequence[Passage]) -> None:
        """Passages of a document, in order; they get neighbouring numbers."""
        first = self._next
        self._next += len(passages)
        self._count += len(passages)
        rows = [(number, document, p.start, p.end, p.folded) for number, p in enumerate(passages, first)]
        self._connection.executemany("INSERT INTO passage VALUES(?,?,?,?,?)", rows)
        added = self._added
        for number, passage in enumerate(passages, first):
            for term in set(passage.folded.split()):
                added[term].append(number)

    def drop(self, document: int) -> None:
        """Every passage of a document."""
        rows = self._connection.execute("SELECT id, folded FROM passage WHERE num = ?", (document,)).fetchall()
        self._connection.execute("DELETE FROM passage WHERE num = ?", (document,))
        self._count -= len(rows)
        for number, folded in rows:
            for term in set(folded.split()):
                self._dropped[term].append(number)

    def write(self) -> None:
        """Bring vocabulary and postings up to date. To be called once, at the end."""
        if not self._added and not self._dropped:
            return
        ids = self._term_ids()
        changed: dict[int, tuple[list[int], list[int]]] = {}
        for place, numbered in enumerate((self._dropped, self._added)):
            for term, numbers in numbered.items():
                base = ids[term] << _SHIFT
                for number in numbers:
                    changed.setdefault(base + (number >> 16), ([], []))[place].append(number & 0xFFFF)
        self._write_containers(changed)
        self._connection.execute("UPDATE total SET passages = passages + ?", (self._count,))

    def _term_ids(self) -> dict[str, int]:
        """The ids of all terms that occur; new ones are given an id and their deletions, and all get their new frequencies."""
        connection = self._connection
        terms = sorted({*self._added, *self._dropped})
        known: dict[str, int] = dict(by_chunks(connection, "SELECT term, id FROM term WHERE term IN ({})", terms))
        following = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM term").fetchone()[0]
        fresh = {term: number for number, term in enumerate((term for term in terms if term not in known), following)}
        gained = ((len(self._added.get(term, ())) - len(self._dropped.get(term, ())), term) for term in terms if term in known)
        connection.executemany("UPDATE term SET passages = passages + ? WHERE term = ?", [row for row in gained if row[0]])
        connection.executemany("INSERT INTO term VALUES(?,?,?)", [(term, number, len(self._added[term])) for term, number in fresh.items()])
        connection.executemany(
            "INSERT OR IGNORE INTO deletion VALUES(?,?)", sorted((key, number) for term, number in fresh.items() for key in _keys(term))
        )
        return {**known, **fresh}

    def _write_containers(self, changed: Mapping[int, tuple[list[int], list[int]]]) -> None:
        wanted = sorted(changed)
        written: list[tuple[int, bytes]] = []
        emptied: list[tuple[int]] = []
        for at in range(0, len(wanted), _CHUNK):
            chunk = wanted[at : at + _CHUNK]
            old: dict[int, bytes] = dict(by_chunks(self._connection, "SELECT id, passages FROM posting WHERE id IN ({})", chunk))
            for place in chunk:
                packed = _merged(old.get(place, b""), *changed[place])
                if packed:
                    written.append((place, packed))
                else:
                    emptied.append((place,))
        self._connection.executemany("INSERT OR REPLACE INTO posting VALUES(?,?)", written)
        self._connection.executemany("DELETE FROM posting WHERE id = ?", emptied)


def _merged(packed: bytes, without: list[int], plus: list[int]) -> bytes:
    """A container after numbers left and others came; empty when nothing is left."""
    if len(packed) == _BITS:
        bits = bytearray(packed)
        for number in without:
            bits[number >> 3] &= ~(1 << (number & 7))
        for number in plus:
            bits[number >> 3] |= 1 << (number & 7)
        return bytes(bits) if any(bits) else b""
    numbers = _swapped(array("H", packed))
    if without:
        gone = set(without)
        numbers = array("H", [number for number in numbers if number not in gone])
    if numbers and plus and plus[0] <= numbers[-1]:
        numbers = array("H", sorted({*numbers, *plus}))
    else:
        numbers.extend(plus)
    return _swapped(numbers).tobytes() if len(numbers) < _FEW else _merged(bytes(_BITS), [], numbers.tolist())


def _swapped(numbers: "array[int]") -> "array[int]":
    """Little-endian, as they are stored, to this machine's order and back."""
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _keys(term: str) -> set[int]:
    """CRC-32 of the term whole and with each one of its letters left out; nothing for very long terms, the whole for very short ones."""
    if len(term) > _LONGEST:
        return set()
    if len(term) < 3:
        return {zlib.crc32(term.encode())}
    if term.isascii():
        letters = term.encode()
        return {zlib.crc32(letters), *(zlib.crc32(letters[:i] + letters[i + 1 :]) for i in range(len(letters)))}
    return {zlib.crc32(term.encode()), *(zlib.crc32((term[:i] + term[i + 1 :]).encode()) for i in range(len(term)))}

"""Who is quoted where: the quotes of every document, in tables of the index.

Their words are kept beside the text of the document, so that a list of a thousand quotations needs no document to be read.
"""

import contextlib
import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

from reader.model import Quote
from reader.spoken import Credit, Heard, Named, Spoken
from reader.store.database import Database
from reader.store.postings import by_chunks

TABLES = (
    """CREATE TABLE quote(
        id INTEGER PRIMARY KEY, num INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, kind TEXT NOT NULL, statement INTEGER NOT NULL,
        speaker TEXT, mention_first INTEGER, mention_last INTEGER, role TEXT, rule TEXT NOT NULL, confidence TEXT NOT NULL,
        cue_first INTEGER, cue_last INTEGER, naming_first INTEGER, naming_last INTEGER, person INTEGER NOT NULL,
        words TEXT NOT NULL, passage_first INTEGER, passage_last INTEGER)""",
    "CREATE INDEX quote_document ON quote(num)",
    "CREATE INDEX quote_speaker ON quote(speaker, role, kind, num, person) WHERE speaker IS NOT NULL",  # all that lists of people ask for
    "CREATE TABLE heard(num INTEGER PRIMARY KEY, extractor INTEGER NOT NULL)",
    "CREATE TABLE quotes_version(number INTEGER NOT NULL)",
    "INSERT INTO quotes_version VALUES(0)",
)
"""`heard` has the documents whose quotes were looked for, and the version of the extractor that did."""
_COLUMNS = """document.id, quote.words, first, last, kind, statement, speaker, mention_first, mention_last, role, rule, confidence,
    cue_first, cue_last, naming_first, naming_last, person, passage_first, passage_last"""


class SqliteQuotes:
    """The part of `ports.IndexStore` that is about quotes."""

    _db: Database

    def unheard(self, extractor: int) -> Sequence[str]:
        """See `ports.IndexStore`."""
        sql = "SELECT id FROM document LEFT JOIN heard USING(num) WHERE coalesce(extractor, -1) < ? ORDER BY num"
        with self._db.reading("quotes") as connection:
            return [row[0] for row in connection.execute(sql, (extractor,))] if self._has_quotes else []

    def quotes(self, documents: Collection[str] | None = None, speakers: Collection[str] | None = None) -> Sequence[Spoken]:
        """See `ports.IndexStore`."""
        if not self._has_quotes:
            return []
        with self._db.reading("quotes") as connection:
            if speakers is not None:
                rows = by_chunks(
                    connection, f"SELECT {_COLUMNS} FROM quote CROSS JOIN document USING(num) WHERE speaker IN ({{}})", speakers
                )
                wanted = None if documents is None else set(documents)
                rows = [row for row in rows if wanted is None or row[0] in wanted]
            elif documents is not None:
                rows = by_chunks(
                    connection, f"SELECT {_COLUMNS} FROM document CROSS JOIN quote USING(num) WHERE document.id IN ({{}})", documents
                )
            else:
                rows = connection.execute(f"SELECT {_COLUMNS} FROM quote CROSS JOIN document USING(num)").fetchall()
        rows.sort(key=itemgetter(0, 2, 3))
        return list(map(Spoken._make, rows))

    def quotes_at(self, document: str, start: int, end: int) -> Sequence[Spoken]:
        """See `ports.IndexStore`."""
        sql = f"""SELECT {_COLUMNS} FROM document CROSS JOIN quote USING(num)
            WHERE document.id = ? AND first < ? AND last > ? ORDER BY first, last"""
        with self._db.reading("quotes") as connection:
            rows = connection.execute(sql, (document, end, start)).fetchall() if self._has_quotes else []
        return list(map(Spoken._make, rows))

    def credits(self) -> Sequence[Credit]:
        """See `ports.IndexStore`."""
        if not self._has_quotes:
            return []
        sql = """SELECT speaker, role, group_concat(num) FROM quote INDEXED BY quote_speaker
            WHERE speaker IS NOT NULL AND kind <> 'fragment' GROUP BY speaker, role"""
        with self._db.reading("speakers") as connection, self._snapshot(connection):
            rows = connection.execute(sql).fetchall()
            ids = _ids(connection)
        return [Credit(name, role, list(map(ids.__getitem__, packed.split(",")))) for name, role, packed in rows]

    def names(self) -> Sequence[Named]:
        """See `ports.IndexStore`."""
        sql = "SELECT speaker, count(*), max(person) FROM quote WHERE speaker IS NOT NULL GROUP BY speaker"
        with self._db.reading("speakers") as connection:
            return [Named(*row) for row in connection.execute(sql)] if self._has_quotes else []

    def quoted_in(self, names: Iterable[str]) -> Mapping[str, Collection[str]]:
        """See `ports.IndexStore`."""
        if not self._has_quotes:
            return {}
        sql = "SELECT speaker, group_concat(num) FROM quote INDEXED BY quote_speaker WHERE speaker IN ({}) GROUP BY speaker"
        with self._db.reading("speakers") as connection, self._snapshot(connection):
            rows = by_chunks(connection, sql, names)
            ids = _ids(connection) if rows else {}
        return {name: set(map(ids.__getitem__, packed.split(","))) for name, packed in rows}

    def quotes_version(self) -> int:
        """See `ports.IndexStore`."""
        with self._db.reading("quotes") as connection:
            return int(connection.execute("SELECT number FROM quotes_version").fetchone()[0]) if self._has_quotes else 0

    @staticmethod
    @contextlib.contextmanager
    def _snapshot(connection: sqlite3.Connection) -> Iterator[None]:
        """Several reads that see one state of the file."""
        connection.execute("BEGIN")
        try:
            yield
        finally:
            connection.execute("COMMIT")

    @property
    def _has_quotes(self) -> bool:
        """Whether the tables are there: an older index in a folder that cannot be written lacks them."""
        return self._db.stored >= 3


def _ids(connection: sqlite3.Connection) -> dict[str, str]:
    """The ids of documents by their numbers, written out."""
    return dict(connection.execute("SELECT CAST(num AS TEXT), id FROM document"))


def put(connection: sqlite3.Connection, heard: Heard) -> None:
    """Replace a document's quotes, unless its text is another by now."""
    found = connection.execute("SELECT num FROM document WHERE id = ? AND text_hash = ?", (heard.document, heard.text)).fetchone()
    if found is None:
        return
    num = found[0]
    drop(connection, num)
    connection.execute("INSERT INTO heard VALUES(?,?)", (num, heard.extractor))
    if not heard.quotes:
        return
    passages = connection.execute("SELECT first, last, id FROM passage WHERE num = ? ORDER BY id", (num,)).fetchall()
    starts, ends = [row[0] for row in passages], [row[1] for row in passages]
    connection.executemany(
        f"INSERT INTO quote VALUES({','.join('?' * 20)})",
        [_row(num, quote, words, _passages(quote, starts, ends, passages)) for quote, words in heard.quotes],
    )


def drop(connection: sqlite3.Connection, num: int) -> None:
    """Forget a document's quotes, and that they were looked for."""
    connection.execute("DELETE FROM quote WHERE num = ?", (num,))
    connection.execute("DELETE FROM heard WHERE num = ?", (num,))


def changed(connection: sqlite3.Connection) -> None:
    """Count a change."""
    connection.execute("UPDATE quotes_version SET number = number + 1")


def _passages(quote: Quote, starts: Sequence[int], ends: Sequence[int], passages: Sequence[Any]) -> tuple[int | None, int | None]:
    """The ids of the first and the last passage that share a character with the quote."""
    first, last = bisect_right(ends, quote.start), bisect_left(starts, max(quote.end, quote.start + 1)) - 1
    return (passages[first][2], passages[last][2]) if first <= last else (None, None)


def _row(num: int, quote: Quote, words: str, passages: tuple[int | None, int | None]) -> tuple[Any, ...]:
    none = (None, None)
    return (
        *(None, num, quote.start, quote.end, quote.kind, quote.group, quote.speaker, *(quote.mention or none), quote.role),
        *(quote.rule, quote.confidence, *(quote.cue or none), *(quote.naming or none), quote.person, words, *passages),
    )

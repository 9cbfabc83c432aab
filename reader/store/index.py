"""The cache: `ports.IndexStore` on SQLite. Everything in it can be made again, so it may be set aside or deleted at any time.

Text is kept once per document; passages keep their folded words, because folding at query time cost 26 microseconds a passage.
Postings are a contentless FTS5 table (`detail=none, columnsize=0`); its `bm25()` is always zero, so ranking is the search room's.
The vocabulary holds every term with the number of passages it stands in, and for spelling neighbours each term with each one of its
letters left out (the idea of SymSpell, Wolf Garbe 2012), as CRC-32 numbers: a clash costs one needless comparison.
"""

import contextlib
import json
import sqlite3
import time
import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from reader.errors import Damaged
from reader.model import ROLES, Blocks, Document, FileStamp, Inline, Passage, Resolution
from reader.ports import Indexed, KnownFile, Reading
from reader.store.database import Database, Schema
from reader.store.rows import INDEXED, indexed, metadata_to_json

_FIRST = (
    """CREATE TABLE document(
        num INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, path TEXT NOT NULL, content TEXT NOT NULL, text_hash TEXT NOT NULL,
        format TEXT NOT NULL, reader INTEGER NOT NULL, metadata TEXT NOT NULL, display_title TEXT NOT NULL, words INTEGER NOT NULL, seen TEXT NOT NULL)""",
    "CREATE INDEX document_content ON document(content)",
    "CREATE INDEX document_text ON document(text_hash)",
    "CREATE TABLE body(num INTEGER PRIMARY KEY, text TEXT NOT NULL, blocks BLOB NOT NULL, inlines TEXT NOT NULL)",
    """CREATE TABLE file(
        path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, content TEXT NOT NULL, document TEXT,
        status TEXT NOT NULL, error TEXT)""",
    "CREATE INDEX file_document ON file(document)",
    "CREATE TABLE passage(id INTEGER PRIMARY KEY, num INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, folded TEXT NOT NULL)",
    "CREATE INDEX passage_document ON passage(num)",
    "CREATE VIRTUAL TABLE posting USING fts5(folded, content='', detail=none, columnsize=0, tokenize='ascii')",
    "CREATE TABLE term(id INTEGER PRIMARY KEY, term TEXT NOT NULL UNIQUE, passages INTEGER NOT NULL)",
    "CREATE TABLE deletion(key INTEGER NOT NULL, term INTEGER NOT NULL, PRIMARY KEY(key, term)) WITHOUT ROWID",
    """CREATE TABLE resolution(
        version TEXT NOT NULL, annotation TEXT NOT NULL, state TEXT NOT NULL, first INTEGER, last INTEGER, PRIMARY KEY(version, annotation))""",
)

SCHEMA = Schema(application_id=0x50514958, migrations=(_FIRST,), synchronous="NORMAL")
_LONGEST = 24
"""Terms longer than this get no deletions: nobody half-remembers a URL."""
_CHUNK = 400
"""Values in one SQL list; SQLite allowed 999 until 2020."""


class SqliteIndex:
    """`ports.IndexStore` in one SQLite file. A file that is damaged or of another version is set aside, never deleted first."""

    def __init__(self, path: Path) -> None:
        self.set_aside: Path | None = None
        try:
            self._db = self._opened(path)
        except Damaged:
            self.set_aside = self._move_away(path)
            self._db = Database(path, SCHEMA)
        self.fresh = self._db.fresh

    @staticmethod
    def _opened(path: Path) -> Database:
        database = Database(path, SCHEMA)
        try:
            with database.reading("open") as connection:
                connection.execute("SELECT max(id) FROM passage").fetchone()
        except Damaged:
            database.close()
            raise
        if database.read_only and database.reason.startswith("a newer"):
            database.close()
            raise Damaged("open", path, "of a newer version")
        return database

    @staticmethod
    def _move_away(path: Path) -> Path:
        aside = path.with_name(f"{path.stem}.set-aside-{time.strftime('%Y%m%d-%H%M%S')}{path.suffix}")
        path.replace(aside)
        for side in ("-wal", "-shm"):
            with contextlib.suppress(OSError):
                path.with_name(path.name + side).unlink()
        return aside

    # -- writing ------------------------------------------------------------------------------------------------------------------

    def put(self, readings: Iterable[tuple[Reading, Sequence[Passage]]], files: Iterable[KnownFile]) -> None:
        """See `ports.IndexStore`."""
        with self._db.writing("index") as connection:
            counts: Counter[str] = Counter()
            for reading, passages in readings:
                num = self._put_document(connection, reading, counts)
                self._put_passages(connection, num, passages, counts)
            _count(connection, counts)
            connection.executemany(
                "INSERT OR REPLACE INTO file VALUES(?,?,?,?,?,?,?)",
                [(f.path, f.stamp.size, f.stamp.mtime_ns, f.content, f.document, f.status, f.error) for f in files],
            )

    @staticmethod
    def _put_document(connection: sqlite3.Connection, reading: Reading, counts: "Counter[str]") -> int:
        known, document = reading.indexed, reading.document
        found = connection.execute("SELECT num FROM document WHERE id = ?", (known.id,)).fetchone()
        if found:
            _drop_passages(connection, found[0], counts)
        version = known.version
        num = connection.execute(
            "INSERT OR REPLACE INTO document VALUES(?,?,?,?,?,?,?,?,?,?,date())",
            (
                *(found[0] if found else None, known.id, known.path, version.content, version.text, version.format, version.reader),
                *(metadata_to_json(known.metadata), known.display_title, known.words),
            ),
        ).lastrowid
        assert num is not None
        inlines = json.dumps([(i.kind, i.start, i.end, i.target) for i in document.inlines], ensure_ascii=False)
        connection.execute("INSERT OR REPLACE INTO body VALUES(?,?,?,?)", (num, document.text, document.blocks.packed(), inlines))
        return num

    @staticmethod
    def _put_passages(connection: sqlite3.Connection, num: int, passages: Sequence[Passage], counts: "Counter[str]") -> None:
        following = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM passage").fetchone()[0]
        numbered = list(enumerate(passages, following))
        connection.executemany("INSERT INTO passage VALUES(?,?,?,?,?)", [(i, num, p.start, p.end, p.folded) for i, p in numbered])
        connection.executemany("INSERT INTO posting(rowid, folded) VALUES(?,?)", [(i, p.folded) for i, p in numbered])
        for passage in passages:
            counts.update(set(passage.folded.split()))

    def forget(self, documents: Iterable[str], files: Iterable[str] = ()) -> None:
        """See `ports.IndexStore`."""
        with self._db.writing("index") as connection:
            counts: Counter[str] = Counter()
            for document in documents:
                found = connection.execute("SELECT num FROM document WHERE id = ?", (document,)).fetchone()
                if found:
                    _drop_passages(connection, found[0], counts)
                    connection.execute("DELETE FROM body WHERE num = ?", found)
                    connection.execute("DELETE FROM document WHERE num = ?", found)
            _count(connection, counts)
            connection.executemany("DELETE FROM file WHERE path = ?", [(path,) for path in files])

    # -- documents ----------------------------------------------------------------------------------------------------------------

    def documents(self, only: Collection[str] | None = None) -> Mapping[str, Indexed]:
        """See `ports.IndexStore`."""
        if only is not None and len(only) <= _CHUNK:
            rows = self._by_chunks(f"SELECT {INDEXED} FROM document WHERE id IN ({{}})", only)
            return {row[0]: indexed(row) for row in rows}
        with self._db.reading("list") as connection:
            found = {row[0]: indexed(row) for row in connection.execute(f"SELECT {INDEXED} FROM document")}
        return found if only is None else {name: found[name] for name in only if name in found}

    def seen(self, documents: Iterable[str]) -> None:
        """See `ports.IndexStore`."""
        with self._db.writing("index") as connection:
            connection.executemany("UPDATE document SET seen = date() WHERE id = ?", [(document,) for document in documents])

    def unseen(self, days: int) -> Sequence[str]:
        """See `ports.IndexStore`."""
        with self._db.reading("list") as connection:
            return [row[0] for row in connection.execute("SELECT id FROM document WHERE seen < date('now', ?)", (f"-{days} days",))]

    def by_hash(self, content: str, text: str) -> str | None:
        """See `ports.IndexStore`."""
        with self._db.reading("look up") as connection:
            for column, value in (("content", content), ("text_hash", text)):
                found = connection.execute(f"SELECT id FROM document WHERE {column} = ? ORDER BY num LIMIT 1", (value,)).fetchone()
                if found:
                    return str(found[0])
        return None

    def reading(self, document: str) -> Reading | None:
        """See `ports.IndexStore`."""
        with self._db.reading("read") as connection:
            return _reading(connection, document)

    def salvage(self, document: str) -> Reading | None:
        """See `ports.IndexStore`."""
        from hashlib import sha256  # brings OpenSSL: 5 ms that no start should pay

        path = self._db.path
        for old in sorted(path.parent.glob(f"{path.stem}.set-aside-*{path.suffix}"), reverse=True):
            with contextlib.suppress(sqlite3.Error, Damaged), contextlib.closing(sqlite3.connect(old)) as connection:
                found = _reading(connection, document)
                if found is not None and sha256(found.document.text.encode()).hexdigest() == found.indexed.version.text:
                    return found
        return None

    def excerpt(self, document: str, start: int, end: int) -> str:
        """See `ports.IndexStore`."""
        with self._db.reading("read") as connection:
            row = connection.execute(
                "SELECT substr(text, ?, ?) FROM document JOIN body USING(num) WHERE id = ?", (start + 1, end - start, document)
            ).fetchone()
        return row[0] if row else ""

    def files(self, under: str | None = None) -> Mapping[str, KnownFile]:
        """See `ports.IndexStore`."""
        where, values = "", ()  # type: str, tuple[str, ...]
        if under is not None:
            prefix = under.rstrip("/") + "/"
            where, values = "WHERE path = ? OR (path >= ? AND path < ?)", (under, prefix, prefix[:-1] + "0")  # "0" follows "/"
        with self._db.reading("look up") as connection:
            rows = connection.execute(f"SELECT path, size, mtime_ns, content, document, status, error FROM file {where}", values)
            return {row[0]: KnownFile(row[0], FileStamp(row[1], row[2]), *row[3:]) for row in rows}

    # -- where anchors lie --------------------------------------------------------------------------------------------------------

    def resolutions(self, version: str) -> Mapping[str, Resolution]:
        """See `ports.IndexStore`."""
        with self._db.reading("notes") as connection:
            rows = connection.execute("SELECT annotation, state, first, last FROM resolution WHERE version = ?", (version,))
            return {row[0]: Resolution(*row[1:]) for row in rows}

    def resolve(self, version: str, resolutions: Mapping[str, Resolution]) -> None:
        """See `ports.IndexStore`."""
        with self._db.writing("notes") as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO resolution VALUES(?,?,?,?,?)",
                [(version, annotation, r.state, r.start, r.end) for annotation, r in resolutions.items()],
            )

    # -- postings -----------------------------------------------------------------------------------------------------------------

    def count(self) -> int:
        """See `ports.Postings`."""
        with self._db.reading("search") as connection:
            return int(connection.execute("SELECT coalesce(max(id), 0) FROM passage").fetchone()[0])  # count(*) reads them all

    def frequencies(self, terms: Iterable[str]) -> Mapping[str, int]:
        """See `ports.Postings`."""
        return dict(self._by_chunks("SELECT term, passages FROM term WHERE passages > 0 AND term IN ({})", terms))

    def neighbours(self, term: str) -> Mapping[str, int]:
        """See `ports.Postings`."""
        sql = "SELECT DISTINCT t.term, t.passages FROM deletion JOIN term AS t ON t.id = deletion.term WHERE t.passages > 0 AND key IN ({})"
        return dict(self._by_chunks(sql, _keys(term)))

    def starting(self, prefix: str, limit: int) -> Mapping[str, int]:
        """See `ports.Postings`."""
        with self._db.reading("search") as connection:
            rows = connection.execute(
                "SELECT term, passages FROM term WHERE term >= ? AND term < ? AND passages > 0 ORDER BY passages DESC LIMIT ?",
                (prefix, prefix + "\U0010ffff", limit),
            )
            return dict(rows.fetchall())

    def holding(self, terms: Sequence[str], limit: int) -> Sequence[int]:
        """See `ports.Postings`."""
        match = " AND ".join(f'"{term}"' for term in terms)
        with self._db.reading("search") as connection:
            return [row[0] for row in connection.execute("SELECT rowid FROM posting WHERE posting MATCH ? LIMIT ?", (match, limit))]

    def passages(self, ids: Iterable[int]) -> Sequence[Passage]:
        """See `ports.Postings`."""
        sql = "SELECT first, last, folded, passage.id, document.id FROM passage JOIN document USING(num) WHERE passage.id IN ({})"
        return [Passage(*row) for row in self._by_chunks(sql, ids)]

    def _by_chunks(self, sql: str, values: Iterable[object]) -> Iterator[tuple[Any, ...]]:
        wanted = list(values)
        with self._db.reading("search") as connection:
            for at in range(0, len(wanted), _CHUNK):
                chunk = wanted[at : at + _CHUNK]
                yield from connection.execute(sql.format(",".join("?" * len(chunk))), chunk).fetchall()

    # -- health -------------------------------------------------------------------------------------------------------------------

    def problems(self) -> list[str]:
        """See `ports.IndexStore`."""
        return self._db.problems()

    def close(self) -> None:
        """See `ports.IndexStore`."""
        self._db.close()


def _reading(connection: sqlite3.Connection, document: str) -> Reading | None:
    row = connection.execute(
        f"SELECT {INDEXED}, text, blocks, inlines FROM document JOIN body USING(num) WHERE id = ?", (document,)
    ).fetchone()
    if row is None:
        return None
    known = indexed(row)
    text, packed, inlines = row[-3:]
    try:
        blocks = Blocks.unpacked(packed)
        parsed = tuple(Inline(*inline) for inline in json.loads(inlines)) if inlines != "[]" else ()
        if len(blocks) and (blocks.ends[-1] > len(text) or max(blocks.roles) >= len(ROLES)):
            raise ValueError("blocks outside the text")  # noqa: TRY301 - it is told like what `unpacked` raises
    except (ValueError, TypeError) as error:
        raise Damaged("read", "index.db", "damaged: delete it, and `pullquote add` makes it anew") from error
    return Reading(known, Document(text, blocks, known.version, known.metadata, parsed, known.words, known.display_title))


def _drop_passages(connection: sqlite3.Connection, num: int, counts: "Counter[str]") -> None:
    rows = connection.execute("SELECT id, folded FROM passage WHERE num = ?", (num,)).fetchall()
    connection.executemany("INSERT INTO posting(posting, rowid, folded) VALUES('delete', ?, ?)", rows)
    connection.execute("DELETE FROM passage WHERE num = ?", (num,))
    for _, folded in rows:
        counts.subtract(set(folded.split()))


def _count(connection: sqlite3.Connection, counts: Mapping[str, int]) -> None:
    """Add to the frequencies of terms, and give new terms their deletions."""
    newest = connection.execute("SELECT coalesce(max(id), 0) FROM term").fetchone()[0]
    connection.executemany(
        "INSERT INTO term(term, passages) VALUES(?,?) ON CONFLICT(term) DO UPDATE SET passages = passages + excluded.passages",
        sorted((term, count) for term, count in counts.items() if count),
    )
    fresh = connection.execute("SELECT id, term FROM term WHERE id > ?", (newest,)).fetchall()
    connection.executemany(
        "INSERT OR IGNORE INTO deletion VALUES(?,?)", sorted((key, number) for number, term in fresh for key in _keys(term))
    )


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

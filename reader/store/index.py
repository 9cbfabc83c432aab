"""The cache: `ports.IndexStore` on SQLite. Everything in it can be made again, so it may be set aside or deleted at any time.

Text is kept once per document, in pieces, so that a sentence from the middle of a book does not cost the reading of all before it;
passages and their words are in `store.postings`, quotes in `store.quotations`.
"""

import contextlib
import json
import sqlite3
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from reader.errors import Damaged
from reader.listed import PARTS, Stamp
from reader.model import ROLES, Blocks, Document, FileStamp, Inline, Passage, Resolution
from reader.ports import Indexed, KnownFile, Reading
from reader.spoken import Heard
from reader.store import quotations
from reader.store.database import Database, Schema
from reader.store.postings import TABLES, Changes, SqlitePostings, by_chunks
from reader.store.rows import INDEXED, indexed, metadata_to_json

_TABLES = (
    """CREATE TABLE document(
        num INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, path TEXT NOT NULL, content TEXT NOT NULL, text_hash TEXT NOT NULL,
        format TEXT NOT NULL, reader INTEGER NOT NULL, metadata TEXT NOT NULL, display_title TEXT NOT NULL, words INTEGER NOT NULL, seen TEXT NOT NULL)""",
    "CREATE INDEX document_content ON document(content)",
    "CREATE INDEX document_text ON document(text_hash)",
    "CREATE TABLE body(num INTEGER PRIMARY KEY, blocks BLOB NOT NULL, inlines TEXT NOT NULL)",
    "CREATE TABLE piece(id INTEGER PRIMARY KEY, text TEXT NOT NULL)",  # id: the document's number, shifted, and the number of the piece
    """CREATE TABLE file(
        path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, content TEXT NOT NULL, document TEXT,
        status TEXT NOT NULL, error TEXT)""",
    "CREATE INDEX file_document ON file(document)",
    """CREATE TABLE resolution(
        version TEXT NOT NULL, annotation TEXT NOT NULL, state TEXT NOT NULL, first INTEGER, last INTEGER, PRIMARY KEY(version, annotation))""",
    *TABLES,
)
_LIST = (
    f"""CREATE TABLE IF NOT EXISTS listed(
        one INTEGER PRIMARY KEY CHECK(one = 1), stamp INTEGER NOT NULL, number INTEGER NOT NULL, {", ".join(f"{part} NOT NULL" for part in PARTS)})""",
    "CREATE TABLE IF NOT EXISTS unlisted(id TEXT PRIMARY KEY, number INTEGER NOT NULL)",  # documents that changed since, and when, by `quotes_version`
)

SCHEMA = Schema(application_id=0x50514958, migrations=((), _TABLES, quotations.TABLES, _LIST), synchronous="NORMAL")
"""The first version kept its postings in FTS5; from there the only way is a new index: see `SqliteIndex`. The third added quotes, which are
found in the texts that the index has."""
_UNLIST = "INSERT OR REPLACE INTO unlisted SELECT ?, number + 1 FROM quotes_version"
_WITH_LIST = 4
"""The version of the schema that brought it."""
_SHIFT = 24
"""Bits for the number of a piece."""
_PIECE = 16_384
"""Code points of one piece of text."""
_CHUNK = 400
"""Documents asked for by name; more are picked from all of them."""


class SqliteIndex(SqlitePostings, quotations.SqliteQuotes):
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
        database = Database(path, SCHEMA, before_migration=lambda connection: _refuse_first(path, connection))
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

    def put(self, readings: Iterable[tuple[Reading, Sequence[Passage]]], files: Iterable[KnownFile], heard: Iterable[Heard] = ()) -> None:
        """See `ports.IndexStore`."""
        with self._db.writing("index") as connection:
            changes = Changes(connection)
            for reading, passages in {reading.indexed.id: (reading, passages) for reading, passages in readings}.values():
                changes.add(self._put_document(connection, reading, changes), passages)
            changes.write()
            for quotes in heard:
                quotations.put(connection, quotes)
            quotations.changed(connection)
            connection.executemany(
                "INSERT OR REPLACE INTO file VALUES(?,?,?,?,?,?,?)",
                [(f.path, f.stamp.size, f.stamp.mtime_ns, f.content, f.document, f.status, f.error) for f in files],
            )

    @staticmethod
    def _put_document(connection: sqlite3.Connection, reading: Reading, changes: Changes) -> int:
        known, document = reading.indexed, reading.document
        found = connection.execute("SELECT num FROM document WHERE id = ?", (known.id,)).fetchone()
        if found:
            changes.drop(found[0])
            quotations.drop(connection, found[0])
            _drop_text(connection, found[0])
        version = known.version
        num = connection.execute(
            "INSERT OR REPLACE INTO document VALUES(?,?,?,?,?,?,?,?,?,?,date())",
            (
                *(found[0] if found else None, known.id, known.path, version.content, version.text, version.format, version.reader),
                *(metadata_to_json(known.metadata), known.display_title, known.words),
            ),
        ).lastrowid
        assert num is not None
        connection.execute(_UNLIST, (known.id,))
        inlines = json.dumps([(i.kind, i.start, i.end, i.target) for i in document.inlines], ensure_ascii=False)
        connection.execute("INSERT OR REPLACE INTO body VALUES(?,?,?)", (num, document.blocks.packed(), inlines))
        pieces = range(0, len(document.text), _PIECE)
        connection.executemany(
            "INSERT INTO piece VALUES(?,?)", [((num << _SHIFT) + n, document.text[at : at + _PIECE]) for n, at in enumerate(pieces)]
        )
        return num

    def forget(self, documents: Iterable[str], files: Iterable[str] = ()) -> None:
        """See `ports.IndexStore`."""
        with self._db.writing("index") as connection:
            changes = Changes(connection)
            for document in documents:
                found = connection.execute("SELECT num FROM document WHERE id = ?", (document,)).fetchone()
                if found:
                    changes.drop(found[0])
                    quotations.drop(connection, found[0])
                    _drop_text(connection, found[0])
                    connection.execute(_UNLIST, (document,))
                    connection.execute("DELETE FROM body WHERE num = ?", found)
                    connection.execute("DELETE FROM document WHERE num = ?", found)
            changes.write()
            quotations.changed(connection)
            connection.executemany("DELETE FROM file WHERE path = ?", [(path,) for path in files])

    # -- documents ----------------------------------------------------------------------------------------------------------------

    def listed(self) -> tuple[Stamp, str, Sequence[str]] | None:
        """See `ports.IndexStore`."""
        if self._db.stored < _WITH_LIST:
            return None
        with self._db.reading("list") as connection:
            row = connection.execute("SELECT stamp, number, ids FROM listed").fetchone()
            changed = [found[0] for found in connection.execute("SELECT id FROM unlisted")] if row else []
        return ((row[0], row[1]), row[2], changed) if row else None

    def listed_part(self, stamp: Stamp, name: str) -> str | bytes | None:
        """See `ports.IndexStore`."""
        assert name in PARTS
        with self._db.reading("list") as connection:
            row = connection.execute(f"SELECT {name} FROM listed WHERE (stamp, number) = (?, ?)", stamp).fetchone()
        return row[0] if row else None

    def keep_list(self, stamp: Stamp, parts: Mapping[str, str | bytes]) -> None:
        """See `ports.IndexStore`."""
        with self._db.writing("list") as connection:
            values = (*stamp, *(parts[name] for name in PARTS))
            connection.execute(f"INSERT OR REPLACE INTO listed VALUES(1, ?, ?{', ?' * len(PARTS)})", values)
            connection.execute("DELETE FROM unlisted WHERE number <= ?", (stamp[1],))

    def documents(self, only: Collection[str] | None = None) -> Mapping[str, Indexed]:
        """See `ports.IndexStore`."""
        if only is not None and len(only) <= _CHUNK:
            with self._db.reading("list") as connection:
                rows = by_chunks(connection, f"SELECT {INDEXED} FROM document WHERE id IN ({{}})", only)
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
        first = start // _PIECE
        sql = "SELECT text FROM document JOIN piece ON piece.id BETWEEN (num << ?) + ? AND (num << ?) + ? WHERE document.id = ? ORDER BY piece.id"
        with self._db.reading("read") as connection:
            rows = connection.execute(sql, (_SHIFT, first, _SHIFT, max(first, (end - 1) // _PIECE), document))
            return "".join(row[0] for row in rows)[start - first * _PIECE : end - first * _PIECE]

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

    # -- health -------------------------------------------------------------------------------------------------------------------

    def problems(self) -> list[str]:
        """See `ports.IndexStore`."""
        return self._db.problems()

    def close(self) -> None:
        """See `ports.IndexStore`."""
        self._db.close()


def _refuse_first(path: Path, connection: sqlite3.Connection) -> None:
    if connection.execute("PRAGMA user_version").fetchone()[0] < 2:
        raise Damaged("open", path, "of an older version")


def _drop_text(connection: sqlite3.Connection, num: int) -> None:
    connection.execute("DELETE FROM piece WHERE id BETWEEN ? AND ?", (num << _SHIFT, (num + 1 << _SHIFT) - 1))


def _reading(connection: sqlite3.Connection, document: str) -> Reading | None:
    row = connection.execute(
        f"SELECT {INDEXED}, num, blocks, inlines FROM document JOIN body USING(num) WHERE id = ?", (document,)
    ).fetchone()
    if row is None:
        return None
    known = indexed(row)
    num, packed, inlines = row[-3:]
    text = _text(connection, num)
    try:
        blocks = Blocks.unpacked(packed)
        parsed = tuple(Inline(*inline) for inline in json.loads(inlines)) if inlines != "[]" else ()
        if len(blocks) and (blocks.ends[-1] > len(text) or max(blocks.roles) >= len(ROLES)):
            raise ValueError("blocks outside the text")  # noqa: TRY301 - it is told like what `unpacked` raises
    except (ValueError, TypeError) as error:
        raise Damaged("read", "index.db", "damaged: delete it, and `pullquote add` makes it anew") from error
    return Reading(known, Document(text, blocks, known.version, known.metadata, parsed, known.words, known.display_title))


def _text(connection: sqlite3.Connection, num: int) -> str:
    if connection.execute("PRAGMA user_version").fetchone()[0] < 2:  # an index of the first version, set aside
        return str(connection.execute("SELECT text FROM body WHERE num = ?", (num,)).fetchone()[0])
    rows = connection.execute("SELECT text FROM piece WHERE id BETWEEN ? AND ? ORDER BY id", (num << _SHIFT, (num + 1 << _SHIFT) - 1))
    return "".join(row[0] for row in rows)

"""The precious store: `ports.NotesStore` on SQLite. Small, never rebuilt, never touched by a re-index.

Every write is committed with `synchronous=FULL` before the method returns.
"""

import json
import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path

from reader.errors import Damaged
from reader.ports import Action, Kept, Location
from reader.store import annotations, backups, oplog, rulings
from reader.store.database import Database, Schema
from reader.store.oplog import Deed, now

_FIRST = (
    """CREATE TABLE document(
        id TEXT PRIMARY KEY,
        kept INTEGER NOT NULL,              -- in the library
        removed INTEGER NOT NULL DEFAULT 0, -- taken out by the user: a folder that is looked through again must not bring it back
        added TEXT,
        tags TEXT NOT NULL DEFAULT '[]',
        corrections TEXT NOT NULL DEFAULT '{}')""",
    "CREATE TABLE folder(path TEXT PRIMARY KEY, added TEXT NOT NULL)",
    """CREATE TABLE annotation(
        id TEXT PRIMARY KEY,
        document TEXT NOT NULL,
        kind TEXT NOT NULL,                 -- note, highlight, bookmark; kinds of later versions are kept as they are
        body TEXT NOT NULL DEFAULT '',
        tags TEXT NOT NULL DEFAULT '[]',
        colour TEXT,
        parent TEXT,                        -- the annotation this one answers
        created TEXT NOT NULL,
        modified TEXT NOT NULL,
        rev INTEGER NOT NULL DEFAULT 1,
        version TEXT,                       -- the text it was made on; with its offsets and words never altered
        first INTEGER,
        last INTEGER,
        exact TEXT,
        prefix TEXT,
        suffix TEXT)""",
    "CREATE INDEX annotation_document ON annotation(document)",
    "CREATE TABLE text_version(hash TEXT PRIMARY KEY, document TEXT NOT NULL, body BLOB NOT NULL, seen TEXT NOT NULL)",
    """CREATE TABLE location(
        path TEXT PRIMARY KEY, document TEXT NOT NULL, content TEXT NOT NULL, text TEXT NOT NULL, missing INTEGER NOT NULL DEFAULT 0)""",
    "CREATE INDEX location_document ON location(document)",
    "CREATE TABLE reading(document TEXT PRIMARY KEY, opened TEXT NOT NULL, position INTEGER NOT NULL)",
    "CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "INSERT INTO setting VALUES('device', lower(hex(randomblob(8))))",
    *oplog.SCHEMA,
)

SCHEMA = Schema(application_id=backups.APPLICATION_ID, migrations=(_FIRST, rulings.TABLES, annotations.TABLES), synchronous="FULL")


FEW = 400
"""Documents that are asked for by name; more are picked from all of them. SQLite allowed 999 values until 2020."""


class SqliteNotes(annotations.SqliteAnnotations, rulings.SqliteRulings):
    """`ports.NotesStore` in one SQLite file, with backups in a folder beside it."""

    def __init__(self, path: Path, backup_folder: Path) -> None:
        self._folder = backup_folder
        if not (os.path.exists(path) and os.path.getsize(path)) and backups.newest(backup_folder):
            raise self._with_way_back(Damaged("open", path, "is gone, but its backups are there"))
        try:
            self._db = Database(
                path,
                SCHEMA,
                before_migration=lambda connection: backups.before_migration(connection, backup_folder),
                before_writing=lambda connection: backups.daily(connection, backup_folder),
            )
        except Damaged as error:
            raise self._with_way_back(error) from error
        self._db.explain = self._with_way_back

    def _with_way_back(self, error: Damaged) -> Damaged:
        copy = backups.newest(self._folder)
        way = (
            f"`pullquote doctor --restore` brings back {copy}"
            if copy
            else "there is no backup yet; keep the file, its text can often be recovered"
        )
        return Damaged(error.operation, error.thing, f"{error.reason}; it was left untouched; the way back: {way}")

    @property
    def read_only(self) -> bool:
        """Whether it can only be read, because a newer program wrote it or the folder cannot be written."""
        return self._db.read_only

    @property
    def reason(self) -> str:
        """Why it is read-only; empty when it is not."""
        return self._db.reason

    @property
    def network(self) -> str | None:
        """See `ports.NotesStore`."""
        return self._db.network

    # -- documents and folders ----------------------------------------------------------------------------------------------------

    def documents(self, only: Collection[str] | None = None) -> Mapping[str, Kept]:
        """See `ports.NotesStore`."""
        few = list(only) if only is not None and len(only) <= FEW else []
        among = f"WHERE {{}} IN ({','.join('?' * len(few))})" if few else ""
        sql = f"""SELECT id, kept, removed, added, tags, corrections, opened, position
            FROM (SELECT id FROM document {among.format("id")} UNION SELECT document FROM reading {among.format("document")})
            LEFT JOIN document USING(id) LEFT JOIN reading ON reading.document = id"""
        with self._db.reading("list") as connection:
            rows = connection.execute(sql, few + few).fetchall()
        wanted = None if only is None else set(only)
        return {
            found[0]: Kept(
                found[0],
                bool(found[1]),
                bool(found[2]),
                found[3],
                tuple(json.loads(found[4])) if found[4] and found[4] != "[]" else (),
                json.loads(found[5]) if found[5] and found[5] != "{}" else {},
                found[6],
                found[7] or 0,
            )
            for found in rows
            if wanted is None or found[0] in wanted
        }

    def changed_since(self, number: int) -> tuple[int, Sequence[str]]:
        """See `ports.NotesStore`."""
        with self._db.reading("list") as connection:
            sql = "SELECT key FROM operation WHERE +kind = 'document' AND seq > ? ORDER BY seq DESC"  # along the log, from its end
            changed = dict.fromkeys(row[0] for row in connection.execute(sql, (number,)))
            return connection.execute("SELECT coalesce(max(seq), 0) FROM operation").fetchone()[0], list(changed)

    def opened(self) -> Sequence[str]:
        """See `ports.NotesStore`."""
        with self._db.reading("list") as connection:
            return [row[0] for row in connection.execute("SELECT document FROM reading ORDER BY opened DESC")]

    def document_tags(self) -> Sequence[str]:
        """See `ports.NotesStore`."""
        with self._db.reading("list") as connection:
            rows = connection.execute("SELECT DISTINCT tags FROM document WHERE kept AND tags != '[]'").fetchall()
        return sorted({tag for row in rows for tag in json.loads(row[0])})

    def keep(self, ids: Iterable[str], label: str) -> None:
        """See `ports.NotesStore`."""
        with self._db.writing("add") as connection:
            deed = Deed.begin(connection, label, now(), deed=False)
            for document in ids:
                oplog.keep(deed, document)

    def remove(self, ids: Iterable[str], folders: Iterable[str], label: str) -> None:
        """See `ports.NotesStore`."""
        with self._db.writing("remove") as connection:
            deed = Deed.begin(connection, label, now())
            for folder in folders:
                deed.change("folder", folder, None)
            for document in ids:
                present = oplog.row(connection, "document", document) or oplog.blank(document)
                deed.change("document", document, {**present, "kept": 0, "removed": 1})

    def folders(self) -> Sequence[str]:
        """See `ports.NotesStore`."""
        with self._db.reading("list") as connection:
            return [found[0] for found in connection.execute("SELECT path FROM folder ORDER BY added, rowid")]

    def remember(self, folders: Iterable[str]) -> None:
        """See `ports.NotesStore`."""
        with self._db.writing("add") as connection:
            deed = Deed.begin(connection, "remember folders", now(), deed=False)
            for folder in folders:
                if oplog.row(connection, "folder", folder) is None:
                    deed.change("folder", folder, {"path": folder, "added": deed.at})

    def tag_document(self, document: str, tags: Sequence[str]) -> None:
        """See `ports.NotesStore`."""
        self._change_document(document, "tag", "tags", lambda _: json.dumps(list(tags), ensure_ascii=False))

    def correct(self, document: str, values: Mapping[str, str | None]) -> None:
        """See `ports.NotesStore`."""

        def merged(stored: str) -> str:
            kept = {name: value for name, value in {**json.loads(stored), **values}.items() if value is not None}
            return json.dumps(kept, ensure_ascii=False)

        self._change_document(document, "correct", "corrections", merged)

    def _change_document(self, document: str, operation: str, column: str, change: Callable[[str], str]) -> None:
        with self._db.writing(operation) as connection:
            deed = Deed.begin(connection, f"{operation} {document}", now())
            present = oplog.row(connection, "document", document) or oplog.blank(document)
            deed.change("document", document, {**present, column: change(present[column])})

    # -- where files lie ----------------------------------------------------------------------------------------------------------

    def locations(self, document: str | Collection[str] | None = None) -> Sequence[Location]:
        """See `ports.NotesStore`."""
        wanted = [document] if isinstance(document, str) else list(document or ())
        where, values = (f"WHERE document IN ({','.join('?' * len(wanted))})", wanted) if document is not None else ("", [])
        with self._db.reading("list") as connection:
            rows = connection.execute(f"SELECT path, document, content, text, missing FROM location {where}", values).fetchall()
        return [Location(found[0], found[1], found[2], found[3], missing=bool(found[4])) for found in rows]

    def locate(self, located: Iterable[Location], gone: Iterable[str] = ()) -> None:
        """See `ports.NotesStore`."""
        with self._db.writing("add") as connection:
            connection.executemany("DELETE FROM location WHERE path = ?", [(path,) for path in gone])
            connection.executemany(
                "INSERT OR REPLACE INTO location VALUES(?,?,?,?,?)",
                [(at.path, at.document, at.content, at.text, at.missing) for at in located],
            )

    # -- undo, history, state of the window ---------------------------------------------------------------------------------------

    def undo(self) -> Action | None:
        """See `ports.NotesStore`."""
        with self._db.writing("undo") as connection:
            return oplog.undo(connection, now())

    def redo(self) -> Action | None:
        """See `ports.NotesStore`."""
        with self._db.writing("redo") as connection:
            return oplog.redo(connection, now())

    def history(self, limit: int = 100) -> Sequence[Action]:
        """See `ports.NotesStore`."""
        with self._db.reading("history") as connection:
            return oplog.history(connection, limit)

    def read_at(self, document: str, position: int | None) -> None:
        """See `ports.NotesStore`."""
        with self._db.writing("read") as connection:
            connection.execute(
                """INSERT INTO reading VALUES(?1, ?2, coalesce(?3, 0))
                ON CONFLICT(document) DO UPDATE SET opened = ?2, position = coalesce(?3, position)""",
                (document, now(), position),
            )

    def setting(self, name: str) -> str | None:
        """See `ports.NotesStore`."""
        with self._db.reading("open") as connection:
            found = connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        return found[0] if found else None

    def remember_setting(self, name: str, value: str | None) -> None:
        """See `ports.NotesStore`."""
        with self._db.writing("remember") as connection:
            if value is None:
                connection.execute("DELETE FROM setting WHERE name = ?", (name,))
            else:
                connection.execute("INSERT OR REPLACE INTO setting VALUES(?,?)", (name, value))

    def changes(self) -> int:
        """See `ports.NotesStore`."""
        return self._db.version_of_data()

    def problems(self) -> list[str]:
        """See `ports.NotesStore`."""
        return self._db.problems()

    def close(self) -> None:
        """See `ports.NotesStore`."""
        self._db.close()

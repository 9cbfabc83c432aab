"""The append-only operation log: every change of a row of the note store, as it was before and after.

One action (what the user did) holds one or more operations (rows that changed). Undo appends an action that swaps before and after;
nothing is ever taken out of the log. This is the unit that a later version can send to other devices.
"""

import datetime as dt
import json
import os
import sqlite3
from collections.abc import Mapping
from typing import Any

from reader.errors import Conflict
from reader.ports import Action
from reader.values import dataclass

Row = dict[str, Any]

KEYS = {"document": "id", "folder": "path", "annotation": "id", "spelling": "id", "attribution": "id", "placement": "id", "colour": "id"}
"""The logged tables and their keys."""

SCHEMA = (
    """CREATE TABLE operation(
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        action TEXT NOT NULL,
        label TEXT NOT NULL,
        at TEXT NOT NULL,
        device TEXT NOT NULL,
        deed INTEGER NOT NULL,         -- 1: something that undo takes back; 0: housekeeping
        undoes TEXT,                   -- the action that this one takes back
        kind TEXT NOT NULL,
        key TEXT NOT NULL,
        before TEXT,
        after TEXT)""",
    "CREATE INDEX operation_action ON operation(action)",
    "CREATE INDEX operation_undoes ON operation(undoes) WHERE undoes IS NOT NULL",
    "CREATE INDEX operation_key ON operation(kind, key)",
)

_COUNTERS = ("rev", "added")
"""Columns that count or date a row: they may differ and it still says the same."""

_OPEN = """SELECT action, at, label FROM operation AS done WHERE deed = 1 AND undoes IS NULL AND NOT EXISTS (
    SELECT 1 FROM operation AS undo WHERE undo.undoes = done.action AND NOT EXISTS (
        SELECT 1 FROM operation AS redo WHERE redo.undoes = undo.action)) ORDER BY seq DESC LIMIT 1"""

_UNDONE = """SELECT action, at, label FROM operation AS undo WHERE undoes IN (SELECT action FROM operation WHERE deed = 1 AND undoes IS NULL)
    AND NOT EXISTS (SELECT 1 FROM operation AS redo WHERE redo.undoes = undo.action)
    AND seq > (SELECT coalesce(max(seq), 0) FROM operation WHERE deed = 1 AND undoes IS NULL) ORDER BY seq DESC LIMIT 1"""


def now() -> str:
    """The time as the stores write it: UTC, ISO 8601, milliseconds."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def new_id() -> str:
    """A name that no other device will give: 128 random bits in hex."""
    return os.urandom(16).hex()


@dataclass(frozen=True, slots=True)
class Deed:
    """One action being written."""

    connection: sqlite3.Connection
    label: str
    at: str
    device: str
    deed: bool = True
    undoes: str | None = None
    action: str = ""

    @classmethod
    def begin(cls, connection: sqlite3.Connection, label: str, at: str, *, deed: bool = True, undoes: str | None = None) -> "Deed":
        """Start an action inside an open write transaction."""
        device = connection.execute("SELECT value FROM setting WHERE name = 'device'").fetchone()
        return cls(connection, label, at, device[0] if device else "", deed, undoes, new_id())

    def change(self, kind: str, key: str, after: Mapping[str, Any] | None) -> None:
        """Make the row `after` (None deletes it) and log it; a change that changes nothing leaves no trace."""
        before = row(self.connection, kind, key)
        if before == after:
            return
        _apply(self.connection, kind, key, after)
        self._log(kind, key, _packed(before), _packed(after))

    def remember(self, kind: str, key: str, before: Row | None, after: Row | None, label: str, at: str) -> None:
        """Log a change that was made elsewhere, at another time; the row stays as it is."""
        self._log(kind, key, _packed(before), _packed(after), label, at)

    def mark(self) -> None:
        """Log the action even when it changed no row, so that undo knows it was done."""
        if self.connection.execute("SELECT 1 FROM operation WHERE action = ?", (self.action,)).fetchone() is None:
            self._log("", "", None, None)

    def _log(self, kind: str, key: str, before: str | None, after: str | None, label: str | None = None, at: str | None = None) -> None:
        self.connection.execute(
            "INSERT INTO operation(id, action, label, at, device, deed, undoes, kind, key, before, after) VALUES(?,?,?,?,?,?,?,?,?,?,?)",
            (new_id(), self.action, label or self.label, at or self.at, self.device, self.deed, self.undoes, kind, key, before, after),
        )


def row(connection: sqlite3.Connection, kind: str, key: str) -> Row | None:
    """The present row, or None."""
    cursor = connection.execute(f"SELECT * FROM {kind} WHERE {KEYS[kind]} = ?", (key,))
    found = cursor.fetchone()
    return dict(zip([column[0] for column in cursor.description], found, strict=True)) if found else None


def _apply(connection: sqlite3.Connection, kind: str, key: str, after: Mapping[str, Any] | None) -> None:
    if after is None:
        connection.execute(f"DELETE FROM {kind} WHERE {KEYS[kind]} = ?", (key,))
        return
    columns = ", ".join(after)
    marks = ", ".join("?" * len(after))
    connection.execute(f"INSERT OR REPLACE INTO {kind}({columns}) VALUES({marks})", tuple(after.values()))


def keep(deed: Deed, document: str) -> None:
    """Take a document into the library, unless it is in."""
    present = row(deed.connection, "document", document)
    if present is None or not present["kept"]:
        after = {**(present or blank(document)), "kept": 1, "removed": 0}
        after["added"] = after["added"] or deed.at
        deed.change("document", document, after)


def blank(document: str) -> Row:
    """The row of a document of which nothing is known."""
    return {"id": document, "kept": 0, "removed": 0, "added": None, "tags": "[]", "corrections": "{}"}


def _packed(value: Mapping[str, Any] | None) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)


def undo(connection: sqlite3.Connection, at: str) -> Action | None:
    """Take back the last deed that stands. Raises `Conflict` when one of its rows is no longer as it left it."""
    return _reversed(connection, at, "undo", connection.execute(_OPEN).fetchone())


def redo(connection: sqlite3.Connection, at: str) -> Action | None:
    """Do again what was undone last, unless something else was done since. Raises `Conflict` as `undo` does."""
    return _reversed(connection, at, "redo", connection.execute(_UNDONE).fetchone())


def _reversed(connection: sqlite3.Connection, at: str, operation: str, last: tuple[str, str, str] | None) -> Action | None:
    """Append an action that swaps before and after of another one."""
    if last is None:
        return None
    action, _, label = last
    deed = Deed.begin(connection, label, at, undoes=action)
    rows = connection.execute(
        "SELECT kind, key, before, after FROM operation WHERE action = ? AND kind != '' ORDER BY seq DESC", (action,)
    ).fetchall()
    for kind, key, before, after in rows:
        _turn_back(deed, operation, kind, key, _row(kind, key, before), _row(kind, key, after))
    deed.mark()
    return Action(deed.action, at, label, action)


def _row(kind: str, key: str, packed: str | None) -> Row | None:
    """A row as it was logged; of a document that was not known then, the blank one: knowing it is no deed."""
    if packed is None:
        return blank(key) if kind == "document" else None
    found: Row = json.loads(packed)
    return found


def _turn_back(deed: Deed, operation: str, kind: str, key: str, before: Row | None, after: Row | None) -> None:
    """Make one row again what it was before. Of a row that stays, only the columns that the action changed: others may have changed since."""
    present = row(deed.connection, kind, key)
    if kind == "document":
        present = present or blank(key)
    if before is None or after is None or present is None:
        if _without_rev(present) == _without_rev(before):
            return  # something else has taken it back already
        if _without_rev(present) != _without_rev(after):
            raise Conflict(operation, deed.label, "it was changed again since")
        deed.change(kind, key, before)
        return
    columns = [name for name in after if name not in _COUNTERS and after[name] != before.get(name)]
    if all(present[name] == before.get(name) for name in columns):
        return
    if any(present[name] != after[name] for name in columns):
        raise Conflict(operation, deed.label, "it was changed again since")
    wanted = {**present, **{name: before.get(name) for name in columns}}
    if "rev" in wanted:
        wanted["rev"] = present["rev"] + 1  # an editor that still shows the undone text must not overwrite in silence
    deed.change(kind, key, wanted)


def _without_rev(value: Row | None) -> Row | None:
    """A row without what counts or dates it: those may differ and the row still says the same."""
    return None if value is None else {name: v for name, v in value.items() if name not in _COUNTERS}


def history(connection: sqlite3.Connection, limit: int) -> list[Action]:
    """The latest actions, newest first."""
    rows = connection.execute(
        "SELECT action, min(at), min(label), min(undoes) FROM operation GROUP BY action ORDER BY max(seq) DESC LIMIT ?", (limit,)
    )
    return [Action(*found) for found in rows]

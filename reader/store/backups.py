"""Copies of the note store: one a day, one before each change of schema, seven of each kind kept."""

import contextlib
import datetime as dt
import os
import sqlite3
import threading
from pathlib import Path

KEPT = 7


def backup(connection: sqlite3.Connection, folder: Path, kind: str, *, stamp: str | None = None) -> Path | None:
    """Copy the database behind `connection` to `folder` as `library-STAMP.KIND.db`, unless that copy is there already.

    The copy is made beside and renamed, so that a half-written one never carries the name. A database that fails its check is not
    copied over good ones. Returns the copy, or None when none was made.
    """
    stamp = stamp or dt.datetime.now(dt.UTC).date().isoformat()
    target = folder / f"library-{stamp}.{kind}.db"
    if target.exists() or connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        return None
    folder.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(f".partial-{os.getpid()}-{threading.get_ident()}")  # another process may be making the same copy
    try:
        copy = sqlite3.connect(partial)
        try:
            connection.backup(copy)
        finally:
            copy.close()
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    for old in sorted(folder.glob(f"library-*.{kind}.db"))[:-KEPT]:
        with contextlib.suppress(OSError):
            old.unlink()
    return target


def daily(connection: sqlite3.Connection, folder: Path) -> None:
    """Today's copy, before the first change of the day. One that cannot be made must not keep a note from being stored."""
    with contextlib.suppress(sqlite3.Error, OSError):
        backup(connection, folder, "daily")


def newest(folder: Path) -> Path | None:
    """The latest copy, if there is one."""
    copies = sorted(folder.glob("library-*.db"), key=lambda path: path.stat().st_mtime) if os.path.isdir(folder) else []
    return copies[-1] if copies else None

"""Copies of the note store: one a day, one before each change of schema, seven of each kind kept; and the way back from one."""

import contextlib
import datetime as dt
import os
import sqlite3
import threading
import time
from pathlib import Path

from reader.errors import Busy, NotFound, StoreError
from reader.values import dataclass


@dataclass(frozen=True, slots=True)
class Restored:
    """A note store that was brought back: from which copy, and the folder in which what stood there lies now."""

    copy: Path
    aside: Path


APPLICATION_ID = 0x50514E31
"""What SQLite's header says of a note store of ours."""
KEPT = 7
ABANDONED = 3600
"""Seconds after which a copy that was begun will not be finished."""


def backup(connection: sqlite3.Connection, folder: Path, kind: str, *, stamp: str | None = None) -> Path | None:
    """Copy the database behind `connection` to `folder` as `library-STAMP.KIND.db`, unless that copy is there already.

    The copy is made beside and renamed, so that a half-written one never carries the name. A database that fails its check is not
    copied over good ones. Returns the copy, or None when none was made.
    """
    stamp = stamp or _today()
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
    _rotate(folder, kind, target)
    return target


def before_migration(connection: sqlite3.Connection, folder: Path) -> Path | None:
    """A copy before the schema changes, one for each moment: a second change on a day has notes of its own to lose."""
    stamp = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H%M%S")
    return backup(connection, folder, "migration", stamp=stamp)


def _today() -> str:
    return dt.datetime.now(dt.UTC).date().isoformat()


def _rotate(folder: Path, kind: str, newest: Path) -> None:
    """Keep the latest few. Those dated in the future, made while the clock was wrong, go first: by name they would outlive all others."""
    today = f"library-{_today()}~"  # behind every time of today
    copies = sorted(folder.glob(f"library-*.{kind}.db"), key=lambda path: (path.name <= today, path.name))
    for left in folder.glob("library-*.partial-*"):  # of a process that was killed while it copied
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > ABANDONED:
                left.unlink()
    for old in copies[:-KEPT]:
        if old != newest:
            with contextlib.suppress(OSError):
                old.unlink()


def daily(connection: sqlite3.Connection, folder: Path) -> None:
    """Today's copy, before the first change of the day. One that cannot be made must not keep a note from being stored."""
    with contextlib.suppress(sqlite3.Error, OSError):
        backup(connection, folder, "daily")


def newest(folder: Path) -> Path | None:
    """The latest copy, if there is one."""
    copies = sorted(folder.glob("library-*.db"), key=lambda path: path.stat().st_mtime) if os.path.isdir(folder) else []
    return copies[-1] if copies else None


# -- the way back ----------------------------------------------------------------------------------------------------------------


def restore(path: Path, folder: Path, copy: Path | None = None) -> Restored:
    """Put a copy in the place of the note store; the latest sound one when none is named. What stood there is moved aside, never deleted.

    Raises `NotFound` when there is no sound copy, `Busy` while another process has the store open: it would go on writing to what was
    moved aside.
    """
    chosen = _sound(path, folder, copy)
    _alone(path)
    aside = folder / f"set-aside-{dt.datetime.now(dt.UTC).strftime('%Y%m%dT%H%M%S')}-{os.getpid()}"
    partial = path.with_name(f"{path.name}.restored-{os.getpid()}")
    try:
        _copy(chosen, partial)
        with partial.open("rb+") as file:
            os.fsync(file.fileno())
        aside.mkdir(parents=True)
        _alone(path)  # somebody may have opened it while the copy was made
        for beside in ("-wal", "-shm", ""):  # a stale -wal would be replayed into the copy
            old = path.with_name(path.name + beside)
            if old.exists():
                old.replace(aside / old.name)
        partial.replace(path)
    except OSError as error:
        raise StoreError("restore", path, f"{error.strerror or error}; what was there lies in {aside}") from error
    finally:
        partial.unlink(missing_ok=True)
    return Restored(chosen, aside)


def _sound(path: Path, folder: Path, copy: Path | None) -> Path:
    copies = sorted(folder.glob("library-*.db"), key=lambda found: found.stat().st_mtime, reverse=True) if folder.is_dir() else []
    if copy is not None:
        named = copy if copy.exists() else folder / copy.name
        if not named.exists():
            raise NotFound("restore", copy, f"no such backup; there are: {', '.join(found.name for found in copies) or 'none'}")
        copies = [named]
    for found in copies:
        if _is_sound(found):
            return found
    raise NotFound("restore", copy or folder, "is no sound backup" if copy else f"holds no sound backup of {path.name}")


def _is_sound(path: Path) -> bool:
    try:
        with contextlib.closing(_opened(path)) as connection:
            ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
            return bool(ours and connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except sqlite3.Error:
        return False


def _opened(path: Path) -> sqlite3.Connection:
    """A copy for reading. What lies in a log beside it belongs to it; without one nothing is written beside it."""
    log = path.with_name(path.name + "-wal")
    mode = "mode=rw" if log.exists() and log.stat().st_size else "mode=ro&immutable=1"
    return sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True)


def _copy(path: Path, target: Path) -> None:
    """All of a database in one file, what is in its log as well."""
    with contextlib.closing(_opened(path)) as connection, contextlib.closing(sqlite3.connect(target)) as copy:
        connection.backup(copy)


def _alone(path: Path) -> None:
    """Raise `Busy` when anybody else has the database open: leaving WAL needs it alone, and takes what the log holds into the file."""
    if not path.exists():
        return
    with contextlib.suppress(sqlite3.DatabaseError), contextlib.closing(sqlite3.connect(path, timeout=0.5)) as connection:
        try:
            connection.execute("PRAGMA journal_mode=DELETE").fetchone()
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise Busy("restore", path.name, "another pullquote has it open; close it first") from error

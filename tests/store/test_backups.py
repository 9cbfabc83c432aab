"""Backups of the note store: what is kept, and the way back."""

import os
import sqlite3
import subprocess
import sys

import pytest

from reader.errors import Busy, Damaged, NotFound
from reader.library import Library
from reader.store import backups
from reader.store.filesystems import network
from reader.store.notes import SqliteNotes
from tests.store.making import note


@pytest.fixture
def folder(tmp_path):
    """A library folder with one note in its backup and a second one written after it."""
    store = SqliteNotes(tmp_path / "library.db", tmp_path / "backups")
    store.annotate(note("n1"), "the ferry sails")
    connection = sqlite3.connect(tmp_path / "library.db")
    backups.backup(connection, tmp_path / "backups", "daily", stamp="2020-01-02")
    connection.close()
    store.annotate(note("n2"), "the ferry sails")
    store.close()
    return tmp_path


def ids(folder):
    store = SqliteNotes(folder / "library.db", folder / "backups")
    try:
        return sorted(a.id for a in store.annotations())
    finally:
        store.close()


def test_the_latest_sound_backup_comes_back_and_what_stood_there_is_kept(folder):
    (folder / "library.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(Damaged, match="doctor --restore"):
        ids(folder)
    broken = folder / "backups" / "library-2999-01-01.daily.db"
    broken.write_bytes(b"half a copy")
    restored = Library.restore(folder, "library-2020-01-02.daily.db")
    assert restored.copy.name == "library-2020-01-02.daily.db"
    assert (restored.aside / "library.db").read_bytes().startswith(b"no database")
    assert ids(folder) == ["n1"]


def test_a_backup_that_is_not_sound_is_passed_over_or_refused(folder):
    broken = folder / "backups" / "library-2999-01-01.daily.db"
    broken.write_bytes(b"half a copy")
    for copy in (folder / "backups").glob("library-2*.daily.db"):
        if copy != broken and "2020-01-02" not in copy.name:
            copy.unlink()
    assert Library.restore(folder).copy.name == "library-2020-01-02.daily.db"
    with pytest.raises(NotFound, match="no sound backup"):
        Library.restore(folder, str(broken))
    with pytest.raises(NotFound, match="there are: library-2"):
        Library.restore(folder, "nothing.db")


def test_nothing_is_restored_under_an_open_window(folder):
    program = f"""
import sys
from pathlib import Path
from reader.store.notes import SqliteNotes
store = SqliteNotes(Path({str(folder / "library.db")!r}), Path({str(folder / "backups")!r}))
store.annotations()
print("open", flush=True)
sys.stdin.read()
"""
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as window:
        assert window.stdout is not None
        assert window.stdout.readline() == "open\n"
        with pytest.raises(Busy, match="close it first"):
            Library.restore(folder)
        window.communicate("")
    assert ids(folder) == ["n1", "n2"]
    assert Library.restore(folder, "library-2020-01-02.daily.db").aside.is_dir()
    assert ids(folder) == ["n1"]


def test_seven_of_a_kind_are_kept_and_those_of_a_wrong_clock_go_first(folder):
    connection = sqlite3.connect(folder / "library.db")
    for number in range(9):
        backups.backup(connection, folder / "backups", "daily", stamp=f"2999-01-0{number + 1}")
    for number in range(6):
        backups.backup(connection, folder / "backups", "daily", stamp=f"2021-01-0{number + 1}")
    connection.close()
    kept = sorted(path.name for path in (folder / "backups").glob("*.daily.db"))
    assert len(kept) == backups.KEPT
    assert not any("2999" in name for name in kept)


def test_what_is_mounted_from_another_machine_is_known(tmp_path):
    mounts = tmp_path / "mountinfo"
    here = os.path.realpath(tmp_path)
    lines = [
        "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw",
        f"30 22 0:50 / {here}/far rw - nfs4 server:/x rw",
        f"31 30 0:51 / {here}/far/near rw - tmpfs tmpfs rw",
        f"32 22 0:52 / {here}/a\\040space rw - cifs //server/x rw",
    ]
    mounts.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert network(tmp_path / "far" / "library", str(mounts)) == "nfs4"
    assert network(tmp_path / "far" / "near" / "library", str(mounts)) is None
    assert network(tmp_path / "farther", str(mounts)) is None
    assert network(tmp_path / "a space" / "x", str(mounts)) == "cifs"
    assert network(tmp_path, str(tmp_path / "nothing")) is None


def test_a_store_on_a_network_works_without_the_log_that_needs_shared_memory(tmp_path, monkeypatch):
    monkeypatch.setattr("reader.store.database.network", lambda _: "nfs")
    for _ in range(2):
        store = SqliteNotes(tmp_path / "library.db", tmp_path / "backups")
        assert store.network == "nfs"
        store.name_colour("red", "doubtful")
        store.close()
        assert not list(tmp_path.glob("library.db-*"))
    monkeypatch.undo()
    connection = sqlite3.connect(tmp_path / "library.db")
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    connection.close()
    SqliteNotes(tmp_path / "library.db", tmp_path / "backups").close()
    connection = sqlite3.connect(tmp_path / "library.db")
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",), "back on a local disk it is written as any other"
    connection.close()

"""Whatever ends a write of the note store (a kill, a full disk, a permission that went away), all of it is there or nothing of it."""

import math
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from reader.errors import Full, ReadOnly, StoreError
from reader.model import Anchor, Edition, Imported
from reader.ports import Kept
from reader.spoken import Spelling
from reader.store import notes as note_store
from reader.store import oplog
from reader.store.notes import SqliteNotes
from tests.store.making import note

TEXT = "the ferry sails"


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "library"
    made.mkdir()
    return made


def opened(folder):
    return SqliteNotes(folder / "library.db", folder / "backups")


@pytest.fixture
def store(folder):
    made = opened(folder)
    yield made
    made.close()


def look(folder, *questions):
    """The first column of what a file answers, asked in a copy: looking takes in what a kill left in the log of the original."""
    copy = shutil.copytree(folder, folder.with_name("copy"), ignore=shutil.ignore_patterns("*-shm", "backups"))
    try:
        raw = sqlite3.connect(copy / "library.db")
        try:
            return [[row[0] for row in raw.execute(question)] for question in questions]
        finally:
            raw.close()
    finally:
        shutil.rmtree(copy)


def dump(folder):
    """Everything that is stored, as SQL."""
    raw = sqlite3.connect(folder / "library.db")
    try:
        return list(raw.iterdump())
    finally:
        raw.close()


# -- a migration that is killed ------------------------------------------------------------------------------------------------------

DYING = """
import os, sqlite3, sys
from pathlib import Path
from reader.store.notes import SqliteNotes

folder, last = Path(sys.argv[1]), int(sys.argv[2])
connect, changes = sqlite3.connect, []

def count(statement):
    if statement.startswith(("CREATE", "INSERT", "COMMIT", "PRAGMA application_id=", "PRAGMA user_version=")):
        changes.append(statement)
        if len(changes) == last:
            os._exit(9)

def connected(*arguments, **options):
    made = connect(*arguments, **options)
    made.set_trace_callback(count)  # called before a statement runs
    return made

sqlite3.connect = connected
SqliteNotes(folder / "library.db", folder / "backups")
print(len(changes), flush=True)
os._exit(9)
"""


def migrated(folder, last):
    """Open a store in a process that dies right before the change of that number, or else right after opening; how many there were."""
    done = subprocess.run([sys.executable, "-c", DYING, str(folder), str(last)], stdout=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 9
    return int(done.stdout or 0)


def of_version(version, folder, monkeypatch, *, in_log):
    """A store as an older pullquote left it, with its notes in the file or, as after a kill, in the log beside it."""
    older = replace(note_store.SCHEMA, migrations=note_store.SCHEMA.migrations[:version])
    with monkeypatch.context() as patched:
        patched.setattr(note_store, "SCHEMA", older)
        made = opened(folder.with_name("older"))
    made.annotate(note("n1"), TEXT)
    made.annotate(note("n2", body="another thought", document="d2"), TEXT)
    made.edit(replace(made.annotations("d2")[0], body="a better one"))
    made.tag_document("d1", ["wages"])
    if not in_log:
        made.close()
    shutil.copytree(folder.with_name("older"), folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*-shm", "backups"))
    made.close()
    assert (folder / "library.db-wal").exists() == in_log


def check_migrated(folder):
    """The store opens as today's, and has what the older one had."""
    made = opened(folder)
    try:
        assert not made.read_only
        assert made.problems() == []
        assert [(a.id, a.body, a.exact) for a in made.annotations()] == [("n1", "a thought", "ferry"), ("n2", "a better one", "ferry")]
        assert made.documents()["d1"].tags == ("wages",)
        made.name_colour("red", "doubtful")
        made.rule([Spelling("rosa", "Rosa", None, None)], "split")
        labels = []
        while action := made.undo():
            labels.append(action.label.split()[0])
        assert labels == ["split", "red", "tag", "edit", "note", "note"]
        assert made.annotations() == []
    finally:
        made.close()
    assert look(folder, "PRAGMA user_version") == [[note_store.SCHEMA.version]]


@pytest.mark.parametrize(("version", "in_log"), [(1, False), (2, True)])
def test_a_migration_that_is_killed_at_any_statement_was_made_wholly_or_not_at_all(folder, tmp_path, monkeypatch, version, in_log):
    of_version(version, folder, monkeypatch, in_log=in_log)
    tables, kept = "SELECT sql FROM sqlite_master ORDER BY name", "SELECT body FROM annotation ORDER BY id"
    questions = ("PRAGMA user_version", tables, kept, "SELECT id FROM operation ORDER BY seq", "PRAGMA quick_check")
    before = look(folder, *questions)
    pristine = shutil.copytree(folder, tmp_path / "pristine")
    changes = migrated(folder, 0)
    after = look(folder, *questions)
    assert (before[0], after[0]) == ([version], [note_store.SCHEMA.version])
    assert after[2:] == before[2:]
    assert after[4] == ["ok"]
    assert changes == sum(map(len, note_store.SCHEMA.migrations[version:])) + 3, "two marks and the commit"
    check_migrated(folder)
    for last in range(1, changes + 1):
        shutil.rmtree(folder)
        shutil.copytree(pristine, folder)
        migrated(folder, last)
        assert look(folder, *questions) == before, f"killed before change {last}"
        check_migrated(folder)
        copies = list((folder / "backups").glob("*.migration.db"))
        assert copies
        assert all(copy.stat().st_size > 0 for copy in copies)
        assert not list((folder / "backups").glob("*.partial*"))


def test_a_store_whose_making_was_killed_is_made_by_the_next_start(folder):
    changes = sum(map(len, note_store.SCHEMA.migrations)) + 3
    for last in (1, changes):
        migrated(folder, last)
        assert look(folder, "SELECT name FROM sqlite_master", "PRAGMA user_version", "PRAGMA application_id") == [[], [0], [0]]
    made = opened(folder)
    made.annotate(note("n1"), TEXT)
    assert made.annotations() == [note("n1")]
    made.close()


# -- a permission, or the room, that goes away while the store is open ---------------------------------------------------------------


class Fickle(sqlite3.Connection):
    """A connection that carries out so many statements more and then finds that the file cannot be written."""

    left = math.inf

    def execute(self, *arguments):
        super().execute(f"PRAGMA query_only={'OFF' if Fickle.left > 0 else 'ON'}")
        Fickle.left -= 1
        return super().execute(*arguments)


@pytest.fixture
def held(monkeypatch, folder):
    """A store with two notes and an older text, and the connection it writes with."""
    connect = sqlite3.connect
    connections: list[Fickle] = []

    def connected(*arguments, **options):
        connections.append(connect(*arguments, factory=Fickle, **options))
        return connections[-1]

    monkeypatch.setattr(Fickle, "left", math.inf)
    with monkeypatch.context() as patched:
        patched.setattr(sqlite3, "connect", connected)
        store = opened(folder)
    store.annotate(note("n1"), TEXT)
    store.annotate(note("n2", document="d2"), TEXT)
    yield store, connections[0]
    Fickle.left = math.inf
    store.close()


LONG = random.Random(1).randbytes(15_000).hex()
"""What no compression makes fit into the pages that are there."""


def annotate(store):
    store.annotate(note("n3", body=LONG, document="d3"), LONG)


def edit(store):
    store.edit(replace(store.annotations("d1")[0], body=LONG))


def retag(store):
    tags = [LONG[n : n + 100] for n in range(0, len(LONG), 100)]
    store.revise(lambda a: replace(a, tags=(*a.tags, *tags)), None, "retag", lambda own: (*own, *tags))


def delete(store):
    store.delete(["n1", "n2"])


def take_in(store):
    imported = [Imported(note(f"i{n}", body=f"{n} {LONG}"), (Edition("2020", "note", "note", LONG),)) for n in range(3)]
    store.take_in(imported, {"d1": Kept("d1", kept=True, removed=False, added=None, tags=("taken",))}, "import 3 notes")


def place(store):
    store.place(store.annotations("d1")[0], Anchor("v2", 0, 5, LONG[:5], "", ""), LONG)


def undo(store):
    assert store.undo() is not None


def refusal_of(deed, store):
    """The error that a deed ends with, None when it is done."""
    try:
        deed(store)
    except StoreError as error:
        return error
    return None


@pytest.mark.parametrize(
    ("deed", "told"),
    [(annotate, "note"), (edit, "edit"), (retag, "edit"), (delete, "delete"), (take_in, "import"), (place, "place"), (undo, "undo")],
)
def test_a_store_that_can_no_longer_be_written_says_so_whichever_statement_meets_it_and_keeps_no_half(held, folder, deed, told):
    store, _ = held
    before, notes, refused = dump(folder), store.annotations(), 0
    for statements in range(1000):
        Fickle.left = statements
        refusal = refusal_of(deed, store)
        Fickle.left = math.inf
        if refusal is None:
            break
        assert (type(refusal), str(refusal)) == (ReadOnly, f"{told}: library.db: cannot be written")
        assert (store.annotations(), dump(folder)) == (notes, before)
        refused += 1
    assert refused > 3, "at the start of the transaction, and at each change"
    assert dump(folder) != before
    assert store.undo() is not None if deed is not undo else store.redo() is not None
    assert [replace(a, rev=1) for a in store.annotations()] == notes
    assert store.problems() == []


def test_a_folder_that_may_no_longer_be_written_says_so_and_is_still_read(store, folder):
    store.annotate(note("n1"), TEXT)
    before, everything = dump(folder), [*folder.rglob("*"), folder]
    modes = [path.stat().st_mode for path in everything]
    for path in everything:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        if os.access(folder, os.W_OK):
            pytest.skip("nothing is forbidden to this user")
        # what is open stays writable, so the next thread, with a connection of its own, is the first to notice
        with ThreadPoolExecutor(1) as pool:
            with pytest.raises(ReadOnly, match=r"^note: library\.db: cannot be written$"):
                pool.submit(store.annotate, note("n2"), TEXT).result()
            assert pool.submit(store.annotations).result() == [note("n1")]
    finally:
        for path, mode in zip(everything, modes, strict=True):
            path.chmod(mode)
    assert dump(folder) == before
    with ThreadPoolExecutor(1) as pool:
        pool.submit(store.annotate, note("n2"), TEXT).result()
    assert [a.id for a in store.annotations()] == ["n1", "n2"]


@pytest.mark.parametrize(("deed", "told"), [(annotate, "note"), (edit, "edit"), (retag, "edit"), (take_in, "import"), (place, "place")])
def test_a_disk_that_is_full_at_any_page_is_said_and_nothing_is_changed(held, folder, deed, told):
    store, connection = held
    before, notes, refused = dump(folder), store.annotations(), 0
    present = connection.execute("PRAGMA page_count").fetchone()[0]
    for room in range(1000):
        connection.execute(f"PRAGMA max_page_count={present + room}")
        refusal = refusal_of(deed, store)
        if refusal is None:
            break
        assert (type(refusal), str(refusal)) == (Full, f"{told}: library.db: no room left on the disk; nothing was changed")
        assert not connection.in_transaction
        assert (store.annotations(), dump(folder)) == (notes, before)
        refused += 1
    assert refused > 3, "at any page of the deed"
    assert dump(folder) != before
    connection.execute("PRAGMA max_page_count=1000000")
    assert store.undo() is not None
    assert [replace(a, rev=1) for a in store.annotations()] == notes
    annotate(store)
    assert store.problems() == []


FULL = """
import resource, signal, sys
from pathlib import Path
from reader.errors import Full
from reader.store.notes import SqliteNotes
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    print([a.id for a in SqliteNotes(Path(sys.argv[1]) / "library.db", Path(sys.argv[1]) / "backups").annotations()])
except Full as error:
    print(error)
"""


def test_a_store_on_a_disk_that_is_full_already_is_read_or_says_that_the_disk_is_full(store, folder):
    store.annotate(note("n1"), TEXT)
    store.close()
    done = subprocess.run([sys.executable, "-c", FULL, str(folder)], capture_output=True, text=True, check=False)
    assert not done.stderr
    assert done.stdout == "['n1']\n" or "no room left on the disk" in done.stdout


# -- a clock that is set back --------------------------------------------------------------------------------------------------------


@pytest.fixture
def clock(monkeypatch):
    """Sets the time that the stores write."""

    told = oplog.now
    asking = [module for name, module in sys.modules.items() if name.startswith("reader.") and getattr(module, "now", None) is told]

    def set_to(time):
        for module in asking:
            monkeypatch.setattr(module, "now", lambda: time)

    return set_to


def made_at(name, at, **said):
    return replace(note(name, **said), created=at, modified=at)


def test_undo_and_redo_follow_what_was_done_and_not_a_clock_that_was_set_back(store, clock):
    clock("2024-03-03T10:00:00.000Z")
    store.annotate(made_at("n1", "2024-03-03T10:00:00.000Z", body="first"), TEXT)
    store.edit(replace(store.annotations()[0], body="edited"))
    clock("2001-01-01T00:00:00.000Z")
    store.annotate(made_at("n2", "2001-01-01T00:00:00.000Z", body="second"), TEXT)
    by_name = {a.id: a for a in store.annotations()}
    assert store.edit(replace(by_name["n1"], body="edited again")).modified == "2024-03-03T10:00:00.000Z"
    clock("1999-12-31T23:59:59.999Z")
    store.revise(lambda a: replace(a, tags=("x",)), None, "retag", lambda _: ("x",))
    store.delete(["n1"])
    seen, labels = [said(store)], []
    while action := store.undo():
        seen.append(said(store))
        labels.append(action.label.split()[0])
    assert labels == ["delete", "retag", "edit", "note", "edit", "note"]
    assert seen[-4:] == [{"n1": ("edited", ("wages",)), "n2": ("second", ("wages",))}, {"n1": ("edited", ("wages",))}, *seen[-2:]]
    assert seen[-2:] == [{"n1": ("first", ("wages",))}, {}]
    clock("1980-01-01T00:00:00.000Z")
    again = [said(store)]
    while store.redo():
        again.append(said(store))
    assert again == seen[::-1]
    clock("1970-01-01T00:00:00.000Z")
    store.annotate(made_at("n3", "1970-01-01T00:00:00.000Z"), TEXT)
    assert store.redo() is None
    undone = store.undo()
    assert undone is not None
    assert undone.label.startswith("note")
    assert said(store) == seen[0]


def said(store):
    return {a.id: (a.body, a.tags) for a in store.annotations()}


def test_the_past_of_a_note_is_told_in_the_order_in_which_it_was_made_whatever_the_clock_said(store, clock):
    clock("2024-03-03T10:00:00.000Z")
    store.annotate(made_at("n1", "2024-03-03T10:00:00.000Z", body="one"), TEXT)
    for time, body in [("2001-01-01T00:00:00.000Z", "two"), ("2030-01-01T00:00:00.000Z", "three"), ("1999-01-01T00:00:00.000Z", "four")]:
        clock(time)
        store.edit(replace(store.annotations()[0], body=body))
    assert [edition.body for edition in store.editions("n1")] == ["one", "two", "three", "four"]
    assert [action.at[:4] for action in store.history(4)] == ["1999", "2030", "2001", "2024"]


# -- several at once -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("objects", [1, 2])
def test_two_threads_that_write_at_once_through_one_store_object_or_two_lose_nothing(store, folder, objects):
    other = opened(folder) if objects == 2 else store
    together = threading.Barrier(2)

    def write(into, name):
        together.wait()
        for number in range(100):
            into.annotate(note(f"{name}{number:02}", document=f"d{number % 3}", body=f"{name} {number}"), TEXT)

    try:
        with ThreadPoolExecutor(2) as pool:
            for ended in [pool.submit(write, store, "left"), pool.submit(write, other, "right")]:
                ended.result()
        wanted = {f"{name}{number:02}": (f"{name} {number}", ("wages",)) for name in ("left", "right") for number in range(100)}
        assert said(store) == said(other) == wanted
        undone = [store.undo(), other.undo()]
        assert all(undone)
        assert len(said(store)) == len(said(other)) == 198
        assert store.problems() == other.problems() == []
    finally:
        other.close()


def test_a_store_that_was_deleted_while_it_was_open_says_so_and_never_that_it_kept_a_note(store, folder):
    store.annotate(note("n1"), TEXT)
    for path in folder.glob("library.db*"):
        path.unlink()
    with pytest.raises(StoreError, match="deleted, moved or replaced"):
        store.annotate(note("n2"), TEXT)

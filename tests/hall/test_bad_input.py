"""Bad input and bad luck: each is one clear line and exit code 2 when it failed, nothing is lost, nothing hangs."""

import itertools
import json
import os
import random
import resource
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

from reader.cli.main import main
from reader.library import Library

LETTER = "Ferry Crew Asks for a Timetable\n\nThe crew of the night ferry asked the harbour board for a printed timetable on Monday.\n"
REPLY = "Harbour Board Answers\n\nThe harbour board answered the crew in a letter of two lines. It said nothing about numbers.\n"
STORY = "Lighthouse Keeper Retires\n\nThe keeper of the north light retired after forty years of storms and gulls.\n"

TIMES = itertools.count(1_700_000_000_000_000_000, 10**9)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "library"


@pytest.fixture
def pullquote(folder, capsys):
    """Runs a command line; whatever happens, what stands on standard error is one line of ours for each complaint."""

    def run(*words):
        code = main(["--library", str(folder), *map(str, words)])
        out, err = capsys.readouterr()
        assert "unexpected" not in err
        assert all(line.startswith(("pullquote: ", "  ", "nothing like it")) for line in err.splitlines())
        if code == 2 and words[0] != "add":
            assert err.startswith("pullquote: ")
        return code, out, err

    return run


def command(folder, *words):
    return [sys.executable, "-m", "reader", "--library", str(folder), *map(str, words)]


def write(path, text):
    """Write a file with a time of its own, however quick the test and coarse the clock."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    stamp = next(TIMES)
    os.utime(path, ns=(stamp, stamp))
    return path


def add(library, *paths, **options):
    return {os.path.basename(outcome.path): outcome.status for outcome in library.add([str(path) for path in paths], **options)}


def note(library, path, words, body="why?"):
    document = library.find(str(path)).id
    return library.annotate(document, *library.place_words(document, words, 1), body)


# -- files that are none ---------------------------------------------------------------------------------------------------------


def odd_folder(saved):
    """A folder with a file of every kind that is no article; returns what becomes of each."""
    saved.mkdir()
    os.mkfifo(saved / "fifo.txt")
    (saved / "zero.txt").symlink_to("/dev/zero")
    (saved / "loop.txt").symlink_to("loop.txt")
    (saved / "nothing.txt").symlink_to("nowhere.txt")
    (saved / "round").symlink_to(".")
    (saved / "binary.txt").write_bytes(random.Random(1).randbytes(5000))
    (saved / "empty.txt").write_bytes(b"")
    (saved / "suffixless").write_text("words")
    (saved / "scan.pdf").write_bytes(b"%PDF-1.4")
    with socket.socket(socket.AF_UNIX) as here:
        here.bind(str(saved / "socket.txt"))
    skipped = ["fifo.txt", "zero.txt", "loop.txt", "nothing.txt", "empty.txt", "suffixless", "scan.pdf", "socket.txt"]
    return {"binary.txt": "failed", **dict.fromkeys(skipped, "skipped")}


def test_what_is_no_article_is_told_with_its_reason(pullquote, tmp_path):
    expected = odd_folder(tmp_path / "odd")
    write(tmp_path / "odd" / "letter.txt", LETTER)
    code, out, _ = pullquote("add", "--json", tmp_path / "odd")
    outcomes = [json.loads(line) for line in out.splitlines()]
    assert {os.path.basename(o["path"]): o["status"] for o in outcomes} == {**expected, "letter.txt": "new"}
    assert all(o["error"] for o in outcomes if o["status"] != "new")
    assert code == 2


@pytest.mark.parametrize("name", ["fifo.txt", "zero.txt", "loop.txt", "binary.txt", "empty.txt", "socket.txt", "gone.txt", "suffixless"])
def test_none_of_it_can_be_shown(pullquote, tmp_path, name):
    odd_folder(tmp_path / "odd")
    code, out, err = pullquote("show", tmp_path / "odd" / name)
    assert (code, out) == (2, "")
    assert name in err


def test_an_empty_folder_and_a_missing_path(pullquote, tmp_path):
    (tmp_path / "empty").mkdir()
    assert pullquote("add", tmp_path / "empty")[:2] == (0, "no files there\n")
    code, out, _ = pullquote("add", tmp_path / "nowhere")
    assert code == 2
    assert "nowhere: no such file or folder" in out


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(pullquote, tmp_path):
    write(tmp_path / "secret.txt", LETTER).chmod(0)
    code, out, _ = pullquote("add", tmp_path / "secret.txt")
    assert code == 2
    assert "permission denied" in out


@pytest.mark.parametrize(
    "name",
    [
        b"new\nline.txt",
        b"osc\x1b]52;c;eA==\x07.txt",
        b"c1\xc2\x9b31m.txt",
        b"bidi\xe2\x80\xae.txt",
        b"x" * 251 + b".txt",
        b"[/].txt".replace(b"/", b""),
        b"-rf.txt",
        b"--json.txt",
        b" .txt",
        b"tab\t.txt",
        "שלום.txt".encode(),
        b"e\xcc\x81.txt",
    ],
)
def test_any_name_that_is_utf8_can_be_added_and_found(pullquote, tmp_path, name):
    path = os.fsencode(tmp_path) + b"/" + name
    with open(path, "w", encoding="utf-8") as file:
        file.write(LETTER)
    assert pullquote("add", os.fsdecode(path))[0] == 0
    code, out, _ = pullquote("show", "--json", os.fsdecode(path))
    assert code == 0
    assert json.loads(out)["path"] == os.fsdecode(path)


def test_a_name_that_is_no_utf8_fails_alone(pullquote, tmp_path):
    with open(os.fsencode(tmp_path) + b"/bad\xff.txt", "w", encoding="utf-8") as file:
        file.write(LETTER)
    write(tmp_path / "good.txt", REPLY)
    code, out, _ = pullquote("add", tmp_path)
    assert code == 2
    assert "file name is not valid UTF-8" in out
    assert "good.txt" in out


def test_a_line_of_five_megabytes(pullquote, tmp_path):
    sentence = "The quick gull said nothing at all about the ferry timetable today, "
    write(tmp_path / "line.txt", sentence * (5_000_000 // len(sentence)))
    code, out, _ = pullquote("add", "--json", tmp_path / "line.txt")
    assert code == 0
    assert len(out) < 2000, "nor is the title as long"
    code, out, _ = pullquote("search", "ferry", "timetable", "-n", "1")
    assert code == 0


def test_a_file_that_goes_while_it_is_added(tmp_path, folder):
    for number in range(80):
        write(tmp_path / "saved" / f"{number:02}.txt", f"Clock {number}\n\nIt says gull{number}.")
    with Library.open(folder) as library:
        outcomes = library.add([tmp_path / "saved"])
        first = next(outcomes)
        shutil.rmtree(tmp_path / "saved")
        rest = list(outcomes)
    assert first.status == "new"
    assert {outcome.status for outcome in rest} <= {"new", "failed", "missing"}


def test_the_library_folder_itself_can_be_looked_through(pullquote, tmp_path, folder):
    write(tmp_path / "letter.txt", LETTER)
    assert pullquote("add", tmp_path)[0] == 0
    assert pullquote("add", folder)[0] == 0
    assert len(pullquote("list")[1].splitlines()) == 1


def test_two_libraries_share_files(tmp_path):
    saved = write(tmp_path / "saved" / "letter.txt", LETTER).parent
    with Library.open(tmp_path / "one") as one, Library.open(tmp_path / "two") as two:
        assert add(one, saved) == add(two, saved) == {"letter.txt": "new"}
        note(one, saved / "letter.txt", "night ferry")
        assert two.notes() == []


# -- library folders that are none -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["file.txt", "file.txt/below", "x" * 300, "dangling", "loop"])
def test_a_library_folder_that_cannot_be(tmp_path, capsys, where):
    write(tmp_path / "file.txt", "words")
    (tmp_path / "dangling").symlink_to("/nowhere/at/all")
    (tmp_path / "loop").symlink_to("loop")
    assert main(["--library", str(tmp_path / where), "list"]) == 2
    err = capsys.readouterr().err
    assert err.startswith("pullquote: open: ")
    assert err.count("\n") == 1


def test_a_relative_library_and_one_behind_a_link(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "letter.txt", LETTER)
    monkeypatch.setenv("PULLQUOTE_LIBRARY", "deep/library")
    assert main(["add", "letter.txt"]) == 0
    (tmp_path / "link").symlink_to("deep")
    monkeypatch.setenv("PULLQUOTE_LIBRARY", "link/library")
    assert main(["list"]) == 0
    monkeypatch.setenv("HOME", str(tmp_path / "deep"))
    monkeypatch.setenv("PULLQUOTE_LIBRARY", "~/library")
    assert main(["list"]) == 0
    assert capsys.readouterr().out.count("Ferry Crew") == 3


# -- stores that are broken ------------------------------------------------------------------------------------------------------


def overwrite(start, stop):
    def damage(path):
        data = bytearray(path.read_bytes())
        data[start:stop] = random.Random(7).randbytes(len(data[start:stop]))
        path.write_bytes(data)

    return damage


def newer(path):
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 99")


def of_another_program(path):
    path.unlink()
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE theirs(a)")
        database.commit()


DAMAGES = {
    "header": overwrite(0, 100),
    "schema": overwrite(100, 4096),
    "half gone": lambda path: os.truncate(path, path.stat().st_size // 2),
    "a stump": lambda path: os.truncate(path, 50),
    "text": lambda path: path.write_text("I am no database. " * 500),
    "another program's": of_another_program,
}


@pytest.fixture
def filled(tmp_path, folder):
    """A library of two documents and a note, closed."""
    write(tmp_path / "saved" / "letter.txt", LETTER)
    write(tmp_path / "saved" / "reply.txt", REPLY)
    with Library.open(folder) as library:
        add(library, tmp_path / "saved")
        note(library, tmp_path / "saved" / "letter.txt", "night ferry")
    return folder


@pytest.mark.parametrize("damage", [*DAMAGES, "newer", "empty", "gone", "garbage beside it"])
def test_a_broken_index_is_set_aside_and_made_anew(filled, pullquote, damage):
    path = filled / "index.db"
    ways = {"newer": newer, "empty": lambda p: p.write_bytes(b""), "gone": lambda p: p.unlink()}
    beside = {"garbage beside it": lambda p: p.with_name("index.db-wal").write_bytes(random.Random(3).randbytes(9000))}
    {**DAMAGES, **ways, **beside}[damage](path)
    code, out, _ = pullquote("list")
    assert (code, len(out.splitlines())) == (0, 2)
    assert pullquote("search", "two", "lines")[0] == 0
    assert "note  Ferry Crew Asks for a Timetable  49-60" in pullquote("notes")[1]
    assert pullquote("doctor")[0] == 0
    if damage in DAMAGES or damage == "newer":
        assert len(list(filled.glob("index.set-aside-*"))) == 1


@pytest.mark.parametrize("damage", DAMAGES)
def test_broken_notes_are_left_untouched_and_the_way_back_is_named(filled, pullquote, damage):
    path = filled / "library.db"
    DAMAGES[damage](path)
    before = path.read_bytes()
    for words in (["list"], ["notes"], ["search", "ferry"], ["add", filled.parent / "saved"], ["undo"]):
        code, out, err = pullquote(*words)
        assert (code, out) == (2, "")
        assert err.count("\n") == 1
        assert "library.db: " in err
    assert path.read_bytes() == before
    copies = list((filled / "backups").glob("library-*.db"))
    assert copies
    assert str(copies[0]) in err or damage == "schema"


def test_notes_of_a_newer_version_can_be_read_and_not_written(filled, pullquote):
    newer(filled / "library.db")
    assert pullquote("list")[0] == pullquote("notes")[0] == pullquote("search", "ferry")[0] == 0
    for words in (["undo"], ["note", "Ferry", "--quote", "harbour"], ["add"], ["correct", "Ferry", "--date", "2001"]):
        code, _, err = pullquote(*words)
        assert code == 2
        assert "a newer pullquote wrote it" in err


@pytest.mark.parametrize("most", [0, 4096, 70_000])
def test_a_disk_that_takes_no_more(filled, most):
    """A limit on file sizes stands in for a full disk: whatever is said, what was there stays there."""
    for words in (
        ["note", "Ferry", "--quote", "harbour board", "--body", "z" * 90_000],
        ["add", filled.parent / "saved"],
        ["bookmark", "Ferry"],
    ):
        ran = subprocess.run(
            command(filled, *words),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
        )
        assert ran.returncode in (0, 2)
        assert ran.stderr.startswith("pullquote: ") or ran.returncode == 0
        assert ran.stderr.count("\n") <= 1
    with Library.open(filled) as library:
        assert library.notes_store.problems() == library.index.problems() == []
        assert "night ferry" in [made.exact for made in library.notes()]


# -- ends in the middle ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_add_killed_at_any_moment_leaves_no_half_document(tmp_path, folder, seed):
    for each in range(120):
        write(tmp_path / "saved" / f"{each}.txt", f"Clock {each}\n\nIt says gull{each} here.\n\nAnd tern{each} there.")
    child = subprocess.Popen(command(folder, "add", tmp_path / "saved"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(random.Random(seed).uniform(0.3, 1.5))
    child.kill()
    child.wait(30)
    with Library.open(folder) as library:
        indexed = library.index.documents()
        assert set(indexed) >= {entry.id for entry in library.documents()}
        for document in indexed:
            number = library.read(document).text.split()[1]
            for word in ("gull", "tern"):
                assert [hit.document for hit in library.search(f"{word}{number}", among=library.documents([document]))] == [document]
        assert sorted(add(library, tmp_path / "saved")) == sorted(f"{each}.txt" for each in range(120))
        assert library.notes_store.problems() == library.index.problems() == []
        assert len(library.documents()) == 120


NOTING = """
import sys
from reader.library import Library
with Library.open(sys.argv[1]) as library:
    document = library.documents()[0].id
    while True:
        print(library.annotate(document, 0, 5, "b" * 300).id, flush=True)
"""


def test_every_note_that_was_acknowledged_survives_two_kills(filled):
    acknowledged = set()
    for _ in range(3):
        children = [subprocess.Popen([sys.executable, "-c", NOTING, filled], stdout=subprocess.PIPE, text=True) for _ in range(2)]
        for child in children:
            assert child.stdout
            acknowledged.add(child.stdout.readline().strip())
        time.sleep(0.2)
        for child in children:
            child.kill()
            acknowledged.update(line for line in child.communicate()[0].split("\n") if len(line) == 32)
    with Library.open(filled) as library:
        assert acknowledged - {""} <= {made.id for made in library.notes()}
        assert library.notes_store.problems() == []


def test_many_processes_at_once_on_a_new_library(tmp_path, folder):
    write(tmp_path / "saved" / "letter.txt", LETTER)
    children = [
        subprocess.Popen(command(folder, "note", tmp_path / "saved" / "letter.txt", "--quote", "night ferry", "--body", str(number)))
        for number in range(4)
    ]
    assert [child.wait(60) for child in children] == [0] * 4
    with Library.open(folder) as library:
        assert sorted(made.body for made in library.notes()) == ["0", "1", "2", "3"]


# -- which document a file is ----------------------------------------------------------------------------------------------------


def test_three_files_that_change_places_in_a_ring(tmp_path, folder):
    a, b, c = (write(tmp_path / "saved" / name, text) for name, text in [("a.txt", LETTER), ("b.txt", REPLY), ("c.txt", STORY)])
    with Library.open(folder) as library:
        add(library, a.parent)
        made = [note(library, a, "night ferry"), note(library, b, "two lines"), note(library, c, "forty years")]
        for old, new in [("a.txt", "x"), ("c.txt", "a.txt"), ("b.txt", "c.txt"), ("x", "b.txt")]:
            (a.parent / old).rename(a.parent / new)
        assert set(add(library, a.parent).values()) == {"moved"}
        assert [os.path.basename(library.find(m.document).path) for m in made] == ["b.txt", "c.txt", "a.txt"]
        assert [(m.state, m.exact) for m in library.notes()] == [("anchored", m.exact) for m in made]


def test_a_file_that_goes_from_a_to_b_and_back_has_its_note_back(tmp_path, folder):
    path = write(tmp_path / "saved" / "a.txt", LETTER)
    with Library.open(folder) as library:
        add(library, path.parent)
        made = note(library, path, "night ferry")
        for text, state in [(REPLY, "orphan"), (LETTER, "anchored")]:
            write(path, text)
            add(library, path.parent)
            assert [(n.id, n.state) for n in library.notes()] == [(made.id, state)]
        assert library.find(str(path)).id == made.document


def test_only_a_copy_that_is_left_alone_keeps_the_notes(tmp_path, folder):
    paths = [write(tmp_path / "saved" / f"{name}.txt", LETTER) for name in "abc"]
    with Library.open(folder) as library:
        add(library, paths[0].parent)
        made = note(library, paths[0], "night ferry")
        for path, text in zip(paths[:2], (REPLY, STORY), strict=True):
            write(path, text)
            assert add(library, path.parent)[path.name] == "new"
        assert library.find(made.document).path == str(paths[2])
        assert library.notes()[0].state == "anchored"


def test_looking_first_and_adding_later_and_undoing(tmp_path, folder):
    path = write(tmp_path / "saved" / "a.txt", LETTER)
    with Library.open(folder) as library:
        assert add(library, path.parent, keep=False) == {"a.txt": "new"}
        assert library.documents() == []
        note(library, path, "night ferry")
        assert len(library.documents()) == 1
        assert add(library, path.parent) == {"a.txt": "unchanged"}
        library.undo()
        assert library.notes() == []
        assert len(library.documents()) == 1, "it was added for its own sake in between"


def test_a_link_beside_its_file_and_a_second_way_to_it_are_one_document(tmp_path, folder):
    path = write(tmp_path / "saved" / "m.txt", LETTER)
    (path.parent / "a.txt").symlink_to("m.txt")
    (tmp_path / "way").symlink_to("saved")
    with Library.open(folder) as library:
        add(library, path.parent, tmp_path / "way", tmp_path / "way" / "m.txt")
        assert len(library.documents()) == 1
        write(path, LETTER + "More.\n")
        add(library, path.parent)
        assert len(library.documents()) == 1


def test_an_edit_against_an_edit_keeps_both_texts_and_undo_takes_back_what_came_last(tmp_path, folder):
    path = write(tmp_path / "saved" / "a.txt", LETTER)
    with Library.open(folder) as one, Library.open(folder) as two:
        add(one, path)
        made = note(one, path, "night ferry", "first")
        edited = two.edit(made, body="second")
        copy = one.edit(made, body="third")
        assert copy.id != made.id
        assert sorted(n.body for n in two.notes()) == ["second", "third"]
        assert {n.start for n in two.notes()} == {made.start}
        one.undo()
        assert [n.body for n in two.notes()] == ["second"]
        one.undo()
        assert [n.body for n in two.notes()] == ["first"]
        two.edit(edited, body="fourth")
        assert sorted(n.body for n in two.notes()) == ["first", "fourth"]

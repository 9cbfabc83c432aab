"""The window as a pager: text from a pipe, keys from the terminal, plain text where the answer goes on through a pipe."""

import os
import time

import pytest

from reader.hall import piping
from reader.library import Library
from reader.paths import LibraryPaths
from tests.cli.shell import Shell, without_terminal

TEXT = "The Ferry\n\n" + "\n\n".join(f"Paragraph {n} of the ferry." for n in range(60)) + "\n"


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PULLQUOTE_LIBRARY", str(tmp_path / "library"))
    (tmp_path / "ferry.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "quay.md").write_text("# The Quay\n\nIt lies *there*.\n", encoding="utf-8")
    return tmp_path


def piped_files(desk):
    folder = LibraryPaths(desk / "library").piped
    return sorted(folder.iterdir()) if folder.exists() else []


@pytest.mark.parametrize("line", ["cat ferry.txt | pullquote -", "cat ferry.txt | pullquote", "pullquote - < ferry.txt 2> errors"])
def test_text_from_a_pipe_is_read_in_the_window_and_forgotten_when_it_closes(desk, line):
    shell = Shell(line)
    shell.until(b"Paragraph 3 ")
    shell.until(b"find")  # it went straight to the page
    shell.write(b"\x1b[6~\x1b[6~")
    shell.until(b"Paragraph 25 ")
    shell.write(b"q")
    assert shell.ended() == 0
    assert piped_files(desk) == []
    with Library.open() as library:
        assert list(library.documents()) == []
        assert library.index.documents() == {}
        assert library.index.files() == {}


def test_the_first_note_keeps_text_from_a_pipe(desk):
    shell = Shell("printf 'The Ferry\\n\\nIt was \\033[31mlate\\033[m again.\\n' | pullquote -")
    shell.until(b"late again")
    shell.until(b"find")
    shell.write(b"vh")
    shell.until(b"highlighted")
    shell.write(b"q")
    assert shell.ended() == 0
    (kept,) = piped_files(desk)
    assert kept.read_text(encoding="utf-8") == "The Ferry\n\nIt was late again.\n"
    with Library.open() as library:
        (entry,) = library.documents()
        (note,) = library.notes()
    assert (entry.path, entry.display_title, entry.missing) == (str(kept), "The Ferry", False)
    assert note.document == entry.id


@pytest.mark.parametrize(
    "line", ["echo ferry.txt | while read name; do pullquote $name; done", "pullquote ferry.txt <&-", "pullquote ferry.txt 2>&-"]
)
def test_keys_come_from_the_terminal_whatever_the_other_streams_are(desk, line):
    shell = Shell(line)
    shell.until(b"Paragraph 3 ")
    shell.until(b"find")
    shell.write(b"q")
    assert shell.ended() == 0
    assert piped_files(desk) == []


@pytest.mark.parametrize(
    ("script", "given", "wanted"),
    [
        ("pullquote ferry.txt", None, TEXT),
        ("pullquote ferry.txt quay.md", None, TEXT + "The Quay\n\nIt lies there.\n"),
        ("pullquote -", b"\x1b[1mLate\x1b[m and N\bNo\bo end", "Late and No end\n"),
        (
            "pullquote quay.md - ferry.txt | head -n 5",
            b"<html><title>T</title><p>A page.</p>",
            "The Quay\n\nIt lies there.\nA page.\nThe Ferry\n",
        ),
        ("touch empty.txt; pullquote .; rm empty.txt", None, TEXT + "The Quay\n\nIt lies there.\n"),
    ],
)
def test_without_a_terminal_the_plain_text_is_printed(desk, script, given, wanted):
    done = without_terminal(script, given)
    assert (done.stdout.decode(), done.stderr.decode(), done.returncode) == (wanted, "", 0)
    assert not (desk / "library").exists()


@pytest.mark.parametrize(
    ("script", "out", "error", "code"),
    [
        ("pullquote", "", "open: the window: needs a terminal; --plain and the verbs do not, see --help", 2),
        ("pullquote --json ferry.txt", "", "open: the window: needs a terminal; --plain and the verbs do not, see --help", 2),
        ("pullquote - </dev/null", "", "open: -: nothing came in on standard input", 2),
        ("pullquote - <&-", "", "open: -: nothing came in on standard input", 2),
        ("pullquote - - </dev/null", "", "open: -: standard input can be read only once", 2),
        ("head -c 3000 /dev/zero | tr '\\0' '\\1' | pullquote -", "", "open: -: looks like a binary file", 2),
        ("pullquote nowhere.txt", "", "open: nowhere.txt: no such file or folder, and no verb; see --help", 2),
        ("touch empty.txt other.zip; pullquote empty.txt quay.md other.zip", "The Quay\n\nIt lies there.\n", "open: empty.txt: empty", 2),
    ],
)
def test_what_cannot_be_read_is_one_line_and_code_2(desk, script, out, error, code):
    done = without_terminal(script)
    assert (done.stdout.decode(), done.returncode) == (out, code)
    assert done.stderr.decode().splitlines()[0] == f"pullquote: {error}"


def test_a_terminal_as_standard_input_is_refused_instead_of_waited_for(desk):
    said, code = Shell("pullquote -").all()
    assert code == 2
    assert said == "pullquote: open: -: standard input is the terminal; pipe something in, as in `man ls | pullquote -`\n"


def test_hostile_text_goes_through_the_pipe_without_its_codes(desk):
    done = without_terminal("pullquote -", "a\x1b]52;c;Zm9v\x07b \x1b\x1b c\u202ed\x00".encode() + b" harmless" * 20)
    assert done.returncode == 0
    assert done.stdout.decode() == "ab \ufffd\ufffdd\ufffd" + " harmless" * 20 + "\n"


# -- what becomes of the file ----------------------------------------------------------------------------------------------------


def take_in(library, path, *, keep):
    for _ in library.add([path], keep=keep):
        pass


def test_the_same_text_twice_is_one_document_and_closing_one_window_leaves_the_other_its_text(desk):
    first, second = (piping.keep(TEXT.encode(), None) for _ in range(2))
    assert first != second
    with Library.open() as library:
        take_in(library, first, keep=False)
        take_in(library, second, keep=False)
        assert len(library.index.documents()) == 1
        piping.let_go(first, library.notes_store, library.index)
        (document,) = library.viewed([second])
        library.remark(document, "seen twice")
        assert piping.let_go(second, library.notes_store, library.index)
        assert [str(path) for path in piped_files(desk)] == [second]
        take_in(library, second, keep=True)
        assert [entry.path for entry in library.documents()] == [second]


def test_text_that_is_in_the_library_already_is_not_kept_twice(desk):
    kept = piping.keep(TEXT.encode(), None)
    with Library.open() as library:
        take_in(library, kept, keep=True)
        again = piping.keep(TEXT.encode(), None)
        take_in(library, again, keep=False)
        piping.let_go(again, library.notes_store, library.index)
        assert [str(path) for path in piped_files(desk)] == [kept]
        assert [(entry.path, entry.missing) for entry in library.documents()] == [(kept, False)]
        assert [place.path for place in library.notes_store.locations()] == [kept]


def test_files_of_windows_that_were_killed_are_cleared_away_after_a_week_but_never_those_with_notes(desk):
    noted, killed, fresh, mine = (piping.keep(f"Text number {n}.".encode(), None) for n in range(4))
    with Library.open() as library:
        for path in (noted, killed, fresh, mine):
            take_in(library, path, keep=False)
        library.remark(library.viewed([noted])[0], "keep this")
        long_ago = time.time() - piping.LEFT_BEHIND - 60
        os.utime(noted, (long_ago, long_ago))
        os.utime(killed, (long_ago, long_ago))
        piping.let_go(mine, library.notes_store, library.index)
        assert {str(path) for path in piped_files(desk)} == {noted, fresh}


def test_taken_in_text_outlives_a_lost_index(desk):
    kept = piping.keep(TEXT.encode(), None)
    with Library.open() as library:
        take_in(library, kept, keep=True)
    (desk / "library" / "index.db").unlink()
    with Library.open() as library:
        piping.let_go(kept, library.notes_store, library.index)
    assert [str(path) for path in piped_files(desk)] == [kept]


def test_what_cannot_be_kept_is_said_in_one_line(desk):
    (desk / "library").mkdir()
    (desk / "library" / "piped").write_text("in the way", encoding="utf-8")
    shell = Shell("cat ferry.txt | pullquote -")
    said, code = shell.all()
    assert code == 2
    assert said.startswith("pullquote: open: -: cannot be kept in ")
    assert said.count("\n") == 1

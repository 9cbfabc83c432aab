"""Titles that lead to their files: on a terminal that knows links, nowhere else, and never to anything but files and pages."""

import contextlib
import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.cli.verb import entry_link, link
from reader.library import Library
from reader.model import Entry, Metadata
from tests.cli.shell import Shell


class Screen(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def screen(monkeypatch):
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)


def on_screen(made, *arguments):
    """What a function gives while standard output is a terminal."""
    with contextlib.redirect_stdout(Screen()):
        return made(*arguments)


def target(shown):
    found = re.fullmatch(r"\x1b]8;;([!-~]+)\x1b\\[^\x1b]*\x1b]8;;\x1b\\", shown)
    return found and found.group(1)


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("/home/you/ferry.txt", "file:///home/you/ferry.txt"),
        ("/home/you/Café ; #1?.txt", "file:///home/you/Caf%C3%A9%20%3B%20%231%3F.txt"),
        ("/home/you/\x1b]8;;\x07\n.txt", "file:///home/you/%1B%5D8%3B%3B%07%0A.txt"),
        ("https://ferry.example/späť?q=a b", "https://ferry.example/sp%C3%A4%C5%A5?q=a%20b"),
        ("http://ferry.example/\x1b\\x", "http://ferry.example/%1B%5Cx"),
        ("javascript:alert(1)", None),
        ("ssh://ferry.example", None),
        ("relative.txt", None),
        ("http://[", None),
        ("", None),
        (None, None),
    ],
)
def test_only_files_and_pages_are_linked_and_percent_encoded(screen, address, wanted):
    assert target(on_screen(link, "The Ferry", address)) == wanted


def test_the_words_shown_are_made_safe(screen):
    assert on_screen(link, "a\x1b[31mb\nc", "/x") == "\x1b]8;;file:///x\x1b\\a\ufffd[31mb c\x1b]8;;\x1b\\"
    assert on_screen(link, "a\x1b[31mb", None) == "a\ufffd[31mb"


@given(st.text(), st.text())
def test_whatever_the_address_is_nothing_escapes(words, address):
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("TERM", "xterm")
        patched.delenv("NO_COLOR", raising=False)
        for given_address in (address, "/" + address, "https://ferry.example/" + address):
            shown = on_screen(link, words, given_address)
            assert "\x1b" not in shown or target(shown)


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_nobody_who_wants_no_codes_gets_any(screen, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    assert on_screen(link, "The Ferry", "/x") == "The Ferry"


def test_a_document_whose_file_is_gone_leads_to_where_it_came_from(screen):
    entry = Entry(id="1", path="/gone.txt", metadata=Metadata(url="https://ferry.example/"), display_title="T", words=1, missing=True)
    assert target(on_screen(entry_link, "T", entry)) == "https://ferry.example/"
    assert on_screen(entry_link, "T", None) == "T"


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PULLQUOTE_LIBRARY", str(tmp_path / "library"))
    monkeypatch.delenv("NO_COLOR", raising=False)
    Path("ferry.txt").write_text("The Ferry\n\nThe crew asked for a timetable.\n", encoding="utf-8")
    with Library.open() as library:
        for _ in library.add([tmp_path / "ferry.txt"]):
            pass
    return tmp_path


@pytest.mark.parametrize("words", ["list", "search timetable"])
def test_titles_are_links_on_a_terminal_only_and_lines_read_the_same(desk, words, capsys):
    from reader.cli.main import main

    shown, code = Shell(f"pullquote {words}").all()
    assert code == 0
    assert f"\x1b]8;;{(desk / 'ferry.txt').as_uri()}\x1b\\The Ferry\x1b]8;;\x1b\\" in shown
    for quiet in ("NO_COLOR=1", "TERM=dumb"):
        plain, _ = Shell(f"export {quiet}; pullquote {words}").all()
        assert "\x1b" not in plain
        assert plain == re.sub(r"\x1b](?:[^\x1b]*)\x1b\\|\x1b\[\d+m", "", shown)
    assert main(words.split()) == 0
    assert capsys.readouterr().out == plain

"""What other programs print for a terminal is read without what is meant for the terminal only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import Unreadable
from reader.ingest.piped import as_file, suffix_of, without_terminal_codes
from reader.ingest.read import read

ARTICLE = "Ferry Crew Asks for a Timetable\n\nThe crew of the ferry met on Monday. They asked for a timetable.\n\nNobody came.\n"


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("\x1b[1;33mcommit\x1b[m 12", "commit 12"),
        ("\x1b[38;2;1;2;3mred\x1b[0;39;49m", "red"),
        ("\x1b[4:3mcurly\x1b[K", "curly"),
        ("\x1b(B\x1b[mplain", "plain"),
        ("\x1b]8;;https://ferry.example/\x1b\\the ferry\x1b]8;;\x1b\\", "the ferry"),
        ("\x1b]0;a title\x07text", "text"),
        ("\x1b]52;c;Zm9v\x07text", "text"),
        ("\x1bP1$r0m\x1b\\text", "text"),
        ("\x9b31mred", "red"),
        ("N\bNA\bAM\bME\bE", "NAME"),
        ("_\bf_\bi_\bl_\be", "file"),
        ("f\b_i\b_", "fi"),
        ("_\b_", "_"),
        ("+\bo one", "o one"),
        ("‐\b‐ é\bé", "‐ é"),
        ("ab\b\bAB", "AB"),
        ("\bx", "x"),
        ("x\n\by", "x\ny"),
        ("nothing here", "nothing here"),
    ],
)
def test_terminal_codes_are_left_out(printed, shown):
    assert without_terminal_codes(printed) == shown


def test_an_unended_title_costs_its_line_only():
    assert without_terminal_codes("\x1b]0;no end\nthe next line") == "\nthe next line"


@given(st.text(alphabet=st.sampled_from("ab_\b\x1b[]m;0\\\x07\n\x9bP é")))
def test_nothing_is_left_that_would_be_left_out_again_and_no_line_is_lost(text):
    once = without_terminal_codes(text)
    assert "\b" not in once
    assert once.count("\n") == text.count("\n")


def test_many_overstrikes_take_time_in_proportion():
    assert without_terminal_codes("a" * 200_000 + "\b" * 200_000 + "b" * 200_000) == "b" * 200_000


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        (ARTICLE, ".txt"),
        ("", ".txt"),
        ("<!DOCTYPE html>\n<title>T</title>", ".html"),
        ("\n<?xml version='1.0'?>\n<!-- saved -->\n<html lang='en'>", ".html"),
        ("The tag <html> opens a page.", ".txt"),
        ("---\ntitle: The Ferry\ntags:\n  - quay\n---\n\nThe ferry was late.\n", ".md"),
        ("# The Ferry\n\nIt was **late** again, [they say](https://ferry.example/late).\n", ".md"),
        ("# a comment\nimport os\n\n# another\nos.sep\n", ".txt"),
        ("He said **nothing** at all.\n", ".txt"),
        ("commit " + "0a" * 20 + "\nAuthor: A. Example\n\n    # The Ferry\n", ".listing"),
        ("diff --git a/quay b/quay\n@@ -1 +1 @@\n-old\n+new\n", ".listing"),
        ("FERRY(1)\n\nNAME\n       ferry - carry over\n\nDESCRIPTION\n       Carries over what is there.\n", ".listing"),
        ("name     number\nquay     12\nferry    3\n", ".listing"),
        ("    An indented paragraph, all on one line. " + "It goes on and on. " * 20 + "\n", ".txt"),
    ],
)
def test_what_nameless_text_is_can_be_told(text, suffix):
    assert suffix_of(text) == suffix


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_bytes_without_codes_are_kept_as_they_are(encoding):
    data = "“The ferry” – is late. Ärger.".encode(encoding)
    assert as_file(data)[0] == data


def test_bytes_with_codes_become_utf_8():
    assert as_file("\x1b[1mÄrger\x1b[m".encode("utf-16")) == ("Ärger".encode(), ".txt")


def test_binary_bytes_are_left_to_the_reader_of_the_file():
    data = bytes(range(256)) * 4
    kept, suffix = as_file(data)
    assert kept == data
    with pytest.raises(Unreadable):
        read(f"x{suffix}", kept)


def test_a_listing_keeps_every_line_and_indent():
    printed = "FERRY(1)\n\nNAME\n       ferry - carry over\n\n       -q, --quietly\n              without a horn\n"
    document = read("x.listing", printed.encode())
    assert document.text == printed
    parts = [document.text[block.start : block.end] for block in document.blocks]
    assert parts == ["FERRY(1)", "NAME\n       ferry - carry over", "       -q, --quietly\n              without a horn"]
    assert {block.role.value for block in document.blocks} == {"code"}
    assert document.display_title == "FERRY(1)"


def test_many_links_do_not_make_a_binary_file():
    names = "".join(f"\x1b]8;;file:///quay/{n}\x07{n}\x1b]8;;\x07\n" for n in range(9))
    assert as_file(names.encode()) == (b"0\n1\n2\n3\n4\n5\n6\n7\n8\n", ".txt")

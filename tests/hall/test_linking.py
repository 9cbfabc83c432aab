"""Links that leave a document: to another one that is saved, by file or by address, or to a whole address."""

import pytest

from reader.hall.linking import address_of, saved
from reader.model import Entry, Metadata


def entry(name, path, url=None):
    return Entry(name, path, Metadata(url=url), name)


LOG = entry("log", "/saved/ferry/log.md", "https://www.quay.example/ferry/log")
BOARD = entry("board", "/saved/board notes.html", "https://quay.example/board/")
CLOCK = entry("clock", "/saved/ferry/clock.txt")
ALL = [LOG, BOARD, CLOCK]


@pytest.mark.parametrize(
    ("target", "wanted"),
    [
        ("clock.txt", "clock"),
        ("./clock.txt#noon", "clock"),
        ("../board%20notes.html?x=1", "board"),
        ("file:///saved/board%20notes.html", "board"),
        ("https://quay.example/board", "board"),
        ("http://www.quay.example/board/#votes", "board"),
        ("/board", "board"),
        ("../board/index.html", "board"),
        ("log.md", None),  # itself
        ("https://quay.example/board?page=2", None),
        ("https://other.example/board", None),
        ("mailto:mate@quay.example", None),
        ("//[broken", None),
        ("http://[broken", None),
        ("a\0b", None),
        ("", None),
    ],
)
def test_a_link_means_a_saved_document_by_its_file_or_its_address(target, wanted):
    found = saved(target, LOG, ALL)
    assert (found and found.id) == wanted


def test_a_file_beside_the_document_comes_before_one_saved_from_its_address():
    other = entry("other", "/elsewhere.html", "https://quay.example/ferry/clock.txt")
    found = saved("clock.txt", LOG, [other, CLOCK])
    assert found is not None
    assert found.id == "clock"


@pytest.mark.parametrize(
    ("target", "wanted"),
    [
        ("tides#noon", "https://www.quay.example/ferry/tides#noon"),
        ("/tides", "https://www.quay.example/tides"),
        ("https://a.example/", "https://a.example/"),
        ("mailto:mate@quay.example", "mailto:mate@quay.example"),
        ("http://[broken", "http://[broken"),
    ],
)
def test_a_relative_link_is_relative_to_the_address_of_its_document(target, wanted):
    assert address_of(target, LOG) == wanted


@pytest.mark.parametrize("url", ["http://[broken", "//[", "no address"])
def test_an_address_that_is_none_breaks_nothing(url):
    odd = entry("odd", "/saved/odd.md", url)
    assert address_of("/tides", odd) == "/tides"
    assert saved("https://quay.example/board", odd, [odd, BOARD]) is BOARD
    assert saved("https://quay.example/tides", LOG, [odd]) is None


def test_without_an_address_a_relative_link_stays_as_it_is():
    assert address_of("tides", CLOCK) == "tides"

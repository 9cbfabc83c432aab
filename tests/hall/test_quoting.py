"""Quotations through the library: who is quoted, with what, and what the user says about it."""

import pytest

from reader.library import Library

WALK = "“We will walk out on Monday,” said Rosa Imaginary, president of the Invented Workers Union."
DOCUMENTS = {
    "a.txt": f"The Walk Out\n\nMay 3, 2021\n\n{WALK}\n\nThe harbour was quiet.\n\n“Nobody asked us about the harbour.”\n",
    "b.txt": "Another Paper\n\nJune 4, 2022\n\n“We will walk out on Monday,” said R. Imaginary. “Not true at all,” said Bob Invented.\n",
}


@pytest.fixture
def saved(tmp_path):
    folder = tmp_path / "saved"
    folder.mkdir()
    for name, text in DOCUMENTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def library(tmp_path, saved):
    with Library.open(tmp_path / "library") as opened:
        for _ in opened.add([saved]):
            pass
        yield opened


def said(library, **options):
    return [(q.quote.speaker, q.text) for q in library.quotes(**options)]


def test_quotations_of_the_library_by_document(library):
    assert said(library) == [
        ("Rosa Imaginary", "We will walk out on Monday,"),
        ("Bob Invented", "Not true at all,"),
        ("Rosa Imaginary", "We will walk out on Monday,"),
        (None, "Nobody asked us about the harbour."),
    ]


def test_a_page_has_its_quotes(library):
    page = library.read(library.find("Walk Out").id)
    assert [page.text[q.start : q.end] for q in page.quotes] == ["We will walk out on Monday,", "Nobody asked us about the harbour."]
    assert [q.speaker for q in page.quotes] == ["Rosa Imaginary", None]


def test_speakers_are_people_not_spellings(library):
    rosa, bob = library.speakers()
    assert (rosa.name, rosa.quotes, rosa.documents, rosa.first, rosa.last) == ("Rosa Imaginary", 2, 2, "2021-05-03", "2022-06-04")
    assert set(rosa.names) == {"Rosa Imaginary", "R. Imaginary"}
    assert rosa.role == "president of the Invented Workers Union"
    assert (bob.name, bob.quotes) == ("Bob Invented", 1)

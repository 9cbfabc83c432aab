"""Dates, datelines and contacts: what is stated is found, what is not stated is not invented."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest.dateline import dateline
from reader.ingest.dates import own_dates, parse_date, readings
from reader.ingest.read import read


@pytest.mark.parametrize(
    "text",
    [
        "2009-06-08",
        "2009-06-08T10:30:00+02:00",
        "2009-06-08 10:30:00",
        "20090608",
        "2009/06/08",
        "Monday, June 8, 2009, 10:30 a.m. ET",
        "Mon, 08 Jun 2009 10:00:00 GMT",
        "Monday | June 8, 2009",
        "June 8th, 2009",
        "8 June 2009",
        "(June 8, 2009)",
        "8. Juni 2009",
        "8 juin 2009",
        "8 de junio de 2009",
    ],
)
def test_one_day_in_many_spellings(text: str) -> None:
    assert parse_date(text) == "2009-06-08"


def test_dates_are_as_exact_as_they_are_stated() -> None:
    assert parse_date("June 2009") == "2009-06"
    assert parse_date("2009") == "2009"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "06.08.09",
        "6/8/2009",
        "June 8",
        "2009-02-30",
        "June 31, 2009",
        "We met on June 8, 2009",
        "12345",
        "8:30",
        "June 0, 2009",
        "x" * 500,
    ],
)
def test_what_is_no_date_or_several_is_none(text: str) -> None:
    assert parse_date(text) is None


def test_numbers_with_one_reading_are_a_date() -> None:
    assert readings("10.31.01") == ("2001-10-31",)
    assert readings("31/10/1998") == ("1998-10-31",)
    assert set(readings("06.08.09")) == {"2009-06-08", "2009-08-06", "2006-08-09"}


@given(st.dates(date(1970, 1, 1), date(2068, 12, 31)), st.sampled_from(["%Y-%m-%d", "%B %d, %Y", "%d %b %Y", "%A, %B %d, %Y", "%Y%m%d"]))
def test_dates_that_python_writes_are_read(day: date, form: str) -> None:
    assert parse_date(day.strftime(form)) == day.isoformat()


@given(st.text(max_size=100))
def test_any_text_is_a_date_or_none(text: str) -> None:
    found = parse_date(text)
    assert found is None or date.fromisoformat((found + "-01-01")[:10] if len(found) == 4 else (found + "-01")[:10])


def test_labelled_lines_count_but_not_those_of_other_days() -> None:
    assert own_dates("FOR IMMEDIATE RELEASE: December 21, 2011") == ("2011-12-21",)
    assert own_dates("June 8, 2009 Contact: Dana Whitfield") == ("2009-06-08",)
    assert own_dates("Updated: June 8, 2009") == ()
    assert own_dates("2009") == ()


@pytest.mark.parametrize(
    ("line", "place", "agency", "dates"),
    [
        ("ELLERY, Maine (KQZX) — Bakers walked out.", "ELLERY, Maine", "KQZX", ()),
        ("ELLERY, June 8, 2009 – Bakers walked out.", "ELLERY", None, ("2009-06-08",)),
        ("ELLERY, Maine (June 8, 2009) -- Bakers walked out.", "ELLERY, Maine", None, ("2009-06-08",)),
        ("Ellery –\u00a0In spring, bakers walked out.", "Ellery", None, ()),
        ("Ellery— The bakers walked out.", "Ellery", None, ()),
        ("(Ellery, Maine) - Bakers walked out.", "Ellery, Maine", None, ()),
        ("WASHINGTON, D.C.-Bakers walked out.", "WASHINGTON, D.C.", None, ()),
    ],
)
def test_datelines(line: str, place: str, agency: str | None, dates: tuple[str, ...]) -> None:
    found = dateline(line)
    assert found
    assert (found.place, found.agency, found.dates) == (place, agency, dates)
    assert line[found.length :].lstrip("“").startswith(("Bakers", "In", "The"))


@pytest.mark.parametrize(
    "line",
    [
        "The union – A coalition of two hundred – walked out.",
        "“We held the line – Nobody crossed it.”",
        "Well-paid bakers walked out.",
        "Today – Friday – the bakers walked out.",
        "No dash here.",
        "",
    ],
)
def test_dashes_that_make_no_dateline(line: str) -> None:
    assert dateline(line) is None


BODY = "\n\nBakers walked out before dawn on Friday, said their union, which speaks for four plants.\n"


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("Bakers walk out\n\n2009-06-08", "2009-06-08"),
        ("Bakers walk out\n\n06.08.09", None),
        ("Bakers walk out\n\n06.08.09\n\nFor Immediate Release  June 8, 2009", "2009-06-08"),
        ("Bakers walk out\n\nPublished: June 8, 2009\n\nUpdated: June 20, 2009", "2009-06-08"),
        ("Bakers walk out\n\nJune 8, 2009\n\nJuly 20, 2010", None),
        ("Bakers walk out since March 1, 2009", None),
        ("Address to the bakers. June 8, 2009", "2009-06-08"),
    ],
)
def test_only_the_head_states_the_date(head: str, day: str | None) -> None:
    assert read("a.txt", (head + BODY).encode()).metadata.date == day
    assert read("a.txt", (head + BODY + "\nJanuary 5, 2003\n" + BODY).encode()).metadata.date == day


def test_labels_of_the_head_are_read() -> None:
    text = "Title: Bakers Walk Out\nAuthor: Ana Ruiz\nSource: The Ellery Ledger\nhttps://ledger.example/bakers" + BODY
    stated = read("a.txt", text.encode()).metadata
    assert (stated.title, stated.byline, stated.publisher) == ("Bakers Walk Out", "Ana Ruiz", "The Ellery Ledger")
    assert stated.url == "https://ledger.example/bakers"


def test_a_contact_is_one_person() -> None:
    text = "Bakers walk out\n\nContact: Ana Ruiz, 555-010-1234; Tom Ek, 555-010-9999, tom@bakers.example" + BODY
    contact = read("a.txt", text.encode()).metadata.contact
    assert contact
    assert (contact.name, contact.phone) == ("Ana Ruiz", "555-010-1234")


def test_a_speech_shows_that_it_is_one() -> None:
    text = "Address to the Bakers' Congress\n\nMr. President, delegates and friends:\nWe meet tonight in a hall that smells of bread, as it should."
    assert read("a.txt", text.encode()).metadata.doc_type == "speech"
    assert read("a.txt", b"Notes on bread\n\nBread is made of flour, water, salt and time, and of nothing else.").metadata.doc_type is None

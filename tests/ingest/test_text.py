"""Plain text: the law of blocks, and the roles of lines in documents of each kind, invented after the four that people gave us."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest.decode import decode
from reader.ingest.read import read
from reader.model import Document

RELEASE = """Press Release

FOR IMMEDIATE RELEASE
June 8, 2009

Media Contact:
Dana Whitfield
(555) 010-4477
dana@dockers-example.org

Harbor Dockers Win First Contract After Nine-Week Strike
Agreement raises pay by a fifth and ends split shifts

HARBOR DOCKERS WIN FIRST CONTRACT AFTER NINE-WEEK STRIKE

PORT ELLERY, Maine – Dock workers at the container terminal voted on Sunday to accept a contract that runs from May 1, 2011.

“We held the line for nine weeks, and nobody crossed it,” said Dana Whitfield, chief steward of Local 9.

With 4,000 members in eleven ports, the Harbor Dockers are the oldest union on that coast.

More to explore

We use cookies on this website. By continuing to use it you consent to cookies.

# # #
"""

REPORT = """ELLERY, Maine (KQZX) — Bakers walked out before dawn on Friday. They want their Sundays back.

By noon two of the four plants had agreed to talk. The owners of the other two could not be reached.

A loaf does not care what day it is, but the people who bake it have children, and the children have one free day a week.”

Sunday Bakers' Assembly (SBA)

Another question is who cleans the ovens?

The Sunday Bakers' Assembly speaks for night workers in four plants and was founded by a pastry cook.
"""

INDEX = """The night shift taught me that nobody is alone who can count to two.

~ Mirela Tan, Local 9 member, Ellery

Campaigns

What we do

We bargain, we march, and we look after each other when the river comes over the quay.

Latest

Ferry Crews Keep Their Bunks
The company wanted to take the beds out of the crew cabins. The crews wanted to sleep. Read More »
statements
Local 9 on the Flood at Quay Street
“Nobody should have to choose between a wage and dry feet. The port has known about the sluice since... Read More »
statements
A Word on the New Cranes:
ELLERY – The cranes that came in spring are taller than the law allows, and the port knows it. Read More »
Who Pays for the Bridge?
Two councils, one ministry and every lorry driver, says a report that nobody was meant to read... Read More »
"""

DIGEST = """Latest Updates

Stewards Train for the Coming Round of Talks

Thirty stewards met on Saturday to go through the employer's numbers and agree on what to ask for first.
\u00a0

Pension Board Elects a "Friend of the Funds"

The board chose Tomas Ekberg, who has spoken against the merger, by four votes to three.
\u00a0
Click here for the board's statement.
\u00a0

Picnic Moves to Alder Park After Flooding

The picnic will be held a mile upstream, with buses from the hall every half hour.

Syndicate content"""

WRAPPED = """The people who mend a bridge at night are never in
the photographs of its opening, though the bridge
would not stand for a year without them.

They come at eleven, when the last tram has gone,
and they leave before the first one. Nobody has
written down their names.

1. They carry lamps.
2. They carry ropes.

Name | Shift | Pay
Olsen | Night | 14
"""


def roles(text: str) -> list[str]:
    return [str(block.role) for block in document(text).blocks]


def document(text: str) -> Document:
    return read("letter.txt", text.encode())


def test_a_press_release() -> None:
    assert roles(RELEASE) == (
        ["metadata"] * 3 + ["contact"] * 4 + ["title", "subtitle", "duplicate_title", "body", "body", "about"] + ["boilerplate"] * 3
    )
    stated = document(RELEASE).metadata
    assert stated.title == "Harbor Dockers Win First Contract After Nine-Week Strike"
    assert stated.subtitle == "Agreement raises pay by a fifth and ends split shifts"
    assert (stated.date, stated.dateline, stated.doc_type) == ("2009-06-08", "PORT ELLERY, Maine", "press_release")
    assert stated.contact
    assert (stated.contact.name, stated.contact.phone) == ("Dana Whitfield", "(555) 010-4477")
    assert stated.contact.email == "dana@dockers-example.org"


def test_a_report_without_a_headline_and_a_quotation_that_lost_its_first_mark() -> None:
    assert roles(REPORT) == ["body", "body", "blockquote", "attribution", "body", "body"]
    stated = document(REPORT).metadata
    assert (stated.title, stated.date) == (None, None)
    assert (stated.dateline, stated.publisher, stated.doc_type) == ("ELLERY, Maine", "KQZX", "news_article")
    assert document(REPORT).display_title == "Bakers walked out before dawn on Friday."


def test_an_index_page() -> None:
    items = ["item_title", "item_teaser"]
    assert roles(INDEX) == [
        *("blockquote", "attribution", "title", "heading", "body", "heading"),
        *items,
        *("item_label", *items),
        *("item_label", *items),
        *items,
    ]
    stated = document(INDEX).metadata
    assert (stated.title, stated.doc_type, stated.dateline) == ("Campaigns", "index_page", None)


def test_an_index_page_with_blank_lines_dates_and_links_on_their_own_lines() -> None:
    item = "{}\n\nMarch {}, 2014\n\nIt was agreed after a long night that the gate stays open on both sides.\n\nContinue reading →\n\n"
    text = "News & Updates\n\n" + "".join(
        item.format(f"The {name} gate opens", day) for day, name in enumerate(("north", "south", "west"), 1)
    )
    assert roles(text + "Older posts") == ["title", *["item_title", "item_label", "item_teaser", "link_line"] * 3, "boilerplate"]
    assert document(text).metadata.date is None


def test_a_digest() -> None:
    pair = ["item_title", "item_teaser"]
    assert roles(DIGEST) == ["title", *pair, *pair, "link_line", *pair, "boilerplate"]
    stated = document(DIGEST).metadata
    assert (stated.title, stated.subtitle, stated.doc_type) == ("Latest Updates", None, "digest")


def test_an_article_with_sections_is_no_digest() -> None:
    sections = "".join(
        f"What The {name} Plan Says\n\nThe office wants to stop eleven lines after midnight, starting in May.\n\n" for name in "ABC"
    )
    text = "Council weighs late-night bus cuts\n\nRiders told the council that it would cost them their jobs, all of them.\n\n" + sections
    assert roles(text) == ["title", "body", *["heading", "body"] * 3]


def test_a_newspaper_article_with_what_stands_around_it() -> None:
    text = (
        "Council weighs late-night bus cuts\nBy Ana Ruiz, Staff Writer\nPosted March 3, 2014 5:30 pm\n\n"
        "Riders told the council on Monday that ending night buses would cost them their jobs.\n\n"
        "Photo by Ana Ruiz / The Ellery Ledger\n\nWhat the plan says\n\n"
        "The transit office wants to stop eleven lines after midnight, starting in May.\n\n"
        "READ MORE: Fare rise delayed again\n\nRelated articles\n\nFerry workers get new boats\nMayor signs budget\n"
    )
    assert roles(text) == [
        *("title", "byline", "metadata", "body", "caption", "heading", "body", "link_line", "boilerplate", "link_line", "link_line")
    ]
    stated = document(text).metadata
    assert (stated.byline, stated.date, stated.doc_type) == ("Ana Ruiz, Staff Writer", "2014-03-03", "news_article")


def test_wrapped_paragraphs_are_one_block_each_and_lists_and_tables_are_not_joined() -> None:
    assert roles(WRAPPED) == ["body", "body", "list_item", "list_item", "table", "table"]
    wrapped = document(WRAPPED)
    assert wrapped.text[slice(*_span(wrapped, 0))].endswith("without them.")


def test_lines_of_one_paragraph_each_are_not_joined() -> None:
    assert len(roles("A short line.\nAnother one here.\nAnd a third, which is a good deal longer than the others were.\nEnd.\n")) == 4


def test_a_dialogue_has_no_headings() -> None:
    assert set(
        roles("“Who is there?”\n\n“Only the ferryman, and he has walked a long way to see you tonight.”\n\n“But why?”\n\nHe sat down.")
    ) == {"body"}


def test_a_packed_book() -> None:
    text = (
        "The Project Gutenberg EBook of The Lamp Carriers, by E. Example\n\nThis eBook is for the use of anyone anywhere.\n\n"
        "Title: The Lamp Carriers\n\nAuthor: E. Example\n\nRelease Date: May 4, 2001 [EBook #0]\n\n"
        "*** START OF THIS PROJECT GUTENBERG EBOOK THE LAMP CARRIERS ***\n\nTHE LAMP CARRIERS\n\nCHAPTER I\n\n"
        "They came at eleven, when the last tram had gone, and nobody wrote down their names.\n\n"
        "*** END OF THIS PROJECT GUTENBERG EBOOK THE LAMP CARRIERS ***\n\nLicence and more licence.\n"
    )
    stated = document(text).metadata
    assert (stated.title, stated.byline, stated.date) == ("The Lamp Carriers", "E. Example", None)
    assert roles(text)[6:] == ["title", "heading", "body", "boilerplate", "boilerplate"]


def test_a_very_long_line_is_one_block() -> None:
    text = "and on it went " * 40_000
    assert [(block.start, block.end) for block in document(text).blocks] == [(0, len(text) - 1)]


def _span(read_document: Document, number: int) -> tuple[int, int]:
    block = read_document.blocks[number]
    return block.start, block.end


LINES = st.sampled_from(
    [
        *RELEASE.split("\n"),
        *REPORT.split("\n"),
        *INDEX.split("\n"),
        *DIGEST.split("\n"),
        *WRAPPED.split("\n"),
        "",
        "\u00a0",
        "\t x \t y\tz",
        "• a",
    ]
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(st.one_of(LINES, st.text(max_size=40)), max_size=40).map("\n".join))


@given(TEXTS)
def test_blocks_are_slices_in_order_that_hold_all_but_white_space(text: str) -> None:
    data = text.encode("utf-8", "replace") + b"\nThe end of it." * 400  # enough words, so that no control characters make it binary
    found = read("a.txt", data)
    assert found.text == decode(data)
    at = 0
    for block in found.blocks:
        assert not found.text[at : block.start].strip()
        assert found.text[block.start : block.end] == found.text[block.start : block.end].strip() != ""
        at = block.end
    assert not found.text[at:].strip()
    assert found.display_title


SEEDS = Path(os.environ.get("PULLQUOTE_EVAL", "")) / "seeds"


@pytest.mark.skipif(
    not os.environ.get("PULLQUOTE_EVAL") or not SEEDS.is_dir(),
    reason="PULLQUOTE_EVAL names no folder with the four documents and their answers",
)
@pytest.mark.parametrize("number", range(4))
def test_the_four_documents_line_by_line(number: int) -> None:
    gold = json.loads((SEEDS / "gold.json").read_text("utf-8"))["docs"][number]
    found = read(gold["file"], (SEEDS / gold["file"]).read_bytes())
    seen = {str(found.text.count("\n", 0, block.start) + 1): str(block.role) for block in found.blocks}
    assert seen == gold["line_kinds"]
    stated = found.metadata
    assert (stated.title, stated.subtitle, stated.date) == (gold["title"], gold["subtitle"], None)
    assert (stated.dateline, stated.byline, stated.doc_type) == (gold["dateline_place"], gold["byline"], gold["doc_type"])
    assert stated.publisher in (gold["publisher"], None)
    assert gold["contact"] == (
        {"name": stated.contact.name, "phone": stated.contact.phone, "email": stated.contact.email} if stated.contact else None
    )
    if "display_title_acceptable" in gold:
        assert found.display_title in gold["display_title_acceptable"]

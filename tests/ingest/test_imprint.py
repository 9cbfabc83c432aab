"""Lines of the head without labels: who speaks, where, when, and who gives it out; and headlines that only look like them."""

import pytest

from reader.ingest.imprint import credit, imprint, is_body, is_person, is_place
from reader.ingest.read import read
from reader.model import Document, Role

BODY = "\n\nThe ovens of the Ellery Bakers' Federation stayed cold on Monday, and nobody in the town had rolls.\n\nBy noon the mayor had a cough.\n"


def document(text: str, name: str = "a.txt") -> Document:
    return read(name, text.encode())


def roles(read: Document) -> list[Role]:
    return [block.role for block in read.blocks]


@pytest.mark.parametrize(
    ("line", "day", "byline", "publisher", "role"),
    [
        ("Quay Street Hall, Port Ellery, June 8, 2009", "2009-06-08", None, None, Role.METADATA),
        ("Port Ellery, 8 June 2009", "2009-06-08", None, None, Role.METADATA),
        ("Ana Ruiz, dough, Quay Street bakery, June 8, 2009", "2009-06-08", "Ana Ruiz", None, Role.BYLINE),
        ("Ana Ruiz, President, Bakers and Millers Local 9", None, "Ana Ruiz", None, Role.BYLINE),
        ("By Ana Ruiz, June 8, 2009", "2009-06-08", "Ana Ruiz", None, Role.BYLINE),
        ("The Ellery Ledger, Sunday, June 7, 2009", "2009-06-07", None, "The Ellery Ledger", Role.METADATA),
        ("The Ellery Ledger, June 2009", "2009-06", None, "The Ellery Ledger", Role.METADATA),
        ("By Ana Ruiz. Written for the Ellery Almanac, June 8, 2009.", "2009-06-08", "Ana Ruiz", "Ellery Almanac", Role.BYLINE),
        ("First published in the Ellery Almanac, June 8, 2009", "2009-06-08", None, "Ellery Almanac", Role.METADATA),
    ],
)
def test_a_line_under_the_title_says_who_where_and_when(
    line: str, day: str | None, byline: str | None, publisher: str | None, role: Role
) -> None:
    found = document(f"A Word on Rolls\n\n{line}{BODY}")
    assert (found.metadata.date, found.metadata.byline, found.metadata.publisher) == (day, byline, publisher)
    assert found.metadata.title == "A Word on Rolls"
    assert found.metadata.subtitle is None
    assert roles(found)[:2] == [Role.TITLE, role]


@pytest.mark.parametrize(
    "line",
    [
        "Bakers Vote to Walk Out at Midnight, June 8, 2009",
        "Ana Ruiz, President, Calls for Talks Before Monday",
        "We met in the hall on the quay, June 8, 2009",
        "Bakers, millers and drivers will march, rain or shine, June 8, 2009",
        "Quay Street Hall, Port Ellery",
        "June 8, 2009",
    ],
)
def test_headlines_and_sentences_are_no_imprint(line: str) -> None:
    assert imprint(line, len(line.split())) is None
    assert credit(line, len(line.split())) is None


def test_a_date_in_a_sentence_under_the_title_is_not_the_documents() -> None:
    for line in (
        "It was cold in the hall on the quay, June 8, 2009, and the rolls were hard.",
        "Bakers Vote to Walk Out Again, June 8, 2009",
    ):
        assert document(f"A Word on Rolls\n\n{line}{BODY}").metadata.date is None


def test_names_of_people_bodies_and_places() -> None:
    assert is_person("Ana Ruiz")
    assert is_person("Jean-Luc de la Tour")
    assert not is_person("Quay Street")
    assert not is_person("Bakers Union")
    assert is_body("Ellery Bakers' Federation")
    assert is_body("Bakers and Millers Local 9")
    assert is_body("Federation of Night Bakers")
    assert not is_body("Union Members Vote No")
    assert is_place("Customs House, Room 2, Port Ellery", 6)
    assert not is_place("Port Ellery bakers, who work in a hall", 8)


def test_who_gives_it_out_stands_beside_the_date_and_in_the_text() -> None:
    named = document("Ovens Cold in Four Plants as Talks Fail\n\nEllery Bakers' Federation\nJune 8, 2009" + BODY).metadata
    assert (named.publisher, named.subtitle, named.date) == ("Ellery Bakers' Federation", None, "2009-06-08")
    deck = document("Ovens Cold in Four Plants as Talks Fail\n\nMayor Names Head of New Bread Council\nJune 8, 2009" + BODY).metadata
    assert (deck.publisher, deck.subtitle) == (None, "Mayor Names Head of New Bread Council")


def test_a_letterhead_is_no_title() -> None:
    head = "LES BOULANGERS D'ELLERY\nSection syndicale de nuit\n\nThe Night Ovens Will Stay Cold\n\n"
    text = head + "Port-Éllery, Île Douce, 8 June 2009 - The crews of Les Boulangers d'Ellery voted last night, and the ovens are cold.\n"
    found = document(text + "\nNobody has rolls.\n\nRenseignements : Théo Blé, 555-0199, pain@ellery.example\n")
    assert found.metadata.title == "The Night Ovens Will Stay Cold"
    assert (found.metadata.publisher, found.metadata.date) == ("LES BOULANGERS D'ELLERY", "2009-06-08")
    assert found.metadata.dateline == "Port-Éllery, Île Douce"
    assert found.metadata.contact is not None
    assert (found.metadata.contact.name, found.metadata.contact.phone) == ("Théo Blé", "555-0199")


def test_a_title_in_capitals_over_a_deck_stays_a_title() -> None:
    found = document(
        "OVENS COLD IN FOUR PLANTS\n\nTalks Fail Over the Price of Flour and Nights\n\nELLERY, Maine – Bakers walked out." + BODY
    )
    assert (found.metadata.title, found.metadata.subtitle) == ("OVENS COLD IN FOUR PLANTS", "Talks Fail Over the Price of Flour and Nights")


TRANSCRIPT = """ELLERY BREAD BOARD

In the Matter of the Price of Rolls between the Millers' League and Bakers Local 9
Case No. BB-09-4

Transcript of Hearing, Volume 1

Monday, June 8, 2009
Mill House, Room 2, Port Ellery

Before: Ada Korn, Hearing Officer

PROCEEDINGS

(The hearing began at 9 a.m.)

OFFICER KORN: A roll?

MS. RUIZ: Local 9 calls Tom Ek.

""" + "".join(f"Q. What is in oven {n}?\n\nA. There is bread in it, as there was before.\n\n" for n in range(1, 7))


def test_a_transcript_is_titled_by_its_case() -> None:
    found = document(TRANSCRIPT)
    stated = found.metadata
    assert stated.title == "In the Matter of the Price of Rolls between the Millers' League and Bakers Local 9"
    assert (stated.subtitle, stated.date) == ("Transcript of Hearing, Volume 1", "2009-06-08")
    assert (stated.publisher, stated.doc_type) == ("ELLERY BREAD BOARD", "transcript")
    assert roles(found)[:9] == [Role.METADATA, Role.TITLE, Role.METADATA, Role.SUBTITLE, *[Role.METADATA] * 3, Role.HEADING, Role.BODY]
    assert set(roles(found)[8:]) == {Role.BODY}  # questions are no headings


LETTERS = """Letters: The Price of Rolls

The Ellery Ledger, Sunday, June 7, 2009

We had ninety letters about rolls. Most were in favor of them, and one was written on a bag.

The Crust

I have eaten rolls for sixty years, and I have never once asked what they cost at night. Now I do.

Tom Ek, General Manager, Ellery Mills

Enough

Let the ovens rest on Sunday. Bread keeps for a day, and so do the people who eat it.

Ada Korn, Mill Lane

Against

I am against rolls. I have nothing against those who bake them, who are polite.

Jo Vane, Viaduct Road

The following support the change:

Night Bakers' Council
Ellery Mills
School Board

Letters may be shortened.
"""


def test_letters_are_signed_and_lists_follow_a_colon() -> None:
    found = document(LETTERS)
    said = {found.text[block.start : block.end]: block.role for block in found.blocks}
    assert [line for line, role in said.items() if role is Role.ATTRIBUTION] == [
        "Tom Ek, General Manager, Ellery Mills",
        "Ada Korn, Mill Lane",
        "Jo Vane, Viaduct Road",
    ]
    assert [line for line, role in said.items() if role is Role.LIST_ITEM] == ["Night Bakers' Council", "Ellery Mills", "School Board"]
    assert said["The Crust"] is said["Against"] is Role.HEADING
    assert (found.metadata.publisher, found.metadata.date) == ("The Ellery Ledger", "2009-06-07")


def test_a_digest_of_a_month() -> None:
    item = "{}\n\nThe members met on Saturday and went through the figures of the mill, line by line.\n\n"
    heads = ("Night Bakers Vote for Later Mornings", "Mill and Drivers Sign Two Years Early", "Council to Pay Its Share of Flour")
    found = document("Latest From Around the Bay\n\nJune 2009\n\n" + "".join(map(item.format, heads)) + "Subscribe to the digest\n")
    assert (found.metadata.doc_type, found.metadata.date, found.metadata.subtitle) == ("digest", "2009-06", None)
    assert roles(found)[2:] == [Role.ITEM_TITLE, Role.ITEM_TEASER] * 3 + [Role.BOILERPLATE]


def test_below_the_end_mark_only_who_they_are_is_text() -> None:
    foot = (
        "\n\n###\n\nAbout Local 9: Bakers Local 9 represents 400 bakers in Ellery.\n\nMore from Local 9\n\nSend this to whom you like\n\n"
    )
    found = document(
        "Ovens Cold in Four Plants\n\nJune 8, 2009" + BODY + foot + "This site sets cookies. By reading on you agree.\n\nBack to top\n"
    )
    assert roles(found)[-6:] == [Role.BOILERPLATE, Role.ABOUT, *[Role.BOILERPLATE] * 4]


def test_a_statement_signs_a_displayed_quotation() -> None:
    text = (
        "ELLERY (KQZX) — Bakers walked out.\n\nNobody needs leave to be fair. We have waited at doors before, and we can wait again.”\n\n"
    )
    found = document(text + "Joint statement, Bakers Local 9 and Millers’ League\n\nThe mill did not answer, though its doors were open.\n")
    assert roles(found) == [Role.BODY, Role.BLOCKQUOTE, Role.ATTRIBUTION, Role.BODY]


def test_markdown_states_the_same() -> None:
    text = (
        "# A Word on Rolls\n\n*By Ana Ruiz. Written for the Ellery Almanac, June 8, 2009.*"
        + BODY
        + "\n> Bread is time.\n>\n> — Ana Ruiz, baker\n"
    )
    found = document(text, "a.md")
    assert (found.metadata.date, found.metadata.byline, found.metadata.publisher) == ("2009-06-08", "Ana Ruiz", "Ellery Almanac")
    assert roles(found)[:2] == [Role.TITLE, Role.BYLINE]
    assert roles(found)[-2:] == [Role.BLOCKQUOTE, Role.ATTRIBUTION]
    front = "---\ndate: 2009-06-09\nauthor: Tom Ek\n---\n"
    assert (document(front + text, "a.md").metadata.date, document(front + text, "a.md").metadata.byline) == ("2009-06-09", "Tom Ek")


def test_a_page_shows_its_day_and_other_articles() -> None:
    links = '<h3>Most read</h3><ol><li><a href="/1">Rolls of the year</a></li><li><a href="/2">Flour found</a></li></ol>'
    page = f"<h1>Ovens cold in four plants</h1><time>June 8, 2009, 7:45 a.m.</time><p>{BODY}</p>{links}<p>The end of it all, and of the rolls.</p>"
    assert roles(document(page, "a.html")) == [Role.TITLE, Role.METADATA, Role.BODY, *[Role.BOILERPLATE] * 3, Role.BODY]

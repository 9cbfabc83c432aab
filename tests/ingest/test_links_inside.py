"""Links inside a document: they lead to an anchor, notes stay where they were written, and nobody guesses."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest.anchors import Slugs
from reader.ingest.formats import html, markdown, text
from reader.ingest.parsed import Parsed, Source


def plain(words: str) -> Parsed:
    return text.read(Source(words.encode(), "a.txt"))


def anchors(parsed: Parsed) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for inline in parsed.inlines:
        if inline.kind == "anchor":
            found.setdefault(inline.target or "", []).append(parsed.text[inline.start : inline.end])
    return found


def links(parsed: Parsed) -> list[tuple[str, str]]:
    return [(parsed.text[i.start : i.end], i.target or "") for i in parsed.inlines if i.kind == "link"]


def hold_the_law(parsed: Parsed, sources: tuple[str, ...]) -> None:
    blocks = parsed.blocks
    for inline in parsed.inlines:
        assert any(block.start <= inline.start < inline.end <= block.end for block in blocks)
    places = set(anchors(parsed))
    wanted = {target for _, target in links(parsed) if target.startswith("#")}
    assert places <= wanted, "only what a link leads to is remembered"
    written = "".join(sources)
    for name in ("x1", "x2"):
        if parsed.text and f'id="{name}"' in written and f"#{name}" in wanted and "hidden" not in written:
            assert f"#{name}" in places, "what a link leads to is remembered"


IDS = st.sampled_from(['id="x1"', 'id="x2"', 'name="x1"', 'href="#x1"', 'href="#x2"', 'href="#x3" id="x2"', 'hidden id="x1"', ""])
TAGS = st.builds(
    lambda name, said: f"<{name} {said}>", st.sampled_from("p div a a span li ul ol td tr table sup h2 hr br img b".split()), IDS
)
ENDS = st.sampled_from("</p> </div> </a> </span> </li> </ul> </td> </table> </sup> </h2> </b>".split())
WORDS = st.from_regex(r"w[0-9]{3}", fullmatch=True).map(lambda word: f" {word} ") | st.sampled_from(["\u00a0", " ", "\n\n"])


@given(st.lists(TAGS | ENDS | WORDS, max_size=40))
def test_soup_with_ids_holds_the_law_and_keeps_its_words(parts: list[str]) -> None:
    parsed = html.parse("".join(parts))
    hold_the_law(parsed, tuple(parts))
    assert sorted(re.findall(r"w\d{3}", parsed.text)) == sorted(re.findall(r"w\d{3}", "".join(parts)))


@given(
    st.lists(
        WORDS | st.sampled_from(["[^1]", "[^n]", "\n\n[^1]: ", "\n\n[^n]: ", "\n[^1]:", "    ", "# ", "- ", "[w](#w)", "![", "](i)", "\n"]),
        max_size=40,
    )
)
def test_markdown_with_footnotes_keeps_its_words_in_their_order(parts: list[str]) -> None:
    parsed = markdown.parse("".join(parts))
    hold_the_law(parsed, ())
    assert re.findall(r"w\d{3}", parsed.text) == re.findall(r"w\d{3}", "".join(parts))


@given(
    st.lists(WORDS | st.sampled_from(["[1]", "[2]", "\n\n[1] ", "\n\n[2] ", "\n[2] ", "\n", "[Footnote 1: ", "[1", "\n[1]\n"]), max_size=40)
)
def test_plain_text_with_numbers_in_brackets_holds_the_law(parts: list[str]) -> None:
    source = "".join(parts)
    parsed = plain(source + " w")
    hold_the_law(parsed, ())
    assert {target for _, target in links(parsed)} == set(anchors(parsed)), "every number that is a link has a note"


# -- pages -----------------------------------------------------------------------------------------------------------------------


def test_a_link_leads_to_the_words_of_the_element_it_means() -> None:
    parsed = html.parse(
        '<p>Tide.<a href="#n1">1</a></p><h2 id="other">Crew</h2><ol><li id="n1"><p>A <b>long</b> note.</p><p>Its end.</p></ol>'
    )
    assert links(parsed) == [("1", "#n1")]
    assert anchors(parsed) == {"#n1": ["1. A long note.", "Its end."]}


def test_an_empty_anchor_is_the_first_character_behind_it_and_the_last_one_at_the_end() -> None:
    parsed = html.parse('<a href="#a">x</a> <a href="#b">y</a><p><a name="a"></a> &nbsp;</p><h2>Crew</h2>End.<a id="b"></a>')
    assert anchors(parsed) == {"#a": ["C"], "#b": ["."]}


def test_a_whole_address_of_the_page_itself_is_a_link_inside() -> None:
    page = '<link rel="canonical" href="https://www.quay.example/tides/"><a href="http://quay.example/tides#crew">c</a> <a href="https://quay.example/#crew">d</a><p id="crew">Crew'
    parsed = html.parse(page)
    assert links(parsed) == [("c", "#crew"), ("d", "https://quay.example/#crew")]
    assert anchors(parsed) == {"#crew": ["Crew"]}


@pytest.mark.parametrize("written", ["#caf%C3%A9", "#café"])
def test_ids_are_compared_as_they_are_meant(written: str) -> None:
    parsed = html.parse(f'<a href="{written}">c</a><p id="café">Here.</p>')
    assert links(parsed) == [("c", "#café")]
    assert anchors(parsed) == {"#café": ["Here."]}


def test_addresses_that_are_none_cost_no_page() -> None:
    parsed = html.parse(
        '<link rel="canonical" href="http://[x"><a href="http://[x#a">x</a><a href="//[#b">y</a><a href="#%ff%00">z</a><p id="a">Here.'
    )
    assert links(parsed)[1:] == [("y", "//[#b"), ("z", "#%ff%00")]


def test_elements_within_elements_do_not_make_anchors_without_end() -> None:
    names = [f"n{number}" for number in range(300)]
    inner = "".join(f"<p>{number}</p>" for number in range(300))
    page = "".join(f'<a href="#{name}">x</a>' for name in names) + "".join(f'<div id="{name}">' for name in names) + inner
    found = anchors(html.parse(page))
    assert len(found) == 300
    assert all(len(parts) == 1 for parts in found.values())


def test_a_link_to_nowhere_stays_as_it_is() -> None:
    parsed = html.parse('<a href="#gone">x</a><p hidden id="there">y</p>')
    assert (links(parsed), anchors(parsed)) == ([("x", "#gone")], {})


# -- Markdown --------------------------------------------------------------------------------------------------------------------


def test_footnotes_of_markdown_are_links_and_stay_in_their_place() -> None:
    parsed = markdown.parse(
        "Tides turn.[^1] Crews do not.[^crew]\n\n[^1]: Twice *a day*.\n\n    Mostly.\n\nAfter.\n\n[^crew]: https://quay.example\n[^never]: Unasked.\n"
    )
    assert (
        parsed.text
        == "Tides turn.[1] Crews do not.[crew]\n\n[1] Twice a day.\n\nMostly.\n\nAfter.\n\n[crew] https://quay.example\n\n[never] Unasked."
    )
    assert links(parsed) == [("[1]", "#fn:1"), ("[crew]", "#fn:crew")]
    assert anchors(parsed) == {"#fn:1": ["[1] Twice a day.", "Mostly."], "#fn:crew": ["[crew] https://quay.example"]}


def test_a_footnote_without_a_definition_is_words() -> None:
    assert markdown.parse("Tides.[^9]").text == "Tides.[^9]"


def test_a_footnote_that_begins_with_a_list_keeps_its_label() -> None:
    parsed = markdown.parse("Tides.[^n]\n\n[^n]: - in\n    - out\n")
    assert parsed.text == "Tides.[n]\n\n[n]\n\n• in\n• out"


def test_links_to_headings_find_them_by_their_slugs() -> None:
    parsed = markdown.parse("# Log\n\n[a](#the-crews-own-log) [b](#tides-1)\n\n## Tides\n\n## The crew’s *own* log!\n\n## Tides\n\nx\n")
    assert anchors(parsed) == {"#the-crews-own-log": ["The crew’s own log!"], "#tides-1": ["Tides"]}


def test_slugs_are_those_of_code_hosts() -> None:
    slugs = Slugs()
    assert [slugs.of(words) for words in ("What’s new?", "A_b-c d", "What's new", "Été 2")] == [
        "whats-new",
        "a_b-c-d",
        "whats-new-1",
        "été-2",
    ]


# -- plain text ------------------------------------------------------------------------------------------------------------------


def test_numbers_in_brackets_are_notes_when_each_has_one_line_below() -> None:
    parsed = plain("Log\n\nTides turn [1] and crews [2] do not [1].\n\n[1] Twice a day.\n[2] See [1].\n")
    assert links(parsed) == [("[1]", "#note-1"), ("[2]", "#note-2"), ("[1]", "#note-1"), ("[1]", "#note-1")]
    assert anchors(parsed) == {"#note-1": ["[1]"], "#note-2": ["[2]"]}


@pytest.mark.parametrize(
    "notes",
    [
        "Tides [1] turn.\n\n[1] One.\n\nCrews [1] too.\n\n[1] Another.\n",  # counted anew
        "[1] One.\n\nTides [1] turn.\n",  # above
        "Tides turn.\n\n[1] One.\n",  # nobody refers to it
        "Tides [1] turn.\n\n[1]\n",  # no words
        "Tides [2] turn.\n\n[2] There is no first.\n",
    ],
)
def test_what_may_be_no_note_is_left_alone(notes: str) -> None:
    assert plain(f"Log\n\n{notes}").inlines == []

"""The look of a page: whatever is chosen, no character is lost or shown twice, and places and cells lead to each other."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style
from textual.app import App

from reader.hall.preferences import BOUNDS
from reader.model import Blocks, Role
from reader.tui.bidi import displayed, levels_of, visual
from reader.tui.layout import Layout
from reader.tui.page import PageView
from reader.tui.typography import PLAIN, Typography, languages, order_for, own_breaks
from reader.tui.wrap import SOFT_HYPHEN, broken, cells, drawn, graphemes, shown
from tests.tui.documents import document, documents, few, page_of, place

HEBREW = "העובדים הצביעו ביום שני על שביתה (12 מתוך 15) ב-Example Harbour Line, אמרה הדוברת."
ARABIC = "صوّت العمال يوم الاثنين على الإضراب (15) في Example Harbour."
ODD = st.sampled_from(
    [
        HEBREW,
        ARABIC,
        "co\u00adop\u00ader\u00ada\u00adtion " * 9,
        "\u00ad \u00ad-",
        "well-known davits—and ropes " * 6,
        "👩🏽\u200d🔬 🇵🇹 e\u0301 " * 20,
    ]
)
odd_documents = st.lists(
    st.tuples(st.sampled_from([Role.BODY, Role.BLOCKQUOTE, Role.LIST_ITEM, Role.HEADING, Role.TABLE]), st.integers(0, 3), ODD), max_size=6
).map(document)
looks = st.builds(
    Typography,
    measure=st.integers(*BOUNDS["measure"]),
    justify=st.booleans(),
    hyphenate=st.sampled_from([False, "en"]),
    spacing=st.integers(0, 2),
    indent=st.integers(0, 4),
    bidi=st.sampled_from(["terminal", "reorder"]),
)


def all_rows(layout):
    return layout.rows(0, 10**9)


# -- the laws ----------------------------------------------------------------------------------------------------------------------


@few
@given(documents | odd_documents, st.integers(20, 100), looks)
def test_every_character_is_in_exactly_one_piece_under_any_look(made, width, look):
    text, blocks = made
    layout = Layout(text, blocks, width, look=look)
    rows = all_rows(layout)
    assert len(rows) == layout.height
    counts = [0] * len(text)
    for row in rows:
        for _, start, end in row.pieces:
            for at in range(start, end):
                counts[at] += 1
    assert all(count == 1 or (count == 0 and text[at].isspace()) for at, count in enumerate(counts))


@few
@given(documents | odd_documents, st.integers(20, 100), looks)
def test_rows_fit_and_their_pieces_do_not_overlap_under_any_look(made, width, look):
    text, blocks = made
    for row in all_rows(Layout(text, blocks, width, look=look)):
        filled = row.indent
        for column, start, end in sorted(row.pieces):
            line = shown(text[start:end])
            assert column >= filled
            filled = column + cells(line)
        if row.pieces:
            assert filled + cells(row.tail) <= width or len(graphemes(shown(text[row.start : row.end]))) < 3 or "\u200d" in text


@few
@given(documents | odd_documents, st.integers(20, 100), looks)
def test_cells_and_offsets_lead_to_each_other_under_any_look(made, width, look):
    text, blocks = made
    layout = Layout(text, blocks, width, look=look)
    for number, row in enumerate(all_rows(layout)):
        for _, start, end in row.pieces:
            line = shown(text[start:end])
            for begin, _, wide in graphemes(line):
                assert layout.row_of(start + begin) == number
                if wide and "\u200d" not in line:
                    found = layout.offset_at(number, layout.cell_of(number, start + begin)) - start
                    assert found <= begin
                    assert cells(line[max(0, found) : begin]) == 0, "only invisible characters may stand at the same cell"


@few
@given(documents, st.integers(20, 90), looks, looks, st.data())
def test_another_look_keeps_the_place(made, width, before, after, data):
    text, blocks = made
    layout = Layout(text, blocks, width, look=before)
    if not layout.height:
        return
    offset = layout.start_of(data.draw(st.integers(0, layout.height - 1)))
    row = layout.row(layout.restyle(after, width, offset))
    assert row is not None
    assert row.start <= offset


# -- the choices -------------------------------------------------------------------------------------------------------------------

WORDS = (
    "The crews of the harbour line voted on Monday to walk out before the end of the month if nobody mends the davits of their lifeboats."
)


def lines(parts, width=40, **chosen):
    """The rows of a document as they would look without colours."""
    text, blocks = document(parts)
    out = []
    for row in all_rows(Layout(text, blocks, width, look=Typography(**chosen))):
        line = row.lead
        for column, start, end in sorted(row.pieces):
            line = line.ljust(column) + drawn(text[start:end])
        out.append((line + row.tail).rstrip())
    return out


def test_values_out_of_bounds_become_the_nearest():
    assert (Typography(measure=10).measure, Typography(measure=900).measure) == BOUNDS["measure"]
    assert (Typography(spacing=9).spacing, Typography(indent=-1).indent) == (2, 0)
    assert replace(PLAIN, measure=PLAIN.measure + 10).measure == 80
    with pytest.raises(ValueError, match="bidi"):
        Typography(bidi="sideways")


@pytest.mark.parametrize(
    ("setting", "environment", "order"),
    [
        ("auto", {"TERM": "linux"}, "reorder"),
        ("auto", {"TERM": "alacritty"}, "reorder"),
        ("auto", {"TERM": "xterm-256color", "XTERM_VERSION": "XTerm(390)"}, "reorder"),
        ("auto", {"TERM": "xterm-256color", "XTERM_VERSION": "XTerm(390)", "VTE_VERSION": "7600"}, "terminal"),
        ("auto", {"TERM": "xterm-kitty"}, "terminal"),
        ("auto", {}, "terminal"),
        ("reorder", {"TERM": "xterm-kitty"}, "reorder"),
        ("terminal", {"TERM": "linux"}, "terminal"),
    ],
)
def test_what_is_known_of_the_terminal_says_who_orders_right_to_left_words(setting, environment, order):
    assert order_for(setting, environment) == order


def test_justified_rows_fill_the_column_but_for_the_last():
    rows = lines([(Role.BODY, 0, WORDS)], 40, justify=True)
    assert [len(row) for row in rows[:-1]] == [40] * (len(rows) - 1)
    assert " ".join(" ".join(rows).split()) == WORDS
    assert rows[-1] == lines([(Role.BODY, 0, WORDS)], 40)[-1]


def test_gaps_grow_by_two_cells_at_most_and_differ_by_one():
    for row in lines([(Role.BODY, 0, WORDS)], 40, justify=True)[:-1]:
        gaps = [len(gap) for gap in re.findall(" +", row)]
        assert max(gaps) <= 3
        assert max(gaps) - min(gaps) <= 1


@pytest.mark.parametrize("role", [Role.HEADING, Role.CODE, Role.LINK_LINE, Role.CAPTION, Role.TITLE])
def test_only_running_text_is_justified(role):
    assert lines([(role, 0, WORDS)], 40, justify=True) == lines([(role, 0, WORDS)], 40)


def test_rows_too_short_to_spread_well_stay_ragged():
    words = "a sentence goes Donaudampfschifffahrtsgesellschaftskapitän on"
    assert lines([(Role.BODY, 0, words)], 44, justify=True) == lines([(Role.BODY, 0, words)], 44)


def test_poems_and_markers_are_not_spread():
    poem = "Rust in the davit and rope\nin the rain and"
    assert lines([(Role.BODY, 0, poem)], 40, justify=True) == poem.split("\n")
    assert lines([(Role.LIST_ITEM, 1, "1. " + WORDS)], 40, justify=True)[0].startswith("1. The")


def test_words_are_hyphenated_where_much_room_would_stay_empty():
    words = "The commission heard representatives of the municipality about negotiations and responsibilities."
    rows = lines([(Role.BODY, 0, words)], 34, hyphenate="en")
    parted = [row for row in rows if row.endswith("-")]
    assert parted
    assert "".join(row[:-1] if row.endswith("-") else row + " " for row in rows).strip() == words
    assert max(map(len, rows)) <= 34


def test_narrow_columns_names_numbers_and_addresses_are_not_hyphenated():
    names = "Bartholomew-free INTERNATIONAL Representatives 1234567890123 https://example.org/representatives " * 4
    assert not [row for row in lines([(Role.BODY, 0, names.replace("-free", ""))], 34, hyphenate="en") if row.endswith("-")]
    words = "representatives of municipalities " * 5
    assert lines([(Role.BODY, 0, words)], 24, hyphenate="en") == lines([(Role.BODY, 0, words)], 24)


def test_at_most_two_rows_in_turn_end_in_a_hyphen():
    rows = lines([(Role.BODY, 0, "representatives " * 60)], 40, hyphenate="en")
    assert any(row.endswith("-") for row in rows)
    assert not any(all(row.endswith("-") for row in rows[at : at + 3]) for at in range(len(rows) - 2))


def test_a_language_without_a_dictionary_parts_nothing():
    assert lines([(Role.BODY, 0, WORDS)], 34, hyphenate="tlh") == lines([(Role.BODY, 0, WORDS)], 34)
    assert {"en_US", "de_DE"} <= set(languages())


def test_soft_hyphens_are_break_places_and_not_drawn_elsewhere():
    words = "the com\u00admis\u00adsion of the mu\u00adni\u00adci\u00adpa\u00adli\u00adty"
    assert lines([(Role.BODY, 0, words)], 20) == ["the commission of", "the municipality"]
    assert lines([(Role.BODY, 0, words)], 22) == ["the commission of the", "municipality"]
    assert lines([(Role.BODY, 0, words)], 16) == ["the commission", "of the municipa-", "lity"]
    assert cells("a\u00adb") == 2
    assert not any(SOFT_HYPHEN in row for row in lines([(Role.BODY, 0, words)], 16))


def test_rows_may_end_behind_hyphens_and_dashes_of_the_text():
    assert lines([(Role.BODY, 0, "the union had a well-known spokeswoman")], 22) == ["the union had a well-", "known spokeswoman"]
    assert not own_breaks("https://example.org/well-known", 9)
    assert not own_breaks("-5", 9)
    assert not own_breaks("e-mail", 9), "one letter before a hyphen stays with it"


def test_wrapping_without_a_rule_parts_no_word():
    assert [tail for _, _, tail in broken("a well-known thing " * 9, 20)] == [""] * len(list(broken("a well-known thing " * 9, 20)))


def test_paragraphs_are_parted_by_as_many_rows_as_chosen_and_indented():
    parts = [(Role.HEADING, 2, "Head"), (Role.BODY, 0, "One."), (Role.BODY, 0, "Two.")]
    assert lines(parts, spacing=2) == ["Head", "", "", "One.", "", "", "Two."]
    assert lines(parts, spacing=0) == ["Head", "", "One.", "  Two."]
    assert lines(parts, spacing=0, indent=4) == ["Head", "", "One.", "    Two."]
    assert lines(parts, indent=3) == ["Head", "", "One.", "", "   Two."]


# -- right to left -----------------------------------------------------------------------------------------------------------------


def test_paragraphs_from_right_to_left_stand_at_the_right_edge():
    text, blocks = document([(Role.BODY, 0, HEBREW), (Role.BODY, 0, "A line."), (Role.BODY, 0, ARABIC)])
    for row in all_rows(Layout(text, blocks, 40)):
        if row.pieces:
            column, start, end = row.pieces[0]
            right = column + cells(shown(text[start:end]))
            assert (right == 40) is (text[start] != "A")


def test_list_items_from_right_to_left_have_their_bullet_there():
    assert lines([(Role.LIST_ITEM, 1, "שביתה")], 30) == [" " * 23 + "שביתה •"]
    assert lines([(Role.LIST_ITEM, 1, "• שביתה")], 30) == [" " * 23 + "שביתה •"]
    assert lines([(Role.LIST_ITEM, 1, "• שביתה")], 30, bidi="reorder") == [" " * 23 + "התיבש •"]
    assert lines([(Role.BLOCKQUOTE, 1, "שביתה")], 30) == [" " * 23 + "שביתה │"]


def test_a_line_is_shown_in_the_order_of_its_columns():
    assert displayed("Strike (שביתה) ends") == "Strike (התיבש) ends"
    assert displayed("שביתה (ok) 12") == "12 (ok) התיבש"
    assert displayed("no such letters") == "no such letters"


def test_the_order_of_reading():
    def order(text, base=1):
        pieces, mirrored = visual(text, 0, len(text), 0, base)
        line = ""
        for _, start, end in sorted(pieces):
            part = text[start:end]
            line += part.translate(str.maketrans("()", ")(")) if start in mirrored else part
        return line

    assert order("אבג") == "גבא"
    assert order("אבג 12 דה") == "הד 12 גבא"
    assert order("אבג abc def דה") == "הד abc def גבא"
    assert order("אבג (דה)") == "(הד) גבא"
    assert order("אבג.") == ".גבא"
    assert order("he said אבג דה.", 0) == "he said הד גבא."
    assert order("אבג 1,250 דה") == "הד 1,250 גבא"


def test_levels_follow_the_algorithm_of_unicode():
    assert levels_of(list("car אבג"), 0) == [0, 0, 0, 0, 1, 1, 1]
    assert levels_of(list("אב 12"), 1) == [1, 1, 1, 2, 2]
    assert levels_of(list("ab אב"), 1) == [2, 2, 1, 1, 1]
    assert levels_of(list("אב "), 0) == [1, 1, 0]


# -- on the screen -----------------------------------------------------------------------------------------------------------------


class PageApp(App[None]):
    def compose(self):
        yield PageView()

    @property
    def view(self):
        return self.query_one(PageView)


def seen(view):
    return [strip.text.rstrip() for strip in view.render_lines(view.size.region)]


async def test_another_look_is_drawn_at_once_and_keeps_the_first_character():
    app = PageApp()
    async with app.run_test(size=(100, 20)) as pilot:
        app.view.show(page_of([(Role.BODY, 0, f"Paragraph {n}. {WORDS}") for n in range(40)]))
        await pilot.pause()
        app.view.scroll_to_offset(app.view.page.text.index("Paragraph 17"))
        for look in (Typography(justify=True), Typography(measure=50), Typography(spacing=0), Typography(measure=110, indent=4)):
            app.view.typography = look
            await pilot.pause()
            assert app.view.typography == look
            assert seen(app.view)[0].lstrip().startswith("Paragraph 17.")
            assert max(len(line.strip()) for line in seen(app.view)) <= look.measure


async def test_gaps_and_hyphens_inside_a_selection_are_drawn_like_it():
    app = PageApp()
    async with app.run_test(size=(60, 20)) as pilot:
        app.view.typography = Typography(measure=40, justify=True, hyphenate="en")
        app.view.show(
            page_of([(Role.BODY, 0, WORDS + " The representatives of municipalities considered responsibilities and negotiations.")])
        )
        await pilot.pause()
        app.view.select(place(app.view.page, app.view.page.text))
        await pilot.pause()
        for strip in app.view.render_lines(app.view.size.region):
            text = strip.text
            if not text.strip():
                continue
            first, last = len(text) - len(text.lstrip()), len(text.rstrip())
            grounds = {segment.style.bgcolor for segment in strip.crop(first, last)}
            assert len(grounds) == 1
            assert grounds != {app.view.rich_style.bgcolor}


async def test_the_mouse_selects_what_is_under_it_in_justified_text():
    app = PageApp()
    async with app.run_test(size=(60, 20)) as pilot:
        app.view.typography = Typography(measure=40, justify=True)
        app.view.show(page_of([(Role.BODY, 0, WORDS)]))
        await pilot.pause()
        rows = seen(app.view)
        line = next(number for number, row in enumerate(rows) if "voted" in row)
        await pilot.click(PageView, offset=(rows[line].index("voted") + 2, line), times=2)
        assert app.view.page.text[slice(*app.view.selection)] == "voted"


async def test_soft_hyphens_never_reach_the_terminal():
    app = PageApp()
    async with app.run_test(size=(60, 20)) as pilot:
        app.view.show(page_of([(Role.BODY, 0, "The com\u00admis\u00adsion sat."), (Role.TABLE, 0, "a\u00adb\tc")]))
        await pilot.pause()
        assert "".join(seen(app.view)).count(SOFT_HYPHEN) == 0
        assert any("The commission sat." in line for line in seen(app.view))
        styles = [segment.style for strip in app.view.render_lines(app.view.size.region) for segment in strip]
        assert all(isinstance(style, Style) for style in styles)


def test_an_empty_document_has_no_rows_under_any_look():
    assert Layout("", Blocks(), 70, look=Typography(justify=True, bidi="reorder")).rows(0, 9) == []

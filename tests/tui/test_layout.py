"""Laying out: no character is lost or shown twice, places and offsets lead to each other, and what is read stays where it is."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import FURNITURE, Block, Blocks, Role
from reader.text import safe
from reader.tui.layout import CHUNK, Layout
from reader.tui.viewport import TAIL, Viewport
from reader.tui.wrap import cells, clip, graphemes, offset_at_cell, shown, single_cells, wrap
from tests.strategies import texts
from tests.tui.documents import FERRY, document, documents, few, wide

WIDTHS = st.integers(16, 90)


def shown_once(text, rows):
    """How often each character of the text is shown."""
    counts = [0] * len(text)
    for row in rows:
        for start, end in [(row.start, row.end)] if row.kind == "fold" else [(s, e) for _, s, e in row.pieces]:
            for place in range(start, end):
                counts[place] += 1
    return counts


def all_rows(layout):
    return layout.rows(0, 10**9)


# -- wrapping ----------------------------------------------------------------------------------------------------------------------


@given(texts | wide, st.integers(2, 40), st.none() | st.integers(2, 60))
def test_wrapped_rows_hold_every_character_in_order_and_fit(text, width, first):
    text = safe(text)
    rows = list(wrap(text, width, first))
    held = [place for start, end in rows for place in range(start, end)]
    assert held == sorted(set(held))
    assert all(text[place].isspace() for place in set(range(len(text))) - set(held))
    for number, (start, end) in enumerate(rows):
        drawn = shown(text[start:end])
        room = width if number or first is None else first
        assert cells(drawn) <= room or len(graphemes(drawn)) == 1 or "\u200d" in drawn


def test_wrapping_breaks_at_spaces_and_long_words_where_the_column_ends():
    text = "a boat that goes down when youpullthelever"
    assert [text[s:e] for s, e in wrap(text, 9)] == ["a boat", "that goes", "down when", "youpullth", "elever"]


def test_no_break_spaces_hold_words_together():
    text = "ten 10\u00a0000 boats"
    assert [text[s:e] for s, e in wrap(text, 8)] == ["ten", "10\u00a0000", "boats"]


def test_wide_characters_fill_two_cells_and_do_not_start_a_row_with_a_full_stop():
    text = "港の組合は投票した。船"
    rows = [text[s:e] for s, e in wrap(text, 18)]
    assert all(cells(row) <= 18 for row in rows)
    assert not any(row.startswith("。") for row in rows)


@given(texts | wide)
def test_single_cells_tells_no_lies(text):
    if single_cells(text):
        from rich.cells import cell_len

        assert cell_len(text) == len(text)


def test_quick_measures_agree_with_the_terminal_library():
    from rich.cells import split_graphemes

    for code in range(0x20, 0x10000):
        if not 0xD800 <= code < 0xE000 and not 0x7F <= code < 0xA0 and code != 0xAD:  # soft hyphens are never drawn
            text = f"x{chr(code)}y"
            assert graphemes(text) == split_graphemes(text)[0], hex(code)
            assert not single_cells(text) or len(graphemes(text)) == sum(wide for _, _, wide in graphemes(text)), hex(code)


@given(texts | wide, st.integers(0, 30))
def test_clipped_text_fits_and_says_that_it_was_cut(text, width):
    line = shown(text)
    cut = clip(line, width)
    assert cells(cut) <= width or "\u200d" in line
    assert cut == line or cut == "" or cut.endswith("…")


def test_the_character_at_a_cell():
    assert [offset_at_cell("a港b", cell) for cell in range(-1, 6)] == [0, 0, 1, 1, 2, 3, 3]


# -- the laws of a layout ----------------------------------------------------------------------------------------------------------


@few
@given(documents, WIDTHS, st.booleans())
def test_every_character_is_in_exactly_one_row(made, width, fold):
    text, blocks = made
    layout = Layout(text, blocks, width, fold_furniture=fold)
    rows = all_rows(layout)
    assert len(rows) == layout.height
    counts = shown_once(text, rows)
    assert all(count == 1 or (count == 0 and text[place].isspace()) for place, count in enumerate(counts))
    starts = [row.start for row in rows]
    assert starts == sorted(starts)


@few
@given(documents, WIDTHS)
def test_rows_and_offsets_lead_to_each_other(made, width):
    text, blocks = made
    layout = Layout(text, blocks, width)
    for number, row in enumerate(all_rows(layout)):
        for _, start, end in row.pieces:
            drawn = shown(text[start:end])
            for begin, _, wide_cells in graphemes(drawn):
                assert layout.row_of(start + begin) == number
                if wide_cells and not drawn[:begin].endswith("\u200d") and "\u200d" not in drawn:
                    found = layout.offset_at(number, layout.cell_of(number, start + begin)) - start
                    assert found <= begin
                    assert cells(drawn[found:begin]) == 0, "only invisible characters may stand at the same cell"


@few
@given(documents, WIDTHS)
def test_rows_fit_the_column(made, width):
    text, blocks = made
    for row in all_rows(Layout(text, blocks, width)):
        for column, start, end in row.pieces:
            drawn = shown(text[start:end])
            assert column + cells(drawn) <= width or len(graphemes(drawn)) < 3 or "\u200d" in drawn


@few
@given(documents, WIDTHS, WIDTHS, st.data())
def test_another_width_keeps_the_place(made, width, other, data):
    text, blocks = made
    layout = Layout(text, blocks, width)
    if not layout.height:
        return
    offset = layout.start_of(data.draw(st.integers(0, layout.height - 1)))
    row = layout.row(layout.resize(other, offset))
    assert row is not None
    assert row.start <= offset


def test_an_empty_document_has_no_rows():
    layout = Layout("", Blocks(), 70)
    assert (layout.height, layout.rows(0, 10), layout.row_of(0), layout.offset_at(0, 3), layout.settle(5, 10)) == (0, [], 0, 0, 0)


# -- long documents ----------------------------------------------------------------------------------------------------------------


def long_document(size, seed=3):
    chance = random.Random(seed)
    words = "ferry davit rope harbour “moon” Brandt — it’s the a of 12".split()
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < size:
        paragraphs.append(" ".join(chance.choices(words, k=chance.randint(1, 200))))
    return document((Role.BODY, 0, paragraph) for paragraph in paragraphs)


def test_an_estimate_is_near_and_looking_makes_it_exact():
    text, blocks = long_document(30 * CHUNK)
    layout = Layout(text, blocks, 70)
    guessed = layout.height
    exact = len(all_rows(layout))
    assert layout.height == exact
    assert abs(guessed - exact) < 0.15 * exact


def test_scrolling_through_a_long_document_shows_every_row_once_in_both_directions():
    text, blocks = long_document(8 * CHUNK)
    everything = all_rows(Layout(text, blocks, 60))
    view = Viewport(text, blocks, 60, 20)
    down = [view.layout.start_of(0)]
    while view.move(1):
        down.append(view.layout.start_of(view.top))
    assert down[1:] == [row.start for row in everything[: len(down) - 1]]
    up = Viewport(text, blocks, 60, 20)
    up.go_end()
    back = [up.layout.start_of(up.top)]
    while up.move(-7):
        back.append(up.layout.start_of(max(0, up.top)))
    number = len(everything) + TAIL - 20
    assert back[:-1] == [everything[place].start for place in range(number, -1, -7)][: len(back) - 1]


def test_replacing_estimates_elsewhere_keeps_the_top_row():
    text, blocks = long_document(20 * CHUNK)
    view = Viewport(text, blocks, 70, 30)
    view.show_offset(len(text) // 2)
    before = view.position
    view.layout.row_of(0)
    view.layout.row_of(len(text))
    view.move(0)
    view.move(3)
    view.move(-3)
    assert view.position == before


@given(st.integers(0, 10**6), WIDTHS, st.integers(5, 60))
def test_resizing_there_and_back_keeps_the_top_offset(offset, width, height):
    text, blocks = LONG
    view = Viewport(text, blocks, 70, 30, position=offset % len(text))
    before = view.position
    view.resize(width, height)
    if view.progress < 100:
        row = view.layout.row(view.top)
        assert row is not None
        assert row.start <= before
        view.resize(70, 30)
        if view.progress < 100:
            assert view.position == before


LONG = long_document(6 * CHUNK)


@pytest.mark.parametrize("words", ["word " * 20_000, "x" * 100_000, "線" * 50_000, "line\n" * 20_000, "e\u0301" * 40_000])
def test_a_block_longer_than_a_chunk_is_cut_without_loss(words):
    text, blocks = document([(Role.BODY, 0, "Before."), (Role.BODY, 0, words), (Role.BODY, 0, "After.")])
    layout = Layout(text, blocks, 50)
    layout.row_of(len(text) // 2)
    assert all(count == 1 or text[place].isspace() for place, count in enumerate(shown_once(text, all_rows(layout))))
    assert not any(text[s:e].startswith("\u0301") for row in all_rows(layout) for _, s, e in row.pieces)


# -- typography --------------------------------------------------------------------------------------------------------------------


def drawn(parts, width=40, **options):
    """The rows of a document as they would look without colours."""
    text, blocks = document(parts)
    out = []
    for row in all_rows(Layout(text, blocks, width, **options)):
        line = row.lead
        for column, start, end in row.pieces:
            line = line.ljust(column) + shown(text[start:end])
        out.append("FOLD" if row.kind == "fold" else line.rstrip())
    return out


def test_paragraphs_are_parted_by_one_blank_row_and_headings_have_more_air_above():
    rows = drawn([(Role.BODY, 0, "One."), (Role.BODY, 0, "Two."), (Role.HEADING, 2, "Three"), (Role.BODY, 0, "Four.")])
    assert rows == ["One.", "", "Two.", "", "", "Three", "", "Four."]


def test_the_head_of_an_article_stands_together():
    rows = drawn([(Role.TITLE, 0, "Title"), (Role.SUBTITLE, 0, "Deck"), (Role.BYLINE, 0, "By A"), (Role.CONTACT, 0, "Tel. 1\nFax 2")])
    assert rows == ["Title", "Deck", "", "By A", "Tel. 1", "Fax 2"]


def test_quotations_have_a_bar_that_goes_on_between_their_paragraphs():
    rows = drawn([(Role.BLOCKQUOTE, 1, "Wet a boat."), (Role.BLOCKQUOTE, 2, "Deep."), (Role.ATTRIBUTION, 0, "Brandt")])
    assert rows == ["│ Wet a boat.", "│", "│ │ Deep.", "  Brandt"]


def test_list_items_hang_after_their_marker_and_get_a_bullet_when_they_have_none():
    parts = [
        (Role.LIST_ITEM, 1, "a drill every month"),
        (Role.LIST_ITEM, 2, "new davits"),
        (Role.LIST_ITEM, 1, "12. an hour more in it"),
        (Role.LIST_ITEM, 1, "- one"),
    ]
    assert drawn(parts, 17) == ["• a drill every", "  month", "  • new davits", "12. an hour more", "    in it", "- one"]


def test_code_keeps_its_lines_and_indents_and_breaks_long_ones_hard():
    rows = drawn([(Role.CODE, 0, "if boat:\n\tlower(boat)\n\n" + "y" * 40)], 30)
    assert rows == ["  if boat:", "      lower(boat)", "", "  " + "y" * 28, "  " + "y" * 12]


def test_cells_of_a_table_stand_side_by_side_and_wrap():
    rows = drawn([(Role.TABLE, 0, "Ship\tLast lowered\nMargit\tby the painter who happened to be there")], 30)
    assert rows == ["Ship    Last lowered", "Margit  by the painter who", "        happened to be there"]


def test_a_table_without_tabs_and_lines_with_bars_are_left_as_they_are():
    assert drawn([(Role.TABLE, 0, "| a | b |\n|   | d |")]) == ["| a | b |", "|   | d |"]
    assert drawn([(Role.BODY, 0, "| a | b |\n| c | d |")]) == ["| a | b |", "| c | d |"]


def test_a_table_with_more_columns_than_there_is_room_for_stacks_its_cells():
    assert drawn([(Role.TABLE, 0, "\t".join("abcdefgh"))], 20) == ["a", *(f"  {letter}" for letter in "bcdefgh")]


def test_hard_wrapped_text_is_reflowed_and_short_lines_are_kept():
    hard = "The crews of the Example Harbour Line voted on\nMonday to walk out before the end of the month\nif nobody wets a boat."
    assert drawn([(Role.BODY, 0, hard + " And that is all that anybody knows.")], 90)[0].startswith("The crews")
    assert drawn([(Role.BODY, 0, "Rust in the davit,\nrope in the rain,")], 60) == ["Rust in the davit,", "rope in the rain,"]
    long = " ".join(["lifeboats"] * 7) + "\n" + " ".join(["lifeboats"] * 7)
    assert len(drawn([(Role.BODY, 0, long)], 160)) == 1


def test_items_of_an_index_keep_their_teaser_and_label():
    parts = [
        (Role.ITEM_LABEL, 0, "HARBOUR"),
        (Role.ITEM_TITLE, 0, "Door shut"),
        (Role.ITEM_TEASER, 0, "It rained."),
        (Role.ITEM_TITLE, 0, "Rope gone"),
        (Role.ITEM_TEASER, 0, "Nobody knows."),
    ]
    assert drawn(parts) == ["HARBOUR", "Door shut", "It rained.", "", "Rope gone", "Nobody knows."]


def test_a_label_stands_with_the_title_it_belongs_to():
    item, label, teaser = Role.ITEM_TITLE, Role.ITEM_LABEL, Role.ITEM_TEASER
    below = [(item, 0, "Door shut"), (label, 0, "HARBOUR"), (label, 0, "May 2"), (item, 0, "Rope gone"), (label, 0, "QUAY")]
    assert drawn(below) == ["Door shut", "HARBOUR", "May 2", "", "Rope gone", "QUAY"]
    above = [(item, 0, "Door shut"), (teaser, 0, "It rained."), (label, 0, "QUAY"), (item, 0, "Rope gone")]
    assert drawn(above) == ["Door shut", "It rained.", "", "QUAY", "Rope gone"]


def test_folding_makes_one_row_of_each_run_of_furniture():
    rows = drawn(FERRY, 60, fold_furniture=True)
    assert rows.count("FOLD") == 2
    assert not any("Share" in row or "Menu" in row for row in rows)
    assert any("Share" in row for row in drawn(FERRY, 60))


def test_a_run_of_furniture_longer_than_a_chunk_is_still_one_row():
    text, blocks = document([(Role.BODY, 0, "Before."), *[(Role.BOILERPLATE, 0, "Share this " * 20)] * 300, (Role.BODY, 0, "After.")])
    layout = Layout(text, blocks, 60, fold_furniture=True)
    assert [row.kind for row in all_rows(layout)] == ["text", "blank", "fold", "blank", "text"]
    assert layout.row_of(len(text) // 2) == 2


@few
@given(documents, st.data())
def test_folding_keeps_the_place(made, data):
    text, blocks = made
    layout = Layout(text, blocks, 60)
    if not layout.height:
        return
    offset = layout.start_of(data.draw(st.integers(0, layout.height - 1)))
    row = layout.row(layout.fold(True, offset))
    assert row is not None
    held = blocks[blocks.at(offset)]
    assert row.kind == "fold" if held.role in FURNITURE else row.start <= offset


# -- the part in sight -------------------------------------------------------------------------------------------------------------


def test_progress_runs_from_nothing_to_everything():
    text, blocks = document(FERRY)
    view = Viewport(text, blocks, 60, 20)
    seen = [view.progress]
    while view.move(10):
        seen.append(view.progress)
    assert seen[0] == 0
    assert seen[-1] == 100
    assert seen == sorted(seen)
    assert Viewport("Short.", Blocks([Block(Role.BODY, 0, 6)]), 60, 20).progress == 100


def test_paragraphs_forth_and_back():
    text, blocks = document(FERRY)
    view = Viewport(text, blocks, 60, 20, position=text.index("Paragraph 3"))
    view.paragraph(1)
    assert text[view.position :].startswith("Paragraph 4")
    view.move(1)
    view.paragraph(-1)
    assert text[view.position :].startswith("Paragraph 4")
    view.paragraph(-1)
    assert text[view.position :].startswith("Paragraph 3")


def test_one_block_alone():
    view = Viewport("Short.", Blocks([Block(Role.BODY, 0, 6)]), 60, 20)
    assert not view.move(5)
    assert not view.move(-5)
    assert view.offset_at(0, 0) == 0
    assert view.offset_at(1, 2) == 2
    assert view.offset_at(19, 2) == 6

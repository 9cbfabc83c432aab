"""The cursor on the page, what it selects, and numbers before keys."""

from hypothesis import given
from hypothesis import strategies as st

from reader.blocks import Blocks
from reader.tui.counting import Count
from reader.tui.find import Finder
from reader.tui.selecting import Chooser
from tests.tui.test_actions import READ, library, selected
from tests.tui.windows import settled, window

__all__ = ["library"]


async def walked(library, *keys, then):
    async with window(library) as (screen, pilot):
        await pilot.press(*READ)
        await pilot.pause()
        for pressed in keys:
            await pilot.press(pressed)
        await settled(pilot, lambda: then(screen))


async def test_v_on_a_word_begins_there_and_motions_carry_the_end(library):
    await walked(library, "w", "w", "v", "w", "w", then=selected("Crew Asks for"))


async def test_lines_carry_the_end_while_selecting_from_the_cursor_and_scroll_otherwise(library):
    await walked(library, "w", "v", "j", then=lambda s: s.page.text[slice(*s.page_view.selection)].count("\n") >= 1)
    await walked(library, "v", "j", "j", then=selected("Ferry Crew Asks for a Timetable"))


async def test_characters_are_added_and_taken_away_at_the_end_that_moves(library):
    await walked(library, "w", "v", "left", "left", then=selected("Fer"))
    await walked(library, "w", "w", "v", "o", "right", then=selected("rew"))


async def test_the_quotation_with_and_without_its_marks(library):
    await walked(library, "i", "q", then=selected("A timetable is a promise with numbers in it,"))
    await walked(library, "i", "Q", then=selected("“A timetable is a promise with numbers in it,”"))


async def test_all_below_a_heading(library):
    await walked(
        library,
        "w",
        "6",
        "right_parenthesis",
        "i",
        "h",
        then=lambda s: s.page_view.selection and s.page.text[slice(*s.page_view.selection)].startswith("What was said\n"),
    )


async def test_a_number_repeats_and_is_forgotten_by_a_key_that_takes_none(library):
    await walked(library, "w", "3", "w", then=lambda s: s.page.text.startswith("for a Timetable", s.page_view.caret))
    await walked(library, "w", "3", "z", "w", then=lambda s: s.page.text.startswith("Crew", s.page_view.caret))
    await walked(library, "1", "2", then=lambda s: s.times.pending == "12")


async def test_finding_in_what_is_selected(library):
    async with window(library) as (screen, pilot):
        await pilot.press(*READ, "p", "right_square_bracket", "f", *"timetable", "enter")
        await settled(pilot, lambda: screen.page_view.found == (1, 1))
        assert "night ferry" in screen.page.text[screen.page_view._found[0] - 60 : screen.page_view._found[0]]


TEXTS = st.text(alphabet="ab “”.,\n\t漢字é\u0301👩\u200d🚀", max_size=60)


@given(TEXTS, st.integers(0, 60))
def test_motions_stay_in_the_text_and_forth_and_back_is_the_same_word(text, offset):
    chooser = Chooser(text, Blocks())
    offset = min(offset, max(0, len(text) - 1))
    for move in (chooser.next_word, chooser.previous_word, lambda at: chooser.character(at, 1), lambda at: chooser.character(at, -1)):
        assert 0 <= move(offset) <= max(0, len(text) - 1) or move(offset) == offset
    assert chooser.next_word(offset) >= offset >= chooser.previous_word(offset)


@given(TEXTS)
def test_stepping_by_characters_reaches_the_end_and_comes_back(text):
    chooser, at = Chooser(text, Blocks()), 0
    for _ in range(len(text) + 1):
        at = chooser.character(at, 1)
    assert at >= len(text.rstrip("\n\t")) - 4 or not text.strip()
    for _ in range(len(text) + 1):
        at = chooser.character(at, -1)
    assert at <= len(text) - len(text.lstrip("\n\t")) or not text.strip()


@given(TEXTS, st.integers(0, 60), st.integers(0, 60))
def test_what_is_found_within_a_stretch_is_what_is_found_in_all_and_lies_in_it(text, a, b):
    low, high = sorted((min(a, len(text)), min(b, len(text))))
    everything, part = Finder(text, "ab", 0), Finder(text, "ab", low, within=(low, high))
    while not everything.complete:
        everything.advance()
    while not part.complete:
        part.advance()
    assert {span for span in everything.found if low <= span[0] and span[1] <= high} >= set(part.found)
    assert all(low <= start and end <= high for start, end in part.found)


def test_a_count_belongs_to_the_next_key():
    count = Count()
    for digit in (1, 2):
        count.key(digit=True)
        count.digit(digit)
    assert count.pending == "12"
    count.key(digit=False)
    assert (count.take(), count.take(), count.pending) == (12, 1, "")
    count.key(digit=True)
    count.digit(7)
    count.key(digit=False)
    count.key(digit=False)
    assert count.take() == 1

"""The page under keys and mouse: what it shows, selects, marks and says. Styles are read from the segments it draws."""

import re

import pytest
from textual import events
from textual.app import App

from reader.model import Role
from reader.tui.page import PageView
from tests.tui.documents import annotation, ferry, link, page_of, place


class PageApp(App[None]):
    BINDINGS = [("escape", "went_back", "Back")]  # noqa: RUF012 - textual's way

    def __init__(self, **options):
        super().__init__()
        self.view = PageView(**options)
        self.said = []

    def compose(self):
        yield self.view

    def action_went_back(self):
        self.said.append("back")

    def on_page_view_position_changed(self, message):
        assert message.control is self.view
        self.said.append(("position", message.offset))

    def on_page_view_selection_changed(self, message):
        self.said.append(("selection", message.span))

    def on_page_view_annotation_clicked(self, message):
        self.said.append(("annotation", message.id))

    def on_page_view_link_clicked(self, message):
        self.said.append(("link", message.target))

    def on_page_view_find_changed(self, message):
        self.said.append(("find", message.count, message.complete))

    def heard(self, kind):
        return [what[1] for what in self.said if what[0] == kind]


def lines(view):
    return [strip.text for strip in view.render_lines(view.size.region)]


def drawn(view):
    """The lines in sight, each a list of segments."""
    return [list(strip) for strip in view.render_lines(view.size.region)]


def segments(view, words):
    """The drawn segments that hold `words`, wherever they are."""
    return [segment for line in drawn(view) for segment in line if words in segment.text]


def spot(view, words):
    """Column and line where `words` are drawn."""
    for y, line in enumerate(lines(view)):
        if words in line:
            return line.index(words), y
    raise AssertionError(f"{words!r} is not in sight")


def selected(view):
    return view.page.text[slice(*view.selection)] if view.selection else None


def at_top(view):
    return view.page.text[view.position :]


async def test_the_column_is_centred_and_as_wide_as_the_measure():
    app = PageApp(measure=50)
    async with app.run_test(size=(100, 20)) as pilot:
        app.view.show(ferry())
        await pilot.pause()
        shown = [line for line in lines(app.view) if line.strip()]
        assert min(len(line) - len(line.lstrip()) for line in shown) == 25
        assert max(len(line.rstrip()) for line in shown) <= 75


async def test_scrolling_keys():
    app = PageApp()
    async with app.run_test(size=(80, 24)) as pilot:
        app.view.show(ferry())
        await pilot.pause()
        assert (app.view.position, app.view.progress) == (0, 0)
        top = lines(app.view)
        await pilot.press("j")
        assert lines(app.view)[:-1] == top[1:]
        await pilot.press("k")
        assert lines(app.view) == top
        await pilot.press("space")
        assert lines(app.view)[:1] == top[22:23]
        await pilot.press("pageup", "ctrl+b")
        assert lines(app.view) == top
        await pilot.press("ctrl+d")
        assert lines(app.view)[0] == top[12]
        await pilot.press("ctrl+u")
        assert lines(app.view) == top
        await pilot.press("G")
        assert app.view.progress == 100
        assert any("More to explore" in line for line in lines(app.view))
        assert lines(app.view)[-2:] == [" " * 80] * 2
        await pilot.press("home", "end", "g", "}", "}")
        assert at_top(app.view).startswith("By Imogen")
        await pilot.press("{")
        assert at_top(app.view).startswith("Ferry crews")
        assert app.heard("position")[-1] == app.view.position


async def test_the_wheel_scrolls():
    app = PageApp()
    async with app.run_test(size=(80, 24)) as pilot:
        app.view.show(ferry())
        await pilot.pause()
        top = lines(app.view)
        await pilot._post_mouse_events([events.MouseScrollDown], app.view, offset=(5, 5), button=0)
        await pilot.pause()
        assert lines(app.view)[0] == top[3]
        await pilot._post_mouse_events([events.MouseScrollUp], app.view, offset=(5, 5), button=0)
        await pilot.pause()
        assert lines(app.view) == top


async def test_a_page_opens_where_it_was_left_and_resizing_keeps_the_place():
    app = PageApp()
    async with app.run_test(size=(80, 24)) as pilot:
        page = ferry()
        at = place(page, "Paragraph 7 ")[0]
        app.view.show(page, at)
        await pilot.pause()
        assert app.view.position == at
        assert lines(app.view)[0].strip().startswith("Paragraph 7 ")
        await pilot.resize_terminal(40, 12)
        await pilot.pause()
        assert app.view.position == at
        await pilot.resize_terminal(100, 30)
        await pilot.pause()
        assert app.view.position == at
        app.view.scroll_to_offset(place(page, "Paragraph 20 ")[0])
        await pilot.pause()
        assert lines(app.view)[0].strip().startswith("Paragraph 20 ")


async def test_selecting_sentences_with_the_keyboard():
    app = PageApp()
    async with app.run_test(size=(80, 24)) as pilot:
        page = ferry()
        app.view.show(page, place(page, "Crews of")[0])
        await pilot.press("v")
        assert selected(app.view) == "Crews of the Example Harbour Line voted to walk out."
        await pilot.press("right_square_bracket")
        assert selected(app.view) == "“We are not asking for the moon,” said Bartholomew Quill."
        await pilot.press("w")
        assert selected(app.view).endswith("Quill. He")
        await pilot.press("W", "W")
        assert selected(app.view).endswith("said Bartholomew")
        await pilot.press("right_parenthesis")
        assert selected(app.view).endswith("said Bartholomew Quill.")
        await pilot.press("right_parenthesis")
        assert selected(app.view).endswith("Quill. He laughed.")
        await pilot.press("left_parenthesis")
        assert selected(app.view).startswith("Crews of")
        await pilot.press("p")
        assert selected(app.view).endswith("He laughed.\n\nThe board answered in two sentences. It would not comment on the lifeboats.")
        await pilot.press("left_square_bracket")
        assert selected(app.view) == "By Imogen Tallow"
        assert app.heard("selection")[-1] == app.view.selection
        await pilot.press("escape")
        assert app.view.selection is None
        assert app.heard("selection")[-1] is None
        assert "back" not in app.said
        await pilot.press("escape")
        assert "back" in app.said


async def test_a_keyboard_selection_is_scrolled_into_sight():
    app = PageApp()
    async with app.run_test(size=(80, 12)) as pilot:
        page = ferry()
        app.view.show(page)
        await pilot.pause()
        await pilot.press("v")
        for _ in range(12):
            await pilot.press("right_square_bracket")
            assert segments(app.view, selected(app.view).split()[0]), selected(app.view)
        for _ in range(14):
            await pilot.press("left_square_bracket")
        assert selected(app.view).startswith("Skip to content")


async def test_the_cursor_is_the_hit_while_it_is_in_sight():
    app = PageApp()
    async with app.run_test(size=(80, 24)) as pilot:
        page = ferry()
        app.view.show(page)
        span = place(page, "It would not comment on the lifeboats.")
        app.view.show_hit(span, [place(page, "comment")])
        await pilot.press("s")
        assert app.view.selection == span
        await pilot.press("escape", "G", "s")
        assert app.view.selection is not None
        assert app.view.selection[0] > span[1]


async def test_dragging_selects_characters():
    app = PageApp()
    async with app.run_test(size=(80, 24)) as pilot:
        page = ferry()
        app.view.show(page)
        await pilot.pause()
        x, y = spot(app.view, "board answered")
        await pilot.mouse_down(app.view, offset=(x, y))
        await pilot.hover(app.view, offset=(x + 5, y))
        assert selected(app.view) == "board"
        await pilot.hover(app.view, offset=(x - 4, y))
        assert selected(app.view) == "The", "white space at the ends is no part of a selection"
        await pilot.mouse_up(app.view, offset=(x - 4, y))
        await pilot.hover(app.view, offset=(x + 9, y + 1))
        assert selected(app.view) == "The"
        assert segments(app.view, "The")[0].style.bgcolor != segments(app.view, "board answered")[0].style.bgcolor


async def test_double_click_takes_the_word_and_triple_click_the_sentence():
    app = PageApp()
    async with app.run_test(size=(80, 24)) as pilot:
        app.view.show(ferry())
        await pilot.pause()
        where = spot(app.view, "answered")
        await pilot.click(app.view, offset=where, times=2)
        assert selected(app.view) == "answered"
        await pilot.click(app.view, offset=where, times=3)
        assert selected(app.view) == "The board answered in two sentences."
        await pilot.click(app.view, offset=(where[0], where[1] + 2))
        assert app.view.selection is None


async def test_wide_characters_are_hit_where_they_are_drawn():
    app = PageApp()
    async with app.run_test(size=(80, 24)) as pilot:
        app.view.show(page_of([(Role.BODY, 0, "港の👩\u200d🔬組合は投票")]))
        await pilot.pause()
        left = next(len(line) - len(line.lstrip()) for line in lines(app.view) if line.strip())
        await pilot.mouse_down(app.view, offset=(left + 4, 1))
        await pilot.hover(app.view, offset=(left + 8, 1))
        await pilot.mouse_up(app.view, offset=(left + 8, 1))
        assert selected(app.view) == "👩\u200d🔬組"


async def test_notes_are_underlined_overlaps_stand_out_and_the_margin_counts():
    app = PageApp()
    async with app.run_test(size=(80, 24)) as pilot:
        page = ferry()
        app.view.show(page)
        await pilot.pause()
        assert not segments(app.view, "for the moon")[0].style.underline
        marks = [
            annotation(page, "a", "note", "asking for the moon"),
            annotation(page, "b", "highlight", "the moon,” said"),
            annotation(page, "c", "note", "moon"),
            annotation(page, "d", "bookmark", "It would not"),
        ]
        app.view.update_annotations(marks)
        await pilot.pause()
        assert segments(app.view, "asking for ")[0].style.underline
        assert segments(app.view, "the ")[0] is not None
        once, twice = segments(app.view, "asking for ")[0].style, segments(app.view, "moon")[0].style
        assert once.bgcolor != twice.bgcolor
        assert twice.bold
        assert any(" ●2 “We are" in line or "●2 " in line for line in lines(app.view))
        assert any(line.lstrip().startswith("▌") and "It would" not in line[:6] for line in lines(app.view))
        assert app.view.annotation_at(place(page, "moon")[0]) == marks[2]
        assert app.view.annotation_at(place(page, "asking")[0]) == marks[0]
        assert app.view.annotation_at(0) is None
        await pilot.click(app.view, offset=spot(app.view, "asking"))
        assert app.heard("annotation") == ["a"]


async def test_stepping_through_marks():
    app = PageApp()
    async with app.run_test(size=(80, 24)) as pilot:
        page = ferry()
        marks = [
            annotation(page, "a", "note", "moon"),
            annotation(page, "b", "highlight", "boat 30"),
            annotation(page, "c", "note", "boat 39"),
        ]
        app.view.show(page_like(page, marks))
        await pilot.pause()
        assert [app.view.next_mark(1) for _ in range(4)] == ["a", "b", "c", None]
        await pilot.pause()
        assert segments(app.view, "boat 39")
        assert [app.view.next_mark(-1) for _ in range(3)] == ["b", "a", None]
        await pilot.pause()
        assert segments(app.view, "moon")


def page_like(page, annotations):
    return type(page)(page.entry, page.version, page.text, page.blocks, page.inlines, tuple(annotations))


async def test_a_hit_is_scrolled_to_and_its_words_are_marked():
    app = PageApp()
    async with app.run_test(size=(80, 24)) as pilot:
        page = ferry()
        app.view.show(page)
        await pilot.pause()
        span = place(page, "Nobody lowered boat 33.")
        app.view.show_hit(span, [place(page, "boat 33")])
        await pilot.pause()
        word = segments(app.view, "boat 33")[0]
        row = next(line for line in drawn(app.view) if word in line)
        sentence = row[row.index(word) - 1]
        plain = segments(app.view, "Paragraph 33")[0]
        assert word.text == "boat 33"
        assert word.style.bold
        assert len({sentence.style.bgcolor, word.style.bgcolor, plain.style.bgcolor}) == 3
        app.view.clear_marks()
        await pilot.pause()
        assert segments(app.view, "boat 33")[0].style == plain.style


async def test_a_hit_may_be_shown_before_the_page_has_a_size():
    page = ferry()

    class Early(PageApp):
        def on_mount(self):
            self.view.show(page)
            self.view.show_hit(place(page, "Nobody lowered boat 33."))

    app = Early()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert segments(app.view, "boat 33")


async def test_finding_folds_steps_around_and_is_forgotten():
    app = PageApp()
    async with app.run_test(size=(80, 24)) as pilot:
        page = ferry()
        app.view.show(page)
        await pilot.pause()
        assert app.view.find("WE ARE  not") == 1
        assert app.view.find("davit number") == 40
        places = [place(page, f"davit number {number}")[0] for number in range(40)]
        length = len("davit number")
        assert app.view.find_next(1) == (places[0], places[0] + length)
        await pilot.pause()
        here, there = segments(app.view, "davit number")[:2]
        assert here.style != there.style
        assert here.style.bold
        assert app.view.find_next(1) == (places[1], places[1] + length)
        assert app.view.find_next(-1) == (places[0], places[0] + length)
        assert app.view.find_next(-1) == (places[-1], places[-1] + length)
        await pilot.pause()
        assert any("davit number 39" in line for line in lines(app.view))
        assert app.view.find_next(1) == (places[0], places[0] + length)
        assert app.view.find("") == 0
        assert app.view.find("nowhere at all") == 0
        assert app.view.find_next(1) is None
        app.view.clear_marks()
        assert app.view.find_next(1) is None


async def test_finding_in_a_long_document_goes_on_between_frames():
    app = PageApp()
    async with app.run_test(size=(80, 24)) as pilot:
        app.view.show(page_of([(Role.BODY, 0, "ferry rope rust and rain. " + "no boat was lowered " * 50)] * 1500))
        await pilot.pause()
        assert 0 < app.view.find("rust and RAIN") <= 1500
        for _ in range(1000):
            await pilot.pause(0.02)
            if any(what[0] == "find" and what[2] for what in app.said):
                break
        assert app.heard("find")[-1] == 1500


async def test_furniture_folds_and_unfolds_in_place():
    app = PageApp()
    async with app.run_test(size=(80, 24)) as pilot:
        app.view.show(ferry())
        await pilot.pause()
        assert any("Skip to content" in line for line in lines(app.view))
        app.view.toggle_furniture()
        await pilot.pause()
        assert any("⋯ 2 lines of page furniture" in line for line in lines(app.view))
        assert not any("Skip to content" in line for line in lines(app.view))
        await pilot.click(app.view, offset=spot(app.view, "⋯ 2 lines"))
        await pilot.pause()
        assert any("Skip to content" in line for line in lines(app.view))


async def test_a_hit_in_folded_furniture_unfolds_it():
    app = PageApp()
    async with app.run_test(size=(80, 24)) as pilot:
        page = ferry()
        app.view.fold_furniture = True
        app.view.show(page)
        await pilot.pause()
        assert not segments(app.view, "Skip to content")
        app.view.show_hit(place(page, "More to explore"))
        await pilot.pause()
        assert segments(app.view, "More to explore")
        assert not app.view.fold_furniture


async def test_links_are_underlined_and_said_when_clicked():
    app = PageApp()
    async with app.run_test(size=(80, 24)) as pilot:
        page = ferry()
        app.view.show(ferry(inlines=[link(page, "Harbour Line", "https://example.org/line"), link(page, "two sentences", "javascript:x")]))
        await pilot.pause()
        shown = segments(app.view, "Harbour Line")[0]
        assert shown.style.underline
        assert shown.style.link == "https://example.org/line"
        assert segments(app.view, "two sentences")[0].style.link is None
        await pilot.click(app.view, offset=spot(app.view, "Harbour Line"))
        assert app.heard("link") == ["https://example.org/line"]


async def test_furniture_is_dim_and_titles_are_bold():
    app = PageApp()
    async with app.run_test(size=(80, 24)) as pilot:
        app.view.show(ferry())
        await pilot.pause()
        plain = segments(app.view, "The board answered")[0].style
        assert segments(app.view, "Skip to content")[0].style.color != plain.color
        assert segments(app.view, "Ferry crews vote")[0].style.bold
        assert segments(app.view, "What the inspectors")[0].style.bold
        assert not plain.bold


def test_every_look_has_its_rule_among_those_that_are_read_when_it_is_drawn():
    from reader.tui.page_style import CLASSES, CSS, EVERYDAY, MARKS_CSS

    assert set(re.findall(r"page--\w+", CSS)) == EVERYDAY
    assert set(re.findall(r"page--\w+", MARKS_CSS)) == CLASSES - EVERYDAY


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "ansi-dark"])
async def test_marks_can_be_told_apart_in_every_theme(theme):
    app = PageApp()
    async with app.run_test(size=(80, 24)) as pilot:
        if theme not in app.available_themes:
            pytest.skip("this version of textual has no such theme")
        app.theme = theme
        page = ferry()
        app.view.show(page_like(page, [annotation(page, "a", "note", "asking")]))
        app.view.show_hit(place(page, "It would not comment"), [place(page, "comment")])
        app.view.select(place(page, "He laughed"))
        await pilot.pause()
        looks = [segments(app.view, words)[0].style for words in ("asking", "It would not ", "comment", "He laughed", "The board")]
        assert len({(s.color, s.bgcolor, s.bold, s.underline, s.reverse) for s in looks}) == 5


async def test_hostile_text_is_harmless_on_the_page():
    app = PageApp()
    async with app.run_test(size=(80, 24)) as pilot:
        page = ferry()
        raw = page.text.replace("moon", "\x1b[2m").replace("boat 1", "\u202e\x9b\x07\x00\x7f1")
        app.view.show(type(page)(page.entry, page.version, raw, page.blocks))
        await pilot.pause()
        assert "".join(lines(app.view)).isprintable()


async def test_a_message_stands_in_the_middle_and_keys_do_nothing():
    app = PageApp()
    async with app.run_test(size=(81, 21)) as pilot:
        app.view.show(ferry())
        await pilot.press("v")
        app.view.show_message("Nothing open.\n\nEnter opens a document")
        await pilot.pause()
        shown = lines(app.view)
        assert shown[9].strip() == "Nothing open."
        assert shown[9].index("N") == 34
        assert shown[11].strip() == "Enter opens a document"
        assert app.view.selection is None
        assert app.heard("selection")[-1] is None
        await pilot.press("j", "G", "g", "space", "v", "w", "p", "right_square_bracket", "right_curly_bracket", "ctrl+u")
        await pilot.click(app.view, offset=(40, 10))
        app.view.update_annotations([])
        app.view.show_hit((0, 1))
        assert app.view.find("x") == 0
        assert app.view.next_mark(1) is None
        assert (app.view.page, app.view.position, app.view.progress, app.view.selection) == (None, 0, 0, None)


async def test_an_empty_document_and_a_tiny_window_do_no_harm():
    app = PageApp()
    async with app.run_test(size=(6, 2)) as pilot:
        app.view.show(page_of([]))
        await pilot.press("j", "G", "v", "right_square_bracket", "left_square_bracket", "right_curly_bracket", "w", "p")
        app.view.show(ferry())
        await pilot.press("j", "G", "v", "space", "w", "g")
        assert [len(line) for line in lines(app.view)] == [6, 6]


async def test_a_highlight_has_a_mark_in_the_margin_too():
    page = ferry()
    app = PageApp()
    async with app.run_test(size=(90, 30)) as pilot:
        app.view.show(ferry([annotation(page, "h", "highlight", "Crews of the"), annotation(page, "n", "note", "The board")]))
        await pilot.pause()
        beside = {line.split()[1]: line.split()[0] for line in lines(app.view) if line.lstrip()[:1] in "●▒" and line.strip()}
    assert beside == {"Crews": "▒", "The": "●"}

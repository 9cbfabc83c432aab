"""Themes: words can be read in every one of ours, and a terminal that wants few colours, or none, gets no others."""

import json
import re

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from reader.library import Library
from reader.tui.app import ReadingRoom
from reader.tui.page_style import CLASSES
from reader.tui.themes import DARK, LIGHT, OURS, Inks, first_theme, no_colour
from tests.libraries import filled
from tests.terminal import Terminal

# -- contrast ----------------------------------------------------------------------------------------------------------------------


def luminance(colour):
    parts = [value / 255 for value in colour.triplet]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(style):
    """The contrast of WCAG 2 between the two colours of a style."""
    lighter, darker = sorted((luminance(style.color), luminance(style.bgcolor)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.fixture
def folder(tmp_path):
    words = "“Nobody wets a boat,” said Imogen Tallow of the Example Harbour Line. She laughed. "
    body = f"{words * 3}\n\n" * 20
    with filled(tmp_path, {f"{name}.txt": f"The {name}\n\nBy A. Example\n\n{body}" for name in ("clock", "harbour", "rope")}) as library:
        first = library.documents()[0]
        start = library.read(first.id).text.index("Nobody")
        library.annotate(first.id, start, start + 11, "remember", ("quay",))
    return tmp_path / "library"


DECORATION = {"page--bar", "rows--bar"}
"""Lines beside the text."""


@pytest.mark.parametrize("name", [DARK.name, LIGHT.name])
async def test_words_can_be_read(folder, name):
    with Library.open(folder) as library:
        app = ReadingRoom(library, (), name)
        app.reading.look_at_start = False
        async with app.run_test(size=(100, 30)) as pilot:
            await pilot.pause()
            assert app.theme == name
            page, rows = app.reading.page_view, app.reading.rows
            assert contrast(page.rich_style) >= 7
            assert contrast(rows.rich_style) >= 7
            for widget, classes in ((page, CLASSES), (rows, rows.LOOKS)):
                assert classes
                for part in sorted(classes - DECORATION):
                    assert contrast(widget.get_component_rich_style(part)) >= 4.5, part
            for quiet in ("KeyBar", "#status", "#brand"):
                assert contrast(app.reading.query_one(quiet).rich_style) >= 4.5, quiet


@pytest.mark.parametrize("name", sorted(OURS))
async def test_a_theme_chosen_before_the_start_is_the_one_drawn(folder, name):
    with Library.open(folder) as library:
        app = ReadingRoom(library, (), name)
        app.reading.look_at_start = False
        async with app.run_test(size=(100, 30)) as pilot:
            await pilot.pause()
            before = app.reading.page_view.rich_style, app.theme
            app.theme = "nord"
            await pilot.pause()
            assert app.reading.page_view.rich_style != before[0]
            app.theme = name
            await pilot.pause()
            assert (app.reading.page_view.rich_style, app.theme) == before


async def test_the_list_and_the_page_follow_a_theme_chosen_in_the_window(folder):
    with Library.open(folder) as library:
        app = ReadingRoom(library, (), DARK.name)
        app.reading.look_at_start = False
        async with app.run_test(size=(100, 30)) as pilot:
            await pilot.pause()

            def grounds(part):
                return {segment.style.bgcolor.triplet for strip in part.render_lines(part.size.region) for segment in strip}

            parts = (app.reading.rows, app.reading.page_view)
            dark = [grounds(part) for part in parts]
            app.theme = LIGHT.name
            await pilot.pause()
            assert [grounds(part) & was for part, was in zip(parts, dark, strict=True)] == [set(), set()]


async def test_an_unknown_theme_is_the_one_a_terminal_begins_with(folder, monkeypatch):
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORFGBG", "0;15")
    with Library.open(folder) as library:
        assert ReadingRoom(library, (), "no such theme").theme == "light"


# -- the theme to begin with -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environment", "theme"),
    [
        ({"TERM": "xterm-256color"}, "dark"),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "dark"),
        ({"TERM": "xterm-kitty"}, "dark"),
        ({"TERM": "xterm-256color", "COLORFGBG": "0;15"}, "light"),
        ({"TERM": "xterm-256color", "COLORFGBG": "0;default;7"}, "light"),
        ({"TERM": "xterm-256color", "COLORFGBG": "15;0"}, "dark"),
        ({"TERM": "xterm-256color", "COLORFGBG": "odd"}, "dark"),
        ({"TERM": "linux"}, "ansi"),
        ({"TERM": "xterm"}, "ansi"),
        ({"TERM": "xterm", "WT_SESSION": "1"}, "dark"),
        ({}, "ansi"),
    ],
)
def test_what_a_terminal_says_of_itself_chooses_the_first_theme(environment, theme):
    assert first_theme(environment) == theme


@pytest.mark.parametrize(("environment", "asked"), [({"NO_COLOR": "1"}, True), ({"NO_COLOR": ""}, False), ({}, False)])
def test_an_empty_no_color_asks_for_nothing(environment, asked):
    assert no_colour(environment) is asked


# -- few colours, or none ----------------------------------------------------------------------------------------------------------


def inked(inks, style):
    found = Inks(inks).apply([Segment("x", style)], Color(0, 0, 0))[0].style
    assert found is not None
    return found


def test_without_colours_a_ground_that_meant_something_is_reversed():
    ground = inked("none", Style(color="red", bgcolor="blue", bold=True, italic=True))
    assert (ground.color, ground.bgcolor, ground.reverse, ground.bold, ground.italic) == (None, None, True, True, True)
    assert not inked("none", Style(color="red", bgcolor="default")).reverse
    assert inked("none", Style(dim=True, underline=True, reverse=True)) == Style(dim=True, underline=True, reverse=True)


def test_high_contrast_is_white_on_black_and_never_dim():
    assert inked("contrast", Style(color="#336699", dim=True)) == Style(color="#ffffff", bgcolor="#000000")


@pytest.mark.parametrize("inks", ["none", "contrast", "own"])
@pytest.mark.parametrize("style", ["bold red on blue", "dim", "reverse #336699", "underline on color(200)", "none"])
def test_a_line_below_a_dialog_may_pass_twice(inks, style):
    once = inked(inks, Style.parse(style))
    assert inked(inks, once) == once


def test_the_terminals_own_colours_stay_and_no_others():
    assert inked("own", Style(color="blue", bgcolor="default")) == Style(color="blue", bgcolor="default")
    assert inked("own", Style(color="#336699", bgcolor="color(200)")) == Style(color="default", bgcolor="default")


SGR = re.compile(rb"\x1b\[([0-9;:]*)m")


def colours(raw):
    """Every colour that was set, as the codes of one: (34,), (38, 2, 255, 255, 255)."""
    found = set()
    for hit in SGR.finditer(raw):
        codes = [int(code or 0) for code in re.split(rb"[;:]", hit.group(1))]
        while codes:
            code = codes.pop(0)
            if code in (38, 48):
                size = 4 if codes[0] == 2 else 2
                found.add((code, *codes[:size]))
                del codes[:size]
            elif 30 <= code < 38 or 40 <= code < 48 or 90 <= code < 108:
                found.add((code,))
    return found


WALK = r"""
    j k /nobody~wets>exact \r \r \t>exact \x1b \x1b>title \r v w a>Ctrl+E boat~*and*~rope \t lifeboat \x1b>throws \x13>pullquote v
    H>pullquote \r>pullquote h ftallow\r>places n>2~of \x1b v B>pullquote \x1b>pullquote m>pullquote a>pullquote . S>Who~said \x1b>pullquote z
    c>pullquote \x1b>pullquote t>pullquote \x1b>pullquote \x1b \x1b>title &>Notes ~>picked V>pullquote \x1b>pullquote d u \x1b>title #>Tags
    R>pullquote \x1b>pullquote \x1b>title ">Quotations f>filter tal\r>~of~ \x1b \x1b>title @>quoted M>same~person \x1b>pullquote \x1b>title
    !>Left~out \x1b>pullquote ?>Keys mark \x1b>pullquote \x10>Actions note>screen.note \x1b[B \x1b>pullquote A>pullquote \x1b>pullquote
"""
"""Keys through every part of the window and every dialog, "~" for a space, and what is then on the screen; without that, a moment's rest.

A dialog that opens or closes paints the whole screen, the name in its corner included.
"""


def walked(folder, **environment):
    """The bytes a terminal gets on a walk through the whole window.

    What a step shows may have come with the one before, which only rested: both are looked through. Escape is written as terminals with the
    protocol of kitty do: alone, it is the beginning of a sequence for whoever comes late to read it.
    """
    terminal = Terminal("--library", folder, settings=environment, size=(30, 100))
    terminal.until(b"Nobody wets")
    terminal.until(b"keys")
    raw = b""
    for step in WALK.split():
        keys, _, shown = step.replace("~", " ").partition(">")
        typed = keys.encode().decode("unicode_escape")
        terminal.write(b"\x1b[27u" if typed == "\x1b" else typed.encode())
        if shown:
            terminal.until(shown.encode())
        terminal.settle(0.15)
        if shown:
            raw, terminal.seen = raw + terminal.seen, b""
    assert terminal.leave() == 0
    return raw + terminal.seen


def test_no_color_is_obeyed_everywhere(folder):
    raw = walked(folder, NO_COLOR="1")
    assert not colours(raw)
    attributes = {code for hit in SGR.finditer(raw) for code in hit.group(1).split(b";")}
    assert {b"1", b"2", b"3", b"4", b"7"} <= attributes, "bold, dim, italic, underlined and reversed say what colours would"


def test_a_terminal_of_few_colours_gets_only_its_own(folder):
    found = colours(walked(folder, TERM="xterm", COLORTERM=""))
    assert found, "its own colours are used"
    assert not [codes for codes in found if codes[0] in (38, 48)]


def test_high_contrast_draws_only_white_and_black(folder):
    with Library.open(folder) as library:
        library.notes_store.remember_setting("window", json.dumps({"theme": "high-contrast"}))
    assert colours(walked(folder)) == {(38, 2, 255, 255, 255), (48, 2, 0, 0, 0)}


# -- told without colour -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["ansi", "high-contrast"])
async def test_the_part_that_has_the_keys_can_be_told_without_colour(folder, name):
    with Library.open(folder) as library:
        app = ReadingRoom(library, (), name)
        app.reading.look_at_start = False
        async with app.run_test(size=(110, 30)) as pilot:
            await pilot.pause()

            def cursor_row():
                line = [segment for segment in app.reading.rows.render_line(0) if segment.text.strip()]
                return line[0].text, [bool(segment.style and segment.style.reverse) for segment in line[1:]]

            assert cursor_row() == ("▌", [True])
            await pilot.press("enter")
            await pilot.pause()
            assert cursor_row() == ("▏", [False])
            await pilot.press("v")
            await pilot.pause()
            page = app.reading.page_view
            selected = [s for strip in page.render_lines(page.size.region) for s in strip if s.style and s.style.reverse]
            assert selected, "the selection is reversed"
            await pilot.press("escape", "escape", "escape")
            await pilot.pause()
            assert cursor_row() == ("▌", [True]), "also on a document that was opened before"

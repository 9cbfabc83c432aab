"""Links and footnotes on the page, and the outline: what they are, and what the window does with them."""

from contextlib import asynccontextmanager

import pytest

from reader.ingest.formats import html, markdown, text
from reader.ingest.parsed import Source
from reader.library import Library
from reader.model import Blocks, Entry, Metadata, Page, Role, Version
from reader.tui.footnote import Footnote
from reader.tui.link_labels import LinkNumber
from reader.tui.outline import Outline
from reader.tui.page_links import destination, headings, link_at, links, note_text, read_now
from tests.libraries import filled
from tests.tui.documents import ferry, link, page_of
from tests.tui.test_page import PageApp, lines
from tests.tui.windows import frame, settled, window

LOG = """# The Log of the Night Ferry

Tides turn twice a day.[^1] See [the crew](#the-crew), [the board](board.html), [the page](https://quay.example/board) [nowhere](#gone) [a file](minutes.pdf) or [half an address](http://[quay).

[^1]: Measured at the old steps. See [there](https://quay.example/steps).

{rest}

## The crew

They slept.[^crew] They woke.[^long]

{rest}

## What is left

Nothing.

[^crew]: As far as one could see from the quay.

[^long]: {long}
"""
BOARD = """<title>The Board</title><link rel="canonical" href="https://www.quay.example/board/"><h1>The Board</h1>
<p>The board answered in two lines.<a id="r1" href="#n1">*</a> See <a href="log.md#x">the log</a> and <a href="https://elsewhere.example/">elsewhere</a>.</p>
<h2>Notes</h2><p id="n1">* In its own words. <a href="#r1">↩</a></p>"""


def page(parsed):
    version = Version("content", "text", "html", 1)
    entry = Entry("d", "/invented.html", Metadata(), "Invented")
    return Page(entry, version, parsed.text, Blocks(parsed.blocks), tuple(parsed.inlines))


def notes_of(parsed):
    shown = page(parsed)
    found = {shown.text[link.start : link.end]: note_text(shown, link) for link in links(shown)}
    return {label: span and shown.text[slice(*span)] for label, span in found.items()}


# -- what a page says ------------------------------------------------------------------------------------------------------------


def test_links_are_numbered_in_the_order_of_the_text_and_anchors_are_none():
    shown = page(html.parse('<p><a href="https://a.example">one</a> <a id="x" href="#y">two</a><p><a href="#x">three</a><p id="y">four'))
    assert [(found.number, shown.text[slice(*found.span)], found.target) for found in links(shown)] == [
        (1, "one", "https://a.example"),
        (2, "two", "#y"),
        (3, "three", "#x"),
    ]
    at = shown.text.index("two")
    assert link_at(shown, at, at + 1) == links(shown)[1]
    assert link_at(shown, len(shown.text) - 1, len(shown.text)) is None


def test_a_link_over_two_paragraphs_is_one():
    shown = page(html.parse('<a href="/x"><p>one</p><p>two</p></a>'))
    assert [shown.text[slice(*found.span)] for found in links(shown)] == ["one\n\ntwo"]


def test_a_link_leads_to_its_place_to_the_top_or_nowhere():
    shown = page(html.parse('<p>Tide.</p><p><a href="#x">a</a></p><p id="x">There.</p>'))
    assert shown.text[destination(shown, "#x") or 0 :] == "There."
    assert [destination(shown, target) for target in ("#top", "#", "#y", "https://a.example/#x")] == [0, 0, None, None]


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ('<p>x<a id="r" href="#n">1</a><ol><li id="n">A note. <a href="#r">↩︎</a>', "1. A note."),
        ('<p>x<a id="r" href="#n">[1]</a><p><a id="n" href="#r">[1]</a> A note.', "[1] A note."),
        ('<p>x<a id="r" href="#n">[a]</a><ol><li id="n">^ <a href="#r">a</a> <a href="#r">b</a> A note.', "A note."),
        ('<p>x<a id="r" href="#n">*</a><p id="n">* A note. <a href="#r">[back]</a>', "* A note."),
        ('<p>x<a href="#n">†</a><p><a name="n"></a>One.<br><a name="m"></a>Two.<p><a href="#m">z z</a>', "One."),
        ('<p>x<a href="#n">2</a><ol><li id="n"><p>One.</p><p>Two.</p></li><li id="m">Three', "1. One.\n\nTwo."),
    ],
)
def test_a_footnote_is_its_words_without_the_way_back(body, wanted):
    shown = page(html.parse(body))
    span = note_text(shown, links(shown)[0])
    assert span
    assert shown.text[slice(*span)] == wanted


@pytest.mark.parametrize(
    "body",
    [
        '<p>x<a href="#n">the crew</a><p id="n">A note.',  # its words are words
        '<p>x<a href="#n">1</a><h2 id="n">A chapter</h2>',
        '<p id="n">A note.<p>x<a href="#n">1</a>',  # above
        '<p>x<a href="#n">1</a><p id="n">' + "long " * 400,
        '<p>x<a href="#m">1</a><p id="n">A note.',
        '<p>x<a href="https://a.example/">1</a><p>A note.',
    ],
)
def test_other_links_are_no_footnotes(body):
    shown = page(html.parse(body))
    assert note_text(shown, links(shown)[0]) is None


def test_footnotes_of_markdown_are_found():
    found = notes_of(markdown.parse("Tides.[^1] Crews.[^night]\n\n[^1]: One.\n[^night]: Two.\n"))
    assert found == {"[1]": "[1] One.", "[night]": "[night] Two."}


def test_footnotes_of_plain_text_are_found_line_by_line():
    log = "Log\n\nTides turn [1] and crews do not [2].\n\n[1] Twice a day.\n[2] See the log.\n"
    assert notes_of(text.read(Source(log.encode(), "log.txt"))) == {"[1]": "[1] Twice a day.", "[2]": "[2] See the log."}


def test_the_outline_nests_by_what_stands_above_and_skips_no_level():
    shown = page_of(
        [
            (Role.TITLE, 0, "Log"),
            (Role.HEADING, 3, "Tides"),
            (Role.HEADING, 6, "Spring"),
            (Role.BODY, 0, "Words."),
            (Role.HEADING, 2, "Crew"),
            (Role.DUPLICATE_TITLE, 0, "Log"),
            (Role.ITEM_TITLE, 0, "Item"),
        ]
    )
    outline = headings(shown)
    assert [(level, shown.text[slice(*span)]) for level, span in outline] == [
        (0, "Log"),
        (1, "Tides"),
        (2, "Spring"),
        (1, "Crew"),
        (2, "Item"),
    ]
    assert [read_now(outline, shown.text.index(words)) for words in ("Log", "Words", "Crew")] == [0, 2, 3]


# -- on the page -----------------------------------------------------------------------------------------------------------------


async def test_labels_lie_over_the_first_cells_of_links_and_move_nothing():
    app = PageApp()
    async with app.run_test(size=(80, 24)) as pilot:
        shown = ferry()
        inlines = [link(shown, "Harbour Line", "https://a.example"), link(shown, "lifeboats.", "#x"), link(shown, "boat 39", "#y")]
        app.view.show(ferry(inlines=inlines))
        await pilot.pause()
        before = lines(app.view)
        starts = [inline.start for inline in inlines]
        assert app.view.label(starts) == starts[:2], "only those in sight"
        await pilot.pause()
        after = lines(app.view)
        assert [len(line) for line in after] == [len(line) for line in before]
        assert "1arbour Line" in "".join(after)
        assert "2ifeboats." in "".join(after)
        assert sum(a != b for one, two in zip(before, after, strict=True) for a, b in zip(one, two, strict=True)) == 2
        app.view.label(())
        await pilot.pause()
        assert lines(app.view) == before


async def test_labels_wider_than_their_links_keep_their_line_and_each_other():
    app = PageApp()
    async with app.run_test(size=(80, 24)) as pilot:
        words = " ".join(f"x{n:02}" for n in range(12)) + " ab"
        plain = page_of([(Role.BODY, 0, words)])
        starts = [*(plain.text.index(f"x{n:02}") for n in range(10)), plain.text.index("ab"), plain.text.index("ab") + 1]
        app.view.show(plain)
        await pilot.pause()
        assert app.view.label(starts) == starts
        await pilot.pause()
        assert any(line.rstrip().endswith("x11 1112") for line in lines(app.view))


# -- in the window ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def library(tmp_path):
    rest = "\n\n".join(f"Paragraph {n} of the log." for n in range(60))
    with filled(tmp_path, {"log.md": LOG.format(rest=rest, long="It is long. " * 100), "board.html": BOARD}) as opened:
        yield opened


@asynccontextmanager
async def reading(library, title, **options):
    """The window with a document open and the keys on the page; addresses that it opens are collected."""
    async with window(library, **options) as (screen, pilot):
        addresses: list[str] = []
        screen.open_address = addresses.append
        assert screen.open_document(library.find(title).id)
        screen.read()
        await settled(pilot, lambda: screen.page_view.has_focus)
        yield screen, pilot, addresses


async def shown(pilot, kind):
    await settled(pilot, lambda: isinstance(pilot.app.screen, kind))
    await pilot.pause()


async def choose(screen, pilot, words):
    """Press l and the number of the link on these words."""
    await pilot.press("l")
    await shown(pilot, LinkNumber)
    labelled = screen.page_view.label([found.start for found in links(screen.page)])
    start = screen.page.text.index(words)
    number = str(labelled.index(start) + 1)
    await pilot.press(*number, *(["enter"] if int(number) * 10 <= len(labelled) else []))


async def test_a_number_follows_a_link_inside_and_the_jump_can_be_taken_back(library):
    async with reading(library, "The Log") as (screen, pilot, addresses):
        await choose(screen, pilot, "the crew")
        await settled(pilot, lambda: screen.page.text[screen.page_view.position :].startswith("The crew"))
        await pilot.press("ctrl+o")
        await settled(pilot, lambda: screen.page_view.position == 0)
        assert addresses == []


async def test_a_footnote_is_shown_in_place_and_enter_goes_there(library):
    async with reading(library, "The Log") as (screen, pilot, _):
        await choose(screen, pilot, "[1]")
        await shown(pilot, Footnote)
        assert "[1] Measured at the old steps." in frame(pilot)
        assert "Tides turn twice a day." in frame(pilot)
        await pilot.press("escape")
        await settled(pilot, lambda: pilot.app.screen is screen)
        assert screen.page_view.position == 0
        await pilot.press("T", *"crew", "enter")
        await settled(pilot, lambda: screen.page.text[screen.page_view.position :].startswith("The crew"))
        await choose(screen, pilot, "[crew]")
        await shown(pilot, Footnote)
        await pilot.press("enter")
        await settled(pilot, lambda: screen.page_view.cursor == screen.page.text.index("[crew] As far"))


async def test_a_movement_closes_a_footnote_and_moves_the_page(library):
    async with reading(library, "The Log") as (screen, pilot, _):
        await choose(screen, pilot, "[1]")
        await shown(pilot, Footnote)
        await pilot.press("right_curly_bracket")
        await settled(pilot, lambda: screen.page_view.position > 0)
        assert pilot.app.screen is screen


async def test_a_long_footnote_scrolls_before_it_closes(library):
    async with reading(library, "The Log", size=(80, 20)) as (screen, pilot, _):
        await pilot.press("T", *"crew", "enter")
        await settled(pilot, lambda: screen.page_view.position > 0)
        await choose(screen, pilot, "[long]")
        await shown(pilot, Footnote)
        before = frame(pilot)
        await pilot.press("j")
        await settled(pilot, lambda: frame(pilot) != before)
        assert isinstance(pilot.app.screen, Footnote)


async def test_addresses_are_handed_over_and_links_to_nowhere_say_so(library):
    async with reading(library, "The Log") as (screen, pilot, addresses):
        await choose(screen, pilot, "there")
        await settled(pilot, lambda: addresses == ["https://quay.example/steps"])
        await choose(screen, pilot, "nowhere")
        await settled(pilot, lambda: "not in the document: #gone" in frame(pilot))
        await choose(screen, pilot, "a file")
        await settled(pilot, lambda: "not in your library: minutes.pdf" in frame(pilot))
        await choose(screen, pilot, "half an address")
        await settled(pilot, lambda: addresses[1:] == ["http://[quay"])


@pytest.mark.parametrize("words", ["the board", "the page"])
async def test_a_link_to_a_saved_document_opens_it_in_the_window(library, words):
    async with reading(library, "The Log") as (screen, pilot, addresses):
        await choose(screen, pilot, words)
        await settled(pilot, lambda: screen.page.entry.display_title == "The Board")
        await settled(pilot, lambda: "opened from your library: The Board" in frame(pilot))
        assert screen.page_view.has_focus
        await pilot.press("ctrl+o")
        await settled(pilot, lambda: screen.page.entry.display_title == "The Log of the Night Ferry")
        assert addresses == []


async def test_a_clicked_footnote_is_shown_and_a_clicked_address_opened(library):
    async with reading(library, "The Board") as (screen, pilot, addresses):
        rows = lines(screen.page_view)
        y = next(y for y, line in enumerate(rows) if "two lines.*" in line)
        await pilot.click(screen.page_view, offset=(rows[y].index("*"), y))
        await shown(pilot, Footnote)
        assert "* In its own words." in frame(pilot)
        await pilot.press("escape")
        await settled(pilot, lambda: pilot.app.screen is screen)
        y = next(y for y, line in enumerate(rows) if "elsewhere" in line)
        await pilot.click(screen.page_view, offset=(rows[y].index("elsewhere"), y))
        await settled(pilot, lambda: addresses == ["https://elsewhere.example/"])


async def test_the_link_at_the_cursor_is_followed(library):
    async with reading(library, "The Board") as (screen, pilot, addresses):
        await pilot.press("L")
        await settled(pilot, lambda: "no link here" in frame(pilot))
        start = screen.page.text.index("elsewhere")
        screen.page_view.select((start, start + 4))
        await pilot.press("L")
        await settled(pilot, lambda: addresses == ["https://elsewhere.example/"])


async def test_a_number_that_may_go_on_waits_and_says_where_it_leads(library):
    chosen: list[int | None] = []
    typed: list[str] = []
    async with window(library) as (_, pilot):
        for keys in (["1", "enter"], ["1", "2"], ["9"], ["0", "1", "backspace", "2", "enter"], ["x"], ["escape"], ["enter", "escape"]):
            pilot.app.push_screen(LinkNumber([f"“link” #{n}\x1b[2J" for n in range(1, 13)], typed.append), chosen.append)
            await shown(pilot, LinkNumber)
            await pilot.press(keys[0])
            if keys[0] == "1":
                await settled(pilot, lambda: "“link” #1" in frame(pilot))
                assert "\x1b" not in frame(pilot)
            await pilot.press(*keys[1:])
            await settled(pilot, lambda: not isinstance(pilot.app.screen, LinkNumber))
    assert chosen == [1, 12, 9, 2, None, None, None]
    assert "12" in typed


async def test_the_outline_filters_marks_what_is_read_and_closes_with_a_number(library):
    chosen: list[int | None] = []
    async with window(library) as (_, pilot):
        told = [(0, "The Log"), (1, "Tides"), (2, "Spring [b]tides[/b]"), (1, "Crew")]
        pilot.app.push_screen(Outline("The Log", told, 1), chosen.append)
        await shown(pilot, Outline)
        assert "▸   Tides" in frame(pilot)
        assert "      Spring [b]tides[/b]" in frame(pilot)
        await pilot.press("down", "enter")
        await settled(pilot, lambda: chosen == [2])
        pilot.app.push_screen(Outline("The Log", told, 1), chosen.append)
        await shown(pilot, Outline)
        await pilot.press(*"crew", "enter")
        await settled(pilot, lambda: chosen == [2, 3])


async def test_a_document_without_links_or_headings_says_so(tmp_path):
    (tmp_path / "plain.txt").write_text("Only words are here, and there are not many of them.\n", encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        for _ in library.add([tmp_path / "plain.txt"]):
            pass
        async with reading(library, "Only words") as (_, pilot, _):
            await pilot.press("l")
            await settled(pilot, lambda: "has no links" in frame(pilot))
            await pilot.press("T")
            await settled(pilot, lambda: "has no headings" in frame(pilot))


async def test_on_a_narrow_terminal_links_wait_until_the_page_is_shown(library):
    async with window(library, size=(80, 24)) as (screen, pilot):
        await pilot.press("l", "T", "L")
        await pilot.pause()
        assert pilot.app.screen is screen
        assert not screen.asking


async def test_a_text_that_changes_while_a_link_is_chosen_is_left_alone(library, tmp_path):
    async with reading(library, "The Log") as (screen, pilot, _):
        await pilot.press("l")
        await shown(pilot, LinkNumber)
        path = tmp_path / "saved" / "log.md"
        path.write_text("# The Log of the Night Ferry\n\nAll of it was lost.\n", encoding="utf-8")
        for _ in library.add([path]):
            pass
        screen.reload_page()
        await pilot.press("2")
        await settled(pilot, lambda: pilot.app.screen is screen and not screen.asking)
        assert screen.page_view.position == 0
        assert "All of it was lost." in frame(pilot)


async def test_a_link_is_followed_by_its_number_on_the_page(library):
    async with reading(library, "The Board") as (screen, _, addresses):
        number = next(found.number for found in links(screen.page) if found.target == "https://elsewhere.example/")
        assert await screen.follow_number(number)
        assert addresses == ["https://elsewhere.example/"]
        assert not await screen.follow_number(99)

"""The `:` command line."""

import pytest

from reader.tui.actions import ACTIONS
from reader.tui.bars import KeyBar
from reader.tui.commands import COMMANDS, completion, parse, resolve, short_names
from reader.tui.help import PairList
from tests.tui.test_actions import dialog, library, mode, notes, reading, told
from tests.tui.windows import settled, window

__all__ = ["library"]


@pytest.mark.parametrize(
    ("typed", "parsed"),
    [
        (":50%", ("percent", "50")),
        ("7", ("paragraph", "7")),
        ("open the clock", ("open", "the clock")),
        ("$", ("page.bottom", "")),
        (" : q ", ("q", "")),
    ],
)
def test_what_is_typed_is_a_name_and_words(typed, parsed):
    assert parse(typed) == parsed


def test_every_action_and_command_is_found_by_its_name_and_by_a_beginning_only_it_has():
    assert {id(action) for action in short_names().values()} == {id(action) for action in ACTIONS}
    for name, action in short_names().items():
        assert resolve(name) == (action, ())
    for command in COMMANDS:
        assert resolve(command.name) == (command, ())
    assert resolve("bookm")[0] is short_names()["bookmark"]
    found, choices = resolve("page.p")
    assert found is None
    assert "page.page-down" in choices
    assert resolve("xyzzy") == (None, [])


def test_completions():
    values = {"theme": lambda _: ["dark", "light"], "open": lambda typed: [f"{typed.upper()} and more"]}
    assert completion("th", values) == "theme"
    assert completion("theme l", values) == "theme light"
    assert completion("theme light", values) is None
    assert completion("page.half-d", values) == "page.half-down"
    assert completion("open the clock", values) == "open THE CLOCK and more"
    assert completion("open ", values) is None


@pytest.mark.parametrize(
    ("typed", "then"),
    [
        ("open clock", reading("The Clock")),
        ("search numbers in it", mode("hits")),
        ("find timetable", lambda s: s.page_view.found[0] == 1),
        ("note It was a promise.", notes(1, "note")),
        ("tag wages, steps", lambda s: set(s.library.documents()[0].tags) == {"ferries", "steps", "wages"}),
        ("sort date", lambda s: s.listing.order == "date"),
        ("filter clock", lambda s: s.listing.shown == 1),
        ("theme textual-light", lambda s: s.app.theme == "textual-light"),
        ("theme nosuch", told("there is none of that name")),
        ("set measure 60", lambda s: s.page_view.measure == 60),
        ("set bidi reorder", lambda s: s.page_view.typography.bidi == "reorder"),
        ("set bidi sideways", told("must be one of")),
        ("set measure 6", told("must be a number")),
        ("set colour red", told("no such setting")),
        ("set", told("measure 70")),
        ("add /no/such/place", told("no such file")),
        ("help bookmark", dialog(PairList)),
        ("3", lambda s: s.page_view.position > 0 or s.page_view.progress == 100),
        ("50%", lambda s: True),
        ("bookmark", notes(1, "bookmark")),
        ("page.bottom", lambda s: s.page_view.progress == 100),
        ("page", told("could be")),
        ("bookmark it", told("takes no words")),
        ("nonsense", told("no such command")),
        ("q", lambda s: s.app._exit),
    ],
)
async def test_a_command_typed_on_the_page(library, typed, then, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    async with window(library) as (screen, pilot):
        await pilot.press("enter", "colon", *(" " if c == " " else c for c in typed), "enter")
        await settled(pilot, lambda: then(screen))


async def test_export_writes_a_file_and_never_over_one(library, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    async with window(library) as (screen, pilot):
        await pilot.press("enter", "v", "h")
        await settled(pilot, lambda: notes(1, "highlight")(screen))
        await screen.action_command()
        await screen.command("export markdown mine.md")
        assert "Ferry Crew" in (tmp_path / "mine.md").read_text(encoding="utf-8")
        (tmp_path / "mine.md").write_text("other", encoding="utf-8")
        await screen.command("export markdown mine.md")
        assert (tmp_path / "mine.md").read_text(encoding="utf-8") == "other"
        await screen.command("export nosuch")
        await pilot.pause()
        assert "formats are" in screen.query_one(KeyBar).render().plain


async def test_escape_gives_up_a_command_and_the_keys_are_where_they_were(library):
    async with window(library) as (screen, pilot):
        await pilot.press("enter", "colon", *"quit", "escape")
        await pilot.pause()
        assert screen.page_view.has_focus
        assert screen.bar.has_class("closed")
        await pilot.press("slash", *"crew")
        await settled(pilot, lambda: mode("hits")(screen))


async def test_tab_completes_and_up_brings_back_what_was_typed(library):
    async with window(library) as (screen, pilot):
        await pilot.press("colon", *"sort da")
        await settled(pilot, lambda: screen.bar.field._suggestion == "sort date")
        await pilot.press("tab", "enter")
        await settled(pilot, lambda: screen.listing.order == "date")
        await pilot.press("colon", "up")
        await pilot.pause()
        assert screen.bar.text == "sort date"


async def test_a_keymap_changes_keys_hints_help_and_takes_keys_from_others(library, monkeypatch, tmp_path):
    config = tmp_path / "config.toml"
    config.write_text('measure = 60\n[keys]\nscreen.note = "b"\nscreen.quit = []\n"page.word" = ["Ctrl+Right"]\n', encoding="utf-8")
    monkeypatch.setenv("PULLQUOTE_CONFIG", str(config))
    async with window(library) as (screen, pilot):
        assert screen.page_view.measure == 60
        await pilot.press("q", "enter", "ctrl+right")
        await settled(pilot, lambda: screen.page_view.caret is not None)
        assert pilot.app.is_running
        await pilot.press("escape")
        await settled(pilot, lambda: "b note" in screen.query_one(KeyBar).render().plain)
        await pilot.press("b")
        await settled(pilot, lambda: type(pilot.app.screen).__name__ == "NoteEditor")


async def test_a_mistake_in_the_settings_is_told_and_the_window_opens(library, monkeypatch, tmp_path):
    config = tmp_path / "config.toml"
    config.write_text("measure = 60\nmeasur = 3\n", encoding="utf-8")
    monkeypatch.setenv("PULLQUOTE_CONFIG", str(config))
    async with window(library) as (screen, pilot):
        assert screen.page_view.measure == 60
        await settled(pilot, lambda: any("line 2" in note.message for note in pilot.app._notifications))


async def test_hints_and_the_bar_can_be_clicked(library):
    async with window(library) as (screen, pilot):
        bar = screen.query_one(KeyBar)
        at = bar.render().plain.index("? keys") + 1
        await pilot.click(KeyBar, offset=(at, 0))
        await settled(pilot, lambda: dialog(PairList)(screen))
        await pilot.press("escape")
        await pilot.pause()
        await pilot.click("#bar", offset=(20, 0))
        await settled(pilot, lambda: screen.bar.ready and screen.bar.field.has_focus)


async def test_nothing_but_the_text_and_back(library):
    async with window(library) as (screen, pilot):
        await pilot.press("F")
        await settled(pilot, lambda: not screen.rows.display and not screen.bar.display and screen.page_view.has_focus)
        await pilot.press("f", *"timetable", "enter")
        await settled(pilot, lambda: screen.bar.display and screen.page_view.found[0] == 1 and not screen.rows.display)
        await pilot.press("escape")
        await settled(pilot, lambda: not screen.bar.display)
        await pilot.press("F")
        await settled(pilot, lambda: screen.bar.display and screen.rows.display)
        await pilot.press("F", "slash", *"numbers")
        await settled(pilot, lambda: screen.rows.display and mode("hits")(screen))


async def test_the_arrows_choose_among_the_hits_while_typing_goes_on(library):
    async with window(library) as (screen, pilot):
        await pilot.press("slash", *"timetable")
        await settled(pilot, lambda: mode("hits")(screen) and len(screen.listing.hits) > 1)
        await pilot.press("down")
        await settled(pilot, lambda: screen.rows.cursor == 1 and screen.bar.field.has_focus)
        await pilot.press("up")
        await settled(pilot, lambda: screen.rows.cursor == 0)

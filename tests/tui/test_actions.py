"""Every action of the window: it has a key, a line in the help, an entry in the palette, a command, and it does something when its key is pressed."""

import pytest

from reader.tui.actions import ACTIONS, PARTS, all_keys, keys_of
from reader.tui.app import ReadingRoom
from reader.tui.choice import Choice
from reader.tui.commands import short_names
from reader.tui.dialogs import NoteEditor, Questions
from reader.tui.help import OneKey, PairList, Told
from tests.libraries import filled
from tests.tui.windows import settled, window

DOCUMENTS = {
    "a-ferry.md": "# Ferry Crew Asks for a Timetable\n\nOLD QUAY, Wexland — The crew of the night ferry asked the board for a timetable.\n\n"
    "“A timetable is a promise with numbers in it,” said Odile Marsh, the mate. “We would like one.”\n\n"
    "The board said it would think. It thought [for a week](https://wexwire.example/week).\n\n## What was said\n\n"
    "“We have thought,” said Bram Oster, who keeps the minutes. Odile Marsh waited.\n",
    "b-board.txt": "Harbour Board Answers\n\nThe harbour board answered in two lines. It said nothing about numbers.\n\n"
    "“A timetable is a promise with numbers in it,” Odile Marsh repeated.\n",
    "c-clock.txt": "The Clock on the Quay\n\n"
    + "\n\n".join(f"Paragraph {n}: the clock has stopped again, they say." for n in range(60))
    + "\n",
}

READ = ("enter",)
"""To the page of the first document."""


@pytest.fixture
def library(tmp_path):
    with filled(tmp_path, DOCUMENTS) as opened:
        opened.tag(opened.find("Ferry Crew").id, ["ferries"])
        yield opened


def dialog(kind):
    return lambda screen: isinstance(screen.app.screen, kind)


def mode(name):
    return lambda screen: screen.listing.mode == name


def told(words):
    from reader.tui.bars import KeyBar

    return lambda screen: words in screen.query_one(KeyBar).render().plain


def selected(words):
    return lambda screen: screen.page_view.selection is not None and words == screen.page.text[slice(*screen.page_view.selection)]


def caret_at(words):
    return lambda screen: screen.page_view.caret is not None and screen.page.text.startswith(words, screen.page_view.caret)


def reading(title):
    return lambda screen: screen.page is not None and screen.page.entry.display_title.startswith(title) and screen.page_view.has_focus


def position(test):
    return lambda screen: test(screen.page_view.position)


def notes(count, kind):
    return lambda screen: sum(note.kind == kind for note in screen.library.notes()) == count


LONG = ("s", "G", "G", "enter")
TRIED = {
    # action: (keys that lead there, key, what is true then). "G G" puts the cursor on the clock, whatever the order is.
    "screen.search": ((), "slash", lambda s: s.bar.use == "search" and s.bar.field.has_focus),
    "screen.save-search": (("slash", *"crew"), "ctrl+s", lambda s: list(s.library.saved_searches()) == ["crew"]),
    "screen.unfold": (("at", "enter"), "plus", lambda s: s.rows.count == 3),
    "screen.go": ((), "enter", reading("Ferry")),
    "screen.back": (READ, "escape", lambda s: s.rows.has_focus),
    "screen.next": (("slash", *"numbers", "enter"), "n", lambda s: s.rows.cursor == 1),
    "screen.previous": (("slash", *"numbers", "enter", "n"), "N", lambda s: s.rows.cursor == 0),
    "screen.attribute": ((*READ, "full_stop"), "S", dialog(Choice)),
    "screen.next-quote": (READ, "full_stop", lambda s: s.page_view.quote is not None),
    "screen.previous-quote": ((*READ, "full_stop", "full_stop"), "comma", lambda s: s.page_view.quote.speaker == "Odile Marsh"),
    "screen.note": (READ, "a", dialog(NoteEditor)),
    "screen.highlight": ((*READ, "v"), "h", notes(1, "highlight")),
    "screen.bookmark": (READ, "b", notes(1, "bookmark")),
    "screen.copy": ((*READ, "v"), "y", told("copied")),
    "screen.place": (READ, "P", told("no note on words here")),
    "screen.edit": ((*READ, "v", "h"), "e", dialog(NoteEditor)),
    "screen.pick": ((*READ, "v", "h", "escape", "ampersand"), "space", lambda s: s.picked),
    "screen.delete": ((*READ, "v", "h"), "d", notes(0, "highlight")),
    "screen.undo": ((*READ, "v", "h"), "u", notes(0, "highlight")),
    "screen.redo": ((*READ, "v", "h", "u"), "U", notes(1, "highlight")),
    "screen.versions": ((*READ, "v", "h"), "V", dialog((Told, PairList))),
    "screen.colour": ((*READ, "v"), "H", dialog(Choice)),
    "screen.notes": ((), "ampersand", mode("notes")),
    "screen.tag-list": ((), "number_sign", mode("tags")),
    "screen.rename-tag": (("number_sign",), "R", dialog(Questions)),
    "screen.mark": (READ, "m", dialog(OneKey)),
    "screen.go-to-mark": (READ, "apostrophe", dialog(OneKey)),
    "screen.name-bookmark": (READ, "B", dialog(Questions)),
    "screen.jump-back": ((*LONG, "colon", *"50%", "enter"), "ctrl+o", position(lambda at: at == 0)),
    "screen.jump-forward": (READ, "alt+right", told("nowhere to go forward to")),
    "screen.quotes": ((), "quotation_mark", mode("quotes")),
    "screen.speakers": ((), "at", mode("speakers")),
    "screen.merge": (("at",), "M", dialog(Choice)),
    "screen.split": ((*READ, "full_stop"), "X", dialog(Choice)),
    "screen.find": (READ, "f", lambda s: s.bar.use == "find" and s.bar.field.has_focus),
    "screen.sort": ((), "s", lambda s: s.listing.order == "date"),
    "screen.tags": ((), "t", dialog(Questions)),
    "screen.correct": ((), "c", dialog(Questions)),
    "screen.add": ((), "A", dialog(Questions)),
    "screen.refresh": ((), "r", lambda s: s.adding.running or told("nothing has changed")(s)),
    "screen.cancel": ((), "x", lambda s: not s.adding.running),
    "screen.problems": ((), "exclamation_mark", dialog(PairList)),
    "screen.furniture": (READ, "z", lambda s: not s.page_view.fold_furniture),
    "screen.original": ((), "o", told("its address is copied: file:")),
    "screen.folder": ((), "O", told("its address is copied: file:")),
    "screen.links": (READ, "l", lambda s: len(s.app.screen_stack) > 1),
    "screen.follow": (READ, "L", told("no link here")),
    "screen.outline": (READ, "T", lambda s: len(s.app.screen_stack) > 1),
    "screen.search-words": ((*READ, "v"), "K", lambda s: s.listing.mode == "hits" and "Ferry" in s.listing.query),
    "screen.find-words": ((*READ, *"wwww"), "asterisk", lambda s: s.page_view.found[0] and s.page_view.found[1] == 3),
    "screen.older": ((*READ, "escape", "j", "enter"), "less_than_sign", reading("Ferry")),
    "screen.newer": ((*READ, "escape", "j", "enter", "less_than_sign"), "greater_than_sign", reading("Harbour")),
    "screen.focus": (READ, "F", lambda s: not s.rows.display and not s.bar.display),
    "screen.narrower": (READ, "minus", lambda s: s.page_view.measure == 66),
    "screen.wider": (READ, "equals_sign", lambda s: s.page_view.measure == 74),
    "screen.justify": (READ, "J", lambda s: s.page_view.typography.justify),
    "screen.theme": ((), "ctrl+t", dialog(Choice)),
    "screen.palette": ((), "ctrl+p", dialog(Choice)),
    "screen.settings": ((), "E", lambda s: any("settings" in said.message for said in s.app._notifications)),
    "screen.command": ((), "colon", lambda s: s.bar.use == "command" and s.bar.field.has_focus),
    "screen.tour": ((), "ctrl+n", lambda s: s.query("TourLine")),
    "screen.suspend": ((), "ctrl+z", lambda s: s.app.stopped),
    "screen.switch": ((), "tab", lambda s: s.page_view.has_focus),
    "screen.quit": ((), "q", lambda s: not s.app.is_running or s.app._exit),
    "screen.help": ((), "question_mark", dialog(PairList)),
    "page.down": ((*LONG, "9"), "j", position(lambda at: at > 100)),
    "page.up": ((*LONG, "G", "9"), "k", lambda s: 0 < s.page_view.progress < 100),
    "page.half-down": (LONG, "ctrl+d", position(lambda at: at > 0)),
    "page.half-up": ((*LONG, "G"), "ctrl+u", lambda s: 0 < s.page_view.progress < 100),
    "page.page-down": (LONG, "space", position(lambda at: at > 100)),
    "page.page-up": ((*LONG, "space"), "pageup", position(lambda at: at == 0)),
    "page.top": ((*LONG, "G"), "g", position(lambda at: at == 0)),
    "page.bottom": (LONG, "G", lambda s: s.page_view.progress == 100),
    "page.percent": ((*LONG, "5", "0"), "percent_sign", lambda s: abs(s.page_view.position - len(s.page.text) / 2) < 200),
    "page.next-paragraph": (LONG, "right_curly_bracket", position(lambda at: at > 0)),
    "page.previous-paragraph": ((*LONG, "9", "right_curly_bracket", "8"), "left_curly_bracket", position(lambda at: 0 < at < 100)),
    "page.select": ((*READ, "w", "w"), "v", selected("Crew")),
    "page.sentence": (READ, "s", selected("Ferry Crew Asks for a Timetable")),
    "page.next-sentence": ((*READ, "v"), "right_square_bracket", lambda s: s.page.text[s.page_view.selection[0] :].startswith("OLD QUAY")),
    "page.previous-sentence": ((*READ, "v", "right_square_bracket"), "left_square_bracket", selected("Ferry Crew Asks for a Timetable")),
    "page.word": ((*READ, "w"), "w", caret_at("Crew")),
    "page.word-back": ((*READ, "w", "w"), "W", caret_at("Ferry")),
    "page.character": ((*READ, "w"), "right", caret_at("erry")),
    "page.character-back": ((*READ, "w", "right"), "left", caret_at("Ferry")),
    "page.line-start": ((*READ, "w", "w"), "circumflex_accent", caret_at("Ferry")),
    "page.line-end": ((*READ, "w"), "dollar_sign", caret_at("e\n")),
    "page.sentence-on": ((*READ, "w"), "right_parenthesis", caret_at("OLD QUAY")),
    "page.sentence-back": ((*READ, "w", "2", "right_parenthesis"), "left_parenthesis", caret_at("OLD QUAY")),
    "page.paragraph": (READ, "p", selected("Ferry Crew Asks for a Timetable")),
    "page.object": (READ, "i", dialog(OneKey)),
    "page.other-end": ((*READ, "w", "w", "v", "w"), "o", caret_at("Crew Asks")),
    "page.clear-selection": ((*READ, "v"), "escape", lambda s: s.page_view.selection is None and s.page_view.has_focus),
    "list.down": ((), "j", lambda s: s.rows.cursor == 1),
    "list.up": (("G",), "k", lambda s: s.rows.cursor == 1),
    "list.half-down": ((), "ctrl+d", lambda s: s.rows.cursor == 2),
    "list.half-up": (("G",), "ctrl+u", lambda s: s.rows.cursor == 0),
    "list.page-down": ((), "pagedown", lambda s: s.rows.cursor == 2),
    "list.page-up": (("G",), "pageup", lambda s: s.rows.cursor == 0),
    "list.first": (("G",), "g", lambda s: s.rows.cursor == 0),
    "list.last": ((), "G", lambda s: s.rows.cursor == 2),
    "list.activate": (("j",), "enter", reading("Harbour")),
}


def test_every_action_is_tried():
    assert set(TRIED) == {action.id for action in ACTIONS}


@pytest.mark.parametrize("name", TRIED)
async def test_an_action_does_what_its_key_is_for(library, name, monkeypatch, tmp_path):
    monkeypatch.setenv("PULLQUOTE_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.setattr(ReadingRoom, "stopped", False, raising=False)
    monkeypatch.setattr(ReadingRoom, "action_suspend_process", lambda self: setattr(self, "stopped", True))  # tested in a terminal
    action = next(action for action in ACTIONS if action.id == name)
    before, key, then = TRIED[name]
    assert key in action.keys.split(",")
    async with window(library) as (screen, pilot):
        for pressed in before:
            await pilot.press(pressed)
            await pilot.pause()
            if pressed in ("enter", "ampersand", "quotation_mark", "at", "u"):
                await settled(pilot, lambda: not screen._searching)
                await pilot.pause(0.05)
        await pilot.press(key)
        await settled(pilot, lambda: then(screen))


async def test_every_action_has_a_key_a_line_in_the_help_an_entry_in_the_palette_and_a_command(library):
    help_lines, commands = dict(zip((about for _, about in all_keys()), (keys for keys, _ in all_keys()), strict=True)), short_names()
    async with window(library) as (screen, _):
        palette = {name: (about, keys) for name, about, keys in screen.palette()}
        for action in ACTIONS:
            owner = {"screen": screen, "page": screen.page_view, "list": screen.rows}[action.part]
            assert keys_of(action)
            assert help_lines[f"{action.about}{PARTS[action.part]}"] == " ".join(keys_of(action))
            assert palette[action.id] == (f"{action.about}{PARTS[action.part]}", " ".join(keys_of(action)))
            assert commands[action.id] is action
            owner, deed = (screen, action.deed[7:]) if action.deed.startswith("screen.") else (owner, action.deed)
            assert hasattr(owner, f"action_{deed.partition('(')[0]}")


def test_no_two_actions_of_a_part_have_the_same_key_and_none_the_same_id():
    pairs = [(action.part, key) for action in ACTIONS for key in action.keys.split(",")]
    assert len(pairs) == len(set(pairs))
    assert len({action.id for action in ACTIONS}) == len(ACTIONS)


async def test_the_palette_finds_an_action_by_its_words_and_does_it(library):
    async with window(library) as (screen, pilot):
        await pilot.press("ctrl+p")
        await settled(pilot, lambda: dialog(Choice)(screen))
        await pilot.press(*"bookmark the document")
        await pilot.press("enter")
        await settled(pilot, lambda: notes(1, "bookmark")(screen))


async def test_a_theme_is_chosen_and_kept(library):
    async with window(library) as (screen, pilot):
        await pilot.press("ctrl+t")
        await settled(pilot, lambda: dialog(Choice)(screen))
        await pilot.press(*"light", "enter")
        await settled(pilot, lambda: screen.app.theme == "light")
        screen.save_state()
    async with window(library) as (screen, _):
        assert screen.app.theme == "light"


def test_no_key_of_a_dialog_goes_by_the_name_of_an_action():
    from textual.binding import Binding

    from reader.tui import choice, dialogs, footnote, help, link_labels, outline  # noqa: A004 - the module of that name
    from reader.tui.dialog import Dialog

    modules = (choice, dialogs, footnote, help, link_labels, outline)
    kinds = {kind for module in modules for kind in vars(module).values() if isinstance(kind, type) and issubclass(kind, Dialog)}
    named = {key.id for kind in kinds for key in kind.BINDINGS if isinstance(key, Binding) and key.id}
    assert len(kinds) > 8
    assert not named & {action.id for action in ACTIONS}, "who gives that action another key would give it to the dialog, too"

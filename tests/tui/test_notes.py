"""Notes in the window: looked through, picked, tagged, coloured, placed; tags, marks, the way back, redo."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.tui.choice import Choice
from reader.tui.dialogs import NoteEditor, Questions
from reader.tui.help import OneKey, Told
from reader.tui.jumps import KEPT, Jumps, Spot
from reader.tui.note_panel import NotePanel
from reader.tui.page_style import CLASSES
from tests.tui.test_window import DOCUMENTS, library, saved
from tests.tui.windows import frame, settled, window

__all__ = ["library", "saved"]  # the fixtures

SAID = "A timetable is a promise with numbers in it"


def noted(library, words, body="", tags=(), title="Ferry", **options):
    document = library.find(title).id
    return library.annotate(document, *library.place_words(document, words, 1), body, tags, **options)


@pytest.fixture
def notes(library):
    return [
        noted(library, SAID, "who said no?", ["wages/steps"]),
        noted(library, "night ferry", "which one", ["boats"]),
        noted(library, "two lines", "short", ["wages"], "Harbour Board"),
    ]


async def opened(screen, pilot, key="ampersand", mode="notes"):
    await pilot.press(key)
    await settled(pilot, lambda: screen.listing.mode == mode)


async def answered(screen, pilot, dialog, *keys):
    await settled(pilot, lambda: isinstance(pilot.app.screen, dialog))
    await pilot.press(*keys)
    await settled(pilot, lambda: pilot.app.screen is screen)


async def test_notes_are_narrowed_by_words_nearly_right_and_by_operators(library, notes):
    async with window(library) as (screen, pilot):
        await opened(screen, pilot)
        assert [n.id for n in screen.listing.notes] == [n.id for n in reversed(notes)]
        await pilot.press("f", *"promisse")
        await settled(pilot, lambda: [n.id for n in screen.listing.notes] == [notes[0].id])
        await pilot.press("enter", "escape")
        await settled(pilot, lambda: len(screen.listing.notes) == 3)
        await pilot.press("f", *"tag:wages")
        await settled(pilot, lambda: len(screen.listing.notes) == 2)
        assert "Notes tag:wages" in frame(pilot)


async def test_the_note_at_the_cursor_is_shown_whole_below_its_page(library, notes):
    library.edit(notes[1], body="**Which** one?\n\n- the old one\n- the new one")
    async with window(library) as (screen, pilot):
        await opened(screen, pilot)
        await pilot.press("j")
        await settled(pilot, lambda: "• the old one" in frame(pilot))
        assert "**" not in frame(pilot).split("the old one")[0].split("\n")[-2]
        assert "#boats" in frame(pilot)


async def test_picked_notes_are_tagged_at_once_and_undo_and_redo_go_both_ways(library, notes):
    async with window(library) as (screen, pilot):
        await opened(screen, pilot)
        await pilot.press("space", "space")
        assert "2 picked" in frame(pilot)
        await pilot.press("t")
        await answered(screen, pilot, Questions, *"later", "tab", *"wages", "ctrl+s")
        await settled(pilot, lambda: [set(n.tags) for n in library.notes()] == [{"wages/steps"}, {"boats", "later"}, {"later"}])
        await pilot.press("u")
        await settled(pilot, lambda: library.notes()[2].tags == ("wages",))
        await pilot.press("U")
        await settled(pilot, lambda: library.notes()[2].tags == ("later",))


async def test_picked_notes_are_deleted_together(library, notes):
    async with window(library) as (screen, pilot):
        await opened(screen, pilot)
        await pilot.press("space", "j", "space", "d")
        await settled(pilot, lambda: [n.id for n in library.notes()] == [notes[1].id])
        await pilot.press("u")
        await settled(pilot, lambda: len(library.notes()) == 3)


async def test_tags_are_a_tree_with_counts_and_are_renamed(library, notes):
    async with window(library) as (screen, pilot):
        await opened(screen, pilot, "number_sign", "tags")
        assert [count.tag for count in (screen.listing._tags.listed)] == ["boats", "wages", "wages/steps"]
        assert "#wages  2 notes" in frame(pilot)
        await pilot.press("j", "R")
        await answered(screen, pilot, Questions, *["backspace"] * 5, *"pay", "ctrl+s")
        await settled(pilot, lambda: [n.tags for n in library.notes()] == [("pay/steps",), ("boats",), ("pay",)])
        await settled(pilot, lambda: "#pay" in frame(pilot))
        await pilot.press("enter")
        await settled(pilot, lambda: screen.listing.mode == "notes" and len(screen.listing.notes) == 2)


async def test_colours_are_chosen_named_and_kept(library, notes):
    async with window(library) as (screen, pilot):
        await opened(screen, pilot)
        await pilot.press("H")
        await answered(screen, pilot, Choice, *"red", "enter")
        await settled(pilot, lambda: library.notes("colour:red") != [])
        await pilot.press("H")
        await settled(pilot, lambda: isinstance(pilot.app.screen, Choice))
        await pilot.press(*"say", "enter")
        await answered(screen, pilot, Questions, "tab", "tab", "tab", *"doubtful", "ctrl+s")
        await settled(pilot, lambda: library.colours()["red"] == "doubtful")
        await settled(pilot, lambda: "doubtful" in frame(pilot))
        assert {f"page--{colour}" for colour in library.colours() if colour != "yellow"} <= CLASSES


async def test_words_that_changed_are_shown_before_and_after(library, saved, notes):
    (saved / "ferry.txt").write_text(DOCUMENTS["ferry.txt"].replace("promise with", "promise full of"), encoding="utf-8")
    list(library.add([saved]))
    async with window(library) as (screen, pilot):
        await opened(screen, pilot)
        await pilot.press("G")
        await settled(pilot, lambda: "now  “A timetable is a promise full of numbers in it”" in frame(pilot))
        assert f"was  “{SAID}”" in frame(pilot)
        assert "words changed" in frame(pilot)


async def test_a_note_that_lost_its_words_is_offered_places_and_put_on_one(library, saved, notes):
    (saved / "ferry.txt").write_text(DOCUMENTS["ferry.txt"].replace(SAID, "Numbers are promises, in a plan"), encoding="utf-8")
    list(library.add([saved]))
    async with window(library) as (screen, pilot):
        await opened(screen, pilot)
        await pilot.press("G")
        await settled(pilot, lambda: "P offers places" in frame(pilot))
        await pilot.press("P")
        await settled(pilot, lambda: isinstance(pilot.app.screen, Choice) and "where they stood" in frame(pilot))
        await answered(screen, pilot, Choice, "enter")
        await settled(pilot, lambda: library.note(notes[0].id).state == "anchored")
        assert library.note(notes[0].id).exact == SAID


async def test_a_lost_note_is_put_on_words_selected_by_hand(library, saved, notes):
    (saved / "ferry.txt").write_text(DOCUMENTS["ferry.txt"].replace(SAID, "Nothing of the kind"), encoding="utf-8")
    list(library.add([saved]))
    async with window(library) as (screen, pilot):
        screen.open_document(notes[0].document)
        screen.read()
        screen.page_view.select((0, 10))
        await pilot.press("P")
        await answered(screen, pilot, Choice, "enter")
        await settled(pilot, lambda: library.note(notes[0].id).start == 0)


async def test_the_past_of_a_note_is_listed(library, notes):
    library.edit(notes[2], body="shorter")
    async with window(library) as (screen, pilot):
        await opened(screen, pilot)
        await pilot.press("V")
        await settled(pilot, lambda: isinstance(pilot.app.screen, Told) and "shorter" in frame(pilot))
        assert "#wages" in frame(pilot)


async def test_a_note_on_a_whole_document_is_written_in_the_list(library):
    async with window(library) as (screen, pilot):
        await pilot.press("a")
        await settled(pilot, lambda: isinstance(pilot.app.screen, NoteEditor))
        await answered(screen, pilot, NoteEditor, *"all of it", "ctrl+s")
        assert [(n.body, n.anchor) for n in library.notes()] == [("all of it", None)]
        await settled(pilot, lambda: "●1" in frame(pilot))


async def test_a_mark_is_set_moved_and_gone_to(library):
    async with window(library) as (screen, pilot):
        await pilot.press("G", "enter", "G", "m")
        await answered(screen, pilot, OneKey, "a")
        await settled(pilot, lambda: [n.body for n in library.notes()] == ["a"])
        await opened(screen, pilot)
        await settled(pilot, lambda: "mark a" in frame(pilot))
        await pilot.press("escape")
        first = library.notes()[0]
        await pilot.press("escape", "g", "enter", "m")
        await answered(screen, pilot, OneKey, "b")
        await pilot.press("apostrophe")
        await settled(pilot, lambda: isinstance(pilot.app.screen, OneKey) and "a  “" in frame(pilot))
        await answered(screen, pilot, OneKey, "a")
        assert screen.page.id == first.document
        assert screen.page_view.has_focus
        await pilot.press("g", "m")
        await answered(screen, pilot, OneKey, "a")
        await settled(pilot, lambda: sorted(n.body for n in library.notes()) == ["a", "b"])
        assert next(n for n in library.notes() if n.body == "a").id != first.id
        await pilot.press("u")
        await settled(pilot, lambda: any(n.id == first.id for n in library.notes()))


async def test_the_way_back_from_a_jump_and_forward_again(library, notes):
    clock, board, ferry = (library.find(title).id for title in ("Clock", "Harbour Board", "Ferry"))
    async with window(library) as (screen, pilot):

        async def reads(document, *keys):
            await pilot.press(*keys)
            await settled(pilot, lambda: screen.page is not None and screen.page.id == document and screen.page_view.has_focus)

        await pilot.press("G")
        await settled(pilot, lambda: screen.page.id == clock)
        await reads(clock, "enter")
        await opened(screen, pilot)
        await settled(pilot, lambda: screen.page.id == board)
        await reads(board, "enter")
        await pilot.press("escape", "G")
        await settled(pilot, lambda: screen.page.id == ferry)
        await reads(ferry, "enter")
        await reads(board, "ctrl+o")
        await reads(clock, "ctrl+o")
        await reads(board, "alt+right")
        await reads(ferry, "alt+right")
        await pilot.press("alt+right")
        await settled(pilot, lambda: "nowhere to go forward to" in frame(pilot))


async def test_a_bookmark_is_given_a_name(library):
    async with window(library) as (screen, pilot):
        await pilot.press("enter", "B")
        await answered(screen, pilot, Questions, *"the start", "enter")
        await settled(pilot, lambda: [(n.kind, n.body) for n in library.notes()] == [("bookmark", "the start")])


async def test_an_edit_against_another_windows_edit_keeps_both_and_says_so(library, notes):
    async with window(library) as (screen, pilot):
        await opened(screen, pilot)
        await pilot.press("e")
        await settled(pilot, lambda: isinstance(pilot.app.screen, NoteEditor))
        library.edit(notes[2], body="theirs")
        await answered(screen, pilot, NoteEditor, *" mine", "ctrl+s")
        assert sorted(n.body for n in library.notes())[1:] == ["theirs", "which one", "who said no?"]
        assert "both texts are kept" in frame(pilot)


async def test_the_body_is_written_in_the_users_own_editor(library, notes, monkeypatch):
    monkeypatch.setattr("reader.tui.opening.written", lambda _, text: text + " and more")
    async with window(library) as (screen, pilot):
        await opened(screen, pilot)
        await pilot.press("e")
        await settled(pilot, lambda: isinstance(pilot.app.screen, NoteEditor))
        await answered(screen, pilot, NoteEditor, "ctrl+e", "ctrl+s")
        assert library.note(notes[2].id).body == "short and more"


async def test_hostile_notes_reach_the_panel_tamed(library):
    noted(library, SAID, "\x1b]52;c;ZXZpbA==\x07[bold]x[/bold]\n\n[link](javascript:evil) \u202e", ["\x1b[31m"])
    async with window(library) as (screen, pilot):
        await opened(screen, pilot)
        await settled(pilot, lambda: screen.query_one(NotePanel).has_class("shown"))
        shown = frame(pilot)
        assert not set(shown) & set("\x1b\x07\u202e\x9b")
        assert "[bold]x[/bold]" in shown


@given(st.lists(st.one_of(st.just("back"), st.just("forward"), st.integers(0, 5)), max_size=40))
def test_jumps_go_back_and_forward_like_a_browser(steps):
    jumps, here = Jumps(), Spot("d0", 0)
    behind: list[Spot] = []
    ahead: list[Spot] = []
    for step in steps:
        if step == "back":
            spot = jumps.back(here)
            assert spot == (behind[-1] if behind else None)
            if behind:
                ahead.append(here)
                here = behind.pop()
        elif step == "forward":
            spot = jumps.forward(here)
            assert spot == (ahead[-1] if ahead else None)
            if ahead:
                behind.append(here)
                here = ahead.pop()
        elif (there := Spot(f"d{step}", 0)) != here:
            jumps.leave(here)
            if not behind or behind[-1] != here:
                behind.append(here)
            ahead = []
            here = there
        assert len(behind) <= KEPT

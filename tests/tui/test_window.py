"""The window, driven by keys and mouse as a reader drives it."""

import pytest
from textual import events
from textual.widgets import Input

from reader.errors import Full, StoreError
from reader.library import Library
from reader.tui.actions import all_keys
from reader.tui.bars import KeyBar
from reader.tui.dialogs import NoteEditor, Questions
from reader.tui.help import PairList
from tests.libraries import filled, written
from tests.tui.windows import frame, searched, settled, window

DOCUMENTS = {
    "ferry.txt": "Ferry Crew Asks for a Timetable\n\nOLD QUAY, Wexland (Wexwire) — The crew of the night ferry asked the board for a timetable.\n\n"
    "“A timetable is a promise with numbers in it,” said Odile Marsh, the mate. “We would like one.”\n\nThe board said it would think.\n",
    "board.txt": "Harbour Board Answers\n\nThe harbour board answered in two lines. It said nothing about numbers.\n",
    "clock.txt": "The Clock on the Quay\n\n" + "\n\n".join(f"Paragraph {n}: the clock has stopped again." for n in range(60)) + "\n",
}


@pytest.fixture
def library(tmp_path):
    with filled(tmp_path, DOCUMENTS) as opened:
        yield opened


@pytest.fixture
def saved(tmp_path):
    return written(tmp_path, DOCUMENTS)


# -- the list and the page -------------------------------------------------------------------------------------------------------


async def test_the_first_frame_shows_the_documents_and_one_of_them(library):
    async with window(library) as (screen, pilot):
        shown = frame(pilot)
        assert "Ferry Crew Asks for a Timetable" in shown
        assert "A timetable is a promise" in shown
        assert "Wexwire" in shown
        assert "3 documents" in shown
        assert screen.rows.has_focus


async def test_moving_in_the_list_shows_each_document_and_enter_gives_the_page_the_keys(library):
    async with window(library) as (screen, pilot):
        await pilot.press("j")
        await settled(pilot, lambda: screen.page.entry.display_title == "Harbour Board Answers")
        assert screen.rows.has_focus
        await pilot.press("enter")
        assert screen.page_view.has_focus
        await pilot.press("escape")
        assert screen.rows.has_focus


async def test_sorting_and_filtering(library):
    library.correct(library.find("clock").id, date="2024-01-01")
    async with window(library) as (screen, pilot):
        await pilot.press("s")
        assert screen.listing.order == "date"
        await pilot.press("f", *"harb")
        await settled(pilot, lambda: screen.listing.shown == 1)
        assert "1 of 3 documents" in frame(pilot)
        await pilot.press("escape")
        await settled(pilot, lambda: screen.listing.shown == 3)


async def test_an_empty_library_says_what_to_do_and_enter_opens_the_samples(tmp_path):
    with Library.open(tmp_path / "library") as library:
        async with window(library) as (screen, pilot):
            assert "A  add a folder" in frame(pilot)
            await pilot.press("enter")
            await settled(pilot, lambda: len(screen.listing.entries) >= 12 and screen.page is not None)
            assert library.documents() == []


async def test_a_view_shows_exactly_what_was_named_and_a_takes_it_in(tmp_path, saved):
    with Library.open(tmp_path / "library") as library:
        async with window(library, [str(saved / "ferry.txt")], look=True) as (screen, pilot):
            await settled(pilot, lambda: screen.page is not None)
            assert screen.page_view.has_focus
            assert [entry.display_title for entry in screen.listing.entries.values()] == ["Ferry Crew Asks for a Timetable"]
            assert library.documents() == []
            await pilot.press("A")
            await settled(pilot, lambda: isinstance(pilot.app.screen, Questions))
            assert pilot.app.screen.query_one(Input).value == str(saved / "ferry.txt")
            await pilot.press("enter")
            await settled(pilot, lambda: len(library.documents()) == 1 and not screen.adding.running)


async def test_narrow_terminals_show_one_part_at_a_time(library):
    async with window(library, size=(60, 20)) as (screen, pilot):
        assert screen.rows.display
        assert not screen.query_one("#right").display
        await pilot.press("enter")
        await pilot.pause()
        assert screen.query_one("#right").display
        assert not screen.rows.display
        await pilot.press("escape")
        await pilot.pause()
        assert screen.rows.display


# -- searching -------------------------------------------------------------------------------------------------------------------


async def test_searching_replaces_the_list_enter_lands_on_the_sentence_and_escape_gives_both_back(library):
    async with window(library) as (screen, pilot):
        await pilot.press("j")
        before = screen.listing.document
        await searched(screen, pilot, "timetabel is a promise numbers")
        assert "1 changed" in frame(pilot)
        hit = screen.listing.hit
        await pilot.press("enter")
        assert screen.page_view.has_focus
        assert screen.page.id == hit.document
        assert screen.page.text[hit.start : hit.end].startswith("“A timetable is a promise")
        await pilot.press("escape")
        assert screen.listing.mode == "hits"
        assert screen.rows.has_focus
        assert screen.listing.hit == hit
        await pilot.press("escape")
        assert screen.listing.mode == "documents"
        assert screen.listing.document == before
        assert screen.bar.has_class("closed")


async def test_n_goes_through_the_hits(library):
    async with window(library) as (screen, pilot):
        await searched(screen, pilot, "the board said")
        await pilot.press("enter")
        first = screen.listing.hit
        await pilot.press("n")
        assert screen.listing.hit != first
        assert screen.page.id == screen.listing.hit.document
        await pilot.press("N")
        assert screen.listing.hit == first


async def test_nothing_found_is_said(library):
    async with window(library) as (screen, pilot):
        await pilot.press("slash", *"xylophone")
        await settled(pilot, lambda: "Nothing like it" in frame(pilot))
        assert screen.listing.hits == []


async def test_finding_in_the_document(library):
    async with window(library) as (screen, pilot):
        await pilot.press("G", "enter", "f", *"clock has")
        await settled(pilot, lambda: "60 places" in frame(pilot))
        await pilot.press("enter")
        assert screen.page_view.has_focus
        await pilot.press("n", "n")
        await settled(pilot, lambda: "3 of 60 places" in frame(pilot))
        await pilot.press("escape")
        assert screen.page_view.has_focus
        await pilot.press("escape")
        assert screen.rows.has_focus


# -- notes -----------------------------------------------------------------------------------------------------------------------


async def write_note(screen, pilot, body="who said no?", tags="wages"):
    await searched(screen, pilot, "promise with numbers")
    await pilot.press("enter", "v", "a")
    await settled(pilot, lambda: isinstance(pilot.app.screen, NoteEditor))
    await pilot.press(*body, "tab", *tags, "ctrl+s")
    await settled(pilot, lambda: pilot.app.screen is screen)


async def test_a_note_is_stored_before_the_screen_says_so(library):
    async with window(library) as (screen, pilot):
        await write_note(screen, pilot)
        made = library.notes()[0]
        assert (made.kind, made.body, made.tags) == ("note", "who said no?", ("wages",))
        assert made.exact.startswith("“A timetable is a promise with numbers in it")
        await settled(pilot, lambda: "●" in frame(pilot))


async def test_giving_up_a_changed_note_is_asked_twice(library):
    async with window(library) as (screen, pilot):
        await pilot.press("enter", "v", "a")
        await settled(pilot, lambda: isinstance(pilot.app.screen, NoteEditor))
        await pilot.press("x", "escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, NoteEditor)
        assert "throws this away" in frame(pilot)
        await pilot.press("escape")
        await settled(pilot, lambda: pilot.app.screen is screen)
        assert library.notes() == []


async def test_a_note_that_cannot_be_stored_stays_on_the_screen_and_in_a_rescue_file(library, tmp_path, monkeypatch):
    async with window(library) as (screen, pilot):
        await pilot.press("enter", "v", "a")
        await settled(pilot, lambda: isinstance(pilot.app.screen, NoteEditor))

        def full(*_, **__):
            raise Full("note", "library.db", "no room left on the disk; nothing was changed")

        monkeypatch.setattr(library.notes_store, "annotate", full)
        await pilot.press(*"precious", "ctrl+s")
        await settled(pilot, lambda: "not kept" in frame(pilot))
        assert "precious" in frame(pilot)
        assert library.notes() == []
        rescued = list((tmp_path / "library" / "rescue").glob("*.txt"))
        assert "precious" in rescued[0].read_text(encoding="utf-8")
        monkeypatch.undo()
        await pilot.press("ctrl+s")
        await settled(pilot, lambda: pilot.app.screen is screen)
        assert [note.body for note in library.notes()] == ["precious"]


async def test_a_note_written_while_the_file_changes_is_kept_and_follows_its_words(library, saved):
    async with window(library) as (screen, pilot):
        await searched(screen, pilot, "promise with numbers")
        await pilot.press("enter", "v", "a")
        await settled(pilot, lambda: isinstance(pilot.app.screen, NoteEditor))
        (saved / "ferry.txt").write_text("Other words altogether.\n\n" + DOCUMENTS["ferry.txt"], encoding="utf-8")
        for _ in library.add([saved]):
            pass
        await pilot.press(*"precious", "ctrl+s")
        await settled(pilot, lambda: pilot.app.screen is screen)
        (note,) = library.notes()
        assert note.body == "precious"
        assert library.read(note.document).text[note.start : note.end] == note.exact
        assert note.exact.startswith("“A timetable")


async def test_highlight_bookmark_delete_and_undo(library):
    async with window(library) as (screen, pilot):
        await pilot.press("enter", "v", "h")
        await settled(pilot, lambda: len(library.notes()) == 1)
        assert library.notes()[0].kind == "highlight"
        await pilot.press("b")
        await settled(pilot, lambda: len(library.notes()) == 2)
        await pilot.press("escape", "b")
        await settled(pilot, lambda: len(library.notes()) == 3)
        await pilot.press("b")
        await settled(pilot, lambda: len(library.notes()) == 2)
        await pilot.press("u")
        await settled(pilot, lambda: len(library.notes()) == 3)
        assert {(note.kind, note.anchor is None) for note in library.notes()} == {
            ("highlight", False),
            ("bookmark", False),
            ("bookmark", True),
        }
        await pilot.press("ampersand")
        await settled(pilot, lambda: screen.listing.mode == "notes")
        await pilot.press("d")
        await settled(pilot, lambda: len(library.notes()) == 2)
        await pilot.press("u")
        await settled(pilot, lambda: len(library.notes()) == 3)


async def test_the_list_of_notes_jumps_to_their_places_and_edits_them(library):
    async with window(library) as (screen, pilot):
        await write_note(screen, pilot)
        await pilot.press("escape", "escape", "G", "ampersand")
        await settled(pilot, lambda: screen.listing.mode == "notes")
        await pilot.press("enter")
        assert screen.page.entry.display_title.startswith("Ferry")
        assert screen.page_view.has_focus
        await pilot.press("escape", "e")
        await settled(pilot, lambda: isinstance(pilot.app.screen, NoteEditor))
        await pilot.press("!", "ctrl+s")
        await settled(pilot, lambda: library.notes()[0].body == "who said no?!")


async def test_another_windows_note_appears(library, tmp_path):
    async with window(library) as (screen, pilot):
        with Library.open(tmp_path / "library") as other:
            document = screen.page.id
            other.annotate(document, 0, 5, "from elsewhere")
        await settled(pilot, lambda: any("●1" in part[0] for row in range(3) for line in screen.rows._source.row(row) for part in line))


async def test_documents_that_others_add_tag_or_take_away_are_listed_as_they_are(library, tmp_path):
    async with window(library) as (screen, pilot):
        await settled(pilot, lambda: screen._timers)  # it has begun to look for others
        chosen = screen.chosen()
        (tmp_path / "later.txt").write_text("Aardvarks on the Quay\n\nNobody expected them.\n", encoding="utf-8")
        with Library.open(tmp_path / "library") as other:
            for _ in other.add([tmp_path / "later.txt"]):
                pass
            await settled(pilot, lambda: "Aardvarks on the Quay" in frame(pilot))
            assert screen.chosen() == chosen, "the cursor stays on its document"
            added = next(entry.id for entry in other.documents() if entry.display_title.startswith("Aardvarks"))
            other.tag(added, ["animals"])
            await settled(pilot, lambda: "#animals" in frame(pilot))
            other.remove([added])
            await settled(pilot, lambda: "Aardvarks" not in frame(pilot))


async def test_copying_takes_the_words_and_their_source(library):
    async with window(library) as (screen, pilot):
        await searched(screen, pilot, "promise with numbers")
        await pilot.press("enter", "v", "y")
        await pilot.pause()
        words, source = pilot.app.clipboard.splitlines()[:2]
        assert words.startswith("“A timetable is a promise with numbers in it,” said Odile Marsh")
        assert "Ferry Crew Asks for a Timetable. Wexwire." in source
        assert "paragraph 3" in source


async def test_selecting_with_the_mouse(library):
    async with window(library) as (screen, pilot):
        await pilot.press("enter")
        await pilot.mouse_down("#page", offset=(8, 1))
        await pilot.hover("#page", offset=(20, 4))
        await pilot.mouse_up("#page", offset=(20, 4))
        assert screen.page_view.selection is not None
        await pilot.press("h")
        await settled(pilot, lambda: len(library.notes()) == 1)


# -- documents -------------------------------------------------------------------------------------------------------------------


async def test_tags_and_corrections(library):
    async with window(library) as (_, pilot):
        await pilot.press("t")
        await settled(pilot, lambda: isinstance(pilot.app.screen, Questions))
        await pilot.press(*"quay, wages/steps", "enter")
        await settled(pilot, lambda: library.find("ferry").tags == ("quay", "wages/steps"))
        await pilot.press("c")
        await settled(pilot, lambda: isinstance(pilot.app.screen, Questions))
        await pilot.press("tab", *"2021-05", "ctrl+s")
        await settled(pilot, lambda: library.find("ferry").metadata.date == "2021-05")
        assert "#quay" in frame(pilot)


async def test_position_document_order_and_search_come_back(library):
    async with window(library) as (screen, pilot):
        await pilot.press("s", "G", "enter", "pagedown", "pagedown")
        await settled(pilot, lambda: screen.page_view.position > 0)
        left, document = screen.page_view.position, screen.page.id
        await searched(screen, pilot, "clock stopped")
        screen.save_state()
    async with window(library) as (screen, pilot):
        await settled(pilot, lambda: screen.listing.mode == "hits")
        assert screen.bar.text == "clock stopped"
        assert screen.listing.order == "date"
        assert screen.page.id == document
        assert screen.page.position == left, "looking at hits is not reading"


async def test_files_that_appear_are_found_at_start_and_failures_are_listed(library, saved):
    (saved / "new.txt").write_text("A New Letter\n\nIt came today.\n", encoding="utf-8")
    (saved / "broken.txt").write_bytes(bytes(range(256)) * 30)
    async with window(library, look=True) as (screen, pilot):
        await settled(pilot, lambda: len(screen.listing.entries) == 4 and not screen.adding.running)
        await settled(pilot, lambda: bool(screen.problems))
        await pilot.press("exclamation_mark")
        await settled(pilot, lambda: isinstance(pilot.app.screen, PairList))
        assert "binary" in frame(pilot)


# -- help and safety -------------------------------------------------------------------------------------------------------------


async def test_the_help_filters(library):
    async with window(library) as (_, pilot):
        await pilot.press("question_mark")
        await settled(pilot, lambda: isinstance(pilot.app.screen, PairList))
        await pilot.press(*"bookmark")
        await settled(pilot, lambda: "Search everything" not in frame(pilot))
        assert "Bookmark the document" in frame(pilot)
        await pilot.press("escape")


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_every_line_of_the_help_can_be_read_whole(library, size):
    async with window(library, size=size) as (_, pilot):
        await pilot.press("question_mark")
        await settled(pilot, lambda: isinstance(pilot.app.screen, PairList))
        for keys, about in all_keys():
            told = " ".join(" ".join(line.split("│")[1] for line in frame(pilot).splitlines() if line.count("│") > 1).split())
            assert keys in told
            assert " ".join(about.split()) in told
            await pilot.press("down")


async def test_the_bar_below_tells_the_keys_that_matter_here(library):
    async with window(library) as (screen, pilot):
        bar = screen.query_one(KeyBar)
        assert "sort" in bar.render().plain
        await pilot.press("enter")
        await pilot.pause()
        assert "sort" not in bar.render().plain
        await pilot.press("v")
        await pilot.pause()
        assert "highlight" in bar.render().plain


async def test_hostile_titles_and_notes_reach_the_screen_tamed(tmp_path):
    saved = tmp_path / "saved"
    saved.mkdir()
    evil = "Evil \x1b]52;c;ZXZpbA==\x07 [/] [bold]title[/bold] \u202eesrever"
    (saved / "evil [red].txt").write_text(f"{evil}\n\nSome body text about {evil}.\n", encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        for _ in library.add([saved]):
            pass
        document = library.documents()[0].id
        library.annotate(document, 0, 4, evil, [evil])
        library.tag(document, [evil])
        async with window(library) as (_, pilot):
            for keys in (["m"], ["escape", "escape", "t"], ["escape", "c"], ["escape", "question_mark"], ["escape", "enter", "v", "y"]):
                await pilot.press(*keys)
                await pilot.pause()
                shown = frame(pilot)
                assert not set(shown) & set("\x1b\x07\u202e\x9b")
            assert "[bold]title[/bold]" in frame(pilot)


async def test_keys_that_arrive_in_one_burst_after_the_slash_are_letters(library):
    async with window(library) as (screen, pilot):
        for key in ["slash", *"doad hbe"]:
            pilot.app.post_message(events.Key("space" if key == " " else key, "/" if key == "slash" else key))
        await settled(pilot, lambda: screen.bar.text == "doad hbe")
        assert library.notes() == []
        assert pilot.app.screen is screen


async def test_a_key_that_waits_when_the_window_is_closed_does_nothing(library):
    async with window(library) as (_, pilot):
        await pilot.press("enter")
    await pilot.app.on_event(events.Key("j", "j"))  # as when its turn comes while the screens are being taken away
    await pilot.app.on_event(events.Key("h", "h"))
    assert library.notes() == []


async def test_enter_before_the_answer_goes_to_the_answer(library):
    async with window(library) as (screen, pilot):
        await pilot.press("slash", *"numbers in it")
        await pilot.press("enter")
        await settled(pilot, lambda: screen.page_view.has_focus)
        assert screen.page.entry.display_title.startswith("Ferry")


async def test_actions_on_words_need_words_in_sight(library):
    async with window(library, size=(70, 24)) as (screen, pilot):
        await pilot.press("j", "h", "y", "m")
        await pilot.pause()
        assert library.notes() == []
        assert pilot.app.screen is screen
        assert "Enter opens it" in frame(pilot)


async def test_a_search_is_asked_again_when_documents_arrive(library, saved):
    async with window(library) as (screen, pilot):
        await pilot.press("slash", *"walrus")
        await settled(pilot, lambda: "Nothing like it" in frame(pilot))
        (saved / "walrus.txt").write_text("The Walrus\n\nThe walrus came.\n", encoding="utf-8")
        screen.start_adding((), keep=True)
        await settled(pilot, lambda: bool(screen.listing.hits))


@pytest.mark.parametrize("width", [70, 120])
async def test_a_list_that_fills_keeps_its_first_document_until_a_key_is_pressed(tmp_path, saved, width):
    async def come(name, screen, pilot):
        (saved / f"{name}.txt").write_text(f"{name}\n\nThe {name} came.\n", encoding="utf-8")
        screen.start_adding([str(saved / f"{name}.txt")], keep=True)
        await settled(pilot, lambda: name in frame(pilot) and not screen.adding.running)
        return screen.rows.cursor

    with Library.open(tmp_path / "empty") as library:
        async with window(library, size=(width, 30)) as (screen, pilot):
            for name in ("Walrus", "Otter"):
                assert await come(name, screen, pilot) == 0
                await settled(pilot, lambda name=name: width == 70 or f"The {name} came." in frame(pilot))
            await pilot.press("ctrl+l")
            assert await come("Heron", screen, pilot) == 1
            await pilot.press("enter")
            await settled(pilot, lambda: "The Otter came." in frame(pilot))


async def test_the_theme_comes_back(library):
    async with window(library) as (screen, pilot):
        pilot.app.theme = "textual-light"
        await pilot.pause()
        screen.save_state()
    async with window(library) as (_, pilot):
        assert pilot.app.theme == "textual-light"


async def test_a_note_is_read_below_the_page_when_the_cursor_is_on_it(library):
    async with window(library) as (screen, pilot):
        await write_note(screen, pilot, "remember this one")
        await pilot.press("escape", "escape", "enter", "n")
        await settled(pilot, lambda: "remember this one" in frame(pilot) and "#wages" in frame(pilot))
        await pilot.press("escape")
        await settled(pilot, lambda: "remember" not in frame(pilot))


# -- copies, wordings, operators, saved searches -----------------------------------------------------------------------------------


@pytest.fixture
def repeated(library, saved):
    """The mate's sentence in two more documents, and once in nearly the same words."""
    said = "“A timetable is a promise with numbers in it,” said Odile Marsh, the mate."
    (saved / "first.txt").write_text(f"First Copy\n\n{said}\n\nIt rained.\n", encoding="utf-8")
    (saved / "second.txt").write_text(f"Second Copy\n\n{said}\n\nThe sun shone.\n", encoding="utf-8")
    (saved / "third.txt").write_text(f"Another Wording\n\n{said.replace('numbers', 'figures')}\n", encoding="utf-8")
    for _ in library.add([saved]):
        pass
    return library


async def test_copies_are_one_hit_and_plus_opens_them(repeated):
    async with window(repeated) as (screen, pilot):
        await searched(screen, pilot, "timetable promise numbers said Marsh")
        assert "2 copies · 2 wordings" in frame(pilot)
        shown = len(screen.listing.hits)
        await pilot.press("down", "up", "enter", "escape")
        await pilot.press("plus")
        unfolded = screen.listing.hits
        assert len(unfolded) == shown + 3
        assert unfolded[1].why.startswith("another wording")
        assert {hit.why for hit in unfolded[2:4]} == {"copy"}
        await pilot.press("j", "j", "j")
        await settled(pilot, lambda: screen.page.id == unfolded[3].document)
        assert screen.page.text[unfolded[3].start : unfolded[3].end].startswith("“A timetable is")
        await pilot.press("k", "k", "k", "plus")
        assert len(screen.listing.hits) == shown


async def test_operators_narrow_and_what_is_none_is_said(library):
    async with window(library) as (screen, pilot):
        await searched(screen, pilot, "harbour numbers in:answers")
        assert {hit.display_title for hit in screen.listing.hits} == {"Harbour Board Answers"}
        await pilot.press("escape", "escape")
        await searched(screen, pilot, "colour:red numbers")
        assert "colour: is no operator; searched as text" in frame(pilot)


async def test_nothing_found_offers_near_words(library):
    async with window(library) as (_, pilot):
        await pilot.press("slash", *"timetubbies")
        await settled(pilot, lambda: "Nothing like it" in frame(pilot))
        assert "timetable" in frame(pilot)


async def test_the_bar_offers_operators_tags_and_saved_searches(library):
    library.tag(library.find("clock").id, ["clocks/stopped"])
    library.save_search("promise with numbers")
    async with window(library) as (screen, pilot):
        await pilot.press("slash", *"wages fr")
        await settled(pilot, lambda: screen.bar.field._suggestion == "wages from:")
        await pilot.press("right")
        assert screen.bar.text == "wages from:"
        for typed, offered in (("tag:cl", "tag:clocks/stopped"), ("has:", "has:note"), ("promise w", "promise with numbers")):
            screen.bar.field.value = typed
            screen.bar.field.cursor_position = len(typed)
            await settled(pilot, lambda offered=offered: screen.bar.field._suggestion == offered)


async def test_a_search_is_saved_listed_run_and_forgotten(library):
    async with window(library) as (screen, pilot):
        await searched(screen, pilot, "numbers")
        await pilot.press("ctrl+s")
        assert library.saved_searches() == ["numbers"]
        await pilot.press("escape", "escape", "slash")
        await settled(pilot, lambda: screen.listing.mode == "saved")
        assert "1 saved search" in frame(pilot)
        await pilot.press("enter")
        await settled(pilot, lambda: screen.listing.mode == "hits" and screen.listing.query == "numbers")
        await pilot.press("ctrl+s")
        assert library.saved_searches() == []


async def test_a_search_that_fails_says_so_and_the_window_goes_on(library, monkeypatch):
    def broken(*args, **options):
        raise StoreError("search", "index.db", "damaged")

    async with window(library) as (screen, pilot):
        monkeypatch.setattr(library, "answer", broken)
        await pilot.press("slash", *"board")
        await settled(pilot, lambda: any("search: index.db: damaged" in notice.message for notice in pilot.app._notifications))
        monkeypatch.undo()
        await pilot.press("escape")
        await searched(screen, pilot, "numbers")

"""The first start, and the tour."""

import pytest

from reader.library import Library
from reader.paths import sample_documents
from reader.tui.app import ReadingRoom
from reader.tui.tour import EXAMPLE, STEPS, linear
from tests.tui.windows import frame, settled, window


async def test_the_first_start_shows_the_samples_and_one_line_on_what_to_do(tmp_path):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("A Letter of Mine\n\nIt is short.\n", encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        async with window(library, look=True) as (screen, pilot):
            await settled(pilot, lambda: len(screen.listing.entries) >= 12 and screen.page is not None and not screen.adding.running)
            assert "A takes in your own articles" in frame(pilot)
            assert library.documents() == []
            await pilot.press("A")
            await settled(pilot, lambda: type(pilot.app.screen).__name__ == "Questions")
            await pilot.press(*str(mine), "enter")
            await settled(pilot, lambda: [e.display_title for e in screen.listing.entries.values()] == ["A Letter of Mine"])
            assert "A takes in your own articles" not in frame(pilot)


async def begins_where_most_is_quoted(library, touring):
    app = ReadingRoom(library, [str(sample_documents())] if touring else ())
    screen, app.reading.touring = app.reading, touring
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot, lambda: screen.page is not None and len(screen.listing.entries) >= 12 and not screen.adding.running)
        most = max(len(library.read(document).quotes) for document in screen.listing.entries)
        await settled(pilot, lambda: screen.page and screen.page.id == screen.listing.document and len(screen.page.quotes) == most)
        app.workers.cancel_all()


@pytest.mark.parametrize("touring", [False, True])
async def test_the_samples_begin_where_most_is_quoted_at_every_start(tmp_path, touring):
    with Library.open(tmp_path / "library") as library:
        for _ in range(2):
            await begins_where_most_is_quoted(library, touring)


async def test_the_tour_goes_on_by_itself_when_each_step_is_done(tmp_path):
    with Library.open(tmp_path / "library") as library:
        async with window(library, [str(sample_documents())], look=True) as (screen, pilot):
            await settled(pilot, lambda: len(screen.listing.entries) >= 12 and screen.page is not None and not screen.adding.running)
            screen.listing.set_cursor(max(screen.listing.entries, key=lambda document: len(library.read(document).quotes)))
            screen.preview()
            keys = [["ctrl+n"], ["enter"], ["full_stop"], ["slash", *EXAMPLE], ["enter"], ["v"], ["y"], ["a"], ["ampersand"], ["at"]]
            for number, pressed in enumerate(keys, 1):
                await pilot.pause(0.4)  # as somebody who reads what to do: nothing else is going on that would notice a step by chance
                for key in pressed:
                    await pilot.press(key)
                if pressed == ["a"]:
                    await settled(pilot, lambda: type(pilot.app.screen).__name__ == "NoteEditor")
                    await pilot.press(*"mine", "ctrl+s")
                await settled(pilot, lambda number=number: screen.tour_step == number - 1)
                if number == 4:
                    await settled(pilot, lambda: screen.listing.query == EXAMPLE)
            assert "That is most of it" in frame(pilot)
            await pilot.press("ctrl+n")
            await settled(pilot, lambda: not screen.query("TourLine"))


def test_without_a_window_the_tour_is_a_list():
    assert len(linear()) == len(STEPS)
    assert linear()[2].endswith(EXAMPLE)

"""A search that is answered late: what the reader has gone on to stays as it is."""

import threading
from dataclasses import replace

import pytest

from tests.libraries import filled
from tests.tui.windows import settled, window

SENTENCES = {
    "clock": "The clock keeps a timetable of promises.",
    "harbour": "Nobody on the harbour board had read the ferry crew's long timetable of promises before the vote.",
    "rope": "A rope, she wrote, is worth more at sea than any timetable of promises made on land.",
}
DOCUMENTS = {f"{name}.txt": f"The {name.title()}\n\n{sentence}\n\n" + "More of it. " * 40 for name, sentence in SENTENCES.items()}
QUERY = "timetable of promises"


@pytest.fixture
def library(tmp_path):
    with filled(tmp_path, DOCUMENTS) as opened:
        yield opened


class Late(threading.Event):
    """Lets the thorough answer come when it is set: the same hits, the last of them first, but those of one document."""

    without = ""


@pytest.fixture
def late(library, monkeypatch):
    gate, answer = Late(), library.answer

    def held(query, *rest, hurried=False, **more):
        found = answer(query, *rest, hurried=hurried, **more)
        if hurried or not query.startswith(QUERY):
            return found
        assert gate.wait(30)
        return replace(found, hits=tuple(hit for hit in reversed(found.hits) if hit.document != gate.without))

    monkeypatch.setattr(library, "answer", held)
    yield gate
    gate.set()


async def asked(screen, pilot):
    """Type the query, and wait until the thorough search for it is under way."""
    await pilot.press("slash", *QUERY)
    await settled(pilot, lambda: screen.listing.query == QUERY and len(screen.listing.hits) == 3 and screen._rest is None)


async def arrived(screen, pilot, late):
    late.set()
    await settled(pilot, lambda: not screen._searching)


async def test_whoever_still_types_gets_it_from_the_first(library, late):
    async with window(library) as (screen, pilot):
        await asked(screen, pilot)
        last = screen.listing.hits[-1]
        await arrived(screen, pilot, late)
        assert screen.rows.cursor == 0
        assert screen.listing.hit.document == last.document == screen.page.id


async def test_a_selection_on_the_page_stays(library, late):
    async with window(library) as (screen, pilot):
        await asked(screen, pilot)
        await pilot.press("enter", "v")
        page, selection, hit = screen.page.id, screen.page_view.selection, screen.listing.hit
        assert selection is not None
        await arrived(screen, pilot, late)
        assert (screen.page.id, screen.page_view.selection) == (page, selection)
        assert (screen.rows.cursor, screen.listing.hit) == (2, hit)
        await pilot.press("y")
        assert "timetable of promises" in pilot.app.clipboard


async def test_the_cursor_stays_on_the_hit_somebody_chose(library, late):
    async with window(library) as (screen, pilot):
        await asked(screen, pilot)
        await pilot.press("down")
        hit = screen.listing.hit
        await settled(pilot, lambda: screen.page.id == hit.document)
        await arrived(screen, pilot, late)
        assert (screen.rows.cursor, screen.listing.hit) == (1, hit)
        assert screen.page.id == hit.document


async def test_hits_stay_when_the_chosen_one_is_not_among_those_that_come(library, late):
    async with window(library) as (screen, pilot):
        await asked(screen, pilot)
        await pilot.press("enter")
        hit, hits = screen.listing.hit, screen.listing.hits
        late.without = hit.document
        await arrived(screen, pilot, late)
        assert (screen.listing.hit, screen.listing.hits) == (hit, hits)


async def test_other_lists_are_not_replaced(library, late):
    async with window(library) as (screen, pilot):
        await asked(screen, pilot)
        await pilot.press("enter", "ampersand")
        await settled(pilot, lambda: screen.listing.mode == "notes")
        await arrived(screen, pilot, late)
        assert screen.listing.mode == "notes"

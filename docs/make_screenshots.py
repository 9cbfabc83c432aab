#!/usr/bin/env python3
"""Make the README's screenshots from the real window: `.venv/bin/python docs/make_screenshots.py`.

Reads `sample_docs/` into a temporary library and drives the window by keys, without a terminal. Writes `docs/screenshot.svg` (a search
with its hit on the page) `docs/screenshot-notes.svg` (the notes, one of them on the page) and
`docs/screenshot-quotations.svg` (what somebody said over the years) and `docs/screenshot-light.svg` (nothing but the text, on paper). Refuses to write a picture that names a folder of
the machine it was made on. Run it again whenever the window looks different, and look at the pictures.
"""

import asyncio
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))

from reader.library import Library  # noqa: E402 - the checkout this script lies in, whatever else is installed
from reader.tui.app import ReadingRoom  # noqa: E402 - likewise
from reader.tui.typography import Typography  # noqa: E402 - likewise

SIZE = (120, 36)
REMEMBERED = "the drawer had a secret bottom and I built it"
WORDS = "You cannot pay a bus driver in applause"
FONTS = "Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace"


async def until(pilot: Pilot[None], reached: Callable[[], bool]) -> None:
    """Wait for something to be so; raises TimeoutError after ten seconds."""
    async with asyncio.timeout(10):
        while not reached():
            await pilot.pause(0.02)


async def ask(room: ReadingRoom, pilot: Pilot[None], words: str) -> None:
    """Type words into the search bar, wait for their hits, and go to the first."""
    await pilot.press("slash", *words)
    listing = room.reading.listing
    await until(pilot, lambda: listing.mode == "hits" and bool(listing.hits) and listing.hits[0].query == words)
    await pilot.press("enter")
    await pilot.pause()


def take(room: ReadingRoom, name: str, private: Path) -> None:
    """Write the screen as it is. Raises ValueError when a path of this machine stands in it."""
    picture = room.export_screenshot(title="pullquote")
    # Rich names a font on somebody's server; who looks at our README need not be seen by them.
    picture = re.sub(r"@font-face\s*\{.*?\}", "", picture, flags=re.DOTALL)
    picture = re.sub(r"font-family: ?(?:Fira Code|arial)[^;]*;", f"font-family: {FONTS};", picture)
    # Some viewers trim even no-break spaces at the ends of a run, unless told to keep them; then a run must not end in a newline.
    picture = picture.replace("<svg ", '<svg xml:space="preserve" ', 1).replace("\n</text>", "</text>\n")
    picture = "\n".join(line.rstrip() for line in picture.splitlines() if line.strip()) + "\n"
    for path in (private, ROOT, Path.home(), Path(tempfile.gettempdir())):
        if f"{path}/" in picture or (len(str(path)) > 1 and str(path) in picture):
            raise ValueError(f"{name}: a path of this machine stands in it: {path}")
    if re.search(r"url\(\s*[\"']?https?:", picture):
        raise ValueError(f"{name}: fetches something from elsewhere")
    (HERE / name).write_text(picture, encoding="utf-8")


async def main() -> None:
    """All pictures."""
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder) / "library") as library:
        for _ in library.add([ROOT / "sample_docs"]):
            pass
        speech = library.find("Remarks on the Depot Steps").id
        start, end = library.place_words(speech, WORDS)
        library.bookmark(library.find("What the Timetable Knows").id, name="read again before Measure 6")
        ledger = library.find("After 22 days").id
        library.annotate(
            ledger, *library.place_words(ledger, "The drawer had a false bottom"), "Set beside October 2021: every drawer!", ["money"]
        )
        note = library.annotate(speech, start, end, "First said here. The signs and buttons came later.", ["applause", "wages/steps"])
        room = ReadingRoom(library, theme="dark")
        room.reading.look_at_start = False
        async with room.run_test(size=SIZE) as pilot:
            await pilot.pause()
            await ask(room, pilot, REMEMBERED)
            take(room, "screenshot.svg", Path(folder))
            await pilot.press("escape", "escape", "ampersand")
            await until(pilot, lambda: room.reading.listing.mode == "notes")
            await pilot.press("enter")
            await until(pilot, lambda: room.reading.page is not None and room.reading.page.id == note.document)
            await pilot.pause()
            take(room, "screenshot-notes.svg", Path(folder))
            await pilot.press("escape", "at")
            await until(pilot, lambda: room.reading.listing.mode == "speakers" and room.reading.listing.speakers is not None)
            await pilot.press("enter")
            await until(pilot, lambda: room.reading.listing.mode == "quotes")
            await pilot.press("enter")
            await pilot.pause(0.5)
            take(room, "screenshot-quotations.svg", Path(folder))
            await light(room, pilot, Path(folder))


async def light(room: ReadingRoom, pilot: Pilot[None], private: Path) -> None:
    """Reading: nothing but the text, on paper, with both edges even."""
    screen = room.reading
    await pilot.press("escape", "escape", "escape")
    await until(pilot, lambda: screen.listing.mode == "documents")
    await pilot.press("colon", *"open what the timetable", "enter")
    await until(pilot, lambda: screen.on_page)
    room.theme = "light"
    screen.page_view.typography = Typography(justify=True, hyphenate="en")
    await pilot.press("g", "F", "7", "G")
    await pilot.pause(4.5)  # until nothing is told any more
    take(room, "screenshot-light.svg", private)


if __name__ == "__main__":
    asyncio.run(main())

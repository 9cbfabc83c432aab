"""The window without a terminal, for tests: driven by Textual's pilot, waited for, and looked at."""

import asyncio
import contextlib

from reader.tui.app import ReadingRoom


@contextlib.asynccontextmanager
async def window(library, view=(), size=(120, 40), look=False):
    """The reading screen and the pilot of a window on a library; `look`: whether it looks for changes on disk."""
    app = ReadingRoom(library, view)
    app.reading.look_at_start = look
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield app.reading, pilot
        app.workers.cancel_all()  # as when the window is closed; `run_test` takes the screens away below them


async def settled(pilot, condition):
    """Wait until it is so; half a minute at most, for busy machines."""
    for _ in range(1500):
        await pilot.pause()
        if condition():
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"it never came to that:\n{frame(pilot)}")


async def searched(screen, pilot, words):
    """Type a search and wait for its hits."""
    await pilot.press("slash", *(" " if c == " " else c for c in words))
    await settled(pilot, lambda: screen.listing.mode == "hits" and screen.listing.hits and screen.listing.hits[0].query == words)


def frame(pilot):
    """What the screen shows, as text."""
    height = pilot.app.size.height
    lines = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in lines[:height])

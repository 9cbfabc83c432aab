#!/usr/bin/env python3
"""Record the README's five minutes as text: `.venv/bin/python docs/make_recording.py` writes `docs/five-minutes.md`.

Every screen stands in it as a terminal of 100x26 shows it, behind what was pressed. `tests/test_docs.py` makes the recording again and
compares; run this script when the window has changed on purpose, and read what changed.
"""

import asyncio
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))

from reader.library import Library  # noqa: E402 - the checkout this script lies in, whatever else is installed
from reader.tui.app import ReadingRoom  # noqa: E402 - likewise
from reader.tui.reading_screen import ReadingScreen  # noqa: E402 - likewise

SIZE = (100, 26)
TARGET = HERE / "five-minutes.md"
INTRODUCTION = """# Five minutes in the window

What `pullquote sample_docs` shows at each step, as text. Made by `docs/make_recording.py`.
"""
FIND = "you can't pay bus drivers with applause"
Reached = Callable[[ReadingScreen], bool]
STEPS: tuple[tuple[str, tuple[str, ...], Reached], ...] = (
    ("The window opens on the documents.", (), lambda s: s.page is not None),
    (
        f"Press `/` and type: *{FIND}*. The hits come while you type, though that is not quite what was said.",
        ("slash", *FIND),
        lambda s: s.listing.mode == "hits" and s.listing.query == FIND and s._rest is not None,  # noqa: SLF001 - typing rests
    ),
    ("`Enter` goes to the sentence.", ("enter",), lambda s: s.on_page),
    ("`v` selects it.", ("v",), lambda s: s.page_view.selection is not None),
    ("`a` opens the note editor.", ("a",), lambda s: type(s.app.screen).__name__ == "NoteEditor" and len(s.app.screen.children) > 0),
    (
        "Write, and `Ctrl+S` keeps the note. The window says so once it is on the disk.",
        (*"First said here.", "ctrl+s"),
        lambda s: len(s.app.screen_stack) == 1 and len(s.library.notes()) == 1,
    ),
    ("`.` goes to the next quotation. The line below says who speaks.", ("full_stop",), lambda s: s.page_view.quote is not None),
    ("`&` lists all notes.", ("escape", "escape", "ampersand"), lambda s: s.listing.mode == "notes"),
    ("`@` lists everybody quoted.", ("escape", "at"), lambda s: s.listing.mode == "speakers" and s.rows.count > 3),
    ("`F` leaves nothing but the text.", ("escape", "enter", "F"), lambda s: s.has_class("focus")),
)


def screen(room: ReadingRoom) -> str:
    """What the terminal would show."""
    strips = room.screen._compositor.render_strips()  # noqa: SLF001 - textual has no other way to ask
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips[: SIZE[1]])


async def recording() -> str:
    """All of it."""
    parts = [INTRODUCTION]
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder) / "library") as library:
        for _ in library.add([ROOT / "sample_docs"]):
            pass
        room = ReadingRoom(library)
        room.reading.look_at_start = False
        async with room.run_test(size=SIZE) as pilot:
            for told, keys, reached in STEPS:
                for key in keys:
                    await pilot.press(key)
                async with asyncio.timeout(30):
                    while not reached(room.reading):
                        await pilot.pause(0.02)
                await pilot.pause(0.5)
                await pilot.pause()
                parts.append(f"## {told}\n\n```text\n{screen(room)}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    TARGET.write_text(asyncio.run(recording()), encoding="utf-8")

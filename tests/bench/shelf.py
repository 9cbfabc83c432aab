"""What a list of many documents costs: its first frame, another order, and each letter typed into its filter. CPU milliseconds, key to paint.

    python -m tests.bench.shelf [--documents 100000] [--peer 1000] [--rounds 9]

The real window on a library whose documents were put straight into its stores; the same keys in a library of `--peer` documents in the same
run. Every step is a key, the pause until the window is idle, and one whole frame composed. The documents are invented: titles of three to
nine words, some of them with accents, publishers, authors, dates over thirty years, some tags. Nothing is looked for on disk meanwhile.
"""

import asyncio
import gc
import random
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from reader.library import Library
from reader.model import Blocks, Document, FileStamp, Metadata, Version
from reader.ports import Indexed, KnownFile, Location, Reading
from reader.tui.app import ReadingRoom
from tests.bench.options import parser_of

BATCH = 500
"""Documents committed together, as `add` does."""
_WORDS = (
    "Harbour Board Ferry Crews Lifeboat Winter Rope Paint Inspection Schedule Moon Davits Café Señor Wages Timetable Quay Lantern "
    "Contract Diesel Promise Numbers Steps Letter Answers Guards Terminal First Second Night Morning Tide"
).split()
_PAPERS = ["Port Example Courier", "The Lamp", "Harbour Weekly", "Gazette of Nowhere", None]
_PEOPLE = ["Ada Brandt", "Ines Solberg", "Tomás Quill", "P. Marrow", None]


def fill(folder: Path, count: int, seed: int = 3) -> None:
    """A library of so many invented documents."""
    chance = random.Random(seed)
    with Library.open(folder) as library:
        for first in range(0, count, BATCH):
            readings, files, places = [], [], []
            for number in range(first, min(count, first + BATCH)):
                name, path = f"{number:012x}", f"/invented/{number % 97}/{number:06}.txt"
                title = " ".join(chance.choices(_WORDS, k=chance.randint(3, 9)))
                date = f"{chance.randint(1990, 2024)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
                known = Metadata(title=title, date=date, publisher=chance.choice(_PAPERS), byline=chance.choice(_PEOPLE))
                version = Version(name, name, "text", 1)
                text = f"{title}\n\nThe harbour board met the crew of boat {number}."
                readings.append((Reading(Indexed(name, path, version, known, title, 12), Document(text, Blocks(), version, known)), ()))
                files.append(KnownFile(path, FileStamp(len(text), 1), name, name, "new"))
                places.append(Location(path, name, name, name))
            library.index.put(readings, files)
            library.notes_store.locate(places)
            library.notes_store.keep([place.document for place in places], "add")
        for number in range(0, count, 40):
            library.notes_store.tag_document(f"{number:012x}", [chance.choice(["wages", "boats", "wages/steps"])])
            if number % 400 == 0:
                library.left_at(f"{number:012x}", 0)
        library.keep_catalogue()


async def _measured(folder: Path, rounds: int) -> dict[str, list[float]]:
    taken: dict[str, list[float]] = {}
    with Library.open(folder) as library:
        app = ReadingRoom(library)
        app.reading.look_at_start = False

        async def step(name: str, action: Callable[[], Awaitable[Any]], *, keep: bool = True) -> None:
            gc.collect()
            before = time.process_time()
            await action()
            await pilot.pause()
            app.screen._compositor.render_update(full=True)
            if keep:
                taken.setdefault(name, []).append(1000 * (time.process_time() - before))

        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause(0.5)
            for number in range(rounds + 1):
                load = library.catalogue

                async def listed() -> None:
                    app.reading.listing.set_entries(load())  # noqa: B023 - it is awaited at once

                async def prepared() -> None:
                    app.reading.listing.entries.prepare()

                await step("list read anew", listed, keep=bool(number))
                await step("and read behind", prepared, keep=bool(number))
                for order in ("date", "added", "read", "title"):
                    await step(f"s: by {order}", lambda: pilot.press("s"), keep=bool(number))
                await pilot.press("f")
                for typed, key in (("h", "h"), ("ha", "a"), ("har", "r"), ("har ", "space"), ("har 1", "1")):
                    await step(f"f: {typed!r}", lambda key=key: pilot.press(key), keep=bool(number))  # type: ignore[misc]
                await step("f: a letter less", lambda: pilot.press("backspace"), keep=bool(number))
                await step("Esc: all again", lambda: pilot.press("escape"), keep=bool(number))
                await step("G: to the last", lambda: pilot.press("G"), keep=bool(number))
                await step("a row up", lambda: pilot.press("k"), keep=bool(number))
                await step("g: to the first", lambda: pilot.press("g"), keep=bool(number))
    return taken


def main() -> None:
    """Fill two libraries, press the keys, print a table."""
    options = parser_of(__doc__, documents=100_000, peer=1000, rounds=9).parse_args()
    with tempfile.TemporaryDirectory() as name:
        results = []
        for count in (options.peer, options.documents):
            folder = Path(name) / str(count)
            fill(folder, count)
            results.append(asyncio.run(_measured(folder, options.rounds)))
    few, many = results
    print(f"{'':20} {options.peer:>12,} {options.documents:>12,}   (CPU ms, medians; the most)")
    for step, costs in many.items():
        peer, cost = statistics.median(few[step]), statistics.median(costs)
        print(f"{step:20} {peer:12.1f} {cost:12.1f}   {max(costs):6.1f}  ratio {cost / peer:.2f}")


if __name__ == "__main__":
    main()

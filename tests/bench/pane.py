"""What the reading pane costs as documents grow: CPU milliseconds of opening, a page down, the jump to the end, and a new width.

    python -m tests.bench.pane [--runs 9] [--sizes 10000,100000,1000000,10000000]

Each step is the action through the widget's public face, a pause until the window is idle, and one whole frame composed. All sizes are
measured in one process, one after the other in every run, and the medians of the runs are printed with their ratio to the smallest
size. The text is invented: paragraphs of 30 to 900 characters, some of them headings, lists, tables and quotations.
"""

import asyncio
import gc
import random
import statistics
import time
from collections.abc import Awaitable, Callable
from typing import Any

from textual.app import App, ComposeResult

from reader.model import Block, Blocks, Entry, Metadata, Page, Role, Version
from reader.tui.page import PageView
from reader.tui.safety import SAFETY
from tests.bench.options import parser_of

STEPS = ("open", "page", "end", "resize")
_WORDS = (
    "the harbour board said on that ferry crews would lower every lifeboat before winter and nobody had asked who paid for rope paint "
    "“never” it’s Brandt’s inspection — schedule of Port Example; moon, davits. They were not told."
).split()


def invented(size: int, seed: int = 7) -> Page:
    """A page of about `size` characters, always the same for the same numbers."""
    chance = random.Random(seed)
    roles = [Role.BODY] * 12 + [Role.HEADING, Role.BLOCKQUOTE, Role.LIST_ITEM, Role.LIST_ITEM, Role.TABLE]
    parts: list[str] = []
    blocks: list[Block] = []
    at = 0
    while at < size:
        role = chance.choice(roles)
        words = chance.choices(_WORDS, k=6 if role == Role.HEADING else chance.randint(6, 150))
        text = " ".join(words)
        if role == Role.TABLE:
            text = "\n".join("\t".join(chance.choices(_WORDS, k=4)) for _ in range(8))
        blocks.append(Block(role, at, at + len(text), 2 if role == Role.HEADING else 1))
        parts.append(text)
        at += len(text) + 2
    entry = Entry("d", "/invented.txt", Metadata(), "Invented")
    return Page(entry, Version("c", "t", "text", 1), "\n\n".join(parts), Blocks(blocks))


class _Pane(App[None]):
    def compose(self) -> ComposeResult:
        yield PageView()

    def get_line_filters(self) -> Any:
        return [*super().get_line_filters(), SAFETY]


async def _timed(app: _Pane, pilot: Any, action: Callable[[], Awaitable[None] | None]) -> float:
    gc.collect()
    before = time.process_time()
    result = action()
    if result is not None:
        await result
    await pilot.pause()
    app.screen._compositor.render_update(full=True)
    return 1000 * (time.process_time() - before)


async def _measure(sizes: list[int], runs: int) -> dict[tuple[str, int], list[float]]:
    pages = {size: invented(size) for size in sizes}
    taken: dict[tuple[str, int], list[float]] = {(step, size): [] for step in STEPS for size in sizes}
    app = _Pane()
    async with app.run_test(size=(120, 40)) as pilot:
        view = app.query_one(PageView)
        for run in range(runs + 1):  # the first one warms up
            for size in sizes if run % 2 else reversed(sizes):
                page = pages[size]
                view.show_message("")
                await pilot.pause()
                steps: list[tuple[str, Callable[[], Awaitable[None] | None]]] = [
                    ("open", lambda page=page: view.show(page)),  # type: ignore[misc]  # mypy cannot infer a default argument
                    ("page", lambda: pilot.press("space")),
                    ("end", lambda: pilot.press("G")),
                    ("resize", lambda: pilot.resize_terminal(66, 40)),
                ]
                for step, action in steps:
                    cost = await _timed(app, pilot, action)
                    if run:
                        taken[step, size].append(cost)
                await pilot.resize_terminal(120, 40)
    return taken


def main() -> None:
    """Read the options, measure, print a table."""
    options = parser_of(__doc__, runs=9, sizes="10000,100000,1000000,10000000").parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    taken = asyncio.run(_measure(sizes, options.runs))
    print("size".rjust(12), *(f"{step:>16}" for step in STEPS))
    for size in sizes:
        cells = []
        for step in STEPS:
            cost, first = statistics.median(taken[step, size]), statistics.median(taken[step, sizes[0]])
            cells.append(f"{cost:8.1f} {cost / first:6.2f}x")
        print(f"{size:12,}", *(f"{cell:>16}" for cell in cells))


if __name__ == "__main__":
    main()

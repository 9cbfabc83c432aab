"""A very large plain text: until its first page is painted when it is named for the first time, and again once it is in the index; and what
reading all of it into the index costs.

    python -m tests.bench.large [--size 100000000] [--rounds 5] [--index yes]

The real window in a pseudo-terminal of 120x40, wall and CPU time until words of the first page arrive, against a minimal Textual app that
takes turns with it; the key `q` then ends it. The text is invented: paragraphs of 20 to 150 words. Linux only.
"""

import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.options import parser_of
from tests.bench.startup import MINIMAL, first_frame

_WORDS = (
    "the harbour board said on that ferry crews would lower every lifeboat before winter and nobody had asked who paid for rope paint "
    "“never” it’s Brandt’s inspection — schedule of Port Example moon davits They were not told"
).split()


def invent(path: Path, size: int, seed: int = 4) -> None:
    """A text of so many bytes."""
    chance = random.Random(seed)
    with path.open("w", encoding="utf-8") as file:
        file.write("The Great Harbour Log\n\nMarkerword begins it.\n\n")
        while file.tell() < size:
            file.write("".join(f"{' '.join(chance.choices(_WORDS, k=chance.randint(20, 150))).capitalize()}.\n\n" for _ in range(200)))


def frames(commands: dict[str, list[str]], rounds: int) -> dict[str, list[tuple[float, float]]]:
    """CPU and wall milliseconds to the first frame of each program, a round after the other; the first warms up."""
    taken: dict[str, list[tuple[float, float]]] = {label: [] for label in commands}
    for number in range(rounds + 1):
        for label, command in commands.items():
            cost = first_frame(command, b"MARKER" if label.startswith("minimal") else b"Markerword")
            if number:
                taken[label].append(cost)
    return taken


def main() -> None:
    """Measure and print."""
    options = parser_of(__doc__, size=100_000_000, rounds=5, index="yes").parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        big, minimal = folder / "big.txt", folder / "minimal.py"
        invent(big, options.size)
        minimal.write_text(MINIMAL, encoding="utf-8")
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")
        reader = [sys.executable, "-m", "reader", "--library", str(folder / "library")]
        apart = {"minimal Textual app": [sys.executable, str(minimal)], "first page, never read": [*reader, str(big)]}
        told = frames(apart, options.rounds)
        if options.index == "yes":
            began = time.perf_counter()
            subprocess.run([*reader, "add", "--view", str(big)], check=True, stdout=subprocess.DEVNULL)
            wall, used = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
            told |= frames({"first page, in the index": [*reader, str(big)]}, options.rounds)
            size = sum(path.stat().st_size for path in (folder / "library").glob("index.db*"))
            print(f"all of it into the index: {wall:.0f} s wall, at most {used.ru_maxrss / 1024:.0f} MiB, index {size / 2**20:.0f} MiB")
        base = statistics.median(cpu for cpu, _ in told["minimal Textual app"])
        for label, costs in told.items():
            cpu, wall = (statistics.median(column) for column in zip(*costs, strict=True))
            print(f"{label:28} CPU {cpu:6.0f} ms  wall {wall:6.0f} ms  ratio {cpu / base:.2f}")


if __name__ == "__main__":
    main()

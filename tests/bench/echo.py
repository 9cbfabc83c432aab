"""How long a key takes to appear on the screen: in an idle window, while a large library is searched, and while a folder is added besides.

    python -m tests.bench.echo CORPUS [--index FILE] [--keys 300] [--pause 0.08]

The real window in a pseudo-terminal of 120x40. Words that stand in the corpus, in an order in which they do not, are typed into the
search bar a key at a time; the time is from the writing of the key to the arrival of the bar with the new letter. Every key starts a
search as it does for any user. The idle window has an empty library. Wall time; Linux only.
"""

import os
import random
import re
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from reader.library import Library
from reader.text import terms
from tests.bench.options import parser_of
from tests.bench.search import Searcher, lines, percentile
from tests.terminal import Terminal

CODES = re.compile(rb"\x1b(?:\[[0-9;?]*[A-Za-z]|\][^\x07]*\x07|[()][A-Z0-9]|[=>])")


class Window(Terminal):
    """The program in a terminal, and how long it takes to show what is typed."""

    def rest(self, seconds: float) -> None:
        """Read on for so long."""
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            self.read(left)

    def shown(self, text: bytes, seconds: float = 30) -> float:
        """Milliseconds until the text is on its way to the screen."""
        began = time.perf_counter()
        self.seen = b""
        while text not in CODES.sub(b"", self.seen):
            if time.perf_counter() - began > seconds:
                raise TimeoutError(f"{text!r} never came, but {CODES.sub(b'', self.seen)[:900]!r}")
            self.read(seconds)
        return 1000 * (time.perf_counter() - began)

    def timed(self, phrases: list[str], pause: float) -> list[float]:
        """Type phrases, each into an emptied bar; milliseconds until each letter is seen."""
        spent = []
        for phrase in phrases:
            os.write(self.end, b"/")
            self.rest(0.3)
            os.write(self.end, b"\x15")  # away with what stands there
            self.rest(0.3)
            typed = ""
            for key in phrase:
                typed += key
                os.write(self.end, key.encode())
                if key == " ":  # nobody can see it come
                    self.rest(pause)
                    continue
                took = self.shown(typed[-12:].encode())
                if len(typed) > 2:
                    spent.append(took)
                self.rest(max(0.0, pause - took / 1000))
        return spent


def phrases(corpus: Path, keys: int, seed: int = 1) -> list[str]:
    """Words of passages in a wrong order, about so many letters together."""
    chance = random.Random(seed)
    rows = [row["text"] for _, row in zip(range(5000), lines(corpus), strict=False)]
    found: list[str] = []
    while sum(map(len, found)) < keys:
        words = [word for word in terms(chance.choice(rows)) if word.isascii() and word.isalpha()]
        if len(words) > 12:
            chosen = chance.sample(words, 7)
            found.append(" ".join(chosen))
    return found


def fill(folder: Path, count: int) -> None:
    """A folder of articles nobody has read yet."""
    folder.mkdir()
    chance = random.Random(2)
    words = "harbour ferry wages timetable board crew lantern quay promise numbers diesel rope winter contract".split()
    for number in range(count):
        body = "\n\n".join(" ".join(chance.choices(words, k=60)).capitalize() + "." for _ in range(20))
        (folder / f"{number}.txt").write_text(f"Article {number}\n\n{body}\n")


def main() -> None:
    """Type into each window in turn."""
    parser = parser_of(__doc__, "corpus", keys=300, pause=0.08)
    parser.add_argument("--index", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        searcher = Searcher([options.corpus], options.index or folder / "index.db")
        searcher.close()
        large = folder / "large"
        large.mkdir()
        shutil.copyfile(options.index or folder / "index.db", large / "index.db")
        with Library.open(large) as library:
            library.notes_store.keep(library.index.documents(), "add")
        wanted = phrases(options.corpus, options.keys)
        told: dict[str, list[float]] = {}
        fill(folder / "new", 4000)
        for label in ("idle", "searching", "searching and adding"):
            if label == "searching and adding":
                with Library.open(large) as library:
                    library.notes_store.remember([str(folder / "new")])
            window = Window("--library", folder / "empty" if label == "idle" else large, size=(40, 120))
            window.until(b"keys", 120)
            window.rest(3 if label == "searching and adding" else 6)
            told[label] = window.timed(wanted, options.pause)
            window.leave()
        base = percentile(told["idle"], 0.99)
        for label, spent in told.items():
            high = percentile(spent, 0.99)
            print(
                f"{label:22s} {len(spent)} keys: median {statistics.median(spent):5.1f} ms, 99 % {high:5.1f} ms, {high / base:.1f} times idle"
            )
        with Library.open(large) as library:
            added = len(library.documents()) - len(searcher.entries)
        print(f"{added} of 4000 documents were added meanwhile")


if __name__ == "__main__":
    main()

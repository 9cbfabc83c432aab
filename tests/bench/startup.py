"""Start-up: CPU and wall time until the first useful frame that takes keys, against a minimal Textual app; and `--version`.

    python -m tests.bench.startup [--documents 700] [--rounds 7]

Each program runs in a pseudo-terminal of 120x40 until its marker is painted; its CPU time is read then, and a key proves that it listens.
Programs take turns, so that a busy machine slows all of them; medians are compared. Byte code is compiled beforehand for all of them,
as an installer does. Linux only (reads /proc).
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from reader.library import Library
from tests.bench.options import parser_of
from tests.terminal import Terminal

MINIMAL = """
from textual.app import App
from textual.widgets import Static
class Minimal(App):
    BINDINGS = [("q", "quit", "quit")]
    def compose(self):
        yield Static("MARKER minimal")
Minimal().run()
"""


def make_library(folder: Path, count: int) -> None:
    """A library of so many short documents."""
    saved = folder / "saved"
    saved.mkdir()
    for n in range(count):
        body = "\n\n".join(
            f"Paragraph {p} of document {n}: the harbour board met the ferry crew about wages and timetables." for p in range(20)
        )
        (saved / f"doc{n:05}.txt").write_text(f"Marker document {n:05}\n\n{body}\n", encoding="utf-8")
    with Library.open(folder / "library") as library:
        for _ in library.add([saved]):
            pass


def first_frame(command: list[str], marker: bytes) -> tuple[float, float]:
    """CPU and wall milliseconds until the marker is painted. Raises when it never is or the key `q` does not end the program."""
    began = time.perf_counter()
    terminal = Terminal(command=command, size=(40, 120))
    terminal.until(marker)
    wall = 1000 * (time.perf_counter() - began)
    fields = Path(f"/proc/{terminal.pid}/stat").read_text().rsplit(")", 1)[1].split()
    cpu = 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    terminal.write(b"q")
    terminal.ended()
    return cpu, wall


def whole_run(command: list[str]) -> float:
    """CPU milliseconds of a program from start to end."""
    pid = os.posix_spawnp(command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])
    usage = os.wait4(pid, 0)[2]
    return 1000 * (usage.ru_utime + usage.ru_stime)


def main() -> None:
    """Measure and print."""
    options = parser_of(__doc__, documents=700, rounds=7).parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_library(folder, options.documents)
        minimal = folder / "minimal.py"
        minimal.write_text(MINIMAL, encoding="utf-8")
        window = [sys.executable, "-m", "reader", "--library", str(folder / "library")]
        frames: dict[str, list[tuple[float, float]]] = {"minimal Textual app": [], f"pullquote, {options.documents} documents": []}
        runs: dict[str, list[float]] = {"python -c pass": [], "pullquote --version": []}
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")
        for warm_up in [True, *[False] * options.rounds]:
            for label, command, marker in zip(frames, ([sys.executable, str(minimal)], window), (b"MARKER", b"Paragraph 3"), strict=True):
                frames[label].append(first_frame(command, marker))
            for label, command in zip(runs, ([sys.executable, "-c", "pass"], [sys.executable, "-m", "reader", "--version"]), strict=True):
                runs[label].append(whole_run(command))
            if warm_up:
                frames = {label: [] for label in frames}
                runs = {label: [] for label in runs}
    base = None
    for label, values in frames.items():
        cpu, wall = (statistics.median(column) for column in zip(*values, strict=True))
        base = base or cpu
        print(f"{label:32s} first frame: CPU {cpu:6.0f} ms  wall {wall:6.0f} ms  ratio {cpu / base:.2f}")
    base = None
    for label, times in runs.items():
        cpu = statistics.median(times)
        base = base or cpu
        print(f"{label:32s} whole run:   CPU {cpu:6.1f} ms                ratio {cpu / base:.2f}")


if __name__ == "__main__":
    main()

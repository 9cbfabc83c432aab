"""Kill -9 while notes are written, at random moments: the next start has what was acknowledged, and no half of anything else.

    python -m tests.bench.killing_notes [--times 200] [--seed 1]
    python -m tests.bench.killing_notes --writers 2 [--notes 500]

A child makes, edits, tags and deletes notes and undoes, in one library that is kept over all kills; it says before each call what it is
about to do, and after it what is stored. After each kill the library must hold what was acknowledged, with the one call that the kill
interrupted done wholly or not at all; the store must be sound, and undo and redo must lead one deed back and forth. During half of the
kills another process has the library open, as a window has. With --writers nobody is killed: so many children write at once, and every
note must arrive. Exits 1 at the first failure. The machine goes on running: what a power failure does to a disk is not seen here.
"""

import itertools
import json
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from reader.errors import PullquoteError
from reader.library import Library
from reader.model import Annotation
from tests.bench.options import parser_of

DOCUMENTS = 20
LONG = 20_000
"""Characters of every tenth note: a commit of many pages takes longer to interrupt."""
DEEDS = {"annotate": 40, "edit": 25, "retag": 13, "delete": 8, "undo": 14}
"""What the child does, with how often."""

State = tuple[str, tuple[str, ...]]
"""Body and tags of a note."""


def make(folder: Path) -> None:
    """A library of a few documents."""
    saved = folder.with_name("saved")
    saved.mkdir()
    for number in range(DOCUMENTS):
        body = "\n\n".join(f"Paragraph {p} of letter {number}: the crew of the night ferry asks for a timetable." for p in range(10))
        (saved / f"{number}.txt").write_text(f"Letter {number}\n\n{body}\n", encoding="utf-8")
    with Library.open(folder) as library:
        for _ in library.add([saved]):
            pass


# -- what children do ----------------------------------------------------------------------------------------------------------------


def say(*told: object) -> None:
    """A line that is out of this process when the call returns."""
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def change(folder: str, seed: str) -> None:
    """Change notes until killed."""
    chance = random.Random(seed)
    with Library.open(folder) as library:
        documents = [entry.id for entry in library.documents()]
        for step in itertools.count():
            document = chance.choice(documents)
            there = library.notes(document=document)
            deed = chance.choices(list(DEEDS), list(DEEDS.values()))[0] if there else "annotate"
            wanted = f"{deed} {step} of {seed} " + ("and on " * (LONG // 7) if chance.random() < 0.1 else "")
            do(library, deed, chance.choice(there) if there and deed not in ("annotate", "undo") else None, document, wanted)


def do(library: Library, deed: str, note: Annotation | None, document: str, wanted: str) -> None:
    """One call, announced before and acknowledged after."""
    if deed == "undo":
        say("try", "undo", "", None)
        library.undo()
        say("done", "undo", "", None)
    elif note is None:
        say("try", "put", "", (wanted, ["ferry"]))
        made = library.annotate(document, 0, 8, wanted, ["ferry"])
        say("done", "put", made.id, (made.body, made.tags))
    elif deed == "edit":
        say("try", "put", note.id, (wanted, note.tags))
        edited = library.edit(note, body=wanted)
        say("done", "put", edited.id, (edited.body, edited.tags))
    elif deed == "retag":
        tag = "-".join(wanted.split()[:4])
        say("try", "put", note.id, (note.body, [tag]))
        library.retag([note], [tag], note.tags)
        say("done", "put", note.id, (note.body, [tag]))
    else:
        say("try", "put", note.id, None)
        library.delete([note.id])
        say("done", "put", note.id, None)


def write(folder: str, name: str, count: str) -> None:
    """Make so many notes once told to begin; each is acknowledged with its id, its text and the seconds it took."""
    with Library.open(folder) as library:
        document = library.documents()[0].id
        say("ready")
        sys.stdin.readline()
        for number in range(int(count)):
            began = time.perf_counter()
            try:
                made = library.annotate(document, 0, 8, f"{name} {number}")
            except PullquoteError as error:
                say("failed", str(error), "", 0.0)
            else:
                say("done", made.id, made.body, time.perf_counter() - began)


def child(what: str, *arguments: object) -> subprocess.Popen[str]:
    """A process that runs one of the functions above."""
    script = f"import sys; from tests.bench.killing_notes import {what}; {what}(*sys.argv[1:])"
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


# -- what must be there --------------------------------------------------------------------------------------------------------------


class Expected:
    """The notes that must be there, by id, and what each deed that undo takes back found and left."""

    def __init__(self) -> None:
        self.notes: dict[str, State] = {}
        self.deeds: list[tuple[str, State | None, State | None]] = []

    def put(self, name: str, after: State | None) -> None:
        """A note says something from now on; None: it is gone."""
        self.deeds.append((name, self.notes.get(name), after))
        self._set(name, after)

    def undo(self) -> tuple[str, State | None, State | None] | None:
        """Take the last deed back."""
        if not self.deeds:
            return None
        name, before, after = self.deeds.pop()
        self._set(name, before)
        return name, before, after

    def _set(self, name: str, state: State | None) -> None:
        if state is None:
            self.notes.pop(name, None)
        else:
            self.notes[name] = state

    def follow(self, deed: str, name: str, state: Sequence[Any] | None) -> None:
        """What a child said it did."""
        if deed == "undo":
            self.undo()
        else:
            self.put(name, (state[0], tuple(state[1])) if state else None)


def present(library: Library) -> dict[str, State]:
    """The notes that are there."""
    return {note.id: (note.body, note.tags) for note in library.notes()}


def difference(there: dict[str, State], wanted: dict[str, State]) -> list[str]:
    """Where the notes that are there are not the ones that must be."""
    names = sorted(name for name in there.keys() | wanted.keys() if there.get(name) != wanted.get(name))
    return [f"{name}: is {str(there.get(name))[:80]}, acknowledged was {str(wanted.get(name))[:80]}" for name in names]


def interrupted(told: Sequence[Sequence[Any]]) -> tuple[str, str, Sequence[Any] | None] | None:
    """The call that was announced and not acknowledged, if there is one."""
    return (told[-1][1], told[-1][2], told[-1][3]) if told and told[-1][0] == "try" else None


def compare(library: Library, expected: Expected, told: Sequence[Sequence[Any]]) -> tuple[list[str], bool]:
    """What is wrong after a kill, and whether the interrupted call got through. `expected` follows what was told."""
    for kind, deed, name, state in told:
        if kind == "done":
            expected.follow(deed, name, state)
    there = present(library)
    problems = difference(there, expected.notes)
    call = interrupted(told)
    through = bool(problems) and call is not None
    if problems and call is not None:
        deed, name, state = call
        expected.follow(deed, name or next(iter(there.keys() - expected.notes.keys()), ""), state)
        problems = difference(there, expected.notes)
    return [*problems, *library.notes_store.problems()], through


def back_and_forth(library: Library, expected: Expected) -> list[str]:
    """What is wrong after undo, and after redo."""
    last, action = expected.undo(), library.undo()
    if (last is None) != (action is None):
        return [f"undo gave {action}, the last deed was {last}"]
    if last is None:
        return []
    problems = [f"after undo {told}" for told in difference(present(library), expected.notes)]
    expected.put(last[0], last[2])
    if library.redo() is None:
        return [*problems, "nothing to redo"]
    return [*problems, *(f"after redo {told}" for told in difference(present(library), expected.notes))]


# -- killing and writing at once -----------------------------------------------------------------------------------------------------


def killed(folder: Path, name: str, moment: float) -> list[list[Any]]:
    """What a child told until it was killed, so many seconds after its first acknowledgement."""
    process = child("change", folder, name)
    assert process.stdout is not None
    lines = [process.stdout.readline(), process.stdout.readline()]
    timer = threading.Timer(moment, process.kill)
    timer.start()
    lines += process.stdout.readlines()  # all the time, so that the child never waits for us
    timer.cancel()
    process.communicate()
    if process.returncode != -signal.SIGKILL:
        sys.exit(f"{name}: the child ended by itself, with {process.returncode}")
    return [json.loads(line) for line in lines if line.endswith("\n")]


def kill(folder: Path, times: int, seed: int) -> str:
    """Kill, look, repeat."""
    chance, expected = random.Random(seed), Expected()
    calls = within = got_through = 0
    for number in range(times):
        window = Library.open(folder) if chance.random() < 0.5 else None
        told = killed(folder, f"{seed}.{number}", chance.uniform(0.05, 0.6))
        with window or Library.open(folder) as library:
            problems, through = compare(library, expected, told)
            problems = problems or back_and_forth(library, expected)
        if problems:
            sys.exit(f"kill {number}: {problems[:5]}")
        calls += sum(line[0] == "done" for line in told)
        within += interrupted(told) is not None
        got_through += through
    return (
        f"{times} kills, {within} of them within a call, of which {got_through} had been committed: all of {calls} acknowledged calls and "
        f"{len(expected.notes)} notes as they must be, the store sound after each, undo and redo exact"
    )


def write_at_once(folder: Path, writers: int, count: int) -> str:
    """Children that write at the same time, and whether everything arrived."""
    children = [child("write", folder, f"writer {number}", count) for number in range(writers)]
    for process in children:
        assert process.stdout is not None
        process.stdout.readline()
    began = time.perf_counter()
    with ThreadPoolExecutor(writers) as pool:
        told = [json.loads(line) for out, _ in pool.map(lambda process: process.communicate("\n"), children) for line in out.splitlines()]
    spent = time.perf_counter() - began
    failed = [line[1] for line in told if line[0] == "failed"]
    failed += [f"a writer ended with {process.returncode}" for process in children if process.returncode]
    with Library.open(folder) as library:
        there = {note.id: note.body for note in library.notes()}
        failed += library.notes_store.problems()
    arrived = sum(there.get(line[1]) == line[2] for line in told if line[0] == "done")
    wanted = {f"writer {number} {note}" for number in range(writers) for note in range(count)}
    if failed or arrived != len(wanted) or set(there.values()) != wanted:
        sys.exit(f"{arrived} of {len(wanted)} arrived: {failed[:5]}")
    longest = max(line[3] for line in told)
    return (
        f"{writers} writers at once: {arrived} of {len(wanted)} notes arrived, none failed; {spent:.1f} s, the longest wait {longest:.2f} s"
    )


def main() -> None:
    """Kill, or write at once."""
    options = parser_of(__doc__, times=200, seed=1, writers=0, notes=500).parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "library"
        make(folder)
        if options.writers:
            print(write_at_once(folder, options.writers, options.notes))
        else:
            print(kill(folder, options.times, options.seed))


if __name__ == "__main__":
    main()

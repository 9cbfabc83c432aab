"""A seeded monkey at the keys: 100,000 random keys into the real program in a pseudo-terminal.

    python -m tests.bench.monkey [--keys 100000] [--seed 1]

The monkey presses every key of the table of actions but those that end or stop the program, types letters, pastes, clicks, scrolls and
changes the size of the terminal. It starts with 40 notes. Afterwards: the program lives and ends well, the store is sound, nothing hostile
reached the terminal, and every note of the beginning is there or, deleted by the monkey, in the
history with its words.
"""

import random
import sys
import tempfile
import time
from pathlib import Path

from reader.library import Library
from reader.tui.actions import ACTIONS
from tests.bench.options import parser_of
from tests.terminal import Terminal
from tests.tui.hostile import evil, smuggled

SENT = {
    "slash": "/", "plus": "+", "full_stop": ".", "comma": ",", "ampersand": "&", "number_sign": "#", "apostrophe": "'", "quotation_mark": '"', "at": "@",
    "exclamation_mark": "!", "question_mark": "?", "colon": ":", "asterisk": "*", "minus": "-", "equals_sign": "=", "less_than_sign": "<",
    "greater_than_sign": ">", "percent_sign": "%", "dollar_sign": "$", "left_square_bracket": "[", "right_square_bracket": "]", "left_curly_bracket": "{",
    "right_curly_bracket": "}", "left_parenthesis": "(", "right_parenthesis": ")", "circumflex_accent": "^", "space": " ", "enter": "\r", "escape": "\x1b",
    "tab": "\t", "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "pageup": "\x1b[5~", "pagedown": "\x1b[6~", "home": "\x1b[H",
    "end": "\x1b[F", "delete": "\x1b[3~", "alt+left": "\x1b[1;3D", "alt+right": "\x1b[1;3C", "backspace": "\x7f",
}  # fmt: skip
"""What a terminal sends for keys with names."""

KEPT_FROM_IT = {"q", "ctrl+q", "ctrl+z", "ctrl+c"}


def sent(key: str) -> str:
    """The bytes of a key, as text."""
    if key.startswith("ctrl+") and len(key) == 6:
        return chr(ord(key[5]) - 96)
    return SENT.get(key, key)


def keys_of_the_table() -> list[str]:
    """Every key that does something, but those that end the program."""
    return [sent(key) for action in ACTIONS for key in action.keys.split(",") if key not in KEPT_FROM_IT]


def documents(folder: Path) -> None:
    """Some articles, one of them long and one hostile."""
    folder.mkdir()
    dice = random.Random(5)
    for number in range(20):
        text = "\n\n".join(
            f"“Paragraph {n} of the clock {number},” said Odile Marsh. It struck {n}. [{n}]" for n in range(30 + 200 * (number == 3))
        )
        (folder / f"clock{number}.txt").write_text(f"The Clock {number}\n\n{text}\n", encoding="utf-8")
    (folder / "evil.txt").write_text(
        f"Evil {evil(dice)}\n\n“Word {evil(dice, 20)},” said Bram Oster.\n", encoding="utf-8", errors="replace"
    )


def run(count: int, seed: int) -> list[str]:
    """Let the monkey loose; what was wrong afterwards."""
    dice, wrong = random.Random(seed), []
    pool = keys_of_the_table()
    with tempfile.TemporaryDirectory() as base:
        saved, folder = Path(base, "saved"), Path(base, "library")
        documents(saved)
        with Library.open(folder) as library:
            for _ in library.add([saved]):
                pass
            made = {library.annotate(entry.id, n, n + 9, f"note {n}").id for entry in library.documents()[:20] for n in (0, 12)}
        terminal = Terminal("--library", folder, settings={"PULLQUOTE_CONFIG": str(Path(base, "none.toml")), "HOME": base})
        terminal.until(b"Clock")
        terminal.settle()
        pressed = 0
        while pressed < count and terminal.alive():
            burst = "".join(_moves(dice, pool) for _ in range(40))
            pressed += 40
            terminal.write(burst.encode("utf-8", "replace"))
            if dice.random() < 0.1:
                terminal.resize(dice.randint(2, 60), dice.randint(10, 200))
            terminal.settle(0.02, 5)
            whole = terminal.seen.rfind(b"\x1b[0m", 0, -2000) + 4  # a sequence at the end may not have come whole
            if whole > 4 and smuggled(terminal.seen[:whole]):
                wrong.append(f"reached the terminal: {smuggled(terminal.seen[:whole])[:3]}")
            terminal.seen = terminal.seen[max(0, whole) :]
        if not terminal.alive():
            wrong.append(f"ended with {terminal.over} after {pressed} keys: {terminal.seen[-500:]!r}")
        elif terminal.leave() != 0:
            wrong.append(f"did not end well: {terminal.over}: {terminal.seen[-500:]!r}")
        log = folder / "pullquote.log"
        if log.exists():
            wrong.append(f"the log has: {log.read_text()[-2000:]}")
        with Library.open(folder) as library:
            wrong += library.notes_store.problems()
            here = {note.id for note in library.notes()}
            lost = [note for note in made if note not in here and not any(edition.body for edition in library.editions(note))]
            if lost:
                wrong.append(f"{len(lost)} notes are neither there nor in the history")
    return wrong


def _moves(dice: random.Random, pool: list[str]) -> str:
    """One thing that the monkey does."""
    kind = dice.random()
    if kind < 0.7:
        return dice.choice(pool)
    if kind < 0.8:
        return dice.choice("abcdefghijklmnoprstuvwxyz0123456789 \r\x1b\x7f")
    if kind < 0.85:
        return "\x1b[200~" + evil(dice).replace("\x1b", "").replace("\x9b", "") + "\x1b[201~"
    if kind < 0.9:
        return f"\x1b[<{dice.choice((0, 0, 64, 65))};{dice.randint(1, 120)};{dice.randint(1, 36)}M\x1b[<0;{dice.randint(1, 120)};{dice.randint(1, 36)}m"
    return "\x1b"


def main() -> int:
    """Run and report."""
    parser = parser_of(__doc__)
    parser.add_argument("--keys", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    began = time.perf_counter()
    wrong = run(options.keys, options.seed)
    print(f"{options.keys} keys, seed {options.seed}: {time.perf_counter() - began:.0f} s: {'nothing wrong' if not wrong else ''}")
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

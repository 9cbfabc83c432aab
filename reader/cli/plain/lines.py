"""Lines in and lines out. Owns the prompt, wrapping and safety; refuses to know documents.

No line ever holds a control character, nothing is drawn twice, and standard input is read by the line: what the kernel or the screen
reader offers for editing one is all the editing there is. The module `readline` is not used, for it writes escape codes of its own.
"""

import contextlib
import os
import shutil
import sys
import textwrap
from collections.abc import Sequence

from reader.cli.plain.keyboard import Keyboard
from reader.cli.verb import say
from reader.text import one_line, safe_line

PROMPT = "> "


class Ended(Exception):
    """Standard input has no more lines."""


class Lines:
    """Standard input and output. Wraps to the width of the terminal when there is one, else a paragraph is a line."""

    def __init__(self) -> None:
        self.typing = sys.stdin.isatty()
        self._wraps = sys.stdout.isatty()
        self._keyboard: Keyboard | None = None
        if self.typing and os.name == "posix":
            with contextlib.suppress(OSError):  # a terminal of which nobody says the name
                self._keyboard = Keyboard()

    def say(self, text: str) -> None:
        """One paragraph: runs of white space become one space."""
        self.keep(one_line(text))

    def keep(self, text: str) -> None:
        """Lines as they stand, spaces and all: code, tables, exact words."""
        for line in text.split("\n"):
            line = safe_line(line).rstrip()
            if self._wraps:
                width = max(20, shutil.get_terminal_size().columns - 1)
                for part in textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False, drop_whitespace=True) or [""]:
                    say(part)
            else:
                say(line)

    def read(self, prompt: str = PROMPT) -> str:
        """The next line typed, without white space around it; a prompt only for somebody who types. Raises `Ended`."""
        if self.typing:
            sys.stdout.write(prompt)
        sys.stdout.flush()
        line = (self._keyboard or sys.stdin).readline()
        if not line:
            if self.typing:
                print()  # Ctrl+D leaves the cursor behind the prompt
            raise Ended
        return line.strip()

    def write(self, told: str) -> str | None:
        """A text of several lines, up to a line with a full stop only, or the end of input; None when there is nothing in it."""
        self.say(f"{told} A line with a full stop only ends it; nothing written changes nothing.")
        written: list[str] = []
        pressed = False
        while True:
            try:
                line = self.read("")
                if line == ".":
                    break
                pressed = False
                written.append(line)
            except Ended:
                break  # what was written is meant to be kept
            except KeyboardInterrupt:
                if pressed or not self.typing:
                    raise
                pressed = True  # it may have been meant to stop a voice: no reason to lose what was written
                print()
                self.say("Ctrl+C again gives it up; a line with a full stop keeps it.")
        return "\n".join(written).strip() or None


def told(*parts: str | None) -> str:
    """Facts in a row, those that are there: a semicolon is a pause to a screen reader, where a middle dot would be spelled out."""
    return "; ".join(one_line(part) for part in parts if part)


def many(number: int, what: str, plural: str = "") -> str:
    """So many of something."""
    return f"{number} {what if number == 1 else plural or what + 's'}"


def inside(words: str) -> str:
    """Words between quotation marks, unless they bring their own; long ones shortened in the middle."""
    words = one_line(words)
    if len(words) > 160:
        words = f"{words[:100].rsplit(' ', 1)[0]} … {words[-50:].split(' ', 1)[-1]}"
    return words if words[:1] in '“"„«‘' else f"“{words}”"


def numbers(text: str) -> tuple[list[int], str]:
    """Numbers that a command begins with and what follows: "2 4: wages" gives [2, 4] and "wages".

    Numbers in front of other words are such only with a colon behind them: a note may begin with one.
    """
    head, colon, rest = text.partition(":")
    parts: Sequence[str] = head.replace(",", " ").split()
    if not parts or not all(part.isascii() and part.isdigit() and len(part) < 10 for part in parts):
        return [], text
    return [int(part) for part in parts], rest.strip() if colon else ""


def number(text: str) -> int | None:
    """The number that a text is, if it is one and nothing else."""
    found, rest = numbers(text)
    return found[0] if len(found) == 1 and not rest else None

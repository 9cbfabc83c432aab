"""Hostile strings for every place that can hold text, and what a terminal received of them.

Every sequence carries the number 31337, so that none can be taken for one the window itself sends.
"""

import random
import re

SIGN = "31337"
_BODIES = (
    f"[{SIGN}m", f"[{SIGN};1H", f"[?{SIGN}h", f"[{SIGN}J", f"]0;{SIGN}\x07", f"]52;c;{SIGN}\x07", f"]8;;x{SIGN}\x1b\\", f"]1337;File={SIGN}\x07",
    f"]9;{SIGN}\x9c", f"P{SIGN}\x1b\\", f"_{SIGN}\x1b\\", f"^{SIGN}\x1b\\", f"X{SIGN}\x1b\\", f"({SIGN}", f"#{SIGN}", f"c{SIGN}", f"Z{SIGN}",
)  # fmt: skip
_CONTROLS = [chr(n) for n in (*range(1, 9), 11, 12, *range(14, 32), *range(127, 160))]
_DIRECTIONS = list("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029\ufff9\ufffb")
_MARKUP = [
    "[/]",
    "[bold]",
    "[@click=app.quit]x[/]",
    "[link=https://x.example]",
    "[$foo]",
    "[red",
    ":smile:",
    "\\[",
    "<b>",
    "&#27;",
    "{0}",
    "%s",
    "\t",
    "\ufeff",
    "e\u0301" * 9,
]

_SEQUENCE = re.compile(
    r"\x1b\](?:[^\x07\x1b]|\x1b(?!\\))*(?:\x07|\x1b\\)"  # OSC
    r"|\x1b[P_^X](?:[^\x1b]|\x1b(?!\\))*\x1b\\"  # DCS, APC, PM, SOS
    r"|\x1b\[[0-?]*[ -/]*[@-~]"  # CSI
    r"|\x1b[ -/]*[0-~]"  # others
)
_RAW = re.compile("[\x00-\x06\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb]")
_LINK = re.compile(r"\x1b\]8;(?:id=[\w-]*)?;(?:(?:https?|mailto|file):[\x21-\x7e]*)?\x1b\\")


def evil(dice: random.Random, pieces: int = 4) -> str:
    """A hostile string; the same for the same dice."""
    made = []
    for _ in range(pieces):
        kind = dice.randrange(5)
        if kind == 0:
            made.append("\x1b" + dice.choice(_BODIES))
        elif kind == 1:
            made.append(chr(ord(dice.choice("[]PX^_")) + 0x40) + SIGN + "m")  # the same in one character
        else:
            made.append(dice.choice((_CONTROLS, _DIRECTIONS, _MARKUP)[kind - 2]))
        made.append(dice.choice(["evil", " ", "word", ""]))
    return "".join(made)


def file_name(text: str) -> str:
    """The string as far as a file may be called so."""
    return text.replace("/", "").replace("\x00", "")[:60].encode()[:180].decode("utf-8", "ignore")


def smuggled(raw: bytes) -> list[str]:
    """What of all that reached a terminal as more than letters; empty when nothing did."""
    text = raw.decode("utf-8", "replace")
    found = [sequence for sequence in _SEQUENCE.findall(text) if SIGN in sequence and not _LINK.fullmatch(sequence)]
    found += [link for link in re.findall(r"\x1b\]8;[^\x1b\x07]*(?:\x1b\\|\x07)", text) if not _LINK.fullmatch(link)]
    rest = _SEQUENCE.sub("", text)  # a bell alone is Textual's own, and harmless
    return found + _RAW.findall(rest)

"""Text -> pieces: the paragraphs of a plain-text file, whether a line is a paragraph or paragraphs are wrapped over lines.

Owns what counts as a blank line and the test for hard wrapping. Refuses to say what a piece is for; `roles` does.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from reader.model import Role

LONGEST = 4000
"""Characters: rules look at no more of a piece than this, so that a line of 100 MB costs what a page costs."""
_SAMPLE = 400
_INDENT = re.compile(r"[ \t]*")
BULLET = re.compile(r"(?:[•●▪■◦‣⁃∙·○►➢✓]|[-–*o](?=\s))\s*(?=\S)|(?:\(?\d{1,3}[.)]|\([a-z]\)|[a-z]\))\s+(?=[^\W\d]|[\"“‘'(\[$])")


@dataclass(slots=True)
class Piece:
    """A paragraph-like run of text: `start`-`end` without surrounding white space; `head`, its first characters up to `LONGEST`, is
    what rules read; `gap` counts the blank lines before it; `role` and `level` are filled in by the rules.
    """

    start: int
    end: int
    head: str
    gap: int
    role: Role | None = None
    level: int = 0
    words: int = field(init=False)

    def __post_init__(self) -> None:
        self.words = len(self.head.split())


def _lines(text: str) -> Iterator[tuple[int, int, int]]:
    """Start, end and end without white space of every line that is not blank; start is after the white space before it."""
    at = 0
    size = len(text)
    while at < size:
        stop = text.find("\n", at)
        stop = size if stop < 0 else stop
        line = text[at:stop]
        bare = line.strip()
        if bare:
            start = at + line.index(bare[0])
            yield at, start, start + len(bare)
        at = stop + 1


def is_wrapped(text: str) -> bool:
    """Whether lines end because they are full and not because a paragraph ends, judged by the first lines that have a neighbour.

    Full means: the first word of the next line would not have fitted. In wrapped prose that is true of nearly every line but the
    last of a paragraph, and about half of the next lines go on in small letters. Lists, poems and lines of one paragraph each fail.
    """
    lines = [line.rstrip() for line in text[:200_000].split("\n")]
    lengths = sorted(len(line) for line in lines if line.strip())
    if len(lengths) < 4:
        return False
    width = lengths[int(len(lengths) * 0.95)]
    if not 40 <= width <= 120:
        return False
    full = lower = pairs = 0
    for line, following in pairwise(lines):
        if not line.strip() or not following.strip():
            continue
        pairs += 1
        first = following.split(None, 1)[0]
        full += len(line) + 1 + len(first) > width - 2
        lower += first[0].islower() or not line.endswith((".", "!", "?", ":", "”", '"', "»"))
        if pairs >= _SAMPLE:
            break
    return full >= 2 and full * 2 >= pairs and lower * 10 >= pairs * 7


def pieces(text: str) -> list[Piece]:
    """The paragraphs of `text` in order: runs of lines where it is wrapped, else lines. Together they hold all but white space."""
    wrapped = is_wrapped(text)
    found: list[Piece] = []
    run: tuple[int, int] | None = None
    run_gap = indent = 0
    last = 0
    for at, start, end in _lines(text):
        gap = text.count("\n", last, at) - 1 if last else text.count("\n", 0, at)
        deeper = start - at
        joins = run is not None and wrapped and gap <= 0 and (deeper <= indent or deeper > 20) and not BULLET.match(text, start, start + 8)
        row = text.count("|", start, min(end, start + 1000)) >= 2
        if joins and run and not row:
            run = (run[0], end)
        else:
            if run:
                found.append(_piece(text, *run, run_gap))
            run, run_gap = (start, end), max(0, gap)
        indent = max(deeper, 1)
        last = end
    if run:
        found.append(_piece(text, *run, run_gap))
    return found


def _piece(text: str, start: int, end: int, gap: int) -> Piece:
    return Piece(start, end, text[start : min(end, start + LONGEST)], gap)

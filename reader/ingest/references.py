"""Footnotes of plain text: "[1]" in a sentence, and a line below that begins with it.

Owns when the two are surely that. Refuses to guess: a number with two such lines, as in a book that counts anew in each chapter, or whose
line stands above its first reference, has no note. Such a line begins a paragraph, or a line of one that begins so: a margin may break a line
before a reference too.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from reader.model import Block, Inline

_NUMBERED = re.compile(r"\[(?:Footnote )?(\d{1,3})(?:\]|(?<=\d):)")
_REFERENCE = re.compile(r"\[\d{1,3}\]")
_MOST = 999
"""Notes: as many as numbers of three digits can tell apart."""


def inlines(text: str, blocks: Sequence[Block]) -> list[Inline]:
    """Links and anchors for the footnotes of a text, in order."""
    if "[1]" not in text:
        return []
    notes: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    references: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for found in _NUMBERED.finditer(text):
        number, span = int(found.group(1)), found.span()
        if text[text.rfind("\n", 0, span[0]) + 1 : span[0]].strip():
            if _REFERENCE.fullmatch(text, *span):
                references[number].append(span)
        elif _begins(text, blocks, span[0]):
            notes[number].append(span)
    made: list[Inline] = []
    for number in range(1, _MOST + 1):
        above, below = references[number], notes[number]
        if len(below) != 1 or not above or below[0][0] < above[0][1]:
            continue
        made += [Inline("link", start, end, f"#note-{number}") for start, end in above if _block(blocks, start).end >= end]
        made.append(Inline("anchor", *below[0], f"#note-{number}"))
    return sorted(made, key=lambda inline: inline.start)


def _begins(text: str, blocks: Sequence[Block], at: int) -> bool:
    """Whether what begins a line at `at` is the number of a note, with words behind it."""
    block = _block(blocks, at)
    number = _NUMBERED.match(text, block.start, block.end)
    mark = _NUMBERED.match(text, at, block.end)
    return number is not None and mark is not None and bool(text[mark.end() : block.end].split("\n", 1)[0].strip())


def _block(blocks: Sequence[Block], at: int) -> Block:
    return blocks[max(0, bisect_right(blocks, at, key=lambda block: block.start) - 1)]

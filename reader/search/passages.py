"""Which stretches of a document can be found: its passages.

A passage is a block; a block of many thousand characters is cut at sentence ends, so that a hit always fits a screen.
"""

from collections.abc import Iterator

from reader.model import Blocks, Passage, Role, Span
from reader.text import sentences, terms

LONGEST = 2000
"""Code points of the longest passage, give or take a sentence; a sentence that is longer still is cut hard."""
_LEFT_OUT = frozenset({Role.METADATA, Role.DUPLICATE_TITLE})


def passages(text: str, blocks: Blocks) -> list[Passage]:
    """Every passage of a document in order; front matter and the second copy of a headline are left out."""
    found = []
    for block in blocks:
        if block.role in _LEFT_OUT:
            continue
        for start, end in _pieces(text, block.start, block.end):
            folded = " ".join(terms(text[start:end]))
            if folded:
                found.append(Passage(start, end, folded))
    return found


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    if end - start <= LONGEST:
        yield start, end
        return
    first = last = start
    for a, b in sentences(text, start, end):
        if b - first > LONGEST and last > first:
            yield first, last
            first = a
        while b - first > 2 * LONGEST:
            cut = text.rfind(" ", first, first + LONGEST)
            cut = cut if cut > first else first + LONGEST
            yield first, cut
            first = cut
        last = b
    if last > first:
        yield first, last

"""Blocks -> paragraphs as they are read: lines that one sentence or one quotation runs through are put together again.

Owns what a line break means to a quotation. Refuses to drop anything: every paragraph is a stretch of the text. Offsets are code points.
"""

import re
from collections.abc import Iterator, Sequence

from reader.model import Block, Role
from reader.quotes.marks import ANY_MARK, Marked, marked

HEADINGS = frozenset({Role.TITLE, Role.SUBTITLE, Role.HEADING, Role.DUPLICATE_TITLE, Role.ITEM_TITLE})
_EMPTY_LINE = re.compile(r"\n[ \t\xa0]*(?:\n\s*|(?=[“\"„«]))")
_OPENING = re.compile(r"\s*[“\"„«]")
_LONGEST_JOINED = 6000
_SAID = re.compile(r"[,.]['’]?\s+(?=(?:said|says|added)\s+(?:[^\W\d_a-z]|he\b|she\b))")


def paragraphs(text: str, blocks: Sequence[Block]) -> Iterator[tuple[int, int, Role]]:
    """Start, end and role of each paragraph; without blocks, of what empty lines part."""
    if blocks:
        yield from _rejoined(text, blocks)
        return
    at = 0
    for gap in _EMPTY_LINE.finditer(text):
        if gap.start() > at:
            yield at, gap.start(), Role.BODY
        at = gap.end()
    if at < len(text):
        yield at, len(text), Role.BODY


def _rejoined(text: str, blocks: Sequence[Block]) -> Iterator[tuple[int, int, Role]]:
    """Blocks, those put together that one quotation runs through: a line break in the middle of a sentence is not the end of a paragraph."""
    start = end = -1
    role = Role.BODY
    for block in blocks:
        if end >= 0 and text.count("\n", end, block.start) <= 1 and _goes_on(text, start, end, block.start):
            end, role = block.end, (Role.BODY if role in HEADINGS else role)
            continue
        if end >= 0:
            yield start, end, role
        start, end, role = block.start, block.end, block.role
    if end >= 0:
        yield start, end, role


def _goes_on(text: str, start: int, end: int, following: int) -> bool:
    """Whether the line that ends at `end` breaks off in the middle of a sentence or a quotation."""
    if text[following].islower():
        return True
    if _OPENING.match(text, following) or ANY_MARK.search(text, start, end) is None:
        return False
    return text[max(start, end - 5) : end].endswith((" said", ",", " says")) or _is_open(text, start, end)


def _is_open(text: str, start: int, end: int) -> bool:
    """Whether a mark is open at the end of a paragraph."""
    if ANY_MARK.search(text, start, end) is None:
        return False
    marks = marked(text, start, end)
    return bool(marks) and not marks[-1].closed and marks[-1].outer[1] == end and end - start < _LONGEST_JOINED


def cut(text: str, mark: Marked) -> Marked:
    """An unclosed quotation without the "said Ann Lee" behind it."""
    if mark.closed:
        return mark
    said = _SAID.search(text, mark.start, mark.end)
    return mark if said is None else Marked(mark.start, said.start() + 1, (mark.outer[0], said.start() + 1))

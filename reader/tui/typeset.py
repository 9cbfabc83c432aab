"""Blocks into rows: what stands on each line of a column, how far in, and how much air is between blocks.

Owns the typography that can be said in cells (indents, markers, gaps, lines kept or reflowed). Refuses colours, which are the page's,
and whole documents, which are `layout`'s. Pure: no terminal library is needed but for measuring wide characters.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from reader.model import Block, Role
from reader.tui.wrap import graphemes, shown, single_cells, wrap

Piece = tuple[int, int, int]
"""Cell column, start and end: `text[start:end]` is drawn from that column of the row on."""


class Row(NamedTuple):
    """One line of the column. `kind` is "text", "table" (cells side by side), "blank" or "fold" (stands for hidden blocks).

    `start` and `end` hold everything the row shows; a blank row has the start of the block below it, twice, and the role and `lead`
    it continues, if any. `lead` is drawn in front of the text, `indent` cells wide. `first` says that the block begins here.
    """

    kind: str
    role: Role | None
    level: int
    start: int
    end: int
    indent: int = 0
    lead: str = ""
    pieces: tuple[Piece, ...] = ()
    first: bool = False


_COMPACT = frozenset({Role.CONTACT, Role.METADATA, Role.BOILERPLATE, Role.DUPLICATE_TITLE, Role.LIST_ITEM, Role.LINK_LINE, Role.ITEM_LABEL})
"""Roles of which several in a row stand without a blank line between them."""

_HEAD = frozenset({Role.TITLE, Role.SUBTITLE, Role.BYLINE, Role.CONTACT, Role.DUPLICATE_TITLE})
_ITEM = frozenset({Role.ITEM_TITLE, Role.ITEM_TEASER, Role.ITEM_LABEL})
_LINES = frozenset({Role.CONTACT, Role.METADATA, Role.BYLINE, Role.ITEM_LABEL, Role.BOILERPLATE})
"""Roles whose line breaks mean something."""

_MARKER = re.compile(r"(?:[-*+•‣◦▪●·–—]|\(?[0-9]{1,4}[.)]|\(?[A-Za-z][.)])[ \t\u00a0]+")
"""A list item's own bullet or number."""

BAR = "│ "
BULLET = "• "


def gap(above: Block | None, below: Block) -> int:
    """How many blank rows stand between two blocks: one between paragraphs, none inside a list, an item of an index or a byline."""
    if above is None:
        return 0
    pair = above.role, below.role
    if above.role == below.role and above.role in _COMPACT:
        return 0
    if pair == (Role.TITLE, Role.SUBTITLE) or pair in {
        (Role.BYLINE, Role.CONTACT),
        (Role.CONTACT, Role.BYLINE),
        (Role.BYLINE, Role.BYLINE),
    }:
        return 0
    if above.role in _ITEM and below.role in _ITEM:
        return 1 if below.role == Role.ITEM_TITLE and above.role != Role.ITEM_LABEL else 0
    if below.role == Role.ATTRIBUTION and above.role in {Role.BLOCKQUOTE, Role.BODY}:
        return 0 if above.role == Role.BLOCKQUOTE else 1
    if below.role == Role.HEADING and above.role not in _HEAD and above.role != Role.HEADING and below.level <= 2:
        return 2
    return 1


def lead_between(above: Block | None, below: Block) -> tuple[Role | None, str]:
    """What a blank row between two blocks carries on: the bar of a quotation that goes on below it."""
    if above is not None and above.role == below.role == Role.BLOCKQUOTE:
        return Role.BLOCKQUOTE, BAR * min(_depth(above), _depth(below))
    return None, ""


def typeset(text: str, block: Block, start: int, end: int, width: int, columns: tuple[int, ...] = ()) -> Iterator[Row]:
    """The rows of `text[start:end]`, a part of `block` (all of it unless it is very long), in a column of `width` cells.

    `columns` are the widths of a table's columns, from `table_layout`. Every character that is not white space is in exactly one
    piece of one row.
    """
    begins = start == block.start
    if block.role == Role.TABLE and columns:
        from reader.tui.table_layout import table_rows

        yield from table_rows(text, block, start, end, columns)
    elif block.role in {Role.CODE, Role.TABLE}:
        yield from _code_rows(text, block, start, end, width)
    elif block.role == Role.LIST_ITEM:
        yield from _item_rows(text, block, start, end, width)
    else:
        lead = BAR * _depth(block) if block.role == Role.BLOCKQUOTE else "  " if block.role == Role.ATTRIBUTION else ""
        lead = lead if len(lead) <= width // 3 else ""
        for number, (s, e) in enumerate(_reflowed(text, block.role, start, end, width - len(lead))):
            yield Row("text", block.role, block.level, s, e, len(lead), lead, ((len(lead), s, e),), begins and not number)


def _depth(block: Block) -> int:
    return min(max(block.level, 1), 4)


def _item_rows(text: str, block: Block, start: int, end: int, width: int) -> Iterator[Row]:
    """A list item hangs after its marker: its own where the text has one, else a bullet that is drawn and is no text."""
    base = min(2 * (max(block.level, 1) - 1), width // 3)
    marker = _MARKER.match(text, start, end) if start == block.start else None
    if marker:
        hang = base + min(marker.end() - marker.start(), width // 4)
        spans: Iterable[tuple[int, int]] = _reflowed(text, block.role, start, end, width - hang, width - base)
    else:
        hang = base + len(BULLET)
        spans = _reflowed(text, block.role, start, end, width - hang)
    for number, (s, e) in enumerate(spans):
        begins = number == 0 and start == block.start
        if begins and marker:
            lead = " " * base
        elif begins:
            lead = " " * base + BULLET
        else:
            lead = " " * hang
        yield Row("text", block.role, block.level, s, e, len(lead), lead, ((len(lead), s, e),), begins)


def _code_rows(text: str, block: Block, start: int, end: int, width: int) -> Iterator[Row]:
    """Code and drawn tables keep their lines and their indents; a line longer than the column is broken where the column ends."""
    margin = 2 if block.role == Role.CODE and width > 20 else 0
    begins = start == block.start
    for s, e in _lines(text, start, end):
        at = s
        while at < e and text[at].isspace():
            at += 1
        if at == e:
            yield Row("blank", block.role, block.level, s, s)
            continue
        indent = margin + min(len(text[s:at].expandtabs(4)), width // 2)
        for a, b in _cut(text, at, e, width - indent):
            yield Row("text", block.role, block.level, a, b, indent, " " * indent, ((indent, a, b),), begins)
            begins = False


def _cut(text: str, start: int, end: int, width: int) -> Iterator[tuple[int, int]]:
    """Pieces of exactly `width` cells, as far as wide characters allow; white space at their ends is left to them."""
    width = max(2, width)
    line = shown(text[start:end])
    if single_cells(line):
        yield from ((at, min(end, at + width)) for at in range(start, end, width))
        return
    first, filled = start, 0
    for begin, _, wide in graphemes(line):
        if filled + wide > width and start + begin > first:
            yield first, start + begin
            first, filled = start + begin, 0
        filled += wide
    yield first, end


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The lines of `text[start:end]` without their newlines."""
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        yield start, stop
        start = stop + 1


def _reflowed(text: str, role: Role, start: int, end: int, width: int, first: int | None = None) -> Iterator[tuple[int, int]]:
    """Running text wrapped to the column, over its line breaks where they only come from a hard-wrapped file."""
    if text.find("\n", start, end) < 0 or not (role in _LINES or keeps_lines(text, start, end)):
        for s, e in wrap(text[start:end], width, first):
            yield start + s, start + e
        return
    for s, e in _lines(text, start, end):
        for a, b in wrap(text[s:e], width, first):
            yield s + a, s + b
            first = None


def keeps_lines(text: str, start: int, end: int) -> bool:
    """Whether the line breaks of `text[start:end]` were meant: an address, a poem, a table drawn with "|".

    They were not when the lines are as long as a hard-wrapping editor makes them: longer than 50 characters at their longest, and
    the next line's first word would not have fitted on most of them.
    """
    lines = [text[s:e].strip() for s, e in _lines(text, start, min(end, start + 4000))]
    if sum("|" in line for line in lines) > 1:
        return True
    longest = max(map(len, lines), default=0)
    if longest < 50:
        return True
    full = sum(len(line) + 1 + len(below.split(" ", 1)[0]) > longest for line, below in pairwise(lines))
    return full < 0.8 * (len(lines) - 1)

"""Blocks into rows: what stands on each line of a column, how far in, and how much air is between blocks.

Owns the typography that can be said in cells (indents, markers, gaps, lines kept or reflowed). Refuses colours, which are the page's,
and whole documents, which are `layout`'s. Pure: no terminal library is needed but for measuring wide characters.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from reader.model import Block, Role
from reader.patterns import pattern
from reader.tui.typography import PLAIN, Typography
from reader.tui.wrap import broken, cells, graphemes, shown, single_cells

Piece = tuple[int, int, int]
"""Cell column, start and end: `text[start:end]` is drawn from that column of the row on."""


class Row(NamedTuple):
    """One line of the column. `kind` is "text", "table" (cells side by side), "blank" or "fold" (stands for hidden blocks).

    `start` and `end` hold everything the row shows; a blank row has the start of the block below it, twice, and the role and `lead`
    it continues, if any. `lead` is drawn in front of the text, `indent` cells wide. `first` says that the block begins here. `tail` is
    drawn behind the text and is not in it: a hyphen, or the bullet of a right-to-left item. `mirrored` are the places of brackets that
    are drawn the other way round.
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
    tail: str = ""
    mirrored: tuple[int, ...] = ()


_COMPACT = frozenset({Role.CONTACT, Role.METADATA, Role.BOILERPLATE, Role.DUPLICATE_TITLE, Role.LIST_ITEM, Role.LINK_LINE, Role.ITEM_LABEL})
"""Roles of which several in a row stand without a blank line between them."""

_HEAD = frozenset({Role.TITLE, Role.SUBTITLE, Role.BYLINE, Role.CONTACT, Role.DUPLICATE_TITLE})
_ITEM = frozenset({Role.ITEM_TITLE, Role.ITEM_TEASER, Role.ITEM_LABEL})
_LINES = frozenset({Role.CONTACT, Role.METADATA, Role.BYLINE, Role.ITEM_LABEL, Role.BOILERPLATE})
"""Roles whose line breaks mean something."""

_JUSTIFIED = frozenset({Role.BODY, Role.BLOCKQUOTE, Role.LIST_ITEM, Role.ITEM_TEASER, Role.ABOUT})
"""Roles whose rows may be spread to both edges."""

_MARKER = pattern(r"(?:[-*+•‣◦▪●·–—]|\(?[0-9]{1,4}[.)]|\(?[A-Za-z][.)])[ \t\u00a0]+")
"""A list item's own bullet or number."""

_SPACES = pattern(r"[ \t\n]+(?=\S)")
_FULL = 0.75
"""A row that fills less of the column than this is not spread."""
_STRETCH = 2
"""Blank cells that may be added to a gap between words."""

BAR = "│ "
BULLET = "• "
RIGHT_EDGE = 4
"""Cells kept at the right of a paragraph that runs from right to left, for bullets, numbers and bars."""


def gap(above: Block | None, below: Block, spacing: int = 1, labelled: Role | None = None) -> int:
    """How many blank rows stand between two blocks: `spacing` between paragraphs, none inside a list, an item of an index or a byline.

    `labelled` is what stands in front of the labels above an item's title: after another title they are that one's, else this one's.
    """
    if above is None:
        return 0
    if above.role == below.role == Role.BODY:
        return spacing
    rows = _gap(above, below, labelled)
    return rows + (spacing == 2 and rows > 0)


def _gap(above: Block, below: Block, labelled: Role | None) -> int:
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
        if below.role == Role.ITEM_LABEL:
            return int(above.role == Role.ITEM_TEASER)
        return int(below.role == Role.ITEM_TITLE and (above.role != Role.ITEM_LABEL or labelled == Role.ITEM_TITLE))
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


def typeset(
    text: str, block: Block, start: int, end: int, width: int, columns: tuple[int, ...] = (), look: Typography = PLAIN, indent: int = 0
) -> Iterator[Row]:
    """The rows of `text[start:end]`, a part of `block` (all of it unless it is very long), in a column of `width` cells.

    `columns` are the widths of a table's columns, from `table_layout`; `indent` is how far the first row is moved in. Every character
    that is not white space is in exactly one piece of one row.
    """
    if block.role == Role.TABLE and columns:
        from reader.tui.table_layout import table_rows

        yield from table_rows(text, block, start, end, columns)
    elif block.role in {Role.CODE, Role.TABLE}:
        yield from _code_rows(text, block, start, end, width)
    elif right_to_left(text, start, end):
        from reader.tui.bidi import right_rows

        marker = _MARKER.match(text, start, end) if block.role == Role.LIST_ITEM and start == block.start else None
        lines = _reflowed(text, block.role, start, end, width - RIGHT_EDGE, look)
        yield from right_rows(text, block, width, lines, look, marker.end() if marker else start)
    elif block.role == Role.LIST_ITEM:
        yield from _item_rows(text, block, start, end, width, look)
    else:
        lead = BAR * _depth(block) if block.role == Role.BLOCKQUOTE else "  " if block.role == Role.ATTRIBUTION else ""
        lead = lead if len(lead) <= width // 3 else ""
        lines = _reflowed(text, block.role, start, end, width - len(lead), look, width - len(lead) - indent if indent else None)
        yield from _rows(text, block, lines, width, look, " " * indent or lead, lead, start)


def _rows(
    text: str, block: Block, lines: Iterable["Line"], width: int, look: Typography, first: str, lead: str, start: int, fixed: int = 0
) -> Iterator[Row]:
    """Rows of running text: `first` stands in front of the first one, `lead` in front of the others. Up to `fixed` nothing is spread."""
    begins = start == block.start
    for number, (s, e, tail, last) in enumerate(lines):
        front = lead if number else first
        pieces: tuple[Piece, ...] = ((len(front), s, e),)
        if look.justify and not last and block.role in _JUSTIFIED:
            pieces = spread(text, s, e, len(front), width - len(front) - len(tail), number, fixed) or pieces
        mirrored: tuple[int, ...] = ()
        if look.bidi == "reorder" and RIGHT.search(text, s, e):
            from reader.tui.bidi import visual

            pieces, mirrored = visual(text, s, e, len(front), 0)
        yield Row("text", block.role, block.level, s, e, len(front), front, pieces, begins and not number, tail, mirrored)


def spread(text: str, start: int, end: int, column: int, room: int, turn: int, fixed: int = 0) -> tuple[Piece, ...] | None:
    """A full row with its words moved apart until it fills `room` cells; None when it is too short for that to look well.

    The cells that do not go up in the number of gaps are shared out from the left on one row and from the right on the next (`turn`),
    lest they make a river. Gaps before the offset `fixed` stay as they are.
    """
    filled = cells(shown(text[start:end]))
    short = room - filled
    gaps = [hit.end() for hit in _SPACES.finditer(text, start, end) if hit.end() > fixed and hit.end() < end]
    if short <= 0 or filled < _FULL * room or short > _STRETCH * len(gaps):
        return None
    pieces: list[Piece] = []
    at, count = start, len(gaps)
    for number, cut in enumerate([*gaps, end], 1):
        pieces.append((column, at, cut))
        due = number * short // count - (number - 1) * short // count
        if turn % 2:
            due = (count - number + 1) * short // count - (count - number) * short // count
        column += cells(shown(text[at:cut])) + due
        at = cut
    return tuple(pieces)


RIGHT = pattern("[\u0590-\u08ff\ufb1d-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff](?<![\ufe00-\ufe6f])")
"""Letters that run from right to left."""
MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
"""Brackets as they are drawn where the text runs from right to left."""


def right_to_left(text: str, start: int, end: int) -> bool:
    """Whether a paragraph runs from right to left: its first letter does."""
    if text.isascii() or not RIGHT.search(text, start, end):
        return False
    from unicodedata import bidirectional

    for place in range(start, end):
        kind = bidirectional(text[place])
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False


def _depth(block: Block) -> int:
    return min(max(block.level, 1), 4)


def _item_rows(text: str, block: Block, start: int, end: int, width: int, look: Typography) -> Iterator[Row]:
    """A list item hangs after its marker: its own where the text has one, else a bullet that is drawn and is no text."""
    base = min(2 * (max(block.level, 1) - 1), width // 3)
    begins = start == block.start
    marker = _MARKER.match(text, start, end) if begins else None
    if marker:
        hang = base + min(marker.end() - marker.start(), width // 4)
        lines = _reflowed(text, block.role, start, end, width - hang, look, width - base)
        yield from _rows(text, block, lines, width, look, " " * base, " " * hang, start, marker.end())
        return
    hang = base + len(BULLET)
    lines = _reflowed(text, block.role, start, end, width - hang, look)
    yield from _rows(text, block, lines, width, look, " " * base + BULLET if begins else " " * hang, " " * hang, start)


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


Line = tuple[int, int, str, bool]
"""Start and end of a row, what is drawn behind it, and whether the paragraph or the line ends with it."""


def _reflowed(text: str, role: Role, start: int, end: int, width: int, look: Typography, first: int | None = None) -> Iterator[Line]:
    """Running text wrapped to the column, over its line breaks where they only come from a hard-wrapped file."""
    breaks = look.breaks(width)
    whole = text.find("\n", start, end) < 0 or not (role in _LINES or keeps_lines(text, start, end))
    for s, e in [(start, end)] if whole else _lines(text, start, end):
        before: tuple[int, int, str] | None = None
        for row in broken(text[s:e], width, first, breaks):
            if before is not None:
                yield s + before[0], s + before[1], before[2], False
            before, first = row, None
        if before is not None:
            yield s + before[0], s + before[1], before[2], True


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

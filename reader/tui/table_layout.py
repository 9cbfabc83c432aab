"""Tables (a tab between cells, a newline between rows) in a column: how wide each of their columns is, and what stands on each line.

Owns the sharing of width. Refuses colours and rules drawn between cells: two blank cells are enough.
"""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from reader.model import Block
from reader.tui.typeset import Piece, Row
from reader.tui.wrap import cells, wrap

GUTTER = 2
"""Blank cells between two columns."""

_SAMPLE = 200
"""How many rows of a table are measured: a bound on the cost of a very long one, whose later cells then wrap."""

_LEAST = 4
"""A column narrower than this many cells breaks every word; then the cells stand one below the other."""


def column_widths(text: str, start: int, end: int, width: int) -> tuple[int, ...]:
    """The widths in cells of the columns of the table `text[start:end]`; empty when it has no tabs and is to be shown as it is.

    Columns that fit into an equal share keep their natural width and leave what they do not need to the others. A single width
    means: the cells of a row below each other.
    """
    stop = end
    at = start
    for _ in range(_SAMPLE):
        at = text.find("\n", at, end) + 1
        if not at:
            break
        stop = at - 1
    else:
        end = stop
    if text.find("\t", start, end) < 0:
        return ()
    natural: list[int] = []
    for line in text[start:end].split("\n"):
        for number, cell in enumerate(line.split("\t")):
            if number == len(natural):
                natural.append(1)
            natural[number] = max(natural[number], min(cells(cell.strip()), width))
    room = width - GUTTER * (len(natural) - 1)
    if room < _LEAST * len(natural):
        return (width,)
    return _shared(natural, room)


def _shared(natural: Sequence[int], room: int) -> tuple[int, ...]:
    widths = [0] * len(natural)
    left = len(natural)
    for number in sorted(range(len(natural)), key=natural.__getitem__):
        widths[number] = min(natural[number], room // left)
        room -= widths[number]
        left -= 1
    return tuple(widths)


def table_rows(text: str, block: Block, start: int, end: int, columns: tuple[int, ...]) -> Iterator[Row]:
    """The rows of `text[start:end]`, a part of the table `block`, with the cells of a line side by side and wrapped.

    A line with more cells than `columns` has widths puts the rest below each other, indented.
    """
    at = start
    begins = start == block.start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        for row in _line_rows(text, block, at, stop, columns):
            yield row._replace(first=True) if begins else row
            begins = False
        at = stop + 1


def _line_rows(text: str, block: Block, start: int, end: int, columns: tuple[int, ...]) -> Iterator[Row]:
    beside: list[list[Piece]] = []
    below: list[Piece] = []
    at = column = 0
    at = start
    for number, cell in enumerate(text[start:end].split("\t")):
        stacked = number >= len(columns) or (len(columns) == 1 and number > 0)
        left, width = (min(2, columns[0] // 4), max(_LEAST, sum(columns) - 2)) if stacked else (column, columns[number])
        pieces = [(left, at + s, at + e) for s, e in wrap(cell, width)]
        if stacked:
            below.extend(pieces)
        else:
            beside.append(pieces)
            column += width + GUTTER
        at += len(cell) + 1
    for line in zip_longest(*beside):
        yield _row(block, tuple(piece for piece in line if piece))
    for piece in below:
        yield _row(block, (piece,))


def _row(block: Block, pieces: tuple[Piece, ...]) -> Row:
    return Row(
        "table", block.role, block.level, min(p[1] for p in pieces), max(p[2] for p in pieces), pieces[0][0], " " * pieces[0][0], pieces
    )

"""A document in a column of so many cells: which row shows which words, worked out only where somebody looks.

Owns rows and where they are. Refuses widgets and colours. The document is cut into chunks of about 8,000 characters at the ends of
blocks. The height of a chunk is estimated from its length until it is looked at; then it is laid out and its height is exact. Row
numbers are therefore only good until the next estimate is replaced: what stays is an offset into the text. `settle` replaces the
estimates around a place and says which row that place has become.
"""

from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from reader.model import FURNITURE, ROLES, Block, Blocks, Role
from reader.tui.typeset import Row, gap, lead_between, typeset
from reader.tui.typography import PLAIN, Typography
from reader.tui.wrap import cells, graphemes, offset_at_cell, shown, single_cells

CHUNK = 8_000
"""Characters in a chunk: about 150 rows, so that a screen takes one or two, laid out in about 1 ms each where Western letters stand."""

_KEPT = 64
"""How many laid out chunks are kept: about 2 MB."""

_MINIMUM = 16
"""Narrower columns than this are laid out as if they were this wide."""

_LABEL = ROLES.index(Role.ITEM_LABEL)
_FURNITURE = frozenset(number for number, role in enumerate(ROLES) if role in FURNITURE)


class _Chunk(NamedTuple):
    """Blocks `first` to `stop` (excluded), of their text only `start` to `end`."""

    first: int
    stop: int
    start: int
    end: int


class Layout:
    """The rows of a document in a column of `width` cells; with `fold_furniture` each run of page furniture is one row.

    `height` and every row number rest on estimates for chunks nobody looked at. Opening costs one step for each chunk (600 for
    10 MB: 1 ms), looking at a place lays out its chunk.
    """

    def __init__(self, text: str, blocks: Blocks, width: int, *, fold_furniture: bool = False, look: Typography = PLAIN) -> None:
        self.text = text
        self.look = look
        self.blocks = blocks
        self.fold_furniture = fold_furniture
        self.width = max(_MINIMUM, width)
        self._chunks = list(_chunks(text, blocks))
        self._starts = [chunk.start for chunk in self._chunks]
        self._wide = _cells_per_character(text)
        self._reset()

    def _reset(self) -> None:
        self._exact: OrderedDict[int, list[Row]] = OrderedDict()
        self._columns: dict[int, tuple[int, ...]] = {}
        self._known = bytearray(len(self._chunks))
        # 1.06: what ragged line ends cost; 1.4 rows a block: half a last row and the blank one below it.
        per_character = self._wide * 1.06 / self.width
        per_block = 0.4 + self.look.spacing
        self._heights = [1 + int((end - start) * per_character + per_block * (stop - first)) for first, stop, start, end in self._chunks]
        self._sum()

    def _sum(self) -> None:
        self._tops = [0, *accumulate(self._heights)]

    # -- rows ------------------------------------------------------------------------------------------------------------------

    @property
    def height(self) -> int:
        """How many rows the document has, as far as known."""
        return self._tops[-1]

    def rows(self, first: int, count: int) -> list[Row]:
        """At most `count` rows from number `first` on. Lays out what it must; `first` itself keeps its place."""
        found: list[Row] = []
        number, local = self._place(first)
        while number < len(self._chunks) and len(found) < count:
            found.extend(self._lay(number)[local : local + count - len(found)])
            number, local = number + 1, 0
        return found

    def _place(self, row: int) -> tuple[int, int]:
        """The chunk that holds a row, laid out, and the row's number in it."""
        row = min(max(0, row), max(0, self.height - 1))
        number = max(0, min(bisect_right(self._tops, row) - 1, len(self._chunks) - 1))
        local = row - self._tops[number]
        while number < len(self._chunks) - 1 and local >= len(self._lay(number)):
            local -= len(self._lay(number))
            number += 1
        return number, local

    def settle(self, first: int, count: int, above: int = 0) -> int:
        """Make exact where `count` rows from `first` on lie, and `above` rows before it; the number of that first row now.

        A row that has been looked at stays the same row. Where only an estimate said what `first` is, it becomes the row as far
        through its chunk as the estimate said.
        """
        if not self._chunks:
            return 0
        first = min(max(0, first), max(0, self.height - 1))
        number = max(0, min(bisect_right(self._tops, first) - 1, len(self._chunks) - 1))
        local = first - self._tops[number]
        if not self._known[number]:
            guess = max(1, self._heights[number])
            local = max(0, min(len(self._lay(number)) - 1, local * len(self._lay(number)) // guess))
        last, rows = number, len(self._lay(number)) - local
        while last < len(self._chunks) - 1 and rows < count:
            last += 1
            rows += len(self._lay(last))
        back, rows = number, local
        while back > 0 and rows < above:
            back -= 1
            rows += len(self._lay(back))
        return max(0, self._tops[number] + local)

    def settle_end(self, count: int) -> int:
        """Make the last `count` rows exact; the number of the first of them."""
        rows = 0
        for number in reversed(range(len(self._chunks))):
            rows += len(self._lay(number))
            if rows >= count:
                break
        return max(0, self.height - count)

    def _lay(self, number: int) -> list[Row]:
        """The rows of a chunk; replaces its estimate."""
        rows = self._exact.get(number)
        if rows is not None:
            self._exact.move_to_end(number)
            return rows
        rows = list(self._chunk_rows(self._chunks[number]))
        self._exact[number] = rows
        if len(self._exact) > _KEPT:
            self._exact.popitem(last=False)
        if not self._known[number]:
            self._known[number] = 1
            self._heights[number] = len(rows)
            self._sum()
        return rows

    def _chunk_rows(self, chunk: _Chunk) -> Iterator[Row]:
        above = self.blocks[chunk.first - 1] if chunk.first else None
        number = chunk.first
        while number < chunk.stop:
            block = self.blocks[number]
            start, end = max(block.start, chunk.start), min(block.end, chunk.end)
            fold = self._fold(number) if self.fold_furniture and block.role in FURNITURE else None
            if fold is not None and (start > block.start or fold[0] < number):
                above, number = block, number + 1
                continue
            if start == block.start:
                role, lead = lead_between(above, block)
                for _ in range(gap(above, block, self.look.spacing, self._labelled(number))):
                    yield Row("blank", role, block.level, start, start, len(lead), lead)
            if fold is not None:
                run_end = self.blocks.ends[fold[1] - 1]
                yield Row("fold", Role.BOILERPLATE, 0, start, run_end, first=True)
                number = fold[1]
                above = self.blocks[number - 1]
                continue
            indent = self.look.first_indent if above and above.role == block.role == Role.BODY and start == block.start else 0
            yield from typeset(self.text, block, start, end, self.width, self._table(number, block), self.look, indent)
            above, number = block, number + 1

    def _fold(self, number: int) -> tuple[int, int]:
        """The run of furniture around a block: its first block, and the one after its last. For a block in the middle, only roughly."""
        roles = self.blocks.roles
        if number and roles[number - 1] in _FURNITURE:
            return number - 1, number + 1
        stop = number + 1
        while stop < len(roles) and roles[stop] in _FURNITURE:
            stop += 1
        return number, stop

    def _labelled(self, number: int) -> Role | None:
        """What stands in front of the labels above a block; None when there are none."""
        roles, place = self.blocks.roles, number - 1
        while place >= 0 and roles[place] == _LABEL and number - place < 9:
            place -= 1
        return ROLES[roles[place]] if 0 <= place < number - 1 else None

    def _table(self, number: int, block: Block) -> tuple[int, ...]:
        if block.role != Role.TABLE:
            return ()
        if number not in self._columns:
            from reader.tui.table_layout import column_widths

            self._columns[number] = column_widths(self.text, block.start, block.end, self.width)
        return self._columns[number]

    # -- places ----------------------------------------------------------------------------------------------------------------

    def row_of(self, offset: int) -> int:
        """The number of the row that shows the character at `offset`, or of the one before it when none does (white space).

        Makes the chunk there exact. Where page furniture is folded away, the row that stands for it.
        """
        if not self._chunks:
            return 0
        number = max(0, bisect_right(self._starts, offset) - 1)
        rows = self._lay(number)
        while not rows and number:
            number -= 1
            rows = self._lay(number)
        local = max(0, bisect_right(rows, offset, key=lambda row: row.start) - 1)
        if local < len(rows) and rows[local].kind == "table":
            local = _table_row(rows, local, offset)
        return self._tops[number] + local

    def row(self, number: int) -> Row | None:
        """The row with that number; None behind the end."""
        found = self.rows(number, 1)
        return found[0] if found and number < self.height else None

    def start_of(self, row: int) -> int:
        """The offset of the first character shown in that row; of the text below it when it is blank."""
        found = self.rows(row, 1)
        return found[0].start if found else 0

    def offset_at(self, row: int, cell: int) -> int:
        """The offset of the character drawn at `cell` of a row, or the end of the row's text to the right of it."""
        found = self.rows(row, 1)
        if not found:
            return 0
        pieces = found[0].pieces
        if not pieces:
            return found[0].start
        column, start, end = max((piece for piece in pieces if piece[0] <= cell), default=min(pieces))
        return start + offset_at_cell(shown(self.text[start:end]), cell - column)

    def cell_of(self, row: int, offset: int) -> int:
        """The cell of a row where the character at `offset` is drawn; the nearest one when the row does not show it."""
        found = self.rows(row, 1)
        for column, start, end in reversed(found[0].pieces if found else ()):
            if start <= offset:
                return column + cells(shown(self.text[start : min(offset, end)]))
        return found[0].indent if found else 0

    # -- other widths ----------------------------------------------------------------------------------------------------------

    def resize(self, width: int, keep: int = 0) -> int:
        """Lay out anew for another width; the number of the row that then shows the offset `keep`."""
        self.width = max(_MINIMUM, width)
        self._reset()
        return self.settled_row(keep)

    def restyle(self, look: Typography, width: int, keep: int = 0) -> int:
        """Lay out anew with another look and width; the number of the row that then shows the offset `keep`."""
        self.look = look
        return self.resize(width, keep)

    def fold(self, fold_furniture: bool, keep: int = 0) -> int:
        """Fold page furniture away or show it; the number of the row that then shows the offset `keep`."""
        self.fold_furniture = fold_furniture
        self._reset()
        return self.settled_row(keep)

    def settled_row(self, offset: int, above: int = 0) -> int:
        """`row_of`, with `above` rows before it made exact too."""
        return self.settle(self.row_of(offset), 1, above)


def _table_row(rows: list[Row], local: int, offset: int) -> int:
    """Cells of one line of a table run side by side: the row whose piece holds `offset` may be some rows above the last that starts before it."""
    best, nearest = local, -1
    for number in range(local, max(-1, local - 400), -1):
        if rows[number].kind != "table":
            break
        for _, start, end in rows[number].pieces:
            if start <= offset < end:
                return number
            if nearest < start <= offset:
                best, nearest = number, start
    return best


def _cells_per_character(text: str) -> float:
    """About how many cells a character of `text` fills, from 16 samples: 1 for Western letters, near 2 for Chinese or Japanese."""
    if text.isascii() or not text:
        return 1.0
    sample = "".join(text[at : at + 64] for at in range(0, len(text), max(64, len(text) // 16)))
    return 1 + sum(character >= "\u2e80" for character in sample) / len(sample)


def _chunks(text: str, blocks: Blocks) -> Iterator[_Chunk]:
    starts, ends = blocks.starts, blocks.ends
    if not starts:
        return
    # Twice the size from 10 MB on, for every chunk is a step at opening; but not the first, which is laid out then.
    size = max(CHUNK, min(2 * CHUNK, len(text) // 600))
    longest = size + CHUNK // 2
    firsts = [0, *dict.fromkeys(bisect_left(starts, at) for at in range(starts[0] + CHUNK, starts[-1] + 1, size))]
    for first, stop in zip(firsts, [*firsts[1:], len(starts)], strict=True):
        last = stop - 1
        start, end = starts[last], ends[last]  # no block before the last is longer than a chunk
        if end - start <= longest:
            yield _Chunk(first, stop, starts[first], end)
            continue
        if first < last:
            yield _Chunk(first, last, starts[first], ends[last - 1])
        yield from _parts(text, last, start, end)


def _parts(text: str, block: int, start: int, end: int) -> Iterator[_Chunk]:
    """A long block cut at the last newline, else at the last space, else in the middle of a word but not of a character."""
    while end - start > CHUNK + CHUNK // 2:
        cut = text.rfind("\n", start + CHUNK // 2, start + CHUNK) + 1 or text.rfind(" ", start + CHUNK // 2, start + CHUNK) + 1
        if not cut:
            cut = start + CHUNK
            around = text[cut - 32 : cut + 32]
            if not single_cells(around):
                cut = next(cut - 32 + s for s, e, _ in graphemes(around) if e > 32)
        yield _Chunk(block, block + 1, start, cut)
        start = cut
    yield _Chunk(block, block + 1, start, end)

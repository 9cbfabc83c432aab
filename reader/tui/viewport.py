"""The part of a laid out document that is in sight, and moving it.

Owns the row at the top of the screen. Refuses drawing and keys. Pure: `layout` underneath, numbers above.
"""

from reader.model import Blocks, Span
from reader.tui.layout import Layout
from reader.tui.typeset import Row
from reader.tui.typography import PLAIN, Typography

HEAD = 1
"""Blank rows above the first one: the top margin of the page."""

TAIL = 2
"""Blank rows below the last one that may come into sight: they say that the text ends here."""


class Viewport:
    """`height` rows of a document, of which the one at the top is row number `top` (-1 while the top margin shows).

    `asked` is the width asked for; the layout's is never below its minimum. What stays when the width or the height changes is the first visible character, not the row.
    """

    def __init__(
        self,
        text: str,
        blocks: Blocks,
        width: int,
        height: int,
        *,
        fold_furniture: bool = False,
        position: int = 0,
        look: Typography = PLAIN,
    ) -> None:
        self.layout = Layout(text, blocks, width, fold_furniture=fold_furniture, look=look)
        self.asked = width
        self.height = height
        self.top = -HEAD
        self._anchor = 0
        if position > 0:
            self.show_offset(position)
        else:
            self.go(-HEAD)

    # -- where ---------------------------------------------------------------------------------------------------------------------

    @property
    def position(self) -> int:
        """The offset of the first visible character."""
        return self._anchor

    @property
    def end(self) -> int:
        """The offset behind the last visible character."""
        rows = self.layout.rows(max(0, self.top), self.height + min(0, self.top))
        return max((row.end for row in rows), default=0)

    @property
    def progress(self) -> int:
        """How much of the document has been scrolled by, in percent: 0 at the beginning, 100 when the end is in sight."""
        length = self.layout.blocks.ends[-1] if len(self.layout.blocks) else 0
        end = self.end
        if end >= length:
            return 100
        start = self.position if self.top > 0 else 0
        return min(99, 100 * start // max(1, length - (end - start)))

    def rows(self) -> list[Row | None]:
        """What stands on each line in sight; None above and below the text."""
        head: list[Row | None] = [None] * max(0, -self.top)
        return [*head, *self.layout.rows(max(0, self.top), self.height - len(head))] if self.layout.height else head

    @property
    def reading(self) -> int:
        """The offset of the first character shown of text to be read: behind furniture that is folded away."""
        rows = (row for row in self.layout.rows(max(0, self.top), self.height) if row is not None and row.kind not in ("fold", "blank"))
        return next((row.start for row in rows), self.position)

    def line_of(self, offset: int) -> int | None:
        """The line of the screen on which an offset is shown, from 0; None when it is out of sight."""
        if not self.position <= offset <= self.end:
            return None
        line = self.layout.row_of(offset) - self.top
        return line if 0 <= line < self.height else None

    # -- moving --------------------------------------------------------------------------------------------------------------------

    def go(self, row: int) -> bool:
        """Put that row at the top, as far as the ends of the document allow; whether anything moved."""
        before = self.top, self._anchor
        if row <= 0:
            self.layout.settle(0, self.height)
            top = -HEAD if row < 0 else 0
        else:
            top = self.layout.settle(row, self.height)
        most = self.layout.height + TAIL - self.height
        if top > most:
            # Near the end: what is above must be exact before anybody can say where the last screen begins.
            top = self.layout.settle(max(0, top), self.height, self.height)
            top = max(-HEAD, min(top, self.layout.height + TAIL - self.height))
        self.top = top
        self._anchor = self.layout.start_of(max(0, top))
        return before != (self.top, self._anchor)

    def move(self, rows: int) -> bool:
        """Scroll by so many rows; whether anything moved."""
        here = self.layout.settle(self.top, self.height + max(0, rows), max(0, -rows)) if self.top > 0 else self.top
        return self.go(max(-HEAD, here + rows))

    def go_end(self) -> bool:
        """Scroll to the end; whether anything moved."""
        self.layout.settle_end(self.height)
        return self.go(self.layout.height + TAIL - self.height)

    def show_offset(self, offset: int, line: int = 0) -> bool:
        """Scroll so that the row with `offset` is the given line of the screen, from 0; whether anything moved."""
        row = self.layout.settled_row(offset, line)
        return self.go(-HEAD if row <= line else row - line)

    def reveal(self, span: Span) -> bool:
        """Scroll as little as it takes to see all of `span`, or its beginning when it is longer than the screen; whether anything moved."""
        first = self.layout.settled_row(span[0])
        last = self.layout.row_of(max(span[0], span[1] - 1))
        first = self.layout.row_of(span[0])
        if first < self.top or last - first >= self.height:
            return self.show_offset(span[0], 1)
        if last >= self.top + self.height:
            return self.show_offset(span[0], max(0, self.height - 2 - (last - first)))
        return False

    def paragraph(self, step: int) -> bool:
        """Bring the next (1) or the previous (-1) block to the top; whether anything moved."""
        blocks = self.layout.blocks
        if not len(blocks):
            return False
        here = blocks.at(self.position)
        if step < 0 and blocks.starts[here] < self.position:
            return self.show_offset(blocks.starts[here])
        row = self.layout.row_of(self.position)
        number = here + step
        # Blocks folded away, or cells of one row, share a row: go on until it is another one.
        for _ in range(1000):
            if not 0 <= number < len(blocks) or self.layout.row_of(blocks.starts[number]) != row:
                break
            number += step
        return self.show_offset(blocks.starts[number]) if 0 <= number < len(blocks) else self.go_end() if step > 0 else self.go(-HEAD)

    # -- other shapes --------------------------------------------------------------------------------------------------------------

    def resize(self, width: int, height: int, look: Typography | None = None) -> None:
        """Another width or height of the screen, or another look; the first visible character stays the first."""
        keep, at_head = self._anchor, self.top < 0
        look = look or self.layout.look
        anew = width != self.asked or look != self.layout.look
        row = self.layout.restyle(look, width, keep) if anew else self.layout.settled_row(keep)
        self.asked, self.height = width, height
        self.go(-HEAD if at_head else row)
        if not at_head:
            self._anchor = keep if self._shows(keep) else self._anchor

    def fold(self, fold_furniture: bool) -> None:
        """Fold page furniture away or show it; what was at the top stays there."""
        keep, at_head = self._anchor, self.top < 0
        row = self.layout.fold(fold_furniture, keep)
        self.go(-HEAD if at_head else row)

    def _shows(self, offset: int) -> bool:
        row = self.layout.row(max(0, self.top))
        return row is not None and row.start <= offset <= row.end

    def offset_at(self, line: int, cell: int) -> int:
        """The offset of the character drawn on a line of the screen, `cell` cells into the column; the nearest one elsewhere."""
        row = self.top + line
        if row < 0:
            return 0
        if row >= self.layout.height:
            return self.layout.blocks.ends[-1] if len(self.layout.blocks) else 0
        return self.layout.offset_at(row, cell)

"""The headings of the document, narrowed as one types, to jump to one of them."""

from collections.abc import Sequence

from reader.text import fold, one_line
from reader.tui.list_dialog import ListDialog
from reader.tui.rows import RowCells


class _Headings:
    height = 1

    def __init__(self, lines: Sequence[tuple[int, int, str]], here: int) -> None:
        self._lines, self._here = lines, here

    def __len__(self) -> int:
        return len(self._lines)

    def row(self, index: int) -> RowCells:
        """See `rows.RowSource`."""
        number, level, words = self._lines[index]
        mark = ("▸ ", "accent") if number == self._here else ("  ", "")
        return [[mark, ("  " * min(level, 8), ""), (words, "title" if not level else "")]]


class Outline(ListDialog[int]):
    """Headings as (depth, words); the cursor begins on the one that is read, number `here`. Closes with a number, None when given up."""

    prompt = "type some of a heading"
    hint = "↓ ↑ choose   Enter go there   Esc back"

    def __init__(self, heading: str, headings: Sequence[tuple[int, str]], here: int) -> None:
        super().__init__(heading)
        self._here = here
        self._lines = [(number, level, one_line(words)) for number, (level, words) in enumerate(headings)]
        self._shown = self._lines

    def begin(self) -> None:
        """Show all, with the cursor on the one that is read."""
        self.fit(len(self._lines))
        super().begin()

    def narrow(self, typed: str) -> None:
        """Show the headings that hold every word typed."""
        words = fold(typed).text.split()
        self._shown = [line for line in self._lines if all(word in fold(line[2]).text for word in words)]
        at = next((place for place, line in enumerate(self._shown) if line[0] >= self._here), 0) if not words else 0
        self.show_rows(_Headings(self._shown, self._here), "no heading like that", at)

    def chosen(self, at: int) -> int:
        """The number of the heading."""
        return self._shown[at][0]

"""A small window over the page: the headings of the document, filtered as one types, to jump to one of them."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from reader.text import fold, one_line
from reader.tui.bars import Line, Typed
from reader.tui.dialog import Dialog
from reader.tui.rows import RowCells, RowList

FEW = 14
"""Headings below which the window is as high as they need."""


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


class Outline(Dialog[int | None]):
    """Headings as (depth, words); the cursor begins on the one that is read, number `here`. Closes with a number, None when given up."""

    DEFAULT_CSS = """
    Outline { align: center middle; background: $background 60%; }
    Outline > #box { width: 76; max-width: 96%; height: 80%; background: $background; border: round $foreground 30%; padding: 0 2; }
    Outline #heading { text-style: bold; }
    Outline Input, Outline Input:focus { border: none; height: 1; padding: 0 1; background: $foreground 6%; margin: 1 0; }
    Outline RowList { height: 1fr; }
    Outline #hint { color: $foreground 60%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", "Give up", priority=True, show=False, id="outline.give-up"),
        Binding("down", "scroll(1)", "Down", priority=True, show=False, id="outline.down"),
        Binding("up", "scroll(-1)", "Up", priority=True, show=False, id="outline.up"),
        Binding("pagedown", "scroll(10)", "Page down", priority=True, show=False, id="outline.page-down"),
        Binding("pageup", "scroll(-10)", "Page up", priority=True, show=False, id="outline.page-up"),
    ]

    def __init__(self, heading: str, headings: Sequence[tuple[int, str]], here: int) -> None:
        super().__init__()
        self._heading, self._here = heading, here
        self._lines = [(number, level, one_line(words)) for number, (level, words) in enumerate(headings)]
        self._shown = self._lines

    def compose(self) -> ComposeResult:
        """The document, the filter, its headings."""
        with Vertical(id="box"):
            yield Line(one_line(self._heading), id="heading")
            yield Typed(placeholder="type some of a heading", select_on_focus=False)
            yield RowList()
            yield Line("↓ ↑ choose   Enter go there   Esc back", id="hint")

    def begin(self) -> None:
        """Show all, with the cursor on the one that is read."""
        if len(self._lines) < FEW:
            self.query_one("#box").styles.height = "auto"
            self.query_one(RowList).styles.height = max(1, len(self._lines))
        self.query_one(RowList).set_source(_Headings(self._lines, self._here), self._here)
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the headings that hold every word typed."""
        words = fold(event.value).text.split()
        self._shown = [line for line in self._lines if all(word in fold(line[2]).text for word in words)]
        rows = self.query_one(RowList)
        at = next((place for place, line in enumerate(self._shown) if line[0] >= self._here), 0) if not words else 0
        rows.set_source(_Headings(self._shown, self._here), at) if self._shown else rows.show_message("no heading like that")

    def on_input_submitted(self) -> None:
        """Enter: it comes behind the letters typed before it."""
        self.action_choose()

    def on_row_list_activated(self) -> None:
        """A row was clicked."""
        self.action_choose()

    def action_choose(self) -> None:
        """Close with the heading at the cursor."""
        if self._shown:
            self.dismiss(self._shown[self.query_one(RowList).cursor][0])

    def action_scroll(self, rows: int) -> None:
        """Move the cursor."""
        self.query_one(RowList).action_rows(rows)

    def action_give_up(self) -> None:
        """Close without."""
        self.dismiss(None)

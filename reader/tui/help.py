"""The help: every key of the window, filtered as one types. Also shows other lists of two columns."""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from reader.text import fold, safe
from reader.tui.bars import Line
from reader.tui.dialog import Dialog
from reader.tui.list_dialog import ListDialog
from reader.tui.rows import RowCells, RowList
from reader.tui.wrap import cells

_WIDEST = 24
"""Columns that the left of pairs may take."""
_USUAL = 0.95
"""Part of the pairs whose left has room in its column; what is longer pushes its right on, and leaves the others theirs."""


class _Pairs:
    height = 1

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        self._pairs = pairs
        widths = sorted(cells(left) for left, _ in pairs) or [0]
        self._width = min(_WIDEST, widths[round(_USUAL * (len(widths) - 1))]) + 2

    def __len__(self) -> int:
        return len(self._pairs)

    def row(self, index: int) -> RowCells:
        """See `rows.RowSource`."""
        left, right = self._pairs[index]
        return [[(left + " " * max(1, self._width - cells(left)), "accent"), (right, "")]]


class PairList(ListDialog[None]):
    """A list of (left, right) lines with a filter. Esc closes it."""

    DEFAULT_CSS = """
    PairList > #box { width: 92; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f1", "give_up", "Close", priority=True, show=False, id="help.close")]
    prompt = "type to filter"
    hint = "↓ ↑ scroll   Esc close"

    def __init__(self, heading: str, pairs: Sequence[tuple[str, str]], wanted: str = "") -> None:
        super().__init__(heading, typed=wanted)
        self._pairs = pairs

    def narrow(self, typed: str) -> None:
        """Show the lines that hold every word typed."""
        wanted = fold(typed).text.split()
        found = [pair for pair in self._pairs if all(word in fold(" ".join(pair)).text for word in wanted)]
        self.show_rows(_Pairs(found), "nothing like that")

    def chosen(self, at: int) -> None:
        """Nothing: the lines are there to be read."""


class OneKey(Dialog[str | None]):
    """Waits for one letter or digit (or '), and shows what each leads to meanwhile. Any other key gives up."""

    DEFAULT_CSS = """
    OneKey { align: center bottom; background: $background 30%; }
    OneKey > #box { width: 100%; height: auto; max-height: 50%; background: $background; border-top: solid $foreground 30%; padding: 0 2; }
    OneKey #heading { text-style: bold; }
    OneKey RowList { height: auto; max-height: 12; }
    """

    def __init__(self, heading: str, pairs: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._heading, self._pairs = heading, pairs

    def compose(self) -> ComposeResult:
        """The heading and the lines."""
        with Vertical(id="box"):
            yield Line(self._heading, id="heading")
            yield Line("   ".join(f"{left} {right}".strip() for left, right in self._pairs[:1])) if len(self._pairs) == 1 else RowList()

    def begin(self) -> None:
        """Show the lines."""
        for rows in self.query(RowList):
            rows.can_focus = False
            rows.styles.height = max(1, min(12, len(self._pairs)))
            rows.set_source(_Pairs(self._pairs))

    def on_key(self, event: events.Key) -> None:
        """Whatever was pressed ends it."""
        event.stop()
        event.prevent_default()
        letter = event.character or ""
        self.dismiss(letter if len(letter) == 1 and (letter.isalnum() or letter == "'") else None)


class Told(Dialog[None]):
    """Texts of any length, each below a line that says what it is. Scrolls; Esc closes it."""

    DEFAULT_CSS = """
    Told { align: center middle; background: $background 60%; }
    Told > #box { width: 76; max-width: 96%; height: auto; max-height: 90%; background: $background; border: round $foreground 30%; padding: 1 2; }
    Told #heading { text-style: bold; }
    Told VerticalScroll { height: auto; max-height: 100%; margin: 1 0 0 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter", "close", "Close", priority=True, id="told.close"),
        Binding("j", "scroll(1)", "Down", show=False, id="told.down"),
        Binding("k", "scroll(-1)", "Up", show=False, id="told.up"),
    ]

    def __init__(self, heading: str, texts: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._heading, self._texts = heading, texts

    def compose(self) -> ComposeResult:
        """The heading and the texts."""
        told = Text()
        for about, text in self._texts:
            told.append(f"{safe(about)}\n", style="bold").append(f"{safe(text)}\n\n")
        with Vertical(id="box"):
            yield Line(self._heading, id="heading")
            with VerticalScroll():
                yield Static(told)

    def action_scroll(self, lines: int) -> None:
        """Scroll."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_close(self) -> None:
        """Close."""
        self.dismiss(None)

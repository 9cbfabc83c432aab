"""A small window over the page that lists lines, narrowed by typing some of them: the one frame of the outline, of choices and of the help."""

from abc import abstractmethod
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ScreenResultType
from textual.widgets import Input, Static

from reader.text import one_line
from reader.tui.bars import Line, Typed
from reader.tui.dialog import Dialog
from reader.tui.rows import RowList, RowSource


class ListDialog(Dialog[ScreenResultType | None]):
    """A heading, words it is about, a field, rows, the whole of a row that is cut, a hint. Subclasses `narrow` the rows and say what is `chosen`; Esc closes with None."""

    DEFAULT_CSS = """
    ListDialog { align: center middle; background: $background 60%; }
    ListDialog > #box { width: 76; max-width: 96%; height: 80%; background: $background; border: round $foreground 30%; padding: 0 2; }
    ListDialog #heading { text-style: bold; }
    ListDialog #words { color: $foreground 75%; text-style: italic; max-height: 2; height: auto; }
    ListDialog Input, ListDialog Input:focus { border: none; height: 1; padding: 0 1; background: $foreground 6%; margin: 1 0; }
    ListDialog RowList { height: 1fr; }
    ListDialog #whole { color: $foreground 75%; height: auto; min-height: 1; max-height: 3; padding: 0 2; }
    ListDialog #hint { color: $foreground 68%; }
    ListDialog:ansi #hint { color: $foreground; text-style: dim; }
    ListDialog:ansi Input { border-left: heavy $accent; padding: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", "Give up", priority=True, show=False, id="dialog.give-up"),
        Binding("down", "scroll(1)", "Down", priority=True, show=False, id="dialog.down"),
        Binding("up", "scroll(-1)", "Up", priority=True, show=False, id="dialog.up"),
        Binding("pagedown", "scroll(10)", "Page down", priority=True, show=False, id="dialog.page-down"),
        Binding("pageup", "scroll(-10)", "Page up", priority=True, show=False, id="dialog.page-up"),
    ]
    FEW = 12
    """Rows below which the window is only as high as they need."""
    prompt = "type some of it"
    hint = "↓ ↑ choose   Enter done   Esc give up"

    def __init__(self, heading: str, words: str = "", typed: str = "") -> None:
        super().__init__()
        self._heading, self._words, self._typed = heading, words, typed

    def compose(self) -> ComposeResult:
        """Its parts from above down."""
        with Vertical(id="box"):
            yield Line(one_line(self._heading), id="heading")
            if self._words:
                yield Static(Text(one_line(self._words)), id="words")
            yield Typed(self._typed, placeholder=self.prompt, select_on_focus=False)
            yield RowList(classes="lit")
            yield Static(id="whole")
            yield Line(self.hint, id="hint")

    def begin(self) -> None:
        """Show all there is."""
        self.narrow(self._typed)
        self.query_one(Input).focus()

    @abstractmethod
    def narrow(self, typed: str) -> None:
        """Show the rows that hold every word typed."""

    @abstractmethod
    def chosen(self, at: int) -> ScreenResultType | None:
        """What the row at that place closes the dialog with; None leaves it open."""

    def show_rows(self, source: RowSource, none: str, at: int = 0) -> None:
        """Show these rows with the cursor at one of them, or say that there are none."""
        rows = self.query_one(RowList)
        rows.set_source(source, at) if len(source) else rows.show_message(none)
        self.call_after_refresh(self.on_row_list_highlighted)

    def fit(self, count: int) -> None:
        """Be as high as so many rows need, when they are few."""
        if count < self.FEW:
            self.query_one("#box").styles.height = "auto"
            self.query_one(RowList).styles.height = max(1, count)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Some was typed."""
        self.narrow(event.value)

    def on_input_submitted(self) -> None:
        """Enter: it comes behind the letters typed before it."""
        self.action_choose()

    def on_row_list_highlighted(self) -> None:
        """The cursor is on another row: what is cut off in it is told below the rows."""
        for whole in self.query("#whole").results(Static):
            whole.update(Text(self.query_one(RowList).cut))

    def on_resize(self) -> None:
        """There may be more room now, or less."""
        self.call_after_refresh(self.on_row_list_highlighted)

    def on_row_list_activated(self) -> None:
        """A row was clicked."""
        self.action_choose()

    def action_choose(self) -> None:
        """Close with what the row at the cursor means."""
        rows = self.query_one(RowList)
        found = self.chosen(rows.cursor) if rows.count else None
        if found is not None:
            self.dismiss(found)

    def action_scroll(self, rows: int) -> None:
        """Move the cursor."""
        self.query_one(RowList).action_rows(rows)

    def action_give_up(self) -> None:
        """Close without."""
        self.dismiss(None)

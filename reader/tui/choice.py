"""A small window over the page to choose one of many by typing some of it, as a person among all who are quoted."""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from reader.text import fold, one_line
from reader.tui.bars import Line, Typed
from reader.tui.dialog import Dialog
from reader.tui.rows import RowCells, RowList
from reader.values import dataclass

FEW = 12
"""Options below which the window is as high as they need."""


@dataclass(frozen=True, slots=True)
class Option:
    """One of the things to choose from: `value` is what the window closes with; it is found by the words of `label` and of the names `also`."""

    value: str
    label: str
    detail: str = ""
    also: Sequence[str] = ()
    quiet: bool = False
    """Whether the label is no name but says what choosing it does."""
    new: bool = False
    """Whether it is what was typed, which nobody is called."""


def sought(options: Sequence[Option]) -> list[tuple[str, Option]]:
    """The options, each with the folded names it is found by, one a line. Of many thousands, to be made in a thread."""
    return [("\n".join(fold(name).text for name in (option.label, *option.also)), option) for option in options]


class _Options:
    height = 1

    def __init__(self, options: Sequence[Option]) -> None:
        self.options = options

    def __len__(self) -> int:
        return len(self.options)

    def row(self, index: int) -> RowCells:
        """See `rows.RowSource`."""
        option = self.options[index]
        detail = f"  {one_line(option.detail)}" if option.detail else ""
        new = [("NEW NAME  ", "warn")] if option.new else []
        return [[*new, (one_line(option.label), "accent" if option.quiet else "title"), (detail, "dim")]]


class Choice(Dialog[str | None]):
    """Options, narrowed by typing; closes with the `value` of the one at the cursor, None when given up.

    With `free`, what was typed may be chosen as it is unless somebody is called so, last in the list; `free` says what that means. So Enter
    takes it only where nothing known holds what was typed, or when the cursor was put on it.
    """

    DEFAULT_CSS = """
    Choice { align: center middle; background: $background 60%; }
    Choice > #box { width: 76; max-width: 96%; height: 80%; max-height: 24; background: $background; border: round $foreground 30%; padding: 0 2; }
    Choice #heading { text-style: bold; }
    Choice #words { color: $foreground 75%; text-style: italic; max-height: 2; height: auto; }
    Choice Input, Choice Input:focus { border: none; height: 1; padding: 0 1; background: $foreground 6%; margin: 1 0; }
    Choice RowList { height: 1fr; }
    Choice #hint { color: $foreground 68%; margin: 1 0 0 0; }
    Choice:ansi #hint { color: $foreground; text-style: dim; }
    Choice:ansi Input { border-left: heavy $accent; padding: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", "Give up", priority=True, show=False, id="choice.give-up"),
        Binding("down", "scroll(1)", "Down", priority=True, show=False, id="choice.down"),
        Binding("up", "scroll(-1)", "Up", priority=True, show=False, id="choice.up"),
        Binding("pagedown", "scroll(10)", "Page down", priority=True, show=False, id="choice.page-down"),
        Binding("pageup", "scroll(-10)", "Page up", priority=True, show=False, id="choice.page-up"),
    ]

    def __init__(
        self, heading: str, words: str, options: Sequence[tuple[str, Option]], free: str = "", none: str = "nobody like that"
    ) -> None:
        super().__init__()
        self._heading, self._words, self._options, self._free, self._none = heading, words, options, free, none
        self._shown: list[Option] = []

    def compose(self) -> ComposeResult:
        """The heading, the words it is about, the field, the options."""
        with Vertical(id="box"):
            yield Line(one_line(self._heading), id="heading")
            if self._words:
                yield Static(Text(one_line(self._words)), id="words")
            yield Typed(placeholder="type some of it", select_on_focus=False)
            yield RowList(classes="lit")
            yield Line("↓ ↑ choose   Enter done   Esc give up", id="hint")

    def begin(self) -> None:
        """Show all there is to choose from."""
        if len(self._options) < FEW and not self._free:
            self.query_one("#box").styles.height = "auto"
            self.query_one(RowList).styles.height = max(1, len(self._options))
        self._narrow("")
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the options that hold every word typed."""
        self._narrow(event.value)

    def on_input_submitted(self) -> None:
        """Enter: it comes behind the letters typed before it."""
        self.action_choose()

    def _narrow(self, typed: str) -> None:
        own = " ".join(typed.split())
        begun = fold(own).text
        words = begun.split()
        found = [known for known in self._options if all(word in known[0] for word in words)]
        if begun:  # the completions first: names that begin so, then those of which a word does
            found.sort(key=lambda known: (known[1].quiet, nearness(begun, known[0])))
        self._shown = [option for _, option in found]
        if self._free and begun and not any(begun in names.split("\n") for names, _ in found):
            self._shown.append(Option(own, own, self._free, new=True))
        rows = self.query_one(RowList)
        rows.set_source(_Options(self._shown)) if self._shown else rows.show_message(self._none)

    def on_row_list_activated(self) -> None:
        """A row was clicked."""
        self.action_choose()

    def action_choose(self) -> None:
        """Close with the option at the cursor."""
        if self._shown:
            self.dismiss(self._shown[self.query_one(RowList).cursor].value)

    def action_scroll(self, rows: int) -> None:
        """Move the cursor."""
        self.query_one(RowList).action_rows(rows)

    def action_give_up(self) -> None:
        """Close without."""
        self.dismiss(None)


def nearness(begun: str, names: str) -> int:
    """How well folded names, one a line, go on from what was typed: 0 is one of them, 1 the first begins so, 2 another, 3 a word does, 4 none."""
    lines = names.split("\n")
    if begun in lines:
        return 0
    if names.startswith(begun):
        return 1
    if any(line.startswith(begun) for line in lines):
        return 2
    return 3 if any(f" {begun}" in line for line in lines) else 4

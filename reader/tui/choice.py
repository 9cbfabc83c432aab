"""A small window over the page to choose one of many by typing some of it, as a person among all who are quoted."""

from collections.abc import Sequence

from reader.text import fold, one_line
from reader.tui.list_dialog import ListDialog
from reader.tui.rows import RowCells
from reader.tui.wrap import cells
from reader.values import dataclass


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
    left: str = ""
    """What stands before the label in a column of its own, as the keys of an action."""


def sought(options: Sequence[Option]) -> list[tuple[str, Option]]:
    """The options, each with the folded names it is found by, one a line. Of many thousands, to be made in a thread."""
    return [("\n".join(fold(name).text for name in (option.label, option.left, *option.also)), option) for option in options]


_WIDEST = 10
"""Columns that what stands before the labels may take; what is longer pushes its label to the right."""


class _Options:
    height = 1

    def __init__(self, options: Sequence[Option]) -> None:
        self.options = options
        self._width = min(_WIDEST, max((cells(option.left) for option in options), default=0))

    def __len__(self) -> int:
        return len(self.options)

    def row(self, index: int) -> RowCells:
        """See `rows.RowSource`."""
        option = self.options[index]
        detail = f"  {one_line(option.detail)}" if option.detail else ""
        new = [("NEW NAME  ", "warn")] if option.new else []
        left = [(option.left + " " * max(0, self._width - cells(option.left)) + "  ", "accent")] if self._width else []
        return [[*new, *left, (one_line(option.label), "accent" if option.quiet else "title"), (detail, "dim")]]


class Choice(ListDialog[str]):
    """Options, narrowed by typing; closes with the `value` of the one at the cursor, None when given up.

    With `free`, what was typed may be chosen as it is unless somebody is called so, last in the list; `free` says what that means. So Enter
    takes it only where nothing known holds what was typed, or when the cursor was put on it.
    """

    DEFAULT_CSS = """
    Choice > #box { max-height: 24; }
    """

    def __init__(
        self, heading: str, words: str, options: Sequence[tuple[str, Option]], free: str = "", none: str = "nobody like that"
    ) -> None:
        super().__init__(heading, words)
        self._options, self._free, self._none = options, free, none
        self._shown: list[Option] = []

    def begin(self) -> None:
        """Show all there is to choose from."""
        if not self._free:
            self.fit(len(self._options))
        super().begin()

    def narrow(self, typed: str) -> None:
        """Show the options that hold every word typed."""
        own = " ".join(typed.split())
        begun = fold(own).text
        words = begun.split()
        found = [known for known in self._options if all(word in known[0] for word in words)]
        if begun:  # the completions first: names that begin so, then those of which a word does
            found.sort(key=lambda known: (known[1].quiet, nearness(begun, known[0])))
        self._shown = [option for _, option in found]
        if self._free and begun and not any(begun in names.split("\n") for names, _ in found):
            self._shown.append(Option(own, own, self._free, new=True))
        self.show_rows(_Options(self._shown), self._none)

    def chosen(self, at: int) -> str:
        """The value of the option."""
        return self._shown[at].value


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

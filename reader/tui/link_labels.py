"""Numbers drawn over the first cells of the links in sight, and the keys that choose one of them.

Owns what is typed. Refuses to follow anything, and to move a single cell: the digits lie over what is there.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.strip import Strip

from reader.text import one_line
from reader.tui.bars import Line
from reader.tui.dialog import Dialog
from reader.tui.typeset import Row

_KEYS = "type the number of a link   Esc give up"
_QUIET = Style(dim=True)
_LOUD = Style(bold=True, reverse=True)


def in_sight(rows: Iterable[Row | None], starts: Iterable[int]) -> list[int]:
    """Those of the offsets that the rows show, in order."""
    shown = [(start, end) for row in rows for start, end in _pieces(row)]
    return sorted({at for at in starts if any(start <= at < end for start, end in shown)})


def _pieces(row: Row | None) -> list[tuple[int, int]]:
    return [(start, end) for _, start, end in row.pieces] if row is not None and row.kind not in ("fold", "blank") else []


class Labels:
    """Digits for the characters at some offsets, the first of them "1". Those that do not go on from what was `typed` are quiet."""

    def __init__(self, starts: Sequence[int]) -> None:
        self._digits = {start: str(number) for number, start in enumerate(starts, 1)}
        self.typed = ""

    def over(self, strip: Strip, row: Row, left: int, offset_of: Callable[[int], int], style: Style) -> Strip:
        """A row's strip with its labels: the column begins `left` cells in, `offset_of` says which character a cell of it shows."""
        wanted = in_sight([row], self._digits)
        taken, width = 0, strip.cell_length
        for cell in range(width - left) if wanted else ():
            at = offset_of(cell)
            if at not in wanted:
                continue
            wanted.remove(at)
            digits = self._digits[at]
            label = Segment(digits, style + (_LOUD if digits.startswith(self.typed) else _QUIET))
            start = max(taken, min(left + cell, width - len(digits)))
            strip = Strip.join([strip.crop(0, start), Strip([label]), strip.crop(start + len(digits))])
            taken = start + len(digits)
        return strip.adjust_cell_length(width)


class LinkNumber(Dialog[int | None]):
    """Waits for the number of one of the links, of which `about` says where each leads. Closes with it, from 1, None when given up.

    A number that could go on waits for Enter. `typed` is called with the digits so far, to draw the labels anew.
    """

    DEFAULT_CSS = """
    LinkNumber { align: center bottom; background: $background 0%; }
    LinkNumber > Line { width: 100%; height: 1; padding: 0 1; background: $background; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", "Give up", priority=True, show=False, id="link.give-up"),
        Binding("enter", "choose", "Follow", priority=True, show=False, id="link.choose"),
    ]

    def __init__(self, about: Sequence[str], typed: Callable[[str], None]) -> None:
        super().__init__()
        self._about, self._tell = about, typed
        self._typed = ""

    def compose(self) -> ComposeResult:
        """One line below the page."""
        yield Line(_KEYS, id="hint")

    def on_key(self, event: events.Key) -> None:
        """Digits, and backspace; anything else gives up."""
        event.stop()
        event.prevent_default()
        key = event.character or ""
        if event.key == "backspace" and self._typed:
            self._say(self._typed[:-1])
        elif not (key.isascii() and key.isdigit()):
            self.dismiss(None)
        elif 0 < int(self._typed + key) <= len(self._about):
            self._say(self._typed + key)
            if int(self._typed) * 10 > len(self._about):
                self.dismiss(int(self._typed))

    def _say(self, typed: str) -> None:
        self._typed = typed
        self._tell(typed)
        where = f"{typed}   Enter follows {one_line(self._about[int(typed) - 1])}   or type on" if typed else _KEYS
        self.query_one(Line).say(where)

    def action_choose(self) -> None:
        """The number as it is; of one link alone no number is needed."""
        if self._typed or len(self._about) == 1:
            self.dismiss(int(self._typed or "1"))

    def action_give_up(self) -> None:
        """Close without."""
        self.dismiss(None)

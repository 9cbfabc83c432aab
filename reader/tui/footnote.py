"""A footnote shown where it is referred to: a small panel at the edge of the page, away from the line that is read."""

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.geometry import Region
from textual.widgets import Static

from reader.text import one_line, safe
from reader.tui.bars import Line
from reader.tui.dialog import Dialog

_SCROLLS = {"j": 1, "down": 1, "k": -1, "up": -1, "space": 8, "pagedown": 8, "pageup": -8}


class Footnote(Dialog[str]):
    """Shows `words` over the page that lies in `region`, at its top or its bottom, as wide as its `column` of text.

    Closes with "enter" to go there, else with the key.
    A long one scrolls first; every other key closes it, and is handed on so that a movement moves the page. Esc: "".
    """

    DEFAULT_CSS = """
    Footnote { background: $background 0%; }
    Footnote > #box { height: auto; background: $background; }
    Footnote > #box.above { border-bottom: solid $accent; }
    Footnote > #box.below { border-top: solid $accent; }
    Footnote VerticalScroll { height: auto; max-height: 100%; scrollbar-size-vertical: 1; }
    Footnote Static { height: auto; }
    Footnote Line { color: $foreground 60%; }
    """

    def __init__(self, label: str, words: str, region: Region, column: Region, *, above: bool) -> None:
        super().__init__()
        self._label, self._words, self._region, self._column, self._above = label, words, region, column, above

    def compose(self) -> ComposeResult:
        """The words, and what the keys do."""
        with Vertical(id="box"):
            with VerticalScroll(can_focus=False):
                yield Static(Text(safe(self._words)))
            yield Line(f"footnote {one_line(self._label)}   Enter go there   Esc close", id="hint")

    def begin(self) -> None:
        """Lie over the page, the words where its column is."""
        region, box, body = self._region, self.query_one("#box"), self.query_one(VerticalScroll)
        below = max(0, self.app.size.height - region.bottom)
        self.styles.align = ("left", "top" if self._above else "bottom")
        box.add_class("above" if self._above else "below")
        box.styles.width = region.width
        box.styles.margin = (region.y if self._above else 0, 0, 0 if self._above else below, region.x)
        body.styles.max_height = max(2, region.height // 2 - 3)
        body.styles.padding = self.query_one(Line).styles.padding = (0, 0, 0, max(0, self._column.x - region.x))
        self.query_one(Static).styles.width = self._column.width

    def on_key(self, event: events.Key) -> None:
        """See the class."""
        event.stop()
        event.prevent_default()
        body = self.query_one(VerticalScroll)
        if event.key in _SCROLLS and body.max_scroll_y > 0:
            body.scroll_relative(y=_SCROLLS[event.key], animate=False)
        else:
            self.dismiss("" if event.key == "escape" else event.key)

    def on_click(self, event: events.Click) -> None:
        """A click beside the panel closes it."""
        if not self.query_one("#box").region.contains(event.screen_x, event.screen_y):
            self.dismiss("")

    def on_resize(self) -> None:
        """The page lies elsewhere now: close rather than hide it."""
        if self.is_current and self.app.size.width < self._region.right:
            self.dismiss("")

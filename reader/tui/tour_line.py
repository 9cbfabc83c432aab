"""The line above the keys that says what to try now."""

from rich.text import Text
from textual.app import RenderResult
from textual.widget import Widget


class TourLine(Widget):
    """What to try now. Not there until a tour begins."""

    DEFAULT_CSS = """
    TourLine { height: auto; max-height: 4; padding: 0 1; border-top: solid $foreground 20%; color: $text-accent; text-style: bold; }
    """

    def __init__(self, text: str) -> None:
        super().__init__(id="tour")
        self._text = text

    def say(self, text: str) -> None:
        """Another step."""
        if text != self._text:
            self._text = text
            self.refresh(layout=True)

    def render(self) -> RenderResult:
        """Textual's request; the steps are ours, and no document's."""
        return Text(self._text)

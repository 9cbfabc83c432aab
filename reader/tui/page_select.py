"""Selecting on a page: with the mouse, and by spans that others give.

Owns which words are selected and which end of them moves. Refuses notes, quotations and finding, which `page` adds, and keys, which are
`page_motion`'s.
"""

from textual import events

from reader.model import Blocks, Page, Span
from reader.tui.page_text import PageMessage, PageText
from reader.tui.selecting import Chooser
from reader.values import dataclass


class PageSelecting(PageText):
    """A page with at most one selection."""

    @dataclass
    class SelectionChanged(PageMessage, namespace="page_view"):
        """Other words are selected; None when none are."""

        span: Span | None

    def __init__(self, *, measure: int = 70, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - textual's name
        super().__init__(measure=measure, id=id, classes=classes)
        self._chooser = Chooser("", Blocks())
        self._selection: Span | None = None
        self._from_end = False
        """Whether the end of the selection stays and its beginning moves."""
        self._cursor: int | None = None
        self._caret: int | None = None
        self._drag: int | None = None
        self._dragged = False

    def show(self, page: Page, position: int = 0) -> None:
        """Show a page with the character at `position` at the top. Nothing of the page before is kept: no marks, no selection."""
        super().show(page, position)
        self._chooser = Chooser(page.text, page.blocks)

    def forget(self) -> None:
        """Show nothing; posts that nothing is selected any more."""
        super().forget()
        self._chooser = Chooser("", Blocks())
        self._cursor = self._caret = self._drag = None
        if self._selection is not None:
            self._selection = None
            self.post_message(self.SelectionChanged(self, None))

    @property
    def selection(self) -> Span | None:
        """The selected words; None when there are none."""
        return self._selection

    def select(self, span: Span | None, *, reveal: bool = True) -> None:
        """Select these words, or none; scrolls them into sight with `reveal`, and posts when they are others than before."""
        span = self._trimmed(span) if span is not None else None
        if self._painter is None or span == self._selection:
            return
        self._selection, self._from_end = span, False
        self._painter.put("selection", [span] if span else ())
        if span and reveal and self._view is not None:
            self._unfold(span)
            self._moved(self._view.reveal(span))
        self.refresh()
        self.post_message(self.SelectionChanged(self, span))

    def _trimmed(self, span: Span) -> Span | None:
        """Without white space at its ends; None when nothing is left, as when blank space was dragged over."""
        text = self.page.text[span[0] : span[1]] if self.page is not None else ""
        start = span[0] + len(text) - len(text.lstrip())
        return (start, start + len(text.strip())) if text.strip() else None

    @property
    def cursor(self) -> int:
        """Where a selection would begin: the selection, else the cursor that is shown, else the hit or the last place clicked while in sight, else the first sentence in sight."""
        if self._selection is not None:
            return self._selection[0]
        if self._view is None:
            return self._position
        if self._caret is not None and self._view.line_of(self._caret) is not None:
            return self._caret
        if self._cursor is not None and self._view.line_of(self._cursor) is not None:
            return self._cursor
        top = self._view.reading
        span = self._chooser.sentence(top)
        following = self._chooser.next_sentence(span[1]) if span[0] < top else None
        return following[0] if following and self._view.line_of(following[0]) is not None else span[0]

    def _put_caret(self, offset: int | None) -> None:
        """Show the cursor on a character, or nowhere."""
        if self._painter is not None and offset != self._caret:
            self._caret = offset
            self._painter.put("caret", () if offset is None else [(offset, offset + 1)])
            self.refresh()

    def _offset_of(self, event: events.MouseEvent) -> int:
        assert self._view is not None
        line = min(max(0, event.y), self._view.height - 1)
        return self._view.offset_at(line, max(0, event.x - self._column()[0]))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin a selection."""
        if self._view is None or event.button != 1:
            return
        self._drag = self._offset_of(event)
        self._dragged = False
        self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select from where the button went down to here; at the edges the page moves along."""
        if self._drag is None or self._view is None:
            return
        if event.y < 0 or event.y >= self._view.height:
            self._moved(self._view.move(-1 if event.y < 0 else 1))
        here = self._offset_of(event)
        if here != self._drag or self._dragged:
            self._dragged = True
            self.select((min(here, self._drag), max(here, self._drag)), reveal=False)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End a selection."""
        del event
        if self._drag is not None:
            self._drag = None
            self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """One click clears the selection, puts the cursor there and posts the link or note clicked; two select a word, three a sentence.

        A click on the row that stands for folded furniture shows it.
        """
        if self._view is None or self._dragged:
            self._dragged = False
            return
        if 0 <= event.y < len(self._lines) and (row := self._lines[event.y]) is not None and row.kind == "fold":
            self.toggle_furniture()
            return
        offset = self._offset_of(event)
        if event.chain == 2:
            self.select(self._chooser.word(offset), reveal=False)
        elif event.chain >= 3:
            self.select(self._chooser.sentence(offset), reveal=False)
        else:
            self.select(None)
            self._cursor = offset
            self._put_caret(None)
            self.clicked(offset)

    def clicked(self, offset: int) -> None:
        """Called when a place was clicked once."""

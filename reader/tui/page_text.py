"""A page of text: laid out for the size of its widget, drawn, and scrolled.

Owns what is in sight. Refuses selecting, notes and finding, which `page` adds, and keys. All places are code-point offsets into the
page's text, so they survive any change of width.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from reader.model import Page, Span
from reader.tui.looks import LazyLooks
from reader.tui.page_paint import MARGIN, Painter
from reader.tui.page_style import CLASSES, CSS, EVERYDAY, MARKS_CSS, Styles
from reader.tui.typeset import Row
from reader.tui.typography import Typography
from reader.tui.viewport import Viewport
from reader.tui.wrap import cells, clip, drawn
from reader.values import dataclass

if TYPE_CHECKING:
    from reader.tui.link_labels import Labels


@dataclass
class PageMessage(Message):
    """What every message of a page has."""

    page_view: "PageText"

    @property
    def control(self) -> "PageText":
        """The page that posted it."""
        return self.page_view


class PageText(LazyLooks):
    """Shows a `reader.model.Page` in a centred column of at most `typography.measure` cells, or a few dim lines when there is none."""

    ALLOW_SELECT = False
    DEFAULT_CSS = CSS
    LOOKS: ClassVar[frozenset[str]] = CLASSES
    LATER_CSS: ClassVar[str] = MARKS_CSS
    LATER: ClassVar[frozenset[str]] = CLASSES - EVERYDAY

    @dataclass
    class PositionChanged(PageMessage, namespace="page_view"):
        """The first visible character is another one now. Positions nobody has looked at yet are overtaken by later ones."""

        offset: int

        def can_replace(self, message: Message) -> bool:
            """Only the last of several waiting ones is delivered."""
            return isinstance(message, PageText.PositionChanged)

    def __init__(self, *, measure: int = 70, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - textual's name
        super().__init__(id=id, classes=classes)
        self._typography = Typography(measure=measure)
        self.page: Page | None = None
        """The page shown; None when there is none."""
        self.fold_furniture = False
        """Whether page furniture is folded away; set it before the first `show`, later use `toggle_furniture`."""
        self._view: Viewport | None = None
        self._painter: Painter | None = None
        self._styles: Styles | None = None
        self._message: tuple[str, ...] = ()
        self._lines: list[Row | None] = []
        self._position = 0
        self._wanted: Span | None = None
        self._labels: Labels | None = None

    # -- what is shown -------------------------------------------------------------------------------------------------------------

    def show(self, page: Page, position: int = 0) -> None:
        """Show a page with the character at `position` at the top. Nothing of the page before is kept: no marks, no selection."""
        self.forget()
        self.page = page
        self._painter = Painter(page)
        self._position = position
        self._fit()
        self.refresh()

    def show_message(self, text: str) -> None:
        """Show dim, centred lines instead of a page: what this place is for and what to press."""
        self.forget()
        self._message = tuple(text.split("\n"))
        self.refresh()

    def forget(self) -> None:
        """Show nothing."""
        self.page = self._view = self._painter = self._wanted = self._labels = None
        self._message = ()
        self._position = 0
        self.refresh()

    def toggle_furniture(self) -> None:
        """Fold page furniture away, each run of it into one row, or show it again."""
        self.fold_furniture = not self.fold_furniture
        if self._view is not None:
            self._view.fold(self.fold_furniture)
            self._moved()

    @property
    def typography(self) -> Typography:
        """The look of the page. Setting another lays the page out anew; the first visible character stays the first."""
        return self._typography

    @typography.setter
    def typography(self, look: Typography) -> None:
        if look == self._typography:
            return
        self._typography = look
        if self._view is not None:
            self._view.resize(self._column()[1], self.size.height, look)
            self._moved()
        self.refresh()

    @property
    def measure(self) -> int:
        """The widest the column gets, in cells; a part of `typography`."""
        return self._typography.measure

    @measure.setter
    def measure(self, cells: int) -> None:
        self.typography = replace(self._typography, measure=cells)

    # -- where ---------------------------------------------------------------------------------------------------------------------

    @property
    def position(self) -> int:
        """The offset of the first visible character."""
        return self._view.position if self._view is not None else self._position

    @property
    def progress(self) -> int:
        """How much has been scrolled by, in percent: 0 at the beginning, 100 when the end is in sight."""
        return self._view.progress if self._view is not None else 0

    def scroll_to_offset(self, offset: int) -> None:
        """Scroll so that the row with that character is the first one."""
        if self._view is not None:
            self._moved(self._view.show_offset(offset))
        else:
            self._position = offset

    def open_at(self, offset: int) -> None:
        """`scroll_to_offset`, also to what is folded away."""
        self._unfold((offset, offset + 1))
        self.scroll_to_offset(offset)

    @property
    def reading(self) -> int:
        """The offset of the first character in sight that is no folded furniture."""
        return self._view.reading if self._view is not None else self._position

    def _unfold(self, span: Span) -> None:
        """Show folded furniture when it hides what is to be shown."""
        if self.fold_furniture and self._view is not None:
            row = self._view.layout.row(self._view.layout.row_of(span[0]))
            if row is not None and row.kind == "fold":
                self.toggle_furniture()

    def _bring(self, span: Span) -> None:
        self._unfold(span)
        if self._view is None:
            self._wanted = span  # asked for before the widget had a size
        elif self._view.line_of(span[0]) is None or self._view.line_of(max(span[0], span[1] - 1)) is None:
            self._view.show_offset(span[0], self._view.height // 3)
        self._moved()

    def reveal(self, span: Span) -> None:
        """Scroll as little as it takes to see a place."""
        if self._view is not None:
            self._moved(self._view.reveal(span))

    def _moved(self, moved: bool = True) -> None:
        if moved and self._view is not None:
            self.refresh()
            if self._view.position != self._position:
                self._position = self._view.position
                self.post_message(self.PositionChanged(self, self._position))

    def _column(self) -> tuple[int, int]:
        """How many cells in the column begins, and how wide it is."""
        width = max(1, min(self._typography.measure, self.size.width - MARGIN - 2))
        return max(MARGIN, (self.size.width - width) // 2), width

    @property
    def column(self) -> Region:
        """Where on the screen the column of text lies."""
        left, width = self._column()
        return Region(self.region.x + left, self.region.y, width, self.region.height)

    def _fit(self) -> None:
        """Lay the page out for the present size, when that is known and has changed."""
        if self.page is None or not self.size:
            return
        width, height = self._column()[1], self.size.height
        if self._view is None:
            where, look = self._position, self._typography
            self._view = Viewport(
                self.page.text, self.page.blocks, width, height, fold_furniture=self.fold_furniture, position=where, look=look
            )
            if self._wanted is not None:
                self._view.show_offset(self._wanted[0], height // 3)
            self._moved()
        elif (self._view.asked, self._view.height) != (width, height):
            self._view.resize(width, height)
            self._moved()

    def on_resize(self) -> None:
        """Lay the page out anew, keeping the first visible character."""
        self._fit()

    def notify_style_update(self) -> None:
        """Textual's notice that the theme changed."""
        super().notify_style_update()
        self._styles = None

    # -- drawing -------------------------------------------------------------------------------------------------------------------

    def render_lines(self, crop: Region) -> list[Strip]:
        """Textual's request for some lines; the page is laid out for the present size first."""
        self._fit()
        self._lines = self._view.rows() if self._view is not None else []
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Textual's request for one line of the widget."""
        if self._styles is None:
            self._styles = Styles(self.rich_style, self.get_component_rich_style)
        width = self.size.width
        if self._painter is None:
            return self._message_line(y, width)
        row = self._lines[y] if y < len(self._lines) else None
        strip, view, left = self._painter.strip(row, self._styles, self._column()[0], width), self._view, self._column()[0]
        if self._labels is None or row is None or view is None:
            return strip
        return self._labels.over(strip, row, left, lambda cell: view.offset_at(y, cell), self._styles.part("page--mark"))

    def label(self, starts: Iterable[int]) -> list[int]:
        """Draw numbers, from 1, over the characters at these offsets that are in sight; which these are, in order. None: no numbers."""
        from reader.tui.link_labels import Labels, in_sight

        shown = in_sight(self._view.rows(), starts) if self._view is not None else []
        self._labels = Labels(shown) if shown else None
        self.refresh()
        return shown

    def label_typed(self, typed: str) -> None:
        """Numbers that do not go on from these digits become quiet."""
        if self._labels is not None:
            self._labels.typed = typed
            self.refresh()

    def is_low(self, offset: int) -> bool:
        """Whether an offset is shown in the lower half."""
        line = self._view.line_of(offset) if self._view is not None else None
        return line is not None and line * 2 >= self.size.height

    def _message_line(self, y: int, width: int) -> Strip:
        assert self._styles is not None
        line = y - max(0, (self.size.height - len(self._message)) // 2)
        if not 0 <= line < len(self._message):
            return Strip.blank(width, self._styles.base)
        text = clip(drawn(self._message[line]), width)
        left = (width - cells(text)) // 2
        segments = [Segment(" " * left, self._styles.base), Segment(text, self._styles.base + self._styles.part("page--quiet"))]
        return Strip(segments).adjust_cell_length(width, self._styles.base)

    # -- scrolling -----------------------------------------------------------------------------------------------------------------

    def action_rows(self, rows: int) -> None:
        """Scroll by so many rows."""
        if self._view is not None:
            self._moved(self._view.move(rows))

    def action_pages(self, pages: float) -> None:
        """Scroll by so many pages; two rows stay in sight over a whole one, so that the eye finds its place."""
        if self._view is not None:
            rows = max(1, int(abs(pages) * (self._view.height - (2 if abs(pages) >= 1 else 0))))
            self._moved(self._view.move(rows if pages > 0 else -rows))

    def action_top(self) -> None:
        """Scroll to the beginning."""
        if self._view is not None:
            self._moved(self._view.go(-1))

    def action_bottom(self) -> None:
        """Scroll to the end."""
        if self._view is not None:
            self._moved(self._view.go_end())

    def action_paragraph(self, step: int) -> None:
        """Bring the next or the previous paragraph to the top."""
        if self._view is not None:
            self._moved(self._view.paragraph(step))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel: three rows."""
        event.stop()
        self.action_rows(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel: three rows."""
        event.stop()
        self.action_rows(-3)

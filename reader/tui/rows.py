"""The list: documents, hits, notes or quotations, one widget over any source of rows.

Owns the cursor and drawing. Refuses to hold the rows: it asks its source for those in sight, so a list of 100,000 costs what one of
ten costs.
"""

from collections.abc import Sequence
from typing import ClassVar, Protocol

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.strip import Strip

from reader.tui.actions import LIST
from reader.tui.counting import Count
from reader.tui.keys import bindings
from reader.tui.looks import LazyLooks
from reader.tui.safety import clean
from reader.tui.typeset import RIGHT
from reader.tui.wrap import cells, clip, offset_at_cell
from reader.values import dataclass

RowCells = Sequence[Sequence[tuple[str, str]]]
"""The lines of one row, each of (text, style name) pairs. Names: "", "title", "dim", "mark", "match", "accent", "warn"; they may be
joined by a space ("title match")."""

_BAR, _THIN = "▌", "▏"
"""At the cursor: where the keys go here, and where they go elsewhere."""
_WHEEL = 3


class RowSource(Protocol):
    """Where a list gets its rows. Called on the window's thread whenever a row comes into sight: `row` must be cheap."""

    height: int
    """Lines of every row, 1 or more; fixed for a source."""

    def __len__(self) -> int:
        """How many rows there are."""
        ...

    def row(self, index: int) -> RowCells:
        """What row number `index` shows, at most `height` lines. Texts may be longer than the list is wide, and hostile."""
        ...


@dataclass
class _Said(Message):
    """What every message of a list has."""

    row_list: "RowList"
    index: int

    @property
    def control(self) -> "RowList":
        """The list that posted it."""
        return self.row_list


class RowList(LazyLooks, can_focus=True):
    """Shows the rows of a `RowSource` and has a cursor on one of them: a bar at its left and its title, or its first line, bold.

    While the keys go to the list (or to a field that moves its cursor: class `lit`) that row stands on another ground, too.

    Its keys are those of the part "list" in `actions`. Mouse: the wheel scrolls, a click puts the cursor there, and a click where it already is activates. `gap` blank lines stand between rows.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    RowList { background: $background; color: $foreground; }
    RowList > .rows--bar { color: $foreground 35%; }
    RowList > .rows--bar-focus { color: $accent; text-style: bold; }
    RowList > .rows--cursor { text-style: bold; }
    RowList > .rows--here { background: $accent 13%; }
    RowList > .rows--title { color: $foreground; }
    RowList > .rows--dim { color: $foreground 68%; }
    RowList > .rows--mark { color: $text-accent; text-style: bold; }
    RowList > .rows--match { color: $text-accent; text-style: bold underline; }
    RowList > .rows--accent { color: $text-accent; }
    RowList > .rows--warn { color: $text-warning; text-style: italic; }
    RowList:ansi > .rows--dim, RowList:ansi > .rows--bar { color: $foreground; text-style: dim; }
    RowList:ansi > .rows--here { background: $background; text-style: reverse; }
    """
    reorder = False
    """Whether right-to-left words are put in order here, for a terminal that does not."""
    LOOKS: ClassVar[frozenset[str]] = frozenset({
        "rows--bar", "rows--bar-focus", "rows--cursor", "rows--here", "rows--title", "rows--dim", "rows--mark", "rows--match", "rows--accent",
        "rows--warn",
    })  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = bindings(LIST)

    @dataclass
    class Highlighted(_Said):
        """The cursor is on another row. Of several nobody has looked at yet only the last is delivered."""

        def can_replace(self, message: Message) -> bool:
            """Only the last of several waiting ones is delivered."""
            return isinstance(message, RowList.Highlighted)

    @dataclass
    class Activated(_Said):
        """A row was chosen, with Enter or the mouse."""

    def __init__(self, *, gap: int = 0, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - textual's name
        super().__init__(id=id, classes=classes)
        self.gap = gap
        self.times = Count()
        """The number typed before a key; the screen gives all its parts the same one."""
        self._source: RowSource | None = None
        self._message: tuple[str, ...] = ()
        self._cursor = 0
        self._top = 0
        self._looks: dict[str, Style] = {}
        self._base: Style | None = None
        self._drawn: dict[int, list[list[tuple[str, str]]]] = {}

    # -- rows ----------------------------------------------------------------------------------------------------------------------

    def set_source(self, source: RowSource, cursor: int = 0) -> None:
        """Show other rows, with the cursor on row number `cursor`. Posts nothing."""
        self._source = source
        self._message = ()
        self._top = 0
        self._cursor = max(0, min(cursor, len(source) - 1))
        self.refresh_rows()

    def refresh_rows(self) -> None:
        """Ask the source anew for everything in sight: rows were added, taken away or changed. The cursor keeps its number."""
        self._drawn.clear()
        self._cursor = max(0, min(self._cursor, self.count - 1))
        self._follow()
        self.refresh()

    def show_message(self, text: str) -> None:
        """Show dim, centred lines instead of rows: why there are none and what to press."""
        self._source = None
        self._message = tuple(text.split("\n"))
        self.refresh()

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self._source) if self._source is not None else 0

    @property
    def cursor(self) -> int:
        """The number of the row the cursor is on; 0 when there are none."""
        return self._cursor

    @cursor.setter
    def cursor(self, index: int) -> None:
        """Put the cursor on that row, or on the nearest there is, scroll it into sight and post when it is another one."""
        index = max(0, min(index, self.count - 1))
        if index == self._cursor:
            return
        self._cursor = index
        self._follow()
        self.refresh()
        self.post_message(self.Highlighted(self, index))

    @property
    def cut(self) -> str:
        """What the first line of the cursor's row says when there is no room for all of it, else nothing."""
        if not self.count:
            return ""
        told = clean("".join(text for line in self._cells(self._cursor)[:1] for text, _ in line))
        return "  ".join(part.strip() for part in told.split("  ") if part.strip()) if cells(told) > self._room else ""

    @property
    def _room(self) -> int:
        """Cells that the words of a row may take: behind the bar and a space, and short of the edge."""
        return max(0, self.size.width - 3)

    @property
    def _step(self) -> int:
        """Lines from one row to the next."""
        return (max(1, self._source.height) if self._source is not None else 1) + self.gap

    @property
    def _page(self) -> int:
        """How many whole rows are in sight."""
        return max(1, (self.size.height + self.gap) // self._step)

    def _follow(self) -> None:
        """Scroll so that the cursor is in sight."""
        if self.size:
            self._top = max(0, min(self._top, self._cursor, self.count - self._page))
            self._top = max(self._top, self._cursor - self._page + 1)

    # -- drawing -------------------------------------------------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._follow()

    def on_focus(self) -> None:
        """The bar at the cursor says where the keys go."""
        self.refresh()

    def on_blur(self) -> None:
        """The bar at the cursor says where the keys go."""
        self.refresh()

    def notify_style_update(self) -> None:
        """Textual's notice that the theme changed."""
        super().notify_style_update()
        self._looks, self._base = {}, None

    def render_line(self, y: int) -> Strip:
        """Textual's request for one line of the widget."""
        if self._base is None:
            self._base = self.rich_style  # worked out anew each time it is asked for, as long as all else of a line takes
        base, width = self._base, self.size.width
        if self._source is None:
            return self._message_line(y, width, base)
        index, line = self._top + y // self._step, y % self._step
        if index >= self.count or line >= self._step - self.gap:
            return Strip.blank(width, base)
        here = index == self._cursor
        lit = here and (self.has_focus or self.has_class("lit"))
        ground = base + self._ground() if lit else base
        segments = [Segment(" ", base), Segment(" ", ground)]
        if here:
            segments[0] = Segment(_BAR if lit else _THIN, base + self._look("rows--bar-focus" if lit else "rows--bar"))
        segments.extend(self._line(index, line, here, self._room, ground))
        return Strip(segments).adjust_cell_length(width, ground)

    def _ground(self) -> Style:
        """What the cursor's row stands on; where there are no colours only its title is reversed."""
        return Style(bgcolor=self.get_component_rich_style("rows--here").bgcolor)

    def _line(self, index: int, line: int, here: bool, room: int, base: Style) -> list[Segment]:
        """One line of a row, cut to `room` cells with "…" at its end when it is longer."""
        rows = self._cells(index)
        parts = [(clean(text), names) for text, names in rows[line]] if line < len(rows) else []
        cut = sum(cells(text) for text, _ in parts) > room
        left = max(0, room - 1) if cut else room
        titled = any("title" in names for cells_of_line in rows for _, names in cells_of_line)
        segments: list[Segment] = []
        for text, names in parts:
            style = base
            for name in names.split():
                style += self._look(f"rows--{name}")
            if here and ("title" in names or not (titled or line)):
                style += self._look("rows--cursor")
                if self.has_focus or self.has_class("lit"):
                    style += Style(reverse=self._look("rows--here").reverse)
            text = text[: offset_at_cell(text, left)] if cells(text) > left else text
            left -= cells(text)
            if self.reorder and RIGHT.search(text):
                from reader.tui.bidi import displayed

                text = displayed(text)
            segments.append(Segment(text, style))
            if cut and left <= 0:
                segments.append(Segment("…", style))
                break
        return segments

    def _cells(self, index: int) -> list[list[tuple[str, str]]]:
        """A row as its source tells it, kept while it may be in sight."""
        row = self._drawn.get(index)
        if row is None:
            assert self._source is not None
            row = [list(line) for line in self._source.row(index)]
            if len(self._drawn) > 500:
                self._drawn.clear()
            self._drawn[index] = row
        return row

    def _look(self, name: str) -> Style:
        """What a component class changes, with its colours already mixed with the list's background."""
        look = self._looks.get(name)
        if look is None:
            own, mixed = self.get_component_rich_style(name, partial=True), self.get_component_rich_style(name)
            look = Style(bold=own.bold, dim=own.dim, italic=own.italic, underline=own.underline, reverse=own.reverse)
            look += Style.from_color(mixed.color if own.color else None, None)
            self._looks[name] = look
        return look

    def _message_line(self, y: int, width: int, base: Style) -> Strip:
        line = y - max(0, (self.size.height - len(self._message)) // 2)
        if not 0 <= line < len(self._message):
            return Strip.blank(width, base)
        text = clip(clean(self._message[line]), width)
        segments = [Segment(" " * ((width - cells(text)) // 2), base), Segment(text, base + self._look("rows--dim"))]
        return Strip(segments).adjust_cell_length(width, base)

    # -- keys and mouse ------------------------------------------------------------------------------------------------------------

    def action_digit(self, value: int) -> None:
        """One more digit of a count."""
        self.times.digit(value)

    def action_rows(self, rows: int) -> None:
        """Move the cursor by so many rows, as often as was typed."""
        self.cursor = self._cursor + rows * self.times.take()

    def action_pages(self, pages: float) -> None:
        """Move the cursor by so many pages."""
        rows = max(1, int(abs(pages) * self._page)) * self.times.take()
        self.cursor = self._cursor + (rows if pages > 0 else -rows)

    def action_first(self) -> None:
        """Put the cursor on the first row, or on the one with the number typed."""
        self.cursor = self.times.take() - 1

    def action_last(self) -> None:
        """Put the cursor on the last row, or on the one with the number typed."""
        self.cursor = self.times.take(self.count) - 1

    def action_activate(self) -> None:
        """Choose the row the cursor is on."""
        if self.count:
            self.post_message(self.Activated(self, self._cursor))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter belongs to the screen while there is no row."""
        del parameters
        return bool(self.count) if action == "activate" else True

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel scrolls; the cursor stays on its row, in sight or not."""
        event.stop()
        self._scroll_by(_WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel scrolls; the cursor stays on its row, in sight or not."""
        event.stop()
        self._scroll_by(-_WHEEL)

    def _scroll_by(self, lines: int) -> None:
        rows = max(1, abs(lines) // self._step) * (1 if lines > 0 else -1)
        top = max(0, min(self._top + rows, self.count - self._page))
        if top != self._top:
            self._top = top
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the row under the mouse; choose it when the cursor is there already."""
        index = self._top + event.y // self._step
        if not 0 <= index < self.count:
            return
        if index == self._cursor:
            self.action_activate()
        else:
            self.cursor = index

"""The line above and the line below: what is typed and counted, and which keys matter now."""

import contextlib
from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult, RenderResult
from textual.binding import NoBinding
from textual.containers import Horizontal
from textual.message import Message
from textual.suggester import Suggester
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

from reader.tui.wrap import cells, clip

_GAP = 3
"""Cells between keys."""
_WHOLE = 40
"""Cells a firm place gets before the most important key gets any."""
SAID_FOR = 3.0
"""Seconds a message stays in the line below."""


class Line(Widget):
    """One line of text, as wide as there is room: another text never makes the screen be laid out anew."""

    DEFAULT_CSS = """
    Line { height: 1; width: 1fr; }
    """

    def __init__(self, text: str = "", *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - textual's name
        super().__init__(id=id, classes=classes)
        self._text = text

    def say(self, text: str) -> None:
        """Show another text."""
        if text != self._text:
            self._text = text
            self.refresh()

    def render(self) -> RenderResult:
        """Textual's request for the text; never markup."""
        text = clip(self._text, self.size.width)
        return Text(" " * (self.size.width - cells(text)) + text if self.has_class("right") else text, no_wrap=True)


class KeyBar(Widget):
    """The line below: keys and what they do here and now on the left, where the reader is on the right."""

    DEFAULT_CSS = """
    KeyBar { height: 1; color: $foreground 68%; padding: 0 1; }
    KeyBar:ansi { color: $foreground; text-style: dim; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - textual's name
        super().__init__(id=id)
        self._keys: Sequence[tuple[str, str]] = ()
        self._place = self._tail = ""
        self._firm = False
        self._said = ""
        self._old = False
        self._timer: Timer | None = None
        self._count = ""
        self._spots: list[tuple[int, int, str]] = []

    class Pressed(Message):
        """A key was clicked."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def on_click(self, event: events.Click) -> None:
        """A click on a key is the key."""
        at = event.get_content_offset(self)
        for start, end, key in self._spots:
            if at is not None and start <= at.x < end:
                self.post_message(self.Pressed(key))

    def counted(self, typed: str) -> None:
        """Show the number that was typed before a key."""
        if typed != self._count:
            self._count = typed
            self.refresh()

    def show(self, keys: Sequence[tuple[str, str]], place: str, tail: str = "", *, firm: bool = False) -> None:
        """Other keys, as (key, what it does), and another place, cut where it must be before its `tail`. Ends an old message.

        All keys but the first and the last give way to a place that is `firm`.
        """
        self._firm = firm
        if self._old and self._said:
            self._said = ""
            self.remove_class("telling")
        self._keys, self._place, self._tail = keys, place, tail
        self.refresh()

    def flash(self, text: str) -> None:
        """Show one message instead of the keys for a few seconds, or until something moves after `age`."""
        self._said, self._old = text, False
        self.add_class("telling")
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(SAID_FOR, self._fade)
        self.refresh()

    def age(self) -> None:
        """The reader does something else: the message that stands here is old, and gives way to what is shown next."""
        self._old = True

    def _fade(self) -> None:
        self._said = ""
        self.remove_class("telling")
        self.refresh()

    def render(self) -> RenderResult:
        """As many keys as fit, most important first; the last one, help, always. A place that is not firm gives way to them."""
        width = self.size.width
        self._spots = []
        if self._said:
            return Text(clip(self._said, width), style="bold not dim", no_wrap=True)
        *keys, last = self._keys or [("", "")]
        room = width - _wide(last)  # with the gap before the place
        place = self._placed(room, _wide(keys[0]) if keys else 0) if self._firm else ""
        room -= cells(place)
        line = Text(f"{self._count}   " if self._count else "", "bold", no_wrap=True)
        for key, what in keys:
            if cells(line.plain) + _wide((key, what)) <= room:
                self._append(line, key, what)
            elif not self._firm:
                break
        self._append(line, *last)
        line.rstrip()
        place = place or self._placed(width - cells(line.plain) - _GAP - 1)
        line.append(" " * max(1, width - cells(line.plain) - cells(place)))
        line.append(place if cells(place) > 5 else "")
        return line

    def _append(self, line: Text, key: str, what: str) -> None:
        start = cells(line.plain)
        self._spots.append((start, start + cells(f"{key} {what}"), key))
        line.append(key, "bold not dim")
        line.append(f" {what}{' ' * _GAP}", "not bold")

    def _placed(self, room: int, key: int = 0) -> str:
        """The place in that many cells, less those of a key when enough are left without them."""
        whole = cells(self._place + self._tail)
        if room - key >= min(whole, _WHOLE):
            room -= key
        return self._place + self._tail if whole <= room else clip(self._place, room - cells(self._tail)) + self._tail


def _wide(hint: tuple[str, str]) -> int:
    """Cells of a key and what it does, with the gap behind."""
    return cells(hint[0]) + 1 + cells(hint[1]) + _GAP


class Typed(Input):
    """The field of the search bar. Its own keys act at once, in the order they were pressed.

    Textual lets a key that deletes or moves bubble up to the app first, and letters typed right behind it overtake it.
    """

    DEFAULT_CSS = """
    Typed { border: none; height: 1; padding: 0; background: $background; width: 1fr; }
    Typed:focus { border: none; background-tint: $foreground 0%; }
    """

    completes = False
    """Whether Tab takes what is offered, as in a shell."""

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "tab" and self.completes and self._suggestion:
            event.stop()
            event.prevent_default()
            self.action_cursor_right()
            return
        with contextlib.suppress(KeyError, NoBinding):
            for binding in self._bindings.get_bindings_for_key(event.key):
                if await self.app.run_action(binding.action, self):  # not so for the arrows: a field of one line has nowhere to scroll
                    event.stop()
                    event.prevent_default()
                    return
        await super()._on_key(event)


class SearchBar(Horizontal):
    """The line above: the name, a field with three uses (search everything, filter the list, find in the page), and a count."""

    DEFAULT_CSS = """
    SearchBar { height: 1; padding: 0 1; }
    SearchBar > #brand { color: $text-accent; text-style: bold; width: 11; }
    SearchBar > #prompt { color: $foreground 68%; width: 2; }
    SearchBar.named > #prompt { width: 7; }
    SearchBar > #status { color: $foreground 68%; width: 40; }
    SearchBar:ansi > #prompt, SearchBar:ansi > #status { color: $foreground; text-style: dim; }
    SearchBar.closed > Typed { visibility: hidden; }
    """

    class Changed(Message):
        """The words in the field are others now; `use` is search, filter or find."""

        def __init__(self, use: str, text: str) -> None:
            super().__init__()
            self.use, self.text = use, text

    class Submitted(Message):
        """Enter was pressed in the field."""

        def __init__(self, use: str, text: str) -> None:
            super().__init__()
            self.use, self.text = use, text

    PROMPTS: ClassVar[dict[str, str]] = {"search": "/", "filter": "filter", "find": "find", "command": ":"}

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - textual's name
        super().__init__(id=id, classes="closed")
        self.use = "search"
        self._field: Typed | None = None

    class Clicked(Message):
        """The bar was clicked while nothing was being typed."""

    def on_click(self) -> None:
        """Somebody wants to search."""
        if self.has_class("closed"):
            self.post_message(self.Clicked())

    def compose(self) -> ComposeResult:
        """The parts, left to right."""
        self._prompt, self._status = Line("", id="prompt"), Line("", id="status", classes="right")
        yield Line("pullquote", id="brand")
        yield self._prompt
        yield self._status

    async def prepare(self, suggester: Suggester | None = None) -> None:
        """Put the field there. Done after the first frame: it takes 30 ms, and nobody types before there is something to see."""
        if not self.ready:
            self._field = Typed(id="typed", select_on_focus=False, compact=True, suggester=suggester)
            await self.mount(self._field, before=self._status)

    @property
    def ready(self) -> bool:
        """Whether the field is there."""
        return self._field is not None

    @property
    def field(self) -> Typed:
        """The field; there once `ready`."""
        assert self._field is not None
        return self._field

    @property
    def text(self) -> str:
        """What stands in the field."""
        return self.field.value if self.ready else ""

    def open(self, use: str, text: str | None = None) -> None:
        """Begin typing for a use; `text` replaces what stands there, without posting. Does nothing before it is `ready`."""
        if not self.ready:
            return
        keep = self.use == use
        self.use = use
        self.remove_class("closed")
        self.set_class(use in ("filter", "find"), "named")
        self._prompt.say(self.PROMPTS[use])
        if text is not None or not keep:
            self.put(text or "")
        self.field.completes = use == "command"
        self.screen.set_focus(self.field)  # at once: `focus()` would let the next keys through to the widget that has it now
        if self.field.value and use in ("search", "find"):
            self.field.select_all()
        else:
            self.field.cursor_position = len(self.field.value)

    def put(self, text: str) -> None:
        """Set the field without posting."""
        if self.ready:
            with self.prevent(Input.Changed):
                self.field.value = text

    def close(self) -> None:
        """Empty and hide the field, without posting."""
        self.put("")
        self._prompt.say("")
        self.add_class("closed")

    def say(self, text: str) -> None:
        """Show a count or a notice at the right."""
        self._status.say(text)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell the screen."""
        event.stop()
        self.post_message(self.Changed(self.use, event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Tell the screen."""
        event.stop()
        self.post_message(self.Submitted(self.use, event.value))

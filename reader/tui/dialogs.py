"""Small windows over the page: write a note, answer one or more questions, read a list. They ask; the screen acts."""

from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static, TextArea

from reader.errors import PullquoteError
from reader.text import one_line
from reader.tui.bars import Line
from reader.tui.dialog import Dialog
from reader.tui.sources import quoted
from reader.tui.wrap import clip

Keep = Callable[[str, str], Awaitable[None]]
"""Stores a note's body and tags; raises `PullquoteError` when it could not."""

_NOTE_KEYS = "Ctrl+S keep  Tab tags  Ctrl+E editor  Esc give up"
_CSS = """
{name} {{ align: center middle; background: $background 60%; }}
{name} > #box {{ width: 72; max-width: 96%; height: auto; max-height: 100%; background: $background; border: round $foreground 30%; padding: 0 2; }}
{name} Line {{ color: $foreground 68%; }}
{name} .warning {{ color: $text-warning; text-style: bold; }}
{name}:ansi Line {{ color: $foreground; text-style: dim; }}
{name}:ansi Input, {name}:ansi TextArea {{ border-left: solid ansi_bright_black; padding: 0; }}
{name}:ansi Input:focus, {name}:ansi TextArea:focus {{ border-left: heavy $accent; padding: 0; }}
"""


class NoteEditor(Dialog[bool]):
    """Body and tags of a note. Closes with True once `keep` has stored them, with False when given up.

    When `keep` fails the reason is shown and the text stays. Esc on a changed text asks once more.
    """

    DEFAULT_CSS = (
        _CSS.format(name="NoteEditor")
        + """
    NoteEditor TextArea, NoteEditor TextArea:focus { height: 30vh; min-height: 3; max-height: 12; border: none; padding: 0 1; background: $foreground 6%; margin: 1 0 0 0; }
    NoteEditor Input, NoteEditor Input:focus { border: none; height: 1; padding: 0 1; background: $foreground 6%; }
    NoteEditor #words { color: $foreground 75%; text-style: italic; max-height: 3; }
    """
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", "Keep the note", priority=True, id="note.keep"),
        Binding("ctrl+e", "write", "Write in your own editor", priority=True, id="note.write"),
        Binding("escape", "give_up", "Give up", priority=True, id="note.give-up"),
    ]

    def __init__(self, words: str, body: str, tags: str, keep: Keep, about: str = "the whole document") -> None:
        super().__init__()
        self._about = about
        self._words, self._body, self._tags, self._keep = words, body, tags, keep
        self._asked = False

    def compose(self) -> ComposeResult:
        """The words, the body, the tags, and what the keys do."""
        with Vertical(id="box"):
            yield Static(Text(quoted(clip(one_line(self._words), 180)) if self._words else one_line(self._about)), id="words")
            yield TextArea(self._body, id="body", soft_wrap=True, tab_behavior="focus")
            yield Line("tags, separated by commas")
            yield Input(self._tags, id="tags", select_on_focus=False)
            yield Line(_NOTE_KEYS, id="hint")

    def begin(self) -> None:
        """Begin at the end of the body."""
        body = self.query_one(TextArea)
        body.move_cursor(body.document.end)
        body.focus()

    async def action_keep(self) -> None:
        """Have the note stored; close only then."""
        try:
            await self._keep(self.query_one(TextArea).text, self.query_one(Input).value)
        except PullquoteError as error:
            self._warn(f"not kept: {error}")
            return
        self.dismiss(True)

    def action_write(self) -> None:
        """Write the body in `$VISUAL` or `$EDITOR`; the window waits."""
        from reader.tui.opening import written

        area = self.query_one(TextArea)
        try:
            area.load_text(written(self.app, area.text))
        except PullquoteError as error:
            self._warn(str(error))
        area.move_cursor(area.document.end)

    @property
    def unsaved(self) -> tuple[str, str] | None:
        """Body and tags as they stand, when they are others than at the beginning."""
        if not self.ready:
            return None
        now = self.query_one(TextArea).text, self.query_one(Input).value
        return None if now == (self._body, self._tags) else now

    def action_give_up(self) -> None:
        """Close without storing; a changed text is only thrown away when asked twice."""
        if self.unsaved and not self._asked:
            self._asked = True
            self._warn("Esc again throws this away   Ctrl+S keeps it")
            return
        self.dismiss(False)

    async def on_input_submitted(self) -> None:
        """Enter in the last line is done, as in every other dialog."""
        await self.action_keep()

    def on_input_changed(self) -> None:
        """Writing on takes back the question."""
        self.on_text_area_changed()

    def on_text_area_changed(self) -> None:
        """Writing on takes back the question."""
        if self._asked:
            self._asked = False
            self.query_one("#hint", Line).say(_NOTE_KEYS)

    def _warn(self, text: str) -> None:
        hint = self.query_one("#hint", Line)
        hint.add_class("warning")
        hint.say(one_line(text))


class Questions(Dialog[dict[str, str] | None]):
    """One or more lines to fill in: (name, label, present value). Closes with what was filled in, None when given up."""

    DEFAULT_CSS = (
        _CSS.format(name="Questions")
        + """
    Questions Input, Questions Input:focus { border: none; height: 1; padding: 0 1; background: $foreground 6%; }
    Questions #heading { text-style: bold; margin: 0 0 1 0; }
    """
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "done", "Keep", priority=True, id="questions.done"),
        Binding("escape", "give_up", "Give up", priority=True, id="questions.give-up"),
    ]

    def __init__(self, heading: str, questions: Sequence[tuple[str, str, str]]) -> None:
        super().__init__()
        self._heading, self._questions = heading, questions

    def compose(self) -> ComposeResult:
        """A heading, and a line for each question."""
        with Vertical(id="box"):
            yield Static(Text(one_line(self._heading)), id="heading")
            for name, label, value in self._questions:
                yield Line(label)
                yield Input(value, id=f"answer-{name}", select_on_focus=False)
            yield Line("Enter next  Ctrl+S done  Esc give up")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes to the next line, and is done at the last."""
        fields = list(self.query(Input))
        at = fields.index(event.input)
        if at + 1 < len(fields):
            fields[at + 1].focus()
        else:
            self.action_done()

    def action_done(self) -> None:
        """Close with the answers."""
        self.dismiss({name: self.query_one(f"#answer-{name}", Input).value.strip() for name, _, _ in self._questions})

    def action_give_up(self) -> None:
        """Close without."""
        self.dismiss(None)

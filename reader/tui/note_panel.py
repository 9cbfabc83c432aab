"""Below the page: the whole of the note at the cursor, and what became of its words."""

from rich.console import Group, RenderableType
from rich.text import Text
from textual.widgets import Static

from reader.model import Annotation
from reader.patterns import pattern
from reader.text import one_line, safe
from reader.tui.sources import quoted
from reader.tui.wrap import clip

_MARKUP = pattern(r"[*_`#>\[|]|(?m:^\s*(?:[-+]|\d+[.)])\s)")
"""What a plain text does not have."""
_LONGEST = 600
"""Characters shown of words that changed."""
_TOLD = {
    "orphan": "These words are gone from the text as it is now. P offers places; select words and press P to put it there.",
    "ambiguous": "These words stand in several places now. P chooses one.",
}


class NotePanel(Static):
    """Shows one note, its body as Markdown; hidden while there is none, or nothing to say about it."""

    DEFAULT_CSS = """
    NotePanel { height: auto; max-height: 45%; padding: 0 2; border-top: solid $foreground 20%; overflow-y: auto; display: none; visibility: visible; }
    NotePanel.shown { display: block; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - textual's name
        super().__init__(id=id)
        self._shown: tuple[Annotation | None, str | None, str] = (None, None, "")

    def tell(self, note: Annotation | None, now: str | None = None, meaning: str = "") -> None:
        """Show another note, or none; `now` are its words as they stand, when they changed, `meaning` what its colour means."""
        if (note, now, meaning) == self._shown:
            return
        self._shown = note, now, meaning
        worth = note is not None and (note.body.strip() or note.state in _TOLD or now is not None)
        self.set_class(bool(worth), "shown")
        if note is not None and worth:
            self.update(_told(note, now, meaning))
            self.scroll_home(animate=False)


def _told(note: Annotation, now: str | None, meaning: str) -> RenderableType:
    parts: list[RenderableType] = []
    if note.state in _TOLD:
        parts.append(Text(_TOLD[note.state], style="italic"))
    if now is not None or note.state in _TOLD:
        parts.append(Text(f"was  {quoted(clip(one_line(note.exact or ''), _LONGEST))}"))
    if now is not None:
        parts.append(Text(f"now  {quoted(clip(one_line(now), _LONGEST))}", style="bold"))
    if note.body.strip():
        parts += [*([Text("")] if parts else []), _markdown(note.body)]
    facts = [note.created[:10], meaning or note.colour or "", " ".join("#" + one_line(tag) for tag in note.tags)]
    edited = f"edited {note.modified[:10]}" if note.modified[:10] != note.created[:10] else ""
    parts.append(Text(" · ".join(one_line(fact) for fact in (*facts, edited) if fact), style="dim"))
    return Group(*parts)


def _markdown(body: str) -> RenderableType:
    """The body; what is plain text needs no Markdown, which takes 30 ms to import."""
    text = safe(body.strip())
    if not _MARKUP.search(text):
        return Text(text)
    from rich.markdown import Markdown

    return Markdown(text, hyperlinks=False)

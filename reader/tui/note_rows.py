"""What the list shows of notes and tags. Pure: no widget, no library."""

from collections.abc import Callable, Collection, Mapping, Sequence

from reader.model import Annotation, Entry, TagCount
from reader.patterns import pattern
from reader.text import one_line
from reader.tui.rows import RowCells
from reader.tui.sources import Rows, quoted

SIGNS = {"bookmark": "◆ ", "highlight": "▒ "}
"""What stands before a bookmark and a highlight; anything else is a note."""
STATES = {
    "changed": "words changed",
    "moved": "moved",
    "ambiguous": "several places, P chooses",
    "orphan": "words gone, P offers places",
}
"""What a list says of a note whose words are not as and where they were."""


_MARKUP = pattern(r"\*\*|__|`|(?m:^#+ |^> )")


def plain(body: str) -> str:
    """A note's body in one line, without the commonest marks of Markdown."""
    return one_line(_MARKUP.sub("", body))


class NoteRows(Rows[Annotation]):
    """Notes, highlights and bookmarks: the words; what was written; what became of the words, tags, document."""

    height = 3

    def __init__(
        self,
        notes: Sequence[Annotation],
        entries: Mapping[str, Entry],
        picked: Collection[str] = (),
        now: Callable[[Annotation], str | None] = lambda _: None,
        meanings: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(notes)
        self._entries, self._picked, self._now, self._meanings = entries, picked, now, meanings or {}
        self.lost = sum(note.lost for note in notes)

    def row(self, index: int) -> RowCells:
        """See `Rows`."""
        note = self.listed[index]
        entry = self._entries.get(note.document)
        title = one_line(entry.display_title) if entry else note.document
        words = quoted(one_line(note.exact)) if note.exact else title if note.kind == "note" else "the whole document"
        picked = [("✓ ", "accent")] if note.id in self._picked else []
        body, tags = plain(note.body), " ".join("#" + one_line(tag) for tag in note.tags)
        body = f"mark {body}" if note.kind == "bookmark" and len(body) == 1 else body
        now = self._now(note) if note.state == "changed" else None
        meaning = self._meanings.get(note.colour or "") or note.colour
        second = [(f"now {quoted(one_line(now))}  ", "warn")] if now else []
        second.append((body or (meaning if note.kind == "highlight" and meaning else note.kind), "" if body else "dim"))
        state = [(f"{STATES.get(note.state, note.state)} · ", "warn")] if note.state != "anchored" else []
        colour = [(f"{one_line(meaning)} · ", "dim")] if meaning and note.kind != "highlight" else []
        where = f"{note.created[:10]} · {title}" if note.exact or note.kind == "bookmark" else note.created[:10]
        third = [*state, *([(tags + " · ", "accent")] if tags else []), *colour, (where, "dim")]
        return [[*picked, (SIGNS.get(note.kind, "● "), "mark"), (words, "title")], second, third]


class TagRows(Rows[TagCount]):
    """Tags as a tree, with how many notes and documents have each, or one below it."""

    height = 1

    def row(self, index: int) -> RowCells:
        """See `Rows`."""
        tag = self.listed[index]
        steps = tag.tag.split("/")
        counts = [f"{n} {what}{'' if n == 1 else 's'}" for n, what in ((tag.all_notes, "note"), (tag.all_documents, "document")) if n]
        return [[("  " * (len(steps) - 1), ""), ("#" + one_line(steps[-1]), "title"), ("  " + " · ".join(counts), "dim")]]

"""Markdown for reading and for other note programs: a heading a document, a block quote a note, block ids that stay the same.

The ids (`^pq-…`, as Obsidian writes them) let a later export update a note instead of doubling it.
"""

from collections.abc import Iterable, Iterator

from reader.cite.exchange import Cited, CitedNote
from reader.text import one_line, safe

NAME = "markdown"


def export(cited: Iterable[Cited]) -> Iterator[str]:
    """The notes of each document below its title and source."""
    for document in cited:
        entry, known = document.entry, document.entry.metadata
        yield f"# {_plain(entry.display_title)}"
        yield ""
        facts = [("Publisher", known.publisher), ("By", known.byline), ("Date", known.date), ("Source", known.url), ("File", entry.path)]
        facts.append(("Tags", " ".join("#" + tag for tag in entry.tags) or None))
        yield from (f"- {name}: {_plain(value)}" for name, value in facts if value)
        yield ""
        for note in document.notes:
            yield from _note(note)


def _note(note: CitedNote) -> Iterator[str]:
    made = note.annotation
    mark = f"^pq-{made.id[:12]}"
    if made.exact:
        yield from (f"> {safe(line)}".rstrip() for line in made.exact.strip().splitlines())
        yield f"> {mark}" if made.kind != "bookmark" else f"> (bookmark) {mark}"
        yield ""
    else:
        yield f"{'Bookmark of' if made.kind == 'bookmark' else 'On'} the whole document {mark}"
        yield ""
    if note.citation and made.exact:
        yield f"— {_plain(note.citation)}"
        yield ""
    if made.lost:
        yield f"*These words have no certain place in the text as it is now ({made.state}).*"
        yield ""
    elif note.sentence and one_line(note.sentence) != one_line(made.exact or ""):
        yield f"{'It reads now' if made.state == 'changed' else 'In'}: {_plain(note.sentence)}"
        yield ""
    if made.body.strip():
        yield from (safe(line) for line in made.body.strip().splitlines())
        yield ""
    if made.tags or made.colour:
        named = [f"({_plain(note.meaning or made.colour)})"] if made.colour else []
        yield " ".join([*("#" + one_line(tag).replace(" ", "-") for tag in made.tags), *named])
        yield ""


def _plain(value: str) -> str:
    """One line, with the characters that Markdown would take for markup escaped."""
    line = one_line(value)
    return "".join("\\" + c if c in "\\`*_[]<>" else c for c in line)

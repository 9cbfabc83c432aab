"""Commands on bookmarks, and on marks: bookmarks whose name is one letter, of which there is one each in the library."""

from collections.abc import Sequence

from reader.cli.plain.desk import Desk
from reader.cli.plain.finding import jump_back
from reader.cli.plain.lines import inside
from reader.cli.plain.noting import go_to_note, tell_made
from reader.cli.plain.shelf import chosen
from reader.cli.plain.words import hold
from reader.model import Annotation, Span


def bookmark(desk: Desk, text: str) -> None:
    """Bookmark the words at hand, in the list the document; what has a bookmark loses it."""
    entry = chosen(desk) if not desk.on_page and desk.listing.kind == "documents" else None
    span = hold(desk) if desk.on_page or desk.listing.kind != "documents" else None
    if entry is None and span is None:
        return
    document = entry.id if entry is not None else desk.reading.page.id if desk.reading else ""
    if not text:
        same = [
            n
            for n in desk.library.notes(document=document)
            if n.kind == "bookmark" and not _is_mark(n) and (span is None) == (n.anchor is None)
        ]
        old = [n.id for n in same if span is None or (n.start, n.end) == span]
        if old:
            desk.library.delete(old)
            desk.renew()
            desk.say("Bookmark taken away; u brings it back.")
            return
    tell_made(desk, _bookmarked(desk, document, span, text), "bookmarked")


def _bookmarked(desk: Desk, document: str, span: Span | None, name: str, instead_of: Sequence[str] = ()) -> Annotation:
    if span is None or desk.reading is None:
        return desk.library.bookmark(document, name=name)
    page = desk.reading.page
    return desk.library.bookmark(document, *span, name, page.version.text, page.text, instead_of=instead_of)


def name_bookmark(desk: Desk, text: str) -> None:
    """Bookmark under a name: B and the name."""
    if text:
        bookmark(desk, text)
    else:
        desk.say("Say the name: B and the name.")


def _marks(desk: Desk) -> dict[str, Annotation]:
    return {note.body: note for note in desk.library.notes() if _is_mark(note)}


def _is_mark(note: Annotation) -> bool:
    return note.kind == "bookmark" and len(note.body) == 1 and note.body.isalnum()


def mark(desk: Desk, text: str) -> None:
    """Mark the words at hand with a letter: m a."""
    if len(text) != 1 or not text.isalnum():
        desk.say("Say the letter: m a marks the place, ' a comes back to it.")
        return
    span = hold(desk)
    if span is not None and desk.reading is not None:
        old = _marks(desk).get(text)
        _bookmarked(desk, desk.reading.page.id, span, text, [old.id] if old else [])
        desk.renew()
        desk.say(f"Marked: ' {text} comes back here.")


def go_to_mark(desk: Desk, text: str) -> None:
    """Go to the mark of a letter: ' a; '' goes back to where you were."""
    marks = _marks(desk)
    if text == "'":
        jump_back(desk, "")
    elif text in marks:
        go_to_note(desk, marks[text])
    elif text:
        desk.say(f"No place is marked {text}.")
    else:
        for letter in sorted(marks):
            desk.say(f"{letter}: {inside(marks[letter].exact or '')}")
        if not marks:
            desk.say("No place is marked yet: m and a letter marks one.")

"""A quotation with its source, in words: what `y` puts on the clipboard."""

from reader.model import Entry
from reader.text import one_line


def source(entry: Entry, place: str | None = None) -> str:
    """Title, publisher or author, date, where it lies, and the place in it; what is not known is left out, never guessed."""
    known = entry.metadata
    parts = [entry.display_title, known.publisher or known.byline, known.date, known.url or entry.path, place]
    return ". ".join(one_line(part).rstrip(".") for part in parts if part) + "."


def credited(entry: Entry, place: str | None = None, speaker: str | None = None) -> str:
    """`source`, after the name of who said it."""
    return f"{speaker + ', ' if speaker else ''}{source(entry, place)}"


def quotation(entry: Entry, words: str, place: str | None = None, speaker: str | None = None) -> str:
    """The words exactly as they stand, between marks unless they carry their own, and their source on the next line."""
    exact = words.strip()
    opened = exact[:1] in "“\"„«'‘「"
    quoted = exact if opened else f"“{exact}”"
    return f"{quoted}\n— {credited(entry, place, speaker)}\n"

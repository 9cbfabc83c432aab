"""Export: notes and the documents they are on, handed to a format of the `cite` room."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from reader.cite.export import Cited, CitedNote, formats
from reader.errors import UsageError
from reader.hall.annotating import has_tag, tagged
from reader.model import Annotation, Entry
from reader.ports import IndexStore
from reader.text import sentences

SENTENCE_REACH = 1000
"""Characters looked at on each side for the sentence around a note."""


def lines(name: str, entries: Iterable[Entry], annotations: Iterable[Annotation], index: IndexStore, tag: str | None) -> Iterator[str]:
    """The lines of the export `name`, in the order of `entries`. With `tag`: notes with it, and all notes of documents with it."""
    known = formats()
    if name not in known:
        raise UsageError("export", name, "no such format; there are: " + ", ".join(sorted(known)))
    documents = list(entries)
    with_tag = [entry.id for entry in documents if tag is not None and has_tag(entry.tags, tag)]
    notes: defaultdict[str, list[Annotation]] = defaultdict(list)
    for annotation in tagged(annotations, tag, with_tag):
        notes[annotation.document].append(annotation)
    return known[name](
        Cited(entry, [CitedNote(a, _sentence(a, index)) for a in notes[entry.id]]) for entry in documents if entry.id in notes
    )


def _sentence(annotation: Annotation, index: IndexStore) -> str | None:
    """The sentences that the note's words lie in."""
    if annotation.start is None or annotation.end is None:
        return None
    base = max(0, annotation.start - SENTENCE_REACH)
    text = index.excerpt(annotation.document, base, annotation.end + SENTENCE_REACH)
    inside = [(a, b) for a, b in sentences(text) if b + base > annotation.start and a + base < annotation.end]
    return text[inside[0][0] : inside[-1][1]] if inside else None

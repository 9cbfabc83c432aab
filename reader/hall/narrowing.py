"""Where a search looks: the documents and passages that the operators of a query leave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reader.hall import annotating, placing
from reader.model import Annotation, Entry, Span
from reader.ports import IndexStore, NotesStore
from reader.search.query import Query
from reader.text import terms


@dataclass(frozen=True, slots=True)
class Scope:
    """What is left to look in: documents by id, whether that is fewer than there were, the notes asked for, the passages where somebody
    is quoted, as ranges of ids (None: no matter).
    """

    entries: Mapping[str, Entry]
    narrowed: bool
    notes: Sequence[Annotation] | None = None
    quoted: Sequence[Span] | None = None


def scope(query: Query, entries: Mapping[str, Entry], notes: NotesStore, index: IndexStore) -> Scope:
    """Apply the operators of a query to the documents searched."""
    kept = entries
    if any(query.values(name) for name in ("in", "from", "to", "tag")):
        tagged = _tagged(query.values("tag"), notes)
        titled = list(dict.fromkeys(term for title in query.values("in") for term in terms(title)))
        kept = {
            name: entry
            for name, entry in entries.items()
            if is_titled(entry, titled) and _is_dated(entry, query) and all(name in of or _has(entry, tag) for tag, of in tagged)
        }
    wanted = None
    if query.values("note") or query.values("has"):
        found = [a for a in notes.annotations() if a.kind != "bookmark" and a.document in kept]
        for value in query.values("note"):
            found = annotating.matching(found, value, {})
        wanted = [a for a in placing.placed(found, notes, index) if a.start is not None]
    return Scope(kept, kept is not entries, wanted)


def _tagged(tags: Sequence[str], notes: NotesStore) -> list[tuple[str, set[str]]]:
    """For each tag the documents with a note that has it."""
    annotations = notes.annotations() if tags else ()
    return [(tag, {a.document for a in annotations if annotating.has_tag(a.tags, tag)}) for tag in tags]


def _has(entry: Entry, tag: str) -> bool:
    return annotating.has_tag(entry.tags, tag)


def is_titled(entry: Entry, words: Sequence[str]) -> bool:
    """Whether title and publisher have words that begin with these."""
    if not words:
        return True
    held = terms(f"{entry.display_title} {entry.metadata.publisher or ''}")
    return all(any(own.startswith(word) for own in held) for word in words)


def _is_dated(entry: Entry, query: Query) -> bool:
    """Whether the date is as asked. One that is known only to the year is on both sides of any day in it."""
    since, until = query.values("from"), query.values("to")
    date = entry.metadata.date
    if date is None:
        return not (since or until)
    return all(date >= day[: len(date)] for day in since) and all(date[: len(day)] <= day for day in until)


def extents(found: Scope, index: IndexStore) -> Sequence[Span]:
    """The passages left, as ranges of ids."""
    if found.notes is None:
        return index.extents(found.entries) if found.quoted is None else found.quoted
    noted = index.covering((a.document, a.start, a.end) for a in found.notes if a.start is not None and a.end is not None)
    return noted if found.quoted is None else _common(noted, found.quoted)


def _common(some: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    both = [(max(a, c), min(b, d)) for a, b in some for c, d in others]
    return [(first, last) for first, last in both if first <= last]

"""Notes, highlights and bookmarks: made on words, found again when the text changed, listed."""

import contextlib
import datetime as dt
import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from reader.errors import Ambiguous, NotFound, StoreError, UsageError
from reader.model import Anchor, Annotation, Entry, Resolution, Span
from reader.ports import IndexStore, NotesStore, Reading
from reader.text import fold, occurrences, one_line, terms

UNPLACED = Resolution("orphan")


def new(document: str, kind: str, anchor: Anchor | None, body: str, tags: Iterable[str]) -> Annotation:
    """A new annotation, made now, with an id that no other device will give: 128 random bits in hex."""
    at = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    start, end = (anchor.start, anchor.end) if anchor else (None, None)
    written = body.encode("utf-8", "replace").decode()  # what a terminal hands over as undecodable bytes no database takes
    return Annotation(os.urandom(16).hex(), kind, document, written, clean_tags(tags), at, at, anchor, start, end)


def clean_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags as they are kept: one line each, without a leading #, commas separate, no doubles, in the order given."""
    parts = (one_line(part).lstrip("#").strip() for tag in tags for part in tag.split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


def place_words(operation: str, reading: Reading, words: str, nth: int | None) -> Span:
    """Where `words` stand in the document, compared folded; the `nth` place (from 1) when there are several.

    Raises `NotFound` or, without `nth`, `Ambiguous` with the places.
    """
    text = reading.document.text
    if not fold(words).text:
        raise UsageError(operation, words, "no words to look for")
    found = occurrences(fold(text), words)
    whole = [(a, b) for a, b in found if _whole(text, a, b)]
    found = whole or found  # parts of words only where the words stand nowhere whole
    if not found:
        raise NotFound(operation, one_line(words)[:60], f"not in {one_line(reading.indexed.display_title)[:60]}")
    if nth is None and len(found) > 1:
        choices = [f"--nth {n}: {a}-{b}: …{one_line(text[max(0, a - 30) : b + 30])}…" for n, (a, b) in enumerate(found[:50], 1)]
        choices += [f"… and {len(found) - 50} more"] if len(found) > 50 else []
        raise Ambiguous(operation, one_line(words)[:60], f"stands in {len(found)} places; choose one with --nth", choices)
    if nth is not None and not 1 <= nth <= len(found):
        raise UsageError(operation, f"--nth {nth}", f"the words stand in {len(found)} place{'s' if len(found) > 1 else ''}")
    return found[(nth or 1) - 1]


def _whole(text: str, start: int, end: int) -> bool:
    inside = text[start].isalnum(), text[end - 1].isalnum()
    return not ((start and inside[0] and text[start - 1].isalnum()) or (end < len(text) and inside[1] and text[end].isalnum()))


def placed(annotations: Sequence[Annotation], notes: NotesStore, index: IndexStore) -> list[Annotation]:
    """The annotations with their place in the present text. What is worked out is remembered in the index."""
    by_document: defaultdict[str, list[Annotation]] = defaultdict(list)
    for annotation in annotations:
        if annotation.anchor is not None:
            by_document[annotation.document].append(annotation)
    where: dict[str, Resolution] = {}
    versions = {document: indexed.version.text for document, indexed in index.documents(by_document).items()} if by_document else {}
    for document, of_document in by_document.items():
        where.update(_places(document, of_document, versions.get(document), notes, index))
    return [_at(annotation, where.get(annotation.id, UNPLACED)) if annotation.anchor else annotation for annotation in annotations]


def _at(annotation: Annotation, place: Resolution) -> Annotation:
    return replace(annotation, state=place.state, start=place.start, end=place.end)


def _places(
    document: str, annotations: Sequence[Annotation], version: str | None, notes: NotesStore, index: IndexStore
) -> Mapping[str, Resolution]:
    """Resolutions of one document's anchored annotations; nothing is read when its text is the one they were made on."""
    anchors = {a.id: a.anchor for a in annotations if a.anchor is not None}
    if version is None:  # the index has lost the text: the words still stand where they stood when the note was made
        return {name: Resolution("anchored", anchor.start, anchor.end) for name, anchor in anchors.items()}
    same = {name: Resolution("anchored", anchor.start, anchor.end) for name, anchor in anchors.items() if anchor.version == version}
    others = {name: anchor for name, anchor in anchors.items() if anchor.version != version}
    if not others:
        return same
    known = index.resolutions(version)
    unknown = {name: anchor for name, anchor in others.items() if name not in known}
    if unknown:
        fresh = _resolve(document, version, unknown, notes, index)
        known = {**known, **fresh}
    return {**same, **{name: known.get(name, UNPLACED) for name in others}}


def _resolve(document: str, version: str, anchors: Mapping[str, Anchor], notes: NotesStore, index: IndexStore) -> dict[str, Resolution]:
    """Work out where anchors lie and remember it, for the version it was worked out on."""
    from reader.anchor import quote

    reading = index.reading(document)
    if reading is None or reading.indexed.version.text != version:
        return {}  # the text changed under our hands: the next look sees the new one
    made_on: defaultdict[str, list[str]] = defaultdict(list)
    for name, anchor in anchors.items():
        made_on[anchor.version].append(name)
    found: dict[str, Resolution] = {}
    for old, names in made_on.items():
        places = quote.resolve_all([anchors[name] for name in names], version, reading.document.text, notes.text(old))
        found.update(zip(names, places, strict=True))
    with contextlib.suppress(StoreError):  # a cache that cannot be written is worked out again next time
        index.resolve(version, found)
    return found


def matching(annotations: Iterable[Annotation], query: str, titles: Mapping[str, Entry]) -> list[Annotation]:
    """Those that hold every word of `query` in their words, body, tags or document title; the last word may be unfinished."""
    wanted = terms(query)
    if not wanted:
        return list(annotations)
    found = []
    for annotation in annotations:
        entry = titles.get(annotation.document)
        held = terms(" ".join([annotation.exact or "", annotation.body, *annotation.tags, entry.display_title if entry else ""]))
        if set(wanted[:-1]) <= set(held) and any(term.startswith(wanted[-1]) for term in held):
            found.append(annotation)
    return found


def tagged(annotations: Iterable[Annotation], tag: str | None, documents: Collection[str] = ()) -> list[Annotation]:
    """Those with the tag or on one of the `documents`; all when `tag` is None."""
    return [a for a in annotations if tag is None or a.document in documents or has_tag(a.tags, tag)]


def has_tag(tags: Iterable[str], tag: str) -> bool:
    """Whether one of `tags` is `tag` or lies below it."""
    wanted = fold(tag.lstrip("#")).text
    return any(fold(own).text == wanted or fold(own).text.startswith(wanted + "/") for own in tags)

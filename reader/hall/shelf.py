"""The documents: what is in the library, what a list shows of them, and which one somebody means."""

import datetime as dt
import json
import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from reader.errors import Ambiguous, NotFound
from reader.model import CORRECTABLE, Annotation, Entry, Metadata, Version
from reader.ports import Indexed, IndexStore, Kept, Location, NotesStore
from reader.text import fold, one_line

SAVED = "searches"
"""The setting that holds the saved searches, a JSON list."""
FEW = 400
"""Documents up to which the stores are asked for them by name instead of for all."""
SHORTEST_ID = 3
"""Digits of an id that are taken for one."""


def entries(notes: NotesStore, index: IndexStore, only: Collection[str] | None = None) -> list[Entry]:
    """The documents of the library, or exactly those in `only`, by title.

    A document that the index has lost stays listed, as missing, under the last path it had.
    """
    few = only if only is not None and len(only) <= FEW else None
    one = next(iter(only)) if only is not None and len(only) == 1 else None
    known, indexed, counted, located = notes.documents(only), index.documents(only), notes.counted(one), notes.locations(few)
    places: dict[str, Location] = {}
    for place in located:
        before = places.get(place.document)
        if before is None or before.missing or not os.path.lexists(before.path):  # of several files, one that is there
            places[place.document] = place
    wanted = only if only is not None else [document for document, kept in known.items() if kept.kept]
    found = [
        _entry(document, indexed.get(document), known.get(document), places.get(document), counted.get(document, (0, 0)))
        for document in wanted
    ]
    return sorted(found, key=lambda entry: (entry.display_title.casefold(), entry.path))


def _entry(document: str, indexed: Indexed | None, kept: Kept | None, place: Location | None, counted: tuple[int, int]) -> Entry:
    path = place.path if place else indexed.path if indexed else ""
    metadata = indexed.metadata if indexed else Metadata()
    title = indexed.display_title if indexed else os.path.basename(path) or document
    if kept and kept.corrections:
        metadata = corrected(metadata, kept.corrections)
        title = metadata.title or title
    return Entry(
        id=document,
        path=path,
        metadata=metadata,
        display_title=(title if title.isprintable() else one_line(title)) or document,
        words=indexed.words if indexed else 0,
        notes=counted[0],
        bookmarked=counted[1] > 0,
        tags=kept.tags if kept else (),
        missing=(place.missing if place else bool(kept and kept.kept)) or indexed is None,
        kept=kept.kept if kept else False,
        added=kept.added if kept else None,
        opened=kept.opened if kept else None,
    )


def entry_of(document: str, notes: NotesStore, index: IndexStore) -> Entry:
    """One document's entry. Raises `NotFound`."""
    found = entries(notes, index, [document])
    if not found[0].path:
        raise NotFound("read", document, "no such document")
    return found[0]


def corrected(metadata: Metadata, corrections: Mapping[str, str]) -> Metadata:
    """The document's metadata with the user's corrections over it; an empty correction means "there is none"."""
    values: dict[str, Any] = {name: value or None for name, value in corrections.items() if name in CORRECTABLE}
    return replace(metadata, **values)


def is_date(value: str) -> bool:
    """Whether it is an ISO date as far as one is known: a year, a month or a day that exists."""
    parts = value.split("-")
    try:
        dt.date(*(int(part) for part in [*parts, "1", "1"][:3]))
    except (ValueError, TypeError):
        return False
    return [len(part) for part in parts] in ([4], [4, 2], [4, 2, 2])


def absent(notes: NotesStore, index: IndexStore) -> list[str]:
    """Documents of the library that the index should hold and does not, as after it was lost or set aside."""
    indexed = index.documents()
    lost = {name for name, known in notes.documents().items() if known.kept and name not in indexed}
    if not lost:
        return []
    failed = {path for path, file in index.files().items() if file.status == "failed"}
    there = {place.document for place in notes.locations() if not place.missing and place.path not in failed}
    return sorted(lost & there)


def remembered(notes: NotesStore) -> list[str]:
    """The remembered folders, and the files that were added one by one."""
    folders = list(notes.folders())
    below = tuple(folder.rstrip(os.sep) + os.sep for folder in folders)
    kept = {name for name, known in notes.documents().items() if known.kept}
    return folders + [place.path for place in notes.locations() if place.document in kept and not place.path.startswith(below)]


def going(documents: Collection[str], roots: Collection[str], notes: NotesStore) -> list[str]:
    """The documents that leave the library together with these, and with these folders. Raises `NotFound` for one that is not in it."""
    kept = {name for name, known in notes.documents().items() if known.kept}
    for document in documents:
        if document not in kept:
            raise NotFound("remove", document, "is not in the library")
    return list(dict.fromkeys([*documents, *(_only_below(roots, notes, kept) if roots else ())]))


def _only_below(roots: Collection[str], notes: NotesStore, kept: Collection[str]) -> list[str]:
    """Documents of which every file lies below `roots`, and none below a remembered folder beside or inside them."""
    below = [root.rstrip(os.sep) + os.sep for root in roots]
    staying = [folder.rstrip(os.sep) + os.sep for folder in notes.folders() if folder not in roots]
    staying = [folder for folder in staying if not any(root.startswith(folder) for root in below)]
    outside: set[str] = set()
    inside: set[str] = set()
    for place in notes.locations():
        goes = place.path.startswith(tuple(below)) and not place.path.startswith(tuple(staying))
        (inside if goes or place.missing else outside).add(place.document)
    return sorted((inside - outside) & set(kept))


def locate(indexed: Indexed, notes: NotesStore) -> None:
    """Record in the note store where a document lies, unless it says so already."""
    if not notes.locations(indexed.id):
        notes.locate([Location(indexed.path, indexed.id, indexed.version.content, indexed.version.text)])


def find(reference: str, known: Iterable[Entry], operation: str) -> Entry | None:
    """The document meant by an id, the beginning of one, a path, or a part of a title; None when nothing fits.

    Raises `Ambiguous` when several do. An id wins over a path, a path over a title, a whole title over a part of one.
    """
    everything = list(known)
    path = os.path.abspath(reference)
    wanted = fold(reference).text
    tests = [
        [entry for entry in everything if entry.id == reference],
        [entry for entry in everything if entry.path == path],
        [entry for entry in everything if len(reference) >= SHORTEST_ID and entry.id.startswith(reference.lower())],
        [entry for entry in everything if wanted and fold(entry.display_title).text == wanted],
        [entry for entry in everything if wanted and wanted in fold(entry.display_title).text],
        [entry for entry in everything if os.path.basename(entry.path) == reference],
    ]
    for found in tests:
        if len(found) == 1:
            return found[0]
        if found:
            choices = [f"{entry.id}  {entry.display_title}  {entry.path}" for entry in found[:20]]
            raise Ambiguous(operation, reference, f"{len(found)} documents answer to that", choices)
    return None


def text_of(document: str, version: Version | None, notes: NotesStore, index: IndexStore) -> str | None:
    """A document's present text: from the index, else as the notes kept it."""
    reading = index.reading(document)
    if reading is not None:
        return reading.document.text
    return notes.text(version.text) if version else None


def note_choice(reference: str, annotations: Iterable[Annotation], operation: str) -> Annotation:
    """The note meant by an id or the beginning of one. Raises `NotFound`, `Ambiguous`."""
    found = [a for a in annotations if reference and a.id.startswith(reference.lower())]
    exact = [a for a in found if a.id == reference]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if not found:
        raise NotFound(operation, reference or '""', "no such note")
    choices = [f"{a.id}  {one_line(a.exact or a.body)[:60]}" for a in found[:20]]
    raise Ambiguous(operation, reference, f"{len(found)} notes have ids that start so", choices)


def saved_searches(notes: NotesStore) -> list[str]:
    """The saved searches; none when what is stored cannot be read."""
    try:
        stored = json.loads(notes.setting(SAVED) or "[]")
    except ValueError:
        return []
    return [query for query in stored if isinstance(query, str)] if isinstance(stored, list) else []


def save_search(notes: NotesStore, query: str, *, keep: bool) -> None:
    """Save a search at the end of the list, or take it out."""
    others = [other for other in saved_searches(notes) if other != query]
    notes.remember_setting(SAVED, json.dumps([*others, query] if keep else others, ensure_ascii=False))

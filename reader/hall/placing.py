"""Where notes lie in the texts as they are now: worked out when a text changed, remembered in the index, confirmed by the user."""

import contextlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from reader.errors import StoreError
from reader.model import Anchor, Annotation, Nearby, Resolution
from reader.ports import IndexStore, NotesStore, Reading

UNPLACED = Resolution("orphan")


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


def _anchors(annotations: Sequence[Annotation]) -> dict[str, tuple[str, Anchor]]:
    """By id the anchor that counts, the place the user confirmed before the one it was made on, and what its resolutions are known by."""
    found: dict[str, tuple[str, Anchor]] = {}
    for a in annotations:
        if a.placed is not None:
            found[a.id] = f"{a.id} {a.placed.version} {a.placed.start} {a.placed.end}", a.placed
        elif a.anchor is not None:
            found[a.id] = a.id, a.anchor
    return found


def _places(
    document: str, annotations: Sequence[Annotation], version: str | None, notes: NotesStore, index: IndexStore
) -> Mapping[str, Resolution]:
    """Resolutions of one document's anchored annotations; nothing is read when its text is the one they were made on."""
    anchors = _anchors(annotations)
    if version is None:  # the index has lost the text: the words still stand where they stood when the note was made
        return {name: Resolution("anchored", anchor.start, anchor.end) for name, (_, anchor) in anchors.items()}
    there = {name: Resolution("anchored", anchor.start, anchor.end) for name, (_, anchor) in anchors.items() if anchor.version == version}
    others = {name: found for name, found in anchors.items() if name not in there}
    if not others:
        return there
    known = index.resolutions(_key(version))
    unknown = dict(found for found in others.values() if found[0] not in known)
    if unknown:
        reading = index.reading(document)
        if reading is not None and reading.indexed.version.text == version:  # else it changed under our hands: the next look sees it
            known = {**known, **_resolve(version, reading.document.text, unknown, notes, index)}
    return {**there, **{name: known.get(key, UNPLACED) for name, (key, _) in others.items()}}


def _key(version: str) -> str:
    """What resolutions in a text are remembered by: those of an older way to find them are worked out again."""
    from reader.anchor import quote

    return f"{version} {quote.VERSION}"


def _resolve(version: str, text: str, anchors: Mapping[str, Anchor], notes: NotesStore, index: IndexStore) -> dict[str, Resolution]:
    """Work out where anchors lie in a text and remember it."""
    from reader.anchor import quote

    made_on: defaultdict[str, list[str]] = defaultdict(list)
    for name, anchor in anchors.items():
        made_on[anchor.version].append(name)
    found: dict[str, Resolution] = {}
    for old, names in made_on.items():
        places = quote.resolve_all([anchors[name] for name in names], version, text, notes.text(old))
        found.update(zip(names, places, strict=True))
    with contextlib.suppress(StoreError):  # a cache that cannot be written is worked out again next time
        index.resolve(_key(version), found)
    return found


def prepare(reading: Reading, annotations: Sequence[Annotation], notes: NotesStore, index: IndexStore) -> None:
    """Find the words of a document's notes in a text that is about to be stored, so that opening it finds them done."""
    version, text = reading.indexed.version.text, reading.document.text
    anchors = dict(_anchors(annotations).values())
    here = any(anchor.version == version for a in annotations for anchor in (a.anchor, a.placed) if anchor is not None)
    if here and notes.text(version) is None:  # notes that came from elsewhere met the text they were made on
        with contextlib.suppress(StoreError):  # where nothing can be written, reading goes on
            notes.keep_text(reading.indexed.id, version, text)
    known = index.resolutions(_key(version))
    unknown = {key: anchor for key, anchor in anchors.items() if anchor.version != version and key not in known}
    if unknown:
        _resolve(version, text, unknown, notes, index)


def candidates(annotation: Annotation, reading: Reading, notes: NotesStore) -> list[Nearby]:
    """Places in the present text to offer for a note: where it lies now first, when it has a place."""
    from reader.anchor.nearest import nearest

    anchor = annotation.placed or annotation.anchor
    if anchor is None:
        return []
    found = nearest(anchor, reading.document.text, notes.text(anchor.version))
    if annotation.start is None or annotation.end is None:
        return found
    here = Nearby(annotation.start, annotation.end, 1.0, "where it is shown now")
    return [here, *(one for one in found if one.end <= here.start or one.start >= here.end)]

"""Taking notes in that were exported, here or elsewhere: none is overwritten, none doubled, and none is lost because it is there already."""

import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from reader.cite.exchange import Incoming, readable
from reader.errors import UsageError
from reader.hall import annotating
from reader.model import Annotation, Edition, Imported, Intaken
from reader.ports import IndexStore, Kept, Location, NotesStore


def take_in(name: str, lines: Iterable[str], notes: NotesStore, index: IndexStore) -> list[Intaken]:
    """Read an export of the format `name` and store what is new in it, as one action; what became of each note.

    A note that is here already and says the same stays. One that went on from what ours says is updated, one that ours went on from is
    left out; when both went on, theirs becomes a note of its own.
    """
    known = readable()
    if name not in known:
        raise UsageError("import", name, "cannot be read back; formats that can: " + ", ".join(sorted(known)))
    incoming = list(known[name](lines))
    homes, located = _homes(incoming, notes, index)
    ours = {a.id: a for a in notes.annotations()}
    wanted: list[Imported] = []
    told: list[Intaken] = []
    for one in incoming:
        if one.note is None:
            continue
        theirs = one.note.annotation
        made = replace(theirs, document=homes[one.document], tags=annotating.clean_tags(theirs.tags))
        note = replace(one.note, annotation=made)
        taken, status = _met(note, ours.get(made.id), notes.editions, ours.values())
        if taken is not None:
            wanted.append(taken)
            ours[taken.annotation.id] = taken.annotation
        told.append(Intaken((taken or note).annotation.id, status, homes[one.document]))
    documents = _documents(incoming, homes, notes)
    if wanted or documents:
        count = len(wanted)
        notes.take_in(wanted, documents, f"import {count} note{'s' if count != 1 else ''}")
    if located:
        notes.locate(located)
    for one in incoming:
        if one.body is not None and one.version == hashlib.sha256(one.body.encode()).hexdigest():
            notes.keep_text(homes[one.document], one.version, one.body)
    return told


def _met(
    theirs: Imported, ours: Annotation | None, past: Callable[[str], Sequence[Edition]], others: Iterable[Annotation]
) -> tuple[Imported | None, str]:
    """What to store of a note from elsewhere that met one of ours of the same id, or none."""
    note = theirs.annotation
    if ours is None:
        said = past(note.id)  # it was deleted here: what is known of its past need not be remembered twice
        return replace(theirs, editions=() if said else theirs.editions), "new"
    if ours.said == note.said:
        if note.placed is not None and ours.placed is None:
            return Imported(replace(ours, placed=note.placed)), "updated"
        return None, "unchanged"
    if any(edition.said == note.said for edition in past(note.id)):
        return None, "older"
    steps = [number for number, edition in enumerate(theirs.editions) if edition.said == ours.said]
    if steps:
        further = theirs.editions[steps[-1] + 1 :]
        return replace(theirs, annotation=replace(note, rev=ours.rev + 1), editions=further), "updated"
    if any(other.anchor == note.anchor and other.document == note.document and other.said == note.said for other in others):
        return None, "unchanged"  # it was copied before
    copy = annotating.new(note.document, note.kind, note.anchor, note.body, note.tags, note.colour)
    return Imported(replace(copy, created=note.created, modified=note.modified, placed=note.placed)), "copied"


# -- documents -------------------------------------------------------------------------------------------------------------------


def _homes(incoming: Sequence[Incoming], notes: NotesStore, index: IndexStore) -> tuple[dict[str, str], list[Location]]:
    """Which document of ours each of theirs is: the same id, the same text, the same file, the same address; else itself, to be added.

    Also where those lie that are to be added.
    """
    locations = notes.locations()
    indexed = index.documents()
    known = {*notes.documents(), *indexed}
    at = {place.path: place.document for place in locations}
    holding = {place.text: place.document for place in locations}
    addressed = {found.metadata.url: found.id for found in indexed.values() if found.metadata.url}
    homes: dict[str, str] = {}
    new: dict[str, Location] = {}
    for one in incoming:
        if one.document in homes:
            continue
        ours = one.document if one.document in known else None
        ours = ours or holding.get(one.text or "") or index.by_hash(one.content or "", one.text or "")
        ours = ours or at.get(one.path) or addressed.get(one.url or "")
        homes[one.document] = ours or one.document
        if ours is None and one.path:
            new[one.path] = Location(one.path, one.document, one.content or "", one.text or "", missing=not os.path.isfile(one.path))
    return homes, list(new.values())


def _documents(incoming: Sequence[Incoming], homes: dict[str, str], notes: NotesStore) -> dict[str, Kept]:
    """What is said of the documents: their tags beside ours, their corrections where we have none. Only those that change."""
    ours = notes.documents(list(homes.values()))
    found: dict[str, Kept] = {}
    for one in incoming:
        name = homes[one.document]
        blank = Kept(name, kept=False, removed=False, added=one.added)
        present = found.get(name) or ours.get(name) or blank
        tags = annotating.clean_tags([*present.tags, *one.tags])
        wanted = replace(present, tags=tags, corrections={**one.corrections, **present.corrections}, added=present.added or one.added)
        if wanted != ours.get(name) or not wanted.kept:
            found[name] = wanted
    return found

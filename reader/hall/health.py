"""A check-up of a library: where everything lies, what is healthy, what is stale, how to mend it."""

import contextlib
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reader.errors import StoreError
from reader.hall.placing import placed
from reader.paths import LibraryPaths
from reader.ports import IndexStore, NotesStore
from reader.text import one_line


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of a check-up: `state` is ok, warn or bad; `remedy` says what to do, None when nothing is to be done."""

    what: str
    state: str
    detail: str
    remedy: str | None = None


def check_up(notes: NotesStore, index: IndexStore, paths: LibraryPaths) -> list[Finding]:
    """Look at everything; reads the whole note store, and asks SQLite to check both files."""
    parts: list[Callable[[], Iterable[Finding]]] = [
        lambda: [Finding("library folder", "ok", str(paths.folder))],
        lambda: [_note_store(notes, paths)],
        lambda: [_index(notes, index, paths)],
        lambda: _folders(notes),
        lambda: [_missing(notes)],
        lambda: _failed(index),
        lambda: [_places(notes, index)],
        lambda: _unheard(index),
        lambda: _attributions(notes, index),
        lambda: [_backups(paths)],
        lambda: _clock(notes),
        lambda: _rescued(paths),
    ]
    found: list[Finding] = []
    for part in parts:
        try:
            found += part()
        except StoreError as error:
            found.append(Finding(error.operation, "bad", f"{error.thing}: {error.reason}"))
    return found


def _size(path: os.PathLike[str]) -> str:
    try:
        return f"{os.path.getsize(path) / 1e6:.1f} MB"
    except OSError:
        return "absent"


def _note_store(notes: NotesStore, paths: LibraryPaths) -> Finding:
    found = notes.problems()
    count = len(notes.annotations()) if not found else 0
    detail = f"{paths.notes} ({_size(paths.notes)}, {count} note{'s' if count != 1 else ''})"
    if found:
        return Finding(
            "notes",
            "bad",
            f"{detail}: {found[0]}",
            "close every window; `pullquote doctor --restore` brings the latest backup back and moves this one aside",
        )
    if notes.read_only:
        return Finding("notes", "warn", f"{detail}: read-only", "make the folder writable, or use the newer pullquote that wrote it")
    if notes.network:
        return Finding(
            "notes", "warn", f"{detail}: lies on {notes.network}", "never open it on two machines at once, or keep it on a local disk"
        )
    return Finding("notes", "ok", detail)


def _index(notes: NotesStore, index: IndexStore, paths: LibraryPaths) -> Finding:
    detail = f"{paths.index} ({_size(paths.index)})"
    found = index.problems()
    if found:
        return Finding("index", "bad", f"{detail}: {found[0]}", f"delete {paths.index.name}; `pullquote add` makes it anew")
    indexed = index.documents()
    kept = [name for name, known in notes.documents().items() if known.kept]
    absent = sum(name not in indexed for name in kept)
    if absent:
        return Finding("index", "warn", f"{detail}: {absent} of {len(kept)} documents are not in it", "`pullquote add` their folders again")
    return Finding("index", "ok", f"{detail}, {len(kept)} documents of the library, {len(indexed)} in all")


def _folders(notes: NotesStore) -> Iterator[Finding]:
    for folder in notes.folders():
        there = os.path.isdir(folder)
        remedy = None if there else f"`pullquote add` its new place; `pullquote remove {folder}` forgets it"
        yield Finding("folder", "ok" if there else "warn", folder if there else f"{folder}: gone", remedy)


def _missing(notes: NotesStore) -> Finding:
    kept = {name for name, known in notes.documents().items() if known.kept}
    gone = [place.path for place in notes.locations() if place.document in kept and not os.path.lexists(place.path)]
    if not gone:
        return Finding("files", "ok", "every document's file is where it was")
    shown = f"{len(gone)} gone, the first {gone[0]}"
    return Finding("files", "warn", shown, "their text and notes are kept; `pullquote add` the place they moved to")


def _failed(index: IndexStore) -> Iterator[Finding]:
    for path, file in index.files().items():
        if file.status == "failed":
            yield Finding("unread", "warn", f"{path}: {file.error}", "mend or move the file, then `pullquote add` it again")


def _places(notes: NotesStore, index: IndexStore) -> Finding:
    lost = [a for a in placed(notes.annotations(), notes, index) if a.lost]
    if not lost:
        return Finding("places", "ok", "every note lies on its words")
    return Finding(
        "places", "warn", f"{len(lost)} notes have no certain place in the present text", "`pullquote notes` lists them with their words"
    )


def _unheard(index: IndexStore) -> Iterator[Finding]:
    from reader.hall import hearing

    count = len(hearing.unheard(index))
    if count:
        shown = f"an older pullquote read {count} document{'s' if count != 1 else ''}"
        yield Finding("quotations", "warn", shown, "`pullquote add` finds their quotations")


def _attributions(notes: NotesStore, index: IndexStore) -> Iterator[Finding]:
    from reader.quotes import attributing

    said = attributing.by_document(notes.rulings())
    present = index.documents(list(said))
    lost = [one for document in present for one in attributing.lost(index.quotes([document]), said[document])]
    for one in lost:
        shown = f"you said that {one_line(one.speaker) if one.speaker else 'nobody known'} spoke “{one_line(one.words)[:60]}”: not in the present text"
        yield Finding("speakers", "warn", shown, "it is kept, and holds again when the words come back")


def _backups(paths: LibraryPaths) -> Finding:
    copies = sorted(paths.backups.glob("library-*.db")) if paths.backups.is_dir() else []
    return Finding("backups", "ok", f"{len(copies)} in {paths.backups}" if copies else "none yet: one is made each day something changes")


def _clock(notes: NotesStore) -> Iterator[Finding]:
    last = next((action.at for action in notes.history(1)), "")
    present = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime())
    if last[:19] > present:
        yield Finding(
            "clock", "warn", f"it is {present}, and the last change was made at {last[:19]}", "set the clock; nothing is lost by it"
        )


def _rescued(paths: LibraryPaths) -> Iterator[Finding]:
    files = sorted(paths.rescue.glob("*.txt")) if paths.rescue.is_dir() else []
    if files:
        shown = f"{len(files)} note{'s' if len(files) > 1 else ''} that could not be stored, in {paths.rescue}"
        yield Finding("rescue", "warn", shown, "take the text over into notes, then delete the files")


def rescue(paths: LibraryPaths, text: str) -> Path | None:
    """Write `text` to a new file of the rescue folder, else of the temporary folder; None when neither takes it."""
    for folder in (paths.rescue, Path(tempfile.gettempdir())):
        target = folder / f"pullquote-note-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.txt"
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            with target.open("a", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            return target
    return None

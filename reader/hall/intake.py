"""Taking documents in: what changed on disk, what it is, and where it belongs.

A file's content says which document it is before its path does, so that two files that swapped names keep their own notes:

    content known, this path known for it        unchanged
    content known, its other file still there    copy
    content known, its other file gone           moved
    content new, path known                      changed (unless a copy elsewhere still holds the old content: then new)
    both new                                     new (changed when it goes on with an annotated document whose file is gone)
"""

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from reader.anchor.likeness import likeness
from reader.errors import Skipped, Unreadable
from reader.hall import hearing, placing
from reader.hall.heirs import Heirs
from reader.ingest import read, scan, workers
from reader.model import AddOutcome, Document, FileStamp, Passage
from reader.ports import Indexed, IndexStore, Kept, KnownFile, Location, NotesStore, Reading
from reader.search.passages import passages
from reader.spoken import Heard

OUT = "taken out of the library; add the file itself to bring it back"
EDITED = 0.3
"""Likeness from which a text counts as an edited version of another, and not as another one."""
BATCH_DOCUMENTS = 64
BATCH_CHARACTERS = 800_000
"""A batch is one transaction of the index: about a fifth of a second, so that another `add` never waits long. Notes never wait for it."""


@dataclass
class _Batch:
    """What is written together."""

    readings: list[tuple[Reading, list[Passage]]] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    files: list[KnownFile] = field(default_factory=list)
    located: list[Location] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    outcomes: list[AddOutcome] = field(default_factory=list)
    characters: int = 0

    @property
    def full(self) -> bool:
        return len(self.outcomes) >= BATCH_DOCUMENTS or self.characters >= BATCH_CHARACTERS


class Intake:
    """One run over files and folders. `keep`: take what is found into the library, not only into the index, and catch up with quotes."""

    def __init__(self, notes: NotesStore, index: IndexStore, *, keep: bool = True) -> None:
        self._notes, self._index, self._keep = notes, index, keep
        self._known = dict(notes.documents())
        self._files = dict(index.files())
        self._indexed = dict(index.documents())
        self._at = {place.path: place for place in notes.locations()}
        for file in self._files.values():
            if file.document in self._indexed and file.path not in self._at:
                version = self._indexed[file.document].version
                self._at[file.path] = Location(file.path, file.document, version.content, version.text)
        self._paths: defaultdict[str, set[str]] = defaultdict(set)
        self._by_hash: dict[str, str] = {}
        for place in self._at.values():
            self._paths[place.document].add(place.path)
            self._by_hash.setdefault(place.text, place.document)
            self._by_hash.setdefault(place.content, place.document)
        for name, indexed in self._indexed.items():  # documents that have lost their last file are known by what they held
            self._by_hash.setdefault(indexed.version.text, name)
            self._by_hash.setdefault(indexed.version.content, name)
        self._heirs = Heirs(notes, index, self._paths)
        self._batch = _Batch()
        self._named: set[str] = set()
        self._deferred: dict[str, list[tuple[str, FileStamp, Document]]] = {}
        self._later: list[tuple[str, FileStamp, Document]] = []

    def run(self, paths: Iterable[str]) -> Iterator[AddOutcome]:
        """Look through files and folders; an outcome for every file, after it was committed. Remembers folders first."""
        roots = [os.path.abspath(path) for path in paths]
        self._named = {root for root in roots if not os.path.isdir(root)}
        if self._keep:
            self._notes.remember([root for root in roots if os.path.isdir(root) and _is_utf8(root)])
        present: set[str] = set()
        yield from self._read(self._unchanged(roots, present))
        yield from self._settle_deferred()
        yield from self._flush()
        yield from self._missing(roots, present)
        if self._keep:
            for _ in hearing.catch_up(self._index):
                pass

    # -- one file after the other -------------------------------------------------------------------------------------------------

    def _unchanged(self, roots: list[str], present: set[str]) -> Iterator[str]:
        """Settle what need not be read; the paths of the rest, new ones before changed ones (see `_defer`)."""
        changed: list[str] = []
        for found in scan.scan(roots):
            if isinstance(found, scan.Refused):
                if found.path in self._at and not os.path.isfile(found.path):
                    continue  # told as missing at the end
                self._batch.outcomes.append(AddOutcome(found.path, found.status, error=found.reason))
                continue
            present.add(found.path)
            place, file = self._at.get(found.path), self._files.get(found.path)
            known = self._known.get(place.document) if place else None
            if self._stays_out(known, found.path):
                self._batch.outcomes.append(AddOutcome(found.path, "skipped", place.document if place else None, error=OUT))
            elif place and file and file.stamp == found.stamp and self._current(place.document, found.path):
                self._settle(found.path, found.stamp, place.document, "unchanged")
            elif file and file.stamp == found.stamp and file.status == "skipped":
                self._batch.outcomes.append(AddOutcome(found.path, "skipped", error=file.error))
            elif place is not None:
                changed.append(found.path)
            else:
                yield found.path
        yield from changed

    def _stays_out(self, known: Kept | None, path: str) -> bool:
        """Whether the user has taken the document out, and does not name this very file now."""
        return self._keep and known is not None and known.removed and path not in self._named

    def _current(self, document: str, path: str) -> bool:
        """Whether the index holds it as today's reader would read it."""
        indexed = self._indexed.get(document)
        reader = read.formats().get(read.suffix(path))
        return indexed is not None and reader is not None and indexed.version.reader == reader.VERSION

    def _read(self, paths: Iterator[str]) -> Iterator[AddOutcome]:
        for result in workers.read_files(paths):
            if result.document is not None and result.stamp is not None:
                self._take(result.path, result.stamp, result.document)
            else:
                self._refuse(result.path, result.stamp, result.error)
            if self._batch.full:
                yield from self._flush()

    def _refuse(self, path: str, stamp: FileStamp | None, error: Unreadable | None) -> None:
        status = "skipped" if isinstance(error, Skipped) else "failed"
        reason = error.reason if error else "could not be read"
        known = self._at.get(path)
        self._batch.outcomes.append(AddOutcome(path, status, known.document if known else None, error=reason))
        if known is None or known.document not in self._indexed:
            self._batch.files.append(KnownFile(path, stamp or FileStamp(0, 0), "", None, status, reason))

    def _take(self, path: str, stamp: FileStamp, document: Document) -> None:
        if self._defer(path, stamp, document):
            return
        self._settle_as(path, stamp, document, *self._identify(path, document))

    def _defer(self, path: str, stamp: FileStamp, document: Document) -> bool:
        """Whether a new file that holds a document's old text must wait until the document's own file has been read.

        Somebody who edits an article and keeps a copy of the old one means the edited file to be the article; somebody who moves an
        article and saves another one under its name means the moved file. How alike the old and the new text at the old place are
        tells which.
        """
        name = self._by_hash.get(document.version.content) or self._by_hash.get(document.version.text)
        if name is None or path in self._at or any(self._holds(other) for other in self._paths[name]):
            here = self._at.get(path)
            if name is None and here is not None:
                self._decide(here.document, path, document.text)
            return False
        if any(os.path.isfile(other) for other in self._paths[name]):
            self._deferred.setdefault(name, []).append((path, stamp, document))
            return True
        return False

    def _decide(self, name: str, path: str, text: str) -> None:
        """Whether a document moved or was edited, now that its file has another text and its old text may have turned up elsewhere."""
        waiting = self._deferred.pop(name, [])
        if waiting and likeness(waiting[0][2].text, text) < EDITED:
            first, stamp, document = waiting.pop(0)
            self._leave(path, name)
            del self._at[path]
            self._settle_as(first, stamp, document, name, "moved")
        self._later += waiting

    def _settle_deferred(self) -> Iterator[AddOutcome]:
        """What waited and was not decided has moved; what stayed behind as an old copy is a document of its own."""
        for waiting in self._deferred.values():
            self._later += waiting
        self._deferred = {}
        for path, stamp, document in self._later:
            self._settle_as(path, stamp, document, *self._identify(path, document))
        self._later = []
        yield from self._flush()

    def _settle_as(self, path: str, stamp: FileStamp, document: Document, name: str, status: str) -> None:
        """The file at `path` holds the document `name`."""
        if self._stays_out(self._known.get(name), path):
            self._batch.outcomes.append(AddOutcome(path, "skipped", name, error=OUT))
            return
        if status in ("new", "changed") or not self._current(name, path):
            self._store(path, name, document)
        if status in ("moved", "copy"):
            for old in self._paths[name] - {path}:
                if status == "moved" or not os.path.isfile(old):
                    self._vanish(old)
        version = document.version
        for known in (version.content, version.text):
            self._by_hash[known] = name
        self._at[path] = Location(path, name, version.content, version.text)
        self._paths[name].add(path)
        self._settle(path, stamp, name, status)

    def _store(self, path: str, name: str, document: Document) -> None:
        indexed = Indexed(name, path, document.version, document.metadata, document.display_title, document.words)
        self._indexed[name] = indexed
        found, reading = passages(document.text, document.blocks), Reading(indexed, document)
        self._batch.readings.append((reading, found))
        self._batch.heard.append(hearing.heard(reading))
        self._batch.characters += len(document.text)

    def _identify(self, path: str, document: Document) -> tuple[str, str]:
        """Which document the file is, and the outcome's status."""
        version = document.version
        name = self._by_hash.get(version.content) or self._by_hash.get(version.text)
        here = self._at.get(path)
        if name is not None:
            if path in self._paths[name]:
                return name, "unchanged"
            if here is not None:
                self._leave(path, here.document)
            return name, "copy" if any(self._holds(other) for other in self._paths[name]) else "moved"
        if here is not None:
            others = self._paths[here.document] - {path}
            if not any(self._holds(other) for other in others):
                for old in (here.content, here.text):
                    if self._by_hash.get(old) == here.document:
                        del self._by_hash[old]
                return here.document, "changed"
            self._leave(path, here.document)
        heir = self._heirs.of(path, document.text) if self._keep else None  # looking at a file changes nothing
        if heir is not None:
            return heir, "changed"
        name, salt = version.text[:12], 0
        while name in self._indexed or name in self._known:
            name, salt = hashlib.sha256(f"{version.text} {path} {salt}".encode()).hexdigest()[:12], salt + 1
        return name, "new"

    def _holds(self, path: str) -> bool:
        """Whether the file is still there as it was when last read."""
        try:
            status = os.stat(path)
        except OSError:
            return False
        file = self._files.get(path)
        return file is None or file.stamp == FileStamp(status.st_size, status.st_mtime_ns)

    def _leave(self, path: str, document: str) -> None:
        self._paths[document].discard(path)

    def _vanish(self, path: str) -> None:
        place = self._at.pop(path, None)
        if place:
            self._leave(path, place.document)
        self._batch.gone.append(path)

    def _settle(self, path: str, stamp: FileStamp, name: str, status: str) -> None:
        """The file holds that document: note where it lies, and whether it comes into the library."""
        place, known = self._at[path], self._known.get(name)
        if self._keep and not (known and known.kept):
            self._batch.kept.append(name)
            status = "new" if status == "unchanged" else status
        if status == "unchanged" and not place.missing and path in self._files and self._files[path].stamp == stamp:
            pass  # nothing to write: a second look at an unchanged folder changes nothing
        else:
            file = KnownFile(path, stamp, place.content, name, status)
            self._files[path] = file
            self._batch.files.append(file)
        if self._keep or known:
            self._batch.located.append(Location(path, name, place.content, place.text))
        self._batch.outcomes.append(AddOutcome(path, status, name, self._title(name)))

    def _title(self, name: str) -> str | None:
        return self._indexed[name].metadata.title if name in self._indexed else None

    # -- writing ------------------------------------------------------------------------------------------------------------------

    def _flush(self) -> Iterator[AddOutcome]:
        """Commit what was gathered, index first: what the notes call kept must be there to be read."""
        batch, self._batch = self._batch, _Batch()
        for reading, _ in batch.readings:
            noted = self._heirs.annotated.get(reading.indexed.id)
            if noted:
                placing.prepare(reading, noted, self._notes, self._index)
        if batch.readings or batch.files:
            self._index.put(batch.readings, batch.files, batch.heard)
        if batch.gone:
            self._index.forget((), batch.gone)
        stored = {place.path: place for place in self._notes.locations()} if batch.located or batch.gone else {}
        located = [place for place in batch.located if stored.get(place.path) != place]
        gone = [path for path in batch.gone if path in stored]
        if located or gone:
            self._notes.locate(located, gone)
        if batch.kept:
            self._notes.keep(batch.kept, f"add {len(batch.kept)} documents")
            self._known = dict(self._notes.documents())
        yield from batch.outcomes

    def _missing(self, roots: list[str], present: set[str]) -> Iterator[AddOutcome]:
        """Known files below the roots that are gone; a document whose last file is gone stays listed as missing."""
        below = tuple(root.rstrip(os.sep) + os.sep for root in roots)
        lost = [
            place
            for path, place in sorted(self._at.items())
            if path not in present and (path in roots or path.startswith(below)) and not os.path.isfile(path)
        ]
        for place in lost:
            if any(self._holds(other) for other in self._paths[place.document] - {place.path}):
                self._vanish(place.path)
                continue
            known = self._known.get(place.document)
            if known is None or not known.kept:
                continue
            self._recover(place)
            self._batch.located.append(Location(place.path, place.document, place.content, place.text, missing=True))
            reason = "the file is gone; its text and notes are kept"
            self._batch.outcomes.append(AddOutcome(place.path, "missing", place.document, self._title(place.document), reason))
        yield from self._flush()

    def _recover(self, place: Location) -> None:
        """Give a document whose file and index entry are both gone its text back: from an index set aside, else as its notes kept it."""
        if place.document in self._indexed:
            return
        old = self._index.salvage(place.document)
        text = self._notes.text(place.text) if old is None else None
        if old is not None:
            self._store(place.path, place.document, old.document)
        elif text is not None:
            stem = os.path.splitext(os.path.basename(place.path))[0]
            self._store(place.path, place.document, read.read(f"{stem}.txt", text.encode()))


def _is_utf8(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True

"""HALL: the verbs of the product, each a few lines that join rooms. No logic of its own.

    with Library.open() as library:
        for outcome in library.add(["articles"]):
            print(outcome.status, outcome.path)
        hit = library.search("heros dont accept zeroes")[0]
        library.annotate(hit.document, hit.start, hit.end, "ask them about this", ["wages"])

May be used from several threads. Offsets are code points of a document's `text`.
"""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from reader.errors import NotFound, PullquoteError, UsageError
from reader.hall import annotating, cataloguing, shelf
from reader.hall.catalogue import Catalogue
from reader.hall.noting import Noting
from reader.model import CORRECTABLE, AddOutcome, Answer, Entry, Hit, Page, Quotation, Quote, Span, Speaker
from reader.paths import LibraryPaths, library_folder
from reader.ports import IndexStore, NotesStore

if TYPE_CHECKING:
    from reader.hall.health import Finding
    from reader.hall.quoting import Quoting
    from reader.store.backups import Restored

Among = Mapping[str, Entry] | Iterable[Entry] | None
"""Documents to search, by id or one after the other; None: the library."""
CACHE_DAYS = 30
"""Days after which a document that was only looked at leaves the cache."""


class Library(Noting):
    """A library folder, opened. Use `Library.open`; constructing one takes the two stores, for tests and other backends."""

    def __init__(self, notes: NotesStore, index: IndexStore, paths: LibraryPaths) -> None:
        self.notes_store, self.index, self.paths = notes, index, paths
        self._quoting: Quoting | None = None

    @classmethod
    def open(cls, folder: str | os.PathLike[str] | None = None) -> Self:
        """Open the library in `folder` (default: see `paths.library_folder`), made when it is not there.

        Raises `Damaged` when the note store is no sound database (nothing is touched), `StoreError` when the folder cannot be made.
        A damaged index is set aside and made anew; `add` or `refresh` fills it again.
        """
        from reader.store.index import SqliteIndex
        from reader.store.notes import SqliteNotes

        paths = LibraryPaths(Path(library_folder(folder)))
        notes = SqliteNotes(paths.notes, paths.backups)
        try:
            index = SqliteIndex(paths.index)
        except PullquoteError:
            notes.close()
            raise
        return cls(notes, index, paths)

    @staticmethod
    def restore(folder: str | os.PathLike[str] | None = None, copy: str | None = None) -> "Restored":
        """Bring the notes of a library back from a backup, the latest sound one when none is named; what stood there is moved aside.

        Raises `NotFound` when there is no sound one, `Busy` while the library is open anywhere.
        """
        from reader.store import backups

        paths = LibraryPaths(Path(library_folder(folder)))
        return backups.restore(paths.notes, paths.backups, Path(copy) if copy else None)

    def close(self) -> None:
        """Let go of the files."""
        self.index.close()
        self.notes_store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    # -- documents ----------------------------------------------------------------------------------------------------------------

    def add(self, paths: Iterable[str | os.PathLike[str]], *, keep: bool = True) -> Iterator[AddOutcome]:
        """Read files and folders and take them into the library; an outcome for each file, once it is committed.

        Folders are remembered and looked through again by `refresh`. With `keep=False` documents are read into the index only, to be
        looked at. The work is done as the iterator is consumed.
        """
        from reader.hall.intake import Intake

        yield from Intake(self.notes_store, self.index, keep=keep).run([os.fspath(path) for path in paths])
        if keep:
            self._forget_unseen()
        self.keep_catalogue()

    def count_files(self, paths: Iterable[str] = ()) -> int:
        """How many files `add` would look at (`refresh` without paths): for a progress bar."""
        from reader.ingest import scan

        return sum(isinstance(found, scan.Found) for found in scan.scan(list(paths) or self.notes_store.folders()))

    def refresh(self) -> Iterator[AddOutcome]:
        """Look through the remembered folders and added files again."""
        yield from self.add(shelf.remembered(self.notes_store))

    def stale(self) -> bool:
        """Whether the index lacks documents of the library, as after it was lost or set aside."""
        return bool(shelf.absent(self.notes_store, self.index))

    def _forget_unseen(self) -> None:
        known = self.notes_store.documents()
        annotated = {a.document for a in self.notes_store.annotations()}
        gone = [name for name in self.index.unseen(CACHE_DAYS) if not (name in known and known[name].kept) and name not in annotated]
        if gone:
            files = [path for path, file in self.index.files().items() if file.document in set(gone)]
            self.index.forget(gone, files)

    def documents(self, only: Collection[str] | None = None) -> Sequence[Entry]:
        """The documents of the library by title, or exactly those whose ids are in `only`."""
        return shelf.entries(self.notes_store, self.index, only)

    def catalogue(self) -> Catalogue:
        """What `documents` gives, for a list: entries by id, read when they are asked for. 100,000 documents take 50 ms instead of seconds."""
        return cataloguing.catalogue(self.notes_store, self.index, self.documents)

    def keep_catalogue(self) -> None:
        """Make the next `catalogue` a quick one."""
        cataloguing.keep(self.notes_store, self.index, self.documents)

    def viewed(self, paths: Iterable[str]) -> list[str]:
        """Ids of the documents that the index holds for these files and below these folders, in the order of their paths."""
        found: dict[str, None] = {}
        for path in paths:
            files = self.index.files(os.path.abspath(path))
            found.update((files[name].document or "", None) for name in sorted(files))
        found.pop("", None)
        return list(found)

    def find(self, reference: str, operation: str = "find") -> Entry:
        """The document meant by an id, a path, or an unambiguous part of a title; a path outside the library is read without being added.

        Raises `NotFound`, `Ambiguous`, or why the file could not be read, naming the `operation`.
        """
        found = shelf.find(reference, self.documents(), operation)
        if found is None and not os.path.isfile(reference):
            found = shelf.find(reference, self.documents(list(self.index.documents())), operation)
        if found is not None:
            return found
        if not reference or not os.path.lexists(reference):
            raise NotFound(operation, reference or '""', "no document has that id, path or title")
        if os.path.isdir(reference):
            raise UsageError(operation, reference, "is a folder: name one document")
        for outcome in self.add([reference], keep=False):
            if outcome.document is None:
                raise NotFound(operation, reference, outcome.error or "no document")
            return self.documents([outcome.document])[0]
        raise NotFound(operation, reference, "no document in it")

    def read(self, document: str) -> Page:
        """A document opened: text, blocks, its notes in place. Raises `NotFound` when the index does not hold it."""
        entry = shelf.entry_of(document, self.notes_store, self.index)
        for _ in range(3):  # a text that changes between the two looks would get the places of another
            reading = self._reading(document, "read")
            annotations, quotes = self.notes(document=document), self.quoting.on_page(document)
            if self.text_version(document) == reading.indexed.version.text:
                break
        known = self.notes_store.documents([document]).get(document)
        return Page(
            entry=entry,
            version=reading.indexed.version,
            text=reading.document.text,
            blocks=reading.document.blocks,
            inlines=reading.document.inlines,
            annotations=tuple(annotations),
            position=known.position if known else 0,
            quotes=quotes,
        )

    @staticmethod
    def glimpse(path: str) -> Page | None:
        """The first pages of a large plain text that has not been read yet, as a page without an id; None of any other file."""
        from reader.hall.glimpse import glimpse

        return glimpse(path)

    def text_version(self, document: str) -> str:
        """The hash of the document's present text. Raises `NotFound`."""
        found = self.index.documents([document]).get(document)
        if found is None:
            raise NotFound("read", document, "its text is not in the index; add its file again")
        return found.version.text

    def left_at(self, document: str, position: int | None) -> None:
        """Remember that the document was opened, and the offset where reading stopped."""
        self.notes_store.read_at(document, position)

    def correct(self, document: str, **values: str | None) -> Entry:
        """Overrule a document's metadata (`model.CORRECTABLE`); "" says there is none, None takes the correction back."""
        for name, value in values.items():
            if name not in CORRECTABLE:
                raise UsageError("correct", name, "cannot be corrected; can be: " + ", ".join(CORRECTABLE))
            if name == "date" and value and not shelf.is_date(value):
                raise UsageError("correct", value, "a date is written 2021, 2021-03 or 2021-03-01")
        self.notes_store.correct(document, values)
        return self.documents([document])[0]

    def tag(self, document: str, tags: Iterable[str]) -> Entry:
        """Replace a document's tags."""
        self.notes_store.tag_document(document, annotating.clean_tags(tags))
        return self.documents([document])[0]

    def remove(self, documents: Iterable[str] = (), folders: Iterable[str] = ()) -> list[Entry]:
        """Take documents, and folders with everything below them, out of the library; returns which. Notes stay; `undo` brings all back.

        Raises `NotFound` for a document that is not in the library; nothing is removed then.
        """
        roots = list(folders)
        going = shelf.going(list(documents), roots, self.notes_store)
        entries = list(self.documents(going))
        self.notes_store.remove(going, roots, f"remove {len(going)} document{'s' if len(going) != 1 else ''}")
        return entries

    # -- search -------------------------------------------------------------------------------------------------------------------

    def search(self, query: str, limit: int = 10, *, unfinished: bool = False, among: Among = None) -> list[Hit]:
        """The best places for half-remembered words, best first, in the library or `among` some documents.

        `unfinished`: the last word may go on, as while somebody types. Empty when nothing is like it. Operators: see `search.query`.
        """
        return list(self.answer(query, limit, unfinished=unfinished, among=among).hits)

    def answer(self, query: str, limit: int = 10, *, unfinished: bool = False, hurried: bool = False, among: Among = None) -> Answer:
        """What `search` gives, with what must be said about how the query was taken, and near words when nothing was found.

        `hurried`: another query comes soon; a poor answer is not worth looking further for a better one.
        """
        from reader.hall import finding

        return finding.answer(
            query, self.notes_store, self.index, self.quoting, self._among(among), limit, unfinished=unfinished, hurried=hurried
        )

    def _among(self, among: Among) -> Mapping[str, Entry]:
        if isinstance(among, Mapping):
            return among
        return self.catalogue() if among is None else {entry.id: entry for entry in among}

    def saved_searches(self) -> list[str]:
        """The searches the user saved, in the order they were saved."""
        return shelf.saved_searches(self.notes_store)

    def save_search(self, query: str, *, keep: bool = True) -> None:
        """Save a search, or forget it."""
        shelf.save_search(self.notes_store, query, keep=keep)

    def quotation(self, document: str, start: int, end: int) -> str:
        """The words of `text[start:end]` exactly, and their source on the next line, with the speaker of a quotation: for the clipboard."""
        from reader.cite.citation import quotation

        reading = self._reading(document, "copy")
        text, paragraph = reading.document.text, f"paragraph {reading.document.blocks.at(start) + 1}"
        speaker = self.quoting.speaker_of(document, start, end, text)
        return quotation(self.documents([document])[0], text[start:end], paragraph, speaker)

    # -- quotations ---------------------------------------------------------------------------------------------------------------

    @property
    def quoting(self) -> "Quoting":
        """What stands behind the verbs below; made when first asked for."""
        if self._quoting is None:
            from reader.hall.quoting import Quoting

            self._quoting = Quoting(self.notes_store, self.index)
        return self._quoting

    def quotes(
        self, by: str | Speaker | None = None, among: Among = None, *, kind: str | None = None, order: str = "document", fold: bool = False
    ) -> Sequence[Quotation]:
        """Quotations in the library or `among` some documents; with `by` those of the person, or the people, whom the name may mean.

        `kind`: one of `model.KINDS`, or "all"; without it all but fragments. `order`: by "document" and place, by "time" (the oldest
        first, undated last), or by "speaker" and time. `fold`: the same words by the same speaker are one, with `copies`, and other
        wordings of them are told of.
        """
        from reader.hall.quoting import kinds

        return self.quoting.quotations(by, self._among(among), kinds(kind), order, fold=fold)

    def speakers(self, among: Among = None) -> Sequence[Speaker]:
        """Everybody quoted, with more than fragments, most quoted first; spellings of one person's name are one."""
        return self.quoting.knowing.speakers(self._among(among))

    def merge_speakers(self, names: Iterable[str], into: str) -> None:
        """Names mean one person, to be called `into`; `undo` takes it back. Raises `NotFound` for a name that nobody quoted has."""
        self.quoting.knowing.merge(names, into)

    def split_speaker(self, name: str, document: str | None = None, into: str | None = None) -> None:
        """A name, everywhere or in one document, is not whom it was taken for, but `into` or somebody else of that name.

        Raises `NotFound` for a name that nobody quoted has.
        """
        self.quoting.knowing.split(name, document, into)

    def attribute(self, document: str, quote: Quote | Span, speaker: str | None) -> None:
        """Who spoke a quotation, and with it its whole statement; None: nobody knows. Raises `NotFound` when no quotation lies there."""
        self.quoting.attribute(document, (quote.start, quote.end) if isinstance(quote, Quote) else quote, speaker)

    def find_quotes(self) -> Iterator[int]:
        """Find the quotations of documents that an older pullquote read; how many documents were done, after each commit."""
        from reader.hall import hearing

        yield from hearing.catch_up(self.index)

    # -- health -------------------------------------------------------------------------------------------------------------------

    def check_up(self) -> "list[Finding]":
        """Where everything lies, what is healthy and what is not, and how to mend it."""
        from reader.hall import health

        return health.check_up(self.notes_store, self.index, self.paths)

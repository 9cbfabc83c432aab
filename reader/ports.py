"""The ports: what the house asks of a store, so that another one (a server, say) can stand behind it.

Every method may raise a `StoreError` (see `errors`). Implementations may be used from any thread; each call is one transaction, and
what a writing method returns from has been committed. `close` is final. One contract suite in the tests runs over all implementations.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Protocol

from reader.listed import KeepsList, TellsChanges
from reader.model import Anchor, Annotation, Document, Edition, FileStamp, Imported, Metadata, Passage, Resolution, Span, Version
from reader.spoken import Attribution, Credit, Heard, Named, Rulings, Spelling, Spoken
from reader.values import dataclass, field


@dataclass(frozen=True, slots=True)
class Kept:
    """What the note store knows of a document: `kept` whether it is in the library, `removed` whether the user took it out."""

    id: str
    kept: bool
    removed: bool
    added: str | None
    tags: tuple[str, ...] = ()
    corrections: Mapping[str, str] = field(default_factory=dict)
    opened: str | None = None
    position: int = 0


@dataclass(frozen=True, slots=True)
class Location:
    """A file that holds (or held) a document: `content` and `text` are the hashes of what was last read there."""

    path: str
    document: str
    content: str
    text: str
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """One thing the user did, as undo and history tell it."""

    id: str
    at: str
    label: str
    undoes: str | None = None


Retag = Callable[[tuple[str, ...]], tuple[str, ...]]
"""From the tags that something has to those it is to have."""


class NotesStore(TellsChanges, Protocol):
    """The precious store: library membership, annotations, tags, corrections, reading positions, old texts, and the operation log.

    Everything the user did goes through the append-only log and can be undone, also after a restart. Where files lie, reading
    positions and settings are kept beside the log: they are no deeds. Never rebuilt, never touched by a re-index.
    """

    @property
    def read_only(self) -> bool:
        """Whether it can only be read: a newer program wrote it, or the folder cannot be written."""
        ...

    @property
    def network(self) -> str | None:
        """The kind of network file system it lies on, where two machines at once are a danger; None on any other."""
        ...

    # documents and folders
    def documents(self, only: Collection[str] | None = None) -> Mapping[str, Kept]:
        """Every document it knows by id (in the library, taken out, or only opened once), or those in `only` that it knows."""
        ...

    def keep(self, ids: Iterable[str], label: str) -> None:
        """Take documents into the library; those already in stay as they are."""
        ...

    def remove(self, ids: Iterable[str], folders: Iterable[str], label: str) -> None:
        """Take documents out and forget folders; annotations stay. One action."""
        ...

    def folders(self) -> Sequence[str]:
        """The remembered folders, absolute, in the order they were added."""
        ...

    def remember(self, folders: Iterable[str]) -> None:
        """Remember folders."""
        ...

    def tag_document(self, document: str, tags: Sequence[str]) -> None:
        """Replace a document's tags."""
        ...

    def correct(self, document: str, values: Mapping[str, str | None]) -> None:
        """Overrule metadata fields; None gives a field back to the document."""
        ...

    # where files lie: facts, not deeds
    def locations(self, document: str | Collection[str] | None = None) -> Sequence[Location]:
        """Every file known to hold a document of the library, or those that hold one document, or one of a few hundred."""
        ...

    def locate(self, located: Iterable[Location], gone: Iterable[str] = ()) -> None:
        """Record where documents lie, and forget the paths `gone`."""
        ...

    def annotations(self, document: str | None = None) -> Sequence[Annotation]:
        """All annotations, or one document's, oldest first (of one moment as they came in), anchors as made, no place in the current text."""
        ...

    def counted(self, document: str | None = None) -> Mapping[str, tuple[int, int]]:
        """How many notes and highlights, and how many bookmarks, each document has that has any, or that one."""
        ...

    def annotate(self, annotation: Annotation, text: str | None, instead_of: Collection[str] = ()) -> None:
        """Add one. `text` is the document's text, kept for good so that the anchor can be followed later; None for an unanchored one.

        `instead_of`: annotations deleted in the same action, as far as they are there.
        """
        ...

    def edit(self, annotation: Annotation) -> Annotation:
        """Store body, tags, colour and kind of one whose `rev` is the stored one; returns it with the next `rev`.

        Raises `Conflict` when it was edited or deleted in between.
        """
        ...

    def delete(self, ids: Iterable[str]) -> None:
        """Delete annotations, one action. Unknown ids raise `NotFound` and nothing is deleted."""
        ...

    def revise(
        self, change: Callable[[Annotation], Annotation], annotations: Collection[str] | None, label: str, documents: Retag | None = None
    ) -> int:
        """Change what `edit` may of these annotations, or (None) of all, and with `documents` the tags of all documents, one action.

        How many changed. The functions are called within the transaction: what others wrote meanwhile is not lost; `rev` goes up.
        Unknown annotations raise `NotFound`.
        """
        ...

    def place(self, annotation: Annotation, anchor: Anchor, text: str) -> None:
        """Store where the user says its words lie now, in `text`, which is kept for good; what it was made on stays as it is."""
        ...

    def take_in(self, imported: Iterable[Imported], documents: Mapping[str, Kept], label: str) -> None:
        """Add annotations from elsewhere with their past, and give documents tags and corrections, one action. They come into the library.

        One whose id is there already takes the place of the stored one.
        """
        ...

    def editions(self, annotation: str) -> Sequence[Edition]:
        """What an annotation said, oldest first, as far as one edition differs from the one before; also of a deleted one."""
        ...

    def keep_text(self, document: str, version: str, text: str) -> None:
        """Keep a text that annotations were made on elsewhere."""
        ...

    def colours(self) -> Mapping[str, str]:
        """What the user says that highlight colours mean."""
        ...

    def name_colour(self, colour: str, meaning: str) -> None:
        """Say what a colour means; "" takes it back."""
        ...

    def text(self, version: str) -> str | None:
        """The text with that hash, if an annotation was ever made on it."""
        ...

    # who said it
    def rulings(self) -> Rulings:
        """What the user said about names and quotations."""
        ...

    def rule(self, spellings: Iterable[Spelling], label: str) -> None:
        """Say what names mean, one action; a name in a document has one meaning, the latest said."""
        ...

    def attribute(self, attribution: Attribution, label: str) -> None:
        """Say who spoke a quotation; replaces what was said of it before."""
        ...

    # undo and history
    def undo(self) -> Action | None:
        """Take back the last action not yet undone; None when there is none. Raises `Conflict` when its objects changed since."""
        ...

    def redo(self) -> Action | None:
        """Do again what was undone last; None when there is none, or something else was done since. Raises `Conflict` like `undo`."""
        ...

    def history(self, limit: int = 100) -> Sequence[Action]:
        """The latest actions, newest first."""
        ...

    # state of the window: no deeds
    def read_at(self, document: str, position: int | None) -> None:
        """Remember that a document was opened, and at which offset it was left."""
        ...

    def setting(self, name: str) -> str | None:
        """A remembered value of the window."""
        ...

    def remember_setting(self, name: str, value: str | None) -> None:
        """Remember it; None forgets it."""
        ...

    def changes(self) -> int:
        """A number that changes when another process wrote: cheap to ask every second."""
        ...

    def problems(self) -> list[str]:
        """What a full check finds wrong; empty when sound."""
        ...

    def close(self) -> None:
        """Let go of the files."""
        ...


@dataclass(frozen=True, slots=True)
class Indexed:
    """A document as the index knows it, before the user's corrections. `path` is where it was read last."""

    id: str
    path: str
    version: Version
    metadata: Metadata
    display_title: str
    words: int


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file as it was when last looked at: its document, or the reason it has none (`error`, with status skipped or failed)."""

    path: str
    stamp: FileStamp
    content: str
    document: str | None
    status: str
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything of one document but its notes."""

    indexed: Indexed
    document: Document


STRETCH = 65_536
"""Passage ids of one container of postings."""


class Postings(Protocol):
    """What the search room may ask: terms are folded words, passage ids are of this index and this moment."""

    def count(self) -> int:
        """How many passages there are."""
        ...

    def frequencies(self, terms: Iterable[str]) -> Mapping[str, int]:
        """In how many passages each of these terms stands; terms that stand nowhere are left out."""
        ...

    def neighbours(self, terms: Iterable[str]) -> Mapping[str, Mapping[str, int]]:
        """For each of the terms those that become like it when at most one letter is taken out of each, itself among them, with frequencies."""
        ...

    def starting(self, prefix: str, limit: int) -> Mapping[str, int]:
        """The most frequent terms that start with `prefix`, with their frequencies."""
        ...

    def postings(self, terms: Iterable[str]) -> Mapping[str, Sequence[tuple[int, bytes]]]:
        """Which passages hold each of the terms: pairs of a stretch and a container, in ascending order of stretches.

        Stretch s covers the passage ids from s * `STRETCH` on. A container of `STRETCH` // 8 bytes is a set of bits, the lowest bit of
        a byte first; a shorter one is sorted little-endian 16-bit numbers; both count from the first id of the stretch.
        """
        ...

    def passages(self, ids: Iterable[int]) -> Sequence[Passage]:
        """Those passages, in no particular order; ids that are gone are left out. Neighbours in a document have neighbouring ids."""
        ...

    def folded(self, ids: Iterable[int]) -> Mapping[int, str]:
        """The folded words of those passages by id: what `passages` gives, but cheaper."""
        ...

    def extents(self, documents: Iterable[str]) -> Sequence[Span]:
        """The first and last passage id of each of these documents that has any; no other document's lie between."""
        ...

    def covering(self, places: Iterable[tuple[str, int, int]]) -> Sequence[Span]:
        """The first and last id of the passages that share a character with each place, given as document, start and end."""
        ...


class IndexStore(Postings, KeepsList, Protocol):
    """The cache of every document ever read: text, blocks, passages, postings, and where each anchor now lies. Rebuilt at will."""

    fresh: bool
    """Whether it had to be made anew when it was opened (first start, new format, set aside as damaged)."""

    def put(self, readings: Iterable[tuple[Reading, Sequence[Passage]]], files: Iterable[KnownFile], heard: Iterable[Heard] = ()) -> None:
        """Store documents with their passages and quotes, replacing what was known of them, and note their files; all or nothing.

        Quotes of a document that is there already may come alone; they are passed over when its text is no longer the one they lie in.
        """
        ...

    def unheard(self, extractor: int) -> Sequence[str]:
        """Documents whose quotes were never found, or by an extractor older than that version."""
        ...

    def quotes(self, documents: Collection[str] | None = None, speakers: Collection[str] | None = None) -> Sequence[Spoken]:
        """Quotes by their place: all, or only in these documents, or only of these spellings of names."""
        ...

    def quotes_at(self, document: str, start: int, end: int) -> Sequence[Spoken]:
        """Quotes of a document that share a character with the place, in order."""
        ...

    def credits(self) -> Sequence[Credit]:
        """Who is quoted where with more than fragments: one for each spelling and role."""
        ...

    def names(self) -> Sequence[Named]:
        """Every spelling of a speaker's name."""
        ...

    def quoted_in(self, names: Iterable[str]) -> Mapping[str, Collection[str]]:
        """The documents that quote each of these spellings."""
        ...

    def quotes_version(self) -> int:
        """A number that changes when any document or quote changed, whoever changed it."""
        ...

    def documents(self, only: Collection[str] | None = None) -> Mapping[str, Indexed]:
        """Every document in the index by id, or those in `only` that it has."""
        ...

    def seen(self, documents: Iterable[str]) -> None:
        """Note that these documents were looked at today."""
        ...

    def unseen(self, days: int) -> Sequence[str]:
        """Documents nobody looked at for more than `days` days."""
        ...

    def by_hash(self, content: str, text: str) -> str | None:
        """The document whose current version has that content hash, else that text hash."""
        ...

    def reading(self, document: str) -> Reading | None:
        """A document with its text and blocks."""
        ...

    def salvage(self, document: str) -> Reading | None:
        """A document as an index that was set aside knew it, as far as that one can still be read."""
        ...

    def excerpt(self, document: str, start: int, end: int) -> str:
        """A slice of a document's text; empty when it is not there."""
        ...

    def files(self, under: str | None = None) -> Mapping[str, KnownFile]:
        """Known files by path: all, or `under` itself and those below it."""
        ...

    def forget(self, documents: Iterable[str], files: Iterable[str] = ()) -> None:
        """Drop documents and files from the cache."""
        ...

    def resolutions(self, version: str) -> Mapping[str, Resolution]:
        """Where annotations lie in the text with that hash, as far as worked out, by annotation id."""
        ...

    def resolve(self, version: str, resolutions: Mapping[str, Resolution]) -> None:
        """Remember where annotations lie in the text with that hash."""
        ...

    def problems(self) -> list[str]:
        """What a check finds wrong; empty when sound."""
        ...

    def close(self) -> None:
        """Let go of the files."""
        ...

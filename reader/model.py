"""The values that rooms hand to each other: frozen, small, without behaviour beyond reading themselves.

The law: a document has one `text`; every block, inline, passage, hit and note is a pair of code-point offsets into it, `start`
included, `end` excluded. Times are ISO 8601 strings in UTC with milliseconds; dates of documents are ISO 8601 as far as they are known
("2021", "2021-03" or "2021-03-01"). Absent is None, never an empty string.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import overload

Span = tuple[int, int]


class Role(StrEnum):
    """What a block is to its reader. Order is part of the index format: append only."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    BYLINE = "byline"
    CONTACT = "contact"
    HEADING = "heading"
    BODY = "body"
    BLOCKQUOTE = "blockquote"
    ATTRIBUTION = "attribution"
    LIST_ITEM = "list_item"
    CODE = "code"
    TABLE = "table"
    CAPTION = "caption"
    ITEM_TITLE = "item_title"
    ITEM_TEASER = "item_teaser"
    ITEM_LABEL = "item_label"
    LINK_LINE = "link_line"
    ABOUT = "about"
    BOILERPLATE = "boilerplate"
    DUPLICATE_TITLE = "duplicate_title"
    METADATA = "metadata"


ROLES = tuple(Role)
FURNITURE = frozenset({Role.BOILERPLATE, Role.DUPLICATE_TITLE, Role.METADATA})
"""Roles of words that belong to the page and not to the article: dimmed, folded away on demand, never deleted."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph-like piece of a document. `level`: of a heading 1-6; how deep a list item or block quote is nested, from 1; else 0."""

    role: Role
    start: int
    end: int
    level: int = 0


class Blocks(Sequence[Block]):
    """The blocks of a document in order, packed: 10 MB of text has 40,000 of them, and building them one by one would be felt.

    `starts` and `ends` are arrays of code-point offsets for bisecting without building a block.
    """

    __slots__ = ("ends", "levels", "roles", "starts")

    def __init__(self, blocks: Iterable[Block] = ()) -> None:
        self.starts, self.ends = array("I"), array("I")
        self.roles, self.levels = array("B"), array("B")
        for block in blocks:
            self.starts.append(block.start)
            self.ends.append(block.end)
            self.roles.append(ROLES.index(block.role))
            self.levels.append(block.level)

    @overload
    def __getitem__(self, place: int) -> Block: ...
    @overload
    def __getitem__(self, place: slice) -> list[Block]: ...
    def __getitem__(self, place: int | slice) -> Block | list[Block]:
        if isinstance(place, slice):
            return [self[i] for i in range(*place.indices(len(self)))]
        return Block(ROLES[self.roles[place]], self.starts[place], self.ends[place], self.levels[place])

    def __len__(self) -> int:
        return len(self.starts)

    def __iter__(self) -> Iterator[Block]:
        for role, start, end, level in zip(self.roles, self.starts, self.ends, self.levels, strict=True):
            yield Block(ROLES[role], start, end, level)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Blocks) and self.packed() == other.packed()

    def __hash__(self) -> int:
        return hash(self.packed())

    def __repr__(self) -> str:
        return f"Blocks({list(self)!r})"

    def packed(self) -> bytes:
        """The blocks as bytes; `unpacked` reads them back on a machine of the same byte order."""
        return b"".join(column.tobytes() for column in (self.starts, self.ends, self.roles, self.levels))

    @classmethod
    def unpacked(cls, packed: bytes) -> "Blocks":
        """Read what `packed` wrote."""
        blocks = cls()
        item = blocks.starts.itemsize
        count = len(packed) // (2 * item + 2)
        blocks.starts.frombytes(packed[: count * item])
        blocks.ends.frombytes(packed[count * item : 2 * count * item])
        blocks.roles.frombytes(packed[2 * count * item : (2 * item + 1) * count])
        blocks.levels.frombytes(packed[(2 * item + 1) * count :])
        return blocks

    def at(self, offset: int) -> int:
        """The number of the block that holds `offset`, or of the last one that starts before it; 0 when none does."""
        from bisect import bisect_right

        return max(0, bisect_right(self.starts, offset) - 1)


@dataclass(frozen=True, slots=True)
class Inline:
    """A stretch inside a block that looks different: kind "emphasis", "strong", "code" or "link" (`target` is its address)."""

    kind: str
    start: int
    end: int
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom a press release names for questions."""

    name: str | None = None
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document says about itself. Nothing here is guessed: what is not stated is None."""

    title: str | None = None
    subtitle: str | None = None
    date: str | None = None
    dateline: str | None = None
    publisher: str | None = None
    byline: str | None = None
    contact: Contact | None = None
    doc_type: str | None = None
    url: str | None = None


CORRECTABLE = ("title", "subtitle", "date", "publisher", "byline", "doc_type", "url")
"""Fields of Metadata that the user may overrule."""


@dataclass(frozen=True, slots=True)
class Version:
    """Which text this is: hashes (SHA-256, hex) of the file's bytes and of the text, and who read it."""

    content: str
    text: str
    format: str
    reader: int


@dataclass(frozen=True, slots=True)
class Document:
    """One file, read: the only thing that `ingest` returns."""

    text: str
    blocks: Blocks
    version: Version
    metadata: Metadata = field(default_factory=Metadata)
    inlines: tuple[Inline, ...] = ()
    words: int = 0
    display_title: str = ""


@dataclass(frozen=True, slots=True)
class FileStamp:
    """What tells whether a file changed without reading it: size in bytes and modification time in nanoseconds."""

    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class AddOutcome:
    """What became of one file: status new, changed, unchanged, moved, copy, missing, skipped or failed."""

    path: str
    status: str
    document: str | None = None
    title: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A document as a list shows it. Metadata with the user's corrections applied; `added` and `opened` are times or None."""

    id: str
    path: str
    metadata: Metadata
    display_title: str
    words: int = 0
    notes: int = 0
    bookmarked: bool = False
    tags: tuple[str, ...] = ()
    missing: bool = False
    kept: bool = True
    added: str | None = None
    opened: str | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """The words a note is about, as they were: offsets in the text version `version`, the words, 32 characters on both sides."""

    version: str
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """Where an anchor lies in a text: state anchored, changed, moved, ambiguous or orphan. Offsets None when it has no one place."""

    state: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Annotation:
    """A note, highlight or bookmark. `start` and `end` lie in the current text, None while it has no place there.

    A bookmark of a whole document has no anchor. `rev` counts edits from 1: an edit made against an older one is refused.
    """

    id: str
    kind: str
    document: str
    body: str
    tags: tuple[str, ...]
    created: str
    modified: str
    anchor: Anchor | None = None
    start: int | None = None
    end: int | None = None
    state: str = "anchored"
    colour: str | None = None
    rev: int = 1

    @property
    def exact(self) -> str | None:
        """The words it was made on, never altered later."""
        return self.anchor.exact if self.anchor else None


@dataclass(frozen=True, slots=True)
class Page:
    """A document opened for reading: `position` is the offset where the reader left it."""

    entry: Entry
    version: Version
    text: str
    blocks: Blocks
    inlines: tuple[Inline, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    position: int = 0

    @property
    def id(self) -> str:
        """The document's id."""
        return self.entry.id


@dataclass(frozen=True, slots=True)
class Passage:
    """One searchable paragraph of a document; `folded` is its words, folded, joined by single spaces."""

    start: int
    end: int
    folded: str
    id: int = 0
    document: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A ranked passage before it is put into words: `score` 0-100; `places` are the numbers of the passage's words that matched, in order.

    `telling` are those of them that do not stand in so many passages that one alone says nothing.
    """

    passage: Passage
    score: float
    places: tuple[int, ...]
    telling: frozenset[int]
    why: str
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where else the words of a hit stand: a sentence of a document."""

    document: str
    start: int
    end: int
    display_title: str
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One search result. `start`-`end` is the sentence, `passage_start`-`passage_end` the paragraph, `matches` the marked words.

    `copies` counts the other documents with the same sentence, `elsewhere` says where. A hit with nearly the words of an earlier one
    has that one's rank as `wording_of`, and the first of them counts them all in `wordings`.
    """

    query: str
    rank: int
    score: float
    document: str
    title: str | None
    display_title: str
    start: int
    end: int
    sentence: str
    passage_start: int
    passage_end: int
    passage: str
    matches: tuple[Span, ...]
    why: str
    weak: bool = False
    speaker: str | None = None
    copies: int = 0
    date: str | None = None
    publisher: str | None = None
    elsewhere: tuple[Place, ...] = ()
    wordings: int = 1
    wording_of: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search found. `remarks` say how the query was taken; `nearest` are words of the library like those that stand nowhere."""

    hits: tuple[Hit, ...]
    remarks: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()

"""The values that rooms hand to each other: frozen, small, without behaviour beyond reading themselves.

The law: a document has one `text`; every block, inline, passage, hit and note is a pair of code-point offsets into it, `start`
included, `end` excluded. Times are ISO 8601 strings in UTC with milliseconds; dates of documents are ISO 8601 as far as they are known
("2021", "2021-03" or "2021-03-01"). Absent is None, never an empty string.
"""

from reader.blocks import FURNITURE, ROLES, Block, Blocks, Role
from reader.values import dataclass, field

__all__ = ["FURNITURE", "ROLES", "Block", "Blocks", "Role"]  # what is handed on; everything defined here is public as well

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Inline:
    """A stretch inside a block that looks different: kind "emphasis", "strong", "code" or "link" (`target` is its address).

    An "anchor" looks like nothing: it is where links whose `target` it shares ("#id") lead to inside the document.
    """

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
class Nearby:
    """A place offered for a note without one: `like` 0-1 says how like its words are, `why` what speaks for it."""

    start: int
    end: int
    like: float
    why: str


@dataclass(frozen=True, slots=True)
class Annotation:
    """A note, highlight or bookmark. `start` and `end` lie in the current text, None while it has no place there.

    One on a whole document has no anchor. `placed` is where the user said that its words lie now, in a later text. `rev` counts edits
    from 1: an edit made against an older one is refused.
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
    placed: Anchor | None = None

    @property
    def exact(self) -> str | None:
        """The words it was made on, never altered later."""
        return self.anchor.exact if self.anchor else None

    @property
    def lost(self) -> bool:
        """Whether its words have no one place in the present text."""
        return self.state in ("ambiguous", "orphan")

    @property
    def said(self) -> tuple[object, ...]:
        """What its author wrote: comparable with that of an edition."""
        return self.kind, self.body, self.tags, self.colour


@dataclass(frozen=True, slots=True)
class Intaken:
    """What became of an imported note: status new, unchanged, updated, older (ours went on from it) or copied (both went on)."""

    id: str
    status: str
    document: str


@dataclass(frozen=True, slots=True)
class TagCount:
    """How many notes and documents have a tag, and how many have it or one below it."""

    tag: str
    notes: int = 0
    documents: int = 0
    all_notes: int = 0
    all_documents: int = 0


COLOURS = ("yellow", "green", "blue", "red", "purple")
"""Colours of highlights and notes; None: none was chosen. What one means is the user's to say."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What a note said from a time on: the action `label` made it so."""

    at: str
    label: str
    kind: str
    body: str
    tags: tuple[str, ...] = ()
    colour: str | None = None

    @property
    def said(self) -> tuple[object, ...]:
        """What it said: comparable with that of a note."""
        return self.kind, self.body, self.tags, self.colour


@dataclass(frozen=True, slots=True)
class Imported:
    """A note from elsewhere, with everything it said before, oldest first."""

    annotation: Annotation
    editions: tuple[Edition, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that somebody is quoted with: `start`-`end` lie inside the marks.

    `kind` is one of `KINDS`; quotes of one statement share a `group`, numbered from 1 within a document. `speaker` is the best name the
    document has, for unnamed people its words ("One MP"), None when unknown. `confidence` is certain, likely or unknown, and the evidence
    are the words `mention` that name the source next to the quote ("he"), `cue` that tie the two (a verb, a colon, a dash) and `naming`
    that give the full name. `person`: not an organisation, a document or a crowd. `rule` is what attributed it.
    """

    start: int
    end: int
    kind: str
    group: int
    speaker: str | None = None
    mention: Span | None = None
    role: str | None = None
    rule: str = ""
    confidence: str = "unknown"
    cue: Span | None = None
    naming: Span | None = None
    person: bool = True


KINDS = ("direct", "fragment", "pull", "block", "chant")
"""Kinds of quotes. A fragment is a few words within somebody's reported speech."""


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
    quotes: tuple[Quote, ...] = ()

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
    speaker_confidence: str = "unknown"
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


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quote in the library, as lists show it: `quote.speaker` is the person's name in the library, after the user's corrections.

    `corrected`: the user said who spoke. In a folded list `copies` counts the other documents with the same words, `elsewhere` says
    where; one with nearly the words of an earlier one has that one's number in the list, from 1, as `wording_of`, and the first counts
    them all in `wordings`.
    """

    quote: Quote
    document: str
    text: str
    display_title: str
    date: str | None = None
    publisher: str | None = None
    corrected: bool = False
    copies: int = 0
    elsewhere: tuple[Place, ...] = ()
    wordings: int = 1
    wording_of: int | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody quoted in the library: the fullest `name`, all the `names` that were taken for it, the latest `role`.

    `quotes` and `documents` are counts, `first` and `last` the dates of the earliest and latest dated document.
    """

    name: str
    names: tuple[str, ...]
    role: str | None = None
    quotes: int = 0
    documents: int = 0
    first: str | None = None
    last: str | None = None
    person: bool = True

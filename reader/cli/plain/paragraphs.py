"""A page as it is read aloud: paragraphs one after the other, and in words what the window shows by colour, place or sign.

Pure: a page in, paragraphs and lines out. Refuses input and output.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reader.cli.plain.lines import inside, many, told
from reader.model import FURNITURE, Annotation, Inline, Page, Quote, Role, Span
from reader.quotes.attributing import RULE
from reader.text import one_line, sentences

LABELS = {
    Role.TITLE: "title",
    Role.SUBTITLE: "subtitle",
    Role.BYLINE: "byline",
    Role.CONTACT: "contact",
    Role.HEADING: "heading",
    Role.BLOCKQUOTE: "block quotation",
    Role.ATTRIBUTION: "attribution",
    Role.LIST_ITEM: "list item",
    Role.CODE: "code",
    Role.TABLE: "table",
    Role.CAPTION: "caption",
    Role.ITEM_TITLE: "item",
    Role.ITEM_TEASER: "teaser",
    Role.ITEM_LABEL: "label",
    Role.LINK_LINE: "line of links",
    Role.ABOUT: "about",
    Role.BOILERPLATE: "page furniture",
    Role.DUPLICATE_TITLE: "title again",
    Role.METADATA: "page data",
}
"""What is said before a paragraph; nothing before one of the body."""
_AS_IT_STANDS = frozenset({Role.CODE, Role.TABLE})
_BULLETS = "•‣◦▪● \t\xa0"
LONG = 1500
"""Characters after which a paragraph goes on in another at the end of a sentence: nobody can stop a line that is being read aloud."""
SCREENFUL = 1600
"""Characters that a whole page down reads, as far as paragraphs can be counted so."""
STATES = {"changed": "its words were changed", "moved": "its words were moved", "ambiguous": "its words stand in several places"}
STATES["orphan"] = "its words are gone"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What is read at once: a block, or a part of a long one; `first` says that the block begins here."""

    role: Role
    level: int
    start: int
    end: int
    first: bool = True

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.start, self.end

    @property
    def length(self) -> int:
        """How many characters it has."""
        return self.end - self.start

    @property
    def furniture(self) -> bool:
        """Whether it belongs to the page and not to the article."""
        return self.role in FURNITURE


@dataclass
class Reading:
    """A page being read: its paragraphs, without furniture while that is folded.

    `at` is the number of the one read last, `top` of the first that was read at once with it.
    """

    page: Page
    folded: bool = True
    at: int = -1
    top: int = -1
    paragraphs: list[Paragraph] = field(default_factory=list)
    left_out: int = 0
    notes: list[Annotation] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    links: list[Inline] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._all = [
            paragraph
            for block in self.page.blocks
            for paragraph in _parts(self.page.text, block.role, block.level, (block.start, block.end))
        ]
        self.links = [inline for inline in self.page.inlines if inline.kind == "link" and inline.target]
        self.annotate(self.page.annotations)
        self.fold(folded=self.folded)

    def fold(self, *, folded: bool) -> None:
        """Leave furniture out, or read it; the place stays."""
        here = self.paragraphs[self.at].start if 0 <= self.at < len(self.paragraphs) else None
        self.folded = folded
        self.paragraphs = [p for p in self._all if not (folded and p.furniture)] or self._all
        self.left_out = len(self._all) - len(self.paragraphs)
        self.at = self.top = self.at if here is None else self.number(here)

    def annotate(self, notes: Sequence[Annotation]) -> None:
        """Number the notes: those on the whole document, those on words as these stand, those that lost their words.

        A number that was heard goes on meaning the same note: later ones get later numbers.
        """
        self.notes = sorted(notes, key=lambda n: (n.anchor is not None, n.start is None, n.start or 0, n.created))
        for note in self.notes:
            self.numbers.setdefault(note.id, len(self.numbers) + 1)

    def number(self, offset: int) -> int:
        """The number of the paragraph that holds an offset, else of the one before it."""
        return max(0, bisect_right(self.paragraphs, offset, key=lambda p: p.start) - 1)

    def skipped(self, number: int) -> int:
        """How many folded paragraphs lie between a paragraph and the one before it."""
        if not self.left_out:
            return 0
        after = self.paragraphs[number - 1].start if number else -1
        low, high = (bisect_right(self._all, place, key=lambda p: p.start) for place in (after, self.paragraphs[number].start - 1))
        return high - low

    @property
    def percent(self) -> int:
        """How much has been read."""
        if not self.paragraphs or self.at < 0:
            return 0
        return 100 * self.paragraphs[self.at].end // max(1, self.paragraphs[-1].end)

    @property
    def place(self) -> str:
        """Where the reader is, counted as citations count."""
        blocks = self.page.blocks
        at = blocks.at(self.paragraphs[self.at].start) + 1 if 0 <= self.at < len(self.paragraphs) else 0
        return f"paragraph {at} of {len(blocks)}, {self.percent} percent"

    # -- what is said -------------------------------------------------------------------------------------------------------------

    def text(self, paragraph: Paragraph) -> tuple[str, bool]:
        """A paragraph with its label, and whether its lines must be kept as they stand."""
        words = self.page.text[paragraph.start : paragraph.end]
        label = LABELS.get(paragraph.role, "") if paragraph.first else ""
        if label and paragraph.level and paragraph.role is not Role.CODE:
            label += f" level {paragraph.level}" if paragraph.role is Role.HEADING or paragraph.level > 1 else ""
        if paragraph.role in _AS_IT_STANDS:
            return (f"{label}:\n" if label else "") + words.replace("\t", "; "), True
        if paragraph.role is Role.LIST_ITEM:
            words = words.lstrip(_BULLETS)  # it has just been called a list item
        return (f"{label}: " if label else "") + one_line(words), False

    def marks(self, paragraph: Paragraph, but: str | None = None) -> Iterator[str]:
        """What hangs on a paragraph: who is quoted in it, notes that begin in it (`but` for one that was told), links."""
        quotes = [q for q in self.page.quotes if paragraph.start <= q.start < paragraph.end and q.kind != "fragment"]
        for who, number in Counter(said_by(quote) for quote in quotes).items():
            yield f"{many(number, 'quotation') if number > 1 else 'quotation'} by {who}"
        for note in self.notes:
            if note.start is not None and paragraph.start <= note.start < paragraph.end and note.id != but:
                yield note_line(self.numbers[note.id], note)
        for number, link in enumerate(self.links, 1):
            if paragraph.start <= link.start < paragraph.end:
                yield f"link {number}: {one_line(self.page.text[link.start : link.end])}"

    def unplaced(self) -> Iterator[str]:
        """Notes that no paragraph can tell of: on the whole document, or without their words."""
        for note in self.notes:
            if note.start is None:
                yield note_line(self.numbers[note.id], note)

    # -- words --------------------------------------------------------------------------------------------------------------------

    def sentence(self, offset: int, step: int = 0) -> Span | None:
        """The sentence at an offset, or the one after (1) or before (-1) it; None at the end."""
        if not self.paragraphs:
            return None
        number = self.number(offset)
        found = sentences(self.page.text, *self.paragraphs[number].span) or [self.paragraphs[number].span]
        at = max(0, bisect_right(found, offset, key=lambda span: span[0]) - 1) + step
        if 0 <= at < len(found):
            return found[at]
        number += step
        if not 0 <= number < len(self.paragraphs):
            return None
        beside = sentences(self.page.text, *self.paragraphs[number].span) or [self.paragraphs[number].span]
        return beside[0 if step > 0 else -1]


def _parts(text: str, role: Role, level: int, span: Span) -> Iterator[Paragraph]:
    start, end = span
    if end - start <= LONG or role in _AS_IT_STANDS:
        yield Paragraph(role, level, start, end)
        return
    begin = start
    for first, last in sentences(text, start, end):
        if last - begin > LONG and first > begin:
            yield from _pieces(text, Paragraph(role, level, begin, first, begin == start))
            begin = first
    yield from _pieces(text, Paragraph(role, level, begin, end, begin == start))


def _pieces(text: str, paragraph: Paragraph) -> Iterator[Paragraph]:
    """A stretch without the end of a sentence, cut between words where it is very long."""
    begin = paragraph.start
    while paragraph.end - begin > 2 * LONG:
        cut = text.rfind(" ", begin + 1, begin + LONG) + 1 or begin + LONG
        yield Paragraph(paragraph.role, paragraph.level, begin, cut, paragraph.first and begin == paragraph.start)
        begin = cut
    yield Paragraph(paragraph.role, paragraph.level, begin, paragraph.end, paragraph.first and begin == paragraph.start)


def said_by(quote: Quote) -> str:
    """Who speaks, in which role, and how sure that is."""
    sure = "you said so" if quote.rule == RULE else quote.confidence
    if quote.speaker is None:
        return "an unknown speaker" + (", you said so" if quote.rule == RULE else "")
    return ", ".join(one_line(part) for part in (quote.speaker, quote.role, sure) if part)


def note_line(number: int | None, note: Annotation, title: str = "") -> str:
    """A note in one line: its kind, its number on the page, words, text, tags, and what became of its words."""
    body = f"mark {note.body}" if note.kind == "bookmark" and len(note.body) == 1 else note.body
    where = inside(note.exact) if note.exact else "the whole document"
    tags = "tags " + ", ".join(note.tags) if note.tags else ""
    lost = STATES.get(note.state, note.state) if note.state != "anchored" else ""
    return f"{note.kind}{f' {number}' if number else ''}, on {where}: " + (told(body, tags, note.colour, lost, title) or "nothing written")

"""What the stores keep of quotations, beyond the quotes themselves: what is found in documents, and what the user says about it."""

from collections.abc import Sequence
from typing import NamedTuple

from reader.model import Quote, Span
from reader.values import dataclass


@dataclass(frozen=True, slots=True)
class Spelling:
    """What the user said about a name: in `document` (everywhere when None) it means `person`, or nobody else of that name when None.

    `name` is folded, `shown` is how it was written.
    """

    name: str
    shown: str
    person: str | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who spoke a quotation, as the user said; None: nobody knows. It is known by its folded words and which one of equals it is, from 1."""

    document: str
    words: str
    nth: int
    speaker: str | None


@dataclass(frozen=True, slots=True)
class Rulings:
    """Everything the user said about speakers."""

    spellings: Sequence[Spelling] = ()
    attributions: Sequence[Attribution] = ()


@dataclass(frozen=True, slots=True)
class Heard:
    """The quotes in a document, each with its words: found in the text with the hash `text` by that version of the extractor."""

    document: str
    text: str
    extractor: int
    quotes: Sequence[tuple[Quote, str]]


class Spoken(NamedTuple):
    """A quote as the index holds it, flat: a list of a hundred thousand is filtered and sorted before anybody looks at one.

    `words` are its words, `passage_first` and `passage_last` the ids of the passages it lies in.
    """

    document: str
    words: str
    start: int
    end: int
    kind: str
    group: int
    speaker: str | None
    mention_first: int | None
    mention_last: int | None
    role: str | None
    rule: str
    confidence: str
    cue_first: int | None
    cue_last: int | None
    naming_first: int | None
    naming_last: int | None
    person: int
    passage_first: int | None
    passage_last: int | None

    @property
    def quote(self) -> Quote:
        """The quote."""
        mention, cue, naming = (
            _span(self.mention_first, self.mention_last),
            _span(self.cue_first, self.cue_last),
            _span(self.naming_first, self.naming_last),
        )
        return Quote(
            *(self.start, self.end, self.kind, self.group, self.speaker, mention, self.role),
            *(self.rule, self.confidence, cue, naming, bool(self.person)),
        )

    @property
    def passages(self) -> Span | None:
        """The first and last id of the passages it lies in; None when in none."""
        return _span(self.passage_first, self.passage_last)


class Credit(NamedTuple):
    """Which documents quote a spelling of a name in a role, once for every quote that is no fragment."""

    speaker: str
    role: str | None
    documents: Sequence[str]


class Named(NamedTuple):
    """A spelling of a name, how often it is quoted, and whether it is a person's."""

    speaker: str
    quotes: int
    person: int


def _span(first: int | None, last: int | None) -> Span | None:
    return None if first is None or last is None else (first, last)

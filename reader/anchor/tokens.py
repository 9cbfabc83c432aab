"""A text as a row of words and marks, folded, each knowing where it stands: what two versions of a document are compared by."""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from reader.model import Span
from reader.text import CJK, fold

_TOKEN = re.compile(rf"[{CJK}]|\d+(?:[.,:]\d+)*|[^\W\d_{CJK}]+(?:'[^\W\d_{CJK}]+)*|\w|[^\w\s]")
"""Words with their apostrophes, numbers with their separators ("0.5" is one thing and "5" another), and every other character alone."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text: `words` folded, `starts` and `ends` their offsets in the text."""

    text: str
    words: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]

    def __len__(self) -> int:
        return len(self.words)

    def within(self, start: int, end: int) -> Span:
        """The first token that shares a character with `text[start:end]`, and the one after the last."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)

    def extent(self, first: int, last: int) -> Span:
        """Where the tokens from `first` up to, not including, `last` stand. There must be one."""
        return self.starts[first], self.ends[last - 1]

    def folded(self, first: int, last: int) -> str:
        """Those tokens as one string, for comparing."""
        return " ".join(self.words[first:last])

    def break_before(self, at: int) -> int:
        """How much of an end lies before a token: 3 an empty line or the beginning, 2 a line break, 1 the end of a sentence, 0 none."""
        gap = self.text[self.ends[at - 1] if at else 0 : self.starts[at]]
        lines = gap.count("\n") if at else 2
        return min(3, lines + 1) if lines else int(bool(gap) and self.words[at - 1] in ".!?")

    def joined(self, at: int) -> bool:
        """Whether nothing stands between a token and the one before it, as in "anti-strike"."""
        return 0 < at < len(self.words) and self.starts[at] == self.ends[at - 1]


def tokens(text: str) -> Tokens:
    """The tokens of a text. Costs about 0.5 s CPU for 1 MB."""
    folded = fold(text)
    origins, spans = folded.origins, [found.span() for found in _TOKEN.finditer(folded.text)]
    starts, ends = array("I", [origins[first] for first, _ in spans]), array("I", [origins[after - 1] + 1 for _, after in spans])
    return Tokens(text, _TOKEN.findall(folded.text), starts, ends)

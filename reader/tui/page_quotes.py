"""Where the quotations of a page lie, which one comes next, and what is drawn of them.

Pure: spans in, spans out. Refuses widgets, and to find quotations or speakers itself.
"""

from collections.abc import Sequence

from reader.model import Quote, Span
from reader.tui.highlights import SpanIndex

MARKS = frozenset("“”„‟«»‹›‘’‚‛\"'＂「」『』〝〞〟")
"""Characters that open or close a quotation."""

LAYERS = ("hit", "evidence", "cue")
"""Layers in which one quotation is shown: its words, the words that name who speaks, and what ties the two."""


class QuoteMarks:
    """The quotations of a text. `marks` are the spans of their quotation marks, `bare` the words of those that have none in front."""

    def __init__(self, text: str = "", quotes: Sequence[Quote] = ()) -> None:
        self.quotes = [quote for quote in quotes if 0 <= quote.start < quote.end <= len(text)]
        self.index = SpanIndex((quote.start, quote.end) for quote in self.quotes)
        self.marks: list[Span] = []
        bare: list[Span] = []
        for quote in self.quotes:
            opening, closing = _mark(text, quote.start - 1, -1), _mark(text, quote.end, 1)
            self.marks += [(at, at + 1) for at in (opening, closing) if at is not None]
            if opening is None:
                bare.append((quote.start, quote.end))
        self.bare = SpanIndex(bare)

    def at(self, offset: int) -> Quote | None:
        """The shortest quotation at an offset; its marks count."""
        around = self.index.overlapping(max(0, offset - 1), offset + 2)
        covering = [found for found in around if found[0] - 1 <= offset <= found[1]]
        return self.quotes[min(covering, key=lambda found: found[1] - found[0])[2]] if covering else None

    def starting(self, offset: int) -> Quote | None:
        """The quotation whose words begin there."""
        found = self.index.starting(offset, offset + 1)
        return self.quotes[found[0][2]] if found else None

    def beside(self, offset: int, step: int) -> Quote | None:
        """The first quotation that begins behind (1) or the last that begins in front of (-1) an offset; None when there is none."""
        found = self.index.after(offset) if step > 0 else self.index.before(offset)
        return self.quotes[found[2]] if found else None


def _mark(text: str, at: int, step: int) -> int | None:
    """Where the quotation mark stands that should be at `at`, or behind a blank there as in French; None when there is none."""
    for _ in range(2):
        if not 0 <= at < len(text):
            return None
        if text[at] in MARKS:
            return at
        if not text[at].isspace() or text[at] == "\n":
            return None
        at += step
    return None


def drawn(quote: Quote | None) -> dict[str, list[Span]]:
    """What is drawn of the one quotation that is shown, by layer; nothing when there is none."""
    if quote is None:
        return {layer: [] for layer in LAYERS}
    naming = [span for span in dict.fromkeys((quote.mention, quote.naming)) if span is not None]
    return {"hit": [(quote.start, quote.end)], "evidence": naming, "cue": [quote.cue] if quote.cue else []}

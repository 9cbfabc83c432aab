"""Rows of a page as strips of styled text, with the marks beside them.

Owns what is drawn where on a line. Refuses to know why: it is given spans under layer names. Nothing it draws is text of the document
that did not go through `wrap.drawn`.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reader.model import COLOURS, Annotation, Inline, Page, Role, Span
from reader.tui.highlights import SpanIndex, Stretch, cut
from reader.tui.page_quotes import QuoteMarks
from reader.tui.page_style import Styles
from reader.tui.typeset import MIRRORED, Row
from reader.tui.wrap import cells, clip, drawn

MARGIN = 4
"""Cells kept left of the column: bookmark, note, number of notes, and a blank one, where a mark hangs when a quotation has none."""

"""Brackets that open to the left in words that run to the left."""

_NOTE, _HIGHLIGHT, _BOOKMARK, _QUOTE = "●", "▒", "▌", "“"


class Painter:
    """Draws rows of one page. `layers` are spans by name ("note", "hit", "match", "find", "found", "selection", "mark",
    "evidence", "cue"), replaced one by one.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.layers: dict[str, SpanIndex] = {}
        self._of_block: dict[int, tuple[Sequence[Inline], SpanIndex]] = {}
        self._notes = self._highlights = self._bookmarks = SpanIndex()
        self.annotate(page.annotations)
        self.quote(QuoteMarks(page.text, page.quotes))

    def put(self, layer: str, spans: Iterable[Span]) -> None:
        """Replace the spans of one layer."""
        self.layers[layer] = SpanIndex(spans)

    def annotate(self, annotations: Sequence[Annotation]) -> None:
        """Replace the notes, highlights and bookmarks. Those without a place in the text are not drawn."""
        placed = [a for a in annotations if a.start is not None and a.end is not None]
        spans = [(a.start or 0, max(a.end or 0, (a.start or 0) + 1)) for a in placed]
        self.annotations = placed
        self.index = SpanIndex(spans)
        self.layers["note"] = SpanIndex(span for span, a in zip(spans, placed, strict=True) if a.kind != "bookmark")
        for colour in COLOURS:
            self.layers[colour] = SpanIndex(
                span for span, a in zip(spans, placed, strict=True) if a.colour == colour and a.kind != "bookmark"
            )
        self._notes = SpanIndex(span for span, a in zip(spans, placed, strict=True) if a.kind == "note")
        self._highlights = SpanIndex(span for span, a in zip(spans, placed, strict=True) if a.kind == "highlight")
        self._bookmarks = SpanIndex(span for span, a in zip(spans, placed, strict=True) if a.kind == "bookmark")

    def quote(self, marks: QuoteMarks) -> None:
        """Replace the quotations."""
        self.quotes = marks
        self.put("mark", marks.marks)

    def link_at(self, offset: int) -> str | None:
        """The address of the link at an offset."""
        targets = [inline.target for inline in self._inlines(offset, offset + 1) if inline.target]
        return targets[-1] if targets else None

    def _inlines(self, start: int, end: int) -> Sequence[Inline]:
        """Inlines that share a character with `start`-`end`, a part of one block. Indexed block by block, when one comes into sight."""
        inlines, blocks = self.page.inlines, self.page.blocks
        if not inlines or not len(blocks):
            return ()
        number = blocks.at(start)
        if number not in self._of_block:
            if len(self._of_block) > 500:
                self._of_block.clear()
            low = bisect_left(inlines, blocks.starts[number], key=lambda inline: inline.start)
            high = bisect_left(inlines, blocks.ends[number], low, key=lambda inline: inline.start)
            there = [inline for inline in inlines[low:high] if inline.kind != "anchor"]
            self._of_block[number] = there, SpanIndex((inline.start, inline.end) for inline in there)
        within, index = self._of_block[number]
        return [within[place] for _, _, place in index.overlapping(start, end)]

    def strip(self, row: Row | None, styles: Styles, left: int, width: int) -> Strip:
        """One line of `width` cells with the column `left` cells in."""
        base = styles.base
        if row is None or width <= 0:
            return Strip.blank(width, base)
        segments = [*self._margin(row, styles, left)]
        if row.lead:
            bar = "│" in row.lead or "•" in row.lead
            segments.append(Segment(row.lead, styles.base + styles.part("page--bar") if bar else base))
        if row.kind == "fold":
            room = max(0, width - left - row.indent)
            segments.append(Segment(clip(self._fold_text(row), room), styles.of(Role.BOILERPLATE) + Style(italic=True)))
        elif row.kind == "table":
            segments.extend(self._apart(row, styles))
        else:
            segments.extend(self._running(row, styles))
        return Strip(segments).adjust_cell_length(width, base)

    def _apart(self, row: Row, styles: Styles) -> Iterable[Segment]:
        """Cells of a table, side by side."""
        filled = row.indent
        for column, start, end in row.pieces:
            if column > filled:
                yield Segment(" " * (column - filled), styles.base)
                filled = column
            for stretch in cut(self.page.text, start, end, self._inlines(start, end), self.layers):
                text = drawn(self.page.text[stretch.start : stretch.end])
                yield Segment(text, styles.of(row.role, stretch.layers, stretch.target))
                filled += cells(text)

    def _running(self, row: Row, styles: Styles) -> Iterable[Segment]:
        """Running text, in one piece or several. What lies over both sides of a gap, or of a word parted at the end, lies over that too."""
        if not row.pieces:
            return
        # One character more than the row has: what goes on below it lies over the hyphen, too.
        behind = min(row.end + 1, len(self.page.text)) if row.tail else row.end
        stretches = cut(self.page.text, row.start, behind, self._inlines(row.start, behind), self.layers)
        filled, before = row.indent, -1
        for column, start, end in sorted(row.pieces) if row.pieces[1:] else row.pieces:
            if column > filled:
                yield Segment(" " * (column - filled), _across(stretches, start, row, styles) if before == start else styles.base)
                filled = column
            for stretch in stretches:
                if stretch.start < end and stretch.end > start:
                    text = drawn(self.page.text[max(start, stretch.start) : min(end, stretch.end)])
                    if start in row.mirrored:
                        text = text.translate(MIRRORED)
                    yield Segment(text, styles.of(row.role, stretch.layers, stretch.target))
                    filled += cells(text)
            before = end
        if row.tail:
            hyphen = row.tail == "-" and behind > row.end
            yield Segment(row.tail, _across(stretches, row.end, row, styles) if hyphen else styles.base + styles.part("page--bar"))

    def _margin(self, row: Row, styles: Styles, left: int) -> Iterable[Segment]:
        """The cells left of the column: ▌ where a bookmark begins, ● where notes begin (▒: highlights only), and how many notes when several.

        In the last of them “ where a quotation begins that has no marks in the text.
        """
        marks = ""
        if row.kind != "blank" and (row.pieces or row.kind == "fold"):
            parts = row.pieces if row.kind == "table" else ((0, row.start, row.end),)
            notes = sum(len(self._notes.starting(s, e)) for _, s, e in parts)
            bright = any(self._highlights.starting(s, e) for _, s, e in parts)
            kept = any(self._bookmarks.starting(s, e) for _, s, e in parts)
            bare = any(self.quotes.bare.starting(s, e) for _, s, e in parts)
            if notes or bright or kept or bare:
                count = "" if notes < 2 else str(notes) if notes < 10 else "+"
                marks = (
                    f"{_BOOKMARK if kept else ' '}{_NOTE if notes else _HIGHLIGHT if bright else ' '}{count:<1}{_QUOTE if bare else ' '}"
                )
        if not marks or left < MARGIN:
            yield Segment(" " * left, styles.base)
            return
        yield Segment(" " * (left - MARGIN), styles.base)
        yield Segment(marks, styles.base + styles.part("page--mark"))

    def _fold_text(self, row: Row) -> str:
        lines = sum(1 for line in self.page.text[row.start : row.end].split("\n") if line.strip())
        return f"⋯ {lines} {'line' if lines == 1 else 'lines'} of page furniture"


def _across(stretches: Sequence[Stretch], place: int, row: Row, styles: Styles) -> Style:
    """The style of blank cells between the characters before and at `place`: what lies over both of them."""
    before = next((s for s in stretches if s.start < place <= s.end), None)
    behind = next((s for s in stretches if s.start <= place < s.end), None)
    if before is None or behind is None:
        return styles.of(row.role)
    return styles.of(row.role, before.layers & behind.layers, before.target if before.target == behind.target else None)

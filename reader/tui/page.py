"""The page: text with a selection, notes and found words on it.

Owns which words are marked and why. Refuses to save, copy or open anything: it posts messages and the screen acts.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import BindingType

from reader.model import Annotation, Quote, Span
from reader.tui.actions import PAGE
from reader.tui.find import Finder
from reader.tui.keys import bindings
from reader.tui.page_motion import PageMoving
from reader.tui.page_quotes import QuoteMarks, drawn
from reader.tui.page_text import PageMessage
from reader.values import dataclass

_AT_ONCE = 0.04
"""Seconds spent looking before `PageView.find` returns: nobody feels them. The rest of a long document follows between frames."""

_BETWEEN = 0.015
"""Seconds spent looking between two frames."""


class PageView(PageMoving, whole=True, can_focus=True):
    """Shows a `reader.model.Page` in a centred column of at most `measure` cells. Its keys are those of the part "page" in `actions`.

    Mouse: drag selects characters, a double click the word, a triple click the sentence; a click on a note or link is posted.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings(PAGE)

    @dataclass
    class AnnotationClicked(PageMessage):
        """A note or highlight was clicked: the shortest one at that place."""

        id: str

    @dataclass
    class QuoteChanged(PageMessage):
        """Another quotation is shown as the one meant, or none any more."""

    @dataclass
    class LinkClicked(PageMessage):
        """A link was clicked. `target` is what the document says, and as trustworthy as the document."""

        target: str

    @dataclass
    class FindChanged(PageMessage):
        """More matches were found in a long document: `count` so far; `complete` when all of it has been looked through."""

        count: int
        complete: bool

    def __init__(self, *, measure: int = 70, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - textual's name
        super().__init__(measure=measure, id=id, classes=classes)
        self._finder: Finder | None = None
        self._found: Span | None = None
        self._quote: Quote | None = None

    def forget(self) -> None:
        """Show nothing; posts that nothing is selected any more."""
        super().forget()
        self._finder = self._found = self._quote = None

    def clicked(self, offset: int) -> None:
        """The quotation there is the one meant; a link or a note there is posted."""
        assert self._painter is not None
        self._mean(self._painter.quotes.at(offset))
        annotation = self.annotation_at(offset)
        target = self._painter.link_at(offset)
        if target is not None:
            self.post_message(self.LinkClicked(self, target))
        elif annotation is not None:
            self.post_message(self.AnnotationClicked(self, annotation.id))

    # -- notes ---------------------------------------------------------------------------------------------------------------------

    def update_annotations(self, annotations: Sequence[Annotation]) -> None:
        """Draw other notes, highlights and bookmarks on the same page. The text stays where it is."""
        if self._painter is not None:
            self._painter.annotate(annotations)
            self.refresh()

    def show_hit(self, span: Span, matches: Iterable[Span] = ()) -> None:
        """Mark a sentence and the words in it that match, and scroll it into sight, a third down the page when it was not."""
        if self._painter is None:
            return
        self._mean(None)
        self._painter.put("hit", [span])
        self._painter.put("match", matches)
        self._cursor = span[0]
        self._bring(span)

    def clear_marks(self) -> None:
        """Take away the marks of `show_hit` and `find`."""
        self._finder = self._found = None
        self._mean(None)
        if self._painter is not None:
            for layer in ("hit", "match", "find", "found"):
                self._painter.put(layer, ())
            self.refresh()

    def annotation_at(self, offset: int) -> Annotation | None:
        """The shortest note, highlight or bookmark at an offset; of several on the same words a note, the latest."""
        here = self._painter.index.overlapping(offset, offset + 1) if self._painter is not None else []
        notes = self._painter.annotations if self._painter is not None else []
        return notes[min(here, key=lambda s: (s[1] - s[0], notes[s[2]].kind != "note", -s[2]))[2]] if here else None

    def next_mark(self, step: int) -> str | None:
        """Scroll to the next (1) or the previous (-1) note, highlight or bookmark from the cursor; its id, None when there is none."""
        if self._painter is None:
            return None
        index = self._painter.index
        found = index.after(self.cursor) if step > 0 else index.before(self.cursor)
        if found is None:
            return None
        self.select(None)
        self._cursor = found[0]
        self._bring((found[0], found[1]))
        return self._painter.annotations[found[2]].id

    # -- quotations ----------------------------------------------------------------------------------------------------------------

    @property
    def quote(self) -> Quote | None:
        """The quotation that is meant: the last one shown or clicked, while some of it is in sight."""
        quote = self._quote
        if quote is None or self._view is None:
            return quote
        return quote if any(self._view.line_of(at) is not None for at in (quote.start, quote.end - 1)) else None

    def update_quotes(self, quotes: Sequence[Quote]) -> None:
        """Draw other quotations, or other speakers, on the same page. The one meant stays the one that begins there."""
        if self._painter is not None and self.page is not None:
            self._painter.quote(QuoteMarks(self.page.text, quotes))
            self._mean(self._painter.quotes.starting(self._quote.start) if self._quote else None)

    def show_quote(self, start: int) -> Quote | None:
        """Mark the quotation whose words begin there and what names its speaker, and scroll it into sight; None when there is none."""
        quote = self._painter.quotes.starting(start) if self._painter is not None else None
        if quote is not None:
            self.select(None)
            self.clear_marks()
            self._cursor = quote.start
            self._mean(quote)
            self._bring((quote.start, quote.end))
        return quote

    def next_quote(self, step: int) -> Quote | None:
        """`show_quote` of the quotation at the cursor, or the next (1) or previous (-1) one on the page; None when there is none."""
        if self._painter is None:
            return None
        quotes, here = self._painter.quotes, self.quote.start if self.quote else self.cursor
        quote = (None if self.quote else quotes.at(here)) or quotes.beside(here, step)  # who speaks here comes before who speaks next
        return self.show_quote(quote.start) if quote else None

    def _mean(self, quote: Quote | None) -> None:
        """Show one quotation as the one that is meant, or none."""
        if self._painter is None or (quote is None and self._quote is None):
            return
        self._quote = quote
        for layer, spans in drawn(quote).items():
            self._painter.put(layer, spans)
        self.refresh()
        self.post_message(self.QuoteChanged(self))

    # -- finding -------------------------------------------------------------------------------------------------------------------

    def find(self, text: str, within: Span | None = None) -> int:
        """Mark every place where these words stand, alike but for case, accents and the shape of quotes; how many were found so far.

        With `within`, only places in that stretch of the text.

        Looks from the first visible character on. An article is searched at once; in a long document the search goes on between frames,
        and `FindChanged` says how many there are. Nothing is scrolled: `find_next` does that. An empty text ends it.
        """
        self._finder = self._found = None
        if self._painter is None or self.page is None:
            return 0
        self._painter.put("found", ())
        finder = Finder(self.page.text, text, self.position, within=within)
        finder.advance_for(_AT_ONCE)
        self._finder = finder
        self._show_found(finder)
        if not finder.complete:
            self.set_timer(0.01, lambda: self._find_on(finder))
        return len(finder.found)

    def _find_on(self, finder: Finder) -> None:
        if finder is not self._finder:
            return
        finder.advance_for(_BETWEEN)
        self._show_found(finder)
        self.post_message(self.FindChanged(self, len(finder.found), finder.complete))
        if not finder.complete:
            self.set_timer(0.01, lambda: self._find_on(finder))

    def _show_found(self, finder: Finder) -> None:
        if self._painter is not None:
            self._painter.put("find", finder.found)
            self.refresh()

    @property
    def found(self) -> tuple[int, int]:
        """Which of the places found was scrolled to last, from 1 (0: none yet), and how many there are so far."""
        if self._finder is None:
            return 0, 0
        places = self._finder.found
        return (bisect_left(places, self._found) + 1 if self._found else 0), len(places)

    def find_next(self, step: int = 1) -> Span | None:
        """Scroll to the next (1) or the previous (-1) place found, around the ends of the document; None when there is none."""
        if self._painter is None or self._finder is None:
            return None
        index = self._painter.layers["find"]
        if not len(index):
            return None
        here = self._found[0] if self._found else self.position - (step > 0)
        found = (index.after(here) or index.spans[0]) if step > 0 else (index.before(here) or index.spans[-1])
        self._found = found[0], found[1]
        self._painter.put("found", [self._found])
        self._cursor = found[0]
        self._bring(self._found)
        return self._found

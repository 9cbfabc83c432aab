"""The page: text with a selection, notes and found words on it.

Owns which words are selected and marked. Refuses to save, copy or open anything: it posts messages and the screen acts.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from reader.model import Annotation, Blocks, Page, Quote, Span
from reader.tui.find import Finder
from reader.tui.page_quotes import QuoteMarks, drawn
from reader.tui.page_text import PageMessage, PageText
from reader.tui.selecting import Chooser
from reader.values import dataclass

_AT_ONCE = 0.04
"""Seconds spent looking before `PageView.find` returns: nobody feels them. The rest of a long document follows between frames."""

_BETWEEN = 0.015
"""Seconds spent looking between two frames."""


class PageView(PageText, can_focus=True):
    """Shows a `reader.model.Page` in a centred column of at most `measure` cells.

    Keys: j k down up a row; ctrl+d ctrl+u half a page; space pagedown ctrl+f, pageup ctrl+b a page; g home, G end; { } paragraphs.
    v or s selects the sentence at the cursor: the sentence shown by `show_hit` when it is in sight, else the first one that begins in
    sight. ] and [ select the next and the previous sentence. w and W make the selection a word longer or shorter, ) a sentence longer
    at its end and ( at its beginning, p as long as its paragraphs. Escape clears the selection, and is not taken when there is none.
    Mouse: drag selects characters, a double click the word, a triple click the sentence; a click on a note or link is posted.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "rows(1)", "Line down", id="page.down", show=False),
        Binding("k,up", "rows(-1)", "Line up", id="page.up", show=False),
        Binding("ctrl+d", "pages(0.5)", "Half a page down", id="page.half-down", show=False),
        Binding("ctrl+u", "pages(-0.5)", "Half a page up", id="page.half-up", show=False),
        Binding("space,pagedown,ctrl+f", "pages(1)", "Page down", id="page.page-down", show=False),
        Binding("pageup,ctrl+b", "pages(-1)", "Page up", id="page.page-up", show=False),
        Binding("g,home", "top", "Beginning", id="page.top", show=False),
        Binding("G,end", "bottom", "End", id="page.bottom", show=False),
        Binding("}", "paragraph(1)", "Next paragraph", id="page.next-paragraph", show=False),
        Binding("{", "paragraph(-1)", "Previous paragraph", id="page.previous-paragraph", show=False),
        Binding("v,s", "select_sentence", "Select the sentence", id="page.select", show=False),
        Binding("]", "sentence(1)", "Select the next sentence", id="page.next-sentence", show=False),
        Binding("[", "sentence(-1)", "Select the previous sentence", id="page.previous-sentence", show=False),
        Binding("w", "extend('word')", "Select a word more", id="page.extend-word", show=False),
        Binding("W", "extend('less')", "Select a word less", id="page.shrink-word", show=False),
        Binding(")", "extend('sentence')", "Select a sentence more", id="page.extend-sentence", show=False),
        Binding("(", "extend('back')", "Select a sentence more in front", id="page.extend-back", show=False),
        Binding("p", "extend('paragraph')", "Select the paragraph", id="page.extend-paragraph", show=False),
        Binding("escape", "clear_selection", "Clear the selection", id="page.clear-selection", show=False),
    ]

    @dataclass
    class SelectionChanged(PageMessage):
        """Other words are selected; None when none are."""

        span: Span | None

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
        self._chooser = Chooser("", Blocks())
        self._selection: Span | None = None
        self._cursor: int | None = None
        self._drag: int | None = None
        self._dragged = False
        self._finder: Finder | None = None
        self._found: Span | None = None
        self._quote: Quote | None = None

    def show(self, page: Page, position: int = 0) -> None:
        """Show a page with the character at `position` at the top. Nothing of the page before is kept: no marks, no selection."""
        super().show(page, position)
        self._chooser = Chooser(page.text, page.blocks)

    def forget(self) -> None:
        """Show nothing; posts that nothing is selected any more."""
        super().forget()
        self._chooser = Chooser("", Blocks())
        self._cursor = self._drag = self._finder = self._found = self._quote = None
        if self._selection is not None:
            self._selection = None
            self.post_message(self.SelectionChanged(self, None))

    # -- selecting -----------------------------------------------------------------------------------------------------------------

    @property
    def selection(self) -> Span | None:
        """The selected words; None when there are none."""
        return self._selection

    def select(self, span: Span | None, *, reveal: bool = True) -> None:
        """Select these words, or none; scrolls them into sight with `reveal`, and posts when they are others than before."""
        span = self._trimmed(span) if span is not None else None
        if self._painter is None or span == self._selection:
            return
        self._selection = span
        self._painter.put("selection", [span] if span else ())
        if span and reveal and self._view is not None:
            self._unfold(span)
            self._moved(self._view.reveal(span))
        self.refresh()
        self.post_message(self.SelectionChanged(self, span))

    def _trimmed(self, span: Span) -> Span | None:
        """Without white space at its ends; None when nothing is left, as when blank space was dragged over."""
        text = self.page.text[span[0] : span[1]] if self.page is not None else ""
        start = span[0] + len(text) - len(text.lstrip())
        return (start, start + len(text.strip())) if text.strip() else None

    @property
    def cursor(self) -> int:
        """Where a selection would begin: the selection, else the hit or the last place clicked while in sight, else the first sentence in sight."""
        if self._selection is not None:
            return self._selection[0]
        if self._view is None:
            return self._position
        if self._cursor is not None and self._view.line_of(self._cursor) is not None:
            return self._cursor
        top = self._view.reading
        span = self._chooser.sentence(top)
        following = self._chooser.next_sentence(span[1]) if span[0] < top else None
        return following[0] if following and self._view.line_of(following[0]) is not None else span[0]

    def action_select_sentence(self) -> None:
        """Select the sentence at the cursor."""
        self.select(self._chooser.sentence(self.cursor))

    def action_sentence(self, step: int) -> None:
        """Select the next or the previous sentence; the one at the cursor when nothing is selected."""
        if self._selection is None:
            self.action_select_sentence()
            return
        start, end = self._selection
        span = self._chooser.next_sentence(end) if step > 0 else self._chooser.previous_sentence(start)
        self.select(span or self._selection)

    def action_extend(self, what: str) -> None:
        """Make the selection longer or shorter: "word", "less" (a word), "sentence", "back" or "paragraph". Without one, the sentence."""
        if self._selection is None:
            self.action_select_sentence()
            if what != "paragraph":
                return
        if self._selection is None:
            return
        change = {
            "word": self._chooser.extend_word,
            "less": self._chooser.shrink_word,
            "sentence": self._chooser.extend_sentence,
            "back": self._chooser.extend_back,
            "paragraph": self._chooser.extend_paragraph,
        }[what]
        self.select(change(self._selection))

    def action_clear_selection(self) -> None:
        """Select nothing."""
        self.select(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Escape belongs to the screen while nothing is selected."""
        del parameters
        return self._selection is not None if action == "clear_selection" else True

    def _offset_of(self, event: events.MouseEvent) -> int:
        assert self._view is not None
        line = min(max(0, event.y), self._view.height - 1)
        return self._view.offset_at(line, max(0, event.x - self._column()[0]))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin a selection."""
        if self._view is None or event.button != 1:
            return
        self._drag = self._offset_of(event)
        self._dragged = False
        self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select from where the button went down to here; at the edges the page moves along."""
        if self._drag is None or self._view is None:
            return
        if event.y < 0 or event.y >= self._view.height:
            self._moved(self._view.move(-1 if event.y < 0 else 1))
        here = self._offset_of(event)
        if here != self._drag or self._dragged:
            self._dragged = True
            self.select((min(here, self._drag), max(here, self._drag)), reveal=False)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End a selection."""
        del event
        if self._drag is not None:
            self._drag = None
            self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """One click clears the selection, puts the cursor there and posts the link or note clicked; two select a word, three a sentence.

        A click on the row that stands for folded furniture shows it.
        """
        if self._view is None or self._dragged:
            self._dragged = False
            return
        if 0 <= event.y < len(self._lines) and (row := self._lines[event.y]) is not None and row.kind == "fold":
            self.toggle_furniture()
            return
        offset = self._offset_of(event)
        if event.chain == 2:
            self.select(self._chooser.word(offset), reveal=False)
        elif event.chain >= 3:
            self.select(self._chooser.sentence(offset), reveal=False)
        else:
            self.select(None)
            self._cursor = offset
            self._mean(self._painter.quotes.at(offset) if self._painter else None)
            self._post_clicked(offset)

    def _post_clicked(self, offset: int) -> None:
        assert self._painter is not None
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

    def find(self, text: str) -> int:
        """Mark every place where these words stand, alike but for case, accents and the shape of quotes; how many were found so far.

        Looks from the first visible character on. An article is searched at once; in a long document the search goes on between frames,
        and `FindChanged` says how many there are. Nothing is scrolled: `find_next` does that. An empty text ends it.
        """
        self._finder = self._found = None
        if self._painter is None or self.page is None:
            return 0
        self._painter.put("found", ())
        finder = Finder(self.page.text, text, self.position)
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

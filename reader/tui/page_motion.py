"""Moving on a page by keys: rows and pages, and a cursor that goes by characters, words, lines, sentences and paragraphs.

Owns what a motion means with and without a selection: without one the cursor moves, with one the end of it that is free. Refuses the
keys themselves, which are in the table of actions. Every motion takes a count.
"""

from collections.abc import Callable

from reader.model import Span
from reader.tui.counting import Count
from reader.tui.page_select import PageSelecting

OBJECTS = {"w": "word", "s": "sentence", "q": "quotation", "Q": "quotation with its marks", "p": "paragraph", "h": "all below its heading"}
"""What `i` selects, by the key pressed next."""


class PageMoving(PageSelecting):
    """A page that is moved about on."""

    def __init__(self, *, measure: int = 70, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - textual's name
        super().__init__(measure=measure, id=id, classes=classes)
        self.times = Count()
        """The number typed before a key; the screen gives all its parts the same one."""

    # -- scrolling -----------------------------------------------------------------------------------------------------------------

    def action_digit(self, value: int) -> None:
        """One more digit of a count."""
        self.times.digit(value)

    def action_rows(self, rows: int) -> None:
        """Scroll by so many rows; move the cursor, when it is shown."""
        rows *= self.times.take()
        if self._caret is None or self._view is None:
            super().action_rows(rows)
        else:
            self._go(self._rows_on(self._caret, rows))

    def action_pages(self, pages: float) -> None:
        """See `PageText.action_pages`; with a count, so often."""
        for _ in range(min(self.times.take(), 1000)):
            super().action_pages(pages)

    def action_top(self) -> None:
        """Scroll to the beginning, or to the paragraph with the number typed."""
        self._to_paragraph(self.times.take(0), super().action_top)

    def action_bottom(self) -> None:
        """Scroll to the end, or to the paragraph with the number typed."""
        self._to_paragraph(self.times.take(0), super().action_bottom)

    def _to_paragraph(self, number: int, otherwise: Callable[[], None]) -> None:
        if number and self.page is not None and len(self.page.blocks):
            self.go_to(self.page.blocks.starts[min(number, len(self.page.blocks)) - 1])
        else:
            otherwise()

    def action_percent(self) -> None:
        """Scroll to so many percent of the text."""
        percent = self.times.take(-1)
        if percent >= 0 and self.page is not None:
            self.scroll_to_offset(len(self.page.text) * min(percent, 100) // 100 if percent < 100 else len(self.page.text))

    def go_to(self, offset: int) -> None:
        """Bring a place to the top of the page; the cursor, when it is shown, goes there."""
        self.scroll_to_offset(offset)
        if self._caret is not None and self._selection is None:
            self._put_caret(offset)

    def action_paragraph(self, step: int) -> None:
        """Bring the next or the previous paragraph to the top; selecting: as far as the end or the beginning of one."""
        for _ in range(min(self.times.take(), 1000)):
            if self._selection is not None:
                start, end = self._selection
                block = self._chooser.block(end if step > 0 else max(0, start - 1))
                self._reach((start, max(end, block[1])) if step > 0 else (min(start, block[0]), end), from_end=step < 0)
            else:
                super().action_paragraph(step)
                if self._caret is not None:
                    self._put_caret(self.position)

    # -- the cursor ----------------------------------------------------------------------------------------------------------------

    @property
    def caret(self) -> int | None:
        """The character the cursor is shown on; None while it is not."""
        return self._caret

    def word_at(self, offset: int) -> str:
        """The word at an offset; empty where there is none."""
        start, end = self._chooser.word(offset)
        return self._chooser.text[start:end]

    def _rows_on(self, offset: int, rows: int) -> int:
        """The character so many rows below, in the same cell as far as that row is long."""
        assert self._view is not None
        layout, step = self._view.layout, 1 if rows > 0 else -1
        number = layout.row_of(offset)
        cell = layout.cell_of(number, offset)
        for _ in range(abs(rows)):
            following = number + step
            while (row := layout.row(following)) is not None and following >= 0 and not row.pieces:
                following += step
            if row is None or following < 0:
                break
            number = following
        found = layout.row(number)
        return min(layout.offset_at(number, cell), max(found.start, found.end - 1)) if found is not None else offset

    def _go(self, offset: int) -> None:
        """The cursor, or the free end of the selection, to a character; the page follows."""
        selection = self._selection
        if selection is not None and self._caret is not None:
            start, end = selection
            stays = end if self._from_end else start
            self._reach((min(offset, stays), max(offset + 1, stays)) if offset >= stays else (offset, stays), from_end=offset < stays)
        self._put_caret(offset)
        if self._view is not None:
            self._moved(self._view.reveal((offset, offset + 1)))

    def _reach(self, span: Span, *, from_end: bool) -> None:
        """Select, with the beginning or the end as the end that moves; it is scrolled into sight."""
        self.select(span, reveal=False)
        self._from_end = from_end
        free = span[0] if from_end else span[1] - 1
        if self._caret is not None:
            self._put_caret(free)
        if self._view is not None:
            self._moved(self._view.reveal((free, free + 1)))

    def _step(self, on: Callable[[int], int]) -> None:
        """Move the cursor by a rule, as often as was typed; the first key shows it where it is."""
        times, here = self.times.take(), self._caret
        if here is None or self._view is None or self._view.line_of(here) is None:
            here, times = self.cursor, times - 1
        for _ in range(times):
            here = on(here)
        self._go(here)

    def _stretch(self, longer: Callable[[Span], Span]) -> None:
        for _ in range(min(self.times.take(), 1000)):
            if self._selection is not None:
                self._reach(longer(self._selection), from_end=self._from_end)

    def action_word(self, step: int) -> None:
        """The cursor by a word; selecting: a word more or less at the end that moves."""
        if self._selection is None:
            self._step(self._chooser.next_word if step > 0 else self._chooser.previous_word)
        elif self._from_end:
            self._stretch(
                lambda span: (min(span[1] - 1, (self._chooser.next_word if step > 0 else self._chooser.previous_word)(span[0])), span[1])
            )
        else:
            self._stretch(self._chooser.extend_word if step > 0 else self._chooser.shrink_word)

    def action_character(self, step: int) -> None:
        """The cursor by a character; selecting: one more or less at the end that moves."""
        if self._selection is None or self._caret is not None:
            self._step(lambda offset: self._chooser.character(offset, step))
        elif self._from_end:
            self._stretch(lambda span: (min(span[1] - 1, self._chooser.character(span[0], step)), span[1]))
        else:
            self._stretch(lambda span: (span[0], max(span[0], self._chooser.character(span[1] - 1, step)) + 1))

    def action_line(self, step: int) -> None:
        """The cursor to the end or the beginning of its line."""
        self.times.take()
        if self._view is not None:
            row = self._view.layout.row(self._view.layout.row_of(self.cursor if self._caret is None else self._caret))
            if row is not None:
                self._go(row.start if step < 0 else max(row.start, row.end - 1))

    def action_stretch(self, step: int) -> None:
        """The cursor by a sentence; selecting: a sentence more, at the end or in front."""
        if self._selection is None:
            self._step(lambda offset: self._chooser.sentence_start(offset, step))
            return
        for _ in range(min(self.times.take(), 1000)):
            extended = self._chooser.extend_sentence if step > 0 else self._chooser.extend_back
            self._reach(extended(self._selection), from_end=step < 0)

    # -- selecting -----------------------------------------------------------------------------------------------------------------

    def action_select(self) -> None:
        """Begin selecting with the word at the cursor; while none is shown, select the sentence."""
        if self._caret is not None and self._selection is None:
            span = self._chooser.word(self._caret)
            self._reach(span if span[1] > span[0] else (self._caret, self._caret + 1), from_end=False)
        else:
            self.action_select_sentence()

    def action_select_sentence(self) -> None:
        """Select the sentence at the cursor."""
        self.select(self._chooser.sentence(self.cursor))

    def action_sentence(self, step: int) -> None:
        """Select the next or the previous sentence; the one at the cursor when nothing is selected."""
        for _ in range(min(self.times.take(), 1000)):
            if self._selection is None:
                self.action_select_sentence()
                continue
            start, end = self._selection
            span = self._chooser.next_sentence(end) if step > 0 else self._chooser.previous_sentence(start)
            self.select(span or self._selection)

    def action_select_paragraph(self) -> None:
        """Select the paragraph at the cursor, or those the selection touches; one that is selected grows by the next."""
        for _ in range(min(self.times.take(), 1000)):
            self.select(self._chooser.extend_paragraph(self._selection) if self._selection else self._chooser.block(self.cursor))

    def select_object(self, letter: str) -> bool:
        """Select what a key of `OBJECTS` stands for, at the cursor; False when there is no such thing here."""
        here, quotes = self.cursor, self._painter.quotes if self._painter is not None else None
        span: Span | None = None
        if letter == "w":
            span = self._chooser.word(here)
        elif letter == "s":
            span = self._chooser.sentence(here)
        elif letter == "p":
            span = self._chooser.block(here)
        elif letter == "h":
            span = self._chooser.section(here)
        elif letter in ("q", "Q") and quotes is not None:
            quote = quotes.at(here) or quotes.beside(here, 1)
            span = (quote.start, quote.end) if quote is not None else None
            if span is not None and letter == "Q":
                marks = [mark for mark in quotes.marks if mark[0] in range(span[0] - 2, span[0]) or mark[0] in range(span[1], span[1] + 2)]
                span = min([span[0], *(mark[0] for mark in marks)]), max([span[1], *(mark[1] for mark in marks)])
        if span is None or span[0] >= span[1]:
            return False
        self.select(span)
        return True

    def action_other_end(self) -> None:
        """Let the other end of the selection move."""
        if self._selection is not None:
            self._reach(self._selection, from_end=not self._from_end)

    def action_clear_selection(self) -> None:
        """Select nothing; the next time, show no cursor."""
        if self._selection is None:
            self._put_caret(None)
        self.select(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Escape belongs to the screen while nothing is selected and no cursor shown, `o` while nothing is selected."""
        del parameters
        if action == "clear_selection":
            return self._selection is not None or self._caret is not None
        return self._selection is not None if action == "other_end" else True

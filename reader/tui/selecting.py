"""Which words a selection command means: the sentence at a place, one more word, the paragraph.

Owns the arithmetic on spans. Refuses keys and widgets. Everything is a pair of offsets into the text of the page.
"""

from reader.model import ROLES, Blocks, Role, Span
from reader.patterns import pattern
from reader.text import sentences, words
from reader.tui.wrap import graphemes

_RUN = pattern(r"\S+")
_NEAR = 8_000
"""How far around a place a very long block is looked at: sentences longer than that are cut."""

_WIDE = "\u2e80"
"""From here on scripts stand without spaces; a "word" is then two characters."""


class Chooser:
    """Spans of a text with blocks, for selecting. No method fails at the ends of the text: there it gives what it was given."""

    def __init__(self, text: str, blocks: Blocks) -> None:
        self.text = text
        self.blocks = blocks

    def block(self, offset: int) -> Span:
        """The block at an offset, or the nearest one before it."""
        if not len(self.blocks):
            return 0, len(self.text)
        number = self.blocks.at(offset)
        return self.blocks.starts[number], self.blocks.ends[number]

    def _sentences(self, offset: int) -> list[Span]:
        start, end = self.block(offset)
        near_start, near_end = max(start, offset - _NEAR), min(end, offset + _NEAR)
        found = sentences(self.text, near_start, near_end)
        return found[1:] if near_start > start and len(found) > 1 and found[0][1] < offset else found

    def sentence(self, offset: int) -> Span:
        """The sentence at an offset; in the space between two of them, the one behind."""
        found = self._sentences(offset)
        if not found:
            return offset, offset
        return next((span for span in found if offset < span[1]), found[-1])

    def next_sentence(self, offset: int) -> Span | None:
        """The first sentence that begins at `offset` or behind it; None at the end of the text."""
        for span in self._sentences(offset):
            if span[0] >= offset:
                return span
        number = self.blocks.at(offset) + 1
        if number < len(self.blocks):
            start = self.blocks.starts[number]
            return self.sentence(start)
        return None

    def previous_sentence(self, offset: int) -> Span | None:
        """The last sentence that ends at `offset` or in front of it; None at the beginning of the text."""
        for span in reversed(self._sentences(offset)):
            if span[1] <= offset:
                return span
        number = self.blocks.at(offset) - 1
        if number >= 0 and len(self.blocks):
            return self.sentence(self.blocks.ends[number] - 1)
        return None

    def word(self, offset: int) -> Span:
        """The word at an offset; between words, what stands there without white space."""
        run = self._run(offset)
        if run is None:
            return offset, offset
        return next(((w.start, w.end) for w in words(self.text, *run) if w.start <= offset < w.end), run)

    def _run(self, offset: int) -> Span | None:
        low = max(0, offset - 300)
        for found in _RUN.finditer(self.text, low, min(len(self.text), offset + 300)):
            if found.end() > offset:
                return (found.start(), found.end()) if found.start() <= offset else None
        return None

    def next_word(self, offset: int) -> int:
        """Where the next word begins; the same place behind the last one. In scripts without spaces, two characters on."""
        here = self._run(offset)
        if here is not None and self.text[offset] >= _WIDE and offset + 2 < here[1]:
            return offset + 2
        found = _RUN.search(self.text, here[1] if here is not None else offset)
        return found.start() if found else offset

    def previous_word(self, offset: int) -> int:
        """Where the word begins that an offset lies in, or the one before when it is a beginning."""
        low = max(0, offset - 400)
        runs = [found.span() for found in _RUN.finditer(self.text, low, offset)]
        if not runs:
            return offset
        return max(runs[-1][0], offset - 2) if self.text[offset - 1] >= _WIDE else runs[-1][0]

    def character(self, offset: int, step: int) -> int:
        """The next (1) or previous (-1) character as people see them, over line breaks; the same at the ends of the text."""
        while 0 <= offset + step < len(self.text):
            if step > 0:
                around = graphemes(self.text[offset : offset + 32])
                offset += around[0][1]
            else:
                low = max(0, offset - 32)
                offset = low + graphemes(self.text[low:offset])[-1][0]
            if offset >= len(self.text):
                break
            if self.text[offset] not in "\n\t":
                return offset
        return min(offset, max(0, len(self.text) - 1))

    def sentence_start(self, offset: int, step: int) -> int:
        """Where the next sentence begins (1), or the one that an offset lies in, else the one before (-1)."""
        here = self.sentence(offset)
        if step < 0 and here[0] < offset:
            return here[0]
        found = self.next_sentence(max(here[1], offset)) if step > 0 else self.previous_sentence(here[0])
        return found[0] if found else offset

    def section(self, offset: int) -> Span | None:
        """All below the heading that an offset stands under, up to the next one of its level or a higher one; None without a heading."""
        blocks = self.blocks
        heads = [n for n, role in enumerate(blocks.roles) if ROLES[role] == Role.HEADING] if len(blocks) else []
        here = blocks.at(offset) if len(blocks) else 0
        above = [n for n in heads if n <= here]
        if not above:
            return None
        level = blocks[above[-1]].level
        end = next((n for n in heads if n > here and blocks[n].level <= level), len(blocks))
        return blocks.starts[above[-1]], blocks.ends[end - 1]

    def extend_word(self, span: Span) -> Span:
        """One more word at the end, with the punctuation that clings to it."""
        found = _RUN.search(self.text, span[1])
        if not found:
            return span
        end = found.end()
        if found.group()[0] >= _WIDE:
            end = min(end, found.start() + 2)
        return span[0], end

    def shrink_word(self, span: Span) -> Span:
        """One word less at the end; the last one stays."""
        low = max(span[0], span[1] - 400)
        runs = [found.span() for found in _RUN.finditer(self.text, low, span[1])]
        if runs and self.text[runs[-1][0]] >= _WIDE and runs[-1][1] - runs[-1][0] > 2:
            return span[0], runs[-1][1] - 2
        return (span[0], runs[-2][1]) if len(runs) > 1 else span

    def extend_sentence(self, span: Span) -> Span:
        """To the end of the sentence the selection stops in, or of the next one when it stops at an end."""
        inside = self.sentence(max(span[0], span[1] - 1))
        if inside[1] > span[1]:
            return span[0], inside[1]
        following = self.next_sentence(span[1])
        return (span[0], max(span[1], following[1])) if following else span

    def extend_back(self, span: Span) -> Span:
        """To the beginning of the sentence the selection starts in, or of the one before when it starts at a beginning."""
        inside = self.sentence(span[0])
        if inside[0] < span[0]:
            return inside[0], span[1]
        before = self.previous_sentence(span[0])
        return (min(span[0], before[0]), span[1]) if before else span

    def extend_paragraph(self, span: Span) -> Span:
        """To the whole of the blocks it touches; a whole one grows by the next."""
        first, last = self.block(span[0]), self.block(max(span[0], span[1] - 1))
        grown = min(first[0], span[0]), max(last[1], span[1])
        if grown == span:
            number = self.blocks.at(span[1])
            if number + 1 < len(self.blocks):
                grown = span[0], self.blocks.ends[number + 1]
        return grown

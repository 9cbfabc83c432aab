"""Build the text of a document once, in order, with its blocks and inlines.

Owns white space: what separates blocks, how runs of spaces collapse, where a block's first and last character stand. Refuses to know
where the words come from. Every offset is a code point of the text under construction.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from reader.ingest.anchors import Anchors
from reader.ingest.decode import safe_text
from reader.ingest.parsed import Parsed
from reader.model import Block, Inline, Metadata, Role

_SPACES = re.compile("[\t-\r\x1c-\x1f\x85\u2028\u2029][ \t-\r\x1c-\x1f\x85\u2028\u2029]*| [ \t-\r\x1c-\x1f\x85\u2028\u2029]+")
"""White space that is not yet one space; single spaces, most of a text, are passed over."""
_BLANK_LINES = re.compile(r"(?:[ \t]*\n)+")
_DEEPEST = 99
"""Levels are kept in a byte; nobody can see the difference between a quote nested 99 and 100 deep."""


@dataclass(slots=True)
class Paragraph:
    """A block that may still change its role. `linked`: how many of its code points are part of a link."""

    role: Role
    start: int
    end: int
    level: int = 0
    linked: int = 0


@dataclass(slots=True)
class _Running:
    """An inline that has begun: how often it was opened, where its first character stands once it has one, and its target."""

    depth: int
    start: int | None
    target: str | None


class Builder:
    """Takes words in document order. Blocks never overlap, are never blank, and hold every character that is not white space."""

    __slots__ = (
        "_ink",
        "_inlines",
        "_length",
        "_mark",
        "_open",
        "_parts",
        "_running",
        "_space",
        "_started",
        "_tight",
        "_verbatim",
        "anchors",
        "fresh",
        "paragraphs",
    )

    def __init__(self) -> None:
        self.paragraphs: list[Paragraph] = []
        self.anchors = Anchors()
        self.fresh = True
        """Whether nothing was added since the last line break, cell or beginning."""
        self._parts: list[str] = []
        self._inlines: list[Inline] = []
        self._length = self._ink = 0
        self._mark = (0, 0, 0)
        self._open: Paragraph | None = None
        self._started = self._space = self._tight = self._verbatim = False
        self._running: dict[str, _Running] = {}

    @property
    def is_open(self) -> bool:
        """Whether a paragraph was begun and not closed."""
        return self._open is not None

    @property
    def ink(self) -> int:
        """The offset behind the last word."""
        return self._ink

    @property
    def is_started(self) -> bool:
        """Whether the open paragraph holds anything yet."""
        return self._started

    def begin(self, role: Role, level: int = 0, *, tight: bool = False, verbatim: bool = False) -> None:
        """Open a paragraph, closing the one before. `tight`: only a line break stands before it; `verbatim`: its white space is kept."""
        self.close()
        self._open = Paragraph(role, 0, 0, min(level, _DEEPEST))
        self._tight, self._verbatim = tight, verbatim

    def add(self, words: str) -> None:
        """Words of the open paragraph. Runs of white space collapse to one space (no-break spaces stay), leading space goes."""
        if self._open is None or not words:
            return
        if self._verbatim:
            self._add_verbatim(words)
            return
        if not words.isprintable() or "  " in words:  # else it holds single spaces only
            words = _SPACES.sub(" ", words)
        if words[0] == " ":
            self._space, words = True, words[1:]
        if not self._started:
            words = words.lstrip()
        ends_in_space = words.endswith(" ")
        if ends_in_space:
            words = words[:-1]
        if words:
            if not self._started:
                self._start()
            elif self._space and not self.fresh:
                self._put(" ")
            self._write(words)
            self._space = False
        self._space = self._space or ends_in_space

    def _add_verbatim(self, words: str) -> None:
        if not self._started:
            words = _BLANK_LINES.sub("", words, count=1) if _BLANK_LINES.match(words) else words
            if not words:
                return
            self._start()
        self._write(words)

    def mark(self, marker: str) -> None:
        """Put a list item's marker ("• ", "1. ") before its first word. It counts as words of the paragraph."""
        if not self._started:
            self._start()
        self.anchors.place(self._length)
        self._put(marker)
        self._ink = self._length
        self.fresh = True

    def line_break(self) -> None:
        """A new line inside the open paragraph; nothing before its first word."""
        if self._started:
            self._put("\n")
            self._space, self.fresh = False, True

    def cell(self, separator: str) -> None:
        """Put a tab (next cell) or a line break (next row) into an open table, also where a cell is empty."""
        if self._open is not None:
            if not self._started:
                self._start()
            self._put(separator)
            self._space, self.fresh = False, True

    def push(self, kind: str, target: str | None = None) -> None:
        """Begin an inline. Nested ones of the same kind are one; it goes on in later paragraphs until it is popped."""
        running = self._running.get(kind)
        if running:
            running.depth += 1
        else:
            self._running[kind] = _Running(1, None, target)

    def pop(self, kind: str) -> None:
        """End an inline; without effect when none of that kind has begun."""
        running = self._running.get(kind)
        if running:
            running.depth -= 1
            if not running.depth:
                self._emit(kind, running)
                del self._running[kind]

    def close(self) -> Paragraph | None:
        """End the open paragraph and give it back, or None when it held no words (then nothing of it is left)."""
        paragraph, self._open = self._open, None
        started, self._started, self._space, self.fresh = self._started, False, False, True
        if paragraph is None or not started:
            return None
        for kind, running in self._running.items():
            self._emit(kind, running)
            running.start = None
        parts, (kept_parts, kept_length, kept_inlines) = self._parts, self._mark
        while len(parts) > kept_parts and (not parts[-1] or parts[-1].isspace()):
            self._length -= len(parts.pop())
        if self._length <= paragraph.start:
            del parts[kept_parts:], self._inlines[kept_inlines:]
            self._length = kept_length
            return None
        kept = parts[-1].rstrip()
        self._length -= len(parts[-1]) - len(kept)
        parts[-1] = kept
        paragraph.end = self._length
        self._cut_inlines(kept_inlines)
        self.paragraphs.append(paragraph)
        return paragraph

    def _cut_inlines(self, first: int) -> None:
        """Cut the inlines from number `first` on to the end of the text: the paragraph's last white space is gone."""
        if first == len(self._inlines):
            return  # most paragraphs
        end = self._length
        if any(inline.end > end for inline in self._inlines[first:]):
            cut = [replace(inline, end=min(inline.end, end)) for inline in self._inlines[first:]]
            self._inlines[first:] = [inline for inline in cut if inline.start < inline.end]

    def text(self) -> str:
        """Everything so far, safe to show; closes the open paragraph."""
        self.close()
        return safe_text("".join(self._parts))

    def finish(self, text: str, metadata: Metadata) -> Parsed:
        """What a format hands back, from what `text()` gave and the roles as they are now."""
        blocks = blocks_of(self.paragraphs)
        inlines = self.anchors.resolve(self._inlines, blocks, metadata.url)
        return Parsed(
            text, blocks, sorted(inlines, key=lambda inline: (inline.start, -inline.end, inline.kind, inline.target or "")), metadata
        )

    def _start(self) -> None:
        paragraph = self._open
        assert paragraph is not None
        self._mark = (len(self._parts), self._length, len(self._inlines))
        if self._parts:
            self._put("\n" if self._tight else "\n\n")
        paragraph.start = self._length
        self._started, self._space = True, False

    def _put(self, characters: str) -> None:
        self._parts.append(characters)
        self._length += len(characters)

    def _write(self, words: str) -> None:
        at = self._length
        if self.anchors.waiting and not words.isspace():
            self.anchors.place(at + len(words) - len(words.lstrip()))
        for running in self._running.values():
            if running.start is None:
                running.start = at
        self._put(words)
        self._ink, self.fresh = self._length, False
        if self._open is not None and "link" in self._running:
            self._open.linked += len(words)

    def _emit(self, kind: str, running: _Running) -> None:
        if running.start is not None and self._ink > running.start:
            self._inlines.append(Inline(kind, running.start, self._ink, running.target))


def blocks_of(paragraphs: Iterable[Paragraph]) -> list[Block]:
    """Paragraphs as values."""
    return [Block(p.role, p.start, p.end, p.level) for p in paragraphs]

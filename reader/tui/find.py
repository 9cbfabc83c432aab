"""Finding words in the open document, a slice at a time, so that a long document never stops the window.

Owns the slices and the count. Refuses widgets; what "the same words" are is `reader.text`'s.
"""

from time import monotonic

from reader.model import Span
from reader.text import fold, occurrences

SLICE = 32_000
"""Characters folded at once: about 20 ms, and more than most articles have."""

MOST = 10_000
"""Matches after which the search stops: nobody steps through more."""


class Finder:
    """The places of some words in a text, found from `start` on to the end and then from the beginning.

    `found` holds them in the order of the text. `advance` looks through one more slice of `slice_size` characters. With `within`, only
    places that lie in that stretch count.
    """

    def __init__(self, text: str, words: str, start: int = 0, *, slice_size: int = SLICE, within: Span | None = None) -> None:
        self.text = text
        self.slice_size = slice_size
        self.words = words = words.strip()
        folded = fold(words).text
        # A match may be longer than its folded words: invisible characters and runs of white space fold to little or nothing.
        self._margin = 4 * len(folded) + 256
        self._behind: list[Span] = []
        self._ahead: list[Span] = []
        low, self._stop = within or (0, len(text))
        self._low = low
        self._begin = self._at = min(max(low, start), self._stop) if folded else self._stop
        self._wrapped = not folded
        if not folded:
            self._begin = low

    @property
    def found(self) -> list[Span]:
        """The matches so far, in the order of the text."""
        return self._behind + self._ahead

    @property
    def complete(self) -> bool:
        """Whether the whole text has been looked through, or `MOST` matches were found."""
        return (self._wrapped and self._at >= self._begin) or len(self._behind) + len(self._ahead) >= MOST

    def advance(self) -> None:
        """Look through the next slice."""
        if self.complete:
            return
        if not self._wrapped and self._at >= self._stop:
            self._wrapped, self._at = True, self._low
            if self.complete:
                return
        stop = min(self._at + self.slice_size, self._begin if self._wrapped else self._stop)
        into = self._behind if self._wrapped else self._ahead
        into.extend(self._matches(self._at, stop))
        self._at = stop
        if not self._wrapped and stop >= self._stop:
            self._wrapped, self._at = True, self._low

    def advance_for(self, seconds: float) -> None:
        """Look through slices until the text is done or the time is up; at least one."""
        until = monotonic() + seconds
        self.advance()
        while not self.complete and monotonic() < until:
            self.advance()

    def _matches(self, start: int, stop: int) -> list[Span]:
        """Matches that begin in `start`-`stop`."""
        piece = self.text[start : min(self._stop, stop + self._margin)]
        return [(start + s, start + e) for s, e in occurrences(fold(piece), self.words) if start + s < stop and e > s]

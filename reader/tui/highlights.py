"""Spans that look different, from many sources, and the cuts they make in a row.

Owns overlaps. Refuses colours: a stretch is named by the set of layers that cover it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from reader.model import Inline, Span
from reader.tui.wrap import graphemes, single_cells


class SpanIndex:
    """Spans with a number each, found by what they overlap: two bisections, however many there are.

    The running maximum of the ends is sorted too, so that it can be bisected even when spans hold each other.
    """

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self.spans = sorted((start, end, number) for number, (start, end) in enumerate(spans) if start < end)
        self._starts = [start for start, _, _ in self.spans]
        self._reach = list(accumulate((end for _, end, _ in self.spans), max))

    def __len__(self) -> int:
        return len(self.spans)

    def overlapping(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """Spans that share a character with `start`-`end`, as (start, end, number given), in order of their starts."""
        low, high = bisect_right(self._reach, start), bisect_left(self._starts, end)
        return [span for span in self.spans[low:high] if span[1] > start]

    def starting(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """Spans that begin in `start`-`end`."""
        return self.spans[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def after(self, offset: int) -> tuple[int, int, int] | None:
        """The first span that begins behind `offset`."""
        place = bisect_right(self._starts, offset)
        return self.spans[place] if place < len(self.spans) else None

    def before(self, offset: int) -> tuple[int, int, int] | None:
        """The last span that begins in front of `offset`."""
        place = bisect_left(self._starts, offset)
        return self.spans[place - 1] if place else None


class Stretch(NamedTuple):
    """`text[start:end]` under these layers; `target` is the address of the innermost link around it."""

    start: int
    end: int
    layers: frozenset[str]
    target: str | None = None


_PLAIN: frozenset[str] = frozenset()


def cut(text: str, start: int, end: int, inlines: Sequence[Inline], layers: Mapping[str, SpanIndex]) -> list[Stretch]:
    """`text[start:end]` as stretches that look alike: a sweep over the places where anything begins or ends.

    A layer that covers a character more than once also gives its name with "+". Cuts never go through a user-perceived character.
    """
    covers: list[tuple[int, int, str, str | None]] = [
        (inline.start, inline.end, inline.kind, inline.target) for inline in inlines if inline.start < end and inline.end > start
    ]
    for name, index in layers.items():
        if len(index):
            covers.extend((s, e, name, None) for s, e, _ in index.overlapping(start, end))
    if not covers:
        return [Stretch(start, end, _PLAIN)]
    edges = {start, end}
    for s, e, _, _ in covers:
        edges.update((max(s, start), min(e, end)))
    if not single_cells(text[start:end]):
        edges = _whole(text, start, end, edges)
    points = sorted(edges)
    stretches: list[Stretch] = []
    for s, e in pairwise(points):
        names: set[str] = set()
        target = None
        for cover_start, cover_end, name, address in covers:
            if cover_start < e and cover_end > s:
                names.add(name + "+" if name in names else name)
                target = address or target
        stretches.append(Stretch(s, e, frozenset(names), target))
    return stretches


def _whole(text: str, start: int, end: int, edges: set[int]) -> set[int]:
    """The edges, moved to the beginnings of the user-perceived characters they lie in."""
    beginnings = [start + begin for begin, _, _ in graphemes(text[start:end])]
    return {end if edge >= end else beginnings[max(0, bisect_right(beginnings, edge) - 1)] for edge in edges}

"""From a plan to the few passages worth reading: what every passage of the library is worth, by its words alone.

A passage is worth the sum, over the words of the query, of the best form of each that it holds (`plan.QueryWord`). Nothing is left out
to save time: the containers of postings (`ports.Postings.postings`) are added up by numpy, one stretch after the other, so that the
memory needed does not grow with the library and stays within the processor's cache.

A quotation may run over the end of a paragraph, so neighbours are valued together as well when no passage holds nearly all of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from reader.model import Span
from reader.ports import STRETCH, Postings
from reader.search.plan import Plan, QueryWord

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Rows = Mapping[str, Sequence[tuple[int, bytes]]]
MOST_PAIRS = 16
"""Pairs of neighbours that are looked at."""
NEARLY_ALL = 0.9
"""Share of a query that one passage holds, from which on nobody asks for pairs."""
SOUGHT = 1.0
"""Worth from which a form is looked for; others only count where their neighbours are found."""
BONUS = 1.5
"""Nats for any word found besides its worth: more than nothing, less than for one in its place (`plan.MISSING`)."""
HOPELESS = 3
"""A passage that is worth so many times less than the best is not looked at."""
EVERYWHERE = 1.0
"""Worth below which a word tells nothing beside others: it stands in every third passage."""
_BITS = STRETCH // 8
_FULL = 30_000
"""The worth of a whole query in the unit counted in: two neighbours together still fit 16 bits."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where to look: passages within `extents` (everywhere when None) that hold every term of `required` and none of `without`."""

    extents: Sequence[Span] | None = None
    required: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    @property
    def everywhere(self) -> bool:
        """Whether nothing is left out."""
        return self.extents is None and not self.required and not self.without


@dataclass(frozen=True, slots=True)
class Candidates:
    """Ids of the most promising passages, best first, and of passages that are promising together with the next one."""

    alone: Sequence[int]
    pairs: Sequence[int]


def candidates(plan: Plan, postings: Postings, most: int, bounds: Bounds) -> Candidates:
    """The `most` promising passages within bounds."""
    words = _telling(plan.words)
    forms = {form for word in words for form, nats in word.forms.items() if nats >= SOUGHT or form == word.term}
    rows = postings.postings({*bounds.required, *bounds.without, *forms})
    unit = _FULL / (sum(word.worth + BONUS for word in words) or 1.0)
    alone, pairs = _Top(most), _Top(MOST_PAIRS)
    for stretch, held in _by_stretch(words, rows, unit).items():
        values = _values(held)
        if not bounds.everywhere:
            values *= _inside(rows, stretch, bounds)
        alone.add(values, stretch * STRETCH)
        if len(words) > 2 and alone.best < NEARLY_ALL * _FULL:
            pairs.add(values[:-1] + values[1:], stretch * STRETCH, alone.best)
    return Candidates(alone.found(), pairs.found(alone.best))


def _telling(words: Sequence[QueryWord]) -> Sequence[QueryWord]:
    """The words without those that stand in every third passage, when enough others are left."""
    telling = [word for word in words if word.worth >= EVERYWHERE]
    return telling if len(telling) > 2 else words


@dataclass(slots=True)
class _Held:
    """What a stretch holds of one word: containers that are lists and that are sets of bits, with the worth of each."""

    lists: list[tuple[int, bytes]] = field(default_factory=list)
    sets: list[tuple[int, bytes]] = field(default_factory=list)


def _by_stretch(words: Sequence[QueryWord], rows: Rows, unit: float) -> dict[int, list[_Held]]:
    """For every stretch what it holds of each word, forms in the order of their worth."""
    found: dict[int, list[_Held]] = {}
    for word in words:
        here: dict[int, _Held] = {}
        for form, nats in sorted(word.forms.items(), key=lambda item: item[1]):
            worth = max(0, int((nats + BONUS) * unit))
            for stretch, packed in rows.get(form, ()):
                held = here.get(stretch)
                if held is None:
                    held = here[stretch] = _Held()
                    found.setdefault(stretch, []).append(held)
                (held.sets if len(packed) == _BITS else held.lists).append((worth, packed))
    return found


def _values(words: Sequence[_Held]) -> "NDArray[np.uint16]":
    """What each passage of a stretch is worth. A form in a set of bits counts even when another of the same word does: that is rare."""
    import numpy as np  # 80 ms; only a search needs it

    values = np.zeros(STRETCH, np.uint16)
    scratch = np.empty(STRETCH, np.uint16)
    for held in words:
        for worth, packed in held.sets:
            np.multiply(_bits(packed), np.uint16(worth), out=scratch)
            np.add(values, scratch, out=values)
        if held.lists:
            ids = np.frombuffer(b"".join([packed for _, packed in held.lists]), "<u2").astype(np.intp)
            if len(held.lists) == 1:
                values[ids] += held.lists[0][0]
            else:  # of a passage that stands there twice the last assignment holds: that of the best form
                lengths = [len(packed) >> 1 for _, packed in held.lists]
                values[ids] += np.repeat(np.array([worth for worth, _ in held.lists], np.uint16), lengths)
    return values


def _bits(packed: bytes) -> "NDArray[np.uint8]":
    import numpy as np

    return np.unpackbits(np.frombuffer(packed, np.uint8), bitorder="little")


def _inside(rows: Rows, stretch: int, bounds: Bounds) -> "NDArray[np.bool_]":
    """Which passages of a stretch lie within bounds."""
    import numpy as np

    base = stretch * STRETCH
    inside: NDArray[Any] = np.full(STRETCH, bounds.extents is None)
    for first, last in bounds.extents or ():
        if last >= base and first < base + STRETCH:
            inside[max(0, first - base) : last + 1 - base] = True
    for terms, wanted in ((bounds.required, True), (bounds.without, False)):
        for term in terms:
            held = np.zeros(STRETCH, np.bool_)
            for packed in [packed for number, packed in rows.get(term, ()) if number == stretch]:
                if len(packed) == _BITS:
                    held |= _bits(packed).view(np.bool_)
                else:
                    held[np.frombuffer(packed, "<u2")] = True
            inside &= held if wanted else ~held
    return inside


class _Top:
    """The best values seen so far, and where."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: list[NDArray[Any]] = []
        self._ids: list[NDArray[Any]] = []
        self._waiting = 0
        self._floor = 0
        self.best = 0

    def add(self, values: "NDArray[np.uint16]", base: int, above: int = 0) -> None:
        """Look at the values of passages `base` and following; only those over `above` count."""
        import numpy as np

        top = int(values.max())
        self.best = max(self.best, top)
        floor = max(self._floor, above, self.best // HOPELESS)
        if top <= floor:
            return
        ids = np.flatnonzero(values > floor)
        self._values.append(values[ids])
        self._ids.append(ids + base)
        self._waiting += len(ids)
        if self._waiting > 4 * self._most:
            self._sift()

    def _sift(self) -> None:
        import numpy as np

        if not self._values:
            return
        values, ids = np.concatenate(self._values), np.concatenate(self._ids)
        if len(values) > self._most:
            kept = np.argpartition(values, len(values) - self._most)[-self._most :]
            values, ids = values[kept], ids[kept]
            self._floor = int(values.min())
        self._values, self._ids, self._waiting = [values], [ids], len(values)

    def found(self, above: int = 0) -> list[int]:
        """Ids, best first; only of values over `above`."""
        import numpy as np

        self._sift()
        if not self._values:
            return []
        values, ids = self._values[0].astype(np.int32), self._ids[0]
        if above:
            values, ids = values[values > above], ids[values > above]
        found: list[int] = ids[np.lexsort((ids, -values))].tolist()
        return found

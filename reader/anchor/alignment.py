"""Which token of a new text is which token of the old one: the map that notes are carried over by.

Runs of tokens that stand exactly once in both texts are certain, wherever they stand (maximal unique matches, as genomes are aligned by:
Delcher et al. 1999). The heaviest of them that follow each other in the same order are the frame; long ones out of that order have
moved. Between two of the frame the same is done with shorter runs, and what is left is compared token by token (longest common
subsequence). No token is mapped twice: what came from elsewhere is never taken for something that was deleted.
"""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reader.anchor.tokens import Tokens

LEVELS = (16, 8, 4, 2)
"""Lengths in tokens of the runs that must be unique within the part that is looked at, from the whole texts down."""
MOVED = 8
"""Tokens from which a run that is unique in both texts may be out of order; shorter ones are often a phrase written again."""
APART = 60
"""Tokens that may lie between two moved runs that were moved together."""
LINE = 2
"""A break that parts paragraphs, or lines."""
CELLS = 4_000_000
"""Size of a part, old tokens times new ones, up to which it is compared token by token: 10 ms, and half a megabyte."""


@dataclass(frozen=True, slots=True)
class Run:
    """`length` tokens that are the same: from `old` on and from `new` on."""

    old: int
    new: int
    length: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """`to[i]` is the place in the new text of old token i, `back[j]` the other way round; -1 for none.

    `moved[j]`: the new token stands out of the order of the old text.
    """

    to: Sequence[int]
    back: Sequence[int]
    moved: Sequence[int]


Part = tuple[int, int, int, int]
"""Old tokens from, to; new tokens from, to."""


def align(old: Tokens, new: Tokens) -> Alignment:
    """Map two rows of tokens onto each other. Linear in their length but for the parts compared token by token, which are bounded.

    What was put in or taken out begins at a paragraph, a line or a sentence, as far as the words leave the choice.
    """
    work = _Work(old, new)
    work.frame((0, len(old), 0, len(new)))
    slide(work.a, work.to, work.back, old.break_before)
    slide(work.b, work.back, work.to, new.break_before)
    return Alignment(work.to, work.back, work.moved)


class _Work:
    """Both rows as numbers, and the map as far as it has come. Tokens that moved get numbers of their own, so that nothing meets them again."""

    def __init__(self, old: Tokens, new: Tokens) -> None:
        numbers: dict[str, int] = {}
        self.a = [numbers.setdefault(word, len(numbers)) for word in old.words]
        self.b = [numbers.setdefault(word, len(numbers)) for word in new.words]
        self._break_before = old.break_before
        self.to, self.back = array("l", [-1]) * len(old), array("l", [-1]) * len(new)
        self.moved = bytearray(len(new))

    def take(self, run: Run) -> None:
        """Map a run."""
        for step in range(run.length):
            self.to[run.old + step] = run.new + step
            self.back[run.new + step] = run.old + step

    def frame(self, whole: Part) -> None:
        """Map what is certain, then what lies between, with ever shorter runs."""
        todo = [(whole, 0)]
        while todo:
            part, level = todo.pop()
            a0, a1, b0, b1 = part
            if a0 >= a1 or b0 >= b1:
                continue
            if level >= len(LEVELS):
                self._compare(self._trimmed(part))
                continue
            kept, aside = heaviest(self._unique(part, LEVELS[level]))
            for run in kept:
                self.take(run)
            if LEVELS[level] >= MOVED:
                self._move(aside)
            edges = [Run(a0, b0, 0), *kept, Run(a1, b1, 0)]
            for before, after in pairwise(edges):
                todo.append(((before.old + before.length, after.old, before.new + before.length, after.new), level + 1))

    def _trimmed(self, part: Part) -> Part:
        """Map what the part begins and ends with on both sides."""
        a, b = self.a, self.b
        a0, a1, b0, b1 = part
        n, most = 0, min(a1 - a0, b1 - b0)
        while n < most and a[a0 + n] == b[b0 + n]:
            n += 1
        self.take(Run(a0, b0, n))
        a0, b0, n, most = a0 + n, b0 + n, 0, most - n
        while n < most and a[a1 - 1 - n] == b[b1 - 1 - n]:
            n += 1
        self.take(Run(a1 - n, b1 - n, n))
        return a0, a1 - n, b0, b1 - n

    def _unique(self, part: Part, size: int) -> list[Run]:
        """The longest runs around every run of `size` tokens that stands once in the old and once in the new part, by their old place."""
        a, b = self.a, self.b
        a0, a1, b0, b1 = part
        there = _once(b, b0, b1, size)
        runs: list[Run] = []
        for gram, i in _once(a, a0, a1, size).items() if there else ():
            j = there.get(gram, -1)
            if i < 0 or j < 0:
                continue
            if runs and i < runs[-1].old + runs[-1].length and i - runs[-1].old == j - runs[-1].new:
                continue  # within the run before
            first, last, shift = i, i + size, j - i
            while first > a0 and first + shift > b0 and a[first - 1] == b[first + shift - 1]:
                first -= 1
            while last < a1 and last + shift < b1 and a[last] == b[last + shift]:
                last += 1
            if size >= MOVED:
                first, last = self._whole(first, i), self._whole_end(i + size, last)
            runs.append(Run(first, first + shift, last - first))
        return runs

    def _whole(self, first: int, core: int) -> int:
        """Where a run begins that reaches back to `first` from its unique words at `core`: beyond their paragraph only with whole ones.

        Paragraphs that end alike would otherwise share their ends with a neighbour's run, and follow it when they are exchanged.
        """
        return next((at for at in range(first, core + 1) if self._break_before(at) >= LINE), first)

    def _whole_end(self, core: int, last: int) -> int:
        """Likewise where it ends."""
        if last >= len(self.a) or self._break_before(last) >= LINE:
            return last
        return next((at for at in range(last, core, -1) if self._break_before(at) >= LINE), last)

    def _compare(self, part: Part) -> None:
        """Token by token."""
        a0, a1, b0, b1 = part
        if (a1 - a0) * (b1 - b0) > CELLS:
            return
        for run in common(self.a[a0:a1], self.b[b0:b1]):
            self.take(Run(a0 + run.old, b0 + run.new, run.length))

    # -- what moved ---------------------------------------------------------------------------------------------------------------

    def _move(self, aside: Sequence[Run]) -> None:
        """Map runs out of order, the longest first, and what was edited between two that moved together."""
        taken: list[Run] = []
        for run in sorted(aside, key=lambda run: -run.length):
            for free in self._free(run):
                self.take(free)
                taken.append(free)
        taken.sort(key=lambda run: run.old)
        between: list[Run] = []
        for before, after in pairwise(taken):
            part = (before.old + before.length, after.old, before.new + before.length, after.new)
            if 0 <= part[1] - part[0] <= APART and 0 <= part[3] - part[2] <= APART and not self._held(part):
                a0, a1, b0, b1 = part
                between += [Run(a0 + r.old, b0 + r.new, r.length) for r in common(self.a[a0:a1], self.b[b0:b1])]
        for run in between:
            self.take(run)
        for run in [*taken, *between]:
            for step in range(run.length):
                self.moved[run.new + step] = 1
                self.a[run.old + step], self.b[run.new + step] = -1, -2

    def _free(self, run: Run) -> Iterator[Run]:
        """The parts of a run that nothing was mapped to or from, as far as they are long enough."""
        begin = 0
        for step in range(run.length + 1):
            if step < run.length and self.to[run.old + step] < 0 and self.back[run.new + step] < 0:
                continue
            if step - begin >= MOVED:
                yield Run(run.old + begin, run.new + begin, step - begin)
            begin = step + 1

    def _held(self, part: Part) -> bool:
        a0, a1, b0, b1 = part
        return any(self.to[i] >= 0 for i in range(a0, a1)) or any(self.back[j] >= 0 for j in range(b0, b1))


def slide(row: Sequence[int], here: "array[int]", there: "array[int]", break_before: Callable[[int], int]) -> None:
    """Move every run of `row` that has no counterpart, while its words allow, so that it begins at the greatest break.

    Words put before others that begin alike ("The union ... The union ...") could as well have been put behind that beginning.
    """
    at = 0
    while at < len(row):
        if here[at] >= 0:
            at += 1
            continue
        first = last = at
        while last < len(row) and here[last] < 0:
            last += 1
        up = down = 0
        if first > 0 and last < len(row) and here[last] - here[first - 1] == 1:  # nothing on the other side took its place
            while (
                first - up > 0
                and here[first - up - 1] >= 0
                and row[first - up - 1] == row[last - up - 1]
                and _follows(here, first - up - 1)
            ):
                up += 1
            while (
                last + down < len(row)
                and here[last + down] >= 0
                and row[last + down] == row[first + down]
                and _follows(here, last + down - 1, down == 0)
            ):
                down += 1
        best = max(range(-up, down + 1), key=lambda by: (break_before(first + by), -abs(by))) if up or down else 0
        for step in range(first - 1, first + best - 1, -1):  # upwards: what stood before the run now stands behind it
            _rename(here, there, step, step + last - first)
        for step in range(last, last + best):
            _rename(here, there, step, step - (last - first))
        at = last + max(0, best)


def _follows(here: "array[int]", at: int, first: bool = False) -> bool:
    """Whether the token after `at` has the counterpart after that of `at`: the order is not to be broken by a move."""
    return first or here[at + 1] < 0 or here[at] < 0 or here[at + 1] - here[at] == 1


def _rename(here: "array[int]", there: "array[int]", before: int, after: int) -> None:
    """The counterpart of the token `before` becomes that of `after`."""
    here[after], here[before] = here[before], -1
    there[here[after]] = after


def _once(row: Sequence[int], start: int, end: int, size: int) -> dict[tuple[int, ...], int]:
    """Where every run of `size` numbers of `row[start:end]` begins, -1 for one that stands there more than once."""
    part = row[start:end]
    found: dict[tuple[int, ...], int] = {}
    for at, gram in enumerate(zip(*(part[k:] for k in range(size)), strict=False), start):
        found[gram] = -1 if gram in found else at
    return found


def heaviest(runs: Sequence[Run]) -> tuple[list[Run], list[Run]]:
    """The chain of runs in the same order on both sides that holds most tokens, cut so that none overlap, and the runs outside of it."""
    if not runs:
        return [], []
    order = sorted(range(len(runs)), key=lambda n: (runs[n].old, runs[n].new))
    ends: list[int] = []  # new places in order, each with the best chain that ends there and has more tokens than any before it
    best: list[tuple[int, int]] = []  # its tokens, and its last run
    before: dict[int, int] = {}
    for n in order:
        run = runs[n]
        at = bisect_left(ends, run.new)
        total, last = best[at - 1] if at else (0, -1)
        before[n] = last
        total += run.length
        if at < len(ends) and best[at][0] >= total and ends[at] == run.new:
            continue
        stop = at
        while stop < len(ends) and best[stop][0] <= total:
            stop += 1
        ends[at:stop], best[at:stop] = [run.new], [(total, n)]
    chain: list[int] = []
    n = best[-1][1]
    while n >= 0:
        chain.append(n)
        n = before[n]
    inside = set(chain)
    kept: list[Run] = []
    for n in reversed(chain):
        run = runs[n]
        if kept:
            over = max(0, kept[-1].old + kept[-1].length - run.old, kept[-1].new + kept[-1].length - run.new)
            if over >= run.length:
                continue
            run = Run(run.old + over, run.new + over, run.length - over)
        kept.append(run)
    return kept, [run for n, run in enumerate(runs) if n not in inside]


def common(a: Sequence[int], b: Sequence[int]) -> list[Run]:
    """The longest common subsequence as runs, without those that only chance has put there: few tokens between many others."""
    from rapidfuzz.distance import Indel

    runs = [Run(op.src_start, op.dest_start, op.src_end - op.src_start) for op in Indel.opcodes(a, b) if op.tag == "equal"]
    kept: list[Run] = []
    for number, run in enumerate(runs):
        lead = kept[-1] if kept else None
        before = max(run.old - (lead.old + lead.length if lead else 0), run.new - (lead.new + lead.length if lead else 0))
        after_old = runs[number + 1].old if number + 1 < len(runs) else len(a)
        after_new = runs[number + 1].new if number + 1 < len(runs) else len(b)
        after = max(after_old - run.old, after_new - run.new) - run.length
        if min(before, after) <= 3 * run.length:
            kept.append(run)
    return kept

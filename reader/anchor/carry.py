"""Carries a place in an old text over to a new one, along the map between their tokens. Refuses to put it on words that came from elsewhere."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, islice

from reader.anchor.alignment import Alignment, align
from reader.anchor.tokens import tokens
from reader.model import Anchor, Resolution, Span

SHORT = 24
"""Characters below which words are no evidence by themselves: what stands around them must have stayed too."""
REACH = 40
"""Tokens looked through beside a place for one that the map knows, and the most that an edit at its edge may hold."""
LONG = 40
"""Characters from which words may be looked for that were both moved and edited."""
ALIKE = 0.8
"""How like such words must be."""
MARGIN = 0.02
"""By how much the best of several must be the best."""
AREA = 20_000_000
"""Characters of words times characters of new text up to which they are compared: 0.2 s."""
LOOKED_AT = 100
"""Places of the same words that are looked at."""
BESIDE = 4
"""Tokens beside a stretch of new text that are looked at with it."""
REWRITTEN = 0.5
"""Likeness below which words at the edge of a place were not edited but replaced: they are left out of it."""
JOINS = ("-", "_", "@", "/")
"""Marks that make one word of two."""
CONTEXT = 6
"""Tokens on each side that say whether a few words stand where they stood."""


class Passage:
    """Two versions of a text and the map between them; what was worked out for one anchor serves the next. Not for several threads."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = tokens(old), tokens(new)
        self.map: Alignment = align(self.old, self.new)

    @cached_property
    def line(self) -> str:
        """The new tokens, each between two spaces: what exact words are looked for in."""
        return " " + " ".join(self.new.words) + " "

    @cached_property
    def old_line(self) -> str:
        """The old tokens likewise."""
        return " " + " ".join(self.old.words) + " "

    @cached_property
    def taken(self) -> Sequence[float]:
        """The weight of the new tokens up to each that were in the old text."""
        return list(accumulate((_weight(w) if b >= 0 else 0.0 for w, b in zip(self.new.words, self.map.back, strict=True)), initial=0.0))

    @cached_property
    def weights(self) -> Sequence[float]:
        """The weight of all new tokens up to each."""
        return list(accumulate(map(_weight, self.new.words), initial=0.0))

    @cached_property
    def places(self) -> list[int]:
        """Where each new token begins in `line`, without the space before it."""
        return [at + 1 for at in accumulate((len(word) + 1 for word in self.new.words), initial=0)]

    def at(self, first: int, offset: int) -> int:
        """The token of the new text that the `offset`-th character of its tokens from `first` on belongs to, as `folded` joins them."""
        return bisect_right(self.places, self.places[first] + offset) - 1 if offset else first

    @cached_property
    def novel(self) -> list[Span]:
        """Runs of new tokens that were not in the old text, those of one or two tokens' distance taken together."""
        runs: list[Span] = []
        for j, back in enumerate(self.map.back):
            if back >= 0:
                continue
            if runs and j - runs[-1][1] <= 2:
                runs[-1] = runs[-1][0], j + 1
            else:
                runs.append((j, j + 1))
        return runs


@dataclass(frozen=True, slots=True)
class Carried:
    """New tokens `first` up to `last`, how much of the old words came along (`kept`, 0 to 1), and how like they are (`like`, 0 to 1)."""

    first: int
    last: int
    kept: float
    like: float


def carry(anchor: Anchor, passage: Passage) -> Resolution:
    """Where the anchor's words lie in the new text of `passage`, whose old text they were taken from.

    Most went along the map. Others were put elsewhere and edited, or written again: they are looked for in new text alone, so that they
    are never found in a look-alike that was there before.
    """
    first, last = passage.old.within(anchor.start, anchor.end)
    if first >= last:
        return Resolution("orphan")
    carried = _along_the_map(passage, first, last)
    sure = carried is not None and _is_sure(passage, first, last, carried)
    found = _resolution(anchor, passage, first, last, carried) if carried is not None and sure else None
    if found is not None and found.state != "changed":
        return found
    same = _the_same(passage, first, last)
    if same is not None:
        return _resolution(anchor, passage, first, last, Carried(same, same + last - first, 1, 1))
    return found or _elsewhere(anchor, passage, first, last)


def _the_same(passage: Passage, first: int, last: int) -> int | None:
    """The one place where the very words stand, when they stood in one place before and are long enough to be telling: edited words are others."""
    if len(passage.old.folded(first, last)) < SHORT:
        return None
    places = list(islice(_exact(passage, first, last), 2))
    words = f" {passage.old.folded(first, last)} "
    return places[0] if len(places) == 1 and passage.old_line.count(words) == 1 else None


def stood(anchor: Anchor, passage: Passage) -> Span | None:
    """The words of the new text that stand where the anchor's words stood, or behind that place; None when nothing near it was kept."""
    first, last = passage.old.within(anchor.start, anchor.end)
    before, after = _known_before(passage, first, None), _known_after(passage, last, None)
    if before is None and after is None:
        return None
    low = passage.map.to[before] + 1 if before is not None else max(0, passage.map.to[after or 0] - (last - first))
    high = passage.map.to[after] if after is not None else low
    if not low < high <= low + 2 * (last - first) + REACH:
        high = low + last - first
    high = min(high, len(passage.new))
    return passage.new.extent(low, high) if low < high else None


def _weight(word: str) -> float:
    """What a token counts for: words for their letters, marks for next to nothing."""
    return len(word) if word[0].isalnum() else 0.25


def _similarity(one: str, other: str) -> float:
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(one, other)


# -- along the map ---------------------------------------------------------------------------------------------------------------


def _along_the_map(passage: Passage, first: int, last: int) -> Carried | None:
    """The tokens that the old ones became, and what replaced those among them that are gone."""
    cluster, to = _cluster(passage, first, last), passage.map.to
    head, tail = (cluster[0], cluster[-1]) if cluster else (None, None)
    before, after = _known_before(passage, first, head), _known_after(passage, last, tail)
    if head is None or tail is None:
        if before is None or after is None or to[after] <= to[before]:
            return None
        low, high = (
            _edge(passage, first, before, after, head=True, cling=False),
            _edge(passage, last, before, after, head=False, cling=False),
        )
    else:
        low = to[head] if head == first else _edge(passage, first, before, head, head=True)
        high = to[tail] + 1 if tail == last - 1 else _edge(passage, last, tail, after, head=False)
    if low >= high:
        return None
    words = passage.old.words
    kept = sum(_weight(words[i]) for i in cluster) / sum(_weight(word) for word in words[first:last])
    return Carried(low, high, kept, _similarity(passage.old.folded(first, last), passage.new.folded(low, high)))


def _cluster(passage: Passage, first: int, last: int) -> list[int]:
    """The old tokens that went to the place most of them went to."""
    to, words = passage.map.to, passage.old.words
    room = max(REACH, 2 * (last - first))
    clusters: list[list[int]] = []
    for i in range(first, last):
        if to[i] < 0:
            continue
        if clusters and 0 < to[i] - to[clusters[-1][-1]] <= room:
            clusters[-1].append(i)
        else:
            clusters.append([i])
    return max(clusters, key=lambda cluster: sum(_weight(words[i]) for i in cluster), default=[])


def _known_before(passage: Passage, first: int, inside: int | None) -> int | None:
    """The nearest old token before `first` that went to the place before where the one `inside` went."""
    to = passage.map.to
    for i in range(first - 1, max(-1, first - 1 - REACH), -1):
        if to[i] >= 0:
            return i if inside is None or 0 < to[inside] - to[i] <= 2 * REACH else None
    return None


def _known_after(passage: Passage, last: int, inside: int | None) -> int | None:
    """The nearest old token from `last` on that went to the place behind where the one `inside` went."""
    to = passage.map.to
    for i in range(last, min(len(to), last + REACH)):
        if to[i] >= 0:
            return i if inside is None or 0 < to[i] - to[inside] <= 2 * REACH else None
    return None


def _edge(passage: Passage, at: int, before: int | None, after: int | None, *, head: bool, cling: bool = True) -> int:
    """Where, among the new tokens between those of the old `before` and `after`, an edge lies that lay before the old token `at`.

    The cut that leaves the least to edit on both of its sides (Levenshtein); of several, the one that takes less in. `head`: it is the
    beginning of a place, else its end. With `cling` it keeps to what is known when what would be taken in is not like what was there.
    """
    from rapidfuzz.distance import Levenshtein

    to, back = passage.map.to, passage.map.back
    if before is None or after is None:
        return to[after] if after is not None and head else to[before] + 1 if before is not None else 0
    low, high = to[before] + 1, to[after]
    while head and any(back[j] >= 0 for j in range(low, high)):
        low += 1  # what came from elsewhere ends the part that can belong here
    while not head and any(back[j] >= 0 for j in range(low, high)):
        high -= 1
    if high - low > 2 * REACH:
        return high if head else low
    outside, inside = passage.old.folded(before + 1, at), passage.old.folded(at, after)
    cuts = [
        (Levenshtein.distance(outside, passage.new.folded(low, cut)) + Levenshtein.distance(inside, passage.new.folded(cut, high)), cut)
        for cut in range(low, high + 1)
    ]
    least = min(cost for cost, _ in cuts)
    fitting = [cut for cost, cut in cuts if cost == least]
    cut = fitting[-1] if head else fitting[0]
    if not cling:
        return cut
    taken = (passage.new.folded(cut, high), inside) if head else (passage.new.folded(low, cut), outside)
    return cut if _similarity(*taken) >= REWRITTEN else high if head else low


def _is_sure(passage: Passage, first: int, last: int, carried: Carried) -> bool:
    """Whether enough came along to say that these are the words.

    The bounds are those that part edited from deleted words in 2,400 cases of real edit histories; what is below them becomes an orphan.
    """
    kept, like = carried.kept, carried.like
    around = surroundings(passage, first, last, carried.first, carried.last)
    if len(passage.old.folded(first, last)) >= SHORT:
        return kept + like >= 1.2 and like >= 0.5 and (kept >= 0.6 or around >= 0.5)
    return (like >= 0.7 and around >= 0.5) or (kept == 1 and like >= 0.4 and around >= 0.8)


def surroundings(passage: Passage, first: int, last: int, low: int, high: int) -> float:
    """How much of what stood around the old tokens stands around the new ones: the better side, 0 to 1."""
    old, new = passage.old, passage.new
    before = _similarity(old.folded(max(0, first - CONTEXT), first), new.folded(max(0, low - CONTEXT), low))
    after = _similarity(old.folded(last, last + CONTEXT), new.folded(high, high + CONTEXT))
    return max(before, after)


def _resolution(anchor: Anchor, passage: Passage, first: int, last: int, carried: Carried) -> Resolution:
    """The offsets, and what became of the words."""
    old, new = passage.old, passage.new
    low, high = _whole(passage, first, last, carried)
    start, end = new.extent(low, high)
    if old.words[first:last] != new.words[low:high]:
        return Resolution("changed", start, end)
    if old.ends[first] - old.starts[first] == new.ends[low] - start:  # an anchor may begin or end within a word
        start += max(0, anchor.start - old.starts[first])
    if old.ends[last - 1] - old.starts[last - 1] == end - new.starts[high - 1]:
        end -= max(0, old.ends[last - 1] - anchor.end)
    moved = passage.map.moved[low] or passage.map.back[low] < 0
    return Resolution("moved" if moved else "anchored", start, end)


def _whole(passage: Passage, first: int, last: int, carried: Carried) -> Span:
    """The new tokens with what was joined to them: "strike" that became "anti-strike", "5" that became "-5"."""
    old, new, low, high = passage.old, passage.new, carried.first, carried.last
    while low > 0 and new.joined(low) and new.words[low - 1] in JOINS and not (old.joined(first) and old.words[first - 1] in JOINS):
        low -= 2 if low > 1 and new.joined(low - 1) and new.words[low - 2][0].isalnum() else 1
    while high < len(new) and new.joined(high) and new.words[high] in JOINS and not (old.joined(last) and old.words[last] in JOINS):
        if high + 1 >= len(new) or not new.joined(high + 1) or not new.words[high + 1][0].isalnum():
            break
        high += 2
    return low, high


# -- elsewhere -------------------------------------------------------------------------------------------------------------------


def _elsewhere(anchor: Anchor, passage: Passage, first: int, last: int) -> Resolution:
    """The words in text that is new: put there from where they stood, or written again."""
    length, count = len(passage.old.folded(first, last)), last - first
    seen = islice(_exact(passage, first, last), LOOKED_AT)  # of more than that many none is the one
    exact = [at for at in seen if _is_novel(passage, at, at + count)]
    if length < SHORT:
        exact = [at for at in exact if surroundings(passage, first, last, at, at + count) >= 0.8]
    if len(exact) == 1:
        return _resolution(anchor, passage, first, last, Carried(exact[0], exact[0] + count, 1, 1))
    if exact:
        return Resolution("ambiguous")
    return _alike(anchor, passage, first, last) if length >= LONG else Resolution("orphan")


def _alike(anchor: Anchor, passage: Passage, first: int, last: int) -> Resolution:
    """The words, edited, in text that is new."""
    from rapidfuzz import fuzz

    wanted = passage.old.folded(first, last)
    found: list[tuple[float, Carried]] = []
    for low, high in passage.novel:
        low, high = max(0, low - BESIDE), min(len(passage.new), high + BESIDE)
        text = passage.new.folded(low, high)
        if len(text) < 0.6 * len(wanted) or len(text) * len(wanted) > AREA:
            continue
        part = fuzz.partial_ratio_alignment(wanted, text, score_cutoff=100 * ALIKE) if len(text) >= len(wanted) else None
        begin, end = (part.dest_start, part.dest_end) if part is not None else (0, len(text)) if len(text) < len(wanted) else (0, 0)
        a, b = passage.at(low, begin), passage.at(low, end)
        like = _similarity(wanted, passage.new.folded(a, b)) if a < b else 0
        if like >= ALIKE and _is_novel(passage, a, b):
            found.append((like, Carried(a, b, like, like)))
    found.sort(key=lambda one: -one[0])
    if not found:
        return Resolution("orphan")
    if len(found) > 1 and found[0][0] - found[1][0] < MARGIN:
        return Resolution("ambiguous")
    return _resolution(anchor, passage, first, last, found[0][1])


def _exact(passage: Passage, first: int, last: int) -> Iterator[int]:
    """The new tokens from which on the same words stand."""
    words = f" {passage.old.folded(first, last)} "
    at = passage.line.find(words)
    while at >= 0:
        yield bisect_left(passage.places, at + 1)
        at = passage.line.find(words, at + 1)


def _is_novel(passage: Passage, low: int, high: int) -> bool:
    """Whether hardly any of the new tokens stood somewhere in the old text: otherwise they are a look-alike that was there before."""
    return passage.taken[high] - passage.taken[low] <= 0.2 * (passage.weights[high] - passage.weights[low])

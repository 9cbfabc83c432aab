"""Places in a text that are most like a note's words: to offer for a note that has lost its place, and to find one that was never there."""

from reader.anchor.carry import ALIKE, LONG, MARGIN, Passage, stood
from reader.anchor.tokens import Tokens, tokens
from reader.model import Anchor, Nearby, Resolution, Span
from reader.text import fold, occurrences

OFFERED = 3
"""Places offered."""
LONGEST = 2000
"""Characters of long words that are compared: their beginning tells them."""
LARGEST = 400_000
"""Characters of a text up to which it is looked through for words of which nothing else is known."""
WORTH = 0.55
"""How like a place must be to be worth offering."""


def nearest(anchor: Anchor, text: str, old: str | None) -> list[Nearby]:
    """Places to offer for the words of `anchor`, best first, at most a few; `old` is the text they were taken from, where it is known.

    First every place where the same words stand, then where they would stand according to what is around them, then what is like them.
    """
    found = [Nearby(start, end, 1.0, "the same words") for start, end in occurrences(fold(text), anchor.exact)[:OFFERED]]
    if old is not None:
        passage = Passage(old, text)
        span = stood(anchor, passage)
        if span is not None:
            found.append(Nearby(*span, _like(anchor, text, span), "where they stood"))
    found += [Nearby(start, end, like, "like them") for like, (start, end) in _most_alike(anchor, tokens(text)) if like >= WORTH]
    kept: list[Nearby] = []
    for one in found:
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return kept[: OFFERED + 1]


def alike(anchor: Anchor, text: str) -> Resolution:
    """Where words that were edited lie in a text, when nothing but themselves is known: one place that is nearly the same, and no other."""
    if not LONG <= len(anchor.exact) <= LONGEST or len(text) > LARGEST:
        return Resolution("orphan")
    found = [one for one in _most_alike(anchor, tokens(text)) if one[0] >= ALIKE]
    if not found:
        return Resolution("orphan")
    if len(found) > 1 and found[0][0] - found[1][0] < MARGIN:
        return Resolution("ambiguous")
    return Resolution("changed", *found[0][1])


def _like(anchor: Anchor, text: str, span: Span) -> float:
    from rapidfuzz import fuzz

    return fuzz.ratio(fold(anchor.exact[:LONGEST]).text, fold(text[span[0] : span[1]][:LONGEST]).text) / 100


def _most_alike(anchor: Anchor, here: Tokens) -> list[tuple[float, Span]]:
    """The stretches of a text most like the words, best first, none over another: windows of their length, then the best made to fit.

    Costs about 0.2 s for 1 MB.
    """
    from rapidfuzz import fuzz, process

    words = tokens(anchor.exact[:LONGEST])
    count = len(words)
    wanted = words.folded(0, count)
    step = max(1, count // 4)
    starts = range(0, max(1, len(here) - count + step), step)
    windows = [here.folded(at, at + count) for at in starts]
    best = process.extract(wanted, windows, scorer=fuzz.ratio, limit=4 * OFFERED, score_cutoff=40)
    found: list[tuple[float, Span]] = []
    for _, _, number in best:
        low, high = max(0, starts[number] - count), min(len(here), starts[number] + 2 * count)
        found.append(_fitted(wanted, here, low, high))
    found.sort(key=lambda one: (-one[0], one[1]))
    kept: list[tuple[float, Span]] = []
    for like, span in found:
        if all(span[1] <= other[0] or span[0] >= other[1] for _, other in kept):
            kept.append((like, span))
    return kept


def _fitted(wanted: str, here: Tokens, low: int, high: int) -> tuple[float, Span]:
    """The part of the tokens `low` to `high` that is most like `wanted`, in whole tokens."""
    from rapidfuzz import fuzz

    text = here.folded(low, high)
    part = fuzz.partial_ratio_alignment(wanted, text)
    if part is not None and len(text) > len(wanted):
        high = low + text.count(" ", 0, max(0, part.dest_end - 1)) + 1
        low += text.count(" ", 0, part.dest_start + 1)
    return fuzz.ratio(wanted, here.folded(low, high)) / 100, here.extent(low, high)

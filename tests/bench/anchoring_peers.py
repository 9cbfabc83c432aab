"""Other ways to re-anchor the same ranges, beside ours.

    python -m tests.bench.anchoring_peers CASES VERSIONS [--way hypothesis|rapidfuzz|ours] > predictions.jsonl

Reads and prints what `tests.bench.anchoring` does; `ours` is the same as there. CPU time goes to standard error.

`hypothesis` does what the Hypothesis client does with a TextPositionSelector and a TextQuoteSelector of 32 characters on each side: the
old offsets, if the very words stand there; else every exact occurrence; else every place with the fewest errors, up to half the quote's
length or 256. The place that scores best on words, surroundings and position is taken, however low that is. The approximate search is
the true one, Myers' bit-parallel algorithm (1999), with one integer of Python for a column: the places are the client's, checked once
against its own code, but not the time, which is about six times that of its JavaScript.

`rapidfuzz` takes the best partial ratio, from 75 of 100.
"""

import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from reader.anchor.quote import describe, resolve_all
from reader.model import Anchor, Resolution
from tests.bench.anchoring import lines
from tests.bench.options import parser_of

MOST_ERRORS = 256
"""Errors allowed in the longest quotes; shorter ones may have half of their length."""
WORDS, SIDE, POSITION = 50, 20, 2
"""What the quote, each of its sides and its offset count for."""
ENOUGH = 75
"""The partial ratio from which rapidfuzz' best is taken."""

Way = Callable[[Sequence[Anchor], str, str], list[Resolution]]
"""Anchors made on an old text, that text and the new one; where each anchor's words lie in the new one."""


class Place(NamedTuple):
    """A stretch of a text that is some words but for `errors` characters put in, left out or replaced."""

    start: int
    end: int
    errors: int


# -- Hypothesis ------------------------------------------------------------------------------------------------------------------


def hypothesis(anchors: Sequence[Anchor], old: str, new: str) -> list[Resolution]:
    """The old offsets if the words stand there, else the best of the likest places."""
    del old  # it keeps no text
    return [_at_offsets_or_quote(anchor, new) for anchor in anchors]


def _at_offsets_or_quote(anchor: Anchor, text: str) -> Resolution:
    if text[anchor.start : anchor.end] == anchor.exact:
        return Resolution("anchored", anchor.start, anchor.end)
    places = occurrences(text, anchor.exact) or likest(text, anchor.exact, min(MOST_ERRORS, len(anchor.exact) // 2))
    if not places:
        return Resolution("orphan")
    best = max(places, key=lambda place: score(anchor, text, place))
    return resolution(anchor, text, best.start, best.end)


def score(anchor: Anchor, text: str, place: Place) -> float:
    """How good a place is, 0 to 1. A side where nothing was kept counts in full."""
    prefix, suffix = anchor.prefix, anchor.suffix
    before = likeness(text[max(0, place.start - len(prefix)) : place.start], prefix) if prefix else 1.0
    after = likeness(text[place.end : place.end + len(suffix)], suffix) if suffix else 1.0
    near = 1 - abs(place.start - anchor.start) / len(text)
    words = 1 - place.errors / len(anchor.exact)
    return (WORDS * words + SIDE * before + SIDE * after + POSITION * near) / (WORDS + 2 * SIDE + POSITION)


@lru_cache(maxsize=10_000)
def likeness(text: str, words: str) -> float:
    """How much of the words stands in the text, 0 to 1: the share of their characters that are no errors where they fit best."""
    if not text:
        return 0.0
    return 1.0 if words in text else 1 - fewest(text, words, len(words))[0] / len(words)


def occurrences(text: str, words: str) -> list[Place]:
    """Where exactly the words stand, one over the other too."""
    found: list[Place] = []
    at = text.find(words)
    while at >= 0:
        found.append(Place(at, at + len(words), 0))
        at = text.find(words, at + 1)
    return found


def likest(text: str, words: str, most: int) -> list[Place]:
    """The places with the fewest errors, if those are no more than `most`: one for every end, from the first start that it allows.

    Costs one pass over the text, and a pass over as much as the words for every end.
    """
    errors, ends = fewest(text, words, most)
    backwards = words[::-1]
    found: list[Place] = []
    for end in ends:
        part = text[max(0, end - len(words) - errors) : end]
        _, lengths = fewest(part[::-1], backwards, errors)
        found.append(Place(end - max(lengths), end, errors))
    return found


def fewest(text: str, words: str, most: int) -> tuple[int, list[int]]:
    """The fewest errors with which the words end somewhere in the text, and all those ends; none when it takes more than `most`.

    Linear in the text: 0.6 µs for each of its characters to find a word, 1.5 µs for a sentence, 2 µs for 1,000 characters.
    """
    matching: dict[str, int] = {}
    for bit, character in enumerate(words):
        matching[character] = matching.get(character, 0) | 1 << bit
    everything, last = (1 << len(words)) - 1, 1 << len(words) - 1
    # a column of the table of distances: the bits where it grows and where it falls by one, and its last value
    grows, falls, errors = everything, 0, len(words)
    least, ends = most, list[int]()
    for end, character in enumerate(text, 1):
        same = matching.get(character, 0)
        diagonal = (((same & grows) + grows) ^ grows) | same | falls
        up = falls | (everything & ~(diagonal | grows))
        down = grows & diagonal
        if up & last:
            errors += 1
        elif down & last:
            errors -= 1
        up, down, same = up << 1, down << 1, same | falls
        grows, falls = everything & (down | ~(same | up)), up & same
        if errors <= least:
            if errors < least:
                least, ends = errors, []
            ends.append(end)
    return least, ends


# -- the others ------------------------------------------------------------------------------------------------------------------


def rapidfuzz(anchors: Sequence[Anchor], old: str, new: str) -> list[Resolution]:
    """The stretch of the new text that is most like the words, if it is like enough."""
    del old  # it keeps no text
    found = [fuzz.partial_ratio_alignment(anchor.exact, new, score_cutoff=ENOUGH) for anchor in anchors]
    return [
        resolution(anchor, new, best.dest_start, best.dest_end) if best is not None else Resolution("orphan")
        for anchor, best in zip(anchors, found, strict=True)
    ]


def ours(anchors: Sequence[Anchor], old: str, new: str) -> list[Resolution]:
    """As the program does it."""
    return resolve_all(anchors, "b", new, old)


def resolution(anchor: Anchor, text: str, start: int, end: int) -> Resolution:
    """A place that was found, and whether the words are the same there."""
    return Resolution("anchored" if text[start:end] == anchor.exact else "changed", start, end)


WAYS: dict[str, Way] = {"hypothesis": hypothesis, "rapidfuzz": rapidfuzz, "ours": ours}


def main() -> None:
    """Resolve every case in one way and print where it lies."""
    parser = parser_of(__doc__, "cases", "versions")
    parser.add_argument("--way", choices=WAYS, default="hypothesis", help="how to find the words again (default: hypothesis)")
    options = parser.parse_args()
    versions = {row["doc"]: (row["a"], row["b"]) for row in lines(options.versions)}
    by_document: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for case in lines(options.cases):
        by_document[case["doc"]].append(case)
    began = time.process_time()
    for row in resolved(by_document, versions, WAYS[options.way]):
        print(json.dumps(row))
    spent = time.process_time() - began
    print(f"{options.way}: {sum(map(len, by_document.values()))} cases in {spent:.2f} s CPU", file=sys.stderr)


def resolved(by_document: dict[str, list[dict[str, Any]]], versions: dict[str, tuple[str, str]], way: Way) -> Iterator[dict[str, Any]]:
    """The predictions, document by document."""
    for document, cases in by_document.items():
        old, new = versions[document]
        anchors = [describe(old, "a", case["start"], case["end"]) for case in cases]
        for case, found in zip(cases, way(anchors, old, new), strict=True):
            yield {"case": case["case"], "state": found.state, "start": found.start, "end": found.end}


if __name__ == "__main__":
    main()

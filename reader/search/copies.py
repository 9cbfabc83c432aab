"""Which hits say the same: copies of a sentence, and other wordings of it."""

from collections.abc import Sequence

WORDING = 80.0
"""Similarity in percent (rapidfuzz' `ratio`) from which two sentences are wordings of one. Measured on pairs of quotations that differ
between press releases, which lie at 88 in the median."""
FEWEST = 4
"""Words below which a sentence has no other wordings: too much is like it by chance."""


def copied_in(sentences: Sequence[str], folded: str) -> int | None:
    """The number of the first of the folded `sentences` that stands in the folded passage word for word."""
    passage = f" {folded} "
    for number, sentence in enumerate(sentences):
        if sentence in passage and sentence and f" {sentence} " in passage:
            return number
    return None


def wording_of(sentences: Sequence[str], sentence: str) -> int | None:
    """The number of the first of the folded `sentences` that says nearly the same as this one."""
    from rapidfuzz import fuzz

    if sentence.count(" ") + 1 < FEWEST:
        return None
    for number, other in enumerate(sentences):
        if other.count(" ") + 1 >= FEWEST and fuzz.ratio(sentence, other, score_cutoff=WORDING):
            return number
    return None

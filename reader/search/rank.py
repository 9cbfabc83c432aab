"""From candidates to ranked matches, with a score that a person can follow.

    score = 100 * (.55 * coverage + .45 * wording), for one or two words (.85 and .15)

coverage  share of the query's idf that the passage covers, a stand-in counting with its weight
wording   rapidfuzz' `partial_ratio` of the folded query and the folded passage: the same words in the same order, nothing between

A passage shorter than the query is held to its length: "at" inside "cat food" is no find. Weights from a comparison on a million
passages and 1,000 damaged quotes; `WRatio` ranked 2 of 100 right there and is never used.
"""

from collections.abc import Container, Sequence

from reader.model import Match, Passage
from reader.ports import Postings
from reader.search.candidates import candidates
from reader.search.plan import UNTELLING, Plan, plan

MOST_CANDIDATES = 400
MOST_COMPARED = 100
WEAK = 62.0
"""A best hit below this score is called weak."""


def search(
    query: str, postings: Postings, limit: int = 10, *, unfinished: bool = False, within: Container[str] | None = None
) -> list[Match]:
    """The best passages for `query`, best first, at most `limit`; only of the documents `within`. Empty when nothing is like it.

    `unfinished`: the last word may go on, as while somebody types.
    """
    wanted = plan(query, postings, unfinished=unfinished)
    if not any(word.forms for word in wanted.words):
        return []
    most = MOST_CANDIDATES if within is None else 5 * MOST_CANDIDATES  # so many may fall outside
    found = postings.passages(candidates(wanted, postings, most))
    if within is not None:
        found = [passage for passage in found if passage.document in within]
    covered = sorted(((_coverage(wanted, passage), passage) for passage in found), key=lambda pair: (-pair[0], pair[1].id))
    scored = [(_score(wanted, passage, coverage), passage) for coverage, passage in covered[: max(MOST_COMPARED, limit)]]
    scored.sort(key=lambda pair: (-pair[0], pair[1].id))
    return [_match(wanted, passage, score) for score, passage in scored[:limit]]


def _stands_for(wanted: Plan, held: set[str]) -> dict[str, tuple[str, float]]:
    """Which word of the passage stands for which query word, and its weight; each stands for one only, the best first."""
    taken = {word.term for word in wanted.words if word.term in held}
    found = {term: (term, 1.0) for term in taken}
    for word in wanted.words:
        if word.term not in found and word.forms:
            form, weight = max(
                ((f, w) for f, w in word.forms.items() if f in held and f not in taken), key=lambda p: p[1], default=("", 0.0)
            )
            if weight:
                taken.add(form)
                found[word.term] = (form, weight)
    return found


def _coverage(wanted: Plan, passage: Passage) -> float:
    found = _stands_for(wanted, set(passage.folded.split()))
    return sum(word.idf * found[word.term][1] for word in wanted.words if word.term in found) / (wanted.weight or 1.0)


def _score(wanted: Plan, passage: Passage, coverage: float) -> float:
    from rapidfuzz import fuzz

    share = 0.15 if len(wanted.words) <= 2 else 0.45
    shorter = min(1.0, len(passage.folded) / max(1, len(wanted.folded)))
    wording = fuzz.partial_ratio(wanted.folded, passage.folded) / 100 * shorter
    return 100 * ((1 - share) * coverage * (0.5 + 0.5 * shorter) + share * wording)


def _match(wanted: Plan, passage: Passage, score: float) -> Match:
    found = _stands_for(wanted, set(passage.folded.split()))
    literal = [term for term, (form, _) in found.items() if form == term]
    changed = [form for term, (form, _) in found.items() if form != term]
    score = round(min(score, 100.0), 1)
    often = max(5, UNTELLING * wanted.passages)
    common = frozenset(word.term for word in wanted.words if len(word.term) < 3 or wanted.frequencies.get(word.term, 0) > often)
    return Match(passage, score, frozenset([*literal, *changed]), _why(wanted, passage, literal, changed), score < WEAK, common)


def _why(wanted: Plan, passage: Passage, literal: Sequence[str], changed: Sequence[str]) -> str:
    """Such as: the exact words; all 7 words; 6 of 7 words, 1 changed."""
    count = len(wanted.words)
    if f" {wanted.folded} " in f" {passage.folded} ":
        return "the exact words" if count > 1 else "the exact word"
    said = (
        f"{len(literal) + len(changed)} of {count} words"
        if len(literal) + len(changed) < count
        else f"all {count} words"
        if count > 1
        else "1 word"
    )
    return f"{said}, {len(changed)} changed" if changed else said

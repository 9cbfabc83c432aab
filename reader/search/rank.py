"""From a query to ranked matches: plan, candidates, and the best reading of the query off each candidate.

    worth  = sum over the words read off the passage of what each form is worth (`plan`), and `Plan.missing` for every one of them
             - what skips and jumps between them cost (`align`) - `Plan.missing` for every word of the query
    score  = 100 * (worth + Plan.missing for every word + the choice of where to begin) / the same for the query word for word

so a passage with the very words has 100, whatever its length; of several with the same words the shorter one comes first. Of two words
alone, a passage that holds both as typed comes before all others.

What is left out can only matter in a close race: readings are worked out for the candidates that are worth most by their words, a batch
at a time, and for further batches only while one comes near the best. When even the best is poor, many more candidates
are looked through for neighbouring words of the query.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from reader.model import Match, Passage
from reader.ports import Postings
from reader.search.align import Aligner, Reading
from reader.search.candidates import Bounds, Candidates, candidates
from reader.search.plan import Plan, plan
from reader.search.why import is_weak, why

MOST_READ = 200
"""Candidates that are read at most in a close race."""
SKIMMED, MOST_SKIMMED = 0.001, 3000
"""Share of all passages that are looked through for neighbouring words when the best reading is poor, three times as many when it is
worth nothing; and how many at most."""
HURRIED = 3
"""So many times fewer are looked through while somebody types: most of what stands there then is only half of what is meant."""
BATCH = 24
CLOSE = 2.0
"""Nats within which two readings are rivals; a reading over two paragraphs must beat both of them by so much."""
RIVALS = 4
"""Readings close to the best, itself included, in the first batch, from which on it is a close race."""
FAIR = 0.55
"""Share of the query's worth up to which the best reading leaves room for a better one further down: all of the first are read."""
POOR = 0.4
"""Share of the query's worth below which the best reading is poor. All passages missed by the first 200 candidates lay below .35."""

Read = tuple[Reading, Passage]


@dataclass(frozen=True, slots=True)
class Ranked:
    """What a search found, best first: readings of passages, and the ids of further candidates that were not read."""

    plan: Plan
    read: Sequence[Read]
    unread: Sequence[int]

    def match(self, number: int, ceiling: float = 100.0) -> Match:
        """One of those read, with its score, its matched words and why it was found.

        No score rises above the `ceiling`, the score of the one before: of two readings of like worth the second may be the longer one.
        """
        reading, passage = self.read[number]
        telling = frozenset(place for i, place in reading.places if self.plan.words[self.plan.order[i]].worth >= 1.0)
        score = min(ceiling, _score(self.plan, reading, passage))
        places = tuple(sorted(place for _, place in reading.places))
        tokens = passage.folded.split()
        return Match(passage, score, places, telling, why(self.plan, reading, tokens), is_weak(self.plan, reading, tokens))


def search(query: str, postings: Postings, limit: int = 10, **options: Any) -> list[Match]:
    """The matches for `query`, at most `limit`; options as for `rank`."""
    ranked = rank(query, postings, limit, **options)
    matches: list[Match] = []
    for number in range(min(limit, len(ranked.read))):
        matches.append(ranked.match(number, matches[-1].score if matches else 100.0))
    return matches


def rank(
    query: str,
    postings: Postings,
    limit: int = 10,
    *,
    unfinished: bool = False,
    hurried: bool = False,
    bounds: Bounds | None = None,
    exact: Sequence[str] = (),
) -> Ranked:
    """Rank the passages for `query`; at least the best `limit` are read. Empty when nothing is like it.

    `unfinished`: the last word may go on. `hurried`: the next key comes soon, so look through fewer candidates when nothing is good.
    `exact`: folded words that must stand in the passage as they are.
    """
    wanted = plan(query, postings, unfinished=unfinished)
    if not any(word.forms for word in wanted.words):
        return Ranked(wanted, (), ())
    most = min(MOST_SKIMMED, max(MOST_READ, limit, int(3 * SKIMMED * wanted.passages))) // (HURRIED if hurried else 1)
    found = candidates(wanted, postings, most, bounds or Bounds())
    read = _readings(wanted, found, postings, limit, exact)
    if len(wanted.words) <= 2:
        read.sort(key=lambda pair: not _as_typed(wanted, pair[1]))
    known = {passage.id for _, passage in read}
    return Ranked(wanted, read, [number for number in found.alone if number not in known] if not exact else ())


def _readings(wanted: Plan, found: Candidates, postings: Postings, limit: int, exact: Sequence[str]) -> list[Read]:
    """The readings of the candidates that may be among the best, best first."""
    aligner = Aligner(wanted)

    def read(ids: Sequence[int]) -> list[Read]:
        passages = [passage for passage in postings.passages(ids) if _holds(passage, exact)]
        return [(aligner.read(passage.folded), passage) for passage in passages]

    best: list[Read] = []
    most = min(len(found.alone), max(MOST_READ, limit))
    done = 0
    while done < most:
        more = read(found.alone[done : done + BATCH])
        done += BATCH
        best = _sorted(best + more)
        near = best[0][0].worth - CLOSE if best else 0.0
        rivals = sum([reading.worth > near for reading, _ in more])
        settled = len(wanted.order) < 3 or (best and best[0][0].worth > FAIR * wanted.worth)
        if len(best) >= limit and settled and rivals < (RIVALS if done == BATCH else 1):
            break
    top = best[0][0].worth if best else 0.0
    if done < len(found.alone) and len(wanted.order) > 2 and top < POOR * wanted.worth:
        skimmed = found.alone[done : len(found.alone) if top <= 0 else len(found.alone) // 3]
        best = _sorted(best + read(_with_neighbours(wanted, skimmed, postings)))
    return _sorted(best + _over_two(found.pairs, aligner, postings, exact)) if found.pairs else best


def _sorted(read: list[Read]) -> list[Read]:
    return sorted(read, key=lambda pair: (-pair[0].worth, pair[1].id))


def _holds(passage: Passage, exact: Sequence[str]) -> bool:
    return not exact or all(f" {words} " in f" {passage.folded} " for words in exact)


def _as_typed(wanted: Plan, passage: Passage) -> bool:
    return {word.term for word in wanted.words} <= set(passage.folded.split())


def _with_neighbours(wanted: Plan, ids: Sequence[int], postings: Postings) -> list[int]:
    """Of many candidates those that hold most neighbouring words of the query side by side."""
    terms = wanted.folded.split()
    pairs = [f" {a} {b} " for a, b in pairwise(terms)]
    counted = []
    known = postings.folded(ids)
    for place, number in enumerate(ids):
        folded = f" {known.get(number, '')} "
        count = sum([pair in folded for pair in pairs])  # a list: twice as fast here as a generator
        if count:
            counted.append((-count, place, number))
    return [number for _, _, number in sorted(counted)[: 2 * BATCH]]


def _over_two(pairs: Sequence[int], aligner: Aligner, postings: Postings, exact: Sequence[str]) -> list[Read]:
    """Readings that run over the end of a paragraph, where they are worth clearly more than either side alone."""
    known = {passage.id: passage for passage in postings.passages({number for first in pairs for number in (first, first + 1)})}
    found = []
    for first in pairs:
        one, other = known.get(first), known.get(first + 1)
        if one and other and one.document == other.document:
            both = replace(one, end=other.end, folded=f"{one.folded} {other.folded}")
            reading = aligner.read(both.folded)
            if reading.worth > max(aligner.read(one.folded).worth, aligner.read(other.folded).worth) + CLOSE and _holds(both, exact):
                found.append((reading, both))
    return found


def _score(wanted: Plan, reading: Reading, passage: Passage) -> float:
    lost = wanted.missing * len(wanted.order)
    whole = sum(max(wanted.words[n].ideal, wanted.words[n].worth) for n in wanted.order) + lost
    begin = math.log(passage.folded.count(" ") + 2)
    return round(max(0.0, min(100.0, 100 * (reading.worth + lost + begin) / whole)), 1) if whole else 0.0

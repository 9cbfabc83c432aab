"""From a plan to the few passages worth reading: postings of telling words first, within a budget of rows.

A search never reads the whole library: the words are taken rarest first until the budget is spent, and what is too common for it is
only asked for in threes.
"""

from collections import defaultdict
from itertools import combinations

from reader.ports import Postings
from reader.search.plan import Plan, QueryWord

LITERAL_ROWS = 8000
"""Rows read for words as typed."""
FORM_ROWS = 4000
"""Rows read for their stand-ins."""
TRIPLE_ROWS = 600
"""Rows read for each three common words that stand together; without them recall@1 fell by six points at a million passages."""


def candidates(plan: Plan, postings: Postings, most: int) -> list[int]:
    """Ids of the most promising passages, best first: the sum over query words of idf times the best weight of a form it holds."""
    sums: defaultdict[int, float] = defaultdict(float)
    skipped = _read_literal(plan, postings, sums)
    _read_forms(plan, postings, sums)
    _read_triples(skipped, postings, sums)
    best = sorted(sums.items(), key=lambda item: (-item[1], item[0]))
    return [passage for passage, _ in best[: most if skipped else most // 2]]


def _read_literal(plan: Plan, postings: Postings, sums: "defaultdict[int, float]") -> list[QueryWord]:
    """Read the words as typed, rarest first; returns those that did not fit."""
    left = LITERAL_ROWS
    skipped = []
    for word in sorted(plan.words, key=lambda word: plan.frequencies.get(word.term, 0)):
        frequency = plan.frequencies.get(word.term, 0)
        if not frequency:
            continue
        if frequency > left:
            skipped.append(word)
            continue
        for passage in postings.holding([word.term], frequency):
            sums[passage] += word.idf
        left -= frequency
    return skipped


def _read_forms(plan: Plan, postings: Postings, sums: "defaultdict[int, float]") -> None:
    left = FORM_ROWS
    wanted = [
        (plan.frequencies[form], form, word, weight) for word in plan.words for form, weight in word.forms.items() if form != word.term
    ]
    best: defaultdict[int, dict[str, float]] = defaultdict(dict)
    for frequency, form, word, weight in sorted(wanted, key=lambda item: (item[0], item[1])):
        if frequency > left:
            break
        left -= frequency
        for passage in postings.holding([form], frequency):
            best[passage][word.term] = max(best[passage].get(word.term, 0.0), word.idf * weight)
    for passage, words in best.items():
        sums[passage] += sum(words.values())


def _read_triples(skipped: list[QueryWord], postings: Postings, sums: "defaultdict[int, float]") -> None:
    rarest = skipped[:6]
    if not rarest:
        return
    groups = list(combinations(rarest, 3))[:6] if len(rarest) >= 3 else [tuple(rarest)]
    for group in groups:
        weight = sum(word.idf for word in group)
        for passage in postings.holding([word.term for word in group], TRIPLE_ROWS):
            sums[passage] = max(sums[passage], weight) if passage not in sums else sums[passage] + weight / len(group)

"""How the words of a query lie in a passage: the best way to read the query off it, and what that reading is worth.

The reading goes through the query word by word. A word may be found in the passage (it is worth what the plan says) or be missing.
Going from one found word to the next costs nothing when it is the next one in the passage, little when words are skipped, and as much
as picking any word of the passage when it lies elsewhere: the model of hidden Markov word alignment (Vogel, Ney and Tillmann 1996).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from reader.search.plan import Plan

SKIP = 1.0
"""Nats lost for each word of the passage between two that follow each other in the query, or for each word taken out of turn."""
TELLING = 2.0
"""Worth from which a word is looked for everywhere in a passage, and not only where the others say that it should be."""
MOST_STATES = 120
"""Pairs looked at in one passage, the most telling first: the work grows with their square, and "the the the" has thousands."""
_OFFS = (-2, -1, 0, 1, 2)


@dataclass(frozen=True, slots=True)
class Reading:
    """The best reading: `worth` in nats, and which words of the passage were taken, as pairs of word number in the query and place."""

    worth: float
    places: tuple[tuple[int, int], ...]


class Aligner:
    """A plan made ready for many passages."""

    def __init__(self, plan: Plan) -> None:
        self._nothing = -plan.missing * len(plan.order)
        self._uses: dict[str, list[tuple[int, float, bool]]] = {}
        for i, number in enumerate(plan.order):
            for form, worth in plan.words[number].forms.items():
                self._uses.setdefault(form, []).append((i, worth + plan.missing, worth >= TELLING))

    def read(self, folded: str) -> Reading:
        """The best reading of the query in a passage."""
        tokens = folded.split()
        jump = math.log(len(tokens) + 1)
        states = self._states(tokens)
        best: list[float] = []
        back: list[int] = []
        for k, (i, at, worth) in enumerate(states):
            top, source = -jump, -1
            for j in range(k):
                before, place, _ = states[j]
                if before < i and place != at:
                    off = at - place - i + before
                    cost = SKIP * abs(off) if place < at else jump
                    total = best[j] - (min(jump, cost))
                    if total > top:
                        top, source = total, j
            best.append(top + worth)
            back.append(source)
        if not best:
            return Reading(self._nothing, ())
        k = max(range(len(best)), key=best.__getitem__)
        value = best[k]
        places = []
        while k >= 0:
            places.append((states[k][0], states[k][1]))
            k = back[k]
        return Reading(value + self._nothing, tuple(reversed(places)))

    def _states(self, tokens: Sequence[str]) -> list[tuple[int, int, float]]:
        """Pairs of a place in the query and a place in the passage that may belong together, in the order of the query, and their worth."""
        found = [(at, uses) for at, uses in enumerate(map(self._uses.get, tokens)) if uses]
        states = [(i, at, worth) for at, uses in found for i, worth, telling in uses if telling]
        common = [(i, at, worth) for at, uses in found for i, worth, telling in uses if not telling]
        if states and common:
            expected = {at - i + off for i, at, _ in states for off in _OFFS}
            states += [state for state in common if state[1] - state[0] in expected]
        elif common:
            states = common
        if len(states) > MOST_STATES:
            states = sorted(states, key=lambda state: -state[2])[:MOST_STATES]
        states.sort()
        return states

"""From what was typed to what is looked for: folded words, their weights, and the words that may stand for them.

A query word may be misspelt, in another form, or unfinished, so each one gets stand-ins from the vocabulary:

    itself                                     weight 1
    the rest of an unfinished last word        .9
    another form of it (same crude stem)       .85
    one letter off                             .8
    two letters off (unknown long words only)  .6

Words that stand in many passages get no stand-ins: they are rarely what a quote is remembered by, and their neighbours are everywhere.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from reader.ports import Postings
from reader.text import terms

COMMON = 0.02
"""Share of passages above which a word counts as common."""
UNTELLING = 0.05
"""Share of passages above which one word alone says nothing: it is marked in a hit only beside another."""
MOST_FORMS = 24
"""Stand-ins kept for one word."""
_ENDINGS = (
    *("izations", "ization", "izing", "ized", "izes", "ize", "ations", "ation", "ingly", "ments", "ment", "ings", "ness", "ing"),
    *("ies", "ied", "ely", "est", "ers", "ed", "es", "ly", "er", "s", "e", "y"),
)


@dataclass(frozen=True, slots=True)
class QueryWord:
    """One word of a query: `forms` maps every term that may stand for it to a weight, itself included; `idf` says how telling it is."""

    term: str
    idf: float
    forms: Mapping[str, float]
    common: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """What to look for. `folded` is the query's words joined by spaces, for comparing wordings."""

    words: tuple[QueryWord, ...]
    frequencies: Mapping[str, int]
    folded: str
    passages: int

    @property
    def weight(self) -> float:
        """The idf of all words together."""
        return sum(word.idf for word in self.words)


def plan(query: str, postings: Postings, *, unfinished: bool = False) -> Plan:
    """Work out what to look for. `unfinished`: the last word may go on, as while somebody types. Empty when the query has no words."""
    typed = terms(query)
    unique = list(dict.fromkeys(typed))
    passages = max(1, postings.count())
    frequencies = dict(postings.frequencies(unique))
    last = unique.index(typed[-1]) if unfinished and typed and not query[-1:].isspace() else -1
    words = []
    for number, term in enumerate(unique):
        known = frequencies.get(term, 0)
        common = known > max(50, COMMON * passages)
        forms: dict[str, float] = {term: 1.0} if known else {}
        if number == last:
            _add(forms, frequencies, {t: (0.9, n) for t, n in postings.starting(term, MOST_FORMS).items()})
        if not common and not (number == last and len(term) < 3):
            _add(forms, frequencies, _stand_ins(term, known, postings))
        rarest = known or min((frequencies[form] for form in forms), default=0)
        words.append(QueryWord(term, math.log(1 + passages / max(1, rarest)), forms, common))
    return Plan(tuple(words), frequencies, " ".join(typed), passages)


def _add(forms: dict[str, float], frequencies: dict[str, int], found: Mapping[str, tuple[float, int]]) -> None:
    best = sorted(found.items(), key=lambda item: (-item[1][0], item[1][1]))
    for term, (weight, passages) in best[:MOST_FORMS]:
        forms[term] = max(weight, forms.get(term, 0))
        frequencies[term] = passages


def _stand_ins(term: str, known: int, postings: Postings) -> dict[str, tuple[float, int]]:
    from rapidfuzz.distance import OSA  # 26 ms; only a search needs it

    found: dict[str, tuple[float, int]] = {}
    if len(term) > 2 and not term.isdigit():
        furthest = 2 if not known and len(term) >= 7 else 1
        for other, passages in postings.neighbours(term).items():
            distance = OSA.distance(term, other, score_cutoff=furthest)
            if 0 < distance <= furthest:
                found[other] = (0.8 if distance == 1 else 0.6, passages)
    root = stem(term)
    if len(root) >= 4:
        for other, passages in postings.starting(root, 60).items():
            if other != term and stem(other) == root:
                found[other] = (max(0.85, found.get(other, (0.0, 0))[0]), passages)
    return found


def stem(term: str) -> str:
    """A crude English stem: one ending taken off a word that keeps four letters, a doubled consonant made single.

    "raised", "raises" and "raising" all give "rais". Cruder than Porter's, and never shown to anybody.
    """
    for ending in _ENDINGS:
        if term.endswith(ending) and len(term) - len(ending) >= 4:
            term = term[: -len(ending)]
            break
    if len(term) > 4 and term[-1] == term[-2] and term[-1] not in "aeiousl":
        term = term[:-1]
    return term[:-1] if len(term) > 4 and term[-1] in "ei" else term

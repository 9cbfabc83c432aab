"""From what was typed to what is looked for: every word with the forms that may stand for it, and what finding each of them is worth.

Somebody who has a passage in mind types its words, but now and then misspells one, takes another form of it, or another word. So the
word typed is a clue to several words of the text, and how good a clue is counted in nats, as in the noisy channel of spelling
correction (Kernighan, Church and Gale 1990; Brill and Moore 2000):

    worth(form) = log( P(typed | form) / P(typed) ),   P(typed) = sum over all forms g of P(typed | g) * P(g), and a little for others

`P(g)` is the share of passages that hold g. A rare word found as typed is worth much (log of one in ten thousand: 9), a common one
little; a rare form of a word that was most likely meant as a common one is worth nothing.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from reader.ports import Postings
from reader.search.forms import Form, forms_of, has_forms, joined
from reader.text import terms

STRAY = 0.05
"""Chance that a word typed is not in the passage at all, in whatever form: another word, or one too many."""
KEPT = 0.8
"""Chance that a word is typed as it stands."""
BEGINS = 3
"""Letters from which an unfinished word is completed; the first word from its first letter."""
LEAST = -2.0
"""Nats below which a form is not even recognised between its neighbours."""
MISSING = 4.0
MISSING_OF_TWO = 5.0
LONGEST = 5000
"""Code points of a query that are looked at: a page may be pasted."""
MOST_WORDS = 32
"""Telling words of a query that are looked up; a whole paragraph may be pasted, and the rest tells nothing new."""


@dataclass(frozen=True, slots=True)
class QueryWord:
    """One word of a query. `forms` maps every term that may stand for it to its worth; `kinds` says what sort of form it is.

    `worth` is the most that finding the word can be worth, `ideal` what it would be worth as typed, were it there.
    """

    term: str
    frequency: int
    forms: Mapping[str, float]
    kinds: Mapping[str, str]
    worth: float
    ideal: float


@dataclass(frozen=True, slots=True)
class Plan:
    """What to look for. `words` are unique; `order` is the query as numbers of words, `folded` its words joined by spaces.

    `passages` is the size of the library, `worth` what a passage with every word is worth.
    """

    words: tuple[QueryWord, ...]
    order: tuple[int, ...]
    folded: str
    passages: int
    worth: float

    @property
    def missing(self) -> float:
        """Nats lost for a word that is not there. Two words are both remembered; in a long quotation one or the other is wrong."""
        return MISSING if len(self.order) > 2 else MISSING_OF_TWO


def plan(query: str, postings: Postings, *, unfinished: bool = False) -> Plan:
    """Work out what to look for. `unfinished`: the last word may go on, as while somebody types. Empty when the query has no words."""
    typed = terms(query[:LONGEST])
    unique = list(dict.fromkeys(typed))
    passages = max(1, postings.count())
    known = postings.frequencies(unique)
    last = typed[-1] if unfinished and typed and not query[-1:].isspace() else None
    if last is not None and len(last) < BEGINS and len(unique) > 1:
        last = None  # one or two letters of the next word say nothing yet beside others, and their completions are everywhere
    pairs = joined(typed, postings)
    changeable = {term for term in unique if has_forms(term, known.get(term, 0), passages)}
    alike = postings.neighbours(changeable)
    words = []
    for term in unique:
        frequency = known.get(term, 0)
        forms = {term: Form("typed", KEPT, frequency)} if frequency else {}
        near = alike.get(term, {}) if term in changeable else None
        others = forms_of(term, frequency, near, postings, unfinished=term == last)
        for other, form in {**others, **pairs.get(term, {})}.items():
            if other not in forms or form.chance > forms[other].chance:
                forms[other] = form
        words.append(_word(term, frequency, forms, passages))
    if len(typed) > MOST_WORDS:
        telling = {word.term for word in sorted(words, key=lambda word: -word.worth)[:MOST_WORDS]}
        words = [word for word in words if word.term in telling]
        typed = [term for term in unique if term in telling]
    number = {word.term: i for i, word in enumerate(words)}
    return Plan(tuple(words), tuple(number[term] for term in typed), " ".join(typed), passages, sum(word.worth for word in words))


def _word(term: str, frequency: int, forms: Mapping[str, Form], passages: int) -> QueryWord:
    """Weigh the forms of a word against each other and against a word that has nothing to do with any of them."""
    chance = sum(form.chance * form.frequency for form in forms.values()) / passages + STRAY * (frequency + 0.5) / passages
    worth = {other: math.log(form.chance / chance) for other, form in forms.items()}
    worth = {other: nats for other, nats in worth.items() if nats >= LEAST}
    ideal = min(math.log(1 + passages), math.log(KEPT / chance))
    return QueryWord(term, frequency, worth, {other: forms[other].kind for other in worth}, max([0.0, *worth.values()]), max(0.0, ideal))

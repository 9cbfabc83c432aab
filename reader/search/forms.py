"""The forms of a word that may be meant when it is typed, each with the chance that somebody who means the form types the word.

The chances are rough on purpose: orders of magnitude that hold for anybody's typing. An omitted, doubled or exchanged letter is one of
a dozen that can happen to a word; a wrong letter is one of several hundred.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from reader.ports import Postings

INFLECTED = 0.04
RELATED = 0.004
"""Another word of the same root: "rapid" for "rapidly"."""
COMPOUND = 0.01
"""A longer word that begins with it: "Dampfschiff" for "Dampfschifffahrt"."""
MOST_RELATED = 60
SLIP = 0.01
"""A letter left out, doubled, or exchanged with its neighbour."""
WRONG_LETTER = 0.002
TWO_LETTERS = 0.0002
UNFINISHED = 0.5
JOINED = 0.05
"""Two words typed for one, or one for two."""
MOST_FORMS = 16
"""Forms kept for one word."""
MOST_COMPLETIONS = 48
COMMON = 0.05
"""Share of passages above which a word gets no spelling neighbours: they are everywhere, and it is nearly always meant as typed."""
_INFLECTIONS = ("ings", "ing", "ies", "ied", "ed", "es", "s", "e", "y")
_DERIVATIONS = ("ization", "ation", "ingly", "ment", "ness", "iz", "est", "er", "ly", "el", "il")


@dataclass(frozen=True, slots=True)
class Form:
    """A term of the library that may be meant, the chance of typing the word for it, and its frequency.

    `kind` is typed (the word itself), begun (it is still being typed), spelt (letters differ), form (the same root), longer (a compound)
    or joined (two words for one).
    """

    kind: str
    chance: float
    frequency: int


def has_forms(term: str, known: int, passages: int) -> bool:
    """Whether a word that stands in `known` of so many `passages` may be misspelt or inflected."""
    return known <= max(50, COMMON * passages) and len(term) > 2 and not term.isdigit()


def forms_of(term: str, known: int, alike: Mapping[str, int] | None, postings: Postings, *, unfinished: bool) -> dict[str, Form]:
    """The forms of a word that stands in `known` passages, the likeliest first, without the word itself.

    `alike`: its spelling neighbours (`ports.Postings.neighbours`); None for a word that is meant as it is typed (`has_forms`).
    """
    found: dict[str, Form] = {}
    if unfinished:
        for other, frequency in postings.starting(term, MOST_COMPLETIONS).items():
            if other != term:
                found[other] = Form("begun", UNFINISHED, frequency)
    if alike is not None:
        for other, form in (*_misspelt(term, known, alike).items(), *_inflected(term, postings).items()):
            if other not in found or form.chance > found[other].chance:
                found[other] = form
    best = sorted(found.items(), key=lambda item: (-item[1].chance * item[1].frequency, item[0]))
    return dict(best[: MOST_COMPLETIONS if unfinished else MOST_FORMS])


def _misspelt(term: str, known: int, alike: Mapping[str, int]) -> dict[str, Form]:
    from rapidfuzz.distance import OSA  # 26 ms; only a search needs it

    found = {}
    furthest = 2 if not known and len(term) >= 6 else 1
    for other, frequency in alike.items():
        distance = OSA.distance(term, other, score_cutoff=furthest)
        if 0 < distance <= furthest:
            chance = TWO_LETTERS if distance == 2 else SLIP if _slipped(term, other) else WRONG_LETTER
            found[other] = Form("spelt", chance, frequency)
    return found


def _slipped(typed: str, meant: str) -> bool:
    """Whether one letter was left out, doubled or exchanged with its neighbour."""
    if len(typed) < len(meant):
        return True
    if len(typed) == len(meant):
        return sorted(typed) == sorted(meant)
    return any(typed[i] == typed[i + 1] and typed[:i] + typed[i + 1 :] == meant for i in range(len(typed) - 1))


def _inflected(term: str, postings: Postings) -> dict[str, Form]:
    bare = uninflected(term)
    root = stem(bare)
    if len(root) < 3:
        return {}
    found = {}
    for other, frequency in postings.starting(root, MOST_RELATED).items():
        if other != term:
            plain = uninflected(other)
            if plain != bare and len(term) > 4 and other.startswith(term):
                found[other] = Form("longer", COMPOUND, frequency)
            elif plain == bare:
                found[other] = Form("form", INFLECTED, frequency)
            elif stem(plain) == root:
                found[other] = Form("form", RELATED, frequency)
    return found


def joined(typed: Sequence[str], postings: Postings) -> dict[str, dict[str, Form]]:
    """For neighbouring words of a query that the library also has as one ("good bye"): the one word as a form of both."""
    pairs = {a + b: (a, b) for a, b in pairwise(typed) if len(a) + len(b) <= 24}
    found: dict[str, dict[str, Form]] = {}
    for whole, frequency in postings.frequencies(pairs).items():
        for part in pairs[whole]:
            found.setdefault(part, {})[whole] = Form("joined", JOINED, frequency)
    return found


@lru_cache(maxsize=8192)
def uninflected(term: str) -> str:
    """A word without its plural, past, or -ing: "raised", "raises" and "raising" all give "rais", "ferries" and "ferry" "ferr".

    Crude, and never shown to anybody: words need only meet.
    """
    for ending in _INFLECTIONS:
        if term.endswith(ending) and len(term) - len(ending) >= 3:
            term = term[: -len(ending)]
            break
    return _single(term[:-1] if len(term) > 3 and term[-1] in "eiy" else term)


@lru_cache(maxsize=8192)
def stem(bare: str) -> str:
    """An uninflected word without its derivation as well: "organiz" and "organization" give "organ". Shorter than Porter's."""
    for ending in _DERIVATIONS:
        if bare.endswith(ending) and len(bare) - len(ending) >= 4:
            bare = bare[: -len(ending)]
            break
    return _single(bare[:-1] if len(bare) > 4 and bare[-1] in "eiy" else bare)


def _single(term: str) -> str:
    """A doubled consonant at the end made single, as in "stopped"."""
    return term[:-1] if len(term) > 3 and term[-1] == term[-2] and term[-1] not in "aeious" else term

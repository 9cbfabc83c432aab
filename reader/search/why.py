"""Why a passage was found, in words."""

from collections.abc import Sequence

from reader.search.align import Reading
from reader.search.plan import Plan

HALF = 0.5
"""Share of what the query says below which a match is called weak."""
NEAR = 12
"""Words between two that are still called near."""


def why(wanted: Plan, reading: Reading, tokens: Sequence[str]) -> str:
    """Such as: the exact words; all 7 words; 6 of 7 words, 1 changed; all 2 words, near: 3 words apart; sounds like: hobgoblin."""
    count = len(wanted.words)
    if f" {wanted.folded} " in f" {' '.join(tokens)} ":
        return "the exact words" if count > 1 else "the exact word"
    found = _found(wanted, reading, tokens)
    said = f"{len(found)} of {count} words" if len(found) < count else f"all {count} words" if count > 1 else "1 word"
    changed = [form for number, form in found.items() if form != wanted.words[number].term and _kind(wanted, number, form) != "begun"]
    if changed:
        said += f", {len(changed)} changed"
    spelt = [form for number, form in found.items() if _kind(wanted, number, form) == "spelt"]
    if spelt:
        said += f", sounds like: {' '.join(spelt[:3])}"
    if count == len(found) == 2:
        first, last = sorted(place for _, place in reading.places)[:: max(1, len(reading.places) - 1)][:2]
        apart = last - first - 1
        if 0 <= apart <= NEAR:
            said += f", near: {apart} word{'s' if apart != 1 else ''} apart" if apart else ", side by side"
    return said


def is_weak(wanted: Plan, reading: Reading, tokens: Sequence[str]) -> bool:
    """Whether what was found says less than half of what was asked for; a word that stands nowhere in the library says the most."""
    asked = sum(word.ideal for word in wanted.words)
    found = sum(wanted.words[number].forms[form] for number, form in _found(wanted, reading, tokens).items())
    return found < HALF * asked


def _found(wanted: Plan, reading: Reading, tokens: Sequence[str]) -> dict[int, str]:
    """The form of every query word that was found."""
    return {wanted.order[i]: tokens[place] for i, place in reading.places}


def _kind(wanted: Plan, number: int, form: str) -> str:
    return wanted.words[number].kinds.get(form, "")

"""How alike two texts are: enough to tell an edited article from another one."""

from reader.text import terms

SHINGLE = 4
"""Words in a row that are compared."""


def likeness(one: str, other: str) -> float:
    """The share of the shorter text's runs of four words that stand in the other one too: 1.0 for a text and itself with more around it.

    Texts shorter than that are alike when they are the same words. Broder's containment (1997), on words.
    """
    first, second = _shingles(one), _shingles(other)
    return len(first & second) / (min(len(first), len(second)) or 1)


def _shingles(text: str) -> set[tuple[str, ...]]:
    found = terms(text)
    return {tuple(found[i : i + SHINGLE]) for i in range(max(1, len(found) - SHINGLE + 1))}

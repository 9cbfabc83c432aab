"""What to offer when words of a query stand nowhere: the words of the library nearest to them."""

from reader.ports import Postings
from reader.text import terms

MOST = 6
_LOOKED_AT = 400


def nearest(query: str, postings: Postings) -> list[str]:
    """Words of the library that look most like the query's unknown ones, at most `MOST`."""
    from rapidfuzz.distance import OSA

    asked = list(dict.fromkeys(term for term in terms(query) if len(term) > 2))
    known = postings.frequencies(asked)
    neighbours = postings.neighbours(asked)
    found: list[tuple[float, int, str]] = []
    for term in asked:
        if term in known:
            continue
        alike = {**postings.starting(term[:2], _LOOKED_AT), **neighbours.get(term, {})}
        for other, frequency in alike.items():
            likeness = OSA.normalized_similarity(term, other)
            if likeness >= 0.5:
                found.append((-likeness, -frequency, other))
    return list(dict.fromkeys(other for _, _, other in sorted(found)))[:MOST]

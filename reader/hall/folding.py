"""Quotations that say the same: copies folded into one, nearly the same ones told of as wordings."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from reader.model import Place, Quotation
from reader.search.copies import wording_of
from reader.text import terms

FEWEST = 4
"""Words below which two quotations of unknown speakers are not taken for one."""
RAREST = 6
"""Words of a quotation, the rarest of what is listed, one of which another wording must have."""
MOST = 40
"""Quotations with such a word that are compared, the nearest in the list."""


def folded(found: Sequence[Quotation]) -> list[Quotation]:
    """The same words of the same speaker in several documents are one quotation; other wordings know the first."""
    first: dict[tuple[str | None, str], int] = {}
    kept: list[Quotation] = []
    words: list[str] = []
    copies: defaultdict[int, dict[str, Place]] = defaultdict(dict)
    for quotation in found:
        said = " ".join(terms(quotation.text))
        known = first.get((quotation.quote.speaker, said)) if quotation.quote.speaker or said.count(" ") + 1 >= FEWEST else None
        if known is not None:
            if quotation.document != kept[known].document:
                quote = quotation.quote
                place = Place(quotation.document, quote.start, quote.end, quotation.display_title, quotation.date)
                copies[known].setdefault(quotation.document, place)
            continue
        first[quotation.quote.speaker, said] = len(kept)
        kept.append(quotation)
        words.append(said)
    for number, of in copies.items():
        kept[number] = replace(kept[number], copies=len(of), elsewhere=tuple(of.values()))
    return _with_wordings(kept, words)


def _with_wordings(kept: list[Quotation], words: Sequence[str]) -> list[Quotation]:
    """Tell quotations of one speaker of the earlier ones that say nearly the same."""
    frequencies = Counter(word for said in words for word in set(said.split()))
    earlier: defaultdict[tuple[str | None, str], list[int]] = defaultdict(list)
    for number, said in enumerate(words):
        telling = sorted(set(said.split()), key=lambda word: (frequencies[word], word))[:RAREST]
        keys = [(kept[number].quote.speaker, word) for word in telling]
        near = sorted({other for key in keys for other in earlier[key][-MOST:]})
        like = wording_of([words[other] for other in near], said)
        if like is not None:
            leader = kept[near[like]].wording_of or near[like] + 1
            kept[leader - 1] = replace(kept[leader - 1], wordings=kept[leader - 1].wordings + 1)
            kept[number] = replace(kept[number], wording_of=leader)
        for key in keys:
            earlier[key].append(number)
    return kept

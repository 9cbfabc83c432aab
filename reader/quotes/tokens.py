"""A paragraph as words, punctuation and whole quotations: what the grammar of attribution is written in.

A quotation is one token, however long, so that "she said" on one side of it is as near as it reads. Narrative far from any mark is left
out: it costs time and says nothing. Offsets are code points of the text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from reader.quotes import lexicon
from reader.quotes.marks import Marked

_TOKEN = re.compile(
    r"[\S\n](?:"  # one set for the first character of every token, then what may follow it: found much faster than as many alternatives
    r"(?<=[^\W\d_])\.(?:[^\W\d_]\.)+"  # U.S.
    r"|(?<!\w\w)(?:(?<=p)uts?\s+it\b|(?<=s)aid(?=[A-Z]))"  # "put it" is one verb, "saidLee" two words
    r"|(?<=[^\W_])[^\W_]*(?:['’‑\-&@/][^\W_]+)*"
    r"|(?<=-)-+|(?<=\.)\.+|(?<=_)_*|(?<=\n)\s*\n|(?<=[^\w\s]))"
)
BEFORE = 320
BEHIND = 240
"""Characters before and behind a mark that are looked at. A sentence of news has 150; one with a title of two clauses has 300."""
QUOTATION = "“”"
"""The text of a token that stands for a quotation."""
_LONGEST_SENTENCE = 150
"""Tokens: what is longer is a table or a trick, and would cost its square."""
GAP = "¶"
"""The text of a token that stands for what was left out, or for a lost paragraph break: nothing is read across it."""
_ENDS = frozenset({".", "!", "?", "…", "....", "...", GAP, ";"})
_FULL_STOPS = frozenset(".!?…")
_SHORT = frozenset("jr sr inc ltd co corp vs no st mt ft dept univ d-calif u.s".split())


class Token(NamedTuple):
    """A word, a mark of punctuation or a quotation; `low` is the word in small letters without its possessive ending.

    `capital`: it begins with a capital letter. `possessive`: it ends in 's. `word`: it is a word or a number.
    """

    start: int
    end: int
    text: str
    low: str
    capital: bool = False
    possessive: bool = False
    word: bool = False
    quotation: int = -1


@dataclass(frozen=True, slots=True)
class Line:
    """The tokens of a paragraph; `places[n]` is the token that stands for its quotation number n."""

    tokens: Sequence[Token]
    places: Sequence[int]
    stopped: frozenset[int] = frozenset()

    def sentence(self, place: int) -> int:
        """The first token of the sentence that holds the token `place`."""
        tokens = self.tokens
        at = place
        furthest = max(0, place - _LONGEST_SENTENCE)
        while at > furthest and (tokens[at - 1].word or not self.ends(at - 1)):
            at -= 1
        while at < place and (tokens[at].text in ")]”" or tokens[at].text == QUOTATION):
            at += 1
        return at

    def ends(self, place: int) -> bool:
        """Whether a sentence ends with this token."""
        token = self.tokens[place]
        if token.word:
            return False
        if token.quotation in self.stopped:
            return self._parts(place)
        if token.text not in _ENDS:
            return False
        if token.text != ".":
            return True
        before = self.tokens[place - 1] if place else None
        if before is None or before.end != token.start or not before.word:
            return True
        after = self.tokens[place + 1] if place + 1 < len(self.tokens) else None
        if after is None:
            return True
        if after.text in (",", ":", ")") or (after.start == token.end and len(after.text) == 1 and after.word):
            return False  # "R-Ky., said", "(D-N.M.)"
        if before.low in lexicon.TITLES or before.low in _SHORT or (len(before.text) == 1 and before.capital):
            return (
                not (after.word and (after.capital or after.text[0].isdigit())) and after.text not in ",(" and not after.text[0].islower()
            )
        return not after.text[0].islower() or after.text in lexicon.FUNCTION_WORDS

    def _parts(self, place: int) -> bool:
        """Whether a new sentence begins behind a quotation that ends in a full stop: a capital, and not "Ann Lee said"."""
        following = self.tokens[place + 1 : place + 8]
        if not following or not (following[0].word and following[0].capital):
            return False
        for token in following:
            if token.low in lexicon.SAY:
                return False
            if token.text in _ENDS or token.quotation >= 0:
                break
        return True


@lru_cache(maxsize=20_000)
def _spelling(word: str) -> tuple[str, str, bool, bool, bool, int]:
    """All of a token but its place; most words come again."""
    low = word.lower()
    if len(low) > 2:
        if word[0] == "\n":
            word = low = GAP
        elif low[-1] == "s" and low[-2] in "'’":
            low = low[:-2]
        elif low[-1] in "'’" and low[-2] in "'’sS":
            low = low[:-1]
    return word, low, word[0].isupper(), len(low) < len(word), word[0].isalnum(), -1


def token(start: int, text: str) -> Token:
    """A token of these words."""
    return tuple.__new__(Token, (start, start + len(text), *_spelling(text)))


def tokens_of(text: str, start: int, end: int, what: re.Pattern[str] = _TOKEN) -> list[Token]:
    """The words and punctuation of `text[start:end]`, or what else a pattern finds there."""
    make = tuple.__new__  # the constructor of a named tuple costs as much as all the rest
    return [make(Token, match.span() + _spelling(match[0])) for match in what.finditer(text, start, end)]


def line(text: str, start: int, end: int, quotations: Sequence[Marked]) -> Line:
    """The paragraph `text[start:end]`, in which these stretches are marked, as tokens."""
    tokens: list[Token] = []
    places: list[int] = []
    stopped = frozenset(
        number
        for number, mark in enumerate(quotations)
        if mark.end > mark.start and text[mark.start : mark.end].rstrip("])*_")[-1:] in _FULL_STOPS
    )
    at = start
    for number, quotation in enumerate(quotations):
        opening = quotation.outer[0]
        if opening > at:
            _narrative(text, at, opening, tokens, behind=at > start, before=True)
        places.append(len(tokens))
        tokens.append(Token(opening, quotation.outer[1], QUOTATION, QUOTATION, quotation=number))
        at = quotation.outer[1]
    _narrative(text, at, end, tokens, behind=bool(quotations), before=not quotations)
    return Line(tokens, places, stopped)


def _narrative(text: str, start: int, end: int, tokens: list[Token], *, behind: bool, before: bool) -> None:
    """Add what stands around marks: `behind` one that ends at `start`, `before` one that begins at `end`."""
    reach = BEHIND * behind + BEFORE * before
    if end - start <= reach:
        tokens += tokens_of(text, start, end)
        return
    if behind:
        cut = text.rfind(" ", start, start + BEHIND)
        tokens += tokens_of(text, start, cut if cut > 0 else start + BEHIND)
    tokens.append(Token(start + BEHIND, start + BEHIND, GAP, GAP))
    if before:
        cut = text.find(" ", end - BEFORE, end)
        tokens += tokens_of(text, cut if cut > 0 else end - BEFORE, end)

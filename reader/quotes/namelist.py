"""Runs of capitalised words -> the names in them.

Owns where names begin and end in a run ("House Speaker Ann Lee and Rep. Bo Roe of Ohio"), how they are compared and shown, and which of
them belong to organisations. Offsets are relative to the run.
"""

import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from reader.quotes import lexicon
from reader.quotes.phrases import BEFORE_SURNAME, ROLE_SURNAMES, is_organisation
from reader.quotes.tokens import Token, tokens_of
from reader.text import fold_word

_RUN_WORD = re.compile(r"[^\s.]+")
_RUN_LINKS = frozenset(("of", "for", "the", "and", "&"))
_LONGEST_NAME = 6
_HEADLINE = 3
_NO_NAMES = lexicon.NOBODY | lexicon.FUNCTION_WORDS


@cache
def _capitals() -> str:
    """Every capital letter of the scripts that have them, as the inside of a character class."""
    return "".join(chr(code) for code in range(0x41, min(0x2000, sys.maxunicode)) if unicodedata.category(chr(code)) in ("Lu", "Lt"))


@cache
def run() -> re.Pattern[str]:
    """Finds runs of capitalised words, small words like "of" and "van" between them, and abbreviated titles with their full stops."""
    capital = f"[{_capitals()}]"
    tails: dict[str, list[str]] = {}
    for title in sorted(word.title() for word in lexicon.TITLES if len(word) <= 4):
        tails.setdefault(title[0], []).append(title[1:])
    title_tail = "|".join(f"(?<={letter})(?:{'|'.join(of_letter)})" for letter, of_letter in tails.items())
    tail = rf"(?:(?=\w{{0,3}}\.)(?:{title_tail})?\.|\w*(?:['’\-‑&]\w+)*)"
    link = r"(?:(?:de|da|del|della|di|do|dos|du|la|le|van|von|der|den|ter|bin|ibn|al|el|of|for|the|and|&)[ ])"
    # The capital stands before what must not precede it: a pattern that begins with a set of letters is found several times faster.
    return re.compile(rf"{capital}(?<!\w\w){tail}(?:[ \xa0]{{1,2}}(?:[\"“'‘]\w+[\"”'’][ ])?{link}{{0,2}}{capital}{tail})*")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a run of capitalised words: where it stands in the run, how it is compared and shown, the roles before it."""

    start: int
    end: int
    key: tuple[str, ...]
    name: str
    roles: frozenset[str]
    gender: str | None
    group: bool
    weak: bool = False


@lru_cache(maxsize=20_000)
def names_in(run: str) -> tuple[Name, ...]:
    """The names in a run of capitalised words: cut at roles, at "of" and the like, and behind a possessive."""
    words = tokens_of(run, 0, len(run), _RUN_WORD)
    found: list[Name] = []
    piece: list[Token] = []
    roles: set[str] = set()
    for n, word in enumerate(words):
        linking = word.low in _RUN_LINKS
        role = lexicon.is_role(word.low) and not _is_surname(words, n, piece)
        if linking or role or (not piece and word.low in lexicon.FUNCTION_WORDS):
            if piece:
                found += _named(piece, roles)
                piece, roles = [], (roles if word.low in ("and", "&") else set())
            if role:
                roles.add(lexicon.ABBREVIATIONS.get(word.low, word.low))
            continue
        piece.append(word)
        if word.possessive:
            found += _named(piece, roles)
            piece, roles = [], set()
    if piece:
        found += _named(piece, roles)
    return tuple(found)


def _is_surname(words: list[Token], at: int, piece: list[Token]) -> bool:
    """Whether a word for a role is a surname here: Ann Dean, Senator Bishop."""
    if words[at].low not in ROLE_SURNAMES:
        return False
    if piece:
        return piece[-1].low in lexicon.FIRST_NAMES or len(piece[-1].text) == 1
    return at == len(words) - 1 and at > 0 and words[at - 1].low in BEFORE_SURNAME


def _named(words: list[Token], roles: set[str]) -> Iterator[Name]:
    """The name that these words are, and the one that may begin them: headlines write on in capitals, Ann Lee Votes Against Act."""
    whole = _piece(words, roles)
    if whole is not None:
        yield whole
    if len(words) < _HEADLINE:
        return
    for n, word in enumerate(words[:-2]):
        if word.low in lexicon.FIRST_NAMES:
            last = n + 2 + (len(words[n + 1].text) == 1 and n + 3 < len(words))
            begun = _piece(words[n:last], roles)
            if begun is not None and len(begun.key) > 1:
                yield replace(begun, weak=True)
            return


def _piece(words: list[Token], roles: set[str]) -> Name | None:
    first, last = 0, len(words)
    while first < last and words[first].low in _NO_NAMES:
        first += 1
    while last > first and words[last - 1].low in _NO_NAMES:
        last -= 1
    words = words[first:last]
    given = next((n for n in range(1, len(words) - 1) if words[n].low in lexicon.FIRST_NAMES), 0)
    if given and all(word.low in lexicon.PLACES for word in words[:given]):
        words = words[given:]
    if not words or len(words) > _LONGEST_NAME:
        return None
    compared = key(words)
    gender = lexicon.GENDERS.get(compared[0]) if len(compared) > 1 else None
    told = {sex for role in roles if (sex := lexicon.GENDERS.get(role))}
    gender = gender or (told.pop() if len(told) == 1 else None)  # "Mr. and Mrs. Lee" are both
    group = not roles and is_organisation(words)
    return Name(words[0].start, words[-1].start + len(words[-1].low), compared, shown(words), frozenset(roles), gender, group)


def key(words: Sequence[Token]) -> tuple[str, ...]:
    """The words of a name as they are compared: without marks on letters and dots."""
    lows = [word.low for word in words]
    return tuple(low if low.isascii() and low.isalpha() else fold_word(low) or low for low in lows)


def shown(words: Sequence[Token]) -> str:
    """A name as it is shown: without 's, capitals only tamed where everything is in capitals."""
    parts = [word.text[: len(word.low)] for word in words]
    if len(parts) > 1 and parts[0].isupper() and all(part.isupper() for part in parts) and not is_organisation(words):
        parts = [part.title() if len(part) > 2 else part for part in parts]
    return " ".join([part + "." if len(part) == 1 else part for part in parts])

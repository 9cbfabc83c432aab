"""What is marked -> whether somebody spoke it: "direct", "fragment", "chant", or no speech at all.

Owns the difference between words that were said and titles, slogans, terms and scare quotes. Refuses to say by whom. Rules are functions
that state one fact. They have no table of their own: `tests.bench.quotes` measures them together, as what was found and what was not.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, islice
from operator import itemgetter

from reader.quotes import grammar, lexicon
from reader.quotes.cues import Clue
from reader.quotes.marks import Marked
from reader.quotes.tokens import QUOTATION, Line

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SMALL = frozenset("a an the of for and or in on at to from by with as is it its into vs via per than not be are".split())
_FINAL = (".", "!", "?", "…", "。", "！", "？", "—", "--")
_ENOUGH = 4
_COUNTED = 2 * _ENOUGH
"""No rule asks whether there are more words."""
_NEAR = 5
_ENOUGH_CHARACTERS = 6
_FIRST_CJK = "\u3040"
_SUBJECT = re.compile(r"(?:I|We|You|They|He|She|It|There|Nobody|Everybody|Everyone)(?:[’'](?:m|re|ve|d|ll|s))?\s+[a-z]")
_ENGLISH = re.compile(r"\b(?:the|and|of|for|with|that|to|is)\b", re.IGNORECASE)
_LOWER = frozenset("abcdefghijklmnopqrstuvwxyzßàáâäãåæçèéêëìíîïñòóôöõøœùúûüýąćęłńśźż")
_CHANTS = frozenset("chant chants chanted chanting chanters shouting shouted yelling cheering cheered singing sang".split())
_DISPLAYED = frozenset(
    "sign signs banner banners poster posters placard placards sticker stickers shirt shirts t-shirt t-shirts hat hats button buttons logo "
    "slogan slogans motto headline headlines titled entitled title called named known dubbed nicknamed term word words phrase so-called "
    "label labeled labelled definition defined meaning means spelled wording hashtag subtitle heading song album film movie book novel show "
    "episode series play poem painting game program programme project initiative campaign exhibit exhibition tour event".split()
)
_CALLED = frozenset("called calls dubbed named labeled labelled termed terms".split())
_JUDGES = frozenset("call describe dub label brand characterize characterise term dismiss denounce condemn slam blast hail praise".split())
"""Verbs that take words in marks as their object: "called it a “reasonable cost”"."""
_DISPLAYS = frozenset("saying reading says said read reads proclaiming declaring".split())
_ARTICLES = frozenset("a an the this that these those his her its their our my your any such no of as".split())
_FINITE = re.compile(
    r"\b(?:is|are|was|were|am|be|been|have|has|had|do|does|did|will|would|can|could|should|must|may|might|shall|let|let’s|let's|need|needs|want|"
    r"wants|know|think|believe|make|makes|get|gets|go|goes|come|comes|say|says|see|take|takes|give|gives|keep|help|helps|look|[^\W\d_]+[’'](?:re|ve|ll|m|d|s|t)|"
    r"[^\W\d_]{2,}n[’']t|[^\W\d_]{3,}ed)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Said:
    """A marked stretch and what its words are like: looked at once, since every rule asks.

    `words` are its words, not more than the rules count. `titled`: every word that carries meaning has a capital, as in titles and names of
    programmes ("Boats for Everybody"). `finished`: they end as a sentence does, inside the marks.
    """

    text: str
    mark: Marked
    words: list[str]
    titled: bool
    finished: bool


def said(text: str, mark: Marked) -> Said:
    """What the words of a marked stretch are like."""
    found = map(itemgetter(0), _WORD.finditer(text, mark.start, mark.end))
    words = list(islice(found, _COUNTED))
    finished = text[mark.start : mark.end].rstrip("*_)]").endswith(_FINAL)
    return Said(text, mark, words, _is_title_case(chain(words, found)), finished)


def _is_title_case(words: Iterable[str]) -> bool:
    telling = 0
    for word in words:
        if word.casefold() in _SMALL or word.isdigit():
            continue
        if not (word[0].isupper() or word[0].isdigit()):
            return False
        telling += 1
    return telling >= 2


def is_clause(said: Said) -> bool:
    """Whether the words could be a sentence: enough of them, and one that looks like a verb."""
    text, mark, words = said.text, said.mark, len(said.words)
    if words >= _COUNTED:
        return True
    if words >= _ENOUGH - 1 and _SUBJECT.match(text, mark.start, mark.end):
        return True
    if words >= _ENOUGH and _FINITE.search(text, mark.start, mark.end) is not None:
        return True
    if words > _ENOUGH:  # in another language the length must do
        return _ENGLISH.search(text, mark.start, mark.end) is None
    return mark.end - mark.start >= _ENOUGH_CHARACTERS and text[mark.start] >= _FIRST_CJK


def is_displayed(line: Line, place: int, clue: Clue | None = None) -> bool:
    """Whether words near the mark say that it is a name, a term or written on something: a banner saying "…", the so-called "…", "…" sign."""
    tokens = line.tokens
    before = [token.low for token in tokens[max(0, place - 9) : place] if token.text != QUOTATION]
    after = [token.low for token in tokens[place + 1 : place + 3]]
    if after and after[0] in _DISPLAYED:
        return True
    nearest = before[-1] if before else ""
    if (
        nearest in _CALLED
        and clue is not None
        and clue.tie == place - 1
        and clue.phrase.last == clue.tie
        and clue.phrase.kind in ("person", "pronoun")
    ):
        return False
    if nearest in _DISPLAYED or (len(before) > 1 and nearest in (",", ":", "as", "the", "of") and before[-2] in _DISPLAYED):
        return True
    return nearest in _DISPLAYS and any(word in _DISPLAYED for word in before)


def is_chant(line: Line, place: int) -> bool:
    """Whether a crowd calls it: Chanting "…", the crowd chanted "…"."""
    near = chain(line.tokens[max(0, place - 5) : place], line.tokens[place + 1 : place + 4])
    return any(token.low in _CHANTS for token in near)


def kind(said: Said, line: Line, place: int, clue: Clue | None, *, heading: bool) -> str | None:
    """What a marked stretch is: "direct", "fragment", "chant", or None for no speech. `heading`: it stands in a headline."""
    words = said.words
    if not words:
        return None
    if said.text[said.mark.start] >= _FIRST_CJK:  # no capitals and no spaces: length must do
        return "direct" if is_clause(said) else None
    if is_named(said, line, place):
        return None
    if is_chant(line, place) and len(words) >= 2:
        return "chant"
    if clue is not None and clue.rule in ("said_after", "after_said", "signed", "label"):
        return _attributed(said, line, place, clue)
    if is_displayed(line, place, clue) and not (clue is not None and clue.rule != "claimed" and said.finished and len(words) > _ENOUGH):
        return None
    if said.titled and not (clue and clue.rule != "claimed" and len(words) > 2 and said.finished):
        return None
    if is_mentioned(said, line, place) and not (clue is not None and clue.tie == place - 1):
        return None
    if heading:
        return "direct" if clue is not None and clue.rule != "claimed" and is_clause(said) else None
    if clue is not None and clue.rule != "claimed":
        return "direct" if is_clause(said) else "fragment"
    if _stands_alone(said, line, place):
        return "direct"
    if clue is not None and not (len(words) == 1 and words[0][0].isupper()) and _phrase_of(line, place, clue, len(words)):
        return "direct" if is_clause(said) and said.text[said.mark.start].isupper() else "fragment"
    return None


def is_named(said: Said, line: Line, place: int) -> bool:
    """Whether a name stands in marks within a sentence, whoever speaks later in it: on the channel's "Morning Hour," Lee said talks had failed."""
    named = said.titled or (len(said.words) == 1 and said.words[0][0].isupper())
    if not named or place == 0 or said.text[said.mark.end - 1] in "!?":
        return False
    token = line.tokens[place - 1]
    return token.word and not (line.ends(place - 1) or (token.low in lexicon.SAY and not token.possessive))


def is_mentioned(said: Said, line: Line, place: int) -> bool:
    """Whether a few words are spoken of as words: "Tide-walk" is a term of sailors."""
    following = line.tokens[place + 1 : place + 2]
    short = len(said.words) <= _ENOUGH and not said.finished and said.text[said.mark.end - 1] != ","
    return short and bool(following) and following[0].word and not following[0].capital and not grammar.says(following[0])


def _attributed(said: Said, line: Line, place: int, clue: Clue) -> str | None:
    """Direct, when the words are tied to their source on the spot; a title that happens to stand before "X said" is none."""
    if clue.rule in ("label", "signed") and not (is_clause(said) and (clue.rule == "label" or said.finished)):
        return None
    if (
        said.finished
        or said.text[said.mark.end - 1 : said.mark.end] in ",-–—"
        or (line.tokens[place + 1 : place + 2] and line.tokens[place + 1].text == ",")
    ):
        return "direct"
    if said.titled:
        return None
    return "direct" if is_clause(said) else "fragment" if said.text[said.mark.start].islower() else None


def _stands_alone(said: Said, line: Line, place: int) -> bool:
    """Whether it is a sentence on its own: capital, verb, full stop inside, and no sentence around it."""
    text, mark, words = said.text, said.mark, said.words
    if not mark.closed and len(words) >= _ENOUGH - 1 and text[mark.start].isupper() and text.endswith(("...", "…"), 0, mark.end):
        return place == 0 or line.ends(place - 1)  # cut off by a teaser
    if not is_clause(said) or not (text[mark.start : mark.end].lstrip("[(*_'‘")[:1] not in _LOWER or not mark.opened):
        return False
    alone = place == 0 or line.ends(place - 1) or line.tokens[place - 1].text in (QUOTATION, ":", ",")
    if not mark.closed:
        return alone
    if text[mark.end - 1] == "," or (place + 1 < len(line.tokens) and line.tokens[place + 1].text == ","):
        return place == 0 or line.ends(place - 1)
    if place and len(words) >= _COUNTED and line.tokens[place - 1].text == ":":
        return True
    if place == 0 and len(line.tokens) == 1 and len(words) >= _COUNTED:
        return True
    return said.finished and (alone or len(words) >= _COUNTED)


def _phrase_of(line: Line, place: int, clue: Clue, words: int) -> bool:
    """Whether a phrase in marks is what the verb before it tells, and no term in passing: not the "harbour dealer" definition."""
    tokens = line.tokens
    if clue.tie is None:
        return False
    between = tokens[clue.tie + 1 : place]
    if len(between) > 14 or any(token.text == QUOTATION for token in between[:-3]):
        return False
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    if following is not None and following.word and following.low not in lexicon.FUNCTION_WORDS and not grammar.says(following):
        return False
    base = lexicon.CLAIM.get(tokens[clue.tie].low) or lexicon.SAY.get(tokens[clue.tie].low)
    tight = base in _JUDGES
    if tokens[clue.tie - 1].low == "to" or (between and between[-1].low in ("as", "words")):
        return tight and tokens[clue.tie - 1].low != "to"
    if words <= 2 and not tight:
        return len(between) <= _NEAR and not (between and between[-1].low in _ARTICLES)
    return True

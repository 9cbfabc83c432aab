"""A clue -> the source as it is shown: the words that name it, the best name in the document, the role, and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass

from reader.model import Span
from reader.quotes import lexicon
from reader.quotes.cast import Cast, Person
from reader.quotes.cues import Clue
from reader.quotes.phrases import Phrase
from reader.quotes.tokens import Line, Token, tokens_of

_SPOKEN_FOR = frozenset("spokesman spokeswoman spokesperson representative source official".split())


@dataclass(frozen=True, slots=True)
class Source:
    """Who is named: `mention` the words, `at` where they begin, `name` whom they mean, `naming` where the full name stands."""

    name: str | None = None
    mention: Span | None = None
    role: str | None = None
    cue: Span | None = None
    naming: Span | None = None
    person: bool = True
    sure: bool = False
    at: int | None = None
    who: Person | None = None


def named(text: str, clue: Clue | None, line: Line | None, cast: Cast, speakers: Sequence[tuple[int, Person]]) -> Source:
    """The source that a clue gives; an empty one for None."""
    if clue is None or line is None:
        return Source()
    tokens, phrase = line.tokens, clue.phrase
    cue = None if clue.tie is None else (tokens[clue.tie].start, tokens[clue.tie].end)
    at = tokens[phrase.first].start
    if phrase.kind == "pronoun":
        word = tokens[phrase.first]
        meant = cast.pronoun(word.low, word.start, speakers)
        mention = (word.start, word.end)
        if meant is None:
            return Source(None, mention, None, cue, at=at)
        person = meant.person
        return Source(person.name, mention, None, cue, person.full, not person.group, sure=meant.clear, at=at, who=person)
    mention = _mention(line, phrase)
    role = _role(text, line, clue)
    if phrase.kind == "role":
        return _in_role(text, line, phrase, cast, mention, role, cue)
    if clue.rule == "sender":
        sender = cast.sender(at)
        return Source(sender.name, None, None, None, sender.full, at=at, who=sender) if sender else Source()
    if phrase.kind == "document":
        return Source(text[mention[0] : mention[1]], mention, None, cue, person=False, sure=True, at=at)
    who = _person(line, phrase, cast)
    name = who.name if who else text[mention[0] : mention[1]]
    if phrase.plural:
        name = _several(text, line, phrase, cast)
    group = phrase.kind == "group" or (who is not None and who.group)
    sure = phrase.name is None or not cast.shared(tokens[phrase.name[0] : phrase.name[1]])
    return Source(name, mention, role, cue, who.full if who else mention, not group, sure=sure, at=at, who=who)


def authored(name: str, cast: Cast) -> Source:
    """The source that only the title of a file names, outside its text."""
    who = cast.named(tokens_of(name, 0, len(name)), 0)
    return Source(who.name if who else name, None, None, None, who.full if who else None, not (who and who.group), who=who)


def _person(line: Line, phrase: Phrase, cast: Cast) -> Person | None:
    if phrase.name is None:
        return None
    return cast.named(line.tokens[phrase.name[0] : phrase.name[1]], line.tokens[phrase.name[0]].start)


def _several(text: str, line: Line, phrase: Phrase, cast: Cast) -> str:
    """Several people who speak together: "Ann Lee and Bo Roe" for "Lee and Roe"."""
    assert phrase.name is not None
    names, piece = [], []
    for token in [*line.tokens[phrase.name[0] : phrase.name[1]], None]:
        if token is not None and token.low not in ("and", "&"):
            piece.append(token)
        elif piece:
            person = cast.named(piece, piece[0].start)
            names.append(person.name if person else text[piece[0].start : piece[-1].end])
            piece = []
    return " and ".join(names)


def _mention(line: Line, phrase: Phrase) -> Span:
    """The words that name the source: its name with a title of a word or two right before it, else the whole phrase."""
    tokens = line.tokens
    if phrase.head is not None and phrase.name is not None and phrase.head >= phrase.name[1]:  # "Lee's letter"
        return tokens[phrase.first].start, tokens[phrase.head].start + len(tokens[phrase.head].low)
    if phrase.name is None:
        last = (phrase.head or phrase.first) + 1
        return tokens[phrase.first].start, tokens[last - 1].start + len(tokens[last - 1].low)
    first, last = phrase.name
    if phrase.role and phrase.role[1] - phrase.role[0] <= 2 and first - phrase.role[0] <= 3:
        first = phrase.role[0]
    if phrase.kind == "group":
        last = max(last, phrase.last if tokens[phrase.last - 1].word else last)
    return tokens[first].start, tokens[last - 1].start + len(tokens[last - 1].low)


def _role(text: str, line: Line, clue: Clue) -> str | None:
    """What the phrase and its apposition say that the source is."""
    tokens = line.tokens
    span = clue.apposition or clue.phrase.role
    if span is None:
        return None
    end = tokens[span[1] - 1].end
    end += tokens[span[1] - 1].low in lexicon.TITLES and text[end : end + 1] == "."
    return " ".join(text[tokens[span[0]].start : end].split()) or None


def _in_role(text: str, line: Line, phrase: Phrase, cast: Cast, mention: Span, role: str | None, cue: Span | None) -> Source:
    """The source behind "the senator": the person of that role if the document has one, the words themselves if it names nobody."""
    tokens = line.tokens
    head = tokens[phrase.head if phrase.head is not None else phrase.first]
    at = tokens[phrase.first].start
    words = " ".join(text[tokens[phrase.first].start : tokens[phrase.last - 1].end].split())
    if head.low in _SPOKEN_FOR and (house := _spoken_for(line, phrase)) is not None:
        person = cast.named(house, house[0].start)
        name = person.name if person else " ".join(token.text for token in house)
        return Source(name, mention, words, cue, person=False, sure=False, at=at)
    if phrase.definite and not phrase.plural:
        person = cast.in_role(lexicon.ABBREVIATIONS.get(head.low, head.low), at)
        if person is not None:
            return Source(person.name, mention, role, cue, person.full, sure=False, at=at, who=person)
    return Source(words, mention, None, cue, person=not phrase.plural, sure=True, at=at)


def _spoken_for(line: Line, phrase: Phrase) -> list[Token] | None:
    """The organisation of a spokesman: "a spokesman for the Invented Union", "an Acme spokeswoman"."""
    words = [token for token in line.tokens[phrase.first : phrase.last] if token.word]
    named_words = [token for token in words if token.capital and not lexicon.is_role(token.low) and token.low not in lexicon.FUNCTION_WORDS]
    return named_words or None

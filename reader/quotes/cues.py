"""What ties a quotation to its source: the grammar of "…," said Ann Lee / Ann Lee told reporters, "…" / Ann Lee: "…" / "…" – Ann Lee.

Owns the rules of attribution within one paragraph. Each is a function with the name it has in a quotation's `rule`, an example in its
docstring, and a line in the table of `tests.bench.quotes`. Refuses to say who "she" is; `cast` does.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reader.quotes import lexicon
from reader.quotes.grammar import DASHES, FINITE, PREPOSITIONS, before_adverbs, is_verb_here, past_adverbs, says, subject
from reader.quotes.phrases import Phrase, is_name_word, phrase_at
from reader.quotes.tokens import GAP, QUOTATION, Line, Token

_PASSIVE = frozenset("was were is are be been being when if".split())
_BEING = frozenset("was were is are been being".split())
_NEGATIONS = frozenset("not never denied denies denying nobody without".split())
_NAMING = frozenset("named called using identified known".split())
_FOREIGN_AUXILIARIES = frozenset("a ha hat ont han haben".split())
_CIRCUMSTANCES = PREPOSITIONS | lexicon.CALENDAR
_TIES = DASHES | {":"}
_CLAUSES = FINITE | {"that"}
_BEFORE_NOUN = lexicon.FUNCTION_WORDS - frozenset("i we you they to who not would could will did".split())
_LONGEST_ADJUNCT = 18
"""Words that may stand between the verb and the mark: "told the evening news on Tuesday in an interview from her home, …"."""
_LONGEST_APPOSITION = 40


@dataclass(frozen=True, slots=True)
class Clue:
    """A source as the grammar gives it: which rule, the phrase, the token of the verb (None: a dash or a colon at `tie`)."""

    rule: str
    phrase: Phrase
    tie: int | None
    apposition: tuple[int, int] | None = None


def after(line: Line, place: int, *, stopped: bool) -> Clue | None:
    """The source named right behind the quotation at token `place`; `stopped`: the quotation ends in a full stop inside its marks."""
    tokens = line.tokens
    at = place + 1
    if at < len(tokens) and tokens[at].text in (",", ".", ";") and at + 1 < len(tokens):
        stopped = stopped or tokens[at].text == "."
        at += 1
    if at >= len(tokens) or tokens[at].text in (GAP, QUOTATION):
        return None
    if tokens[at].text in DASHES:
        return signed(line, at)
    if tokens[at].low == "according" and at + 2 < len(tokens) and tokens[at + 1].low == "to":
        phrase = phrase_at(tokens, at + 2)
        return Clue("according_to", phrase, at) if phrase else None
    return said_after(line, at, stopped=stopped) or after_said(line, at, stopped=stopped)


def said_after(line: Line, at: int, *, stopped: bool) -> Clue | None:
    """Verb, then source: "We won," said Ann Lee, president of the union."""
    tokens = line.tokens
    verb = past_adverbs(line, at)
    if verb < len(tokens) - 1 and tokens[verb].low in _FOREIGN_AUXILIARIES and says(tokens[verb + 1]):
        verb += 1
    if verb > at + 2 or not is_verb_here(line, verb) or (stopped and tokens[verb].capital):
        return None
    noun = past_adverbs(line, verb + 1)
    noun += noun < len(tokens) and tokens[noun].text == "["  # a link of Markdown
    phrase = phrase_at(tokens, noun)
    if phrase is None and tokens[verb].low in lexicon.FOREIGN_SAYS:
        named = next((at for at in range(noun, min(len(tokens), noun + 4)) if is_name_word(tokens[at])), None)
        phrase = None if named is None else phrase_at(tokens, named)
    if phrase is None and noun + 1 < len(tokens) and tokens[noun].word and tokens[noun].low not in lexicon.FUNCTION_WORDS:
        phrase = phrase_at(tokens, noun + 1)
        phrase = phrase if phrase is not None and phrase.kind == "person" else None
    if phrase is None or (phrase.kind == "pronoun" and tokens[phrase.first].low in ("it", "you")):
        return None
    if phrase.kind in ("person", "pronoun") or tokens[verb].low not in ("read", "reads"):
        return with_apposition(line, Clue("said_after", phrase, verb))
    return None


def after_said(line: Line, at: int, *, stopped: bool) -> Clue | None:
    """Source, then verb: "We won," Ann Lee, the president, told reporters."""
    tokens = line.tokens
    phrase = phrase_at(tokens, at)
    if phrase is None:
        return None
    clue = Clue("after_said", phrase, None)
    end = phrase.last
    verb = past_adverbs(line, end)
    if verb < len(tokens) and tokens[verb].text == "," and (close := _apposition_end(line, verb)) is not None:
        clue = with_apposition(line, clue)
        verb = past_adverbs(line, close + 1)
    if not is_verb_here(line, verb) or tokens[verb - 1].low in _BEING:  # "Lee was told by Roe"
        return None
    clue = Clue("after_said", clue.phrase, verb, clue.apposition)
    if stopped and not _closes(line, verb):
        return None
    return clue


def _closes(line: Line, verb: int) -> bool:
    """Whether nothing is said behind the verb but when, where and to whom: then it belongs to the quotation before it."""
    tokens = line.tokens
    at = verb + 1
    if at < len(tokens) and tokens[verb].low in ("told", "tells"):
        heard = phrase_at(tokens, at)
        at = heard.last if heard else at
    if at >= len(tokens) or line.ends(at) or tokens[at].text in (",", ":"):
        return at >= len(tokens) or tokens[at].text != ":"
    if tokens[at].text == QUOTATION or tokens[at].low not in _CIRCUMSTANCES:
        return False
    end = next((later for later in range(at, min(len(tokens), at + 12)) if line.ends(later)), None)
    return end is not None and not any(says(token) or token.low in _CLAUSES for token in tokens[at : min(end, at + 8)])


def _apposition_end(line: Line, comma: int) -> int | None:
    """The comma that closes the apposition opened by `comma`, when a verb of saying follows it."""
    tokens = line.tokens
    for at in range(comma + 1, min(len(tokens), comma + _LONGEST_APPOSITION)):
        if tokens[at].text == "," or tokens[at].text in DASHES:
            verb = past_adverbs(line, at + 1)
            if verb < len(tokens) and says(tokens[verb]):
                return at
        elif line.ends(at) or tokens[at].text == QUOTATION:
            return None
    return None


def with_apposition(line: Line, clue: Clue) -> Clue:
    """The clue with what stands behind its phrase between commas: "the president, Ann Lee," is Ann Lee; "Ann Lee, the president," her role."""
    tokens = line.tokens
    phrase = clue.phrase
    if phrase.kind == "role" and phrase.last < len(tokens) and tokens[phrase.last].low in _NAMING:
        called = next((at for at in range(phrase.last, min(len(tokens), phrase.last + 5)) if is_name_word(tokens[at])), None)
        named = None if called is None else phrase_at(tokens, called)
        if named is not None and named.kind == "person":
            return Clue(clue.rule, named, clue.tie, (phrase.first, phrase.last))
    if phrase.last >= len(tokens) or tokens[phrase.last].text != ",":
        return clue
    second = phrase_at(tokens, phrase.last + 1)
    if second is None:
        return clue
    if phrase.kind == "role" and lexicon.is_role(tokens[phrase.last - 1].low) and phrase.head != phrase.last - 1:
        return clue  # "a spokesman for the mayor, Ann Lee": she is the mayor
    if phrase.kind == "role" and second.kind == "person" and second.role is None:
        return Clue(clue.rule, second, clue.tie, (phrase.first, phrase.last))
    is_role = second.kind == "role" and second.head is not None and lexicon.is_role(tokens[second.head].low)
    if second.kind in ("role", "person", "group") and (second.role or is_role):
        return Clue(clue.rule, phrase, clue.tie, (second.first, second.last))
    return clue


def signed(line: Line, dash: int) -> Clue | None:
    """A signature behind a dash: "We won." – Ann Lee, President, Invented Workers Union."""
    tokens = line.tokens
    phrase = phrase_at(tokens, dash + 1)
    if (
        phrase is None
        or phrase.kind not in ("person", "group", "role")
        or not tokens[dash + 1].capital
        or tokens[phrase.first].low in ("the", "a")
    ):
        return None
    end = phrase.last
    while end < len(tokens) and not line.ends(end) and tokens[end].text != QUOTATION and end < phrase.last + 30:
        if (says(tokens[end]) and not tokens[end].capital) or tokens[end].low in FINITE:
            return None
        end += 1
    return with_apposition(line, Clue("signed", phrase, dash))


def before(line: Line, place: int) -> Clue | None:
    """The source named before the quotation at token `place`, in the same sentence."""
    first = line.sentence(place)
    if first >= place:
        return None
    if is_called(line, place):
        return claimed(line, place)
    return label(line, first, place) or said_before(line, first, place) or according_before(line, first, place)


def label(line: Line, first: int, place: int) -> Clue | None:
    """A name and a colon or a dash before the words: Chair Lee: “We won”."""
    tokens = line.tokens
    tie = place - 1
    if tie <= first or tokens[tie].text not in _TIES:
        return None
    start = next((at + 1 for at in range(tie - 1, first, -1) if tokens[at].text == ":"), first)
    phrase = phrase_at(tokens, start)
    if (
        phrase is None
        or phrase.kind not in ("person", "role", "group")
        or (phrase.name and len(tokens[phrase.name[0]].text) == 1 == phrase.last - start)
    ):
        return None
    if phrase.last != tie:
        return _label_with_role(line, phrase, tie)
    if tokens[tie].text != ":" and (phrase.kind != "person" or all(token.text.isupper() for token in tokens[start:tie])):
        return None
    return Clue("label", phrase, tie)


def _label_with_role(line: Line, phrase: Phrase, tie: int) -> Clue | None:
    """A label that says what somebody is: Ann Lee, President of the Invented Union: “We won”."""
    tokens = line.tokens
    between = tokens[phrase.last : tie]
    if phrase.kind != "person" or tokens[tie].text != ":" or between[0].text != "," or len(between) > _LONGEST_APPOSITION // 2:
        return None
    if any(token.low in FINITE or (says(token) and not token.capital) for token in between):
        return None
    return with_apposition(line, Clue("label", phrase, tie))


def according_before(line: Line, first: int, place: int) -> Clue | None:
    """According to Ann Lee, "we won". In the words of Ann Lee, "we won"."""
    tokens = line.tokens
    for at in range(first, place - 2):
        if (tokens[at].low, tokens[at + 1].low) in (("according", "to"), ("words", "of")):
            phrase = phrase_at(tokens, at + 2)
            return with_apposition(line, Clue("according_to", phrase, at)) if phrase else None
    return None


def said_before(line: Line, first: int, place: int) -> Clue | None:
    """Source and verb before the mark, at most an address or a circumstance between: Ann Lee told the Gazette on Monday, “We won”."""
    tokens = line.tokens
    aside = next((at for at in range(first, place - 2) if tokens[at].text in DASHES), place) if tokens[place - 1].text in DASHES else place
    for verb in range(place - 1, first - 1, -1):
        token = tokens[verb]
        if verb > aside:
            continue
        if token.text == QUOTATION:
            return None
        if token.low not in lexicon.SPEAKS:
            continue
        participle = token.low in lexicon.SAY and token.low.endswith("ing")
        if not (is_verb_here(line, verb) or participle):
            continue
        if token.capital and verb == first and not participle:
            return _inverted(line, verb, place)
        if not _leads(line, verb, place):
            return None
        if _is_denied(tokens, first, verb):
            return None
        if (
            token.low in ("asked", "told", "quoted", "cited")
            and verb > first
            and tokens[before_adverbs(line, first, verb) - 1].low in _PASSIVE
        ):
            return None
        phrase = subject(line, first, verb)
        if phrase is None:
            continue
        return with_apposition(line, Clue("saying" if participle else "said_before", phrase, verb))
    return None


def _is_denied(tokens: Sequence[Token], first: int, verb: int) -> bool:
    """Whether it is said that somebody did not say it: "she never said", "he denied saying"."""
    return any(token.low in _NEGATIONS or token.low.endswith(("n't", "n’t")) for token in tokens[max(first, verb - 3) : verb])


def _inverted(line: Line, verb: int, place: int) -> Clue | None:
    """The verb first, the words last: Said Ann Lee, “We won”."""
    phrase = phrase_at(line.tokens, verb + 1)
    close = phrase is not None and phrase.last in (place - 1, place) and line.tokens[place - 1].text in (",", ":")
    return Clue("said_before", phrase, verb) if phrase is not None and close else None


def _leads(line: Line, verb: int, place: int) -> bool:
    """Whether the words between the verb and the mark lead to it: it is said that, or what stands between is only to whom, where, when."""
    tokens = line.tokens
    between = _without_aside(tokens[verb + 1 : place])
    if not between or all(not token.word for token in between):
        return True
    if len(between) > _LONGEST_ADJUNCT:
        return False
    if between[-1].text in (",", ":") or between[-1].low in ("that", "saying") or between[-1].text in DASHES:
        if between[0].low == "that" and len(between) > 1:
            return False
        return not any((says(token) and token.low not in lexicon.NOUNS_TOO) or token.low in FINITE for token in between)
    start = between[0].low
    return (
        ((start in PREPOSITIONS and start != "as") or tokens[verb].low in ("told", "tells", "telling", "asked", "tweeted"))
        and len(between) <= 8
        and not any(token.low in _CLAUSES for token in between)
    )


def _without_aside(between: Sequence[Token]) -> Sequence[Token]:
    """The words without what stands between two dashes right before the mark: said - as the Gazette reported - "…"."""
    if between and between[-1].text in DASHES:
        first = next((n for n, token in enumerate(between[:-1]) if token.text in DASHES), None)
        if first is not None:
            return [*between[:first], between[-1]]
    return between


def is_called(line: Line, place: int) -> bool:
    """Whether the words are what somebody calls something: what Ann Lee called "a bad joke," the mayor welcomed."""
    return place > 0 and lexicon.CLAIM.get(line.tokens[place - 1].low) in ("call", "dub", "label", "brand", "term")


def claimed(line: Line, place: int) -> Clue | None:
    """A verb of saying or naming somewhere before the mark in the sentence: Ann Lee called the offer "a bad joke"."""
    tokens = line.tokens
    first = line.sentence(place)
    for verb in range(place - 1, first, -1):
        low = tokens[verb].low
        base = lexicon.CLAIM.get(low) or lexicon.SAY.get(low)
        if base is not None and not (low == base and _is_noun(tokens, verb)) and not _is_denied(tokens, first, verb):
            phrase = subject(line, first, verb)
            if phrase is not None and phrase.kind != "document":
                return Clue("claimed", phrase, verb)
    return None


def _is_noun(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word that could be a verb is a noun here: "a far cry", "his appeal"."""
    before = tokens[at - 1]
    return before.possessive or before.low in _BEFORE_NOUN

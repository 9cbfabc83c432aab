"""Sources that do not stand right beside a quotation: in the sentence before it, in the line after it, in the title.

The rules of `cues` answer first; these are asked for what is left, and most of their answers are likely and not certain.
"""

from collections.abc import Sequence

from reader.quotes import lexicon
from reader.quotes.cues import Clue, said_before, with_apposition
from reader.quotes.grammar import DASHES, FINITE, ISSUED, PREPOSITIONS, main_subject, phrases, says, subject
from reader.quotes.phrases import PRONOUNS, Phrase, phrase_at
from reader.quotes.tokens import Line, Token

_STATEMENT_KINDS = frozenset(
    "opening closing prepared floor full press joint weekly official written public personal delivers issues releases gives makes".split()
)
_STATEMENTS = frozenset("statement statements remarks testimony speech address op-ed".split())
_LONGEST_SIGNATURE = 26


def announced(line: Line, colon: int) -> Clue | None:
    """The source of a sentence that ends in a colon and announces the next paragraph: The resolution states:."""
    first = line.sentence(colon)
    clue = said_before(line, first, colon + 1)
    return clue and Clue("colon", clue.phrase, clue.tie, clue.apposition)


def statement(line: Line, colon: int) -> Clue | None:
    """A sentence that announces whose statement follows: Mayor Lee today released the following statement:."""
    tokens = line.tokens
    first = line.sentence(colon)
    for verb in range(colon - 1, first, -1):
        if tokens[verb].low in ISSUED and any(token.low in lexicon.DOCUMENTS for token in tokens[verb + 1 : colon]):
            phrase = subject(line, first, verb)
            if phrase is not None and (phrase.kind == "group" or _may_speak(line, phrase) or _is_speaker(line, phrase)):
                return with_apposition(line, Clue("statement", phrase, verb))
    return None


def sender(line: Line, colon: int) -> Clue | None:
    """A sentence that announces a document and not its author: The following is from the letter:."""
    tokens = line.tokens
    for at in range(colon - 1, line.sentence(colon) - 1, -1):
        if tokens[at].low in lexicon.DOCUMENTS:
            return Clue("sender", Phrase(at, at + 1, "document", head=at), None)
    return None


def introduced(line: Line, last: int) -> Clue | None:
    """The source of the sentence that ends with token `last`, when it tells what somebody said: Lee said talks had failed."""
    tokens = line.tokens
    first = line.sentence(last)
    inverted = next((at for at in range(last - 1, first, -1) if says(tokens[at]) and tokens[at - 1].text == ","), None)
    if inverted is not None and (source := phrase_at(tokens, inverted + 1)) is not None and source.kind in ("person", "pronoun"):
        return Clue("introduced", source, inverted)
    verbs = [at for at in range(first, last) if not tokens[at].capital and _is_finite(tokens, at)]
    for verb in verbs:
        phrase = subject(line, first, verb)
        says_it = tokens[verb].low in lexicon.SAY or tokens[verb].low in lexicon.CLAIM
        if phrase is not None and (_may_speak(line, phrase) or (says_it and _is_speaker(line, phrase))):
            return with_apposition(line, Clue("introduced", phrase, verb))
    return None


def _is_finite(tokens: Sequence[Token], at: int) -> bool:
    """Whether a verb that tells what somebody said or thinks stands here; in its base form it is a noun but behind "they"."""
    low = tokens[at].low
    if low not in lexicon.TELLS:
        return False
    base = lexicon.SAY.get(low) or lexicon.CLAIM.get(low) or lexicon.verbs("hold").get(low)
    return low != base or tokens[at - 1].low in PRONOUNS


def _may_speak(line: Line, phrase: Phrase) -> bool:
    """Whether a subject is somebody who may be quoted next: a name, "he" or "she"; what "it" and "we" did says nothing."""
    return phrase.kind == "person" or (phrase.kind == "pronoun" and line.tokens[phrase.first].low in ("he", "she", "they"))


def _is_speaker(line: Line, phrase: Phrase) -> bool:
    """Whether an unnamed source is one that can speak: a role or a named organisation."""
    if phrase.kind == "group":
        return True
    return phrase.kind == "role" and phrase.head is not None and lexicon.is_role(line.tokens[phrase.head].low)


def topic(line: Line, last: int) -> Clue | None:
    """The subject of the sentence that ends with token `last`, whatever its verb."""
    phrase = main_subject(line, list(phrases(line, line.sentence(last), last)))
    free = phrase is not None and (phrase.first == 0 or line.tokens[phrase.first - 1].low not in PREPOSITIONS)
    return Clue("topic", phrase, None) if phrase and free and _may_speak(line, phrase) else None


def signature(line: Line) -> Clue | None:
    """A paragraph that is nothing but a name, with a dash before it or not: ~ Ann Lee, Steward, Nowhere."""
    tokens = line.tokens
    dash = bool(tokens) and tokens[0].text in DASHES
    if len(tokens) <= dash or len(tokens) > _LONGEST_SIGNATURE or not tokens[dash].capital:
        return None
    phrase = phrase_at(tokens, dash)
    if phrase is None or phrase.kind not in ("person", "group") or tokens[dash].low in ("the", "a", "an"):
        return None
    rest = tokens[phrase.last :]
    if rest and rest[0].text not in (",", "(", ":", *DASHES, "."):
        return None
    if any((says(token) and not token.capital) or token.low in FINITE or token.text in ("?", "!") for token in tokens) or (
        not dash and tokens[-1].text == "."
    ):
        return None
    return with_apposition(line, Clue("signature", phrase, 0 if dash else None))


def titled(line: Line) -> Clue | None:
    """Whose statement a document is by its title: Lee Statement on the Budget; Statement by Ann Lee."""
    tokens = line.tokens
    author = phrase_at(tokens, 0)
    follows = tokens[author.last] if author and author.last < len(tokens) else None
    if author and author.kind == "person" and follows and (follows.text == ":" or follows.low == "on") and not tokens[0].text.isupper():
        return Clue("titled", author, author.last)
    for at, token in enumerate(tokens):
        if token.low in _STATEMENTS:
            if at + 1 < len(tokens) and tokens[at + 1].low in ("by", "from", "of") and (phrase := phrase_at(tokens, at + 2)):
                return Clue("titled", phrase, at) if phrase.kind in ("person", "group") else None
            end = at
            while end > 0 and tokens[end - 1].low in _STATEMENT_KINDS:
                end -= 1
            found = [phrase for phrase in phrases(Line(tokens[:end], ()), 0, end) if phrase.kind in ("person", "group")]
            return Clue("titled", found[-1], at) if found and found[-1].last == end else None
    return None

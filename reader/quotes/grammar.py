"""The grammar of reporting clauses: where a verb of saying stands, and whose verb it is.

Owns adverbs, appositions, relative clauses and coordination as far as newspapers use them around quotations. Refuses to look at the
quotations themselves; `cues` does.
"""

from collections.abc import Iterator

from reader.quotes import lexicon
from reader.quotes.phrases import PRONOUNS, Phrase, phrase_at
from reader.quotes.tokens import Line, Token

DASHES = frozenset("— – - -- ― ~ ‒".split())
"""Dashes, and the tilde that stands for one in signatures."""
_OPENS_ASIDE, _CLOSES_ASIDE = DASHES | {",", "("}, DASHES | {",", ")"}
_ADVERBS = frozenset(
    "also later then once again further recently previously reportedly publicly today yesterday earlier just now even still often always "
    "has have had did does do will would can could is was were be been being who never simply first already jointly both all".split()
)
_NEAR_VERB = _ADVERBS - frozenset("who was were is be been being".split())
PREPOSITIONS = frozenset(
    "in on at of with from by to for after during before about against under over between into like via as near since until through amid among".split()
)
FINITE = frozenset("is was were are has have had will would".split())
_PLURALS = frozenset("to people police men women".split())
ISSUED = frozenset(
    "released issued delivered offered shared published posted sent wrote read gave made tweeted circulated signed distributed".split()
)


def says(token: Token) -> bool:
    """Whether the word is a finite verb that takes direct speech; "put it" is read as one word."""
    low = token.low
    return (low in lexicon.SAYS and not token.possessive) or low in lexicon.FOREIGN_SAYS


def phrases(tokens: "Line", first: int, last: int) -> Iterator[Phrase]:
    """The noun phrases among the tokens from `first` to before `last`, left to right."""
    at = first
    words = tokens.tokens
    while at < last:
        found = phrase_at(words, at) if words[at].word else None
        if found is None:
            at += 1
            continue
        if found.last > last:
            return
        yield found
        at = max(found.last, at + 1)


def is_verb_here(line: Line, at: int) -> bool:
    """Whether a finite verb of saying stands here, and not a name that is spelt like one: "Read said"."""
    tokens = line.tokens
    if at >= len(tokens) or not says(tokens[at]) or (tokens[at].capital and at + 1 < len(tokens) and says(tokens[at + 1])):
        return False
    if at and lexicon.SAY.get(tokens[at].low) == tokens[at].low and tokens[at].low != "read" and not _is_plural(tokens[at - 1]):
        return False  # "at every standing post"
    return tokens[at].low not in lexicon.NOUNS_TOO or at == 0 or _is_source_word(tokens[at - 1])


def _is_plural(token: Token) -> bool:
    """Whether a verb in its base form may follow: "they say", "officials say", "Lee and Roe say", "would say"."""
    return (
        not token.word
        or token.capital
        or token.low in PRONOUNS
        or token.low in _NEAR_VERB
        or token.low in _PLURALS
        or token.low.endswith("s")
    )


def _is_source_word(token: Token) -> bool:
    """Whether a verb may follow this word, rather than the word describe a noun that looks like a verb: "opening remarks"."""
    low = token.low
    return not token.word or token.capital or low in PRONOUNS or lexicon.is_role(low) or low in lexicon.DOCUMENTS or low in _NEAR_VERB


def past_adverbs(line: Line, at: int) -> int:
    """The first token from `at` on that is no adverb or auxiliary."""
    tokens = line.tokens
    while at < len(tokens) and (tokens[at].low in _ADVERBS or (tokens[at].low.endswith("ly") and not tokens[at].capital)):
        at += 1
    return at


def subject(line: Line, first: int, verb: int) -> Phrase | None:
    """Whose verb it is: the noun phrase before it, past adverbs, appositions, relative pronouns and coordinated verbs."""
    tokens = line.tokens
    found = list(phrases(line, first, verb))
    at = before_adverbs(line, first, verb)
    relative = at > first and tokens[at - 1].low in ("who", "which", "that")
    if relative:
        at -= 1
        at -= at > first and tokens[at - 1].text == ","
        found = [phrase for phrase in found if phrase.last <= at]
    near = next((phrase for phrase in found if phrase.last == at), None)
    if near and near.kind == "document" and tokens[at].low in ("which", "that"):
        issued = near.first > 0 and tokens[near.first - 1].low in ISSUED
        return (main_subject(line, found[:-1]) or near) if issued else near
    if near and (not tokens[verb].low.endswith("ing") or (near.first > 0 and tokens[near.first - 1].low == "with")):
        bare = next((phrase for phrase in found if phrase.last == near.first and phrase.kind == "person" and near.kind == "role"), None)
        if bare is not None:  # "Ann Lee a teacher from Nowhere says": the comma was forgotten
            return bare
        return near if relative or tokens[verb].low.endswith("ing") else _past_preposition(line, near, found)
    if at > first and tokens[at - 1].text in _CLOSES_ASIDE and not tokens[verb].low.endswith("ing"):
        return _apposed(line, found, at - 1)
    if at > first and tokens[at - 1].low in ("and", "but") and (joined := _coordinated(line, found)) is not None:
        return joined
    return main_subject(line, found)


def before_adverbs(line: Line, first: int, verb: int) -> int:
    """Where the adverbs and auxiliaries before a verb begin."""
    tokens = line.tokens
    at = verb
    while at > first and (tokens[at - 1].low in _NEAR_VERB or (tokens[at - 1].low.endswith("ly") and not tokens[at - 1].capital)):
        at -= 1
    return at


def _coordinated(line: Line, found: list[Phrase]) -> Phrase | None:
    """The subject of the verb that "and" joins to this one: Ann Lee smiled and said."""
    tokens = line.tokens
    for phrase in reversed(found):
        following = tokens[phrase.last]
        free = phrase.first == 0 or tokens[phrase.first - 1].low not in PREPOSITIONS
        if free and phrase.kind != "document" and following.word and not following.capital and following.low not in lexicon.FUNCTION_WORDS:
            return phrase
    return None


def _past_preposition(line: Line, near: Phrase, found: list[Phrase]) -> Phrase:
    """The phrase before the verb, unless it only says where its noun belongs: "a teacher from Nowhere said"."""
    tokens = line.tokens
    if near.first == 0 or tokens[near.first - 1].low not in PREPOSITIONS or near.kind == "pronoun":
        return near
    earlier = [phrase for phrase in found if phrase.last < near.first and phrase.kind != "pronoun"]
    for phrase in reversed(earlier):
        if phrase.first == 0 or tokens[phrase.first - 1].low not in PREPOSITIONS:
            near_enough = all(token.text != "," for token in tokens[phrase.last : near.first])
            return phrase if near_enough and tokens[phrase.first].low not in PREPOSITIONS else near
    return near


def _apposed(line: Line, found: list[Phrase], comma: int) -> Phrase | None:
    """The subject of "Ann Lee, president of the union, said" and of "the president, Ann Lee, said"."""
    tokens = line.tokens
    free = [phrase for phrase in found if phrase.first == 0 or tokens[phrase.first - 1].low not in PREPOSITIONS]
    before_comma = [phrase for phrase in free if phrase.last <= comma and not _is_place(line, phrase)]
    openers = [phrase for phrase in before_comma if phrase.last < comma and tokens[phrase.last].text in _OPENS_ASIDE]
    last = before_comma[-1] if before_comma else None
    if (
        last
        and last.kind == "person"
        and last.role is None
        and openers
        and openers[-1].kind == "role"
        and openers[-1].last == last.first - 1
    ):
        return last
    for phrase in reversed(openers):
        if phrase.kind == "person":
            return phrase
    named = [phrase for phrase in before_comma if phrase.kind in ("person", "pronoun", "role", "group")]
    return openers[-1] if openers else named[-1] if named else None


def main_subject(line: Line, found: list[Phrase]) -> Phrase | None:
    """The subject of the sentence: the first phrase that hangs on no preposition and owns nothing."""
    tokens = line.tokens
    sources = [phrase for phrase in found if phrase.kind in ("person", "pronoun", "role", "group") and not _is_place(line, phrase)]
    for phrase in sources:
        free = phrase.first == 0 or tokens[phrase.first - 1].low not in PREPOSITIONS
        if free and not tokens[phrase.last - 1].possessive:
            return phrase
    return sources[0] if sources else next((phrase for phrase in found if phrase.kind == "document"), None)


def _is_place(line: Line, phrase: Phrase) -> bool:
    """Whether the phrase only names a place, as a dateline does."""
    if phrase.name is None or phrase.role is not None:
        return False
    return all(token.low in lexicon.PLACES for token in line.tokens[phrase.name[0] : phrase.name[1]])

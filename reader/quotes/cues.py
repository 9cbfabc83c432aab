"""What ties a quotation to its source: the grammar of "…," said Ann Lee / Ann Lee told reporters, "…" / Ann Lee: "…" / "…" – Ann Lee.

Owns the rules of attribution within one paragraph. Each is a function with the name it has in a quotation's `rule`, an example in its
docstring, and a line in the table of `tests.bench.quotes`. Refuses to say who "she" is; `cast` does.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reader.quotes import lexicon
from reader.quotes.phrases import DOCUMENTS, NOUNS_TOO, PRONOUNS, Phrase, is_name_word, phrase_at
from reader.quotes.tokens import GAP, QUOTATION, Line, Token

DASHES = frozenset("— – - -- ― ~ ‒".split())
_ADVERBS = frozenset(
    "also later then once again further recently previously reportedly publicly today yesterday earlier just now even still often always "
    "has have had did does do will would can could is was were be been being who never simply first already jointly both all".split()
)
_NEAR_VERB = _ADVERBS - frozenset("who was were is be been being".split())
_BEFORE_NOUN = frozenset(
    "in on at of with from by to for after during before about against under over between into like via as near since until through amid among".split()
)
_FINITE_STOP = frozenset("is was were are has have had will would".split())
_STATEMENT_KINDS = frozenset(
    "opening closing prepared floor full press joint weekly official written public personal delivers issues releases gives makes".split()
)
_ISSUED = frozenset("released issued published posted sent wrote read gave made tweeted circulated signed distributed".split())
_PASSIVE = frozenset("was were is are be been being when if".split())
_STATEMENTS = frozenset("statement statements remarks testimony speech address op-ed".split())
_LONGEST_ADJUNCT = 18
"""Words that may stand between the verb and the mark: "told the evening news on Tuesday in an interview from her home, …"."""
_LONGEST_SIGNATURE = 26
_LONGEST_APPOSITION = 40


@dataclass(frozen=True, slots=True)
class Clue:
    """A source as the grammar gives it: which rule, the phrase, the token of the verb (None: a dash or a colon at `tie`)."""

    rule: str
    phrase: Phrase
    tie: int | None
    apposition: tuple[int, int] | None = None


def says(token: Token) -> bool:
    """Whether the word is a finite verb that takes direct speech; "put it" is read as one word."""
    low = token.low
    return (low in lexicon.verbs("say") and not low.endswith("ing") and not token.possessive) or low in lexicon.section(
        "speech_verbs", "foreign"
    )


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
    return tokens[at].low not in NOUNS_TOO or at == 0 or _is_source_word(tokens[at - 1])


def _is_source_word(token: Token) -> bool:
    """Whether a verb may follow this word, rather than the word describe a noun that looks like a verb: "opening remarks"."""
    low = token.low
    return not token.word or token.capital or low in PRONOUNS or lexicon.is_role(low) or low in DOCUMENTS or low in _NEAR_VERB


def _past_adverbs(line: Line, at: int) -> int:
    tokens = line.tokens
    while at < len(tokens) and (tokens[at].low in _ADVERBS or (tokens[at].low.endswith("ly") and not tokens[at].capital)):
        at += 1
    return at


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
    verb = _past_adverbs(line, at)
    if verb > at + 2 or not is_verb_here(line, verb) or (stopped and tokens[verb].capital):
        return None
    noun = _past_adverbs(line, verb + 1)
    phrase = phrase_at(tokens, noun)
    if phrase is None and tokens[verb].low in lexicon.section("speech_verbs", "foreign"):
        named = next((at for at in range(noun, min(len(tokens), noun + 4)) if is_name_word(tokens[at])), None)
        phrase = None if named is None else phrase_at(tokens, named)
    if phrase is None and noun + 1 < len(tokens) and tokens[noun].word and tokens[noun].low not in lexicon.section("function_words"):
        phrase = phrase_at(tokens, noun + 1)
        phrase = phrase if phrase is not None and phrase.kind == "person" else None
    if phrase is None or (phrase.kind == "pronoun" and tokens[phrase.first].low in ("it", "you")):
        return None
    if phrase.kind in ("person", "pronoun") or tokens[verb].low not in ("read", "reads"):
        return _with_apposition(line, Clue("said_after", phrase, verb))
    return None


def after_said(line: Line, at: int, *, stopped: bool) -> Clue | None:
    """Source, then verb: "We won," Ann Lee, the president, told reporters."""
    tokens = line.tokens
    phrase = phrase_at(tokens, at)
    if phrase is None:
        return None
    clue = Clue("after_said", phrase, None)
    end = phrase.last
    verb = _past_adverbs(line, end)
    if verb < len(tokens) and tokens[verb].text == "," and (close := _apposition_end(line, verb)) is not None:
        clue = _with_apposition(line, clue)
        verb = _past_adverbs(line, close + 1)
    if not is_verb_here(line, verb):
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
    if tokens[at].text == QUOTATION or tokens[at].low not in (*_BEFORE_NOUN, "today", "yesterday", "tuesday"):
        return False
    return any(line.ends(later) for later in range(at, min(len(tokens), at + 12))) and not any(
        says(tokens[later]) or tokens[later].low in ("that", *_FINITE_STOP) for later in range(at, min(len(tokens), at + 8))
    )


def _apposition_end(line: Line, comma: int) -> int | None:
    """The comma that closes the apposition opened by `comma`, when a verb of saying follows it."""
    tokens = line.tokens
    for at in range(comma + 1, min(len(tokens), comma + _LONGEST_APPOSITION)):
        if tokens[at].text == "," or tokens[at].text in DASHES:
            verb = _past_adverbs(line, at + 1)
            if verb < len(tokens) and says(tokens[verb]):
                return at
        elif line.ends(at) or tokens[at].text == QUOTATION:
            return None
    return None


def _with_apposition(line: Line, clue: Clue) -> Clue:
    """The clue with what stands behind its phrase between commas: "the president, Ann Lee," is Ann Lee; "Ann Lee, the president," her role."""
    tokens = line.tokens
    phrase = clue.phrase
    if phrase.last >= len(tokens) or tokens[phrase.last].text != ",":
        return clue
    second = phrase_at(tokens, phrase.last + 1)
    if second is None:
        return clue
    if phrase.kind == "role" and second.kind == "person" and second.role is None:
        return Clue(clue.rule, second, clue.tie, (phrase.first, phrase.last))
    if second.kind in ("role", "person", "group") and (second.role or second.kind == "role"):
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
        if says(tokens[end]) or tokens[end].low in _FINITE_STOP:
            return None
        end += 1
    return _with_apposition(line, Clue("signed", phrase, dash))


def before(line: Line, place: int) -> Clue | None:
    """The source named before the quotation at token `place`, in the same sentence."""
    first = line.sentence(place)
    if first >= place:
        return None
    if is_called(line, place):
        return claimed(line, place)
    return label(line, first, place) or said_before(line, first, place) or according_before(line, first, place)


def label(line: Line, first: int, place: int) -> Clue | None:
    """A name and a colon or a dash: Chair Lee: "We won." """
    tokens = line.tokens
    tie = place - 1
    if tie <= first or tokens[tie].text not in (":", *DASHES):
        return None
    start = next((at + 1 for at in range(tie - 1, first, -1) if tokens[at].text == ":"), first)
    phrase = phrase_at(tokens, start)
    if phrase is None or phrase.last != tie or phrase.kind not in ("person", "role", "group"):
        return None
    if tokens[tie].text != ":" and (phrase.kind != "person" or all(token.text.isupper() for token in tokens[start:tie])):
        return None
    return Clue("label", phrase, tie)


def according_before(line: Line, first: int, place: int) -> Clue | None:
    """According to Ann Lee, "we won". In the words of Ann Lee, "we won"."""
    tokens = line.tokens
    for at in range(first, place - 2):
        if (tokens[at].low, tokens[at + 1].low) in (("according", "to"), ("words", "of")):
            phrase = phrase_at(tokens, at + 2)
            return _with_apposition(line, Clue("according_to", phrase, at)) if phrase else None
    return None


def said_before(line: Line, first: int, place: int) -> Clue | None:
    """Source and verb before the mark, at most an address or a circumstance between: Ann Lee told the Gazette on Monday, "We won." """
    tokens = line.tokens
    aside = next((at for at in range(first, place - 2) if tokens[at].text in DASHES), place) if tokens[place - 1].text in DASHES else place
    for verb in range(place - 1, first - 1, -1):
        token = tokens[verb]
        if verb > aside:
            continue
        if token.text == QUOTATION:
            return None
        participle = token.low in lexicon.verbs("say") and token.low.endswith("ing")
        if not (is_verb_here(line, verb) or participle):
            continue
        if token.capital and verb == first and not participle:
            return _inverted(line, verb, place)
        if not _leads(line, verb, place):
            return None
        if (
            token.low in ("asked", "told", "quoted", "cited")
            and verb > first
            and tokens[_before_adverbs(line, first, verb) - 1].low in _PASSIVE
        ):
            return None
        phrase = subject(line, first, verb)
        if phrase is None:
            continue
        clue = _with_apposition(line, Clue("saying" if participle else "said_before", phrase, verb))
        return Clue(clue.rule, clue.phrase, verb, clue.apposition)
    return None


def _inverted(line: Line, verb: int, place: int) -> Clue | None:
    """Said Ann Lee, "We won." """
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
        start = between[0]
        if start.low == "that" and len(between) > 1:
            return False
        return not any((says(token) and token.low not in NOUNS_TOO) or token.low in _FINITE_STOP for token in between)
    start = between[0].low
    return (
        (start in _BEFORE_NOUN or tokens[verb].low in ("told", "tells", "telling", "asked", "tweeted"))
        and len(between) <= 8
        and not any(token.low in (*_FINITE_STOP, "that") for token in between)
    )


def _without_aside(between: Sequence[Token]) -> Sequence[Token]:
    """The words without what stands between two dashes right before the mark: said - as the Gazette reported - "…"."""
    if between and between[-1].text in DASHES:
        first = next((n for n, token in enumerate(between[:-1]) if token.text in DASHES), None)
        if first is not None:
            return [*between[:first], between[-1]]
    return between


def subject(line: Line, first: int, verb: int) -> Phrase | None:
    """Whose verb it is: the noun phrase before it, past adverbs, appositions, relative pronouns and coordinated verbs."""
    tokens = line.tokens
    found = list(phrases(line, first, verb))
    at = _before_adverbs(line, first, verb)
    relative = at > first and tokens[at - 1].low in ("who", "which", "that")
    if relative:
        at -= 1
        at -= at > first and tokens[at - 1].text == ","
        found = [phrase for phrase in found if phrase.last <= at]
    near = next((phrase for phrase in found if phrase.last == at), None)
    if near and near.kind == "document" and tokens[at].low in ("which", "that"):
        issued = near.first > 0 and tokens[near.first - 1].low in _ISSUED
        return (_main(line, found[:-1]) or near) if issued else near
    if near and (not tokens[verb].low.endswith("ing") or (near.first > 0 and tokens[near.first - 1].low == "with")):
        bare = next((phrase for phrase in found if phrase.last == near.first and phrase.kind == "person" and near.kind == "role"), None)
        if bare is not None:  # "Ann Lee a teacher from Hartford says": the comma was forgotten
            return bare
        return near if relative or tokens[verb].low.endswith("ing") else _past_preposition(line, near, found)
    if at > first and tokens[at - 1].text in (",", ")", *DASHES) and not tokens[verb].low.endswith("ing"):
        return _apposed(line, found, at - 1)
    if at > first and tokens[at - 1].low in ("and", "but") and (joined := _coordinated(line, found)) is not None:
        return joined
    return _main(line, found)


def _before_adverbs(line: Line, first: int, verb: int) -> int:
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
        free = phrase.first == 0 or tokens[phrase.first - 1].low not in _BEFORE_NOUN
        if (
            free
            and phrase.kind != "document"
            and following.word
            and not following.capital
            and following.low not in lexicon.section("function_words")
        ):
            return phrase
    return None


def _past_preposition(line: Line, near: Phrase, found: list[Phrase]) -> Phrase:
    """The phrase before the verb, unless it only says where its noun belongs: "a teacher from Hartford said"."""
    tokens = line.tokens
    if near.first == 0 or tokens[near.first - 1].low not in _BEFORE_NOUN or near.kind == "pronoun":
        return near
    earlier = [phrase for phrase in found if phrase.last < near.first and phrase.kind != "pronoun"]
    for phrase in reversed(earlier):
        if phrase.first == 0 or tokens[phrase.first - 1].low not in _BEFORE_NOUN:
            near_enough = all(token.text != "," for token in tokens[phrase.last : near.first])
            return phrase if near_enough and tokens[phrase.first].low not in _BEFORE_NOUN else near
    return near


def _apposed(line: Line, found: list[Phrase], comma: int) -> Phrase | None:
    """The subject of "Ann Lee, president of the union, said" and of "the president, Ann Lee, said"."""
    tokens = line.tokens
    before_comma = [phrase for phrase in found if phrase.last <= comma]
    openers = [phrase for phrase in before_comma if phrase.last < comma and tokens[phrase.last].text in (",", "(", *DASHES)]
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


def _main(line: Line, found: list[Phrase]) -> Phrase | None:
    """The subject of the sentence: the first phrase that hangs on no preposition and owns nothing."""
    tokens = line.tokens
    sources = [phrase for phrase in found if phrase.kind in ("person", "pronoun", "role", "group") and not _is_place(line, phrase)]
    for phrase in sources:
        free = phrase.first == 0 or tokens[phrase.first - 1].low not in _BEFORE_NOUN
        if free and not tokens[phrase.last - 1].possessive:
            return phrase
    return sources[0] if sources else found[0] if found else None


def _is_place(line: Line, phrase: Phrase) -> bool:
    """Whether the phrase only names a place, as a dateline does."""
    if phrase.name is None or phrase.role is not None:
        return False
    return all(token.low in lexicon.section("organisations", "place") for token in line.tokens[phrase.name[0] : phrase.name[1]])


def claimed(line: Line, place: int) -> Clue | None:
    """A verb of saying or naming somewhere before the mark in the sentence: Ann Lee called the offer "a bad joke"."""
    tokens = line.tokens
    first = line.sentence(place)
    for verb in range(place - 1, first, -1):
        low = tokens[verb].low
        base = lexicon.verbs("claim").get(low) or lexicon.verbs("say").get(low)
        if base is not None and not (low == base and _is_noun(tokens, verb)):
            phrase = subject(line, first, verb)
            if phrase is not None and phrase.kind != "document":
                return Clue("claimed", phrase, verb)
    return None


def _is_noun(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word that could be a verb is a noun here: "a far cry", "his appeal"."""
    before = tokens[at - 1]
    return before.possessive or before.low in lexicon.section("function_words") - {
        "i",
        "we",
        "you",
        "they",
        "to",
        "who",
        "not",
        "would",
        "could",
        "will",
        "did",
    }


def announced(line: Line, colon: int) -> Clue | None:
    """The source of a sentence that ends in a colon and announces the next paragraph: The resolution states:."""
    clue = said_before(line, line.sentence(colon), colon + 1)
    return clue and Clue("colon", clue.phrase, clue.tie, clue.apposition)


def is_called(line: Line, place: int) -> bool:
    """Whether the words are what somebody calls something: what Ann Lee called "a bad joke," the mayor welcomed."""
    return place > 0 and lexicon.verbs("claim").get(line.tokens[place - 1].low) in ("call", "dub", "label", "brand", "term")


def introduced(line: Line, last: int) -> Clue | None:
    """The source of the sentence that ends with token `last`, when it tells what somebody said: Lee said talks had failed. "It is over." """
    tokens = line.tokens
    first = line.sentence(last)
    inverted = next((at for at in range(last - 1, first, -1) if says(tokens[at]) and tokens[at - 1].text == ","), None)
    if inverted is not None and (source := phrase_at(tokens, inverted + 1)) is not None and source.kind in ("person", "pronoun"):
        return Clue("introduced", source, inverted)
    verbs = [
        at
        for at in range(first, last)
        if not tokens[at].capital and any(tokens[at].low in lexicon.verbs(of) for of in ("say", "claim", "hold"))
    ]
    for verb in verbs:
        phrase = subject(line, first, verb)
        says_it = tokens[verb].low in lexicon.verbs("say") or tokens[verb].low in lexicon.verbs("claim")
        if phrase is not None and (phrase.kind in ("person", "pronoun") or (says_it and _is_speaker(line, phrase))):
            return _with_apposition(line, Clue("introduced", phrase, verb))
    return None


def _is_speaker(line: Line, phrase: Phrase) -> bool:
    """Whether an unnamed source is one that can speak: a role or a named organisation."""
    if phrase.kind == "group":
        return True
    return phrase.kind == "role" and phrase.head is not None and lexicon.is_role(line.tokens[phrase.head].low)


def topic(line: Line, last: int) -> Clue | None:
    """The subject of the sentence that ends with token `last`, whatever its verb."""
    phrase = _main(line, list(phrases(line, line.sentence(last), last)))
    return Clue("topic", phrase, None) if phrase and phrase.kind in ("person", "pronoun") else None


def signature(line: Line) -> Clue | None:
    """A paragraph that is nothing but a name, with a dash before it or not: ~ Ann Lee, Steward, Hartford."""
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
    if any((says(token) and not token.capital) or token.low in _FINITE_STOP or token.text in ("?", "!") for token in tokens) or (
        not dash and tokens[-1].text == "."
    ):
        return None
    return _with_apposition(line, Clue("signature", phrase, 0 if dash else None))


def titled(line: Line) -> Clue | None:
    """Whose statement a document is by its title: Lee Statement on the Budget; Statement by Ann Lee on …"""
    tokens = line.tokens
    author = phrase_at(tokens, 0)
    if author and author.kind == "person" and author.last < len(tokens) and tokens[author.last].text == ":" and not tokens[0].text.isupper():
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

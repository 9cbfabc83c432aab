"""Noun phrases that can name a source: "Rep. Ann Lee (D-Ohio)", "the union's president, Bo Roe", "a spokesman for the company", "she".

Owns where such a phrase begins and ends, which of its words are the name and which the role. Refuses to say who is meant; `cast` does.
Places are numbers of tokens.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reader.quotes import lexicon
from reader.quotes.tokens import GAP, Token

PRONOUNS = frozenset("he she they it we i you who".split())
_DETERMINERS = frozenset(
    "the a an one two three four another this these those some several many most both all his her their our my its your no other".split()
)
_OWNERS = frozenset("his her their our my its your".split())
_PARTICLES = frozenset("de da del della di do dos du la le van von der den ter bin ibn al el y e zu".split())
_LINKS = frozenset("of for at".split())
_NAME_AFTER = frozenset("jr sr ii iii iv phd md esq mp mep".split())
_DEFINITE = _OWNERS | frozenset("the this that these those".split())
_NOT_LAST = lexicon.OFFICE | {"and"}
ROLE_SURNAMES = frozenset(
    "bishop dean judge king prince pope major marshall page farmer baker coach fisher carpenter mayor priest noble young constable knight earl duke "
    "baron porter guard banker parent nurse driver actor abbott chancellor chief foreman speaker cook gardener mason author".split()
)
"""Words for roles that are surnames as well."""
BEFORE_SURNAME = frozenset(
    "mr mrs ms dr prof rep reps sen gov representative senator congressman congresswoman congressmember governor mayor secretary minister judge "
    "sheriff councilman councilwoman councillor chairman chairwoman commissioner captain officer president professor".split()
)
_SURNAMES = frozenset("house church post court guard law bill day young press banks".split())
"""Words for organisations that are surnames as well."""
_COUNTING = frozenset("one two three several some many most both each neither none another".split())
_NUMBERED = frozenset("local district ward chapter lodge unit act".split())
_THEM = frozenset("them us those these you".split())
_LONGEST_OWNER = 5
_MOST_LOWER = 5


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: tokens `first` to before `last`; the tokens of its name, if any; `kind` is person, group, role, document or pronoun.

    `head` is the token that says what it is ("spokesman"), `role` the span of tokens that say somebody's role.
    """

    first: int
    last: int
    kind: str
    name: tuple[int, int] | None = None
    head: int | None = None
    role: tuple[int, int] | None = None
    definite: bool = False
    plural: bool = False


def is_name_word(token: Token) -> bool:
    """Whether a word may be part of a name: a capital, and none of the words that only begin sentences."""
    if not token.capital:
        return False
    return token.low not in lexicon.FUNCTION_WORDS or (len(token.text) == 1 and token.text not in {"I", "A"})


def phrase_at(tokens: Sequence[Token], at: int) -> Phrase | None:
    """The noun phrase that begins with the token `at`, with what is attached by "of" and "for", brackets skipped; None when there is none."""
    if at >= len(tokens) or not tokens[at].word:
        return None
    first = tokens[at]
    if first.low in PRONOUNS and not first.possessive and first.text not in ("US", "IT", "WHO"):
        return Phrase(at, at + 1, "pronoun", head=at)
    if first.low in lexicon.CALENDAR and first.capital:
        return None
    owner = _owner(tokens, at)
    if owner is not None:
        end, core = _core(tokens, owner, determined=True)
        owned = _described(tokens, owner, end, core, determined=True) if core else None
        if owned is not None and owned.kind == "document":
            return replace(owned, first=at, kind="person", name=(at, owner))
        return None if owned is None else replace(owned, first=at, definite=False)
    end = at
    if first.low in _COUNTING and at + 2 < len(tokens) and tokens[at + 1].low == "of" and tokens[at + 2].low in _THEM:
        return Phrase(at, at + 3, "role", head=at + 2)
    determined = first.low in _DETERMINERS and not (first.capital and at + 1 < len(tokens) and first.text.isupper() and len(first.text) > 1)
    if determined:
        end += 1
        while end < len(tokens) and tokens[end].low in ("other", "many", "few", "several", "first", "of", "the"):
            end += 1
    end, core = _core(tokens, end, determined=determined)
    if not core:
        return None
    return _described(tokens, at, end, core, determined=determined)


def _owner(tokens: Sequence[Token], at: int) -> int | None:
    """The token behind a name that owns what follows: "Lee's" in "Lee's letter". None when the phrase does not begin with one."""
    end = at
    while end < len(tokens) and end < at + _LONGEST_OWNER and (tokens[end].capital or tokens[end].text == "."):
        if tokens[end].possessive:
            following = tokens[end + 1] if end + 1 < len(tokens) else None
            return end + 1 if following is not None and following.word else None
        end += 1
    return None


def _core(tokens: Sequence[Token], at: int, *, determined: bool) -> tuple[int, list[int]]:
    """Walk over the words of a phrase; the token after it, and the tokens of its own words (what follows "of" is not among them)."""
    core: list[int] = []
    attached = False
    lower = 0
    end = at
    while end < len(tokens):
        token = tokens[end]
        if token.text == "." and end > at and _abbreviates(tokens, end):
            end += 1
        elif token.text == "(" and core:
            close = _closing(tokens, end)
            if close is None:
                break
            end = close + 1
        elif not token.word:
            break
        elif attached and _resumes(tokens, end, **_heading(tokens, core)):
            attached = False
            core.append(end)
            end += 1
        elif is_name_word(token) or _goes_on(tokens, end, core, determined=determined, lower=lower):
            lower += not token.capital
            if not attached:
                core.append(end)
            end += 1
        elif core and _is_link(tokens, end, core) and _linked(tokens, end):
            attached = True
            end += 1 + (tokens[end + 1].low in _DETERMINERS)
        elif token.low == "and" and core and not attached and _coordinates(tokens, end):
            core.append(end)
            end += 1
        else:
            break
    return end, core


def _heading(tokens: Sequence[Token], core: list[int]) -> dict[str, bool]:
    lows = [tokens[place].low for place in core]
    return {"of_role": any(lexicon.is_role(low) for low in lows), "speaks_for": any(low.startswith("spokes") for low in lows)}


def _resumes(tokens: Sequence[Token], at: int, *, of_role: bool, speaks_for: bool) -> bool:
    """Whether behind "of …" the phrase itself goes on: "Secretary of State Ann Lee", "House of Lords Speaker Bo Roe"."""
    token = tokens[at]
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if speaks_for:
        return False
    if lexicon.is_role(token.low) and (token.capital or (following is not None and is_name_word(following))):
        return True
    if not (token.capital and following is not None and following.word and following.capital):
        return False
    if tokens[at - 1].low in lexicon.PLACES and token.low not in lexicon.PLACES and token.low not in lexicon.ORGANISATIONS and of_role:
        return True
    return tokens[at - 1].text == ")" or (token.low in lexicon.FIRST_NAMES and tokens[at - 1].capital)


def _goes_on(tokens: Sequence[Token], at: int, core: list[int], *, determined: bool, lower: int) -> bool:
    """Whether a word in small letters belongs to the phrase."""
    token = tokens[at]
    low = token.low
    if lexicon.is_role(low) or low in lexicon.OFFICE:
        return True
    if low in _PARTICLES and core and at + 1 < len(tokens) and is_name_word(tokens[at + 1]):
        return tokens[core[-1]].capital
    if token.text[0].isdigit():
        return (determined and not core) or tokens[at - 1].low in _NUMBERED
    if low in lexicon.FUNCTION_WORDS or low in ("who", "which", "that"):
        return False
    if low in lexicon.SAY:
        if core and tokens[at - 1].possessive:
            return True
        if determined and core and low in lexicon.NOUNS_TOO:
            return tokens[core[-1]].low.endswith("ing") or tokens[core[-1]].low in lexicon.OFFICE
        return determined and not core and not low.endswith(("ed", "ing"))
    if determined and lower < _MOST_LOWER:
        return not _is_verb(tokens, at, core)
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if _is_office(tokens, at, core):
        return True
    return lower < 2 and following is not None and lexicon.is_role(following.low) and not low.endswith(("ed", "ly"))


def _is_office(tokens: Sequence[Token], at: int, core: Sequence[int]) -> bool:
    """Whether a word in small letters between two names says what somebody is: "Acme speechwriter Ann Lee"."""
    if not core or not tokens[core[-1]].capital or at + 1 >= len(tokens) or not is_name_word(tokens[at + 1]):
        return False
    return tokens[at].low.endswith(("er", "or", "ist", "ant", "ian", "man", "woman", "ive")) and tokens[at].low not in (
        "over",
        "after",
        "under",
        "for",
        "or",
        "ever",
        "later",
    )


def _is_verb(tokens: Sequence[Token], at: int, core: list[int]) -> bool:
    """Whether a word behind a noun in a phrase looks like its verb: "the mayor walked"."""
    low = tokens[at].low
    if low in lexicon.CLAIM or low in lexicon.WRITE:
        return bool(core)
    return bool(core) and (
        low.endswith(("ed", "ing")) or low in ("came", "went", "took", "got", "saw", "made", "left", "ran", "led", "met")
    )


def _abbreviates(tokens: Sequence[Token], at: int) -> bool:
    """Whether the full stop `at` belongs to "Rep.", "J." or "Jr."."""
    before = tokens[at - 1]
    if before.end != tokens[at].start:
        return False
    if len(before.text) == 1 and before.capital:
        return True
    if before.low in _NAME_AFTER:
        return at + 1 < len(tokens) and not (tokens[at + 1].word and tokens[at + 1].capital)
    return before.low in lexicon.TITLES and at + 1 < len(tokens) and tokens[at + 1].word and tokens[at + 1].capital


def _closing(tokens: Sequence[Token], at: int) -> int | None:
    """The bracket that closes the one `at`, when it is near and on no other topic."""
    for place in range(at + 1, min(len(tokens), at + 16)):
        if tokens[place].text == ")":
            return place
        if tokens[place].text in (GAP, "("):
            return None
    return None


def _is_link(tokens: Sequence[Token], at: int, core: list[int]) -> bool:
    """Whether a preposition attaches what follows; "from" and "with" do behind a role: a spokesman from the union."""
    low = tokens[at].low
    return low in _LINKS or (low in ("from", "with") and lexicon.is_role(tokens[core[-1]].low) and not tokens[core[-1]].capital)


def _linked(tokens: Sequence[Token], at: int) -> bool:
    """Whether "of", "for" or "at" goes on with a name or a role: "spokesman for the union"."""
    place = at + 1
    if place < len(tokens) and tokens[place].low in _DETERMINERS:
        place += 1
        return place < len(tokens) and tokens[place].word and tokens[place].low not in lexicon.FUNCTION_WORDS
    return place < len(tokens) and (is_name_word(tokens[place]) or lexicon.is_role(tokens[place].low))


def _coordinates(tokens: Sequence[Token], at: int) -> bool:
    """Whether "and" joins two names or two roles: "President and CEO", "Lee and Roe"; not two sentences."""
    if at + 1 >= len(tokens):
        return False
    before, after = tokens[at - 1], tokens[at + 1]
    if lexicon.is_role(before.low) and lexicon.is_role(after.low):
        return True
    return before.text != ")" and is_name_word(before) and is_name_word(after)


def _described(tokens: Sequence[Token], first: int, last: int, core: list[int], *, determined: bool) -> Phrase | None:
    """Tell name from role in the words of a phrase."""
    while core and tokens[core[-1]].low in _NOT_LAST and not tokens[core[-1]].capital:
        core.pop()
        last = core[-1] + 1 if core else last
    if not core:
        return None
    while len(core) > 1 and tokens[core[0]].low in ("dc", "d.c.", "d.c"):  # the end of a dateline
        core = core[1:]
    roles = [
        place
        for n, place in enumerate(core)
        if (lexicon.is_role(tokens[place].low) and not _is_first_name(tokens, place, core)) or _is_office(tokens, place, core[:n])
    ]
    if roles and _is_house(tokens, core):
        roles = []
    after = roles[-1] + 1 if roles else core[0]
    name = [place for place in core if place >= after and tokens[place].capital]
    for n in range(1, len(name)):
        if name[n] > name[n - 1] + 1 and tokens[name[n] - 1].word and tokens[name[n] - 1].low not in ("and", "&"):
            name = name[n:]
            break
    definite = determined and tokens[first].low in _DEFINITE
    if not name and roles and roles[0] == core[0] and tokens[core[0]].low in lexicon.TITLES:
        name = _titled_name(tokens, core)
    if name and tokens[name[0]].possessive:
        name = []
    if name and not tokens[core[-1]].capital and not lexicon.is_role(tokens[core[-1]].low):
        name = []
    if name and _starts_attached(tokens, name[0], core):
        name = []
    if not name:
        return _unnamed(tokens, first, last, core, roles, definite=definite)
    while name and tokens[name[-1]].low == "and":
        name.pop()
    if len(name) == 1 and len(tokens[name[0]].text) == 1:  # the Q of "Q: …"
        return None
    span = (name[0], name[-1] + 1)
    role = (core[0], roles[-1] + 1) if roles else None
    named = [tokens[place] for place in name]
    is_group = not roles and is_organisation(named)
    if all(token.low in lexicon.NOBODY or token.low in _PARTICLES for token in named):
        return None
    plural = any(token.low in ("and", "&") for token in tokens[span[0] : span[1]])
    return Phrase(first, last, "group" if is_group else "person", span, span[0], role, definite, plural)


def _titled_name(tokens: Sequence[Token], core: list[int]) -> list[int]:
    """The name between a title and an office behind it, the comma forgotten: "Dr. Ann Lee District Health Officer"."""
    if (
        len(core) > 2
        and tokens[core[1]].low in lexicon.FIRST_NAMES
        and tokens[core[2]].capital
        and not lexicon.is_role(tokens[core[2]].low)
    ):
        return core[1:3]
    return []


def _is_house(tokens: Sequence[Token], core: list[int]) -> bool:
    """Whether role words are part of an organisation's name: "Invented Employees Coalition"."""
    last = tokens[core[-1]]
    if not last.capital or last.low not in lexicon.ORGANISATIONS or last.low in _SURNAMES:
        return False
    return all(tokens[place].capital for place in core) and not any(tokens[place].low in lexicon.TITLES for place in core)


def _is_first_name(tokens: Sequence[Token], place: int, core: list[int]) -> bool:
    """Whether a role word is somebody's name here: "Dean Lee", "Judge Roe", "Pope" at the end of a name."""
    token = tokens[place]
    if not token.capital or token.text.isupper():
        return False
    if (
        place == core[-1]
        and place > core[0]
        and token.low in ROLE_SURNAMES
        and tokens[place - 1 - (tokens[place - 1].text == ".")].low in BEFORE_SURNAME
    ):
        return True
    following = place + 1 in core and tokens[place + 1].capital
    if token.low in lexicon.FIRST_NAMES and following and token.low not in lexicon.TITLES:
        return place == core[0] and token.low not in ("major", "judge", "general", "pastor")
    before = place - 1 in core and tokens[place - 1].capital and tokens[place - 1].low in lexicon.FIRST_NAMES
    return before and not following and place == core[-1]


def _starts_attached(tokens: Sequence[Token], at: int, core: list[int]) -> bool:
    """Whether a name only belongs to what "of" attaches, as in "the head of Acme"."""
    return at > core[0] and tokens[at - 1].low in _LINKS


def _unnamed(tokens: Sequence[Token], first: int, last: int, core: list[int], roles: list[int], *, definite: bool) -> Phrase | None:
    head = core[-1]
    low = tokens[head].low
    if low in lexicon.TIMES:
        return None
    capitals = [place for place in core if tokens[place].capital]
    if low in lexicon.DOCUMENTS or low.rstrip("s") in lexicon.DOCUMENTS:
        owner = next((place for place in core if tokens[place].possessive and lexicon.is_role(tokens[place].low)), None)
        if owner is not None:  # "the judge's statement"
            return Phrase(first, owner + 1, "role", None, owner, (core[0], owner + 1), definite)
        return Phrase(first, last, "document", None, head, None, definite)
    if roles:
        return Phrase(first, last, "role", None, roles[-1], (core[0], roles[-1] + 1), definite, low.endswith("s"))
    if capitals:
        return Phrase(first, last, "group", (capitals[0], capitals[-1] + 1), head, None, definite)
    if first != core[0] or lexicon.is_role(low):
        return Phrase(first, last, "role", None, head, (core[0], head + 1), definite, low.endswith("s"))
    return None


def is_organisation(named: Sequence[Token]) -> bool:
    """Whether a name is rather one of an organisation or a place: "Acme Union", "INVU", "12AB", "the Capitol"."""
    lows = [token.low for token in named]
    if len(named) == 1 and named[0].text.isupper() and len(named[0].text) > 2 and lows[0] not in lexicon.FIRST_NAMES:
        return True
    if any(token.text[0].isdigit() for token in named):
        return True
    first_name = len(lows) > 1 and lows[0] in lexicon.FIRST_NAMES
    if lows[-1] in lexicon.ORGANISATIONS:
        return not (first_name and lows[-1] in _SURNAMES)
    if lows[-1] in lexicon.PLACES:
        return not first_name
    return not first_name and not lexicon.ORGANISATIONS.isdisjoint(lows[:-1])

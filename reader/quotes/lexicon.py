"""The word lists in `data/`: read once, when the first quotation is looked at. Owns their format; what a list is for stands at its head."""

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "data"
_VOWELS = "aeiou"


@cache
def _sections(name: str) -> dict[str, tuple[str, ...]]:
    """The lines of a list by the section they stand in; comments and empty lines left out."""
    found: dict[str, list[str]] = {}
    section = ""
    for line in (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if line.startswith("["):
            section = line.strip("[] ")
        else:
            found.setdefault(section, []).append(line)
    return {key: tuple(lines) for key, lines in found.items()}


@cache
def section(name: str, of: str = "") -> frozenset[str]:
    """The words of one section of a list, folded to small letters."""
    return frozenset(word.partition("=")[0].casefold() for line in _sections(name).get(of, ()) for word in line.split())


@cache
def abbreviations() -> dict[str, str]:
    """What abbreviated titles stand for: "sen" -> "senator"."""
    pairs = (line.partition("=") for line in _sections("roles")["title"])
    return {short: long or short for short, _, long in pairs}


@cache
def titles() -> frozenset[str]:
    """Words that stand before a name."""
    return frozenset(abbreviations())


@cache
def roles() -> frozenset[str]:
    """Words for what somebody is, titles among them."""
    return section("roles", "role") | section("roles", "kin") | titles()


@cache
def is_role(word: str) -> bool:
    """Whether a word in small letters is a role, also with a prefix: co-founder, ex-mayor."""
    bare = word.partition("-")[2] if word.startswith(("co-", "ex-", "vice-", "then-")) else word
    return bare in roles() or word in roles()


@cache
def nobody() -> frozenset[str]:
    """Capitalised words that name neither people nor organisations: days, months, nationalities."""
    return section("organisations", "calendar") | section("organisations", "nationality") | section("organisations", "other")


@cache
def genders() -> dict[str, str]:
    """Who bears a first name or a title: "f" or "m"; left out where it may be either."""
    found = {name: sex for sex in "fm" for name in section("first_names", sex)}
    return found | {word: sex for sex in "fm" for word in section("roles", sex)}


@cache
def first_names() -> frozenset[str]:
    """First names, of whatever gender."""
    return section("first_names", "f") | section("first_names", "m") | section("first_names", "u")


@cache
def verbs(of: str) -> dict[str, str]:
    """Forms of the verbs of a section, finite and participles: "said" -> "say". See `data/speech_verbs.txt`."""
    found: dict[str, str] = {}
    for line in _sections("speech_verbs")[of]:
        base, *irregular = line.split()
        for form in (base, _third(base), _participle(base), *(irregular or [_past(base)])):
            found.setdefault(form, base)
    if of == "say":
        found |= {"put it": "put", "puts it": "put"}
    return found


def _third(verb: str) -> str:
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "go")) else "s")


def _doubles(verb: str) -> bool:
    """Whether the last consonant is written twice before an ending: quip, beg, nod, but not add."""
    return len(verb) <= 4 and verb[-1] not in "aeiouwxy" and verb[-2] in _VOWELS and verb[-3:-2] not in tuple(_VOWELS)


def _past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ied"
    return verb + (verb[-1] if _doubles(verb) else "") + "ed"


def _participle(verb: str) -> str:
    if verb.endswith("e") and not verb.endswith(("ee", "ye")):
        return verb[:-1] + "ing"
    return verb + (verb[-1] if _doubles(verb) else "") + "ing"


FUNCTION_WORDS = section("function_words")
"""Words that begin sentences with a capital and are no names. Constants, because they are asked for at every token."""
SAY, CLAIM, WRITE = verbs("say"), verbs("claim"), verbs("write")
"""Forms of the verbs of saying, of those that tell what was said, and of those that documents do."""
SAYS = frozenset(form for form in SAY if not form.endswith("ing"))
"""Finite forms of the verbs of saying."""
FOREIGN_SAYS = section("speech_verbs", "foreign")
"""The same in other languages."""
SPEAKS = frozenset(SAY) | FOREIGN_SAYS
"""All forms of the verbs of saying."""
TELLS = frozenset(verbs("say")) | frozenset(verbs("claim")) | frozenset(verbs("hold"))
"""Forms of all verbs by which a sentence tells what somebody said or thinks."""
FIRST_NAMES, TITLES, NOBODY, CALENDAR = first_names(), titles(), nobody(), section("organisations", "calendar")
"""First names; titles before names; capitalised words that name nobody, and of these the days and months."""
GENDERS, ABBREVIATIONS = genders(), abbreviations()
"""Who bears a first name or a title; what short titles stand for."""
PLACES, ORGANISATIONS = section("organisations", "place"), section("organisations", "organisation")
"""Places; words that end the names of organisations."""
DOCUMENTS, TIMES = section("nouns", "document"), section("nouns", "time")
"""Things that are read; nouns of time."""
NOUNS_TOO, OFFICE = section("nouns", "also-verbs"), section("nouns", "office")
"""Verbs of saying that are nouns as often; adjectives of offices."""

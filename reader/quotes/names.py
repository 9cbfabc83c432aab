"""Names of people taken apart: what is compared when two spellings may mean one person."""

from dataclasses import dataclass

from reader.text import fold

_TITLES = frozenset(
    "mr mrs ms miss mx sir dame lord lady madam dr doctor prof professor rev reverend fr father hon honorable honourable sen senator rep "
    "representative congressman congresswoman gov governor lt lieutenant col colonel gen general maj major sgt sergeant capt captain cmdr "
    "president vice prime minister mayor councilman councilwoman councilmember council member assemblyman assemblywoman assemblymember "
    "commissioner judge justice chief secretary attorney speaker chairman chairwoman chair delegate supervisor ambassador herr frau m mme "
    "monsieur madame signor signora senor senora".split()
)
_SUFFIXES = frozenset("jr sr ii iii iv v phd md esq jd cpa rn ma ba".split())
_PARTICLES = frozenset("de da do dos das del della der den di du la le van von zu ten ter bin ibn al el y e st".split())
_UNNAMED = frozenset(
    "a an the one another some many most few two three several other others his her their its our my this that these those each every "
    "he she they it we i you who nobody somebody someone everyone everybody".split()
)
_MEN, _WOMEN = (
    frozenset("mr sir lord herr monsieur signor senor".split()),
    frozenset("mrs ms miss dame lady frau mme madame signora senora".split()),
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name: `key` is it folded, `last` the last name, `first` the first name or its initial, `middle` the middle names written out.

    `gender` is what a title says: "m", "f" or "". `label`: words that name nobody in particular ("one MP") or no person; alike only when
    they are the same. `fullness` orders spellings of one name, `information` names by how much they say of whom they mean.
    """

    key: str
    last: str = ""
    first: str = ""
    middle: tuple[str, ...] = ()
    gender: str = ""
    label: bool = False
    fullness: tuple[int, int] = (0, 0)
    information: tuple[int, int] = (0, 0)


def key(name: str) -> str:
    """The name folded, without stops and commas: two spellings with one key are never told apart."""
    folded = name.lower() if name.isascii() else fold(name).text
    return " ".join(folded.replace(".", " ").replace(",", " ").split())


def parse(name: str, *, person: bool = True) -> Name:
    """Take a name apart: titles, Jr. and middle initials do not count, particles ("von") are no part of what is compared."""
    folded = key(name)
    tokens = folded.split()
    if not person or not tokens or tokens[0] in _UNNAMED or name.rsplit(maxsplit=1)[-1].islower():
        return Name(" ".join(tokens[1:]) if tokens[:1] == ["the"] and len(tokens) > 1 else folded, label=True)
    gender = "m" if tokens[0] in _MEN else "f" if tokens[0] in _WOMEN else ""
    while len(tokens) > 1 and tokens[0] in _TITLES:
        del tokens[0]
    while len(tokens) > 1 and tokens[-1] in _SUFFIXES:
        del tokens[-1]
    given = [token for token in tokens[:-1] if token not in _PARTICLES]
    full = tuple(token for token in given[1:] if len(token) > 1)
    first = given[0] if given else ""
    said = (len(first) > 1) + len(full)
    return Name(folded, tokens[-1], first, full, "" if given else gender, False, (said, len(given)), (said, len(first)))


def bare(name: str) -> list[str]:
    """The folded words of a name without titles before it, one at least: "Gov. Imaginary" -> ["imaginary"]."""
    words = key(name).split()
    while len(words) > 1 and words[0] in _TITLES:
        del words[0]
    return words


def is_unnamed(name: str) -> bool:
    """Whether the words name nobody in particular: "the lawmakers", "one MP"."""
    return key(name).split(maxsplit=1)[:1] != [] and key(name).split(maxsplit=1)[0] in _UNNAMED


def compatible(one: Name, other: Name) -> bool:
    """Whether nothing in the two contradicts that they mean one person. Both are names with the same last name."""
    if one.first and other.first:
        initial = len(one.first) == 1 or len(other.first) == 1
        if one.first[0] != other.first[0] if initial else one.first != other.first:
            return False
    return not (one.middle and other.middle) or bool(set(one.middle) & set(other.middle))

"""What a reader may choose about the look of a page, and where a word may be parted.

Owns the choices and their bounds, and the places inside words. Refuses rows, which are `typeset`'s, and where choices are kept.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from reader.hall.preferences import BOUNDS
from reader.patterns import pattern
from reader.values import dataclass

ORDERS = ("terminal", "reorder")
"""Who puts right-to-left words into their order: the terminal, or this program for terminals that do not."""
_LEFT_TO_RIGHT = ("linux", "alacritty", "foot", "st-", "rxvt")
"""Names of terminals that draw every character to the right of the one before. Others do better, or, as kitty, something in between."""

_MINIMUM = 30
"""Columns narrower than this are never hyphenated: every row would end in a hyphen."""

_WORTH = 6
"""A dictionary is asked only when at least so many cells would stay empty."""

_LONGEST = 60
"""Characters of a word that is still looked at: anything longer is no word."""

Break = tuple[int, str]
"""A place inside a word, and what is drawn at the end of the row when it is parted there."""

Breaks = Callable[[str, int], Sequence[Break]]
"""The places where a word may be parted when so many cells are left for it, in order."""


@dataclass(frozen=True, slots=True)
class Typography:
    """The look of a page. Values out of bounds become the nearest allowed one, so that "narrower" may be pressed at the narrowest.

    `measure`: the widest the column gets, in cells. `justify`: both edges even. `hyphenate`: False, or the language of the dictionary
    ("en", "de", "pt_BR"). `spacing`: blank rows between paragraphs. `indent`: cells the first row of a paragraph below another is
    indented; without blank rows always some. `bidi`: one of `ORDERS`.
    """

    measure: int = 70
    justify: bool = False
    hyphenate: str | bool = False
    spacing: int = 1
    indent: int = 0
    bidi: str = "terminal"

    def __post_init__(self) -> None:
        if self.bidi not in ORDERS:
            raise ValueError(f"bidi: {self.bidi!r}: not one of {', '.join(ORDERS)}")
        for name, (least, most) in BOUNDS.items():
            object.__setattr__(self, name, min(max(least, getattr(self, name)), most))

    @property
    def first_indent(self) -> int:
        """Cells the first row of a paragraph is indented: without air and without an indent nobody would see where one begins."""
        return self.indent or (0 if self.spacing else 2)

    def breaks(self, width: int) -> Breaks:
        """Where words may be parted in a column of `width` cells."""
        if not self.hyphenate or width < _MINIMUM:
            return own_breaks
        return _dictionary_breaks("en" if self.hyphenate is True else self.hyphenate)


def order_for(bidi: str, environment: Mapping[str, str]) -> str:
    """One of `ORDERS` for the setting: "auto" goes by what the terminal says of itself, and leaves it to one that is not known."""
    if bidi in ORDERS:
        return bidi
    alone = not environment.get("VTE_VERSION") and not environment.get("KONSOLE_VERSION")
    plain = environment.get("TERM", "").startswith(_LEFT_TO_RIGHT) or bool(environment.get("XTERM_VERSION"))
    return "reorder" if plain and alone else "terminal"


PLAIN = Typography()
"""What is set when nothing is chosen."""

_OWN = pattern('\u00ad+|\u200b+|(?<=[^\\W_][^\\W_])[-\u2010](?=[^\\W_][^\\W_])|[—–](?=[\\w“‘"])')
"""Soft hyphens, zero-width spaces, hyphens and dashes that stand in the text."""
_ADDRESS = pattern(r"[/@\\]|www\.|\.\w+\.")
_WORD = pattern(r"[^\W\d_]+")


def own_breaks(word: str, spare: int) -> Sequence[Break]:
    """Where the text itself says that a word may be parted: at soft hyphens, and behind hyphens and dashes; never in addresses."""
    del spare
    if len(word) > _LONGEST or word.isalpha() or _ADDRESS.search(word):
        return ()
    found = [(hit.end(), "-" if hit.group()[0] == "\u00ad" else "") for hit in _OWN.finditer(word)]
    return [place for place in found if 0 < place[0] < len(word)]


@lru_cache(maxsize=4)
def _dictionary_breaks(language: str) -> Breaks:
    """`own_breaks`, and where the dictionary of a language parts plain words: in small letters only, so never in names and abbreviations."""
    positions = _dictionary(language)

    def breaks(word: str, spare: int) -> Sequence[Break]:
        own = own_breaks(word, spare)
        found = _WORD.search(word)
        if own or found is None or spare < _WORTH or len(word) > _LONGEST:
            return own
        core = found.group()
        if not core.islower() or _ADDRESS.search(word) or any(c.isalnum() for c in word[found.end() :] if c not in "’'s"):
            return own
        return [(found.start() + place, "-") for place in positions(core)]

    return breaks


def _dictionary(language: str) -> Callable[[str], Sequence[int]]:
    import pyphen  # 30 ms, and 90 for the first dictionary: only for those who want it

    if pyphen.language_fallback(language) is None:
        return lambda _: ()
    dictionary = pyphen.Pyphen(lang=language, left=2, right=3)
    return lru_cache(maxsize=4096)(lambda word: [int(place) for place in dictionary.positions(word)])


def languages() -> list[str]:
    """The languages there are dictionaries for."""
    import pyphen

    return sorted(pyphen.LANGUAGES)

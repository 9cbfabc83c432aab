"""How a browser numbers the items of lists (HTML standard, sections 4.4.5 to 4.4.8)."""

from collections.abc import Mapping
from dataclasses import dataclass

_HUNDREDS = ("", *"C CC CCC CD D DC DCC DCCC CM".split())
_TENS = ("", *"X XX XXX XL L LX LXX LXXX XC".split())
_ONES = ("", *"I II III IV V VI VII VIII IX".split())


@dataclass(slots=True, eq=False)
class Item:
    """A list item's marker, used up by its first words."""

    marker: str | None


@dataclass(slots=True, eq=False)
class Numbering:
    """An ordered list: the number of its next item and how numbers are written ("1", "a", "A", "i", "I"); a bullet list has none."""

    style: str | None
    following: int = 1


def numbering(name: str, attributes: Mapping[str, str]) -> Numbering:
    """How the items of this list are numbered; only those of "ol" are."""
    return Numbering(attributes.get("type", "1") if name == "ol" else None, _whole(attributes.get("start", ""), 1))


def marker(counted: Numbering | None, attributes: Mapping[str, str]) -> str:
    """What stands before the next item, with a space; `counted` moves on."""
    if counted is None or counted.style is None:
        return "• "
    number = _whole(attributes.get("value", ""), counted.following)
    counted.following = number + 1
    return f"{_written(number, counted.style)}. "


def _whole(value: str, otherwise: int) -> int:
    value = value.strip()
    digits = value.removeprefix("-")
    return int(value) if digits.isascii() and digits.isdigit() and len(digits) < 10 else otherwise


def _written(number: int, style: str) -> str:
    if style in ("a", "A") and 0 < number < 1000:
        letters = ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord(style) + rest) + letters
        return letters
    if style in ("i", "I") and 0 < number < 1000:
        roman = _HUNDREDS[number // 100] + _TENS[number // 10 % 10] + _ONES[number % 10]
        return roman.lower() if style == "i" else roman
    return str(number)

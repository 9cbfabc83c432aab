"""What was typed into the search bar, taken apart: words to look for, and operators that narrow where.

    "exact words"   these words, in this order            from:2021  to:2022-06   dated then
    -word           not where this word stands            in:title   tag:wages    documents titled, tagged so
    by:speaker      where that person is quoted           note:words has:note     where a note says so; where there is a note

What is no operator is searched as text: a colon after a space or a number, a dash in the middle of a sentence, a lone quotation mark.
Only straight quotation marks ask for exact words: curly ones come with what people paste.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reader.text import rejoined, terms

OPERATORS = {
    "by": "who is quoted there",
    "in": "words of the title",
    "from": "not before: 2021, 2021-03 or 2021-03-01",
    "to": "not after",
    "tag": "a tag of the document, or of a note in it",
    "note": "words of your notes",
    "has": "has:note: where you made a note",
}
"""Every `name:value` operator and what it means, for completion and help."""

STATES = ("anchored", "changed", "moved", "ambiguous", "orphan", "lost")
"""What `is:` knows: states of notes; lost is ambiguous or orphan."""
NOTE_OPERATORS = {
    "tag": "a tag of the note, or one below it",
    "in": "words of the document's title",
    "by": "on what this person is quoted with",
    "from": "not made before: 2021, 2021-03 or 2021-03-01",
    "to": "not made after",
    "is": "where its words are now: " + ", ".join(STATES),
    "colour": "its colour, what you call it, or none",
    "color": "the same",
    "kind": "note, highlight or bookmark",
}
"""The operators for looking through notes."""

_PIECE = re.compile(
    r"""(?P<minus>(?<!\S)-(?=[^\W_]))?
    (?: (?<!\S)(?P<name>[^\W\d_]+):(?:"(?P<quoted>[^"]*)"|(?P<value>[^\s"]+))
      | "(?P<exact>[^"]+)"
      | (?P<word>[^\s"]+|") )""",
    re.VERBOSE,
)
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?$")


@dataclass(frozen=True, slots=True)
class Query:
    """A query taken apart. `words` is the free text, exact words included; `remarks` is what must be said about how it was taken."""

    words: str
    exact: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    narrowed: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()

    def values(self, name: str) -> list[str]:
        """The values given for an operator."""
        return [value for key, value in self.narrowed if key == name]


@dataclass(slots=True)
class _Parts:
    words: list[str] = field(default_factory=list)
    exact: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    narrowed: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def parse(typed: str, operators: Mapping[str, str] = OPERATORS) -> Query:
    """Take a query apart; never fails. `operators`: those that are known."""
    parts, typed = _Parts(), rejoined(typed)
    pieces = list(_PIECE.finditer(typed))
    last = max((n for n, piece in enumerate(pieces) if piece["word"] and not piece["minus"]), default=-1)
    for number, piece in enumerate(pieces):
        _take(piece, parts, operators, trailing=number > last)
    blanks = " " if typed[-1:].isspace() else ""
    return Query(" ".join(parts.words) + blanks, tuple(parts.exact), tuple(parts.without), tuple(parts.narrowed), tuple(parts.remarks))


def _take(piece: re.Match[str], parts: _Parts, operators: Mapping[str, str], *, trailing: bool) -> None:
    """Put one piece where it belongs. `trailing`: no plain word follows, so that a dash cannot be one between two words."""
    name, value = piece["name"], piece["value"] if piece["quoted"] is None else piece["quoted"]
    if name is not None and not piece["minus"]:
        key = name.casefold()
        problem = _problem(key, value, operators)
        if problem is None:
            parts.narrowed.append((key, value))
        else:
            parts.words.append(piece.group())
            parts.remarks += [problem] if problem else []
        return
    if piece["exact"] is not None and not piece["minus"]:
        folded = " ".join(terms(piece["exact"]))
        parts.words.append(piece["exact"])
        if folded:
            parts.exact.append(folded)
        return
    if piece["minus"] and trailing:
        parts.without += terms(piece.group())
    else:
        parts.words.append(piece.group())


def _problem(name: str, value: str, operators: Mapping[str, str]) -> str | None:
    """Why `name:value` is taken for text, "" when that needs no saying (an address); None when it is an operator."""
    if name not in operators:
        return f"{name}: is no operator; searched as text" if value[:1].isalnum() else ""
    if name in ("from", "to") and not _DATE.match(value):
        return f"{name}: wants a date such as 2021 or 2021-03; searched as text"
    if name == "has" and value.casefold() not in ("note", "notes"):
        return "has: knows only has:note; searched as text"
    if name == "is" and value.casefold() not in STATES:
        return f"is: knows {', '.join(STATES)}; searched as text"
    return None


def completions(typed: str) -> Sequence[tuple[str, str]]:
    """Operators that the last word of `typed` may become, with what they mean."""
    last = typed[typed.rfind(" ") + 1 :].casefold()
    return [(name + ":", about) for name, about in OPERATORS.items() if last and name.startswith(last)]

"""Paragraphs that run from right to left: at the right edge of the column, and where asked for in the order in which they are read.

Owns the order of characters on a row: the Unicode Bidirectional Algorithm (UAX #9) without embeddings, overrides and isolates, which
`reader.text.safe` takes out of every text. Refuses shaping: which form an Arabic letter takes is the terminal's business.
"""

import unicodedata
from collections.abc import Iterable, Iterator

from reader.model import Block, Role
from reader.tui.typeset import MIRRORED, RIGHT_EDGE, Line, Piece, Row, right_to_left
from reader.tui.typography import Typography
from reader.tui.wrap import cells, graphemes, shown

_BULLET, _BAR = " •", " │"
_BRACKETS = {"(": ")", "[": "]", "{": "}"}


def right_rows(text: str, block: Block, width: int, lines: Iterable[Line], look: Typography, marker: int) -> Iterator[Row]:
    """Rows at the right edge of a column of `width` cells; a list item has its bullet there, a quotation its bar.

    `marker` is where the item's own bullet or number ends, or the start of the text.
    """
    quotation, item = block.role == Role.BLOCKQUOTE, block.role == Role.LIST_ITEM
    hang = min(max(2, marker - block.start), RIGHT_EDGE) if item else 2 if quotation else 0
    for number, (start, end, _, _) in enumerate(lines):
        first = number == 0 and start <= block.start
        own = marker if first and start < marker < end else start
        tail = _BAR if quotation else _BULLET if item and first and own == start else ""
        column = max(0, width - hang - cells(shown(text[own:end])))
        pieces: tuple[Piece, ...] = ((column, own, end),)
        if own > start:  # the item's own bullet stands at the edge, and the space behind it to its left
            blank = len(text[start:own]) - len(text[start:own].rstrip())
            edge = max(column + cells(shown(text[own:end])), width - (own - start))
            pieces = ((edge + blank, start, own - blank), (edge, own - blank, own), *pieces)
        mirrored: tuple[int, ...] = ()
        if look.bidi == "reorder":
            pieces, mirrored = visual(text, start, end, column, 1)
        column = min(piece[0] for piece in pieces)
        yield Row("text", block.role, block.level, start, end, column, " " * column, pieces, first, tail, mirrored)


def visual(text: str, start: int, end: int, column: int, base: int) -> tuple[tuple[Piece, ...], tuple[int, ...]]:
    """`text[start:end]` as pieces in the order of the text, with the columns they are read at; and the places of mirrored brackets.

    A run from left to right is one piece; of one from right to left every user-perceived character is a piece of its own.
    """
    line = shown(text[start:end])
    found = graphemes(line)
    levels = levels_of([line[s] for s, _, _ in found], base)
    order = list(range(len(found)))
    for level in range(max(levels, default=0), 0, -1):
        place = 0
        while place < len(order):
            stop = place
            while stop < len(order) and levels[order[stop]] >= level:
                stop += 1
            order[place:stop] = order[place:stop][::-1]
            place = stop + 1
    columns = [0] * len(found)
    for number in order:
        columns[number] = column
        column += found[number][2]
    pieces: list[Piece] = []
    for number, (s, e, _) in enumerate(found):
        if pieces and levels[number] % 2 == 0 and levels[number - 1] == levels[number]:
            pieces[-1] = (pieces[-1][0], pieces[-1][1], start + e)
        else:
            pieces.append((columns[number], start + s, start + e))
    mirrored = tuple(start + s for number, (s, _, _) in enumerate(found) if levels[number] % 2 and unicodedata.mirrored(line[s]))
    return tuple(pieces), mirrored


def displayed(text: str) -> str:
    """One line in the order of its columns, for a terminal that draws every character to the right of the one before."""
    pieces, mirrored = visual(text, 0, len(text), 0, int(right_to_left(text, 0, len(text))))
    return "".join(text[start:end].translate(MIRRORED) if start in mirrored else text[start:end] for _, start, end in sorted(pieces))


def levels_of(characters: list[str], base: int) -> list[int]:
    """The embedding level of each character of one row, of a paragraph of level `base`: odd ones run from right to left."""
    kinds = _weak([unicodedata.bidirectional(c) or "L" for c in characters], "R" if base else "L")
    kinds = _neutral(kinds, characters, "R" if base else "L")
    levels = [_level(kind, base) for kind in kinds]
    for place in range(len(levels) - 1, -1, -1):  # L1: white space at the end of a row stays there
        if not characters[place].isspace():
            break
        levels[place] = base
    return levels


def _level(kind: str, base: int) -> int:
    """Rules I1 and I2."""
    if base % 2:
        return base if kind == "R" else base + 1
    return base if kind == "L" else base + 1 if kind == "R" else base + 2


def _weak(kinds: list[str], base: str) -> list[str]:
    """Rules W1 to W7: marks take after their letter, digits after the letters before them."""
    strong = previous = base
    for place, kind in enumerate(kinds):
        if kind in ("NSM", "BN"):
            kind = previous
        if kind in ("L", "R", "AL"):
            strong = kind
        if kind == "EN" and strong == "AL":
            kind = "AN"
        kinds[place] = previous = kind
    kinds = ["R" if kind == "AL" else kind for kind in kinds]
    for place in range(1, len(kinds) - 1):
        sides = kinds[place - 1], kinds[place + 1]
        if sides == ("EN", "EN") and kinds[place] in ("ES", "CS"):
            kinds[place] = "EN"
        elif sides == ("AN", "AN") and kinds[place] == "CS":
            kinds[place] = "AN"
    for places in (range(len(kinds)), range(len(kinds) - 1, -1, -1)):
        after = ""
        for place in places:
            if kinds[place] == "ET" and after == "EN":
                kinds[place] = "EN"
            after = kinds[place]
    strong = base
    for place, kind in enumerate(kinds):
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[place] = "L"
        elif kind in ("ES", "ET", "CS"):
            kinds[place] = "ON"
    return kinds


def _neutral(kinds: list[str], characters: list[str], base: str) -> list[str]:
    """Rules N0 to N2: brackets go with what they hold, other neutrals with both sides when these agree, else with the paragraph."""
    as_strong = {"EN": "R", "AN": "R"}
    open_at: list[tuple[str, int]] = []
    for place, character in enumerate(characters):
        if kinds[place] == "ON" and character in _BRACKETS:
            open_at.append((_BRACKETS[character], place))
        elif kinds[place] == "ON" and any(close == character for close, _ in open_at):
            while open_at[-1][0] != character:
                open_at.pop()
            _, begin = open_at.pop()
            inside = {as_strong.get(kind, kind) for kind in kinds[begin + 1 : place]} & {"L", "R"}
            if inside:
                before = next((as_strong.get(k, k) for k in reversed(kinds[:begin]) if as_strong.get(k, k) in ("L", "R")), base)
                kinds[begin] = kinds[place] = base if base in inside or before not in inside else before
    place = 0
    while place < len(kinds):
        stop = place
        while stop < len(kinds) and kinds[stop] not in ("L", "R", "EN", "AN"):
            stop += 1
        if stop > place:
            before = as_strong.get(kinds[place - 1], kinds[place - 1]) if place else base
            behind = as_strong.get(kinds[stop], kinds[stop]) if stop < len(kinds) else base
            kinds[place:stop] = [before if before == behind else base] * (stop - place)
        place = stop + 1
    return kinds

"""Text as terminal cells: how wide it is, where a row of a column ends, which character stands at a cell.

Owns the rules of line breaking. Refuses to know roles, documents or widgets; every offset it returns counts from the start of the
string it was given. Widths are those of `rich.cells`, so that what is measured here is what the terminal library draws.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from reader.patterns import pattern
from reader.text import safe_line

Span = tuple[int, int]
Breaks = Callable[[str, int], Sequence[tuple[int, str]]]
"""Where a word may be parted when so many cells are left for it: (place, what is drawn at the row's end), in order."""

SOFT_HYPHEN = "\u00ad"
"""Fills no cell here and is never drawn: some terminals show it, others do not."""

_LADDER = 2
"""So many rows one below the other may end in a hyphen."""

_SINGLE = ("\x20-\x7e\xa0-\xac", "\xae-\u02ff\u0370-\u0482", "\u2010-\u2027\u2030-\u205e", "\u2190-\u2199\u2500-\u25fc")
"""Western letters, general punctuation and box drawing, one cell each."""
_NOT_SINGLE = pattern(f"[^{_SINGLE[0]}]" + "".join(f"(?<![{more}])" for more in _SINGLE[1:]))
"""Anything whose width must be looked up. As one set of characters it means the same and takes four times as long to compile."""
_NOT_PLAIN_WIDE = pattern(
    f"[^{''.join(_SINGLE)}\u3001-\u3029\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e]"
)
"""Anything but these and those of Chinese, Japanese and Korean that fill two cells and combine with nothing."""

_NO_START = frozenset("、。，．：；？！）］｝」』〉》】〕’”…ー々ゝゞァィゥェォッャュョヮぁぃぅぇぉっゃゅょゎ・％")
_NO_END = frozenset("（［｛「『〈《【〔‘“")
"""Characters that must not start or end a row of Chinese or Japanese (the core of JIS X 4051's line-breaking classes)."""


def single_cells(text: str) -> bool:
    """Whether every character of `text` is known to fill exactly one cell; False is always safe to say."""
    return (text.isascii() and text.isprintable()) or not _NOT_SINGLE.search(text)


def cells(text: str) -> int:
    """How many terminal cells `text` fills."""
    if single_cells(text):
        return len(text)
    from rich.cells import cell_len

    return cell_len(text.replace(SOFT_HYPHEN, ""))


def shown(text: str) -> str:
    """`text` as it is drawn on one line: every tab, newline and hostile character one harmless character. Same length."""
    return text if text.isascii() and text.isprintable() else safe_line(text)


def drawn(text: str) -> str:
    """`shown` without soft hyphens: what a terminal is given. It may be shorter, and fills as many cells."""
    return shown(text).replace(SOFT_HYPHEN, "")


def graphemes(text: str) -> list[tuple[int, int, int]]:
    """The user-perceived characters of `text` as (start, end, cells); they cover it without gaps."""
    if not _NOT_PLAIN_WIDE.search(text):
        return [(place, place + 1, 2 if character > "\u3000" else 1) for place, character in enumerate(text)]
    from rich.cells import split_graphemes

    found = split_graphemes(text)[0]
    return _softened(text, found) if SOFT_HYPHEN in text else found


def _softened(text: str, found: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Soft hyphens fill no cell, and belong to the letter before them."""
    pieces: list[tuple[int, int, int]] = []
    for start, end, wide in found:
        if text[start] != SOFT_HYPHEN:
            pieces.append((start, end, wide))
        elif pieces and text[pieces[-1][0]] != " ":
            pieces[-1] = (pieces[-1][0], end, pieces[-1][2])
        else:
            pieces.append((start, end, 0))
    return pieces


def offset_at_cell(text: str, cell: int) -> int:
    """The offset of the character drawn at `cell`: 0 left of the text, its length to the right of it."""
    if cell <= 0:
        return 0
    if single_cells(text):
        return min(cell, len(text))
    at = 0
    for start, _, width in graphemes(text):
        if at + width > cell:
            return start
        at += width
    return len(text)


def grapheme_start(text: str, offset: int) -> int:
    """The start of the user-perceived character that `offset` lies in, so that nothing is drawn in halves."""
    if offset <= 0 or offset >= len(text) or single_cells(text):
        return offset
    return next((start for start, end, _ in graphemes(text) if start <= offset < end), offset)


def clip(text: str, width: int) -> str:
    """`text` cut to `width` cells, with "…" as its last cell when something was cut."""
    if width <= 0:
        return ""
    if single_cells(text):
        return text if len(text) <= width else text[: width - 1].rstrip() + "…"
    if cells(text) <= width:
        return text
    return text[: offset_at_cell(text, width - 1)].rstrip() + "…"


def wrap(text: str, width: int, first: int | None = None) -> Iterator[Span]:
    """The rows of `text` in a column of `width` cells, as spans without white space at their ends.

    Greedy, broken at spaces (not at no-break spaces), between wide characters, else inside a word that is longer than the column.
    `text` is safe already (`reader.text.safe`). White space counts as a space whatever it is. `first` is the width of the first row where it differs. Every other character is
    in exactly one span. ASCII and Western letters cost about 10 ms for 1 MB, text that must be measured fifteen times that.
    """
    return ((start, end) for start, end, _ in broken(text, width, first))


def broken(text: str, width: int, first: int | None = None, breaks: Breaks | None = None) -> Iterator[tuple[int, int, str]]:
    """`wrap`, with words parted where `breaks` allows it; each span comes with what is drawn behind it and is not in the text: "-" or nothing."""
    line = text if text.isprintable() or not _ODD_SPACE.search(text) else text.translate(_AS_SPACE)
    width = max(2, width)
    first = width if first is None else max(2, first)
    return (_wrap_single if single_cells(line) else _wrap_measured)(line, width, first, breaks)


_ODD_SPACE = pattern("[\t\n\r\x0b\x0c\x1c-\x1f\x85\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f]")
_AS_SPACE = {
    ord(c): " "
    for c in "\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u2028\u2029\u205f"
}


def _wrap_single(line: str, width: int, first: int, breaks: Breaks | None) -> Iterator[tuple[int, int, str]]:
    at, end = 0, len(line.rstrip(" "))
    room, ladder = first, 0
    while True:
        while at < end and line[at] == " ":
            at += 1
        if end - at <= room:
            break
        cut = line.rfind(" ", at, at + room + 1)
        begin, tail = (cut + 1, "") if cut > at else (at, "")
        if cut <= at:
            cut = at + room
        stop = cut
        while line[stop - 1] == " ":
            stop -= 1
        if breaks is not None and begin + 2 <= at + room and (found := _parted(line, at, begin, room, ladder, breaks)):
            cut = stop = found[0]
            tail = found[1]
        ladder = ladder + 1 if tail else 0
        yield at, stop, tail
        at, room = cut, width
    if at < end:
        yield at, end, ""


def _parted(line: str, at: int, begin: int, room: int, ladder: int, breaks: Breaks) -> tuple[int, str] | None:
    """Where the word that begins at `begin` is parted so that a row from `at` on holds as much of it as fits."""
    stop = line.find(" ", begin)
    spare = room - cells(line[at:begin])
    for place, tail in reversed(breaks(line[begin : len(line) if stop < 0 else stop], spare)):
        if not (tail and ladder >= _LADDER) and cells(line[begin : begin + place]) + len(tail) <= spare:
            return begin + place, tail
    return None


def _wrap_measured(line: str, width: int, first: int, breaks: Breaks | None) -> Iterator[tuple[int, int, str]]:
    pieces = graphemes(line)
    room, place, count, ladder = first, 0, len(pieces), 0
    while place < count:
        while place < count and _is_space(line, *pieces[place][:2]):
            place += 1
        stop, tail = _row_stop(line, pieces, place, room), ""
        if breaks is not None and stop < count:
            behind = stop + _is_space(line, *pieces[stop][:2])
            at, begin = pieces[place][0], pieces[behind if behind > stop else place][0] if behind < count else len(line)
            hard = " " not in line[at : pieces[stop][0]] and line[pieces[stop][0]] < "\u2e80"
            found = _parted(line, at, begin, room, ladder, breaks) if behind > stop or hard else None
            number = bisect_left(pieces, (found[0],)) if found else count
            if found and place < number < count and pieces[number][0] == found[0]:
                stop, tail = number, found[1]
        ladder = ladder + 1 if tail else 0
        if stop > place:
            yield pieces[place][0], _trimmed(line, pieces[place][0], pieces[stop - 1][1]), tail
        place, room = stop, width


def _row_stop(line: str, pieces: list[tuple[int, int, int]], place: int, room: int) -> int:
    """The number of the grapheme before which a row that starts with number `place` ends."""
    filled, cut = 0, place
    previous_wide = False
    for number in range(place, len(pieces)):
        begin, end, wide = pieces[number]
        if _is_space(line, begin, end):
            cut = number
            filled += wide
            previous_wide = False
            continue
        if previous_wide and wide == 2 and line[begin] not in _NO_START and line[begin - 1] not in _NO_END:
            cut = number
        filled += wide
        if filled > room and number > place:
            return cut if cut > place else number
        previous_wide = wide == 2
    return len(pieces)


def _is_space(line: str, begin: int, end: int) -> bool:
    return line[begin] in " \u3000" and end == begin + 1


def _trimmed(line: str, start: int, end: int) -> int:
    while end > start and line[end - 1] in " \u3000":
        end -= 1
    return end

"""Quotation marks -> marked stretches of a paragraph: which mark opens, which closes, and what is left open.

Owns the mark styles of English, German, French, Spanish, Italian, Polish, Swedish, Japanese and Chinese, in any mixture, since real
pages open straight and close curly. Refuses to say whether what is marked was spoken; `speech` does. Offsets are code points of the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from reader.model import Span

_DOUBLE = '"“”„‟«»「」『』〝〞＂'
# Each pattern begins with one set of characters and then looks back at which it was: so it is found much faster than as alternatives.
_MARK = re.compile(f"[{_DOUBLE}〟″`',‘’](?:(?<=[{_DOUBLE}〟″])|(?<=`)`|(?<=')'(?!')|(?<=,),(?=[^\\W\\d_])|(?<=‘)‘|(?<=’)’)")
ANY_MARK = re.compile(f"[{_DOUBLE}`'](?:(?<=[{_DOUBLE}])|(?<=`)`|(?<=')')")
"""Whether a text may hold quotations in double marks."""
ANY_SINGLE = re.compile(r"[‘'](?<![^\s(\[—–-].)(?=[^\W_])")
"""Whether a text may hold quotations in single marks."""
_SINGLE = re.compile(r"[‘’'](?:(?<=[‘'])(?<![^\s(\[—–-].)(?=[^\W_])|(?<=[’'])(?![^\W_]))")
_SPACE = " \t\n\r\xa0\u2002\u2003\u2009\u202f\u3000"
_BEFORE_OPENING = _SPACE + "([{—–-/…:;,."
_BEFORE_OPENING_INSIDE = _SPACE + "([{"
_AFTER_CLOSING = _SPACE + ")]}—–-/…:;,.!?*_<"
_ASIAN = {"「": "」", "『": "』", "〝": "〞"}
_ASIAN_CLOSING = frozenset("」』〞〟")
_MORE = re.compile(r"\s*(?:\.\.\.|…|\[…\]|\[\.\.\.\])?\s*\(?(?:Read|Continue|Learn)\s+(?:more|reading)\b.*", re.IGNORECASE | re.DOTALL)
_LOST_BREAK = re.compile(r"[ \xa0]*(?:\t[ \t\xa0]*|[ \xa0]{3,}|\n\s*\n\s*)(?=\S)")
_LOST_SPACES = ("\t", "\n", "\xa0", "   ")
_FIELD = re.compile(r"[ \t-]*[a-z][a-z_-]*:[ \t]*")
_SENTENCE_END = re.compile(r"(?<!\b[A-Z])(?<!Rep|Sen|Gov)(?<!Mr|Ms|Dr|St)(?<!Mrs)[.!?]\s+(?=[^\W\d_a-z])")
_SOURCE = re.compile(r"\s+(?:said|says|added|(?:he|she|they|[^\W\d_a-z]\w+)\s+(?:said|says|added))\b")
_LONGEST_TERM = 6
_MOST_MARKS = 100_000
"""Marks of one paragraph: a novel on one line has fewer. More are no prose, and are left alone."""
_LONGEST_MARKUP = 400
_AHEAD = 100
"""Marks of a paragraph that are looked at beyond one: a page of dialogue has 30; without a bound, a line of marks costs its square."""
_LONGEST_GAP = 20
_LONGEST_SOURCE = 200
_SHORTEST_OPEN = 2
"""Words that an unclosed mark must be followed by: one alone is more likely a slip of the keyboard."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked stretch: `start`-`end` are the words inside, trimmed of white space; `outer` includes the marks that are there."""

    start: int
    end: int
    outer: Span
    opened: bool = True
    closed: bool = True
    single: bool = False

    @property
    def whole(self) -> bool:
        """Whether both marks are there."""
        return self.opened and self.closed


def marked(text: str, start: int, end: int, *, singles: bool = False) -> list[Marked]:
    """The outermost marked stretches of the paragraph `text[start:end]`, in order; they do not overlap.

    `singles`: single marks count as well ('…'), as in British books; the double ones inside them then do not.
    """
    found = list(_pairs(text, start, end))
    if singles:
        found = _with_singles(text, start, end, found)
    return [mark for mark in (_trimmed(text, mark) for mark in found) if mark.start < mark.end]


def _trimmed(text: str, mark: Marked) -> Marked:
    start, end = mark.start, mark.end
    while start < end and text[start] in _SPACE:
        start += 1
    while end > start and text[end - 1] in _SPACE:
        end -= 1
    return mark if (start, end) == (mark.start, mark.end) else replace(mark, start=start, end=end)


def _is_markup(text: str, start: int, at: int) -> bool:
    """Whether a mark belongs to markup and not to prose: alt="…", {% image "…" %}, excerpt: "…"."""
    if at > start and text[at - 1] in "=>":
        return True
    near = max(start, at - _LONGEST_MARKUP)
    for opening, closing in (("{%", "%}"), ("{{", "}}")):
        if text.rfind(opening, near, at) > text.rfind(closing, near, at):
            return True
    return _FIELD.fullmatch(text, max(near, text.rfind("\n", near, at) + 1), at) is not None


@dataclass(slots=True)
class _Open:
    """A mark that waits for its partner."""

    at: int
    after: int
    mark: str
    depth: int = 0


def _pairs(text: str, start: int, end: int) -> Iterator[Marked]:
    """Walk over the marks of a paragraph. A mark that opens while another is open either stands inside it or shows that it was never closed."""
    marks = list(islice(_MARK.finditer(text, start, end), _MOST_MARKS + 1))
    if len(marks) > _MOST_MARKS:
        return
    waiting: _Open | None = None
    last = start
    for number, found in enumerate(marks):
        mark, at, after = found.group(), found.start(), found.end()
        turn = _turn(text, found, waiting, start, end, marks, number)
        if waiting is None and turn == "open":
            waiting = _Open(at, after, mark)
        elif waiting is not None and turn == "close":
            if waiting.depth:
                waiting.depth -= 1
                continue
            if not _is_markup(text, start, waiting.at):
                yield Marked(waiting.after, at, (waiting.at, after))
            waiting, last = None, after
        elif waiting is not None and turn == "open":
            if _nests(text, waiting, marks, number, end):
                waiting.depth += 1
            else:
                yield from _unclosed(text, waiting, at)
                waiting = _Open(at, after, mark)
        elif waiting is None and turn == "close":
            begun = _begun(text, last, at) if last > start else last
            yield Marked(begun, at, (begun, after), opened=False)
            last = after
    if waiting is not None:
        yield from _unclosed(text, waiting, end)


def _turn(text: str, found: re.Match[str], waiting: _Open | None, start: int, end: int, marks: list[re.Match[str]], number: int) -> str:
    """Whether a mark opens, closes or is none ("")."""
    mark = found.group()
    before = text[found.start() - 1] if found.start() > start else " "
    after = text[found.end()] if found.end() < end else " "
    opens = before in _BEFORE_OPENING and after not in _SPACE
    closes = before not in _SPACE and after in _AFTER_CLOSING
    if mark in _ASIAN:
        return "open"
    if mark in _ASIAN_CLOSING:
        return "close"
    if mark in ("„", ",,", "``", "‘‘"):
        return "open"
    if mark in "«»":
        return _guillemet(mark, waiting, before, after, marks, number)
    if mark in ("“", "‟"):
        return _left_curly(waiting, opens=opens, closes=closes)
    if mark in ("”", "’’"):
        return "open" if waiting is None and opens and not closes and after.isalnum() else "close"
    return _straight(mark, waiting, (before, after), marks, number, opens=opens, closes=closes)


def _left_curly(waiting: _Open | None, *, opens: bool, closes: bool) -> str:
    """“ opens in English and closes in German („…“); a page that has it at the end of a sentence by mistake means the end."""
    if waiting is not None and waiting.mark in ("„", ",,"):
        return "close"
    return "close" if waiting is not None and closes and not opens else "open"


def _straight(
    mark: str, waiting: _Open | None, around: tuple[str, str], marks: list[re.Match[str]], number: int, *, opens: bool, closes: bool
) -> str:
    """A straight mark tells by what stands around it; where that is unclear ('said."We'), by whether one is open."""
    before, after = around
    if waiting is None:
        if before.isdigit() and mark in '"″' and not after.isalnum():
            return ""  # inches
        if mark == "''" and not (opens or before in ".,!?"):
            return ""
        if not closes or opens or before not in ".,!?…" or after not in _SPACE:
            return "open"
        rest = sum(1 for later in marks[number : number + _AHEAD] if later.group() == mark)
        return "close" if rest % 2 or _SOURCE.match(marks[number].string, marks[number].end()) else "open"
    if waiting.mark in ("«", "»", "「", "『"):
        return ""
    if before.isdigit() and closes and mark == '"' and waiting.mark == "“":
        return ""
    return "open" if before in _BEFORE_OPENING_INSIDE and after not in _AFTER_CLOSING else "close"


def _guillemet(mark: str, waiting: _Open | None, before: str, after: str, marks: list[re.Match[str]], number: int) -> str:
    """« » in French and Italian, » « in German; a lone » is the arrow of "Read more »"."""
    if waiting is not None and waiting.mark in "«»":
        return "close" if mark != waiting.mark else "open"
    if waiting is not None and waiting.mark != "„":
        return ""
    partner = "»" if mark == "«" else "«"
    follows = any(later.group() == partner for later in marks[number + 1 : number + _AHEAD])
    if mark == "«":
        return "open" if follows and not (after in _SPACE and before.isalnum()) else ""
    return "open" if follows and after not in _SPACE else ""


def _nests(text: str, waiting: _Open, marks: list[re.Match[str]], number: int, end: int) -> bool:
    """Whether the opening mark `number` stands inside the one that waits: then two closings follow before the next opening.

    “She told me, “No,” and left.” nests; “We need this, Lee said. “People know.” does not.
    """
    if waiting.mark in ("«", "「", "『", "„"):
        return True
    if _is_term(text, waiting, marks, number):
        return True
    for closings, later in enumerate(marks[number + 1 : number + 3]):
        mark = later.group()
        after = text[later.end()] if later.end() < end else " "
        before = text[later.start() - 1]
        opening = mark == "“" or (mark == '"' and before in _SPACE and after not in _SPACE)
        if opening:
            return False
        if closings:
            return True
    return False


def _is_term(text: str, waiting: _Open, marks: list[re.Match[str]], number: int) -> bool:
    """Whether the opening mark `number` sets off a few words in the middle of a sentence: “… the crew's “right to dock” and …"."""
    before = text[max(waiting.after, marks[number].start() - _LONGEST_GAP) : marks[number].start()].rstrip()
    if number + 1 >= len(marks) or not before or not (before[-1].isalnum() or before[-1] in "’'"):
        return False
    inside = text[marks[number].end() : min(marks[number + 1].start(), marks[number].end() + _LONGEST_SOURCE)]
    return 0 < len(inside.split()) <= _LONGEST_TERM


def _begun(text: str, last: int, end: int) -> int:
    """Where a second part whose opening mark was forgotten begins: behind the sentence that names the source."""
    stop = _SENTENCE_END.search(text, last, min(end, last + _LONGEST_SOURCE))
    return stop.end() if stop else last


def _unclosed(text: str, waiting: _Open, end: int) -> Iterator[Marked]:
    """What follows a mark that nothing closes: up to a paragraph break that was lost on the way, a "Read more", or the end."""
    stop = end
    rest = text[waiting.after : end]
    # What may begin with white space is looked for slowly, and hardly ever there: a look at the letters says that it cannot be.
    lost = _LOST_BREAK.search(text, waiting.after, end) if any(space in rest for space in _LOST_SPACES) else None
    if lost and lost.start() > waiting.after:
        stop = lost.start()
    if text[waiting.after : waiting.after + 1].islower() and (sentence := _SENTENCE_END.search(text, waiting.after, stop)):
        stop = sentence.start() + 1  # a phrase in somebody's sentence does not go on behind that sentence
    folded = rest.lower()
    more = _MORE.search(text, waiting.after, stop) if "more" in folded or "read" in folded else None
    if more:
        kept = text[more.start() : more.end()]
        dots = len(kept) - len(kept.lstrip())
        stop = more.start() + dots + (3 if kept.lstrip().startswith("...") else 1 if kept.lstrip().startswith("…") else 0)
    inside = text[waiting.after : stop].strip()
    if len(inside.split()) >= (_SHORTEST_OPEN if waiting.mark in "“„«「" else 2 * _SHORTEST_OPEN):
        yield Marked(waiting.after, stop, (waiting.at, stop), closed=False)


def _with_singles(text: str, start: int, end: int, doubles: list[Marked]) -> list[Marked]:
    """Add stretches in single marks that stand outside double ones."""
    found = list(doubles)
    opened: int | None = None
    spoken = iter(doubles)
    double = next(spoken, None)
    for mark in _SINGLE.finditer(text, start, end):
        at = mark.start()
        while double is not None and double.outer[1] <= at:
            double = next(spoken, None)
        if double is not None and double.outer[0] <= at:
            opened = None
            continue
        opening = text[at] == "‘" or (at + 1 < end and text[at + 1].isalnum() and (at == start or not text[at - 1].isalnum()))
        if opening:
            opened = at if opened is None else opened
        elif opened is not None and text[at - 1] in ".,!?…—–-":
            found.append(Marked(opened + 1, at, (opened, at + 1), single=True))
            opened = None
    return sorted(found, key=lambda mark: mark.start)

"""Text as the whole house sees it: folding with offset maps, words, sentences, and making foreign text safe to show.

Owns what counts as "the same words". Refuses to know documents, files or queries. Offsets are code points.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from reader.model import Span
from reader.patterns import pattern
from reader.values import dataclass

_PLAIN = {
    **dict.fromkeys("’‘‛ʼ`´′＇", "'"),
    **dict.fromkeys("“”„‟«»″＂「」『』‹›", '"'),
    **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u2061\u2062\u2063\u2064", ""),
    "…": "...",
}
_BREAKS = pattern(r"\s\s+|[^\S ]")  # every run of white space but the single plain space, which needs no folding
_NOT_ASCII = pattern(r"[^\x00-\x7f]+")
_HYPHENATED = r"(?<=[^\W\d_])[-\u2010\u00ad][ \t]*\n[ \t]*(?=[a-zß-öø-ÿ])"
_WORD = rf"[^\W_]+(?:(?:['’‘ʼ´`]|{_HYPHENATED})[^\W_]+)*"
_WORD_RUN = pattern(_WORD)
_TERM = pattern(r"[^\W_]+")
_NO_APOSTROPHES = str.maketrans("", "", "'’‘‛ʼ`´\u00ad\u200b\u200c\u200d\u2060\ufeff")


CJK = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af"
"""Characters of languages that are written without spaces, for use within the brackets of a regular expression."""


_CJK_RUN = pattern(f"[{CJK}]+")
_LINE_END = pattern(_HYPHENATED)
"""The hyphen of a word that goes on in the next line, a small letter first."""


@lru_cache(maxsize=4096)
def _folded_character(character: str) -> str:
    if character in _PLAIN:
        return _PLAIN[character]
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    # A spacing accent decomposes to a space and a combining mark; the space would break runs of white space in two.
    return "".join(_PLAIN.get(c, c) for c in decomposed if not (unicodedata.combining(c) or c.isspace()))


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text and the way back: `origins[i]` is the offset in the source of the character that `text[i]` came from."""

    text: str
    origins: Sequence[int]
    length: int

    def source(self, start: int, end: int) -> Span:
        """The span of the source behind `text[start:end]`; combining marks and the like go with the character before them."""
        if start >= end:
            at = self.origins[start] if start < len(self.origins) else self.length
            return at, at
        last = self.origins[end - 1]
        after = end
        while after < len(self.origins) and self.origins[after] == last:
            after += 1
        stop = self.origins[after] if after < len(self.origins) else self.length
        return self.origins[start], max(stop, last + 1)

    def place(self, offset: int) -> int:
        """The first folded position that comes from the source at `offset` or later."""
        return bisect_left(self.origins, offset)


def fold(text: str) -> Folded:
    """Case, accents, the shape of quotes and dashes, invisible characters and runs of white space made alike; outer white space gone.

    `fold("“Café  — NON”").text == '"cafe - non"'`. Every folded character knows its source character. ASCII costs about 5 ms for
    100 kB, prose with curly quotes 20.
    """
    out: list[str] = []
    origins = array("I")
    at = 0
    for gap in _BREAKS.finditer(text):
        _fold_run(text, at, gap.start(), out, origins)
        if out and not out[-1].endswith(" "):
            out.append(" ")
            origins.append(gap.start())
        at = gap.end()
    _fold_run(text, at, len(text), out, origins)
    folded = "".join(out)
    lead, trimmed = len(folded) - len(folded.lstrip(" ")), folded.strip(" ")
    return Folded(trimmed, origins[lead : lead + len(trimmed)], len(text))


def _fold_run(text: str, start: int, end: int, out: list[str], origins: "array[int]") -> None:
    """Fold a stretch without breaks: plain ASCII whole, the rest character by character."""
    at = start
    for odd in _NOT_ASCII.finditer(text, start, end):
        _fold_ascii(text, at, odd.start(), out, origins)
        for offset, character in enumerate(odd.group(), odd.start()):
            folded = _folded_character(character)
            if folded:
                out.append(folded)
                origins.extend([offset] * len(folded))
        at = odd.end()
    _fold_ascii(text, at, end, out, origins)


def _fold_ascii(text: str, start: int, end: int, out: list[str], origins: "array[int]") -> None:
    if start < end and text[start] == " " and out and out[-1].endswith(" "):
        start += 1  # what stood between two spaces folded to nothing
    if start < end:
        out.append(text[start:end].lower().replace("`", "'"))
        origins.extend(range(start, end))


def occurrences(folded: Folded, words: str) -> list[Span]:
    """Every place, as spans of the source, where the folded `words` stand; overlapping ones too."""
    needle = fold(words).text
    found: list[Span] = []
    at = folded.text.find(needle) if needle else -1
    while at >= 0:
        span = folded.source(at, at + len(needle))
        if not found or found[-1] != span:
            found.append(span)
        at = folded.text.find(needle, at + 1)
    return found


def whole_words(text: str, span: Span) -> bool:
    """Whether the span cuts no word in two: "Linus" is not in "machinus"."""
    start, end = span
    cut_before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    cut_after = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    return not (cut_before or cut_after)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text and its folded form, the unit of search: "Don’t" is "dont"."""

    term: str
    start: int
    end: int


def fold_word(word: str) -> str:
    """One word as search sees it: case, accents and apostrophes gone, and the hyphen and line break within it."""
    if "\n" in word:
        word = _LINE_END.sub("", word)
    word = word.translate(_NO_APOSTROPHES)
    return word.lower() if word.isascii() else "".join(map(_folded_character, word))


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[Word]:
    """The words of `text[start:end]` with their offsets in `text`; one that is hyphenated at the end of a line is one word.

    Text without spaces (Chinese, Japanese, Korean) gives pairs of characters.
    """
    for found in _WORD_RUN.finditer(text, start, len(text) if end is None else end):
        word = found.group()
        if word.isascii():
            yield Word(fold_word(word), found.start(), found.end())
        else:
            yield from _foreign(word, found.start())


def word_spans(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Where the words of `text[start:end]` stand, one span for each of `words`, several times faster."""
    end = len(text) if end is None else end
    if text.isascii():
        return [found.span() for found in _WORD_RUN.finditer(text, start, end)]
    spans: list[Span] = []
    for found in _WORD_RUN.finditer(text, start, end):
        word = found.group()
        if word.isascii():
            spans.append(found.span())
        else:
            spans += [(piece.start, piece.end) for piece in _foreign(word, found.start())]
    return spans


def _foreign(word: str, at: int) -> Iterator[Word]:
    """The terms of a word that is not plain ASCII; one that folds to several ("¼" is "1" and "4") gives them the same place."""
    for piece, start, end in _pairs(word) if _CJK_RUN.search(word) else [(word, 0, len(word))]:
        for term in _TERM.findall(fold_word(piece)):
            yield Word(term, at + start, at + end)


def _pairs(word: str) -> Iterator[tuple[str, int, int]]:
    """Overlapping pairs of the CJK runs in `word`, and whatever stands between the runs whole, with their places in it."""
    rest = 0
    for run in _CJK_RUN.finditer(word):
        if run.start() > rest:
            yield word[rest : run.start()], rest, run.start()
        for i in range(run.start(), max(run.start() + 1, run.end() - 1)):
            stop = min(i + 2, run.end())
            yield word[i:stop], i, stop
        rest = run.end()
    if rest < len(word):
        yield word[rest:], rest, len(word)


def terms(text: str) -> list[str]:
    """The folded words of `text` in order; the same as `[w.term for w in words(text)]`, five times faster."""
    text = rejoined(text)
    if not text.isascii():
        if _CJK_RUN.search(text):
            return [word.term for word in words(text)]
        text = _NOT_ASCII.sub(lambda run: _folded_run(run.group()), text)
    return _TERM.findall(text.lower().replace("'", "").replace("`", ""))


def rejoined(text: str) -> str:
    """`text` with words that are hyphenated at the end of a line in one piece. Length changes."""
    return _LINE_END.sub("", text) if "\n" in text else text


@lru_cache(maxsize=4096)
def _folded_run(run: str) -> str:
    return "".join(map(_folded_character, run))


# -- sentences -------------------------------------------------------------------------------------------------------------------


_STOP = pattern(r"(?:[.!?…]+[\"'”’»)\]]*|[。！？]+[」』”]*)(?=\s|$|(?<=[。！？」』]))|\n[ \t\u00a0]*\n")
_BEFORE = pattern(r"([^\s(\[\"“‘«]+)$")
_OPENS = pattern(r"\s*[\"'“‘«„(\[—–-]*\s*(\S)")


_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof rev hon st jr sr rep sen gov gen col lt maj capt sgt cmdr adm pres supt messrs mme mlle fr bros esq "
    "inc ltd co corp llc dept univ assn vs v al etc cf viz e.g i.e a.m p.m approx est "
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun "
    "ala ariz ark calif colo conn del fla ga ill ind kan kans ky la md mass mich minn miss mo mont neb nebr nev okla ore pa "
    "penn tenn tex vt va wash wis wyo u.s u.n u.k d.c n.y n.j n.h n.c s.c n.d s.d r.i n.m w.va ph.d m.d b.a m.a".split()
)
_NUMBERED = frozenset("no nos vol vols pp p art arts sec secs fig figs ch chap para".split())
_ALSO_WORDS = frozenset("mass miss wash ore ind ill sat sun mar sec art fig pa la me id del may col gen pres rev co".split())
_ENDS_ANYWAY = frozenset("inc ltd co corp llc etc u.s u.n u.k d.c a.m p.m jr sr ph.d m.d esq al".split())
_STARTERS = frozenset("the a an in on at it he she they we i this that these those but and so if as for our my his her their its".split())


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The sentences of `text[start:end]` as spans without surrounding white space; together they hold every other character.

    A full stop ends a sentence unless it belongs to an abbreviation, an initial or a number, or a small letter follows. An empty
    line always ends one. Written for English news; other languages fare well as long as sentences start with capitals.
    """
    end = len(text) if end is None else end
    spans: list[Span] = []
    at = start
    for stop in _STOP.finditer(text, start, end):
        if stop.end() < end and not stop.group().startswith("\n") and not _ends_sentence(text, stop, end):
            continue
        _add_trimmed(spans, text, at, stop.end())
        at = stop.end()
    _add_trimmed(spans, text, at, end)
    return spans


def _add_trimmed(spans: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))


def _ends_sentence(text: str, stop: re.Match[str], end: int) -> bool:
    following = _OPENS.match(text, stop.end(), min(end, stop.end() + 200))
    mark = stop.group()
    if not following:
        return True
    first = following.group(1)
    if mark[0] in "。！？":
        return True
    if first.islower() or ((mark[0] == "…" or mark.startswith("...")) and not first.isupper()):
        return False
    if mark.rstrip("\"'”’»)]") != ".":
        return True
    before = _BEFORE.search(text, max(0, stop.start() - 40), stop.start())
    written = before.group(1).lstrip("'’") if before else ""
    word = written.lower()
    if word in _NUMBERED and first.isdigit():
        return False
    if len(word) == 1 and word.isalpha() and word != "i":
        return False
    if word in _ABBREVIATIONS and not (word in _ALSO_WORDS and written.islower()):
        return word in _ENDS_ANYWAY and text[following.start(1) : following.start(1) + 12].lower().split(" ")[0] in _STARTERS
    return True


# -- safety ----------------------------------------------------------------------------------------------------------------------

_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_HOSTILE = pattern(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029{_BIDI}\ufff9-\ufffb\ud800-\udfff\U000e0001-\U000e007f]")
_BREAKS_TO_SPACES = dict.fromkeys(map(ord, "\t\n\r\u2028\u2029"), " ")
REPLACEMENT = "\ufffd"
"""What stands for a character that must not reach a terminal. One for one, so that offsets hold."""


def safe(text: str) -> str:
    """`text` with every control and direction-changing character (but tab and newline) replaced, one for one. Same length."""
    # true of most documents, told in half the time, and the start does without the pattern
    return text if text.replace("\n", "").isprintable() else _HOSTILE.sub(REPLACEMENT, text)


def safe_line(text: str) -> str:
    """`safe`, and tabs and newlines become spaces: fit for one line of a terminal. Same length."""
    if text.isprintable():  # true of nearly every line there is, and ten times faster than looking
        return text
    return _HOSTILE.sub(REPLACEMENT, text.translate(_BREAKS_TO_SPACES))


def one_line(text: str) -> str:
    """`safe_line` with runs of white space made one space: for titles, teasers and messages. Length changes."""
    return " ".join(safe_line(text).split())


def safe_json(packed: str) -> str:
    """A line of JSON with every character that could move a terminal written as an escape; the value it stands for stays the same.

    JSON itself escapes C0 controls only.
    """
    return _HOSTILE.sub(lambda found: json_escape(found.group()), packed)


def json_escape(character: str) -> str:
    """The JSON escape of a character: a backslash, u and four digits; a pair of them above the basic plane."""
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))

"""The start of a report that says where it was written: "HARTFORD, Conn. (WTNH) — ...". Owns taking it apart."""

import re
from dataclasses import dataclass

from reader.ingest.dates import readings

_WINDOW = 110
_DASH = re.compile(r"\s*(?:—|―|–|--+|-(?=\s)|(?<=\.)-|(?<=\))-|(?<=DC)-)\s*[\"“'‘]?(?=[A-Z0-9\"“])|:\s+(?=[A-Z\"“])")
_WIDE_GAP = re.compile(r"[ \u00a0]{2,}(?=[A-Z“\"])")
_MONTH_DATE = re.compile(
    r"[,(|\s–—-]*\b((?:[A-Z][a-z]+day,?\s+)?(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:st|nd|rd|th)?(?:,?\s+\d{4})?|\d{1,2}\s+[A-Z][a-z]{2,8}\.?\s+\d{4}))\)?[\s,.–—-]*$"
)
_AGENCY = re.compile(r"\s*\(([A-Z][\w.&’' /-]{1,40})\)\s*$")
_STATE_OR_CAPITAL = re.compile(
    r"(?:Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Iowa|Kan|Ky|La|Maine|Md|Mass|Mich|Minn|Miss|Mo|Mont|Neb|Nev|N\.\s?H|N\.\s?J|N\.\s?M|N\.\s?Y|N\.\s?C"
    r"|N\.\s?D|Ohio|Okla|Ore|Pa|R\.\s?I|S\.\s?C|S\.\s?D|Tenn|Texas|Utah|Vt|Va|Wash|W\.\s?Va|Wis|Wyo|Hawaii|Idaho|Alaska|D\.?\s?C|[A-Z]{2}"
    r"|[A-ZÀ-Þ][a-zà-ÿ]+(?:\s[A-ZÀ-Þ][a-zà-ÿ]+)?)\.?$"
)
_NOT_PLACES = frozenset(
    "the this that these those a an i we you he she it they contact note photo caption update updated breaking watch read more q question answer "
    "president senator sen rep representative governor gov mr mrs ms dr speaker chairman congressman congresswoman today yesterday "
    "january february march april may june july august september october november december monday tuesday wednesday thursday friday "
    "saturday sunday press news release statement summary background about what who when where why how subject re date from to cc".split()
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where a report was written, by which agency, when (readings of its date), and where in the line the report begins."""

    place: str
    agency: str | None
    dates: tuple[str, ...]
    length: int


def dateline(line: str, *, strict: bool = False) -> Dateline | None:
    """The dateline that `line` begins with, or None.

    A dateline is a place in capitals, or a capitalised place of one to three words, perhaps with its state, an agency in
    parentheses and a date, and then a dash before a capital. `strict` asks for capitals or a state: in the middle of a document
    "Progress – We have come far" is no dateline.
    """
    window = line[:_WINDOW]
    if not window or not (window[0].isupper() or window[0] == "("):
        return None
    for dash in _DASH.finditer(window):
        found = _taken_apart(window[: dash.start()], dash.end(), strict or dash.group().startswith(":"))
        if found:
            return found
        if len(window[: dash.start()].split()) > 12:
            break
    gap = _WIDE_GAP.search(window)
    return _taken_apart(window[: gap.start()], gap.end(), strict=True, state=True) if gap else None


def _taken_apart(before: str, length: int, strict: bool, state: bool = False) -> Dateline | None:
    before = before.strip(" \u00a0*_")
    dates: tuple[str, ...] = ()
    agency = None
    for _ in range(3):  # "(AP)", "June 8, 2009" and again "(Reuters)" in either order
        if found := _MONTH_DATE.search(before):
            dates = dates or readings(found.group(1))
            before = before[: found.start()]
        elif (named := _AGENCY.search(before)) and named.start() > 0:
            dates = dates or readings(named.group(1))
            agency = agency or (None if dates else named.group(1).strip())
            before = before[: named.start()]
        else:
            break
    place = before.strip(" \u00a0,–—-")
    if place.startswith("(") and place.count("(") > place.count(")"):
        place = place[1:]
    place = place.removeprefix("(").removesuffix(")") if place.startswith("(") else place
    sure = agency is not None or bool(dates)
    return Dateline(place, agency, dates, length) if _is_place(place, strict and not sure, state) else None


def _is_place(place: str, strict: bool, state: bool) -> bool:
    if not 2 < len(place) <= 50 or any(c.isdigit() or c in '“”"!?;:@/|' for c in place):
        return False
    town, _, rest = place.partition(",")
    words = town.split()
    if (
        not 1 <= len(words) <= 4
        or words[0].lower().strip(".") in _NOT_PLACES
        or not all(word[0].isupper() for word in words if word not in ("of", "de", "la", "on", "and", "&"))
    ):
        return False
    rest = rest.strip()
    if rest and not (_STATE_OR_CAPITAL.match(rest.split(",")[0].strip()) or rest.isupper()):
        return False
    if state:
        return bool(rest)
    return bool(rest) or (town.isupper() and len(town) > 3) or (not strict and len(words) <= 3)

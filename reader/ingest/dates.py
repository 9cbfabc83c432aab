"""Dates as documents write them -> ISO 8601. Owns which strings are a date and nothing but a date. Refuses sentences and guesses.

A numeric date that can be read two ways ("06.08.09") is none; `readings` gives both to whoever knows another date to compare.
"""

import re
from datetime import date
from functools import lru_cache

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner janvier janv enero ene",
            "february feb februar février fevrier févr fevr febrero",
            "march mar mrz märz maerz mars marzo",
            "april apr avril avr abril abr",
            "may mai mayo",
            "june jun juni juin junio",
            "july jul juli juillet juil julio",
            "august aug août aout agosto ago",
            "september sept sep septembre septiembre setiembre",
            "october oct oktober okt octobre octubre",
            "november nov novembre noviembre",
            "december dec dezember dez décembre decembre déc diciembre dic",
        ),
        1,
    )
    for name in names.split()
}
_NOISE = frozenset(
    "monday mon tuesday tue tues wednesday wed thursday thu thur thurs friday fri saturday sat sunday sun "
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so "
    "lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles miercoles jueves viernes sábado sabado domingo "
    "the of de del den dem le la el at on um à a las "
    "am pm uhr utc gmt z est edt et cst cdt ct mst mdt mt pst pdt pt bst cet cest".split()
)
_TOKEN = re.compile(r"(\d+)(?:st|nd|rd|th|er|º|ª)?(?![^\W_])|([^\W\d_]+)|([^\w\s,;|()\[\]·•'’]+)|(_)")
_CLOCK = re.compile(
    r"(?:(?<=\s)|(?<=\d[Tt])|^)\d{1,2}(?:(?::\d\d){1,2}(?:[.,]\d{1,9})?|(?=\s*[ap]\.?m\b))(?:\s*[ap]\.?\s?m\b\.?)?", re.IGNORECASE
)
_ZONE = re.compile(r"(?:(?<=\s)|(?<=[\dZz]))(?:[+-]\d\d:?\d\d|Z)$")
_ISO = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?(?:[T ]\d\d(?::?\d\d.*)?)?$")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?\d{4,6}Z?)?$")
_NUMERIC = re.compile(r"(\d{1,4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{1,4})$")
_DIGIT = re.compile(r"\d")
_LONGEST = 80
"""Characters; a longer string is no date."""


def parse_date(text: str) -> str | None:
    """The date that `text` is, whole and unambiguous: "2009-06-08", "2009-06" or "2009"; None for all else.

    `parse_date("Monday, June 8, 2009, 10:30 a.m. ET") == "2009-06-08"`; "8. Juni 2009", "8 juin 2009" and "8 de junio de 2009" are the
    same day. Weekdays and clock times are read over; time zones are not applied, the date stays as written.
    """
    found = readings(text)
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=256)
def readings(text: str) -> tuple[str, ...]:
    """Every date that `text` can mean: none, one, or for numbers like "06.08.09" several (month first, then day first, year first)."""
    text = text.strip().strip("()[].,;|–—- ").strip()
    if not 4 <= len(text) <= _LONGEST or not _DIGIT.search(text):
        return ()
    for form in (_ISO, _COMPACT):
        if found := form.match(text):
            return _known(*(int(part) if part else None for part in found.groups()))
    text = _ZONE.sub("", text)
    text = _CLOCK.sub(" ", text).strip(" ,|@–—-")
    return _numeric(text) or _named(text)


def year_of_two_digits(year: int) -> int:
    """69-99 are 1969-1999, 00-68 are 2000-2068: the convention of POSIX strptime."""
    return year + (1900 if year >= 69 else 2000)


def _known(year: int | None, month: int | None = None, day: int | None = None) -> tuple[str, ...]:
    if year is None or not 1400 <= year <= 2199:
        return ()
    try:
        date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return ()
    if month is None:
        return (f"{year:04d}",)
    return (f"{year:04d}-{month:02d}" + (f"-{day:02d}" if day is not None else ""),)


def _numeric(text: str) -> tuple[str, ...]:
    without_day_name = text.split(", ", 1)[1] if ", " in text and text.split(", ", 1)[0].lower() in _NOISE else text
    found = _NUMERIC.match(without_day_name)
    if not found:
        return ()
    first, _, second, third = found.groups()
    a, b, c = int(first), int(second), int(third)
    if len(first) == 4:
        return _known(a, b, c)
    if len(third) not in (2, 4) or len(first) > 2:
        return ()
    year = c if len(third) == 4 else year_of_two_digits(c)
    found_dates = [*_known(year, a, b), *_known(year, b, a)]
    if len(third) == 2 and len(first) == 2:
        found_dates += _known(year_of_two_digits(a), b, c)
    return tuple(dict.fromkeys(found_dates))


def _named(text: str) -> tuple[str, ...]:
    """A date with the month as a word, or a bare year."""
    month: int | None = None
    numbers: list[str] = []
    for number, word, sign, underscore in _TOKEN.findall(text):
        lower = word.lower()
        if number:
            numbers.append(number)
        elif word and lower in _MONTHS and month is None:
            month = _MONTHS[lower]
        elif underscore or (sign and sign.strip("./–—-")) or (word and lower not in _NOISE):
            return ()
    if month is None:
        return _known(int(numbers[0])) if len(numbers) == 1 and numbers[0] == text else ()
    years = [n for n in numbers if len(n) == 4]
    days = [n for n in numbers if len(n) <= 2]
    if len(years) != 1 or len(days) > 1 or len(numbers) != len(years) + len(days):
        return ()
    return _known(int(years[0]), month, int(days[0]) if days else None)


_LABEL = re.compile(
    r"(?:(?:for\s+)?immediate\s+release|(?:press|news|media)\s+release|(?:date\s+)?(?:first\s+)?(?:published|posted|released|issued)"
    r"|publication\s+date|published\s+date|release\s+date|(?:publish\s+|post(?:ed|ing)?\s+)?date(?:d)?|veröffentlicht(?:\s+am)?|datum"
    r"|publié(?:\s+le)?|publicado(?:\s+el)?|fecha)\s*(?:on)?\s*[:|–—-]?\s*",
    re.IGNORECASE,
)
_BREAK = re.compile(r"\s*(?:\||\t|\s{3,}|·|•|—|–|\bContact:|\bCONTACT:|\bPosted in\b|\bby\b)\s*")


def own_dates(line: str) -> tuple[str, ...]:
    """The readings of a line that stands for itself and is a date, bare or after a label ("Published: June 8, 2009").

    Also one part of a line that is divided by bars, tabs or wide gaps. Empty for every line that says more than that, and for
    labels of other days ("Updated:").
    """
    line = line.strip()
    if len(line) > 3 * _LONGEST or not _DIGIT.search(line):
        return ()
    found = readings(_unlabelled(line))
    if found or len(line) > 2 * _LONGEST:
        return _not_bare_year(found)
    for part in _BREAK.split(line)[:8]:
        found = _not_bare_year(readings(_unlabelled(part)))
        if found:
            return found
    return ()


def _unlabelled(text: str) -> str:
    label = _LABEL.match(text)
    return text[label.end() :] if label else text


def _not_bare_year(found: tuple[str, ...]) -> tuple[str, ...]:
    """A year alone on a line is more often a heading than the date of the document."""
    return tuple(reading for reading in found if len(reading) > 4)

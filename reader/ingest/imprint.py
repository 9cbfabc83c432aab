"""Lines of the head that say where, when and by whom, without a label: "Sorrel Hall, Port Ellery, June 8, 2009".

Owns taking such lines apart, and which names are those of people, of bodies and of papers. Refuses sentences and headlines: every part
between the commas must be a name, a place, an office or the date.
"""

import re
from dataclasses import dataclass

from reader.ingest.dates import readings
from reader.ingest.shape import capitalised, ends_statement

_LONGEST = 180
_OFFICES = frozenset(
    "president vice-president chair chairman chairwoman chairperson secretary treasurer director manager mayor governor senator representative "
    "congressman congresswoman minister captain steward organizer organiser delegate member spokesperson spokesman spokeswoman editor "
    "correspondent reporter columnist professor bishop reverend officer commissioner councillor councilor ambassador general judge justice "
    "coordinator counsel attorney founder principal superintendent dean rector pastor nurse teacher driver operator mechanic dispatcher writer author poet".split()
)
_BODIES = frozenset(
    "union federation association council board committee coalition alliance league guild brotherhood society institute foundation "
    "commission authority agency department ministry bureau university college court tribunal cooperative company corporation network "
    "section division office syndicat syndicale fédération gewerkschaft verband sindicato federación local center centre".split()
)
_PLACES = frozenset(
    "street avenue road lane square house hall room depot church chapel library park plaza building campus school theater theatre station "
    "hotel museum harbor harbour pier quay city town county capitol auditorium stadium arena center centre floor".split()
)
_PAPERS = frozenset(
    "ledger times post gazette almanac herald tribune journal news review record bulletin magazine chronicle register star sun observer "
    "courier dispatch patch quarterly weekly daily monthly wire examiner inquirer mercury sentinel advertiser reporter newsletter".split()
)
_NAME_WORD = re.compile(r"[A-ZÀ-Þ][^\W\d_]*(?:[’'-][^\W\d_]+)*\.?$")
_PARTICLES = frozenset("de la van von der den da di du al bin ben y e le".split())
_CREDIT = re.compile(
    r"(?:by\s+(?P<name>[^,;:|]{3,60}?)[.,;]\s+)?(?:(?:first|originally)\s+)?(?:written|published|printed|delivered|posted|broadcast|given)\s+"
    r"(?:for|in|at|by|on|to)\s+(?P<rest>\S.{3,100})$",
    re.IGNORECASE,
)
_NUMBERED_BODY = re.compile(r"(?:local|lodge|branch|chapter|district|section)\s+(?:no\.?\s*)?\d{1,5}$", re.IGNORECASE)
_DOCKET = re.compile(r"(?:case|docket|file|cause|index|proceeding)\s+(?:nos?\.?|numbers?|#)\s*:?\s*\S.{0,40}$", re.IGNORECASE)
_OF = re.compile(r"\s(?:of|for|at|to)\s")
_CASE = re.compile(r"in (?:the matter of|re:?)\s+\S", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a line says: the readings of its date, the person who speaks or writes, the paper or body that gives it out."""

    dates: tuple[str, ...] = ()
    person: str | None = None
    publisher: str | None = None


def imprint(line: str, words: int) -> Imprint | None:
    """The statements of a line of names that ends with a full date or names a person with an office; None for every other line.

    "The Ellery Ledger, Sunday, June 8, 2009", "By Ana Ruiz, June 8, 2009", "Sorrel Hall, Port Ellery, June 8, 2009" and "Ana Ruiz, crane driver, June 8, 2009" are
    such lines, and so is "Ana Ruiz, President, Dockers' Council". Of a date after a paper's name the month is enough.
    """
    if not 2 <= words <= 24 or len(line) > _LONGEST or "," not in line or not line[0].isupper():
        return None
    signed = line.startswith("By ")
    parts = [part.strip() for part in line.rstrip(".").removeprefix("By ").split(",")]
    dates, names = _dated(parts)
    if signed and not (dates and names and is_person(names[0])):
        return None
    if not names or capitalised(names[0]) < 1.0 or not all(_is_part(name) and capitalised(name) >= 0.5 for name in [names[0], *names[2:]]):
        return None
    office = len(names) > 1 and is_person(names[0]) and _is_office(names[1], sure=not dates)
    person = names[0] if signed or office else None
    if not dates:
        closed = len(names) == 2 or is_body(names[-1])  # "Ana Ruiz, President, Calls for Talks" is a headline
        return Imprint(person=person) if person and closed and not ends_statement(line) and _is_proper(names[1:]) else None
    if person:
        return Imprint(dates, person, next((name for name in names[1:] if _is_paper(name)), None))
    publisher = names[0] if _is_paper(names[0]) or is_body(names[0]) else None
    if len(dates[0]) < 10 and not publisher:
        return None
    if not all(_is_part(name) and capitalised(name) >= 0.5 for name in names[1:]):
        return None  # a sentence has small words
    if publisher or len(names) > 1 or len(names[0].split()) <= 2 or _last_word(names[0]) in _PLACES:
        return Imprint(dates, publisher=publisher)
    return None  # "Bakers Vote to Walk Out, June 8, 2009" may be about that day


def credit(line: str, words: int) -> Imprint | None:
    """The note that books and magazines put under a title: "By Ana Ruiz. Written for the Ellery Almanac, June 8, 2009."."""
    found = _CREDIT.match(line.rstrip(". ")) if words <= 24 and len(line) <= _LONGEST else None
    if not found:
        return None
    name = found.group("name")
    dates, names = _dated([part.strip() for part in found.group("rest").split(",")])
    if not dates or (name and not is_person(name)) or len(names) > 2 or not all(_is_part(part) for part in names):
        return None
    place = re.sub(r"^(?:the\s+)(?=[A-Z])", "", names[0]) if names else ""
    return Imprint(dates, name, place if _is_paper(place) else None)


def is_person(name: str) -> bool:
    """Whether `name` can be a person's: two to five capitalised words, none of them that of a body, a place or a paper."""
    words = name.split()
    if not 2 <= len(words) <= 5 or words[0] in ("The", "A", "An"):
        return False
    if not all(_NAME_WORD.match(word) or word in _PARTICLES for word in words) or name.isupper():
        return False
    return not any(word.lower().strip(".") in _BODIES or word.lower() in _PLACES for word in words) and _last_word(name) not in _PAPERS


def is_body(name: str) -> bool:
    """Whether `name` is that of an organisation by its last word or number: "Ellery Dockers' Federation", "Harbor Workers Local 9"."""
    words = name.split()
    if not 2 <= len(words) <= 10 or ends_statement(name) or capitalised(name) < 1.0:
        return False
    if _NUMBERED_BODY.search(name) or _last_word(name) in _BODIES:
        return True
    of = next((at for at, word in enumerate(words) if word.lower() in ("of", "for", "des", "de")), 0)
    return of > 0 and words[of - 1].lower() in _BODIES


def is_unit(line: str) -> bool:
    """Whether a word of the line is that of a body: the second line of a letterhead."""
    return any(word.lower().strip(".,") in _BODIES for word in line.split()[:12])


def is_place(line: str, words: int) -> bool:
    """Whether the line is nothing but a place: parts between commas, all with capitals, one of them a house, hall or street."""
    parts = [part.strip() for part in line.split(",")]
    if words > 16 or len(parts) < 2 or ends_statement(line):
        return False
    return _is_proper(parts) and any(word.lower() in _PLACES for word in line.replace(",", " ").split())


def is_docket(line: str) -> bool:
    """Whether the line is the number of a case: "Case No. 12-034"."""
    return len(line) <= 80 and _DOCKET.match(line) is not None


def is_case(line: str) -> bool:
    """Whether the line names a case, as courts and boards entitle their papers: "In the Matter of ..."."""
    return _CASE.match(line) is not None


def _dated(parts: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """The one reading of the date that the last parts are, and the parts before it."""
    for count in (3, 2, 1):
        if len(parts) >= count:
            found = readings(", ".join(parts[-count:]))
            if len(found) == 1 and len(found[0]) >= 7:
                return found, parts[:-count]
    return (), parts


def _is_part(part: str) -> bool:
    return 0 < len(part.split()) <= 8 and not any(mark in part for mark in '“”"?!;:') and part[0].isalnum()


def _is_proper(parts: list[str]) -> bool:
    """Whether all parts are names or offices: no word in small letters but those between names and offices in one word."""
    return all(
        _is_part(part) and (capitalised(part) == 1.0 or (len(part.split()) <= 3 and any(word in _OFFICES for word in part.split())))
        for part in parts
    )


def _is_office(part: str, *, sure: bool) -> bool:
    words = [word.lower().strip(".") for word in part.split()]
    if _last_word(_OF.split(part, maxsplit=1)[0]) in _OFFICES:
        return True
    return not sure and part[:1].islower() and len(words) <= 4 and not any(word in _PLACES for word in words)


def _is_paper(name: str) -> bool:
    return 2 <= len(name.split()) <= 7 and _last_word(name) in _PAPERS and capitalised(name) == 1.0


def _last_word(name: str) -> str:
    return name.rsplit(maxsplit=1)[-1].lower().strip(".’'") if name else ""

"""Whom a press release names for questions. Owns which lines are a contact and what name, telephone and address stand in them."""

import re
from collections.abc import Sequence

from reader.model import Contact

_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_PHONE = re.compile(
    r"(?<![\d.])(?:\+?\d{1,3}[\s.-])?(?:\(\d{3}\)\s?[–-]?\s?|\d{3}[\s./–-]\s?)\d{3}\s?[\s.–-]\s?\d{4}(?!\d)(?:\s?(?:x|ext\.?)\s?\d{1,5})?"
    r"|\+\d{1,3}[\s\d()./-]{6,18}\d"
)
_LABEL = re.compile(
    r"(?:(?:for\s+)?(?:more|further|additional)\s+information(?:,?\s+(?:please\s+)?contact)?|(?:press|media|news)?\s?(?:contacts?|inquiries|enquiries)"
    r"(?:\s+(?:information|person|info))?|(?:press|media)\s+(?:office|secretary|relations)|communications\s+director|pressekontakt|kontakt|contacto|contact\s+presse|renseignements|rückfragen)\s*(?:[:|–—-]|\bat\b)\s*",
    re.IGNORECASE,
)
_BARE_LABEL = re.compile(r"(?:(?:press|media|news)\s+)?(?:contacts?|inquiries|enquiries)(?:\s+(?:information|info))?\s*:?$", re.IGNORECASE)
_FIELD = re.compile(r"\b(?:tel(?:ephone)?|ph(?:one)?|office|cell|mobile|fax|e-?mail|direct|desk|[opcmfte])\s*[.:]\s*", re.IGNORECASE)
_NAME = re.compile(r"[A-ZÀ-Þ][\w.’'-]*(?:\s+(?:[A-ZÀ-Þ][\w.’'-]*|de|van|von|der|la|bin|al)){1,4}$")
_LOCAL_PHONE = re.compile(r"(?<![\d.$–-])\d{3}[-.–]\d{4}(?![\d-])")
"""A number without its area code; it counts only in lines that are a contact for another reason."""
_DIGITS = re.compile(r"\d{3}")
_LONGEST = 240


def is_contact(line: str) -> bool:
    """Whether the line is a contact: labelled as one, or with a telephone number or an address and no room for a sentence beside."""
    if len(line) > _LONGEST:
        return False
    if _BARE_LABEL.match(line):
        return True
    label = _LABEL.match(line)
    if label and len(line) <= 160:
        return True
    if not ("@" in line or "+" in line or _DIGITS.search(line)):
        return False  # neither number nor address, as nearly every line
    reachable = _PHONE.search(line) or _EMAIL.search(line)
    if not reachable:
        return False
    rest = _FIELD.sub(" ", _EMAIL.sub(" ", _PHONE.sub(" ", line)))
    return len(rest.split()) <= 9 and not re.search(r"[a-z]{2}\.\s*$", rest.strip())


def is_bare_label(line: str) -> bool:
    """Whether the line only announces the contact that the next lines hold: "Media Contact:"."""
    return len(line) <= 60 and (
        _BARE_LABEL.match(line) is not None or ((label := _LABEL.match(line)) is not None and not line[label.end() :].strip())
    )


def contact(lines: Sequence[str]) -> Contact | None:
    """The first person in the contact lines of a document, with the first number and address; None when nobody is there."""
    name = phone = email = None
    for line in lines:
        found_email, found_phone = _EMAIL.search(line), _PHONE.search(line) or _LOCAL_PHONE.search(line)
        if name and phone and email:
            break
        named = _name(line)
        if name and named and (phone or email):
            break  # the second person
        name = name or named
        email = email or (found_email.group().rstrip(".") if found_email else None)
        phone = phone or (found_phone.group().strip() if found_phone else None)
    return Contact(name, phone, email) if name or phone or email else None


def _name(line: str) -> str | None:
    label = _LABEL.match(line)
    rest = _EMAIL.sub("|", _LOCAL_PHONE.sub("|", _PHONE.sub("|", line[label.end() :] if label else line)))
    for part in re.split(r"[,|;/()\t–—]|\s-\s|\s{2,}", _FIELD.sub("|", rest)):
        part = part.strip(" .:")
        if _NAME.match(part) and not _LABEL.match(part + ":"):
            return part
    return None

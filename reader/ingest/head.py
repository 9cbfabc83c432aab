"""The head of a document: everything before its first paragraph. Owns title, repeated title, decks, byline, contact, dates, labels.

The head ends at the first piece that is running text, so nothing in a paragraph is ever taken for a statement about the document.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice, takewhile

from reader.ingest.contacts import is_bare_label, is_contact
from reader.ingest.dateline import Dateline, dateline
from reader.ingest.dates import own_dates, readings
from reader.ingest.imprint import Imprint, credit, imprint, is_body, is_case, is_docket, is_place, is_unit
from reader.ingest.lines import Piece
from reader.ingest.shape import ends_sentence, ends_statement, is_namelike, is_prose, is_salutation, is_titlelike
from reader.model import Role
from reader.text import fold

_LONGEST_HEAD = 40
_ITEMS = frozenset({Role.ITEM_TITLE, Role.ITEM_TEASER, Role.ITEM_LABEL})
_RELEASE = re.compile(
    r"\W{0,6}(?:for (?:immediate )?release\b|immediate release\b|(?:press|news|media) (?:release|statement|advisory|alert)s?\b|embargoed\b|pressemitteilung\b"
    r"|communiqué de presse\b|comunicado de prensa\b)",
    re.IGNORECASE,
)
_LABELS = {
    "title": "title", "titel": "title", "titre": "title", "headline": "title", "subtitle": "subtitle",
    "author": "byline", "authors": "byline", "by": "byline", "byline": "byline", "autor": "byline", "auteur": "byline",
    "source": "publisher", "publisher": "publisher", "publication": "publisher", "site": "publisher", "quelle": "publisher",
    "url": "url", "link": "url", "original": "url", "permalink": "url", "source url": "url",
    "date": "date", "published": "date", "posted": "date", "publication date": "date", "dated": "date", "datum": "date",
    "updated": "", "last updated": "", "last modified": "", "modified": "", "retrieved": "", "accessed": "", "saved": "", "section": "",
    "category": "", "tags": "", "location": "", "language": "", "posting date": "", "first posted": "", "release date": "", "status": "",
    "topic": "", "topics": "", "keywords": "", "type": "", "id": "", "re": "", "subject": "",
    "before": "", "present": "", "also present": "", "appearances": "", "presiding": "",
}  # fmt: skip
_LABELLED = re.compile(r"([A-Za-zÀ-ÿ ]{2,20}?)\s*:\s+(\S.{0,300})$")
_BYLINE = re.compile(r"(?:by|von|par|por|written by|story by|reported by|text:?)\s+(?=[A-ZÀ-Þ])(.{3,110})$", re.IGNORECASE)
_ADDRESS = re.compile(r"<?(https?://[^\s<>]+|www\.[^\s<>]+)>?$")
_STAMPED = re.compile(r"(?:last\s+)?(?:updated|modified|posted|published|aired|filed)\b.{0,60}\d", re.IGNORECASE)
_WEEKDAY_AND_TIME = re.compile(r"\d{1,2}:\d\d\s*(?:[ap]\.?m\.?)?\s*(?:[A-Z]{2,4})?$", re.IGNORECASE)


@dataclass(slots=True)
class Head:
    """What the head said. `dates` holds the readings of each date line; `release` whether it calls itself a release."""

    title: str | None = None
    subtitle: str | None = None
    byline: str | None = None
    publisher: str | None = None
    url: str | None = None
    dates: list[tuple[str, ...]] = field(default_factory=list)
    contacts: list[str] = field(default_factory=list)
    release: bool = False
    dateline: Dateline | None = None


def fold_line(line: str) -> str:
    """A headline for comparing: folded, without the marks around it."""
    return fold(line[:400]).text.strip(" .:;,!?\"'*_#-")


def read_head(pieces: Sequence[Piece], title: str | None = None, byline: str | None = None) -> Head:
    """Give the pieces of the head their roles and return what they say. Pieces that have a role already are passed over.

    `title` and `byline` are what the packing of the document says; the first line that repeats that title is then the title.
    """
    head = Head(title=title, byline=byline)
    above = list(takewhile(lambda piece: piece.role not in _ITEMS, pieces))
    free = islice((piece for piece in above if piece.role is None), _LONGEST_HEAD)
    reader = _Reader(head, list(free), title_key=fold_line(title or ""), lists=len(above) < len(pieces))
    while reader.step():
        pass
    if not any(piece.role is Role.TITLE for piece in pieces):
        shown = next((piece for piece in reader.pieces if piece.role is Role.DUPLICATE_TITLE), None)
        if shown:
            shown.role = Role.TITLE
    return head


@dataclass(slots=True)
class _Reader:
    """Goes down the head line by line; `at` is the next piece."""

    head: Head
    pieces: list[Piece]
    at: int = 0
    title_key: str = ""
    lists: bool = False  # items of an index page follow

    def step(self) -> bool:
        """Deal with one piece; False when the head is over."""
        if self.at >= len(self.pieces):
            return False
        piece = self.pieces[self.at]
        role = self.statement(piece) or self.headline(piece)
        self.at += 1
        if role is None:
            self.head.dateline = dateline(piece.head)
            return False
        piece.role = role
        return True

    def statement(self, piece: Piece) -> Role | None:
        """The role of a line that says something about the document: date, label, release mark, byline, contact."""
        line = piece.head
        if len(line) > 320:
            return None
        if is_contact(line):
            if _RELEASE.match(line):
                self.head.release = True
            self.dated(line)
            return self.contact(line)
        if _RELEASE.match(line) and piece.words <= 14 and (self.head.title or piece.words <= 8) and not ends_statement(line):
            self.head.release = True
            self.dated(line)
            return Role.METADATA
        if self.dated(line) or is_docket(line):
            return Role.METADATA
        return self.labelled(piece) or self.imprint(piece) or self.byline(piece)

    def contact(self, line: str) -> Role:
        """A contact; after a bare label the next lines belong to it, as long as they are names, numbers or addresses."""
        self.head.contacts.append(line)
        if is_bare_label(line):
            for piece in self.pieces[self.at + 1 : self.at + 4]:
                if not (is_contact(piece.head) or (is_namelike(piece.head, piece.words) and piece.words <= 6)) or is_bare_label(piece.head):
                    break
                if self.repeats(piece.head):
                    break
                self.head.contacts.append(piece.head)
                piece.role = Role.CONTACT
                self.at += 1
        return Role.CONTACT

    def dated(self, line: str) -> bool:
        found = own_dates(line)
        if found:
            self.head.dates.append(found)
        return bool(found)

    def labelled(self, piece: Piece) -> Role | None:
        line = piece.head
        if _ADDRESS.match(line):
            self.head.url = self.head.url or _ADDRESS.sub(r"\1", line)
            return Role.METADATA
        if piece.words <= 14 and len(line) <= 120 and (_STAMPED.match(line) or _WEEKDAY_AND_TIME.match(line)) and not ends_statement(line):
            return Role.METADATA
        label = _LABELLED.match(line)
        meaning = _LABELS.get(label.group(1).strip().lower()) if label else None
        if label is None or meaning is None:
            return None
        value = label.group(2).strip()
        if meaning == "byline":
            self.head.byline = self.head.byline or value
            return Role.BYLINE
        if meaning == "url" or (meaning == "publisher" and _ADDRESS.match(value)):
            self.head.url = self.head.url or (value if _ADDRESS.match(value) else None)
        elif meaning == "publisher":
            self.head.publisher = self.head.publisher or value
        elif meaning == "title":
            self.head.title, self.title_key = value, fold_line(value)
        elif meaning == "subtitle":
            self.head.subtitle = self.head.subtitle or value
        return Role.METADATA

    def imprint(self, piece: Piece) -> Role | None:
        """A line under the title that names speaker, place, paper or body, most often with the day."""
        line, words = piece.head, piece.words
        if words > 24 or self.head.title is None:
            return None
        found = credit(line, words) or imprint(line, words)
        if found is None and is_body(line) and self.beside_date() and self.is_spoken_of(line):
            found = Imprint(publisher=line)
        if found is None:
            return Role.METADATA if self.beside_date() and is_place(line, words) else None
        if found.dates:
            self.head.dates.append(found.dates)
        self.head.publisher = self.head.publisher or found.publisher
        if found.person is None:
            return Role.METADATA
        self.head.byline = self.head.byline or found.person
        return Role.BYLINE

    def beside_date(self) -> bool:
        """Whether the line right above or below, without a blank one between, is a date."""
        piece, at = self.pieces[self.at], self.at
        above = self.pieces[at - 1] if at and not piece.gap else None
        below = self.pieces[at + 1] if at + 1 < len(self.pieces) and not self.pieces[at + 1].gap else None
        return any(near is not None and own_dates(near.head) for near in (above, below))

    def is_spoken_of(self, line: str) -> bool:
        """Whether the paragraphs name what the line names. They do not repeat a headline in its words, but who gives them out."""
        key = fold_line(line)
        return any(
            is_prose(piece.head, piece.words) and key in fold(piece.head).text for piece in self.pieces[self.at + 1 :] if piece.role is None
        )

    def letterhead(self, piece: Piece) -> Role | None:
        """The name of a body above the headline: of a court above its case, or in capitals or by its name, with a headline below."""
        line = piece.head
        if piece.words > 10 or not (line.isupper() or is_body(line)):
            return None
        below = self.pieces[self.at + 1 : self.at + 4]
        if below and is_case(below[0].head):
            self.head.publisher = self.head.publisher or line
            return Role.METADATA
        unit = bool(below) and not below[0].gap and is_unit(below[0].head) and not is_prose(below[0].head, below[0].words)
        rest = below[1:] if unit else below
        if len(rest) < 2 or not rest[0].gap or not rest[1].gap or not (unit or is_body(line)):
            return None
        if is_prose(rest[0].head, rest[0].words) or not is_titlelike(rest[0].head, rest[0].words) or not self.is_spoken_of(line):
            return None
        if not (is_prose(rest[1].head, rest[1].words) or own_dates(rest[1].head)) or own_dates(rest[0].head):
            return None
        self.head.publisher = self.head.publisher or line
        if unit:
            below[0].role = Role.METADATA
            self.at += 1
        return Role.METADATA

    def byline(self, piece: Piece) -> Role | None:
        found = _BYLINE.match(piece.head) if piece.words <= 16 else None
        if not found or ends_statement(piece.head) or not is_namelike(_bare_name(found.group(1)), 2):
            return None
        self.head.byline = self.head.byline or _bare_name(found.group(1))
        return Role.BYLINE

    def headline(self, piece: Piece) -> Role | None:
        """The role of a title, repeated title or deck; None for everything else, which ends the head."""
        line = piece.head
        if self.head.title is None:
            return self.letterhead(piece) or self.title(piece)
        if self.repeats(line):
            return Role.DUPLICATE_TITLE
        if is_salutation(line) or _begins_report(piece) or dateline(line, strict=True):
            return None
        short = not is_prose(line, piece.words) and is_titlelike(line, piece.words) and not line.endswith(":")
        deck = short and (piece.words >= 5 or len(line) >= 34)
        if not deck and piece.words <= 30:
            deck = self.ahead(lambda after: _begins_report(after) or self.repeats(after.head)) and piece.words >= 3
        if not deck or not self.ahead(lambda after: not is_list(piece, after)):
            return None
        self.head.subtitle = self.head.subtitle or line
        return Role.SUBTITLE

    def title(self, piece: Piece) -> Role | None:
        line = piece.head
        following = next((after for after in self.pieces[self.at + 1 :]), None)
        if line[0] in '“"«„' and line[-1] in '”"»' and ends_sentence(line):
            return None  # somebody speaks
        if following is None or _begins_report(piece):
            return self.titled(line) if following is None and self.lists and is_titlelike(line, piece.words) else None
        apart = self.stands_apart()
        cut_off = line.endswith(("...", "…")) and piece.words <= 25
        if not ((cut_off or (is_titlelike(line, piece.words) and not line.endswith(":"))) and apart):
            # A headline that ends like a sentence shows what it is by what follows: itself again, a date, a contact, a dateline.
            key = fold_line(line) if len(line) <= 300 else ""
            repeated = any(
                key and len(after.head) <= 300 and fold_line(after.head) == key for after in self.pieces[self.at + 1 : self.at + 6]
            )
            stated = (
                bool(own_dates(following.head))
                or is_contact(following.head)
                or (dateline(following.head) is not None and _begins_report(following))
            )
            if piece.words > 40 or is_salutation(line) or not (repeated or (stated and not line.endswith(":"))):
                return None
        return self.titled(line)

    def titled(self, line: str) -> Role:
        self.head.title, self.title_key = line, fold_line(line)
        tail = line.rsplit(". ", 1)
        if len(tail) == 2 and len(readings(tail[1])) >= 1 and len(tail[1]) > 4:
            self.head.dates.append(readings(tail[1]))
        return Role.TITLE

    def stands_apart(self) -> bool:
        """Whether a blank line, text or a statement follows within three lines: a long run of short lines is a list or a poem."""
        following = self.pieces[self.at + 1 : self.at + 4]
        for piece in following:
            if (
                piece.gap
                or is_prose(piece.head, piece.words)
                or is_contact(piece.head)
                or own_dates(piece.head)
                or _BYLINE.match(piece.head)
            ):
                return True
        return len(following) < 3

    def repeats(self, line: str) -> bool:
        """Whether the line is the title again; folding a paragraph only to find that it is none would cost more than all other rules."""
        return bool(self.title_key) and len(line) <= len(self.title_key) * 2 + 8 and fold_line(line) == self.title_key

    def ahead(self, wanted: Callable[[Piece], bool]) -> bool:
        """Whether the next piece that makes no statement is as wanted; False at the end."""
        for piece in self.pieces[self.at + 1 : self.at + 5]:
            if is_contact(piece.head) or own_dates(piece.head) or (_RELEASE.match(piece.head) and piece.words <= 14):
                continue
            return wanted(piece)
        return False


def is_list(piece: Piece, after: Piece) -> bool:
    """Whether two short lines follow each other without a blank one: rather a list than a deck."""
    return not after.gap and not is_prose(after.head, after.words) and not piece.gap


def _begins_report(piece: Piece) -> bool:
    """Whether the piece is a paragraph with a dateline, and not a headline that happens to have a dash."""
    found = dateline(piece.head)
    return found is not None and (is_prose(piece.head[found.length :], piece.words) or ends_statement(piece.head) or piece.words > 25)


def _bare_name(text: str) -> str:
    """A byline without what follows the name after a bar: "Ana Ruiz | Staff" -> "Ana Ruiz"."""
    return re.split(r"\s*[|•·]\s*|\s{3,}", text.strip(), maxsplit=1)[0].rstrip(" ,")

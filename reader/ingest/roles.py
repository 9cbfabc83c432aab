"""Pieces -> roles. Owns the order of the rules for plain text and those about single paragraphs. Every rule states a fact about how
such documents are written; what no rule speaks for is body. Nothing is dropped: roles only say what a piece is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reader.ingest.chrome import is_chrome, is_end_mark, opens_related
from reader.ingest.contacts import is_contact
from reader.ingest.dates import own_dates
from reader.ingest.gutenberg import mark_packing
from reader.ingest.head import Head, read_head
from reader.ingest.items import is_link_line, mark_digest, mark_index
from reader.ingest.letters import mark_signatures
from reader.ingest.lines import BULLET, Piece
from reader.ingest.shape import capitalised, ends_sentence, has_lost_mark, is_namelike, is_prose, is_salutation, is_spoken, is_titlelike
from reader.model import Role

_DASHED_NAME = re.compile(r"[~—–―-]{1,3}\s*(?=[A-ZÀ-Þ\d])(\S.{2,140})$")
_CAPTION = re.compile(
    r"(?:(?:photo|image|picture|photograph|illustration|video|graphic|file photo|map)s?\s*(?:credit|courtesy|by|:|/|\|)|\(?(?:ap |file |courtesy )photo\b|caption:|credit:"
    r"|pictured\b|above:|left:|right:)"
    r"|.{1,400}(?:\((?:[\w .'’/-]{0,60})(?:(?:photo|image|picture)s?\s*(?::|/|by\b|courtesy|credit)|getty|reuters|shutterstock|courtesy)[^()]{0,80}\)|/\s?(?:getty images|ap|reuters|shutterstock|afp))$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?:chapter|part|section|book|act|scene|kapitel|chapitre|capítulo)?\s*[IVXLC]{1,7}\.?$|(?:chapter|part|section|book|kapitel)\s+\d+\.?$",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"(?:how|what|why|who|whose|when|where|which|is|are|was|can|could|do|does|did|will|would|should|have|has)\b", re.IGNORECASE
)
_END_OF_RELEASE = re.compile(r"(?:#\s*){2,}$|[-–—]\s?30\s?[-–—]$")
_SPEAKS = re.compile(r"[QA][.:]\s|[A-Z][A-Z.’' -]{1,40}:\s")
_ISSUED = re.compile(r"(?:(?:joint|written|press|prepared)\s+)?statement\b", re.IGNORECASE)
_ABOUT_LABEL = re.compile(r"About (?:the |our )?[A-ZÀ-Þ][^:.]{1,60}:\s+\S")
_ABOUT_HEADING = re.compile(r"about (?:the |us\b|our )?\S.{0,60}$", re.IGNORECASE)
_KIND_OF_BODY = (
    r"(?:union|organi[sz]ation|association|federation|coalition|alliance|network|company|corporation|firm|non-?profit|charity|foundation|institute|cent(?:er|re)|"
    r"agency|provider|manufacturer|publisher|university|college|society|council|committee|group|movement|campaign|think tank|newspaper|station|cooperative|leader)"
)
_ABOUT = (
    re.compile(r"with (?:more than |over |nearly |about |some |approximately )?[\d,.]+(?: \w+)? (?:\w+ ){0,2}(?:members|workers|employees|affiliates|chapters|customers|offices|locals)\b", re.IGNORECASE),
    re.compile(rf"(?!he\b|she\b|it\b|this\b|that\b)\S.{{1,90}}? is (?:a|an|the|one of|among)\b[^.“\"]{{0,90}}?\b{_KIND_OF_BODY}\b", re.IGNORECASE),
    re.compile(r"\S.{1,90}? (?:represents|unites|serves|is made up of|is composed of) (?:more than |over |nearly |about |some |approximately )?[\d,.]+", re.IGNORECASE),
    re.compile(r"(?:founded|established|headquartered|based) in\b", re.IGNORECASE),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outline:
    """What reading the pieces as a whole brought: the head, and what kind of page it is ("index_page", "digest" or None)."""

    head: Head
    kind: str | None


def assign(pieces: list[Piece]) -> Outline:
    """Give every piece its role. Linear in the number of pieces; long pieces are judged by their first characters."""
    _mark_furniture(pieces)
    stated = mark_packing(pieces)
    kind = "index_page" if mark_index(pieces) else None
    _mark_attributions(pieces)
    head = read_head(pieces, stated.get("Title"), stated.get("Author"))
    if kind is None and not head.contacts and head.dateline is None and mark_digest(pieces):
        kind = "digest"
        head.subtitle = None  # what looked like a deck is the first headline
    mark_signatures(pieces)
    rest = [piece for piece in pieces if piece.role is None]
    _mark_lists(rest)
    _mark_end(pieces, rest, head)
    _mark_middle(pieces)
    return Outline(head, kind)


def _mark_furniture(pieces: list[Piece]) -> None:
    """Furniture of the page, list items and tables, which a line shows by itself."""
    for at, piece in enumerate(pieces):
        line = piece.head
        if len(line) <= 400 and is_chrome(line):
            following = pieces[at + 1] if at + 1 < len(pieces) else None
            # "Privacy Policy" as the first line over a text is the title of that text.
            if at or following is None or is_end_mark(line) or not is_prose(following.head, following.words):
                piece.role = Role.BOILERPLATE
        elif _is_row(line) and ((at and _is_row(pieces[at - 1].head)) or (at + 1 < len(pieces) and _is_row(pieces[at + 1].head))):
            piece.role = Role.TABLE
        elif BULLET.match(line) and not _DASHED_NAME.match(line[:1] + "x") and not _is_dashed_attribution(pieces, at):
            piece.role, piece.level = Role.LIST_ITEM, 1


def _is_row(line: str) -> bool:
    """Whether a line is divided into three cells by tabs or bars."""
    return len(line) <= 1000 and (line.count("\t") >= 2 or line.count("|") >= 2)


def _is_dashed_attribution(pieces: list[Piece], at: int) -> bool:
    """A dash and a name below a paragraph, and no list around: "— Ana Ruiz, crane driver"."""
    piece = pieces[at]
    found = _DASHED_NAME.match(piece.head) if piece.words <= 16 and at else None
    if not found or ends_sentence(piece.head.rstrip(".")) or piece.head.endswith((":", ";")):
        return False
    name = re.split(r"[,(]", found.group(1), maxsplit=1)[0]
    around = pieces[at - 1 : at] + pieces[at + 1 : at + 2]
    return capitalised(name) == 1.0 and len(name.split()) <= 7 and not any(near.head[:1] == piece.head[:1] for near in around)


def _mark_attributions(pieces: list[Piece]) -> None:
    """Displayed quotations: a paragraph, and below it a line that only names who said it.

    Either the line starts with a dash or a tilde, or the paragraph is all quotation (a closing mark alone will do) and the line is a
    name, which shows it is no heading by a role behind a comma, by standing elsewhere in the document, or by the lost mark above.
    """
    for at in range(1, len(pieces)):
        piece, above = pieces[at], pieces[at - 1]
        if piece.role is not None or above.role is not None or piece.words > 16:
            continue
        if _is_dashed_attribution(pieces, at):
            quoted = is_spoken(above.head) or at == 1 or (above.words <= 60 and ends_sentence(above.head))
        else:
            named = is_namelike(piece.head, piece.words) and _is_known_name(pieces, at)
            issued = _ISSUED.match(piece.head) is not None and "," in piece.head and not ends_sentence(piece.head)
            quoted = is_spoken(above.head) and (named or (issued and has_lost_mark(above.head)))
        if quoted:
            piece.role = Role.ATTRIBUTION
            above.role, above.level = Role.BLOCKQUOTE, 1


def _is_known_name(pieces: list[Piece], at: int) -> bool:
    line = pieces[at].head
    if "," in line or has_lost_mark(pieces[at - 1].head):
        return True
    name = re.split(r"[(|–—]", line, maxsplit=1)[0].strip()
    near = pieces[max(0, at - 40) : at - 1] + pieces[at + 1 : at + 40]
    return any(name in piece.head for piece in near)


def _mark_lists(rest: Sequence[Piece]) -> None:
    """Items without bullets: short lines in a row after one that ends with a colon, and lines that end with a semicolon."""
    listing = False
    for at, piece in enumerate(rest):
        short = piece.words <= 25 and not ends_sentence(piece.head) and not piece.head.endswith(":") and not is_salutation(piece.head)
        if listing and short:
            following = rest[at + 1] if at + 1 < len(rest) else None
            paired = at and rest[at - 1].role is Role.LIST_ITEM
            if paired or (
                following is not None
                and following.words <= 25
                and following.gap <= piece.gap
                and not ends_sentence(following.head)
                and not own_dates(following.head)
            ):
                piece.role, piece.level = Role.LIST_ITEM, 1
                continue
        listing = piece.head.endswith(":") and not is_salutation(piece.head)
        if piece.head.endswith((";", "; and", "; or")) and piece.words <= 60:
            piece.role, piece.level = Role.LIST_ITEM, 1
            listing = True


def _mark_end(pieces: list[Piece], rest: Sequence[Piece], head: Head) -> None:
    """What press releases end with: who the organisation is, whom to ask, and titles of other articles under "More to explore"."""
    for at, piece in enumerate(pieces):
        if at * 2 > len(pieces) and piece.role is Role.BOILERPLATE and opens_related(piece.head):
            for other in pieces[at + 1 :]:
                if other.role is None and not is_prose(other.head, other.words):
                    other.role = Role.LINK_LINE
    _mark_foot(pieces)
    tail = [piece for piece in rest[1:] if piece.role is None][-8:]
    for piece in tail:
        if is_contact(piece.head) and piece.words <= 20:
            piece.role = Role.CONTACT
            head.contacts.append(piece.head)
    prose = [piece for piece in tail if piece.role is None]
    labelled = [piece for piece in prose if _ABOUT_LABEL.match(piece.head)]
    for piece in labelled:
        piece.role = Role.ABOUT
    if labelled:
        return
    for at, piece in enumerate(prose):
        if _ABOUT_HEADING.match(piece.head) and piece.words <= 10 and not ends_sentence(piece.head) and at + 1 < len(prose):
            for other in prose[at:]:
                if other is not piece and not is_prose(other.head, other.words) and not _ABOUT_HEADING.match(other.head):
                    break
                other.role = Role.ABOUT
            return
    for piece in reversed(prose[-2:]):
        if not any(mark in piece.head for mark in '“”"') and 6 < piece.words <= 130 and any(form.match(piece.head) for form in _ABOUT):
            piece.role = Role.ABOUT
        else:
            break


def _mark_foot(pieces: list[Piece]) -> None:
    """Short lines of the foot of a page, below the text and between two lines of furniture: "More from Local 9", an address.

    Where a release ends with "###", what is short below that mark is no part of it.
    """
    middle = len(pieces) // 2
    last = next((at for at in range(len(pieces) - 1, middle, -1) if pieces[at].role is Role.BOILERPLATE), middle)
    first = last
    for at in range(last, middle, -1):
        if pieces[at].role is Role.BOILERPLATE:
            first = at
        elif not _is_short(pieces[at]):
            break
    marks = (
        at for at in range(last - 1, middle // 2, -1) if pieces[at].role is Role.BOILERPLATE and _END_OF_RELEASE.match(pieces[at].head)
    )
    ended = next(marks, first)
    for piece in pieces[min(first, ended) : last]:
        if _is_short(piece):
            piece.role = Role.BOILERPLATE


def _is_short(piece: Piece) -> bool:
    return piece.role is None and not (is_prose(piece.head, piece.words) or ends_sentence(piece.head) or is_contact(piece.head))


def _mark_middle(pieces: list[Piece]) -> None:
    """Headings, captions and links between the paragraphs; all that is left is body."""
    for at in range(len(pieces) - 1, -1, -1):  # from the end, so that the role of what follows is known
        piece = pieces[at]
        if piece.role is not None:
            continue
        following = pieces[at + 1] if at + 1 < len(pieces) else None
        if is_link_line(piece.head, piece.words):
            piece.role = Role.LINK_LINE
        elif piece.words <= 70 and len(piece.head) <= 600 and _CAPTION.match(piece.head):
            piece.role = Role.CAPTION
        elif _is_heading(piece, following, pieces[at - 1] if at else None):
            piece.role, piece.level = Role.HEADING, 2
        else:
            piece.role = Role.BODY


def _is_heading(piece: Piece, following: Piece | None, above: Piece | None) -> bool:
    """A short line that ends like no sentence, over text, a list, items or another heading, with a gap or running text above it."""
    line = piece.head
    if piece.words <= 3 and piece.gap and following is not None and _NUMBERED.match(line):
        return True
    if _SPEAKS.match(line) and ends_sentence(line):
        return False  # somebody speaks in a transcript or a play
    if piece.words > 14 or len(line) > 110 or following is None or not is_titlelike(line, piece.words) or is_salutation(line):
        return False
    if line.endswith(":") and (piece.words > 8 or capitalised(line) < 1.0):
        return False
    if following.role is Role.BODY:
        over = is_prose(following.head, following.words) or (following.words >= 6 and ends_sentence(following.head))
    else:
        over = following.role in (Role.HEADING, Role.LIST_ITEM, Role.ITEM_TITLE, Role.ITEM_LABEL, Role.TABLE, Role.BLOCKQUOTE, Role.CAPTION)
    if not over:
        return False
    if line[0] in "“\"‘'«„" and line[-1] in "”\"’'»“":
        return False  # a line of dialogue
    stands_out = capitalised(line) >= 0.7 or line.isupper()
    if line.endswith("?") and not stands_out and not _ASKS.match(line):
        return False  # "Another question is who pays?" is said, "Who pays?" stands above
    apart = bool(piece.gap) or above is None or is_prose(above.head, above.words)
    return apart and (stands_out or (bool(piece.gap) and piece.words <= 10 and "," not in line))

"""What the rules for plain text say about paragraphs that markup says nothing about: contacts, datelines, attributions, "About us".

Owns which of those verdicts count where there is markup; markup always wins. Refuses to have rules of its own.
"""

from collections.abc import Sequence
from dataclasses import fields, replace

from reader.ingest.builder import Paragraph
from reader.ingest.lines import LONGEST, Piece
from reader.ingest.metadata import metadata as stated
from reader.ingest.roles import assign
from reader.model import Metadata, Role

IN_LINES = frozenset(
    {
        Role.CONTACT,
        Role.BYLINE,
        Role.ATTRIBUTION,
        Role.BLOCKQUOTE,
        Role.ABOUT,
        Role.BOILERPLATE,
        Role.LINK_LINE,
        Role.CAPTION,
        Role.DUPLICATE_TITLE,
        Role.METADATA,
    }
)
"""Verdicts that count in clippings, whose lines are plain text in a Markdown file."""
IN_PAGES = frozenset({Role.CONTACT, Role.ABOUT, Role.METADATA})
"""Verdicts that count in pages: what else they could say, a page says by its markup."""
_SEEN = frozenset({Role.TITLE, Role.SUBTITLE, Role.BYLINE, Role.BODY, Role.HEADING, Role.BLOCKQUOTE})
_MOST = 5000
"""Paragraphs: a longer document is a book, which has no contacts, and the rules would cost half of its reading time."""
_PLACES = ("dateline", "contact")
_STATED = (*_PLACES, "date", "byline", "publisher")
"""What lines may fill in where the front matter does not say it; a page says the last three in its head or nowhere."""


def apply(paragraphs: Sequence[Paragraph], text: str, known: Metadata, taken: frozenset[Role]) -> Metadata:
    """Give body paragraphs the roles among `taken` that the rules find, and fill in the dateline and contact.

    The rules expect a headline on top, so a known title that the text does not show is put before it for them.
    """
    shown = [paragraph for paragraph in paragraphs if paragraph.role in _SEEN]
    pieces = [
        _piece(paragraph, text, text[before.end if before else 0 : paragraph.start])
        for before, paragraph in zip([None, *shown], shown, strict=False)
    ]
    headed = any(paragraph.role is Role.TITLE for paragraph in shown[:4])
    if known.title and not headed:
        pieces.insert(0, Piece(0, 0, known.title, 1))
    outline = assign(pieces)
    for paragraph, piece in zip(reversed(shown), reversed(pieces), strict=False):
        # A quotation in markup says where it ends, and not that its last line names who said it.
        signed = paragraph.role is Role.BLOCKQUOTE and piece.role is Role.ATTRIBUTION and piece.head[0] in "—–―~-"
        if (paragraph.role is Role.BODY or signed) and piece.role in taken:
            paragraph.role, paragraph.level = piece.role, piece.level
    found = stated(outline, pieces)
    wanted = _STATED if Role.BYLINE in taken else _PLACES
    return replace(
        known, **{field.name: getattr(known, field.name) or getattr(found, field.name) for field in fields(known) if field.name in wanted}
    )


def _piece(paragraph: Paragraph, text: str, between: str) -> Piece:
    head = text[paragraph.start : min(paragraph.end, paragraph.start + LONGEST)]
    return Piece(paragraph.start, paragraph.end, head, max(0, between.count("\n") - 1))

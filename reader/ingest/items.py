"""Pages that list articles instead of being one. Owns finding the items of index pages and of digests: label, title, teaser, link."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from reader.ingest.dates import own_dates
from reader.ingest.lines import Piece
from reader.ingest.shape import is_prose, is_titlelike
from reader.model import Role

_MORE = re.compile(
    r"(?:\b(?:read|view|see|learn|find out|show|show me|discover|get)\s+(?:more|the rest|on|full (?:story|article|post|release|statement))"
    r"|\bcontinue(?:\s+reading)?|\bkeep reading|\bfull (?:story|article)|\bread (?:the )?(?:full |whole |entire )?(?:story|article|post|release|statement)"
    r"|\bmore(?=\s*(?:»|›|>|→|\]))|\bweiterlesen|\bmehr(?: lesen| erfahren)?|\blire (?:la suite|plus)|\bleer más|\bseguir leyendo)"
    r"(?:\s+(?:about|on|here)\b[^.]{0,60})?\s*[»›>→…\])]*\.{0,3}$",
    re.IGNORECASE,
)
_MORE_WORDS = ("more", "read", "full", "rest", "contin", "mehr", "lesen", "lire", "leer", "seguir")
"""One of them stands in every match of `_MORE`."""
_LINK = re.compile(
    r"(?:(?:please\s+)?click\b"
    r"|(?:read|view|watch|download|see|listen to|learn|find|get|visit|sign|register|rsvp|donate|order|buy)\b.{0,120}\b(?:here|below|online|pdf|more)[.!:»›>→)\s]*$"
    r"|(?:read more|see also|also read|also see|related|watch|listen|download|more|further reading|full (?:text|report|letter|story))\s*:\s*\S"
    r"|(?:https?://|www\.)\S+$)",
    re.IGNORECASE,
)
_BY = re.compile(r"(?:by|von|par|por)\s+[A-ZÀ-Þ].{2,60}$", re.IGNORECASE)
_DIGEST = re.compile(
    r"(?:(?:the\s+)?(?:latest|recent|breaking|top|more|our|weekly|daily|monthly|in the|today.s|this week.?s?)\s+)*(?:updates?|news(?:letter| (?:and|&) (?:updates|events))?"
    r"|headlines|stories|posts|digest|round-?up|briefs?|briefing|bulletin|announcements|highlights|in brief|what.s new|(?:the\s+)?latest from .{1,40}|this week(?: in .{1,40})?"
    r"|news from .{1,40}|press releases)$",
    re.IGNORECASE,
)
_LONGEST_DIGEST = 1000
"""Pieces; nobody sends a longer one, and a book need not be examined for it."""
FEWEST = 3
"""Items that make a list of them."""


@lru_cache(maxsize=256)  # asked up to three times about each line of a page
def more_link(line: str) -> int | None:
    """Where in `line` the link to the rest begins ("... Read More »"), None when it has none."""
    tail = max(0, len(line) - 110)
    low = line[tail:].lower()
    for word in _MORE_WORDS:
        if word in low:
            break
    else:
        return None  # nine lines in ten, and five times faster than the expression
    found = _MORE.search(line, tail)
    if not found:
        return None
    before = line[: found.start()].rstrip()
    # "The law does not go further and we will continue" is a sentence; a link stands after a full stop, dots, a bracket, a capital.
    if before and before[-1] not in ".!?…»”\"’')]|>-–—:" and not found.group()[0].isupper() and found.group()[-1] not in "»›>→]":
        return None
    return found.start()


def is_link_line(line: str, words: int) -> bool:
    """Whether the line only leads elsewhere: "Click here for the report.", "READ MORE: Strike ends", an address alone."""
    return words <= 25 and len(line) <= 300 and (_LINK.match(line) is not None or more_link(line) == 0)


def mark_index(pieces: Sequence[Piece]) -> bool:
    """Give the items of an index page their roles; whether it is one: at least three teasers that end in a link to the rest.

    Above a teaser stands its title, and what stands between an item and the title of the next is a label, when it is short and
    comes back ("press releases"), is a date, or is written small; else a heading.
    """
    marks = [at for at, piece in enumerate(pieces) if piece.role is None and more_link(piece.head) is not None]
    with_teaser = [at for at in marks if more_link(pieces[at].head) or (at and is_prose(pieces[at - 1].head, pieces[at - 1].words))]
    if len(with_teaser) < FEWEST or len(pieces) > 12 * len(with_teaser) + 20:
        return False
    seen = Counter(piece.head.casefold() for piece in pieces if piece.words <= 8)
    floor = -1
    for at in with_teaser:
        title = _mark_item(pieces, at, floor)
        if title is not None:
            _mark_labels(pieces, floor, title, seen)
        floor = at
    return True


def _mark_item(pieces: Sequence[Piece], at: int, floor: int) -> int | None:
    """Roles of the item whose link is in piece `at`; the place of its title, None when it has none."""
    teaser = at
    if more_link(pieces[at].head) == 0:
        pieces[at].role = Role.LINK_LINE
        teaser = at - 1
    pieces[teaser].role = Role.ITEM_TEASER
    above = teaser - 1
    while above - 1 > floor and pieces[above].role is None and is_prose(pieces[above].head, pieces[above].words) and pieces[above].gap:
        pieces[above].role = Role.ITEM_TEASER
        above -= 1
    while above - 1 > floor and pieces[above].role is None and (own_dates(pieces[above].head) or _BY.match(pieces[above].head)):
        pieces[above].role = Role.ITEM_LABEL
        above -= 1
    if above <= floor or pieces[above].role is not None or pieces[above].words > 40:
        return None
    pieces[above].role = Role.ITEM_TITLE
    return above


def _mark_labels(pieces: Sequence[Piece], floor: int, title: int, seen: Counter[str]) -> None:
    for at in range(title - 1, floor, -1):
        piece = pieces[at]
        if piece.role is not None or is_prose(piece.head, piece.words):
            return
        small = piece.head[:1].islower() and piece.words <= 6
        adjacent = floor >= 0 and not pieces[at + 1].gap and piece.words <= 4
        if seen[piece.head.casefold()] > 1 or small or adjacent or own_dates(piece.head):
            piece.role = Role.ITEM_LABEL
        elif floor >= 0:
            piece.role = Role.HEADING
        else:
            return


def mark_digest(pieces: Sequence[Piece]) -> bool:
    """Give the items of a digest their roles; whether it is one: a title and nothing but headlines with a paragraph or two each.

    An article with sections looks alike. A digest has no opening paragraph, its headlines are headlines (four words and more on
    average), and either its title says that it lists news or the gap above every headline is wider than the one below it.
    """
    if len(pieces) > _LONGEST_DIGEST:
        return False
    content = [piece for piece in pieces if piece.role in (None, Role.TITLE, Role.SUBTITLE, Role.HEADING)]
    links = [piece for piece in content if piece.role is not Role.TITLE and is_link_line(piece.head, piece.words)]
    leading = {id(piece) for piece in links}
    rest = [piece for piece in content if piece.role is not Role.TITLE and id(piece) not in leading and not own_dates(piece.head)]
    titles = [piece for piece in rest if not is_prose(piece.head, piece.words) and is_titlelike(piece.head, piece.words)]
    if len(titles) < FEWEST or len(rest) < 2 * len(titles) or len(rest) > 3 * len(titles):
        return False
    if not rest or rest[0] is not titles[0] or sum(piece.words for piece in titles) < 4 * len(titles):
        return False
    headlines = {id(piece) for piece in titles}
    before = [b for a, b in pairwise(rest) if id(a) in headlines]
    if any(id(piece) in headlines for piece in before) or id(rest[-1]) in headlines:
        return False
    named = any(piece.role is Role.TITLE and _DIGEST.match(piece.head) for piece in content)
    spaced = min(piece.gap for piece in titles[1:]) > max(piece.gap for piece in before)
    if not named and not spaced:
        return False
    for piece in content:
        if piece.role is not Role.TITLE:
            piece.role = Role.ITEM_TITLE if id(piece) in headlines else Role.ITEM_TEASER
    for piece in links:
        piece.role = Role.LINK_LINE
    for piece in pieces:
        if piece.role is Role.ITEM_TEASER and own_dates(piece.head):
            piece.role = Role.ITEM_LABEL
    return True

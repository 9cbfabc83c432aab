"""Which blocks of a page are its title, byline and furniture, once the whole page is known.

Owns verdicts about a page as a whole; each is a role, never a deletion. Refuses to read markup. An element that only looks like
furniture by its name is let off when too much of the page's prose stands in it: whole pages stand in forms and in boxes called sidebar.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from reader.ingest.chrome import opens_related
from reader.ingest.htmlcontext import Furniture
from reader.ingest.htmlmeta import Declared, clean_byline
from reader.ingest.htmlwalk import Piece
from reader.model import Role
from reader.text import fold, occurrences, one_line

_PROSE = 80
"""Code points outside links that make a block prose and not a label."""
_TAIL = re.compile(r"\s+(?:[|·•»›]|::|[-–—])\s+")
_SENTENCE = re.compile(r"[.!?…][\"'”’]?$")
_NAMES = re.compile(r"[^|•·0-9]+")
"""A byline up to a separator or a date."""
_PROSE_ROLES = frozenset({Role.BODY, Role.BLOCKQUOTE, Role.LIST_ITEM, Role.CODE})
_SHORT = 120
_TITLE_AT_MOST = 400
_CANDIDATES = 200
"""As many headings are compared with the declared titles; a title does not come later."""
_MOST_RELATED = 30
"""Links under one heading that are looked at."""
_ITEMS = 5
"""As many linked headings with little below each make a page an index of others."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found: title, subtitle, byline, kind of page."""

    title: str | None = None
    subtitle: str | None = None
    byline: str | None = None
    doc_type: str | None = None


def judge(pieces: Sequence[Piece], text: str, declared: Declared) -> Verdict:
    """Give every block its role and say what the page's title, subtitle and byline are."""
    words = [text[p.paragraph.start : p.paragraph.end] for p in pieces]
    title, title_at = _title(pieces, words, declared)
    _mark_furniture(pieces, title_at)
    _mark_related(pieces, words)
    if title_at is not None:
        pieces[title_at].paragraph.role, pieces[title_at].paragraph.level = Role.TITLE, 0
        _mark_duplicates(pieces, words, title_at)
    subtitle = _subtitle(pieces, words, title_at)
    byline = _byline(pieces, words, title_at)
    doc_type = "index_page" if _mark_items(pieces, words) else None
    return Verdict(title, subtitle, byline, doc_type)


# -- title -----------------------------------------------------------------------------------------------------------------------------


def _title(pieces: Sequence[Piece], words: Sequence[str], declared: Declared) -> tuple[str | None, int | None]:
    """The title and the block that shows it: a heading that says what the head declares, else what the head declares."""
    candidates = [at for at, piece in enumerate(pieces) if _may_be_title(piece) and len(words[at]) <= _TITLE_AT_MOST][:_CANDIDATES]
    folded = {at: fold(words[at]).text for at in candidates}
    full = declared.page_title
    names = [name for name in [*declared.titles, full or ""] if name][:4]
    for at in (at for at in candidates if "title" in pieces[at].hints):
        return (full if full and folded[at] in fold(full).text else one_line(words[at])), at
    for name in names:
        wanted = fold(name).text
        for at in candidates:
            if folded[at] and folded[at] == wanted:
                return _as_written(words[at]) or name, at
    for name in names:
        for at in candidates:
            if part := _part_of(name, words[at], folded[at]):
                return part, at
    if declared.titles or full:
        return names[0], None
    first = [at for at in candidates if pieces[at].paragraph.level == 1]
    if len(first) == 1 or (first and candidates[0] == first[0]):
        return one_line(words[first[0]]), first[0]
    return None, None


def _as_written(heading: str) -> str:
    """A heading on one line, or nothing when it shouts: then the head has the better spelling."""
    return one_line(heading) if heading.upper() != heading else ""


def _may_be_title(piece: Piece) -> bool:
    furniture = piece.context.furniture
    while furniture is not None:
        if furniture.kind in ("landmark", "hidden", "control"):
            return False
        furniture = furniture.parent
    return piece.paragraph.role is Role.HEADING or ("title" in piece.hints and piece.paragraph.role is Role.BODY)


def _part_of(name: str, heading: str, wanted: str) -> str | None:
    """The title when a declared name is a heading with something around it ("Headline | Site", "The Book of X, by Y").

    A short heading must be a whole part between separators: "News" in "News of the day" proves nothing.
    """
    if not wanted:
        return None
    ends = [separator.start() for separator in _TAIL.finditer(name)][:8]
    for end in ends:
        if fold(name[:end]).text == wanted:
            return _as_written(heading) or one_line(name[:end])
    several = wanted.count(" ")
    if ends and several >= 2 and fold(_TAIL.split(name)[-1]).text == wanted:
        return _as_written(heading) or one_line(_TAIL.split(name)[-1])
    if several >= 3 and len(wanted) >= 20:
        for start, end in occurrences(fold(name), heading)[:1]:
            return _as_written(heading) or one_line(name[start:end])
    return None


def _mark_duplicates(pieces: Sequence[Piece], words: Sequence[str], title_at: int) -> None:
    title = fold(words[title_at]).text
    for at in range(min(len(pieces), title_at + 12)):
        role = pieces[at].paragraph.role
        if at != title_at and role in (Role.HEADING, Role.BODY) and len(words[at]) <= _TITLE_AT_MOST and fold(words[at]).text == title:
            pieces[at].paragraph.role, pieces[at].paragraph.level = Role.DUPLICATE_TITLE, 0


# -- furniture -------------------------------------------------------------------------------------------------------------------------


def _mark_related(pieces: Sequence[Piece], words: Sequence[str]) -> None:
    """A heading that announces other articles ("Most read"), and the links under it that are nothing but links."""
    for at, piece in enumerate(pieces):
        if piece.paragraph.role is not Role.HEADING or not opens_related(words[at]):
            continue
        links = list(takewhile(lambda below: below.leads_away and _is_link(below), pieces[at + 1 : at + 1 + _MOST_RELATED]))
        for related in [piece, *links] if links else []:
            related.paragraph.role = Role.BOILERPLATE


def _is_link(piece: Piece) -> bool:
    """Whether all of a block but the marker of a list is a link."""
    return piece.paragraph.role in _PROSE_ROLES and _own(piece) <= 4


def _size(piece: Piece) -> int:
    return piece.paragraph.end - piece.paragraph.start


def _own(piece: Piece) -> int:
    """Code points outside links."""
    return _size(piece) - piece.paragraph.linked


def _is_prose(piece: Piece) -> bool:
    return piece.paragraph.role in _PROSE_ROLES and _own(piece) >= _PROSE


def _around(piece: Piece) -> Iterator[Furniture]:
    """The pieces of furniture that a block stands in, innermost first."""
    furniture = piece.context.furniture
    while furniture is not None:
        yield furniture
        furniture = furniture.parent


def _mark_furniture(pieces: Sequence[Piece], title_at: int | None) -> None:
    for at, piece in enumerate(pieces):
        for furniture in _around(piece):
            furniture.words += _size(piece)
            furniture.prose += _size(piece) if _is_prose(piece) else 0
            furniture.has_title = furniture.has_title or at == title_at
    size = sum(map(_size, pieces))
    prose = sum(_size(piece) for piece in pieces if _is_prose(piece))
    free = [not any(_stands(furniture, prose, size) for furniture in _around(piece)) for piece in pieces]
    region = _region([piece for piece, is_free in zip(pieces, free, strict=True) if is_free])
    for at, (piece, is_free) in enumerate(zip(pieces, free, strict=True)):
        if at == title_at:
            continue
        outside = region and not piece.context.region & region
        belongs = title_at is not None and title_at < at < title_at + 6 and not piece.hints.isdisjoint(("byline", "subtitle"))
        if piece.context.aside or not is_free or (outside and not belongs):
            piece.paragraph.role = Role.BOILERPLATE
    if not region:
        _mark_menus(pieces)
    _let_off(pieces, size)


def _stands(furniture: Furniture, prose: int, size: int) -> bool:
    """Whether a piece of furniture is really that, given how much prose and how much of anything the page has."""
    if furniture.kind == "control":
        return True
    if furniture.kind != "landmark" and furniture.has_title:
        return False
    if prose:
        # Comments are often longer than what they are about.
        return furniture.prose * 10 <= prose * (9 if furniture.kind == "comments" else 4)
    return furniture.words * 10 <= size * 8


def _region(free: Sequence[Piece]) -> int:
    """Which region's outside is furniture: 2 main, 1 article, 0 none, because none is marked or too little of the prose is in it."""
    prose = [piece for piece in free if _is_prose(piece)] or free
    total = sum(map(_own, prose))
    for region in (2, 1):
        inside = sum(_own(piece) for piece in prose if piece.context.region & region)
        if inside and inside * 2 >= total:
            return region
    return 0


def _mark_menus(pieces: Sequence[Piece]) -> None:
    """Runs of four or more blocks that are links and little else are menus, where no region says what the article is.

    Only above the first and below the last prose: a list of links amid prose belongs to it.
    """
    prose = [at for at, piece in enumerate(pieces) if _is_prose(piece)]
    first, last = (prose[0], prose[-1]) if prose else (len(pieces), -1)
    run: list[Piece] = []
    for at, piece in enumerate(pieces):
        linked = piece.paragraph.linked * 10 > _size(piece) * 6 and _size(piece) < _SHORT
        if linked and piece.paragraph.role in (Role.BODY, Role.LIST_ITEM) and (at < first or at > last):
            run.append(piece)
            continue
        _condemn(run)
        run = []
    _condemn(run)


def _condemn(run: Sequence[Piece]) -> None:
    if len(run) >= 4:
        for piece in run:
            piece.paragraph.role = Role.BOILERPLATE


def _let_off(pieces: Sequence[Piece], size: int) -> None:
    """When nearly all words came out as furniture, the verdict is wrong: prose is prose again."""
    marked = [piece for piece in pieces if piece.paragraph.role is Role.BOILERPLATE]
    if sum(map(_size, marked)) * 100 > size * 85:
        for piece in marked:
            if not piece.context.aside and _own(piece) >= _PROSE:
                piece.paragraph.role = piece.context.role


# -- around the title ------------------------------------------------------------------------------------------------------------------


def _subtitle(pieces: Sequence[Piece], words: Sequence[str], title_at: int | None) -> str | None:
    """A deck within three blocks below the title that calls itself one."""
    if title_at is None:
        return None
    for at in range(title_at + 1, min(len(pieces), title_at + 4)):
        piece = pieces[at]
        if "subtitle" in piece.hints and piece.paragraph.role in (Role.BODY, Role.HEADING) and _size(piece) <= _TITLE_AT_MOST:
            piece.paragraph.role, piece.paragraph.level = Role.SUBTITLE, 0
            return one_line(words[at])
    return None


def _byline(pieces: Sequence[Piece], words: Sequence[str], title_at: int | None) -> str | None:
    """A short line that its markup calls a byline or author, near the title; None as well when several say different names."""
    if title_at is None:
        return None
    names: list[str] = []
    for at in range(max(0, title_at - 4), min(len(pieces), title_at + 9)):
        piece = pieces[at]
        if "byline" not in piece.hints or piece.paragraph.role not in (Role.BODY, Role.LIST_ITEM) or _size(piece) > _SHORT:
            continue
        piece.paragraph.role, piece.paragraph.level = Role.BYLINE, 0
        name = _NAMES.match(one_line(words[at]))
        if name and clean_byline(name.group()):
            names.append(clean_byline(name.group()) or "")
    return names[0] if len(set(names)) == 1 else None


# -- index pages -----------------------------------------------------------------------------------------------------------------------


def _mark_items(pieces: Sequence[Piece], words: Sequence[str]) -> bool:
    """Headings that are links to other pages, with little below each: items of an index. Whether there are enough of them."""
    found = [at for at, piece in enumerate(pieces) if _is_item(piece)]
    levels = Counter(pieces[at].paragraph.level for at in found)
    if not levels:
        return False
    level, count = levels.most_common(1)[0]
    items = [at for at in found if pieces[at].paragraph.level == level]
    below = sum(_own(piece) for piece in pieces[items[0] :] if piece.paragraph.role in _PROSE_ROLES)
    if count < _ITEMS or below > count * _TITLE_AT_MOST:
        return False
    for at in items:
        pieces[at].paragraph.role, pieces[at].paragraph.level = Role.ITEM_TITLE, 0
        for piece, said in zip(pieces[at + 1 : at + 5], words[at + 1 : at + 5], strict=True):
            if piece.paragraph.role not in (Role.BODY, Role.LIST_ITEM):
                break
            label = _size(piece) < _PROSE and (piece.paragraph.linked * 2 > _size(piece) or not _SENTENCE.search(said))
            piece.paragraph.role, piece.paragraph.level = (Role.ITEM_LABEL if label else Role.ITEM_TEASER), 0
    return True


def _is_item(piece: Piece) -> bool:
    paragraph = piece.paragraph
    return paragraph.role is Role.HEADING and paragraph.linked * 10 >= _size(piece) * 9 and piece.leads_away

"""Where the links of a page lie and lead to, which of them are footnotes and what these say, and the page's outline.

Pure: a page in, offsets out. Refuses widgets, and to follow anything.
"""

from bisect import bisect_right
from typing import NamedTuple

from reader.model import Inline, Page, Role, Span
from reader.patterns import pattern

LONGEST_NOTE = 1500
"""Code points: what is longer is a chapter and no footnote."""
_REFERENCE = pattern(
    r"\[[\w-]{1,20}\]|[\[(]?\s*(?:\d{1,4}|[a-zA-Z]|[ivxlIVXL]{1,6}|[*†‡§¶#]{1,4}|[⁰¹²³⁴-⁹]+|(?:note|footnote|fn|nb|n)[.\s]*\d{1,3})\s*[\])]?\.?"
)
"""What a reference to a footnote looks like: a number, a letter or a symbol; a word only in square brackets."""
_BACK = pattern(r"(?i)[^\w]{1,6}|\W*(?:back|return|zurück|retour)\W*")
"""What a link from a footnote back to the text looks like."""
_ARROWS = "^↑↩⤴⏎\ufe0e\ufe0f"
_MARKER = pattern(r"(?:\d{1,4}\.|•)[ \t]+")


class Link(NamedTuple):
    """One link: the `number`-th of its page, from 1, on `text[start:end]`. `target` is what the document says, and as trustworthy."""

    number: int
    start: int
    end: int
    target: str

    @property
    def span(self) -> Span:
        """Where it lies."""
        return self.start, self.end


class Heading(NamedTuple):
    """A line of the outline: `level` says how deep, from 0."""

    level: int
    span: Span


def links(page: Page) -> list[Link]:
    """The links in the order of the text. One that goes on in the next paragraph is one."""
    found: list[Link] = []
    for inline in page.inlines:
        if inline.kind != "link" or not inline.target:
            continue
        last = found[-1] if found else None
        if last is not None and last.target == inline.target and page.text[last.end : inline.start].isspace():
            found[-1] = last._replace(end=max(last.end, inline.end))
        else:
            found.append(Link(len(found) + 1, inline.start, inline.end, inline.target))
    return found


def link_at(page: Page, start: int, end: int) -> Link | None:
    """The first link that shares a character with a span."""
    return next((link for link in links(page) if link.start < end and link.end > start), None)


def destination(page: Page, target: str) -> int | None:
    """Where a link inside the document leads to; None for other links and for places that are not there."""
    if target in ("#", "#top"):
        return 0
    return next((anchor.start for anchor in _anchors(page) if anchor.target == target), None) if target.startswith("#") else None


def _anchors(page: Page) -> list[Inline]:
    return [inline for inline in page.inlines if inline.kind == "anchor"]


# -- footnotes -----------------------------------------------------------------------------------------------------------------------


def note_text(page: Page, link: Link) -> Span | None:
    """The words of the footnote that a link refers to, without the arrow back to the text; None when it is no such link.

    A footnote stands below what refers to it, is no heading and not long; a link to one is a number, a letter or a symbol.
    """
    if not link.target.startswith("#") or not _REFERENCE.fullmatch(page.text, *link.span):
        return None
    anchors = _anchors(page)
    own = [anchor for anchor in anchors if anchor.target == link.target]
    if not own or own[0].start < link.end:
        return None
    blocks = page.blocks
    first, last = blocks[blocks.at(own[0].start)], blocks[blocks.at(own[-1].end - 1)]
    if first.role in (Role.TITLE, Role.HEADING, Role.ITEM_TITLE) or last.end - first.start > LONGEST_NOTE * 20:
        return None
    start, end = first.start, last.end
    lines = sorted(anchor.start for anchor in anchors if start <= anchor.start < end and _begins_line(page.text, anchor.start, first.start))
    at = bisect_right(lines, own[0].start)
    if at and lines[at - 1] == own[0].start:  # one of several notes in a block, a line each
        start = own[0].start
    end = min([end, *(line for line in lines[at:] if line > own[-1].end)])
    start, end = _without_arrows(page, start, end)
    return (start, end) if 0 < end - start <= LONGEST_NOTE else None


def _begins_line(text: str, at: int, start: int) -> bool:
    return not text[max(start, text.rfind("\n", 0, at) + 1) : at].strip()


def _without_arrows(page: Page, start: int, end: int) -> Span:
    """Without links back at the end, and at the beginning where they follow an arrow or stand for one ("^ a b")."""
    text = page.text
    back = [link for link in links(page) if start <= link.start and link.end <= end and _leads_up(page, link)]
    while True:
        end = start + len(text[start:end].rstrip(" \t\n\u00a0"))
        last = next((link for link in back if link.end == end and _BACK.fullmatch(text, *link.span)), None)
        if last is None:
            break
        end = last.start
    marker = _MARKER.match(text, start, end)
    at = marker.end() if marker else start
    if text[at : at + 1] and text[at] in _ARROWS:
        starts = {link.start: link.end for link in back if link.end - link.start <= 4}
        while at < end and (text[at] in _ARROWS or text[at].isspace() or at in starts):
            at = starts.get(at, at + 1)
        start = at
    return start, end


def _leads_up(page: Page, link: Link) -> bool:
    to = destination(page, link.target)
    return to is not None and to < link.start


# -- outline -------------------------------------------------------------------------------------------------------------------------


def headings(page: Page) -> list[Heading]:
    """The title, the headings below it and the titles of an index's items, each as deep as those above it make it."""
    found: list[Heading] = []
    open_levels: list[int] = []
    for block in page.blocks:
        if block.role not in (Role.TITLE, Role.HEADING, Role.ITEM_TITLE):
            continue
        level = 0 if block.role is Role.TITLE else 7 if block.role is Role.ITEM_TITLE else max(1, block.level)
        while open_levels and open_levels[-1] >= level:
            open_levels.pop()
        found.append(Heading(len(open_levels), (block.start, block.end)))
        open_levels.append(level)
    return found


def read_now(outline: list[Heading], offset: int) -> int:
    """The number of the heading that `offset` stands below, from 0."""
    return max(0, bisect_right([heading.span[0] for heading in outline], offset) - 1)

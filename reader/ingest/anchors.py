"""Where the elements lie that links inside a document lead to.

Owns ids: which of them some link means, and what words they stand for. Refuses to read markup. Of thousands of ids on a page only those
that a link leads to become inlines of kind "anchor", so nothing grows.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import unquote

from reader.model import Block, Inline

_LONGEST = 1500
"""Code points: an anchor covers its element, so that a footnote of two paragraphs is one; of a longer element only the first character."""
_MOST_BLOCKS = 8
"""Likewise of one with more blocks: elements lie in each other, and each of them may be linked to."""
_SITES_OWN = "user-content-"
"""What some sites put before the ids of a page, and not before the links to them."""
_TAIL = re.compile(r"(?:/|/index\.html?)$")


class Anchors:
    """Gathers ids in document order while a text is built. The first element with an id has it."""

    __slots__ = ("_ends", "_starts", "waiting")

    def __init__(self) -> None:
        self.waiting: list[str] = []
        """Ids of elements whose first word is still to come."""
        self._starts: dict[str, int] = {}
        self._ends: dict[str, int] = {}

    def begin(self, name: str) -> None:
        """An element with that id begins: it lies where the next word will stand."""
        if name and name not in self._starts:
            self.waiting.append(name)

    def end(self, name: str, offset: int) -> None:
        """It ends there."""
        if name in self._starts:
            self._ends.setdefault(name, offset)

    def place(self, offset: int) -> None:
        """A word stands at `offset`: elements that waited for their first one lie there."""
        for name in self.waiting:
            self._starts.setdefault(name, offset)
        self.waiting.clear()

    def resolve(self, inlines: Iterable[Inline], blocks: Sequence[Block], address: str | None = None) -> list[Inline]:
        """The inlines, links to places of this very page written "#id" as the place is, and the anchors of these places.

        `address` is the page's own: page savers make "#id" a whole address.
        """
        if blocks:
            self.place(blocks[-1].end - 1)  # ids behind the last word
        own = same_page(address) if address else None
        found: list[Inline] = []
        wanted: set[str] = set()
        for inline in inlines:
            target = inline.target
            if target and "#" in target and (name := self._meant(target, own)):
                wanted.add(name)
                inline = inline if target == f"#{name}" else replace(inline, target=f"#{name}")
            found.append(inline)
        for name in wanted:
            found += self._cover(name, blocks)
        return found

    def _meant(self, target: str, own: str | None) -> str | None:
        """The id that a link means, if it means this page."""
        base, _, name = target.partition("#")
        if not name or (base and (own is None or same_page(base) != own)):
            return None
        plain = unquote(name)
        return next((known for known in (name, plain, _SITES_OWN + plain, plain.lower()) if known in self._starts), None)

    def _cover(self, name: str, blocks: Sequence[Block]) -> list[Inline]:
        """Anchors for the words of an element, one in each block."""
        start = self._starts[name]
        end = max(self._ends.get(name, 0), start + 1)
        within = _between(blocks, start, end)
        if end - start > _LONGEST or len(within) > _MOST_BLOCKS:
            end, within = start + 1, within[:1]
        parts = ((max(start, block.start), min(end, block.end)) for block in within)
        return [Inline("anchor", first, last, f"#{name}") for first, last in parts if first < last]


def _between(blocks: Sequence[Block], start: int, end: int) -> Sequence[Block]:
    """The blocks that share a character with `start`-`end`."""
    low = bisect_right(blocks, start, key=lambda block: block.end)
    return blocks[low : bisect_left(blocks, end, key=lambda block: block.start)]


def same_page(address: str) -> str:
    """An address without what does not tell pages apart: fragment, scheme, a last slash."""
    return _TAIL.sub("", re.sub(r"^https?://(?:www\.)?", "", address.partition("#")[0], flags=re.IGNORECASE))


class Slugs:
    """Ids of headings as code hosts make them: small letters, hyphens for spaces, no punctuation, "-1" for the second of a name."""

    def __init__(self) -> None:
        self._seen: defaultdict[str, int] = defaultdict(int)

    def of(self, heading: str) -> str:
        """The id of the next heading."""
        slug = re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")
        count = self._seen[slug]
        self._seen[slug] += 1
        return f"{slug}-{count}" if count else slug

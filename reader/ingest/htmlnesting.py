"""The open elements of a page, and what a tag ends that nobody closed.

Owns the rules of section 13.2.6 of the HTML standard as far as a reader needs them: implied end tags, scopes, stray end tags. Every
question costs the same however deep the page is nested: places are kept by name. Refuses to know words and roles.
"""

from collections.abc import Iterator

from reader.ingest.htmlcontext import Element
from reader.ingest.htmlelements import BARRIERS, BLOCK, CLOSES_PARAGRAPH, HEADINGS, LIST_PARTS

TABLE_PARTS = frozenset({"tr", "td", "th", "thead", "tbody", "tfoot", "caption"})


class Nesting:
    """A stack of elements that knows where each name was opened last."""

    __slots__ = ("_barriers", "_blocks", "_places", "stack")

    def __init__(self) -> None:
        self.stack: list[Element] = []
        self._places: dict[str, list[int]] = {}
        self._barriers: list[int] = []
        self._blocks: list[int] = []

    def holds(self, name: str) -> bool:
        """Whether an element of that name is open."""
        return bool(self._places.get(name))

    def last(self, name: str) -> int:
        """Where it was opened last, -1 when it is not open."""
        places = self._places.get(name)
        return places[-1] if places else -1

    def push(self, element: Element) -> None:
        """Open an element."""
        at = len(self.stack)
        self.stack.append(element)
        self._places.setdefault(element.name, []).append(at)
        if element.name in BARRIERS:
            self._barriers.append(at)
        if element.name in BLOCK:
            self._blocks.append(at)

    def pop(self) -> Element:
        """Close the innermost element."""
        element = self.stack.pop()
        self._places[element.name].pop()
        at = len(self.stack)
        for places in (self._barriers, self._blocks):
            if places and places[-1] == at:
                places.pop()
        return element

    def ended_by_start(self, name: str, beyond: int) -> Iterator[int]:
        """Places down to which a start tag closes elements: an open p, the item, cell or row before it. `beyond`: nothing further out."""
        barrier = max(self._barriers[-1] if self._barriers else -1, beyond)
        if name in CLOSES_PARAGRAPH and self.last("p") > barrier:
            yield self.last("p")
        if name in LIST_PARTS:
            fence = max(barrier, *map(self.last, LIST_PARTS[name]))
            for part in ("li",) if name == "li" else ("dt", "dd"):
                if self.last(part) > fence:
                    yield self.last(part)
        elif name in HEADINGS or name in ("option", "optgroup"):
            alike = HEADINGS if name in HEADINGS else ("option",)
            if self.stack and self.stack[-1].name in alike:
                yield len(self.stack) - 1
        elif name in TABLE_PARTS:
            table = self.last("table")
            ended = ("td", "th", "caption") if name in ("td", "th") else ("tr", "td", "th", "caption")
            places = [place for part in ended if (place := self.last(part)) > table]
            if places and table >= 0:
                yield min(places)

    def ended_by_end(self, name: str) -> int:
        """The place down to which an end tag closes elements, -1 when it closes none: a stray tag, or one out of whose reach it is.

        The end of an inline element does not reach through a block, the end of a block not through a cell.
        """
        at = self.last(name)
        if name == "table":
            return at
        if name in TABLE_PARTS:
            return at if at > self.last("table") else -1
        barrier = self._barriers[-1] if self._barriers else -1
        fence = barrier if name in BLOCK or name in BARRIERS else max(barrier, self._blocks[-1] if self._blocks else -1)
        return at if at >= fence else -1

"""Where the words of a page stand: in which list, quotation, region and furniture. Inherited from element to element.

Owns what a block element's name and attributes change about that. Refuses to hold text or to judge a whole page.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from reader.ingest.htmlelements import HEADINGS, LANDMARKS, LIST_PARTS, class_verdict, is_hidden
from reader.ingest.htmllists import Item, Numbering, marker, numbering
from reader.model import Role

_PLAIN_BOXES = frozenset({"p", "div", "tr", "td", "th", "tbody", "body", "html", "head", "center"})
"""Elements that say nothing about their words: most of a page."""


@dataclass(slots=True, eq=False)
class Furniture:
    """An element that looks like furniture, judged when the page is known: `kind` says by what, `prose` and `words` count code points.

    kind: "landmark", "class", "comments", "header", "form", "hidden" or "control".
    """

    kind: str
    parent: "Furniture | None" = None
    depth: int = 1
    prose: int = 0
    words: int = 0
    has_title: bool = False


@dataclass(slots=True, eq=False)
class Context:
    """Where words stand. Inherited by children; an element that changes something makes its own copy (`but`)."""

    role: Role = Role.BODY
    level: int = 0
    quotes: int = 0
    lists: int = 0
    pre: bool = False
    region: int = 0
    """0: neither, 1: in an article, 2: in the main element, 3: in an article there."""
    sectioned: bool = False
    table: bool = False
    aside: bool = False
    hints: frozenset[str] = frozenset()
    furniture: Furniture | None = None
    item: Item | None = None
    numbering: Numbering | None = None

    def but(self) -> "Context":
        """A copy to change."""
        return Context(
            self.role,
            self.level,
            self.quotes,
            self.lists,
            self.pre,
            self.region,
            self.sectioned,
            self.table,
            self.aside,
            self.hints,
            self.furniture,
            self.item,
            self.numbering,
        )

    def within(self, kind: str) -> "Context":
        """A copy inside a new piece of furniture. Chains end at eight: deeper ones only cost time and change no verdict."""
        inner = self.but()
        depth = self.furniture.depth if self.furniture else 0
        if depth < 8:
            inner.furniture = Furniture(kind, self.furniture, depth + 1)
        return inner


@dataclass(slots=True, eq=False)
class Element:
    """An open element, the context to go back to at its end, and its id."""

    name: str
    outer: Context
    id: str = ""


def furniture_kind(name: str, attributes: Mapping[str, str], context: Context) -> str | None:
    """Why a block element is likely furniture, None when nothing says so. Bodies and articles never are by their class: too much hangs on it."""
    if not attributes and name in _PLAIN_BOXES:
        return None
    if is_hidden(attributes) or attributes.get("aria-hidden", "").lower() == "true":
        return "hidden"
    if name in ("nav", "aside", "dialog", "search", "menu") or attributes.get("role", "").lower() in LANDMARKS:
        return "landmark"
    if name == "footer" and not context.region & 1 and not context.quotes:
        return "landmark"
    if name == "header" and not context.region and not context.sectioned:
        return "header"
    if name == "form":
        return "form"
    if name in ("html", "body", "main", "article") or ("class" not in attributes and "id" not in attributes):
        return None
    return class_verdict(f"{attributes.get('class', '')} {attributes.get('id', '')}"[:2000])[0]


def role_in(name: str, attributes: Mapping[str, str], context: Context) -> Context:
    """The context that a block element gives its words by its name."""
    if name in _PLAIN_BOXES and attributes.get("role") != "main":
        return context
    inner = context.but()
    if name in HEADINGS:
        inner.role, inner.level = Role.HEADING, HEADINGS[name]
    elif name == "blockquote":
        inner.quotes += 1
        inner.role, inner.level, inner.item = Role.BLOCKQUOTE, inner.quotes, None
    elif name in ("figcaption", "caption"):
        inner.role, inner.level = Role.CAPTION, 0
    elif name == "footer" and context.quotes:
        inner.role, inner.level = Role.ATTRIBUTION, 0
    elif name in ("pre", "listing", "xmp"):
        inner.pre, inner.role, inner.level = True, Role.CODE, 0
    elif name in ("ul", "ol", "menu", "dir", "dl"):
        inner.lists += 1
        inner.numbering = numbering(name, attributes)
    elif name in LIST_PARTS:
        inner.role, inner.level = Role.LIST_ITEM, max(1, inner.lists)
        inner.item = Item(marker(context.numbering, attributes) if name == "li" else "")
    elif name == "main" or attributes.get("role") == "main":
        inner.region |= 2
    elif name == "article":
        inner.region |= 1
    elif name == "section":
        inner.sectioned = True
    else:
        return context
    return inner

"""What elements, classes and attributes of HTML mean for a reader: which start a new block, which are furniture, which are never shown.

Owns these tables and the context in which words of a page stand. Refuses to hold text or to judge a whole page.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from reader.model import Role

VOID = frozenset("area base br col embed frame hr img input keygen link meta param source track wbr".split())
"""Elements without content (HTML standard, section 13.1.2, and the obsolete ones)."""

BLOCK = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form frameset "
    "h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li listing main menu nav ol optgroup option p pre search section summary table tbody "
    "td tfoot th thead tr ul xmp".split()
)
"""Elements that a browser puts on lines of their own."""

BARRIERS = frozenset("table td th caption object marquee svg math".split())
"""Elements out of which no end tag of another element reaches (the standard's "scope", section 13.2.4.2)."""

ASIDE = frozenset(
    "noscript noframes noembed template iframe object video audio canvas button select textarea datalist script style".split()
)
"""Elements whose words a browser with scripts shows elsewhere, as a control, or not at all. Kept, set aside as boilerplate."""

CLOSES_PARAGRAPH = BLOCK - frozenset("body caption head html optgroup option tbody td tfoot th thead tr".split())
"""Start tags that end an open p (section 13.2.6.4.7), so that a missing </p> costs nothing."""

KNOWN = (
    VOID
    | BLOCK
    | ASIDE
    | frozenset(
        "a abbr acronym applet b bdi bdo big blink cite code data del dfn em font g i ins kbd label map mark marquee math meter nobr output "
        "path picture progress q rb rp rt rtc ruby s samp slot small span strike strong sub sup svg time title tt u var plaintext".split()
    )
)
"""Names that make a tag of "<name>" in Markdown. Anything else there is words that happen to stand in angle brackets."""

INLINES = {
    "b": "strong",
    "strong": "strong",
    "i": "emphasis",
    "em": "emphasis",
    "dfn": "emphasis",
    "code": "code",
    "kbd": "code",
    "samp": "code",
    "tt": "code",
}
HEADINGS = {f"h{level}": level for level in range(1, 7)}

_LANDMARKS = frozenset("navigation banner contentinfo complementary search dialog alertdialog menu menubar toolbar".split())
_FURNITURE_WORDS = frozenset(
    "nav navbar navigation menu submenu breadcrumb breadcrumbs share sharing sharebar social cookie cookies consent gdpr subscribe subscription "
    "newsletter related recommended recommendations promo promos promotion advert advertisement adverts ads sidebar footer comments comment "
    "respond skip pagination pager toolbar popup modal wm sharedaddy jp paywall signup".split()
)
_MODIFIERS = ("has-", "is-", "with-", "no-", "without-", "js-no-", "post-type-", "comments-")
"""Prefixes of class names that say how a box looks or what the page also has, not what the box is."""
_BYLINE_WORDS = frozenset({"byline", "author"})
_NOT_BYLINE = frozenset("bio box avatar image img photo card social share archive follow description about info title".split())
_SUBTITLE_WORDS = frozenset("deck dek subtitle standfirst subhead subheadline subheading".split())
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(slots=True, eq=False)
class Furniture:
    """An element that looks like furniture, judged when the page is known: `kind` says by what, `prose` and `words` count code points.

    kind: "landmark", "class", "header", "form", "hidden" or "control".
    """

    kind: str
    parent: "Furniture | None" = None
    depth: int = 1
    prose: int = 0
    words: int = 0
    has_title: bool = False


@dataclass(slots=True, eq=False)
class Item:
    """A list item's marker, used up by its first words."""

    marker: str | None


@dataclass(slots=True, eq=False)
class Numbering:
    """An ordered list: the number of its next item and how numbers are written ("1", "a", "A", "i", "I"); a bullet list has none."""

    style: str | None
    following: int = 1


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
    """An open element and the context to go back to at its end."""

    name: str
    outer: Context


@lru_cache(maxsize=4096)
def _class_verdict(names: str) -> tuple[bool, frozenset[str]]:
    furniture = False
    hints: set[str] = set()
    for name in names.split()[:64]:
        if name.startswith(_MODIFIERS):
            continue
        words = {word.lower() for word in _WORDS.findall(name)}
        furniture = furniture or not words.isdisjoint(_FURNITURE_WORDS)
        if not words.isdisjoint(_BYLINE_WORDS) and words.isdisjoint(_NOT_BYLINE):
            hints.add("byline")
        if not words.isdisjoint(_SUBTITLE_WORDS):
            hints.add("subtitle")
    return furniture, frozenset(hints)


def hints_of(attributes: Mapping[str, str]) -> frozenset[str]:
    """What an element's attributes say its words are: "byline", "subtitle", "title", "ordinal"."""
    found = set(_class_verdict(attributes.get("class", ""))[1])
    if "author" in attributes.get("rel", "").split() or "author" in attributes.get("itemprop", "").split():
        found.add("byline")
    kinds = attributes.get("epub:type", "").split()
    found.update({"title", "subtitle"}.intersection(kinds))
    if "z3998:ordinal" in kinds or "ordinal" in kinds:
        found.add("ordinal")
    if "headline" in attributes.get("itemprop", "").split():
        found.add("title")
    return frozenset(found)


def is_hidden(attributes: Mapping[str, str]) -> bool:
    """Whether a browser would not paint the element."""
    if "hidden" in attributes and attributes["hidden"].lower() != "until-found":
        return True
    return bool(_HIDING.search(attributes.get("style", "")))


def furniture_kind(name: str, attributes: Mapping[str, str], context: Context) -> str | None:
    """Why a block element is likely furniture, None when nothing says so. Bodies and articles never are by their class: too much hangs on it."""
    if is_hidden(attributes) or attributes.get("aria-hidden", "").lower() == "true":
        return "hidden"
    if name in ("nav", "aside", "dialog", "search", "menu") or attributes.get("role", "").lower() in _LANDMARKS:
        return "landmark"
    if name == "footer" and not context.region & 1 and not context.quotes:
        return "landmark"
    if name == "header" and not context.region and not context.sectioned:
        return "header"
    if name == "form":
        return "form"
    if name in ("html", "body", "main", "article") or ("class" not in attributes and "id" not in attributes):
        return None
    looks = _class_verdict(f"{attributes.get('class', '')} {attributes.get('id', '')}")[0]
    return "class" if looks else None

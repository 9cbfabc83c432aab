"""What elements, classes and attributes of HTML mean for a reader: which start a new block, which are furniture, which are never shown.

Owns these tables. Refuses to know where on the page an element stands; `htmlcontext` does.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

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

LANDMARKS = frozenset("navigation banner contentinfo complementary search dialog alertdialog menu menubar toolbar".split())
"""Values of "role" whose elements are furniture."""
LIST_PARTS = {"li": ("ul", "ol", "menu", "dir"), "dt": ("dl",), "dd": ("dl",)}
"""Parts of lists and the lists they belong to."""

_FURNITURE_WORDS = frozenset(
    "nav navbar navigation menu submenu breadcrumb breadcrumbs share sharing sharebar social cookie cookies consent gdpr subscribe subscription "
    "newsletter related recommended recommendations promo promos promotion advert advertisement adverts ads sidebar footer "
    "skip pagination pager toolbar popup modal wm sharedaddy jp paywall signup kicker eyebrow".split()
)
_COMMENT_WORDS = frozenset({"comments", "comment", "respond", "disqus"})
_MODIFIERS = ("has-", "is-", "with-", "no-", "without-", "js-no-", "post-type-", "comments-")
"""Prefixes of class names that say how a box looks or what the page also has, not what the box is."""
_BYLINE_WORDS = frozenset({"byline", "author"})
_NOT_BYLINE = frozenset("bio box avatar image img photo card social share archive follow description about info title".split())
_SUBTITLE_WORDS = frozenset("deck dek subtitle standfirst subhead subheadline subheading".split())
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_HINTING = frozenset({"class", "rel", "itemprop", "epub:type"})
_NO_HINTS: frozenset[str] = frozenset()
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@lru_cache(maxsize=4096)
def class_verdict(names: str) -> tuple[str | None, frozenset[str]]:
    """The kind of furniture that class names and ids speak of ("class" or "comments"), and what else they say (see `hints_of`)."""
    furniture: str | None = None
    hints: set[str] = set()
    for name in names.split()[:64]:
        if name.startswith(_MODIFIERS):
            continue
        words = {word.lower() for word in _WORDS.findall(name)}
        if not words.isdisjoint(_COMMENT_WORDS):
            furniture = "comments"
        elif furniture is None and not words.isdisjoint(_FURNITURE_WORDS):
            furniture = "class"
        if not words.isdisjoint(_BYLINE_WORDS) and words.isdisjoint(_NOT_BYLINE):
            hints.add("byline")
        if not words.isdisjoint(_SUBTITLE_WORDS):
            hints.add("subtitle")
    return furniture, frozenset(hints)


def hints_of(attributes: Mapping[str, str]) -> frozenset[str]:
    """What an element's attributes say its words are: "byline", "subtitle", "title", "ordinal"."""
    if _HINTING.isdisjoint(attributes):
        return _NO_HINTS
    found = set(class_verdict(attributes.get("class", ""))[1])
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
    style = attributes.get("style")
    return style is not None and _HIDING.search(style) is not None

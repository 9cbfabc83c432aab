"""What the parts of a page look like: component classes, their priority, and the styles made from several of them.

Owns the theme variables of the page. Refuses fixed colours: every colour is one of the theme's, and nothing is told by colour alone.
"""

from collections.abc import Callable
from functools import lru_cache

from rich.style import Style

from reader.model import FURNITURE, Role
from reader.tui.safety import safe_target

CSS = """
PageText {
    background: $background;
    color: $foreground;
}
PageText > .page--title, PageText > .page--heading, PageText > .page--item { text-style: bold; }
PageText > .page--subtitle { text-style: italic; }
PageText > .page--aside { text-style: italic; color: $foreground 80%; }
PageText > .page--quiet { color: $foreground 72%; }
PageText > .page--furniture { color: $foreground 64%; }
PageText > .page--bar { color: $foreground 40%; }
PageText > .page--link { color: $text-accent; text-style: underline; }
PageText:ansi > .page--quiet, PageText:ansi > .page--furniture, PageText:ansi > .page--bar { color: $foreground; text-style: dim; }
"""
"""What any page may begin with."""

MARKS_CSS = """
PageText > .page--emphasis { text-style: italic; }
PageText > .page--strong { text-style: bold; }
PageText > .page--code { background: $foreground 10%; }
PageText > .page--listing { color: $foreground 88%; }
PageText > .page--hit { background: $foreground 9%; }
PageText > .page--note { background: $accent 18%; text-style: underline; }
PageText > .page--yellow { background: $warning 28%; text-style: underline; }
PageText > .page--green { background: $success 28%; text-style: underline; }
PageText > .page--blue { background: $primary 30%; text-style: underline; }
PageText > .page--red { background: $error 28%; text-style: underline; }
PageText > .page--purple { background: $secondary 30%; text-style: underline; }
PageText > .page--overlap { background: $accent 38%; text-style: bold underline; }
PageText > .page--find { background: $warning 30%; text-style: bold; }
PageText > .page--match { background: $accent; color: $background; text-style: bold; }
PageText > .page--found { background: $warning; color: $background; text-style: bold underline; }
PageText > .page--selection { background: $primary 55%; color: $foreground; }
PageText > .page--caret { text-style: reverse; }
PageText > .page--mark { color: $text-accent; text-style: bold; }
PageText > .page--evidence { color: $text-accent; text-style: bold underline; }
PageText > .page--cue { color: $text-accent; text-style: italic; }
PageText:ansi > .page--hit { background: $background; text-style: bold; }
PageText:ansi > .page--code { background: $background; text-style: dim; }
PageText:ansi > .page--note, PageText:ansi > .page--overlap, PageText:ansi > .page--yellow, PageText:ansi > .page--green, PageText:ansi > .page--blue { background: $background; }
PageText:ansi > .page--red, PageText:ansi > .page--purple { background: $background; }
PageText:ansi > .page--find { background: $background; text-style: bold underline; }
PageText:ansi > .page--selection { background: $background; color: $foreground; text-style: reverse; }
PageText:ansi > .page--match { background: $background; color: $foreground; text-style: bold reverse; }
PageText:ansi > .page--found { background: $background; color: $foreground; text-style: bold reverse underline; }
"""
"""What few pages begin with: reading these rules takes as long as importing ten modules, and waits until one of them is drawn with."""

CLASSES = frozenset({
    "page--title", "page--subtitle", "page--heading", "page--item", "page--aside", "page--quiet", "page--furniture", "page--bar",
    "page--emphasis", "page--strong", "page--code", "page--listing", "page--link", "page--hit", "page--note", "page--overlap", "page--find",
    "page--yellow", "page--green", "page--blue", "page--red", "page--purple", "page--match", "page--found", "page--selection", "page--mark", "page--evidence", "page--cue", "page--caret",
})  # fmt: skip

EVERYDAY = frozenset({
    "page--title", "page--heading", "page--item", "page--subtitle", "page--aside", "page--quiet", "page--furniture", "page--bar", "page--link",
})  # fmt: skip
"""Those of `CLASSES` whose rules stand in `CSS`."""

_OF_ROLE = {
    Role.TITLE: "page--title",
    Role.SUBTITLE: "page--subtitle",
    Role.BYLINE: "page--quiet",
    Role.CONTACT: "page--quiet",
    Role.HEADING: "page--heading",
    Role.CAPTION: "page--aside",
    Role.ATTRIBUTION: "page--aside",
    Role.CODE: "page--listing",
    Role.ITEM_TITLE: "page--item",
    Role.ITEM_LABEL: "page--quiet",
    Role.LINK_LINE: "page--quiet",
    Role.ABOUT: "page--quiet",
    **dict.fromkeys(FURNITURE, "page--furniture"),
}

_OF_LAYER = {
    "emphasis": "page--emphasis",
    "strong": "page--strong",
    "code": "page--code",
    "link": "page--link",
    "mark": "page--mark",
    "hit": "page--hit",
    "note": "page--note",
    "yellow": "page--yellow",
    "green": "page--green",
    "blue": "page--blue",
    "red": "page--red",
    "purple": "page--purple",
    "note+": "page--overlap",
    "find": "page--find",
    "cue": "page--cue",
    "evidence": "page--evidence",
    "match": "page--match",
    "found": "page--found",
    "selection": "page--selection",
    "caret": "page--caret",
}
"""Layers in the order in which they are laid over each other; the last word on colour is the selection's."""


class Styles:
    """Styles of one widget under its present theme. Made anew when the theme changes; each combination is worked out once.

    `component(name, partial)` is the widget's `get_component_rich_style`.
    """

    def __init__(self, base: Style, component: Callable[..., Style]) -> None:
        self.base = base
        self._component = component
        self._made: dict[tuple[Role | None, frozenset[str], str | None], Style] = {}
        self._parts: dict[str, Style] = {}

    def part(self, name: str) -> Style:
        """What a component class changes, with its colours already mixed with the page's background."""
        if name not in self._parts:
            own, mixed = self._component(name, partial=True), self._component(name)
            look = Style.from_color(mixed.color if own.color else None, mixed.bgcolor if own.bgcolor else None)
            self._parts[name] = Style(bold=own.bold, dim=own.dim, italic=own.italic, underline=own.underline, reverse=own.reverse) + look
        return self._parts[name]

    def of(self, role: Role | None, layers: frozenset[str] = frozenset(), target: str | None = None) -> Style:
        """The style of text in a block of that role under those layers; `target` is the address of a link."""
        key = role, layers, target
        style = self._made.get(key)
        if style is None:
            style = self.base
            if role in _OF_ROLE:
                style += self.part(_OF_ROLE[role])
            for layer, name in _OF_LAYER.items():
                if layer in layers and not (layer == "link" and role in FURNITURE):  # menus must not outshine the article
                    style += self.part(name)
            if target and safe_target(target):
                style += _linked(target)
            if len(self._made) > 4096:
                self._made.clear()
            self._made[key] = style
        return style


@lru_cache(maxsize=1024)
def _linked(target: str) -> Style:
    return Style(link=target)

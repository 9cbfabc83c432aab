"""How the window is coloured: our own themes, which one a terminal begins with, and what reaches a terminal that wants few colours or none.

Owns "dark", "light", "high-contrast" and "ansi", and the filter that keeps their promises. Refuses rules for parts of the window, which
stand beside them in CSS and speak of theme variables only. The last two themes, and NO_COLOR, share one set of rules (`:ansi`): whatever
carries meaning there is bold, underlined, dim or reversed, never only coloured.
"""

import os
from collections.abc import Mapping
from functools import lru_cache

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
from textual.theme import Theme

DARK = Theme(
    name="dark",
    background="#16181c",
    foreground="#dad7d0",
    accent="#8fbcd4",
    primary="#5f8fc4",
    secondary="#a98fc9",
    warning="#d9b45b",
    error="#d8857f",
    success="#7fae7a",
    surface="#1d2025",
    panel="#24282e",
    variables={
        "text-accent": "#8fbcd4",
        "text-warning": "#d9b45b",
        "text-error": "#e09a94",
        "border": "#8fbcd4",
        "block-cursor-background": "#8fbcd4",
        "block-cursor-foreground": "#16181c",
        "block-cursor-blurred-background": "#8fbcd4 15%",
        "input-cursor-background": "#dad7d0",
        "input-cursor-foreground": "#16181c",
        "input-selection-background": "#5f8fc4 45%",
        "scrollbar": "#3a3f47",
        "scrollbar-hover": "#4a505a",
        "scrollbar-active": "#8fbcd4",
        "scrollbar-background": "#16181c",
        "scrollbar-background-hover": "#16181c",
        "scrollbar-background-active": "#16181c",
        "scrollbar-corner-color": "#16181c",
    },
)
"""Warm grey on near black, and one calm blue."""

LIGHT = Theme(
    name="light",
    dark=False,
    background="#f7f5f0",
    foreground="#22211d",
    accent="#1f5f85",
    primary="#3f7fc0",
    secondary="#7d55ab",
    warning="#845c00",
    error="#ab3a34",
    success="#3f8a3a",
    surface="#efece5",
    panel="#e7e3da",
    variables={
        "text-accent": "#1f5f85",
        "text-warning": "#7a5500",
        "text-error": "#9c302b",
        "border": "#1f5f85",
        "block-cursor-background": "#1f5f85",
        "block-cursor-foreground": "#f7f5f0",
        "block-cursor-blurred-background": "#1f5f85 13%",
        "input-cursor-background": "#22211d",
        "input-cursor-foreground": "#f7f5f0",
        "input-selection-background": "#3f7fc0 40%",
        "scrollbar": "#cbc6ba",
        "scrollbar-hover": "#b5afa1",
        "scrollbar-active": "#1f5f85",
        "scrollbar-background": "#f7f5f0",
        "scrollbar-background-hover": "#f7f5f0",
        "scrollbar-background-active": "#f7f5f0",
        "scrollbar-corner-color": "#f7f5f0",
    },
)
"""Ink on paper, and one calm blue."""


def _terminals_own(name: str, accent: str, warning: str) -> Theme:
    """A theme of the terminal's default colours. A background that is not the default one carries meaning: `Inks` reverses it where there are no colours."""
    plain = "ansi_default"
    bars = ("scrollbar-background", "scrollbar-background-hover", "scrollbar-background-active", "scrollbar-corner-color")
    cursors = ("input-cursor-foreground", "input-cursor-background", "ansi-background", "ansi-foreground")
    marked = ("block-cursor", "input-selection", "screen-selection")
    return Theme(
        name=name,
        ansi=True,
        primary=accent,
        secondary=accent,
        accent=accent,
        warning=warning,
        error=warning,
        success=accent,
        foreground=plain,
        background=plain,
        surface=plain,
        panel=plain,
        boost=plain,
        variables={
            **dict.fromkeys((*bars, *cursors, "border-blurred"), plain),
            **{f"{name}-background": "ansi_white" for name in marked},
            **{f"{name}-foreground": "ansi_black" for name in marked},
            "scrollbar": "ansi_bright_black",
            "scrollbar-hover": "ansi_bright_black",
            "scrollbar-active": "ansi_white",
            "border": plain,
            "block-cursor-text-style": "bold",
            "input-cursor-text-style": "reverse",
        },
    )


ANSI = _terminals_own("ansi", "ansi_blue", "ansi_red")
"""What the terminal calls default, and its own blue and red."""

HIGH_CONTRAST = _terminals_own("high-contrast", "ansi_default", "ansi_default")
"""White on black. Drawn like a terminal without colours, and inked by `Inks`."""

OURS = {theme.name: theme for theme in (DARK, LIGHT, HIGH_CONTRAST, ANSI)}
"""Our themes by the names readers use; those of the library keep theirs."""

_MANY_COLOURS = ("256color", "direct", "kitty", "alacritty", "foot", "wezterm", "ghostty", "truecolor", "rio", "contour")


def first_theme(environment: Mapping[str, str] = os.environ) -> str:
    """The theme a window begins with when nobody has chosen one, from what the terminal says of itself.

    Terminals of 8 or 16 colours keep their own; else `COLORFGBG`, which few terminals set, tells a light background.
    """
    term = environment.get("TERM", "")
    many = environment.get("COLORTERM", "") in ("truecolor", "24bit") or any(name in term for name in _MANY_COLOURS)
    if not many and "WT_SESSION" not in environment:
        return ANSI.name
    background = environment.get("COLORFGBG", "").rpartition(";")[2]
    return LIGHT.name if background in ("7", "15") else DARK.name


def every_theme() -> frozenset[str]:
    """The names of all themes, ours and the library's."""
    from textual.theme import BUILTIN_THEMES

    return frozenset(BUILTIN_THEMES) | frozenset(OURS)


def no_colour(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether NO_COLOR is set to anything: its convention says that an empty one asks for nothing."""
    return bool(environment.get("NO_COLOR"))


_WHITE, _BLACK = RichColor.from_rgb(255, 255, 255), RichColor.from_rgb(0, 0, 0)
_SIXTEEN = 16


class Inks(LineFilter):
    """What is left of colours before a line is drawn: "none" (not one), "contrast" (white on black), "own" (the terminal's sixteen).

    A background that is not the terminal's own means something: without colours it becomes reverse.
    """

    def __init__(self, inks: str) -> None:
        super().__init__()
        self.inks = inks

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments in these inks; see the class."""
        del background
        return [Segment(text, _inked(style or Style.null(), self.inks), control) for text, style, control in segments]


@lru_cache(maxsize=4096)
def _inked(style: Style, inks: str) -> Style:
    if inks == "own":
        return style + Style.from_color(_own(style.color), _own(style.bgcolor)) if style.color or style.bgcolor else style
    if inks == "contrast" and style.bgcolor == _BLACK:
        return style  # what lies below a dialog passes here twice
    meant = style.bgcolor is not None and not style.bgcolor.is_default
    plain = Style(
        bold=style.bold,
        italic=style.italic,
        underline=style.underline,
        strike=style.strike,
        dim=style.dim if inks == "none" else None,
        reverse=True if meant or style.reverse else None,
        link=style.link,
        meta=style.meta or None,
    )
    return plain + Style.from_color(_WHITE, _BLACK) if inks == "contrast" else plain


def _own(colour: RichColor | None) -> RichColor | None:
    """A colour, or the default one where it is none of the sixteen a terminal names."""
    if colour is None or (colour.triplet is None and (colour.number is None or colour.number < _SIXTEEN)):
        return colour
    return RichColor.default()


_INKS = {ANSI.name: Inks("own"), HIGH_CONTRAST.name: Inks("contrast")}
_NONE = Inks("none")


def inks(theme: str, *, colourless: bool) -> list[LineFilter]:
    """The filters a theme needs behind all others; `colourless`: NO_COLOR was asked for."""
    if colourless:
        return [_NONE]
    return [_INKS[theme]] if theme in _INKS else []

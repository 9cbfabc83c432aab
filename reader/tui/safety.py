"""The last gate before the terminal: no character of a document can move the cursor, write the clipboard or turn text around.

Owns the filter that every line of the window passes. Refuses to decide what is shown: it replaces, one cell for one cell. Widgets of
the library let ESC, OSC 52, C1 controls and direction overrides through, in text and in link addresses, so this cannot be left to them.

    def get_line_filters(self):
        return [*super().get_line_filters(), SAFETY]
"""

from functools import lru_cache
from urllib.parse import urlsplit

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from reader.text import safe_line

SCHEMES = frozenset({"http", "https", "mailto", "file"})
"""Addresses a terminal may be told about."""


def clean(text: str) -> str:
    """`text` fit for one line of a terminal; the same object when nothing is wrong with it."""
    return text if text.isprintable() else _cleaned(text)


@lru_cache(maxsize=1024)
def _cleaned(text: str) -> str:
    return safe_line(text)


@lru_cache(maxsize=1024)
def safe_target(target: str) -> bool:
    """Whether an address may be handed to a terminal: a scheme of `SCHEMES`, and nothing but printable ASCII.

    Others must be percent-encoded anyway (RFC 3986; the OSC 8 convention asks for bytes 32-126 only).
    """
    if not (target.isascii() and target.isprintable()):
        return False
    try:
        return urlsplit(target).scheme in SCHEMES
    except ValueError:
        return False


@lru_cache(maxsize=1024)
def _unlinked(style: Style) -> Style:
    return style.update_link(None)


class SafetyFilter(LineFilter):
    """Replaces control and direction characters in every segment and drops links that `safe_target` refuses.

    A soft hyphen becomes a hyphen: it fills a cell for the library, but not in every terminal.

    Control segments of the library itself never pass here: the compositor filters only what widgets draw.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments, made safe; see the class."""
        del background
        return [
            segment if segment.text.isprintable() and (segment.style is None or segment.style.link is None) else _safe_segment(segment)
            for segment in segments
        ]


def _safe_segment(segment: Segment) -> Segment:
    text, style, control = segment
    if style is not None and style.link is not None and not safe_target(style.link):
        style = _unlinked(style)
    return Segment(clean(text).replace("\u00ad", "-"), style, control)


SAFETY = SafetyFilter()
"""The one filter; it keeps nothing."""

"""Widgets that are written in layers, one class on another, each with a part of what the widget does.

Textual gathers the bindings, style names and reactives of every class when it is made, 0.4 ms each; only those of the outermost are asked for.
"""

from typing import Any


class Layered:
    """A base of the innermost layer, before Textual's own. The outermost says so: `class PageView(PageMoving, whole=True)`."""

    def __init_subclass__(cls, *, whole: bool = False, **options: Any) -> None:
        """Leave the gathering to the outermost class, which finds what the others bring, and to those with styles of their own."""
        if whole or "DEFAULT_CSS" in cls.__dict__:
            super().__init_subclass__(**options)

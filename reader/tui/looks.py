"""Component classes that are worked out once they are drawn with.

A page has 28 of them and its first frame needs four; Textual works all of them out whenever the styles of the widget may have changed, and
each takes as long as a widget of its own.
"""

from typing import ClassVar

from textual.css.styles import RenderStyles
from textual.dom import DOMNode
from textual.widget import Widget

from reader.tui.layers import Layered


class LazyLooks(Layered, Widget):
    """A widget with `LOOKS` instead of `COMPONENT_CLASSES`."""

    LOOKS: ClassVar[frozenset[str]] = frozenset()
    LATER_CSS: ClassVar[str] = ""
    """Rules that are read when one of the looks `LATER` is asked for."""
    LATER: ClassVar[frozenset[str]] = frozenset()

    def get_component_styles(self, *names: str) -> RenderStyles:
        """Textual's request for the styles of some component classes."""
        for name in names:
            if name in self.LOOKS and name not in self._component_styles:
                if name in self.LATER:
                    self._read_later()
                part = DOMNode(classes=name)
                part._attach(self)  # noqa: SLF001 - as the stylesheet does it
                self.app.stylesheet.apply(part)
                self._component_styles[name] = part.styles
        return super().get_component_styles(*names)

    def _read_later(self) -> None:
        """Have the stylesheet know `LATER_CSS`, as Textual has it know `DEFAULT_CSS`: from then on it follows every theme."""
        owner = next(base for base in type(self).__mro__ if "LATER_CSS" in base.__dict__)
        place = (owner.__module__, f"{owner.__name__}.LATER_CSS")
        self.app.stylesheet.add_source(self.LATER_CSS, place, is_default_css=True, scope=owner.__name__)

    def notify_style_update(self) -> None:
        """Textual's notice that the theme changed."""
        super().notify_style_update()
        self._component_styles.clear()

"""What every small window over the page has in common: keys that come before its parts are there, or after they are gone, do it no harm.

Keys typed ahead may close a dialog while it is still being put together; Textual then mounts it without its parts.
"""

import contextlib

from textual.await_complete import AwaitComplete
from textual.css.query import NoMatches
from textual.screen import ModalScreen, ScreenResultType

_ALWAYS = frozenset({"close", "give_up"})
"""What a dialog can do without its parts."""


class Dialog(ModalScreen[ScreenResultType]):
    """A modal screen. Subclasses `begin` where others have `on_mount`; it is called once all parts are there."""

    over = False
    """Whether it has been closed, though keys may still be on their way to it."""

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """See Textual's; the second time it does nothing."""
        if self.over:
            done: AwaitComplete = AwaitComplete.nothing()  # type: ignore[no-untyped-call]  # textual has no types there
            return done
        self.over = True
        return super().dismiss(result)

    ready = False
    """Whether it can be typed into."""

    @property
    def unsaved(self) -> tuple[str, str] | None:
        """A note's body and tags that would be lost with the dialog; None when nothing would."""
        return None

    def on_mount(self) -> None:
        """Begin, unless the dialog has been closed already."""
        with contextlib.suppress(NoMatches):  # closed while it was put together
            self.begin()
        self.call_after_refresh(self._whole)

    def _whole(self) -> None:
        self.ready = True

    def begin(self) -> None:
        """Fill the parts and give one the keys."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing but closing before the parts are there."""
        return super().check_action(action, parameters) if self.children or action in _ALWAYS else False

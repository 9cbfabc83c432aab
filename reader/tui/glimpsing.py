"""A large file named on the command line: its first pages at once, all of it when it has been read, and nothing made of what is not whole yet."""

import asyncio

from reader.errors import PullquoteError
from reader.model import Page
from reader.text import one_line
from reader.tui.bars import Typed
from reader.tui.screen_parts import ReadingParts
from reader.tui.wrap import clip

WAITS = "only the beginning is here yet: that works once all of it has been read"
_NEED_ALL = frozenset(
    "note highlight colour bookmark name_bookmark mark go_to_mark copy place edit delete tags correct attribute next_quote previous_quote original folder".split()
)
"""Actions that would need the document: it has no id yet, and its last words may be others."""
_LIKE = 200
"""Characters at the reader's place that must stand there in the whole text, or are looked for in it."""


class Glimpsing(ReadingParts):
    """The screen with a page that is provisional until its document has been read; `page` is None as long."""

    glimpsed: Page | None = None
    """The provisional page."""
    _coming = ""

    def glimpse(self) -> bool:
        """Show the beginning of the one large file that was named, if that is what was named."""
        self.glimpsed = self.library.glimpse(self.view[0]) if len(self.view) == 1 else None
        if self.glimpsed is None:
            return False
        self.page_view.show(self.glimpsed)
        self.add_class("reading")
        self.set_focus(self.page_view)
        return True

    def open_document(self, document: str, *, offset: int | None = None) -> bool:
        """See `ReadingParts`. What has been shown provisionally is exchanged when all of it is there; typing goes on meanwhile."""
        if self.glimpsed is None:
            return super().open_document(document, offset=offset)
        if document != self._coming:
            self._coming = document
            self.run_worker(self._exchange(document, offset), group="whole", exclusive=True, exit_on_error=False)
        return False

    async def _exchange(self, document: str, offset: int | None) -> None:
        try:
            page = await asyncio.to_thread(self.library.read, document)
        except PullquoteError as error:
            self._coming = ""
            self.complain(error)
            return
        seen, view = self.glimpsed, self.page_view
        if seen is None or not self.is_running:
            return
        at, selected = view.position, view.selection
        if offset is None:
            offset = same_place(seen.text, page.text, at) if at else page.position
        self.glimpsed, self.page, self._coming = None, page, ""
        view.show(page, offset)
        if selected is not None and seen.text[slice(*selected)] == page.text[slice(*selected)]:
            view.select(selected, reveal=False)
        if view.has_focus:
            self.read()
        self.say()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs the whole document waits for it, and says so."""
        if self.glimpsed is not None and action in _NEED_ALL and not isinstance(self.focused, Typed):
            self.tell(WAITS)
            return False
        return super().check_action(action, parameters)

    def _place(self) -> tuple[str, str]:
        """See `ReadingParts`. How far one is in what nobody knows the length of is not told."""
        if self.page is None and self.glimpsed is not None:
            return clip(one_line(self.glimpsed.entry.display_title), max(12, self.size.width // 4)), "  …"
        return super()._place()


def same_place(seen: str, whole: str, at: int) -> int:
    """The place `at` of the text that was seen, in the whole one."""
    words = seen[at : at + _LIKE]
    if whole.startswith(words, at):
        return at
    return max(0, whole.find(words))

"""Marks, named bookmarks, and the way back from a jump."""

from collections.abc import Sequence

from reader.library import Library
from reader.model import Annotation
from reader.text import one_line
from reader.tui.jumps import Jumps, Spot
from reader.tui.note_list_actions import NoteListActions
from reader.tui.sources import quoted
from reader.tui.wrap import clip


class MarkActions(NoteListActions):
    """What m, ', B, Ctrl+O and Ctrl+I do. A mark is a bookmark whose name is one letter; there is one of each letter in the library."""

    def __init__(self, library: Library, view: Sequence[str] = ()) -> None:
        super().__init__(library, view)
        self.jumps = Jumps()
        self._last_read: Spot | None = None

    # -- marks --------------------------------------------------------------------------------------------------------------------

    def _marks(self) -> list[Annotation]:
        """Bookmarks of one letter, by letter."""
        found = [n for n in self.library.notes() if n.kind == "bookmark" and len(n.body) == 1 and n.body.isalnum()]
        return sorted(found, key=lambda note: note.body)

    def action_mark(self) -> None:
        """Mark the place on the page with the letter pressed next."""
        if self._on_page():
            self.start_dialog(self._mark())

    async def _mark(self) -> None:
        from reader.tui.help import OneKey

        letter = await self.app.push_screen_wait(OneKey("Mark this place: press a letter or a digit", self._told_marks()))
        page = self.page
        if letter is None or page is None:
            return
        kept, selected = self.page_view.selection, self._words()
        if kept is None:
            self.page_view.select(None)
        if selected is None:
            return
        old = [note.id for note in self._marks() if note.body == letter]
        if await self._do(lambda: self.library.bookmark(page.id, *selected, letter, page.version.text, page.text, instead_of=old)):
            self.reload_notes()
            self.tell(f"marked: ' {letter} comes back here")

    def _told_marks(self) -> list[tuple[str, str]]:
        titles = {entry.id: entry.display_title for entry in self.library.documents({n.document for n in self._marks()})}
        return [(n.body, f"{clip(quoted(one_line(n.exact or '')), 44)} {one_line(titles.get(n.document, ''))}") for n in self._marks()]

    def action_go_to_mark(self) -> None:
        """Go to the place with the letter pressed next."""
        self.start_dialog(self._go_to_mark())

    async def _go_to_mark(self) -> None:
        from reader.tui.help import OneKey

        told = self._told_marks() or [("", "no place is marked yet: m and a letter marks one")]
        letter = await self.app.push_screen_wait(OneKey("Go to a mark: press its letter, or ' for where you were", told))
        if letter == "'":
            self.action_jump_back()
            return
        note = next((note for note in self._marks() if note.body == letter), None)
        if note is not None and self.show_note(note):
            self.read()
        elif letter is not None:
            self.tell(f"no place is marked {letter}")

    def action_name_bookmark(self) -> None:
        """Bookmark the place on the page, or the document, under a name."""
        on_page = self.on_page and self.page is not None
        document = self.page.id if on_page and self.page is not None else self.chosen()
        if document is not None:
            self.start_dialog(self._name_bookmark(document, on_page=on_page))

    async def _name_bookmark(self, document: str, *, on_page: bool) -> None:
        from reader.tui.dialogs import Questions

        span, page = (self._words(), self.page) if on_page else (None, None)
        answer = await self.app.push_screen_wait(Questions("Bookmark", [("name", "its name", "")]))
        if answer is None:
            return
        start, end = span or (None, None)
        version, text = (page.version.text, page.text) if page is not None and span is not None else (None, None)
        if await self._do(lambda: self.library.bookmark(document, start, end, answer["name"], version, text)):
            self.page_view.select(None)
            self.reload_notes()
            if document in self.listing.entries:
                self.listing.update_entry(self.library.documents([document])[0])
            self.tell("bookmarked")

    # -- the way back -------------------------------------------------------------------------------------------------------------

    def _here(self) -> Spot | None:
        """Where the reader reads."""
        if self.page is None:
            return None
        return Spot(self.page.id, self.page_view.position)

    def jumping(self) -> None:
        """Called before the page jumps elsewhere in its text."""
        here = self._here()
        if here is not None and self.on_page:
            self.jumps.leave(here)

    def read(self) -> None:
        """Give the page the keys; where the reader read before is a place to come back to."""
        before, here = self._last_read, self._here()
        if before is not None and here is not None and not before.near(here):
            self.jumps.leave(before)
        super().read()
        self._last_read = here

    def moved(self) -> None:
        """The page was scrolled."""
        if self.on_page:
            self._last_read = self._here()

    def action_jump_back(self) -> None:
        """Back to where the reader jumped from."""
        self._jump(back=True)

    def action_jump_forward(self) -> None:
        """Forward again."""
        self._jump(back=False)

    def _jump(self, *, back: bool) -> None:
        here = self._last_read or self._here()
        spot = None if here is None else self.jumps.back(here) if back else self.jumps.forward(here)
        if spot is None:
            self.tell("nowhere to go back to" if back else "nowhere to go forward to")
            return
        if self.open_document(spot.document, offset=spot.offset):
            self._last_read = spot
            super().read()

"""What is done with words: notes, highlights, bookmarks, copying, undo. Everything is committed before the screen says so."""

import asyncio
from collections.abc import Callable

from textual import on, work

from reader.errors import PullquoteError
from reader.model import Annotation, Span
from reader.text import one_line
from reader.tui.clipboard import copy
from reader.tui.page import PageView
from reader.tui.screen_parts import ReadingParts


class NoteActions(ReadingParts):
    """What a, h, b, e, d, u, y and m do."""

    def _words(self, *, or_sentence: bool = True) -> Span | None:
        """The selected words; without a selection, the sentence at the page's cursor is selected and taken."""
        if self.page is None:
            return None
        if self.page_view.selection is None and or_sentence:
            self.page_view.action_select_sentence()
        return self.page_view.selection

    def _on_page(self) -> bool:
        """Whether an action on words means those of the page; in the list of hits it means the hit shown."""
        if self.page is None:
            return False
        if not self.page_view.has_focus and self.listing.mode == "hits" and self.listing.hit is not None:
            hit = self.listing.hit
            if self.show_hit(hit):
                self.page_view.select((hit.start, hit.end))
        return True

    # -- making -------------------------------------------------------------------------------------------------------------------

    @work(exclusive=True, group="dialog")
    async def action_note(self) -> None:
        """Write a note on the selected words."""
        span = self._words() if self._on_page() else None
        if span is None or self.page is None:
            self.tell("no words to write on: open a document first")
            return
        from reader.tui.dialogs import NoteEditor

        page = self.page

        async def keep(body: str, tags: str) -> None:
            await asyncio.to_thread(self._annotate_or_rescue, page.id, span, body, tags)

        if await self.app.push_screen_wait(NoteEditor(page.text[span[0] : span[1]], "", "", keep)):
            self.page_view.select(None)
            self.reload_notes()
            self.tell("note kept")

    def _annotate_or_rescue(self, document: str, span: Span, body: str, tags: str) -> None:
        try:
            self.library.annotate(document, *span, body, [tags], kind="note")
        except PullquoteError:
            self.library.rescue(document, span, body, tags)
            raise

    async def action_highlight(self) -> None:
        """Highlight the selected words."""
        span = self._words() if self._on_page() else None
        if span is None or self.page is None:
            return
        document = self.page.id
        if await self._do(lambda: self.library.annotate(document, *span)):
            self.page_view.select(None)
            self.reload_notes()
            self.tell("highlighted")

    async def action_bookmark(self) -> None:
        """Bookmark the place on the page, or the document while the list has the keys."""
        if self.page_view.has_focus and self.page is not None:
            span = self._words()
            document = self.page.id
            if span is not None and await self._do(lambda: self.library.bookmark(document, *span)):
                self.page_view.select(None)
                self.reload_notes()
                self.tell("place bookmarked")
            return
        chosen = self.listing.document
        if self.listing.mode == "documents" and chosen is not None and await self._do(lambda: self.library.bookmark(chosen)):
            self.listing.update_entry(self.library.documents([chosen])[0])
            self.reload_notes()
            self.tell("document bookmarked")

    async def _do(self, deed: Callable[[], object]) -> bool:
        """Do something to the store in a thread; say why when it did not work."""
        try:
            await asyncio.to_thread(deed)
        except PullquoteError as error:
            self.complain(error)
            return False
        return True

    # -- changing -----------------------------------------------------------------------------------------------------------------

    def _note_here(self) -> Annotation | None:
        """The note at the cursor of the list or of the page."""
        if self.listing.mode == "notes" and not self.page_view.has_focus:
            return self.listing.note
        found = self.page_view.annotation_at(self.page_view.cursor) if self.page is not None else None
        if found is None and self.page_view.has_focus and self.listing.mode == "notes":
            return self.listing.note
        return found

    @work(exclusive=True, group="dialog")
    async def action_edit(self) -> None:
        """Edit the note at the cursor."""
        note = self._note_here()
        if note is None:
            self.tell("no note here: n goes to the next one")
            return
        from reader.tui.dialogs import NoteEditor

        async def keep(body: str, tags: str) -> None:
            await asyncio.to_thread(lambda: self.library.edit(note, body=body, tags=[tags]))

        if await self.app.push_screen_wait(NoteEditor(note.exact or "", note.body, ", ".join(note.tags), keep)):
            self.reload_notes()
            self.tell("note kept")

    async def action_delete(self) -> None:
        """Delete the note at the cursor; `u` brings it back."""
        note = self._note_here()
        if note is None:
            self.tell("no note here: n goes to the next one")
        elif await self._do(lambda: self.library.delete([note.id])):
            self.reload_notes()
            self.tell(f"{note.kind} deleted: u brings it back")

    async def action_undo(self) -> None:
        """Undo the last thing done."""
        try:
            action = await asyncio.to_thread(self.library.undo)
        except PullquoteError as error:
            self.complain(error)
            return
        self.load_entries()
        self.reload_notes()
        self.tell(f"undone: {action.label}" if action else "nothing to undo")

    @on(PageView.AnnotationClicked)
    def _note_clicked(self) -> None:
        self.action_edit()

    # -- using --------------------------------------------------------------------------------------------------------------------

    def action_copy(self) -> None:
        """Copy the selected words with their source."""
        if not self._on_page() or self.page is None:
            return
        span = self._words()
        if span is None:
            return
        words = self.page.text[span[0] : span[1]]
        copy(self.app, self.library.quotation(self.page.id, *span))
        self.tell(f"copied with its source: {one_line(words)[:60]}")

    def action_notes(self) -> None:
        """All notes and bookmarks, newest first."""
        self.bar.close()
        self.remove_class("reading")
        self.listing.show_notes(self.newest_first())
        self.rows.focus()
        self.say()

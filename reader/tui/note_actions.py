"""What is done with words: notes, highlights, bookmarks, copying, undo. Everything is committed before the screen says so."""

import asyncio
from collections.abc import Callable

from textual import on

from reader.errors import PullquoteError
from reader.model import Annotation, Page, Span
from reader.ports import Action
from reader.text import one_line
from reader.tui.clipboard import copy
from reader.tui.page import PageView
from reader.tui.shelf_actions import ShelfActions


class NoteActions(ShelfActions):
    """What a, h, b, e, d, u, U and y do."""

    colour: str | None = None
    """The highlight colour used last; None: none was chosen."""

    def _words(self, *, or_sentence: bool = True) -> Span | None:
        """The selected words; without a selection, the quotation that is meant or the sentence at the page's cursor is selected and taken."""
        if self.page is None:
            return None
        if self.page_view.selection is None and or_sentence:
            quote = self.page_view.quote
            if quote is not None:
                self.page_view.select((quote.start, quote.end))
            else:
                self.page_view.action_select_sentence()
        return self.page_view.selection

    def _on_page(self) -> bool:
        """Whether there are words in sight that an action can mean: the page has the keys, or the list's cursor is on a hit."""
        if self.on_page and self.page is not None:
            return True
        hit = self.listing.hit
        if hit is not None and not self.on_page and self.show_hit(hit):
            self.page_view.select((hit.start, hit.end))
            return True
        if not self.on_page and self.show_quotation(self.listing.quotation):
            return True
        self.tell("Enter opens it; there v selects a sentence")
        return False

    # -- making -------------------------------------------------------------------------------------------------------------------

    def action_note(self) -> None:
        """Write a note on the selected words; in the list of documents, on the whole document."""
        if self.listing.mode == "documents" and self.listing.document is not None and not self.on_page:
            self.start_dialog(self._write_remark(self.listing.document))
        elif self._on_page():
            self.start_dialog(self._write_note())

    async def _write_note(self) -> None:
        span = self._words()
        if span is None or self.page is None:
            return
        from reader.tui.dialogs import NoteEditor

        page = self.page
        bare = next((a for a in page.annotations if a.kind == "highlight" and (a.start, a.end) == span), None)

        async def keep(body: str, tags: str) -> None:
            def deed() -> Annotation:  # what is written on highlighted words belongs to the highlight
                return self.library.edit(bare, body=body, tags=[tags]) if bare else self._annotate(page, span, body, tags, "note")

            await self._stored(deed, page.id, span, body, tags)

        if await self.app.push_screen_wait(NoteEditor(page.text[span[0] : span[1]], "", "", keep)):
            self.page_view.select(None)
            self.reload_notes()
            self.tell("note kept")

    def rescue(self, body: str, tags: str) -> None:
        """What was being written when the window had to close goes into a rescue file; `doctor` tells of it."""
        page = self.page
        self.library.rescue(page.id if page is not None else "", self.page_view.selection, body, tags)

    async def keep_note(self, body: str) -> None:
        """Keep a note on the selected words, or the sentence at the cursor, without a dialog."""
        span, page = self._words() if self._on_page() else None, self.page
        if span is not None and page is not None:
            try:
                await self._stored(lambda: self._annotate(page, span, body, "", "note"), page.id, span, body, "")
            except PullquoteError as error:
                self.complain(error)
                return
            self.page_view.select(None)
            self.reload_notes()
            self.tell("note kept")

    def _annotate(
        self, page: Page, span: Span, body: str = "", tags: str = "", kind: str | None = None, colour: str | None = None
    ) -> Annotation:
        """Make a note on words as they stand on the screen, though the file may have changed meanwhile."""
        return self.library.annotate(page.id, *span, body, [tags], kind=kind, version=page.version.text, colour=colour, text=page.text)

    async def _write_remark(self, document: str) -> None:
        from reader.tui.dialogs import NoteEditor

        async def keep(body: str, tags: str) -> None:
            await self._stored(lambda: self.library.remark(document, body, [tags]), document, None, body, tags)

        title = self.library.documents([document])[0].display_title
        if await self.app.push_screen_wait(NoteEditor("", "", "", keep, about=title)):
            self.reload_notes()
            if document in self.listing.entries:
                self.listing.update_entry(self.library.documents([document])[0])
            self.tell("note kept")

    async def _stored(self, deed: Callable[[], Annotation], document: str, span: Span | None, body: str, tags: str) -> Annotation:
        """Have a note stored in a thread; when that fails its text goes into a rescue file, and the error on to the dialog."""
        try:
            return await asyncio.to_thread(deed)
        except PullquoteError as error:
            path = await asyncio.to_thread(self.library.rescue, document, span, body, tags)
            where = f"; its text is in {path}" if path is not None else "; copy its text from here"
            raise PullquoteError(error.operation, error.thing, f"{error.reason}{where}") from error

    async def action_highlight(self) -> None:
        """Highlight the selected words, in the colour used last."""
        span = self._words() if self._on_page() else None
        if span is None or self.page is None:
            return
        page, colour = self.page, self.colour
        if await self._do(lambda: self._annotate(page, span, colour=colour)):
            self.page_view.select(None)
            self.reload_notes()
            meaning = self.library.colours()[colour] if colour else ""
            self.tell(f"highlighted: {meaning or colour}" if colour else "highlighted")

    async def action_bookmark(self) -> None:
        """Bookmark the place on the page, or the document while the list has the keys; what has one already loses it."""
        on_page = self.on_page and self.page is not None
        document = self.page.id if on_page and self.page is not None else self.chosen()
        span = self._words() if on_page else None
        if document is None or (on_page and span is None):
            return
        same = [n for n in self.library.notes(document=document) if n.kind == "bookmark" and (span is None) == (n.anchor is None)]
        old = [n.id for n in same if span is None or (n.start, n.end) == span]
        version, text = (self.page.version.text, self.page.text) if span is not None and self.page is not None else (None, None)
        start, end = span or (None, None)
        made = await self._do(
            lambda: self.library.delete(old) if old else self.library.bookmark(document, start, end, version=version, text=text)
        )
        if made:
            self.page_view.select(None)
            self.reload_notes()
            if document in self.listing.entries:
                self.listing.update_entry(self.library.documents([document])[0])
            self.tell("bookmark taken away" if old else "place bookmarked" if span else "document bookmarked")

    async def _do(self, deed: Callable[[], object]) -> bool:
        """Do something to the store in a thread; say why when it did not work."""
        try:
            await asyncio.to_thread(deed)
        except PullquoteError as error:
            self.complain(error)
            return False
        return True

    # -- changing -----------------------------------------------------------------------------------------------------------------

    def note_here(self) -> Annotation | None:
        """The note at the cursor of the list or of the page; at the beginning of a document, the note on all of it."""
        listed = self.listing.note
        if not self.on_page:
            if self.listing.mode == "notes":
                return listed
            whole = self.page is not None and self.listing.mode == "documents" and self.page.id == self.listing.document
            return self._remark() if whole else None
        found = self.page_view.annotation_at(self.page_view.cursor) if self.page is not None else None
        if found is None and listed is not None and self.page is not None and listed.document == self.page.id and listed.start is None:
            return listed
        return found or (self._remark() if self.page_view.progress == 0 or self.page_view.position == 0 else None)

    def _remark(self) -> Annotation | None:
        """The latest note on the whole of the document that is open."""
        notes = [a for a in self.page.annotations if a.anchor is None and a.kind == "note"] if self.page is not None else []
        return notes[-1] if notes else None

    def action_edit(self) -> None:
        """Edit the note at the cursor."""
        note = self.note_here()
        if note is None:
            self.tell("no note here: n goes to the next one")
        else:
            self.start_dialog(self._edit_note(note))

    async def _edit_note(self, note: Annotation) -> None:
        from reader.tui.dialogs import NoteEditor

        kept: list[Annotation] = []
        span = (note.start, note.end) if note.start is not None and note.end is not None else None

        async def keep(body: str, tags: str) -> None:
            kept.append(await self._stored(lambda: self.library.edit(note, body=body, tags=[tags]), note.document, span, body, tags))

        if await self.app.push_screen_wait(NoteEditor(note.exact or "", note.body, ", ".join(note.tags), keep)):
            self.reload_notes()
            other = kept and kept[-1].id != note.id
            self.tell("it was edited elsewhere meanwhile: both texts are kept, as two notes" if other else "note kept")

    async def action_delete(self) -> None:
        """Delete the note at the cursor; `u` brings it back."""
        note = self.note_here()
        if note is None:
            self.tell("no note here: n goes to the next one")
        elif await self._do(lambda: self.library.delete([note.id])):
            self.reload_notes()
            self.tell(f"{note.kind} deleted: u brings it back")

    async def action_undo(self) -> None:
        """Undo the last thing done."""
        await self._again(self.library.undo, "undone", "nothing to undo")

    async def action_redo(self) -> None:
        """Do again what was undone last."""
        await self._again(self.library.redo, "done again", "nothing to do again")

    async def _again(self, deed: Callable[[], Action | None], told: str, nothing: str) -> None:
        try:
            action = await asyncio.to_thread(deed)
        except PullquoteError as error:
            self.complain(error)
            return
        self.load_entries()
        self.reload_notes()
        self.quotes_changed()
        self.tell(f"{told}: {action.label}" if action else nothing)

    @on(PageView.AnnotationClicked)
    def _note_clicked(self) -> None:
        self.action_edit()

    # -- using --------------------------------------------------------------------------------------------------------------------

    def action_copy(self) -> None:
        """Copy the selected words with their source."""
        note = self.listing.note if not self.on_page else None
        if note is not None and not (note.start is not None and self.show_note(note)):
            self.tell("these words have no place in the text as it is now")
            return
        if note is not None and note.start is not None and note.end is not None:
            self.page_view.select((note.start, note.end))
        elif not self._on_page():
            return
        span = self._words()
        if span is None or self.page is None:
            return
        words = self.page.text[span[0] : span[1]]
        copy(self.app, self.library.quotation(self.page.id, *span))
        self.tell(f"copied with its source: {one_line(words)[:60]}")

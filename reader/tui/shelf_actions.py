"""What is done with documents: adding, sorting, tagging, correcting, opening the original."""

import asyncio
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from textual import on

from reader.errors import PullquoteError
from reader.library import Library
from reader.paths import sample_documents
from reader.text import one_line
from reader.tui.adding import Adding
from reader.tui.bars import Typed
from reader.tui.glimpsing import Glimpsing
from reader.tui.safety import safe_target
from reader.tui.sources import SORTS

_BAR = 12
"""Cells of the progress bar."""


class ShelfActions(Glimpsing):
    """What A, r, x, !, s, t, c, f, z, o and ? do."""

    def __init__(self, library: Library, view: Sequence[str] = ()) -> None:
        super().__init__(library, view)
        self._asked_to_look = False
        self._unlisted: list[str] = []
        self.index_lost = False
        """Whether the index lacked documents when the window opened: they are being read again."""
        self.samples = False
        """Whether the samples are shown because there is nothing else."""
        self._untouched = False
        """Whether the list came up empty, or with the samples, and nobody has pressed anything since: `first_choice` holds."""
        self._told: set[str] = set()  # files whose failure was told already: once is enough, `!` lists them

    # -- adding -------------------------------------------------------------------------------------------------------------------

    def start_adding(self, paths: Sequence[str], *, keep: bool) -> None:
        """Add paths beside the window; none: look through the remembered folders."""

        async def count() -> None:
            self.adding.total = await asyncio.to_thread(self.library.count_files, list(paths))

        self.run_worker(count(), group="count", exclusive=True, exit_on_error=False)
        self.run_worker(self.adding.run(paths, keep=keep), group="adding", exit_on_error=False)

    @on(Adding.Progress)
    def _progress(self, event: Adding.Progress) -> None:
        total = event.total
        if total:
            filled = min(_BAR, _BAR * event.done // total)
            self.progress = f"reading {'▰' * filled}{'▱' * (_BAR - filled)} {event.done}/{total}"
        else:
            self.progress = f"reading {event.done}"
        self._unlisted += event.fresh
        if self._unlisted and not isinstance(self.focused, Typed):  # whoever types is not kept waiting by what comes in
            fresh, self._unlisted = self._unlisted, []
            self.run_worker(self._merge(fresh), group="merging", exit_on_error=False)
        self.say()

    @on(Adding.Finished)
    def _finished(self, event: Adding.Finished) -> None:
        self.progress = ""
        changed = set(event.counts) - {"unchanged", "skipped", "failed"}
        if changed or self.index_lost:
            whole = self.index_lost or changed != {"new"}
            self.index_lost = False
            fresh, self._unlisted = [*self._unlisted, *event.fresh], []
            self.run_worker(self._show_changes(fresh, whole=whole), group="merging", exit_on_error=False)
        else:
            self.quotes_changed()  # those of documents that an older pullquote read may have been found meanwhile
        failed = event.counts.get("failed", 0)
        self.problems = event.failed if failed or not self.listing.entries else []
        news = {path for path, _ in event.failed} - self._told if failed else set()
        self._told |= news
        if event.error and not event.counts:
            self.notify(one_line(event.error), severity="error", timeout=8, markup=False)
        elif news:
            self.tell(f"{failed} could not be read: ! says why")
        elif event.cancelled:
            self.tell("stopped; what was read is kept")
        elif changed and not self.view:
            told = [f"{event.counts[status]} {status}" for status in ("new", "changed", "moved", "missing") if event.counts.get(status)]
            self.tell(f"documents: {', '.join(told)}" if told else "nothing has changed")
        elif self._asked_to_look:
            self.tell("nothing has changed")
        self._asked_to_look = False
        if not self.listing.entries and self.view:
            self.listing.empty = "There is no document in it.\n\n!  what was left out, and why"
            self.load_entries()
        self.say()

    async def _merge(self, documents: Sequence[str]) -> None:
        """List documents that were added or changed. What the library says of them is read beside the window: typing goes on."""
        self._untouched |= not self.listing.entries
        self.listing.merge(await asyncio.to_thread(self.library.documents, documents))
        self._open_first()
        self.say()

    def _open_first(self) -> None:
        """While nothing is open or was pressed, show what is to be looked at first; a single file is there to be read."""
        if self.listing.document is None or self.listing.mode != "documents":
            return
        none_open, before = self.page is None, self.listing.document
        if self._untouched:
            self.listing.set_cursor(self.first_choice())
        if none_open or self.listing.document != before:
            self.preview()
        if none_open and self.one_file and self.open_document(self.listing.document):
            self.read()

    def first_choice(self) -> str:
        """The document that the cursor is on until somebody chooses; nothing: the first in the list."""
        return ""

    def heed(self, character: str | None = None) -> None:
        """From the first key on, the cursor stays on its document."""
        self._untouched = False
        super().heed(character)

    @property
    def one_file(self) -> bool:
        """Whether the window was opened on one file: it is there to be read."""
        return len(self.view) == 1 and Path(self.view[0]).is_file()

    async def list_anew(self) -> None:
        """List the library as it is now, when another window or a command has added, removed, tagged or corrected documents."""
        number, changed = await asyncio.to_thread(self.library.notes_store.changed_since, self.changes_listed)
        if self.adding.running or not changed:
            self.others_listed = not changed  # else later
            return
        self.changes_listed = number
        if self.samples and self.library.notes_store.folders():
            self.view, self.samples = [], False
        self.listing.set_entries(await asyncio.to_thread(self.listed))
        self.entries_changed()
        self.say()

    async def _show_changes(self, fresh: Sequence[str], *, whole: bool) -> None:
        """All has been read: list what is new, or all anew when documents moved or went; the page and the notes as they are now."""
        await self._merge(fresh)
        if whole:
            self.listing.set_entries(await asyncio.to_thread(self.listed))
        self.entries_changed()
        self.reload_page()
        self.reload_notes()
        self.quotes_changed()
        if whole:
            notes = await asyncio.to_thread(self.library.notes)
            lost = sum(note.lost for note in notes)
            if lost:
                self.tell(
                    f"{lost} note{'s have' if lost > 1 else ' has'} lost {'their' if lost > 1 else 'its'} words: & lists notes, f is:lost those"
                )

    def action_add(self) -> None:
        """Ask for a folder or a file to take into the library; what is shown, when it is not in it, stands there already."""
        self.start_dialog(self._add())

    async def _add(self) -> None:
        from reader.tui.dialogs import Questions

        view = [] if self.samples else list(self.view)
        shown = view[0] if len(view) == 1 else ""
        count = len(self.listing.entries)
        label = "a folder or a file" if len(view) < 2 else f"a folder or a file; nothing means the {count} documents shown"
        answer = await self.app.push_screen_wait(Questions("Add to the library", [("path", label, shown)]))
        if answer is None or not (answer["path"] or view):
            return
        paths = [absolute(answer["path"])] if answer["path"] else view
        if not exists(paths[0]):
            self.tell(f"add: {paths[0]}: no such file or folder")
            return
        if self.samples or (view and paths in (view, [shown])):
            self.view, self.samples = [], False
            self.load_entries()
        self.start_adding(paths, keep=True)

    def open_samples(self) -> None:
        """On an empty library: look at the sample documents, without adding them."""
        folder = sample_documents()
        if folder is not None and not self.adding.running:
            self.view, self.samples = [str(folder)], True
            self.load_entries()
            self.show_first()
            self.start_adding(self.view, keep=False)

    def show_first(self) -> None:
        """Begin anew with what is to be looked at first."""
        self._untouched = True
        self._open_first()

    @property
    def heading(self) -> str:
        """What stands over the list."""
        if self.samples and self.listing.mode == "documents":
            return "Samples, invented to try things on. A takes in your own articles, ? shows all keys, Ctrl+N is a tour"
        return super().heading

    def action_refresh(self) -> None:
        """Look through the remembered folders, or the view, again."""
        if not self.adding.running:
            self._asked_to_look = True
            self.start_adding(self.view, keep=not self.view)
            self.tell("looking for changes")

    def action_cancel(self) -> None:
        """Stop adding."""
        self.adding.cancel()

    def action_problems(self) -> None:
        """What could not be added, and why."""
        from reader.tui.help import PairList

        pairs = [(one_line(reason), path) for path, reason in self.problems]
        self.app.push_screen(PairList("Left out", pairs or [("nothing", "was left out")]))

    # -- the list -----------------------------------------------------------------------------------------------------------------

    def action_sort(self) -> None:
        """The next order."""
        if self.listing.mode == "documents":
            self.listing.sort(SORTS[(SORTS.index(self.listing.order) + 1) % len(SORTS)])
            self.say()

    async def action_find(self) -> None:
        """Find in the page, or filter the list."""
        await self.prepare_bar()
        if self.on_page:
            self.finding_in = self.page_view.selection
            self.bar.open("find")
        elif self.listing.mode in ("documents", "notes", "quotes", "speakers"):
            self.bar.open("filter", self.filter_text())
        self.say()

    # -- one document -------------------------------------------------------------------------------------------------------------

    def chosen(self) -> str | None:
        """The document that is meant: the one open while the page has the keys, else that of the row at the list's cursor."""
        if self.on_page:
            return self.page.id if self.page else None
        row = self.listing.hit or self.listing.note or self.listing.quotation
        return row.document if row is not None else self.listing.document if self.listing.mode == "documents" else None

    def action_tags(self) -> None:
        """Ask for the document's tags."""
        document = self.chosen()
        if document is not None:
            self.start_dialog(self._ask_tags(document))

    async def _ask_tags(self, document: str) -> None:
        from reader.tui.dialogs import Questions

        entry = self.library.documents([document])[0]
        question = ("tags", "tags, separated by commas; a/b is a tag below a", ", ".join(entry.tags))
        answer = await self.app.push_screen_wait(Questions(f"Tags of {entry.display_title}", [question]))
        if answer is not None:
            await self._change(document, lambda: self.library.tag(document, [answer["tags"]]))

    def action_correct(self) -> None:
        """Ask for the document's title, date, publisher and author."""
        document = self.chosen()
        if document is not None:
            self.start_dialog(self._ask_corrections(document))

    async def _ask_corrections(self, document: str) -> None:
        from reader.tui.dialogs import Questions

        entry = self.library.documents([document])[0]
        fields = {"title": "title", "date": "date: 2021, 2021-03 or 2021-03-01", "publisher": "publisher", "byline": "author"}
        now = {name: getattr(entry.metadata, name) or "" for name in fields}
        answer = await self.app.push_screen_wait(
            Questions(f"Correct {entry.display_title}", [(name, label, now[name]) for name, label in fields.items()])
        )
        changed = {name: value for name, value in (answer or {}).items() if value != now[name]}
        if changed:
            await self._change(document, lambda: self.library.correct(document, **changed))

    async def _change(self, document: str, deed: Callable[[], object]) -> None:
        try:
            await asyncio.to_thread(deed)
        except PullquoteError as error:
            self.complain(error)
            return
        self.listing.update_entry(self.library.documents([document])[0])
        self.quotes_changed()
        self.say()
        self.tell("kept")

    def action_furniture(self) -> None:
        """Fold or unfold page furniture."""
        self.page_view.toggle_furniture()

    def action_original(self) -> None:
        """Open the document's address, else its file, with the system's program for it."""
        document = self.chosen()
        if document is not None:
            entry = self.library.documents([document])[0]
            self.open_address(entry.metadata.url or Path(entry.path).as_uri())

    def action_folder(self) -> None:
        """Open the folder the document's file lies in."""
        document = self.chosen()
        if document is not None:
            self.open_address(Path(self.library.documents([document])[0].path).parent.as_uri())

    def open_address(self, address: str) -> None:
        """Hand an address to the system, when it is one that cannot do harm."""
        from reader.tui.opening import open_address

        if not safe_target(address):
            self.tell(f"not opened, for it is no web, mail or file address: {address}")
        elif open_address(address):
            self.tell(f"opening {address}")
        else:
            from reader.tui.clipboard import copy

            copy(self.app, address)
            self.tell(f"there is no program here to open it; its address is copied: {address}")

    # -- help ---------------------------------------------------------------------------------------------------------------------

    def action_help(self, wanted: str = "") -> None:
        """All keys, or those about something."""
        from reader.tui.actions import all_keys
        from reader.tui.help import PairList

        self.app.push_screen(PairList("Keys", all_keys(self.keymap), wanted))

    async def action_quit(self) -> None:
        """Quit."""
        await self.app.action_quit()


def absolute(typed: str) -> str:
    """A path as somebody types it, with "~", made absolute."""
    return os.path.abspath(os.path.expanduser(typed))


def exists(path: str) -> bool:
    """Whether there is anything at that path."""
    return os.path.lexists(path)

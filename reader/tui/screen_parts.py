"""What the parts of the reading screen have in common: the library, the widgets, what is open, and the two bars."""

import asyncio
import contextlib
from collections.abc import Coroutine, Iterable, Mapping, Sequence
from dataclasses import replace

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.suggester import Suggester
from textual.timer import Timer

from reader.errors import PullquoteError
from reader.hall.catalogue import Catalogue
from reader.library import Library
from reader.model import Annotation, Entry, Hit, Page, Quotation, Span
from reader.text import one_line
from reader.tui.actions import ACTIONS, keys_of
from reader.tui.adding import Adding
from reader.tui.bars import KeyBar, SearchBar, Typed
from reader.tui.counting import Count
from reader.tui.layers import Layered
from reader.tui.listing import Listing
from reader.tui.note_panel import NotePanel
from reader.tui.page import PageView
from reader.tui.quote_rows import said_by
from reader.tui.rows import RowList
from reader.tui.wrap import clip

OPERATORS = [('"…"', "exact"), ("-word", "without"), ("in: from: to: by: tag: note: has:note", "narrow"), ("Ctrl+S", "save")]
"""What the line below says of the search bar's operators, as (what to type, what it does)."""
NOTE_OPERATORS = [("tag: in: by: from: to: is:changed is:lost colour: kind:", "narrow")]
"""Likewise while the list of notes is looked through."""
DIGITS = frozenset("0123456789")
SAVE_AFTER = 1.0
"""Seconds after the last movement until the reading position is stored."""
LATEST = 2**62
"""A change that has not been made yet: what is asked for after it is only which was the last."""


class ReadingParts(Layered, Screen[None]):
    """The screen without its actions. `view`: exactly these files and folders; none: the library."""

    suggester: Suggester | None = None
    """What completes a search; there once the bar is prepared."""

    def __init__(self, library: Library, view: Sequence[str] = ()) -> None:
        super().__init__()
        self.library = library
        self.view = list(view)
        self.page: Page | None = None
        self.adding = Adding(str(library.paths.folder), self)
        self.times = Count()
        self.keymap: Mapping[str, str] = {}
        """Keys of the user's own, by the id of the action."""
        self.finding_in: Span | None = None
        """The stretch of the page that is looked through: what was selected when finding began."""
        self.problems: list[tuple[str, str]] = []
        self.progress = ""
        self.asking = False
        """Whether a dialog is open or on its way: no other action runs until it has been answered."""
        self.changes_listed = 0
        """The last change of a document that the list shows."""
        self.others_listed = True
        """Whether the list has been brought up to what other windows and commands changed."""
        self._left: Timer | None = None
        self._place_read: tuple[str, int] | None = None
        self._headed = ""

    def start_dialog(self, conversation: Coroutine[None, None, None]) -> None:
        """Let a conversation with dialogs run beside the window; keys typed before the dialog is there do nothing."""

        async def whole() -> None:
            try:
                await conversation
            finally:
                self.asking = False

        self.asking = True
        self.run_worker(whole(), group="dialog")

    @property
    def writable(self) -> bool:
        """Whether anything can be remembered."""
        return not self.library.notes_store.read_only

    def complain(self, error: PullquoteError) -> None:
        """Say what did not work, in one line, over the page."""
        self.notify(one_line(str(error)), severity="error", timeout=8, markup=False)

    def tell(self, text: str) -> None:
        """Say quietly, in the line below, that something was done."""
        self._key_bar.flash(one_line(text))

    def heed(self, character: str | None = None) -> None:
        """A key or the mouse was pressed: what was told before it is old, and a number typed before it is its own."""
        if self.is_mounted:
            self._key_bar.age()
            self.times.key(digit=character is not None and character in DIGITS)
            self.call_next(self._say_count)

    def _say_count(self) -> None:
        self._key_bar.counted(self.times.pending)

    # -- the parts ----------------------------------------------------------------------------------------------------------------

    listing: Listing
    """What the list holds; made when the screen is mounted."""

    def compose(self) -> ComposeResult:
        """The parts. They are kept by name: what is still under way when the window closes finds them, though nobody sees them any more."""
        self.bar, self.rows, self.page_view = SearchBar(id="bar"), RowList(id="list"), PageView(id="page")
        self._panel, self._key_bar, self._parts = NotePanel(id="panel"), KeyBar(id="keys"), Horizontal(id="parts")
        yield self.bar
        with self._parts:
            yield self.rows
            with Vertical(id="right"):
                yield self.page_view
                yield self._panel
        yield self._key_bar

    @property
    def on_page(self) -> bool:
        """Whether the page has the keys; told at once, while `has_focus` waits for an event."""
        return self.focused is self.page_view

    def load_entries(self) -> None:
        """List the documents of the library, or of the view, as they are now."""
        # The number before the documents: what others change while these are read is listed at the next look.
        self.changes_listed, _ = self.library.notes_store.changed_since(LATEST)
        self.listing.set_entries(self.listed())

    def listed(self) -> Catalogue:
        """The documents of the library, or of the view."""
        if not self.view:
            return self.library.catalogue()
        return Catalogue.of(self.library.documents(self.library.viewed(self.view)), self.library.documents)

    def reload_notes(self) -> None:
        """Show notes and counts as the store has them now."""
        if self.page is not None:
            found = self.library.notes(document=self.page.id)
            self.page = replace(self.page, annotations=tuple(found))
            self.page_view.update_annotations(found)
        if self.listing.mode == "notes":
            self.list_notes()
        self.refresh_entry()
        self.say()

    def list_notes(self) -> None:
        """List the notes as they are now."""

    async def prepare_bar(self) -> None:
        """Put the field into the bar, if it is not there."""
        if not self.bar.ready:
            from reader.tui.completing import SearchSuggester

            self.suggester = SearchSuggester(self.known_tags, self.library.saved_searches, self.library.quoting.completions)
            await self.bar.prepare(self.suggester)

    def known_tags(self) -> Iterable[str]:
        """Tags of documents in the library."""
        return self.library.notes_store.document_tags()

    # -- opening ------------------------------------------------------------------------------------------------------------------

    def open_document(self, document: str, *, offset: int | None = None) -> bool:
        """Show a document where it was left, or at an offset. False when it cannot be shown; says why."""
        if self.page is not None and self.page.id == document:
            if offset is not None:
                self.page_view.scroll_to_offset(offset)
            return True
        try:
            page = self.library.read(document)
        except PullquoteError as error:
            self.page_view.show_message(f"{one_line(str(error))}\n\nr  look for its file again")
            self.page = None
            return False
        self.store_place()
        self.page = page
        self.page_view.show(page, page.position if offset is None else offset)
        self.say()
        return True

    def store_place(self) -> None:
        """Store the place that was read last, if that is still to be done."""
        if self._left is not None:
            self._left.stop()
        place, self._left, self._place_read = self._place_read, None, None
        if place is not None:
            self.remember_place(*place)

    def remember_place(self, document: str, position: int | None) -> None:
        """Store a reading position, if anything can be stored: losing one is no reason to stop reading."""
        if self.writable:
            with contextlib.suppress(PullquoteError):
                self.library.left_at(document, position)

    def refresh_entry(self) -> None:
        """Show the open document's line in the list as it is now."""
        if self.page is not None and self.page.id in self.listing.entries:
            self.listing.update_entry(self.library.documents([self.page.id])[0])

    def reload_page(self) -> None:
        """The document's text changed on disk: show the new one at about the same place."""
        if self.page is None:
            return
        position, version = self.page_view.position, self.page.version
        try:
            page = self.library.read(self.page.id)
        except PullquoteError:
            return
        if page.version.text != version.text:
            self.page = page
            self.page_view.show(page, min(position, len(page.text)))

    def preview(self) -> None:
        """Show what the cursor of the list is on, without leaving the list."""
        if self.has_class("narrow"):
            return
        if self.listing.mode == "hits":
            self.show_hit(self.listing.hit)
        elif self.listing.mode == "notes":
            self.show_note(self.listing.note)
        elif self.listing.mode == "quotes":
            self.show_quotation(self.listing.quotation)
        elif self.listing.mode not in ("speakers", "tags") and self.listing.document is not None:
            self.open_document(self.listing.document)
        self.say()

    def show_hit(self, hit: Hit | None) -> bool:
        """Show a hit's sentence with its words marked."""
        if hit is None or not self.open_document(hit.document):
            return False
        self.page_view.clear_marks()
        self.page_view.show_hit((hit.start, hit.end), hit.matches)
        return True

    def show_quotation(self, said: Quotation | None) -> bool:
        """Show a quotation in its place, with the words that name who speaks."""
        if said is None or not self.open_document(said.document):
            return False
        if self.page_view.show_quote(said.quote.start) is None:
            self.page_view.show_hit((said.quote.start, said.quote.end))
        return True

    def show_note(self, note: Annotation | None) -> bool:
        """Show the words a note is on; of one without a place, its document."""
        if note is None or not self.open_document(note.document):
            return False
        self.page_view.clear_marks()
        if note.start is not None and note.end is not None:
            self.page_view.show_hit((note.start, note.end))
        elif note.lost:
            self.tell(
                "its words stand in several places: P chooses one" if note.state == "ambiguous" else "its words are gone: P offers places"
            )
            return False
        return True

    def read(self) -> None:
        """Give the page the keys, and remember that its document was opened."""
        if self.page is None:
            return
        self.add_class("reading")
        self.set_focus(self.page_view)
        self.remember_place(self.page.id, None)
        self.refresh_entry()
        self.say()

    def save_soon(self) -> None:
        """Store the reading position once a moment has passed. What a list only shows is not read: its document stays where it was left."""
        if self.page is None or not (self.on_page or self.listing.mode == "documents"):
            return
        self._place_read = (self.page.id, self.page_view.position)
        if self._left is None:
            self._left = self.set_timer(SAVE_AFTER, self._save_beside)

    async def _save_beside(self) -> None:
        place, self._left, self._place_read = self._place_read, None, None
        if place is not None and self.writable:
            try:
                await asyncio.to_thread(self.library.left_at, *place)
            except PullquoteError as error:
                self.complain(error)

    # -- what the bars say --------------------------------------------------------------------------------------------------------

    @property
    def context(self) -> set[str]:
        """The parts of the screen that matter for the keys in the bar below."""
        if isinstance(self.focused, Typed):
            return {"typing"}
        found = {"page", *({"selection"} if self.page_view.selection else ())} if self.on_page else {self.listing.mode}
        if "page" in found and self.page_view.quote is not None:
            found.add("quotation")
        if "page" in found and self.page_view.caret is not None:
            found.add("caret")
        if "selection" in found:
            found -= {"page", "quotation", "caret"}
        elif "caret" in found:
            found -= {"page", "quotation"}
        elif "quotation" in found:
            found.discard("page")
        said = self.listing.quotation
        folded = said is not None and bool(said.copies or said.wordings > 1)
        lost = self.listing.note is not None and self.listing.note.state not in ("anchored", "moved")
        flags = {
            "folded": folded and "quotes" in found,
            "view": self.view,
            "adding": self.adding.running,
            "problems": self.problems,
            "lost": lost and "notes" in found,
        }
        if self.picked:
            found = (found - {"notes"}) | {"picked"} if "notes" in found else found
        return found | {name for name, on in flags.items() if on}

    @property
    def picked(self) -> bool:
        """Whether several things in the list are picked."""
        return False

    def say(self) -> None:
        """Bring both bars up to date."""
        if not self.is_mounted:
            return
        context = self.context
        if "typing" in context:
            keys = {
                "search": [("Enter", "go there"), ("↓ ↑", "choose"), *OPERATORS, ("Esc", "back")],
                "filter": [("Enter", "to the list"), *(NOTE_OPERATORS if self.listing.mode == "notes" else ()), ("Esc", "show all")],
                "find": [("Enter", "first place"), ("Esc", "end")],
                "command": [("Enter", "do it"), ("Tab", "complete"), ("↑ ↓", "earlier ones"), ("Esc", "give up")],
            }[self.bar.use]
        else:
            keys = self.hints(context)
        self._show_panel()
        self._key_bar.show(keys, *self._place(), firm="quotation" in context)
        heading = self.heading if not (self.has_class("narrow") and self.has_class("reading")) else ""
        if heading != self._headed:  # every setting paints the whole of the screen
            self._headed = heading
            self._parts.border_title = Text(f" {heading} ") if heading else None
        if self.bar.use != "find" or self.bar.has_class("closed"):
            self.bar.say(self.progress or self.listing.summary)

    def hints(self, context: set[str]) -> list[tuple[str, str]]:
        """Keys worth a hint and what they do, for the parts of the screen that matter now."""
        told = [(keys_of(action, self.keymap), action.hint) for action in ACTIONS if action.hint and context & set(action.where.split())]
        return [(keys[0], hint) for keys, hint in told if keys]

    def _show_panel(self) -> None:
        """The whole of the note that is meant, below the page."""
        note = self.note_here() if self.on_page or self.listing.mode in ("notes", "documents") else None
        now = self.library.words_now(note) if note is not None and note.state == "changed" else None
        meaning = self.library.colours().get(note.colour or "", "") if note is not None and note.colour else ""
        panel = self._panel
        shown = panel.has_class("shown")
        panel.tell(note, now, meaning)
        if panel.has_class("shown") and not shown and note is not None and note.start is not None and note.end is not None:
            self.call_after_refresh(self.page_view.reveal, (note.start, note.end))  # the panel must not lie over the words

    def note_here(self) -> Annotation | None:
        """The note that is meant."""
        return None

    def _place(self) -> tuple[str, str]:
        """What the page's cursor is on: a note's text or who is quoted, else the document's title; and how sure, or how far it has been read."""
        if self.page is None or (self.has_class("narrow") and not self.has_class("reading")):
            return "", ""
        read = f"  {self.page_view.progress}%"
        quote = self.page_view.quote if self.on_page and self.page_view.selection is None else None
        if quote is not None:
            who, sure = said_by(quote)
            return who, f" · {sure}" if sure else ""
        entry: Entry = self.listing.entries.get(self.page.id, self.page.entry)
        return clip(one_line(entry.display_title), max(12, self.size.width // 4)), read

    @property
    def heading(self) -> str:
        """What stands over the list; nothing over documents."""
        return ""

    def filter_text(self) -> str:
        """What the list was narrowed to."""
        return self.listing.filter

    def narrow(self, typed: str) -> None:
        """List only what holds every word typed."""
        self.listing.narrow(typed)

    def quotes_changed(self) -> None:
        """Called when quotations or their speakers are others than before."""

    def entries_changed(self) -> None:
        """Called when other documents are listed than before."""

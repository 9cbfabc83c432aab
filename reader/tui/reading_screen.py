"""The one screen: a list at the left, the page at the right, a bar above and one below. It answers messages with Library calls."""

import asyncio
import contextlib
import gc
import json
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.message import Message

from reader.errors import PullquoteError
from reader.tui.actions import ACTIONS, LIST, PAGE, SCREEN, keys_of
from reader.tui.bars import KeyBar, SearchBar, Typed
from reader.tui.keys import bindings
from reader.tui.listing import Listing
from reader.tui.page import PageView
from reader.tui.rows import RowList
from reader.tui.sources import SORTS
from reader.tui.tour_actions import TourActions

SETTLE_AFTER = 0.05
"""Seconds after the first frame until everything begins that the reader need not wait for."""
LOOK_EVERY = 0.5
"""Seconds between two looks for what other windows wrote: theirs is seen within one, and a look takes 20 microseconds."""
NARROW = 100
"""Columns below which one part is shown at a time: the page would be narrower than its measure."""


class ReadingScreen(TourActions, whole=True):
    """See the module. `view`: exactly these files and folders; none: the library."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(SCREEN),
        Binding("down", "choose(1)", "Next hit while typing", show=False, id="screen.choose-next"),
        Binding("up", "choose(-1)", "Previous hit while typing", show=False, id="screen.choose-previous"),
    ]

    class Ready(Message):
        """Everything is there: the screen takes keys."""

    look_at_start = True
    """Whether to look for changes on disk after the first frame."""

    def on_mount(self) -> None:
        """Show what was shown when the window was last closed."""
        self.listing = Listing(self.rows, self.library.notes_store.opened)
        self.rows.times = self.page_view.times = self.times
        self.page_view.fold_furniture = True
        if self.view:
            self.listing.empty = "Reading …"
        state = self.state()
        if self.keymap:
            self.app.set_keymap(dict(self.keymap))
        self.look_as(state)
        self.listing.order = str(state["sort"]) if state.get("sort") in SORTS else "title"
        self._seen = self.library.notes_store.changes()
        self.load_entries()
        self.set_class(self.app.size.width < NARROW, "narrow")
        self.set_focus(self.rows)
        wanted = state.get("document") if not self.view else None
        chosen = self.listing.entries.get(str(wanted or "")) or self.listing.entries.get(self.listing.document or "")
        glimpsed = self.glimpse()
        if chosen is not None:
            self.listing.set_cursor(chosen.id)
            if self.open_document(chosen.id) and self.one_file:
                self.read()
        elif not glimpsed:
            self.page_view.show_message("")
        self.say()
        self.say_problems()
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """After the first frame: take keys, and leave the rest until that frame has reached the terminal."""
        self.post_message(self.Ready())
        self.set_timer(SETTLE_AFTER, self._settle)

    async def _settle(self) -> None:
        """The search as it was left, what changed on disk, and other windows' notes."""
        await self.prepare_bar()
        query = self.state().get("query") if not self.view else None
        if query and self.listing.mode == "documents" and self.bar.has_class("closed"):
            self.bar.open("search", str(query))
            self.set_focus(self.rows)
            self.ask(str(query))
        self.run_worker(self._prepare(), group="listing", exit_on_error=False)
        self.set_interval(LOOK_EVERY, self._look_for_others)
        if not self.look_at_start:
            return
        if self.view:
            self.start_adding(self.view, keep=False)
        elif self.listing.entries or self.library.notes_store.folders():
            self.index_lost = await asyncio.to_thread(self.library.stale)
            self.start_adding((), keep=True)
        else:
            self.open_samples()
        if self.touring:
            self.show_first()
            self.action_tour()

    async def _prepare(self) -> None:
        """What the first letters of a filter or a search would have to wait for. What cannot be read now is read when it is asked for."""
        try:
            with contextlib.suppress(PullquoteError):
                await asyncio.to_thread(self.listing.entries.prepare)
        finally:
            gc.freeze()  # what the start made stays; the door had put the collector off until now
            gc.enable()

    def save_state(self) -> None:
        """Store reading position, document, order and search. Called once a second at most, and at the end."""
        if not self.writable:
            return
        self.store_place()
        if not self.view:
            query = self.bar.text if self.listing.mode == "hits" else None
            document = self.page.id if self.page else None
            state = {"sort": self.listing.order, "document": document, "query": query, **self.look()}
            if state != self.state():
                self.library.notes_store.remember_setting("window", json.dumps(state))

    def _look_for_others(self) -> None:
        changes = self.library.notes_store.changes()
        if changes != self._seen:
            self._seen, self.others_listed = changes, False
            self.reload_notes()
            self.quotes_changed()
        if not self.others_listed and not self.adding.running:
            self.others_listed = True
            self.run_worker(self.list_anew(), group="merging", exit_on_error=False)

    # -- what the widgets say -----------------------------------------------------------------------------------------------------

    @on(RowList.Highlighted)
    def _highlighted(self) -> None:
        self.preview()
        self.say()

    @on(RowList.Activated)
    def _activated(self) -> None:
        self.action_go()

    @on(PageView.PositionChanged)
    def _moved(self) -> None:
        self.moved()
        self.save_soon()
        self.say()

    @on(PageView.SelectionChanged)
    def _selected(self) -> None:
        self.say()

    @on(PageView.LinkClicked)
    def _link(self, event: PageView.LinkClicked) -> None:
        self.follow_clicked(event.target)

    @on(KeyBar.Pressed)
    async def _hint_clicked(self, event: KeyBar.Pressed) -> None:
        typing, here = isinstance(self.focused, Typed), (PAGE, SCREEN) if self.on_page else (LIST, SCREEN)
        if typing and event.key == "Enter":
            await self.bar.field.action_submit()
        elif typing and event.key == "Esc":
            self.action_back()
        elif not typing:
            meant = [one for part in here for one in ACTIONS if one.part == part and one.hint and event.key in keys_of(one, self.keymap)]
            await self.act(meant[0])

    @on(SearchBar.Clicked)
    async def _bar_clicked(self) -> None:
        await self.action_search()

    def on_resize(self, event: events.Resize) -> None:
        """One part at a time on a narrow terminal."""
        self.set_class(event.size.width < NARROW, "narrow")
        self.call_after_refresh(self.listing.resize)

    def on_descendant_focus(self) -> None:
        """Other keys matter now."""
        if self.on_page:
            self.add_class("reading")
        elif self.rows.has_focus:
            self.remove_class("reading", "focus")
            self.call_after_refresh(self.listing.resize)
        self.say()

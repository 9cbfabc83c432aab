"""Searching, filtering, finding, and moving between the list and the page."""

from textual import on
from textual.timer import Timer

from reader.errors import PullquoteError
from reader.model import Answer
from reader.tui.actions import ACTIONS, SCREEN
from reader.tui.bars import SearchBar, Typed
from reader.tui.link_actions import LinkActions
from reader.tui.page import PageView

HITS = 30
"""Hits listed while typing."""
REST = 0.35
"""Seconds without a key after which typing rests."""
NAMES = frozenset(action.deed for action in ACTIONS if action.part == SCREEN)


class SearchActions(LinkActions):
    """What `/`, Enter, Esc, n and N do."""

    _asked = 0
    _rest: Timer | None = None
    _searching = False
    _next: tuple[int, str, bool] | None = None
    _going = ""
    """The query whose first hit is to be opened when its answer comes: Enter was pressed before it did."""

    @property
    def on_its_way(self) -> bool:
        """Whether Enter was pressed and the hit it is to open is still being looked for, or a dialog has not come or gone yet."""
        return self.asking or bool(self._going and self._searching)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that are looked at before the widget's own are letters while somebody types; none runs while a dialog is on its way."""
        if action in ("search", "find", "command") and isinstance(self.focused, Typed):
            return False
        return False if self.asking and action in NAMES else super().check_action(action, parameters)

    def entries_changed(self) -> None:
        """What is searched has changed: ask again."""
        if self.bar.use == "search" and self.bar.text.strip():
            self.ask(self.bar.text)

    # -- searching ----------------------------------------------------------------------------------------------------------------

    def ask(self, query: str, *, hurried: bool = True) -> None:
        """Search in a thread; only the answer to the latest question is shown. Once no more keys come, the search is made thoroughly.

        One search at a time: a question that comes meanwhile waits, and replaces the one that waited before it.
        """
        self._asked += 1
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(REST, lambda: self._ask_again(query)) if hurried else None
        self._next = (self._asked, query, hurried)
        if not self._searching:
            self._search()

    def _search(self) -> None:
        """Begin the search that waits."""
        waiting, self._next = self._next, None
        self._searching = waiting is not None
        if waiting is None:
            return
        number, query, hurried = waiting
        among = self.listing.entries

        def search() -> None:
            answer: Answer | None = None
            failed: PullquoteError | None = None
            try:
                answer = self.library.answer(query, HITS, unfinished=True, hurried=hurried, among=among)
            except PullquoteError as error:
                failed = error
            finally:  # whatever happened, the next question must get its turn
                if self.is_running:
                    self.app.call_from_thread(self._answer, number, query, answer or Answer(()), failed)

        self.run_worker(search, thread=True, group="search", exit_on_error=False)

    def _ask_again(self, query: str) -> None:
        """Typing rests: show the best hit on the page and look further for a better one, unless the reader has begun to choose."""
        if self.listing.answers(query) and not self._chosen(query):
            self.preview()
            self.ask(query, hurried=False)

    def _chosen(self, query: str) -> bool:
        """Whether the reader has gone on from the first hit of this query: what comes late changes neither the page nor the cursor's hit."""
        return self.listing.answers(query) and (self.rows.cursor > 0 or not isinstance(self.focused, Typed))

    def _answer(self, number: int, query: str, answer: Answer, failed: PullquoteError | None) -> None:
        self._search()
        if number != self._asked or not self.bar.text.strip() or self.bar.use != "search":
            return
        if failed is not None:
            self._going = ""
            self.complain(failed)
        if self.listing.answers(query, answer):
            return
        if self._chosen(query):
            if self.listing.renew_answer(answer):
                self.say()
            return
        resting = self._rest is None
        self.listing.show_answer(query, answer)
        if resting:
            self.preview()
        self.say()
        if answer.remarks:
            self.tell("; ".join(answer.remarks))
        if self._going == query:
            self._going = ""
            self.action_go()

    @on(SearchBar.Changed)
    def _typed(self, event: SearchBar.Changed) -> None:
        if event.use == "command":
            return
        if event.use == "find":
            self.page_view.find(event.text, self.finding_in)
            self._say_found()
        elif event.use == "filter":
            self.narrow(event.text)
            self.say()
        elif event.text.strip():
            self.ask(event.text)
        else:
            self._asked += 1
            self._show_start()
            self.say()

    def _show_start(self) -> None:
        """What is listed while nothing has been typed: the saved searches, else the documents."""
        saved = self.library.saved_searches()
        if saved:
            self.listing.show_saved(saved)
        else:
            self.listing.show("documents")

    @on(SearchBar.Submitted)
    def _submitted(self, event: SearchBar.Submitted) -> None:
        if event.use == "command":
            return
        if event.use == "find":
            self.set_focus(self.page_view)
            self.page_view.find_next(1)
            self.say()
            self._say_found()
        elif self.listing.mode == "saved":
            self._run_saved()
        elif event.use == "filter" or not event.text.strip():
            self.set_focus(self.rows)
            self.preview()
        elif self.listing.answers(event.text):
            self.action_go()
        else:
            self._going = event.text

    @on(PageView.FindChanged)
    def _found_more(self) -> None:
        self._say_found()

    def _say_found(self) -> None:
        at, count = self.page_view.found
        places = f"{count} place{'' if count == 1 else 's'}"
        self.bar.say((f"{at} of {places}" if at else places) if self.bar.text else "")

    # -- actions: moving ----------------------------------------------------------------------------------------------------------

    async def action_search(self) -> None:
        """Search everything."""
        await self.prepare_bar()  # keys typed ahead wait until the field is there
        self.remove_class("reading", "focus")
        self.bar.open("search")
        if not self.bar.text.strip():
            self._show_start()
        self.say()

    def action_save_search(self) -> None:
        """Save what stands in the bar, or forget it."""
        query = self.bar.text.strip()
        if query and self.bar.use == "search" and not self.bar.has_class("closed"):
            keep = query not in self.library.saved_searches()
            try:
                self.library.save_search(query, keep=keep)
            except PullquoteError as error:
                self.complain(error)
                return
            self.tell("search saved; / shows the saved ones" if keep else "no longer saved")

    def action_unfold(self) -> None:
        """Show or hide copies and other wordings."""
        if self.listing.mode == "quotes":
            self.unfold_quotation()
        elif self.listing.unfold():
            self.say()

    def _run_saved(self) -> None:
        query = self.listing.saved
        if query is not None:
            self.bar.open("search", query)
            self.ask(query)
            self.say()

    def action_choose(self, step: int) -> None:
        """Move the list's cursor while typing goes on."""
        if isinstance(self.focused, Typed) and self.bar.use != "find":
            self.rows.action_rows(step)

    def action_go(self) -> None:
        """Open what the cursor is on."""
        shown = False
        if self.listing.mode == "hits":
            shown = self.show_hit(self.listing.hit)
        elif self.listing.mode == "notes":
            shown = self.show_note(self.listing.note)
        elif self.listing.mode == "quotes":
            shown = self.show_quotation(self.listing.quotation)
        elif self.listing.mode == "speakers":
            if self.listing.speaker is not None:
                self.open_speaker(self.listing.speaker)
        elif self.listing.mode == "saved":
            self._run_saved()
        elif self.listing.mode == "tags":
            self.open_tag()
        elif self.listing.document is not None:
            shown = self.open_document(self.listing.document)
        elif not self.listing.entries:
            self.open_samples()
        if shown:
            self.read()

    def action_back(self) -> None:
        """Ends finding; from the page to the list; from a speaker to all of them; from hits, notes, quotations or a filter to the documents."""
        self._going = ""
        if self.bar.use == "find" and not self.bar.has_class("closed"):
            self.page_view.clear_marks()
            self._end_find()
            self.set_focus(self.page_view)
        elif self.on_page:
            self.page_view.clear_marks()
            self.remove_class("reading")
            self.set_focus(self.rows)
        elif self.unpick():
            pass
        elif self.listing.mode == "notes" and self.filter_text():
            self.bar.close()
            self.narrow("")
            self.set_focus(self.rows)
        elif not self.back_in_quotes():
            self._asked += 1
            self.bar.close()
            if self.listing.filter:
                self.listing.narrow("")
            self.listing.show("documents")
            self.set_focus(self.rows)
        self.say()

    def _end_find(self) -> None:
        """Give the bar back to the search whose hits are listed, if there is one."""
        if self.listing.mode == "hits" and self.listing.hits:
            self.bar.open("search", self.listing.query)
        else:
            self.bar.close()

    def action_next(self) -> None:
        """See `_step`."""
        self._step(1)

    def action_previous(self) -> None:
        """See `_step`."""
        self._step(-1)

    def _step(self, step: int) -> None:
        """The next place found on the page, else the next hit, else the next note on the page; with a count, so many on."""
        self.jumping()
        for _ in range(min(self.times.take(), 1000) - 1):
            self._one_step(step)
        self._one_step(step)

    def _one_step(self, step: int) -> None:
        if self.on_page and self.bar.use == "find" and not self.bar.has_class("closed"):
            self.page_view.find_next(step)
            self.say()
            self._say_found()
            return
        if self.listing.mode == "hits":
            self.rows.action_rows(step)
            self.show_hit(self.listing.hit)
        elif self.listing.mode == "notes":
            self.rows.action_rows(step)
            self.show_note(self.listing.note)
        elif self.listing.mode == "quotes":
            self.rows.action_rows(step)
            self.show_quotation(self.listing.quotation)
        else:
            self.page_view.next_mark(step)
        self.say()

    def action_switch(self) -> None:
        """To the other part."""
        if self.on_page:
            self.remove_class("reading")
            self.set_focus(self.rows)
        elif self.page is not None:
            self.read()

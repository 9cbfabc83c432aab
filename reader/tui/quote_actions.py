"""Who said what: all quotations, everybody who is quoted, the quotations of the page, and what the user knows better.

What looks at all quotations of the library runs in a thread; only the latest answer is shown.
"""

import asyncio
from collections.abc import Sequence
from functools import partial

from textual import on

from reader.errors import PullquoteError
from reader.library import Library
from reader.model import Quotation, Quote, Speaker
from reader.text import one_line
from reader.tui.mark_actions import MarkActions
from reader.tui.page import PageView
from reader.tui.quote_rows import (
    ORDERS,
    SPEAKER_ORDERS,
    QuotationRows,
    Said,
    SpeakerRows,
    arranged,
    count,
    haystacks,
    holding,
    numbered,
    sorted_speakers,
)
from reader.values import dataclass

WAIT = "Looking for quotations …"
REST = 0.15
"""Seconds after which the cursor rests on a speaker."""


@dataclass
class _Asked:
    """What is listed of quotations, or was asked for last: whose (None: everybody's), how, and what the library answered."""

    by: Speaker | None = None
    order: str = "newest"
    typed: str = ""
    found: Sequence[Said] = ()
    hay: Sequence[str] | None = None
    stale: bool = True
    """Whether the library must be asked (again)."""


class QuoteActions(MarkActions):
    """What ", @, . and , do, and s, f and + in the lists of quotations and speakers."""

    _number = 0
    """How often rows were asked for: only those asked for last are shown."""
    _speaker_order = "most"
    _speakers: Sequence[Speaker] = ()
    _speaker_typed = ""

    def __init__(self, library: Library, view: Sequence[str] = ()) -> None:
        super().__init__(library, view)
        self._said = self._everything = _Asked()
        self._turn = asyncio.Lock()
        self._unfolded: set[int] = set()

    # -- listing quotations -------------------------------------------------------------------------------------------------------

    def action_quotes(self) -> None:
        """All quotations, in the order they were last looked at in."""
        self._open_quotes(None)

    def open_speaker(self, speaker: Speaker) -> None:
        """A speaker's page: what they said over the years."""
        self._open_quotes(speaker)

    def _open_quotes(self, by: Speaker | None) -> None:
        self._said, self._unfolded = self._everything if by is None else _Asked(by), set()
        self._said.typed = ""
        self._to_the_list("quotes")
        self.list_quotes()

    def _to_the_list(self, mode: str) -> None:
        self.bar.close()
        self.remove_class("reading")
        self.listing.wait(mode, WAIT)
        self.set_focus(self.rows)
        self.say()

    def list_quotes(self) -> None:
        """List the quotations asked for; the library is asked for them when it was not yet, or when they have changed."""
        self._number += 1
        at = self.listing.quotation if self.rows.cursor else None  # who is at the top wants to see the top
        self.run_worker(self._list_quotes(self._number, at), group="quotes")

    async def _list_quotes(self, number: int, at: Quotation | None) -> None:
        async with self._turn:  # what waited and is no longer the latest costs nothing
            asked, opened = self._said, frozenset(self._unfolded)
            if number != self._number:
                return
            if asked.stale:
                among, fold = self.listing.entries, asked.by is not None
                try:
                    found = await asyncio.to_thread(lambda: numbered(self.library.quotes(asked.by, among, order="time", fold=fold)))
                except PullquoteError as error:
                    self.complain(error)
                    found = []
                asked.found, asked.hay, asked.stale = found, None, False
            rows, cursor = await asyncio.to_thread(_rows, asked, opened, self.listing.width, at)
        if number == self._number and self.listing.mode == "quotes":
            self.listing.show_quotations(rows, cursor, self._told_of_quotes(rows), asked.typed)
            self.preview()
            self.say()

    def _told_of_quotes(self, rows: QuotationRows) -> str:
        asked = self._said
        shown = sum(folded == "" for _, _, folded in rows.rows)
        total = count(len(asked.found), "quotation")
        return f"{shown} of {total}" if asked.typed else f"{total} · {ORDERS[asked.order]}"

    def unfold_quotation(self) -> None:
        """Show or hide the copies and other wordings of the quotation at the cursor."""
        said, at = self.listing.quotation, self.rows.cursor
        if said is not None and (said.copies or said.wordings > 1):
            self._unfolded ^= {self.listing.quotations.rows[at][0]}
            self.list_quotes()

    # -- listing speakers ---------------------------------------------------------------------------------------------------------

    def action_speakers(self) -> None:
        """Everybody quoted, with the cursor on the one who speaks the quotation at hand."""
        name = self.name_here()
        self._speaker_typed = ""
        self._to_the_list("speakers")
        self.list_speakers(name)

    def list_speakers(self, at: str | None = None, *, anew: bool = False) -> None:
        """List those who are quoted, with the cursor on the one of that name; `anew` when people may be others than those listed."""
        self._number += 1
        self.run_worker(self._list_speakers(self._number, at, anew=anew), group="quotes")

    async def _list_speakers(self, number: int, at: str | None, *, anew: bool) -> None:
        among, order, typed = self.listing.entries, self._speaker_order, self._speaker_typed
        try:
            self._speakers = await asyncio.to_thread(self.library.speakers, among)
        except PullquoteError as error:
            self.complain(error)
        rows = SpeakerRows(await asyncio.to_thread(sorted_speakers, self._speakers, order, typed))
        if number == self._number and self.listing.mode == "speakers":
            total = count(len(self._speakers), "speaker")
            told = f"{len(rows)} of {total}" if typed else f"{total} · {SPEAKER_ORDERS[order]}"
            meant = self.listing.speaker  # the cursor may have moved since
            place = rows.place_of(meant or at)
            self.listing.show_speakers(rows, place or 0, told, typed)
            self.preview()
            self.say()
            if meant is not None and place is None and (anew or not typed):
                self.tell(f"{meant.name} is no longer listed")

    def preview(self) -> None:
        """Show what the cursor of the list is on; of a speaker the latest words, once the cursor rests."""
        if self.listing.mode == "speakers" and not self.has_class("narrow"):
            work = partial(self._preview_speaker, self.listing.speaker)
            self.run_worker(work, group="preview", exclusive=True)  # type: ignore[arg-type]  # textual means this too
        else:
            super().preview()

    async def _preview_speaker(self, speaker: Speaker | None) -> None:
        await asyncio.sleep(REST)
        if speaker is None:
            return
        try:
            found = await asyncio.to_thread(lambda: self.library.quotes(speaker, self.listing.entries, order="time"))
        except PullquoteError:
            return
        if found and self.listing.speaker == speaker and self.rows.has_focus:
            self.show_quotation(max(found, key=lambda said: said.date or ""))
            self.say()

    # -- both lists ---------------------------------------------------------------------------------------------------------------

    def action_sort(self) -> None:
        """The next order."""
        if self.listing.mode == "quotes":
            orders = list(ORDERS) if self._said.by is None else [order for order in ORDERS if order != "speaker"]
            self._said.order = orders[(orders.index(self._said.order) + 1) % len(orders)]
            self._unfolded = set()
            self.list_quotes()
        elif self.listing.mode == "speakers":
            orders = list(SPEAKER_ORDERS)
            self._speaker_order = orders[(orders.index(self._speaker_order) + 1) % len(orders)]
            self.list_speakers(self.name_here())
        else:
            super().action_sort()

    def filter_text(self) -> str:
        """What the list was narrowed to."""
        of = {"quotes": self._said.typed, "speakers": self._speaker_typed}
        return of.get(self.listing.mode, super().filter_text())

    def narrow(self, typed: str) -> None:
        """List only what holds every word typed."""
        if self.listing.mode == "quotes":
            self._said.typed, self._unfolded = typed, set()
            self.list_quotes()
        elif self.listing.mode == "speakers":
            self._speaker_typed = typed
            self.list_speakers(self.name_here())
        else:
            super().narrow(typed)

    def back_in_quotes(self) -> bool:
        """One step back within the lists of quotations and speakers; False when there is none."""
        if self.listing.mode in ("quotes", "speakers") and self.filter_text():
            self.bar.close()
            self.narrow("")
        elif self.listing.mode == "quotes" and self._said.by is not None:
            name = self._said.by.name
            self._to_the_list("speakers")
            self.list_speakers(name)
        else:
            return False
        self.set_focus(self.rows)
        return True

    @property
    def heading(self) -> str:
        """What stands over the list of quotations and speakers."""
        if self.listing.mode == "speakers":
            return "Who is quoted"
        if self.listing.mode != "quotes":
            return super().heading
        by = self._said.by
        if by is None:
            return "Quotations"
        others = [name for name in by.names if name != by.name]
        parts = [by.name + (f", {by.role}" if by.role else ""), f"also: {', '.join(others)}" if others else ""]
        return one_line(" · ".join(part for part in parts if part))

    # -- on the page --------------------------------------------------------------------------------------------------------------

    def action_next_quote(self) -> None:
        """The next quotation on the page."""
        self._step_quote(1)

    def action_previous_quote(self) -> None:
        """The previous quotation on the page."""
        self._step_quote(-1)

    def _step_quote(self, step: int) -> None:
        if self.page is None or (self.has_class("narrow") and not self.on_page):
            self.tell("Enter opens it; there . and , go from quotation to quotation")
            return
        quote = self.page_view.next_quote(step)
        if quote is None:
            self.tell("no quotation further down" if step > 0 else "no quotation further up")
        elif not self.on_page:
            self.read()
        self.say()

    @on(PageView.QuoteChanged)
    def _quote_changed(self) -> None:
        self.say()

    def quotes_changed(self) -> None:
        """Somebody said who spoke, or documents changed: show the page and the lists as they are now."""
        # the method, not a coroutine: one that is cancelled before it began would be complained of
        self.run_worker(self._show_quotes_anew, group="quotes-anew", exclusive=True)  # type: ignore[arg-type]  # textual means this too

    async def _show_quotes_anew(self) -> None:
        self._everything.stale = self._said.stale = True
        page = self.page
        if page is not None:
            try:
                quotes = await asyncio.to_thread(self.library.quoting.on_page, page.id)
            except PullquoteError:
                return
            if self.page is not None and self.page.id == page.id and self.page.version == page.version:
                self.page_view.update_quotes(quotes)
                self.say()
        if self.listing.mode == "quotes":
            by = self._said.by
            if by is not None:
                everybody = await asyncio.to_thread(self.library.speakers, self.listing.entries)
                self._said.by = named(everybody, by.name) or by
            self.list_quotes()
        elif self.listing.mode == "speakers":
            self.list_speakers(self.name_here(), anew=True)

    # -- what is meant ------------------------------------------------------------------------------------------------------------

    def quote_here(self) -> tuple[str, Quote, str] | None:
        """The quotation at the cursor of the page or of the list: its document, itself, its words."""
        if self.on_page and self.page is not None:
            quote = self.page_view.quote
            return (self.page.id, quote, self.page.text[quote.start : quote.end]) if quote is not None else None
        said = self.listing.quotation
        return (said.document, said.quote, said.text) if said is not None else None

    def name_here(self) -> str | None:
        """The name of the speaker at the cursor, or of the quotation there."""
        if not self.on_page and self.listing.speaker is not None:
            return self.listing.speaker.name
        here = self.quote_here()
        if here is None and self.listing.mode == "quotes" and self._said.by is not None:
            return self._said.by.name
        return here[1].speaker if here is not None else None


def _rows(asked: _Asked, opened: frozenset[int], width: int, at: Quotation | None) -> tuple[QuotationRows, int]:
    """The rows asked for, and which of them is the quotation `at`. May take long."""
    only = None
    if asked.typed.strip():
        asked.hay = asked.hay if asked.hay is not None else haystacks(said for _, said, _ in asked.found)
        only = holding(asked.hay, asked.typed)
    rows = QuotationRows(arranged(asked.found, asked.order, opened, only), width, asked.by)
    return rows, rows.place_of(at.document, at.quote.start) if at is not None else 0


def named(speakers: Sequence[Speaker], name: str) -> Speaker | None:
    """The speaker called so, else the one who is also called so."""
    exact = (speaker for speaker in speakers if speaker.name == name)
    return next(exact, next((speaker for speaker in speakers if name in speaker.names), None))

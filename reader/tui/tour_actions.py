"""The tour, beside everything else the screen does: it says what to try next, and notices when it was done."""

from typing import TYPE_CHECKING

from reader.tui.command_actions import CommandActions

if TYPE_CHECKING:
    from reader.tui.tour import Seen


class TourActions(CommandActions):
    """What Ctrl+N does, and `pullquote tour`."""

    touring = False
    """Whether the tour begins with the window."""
    tour_step = -1
    """The step that is shown, from 0; -1: none."""
    _notes_before = 0
    _clipboard_before = ""

    def action_tour(self) -> None:
        """Begin the tour; during it, the next step."""
        if self.tour_step < 0:
            self._notes_before = len(self.library.notes())
            self._clipboard_before = self.app.clipboard
        self._go_step(self.tour_step + 1)

    def first_choice(self) -> str:
        """The tour and the samples begin at the document in which most is quoted."""
        if not (self.touring or self.samples):
            return super().first_choice()
        return max(self.listing.entries, key=lambda document: len(self.library.read(document).quotes), default="")

    def _go_step(self, number: int) -> None:
        from reader.tui.tour import STEPS

        if not self.is_mounted:
            return
        if number >= len(STEPS):
            self.query("TourLine").remove()
            self.tour_step = -1
            return
        self.tour_step = number
        text = f"Tour {number + 1} of {len(STEPS)}   {STEPS[number].text}" + (
            "" if number else "   (Ctrl+N next step, Esc in the list ends it)"
        )
        from reader.tui.tour_line import TourLine

        if self.query(TourLine):
            self.query_one(TourLine).say(text)
        else:
            self.mount(TourLine(text), before="#keys")

    def action_back(self) -> None:
        """In the list of documents, where there is nothing to go back to, the end of the tour; else see `CommandActions`."""
        at_home = self.listing.mode == "documents" and not self.on_page and self.bar.has_class("closed") and not self.listing.filter
        if self.tour_step >= 0 and at_home:
            self.query("TourLine").remove()
            self.tour_step = -1
        else:
            super().action_back()

    def say(self) -> None:
        """Bring the bars up to date; a step that has been done is followed by the next."""
        super().say()
        self._notice()

    def tell(self, text: str) -> None:
        """Say that something was done: it may have been the step."""
        super().tell(text)
        self._notice()

    def _notice(self) -> None:
        if self.tour_step >= 0 and self.is_mounted:
            from reader.tui.tour import STEPS

            if STEPS[self.tour_step].done(self._done_so_far()):
                self._go_step(self.tour_step + 1)

    def _done_so_far(self) -> "Seen":
        from reader.tui.tour import Seen

        return Seen(
            on_page=self.on_page,
            mode=self.listing.mode,
            asked=self.listing.query,
            quoted=self.page_view.quote is not None or not (self.page is not None and self.page.quotes),
            selected=self.page_view.selection is not None,
            copied=self.app.clipboard != self._clipboard_before,
            noted=len(self.library.notes()) > self._notes_before,
        )

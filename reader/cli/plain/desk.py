"""What lies on the desk of somebody who reads without a screen: the list, the page, the words at hand; and going from one to the other.

Owns what is shown and where the reader is. Refuses to know the commands: those are functions on a desk, in the files beside this one.
"""

import contextlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import replace

from reader.cli.plain.lines import Lines, inside, many, told
from reader.cli.plain.listing import PAGE, SORTS, Listing, anew, document_rows, entry_holds, sorted_entries
from reader.cli.plain.paragraphs import SCREENFUL, Paragraph, Reading, said_by
from reader.errors import PullquoteError
from reader.library import Library
from reader.model import AddOutcome, Entry, Quote, Span
from reader.text import one_line
from reader.tui.jumps import Jumps, Spot  # pure, and brings nothing of the window

ASIDE = frozenset({"help", "links", "places", "candidates"})
"""Lists that are looked at in the midst of reading."""
TOLD_EVERY = 100
"""Files read between two lines that say so."""


class Desk:
    """See the module. `view`: exactly these files and folders; none: the library."""

    def __init__(self, library: Library, view: Sequence[str], lines: Lines) -> None:
        self.library, self.view, self.lines = library, list(view), lines
        self.entries: dict[str, Entry] = {}
        self.reading: Reading | None = None
        self.on_page = False
        """Whether Enter goes on with the page, or with the list."""
        self.hand: Span | None = None
        self.quote: Quote | None = None
        self.note: str | None = None
        self.found: list[Span] = []
        self.query = ""
        self.colour: str | None = None
        self.folded = True
        self.order = "title"
        self.problems: list[tuple[str, str]] = []
        self.jumps = Jumps()
        self.done = False
        self.changes_seen = library.notes_store.changes()
        self._kept: tuple[str, int] | None = None
        self.listing = Listing("documents", "", (), document_rows)

    def say(self, text: str) -> None:
        """One line."""
        self.lines.say(text)

    @property
    def writable(self) -> bool:
        """Whether anything can be remembered."""
        return not self.library.notes_store.read_only

    # -- lists --------------------------------------------------------------------------------------------------------------------

    def load(self) -> None:
        """Look at the documents of the library, or of the view, as they are now."""
        found = self.library.documents(self.library.viewed(self.view) if self.view else None)
        self.entries = {entry.id: entry for entry in found}

    def documents(self, typed: str = "") -> Listing:
        """The list of documents, narrowed to what was typed."""
        self.load()
        found = [entry for entry in sorted_entries(self.entries.values(), self.order) if entry_holds(entry, typed)]
        here = many(len(self.entries), "document")
        heading = f"{len(found)} of {here} with {typed}" if typed else f"{here}, {SORTS[self.order]}"
        nothing = f"No document has {typed} in its title, publisher, author, date, tags or name." if typed else "No documents."
        return Listing(
            "documents",
            heading,
            found,
            document_rows,
            lambda entry: self.open(entry.id),
            nothing,
            typed or None,
            lambda: self.documents(typed),
        )

    def show(self, listing: Listing, *, below: Listing | None = None) -> None:
        """List something; `back` leads to what lies `below`, or to what was listed before."""
        if below is None and listing.kind != self.listing.kind:
            below = self.listing
        listing.below = listing.below or below or self.listing.below
        if listing.kind == "documents":
            listing.below = None
        listing.aside = self.on_page and listing.kind in ASIDE
        self.listing, self.on_page = listing, False
        if not listing.items:
            self.say(listing.nothing)
            return
        self.say(f"{listing.heading}.")
        self.more()

    def more(self, start: int | None = None) -> None:
        """The next rows of the list, or those from `start` on."""
        listing = self.listing
        start = listing.shown if start is None else max(0, start)
        end = min(len(listing.items), start + PAGE)
        if start >= end:
            self.say("The end of the list." if listing.items else listing.nothing)
            return
        for line in listing.lines(start, end):
            self.say(line)
        listing.shown = end
        if end < len(listing.items):
            self.say(f"{end} of {len(listing.items)}; Enter goes on.")

    def go(self, number: int) -> None:
        """Open what has that number, from 1, in the list."""
        listing = self.listing
        if listing.go is None or not 1 <= number <= len(listing.items):
            self.say(
                f"There is no number {number}: "
                + (f"the list ends at {len(listing.items)}." if listing.items and listing.go else "nothing is numbered here.")
            )
            return
        listing.at = number - 1
        listing.go(listing.items[listing.at])

    def step(self, step: int) -> None:
        """Open what comes next in the list."""
        number = self.listing.at + 1 + step
        if 1 <= number <= len(self.listing.items):
            self.go(number)
        else:
            self.say(
                "That was the last one." if step > 0 else "That was the first one." if self.listing.at >= 0 else "There is none before."
            )

    def back(self) -> None:
        """From the page to the list, from a list to what it came from."""
        if self.found and self.on_page:
            self.found = []
            self.say("No longer finding.")
        elif self.on_page:
            self._return(self.listing)
        elif self.listing.aside and self.listing.below is not None and self.reading is not None:
            self.listing, self.on_page = self.listing.below, True
            self.say(f"Back in {self.reading.page.entry.display_title}.")
        elif self.listing.below is not None:
            self._return(self.listing.below)
        elif self.listing.about is not None:
            self.show(self.documents())
        else:
            self.say("This is the list of documents: q quits.")

    def _return(self, to: Listing) -> None:
        """Back to a list, as it is now. Its rows are not said again unasked."""
        again = anew(to)
        again.shown = max(0, again.at - again.at % PAGE)
        self.listing, self.on_page = again, False
        opened = f"; number {again.at + 1} was open" if again.at >= 0 else ""
        self.say(f"Back in the list: {again.heading}{opened}. Enter lists it." if again.items else again.nothing)

    # -- the page -----------------------------------------------------------------------------------------------------------------

    def bring(self, document: str) -> tuple[Reading, bool]:
        """Have a document on the desk; whether it came there just now, and its heading was said. Raises `PullquoteError`."""
        if self.reading is not None and self.reading.page.id == document:
            self.on_page = True
            return self.reading, False
        page = self.library.read(document)
        self.leave_here()
        self.reading, self.on_page, self.found = Reading(page, self.folded), True, []
        self.hand, self.quote, self.note = None, None, None
        entry, known = page.entry, page.entry.metadata
        self.say(entry.display_title)
        about = told(known.publisher, f"by {known.byline}" if known.byline else "", known.date, many(entry.words, "word"))
        marks = ["tags " + ", ".join(entry.tags) if entry.tags else "", many(len(page.annotations), "note") if page.annotations else ""]
        self.say(told(about, *marks, "its file is missing" if entry.missing else ""))
        for line in self.reading.unplaced():
            self.say(line)
        if self.reading.left_out:
            self.say(f"{many(self.reading.left_out, 'paragraph')} of page furniture left out; z reads them.")
        if self.writable:
            with contextlib.suppress(PullquoteError):
                self.library.left_at(document, None)
        return self.reading, True

    def open(self, document: str) -> None:
        """Go on reading a document where it was left."""
        reading, fresh = self.bring(document)
        if self.listing.kind == "documents":
            self.listing.at = next((n for n, entry in enumerate(self.listing.items) if entry.id == document), -1)
        if not reading.paragraphs:
            self.say("There are no words in it.")
            return
        if not fresh:
            self.read_at(max(0, reading.at))
            return
        start = reading.number(reading.page.position) if reading.page.position else 0
        if start:
            reading.at = reading.top = start
            self.say(f"It goes on at {reading.percent} percent.")
        elif len(reading.paragraphs) > 1 and reading.text(reading.paragraphs[0])[0] == f"title: {reading.page.entry.display_title}":
            start = 1  # the title has just been said
        self.read_at(start)

    def read_at(self, number: int, *, chosen: Span | None = None) -> None:
        """Read one paragraph; the words at hand are those `chosen`, else its first sentence."""
        reading = self.reading
        assert reading is not None
        reading.at = reading.top = number
        paragraph = reading.paragraphs[number]
        text, keep = reading.text(paragraph)
        self.lines.keep(text) if keep else self.say(text)
        self._say_marks(reading, paragraph)
        self.hand = chosen or reading.sentence(paragraph.start)
        if chosen is None:
            self.quote, self.note = None, None

    def _say_marks(self, reading: Reading, paragraph: Paragraph) -> None:
        for line in reading.marks(paragraph, self.note):
            self.say(line)

    def read_on(self, step: int = 1) -> None:
        """Read the next paragraph, or the one before."""
        reading = self.reading
        if reading is None:
            self.say("Nothing is open: a number opens a document.")
            return
        self.on_page = True
        number = reading.at + 1 if step > 0 else reading.top - 1
        folded = reading.skipped(number) if step > 0 and number < len(reading.paragraphs) else 0
        if folded:
            self.say(f"{many(folded, 'paragraph')} of page furniture left out here.")
        if number >= len(reading.paragraphs):
            self.say("The end of the document, 100 percent.")
        elif number < 0:
            self.say("The beginning of the document.")
        else:
            self.read_at(number)

    def read_page(self, step: int, share: float = 1.0) -> None:
        """Read several paragraphs, about a screenful, on from here or those before; then how much was read."""
        reading = self.reading
        if reading is None or not reading.paragraphs or (step < 0 and reading.top <= 0):
            self.read_on(step)
            return
        first, stop = reading.at + 1, len(reading.paragraphs)
        if step < 0:
            first, stop, room = reading.top, reading.top, SCREENFUL * share
            while first > 0 and room > 0:
                first -= 1
                room -= reading.paragraphs[first].length
        room, reading.at = SCREENFUL * share, first - 1
        while room > 0 and reading.at + 1 < stop:
            self.read_on()
            room -= reading.paragraphs[reading.at].length
        reading.top = min(first, reading.at)
        self.say(f"{reading.percent} percent." if reading.percent < 100 else "The end of the document, 100 percent.")

    def land(self, document: str, span: Span, label: str, note: str | None = None) -> None:
        """Go to words of a document: say them, and the paragraph they stand in. `note`: the id of one that has just been said."""
        self.leave_here()
        before = self.here() if self.on_page else None
        reading, fresh = self.bring(document)
        if self.folded and span[0] < span[1] and reading.paragraphs:
            at = reading.paragraphs[reading.number(span[0])]
            if not at.start <= span[0] < at.end:  # they stand in furniture
                reading.fold(folded=False)
        reading.at = reading.top = reading.number(span[0])
        paragraph = reading.paragraphs[reading.at]
        words = one_line(reading.page.text[slice(*span)])
        self.quote, self.note, self.hand = None, note, span
        if not fresh and before is not None and before.offset == paragraph.start:
            self.say(f"{label}: {words}")  # the paragraph has just been read
        elif words == one_line(reading.page.text[paragraph.start : paragraph.end]):
            self.say(f"{label}: {words}")
            self.say(f"That is {reading.place}.")
            self._say_marks(reading, paragraph)
        else:
            self.say(f"{label}: {inside(words)}")
            self.say(f"In {reading.place}:")
            self.read_at(reading.at, chosen=span)

    def land_on_quote(self, document: str, start: int, label: str) -> None:
        """Go to a quotation and say who speaks, and how sure that is."""
        reading, _ = self.bring(document)
        quote = next((quote for quote in reading.page.quotes if quote.start == start), None)
        if quote is None:
            self.say("Its text has changed; r looks through the files again.")
            return
        self.land(document, (quote.start, quote.end), f"{label} by {said_by(quote)}")
        self.quote = quote

    # -- places -------------------------------------------------------------------------------------------------------------------

    def here(self) -> Spot | None:
        """Where the reader reads."""
        reading = self.reading
        if reading is None or not 0 <= reading.at < len(reading.paragraphs):
            return None
        return Spot(reading.page.id, reading.paragraphs[reading.at].start)

    def leave_here(self) -> None:
        """Remember the place before going elsewhere."""
        here = self.here()
        if here is not None:
            self.jumps.leave(here)

    def remember(self) -> None:
        """Store the reading position when it has changed: losing one is no reason to stop reading."""
        here = self.here()
        if here is not None and self.writable and self._kept != (here.document, here.offset):
            self._kept = here.document, here.offset
            with contextlib.suppress(PullquoteError):
                self.library.left_at(here.document, here.offset)

    def relist(self) -> None:
        """Have the list as it is now, without saying it. Notes keep the numbers under which they were heard."""
        if self.listing.kind == "notes":
            now = {note.id: note for note in self.library.notes()}
            self.listing.items = [now.get(note.id) or replace(note, state="deleted") for note in self.listing.items]
        elif self.listing.kind in ("quotes", "speakers"):
            self.listing = anew(self.listing)

    def renew(self) -> None:
        """Look at notes and quotations of the open document as they are now, and at its text when its file has changed."""
        self.load()
        reading = self.reading
        if reading is None:
            return
        page, document = reading.page, reading.page.id
        try:
            fresh = self.library.read(document)
        except PullquoteError:
            return
        if fresh.version.text == page.version.text:
            reading.page = fresh
            reading.annotate(fresh.annotations)
            return
        here = self.here()
        self.reading = Reading(fresh, self.folded)
        self.reading.at = self.reading.top = self.reading.number(here.offset) if here is not None else -1
        self.hand, self.quote, self.note, self.found = None, None, None, []
        self.say(f"The text of {fresh.entry.display_title} has changed.")

    # -- taking in ----------------------------------------------------------------------------------------------------------------

    def take_in(self, outcomes: Iterable[AddOutcome]) -> dict[str, int]:
        """Read files, and tell from time to time how many; how many became what. Ctrl+C stops it, and keeps what was read."""
        counts: dict[str, int] = {}
        problems: list[tuple[str, str]] = []
        try:
            for outcome in outcomes:
                counts[outcome.status] = counts.get(outcome.status, 0) + 1
                if outcome.status in ("failed", "skipped") and outcome.error:
                    problems.append((outcome.path, outcome.error))
                read = sum(counts.values()) - counts.get("unchanged", 0)
                if read % TOLD_EVERY == 0 and outcome.status != "unchanged":
                    self.say(f"{read} files read.")
        except KeyboardInterrupt:
            if not self.lines.typing:
                raise
            print()
            self.say("Stopped; what was read is kept.")
        self.problems = problems
        failed = counts.get("failed", 0)
        if failed:
            self.say(f"{many(failed, 'file')} could not be read: ! says why.")
        return counts

    def look(self) -> dict[str, int]:
        """Look through the view, or the remembered folders, for what has changed."""
        if self.lines.typing and self.view and not self.library.viewed(self.view):
            self.say("Reading the files; Ctrl+C stops.")
        counts = self.take_in(self.library.add(self.view, keep=False) if self.view else self.library.refresh())
        self.renew()
        return counts


def absolute(typed: str) -> str:
    """A path as somebody types it, with "~" or between quotation marks, made absolute."""
    bare = typed[1:-1] if len(typed) > 1 and typed[0] == typed[-1] and typed[0] in "\"'" and not os.path.lexists(typed) else typed
    return os.path.abspath(os.path.expanduser(bare))

"""What the list at the left holds: documents, hits, notes, quotations, speakers or tags, each remembered as it was left while another is shown."""

from collections.abc import Callable, Sequence

from reader.hall.catalogue import Catalogue
from reader.model import Annotation, Answer, Entry, Hit, Quotation, Speaker, TagCount
from reader.tui.note_rows import NoteRows, TagRows
from reader.tui.quote_rows import QuotationRows, SpeakerRows
from reader.tui.rows import RowList
from reader.tui.sources import DocumentRows, HitRows, SavedRows, unfolded

ORDERS = {"title": "by title", "date": "by date", "added": "last added", "read": "last read"}
EMPTY = "Your library is empty.\n\nA  add a folder or a file\nEnter  look at the sample documents\n?  all keys"

NOBODY_QUOTED = "No quotation in these documents."
NO_QUOTATION = "No quotation like that.\n\nEsc  show all"
NO_SPEAKER = "Nobody like that.\n\nEsc  show all"
NO_NOTES = "No notes yet.\n\nOn a page: v selects a sentence,\na writes a note on it, h highlights it,\nb bookmarks the place."
NO_NOTE = "No note like that.\n\nEsc  show all"
NO_TAGS = "No tags yet.\n\nt  gives a document tags; a note has its own.\nwages/steps lies below wages."
NOTHING = "Nothing like it in these documents.\n\n{}\nEsc  back to the list"


WEAK_ONES = 5
"""Weak hits listed after the others."""


class Listing:
    """The rows of one `RowList`. `mode` is documents, hits, notes, quotes, speakers, tags or saved (searches); the entries are the documents of the library or of the view."""

    def __init__(self, rows: RowList, opened: Callable[[], Sequence[str]] = lambda: ()) -> None:
        self._rows = rows
        self._opened_last = opened
        self.mode = "documents"
        self.entries = Catalogue.of(())
        self.order = "title"
        self.filter = ""
        self.hits: Sequence[Hit] = ()
        """The rows of hits as they are listed, copies and wordings that are unfolded among them."""
        self.query = ""
        """What the hits are the answer to."""
        self._answer = Answer(())
        self._opened: set[int] = set()
        self._stale = False
        """Whether there are documents that have not been sorted in."""
        self._saved: Sequence[str] = ()
        self._notes = NoteRows((), {})
        self._tags = TagRows(())
        self.quotations = QuotationRows((), 0)
        self.speakers = SpeakerRows(())
        self._width = 76
        self._told, self._none, self._no_note = "", NOBODY_QUOTED, NO_NOTES
        self.empty = EMPTY
        self._documents = DocumentRows((), self.entries)
        self._cursors = {"documents": 0, "hits": 0, "notes": 0, "quotes": 0, "speakers": 0, "saved": 0, "tags": 0}

    # -- documents ----------------------------------------------------------------------------------------------------------------

    def set_entries(self, entries: Catalogue) -> None:
        """Other documents; the cursor stays on its document."""
        at = self.document
        self.entries = entries
        self._arrange(at)

    def merge(self, entries: Sequence[Entry]) -> None:
        """More documents, or some of those listed as they are now. Sorting waits until the documents are looked at."""
        if entries:
            self.entries = self.entries.merge(entries)
            self._stale = True
            if self.mode == "documents":
                self._arrange(self.document)

    def set_cursor(self, document: str) -> None:
        """Put the document list's cursor on a document; nothing is posted."""
        self._cursors["documents"] = self._documents.index_of(document)
        if self.mode == "documents":
            self.show("documents", keep_cursor=False)

    def update_entry(self, entry: Entry) -> None:
        """One document changed: show it anew without sorting again."""
        self.entries.update(entry)
        self._rows.refresh_rows()

    def sort(self, order: str) -> None:
        """Another order; the cursor stays on its document."""
        at, self.order = self.document, order
        self._arrange(at)

    def narrow(self, typed: str) -> None:
        """Only documents that hold what was typed."""
        at, self.filter = self.document, typed
        self._arrange(at)

    def _arrange(self, at: str | None) -> None:
        ordered = self.entries.ordered(self.order, self._opened_last)
        self._documents = DocumentRows(self.entries.narrowed(self.filter, ordered), self.entries)
        self._stale = False
        self._cursors["documents"] = self._documents.index_of(at)
        if self.mode == "documents":
            self.show("documents", keep_cursor=False)

    # -- showing ------------------------------------------------------------------------------------------------------------------

    def show(self, mode: str, *, keep_cursor: bool = True) -> None:
        """Show rows of that kind, with the cursor where it was left."""
        if keep_cursor:
            self._cursors[self.mode] = self._rows.cursor
        at, self.mode = self.document, mode
        if mode == "documents":
            if self._stale:
                self._arrange(at)
                return
            if self._documents.listed:
                self._rows.set_source(self._documents, self._cursors[mode])
            else:
                self._rows.show_message("No document like that.\n\nEsc  show all" if self.filter else self.empty)
        elif mode == "hits":
            if self.hits:
                self._rows.set_source(HitRows(self.hits, self.width), self._cursors[mode])
            else:
                near = ", ".join(self._answer.nearest)
                hint = f"Words near to yours: {near}\n" if near else "Fewer or other words may find it."
                self._rows.show_message(NOTHING.format(hint) if self.entries else self.empty)
        elif mode in ("quotes", "speakers"):
            source = self.quotations if mode == "quotes" else self.speakers
            if len(source):
                self._rows.set_source(source, self._cursors[mode])
            else:
                self._rows.show_message(self._none)
        elif mode == "saved":
            self._rows.set_source(SavedRows(self._saved), self._cursors[mode])
        else:
            rows, none = (self._tags, NO_TAGS) if mode == "tags" else (self._notes, self._no_note)
            self._rows.set_source(rows, self._cursors[mode]) if len(rows) else self._rows.show_message(none)
        self._rows.gap = 1 if mode in ("hits", "notes", "quotes") and self._rows.count else 0

    def show_answer(self, query: str, answer: Answer) -> None:
        """New hits, from the first; of weak ones only a few, behind good ones."""
        if self.mode != "hits":
            self._cursors[self.mode] = self._rows.cursor
        self.query, self._answer, self._opened = query, answer, set()
        self.mode = "hits"
        self._cursors["hits"] = 0
        self._list_hits()

    def renew_answer(self, answer: Answer) -> bool:
        """A later answer to the same query, with the cursor where it was: on its hit. False, and nothing new is shown, when that is not in it."""
        at, hits = self.hit, unfolded(self._few_weak(answer), ())
        same = [number for number, hit in enumerate(hits) if at and (hit.document, hit.start, hit.end) == (at.document, at.start, at.end)]
        if self._opened or (at and not same):
            return False
        self._answer = answer
        self._cursors["hits"] = same[0] if same else 0
        self._list_hits()
        return True

    def answers(self, query: str, answer: Answer | None = None) -> bool:
        """Whether hits of this query, or just these, are what is listed."""
        return self.mode == "hits" and self.query == query and answer in (None, self._answer)

    def unfold(self) -> bool:
        """Show or hide the copies and other wordings of the hit at the cursor; False when it has none."""
        hit = self.hit
        if hit is None or hit.rank == 0 or not (hit.copies or hit.wordings > 1):
            return False
        self._opened ^= {hit.rank}
        self._cursors["hits"] = self._rows.cursor
        self._list_hits()
        return True

    def _list_hits(self) -> None:
        self.hits = unfolded(self._few_weak(self._answer), self._opened)
        self.show("hits", keep_cursor=False)

    @staticmethod
    def _few_weak(answer: Answer) -> list[Hit]:
        good = [hit for hit in answer.hits if not hit.weak]
        weak = [hit for hit in answer.hits if hit.weak]
        return [*good, *(weak[:WEAK_ONES] if good else weak)]

    def show_saved(self, queries: Sequence[str]) -> None:
        """The saved searches."""
        if self.mode != "saved":
            self._cursors[self.mode] = self._rows.cursor
        self._saved = queries
        self.mode = "saved"
        self.show("saved", keep_cursor=False)

    def show_notes(self, rows: NoteRows, typed: str = "") -> None:
        """Notes in the order given, narrowed to what was `typed`; the cursor stays on its note, else on its number."""
        at = self.note if self.mode == "notes" else None
        self._cursors[self.mode] = self._rows.cursor
        self._no_note = NO_NOTE if typed.strip() else NO_NOTES
        self._notes, self.mode = rows, "notes"
        same = next((number for number, note in enumerate(rows.listed) if at is not None and note.id == at.id), None)
        self._cursors["notes"] = self._cursors["notes"] if same is None else same
        self.show("notes", keep_cursor=False)

    def show_tags(self, rows: TagRows) -> None:
        """Tags; the cursor stays on its number."""
        self._cursors[self.mode] = self._rows.cursor
        self._tags, self.mode = rows, "tags"
        self.show("tags", keep_cursor=False)

    def show_quotations(self, rows: QuotationRows, cursor: int, told: str, typed: str = "") -> None:
        """Quotations, with the cursor on that row; `told` is what the bar says of them, `typed` what they were narrowed to."""
        self._switch("quotes", cursor, told)
        self.quotations = rows
        self._none = NO_QUOTATION if typed.strip() else NOBODY_QUOTED
        self.show("quotes", keep_cursor=False)

    def show_speakers(self, rows: SpeakerRows, cursor: int, told: str, typed: str = "") -> None:
        """Those who are quoted; otherwise as `show_quotations`."""
        self._switch("speakers", cursor, told)
        self.speakers = rows
        self._none = NO_SPEAKER if typed.strip() else NOBODY_QUOTED
        self.show("speakers", keep_cursor=False)

    def _switch(self, mode: str, cursor: int, told: str) -> None:
        self._cursors[self.mode] = self._rows.cursor
        self.mode = mode
        self._cursors[mode], self._told = cursor, told

    def wait(self, mode: str, message: str) -> None:
        """A kind of rows is on its way: say so meanwhile."""
        self._switch(mode, 0, "")
        self.quotations, self.speakers = QuotationRows((), 0), SpeakerRows(())
        self._rows.show_message(message)

    @property
    def width(self) -> int:
        """Cells that a line of a row may fill; while the list is hidden, that were there before."""
        if self._rows.size.width:
            self._width = self._rows.size.width - 4
        return self._width

    def resize(self) -> None:
        """The list may have another width: hits and quotations break their lines anew."""
        before = self._width
        if self.width != before:
            self.quotations = QuotationRows(self.quotations.rows, self.width, self.quotations.by)
            if self.mode in ("hits", "quotes"):
                self.show(self.mode)

    # -- what the cursor is on ----------------------------------------------------------------------------------------------------

    @property
    def document(self) -> str | None:
        """The document at the cursor of the document list, whatever is shown now."""
        rows = self._documents.listed
        at = self._rows.cursor if self.mode == "documents" else self._cursors["documents"]
        return rows[at] if at < len(rows) else None

    @property
    def hit(self) -> Hit | None:
        """The hit at the cursor."""
        return self.hits[self._rows.cursor] if self.mode == "hits" and self._rows.cursor < len(self.hits) else None

    @property
    def saved(self) -> str | None:
        """The saved search at the cursor."""
        return self._saved[self._rows.cursor] if self.mode == "saved" and self._rows.cursor < len(self._saved) else None

    @property
    def note(self) -> Annotation | None:
        """The note at the cursor."""
        return self.notes[self._rows.cursor] if self.mode == "notes" and self._rows.cursor < len(self.notes) else None

    @property
    def notes(self) -> Sequence[Annotation]:
        """The notes listed."""
        return self._notes.listed

    @property
    def lost(self) -> int:
        """How many of the notes listed have lost their words."""
        return self._notes.lost

    @property
    def tag(self) -> TagCount | None:
        """The tag at the cursor."""
        at = self._rows.cursor
        return self._tags.listed[at] if self.mode == "tags" and at < len(self._tags) else None

    @property
    def quotation(self) -> Quotation | None:
        """The quotation at the cursor."""
        at = self._rows.cursor
        return self.quotations.rows[at][1] if self.mode == "quotes" and at < len(self.quotations) else None

    @property
    def speaker(self) -> Speaker | None:
        """The speaker at the cursor."""
        at = self._rows.cursor
        return self.speakers.speakers[at] if self.mode == "speakers" and at < len(self.speakers) else None

    @property
    def shown(self) -> int:
        """How many documents the list shows."""
        return len(self._documents.listed)

    @property
    def summary(self) -> str:
        """What the bar above says about the list."""
        total = len(self.entries)
        plural = "" if total == 1 else "s"
        if self.mode == "hits":
            count = sum(hit.rank > 0 and hit.wording_of is None for hit in self.hits)
            return f"{count} hit{'' if count == 1 else 's'} in {total} document{plural}" if total else "the library is empty"
        if self.mode in ("quotes", "speakers"):
            return self._told
        if self.mode == "saved":
            return f"{len(self._saved)} saved search{'' if len(self._saved) == 1 else 'es'}"
        if self.mode == "tags":
            return f"{len(self._tags)} tag{'' if len(self._tags) == 1 else 's'}"
        if self.mode == "notes":
            return f"{len(self.notes)} note{'' if len(self.notes) == 1 else 's'}"
        return f"{self.shown} of {total} documents" if self.filter else f"{total} document{plural} · {ORDERS[self.order]}"

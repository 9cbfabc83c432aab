"""The part of the hall that is about notes: made, found, edited, tagged, placed, undone, taken in and handed out."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import Conflict, NotFound, UsageError
from reader.hall import annotating, placing, shelf
from reader.model import COLOURS, Anchor, Annotation, Edition, Entry, Imported, Intaken, Nearby, Span, TagCount
from reader.paths import LibraryPaths
from reader.ports import Action, IndexStore, NotesStore, Reading
from reader.text import fold, one_line

if TYPE_CHECKING:
    from reader.hall.quoting import Quoting


class Noting:
    """The verbs of `Library` on notes. Whatever a method that changes something returns has been committed."""

    notes_store: NotesStore
    index: IndexStore
    paths: LibraryPaths

    @property
    def quoting(self) -> "Quoting":
        """See `Library`."""
        raise NotImplementedError

    def documents(self, only: Collection[str] | None = None) -> Sequence[Entry]:
        """See `Library`."""
        raise NotImplementedError

    def _reading(self, document: str, operation: str) -> Reading:
        reading = self.index.reading(document)
        if reading is None:
            raise NotFound(operation, document, "its text is not in the index; add its file again")
        return reading

    # -- making -------------------------------------------------------------------------------------------------------------------

    def annotate(
        self,
        document: str,
        start: int,
        end: int,
        body: str = "",
        tags: Iterable[str] = (),
        kind: str | None = None,
        version: str | None = None,
        colour: str | None = None,
        text: str | None = None,
        instead_of: Collection[str] = (),
    ) -> Annotation:
        """Make a note (a highlight when it has neither body nor tags) on `text[start:end]`; returns once it is committed.

        Takes the document into the library. Raises `UsageError` when the offsets are no stretch of the text, `NotFound`, and `Conflict`
        when `version`, the hash of the text the offsets were taken from, is no longer the document's: they would lie on other words.
        With that text itself in `text` the note is made on it all the same, and finds its words in the present one. `instead_of`: notes that
        go in the same action.
        """
        reading = self._reading(document, "note")
        if text is not None and version not in (None, reading.indexed.version.text):
            reading = _as_read(reading, text)
        tags = annotating.clean_tags(tags)
        kind = kind or annotating.kind_of(body, tags)
        anchor = self._anchor(reading, start, end, kind, version)
        made = self._keep_note(annotating.new(document, kind, anchor, body, tags, self._colour(colour)), reading, instead_of)
        return made if text is None else placing.placed([made], self.notes_store, self.index)[0]

    def remark(self, document: str, body: str, tags: Iterable[str] = (), colour: str | None = None) -> Annotation:
        """Make a note on a whole document. Raises `UsageError` when it says nothing."""
        reading = self._reading(document, "note")
        if not body.strip():
            raise UsageError("note", one_line(reading.indexed.display_title), "a note on a whole document says something")
        return self._keep_note(annotating.new(document, "note", None, body, tags, self._colour(colour)), reading)

    def bookmark(
        self,
        document: str,
        start: int | None = None,
        end: int | None = None,
        name: str = "",
        version: str | None = None,
        text: str | None = None,
        instead_of: Collection[str] = (),
    ) -> Annotation:
        """Bookmark a place, or the whole document when no place is given. `version`, `text` and `instead_of` as in `annotate`."""
        if start is not None and end is not None:
            return self.annotate(document, start, end, name, kind="bookmark", version=version, text=text, instead_of=instead_of)
        reading = self._reading(document, "bookmark")
        return self._keep_note(annotating.new(document, "bookmark", None, name, ()), reading)

    def _anchor(self, reading: Reading, start: int, end: int, operation: str, version: str | None) -> Anchor:
        from reader.anchor.quote import describe

        if version not in (None, reading.indexed.version.text):
            raise Conflict(operation, reading.indexed.display_title, "its text has changed since it was opened; nothing was stored")
        try:
            return describe(reading.document.text, reading.indexed.version.text, start, end)
        except ValueError as error:
            raise UsageError(operation, reading.indexed.display_title, str(error)) from error

    def _keep_note(self, annotation: Annotation, reading: Reading, instead_of: Collection[str] = ()) -> Annotation:
        shelf.locate(reading.indexed, self.notes_store)
        self.notes_store.annotate(annotation, reading.document.text if annotation.anchor else None, instead_of)
        return annotation

    def rescue(self, document: str, span: Span | None, body: str, tags: str) -> Path | None:
        """Write a note that could not be stored to a file of its own in the rescue folder; None when that is not possible either."""
        from reader.hall import health

        place = f", characters {span[0]}-{span[1]}" if span else ""
        return health.rescue(self.paths, f"document {document}{place}\n{tags}\n\n{body}\n")

    def place_words(self, document: str, words: str, nth: int | None = None, operation: str = "note") -> tuple[int, int]:
        """Where `words` stand in the document, compared folded. Raises `NotFound`, and `Ambiguous` when several places and no `nth`."""
        return annotating.place_words(operation, self._reading(document, operation), words, nth)

    # -- finding ------------------------------------------------------------------------------------------------------------------

    def notes(self, query: str = "", *, document: str | None = None, tag: str | None = None) -> list[Annotation]:
        """Notes, highlights and bookmarks with their place in the present text, oldest first; those that `query` means.

        It may hold words, spelled nearly as they are, and the operators of `search.query.NOTE_OPERATORS`.
        """
        found = annotating.tagged(self.notes_store.annotations(document), tag)
        found = placing.placed(found, self.notes_store, self.index)
        if not query.strip():
            return found
        from reader.hall.sifting import sifted

        entries = {entry.id: entry for entry in self.documents({a.document for a in found})}
        return sifted(query, found, entries, self.quoting, self.notes_store.colours())

    @staticmethod
    def remarks(query: str) -> Sequence[str]:
        """What must be said about how a query for notes was taken."""
        from reader.search.query import NOTE_OPERATORS, parse

        return parse(query, NOTE_OPERATORS).remarks

    def note(self, reference: str, operation: str = "find") -> Annotation:
        """The note meant by an id or its beginning. Raises `NotFound`, `Ambiguous`."""
        chosen = shelf.note_choice(reference, self.notes_store.annotations(), operation)
        return placing.placed([chosen], self.notes_store, self.index)[0]

    def words_now(self, annotation: Annotation) -> str | None:
        """The words that lie where a note lies, when they are others than those it was made on; None when they are the same, or nowhere."""
        if annotation.anchor is None or annotation.start is None or annotation.end is None:
            return None
        if annotation.state == "anchored" and annotation.placed is None:
            return None
        now = self.index.excerpt(annotation.document, annotation.start, annotation.end)
        return now if now and fold(now).text != fold(annotation.anchor.exact).text else None

    def editions(self, annotation: Annotation | str) -> Sequence[Edition]:
        """What a note has said since it was made, oldest first; of a deleted one, by its id, too."""
        return self.notes_store.editions(annotation if isinstance(annotation, str) else annotation.id)

    # -- changing -----------------------------------------------------------------------------------------------------------------

    def edit(
        self, annotation: Annotation, *, body: str | None = None, tags: Iterable[str] | None = None, colour: str | None = None
    ) -> Annotation:
        """Store another body, other tags or another colour.

        When somebody else edited the note since `annotation` was read, what each of both changed is kept; when both changed the body, the
        other's stays and this one becomes a note of its own on the same words, and that is returned. So with one that was deleted.
        """
        new_body = annotation.body if body is None else annotating.writable(body)
        new_tags = annotation.tags if tags is None else annotating.clean_tags(tags)
        wanted = annotating.revised(annotation, body=new_body, tags=new_tags, colour=self._colour(colour) or annotation.colour)
        try:
            edited = self.notes_store.edit(wanted)
        except Conflict:
            edited = self._keep_both(annotation, wanted)
        return placing.placed([edited], self.notes_store, self.index)[0]

    def _keep_both(self, base: Annotation, ours: Annotation) -> Annotation:
        """An edit met another one."""
        from reader.hall.tagging import changed

        theirs = next((a for a in self.notes_store.annotations(base.document) if a.id == base.id), None)
        if theirs is None or (ours.body != base.body and theirs.body not in (base.body, ours.body)):
            copy = annotating.new(ours.document, ours.kind, ours.anchor, ours.body, ours.tags, ours.colour)
            copy = replace(copy, placed=ours.placed)
            self.notes_store.take_in([Imported(copy)], {}, "keep an edit beside another one")
            return copy
        body = ours.body if ours.body != base.body else theirs.body
        tags = changed(theirs.tags, [t for t in ours.tags if t not in base.tags], [t for t in base.tags if t not in ours.tags])
        colour = ours.colour if ours.colour != base.colour else theirs.colour
        return self.notes_store.edit(annotating.revised(theirs, body=body, tags=tags, colour=colour))

    def delete(self, ids: Iterable[str]) -> None:
        """Delete notes by their whole ids, all or none; `undo` brings them back."""
        self.notes_store.delete(ids)

    def undo(self) -> Action | None:
        """Take back the last thing the user did; None when there is nothing left."""
        return self.notes_store.undo()

    def redo(self) -> Action | None:
        """Do again what was undone last; None when there is nothing, or something else was done since."""
        return self.notes_store.redo()

    # -- places -------------------------------------------------------------------------------------------------------------------

    def candidates(self, annotation: Annotation) -> list[Nearby]:
        """Places in the present text to offer for a note, best first: where it lies, where its words stand, what is like them."""
        return placing.candidates(annotation, self._reading(annotation.document, "place"), self.notes_store)

    def place(self, annotation: Annotation, start: int, end: int, version: str | None = None) -> Annotation:
        """Say that a note's words lie at `text[start:end]` now. What it was made on stays as it is. Errors as of `annotate`."""
        reading = self._reading(annotation.document, "place")
        if annotation.anchor is None:
            raise UsageError("place", annotation.id[:8], "is on the whole document")
        anchor = self._anchor(reading, start, end, "place", version)
        self.notes_store.place(annotation, anchor, reading.document.text)
        return self.note(annotation.id, "place")

    # -- tags and colours ---------------------------------------------------------------------------------------------------------

    def tags(self) -> Sequence[TagCount]:
        """Every tag of notes and documents, and every one above it, with how often it is used."""
        from reader.hall.tagging import counts

        return counts(self.notes_store)

    def rename_tag(self, old: str, new: str) -> int:
        """Give a tag, with everything below it, another name everywhere; one that is there already takes it in, "" takes it away.

        How many notes and documents had it. Raises `NotFound` when none has.
        """
        from reader.hall.tagging import rename

        return rename(self.notes_store, old, new)

    def retag(self, annotations: Iterable[Annotation], add: Iterable[str] = (), drop: Iterable[str] = ()) -> int:
        """Give notes tags and take others away, as one action; how many changed."""
        from reader.hall.tagging import changed

        more, less = annotating.clean_tags(add), annotating.clean_tags(drop)
        ids = [a.id for a in annotations]
        told = " ".join([*("+#" + tag for tag in more), *("-#" + tag for tag in less)])
        label = f"tag {len(ids)} note{'s' if len(ids) != 1 else ''} {told}"
        if not ids or not told:
            return 0
        return self.notes_store.revise(lambda a: annotating.revised(a, tags=changed(a.tags, more, less)), ids, label)

    def recolour(self, annotations: Iterable[Annotation], colour: str) -> None:
        """Give notes a colour, as one action."""
        name = self._colour(colour) or COLOURS[0]
        ids = [a.id for a in annotations]
        label = f"colour {len(ids)} note{'s' if len(ids) != 1 else ''} {name}"
        self.notes_store.revise(lambda a: annotating.revised(a, colour=name), ids, label)

    def _colour(self, named: str | None) -> str | None:
        """The colour of that name, or of that meaning. Raises `UsageError` when there is no such one."""
        if named is None or named in COLOURS:
            return named
        found = [colour for colour, meaning in self.notes_store.colours().items() if meaning and fold(meaning).text == fold(named).text]
        if not found:
            raise UsageError("colour", named, "no such colour; there are: " + ", ".join(COLOURS))
        return found[0]

    def colours(self) -> Mapping[str, str]:
        """Every highlight colour and what the user says it means, "" when nothing was said."""
        meant = self.notes_store.colours()
        return {colour: meant.get(colour, "") for colour in COLOURS}

    def name_colour(self, colour: str, meaning: str) -> None:
        """Say what a highlight colour means; "" takes it back."""
        self.notes_store.name_colour(self._colour(colour) or COLOURS[0], one_line(annotating.writable(meaning)))

    # -- out and in ---------------------------------------------------------------------------------------------------------------

    def export(self, name: str, *, document: str | None = None, tag: str | None = None) -> Iterator[str]:
        """Notes as the lines of an export format. Raises `UsageError` for an unknown format."""
        from reader.hall import exporting

        noted = self.notes(document=document)
        told = [name for name, kept in self.notes_store.documents().items() if kept.kept] if document is None else [document]
        entries = self.documents({*told, *(a.document for a in noted)})
        return exporting.lines(name, entries, noted, (self.notes_store, self.index), self.quoting, tag)

    def take_in(self, name: str, lines: Iterable[str]) -> list[Intaken]:
        """Import notes from the lines of an export; what became of each. `undo` takes all of it back.

        Raises `UsageError` for an unknown format or a line that is none of it; nothing is stored then.
        """
        from reader.hall import importing

        return importing.take_in(name, lines, self.notes_store, self.index)


def _as_read(reading: Reading, text: str) -> Reading:
    """A document as it was when it had another text."""
    from hashlib import sha256  # brings OpenSSL: 5 ms that no start should pay

    version = sha256(text.encode()).hexdigest()
    indexed = replace(reading.indexed, version=replace(reading.indexed.version, text=version))
    return Reading(indexed, replace(reading.document, text=text))

"""The list of all notes and the list of tags: looking through them, many at once, colours, places, the past of a note."""

import asyncio
from collections import ChainMap
from collections.abc import Mapping, Sequence

from reader.errors import PullquoteError
from reader.model import COLOURS, Annotation, Entry, Nearby, Page
from reader.text import one_line
from reader.tui.note_actions import NoteActions
from reader.tui.note_rows import STATES, NoteRows, TagRows
from reader.tui.sources import quoted
from reader.tui.wrap import clip


class NoteListActions(NoteActions):
    """What &, #, space, t, H, P, V and R do, and f in the list of notes."""

    _note_words = ""
    """What the list of notes was narrowed to."""
    _picked: frozenset[str] = frozenset()
    _asked_notes = 0

    # -- the lists ----------------------------------------------------------------------------------------------------------------

    def action_notes(self) -> None:
        """All notes and bookmarks, newest first."""
        self.bar.close()
        self.remove_class("reading")
        self._note_words, self._picked = "", frozenset()
        self.set_focus(self.rows)
        self.list_notes(anew=True)

    def list_notes(self, *, anew: bool = False) -> None:
        """Show the notes that what was typed leaves. Looked for in a thread: many thousands take a moment; the latest answer is shown.

        `anew`: the list becomes one of notes; else only if it is one when they come.
        """
        self._asked_notes += 1
        self.run_worker(self._list_notes(self._note_words, self._asked_notes, anew=anew), group="notes")

    def _show_notes(self, notes: Sequence[Annotation], typed: str) -> None:
        others = {note.document for note in notes if note.document not in self.listing.entries}
        found = {entry.id: entry for entry in self.library.documents(others)} if others else {}
        entries: Mapping[str, Entry] = ChainMap(found, self.listing.entries)  # type: ignore[arg-type]  # which is only read
        meanings = {name: meaning for name, meaning in self.library.colours().items() if meaning}
        self.listing.show_notes(NoteRows(notes, entries, self._picked, self.library.words_now, meanings), typed)

    def narrow(self, typed: str) -> None:
        """List only notes that hold what was typed; looked for in a thread, and only the latest answer is shown."""
        if self.listing.mode != "notes":
            super().narrow(typed)
            return
        self._note_words = typed
        self.list_notes()

    async def _list_notes(self, typed: str, number: int, *, anew: bool) -> None:
        try:
            found = await asyncio.to_thread(self.library.notes, typed)
        except PullquoteError as error:
            self.complain(error)
            return
        if self.is_running and number == self._asked_notes and (anew or self.listing.mode == "notes"):
            shown = [note for note in found if not self.view or note.document in self.listing.entries]
            self._show_notes(shown[::-1], typed)
            if anew:
                self.preview()
            self.say()
            remarks = self.library.remarks(typed)
            if remarks:
                self.tell("; ".join(remarks))

    def filter_text(self) -> str:
        """What the list was narrowed to."""
        return self._note_words if self.listing.mode == "notes" else super().filter_text()

    @property
    def heading(self) -> str:
        """What stands over the lists of notes and tags."""
        if self.listing.mode == "tags":
            return "Tags"
        if self.listing.mode != "notes":
            return super().heading
        lost = self.listing.lost
        told = [f"Notes {self._note_words}".rstrip(), f"{len(self._picked)} picked" if self._picked else ""]
        if lost and "is:" not in self._note_words:
            told.append(f"{lost} lost {'their' if lost > 1 else 'its'} words: f is:lost")
        return " · ".join(part for part in told if part)

    @property
    def picked(self) -> bool:
        """Whether notes are picked."""
        return bool(self._picked) and self.listing.mode == "notes"

    def unpick(self) -> bool:
        """Put all picked notes back; False when there is none."""
        if not self.picked or self.on_page:
            return False
        self._picked = frozenset()
        self._show_notes(self.listing.notes, self._note_words)
        return True

    def reload_notes(self) -> None:
        """Show notes, counts and tags as the store has them now."""
        super().reload_notes()
        if self.listing.mode == "tags":
            self.listing.show_tags(TagRows(self.library.tags()))

    def action_tag_list(self) -> None:
        """All tags; Enter shows the notes with one."""
        self.bar.close()
        self.remove_class("reading")
        self.listing.show_tags(TagRows(self.library.tags()))
        self.set_focus(self.rows)
        self.say()

    def open_tag(self) -> None:
        """The notes with the tag at the cursor, or one below it; the documents when no note has it."""
        tag = self.listing.tag
        if tag is None:
            return
        if not tag.all_notes:
            self.bar.close()
            self.listing.narrow("#" + tag.tag)
            self.listing.show("documents")
        else:
            self._note_words, self._picked = f'tag:"{tag.tag}"' if " " in tag.tag else f"tag:{tag.tag}", frozenset()
            self.list_notes(anew=True)
        self.say()

    # -- many at once -------------------------------------------------------------------------------------------------------------

    def action_pick(self) -> None:
        """Pick the note at the cursor, or put it back; what follows is done to all that are picked."""
        note = self.listing.note
        if note is None or self.on_page:
            return
        self._picked ^= {note.id}
        self._show_notes(self.listing.notes, self._note_words)
        self.rows.action_rows(1)
        self.say()

    def _meant(self) -> list[Annotation]:
        """The notes picked, else the one at the cursor."""
        picked = [note for note in self.listing.notes if note.id in self._picked] if self.listing.mode == "notes" else []
        here = self.note_here()
        return picked or ([here] if here is not None else [])

    def action_tags(self) -> None:
        """Ask for the tags of the notes that are meant; in the list of documents, of the document."""
        notes = self._meant() if self.listing.mode == "notes" and not self.on_page else []
        if notes:
            self.start_dialog(self._retag(notes))
        elif self.listing.mode == "tags":
            self.action_rename_tag()
        else:
            super().action_tags()

    async def _retag(self, notes: Sequence[Annotation]) -> None:
        from reader.tui.dialogs import Questions

        many = f"{len(notes)} notes" if len(notes) > 1 else quoted(clip(one_line(notes[0].exact or notes[0].body), 50))
        have = ", ".join(dict.fromkeys(tag for note in notes for tag in note.tags))
        answer = await self.app.push_screen_wait(
            Questions(
                f"Tags of {many}",
                [("add", "add these, separated by commas", ""), ("drop", f"take these away{': they have ' + have if have else ''}", "")],
            )
        )
        if answer is not None and await self._do(lambda: self.library.retag(notes, [answer["add"]], [answer["drop"]])):
            self._picked = frozenset()
            self.reload_notes()
            self.tell(f"{len(notes)} note{'s' if len(notes) > 1 else ''} tagged: u takes it back")

    async def action_delete(self) -> None:
        """Delete the notes that are picked, else the one at the cursor; `u` brings them back."""
        if self.listing.mode != "notes" or not self._picked or self.on_page:
            await super().action_delete()
            return
        notes = self._meant()
        if await self._do(lambda: self.library.delete([note.id for note in notes])):
            self._picked = frozenset()
            self.reload_notes()
            self.tell(f"{len(notes)} notes deleted: u brings them back")

    def action_rename_tag(self) -> None:
        """Give the tag at the cursor another name, with everything below it."""
        if self.listing.tag is not None:
            self.start_dialog(self._rename_tag(self.listing.tag.tag))

    async def _rename_tag(self, tag: str) -> None:
        from reader.tui.dialogs import Questions

        label = "new name (one that exists takes it in; empty removes the tag)"
        answer = await self.app.push_screen_wait(Questions(f"Rename #{tag}", [("name", label, tag)]))
        if answer is not None and answer["name"] != tag and await self._do(lambda: self.library.rename_tag(tag, answer["name"])):
            self.load_entries()
            self.reload_notes()
            self.tell("renamed: u takes it back" if answer["name"] else "taken away: u brings it back")

    # -- colours ------------------------------------------------------------------------------------------------------------------

    def action_colour(self) -> None:
        """Choose the colour of the notes that are meant; with words selected, highlight them in it. Also says what colours mean."""
        self.start_dialog(self._choose_colour())

    async def _choose_colour(self) -> None:
        from reader.tui.choice import Choice, Option, sought

        meanings = self.library.colours()
        options = [Option(name, meanings[name] or name, name if meanings[name] else "", (name,)) for name in COLOURS]
        options.append(Option("", "say what the colours mean …", quiet=True))
        chosen = await self.app.push_screen_wait(Choice("Colour", "", sought(options), none="no such colour"))
        if chosen == "":
            await self._name_colours()
        elif chosen is not None:
            await self._colour(chosen)

    async def _name_colours(self) -> None:
        from reader.tui.dialogs import Questions

        meanings = self.library.colours()
        answer = await self.app.push_screen_wait(Questions("What the colours mean", [(name, name, meanings[name]) for name in COLOURS]))
        changed = {name: said for name, said in (answer or {}).items() if said != meanings[name]}
        for name, said in changed.items():
            await self._do(lambda name=name, said=said: self.library.name_colour(name, said))  # type: ignore[misc]  # mypy infers no defaults
        if changed:
            self.reload_notes()
            self.tell("kept")

    async def _colour(self, colour: str) -> None:
        self.colour = colour
        if self.on_page and self.page_view.selection is not None:
            await self.action_highlight()
            return
        notes = [note for note in self._meant() if note.kind != "bookmark"]
        named = self.library.colours()[colour] or colour
        if not notes:
            self.tell(f"h highlights in {named} from now on")
        elif await self._do(lambda: self.library.recolour(notes, colour)):
            self._picked = frozenset()
            self.reload_notes()
            self.tell(f"{len(notes)} note{'s' if len(notes) > 1 else ''} now {named}: u takes it back")

    # -- places -------------------------------------------------------------------------------------------------------------------

    def action_place(self) -> None:
        """Say where the words of a note lie now: choose among places, or put a note that lost its words on those selected."""
        selection = self.page_view.selection if self.on_page else None
        if selection is not None and self.page is not None:
            self.start_dialog(self._place_here(self.page, selection))
            return
        note = self.note_here()
        if note is None or note.anchor is None:
            self.tell("no note on words here")
        else:
            self.start_dialog(self._choose_place(note))

    async def _choose_place(self, note: Annotation) -> None:
        from reader.tui.choice import Choice, Option, sought

        try:
            places = await asyncio.to_thread(self.library.candidates, note)
            page = await asyncio.to_thread(self.library.read, note.document)
        except PullquoteError as error:
            self.complain(error)
            return
        if not places:
            self.tell("no place is like these words; select words on the page and press P to put the note there")
            return
        options = [Option(f"{p.start}-{p.end}", f"{p.why}, {p.like:.0%}: {_words(page, p)}") for p in places]
        chosen = await self.app.push_screen_wait(
            Choice(
                "Where do these words lie now?", quoted(clip(one_line(note.exact or ""), 140)), sought(options), none="no place like that"
            )
        )
        if chosen is not None:
            start, end = (int(part) for part in chosen.split("-"))
            await self._put(note, page, start, end)

    async def _place_here(self, page: Page, selection: tuple[int, int]) -> None:
        from reader.tui.choice import Choice, Option, sought

        lost = [note for note in self.library.notes(document=page.id) if note.anchor is not None and note.state in STATES]
        here = self.listing.note
        lost.sort(key=lambda note: (here is None or note.id != here.id, not note.lost))
        if not lost:
            self.tell("every note on this page lies on its words")
            return
        options = [Option(n.id, f"{n.state}: {one_line(n.exact or '')}", one_line(n.body)) for n in lost]
        words = quoted(clip(one_line(page.text[slice(*selection)]), 140))
        chosen = await self.app.push_screen_wait(Choice("Which note belongs here?", words, sought(options), none="no note like that"))
        note = next((note for note in lost if note.id == chosen), None)
        if note is not None:
            await self._put(note, page, *selection)

    async def _put(self, note: Annotation, page: Page, start: int, end: int) -> None:
        if await self._do(lambda: self.library.place(note, start, end, page.version.text)):
            self.page_view.select(None)
            self.reload_notes()
            self.show_note(self.library.note(note.id))
            self.tell("placed: u takes it back")

    # -- the past -----------------------------------------------------------------------------------------------------------------

    def action_versions(self) -> None:
        """What the note at the cursor has said since it was made."""
        from reader.tui.help import Told

        note = self.note_here()
        if note is None:
            self.tell("no note here: n goes to the next one")
            return
        told = []
        for edition in reversed(self.library.editions(note)):
            facts = [edition.at[:16].replace("T", " "), *("#" + one_line(tag) for tag in edition.tags), edition.colour or ""]
            told.append((" ".join(part for part in facts if part), edition.body.strip() or edition.kind))
        self.app.push_screen(Told("What this note said, the latest first", told))


def _words(page: Page, place: Nearby) -> str:
    """The words at a place, with a little of what stands around short ones."""
    words = one_line(page.text[place.start : place.end])
    if len(words) >= 40:
        return clip(words, 200)
    before, after = page.text[max(0, place.start - 30) : place.start], page.text[place.end : place.end + 30]
    return f"…{one_line(before)} [{words}] {one_line(after)}…"

"""Commands on notes: making, listing, editing, placing them, their tags and colours, undo. Everything is committed before it is said."""

from collections.abc import Sequence

from reader.cli.plain.desk import Desk
from reader.cli.plain.lines import inside, many, numbers, told
from reader.cli.plain.listing import Listing, tag_rows
from reader.cli.plain.paragraphs import STATES, note_line
from reader.cli.plain.shelf import chosen, split_tags
from reader.cli.plain.shelf import tags as document_tags
from reader.cli.plain.words import hold, tagged
from reader.errors import PullquoteError
from reader.model import COLOURS, Annotation, Nearby, Span, TagCount
from reader.text import one_line

# -- making ----------------------------------------------------------------------------------------------------------------------


def note(desk: Desk, text: str) -> None:
    """Note something on the words at hand; in the list, on the document. #tags may end it; without text it asks for lines."""
    whole = not desk.on_page and desk.listing.kind == "documents"
    entry = chosen(desk) if whole else None
    span = None if whole else hold(desk)
    if entry is None and span is None:
        return
    if not text:
        words = entry.display_title if entry is not None else desk.reading.page.text[slice(*span)] if desk.reading and span else ""
        text = desk.lines.write(f"Write the note on “{one_line(words)}”.") or ""
    if not text:
        desk.say("Not kept: nothing was written.")
        return
    body, tags = tagged(text)
    if entry is not None:
        made = _stored(desk, entry.id, None, body, tags)
    else:
        made = _stored(desk, desk.reading.page.id if desk.reading else "", span, body, tags)
    tell_made(desk, made, "note kept")


def _stored(desk: Desk, document: str, span: Span | None, body: str, tags: Sequence[str]) -> Annotation:
    """Store a note; when that fails its text goes into a rescue file, and the error says where."""
    try:
        if span is None:
            return desk.library.remark(document, body, tags)
        return _annotate(desk, span, body, tags)
    except PullquoteError as error:
        path = desk.library.rescue(document, span, body, ", ".join(tags))
        where = f"; its text is in {path}" if path is not None else ""
        raise PullquoteError(error.operation, error.thing, f"{error.reason}{where}") from error


def _annotate(
    desk: Desk, span: Span, body: str = "", tags: Sequence[str] = (), kind: str | None = None, colour: str | None = None
) -> Annotation:
    """Make a note on words as they were read, though the file may have changed meanwhile; what is written on a highlight belongs to it."""
    assert desk.reading is not None
    page = desk.reading.page
    bare = next((n for n in desk.reading.notes if n.kind == "highlight" and (n.start, n.end) == span), None)
    if bare is not None and kind is None and (body or tags):
        return desk.library.edit(bare, body=body, tags=tags)
    return desk.library.annotate(page.id, *span, body, tags, kind=kind, version=page.version.text, colour=colour, text=page.text)


def tell_made(desk: Desk, made: Annotation, what: str) -> None:
    """Say on which words something was made, now that it is committed."""
    desk.renew()
    desk.note = made.id
    tags = f" Tags: {', '.join(made.tags)}." if made.tags else ""
    whole = desk.library.documents([made.document])[0].display_title
    on = f"“{one_line(made.exact)}”" if made.exact else f"the whole of {whole}"
    desk.say(f"{what[0].upper()}{what[1:]} on {on}.{tags}")


def highlight(desk: Desk, text: str) -> None:
    """Highlight the words at hand; h red in that colour."""
    span = hold(desk)
    if span is not None:
        made = _annotate(desk, span, kind="highlight", colour=text or desk.colour)
        desk.colour = made.colour
        tell_made(desk, made, f"highlighted in {made.colour}" if made.colour else "highlighted")


# -- lists -----------------------------------------------------------------------------------------------------------------------


def notes(desk: Desk, text: str) -> None:
    """List all notes and bookmarks, newest first, or those that words and operators (tag: is:lost ...) leave."""
    for remark in desk.library.remarks(text):
        desk.say(remark)
    desk.show(_noted(desk, text), below=desk.documents())


def _noted(desk: Desk, typed: str) -> Listing:
    found = [note for note in desk.library.notes(typed) if not desk.view or note.document in desk.entries][::-1]
    titles = {entry.id: entry.display_title for entry in desk.library.documents({note.document for note in found})}

    def rows(note: Annotation) -> list[str]:
        lines = [note_line(None, note, titles.get(note.document, ""))]
        now = desk.library.words_now(note) if note.state == "changed" else None
        return [*lines, f"Now: {inside(now)}"] if now else lines

    heading = f"{many(len(found), 'note')}{f' with {typed}' if typed else ''}"
    lost = sum(note.lost for note in found)
    heading += f", {lost} lost {'its' if lost == 1 else 'their'} words" if lost else ""
    nothing = f"No notes with {typed}." if typed else "No notes yet: a and text writes one on the sentence read last."
    return Listing("notes", heading, found, rows, lambda note: go_to_note(desk, note), nothing, typed or None, lambda: _noted(desk, typed))


def go_to_note(desk: Desk, note: Annotation) -> None:
    """Say what a note says, and go to its words."""
    desk.say(note_line(None, note))
    if note.start is not None and note.end is not None:
        desk.land(note.document, (note.start, note.end), "Words", note.id)
    else:
        desk.open(note.document)
        desk.note = note.id
    if note.lost:
        desk.say("P lists places for the note.")


def tag_list(desk: Desk, text: str) -> None:
    """List all tags; a number, or # and a tag, lists the notes with one."""
    if text:
        wanted = text.lstrip("#")
        _open_tag(desk, next((tag for tag in desk.library.tags() if tag.tag == wanted), TagCount(wanted)))
        return
    found = desk.library.tags()
    desk.show(
        Listing("tags", many(len(found), "tag"), found, tag_rows, lambda tag: _open_tag(desk, tag), "No tags yet."), below=desk.documents()
    )


def _open_tag(desk: Desk, tag: TagCount) -> None:
    if tag.all_documents and not tag.all_notes:
        desk.show(desk.documents("#" + tag.tag))
    else:
        desk.show(_noted(desk, f'tag:"{tag.tag}"' if " " in tag.tag else f"tag:{tag.tag}"), below=desk.listing)


def rename_tag(desk: Desk, text: str) -> None:
    """Rename a tag with all below it, or merge it into another: R old = new; nothing behind = takes it away."""
    old, equals, new = (part.strip().lstrip("#") for part in text.partition("="))
    if not (old and equals):
        desk.say("Say which: R old = new.")
        return
    changed = desk.library.rename_tag(old, new)
    desk.renew()
    desk.say(f"{many(changed, 'note or document', 'notes and documents')} changed; u takes it back.")


# -- changing --------------------------------------------------------------------------------------------------------------------


def meant(desk: Desk, found: Sequence[int] = (), *, quiet: bool = False) -> Annotation | None:
    """The note of a number, in the list or on the page; without one the note gone to or made last, else that on the words at hand."""
    notes = _several(desk, found[:1]) if found else _at_hand(desk)
    if not notes and not quiet:
        desk.say(f"There is no note {found[0]}." if found else "No note at hand: n goes to the next one, & lists all.")
    return notes[0] if notes else None


def _at_hand(desk: Desk) -> list[Annotation]:
    if not desk.on_page:
        item = desk.listing.item
        return [item] if isinstance(item, Annotation) and item.state != "deleted" else []
    notes = desk.reading.notes if desk.reading is not None else []
    last = [note for note in notes if note.id == desk.note]
    if last or desk.hand is None:
        return last
    start, end = desk.hand
    return [note for note in notes if note.start is not None and note.start < end and (note.end or 0) > start]


def _several(desk: Desk, found: Sequence[int]) -> list[Annotation]:
    """The notes of these numbers, all or none."""
    if desk.on_page and desk.reading is not None:
        known = {desk.reading.numbers[note.id]: note for note in desk.reading.notes}
    else:
        listed = enumerate(desk.listing.items, 1)
        known = {number: note for number, note in listed if isinstance(note, Annotation) and note.state != "deleted"}
    notes = [known[number] for number in dict.fromkeys(found) if number in known]
    return notes if len(notes) == len(set(found)) else []


def edit(desk: Desk, text: str) -> None:
    """Give the note at hand another text, or note 2: e 2: text. Without text it asks for lines."""
    found, rest = numbers(text)
    note = meant(desk, found)
    if note is None:
        return
    new = rest if found else text
    if not new:
        desk.say(f"It says: {note.body or 'nothing'}")
        new = desk.lines.write("Write what it shall say.") or ""
    if not new:
        desk.say("Nothing has changed.")
        return
    body, tags = tagged(new)
    edited = desk.library.edit(note, body=body, tags=[*note.tags, *tags] if tags else None)
    if edited.id != note.id:
        desk.say("It was edited elsewhere meanwhile: both texts are kept, as two notes.")
    _after(desk)
    tell_made(desk, edited, "note kept")


def delete(desk: Desk, text: str) -> None:
    """Delete the note at hand, or those of some numbers: d 2 4."""
    found, _ = numbers(text)
    notes = _several(desk, found) if found else _at_hand(desk)[:1]
    if not notes:
        desk.say("There are no such notes." if found or text else "No note at hand: n goes to the next one, & lists all.")
        return
    desk.library.delete([note.id for note in notes])
    _after(desk)
    for note in notes:
        desk.say(f"Deleted: {note_line(None, note)}")
    desk.say("u brings it back." if len(notes) == 1 else "u brings them back.")


def _after(desk: Desk) -> None:
    """Have notes as they are after a change, in the list too."""
    desk.renew()
    desk.relist()


def versions(desk: Desk, text: str) -> None:
    """What the note at hand said before."""
    note = meant(desk, numbers(text)[0])
    for edition in reversed(desk.library.editions(note)) if note is not None else ():
        tags = "tags " + ", ".join(edition.tags) if edition.tags else ""
        desk.say(told(edition.at[:16].replace("T", " "), edition.body or edition.kind, tags, edition.colour))


def tags(desk: Desk, text: str) -> None:
    """Tags of this document, in the list of notes of notes: t wages, -old; t 2 4: wages."""
    found, rest = numbers(text)
    if not found and (desk.on_page or desk.listing.kind != "notes"):
        document_tags(desk, text)
        return
    notes = _several(desk, found) if found else _at_hand(desk)[:1]
    if not notes:
        desk.say("Say which notes: t 2 4: wages, -old.")
        return
    more, less = split_tags(rest if found else text)
    if not (more or less):
        desk.say("Tags: " + (", ".join(dict.fromkeys(tag for note in notes for tag in note.tags)) or "none") + ".")
        return
    changed = desk.library.retag(notes, more, less)
    _after(desk)
    desk.say(f"Tags of {many(changed, 'note')} changed; u takes it back.")


def colour(desk: Desk, text: str) -> None:
    """Colour the note at hand (H red, H 2 4: red) or say what a colour means (H red means doubtful); alone, list the colours."""
    name, means, meaning = text.partition(" means ")
    found, rest = numbers(text)
    wanted = rest if found else text
    notes = _several(desk, found) if found else _at_hand(desk)[:1]
    if means:
        desk.library.name_colour(name.strip(), meaning)
        desk.say(f"Kept: {name.strip()} means {meaning.strip()}.")
    elif not wanted:
        desk.say("; ".join(f"{name} means {said}" if said else name for name, said in desk.library.colours().items()))
    elif notes:
        desk.library.recolour([note for note in notes if note.kind != "bookmark"], wanted)
        _after(desk)
        desk.say(f"{many(len(notes), 'note')} now {wanted}; u takes it back.")
    elif wanted in COLOURS:
        desk.colour = wanted
        desk.say(f"h highlights in {wanted} from now on.")
    else:
        desk.say(f"No such colour; there are: {', '.join(COLOURS)}.")


def place(desk: Desk, text: str) -> None:
    """Say where the words of a note lie now: P lists places for the note at hand, P 2 puts note 2, which lost its words, on the words at hand."""
    found, _ = numbers(text)
    note = meant(desk, found)
    if note is None:
        return
    if note.anchor is None:
        desk.say("It is on the whole document.")
    elif found and desk.on_page and desk.reading is not None and desk.hand is not None and note.state in STATES:
        _put(desk, note, desk.hand, desk.reading.page.version.text)
    else:
        _list_places(desk, note)


def _list_places(desk: Desk, note: Annotation) -> None:
    page = desk.library.read(note.document)
    places = desk.library.candidates(note)

    def rows(place: Nearby) -> list[str]:
        return [told(inside(page.text[place.start : place.end]), place.why, f"{place.like:.0%}")]

    def go(place: Nearby) -> None:
        _put(desk, note, (place.start, place.end), page.version.text)

    nothing = (
        "No place is like these words; take the words in hand in its document (v and words), and P and the note's number puts it there."
    )
    heading = f"{many(len(places), 'place')} for {inside(note.exact or '')}; a number puts the note there, back leaves it"
    desk.show(Listing("candidates", heading, places, rows, go, nothing))


def _put(desk: Desk, note: Annotation, span: Span, version: str) -> None:
    placed = desk.library.place(note, *span, version)
    _after(desk)
    if desk.listing.kind == "candidates" and desk.listing.below is not None:
        desk.listing = desk.listing.below
    desk.say("Placed: u takes it back.")
    go_to_note(desk, placed)


# -- undo ------------------------------------------------------------------------------------------------------------------------


def undo(desk: Desk, _: str) -> None:
    """Undo the last thing done, also of an earlier day."""
    action = desk.library.undo()
    _after(desk)
    desk.say(f"Undone: {action.label}" if action else "Nothing to undo.")


def redo(desk: Desk, _: str) -> None:
    """Do again what was undone."""
    action = desk.library.redo()
    _after(desk)
    desk.say(f"Done again: {action.label}" if action else "Nothing to do again.")

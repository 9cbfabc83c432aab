"""Verbs on notes: note, bookmark, notes, edit, place, history, tags, delete, undo, redo."""

import argparse
import sys

from reader.cli.verb import Parser, Verb, one, say, say_annotations, say_json
from reader.errors import UsageError
from reader.hall.editor import written
from reader.library import Library
from reader.model import COLOURS
from reader.ports import Action
from reader.text import one_line


class Note(Verb):
    """`pullquote note DOCUMENT [--quote TEXT] ...`."""

    usage = "DOCUMENT [--quote TEXT [--nth N]] [--body TEXT] [--tag TAG ...] [--colour COLOUR]"
    brief = "make a note on words of a document"
    about = (
        "Make a note on words of a document; without body and tags, a highlight. Without --quote, a note on the whole document. "
        "Quotes, dashes, case and accents need not be exact."
    )

    def options(self, parser: Parser) -> None:
        """See `Verb`."""
        parser.add_argument("--quote", metavar="TEXT", help="the words")
        parser.add_argument("--nth", type=int, metavar="N", help="which place, when the words stand in several")
        parser.add_argument("--body", default="", metavar="TEXT", help="what you have to say about them")
        parser.add_argument("--tag", dest="tags", nargs="+", action="extend", default=[], metavar="TAG", help="its tags; a/b lies below a")
        parser.add_argument("--colour", metavar="COLOUR", help=", ".join(COLOURS))

    def answer(self, library: Library, options: argparse.Namespace) -> int:
        """See `Verb`."""
        if not options.quote and not options.body.strip():
            raise UsageError("note", "", "say on which words (--quote TEXT), or what of the whole document (--body TEXT)")
        entry = library.find(one(options, "note", "DOCUMENT"), "note")
        if not options.quote:
            made = library.remark(entry.id, options.body, options.tags, options.colour)
        else:
            version = library.text_version(entry.id)
            start, end = library.place_words(entry.id, options.quote, options.nth)
            made = library.annotate(entry.id, start, end, options.body, options.tags, version=version, colour=options.colour)
        say_annotations([made], library, as_json=options.json)
        return 0


class Bookmark(Verb):
    """`pullquote bookmark DOCUMENT [--quote TEXT] [--name NAME]`."""

    usage = "DOCUMENT [--quote TEXT] [--nth N] [--name NAME]"
    brief = "bookmark a document, or a place in it"
    about = "Bookmark a document, or a place in it."

    def options(self, parser: Parser) -> None:
        """See `Verb`."""
        parser.add_argument("--quote", metavar="TEXT", help="the words at the place")
        parser.add_argument("--nth", type=int, metavar="N", help="which place, when the words stand in several")
        parser.add_argument("--name", default="", metavar="NAME", help="what to call it")

    def answer(self, library: Library, options: argparse.Namespace) -> int:
        """See `Verb`."""
        entry = library.find(one(options, "bookmark", "DOCUMENT"), "bookmark")
        version = library.text_version(entry.id)
        start, end = library.place_words(entry.id, options.quote, options.nth, "bookmark") if options.quote else (None, None)
        say_annotations([library.bookmark(entry.id, start, end, options.name, version)], library, as_json=options.json)
        return 0


class Notes(Verb):
    """`pullquote notes [QUERY]`."""

    usage = "[QUERY] [--document DOCUMENT] [--tag TAG]"
    brief = "notes, highlights and bookmarks"
    about = (
        "Notes, highlights and bookmarks; those that hold every word of QUERY, spelled nearly so. It may narrow: "
        "tag:a/b in:title by:speaker from:2021 to:2022-06 is:changed (orphan, lost, ...) colour:red kind:note."
    )
    refill = True

    def options(self, parser: Parser) -> None:
        """See `Verb`."""
        parser.add_argument("--document", metavar="DOCUMENT", help="only of this document")
        parser.add_argument("--tag", metavar="TAG", help="only with this tag or one below it")

    def answer(self, library: Library, options: argparse.Namespace) -> int:
        """See `Verb`. Exit 1 when there is none."""
        document = library.find(options.document, "notes").id if options.document else None
        found = library.notes(" ".join(options.words), document=document, tag=options.tag)
        for remark in library.remarks(" ".join(options.words)):
            print(f"pullquote: notes: {remark}", file=sys.stderr)
        say_annotations(found, library, as_json=options.json)
        return 0 if found else 1


class Edit(Verb):
    """`pullquote edit ID [--body TEXT] [--tag TAG ...]`."""

    usage = "ID [--body TEXT | --editor] [--tag TAG ...] [--colour COLOUR]"
    brief = "change the text, tags or colour of a note"
    about = 'Give a note another body, other tags (--tag "" takes them all away), or another colour.'

    def options(self, parser: Parser) -> None:
        """See `Verb`."""
        parser.add_argument("--body", metavar="TEXT", help="what it says from now on")
        parser.add_argument("--editor", action="store_true", help="write the body in $VISUAL or $EDITOR")
        parser.add_argument("--tag", dest="tags", nargs="+", action="extend", metavar="TAG", help="its tags from now on")
        parser.add_argument("--colour", metavar="COLOUR", help=", ".join(COLOURS))

    def answer(self, library: Library, options: argparse.Namespace) -> int:
        """See `Verb`."""
        if options.body is None and options.tags is None and options.colour is None and not options.editor:
            raise UsageError("edit", "", "say what: --body TEXT, --editor, --tag TAG or --colour COLOUR")
        note = library.note(one(options, "edit", "ID"), "edit")
        body = written(note.body, "edit") if options.editor else options.body
        edited = library.edit(note, body=body, tags=options.tags, colour=options.colour)
        if edited.id != note.id:
            print("pullquote: edit: it was edited elsewhere meanwhile; both texts are kept", file=sys.stderr)
        say_annotations([edited], library, as_json=options.json)
        return 0


class Place(Verb):
    """`pullquote place ID [--quote TEXT [--nth N]]`."""

    usage = "ID [--quote TEXT [--nth N]]"
    brief = "say where the words of a note lie now"
    about = "Say where the words of a note lie in the present text; without --quote, the places that could be meant."

    def options(self, parser: Parser) -> None:
        """See `Verb`."""
        parser.add_argument("--quote", metavar="TEXT", help="the words as they stand now")
        parser.add_argument("--nth", type=int, metavar="N", help="which place, when the words stand in several")

    def answer(self, library: Library, options: argparse.Namespace) -> int:
        """See `Verb`. Exit 1 when places were asked for and there is none."""
        note = library.note(one(options, "place", "ID"), "place")
        if options.quote:
            version = library.text_version(note.document)
            start, end = library.place_words(note.document, options.quote, options.nth, "place")
            say_annotations([library.place(note, start, end, version)], library, as_json=options.json)
            return 0
        found = library.candidates(note)
        text = library.read(note.document).text
        for place in found:
            words = text[place.start : place.end]
            if options.json:
                say_json({"start": place.start, "end": place.end, "text": words, "like": round(place.like, 2), "why": place.why})
            else:
                say(f"{place.start}-{place.end}  {place.why} · {place.like:.0%}")
                say(f"    {one_line(words)}")
        return 0 if found else 1


class History(Verb):
    """`pullquote history ID`."""

    usage = "ID"
    brief = "what a note has said since it was made"
    about = "What a note has said since it was made, the oldest first; of a deleted one, by its whole id, too."

    def answer(self, library: Library, options: argparse.Namespace) -> int:
        """See `Verb`. Exit 1 when there was no such note."""
        wanted = one(options, "history", "ID")
        told = library.editions(wanted) or library.editions(library.note(wanted, "history"))
        for edition in told:
            if options.json:
                say_json(
                    {"at": edition.at, "action": edition.label, "body": edition.body, "tags": list(edition.tags), "colour": edition.colour}
                )
            else:
                said = " ".join(
                    [one_line(edition.body), *("#" + tag for tag in edition.tags), f"({edition.colour})" if edition.colour else ""]
                )
                say(f"{edition.at[:19].replace('T', ' ')}  {said.strip() or edition.kind}")
        return 0


class Tags(Verb):
    """`pullquote tags [--rename OLD NEW]`."""

    usage = "[--rename OLD NEW]"
    brief = "every tag with its counts; rename one"
    about = (
        "Every tag with how many notes and documents have it or one below it (a/b lies below a). "
        'Renaming takes what lies below along, and merges when NEW is there already; "" takes the tag away.'
    )

    def options(self, parser: Parser) -> None:
        """See `Verb`."""
        parser.add_argument("--rename", nargs=2, metavar=("OLD", "NEW"), help="give a tag another name")

    def answer(self, library: Library, options: argparse.Namespace) -> int:
        """See `Verb`. Exit 1 when there is no tag."""
        if options.words:
            raise UsageError("tags", options.words[0], "takes no words")
        if options.rename:
            count = library.rename_tag(*options.rename)
            say(f"{count} changed") if not options.json else say_json({"changed": count})
            return 0
        found = library.tags()
        for tag in found:
            if options.json:
                counts = {"notes": tag.notes, "documents": tag.documents, "all_notes": tag.all_notes, "all_documents": tag.all_documents}
                say_json({"tag": tag.tag, **counts})
                continue
            depth, name = tag.tag.count("/"), tag.tag.rsplit("/", 1)[-1]
            told = [f"{tag.all_notes} note{'s' if tag.all_notes != 1 else ''}"] if tag.all_notes else []
            told += [f"{tag.all_documents} document{'s' if tag.all_documents != 1 else ''}"] if tag.all_documents else []
            say(f"{'  ' * depth}#{name}".ljust(32) + " · ".join(told))
        return 0 if found else 1


class Delete(Verb):
    """`pullquote delete ID ...`."""

    usage = "ID ..."
    brief = "delete notes"
    about = "Delete notes, all or none. `pullquote undo` brings them back."

    def answer(self, library: Library, options: argparse.Namespace) -> int:
        """See `Verb`."""
        if not options.words:
            raise UsageError("delete", "", "name notes by their ids")
        chosen = [library.note(word, "delete") for word in options.words]
        library.delete([note.id for note in chosen])
        say_annotations(chosen, library, as_json=options.json)
        return 0


class Undo(Verb):
    """`pullquote undo`."""

    usage = ""
    brief = "take back the last thing done"
    about = "Take back the last thing done to notes, tags, corrections, speakers or the library's documents."
    done, nothing, field = "undone", "nothing to undo", "undone"

    def answer(self, library: Library, options: argparse.Namespace) -> int:
        """See `Verb`. Exit 1 when there is nothing to do."""
        if options.words:
            raise UsageError(type(self).__name__.lower(), options.words[0], "takes no words")
        action = self.act(library)
        if options.json:
            say_json({self.field: action.label if action else None})
        else:
            say(f"{self.done}: {action.label}" if action else self.nothing)
        return 0 if action else 1

    def act(self, library: Library) -> Action | None:
        """Do it; what was done."""
        return library.undo()


class Redo(Undo):
    """`pullquote redo`."""

    brief = "do again what was undone"
    about = "Do again what was undone last, unless something else was done since."
    done, nothing, field = "done again", "nothing to do again", "redone"

    def act(self, library: Library) -> Action | None:
        """Do it; what was done."""
        return library.redo()

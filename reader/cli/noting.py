"""Verbs on notes: note, bookmark, notes, edit, delete, undo."""

import argparse

from reader.cli.verb import Parser, Verb, one, say, say_annotations, say_json
from reader.errors import UsageError
from reader.library import Library


class Note(Verb):
    """`pullquote note DOCUMENT --quote TEXT ...`."""

    usage = "DOCUMENT --quote TEXT [--nth N] [--body TEXT] [--tag TAG ...]"
    about = "Make a note on words of a document; without body and tags, a highlight. Quotes, dashes, case and accents need not be exact."

    def options(self, parser: Parser) -> None:
        """See `Verb`."""
        parser.add_argument("--quote", metavar="TEXT", help="the words")
        parser.add_argument("--nth", type=int, metavar="N", help="which place, when the words stand in several")
        parser.add_argument("--body", default="", metavar="TEXT", help="what you have to say about them")
        parser.add_argument("--tag", dest="tags", nargs="+", action="extend", default=[], metavar="TAG")

    def answer(self, library: Library, options: argparse.Namespace) -> int:
        """See `Verb`."""
        if not options.quote:
            raise UsageError("note", "", "say on which words: --quote TEXT")
        entry = library.find(one(options, "note", "DOCUMENT"), "note")
        version = library.text_version(entry.id)
        start, end = library.place_words(entry.id, options.quote, options.nth)
        made = library.annotate(entry.id, start, end, options.body, options.tags, version=version)
        say_annotations([made], library, as_json=options.json)
        return 0


class Bookmark(Verb):
    """`pullquote bookmark DOCUMENT [--quote TEXT] [--name NAME]`."""

    usage = "DOCUMENT [--quote TEXT] [--nth N] [--name NAME]"
    about = "Bookmark a document, or a place in it."

    def options(self, parser: Parser) -> None:
        """See `Verb`."""
        parser.add_argument("--quote", metavar="TEXT", help="the words at the place")
        parser.add_argument("--nth", type=int, metavar="N", help="which place, when the words stand in several")
        parser.add_argument("--name", default="", help="what to call it")

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
    about = "Notes, highlights and bookmarks; those that hold every word of QUERY."
    refill = True

    def options(self, parser: Parser) -> None:
        """See `Verb`."""
        parser.add_argument("--document", help="only of this document")
        parser.add_argument("--tag", help="only with this tag or one below it")

    def answer(self, library: Library, options: argparse.Namespace) -> int:
        """See `Verb`. Exit 1 when there is none."""
        document = library.find(options.document, "notes").id if options.document else None
        found = library.notes(" ".join(options.words), document=document, tag=options.tag)
        say_annotations(found, library, as_json=options.json)
        return 0 if found else 1


class Edit(Verb):
    """`pullquote edit ID [--body TEXT] [--tag TAG ...]`."""

    usage = "ID [--body TEXT] [--tag TAG ...]"
    about = 'Give a note another body, or other tags (--tag "" takes them all away).'

    def options(self, parser: Parser) -> None:
        """See `Verb`."""
        parser.add_argument("--body", metavar="TEXT")
        parser.add_argument("--tag", dest="tags", nargs="+", action="extend", metavar="TAG")

    def answer(self, library: Library, options: argparse.Namespace) -> int:
        """See `Verb`."""
        if options.body is None and options.tags is None:
            raise UsageError("edit", "", "say what: --body TEXT or --tag TAG")
        note = library.note(one(options, "edit", "ID"), "edit")
        say_annotations([library.edit(note, body=options.body, tags=options.tags)], library, as_json=options.json)
        return 0


class Delete(Verb):
    """`pullquote delete ID ...`."""

    usage = "ID ..."
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
    about = "Take back the last thing done to notes, tags, corrections, speakers or the library's documents."

    def answer(self, library: Library, options: argparse.Namespace) -> int:
        """See `Verb`. Exit 1 when there is nothing to take back."""
        if options.words:
            raise UsageError("undo", options.words[0], "takes no words")
        action = library.undo()
        if options.json:
            say_json({"undone": action.label if action else None})
        else:
            say(f"undone: {action.label}" if action else "nothing to undo")
        return 0 if action else 1

"""Verbs on documents: add, list, show, correct, remove."""

import argparse
import os

from reader.cli.verb import Parser, Verb, entry_json, metadata_json, one, say, say_entries, say_json
from reader.errors import UsageError
from reader.library import Library
from reader.model import CORRECTABLE
from reader.text import one_line, safe

_RIGHT = {
    "date": "when it appeared: 2021, 2021-03 or 2021-03-01",
    "byline": "who wrote it",
    "doc_type": "what kind of document it is, for example news_article",
    "url": "its address",
}
"""What the options of `correct` mean, where their name does not say it."""


class Add(Verb):
    """`pullquote add PATH ...`."""

    usage = "[PATH ...] [--view]"
    brief = "take files and folders into the library"
    about = (
        "Take files and folders into the library. Folders are remembered and looked through again at every start of the window; "
        "without a PATH, now."
    )

    def options(self, parser: Parser) -> None:
        """See `Verb`."""
        parser.add_argument("--view", action="store_true", help="read into the index without adding to the library")

    def answer(self, library: Library, options: argparse.Namespace) -> int:
        """See `Verb`. Exit 2 when something failed; skipped files are fine."""
        if not options.words and options.view:
            raise UsageError("add", "", "name files or folders")
        if not options.words and not library.notes_store.folders() and not library.documents():
            raise UsageError("add", "", "nothing is remembered yet: name files or folders")
        outcomes = library.add(options.words, keep=not options.view) if options.words else library.refresh()
        counts: dict[str, int] = {}
        for outcome in outcomes:
            counts[outcome.status] = counts.get(outcome.status, 0) + 1
            if options.json:
                values = {"document": outcome.document, "path": outcome.path, "status": outcome.status}
                say_json({**values, "title": outcome.title, "error": outcome.error})
            elif outcome.status != "unchanged":
                say(
                    f"{outcome.status:<9} {outcome.path}"
                    + (f": {outcome.error}" if outcome.error else f"  ({one_line(outcome.title)})" if outcome.title else "")
                )
        if not options.json:
            say(", ".join(f"{count} {status}" for status, count in counts.items()) or "no files there")
        return 2 if counts.get("failed") else 0


class List(Verb):
    """`pullquote list`."""

    usage = "[--tag TAG]"
    brief = "the documents of the library"
    about = "The documents of the library: id, date, title, publisher, notes and tags."
    refill = True

    def options(self, parser: Parser) -> None:
        """See `Verb`."""
        parser.add_argument("--tag", metavar="TAG", help="only those with this tag")

    def answer(self, library: Library, options: argparse.Namespace) -> int:
        """See `Verb`."""
        if options.words:
            raise UsageError("list", options.words[0], "takes no words; `pullquote search` looks for them")
        entries = [entry for entry in library.documents() if options.tag is None or options.tag in entry.tags]
        say_entries(entries, as_json=options.json)
        return 0 if entries else 1


class Show(Verb):
    """`pullquote show DOCUMENT`."""

    usage = "DOCUMENT"
    brief = "the text of a document"
    about = "The text of a document; with --json also what it says about itself, and its blocks."
    refill = True

    def answer(self, library: Library, options: argparse.Namespace) -> int:
        """See `Verb`."""
        page = library.read(library.find(one(options, "show", "DOCUMENT"), "show").id)
        if options.json:
            blocks = [{"role": block.role.value, "start": block.start, "end": block.end} for block in page.blocks]
            metadata = {**metadata_json(page.entry), "url": page.entry.metadata.url, "path": page.entry.path}
            say_json({"document": page.id, **metadata, "text": page.text, "blocks": blocks})
        else:
            print(safe(page.text))  # it was made so when it was decoded; a cache edited by hand was not
        return 0


class Correct(Verb):
    """`pullquote correct DOCUMENT [--title TITLE] ...`."""

    usage = "DOCUMENT [--title TITLE] [--date DATE] ... [--tag TAG ...]"
    brief = "overrule what a document says about itself"
    about = 'Overrule what a document says about itself; "" says there is none. Kept with your notes. --tag replaces its tags.'

    def options(self, parser: Parser) -> None:
        """See `Verb`."""
        for name in CORRECTABLE:
            said = _RIGHT.get(name, f"the right {name}")
            parser.add_argument(f"--{name.replace('_', '-')}", dest=name, metavar=name.upper().replace("_", "-"), help=said)
        parser.add_argument("--tag", dest="tags", nargs="+", action="extend", metavar="TAG", help="its tags from now on")

    def answer(self, library: Library, options: argparse.Namespace) -> int:
        """See `Verb`."""
        values = {name: getattr(options, name) for name in CORRECTABLE if getattr(options, name) is not None}
        if not values and options.tags is None:
            raise UsageError("correct", "", "say what: " + ", ".join(f"--{name.replace('_', '-')}" for name in (*CORRECTABLE, "tag")))
        entry = library.find(one(options, "correct", "DOCUMENT"), "correct")
        if values:
            entry = library.correct(entry.id, **values)
        if options.tags is not None:
            entry = library.tag(entry.id, options.tags)
        say_entries([entry], as_json=options.json)
        return 0


class Remove(Verb):
    """`pullquote remove DOCUMENT|FOLDER ...`."""

    usage = "DOCUMENT|FOLDER ..."
    brief = "take documents or folders out of the library"
    about = "Take documents or remembered folders out of the library. Notes stay; `pullquote undo` brings all back."

    def answer(self, library: Library, options: argparse.Namespace) -> int:
        """See `Verb`."""
        if not options.words:
            raise UsageError("remove", "", "name documents or folders")
        remembered = set(library.notes_store.folders())
        folders = [path for path in map(os.path.abspath, options.words) if path in remembered]
        entries = [library.find(word, "remove") for word in options.words if os.path.abspath(word) not in remembered]
        for entry in library.remove([entry.id for entry in entries], folders):
            say_json(entry_json(entry)) if options.json else say(f"removed  {entry.path}  ({entry.display_title})")
        for folder in folders if not options.json else ():
            say(f"removed  {folder} and everything below it")
        return 0

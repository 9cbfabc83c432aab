"""What every verb has: its options, the library it works on, and how its answer is printed.

Nothing but the answer goes to standard output. No control or direction-changing character of any document, name or note does.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, NoReturn

from reader.errors import UsageError
from reader.library import Library
from reader.model import Annotation, Entry
from reader.text import one_line, safe_json, safe_line


class Parser(argparse.ArgumentParser):
    """Raises `UsageError` where argparse would print several lines and exit."""

    def error(self, message: str) -> NoReturn:
        """See `argparse.ArgumentParser.error`."""
        raise UsageError(self.prog.removeprefix("pullquote").strip() or "open", message, "see --help")


class Verb:
    """A verb of the command line. Subclasses say `usage`, `about`, add options, and `answer`."""

    usage: ClassVar[str]
    about: ClassVar[str]
    refill: ClassVar[bool] = False
    """Whether the answer needs an index that holds every document."""

    def run(self, words: Sequence[str]) -> int:
        """Parse the words after (and before) the verb, open the library, answer."""
        name = type(self).__name__.lower()
        parser = Parser(prog=f"pullquote {name}", usage=f"pullquote {name} {self.usage}".rstrip(), description=self.about)
        parser.add_argument("words", nargs="*", help=argparse.SUPPRESS)
        parser.add_argument("--library", metavar="DIR", help="the library folder (else PULLQUOTE_LIBRARY, else the user data directory)")
        parser.add_argument("--json", action="store_true", help="JSON Lines, one object a line")
        self.options(parser)
        options = parse(parser, words)
        tags = getattr(options, "tags", None)
        if not options.words and tags and len(tags) > 1:
            options.words.append(tags.pop())  # `note --tag wages DOCUMENT`: the last word was not meant for a tag
        if options.library == "":
            raise UsageError(name, "--library", "names no folder")
        code = self.without_library(options)
        if code is not None:
            return code
        with Library.open(options.library) as library:
            if self.refill:
                refill(library)
            return self.answer(library, options)

    def options(self, parser: Parser) -> None:
        """Add the verb's own options."""

    def without_library(self, options: argparse.Namespace) -> int | None:  # noqa: ARG002 - for those that override it
        """Do what must be done while the library is closed; the exit code, None when that is not asked for."""
        return None

    def answer(self, library: Library, options: argparse.Namespace) -> int:
        """Do it, print the answer, return the exit code."""
        raise NotImplementedError


def parse(parser: Parser, words: Sequence[str]) -> argparse.Namespace:
    """Options anywhere among the words; "--" ends options."""
    cut = words.index("--") if "--" in words else len(words)
    options = parser.parse_intermixed_args(list(words[:cut]))
    options.words += words[cut + 1 :]
    return options


def refill(library: Library) -> None:
    """Read the library's documents again when the index has lost them; says so on standard error."""
    if not library.notes_store.read_only and library.stale():
        print("pullquote: index: reading the library again", file=sys.stderr)
        for _ in library.refresh():
            pass


def one(options: argparse.Namespace, verb: str, what: str) -> str:
    """The verb's single word. Raises `UsageError` when there is none or more than one."""
    if len(options.words) != 1:
        raise UsageError(verb, what, "name one" if not options.words else f"name one, not {len(options.words)}; put quotes around spaces")
    return str(options.words[0])


def say(line: str = "") -> None:
    """Print one line for people, made safe."""
    print(safe_line(line).rstrip())


def say_json(value: Any) -> None:
    """Print one JSON object on one line; characters that could move a terminal are written as escapes."""
    utf8 = (sys.stdout.encoding or "utf-8").lower().replace("-", "") == "utf8"
    line = json.dumps(value, ensure_ascii=not utf8)
    print(safe_json(line))


# -- what the contract prints ----------------------------------------------------------------------------------------------------


def metadata_json(entry: Entry) -> dict[str, Any]:
    """The fields of `list` that describe a document."""
    known = entry.metadata
    contact = known.contact
    return {
        "title": known.title,
        "display_title": entry.display_title,
        "subtitle": known.subtitle,
        "date": known.date,
        "dateline": known.dateline,
        "publisher": known.publisher,
        "byline": known.byline,
        "contact": {"name": contact.name, "phone": contact.phone, "email": contact.email} if contact else None,
        "doc_type": known.doc_type,
    }


def entry_json(entry: Entry) -> dict[str, Any]:
    """A document as `list --json` prints it."""
    counts = {"words": entry.words, "notes": entry.notes, "tags": list(entry.tags), "missing": entry.missing}
    return {"document": entry.id, "path": entry.path, **metadata_json(entry), **counts}


def annotation_json(annotation: Annotation, now: str | None = None) -> dict[str, Any]:
    """A note as `notes --json` prints it; `now` are its words as they stand, when they are others than those it was made on."""
    return {
        "id": annotation.id,
        "kind": annotation.kind,
        "document": annotation.document,
        "start": annotation.start,
        "end": annotation.end,
        "exact": annotation.exact,
        "body": annotation.body,
        "tags": list(annotation.tags),
        "state": annotation.state,
        "created": annotation.created,
        "modified": annotation.modified,
        "colour": annotation.colour,
        "now": now,
    }


def say_entries(entries: Iterable[Entry], *, as_json: bool) -> None:
    """Documents, one a line."""
    for entry in entries:
        if as_json:
            say_json(entry_json(entry))
            continue
        marks = [
            entry.metadata.publisher or entry.metadata.byline,
            f"{entry.notes} note{'s' if entry.notes > 1 else ''}" if entry.notes else None,
        ]
        marks += ["#" + tag for tag in entry.tags]
        marks += ["missing"] if entry.missing else []
        say("  ".join([entry.id, (entry.metadata.date or "").ljust(10), entry.display_title, *(f"· {mark}" for mark in marks if mark)]))


def say_annotations(annotations: Iterable[Annotation], library: Library, *, as_json: bool) -> None:
    """Notes: JSON objects, or two or three lines each."""
    found = list(annotations)
    if as_json:
        for annotation in found:
            say_json(annotation_json(annotation, library.words_now(annotation)))
        return
    titles = {entry.id: entry.display_title for entry in library.documents({a.document for a in found})}
    for annotation in found:
        place = (
            f"{annotation.start}-{annotation.end}"
            if annotation.start is not None
            else ""
            if annotation.anchor is None
            else annotation.state
        )
        place += f"  {annotation.state}" if annotation.state in ("changed", "moved") else ""
        say("  ".join(part for part in (annotation.id[:8], annotation.kind, titles.get(annotation.document, ""), place) if part))
        if annotation.exact:
            say(f"    “{one_line(annotation.exact)}”")
        now = library.words_now(annotation)
        if now is not None:
            say(f"    now “{one_line(now)}”")
        if annotation.body or annotation.tags:
            say("    " + " ".join([one_line(annotation.body), *("#" + tag for tag in annotation.tags)]).strip())
        if annotation.colour:
            say(f"    ({annotation.colour})")

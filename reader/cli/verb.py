"""What every verb has: its options, the library it works on, and how its answer is printed.

Nothing but the answer goes to standard output. No control or direction-changing character of any document, name or note does.
"""

import argparse
import json
import os
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

    def print_help(self, file: Any = None) -> None:
        """See `argparse.ArgumentParser.print_help`, which swallows a full disk or a closed pipe; `main` must hear of them."""
        print(self.format_help(), end="", file=file, flush=True)


class Verb:
    """A verb of the command line. Subclasses say `usage`, `brief` and `about`, add options, and `answer`."""

    usage: ClassVar[str]
    brief: ClassVar[str] = ""
    """What it does in a few words, for the list of all verbs."""
    about: ClassVar[str]
    refill: ClassVar[bool] = False
    """Whether the answer needs an index that holds every document."""

    def parser(self) -> Parser:
        """The verb's parser, from which its help, the manual page and the completions come."""
        from reader.cli.told import LIBRARY_HELP, meanings

        name = type(self).__name__.lower()
        usage = f"pullquote {name} {self.usage}".rstrip()
        parser = Parser(prog=f"pullquote {name}", usage=usage, description=self.about, epilog=meanings(self.usage), add_help=False)
        parser.add_argument("words", nargs="*", help=argparse.SUPPRESS)
        self.options(parser)
        parser.add_argument("--library", metavar="DIR", help=LIBRARY_HELP)
        parser.add_argument("--json", action="store_true", help="JSON Lines, one object a line")
        parser.add_argument("-h", "--help", action="help", help="print this")
        return parser

    def run(self, words: Sequence[str]) -> int:
        """Parse the words after (and before) the verb, open the library, answer."""
        options = parse(self.parser(), words)
        tags = getattr(options, "tags", None)
        if not options.words and tags and len(tags) > 1:
            options.words.append(tags.pop())  # `note --tag wages DOCUMENT`: the last word was not meant for a tag
        if options.library == "":
            raise UsageError(type(self).__name__.lower(), "--library", "names no folder")
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


def moves_terminal() -> bool:
    """Whether escape codes may be printed: standard output is a terminal that knows them, and nobody asked for none."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def link(shown: str, address: str | None) -> str:
    """Words made safe for one line, which on a terminal lead to a path or to an http(s) address when clicked (OSC 8)."""
    shown = safe_line(shown)
    target = _target(address) if address and moves_terminal() else None
    return f"\x1b]8;;{target}\x1b\\{shown}\x1b]8;;\x1b\\" if target else shown


def _target(address: str) -> str | None:
    """The address as a terminal may be told it, in printable ASCII; None when it is neither a path nor of a scheme that is only looked at."""
    from pathlib import Path
    from urllib.parse import quote, urlsplit

    if os.path.isabs(address):
        try:
            return Path(address).as_uri()  # percent-encoded
        except ValueError:
            return None
    try:
        scheme = urlsplit(address).scheme
    except ValueError:
        return None
    return quote(address, safe="!#$%&'()*+,/:;=?@[]~") if scheme in ("http", "https", "file") else None


def entry_link(shown: str, entry: Entry | None) -> str:
    """A document's title, leading to its file, or to where it came from when the file is gone."""
    return link(shown, None if entry is None else entry.metadata.url if entry.missing else entry.path)


def standard_input(most: int = sys.maxsize) -> bytes:
    """All of standard input, or a little more than `most` bytes of it. Raises OSError."""
    if not hasattr(sys.stdin, "buffer"):
        return sys.stdin.read().encode()
    stream: Any = sys.stdin.buffer
    pieces: list[bytes] = []
    size = 0
    while size <= most and (piece := stream.read1(1 << 20)):  # piece by piece: one long read hears Ctrl+C only at its end
        pieces.append(piece)
        size += len(piece)
    return b"".join(pieces)


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
        rest = "".join(f"  · {mark}" for mark in marks if mark)
        title = entry_link(entry.display_title, entry)
        print(safe_line(f"{entry.id}  {entry.metadata.date or '':<10}  ") + title + safe_line(rest).rstrip())


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

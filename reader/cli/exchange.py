"""The verbs export and import."""

import argparse
import contextlib
import os
import sys
from collections import Counter
from pathlib import Path

from reader.cli.verb import Parser, Verb, one, refill, say, say_json, standard_input
from reader.errors import PullquoteError, UsageError
from reader.library import Library


class Export(Verb):
    """`pullquote export --format F [-o FILE] [--document D] [--tag T]`."""

    usage = "--format FORMAT [-o FILE] [--document DOCUMENT] [--tag TAG]"
    brief = "write notes out for other programs"
    about = "Write notes out in a format for other programs: jsonl (everything) or markdown."
    refill = True

    def options(self, parser: Parser) -> None:
        """See `Verb`."""
        parser.add_argument("--format", metavar="FORMAT", help="jsonl or markdown")
        parser.add_argument(
            "-o", "--output", metavar="FILE", help="a file instead of standard output; an old one is replaced when the new one is whole"
        )
        parser.add_argument("--document", metavar="DOCUMENT", help="only of this document")
        parser.add_argument("--tag", metavar="TAG", help="only with this tag, or on documents with it")

    def answer(self, library: Library, options: argparse.Namespace) -> int:
        """See `Verb`. Exit 1 when there is nothing to export; the file is not touched then."""
        if options.words or not options.format:
            raise UsageError("export", "".join(options.words[:1]), "say which: --format jsonl or --format markdown")
        document = library.find(options.document, "export").id if options.document else None
        lines = list(library.export(options.format, document=document, tag=options.tag))
        text = "".join(line + "\n" for line in lines)
        if not lines:
            print("no notes to export", file=sys.stderr)
            return 1
        if options.output in (None, "-"):
            sys.stdout.write(text)
        else:
            _write(options.output, text)
        return 0


class Import(Verb):
    """`pullquote import FILE [--format F]`."""

    usage = "FILE|- [--format FORMAT]"
    brief = "take in notes that were exported"
    about = (
        "Take in notes that were exported (jsonl), from a file or - for standard input. None of yours is overwritten: a note that both "
        "sides edited is there twice. `pullquote undo` takes all of it back."
    )

    def options(self, parser: Parser) -> None:
        """See `Verb`."""
        parser.add_argument("--format", metavar="FORMAT", default="jsonl", help="jsonl, the default")

    def answer(self, library: Library, options: argparse.Namespace) -> int:
        """See `Verb`. Exit 1 when there was no note in it."""
        told = library.take_in(options.format, _lines(one(options, "import", "FILE")))
        refill(library)
        for taken in told:
            if options.json:
                say_json({"id": taken.id, "status": taken.status, "document": taken.document})
        if not options.json:
            counts = Counter(taken.status for taken in told)
            say(", ".join(f"{count} {status}" for status, count in counts.items()) or "no note in it")
        return 0 if told else 1


def _lines(path: str) -> list[str]:
    """The lines of a text file in UTF-8. Raises `PullquoteError` when it cannot be read."""
    try:
        data = standard_input() if path == "-" else Path(path).read_bytes()
        return data.decode("utf-8-sig").split("\n")
    except OSError as error:
        raise PullquoteError("import", path, (error.strerror or str(error)).lower()) from error
    except UnicodeDecodeError as error:
        raise PullquoteError("import", path, "is no text in UTF-8") from error


def _write(path: str, text: str) -> None:
    """Replace a file when the new one is whole; write straight into what is no regular file (a device, a pipe), and through links."""
    target = Path(os.path.realpath(path))
    partial = target.with_name(f"{target.name}.partial-{os.getpid()}")
    try:
        if target.exists() and not target.is_file():
            target.write_text(text, encoding="utf-8", newline="\n")
            return
        partial.write_text(text, encoding="utf-8", newline="\n")
        partial.replace(target)
    except OSError as error:
        with contextlib.suppress(OSError):
            partial.unlink()
        raise PullquoteError("export", path, (error.strerror or str(error)).lower()) from error

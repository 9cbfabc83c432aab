"""The verb doctor."""

import argparse
from collections.abc import Sequence

from reader.cli.verb import Parser, Verb, say, say_json
from reader.errors import UsageError
from reader.library import Library


class Doctor(Verb):
    """`pullquote doctor [--restore [BACKUP]]`."""

    usage = "[--restore [BACKUP]]"
    brief = "what is healthy, what is not, how to mend it; restore a backup"
    about = (
        "Where everything lies, what is healthy, what is stale, how to mend it. --restore brings the notes back from the latest sound "
        "backup, or from the one named; what stood there is moved aside, not deleted."
    )

    def options(self, parser: Parser) -> None:
        """See `Verb`."""
        parser.add_argument("--restore", action="store_true", help="bring the notes back; the file name of a backup may follow")

    def answer(self, library: Library, options: argparse.Namespace) -> int:
        """See `Verb`. Exit 1 when something is broken."""
        if options.words:
            raise UsageError("doctor", options.words[0], "takes no words but a backup for --restore")
        findings = library.check_up()
        for finding in findings:
            if options.json:
                say_json({"what": finding.what, "state": finding.state, "detail": finding.detail, "remedy": finding.remedy})
                continue
            say(f"{finding.state:<4}  {finding.what}: {finding.detail}")
            if finding.remedy:
                say(f"      {finding.remedy}")
        return 1 if any(finding.state == "bad" for finding in findings) else 0

    def without_library(self, options: argparse.Namespace) -> int | None:
        """Restoring must work when the library cannot be opened."""
        if not options.restore:
            return None
        named: Sequence[str] = options.words
        if len(named) > 1:
            raise UsageError("doctor", "--restore", f"name one backup, not {len(named)}")
        if named and not named[0]:
            raise UsageError("doctor", "--restore", "names no backup")
        restored = Library.restore(options.library, named[0] if named else None)
        if options.json:
            say_json({"restored": str(restored.copy), "aside": str(restored.aside)})
        else:
            say(f"restored: {restored.copy}")
            say(f"      what stood there lies in {restored.aside}; `pullquote` reads the documents again when it starts")
        return 0

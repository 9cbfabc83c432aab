"""The verb doctor."""

import argparse

from reader.cli.verb import Verb, say, say_json
from reader.library import Library


class Doctor(Verb):
    """`pullquote doctor`."""

    usage = ""
    about = "Where everything lies, what is healthy, what is stale, how to mend it."

    def answer(self, library: Library, options: argparse.Namespace) -> int:
        """See `Verb`. Exit 1 when something is broken."""
        findings = library.check_up()
        for finding in findings:
            if options.json:
                say_json({"what": finding.what, "state": finding.state, "detail": finding.detail, "remedy": finding.remedy})
                continue
            say(f"{finding.state:<4}  {finding.what}: {finding.detail}")
            if finding.remedy:
                say(f"      {finding.remedy}")
        return 1 if any(finding.state == "bad" for finding in findings) else 0

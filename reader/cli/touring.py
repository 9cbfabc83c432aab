"""The verb tour: the window on the samples, with a library of its own that is gone afterwards."""

import argparse
import sys
import tempfile

from reader.cli.verb import Verb, say
from reader.errors import UsageError
from reader.paths import sample_documents


class Tour(Verb):
    """`pullquote tour`."""

    brief = "two minutes in the window, on samples"
    usage = ""
    about = (
        "Walks through the window in two minutes, on invented samples. Nothing of yours is touched. Without a terminal it prints the steps."
    )

    def without_library(self, options: argparse.Namespace) -> int:
        """The tour has a library of its own, in a folder that is removed at the end."""
        if options.words:
            raise UsageError("tour", options.words[0], "takes no words")
        samples = sample_documents()
        if not (sys.stdin.isatty() and sys.stdout.isatty()) or samples is None:
            from reader.tui.tour import linear

            for line in linear():
                say(line)
            return 0
        from reader.tui.app import run

        with tempfile.TemporaryDirectory(prefix="pullquote-tour-") as folder:
            return run(folder, [str(samples)], touring=True)

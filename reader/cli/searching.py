"""The verb search."""

import argparse
import sys
from typing import Any

from reader.cli.verb import Parser, Verb, say, say_json
from reader.errors import UsageError
from reader.library import Library
from reader.model import Hit
from reader.text import one_line, safe


class Search(Verb):
    """`pullquote search QUERY... [-n N]`, `pullquote search -`."""

    usage = "QUERY... [-n N]   or: pullquote search -"
    about = 'Find half-remembered words; the best place first. "-" reads one query a line from standard input.'
    refill = True

    def options(self, parser: Parser) -> None:
        """See `Verb`."""
        parser.add_argument("-n", type=int, default=10, metavar="N", help="at most N hits (default 10)")

    def answer(self, library: Library, options: argparse.Namespace) -> int:
        """See `Verb`. Exit 1 when nothing was found at all."""
        if options.n < 1:
            raise UsageError("search", f"-n {options.n}", "ask for one hit at least")
        queries = [line.strip() for line in sys.stdin] if options.words == ["-"] else [" ".join(options.words)]
        queries = [query for query in queries if query]
        if not queries:
            raise UsageError("search", "", "say what to look for")
        found = False
        for query in queries:
            for hit in library.search(query, limit=options.n):
                found = True
                say_json(hit_json(hit)) if options.json else _say(hit)
        if not found and not options.json:
            print("nothing like it in the library", file=sys.stderr)
        return 0 if found else 1


def hit_json(hit: Hit) -> dict[str, Any]:
    """A hit as `search --json` prints it."""
    return {
        "query": hit.query,
        "rank": hit.rank,
        "score": hit.score,
        "document": hit.document,
        "title": hit.title,
        "start": hit.start,
        "end": hit.end,
        "passage": hit.passage,
        "matches": [list(span) for span in hit.matches],
        "speaker": hit.speaker,
        "why": hit.why,
        "copies": hit.copies,
    }


def _say(hit: Hit) -> None:
    """Three lines: the sentence with its matched words in brackets on no terminal or bold on one, its source, and why."""
    bold, plain = ("\x1b[1m", "\x1b[22m") if sys.stdout.isatty() else ("", "")
    pieces, at = [], hit.start
    for start, end in hit.matches:
        pieces += [hit.passage[at - hit.passage_start : start - hit.passage_start], bold]
        pieces += [hit.passage[start - hit.passage_start : end - hit.passage_start], plain]
        at = end
    pieces.append(hit.passage[at - hit.passage_start : hit.end - hit.passage_start])
    sentence = " ".join("".join(p if p in (bold, plain) else safe(p) for p in pieces).split())
    print(f"{hit.rank:>3}  {sentence}")
    say(
        "     "
        + " · ".join(
            one_line(part) for part in (hit.display_title, hit.publisher or "", hit.date or "", f"{hit.document}:{hit.start}") if part
        )
    )
    copies = f"{hit.copies} cop{'ies' if hit.copies != 1 else 'y'}" if hit.copies else ""
    say("     " + " · ".join(part for part in (f"{hit.score:.0f}", hit.why, copies, "weak" if hit.weak else "") if part))

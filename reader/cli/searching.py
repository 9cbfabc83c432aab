"""The verb search."""

import argparse
import sys
from typing import Any

from reader.cli.verb import Parser, Verb, entry_link, moves_terminal, say, say_json
from reader.errors import UsageError
from reader.library import Library
from reader.model import Answer, Entry, Hit
from reader.text import one_line, safe


class Search(Verb):
    """`pullquote search QUERY... [-n N]`, `pullquote search -`."""

    usage = "QUERY ... [-n N] [--save | --forget]  or: pullquote search -  or: pullquote search --saved"
    brief = "find half-remembered words"
    about = 'Find half-remembered words; the best place first. "-" reads one query a line from standard input.'
    refill = True

    def options(self, parser: Parser) -> None:
        """See `Verb`."""
        parser.add_argument("-n", type=int, default=10, metavar="N", help="at most N hits (default 10)")
        parser.add_argument("--save", action="store_true", help="keep the search")
        parser.add_argument("--forget", action="store_true", help="keep it no longer")
        parser.add_argument("--saved", action="store_true", help="list the searches kept")

    def answer(self, library: Library, options: argparse.Namespace) -> int:
        """See `Verb`. Exit 1 when nothing was found at all."""
        if options.n < 1:
            raise UsageError("search", f"-n {options.n}", "ask for one hit at least")
        if options.saved:
            return _list(library.saved_searches(), as_json=options.json)
        queries = [line.strip() for line in sys.stdin] if options.words == ["-"] else [" ".join(options.words)]
        queries = [query for query in queries if query]
        if not queries:
            raise UsageError("search", "", "say what to look for")
        entries = {entry.id: entry for entry in library.documents()}
        found = False
        for query in queries:
            if options.save or options.forget:
                library.save_search(query, keep=options.save)
            answer = library.answer(query, limit=options.n, among=entries)
            found = found or bool(answer.hits)
            for hit in answer.hits:
                say_json(hit_json(hit)) if options.json else _say(hit, entries.get(hit.document))
            if not options.json:
                _remark(answer)
        return 0 if found or options.forget else 1


def _speaker(hit: Hit) -> str:
    return f"{hit.speaker}{' (likely)' if hit.speaker_confidence == 'likely' else ''}" if hit.speaker else ""


def _list(saved: list[str], *, as_json: bool) -> int:
    for query in saved:
        say_json({"query": query}) if as_json else say(one_line(query))
    return 0 if saved else 1


def _remark(answer: Answer) -> None:
    """How the query was taken, and what is near when nothing was found, on standard error."""
    for remark in answer.remarks:
        print(one_line(remark), file=sys.stderr)
    if not answer.hits:
        near = f"; words near to yours: {', '.join(answer.nearest)}" if answer.nearest else ""
        print(f"nothing like it in the library{one_line(near)}", file=sys.stderr)


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
        "speaker_confidence": hit.speaker_confidence,
        "why": hit.why,
        "copies": hit.copies,
        "wordings": hit.wordings,
        "wording_of": hit.wording_of,
        "elsewhere": [{"document": place.document, "start": place.start, "end": place.end} for place in hit.elsewhere],
    }


def _say(hit: Hit, entry: Entry | None) -> None:
    """Three lines: the sentence with its matched words in brackets on no terminal or bold on one, its source, and why."""
    bold, plain = ("\x1b[1m", "\x1b[22m") if moves_terminal() else ("", "")
    pieces, at = [], hit.start
    for start, end in hit.matches:
        pieces += [hit.passage[at - hit.passage_start : start - hit.passage_start], bold]
        pieces += [hit.passage[start - hit.passage_start : end - hit.passage_start], plain]
        at = end
    pieces.append(hit.passage[at - hit.passage_start : hit.end - hit.passage_start])
    sentence = " ".join("".join(p if p in (bold, plain) else safe(p) for p in pieces).split())
    print(f"{hit.rank:>3}  {sentence}")
    title = entry_link(one_line(hit.display_title), entry)
    facts = [one_line(fact) for fact in (hit.publisher or "", hit.date or "", f"{hit.document}:{hit.start}")]
    print("     " + " · ".join(fact for fact in (one_line(_speaker(hit)), title, *facts) if fact))
    copies = f"{hit.copies} cop{'ies' if hit.copies != 1 else 'y'}" if hit.copies else ""
    wordings = f"another wording of {hit.wording_of}" if hit.wording_of else f"{hit.wordings} wordings" if hit.wordings > 1 else ""
    say("     " + " · ".join(part for part in (f"{hit.score:.0f}", hit.why, copies, wordings, "weak" if hit.weak else "") if part))

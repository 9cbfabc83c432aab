"""Verbs on quotations: quotes, speakers, attribute."""

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence
from typing import Any

from reader.cli.verb import Parser, Verb, one, say, say_json
from reader.errors import NotFound, StoreError, UsageError
from reader.library import Library
from reader.model import KINDS, Entry, Quotation, Span, Speaker
from reader.text import one_line

ORDERS = ("document", "time", "speaker")


class Quotes(Verb):
    """`pullquote quotes [--by NAME] [PATH|DOCUMENT ...]`."""

    usage = "[--by NAME] [PATH|DOCUMENT ...] [--kind KIND] [--order ORDER] [--fold] [--speakers]"
    brief = "quotations with their speakers"
    about = "Quotations with their speakers, in the library or in the documents, files and folders named. Without --kind, no fragments."
    refill = True

    def options(self, parser: Parser) -> None:
        """See `Verb`."""
        parser.add_argument("--by", metavar="NAME", help="only of this person; any spelling of the name, or a part of it")
        parser.add_argument("--kind", choices=[*KINDS, "all"], help="only this kind; all: fragments too")
        parser.add_argument("--order", choices=ORDERS, default="document", help="by document (as it is), by time or by speaker")
        parser.add_argument("--fold", action="store_true", help="the same words of the same speaker only once")
        parser.add_argument("--speakers", action="store_true", help="who is quoted, instead of the quotations")

    def answer(self, library: Library, options: argparse.Namespace) -> int:
        """See `Verb`. Exit 1 when there is none."""
        if options.by is not None and not options.by.strip():
            raise UsageError("quotes", '--by ""', "say whom")
        among = named(library, options.words)
        find_quotes(library)
        if options.speakers:
            return say_speakers(library.speakers(among), as_json=options.json)
        found = library.quotes(options.by, among, kind=options.kind, order=options.order, fold=options.fold)
        if options.json:
            for quotation in found:
                say_json(quotation_json(quotation))
        else:
            _say(found, options.order)
        if not found:
            fragments = options.kind is None and library.quotes(options.by, among, kind="fragment")
            nobody = f"nobody called {one_line(options.by)} is quoted there" if options.by else "no quotations there"
            print("only fragments; --kind fragment shows them" if fragments else nobody, file=sys.stderr)
        return 0 if found else 1


class Speakers(Verb):
    """`pullquote speakers [--merge NAME ... | --split NAME]`."""

    usage = "[--merge NAME ... [--into NAME] | --split NAME [--document DOCUMENT] [--into NAME]]"
    brief = "who is quoted; merge and split names"
    about = "Who is quoted in the library, most quoted first; and which names mean one person. `pullquote undo` takes a change back."
    refill = True

    def options(self, parser: Parser) -> None:
        """See `Verb`."""
        parser.add_argument("--merge", nargs="+", metavar="NAME", help="these names mean one person, called as the last one or --into")
        parser.add_argument("--split", metavar="NAME", help="this name is not whom it was taken for")
        parser.add_argument("--document", metavar="DOCUMENT", help="only in this document")
        parser.add_argument("--into", metavar="NAME", help="but this person")

    def answer(self, library: Library, options: argparse.Namespace) -> int:
        """See `Verb`. Exit 1 when nobody is quoted."""
        if options.words:
            raise UsageError("speakers", options.words[0], "takes no words; `pullquote quotes --by` lists what somebody said")
        find_quotes(library)
        if options.merge and options.split:
            raise UsageError("speakers", "", "say --merge or --split, not both")
        if options.merge:
            if len(options.merge) + bool(options.into) < 2:
                raise UsageError("speakers", "--merge", "name two at least")
            library.merge_speakers(options.merge, options.into or options.merge[-1])
        elif options.split:
            document = library.find(options.document, "speakers").id if options.document else None
            library.split_speaker(options.split, document, options.into)
        elif options.document or options.into:
            raise UsageError("speakers", "", "say whom: --merge or --split")
        return say_speakers(library.speakers(), as_json=options.json)


class Attribute(Verb):
    """`pullquote attribute DOCUMENT --quote TEXT --speaker NAME`."""

    usage = "DOCUMENT --quote TEXT [--nth N] (--speaker NAME | --unknown)"
    brief = "say who spoke a quotation"
    about = "Say who spoke a quotation, or that nobody knows. Kept with your notes; `pullquote undo` takes it back."

    def options(self, parser: Parser) -> None:
        """See `Verb`."""
        parser.add_argument("--quote", metavar="TEXT", help="words of the quotation")
        parser.add_argument("--nth", type=int, metavar="N", help="which place, when the words stand in several")
        parser.add_argument("--speaker", metavar="NAME", help="who said it")
        parser.add_argument("--unknown", action="store_true", help="nobody knows who did")

    def answer(self, library: Library, options: argparse.Namespace) -> int:
        """See `Verb`."""
        if not options.quote:
            raise UsageError("attribute", "", "say which words: --quote TEXT")
        if (options.speaker is None) != options.unknown:
            raise UsageError("attribute", "", "say who: --speaker NAME, or --unknown")
        entry = library.find(one(options, "attribute", "DOCUMENT"), "attribute")
        find_quotes(library)
        place = library.place_words(entry.id, options.quote, options.nth, "attribute")
        library.attribute(entry.id, place, options.speaker)
        found = [said for said in library.quotes(among=[entry], kind="all") if _touches(said, place)]
        for quotation in found if options.json else ():
            say_json(quotation_json(quotation))
        if not options.json:
            _say(found, "document")
        return 0


def find_quotes(library: Library) -> None:
    """Find the quotations that an older pullquote has not found; says so on standard error."""
    with contextlib.suppress(StoreError):  # an index that cannot be written has what it has
        for number, _ in enumerate(library.find_quotes()):
            if not number:
                print("pullquote: index: looking for quotations in the library", file=sys.stderr)


def named(library: Library, words: Sequence[str]) -> list[Entry] | None:
    """The documents meant by ids, titles, files and folders; None when nothing was named. What lies outside the library is only read."""
    if not words:
        return None
    ids: dict[str, None] = {}
    for word in words:
        if os.path.isdir(word):
            for _ in library.add([word], keep=False):
                pass
            below = library.viewed([word])
            if not below:
                raise NotFound("quotes", word, "no document in it")
            ids.update(dict.fromkeys(below))
        else:
            ids[library.find(word, "quotes").id] = None
    return list(library.documents(list(ids)))


def quotation_json(found: Quotation) -> dict[str, Any]:
    """A quotation as `quotes --json` prints it."""
    quote = found.quote
    return {
        "document": found.document,
        "start": quote.start,
        "end": quote.end,
        "text": found.text,
        "group": quote.group,
        "kind": quote.kind,
        "speaker": quote.speaker,
        "mention": _pair(quote.mention),
        "role": quote.role,
        "rule": quote.rule,
        "confidence": quote.confidence,
        "cue": _pair(quote.cue),
        "naming": _pair(quote.naming),
        "person": quote.person,
        "corrected": found.corrected,
        "title": found.display_title,
        "date": found.date,
        "publisher": found.publisher,
        "copies": found.copies,
        "wordings": found.wordings,
        "wording_of": found.wording_of,
        "elsewhere": [{"document": place.document, "start": place.start, "end": place.end} for place in found.elsewhere],
    }


def speaker_json(speaker: Speaker) -> dict[str, Any]:
    """Somebody as `speakers --json` prints them."""
    return {
        "name": speaker.name,
        "names": list(speaker.names),
        "role": speaker.role,
        "quotes": speaker.quotes,
        "documents": speaker.documents,
        "first": speaker.first,
        "last": speaker.last,
        "person": speaker.person,
    }


def say_speakers(speakers: Sequence[Speaker], *, as_json: bool) -> int:
    """Everybody, one object or two lines each; the exit code."""
    for speaker in speakers:
        if as_json:
            say_json(speaker_json(speaker))
            continue
        dates = "–".join(dict.fromkeys(date for date in (speaker.first, speaker.last) if date))
        documents = f"in {speaker.documents} document{'s' if speaker.documents != 1 else ''}"
        others = [one_line(name) for name in speaker.names if name != speaker.name]
        facts = [one_line(speaker.role or ""), documents, dates, "also: " + ", ".join(others) if others else ""]
        say(f"{speaker.quotes:>5}  {one_line(speaker.name)}")
        say("       " + " · ".join(fact for fact in facts if fact))
    return 0 if speakers else 1


def _say(found: Sequence[Quotation], order: str) -> None:
    """Quotations below what they are ordered by: the document, the year, or the speaker."""
    heading = None
    for quotation in found:
        source = " · ".join(part for part in (quotation.display_title, quotation.publisher, quotation.date) if part)
        place = f"{quotation.document}:{quotation.quote.start}"
        speaker = one_line(", ".join(part for part in (quotation.quote.speaker or "unknown", quotation.quote.role) if part))
        year = quotation.date[:4] if quotation.date else "undated"
        group = {"document": source, "time": year, "speaker": one_line(quotation.quote.speaker or "unknown")}
        if group[order] != heading:
            heading = group[order]
            say(heading)
        say(f"  “{one_line(quotation.text)}”")
        facts = [speaker, _how_sure(quotation), *([source] if order != "document" else []), place, *_sameness(quotation)]
        say("    " + " · ".join(one_line(fact) for fact in facts if fact))


def _how_sure(quotation: Quotation) -> str:
    kind = quotation.quote.kind if quotation.quote.kind != "direct" else ""
    sure = "you say" if quotation.corrected else "likely" if quotation.quote.confidence == "likely" else ""
    return " · ".join(part for part in (sure, kind) if part)


def _sameness(quotation: Quotation) -> list[str]:
    copies = f"{quotation.copies} cop{'ies' if quotation.copies != 1 else 'y'}" if quotation.copies else ""
    wordings = f"{quotation.wordings} wordings" if quotation.wordings > 1 else ""
    return [copies, f"another wording of {quotation.wording_of}" if quotation.wording_of else wordings]


def _touches(found: Quotation, place: Span) -> bool:
    return found.quote.start < place[1] and found.quote.end > place[0]


def _pair(span: Span | None) -> list[int] | None:
    return None if span is None else list(span)

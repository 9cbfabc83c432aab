"""Quotations and their speakers, in the form that the scorer reads, and what each rule is worth.

    python -m tests.bench.quotes TEXTS > predictions.jsonl
    python -m tests.bench.quotes --rules GOLD                    # a table: how often each rule answers and is right
    python -m tests.bench.quotes --speed TEXTS                   # passages a CPU second, with marks and without
    python -m tests.bench.quotes --half 0 GOLD > half.jsonl      # every second document of a file, from the first (0) or the second (1)

TEXTS are JSON lines {"id", "text"}. Every text is read as a plain-text file; offsets are code points of "text" as it stands in TEXTS,
also where it has CR LF.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from reader.ingest import frontmatter
from reader.ingest.formats import text as plain
from reader.ingest.parsed import Source
from reader.model import Quote
from reader.quotes.find import find


def rows(path: str) -> Iterator[dict]:
    """The JSON lines of a file."""
    with Path(path).open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def _origins(text: str) -> list[int]:
    """For each code point of the text with newlines made one character, and for its end, where it stood before."""
    return [at for at, c in enumerate(text) if not (c == "\r" and text[at + 1 : at + 2] == "\n")] + [len(text)]


def found(text: str) -> Sequence[Quote]:
    """The quotes of a text, newlines already one character each; front matter is what it is in any file."""
    front, rest = frontmatter.split(text)
    said = frontmatter.metadata(front)
    parsed = plain.read(Source(rest.encode("utf-8", "surrogatepass"), "text.txt"))
    known = replace(parsed.metadata, title=said.title or parsed.metadata.title, byline=said.byline or parsed.metadata.byline)
    return [moved(quote, len(front)) for quote in find(parsed.text, parsed.blocks, known)]


def moved(quote: Quote, by: int) -> Quote:
    """The quote in a text that has `by` more code points before it."""

    def place(span: tuple[int, int] | None) -> tuple[int, int] | None:
        return span and (span[0] + by, span[1] + by)

    spans = {name: place(getattr(quote, name)) for name in ("mention", "cue", "naming")}
    return replace(quote, start=quote.start + by, end=quote.end + by, **spans)


def predictions(row: dict) -> dict:
    """The predictions for a row of TEXTS."""
    origins = _origins(row["text"])

    def place(span: tuple[int, int] | None) -> list[int] | None:
        return span and [origins[span[0]], origins[span[1]]]

    quotes = [
        {
            **dict(zip(("start", "end"), place((q.start, q.end)) or (), strict=True)),
            "kind": q.kind,
            "group": q.group,
            "speaker": q.speaker,
            "mention": place(q.mention),
            "role": q.role,
            "rule": q.rule,
            "confidence": q.confidence,
        }
        for q in found(row["text"].replace("\r\n", "\n"))
    ]
    return {"id": row["id"], "quotes": quotes}


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts")
    parser.add_argument("--half", type=int, choices=(0, 1), help="print every second row as it is, from the first or the second")
    args = parser.parse_args()
    for number, row in enumerate(rows(args.texts)):
        if args.half is not None:
            if number % 2 == args.half:
                print(json.dumps(row, ensure_ascii=False))
        else:
            print(json.dumps(predictions(row), ensure_ascii=False))


if __name__ == "__main__":
    main()

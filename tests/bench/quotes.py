"""Quotations and their speakers, in the form that the scorer reads, and what each rule is worth.

    python -m tests.bench.quotes TEXTS > predictions.jsonl
    python -m tests.bench.quotes GOLD --half 0 > half.jsonl      # every second row as it is, from the first (0) or the second (1)
    python -m tests.bench.quotes GOLD --rules                    # how often each rule answers, and how often it names the source
    python -m tests.bench.quotes TEXTS --speed                   # passages a CPU second, with marks and without, beside one regular expression

TEXTS are JSON lines {"id", "text"}. Every text is read as a plain-text file, front matter as in any file; offsets are code points of
"text" as it stands in TEXTS, also where it has CR LF. GOLD has "quotes" with "start", "end" and "mention" or "speaker_start",
"speaker_end" as well: only `--rules` reads them.
"""

import collections
import json
import re
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from reader.ingest import frontmatter
from reader.ingest.formats import text as plain
from reader.ingest.parsed import Source
from reader.model import Quote, Span
from reader.quotes.find import find
from reader.quotes.marks import ANY_MARK
from tests.bench.options import parser_of

ROUNDS = 5
NAIVE = re.compile(r"[“\"]([^”\"]{3,})[”\"],? (?:(\w+(?: \w+)*) )?(?:said|says|added|told|asked)(?: (\w+(?: \w+)*))?")
"""What anybody would write first: the peer in the same run. It finds two thirds of the sources that it answers for."""


def rows(path: str) -> Iterator[dict[str, Any]]:
    """The JSON lines of a file."""
    with Path(path).open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def _origins(text: str) -> list[int]:
    """For each code point of the text with newlines made one character, and for its end, where it stood before."""
    return [at for at, c in enumerate(text) if not (c == "\r" and text[at + 1 : at + 2] == "\n")] + [len(text)]


def found(text: str) -> list[Quote]:
    """The quotes of a text, newlines already one character each; front matter is what it is in any file."""
    front, rest = frontmatter.split(text)
    said = frontmatter.metadata(front)
    parsed = plain.read(Source(rest.encode("utf-8", "surrogatepass"), "text.txt"))
    known = replace(parsed.metadata, title=said.title or parsed.metadata.title, byline=said.byline or parsed.metadata.byline)
    return [moved(quote, len(front)) for quote in find(parsed.text, parsed.blocks, known)]


def moved(quote: Quote, by: int) -> Quote:
    """The quote in a text that has `by` more code points before it."""

    def place(span: Span | None) -> Span | None:
        return span and (span[0] + by, span[1] + by)

    mention, cue, naming = place(quote.mention), place(quote.cue), place(quote.naming)
    return replace(quote, start=quote.start + by, end=quote.end + by, mention=mention, cue=cue, naming=naming)


def predictions(row: dict[str, Any]) -> dict[str, Any]:
    """The predictions for a row of TEXTS."""
    origins = _origins(row["text"])
    quotes = [
        {
            "start": origins[q.start],
            "end": origins[q.end],
            "kind": q.kind,
            "group": q.group,
            "speaker": q.speaker,
            "mention": q.mention and [origins[q.mention[0]], origins[q.mention[1]]],
            "role": q.role,
            "rule": q.rule,
            "confidence": q.confidence,
        }
        for q in found(row["text"].replace("\r\n", "\n"))
    ]
    return {"id": row["id"], "quotes": quotes}


def rules(path: str) -> None:
    """Print for each rule how many direct quotations of GOLD it answered for, and for how many its words overlap those that name the source."""
    table: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for row in rows(path):
        answers = predictions(row)["quotes"]
        for gold in row["quotes"]:
            source = gold.get("mention") or (
                (gold["speaker_start"], gold["speaker_end"]) if gold.get("speaker_start") is not None else None
            )
            if gold["kind"] not in ("direct", "pull", "chant", "block") or source is None:
                continue
            answer = max(answers, key=lambda a: min(a["end"], gold["end"]) - max(a["start"], gold["start"]), default=None)
            if answer is None or min(answer["end"], gold["end"]) <= max(answer["start"], gold["start"]):
                table["(not found)"]["answers"] += 1
                continue
            mention = answer["mention"]
            named = (answer["speaker"] or "-").split()[-1].casefold() in row["text"][source[0] : source[1]].casefold()
            right = named or (mention is not None and min(mention[1], source[1]) > max(mention[0], source[0]))
            rule = table[answer["rule"]]
            rule["answers"] += 1
            rule["right"] += right
            rule["certain"] += answer["confidence"] == "certain"
            rule["certain and right"] += right and answer["confidence"] == "certain"
    print(f"{'rule':20s} answers  right      %  certain  right")
    for name, counts in sorted(table.items(), key=lambda item: -item[1]["answers"]):
        share = 100 * counts["right"] / counts["answers"]
        print(
            f"{name:20s} {counts['answers']:7d} {counts['right']:6d} {share:6.1f} {counts['certain']:8d} {counts['certain and right']:6d}"
        )


def _rate(work: Any, passages: Sequence[str]) -> float:
    """Passages a CPU second: the median of a few rounds."""
    times = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        for passage in passages:
            work(passage)
        times.append(time.process_time() - begun)
    return len(passages) / max(1e-9, statistics.median(times))


def speed(path: str) -> None:
    """Print passages a CPU second, each a text of its own, and whole texts by their passages."""
    texts = [plain.read(Source(row["text"].encode("utf-8", "surrogatepass"), "text.txt")) for row in rows(path)]
    passages = [parsed.text[block.start : block.end] for parsed in texts for block in parsed.blocks]
    marked = [passage for passage in passages if ANY_MARK.search(passage)]
    unmarked = [passage for passage in passages if not ANY_MARK.search(passage)]
    find("“We are warming up,” said Ann Example.")
    ours, without, naive = _rate(find, marked), _rate(find, unmarked), _rate(lambda text: list(NAIVE.finditer(text)), marked)
    begun = time.process_time()
    for parsed in texts:
        find(parsed.text, parsed.blocks, parsed.metadata)
    whole = time.process_time() - begun
    print(f"passages with marks, each alone      {ours:10,.0f} a CPU second ({naive / ours:.0f} times the time of one regular expression)")
    print(f"passages without                     {without:10,.0f}")
    print(f"whole texts, all their passages      {len(passages) / whole:10,.0f} ({len(marked) / whole:,.0f} with marks)")


def main() -> None:
    """Run from the command line."""
    parser = parser_of(__doc__)
    parser.add_argument("texts")
    parser.add_argument("--half", type=int, choices=(0, 1))
    parser.add_argument("--rules", action="store_true")
    parser.add_argument("--speed", action="store_true")
    args = parser.parse_args()
    if args.rules:
        rules(args.texts)
    elif args.speed:
        speed(args.texts)
    else:
        for number, row in enumerate(rows(args.texts)):
            if args.half in (None, number % 2):
                print(json.dumps(row if args.half is not None else predictions(row), ensure_ascii=False))


if __name__ == "__main__":
    main()

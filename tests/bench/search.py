"""Run queries over a corpus of passages and print the hits.

    python -m tests.bench.search QUERIES CORPUS [--limit 10] > predictions.jsonl

QUERIES are JSON lines {query_id, query}, or the rows of another kind that the scorer's `--queries` turns into such lines; CORPUS JSON
lines {id, text}, 50 rows to a document, each row a passage of its own. Printed, one line a query: {query_id, hits: [{text, document,
score}]}. Time and memory go to standard error. Reads no gold answers.
"""

import argparse
import json
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from reader.model import Block, Blocks, Document, Metadata, Passage, Role, Version
from reader.ports import Indexed, Reading
from reader.search.rank import search
from reader.store.index import SqliteIndex
from reader.text import safe, terms

ROWS = 50
"""Passages of one document."""


def lines(path: Path) -> Iterator[dict[str, str]]:
    """The JSON objects of a file."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def readings(corpus: Path) -> Iterator[tuple[Reading, list[Passage]]]:
    """The corpus as documents of fifty rows."""
    rows: list[str] = []
    number = 0
    for row in lines(corpus):
        rows.append(safe(row["text"].replace("\r\n", "\n").replace("\r", "\n")))
        if len(rows) == ROWS:
            yield document(number, rows)
            rows, number = [], number + 1
    if rows:
        yield document(number, rows)


def document(number: int, rows: list[str]) -> tuple[Reading, list[Passage]]:
    """One document whose blocks, and passages, are the rows."""
    text = "\n\n".join(rows)
    blocks, found, at = [], [], 0
    for row in rows:
        if row.strip():
            blocks.append(Block(Role.BODY, at, at + len(row)))
            found.append(Passage(at, at + len(row), " ".join(terms(row))))
        at += len(row) + 2
    digest = sha256(text.encode()).hexdigest()
    version = Version(digest, digest, "bench", 1)
    title = f"rows {number * ROWS}"
    indexed = Indexed(f"{number:08x}", title, version, Metadata(), title, 0)
    return Reading(indexed, Document(text, Blocks(blocks), version)), found


def build(corpus: Path, path: Path) -> SqliteIndex:
    """The index of a corpus, in batches of forty documents."""
    index = SqliteIndex(path)
    batch: list[tuple[Reading, list[Passage]]] = []
    for reading in readings(corpus):
        batch.append(reading)
        if len(batch) == 40:
            index.put(batch, [])
            batch = []
    index.put(batch, [])
    return index


def main() -> None:
    """Index, search, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("queries", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--limit", type=int, default=10)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        began = time.process_time()
        index = build(options.corpus, Path(folder) / "index.db")
        built = time.process_time() - began
        spent = []
        for query in lines(options.queries):
            began = time.process_time()
            found = search(query["query"], index, options.limit)
            hits = []
            for match in found:
                passage = match.passage
                text = index.excerpt(passage.document, passage.start, passage.end)
                hits.append({"text": text, "document": passage.document, "score": match.score})
            spent.append(1000 * (time.process_time() - began))
            print(json.dumps({"query_id": query["query_id"], "hits": hits}, ensure_ascii=False))
        count = index.count()
        index.close()
    spent.sort()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{count} passages indexed in {built:.1f} s CPU ({count / max(built, 1e-9):.0f} a second)", file=sys.stderr)
    if spent:
        p95 = spent[int(0.95 * (len(spent) - 1))]
        print(
            f"{len(spent)} queries: median {statistics.median(spent):.1f} ms, p95 {p95:.1f} ms CPU; peak memory {peak:.0f} MB",
            file=sys.stderr,
        )


if __name__ == "__main__":
    main()

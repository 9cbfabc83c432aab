"""What an index costs: memory of a search at two sizes, room on the disk, and adding one document to many.

    python -m tests.bench.indexing SMALL LARGE [--queries QUERIES] [--indexes FOLDER]

SMALL and LARGE are corpora as in `tests.bench.search`, say of 100,000 and 1,000,000 passages. Memory is the anonymous resident memory of
a process of its own for each, after all queries, above what it had when the library was open and nothing had been searched. Linux only.
"""

import argparse
import json
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from reader.store.index import SqliteIndex
from tests.bench.options import parser_of
from tests.bench.search import Searcher, anonymous, build, document, lines

OURS = ("posting", "term", "term_id", "deletion", "passage_document", "total")
"""Tables and indexes that are postings and vocabulary."""


def memory(corpus: Path, index: Path, queries: Path) -> float:
    """Megabytes above idle; called in a process of its own."""
    searcher = Searcher([corpus], index)
    idle = searcher.idle
    for query in lines(queries):
        searcher.search(query["query"])
    grown = anonymous() - idle
    searcher.close()
    return grown / 1024


def sizes(corpus: Path, index: Path) -> None:
    """Room for postings and vocabulary, against the text."""
    text = sum(len(row["text"].encode()) for row in lines(corpus))
    connection = sqlite3.connect(index)
    try:
        room = dict(connection.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"))
    except sqlite3.OperationalError:  # an SQLite without dbstat
        print(f"index file {index.stat().st_size / 1e6:.0f} MB, text {text / 1e6:.0f} MB")
        return
    ours = sum(room.get(name, 0) for name in OURS)
    print(f"postings and vocabulary {ours / 1e6:.1f} MB, {ours / text:.2f} times the text of {text / 1e6:.0f} MB", flush=True)


def adding(index: Path, times: int = 30) -> None:
    """One more document of twenty passages, again and again; each is taken out at the end."""
    store = SqliteIndex(index)
    spent: list[float] = []
    cpu: list[float] = []
    names = []
    for number in range(times):
        texts = [
            f"The {number} ferries of harbour {p} sailed on with their crews, wages and timetables in hand, said mate {p * 7}."
            for p in range(20)
        ]
        put = document(90_000_000 + number, texts)
        names.append(put[0].indexed.id)
        began, began_cpu = time.perf_counter(), time.process_time()
        store.put([put], [])
        spent.append(1000 * (time.perf_counter() - began))
        cpu.append(1000 * (time.process_time() - began_cpu))
    began = time.perf_counter()
    store.forget(names)
    taken = 1000 * (time.perf_counter() - began) / times
    print(
        f"adding a document of 20 passages to {store.count()}: median {statistics.median(spent):.1f} ms, longest {max(spent):.1f} "
        f"(CPU {statistics.median(cpu):.1f} and {max(cpu):.1f}); taking one out {taken:.1f} ms",
        flush=True,
    )
    store.close()


def main() -> None:
    """Build what is missing, measure, print."""
    parser = parser_of(__doc__, "small", "large")
    parser.add_argument("--queries", type=Path)
    parser.add_argument("--indexes", type=Path)
    parser.add_argument("--memory", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.memory:
        print(memory(options.small, options.memory, options.queries))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = options.indexes or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        queries = options.queries or Path(name) / "queries.jsonl"
        if not options.queries:
            rows = [row["text"].split()[:9] for _, row in zip(range(20_000), lines(options.small), strict=False)][::100]
            queries.write_text("".join(json.dumps({"query_id": str(n), "query": " ".join(words)}) + "\n" for n, words in enumerate(rows)))
        grown = []
        for corpus in (options.small, options.large):
            index = folder / corpus.stem / "index.db"
            index.parent.mkdir(exist_ok=True)
            began = time.process_time()
            store = build(corpus, index)
            took, count = time.process_time() - began, store.count()
            store.close()
            if took > 5:
                print(f"{count} passages indexed in {took:.1f} s CPU, {count / took:.0f} a second")
            command = [
                sys.executable,
                "-m",
                "tests.bench.indexing",
                str(corpus),
                str(corpus),
                "--queries",
                str(queries),
                "--memory",
                str(index),
            ]
            grown.append(float(subprocess.run(command, capture_output=True, text=True, check=True).stdout))
            print(f"{count} passages: anonymous memory {grown[-1]:.1f} MB above idle", flush=True)
        print(f"memory at the larger size {grown[1] / grown[0]:.2f} times that at the smaller")
        index = folder / options.large.stem / "index.db"
        sizes(options.large, index)
        adding(index)


if __name__ == "__main__":
    main()

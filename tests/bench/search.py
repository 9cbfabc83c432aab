"""Run queries over a corpus of passages and print the hits.

    python -m tests.bench.search QUERIES CORPUS ... [--limit 10] [--index FILE] [--typing] > predictions.jsonl

QUERIES are JSON lines {query_id, query}, or the rows of another kind that the scorer's `--queries` turns into such lines; CORPUS JSON
lines {id, text}, 50 rows to a document, each row a passage of its own. A CORPUS without ids, {url, text}, has a whole document on each
line; folders are added as any user adds them; then there may be several. Printed, one line a query: {query_id, hits: [{text, document,
score}]}. Time and memory go to standard error. Reads no gold answers.

A search is all that the window does for one: operators, plan, candidates, ranking, sentences, marks, copies. `--index` keeps the index
for another run; `--typing` searches for every beginning of each query from the second character on, its last word unfinished, instead.
"""

import argparse
import gc
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from reader.hall.finding import answer
from reader.hall.quoting import Quoting
from reader.library import Library
from reader.model import Answer, Block, Blocks, Document, Entry, Metadata, Passage, Role, Version
from reader.ports import Indexed, Reading
from reader.store.index import SqliteIndex
from reader.store.notes import SqliteNotes
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
    """The index of a corpus, in batches of forty documents; the one that is there when it is."""
    there = path.exists()
    index = SqliteIndex(path)
    if there:
        return index
    batch: list[tuple[Reading, list[Passage]]] = []
    for reading in readings(corpus):
        batch.append(reading)
        if len(batch) == 40:
            index.put(batch, [])
            batch = []
    index.put(batch, [])
    return index


def anonymous() -> int:
    """Kilobytes of anonymous resident memory of this process; 0 where the system does not say."""
    status = Path("/proc/self/status")
    lines_of = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) for line in lines_of if line.startswith("RssAnon")), 0)


def percentile(spent: Sequence[float], share: float) -> float:
    """The value below which that share lies."""
    return sorted(spent)[int(share * (len(spent) - 1))]


def is_passages(corpus: Path) -> bool:
    """Whether the lines of a corpus are passages and no whole documents."""
    return corpus.is_file() and "id" in next(lines(corpus))


def add(corpora: Sequence[Path], folder: Path) -> None:
    """Make a library of folders of documents and of files with a document on each line."""
    wanted: list[Path] = []
    for number, corpus in enumerate(corpora):
        if corpus.is_dir():
            wanted.append(corpus)
            continue
        wanted.append(folder / f"documents{number}")
        wanted[-1].mkdir(parents=True)
        for line, row in enumerate(lines(corpus)):
            (wanted[-1] / f"{line:05}.txt").write_text(row["text"], encoding="utf-8")
    with Library.open(folder) as library:
        for _ in library.add(wanted):
            pass


class Searcher:
    """A library of a corpus, searched as the window searches, every search timed in milliseconds of CPU."""

    def __init__(self, corpora: Sequence[Path], index: Path) -> None:
        began = time.process_time()
        if is_passages(corpora[0]):
            build(corpora[0], index).close()
        else:
            add(corpora, index.parent)
        self.built = time.process_time() - began
        self.index = SqliteIndex(index)
        self.notes = SqliteNotes(index.with_name("library.db"), index.with_name("backups"))
        self.quoting = Quoting(self.notes, self.index)
        self.entries = {
            known.id: Entry(known.id, known.path, known.metadata, known.display_title) for known in self.index.documents().values()
        }
        self.idle = anonymous()
        self.spent: list[float] = []
        self.search("warm up")
        self.spent.clear()
        gc.collect()
        gc.freeze()  # as the window does once it has started

    def search(self, query: str, limit: int = 10, *, unfinished: bool = False) -> Answer:
        """One search."""
        began = time.process_time()
        found = answer(query, self.notes, self.index, self.quoting, self.entries, limit, unfinished=unfinished, hurried=unfinished)
        self.spent.append(1000 * (time.process_time() - began))
        return found

    def close(self) -> None:
        """Let go of the files."""
        self.index.close()
        self.notes.close()


def main() -> None:
    """Index, search, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("queries", type=Path)
    parser.add_argument("corpus", type=Path, nargs="+")
    parser.add_argument("--limit", type=int, default=10)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--typing", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        searcher = Searcher(options.corpus, options.index or Path(folder) / "index.db")
        for query in lines(options.queries):
            typed = query["query"]
            if options.typing:
                for end in range(2, len(typed) + 1):
                    searcher.search(typed[:end], options.limit, unfinished=True)
                continue
            found = searcher.search(typed, options.limit)
            hits = [{"text": hit.passage, "document": hit.document, "score": hit.score} for hit in found.hits]
            print(json.dumps({"query_id": query["query_id"], "hits": hits}, ensure_ascii=False))
        count, spent = searcher.index.count(), searcher.spent
        grown = anonymous() - searcher.idle
        searcher.close()
    if searcher.built > 1:
        print(f"{count} passages indexed in {searcher.built:.1f} s CPU ({count / searcher.built:.0f} a second)", file=sys.stderr)
    if spent:
        print(
            f"{count} passages, {len(spent)} searches: median {statistics.median(spent):.1f} ms, p95 {percentile(spent, 0.95):.1f} ms CPU, "
            f"longest {max(spent):.0f}; anonymous memory {grown / 1024:.0f} MB above idle",
            file=sys.stderr,
        )


if __name__ == "__main__":
    main()

"""Other ways to search the same corpus with the same queries, in the same run as ours.

    python -m tests.bench.search_peers QUERIES CORPUS OUT [--index FILE] [--slow 40]

Ours and tantivy (OR of words, BM25; `pip install -e '.[bench]'`) get every query. SQLite's FTS5 (OR, bm25), rapidfuzz' `partial_ratio`
over the first 10,000 passages, ripgrep (`-F -i`) and fzf (`--filter`) get `--slow` queries spread over the file: they take seconds, or
find only what is typed exactly. Ours and tantivy take turns query by query, so that a busy machine slows both. Predictions go to
OUT/<system>.jsonl for `score_search.py`; times, in milliseconds of CPU of the process that searches, to standard output.
"""

import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from reader.text import terms
from tests.bench.options import parser_of
from tests.bench.search import Searcher, lines, percentile

BRUTE = 10_000
"""Passages that rapidfuzz goes through."""

Search = Callable[[str], list[str]]


def tantivy_index(corpus: Path, folder: Path) -> Search:
    """tantivy over the folded words, single-threaded writer."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("body", stored=True)
    folder.mkdir(parents=True, exist_ok=True)
    fresh = not any(folder.iterdir())
    index = tantivy.Index(builder.build(), path=str(folder))
    if fresh:
        began = time.process_time()
        writer = index.writer(200_000_000, 1)
        for row in lines(corpus):
            writer.add_document(tantivy.Document(body=" ".join(terms(row["text"]))))
        writer.commit()
        writer.wait_merging_threads()
        print(f"tantivy: indexed in {time.process_time() - began:.1f} s CPU")
    index.reload()
    searcher = index.searcher()

    def search(query: str) -> list[str]:
        parsed = index.parse_query(" ".join(terms(query)), ["body"])
        return [searcher.doc(address)["body"][0] for _, address in searcher.search(parsed, 10).hits]

    return search


def fts5_index(corpus: Path, path: Path) -> Search:
    """SQLite's own full-text index, as it comes."""
    fresh = not path.exists()
    connection = sqlite3.connect(path)
    if fresh:
        connection.execute("CREATE VIRTUAL TABLE passage USING fts5(body, tokenize='unicode61')")
        connection.executemany("INSERT INTO passage VALUES(?)", ((row["text"],) for row in lines(corpus)))
        connection.commit()

    def search(query: str) -> list[str]:
        wanted = " OR ".join(f'"{term}"' for term in terms(query))
        return [row[0] for row in connection.execute("SELECT body FROM passage WHERE passage MATCH ? ORDER BY rank LIMIT 10", (wanted,))]

    return search


def brute_force(corpus: Path) -> Search:
    """rapidfuzz over every passage of a small library."""
    from rapidfuzz import fuzz, process

    passages = [" ".join(terms(row["text"])) for _, row in zip(range(BRUTE), lines(corpus), strict=False)]

    def search(query: str) -> list[str]:
        return [found[0] for found in process.extract(" ".join(terms(query)), passages, scorer=fuzz.partial_ratio, limit=10)]

    return search


def program(command: list[str], corpus: Path) -> tuple[Search, Callable[[], float]]:
    """A program that reads the corpus, a line a passage; its searches, and the CPU milliseconds its children took so far."""

    def search(query: str) -> list[str]:
        with corpus.open("rb") as text:
            answer = subprocess.run([*command, query], stdin=text, capture_output=True, check=False).stdout
        return answer.decode("utf-8", "replace").splitlines()[:10]

    return search, lambda: 1000 * sum(os.times()[2:4])


def run(name: str, search: Search, queries: list[dict[str, str]], out: Path, clock: Callable[[], float] | None = None) -> None:
    """Ask every query, write the predictions, print the times."""
    now = clock or (lambda: 1000 * time.process_time())
    spent = []
    with (out / f"{name}.jsonl").open("w", encoding="utf-8") as file:
        for query in queries:
            began = now()
            found = search(query["query"])
            spent.append(now() - began)
            write(file.write, query, found)
    print(
        f"{name:16s} {len(spent):5d} queries: median {statistics.median(spent):8.1f} ms, p95 {percentile(spent, 0.95):8.1f} ms", flush=True
    )


def write(sink: Callable[[str], object], query: dict[str, str], texts: list[str]) -> None:
    """One line of predictions."""
    sink(json.dumps({"query_id": query["query_id"], "hits": [{"text": text} for text in texts]}, ensure_ascii=False) + "\n")


def side_by_side(ours: Searcher, tantivy: Search, queries: list[dict[str, str]], out: Path) -> None:
    """Ours and tantivy, turn by turn."""
    other: list[float] = []
    with (out / "pullquote.jsonl").open("w", encoding="utf-8") as mine, (out / "tantivy.jsonl").open("w", encoding="utf-8") as theirs:
        for query in queries:
            write(mine.write, query, [hit.passage for hit in ours.search(query["query"]).hits])
            began = time.process_time()
            found = tantivy(query["query"])
            other.append(1000 * (time.process_time() - began))
            write(theirs.write, query, found)
    for name, spent in (("pullquote", ours.spent), ("tantivy", other)):
        print(f"{name:16s} {len(spent):5d} queries: median {statistics.median(spent):8.1f} ms, p95 {percentile(spent, 0.95):8.1f} ms")
    print(f"ratio of p95, pullquote to tantivy: {percentile(ours.spent, 0.95) / percentile(other, 0.95):.2f}", flush=True)


def spread(queries: list[dict[str, str]], count: int) -> Iterator[dict[str, str]]:
    """So many of the queries, evenly."""
    return iter(queries[:: max(1, len(queries) // count)][:count])


def main() -> None:
    """Search with each and print."""
    parser = parser_of(__doc__, "queries", "corpus", "out")
    parser.add_argument("--index", type=Path, help="keep our index here; the peers' beside it")
    parser.add_argument("--slow", type=int, default=40, help="queries for the slow ones; 0 leaves them out")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    queries = list(lines(options.queries))
    with tempfile.TemporaryDirectory() as name:
        folder = options.index.parent if options.index else Path(name)
        ours = Searcher([options.corpus], options.index or folder / "index.db")
        side_by_side(ours, tantivy_index(options.corpus, folder / "tantivy"), queries, options.out)
        ours.close()
        few = list(spread(queries, options.slow)) if options.slow else []
        if few:
            run("fts5", fts5_index(options.corpus, folder / "fts5.db"), few, options.out)
            run("rapidfuzz-10k", brute_force(options.corpus), few, options.out)
            text = Path(name) / "passages.txt"
            with text.open("w", encoding="utf-8") as file:
                file.writelines(" ".join(row["text"].split()) + "\n" for row in lines(options.corpus))
            for command in (["rg", "-F", "-i", "-m", "10", "--"], ["fzf", "--filter"]):
                if shutil.which(command[0]):
                    search, clock = program(command, text)
                    run(command[0], search, few if command[0] == "rg" else few[:5], options.out, clock)
                else:
                    print(f"{command[0]}: not installed, left out")


if __name__ == "__main__":
    main()

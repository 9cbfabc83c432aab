"""Make a corpus of passages for the search benches from a folder of text files.

    python -m tests.bench.corpus FOLDER OUT.jsonl [--passages 1000000] [--seed 1]

A passage is a paragraph of 40 to 600 characters, longer ones cut at sentence ends; exact duplicates (case and white space aside) are left
out. Fifty neighbours of one file stay together, as a document of the benches; these runs are shuffled, so that the first lines of a
large corpus are a small corpus of the same mixture. Printed: JSON lines {id, text}.
"""

import json
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from reader.text import sentences
from tests.bench.options import parser_of
from tests.bench.search import ROWS

SHORTEST, LONGEST = 40, 600


def paragraphs(text: str) -> Iterator[str]:
    """The passages of a text."""
    for paragraph in re.split(r"\n\s*\n", text):
        line = " ".join(paragraph.split())
        if len(line) <= LONGEST:
            yield line
            continue
        start = last = 0
        for _, end in sentences(line):
            if end - start > LONGEST and last > start:
                yield line[start:last].strip()
                start = last
            last = end
        yield line[start:last].strip()


def runs(folder: Path) -> Iterator[list[str]]:
    """Neighbouring passages of each file, so many as make a document."""
    seen: set[int] = set()
    for path in sorted(folder.rglob("*.txt")):
        run: list[str] = []
        for passage in paragraphs(path.read_text(encoding="utf-8", errors="replace")):
            key = hash(passage.casefold())
            if SHORTEST <= len(passage) <= LONGEST and key not in seen:
                seen.add(key)
                run.append(passage)
                if len(run) == ROWS:
                    yield run
                    run = []


def main() -> None:
    """Gather, shuffle, write."""
    options = parser_of(__doc__, "folder", "out", passages=1_000_000, seed=1).parse_args()
    found = list(runs(options.folder))
    random.Random(options.seed).shuffle(found)
    written = size = 0
    with options.out.open("w", encoding="utf-8") as out:
        for number, run in enumerate(found):
            for line, passage in enumerate(run):
                if written == options.passages:
                    break
                out.write(json.dumps({"id": f"{number}.{line}", "text": passage}, ensure_ascii=False) + "\n")
                written += 1
                size += len(passage)
    print(f"{written} passages, {size / 1e6:.0f} million characters", file=sys.stderr)


if __name__ == "__main__":
    main()

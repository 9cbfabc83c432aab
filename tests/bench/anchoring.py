"""Re-anchor ranges from older to newer versions of documents.

    python -m tests.bench.anchoring CASES VERSIONS > predictions.jsonl

CASES are JSON lines {case, doc, start, end}, VERSIONS {doc, a, b}, plain or gzip. Printed, one line a case: {case, state, start, end};
offsets lie in "b". CPU time goes to standard error. Reads no gold answers.
"""

import gzip
import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reader.anchor.quote import describe, resolve_all
from tests.bench.options import parser_of


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The JSON objects of a file, plain or gzip."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def main() -> None:
    """Resolve every case and print where it lies."""
    options = parser_of(__doc__, "cases", "versions").parse_args()
    versions = {row["doc"]: (row["a"], row["b"]) for row in lines(options.versions)}
    by_document: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for case in lines(options.cases):
        by_document[case["doc"]].append(case)
    began = time.process_time()
    for document, cases in by_document.items():
        old, new = versions[document]
        anchors = [describe(old, "a", case["start"], case["end"]) for case in cases]
        for case, found in zip(cases, resolve_all(anchors, "b", new, old), strict=True):
            print(json.dumps({"case": case["case"], "state": found.state, "start": found.start, "end": found.end}))
    print(f"{sum(map(len, by_document.values()))} cases in {time.process_time() - began:.2f} s CPU", file=sys.stderr)


if __name__ == "__main__":
    main()

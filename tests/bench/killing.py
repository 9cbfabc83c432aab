"""Kill -9 while a folder is being added, at random moments: the next start repairs by itself, and no document is half searchable.

    python -m tests.bench.killing [--times 50] [--documents 200] [--seed 1]

Every document has words of its own in its first and in its last paragraph. After each kill the library is opened as any start opens it,
and every document it has must be found by both; then the folder is added to the end, and all must be found. Exits 1 at the first failure.
"""

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from reader.library import Library
from tests.bench.options import parser_of


def write(folder: Path, count: int) -> None:
    """So many documents, each with words that no other has."""
    folder.mkdir()
    for number in range(count):
        middle = "\n\n".join(f"Paragraph {p} speaks of rope, tar and the price of diesel." for p in range(40))
        (folder / f"{number}.txt").write_text(f"Clock {number}\n\nIt says gull{number} here.\n\n{middle}\n\nAnd tern{number} there.\n")


def halves(library: Library) -> list[str]:
    """Words that do not find the one document that has them."""
    found: list[str] = []
    for document in library.index.documents():
        number = library.read(document).text.split()[1]
        entries = library.documents([document])
        words = (f"gull{number}", f"tern{number}")
        found += [word for word in words if [hit.document for hit in library.search(f'"{word}"', among=entries)] != [document]]
    return found


def main() -> None:
    """Kill, look, repeat."""
    options = parser_of(__doc__, times=50, documents=200, seed=1).parse_args()
    chance = random.Random(options.seed)
    at_work = 0
    with tempfile.TemporaryDirectory() as name:
        write(Path(name) / "saved", options.documents)
        for number in range(options.times):
            folder = Path(name) / f"library{number}"
            command = [sys.executable, "-m", "reader", "--library", str(folder), "add", str(Path(name) / "saved")]
            child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(chance.uniform(0.2, 3.0))
            at_work += child.poll() is None
            child.kill()
            child.wait()
            with Library.open(folder) as library:
                problems = [*halves(library), *library.index.problems(), *library.notes_store.problems()]
                if not problems and number % 10 == 0:
                    for _ in library.add([Path(name) / "saved"]):
                        pass
                    problems = halves(library) if len(library.documents()) == options.documents else ["documents are missing"]
            if problems:
                sys.exit(f"kill {number}: {problems[:5]}")
    print(f"{options.times} kills, {at_work} of them while at work: no document half searchable, every index sound")


if __name__ == "__main__":
    main()

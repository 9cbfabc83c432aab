"""Taking a folder in: documents a CPU second, workers counted; and that a second look changes nothing.

python -m tests.bench.intake FOLDER
"""

import resource
import tempfile
from collections import Counter

from reader.library import Library
from tests.bench.options import parser_of


def spent() -> float:
    """CPU seconds of this process and of its finished children."""
    return sum(usage.ru_utime + usage.ru_stime for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def main() -> None:
    """Add the folder twice and print."""
    options = parser_of(__doc__, "folder").parse_args()
    with tempfile.TemporaryDirectory() as name, Library.open(name) as library:
        for turn in ("first", "second"):
            before = spent()
            counts = Counter(outcome.status for outcome in library.add([options.folder]))
            cpu = spent() - before
            documents = counts["new"] + counts["unchanged"]
            print(f"{turn:6s} look: {dict(counts)}; {cpu:.2f} s CPU; {documents / cpu:.0f} documents a CPU second")


if __name__ == "__main__":
    main()

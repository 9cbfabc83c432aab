"""The CPU time to find 1,000 notes again in a document of 1 MB of which 3 % of the words changed, and in one that did not change.

    python -m tests.bench.reanchoring VERSIONS [--notes 1000] [--size 1000000] [--changed 0.03] [--seed 1]

VERSIONS are those of `tests.bench.anchoring`: their older texts, one after the other, are the document. A third of the changed words is
taken out, a third replaced, and behind a third another is put in, all over the document: harder than the few places of a real edit.
"""

import random
import time
from collections import Counter

from reader.anchor.quote import describe, resolve_all
from reader.model import Anchor
from tests.bench.anchoring import lines
from tests.bench.options import parser_of


def edited(text: str, share: float, chance: random.Random) -> str:
    """The text with that share of its words changed."""
    words = text.split(" ")
    out: list[str] = []
    for word in words:
        what = chance.random() / share
        if what < 1 / 3:
            continue
        out.append(chance.choice(words) if what < 2 / 3 else word)
        if 2 / 3 <= what < 1:
            out.append(chance.choice(words))
    return " ".join(out)


def main() -> None:
    """Build, change, measure."""
    options = parser_of(__doc__, "versions", notes=1000, size=1_000_000, changed=0.03, seed=1).parse_args()
    chance = random.Random(options.seed)
    old = ""
    while len(old) < options.size:
        old += "\n\n".join(row["a"] for row in lines(options.versions))
    old = old[: options.size]
    new = edited(old, options.changed, chance)
    anchors: list[Anchor] = []
    while len(anchors) < options.notes:
        start = chance.randrange(len(old) - 300)
        end = start + chance.choice((8, 30, 100, 300))
        if old[start:end].strip():
            anchors.append(describe(old, "a", start, end))
    for name, version, text in (("unchanged", "a", old), ("changed", "b", new)):
        began = time.process_time()
        found = resolve_all(anchors, version, text, old)
        print(f"{name}: {time.process_time() - began:.2f} s CPU, {dict(Counter(one.state for one in found))}")


if __name__ == "__main__":
    main()

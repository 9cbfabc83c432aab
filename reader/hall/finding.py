"""Search: from ranked passages to hits that can be shown, copies folded into one."""

from collections.abc import Mapping
from dataclasses import replace

from reader.model import Entry, Hit, Match
from reader.ports import IndexStore
from reader.search import rank, show
from reader.text import one_line, terms

COPIES_SEEN = 40
"""Matches looked at beyond the limit, so that copies can be folded and ten different hits remain."""


def hits(query: str, index: IndexStore, entries: Mapping[str, Entry], limit: int, *, unfinished: bool = False) -> list[Hit]:
    """The best places for `query` in the documents of `entries`, best first. The same sentence in several documents is one hit."""
    matches = rank.search(query, index, limit + COPIES_SEEN, unfinished=unfinished, within=entries)
    found: list[Hit] = []
    seen: dict[str, int] = {}
    for match in matches:
        hit = _hit(query, match, index, entries[match.passage.document])
        said = " ".join(terms(hit.sentence))
        if said in seen:
            at = seen[said]
            if found[at].document != hit.document:
                found[at] = replace(found[at], copies=found[at].copies + 1)
            continue
        if len(found) < limit:
            seen[said] = len(found)
            found.append(hit)
    return [replace(hit, rank=place) for place, hit in enumerate(found, 1)]


def _hit(query: str, match: Match, index: IndexStore, entry: Entry) -> Hit:
    passage = match.passage
    text = index.excerpt(passage.document, passage.start, passage.end)
    (start, end), marks = show.sentence(text, 0, len(text), match)
    base = passage.start
    return Hit(
        query=query,
        rank=0,
        score=match.score,
        document=passage.document,
        title=entry.metadata.title,
        display_title=one_line(entry.display_title),
        start=base + start,
        end=base + end,
        sentence=text[start:end],
        passage_start=base,
        passage_end=passage.end,
        passage=text,
        matches=tuple((base + a, base + b) for a, b in marks),
        why=match.why,
        weak=match.weak,
        date=entry.metadata.date,
        publisher=entry.metadata.publisher,
    )

"""Looking through notes: those that hold what was typed, spelled nearly so, and that its operators leave."""

from collections.abc import Iterable, Mapping, Sequence

from reader.hall.annotating import has_tag
from reader.hall.narrowing import is_titled
from reader.hall.quoting import Quoting
from reader.model import KINDS, Annotation, Entry
from reader.search.query import NOTE_OPERATORS, Query, parse
from reader.text import fold, terms

LOST = ("ambiguous", "orphan")
"""States of notes that have no place."""


def sifted(
    typed: str, annotations: Sequence[Annotation], entries: Mapping[str, Entry], quoting: Quoting, colours: Mapping[str, str]
) -> list[Annotation]:
    """The notes that hold every word typed, in the order given. They must have been placed already.

    A word is looked for in the note's words, body, tags and document title; the last one may go on. One that stands in no note at all
    is looked for as it might have been meant: a letter or two may differ.
    """
    query = parse(typed, NOTE_OPERATORS)
    found = [a for a in annotations if _passes(a, query, entries.get(a.document), colours)]
    if query.values("by"):
        found = _spoken_by(found, query.values("by"), entries, quoting)
    held = {a.id: frozenset(_held(a, entries.get(a.document))) for a in found}
    exact = [f" {words} " for words in query.exact]
    found = [a for a in found if not held[a.id] & set(query.without) and all(words in f" {' '.join(_held(a, None))} " for words in exact)]
    wanted = terms(query.words)
    if not wanted:
        return found
    known = frozenset().union(*held.values()) if held else frozenset()
    last = len(wanted) - 1
    meant = [_meant(word, known, unfinished=number == last and not typed[-1:].isspace()) for number, word in enumerate(wanted)]
    return [a for a in found if all(held[a.id] & words for words in meant)]


def _held(annotation: Annotation, entry: Entry | None) -> list[str]:
    """The words of a note, folded."""
    return terms(" ".join([annotation.exact or "", annotation.body, *annotation.tags, entry.display_title if entry else ""]))


def _meant(word: str, known: Iterable[str], *, unfinished: bool) -> frozenset[str]:
    """The words of the notes that are this one; those that begin so, when it may go on; else those that are spelled nearly so."""
    same = frozenset(own for own in known if own == word or (unfinished and own.startswith(word)))
    if same or len(word) < 4:
        return same
    from rapidfuzz.distance import OSA

    far = 1 if len(word) < 8 else 2
    return frozenset(own for own in known if OSA.distance(word, own[: len(word) + 1] if unfinished else own, score_cutoff=far) <= far)


def _passes(annotation: Annotation, query: Query, entry: Entry | None, colours: Mapping[str, str]) -> bool:
    """Whether the operators leave it."""
    made = annotation.created
    return (
        all(has_tag(annotation.tags, tag) for tag in query.values("tag"))
        and all(entry is not None and is_titled(entry, terms(title)) for title in query.values("in"))
        and all(made[: len(day)] >= day for day in query.values("from"))
        and all(made[: len(day)] <= day for day in query.values("to"))
        and all(_is(annotation, state.casefold()) for state in query.values("is"))
        and all(annotation.kind == kind.casefold().rstrip("s") for kind in query.values("kind"))
        and all(_coloured(annotation, colour, colours) for colour in [*query.values("colour"), *query.values("color")])
    )


def _is(annotation: Annotation, state: str) -> bool:
    return annotation.state in LOST if state == "lost" else annotation.state == state


def _coloured(annotation: Annotation, wanted: str, colours: Mapping[str, str]) -> bool:
    """Whether it has the colour of that name, or one that means something that begins so; "none": none was chosen."""
    if annotation.kind == "bookmark" or annotation.colour is None:
        return annotation.kind != "bookmark" and wanted.casefold() == "none"
    own = annotation.colour
    return own == wanted.casefold() or fold(colours.get(own, "")).text.startswith(fold(wanted).text or "\n")


def _spoken_by(annotations: Sequence[Annotation], names: Sequence[str], entries: Mapping[str, Entry], quoting: Quoting) -> list[Annotation]:
    """Those on words that one of these people is quoted with."""
    noted = {a.document: entries[a.document] for a in annotations if a.document in entries}
    places: dict[str, list[tuple[int, int]]] = {}
    for name in names:
        for said in quoting.quotations(name, noted, KINDS):
            places.setdefault(said.document, []).append((said.quote.start, said.quote.end))
    return [
        a
        for a in annotations
        if a.start is not None and a.end is not None and any(a.start < end and a.end > start for start, end in places.get(a.document, ()))
    ]

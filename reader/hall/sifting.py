"""Looking through notes: those that hold what was typed, spelled nearly so, and that its operators leave."""

from collections.abc import Mapping, Sequence

from reader.hall.annotating import has_tag, held, matching
from reader.hall.narrowing import is_titled
from reader.hall.quoting import Quoting
from reader.model import KINDS, Annotation, Entry
from reader.search.query import NOTE_OPERATORS, Query, parse
from reader.text import fold, terms


def sifted(
    typed: str, annotations: Sequence[Annotation], entries: Mapping[str, Entry], quoting: Quoting, colours: Mapping[str, str]
) -> list[Annotation]:
    """The notes that hold every word typed, in the order given. They must have been placed already.

    Words are taken as `annotating.matching` takes them.
    """
    query = parse(typed, NOTE_OPERATORS)
    found = [a for a in annotations if _passes(a, query, entries.get(a.document), colours)]
    if query.values("by"):
        found = _spoken_by(found, query.values("by"), entries, quoting)
    exact, without = [f" {words} " for words in query.exact], set(query.without)
    if exact or without:
        said = {a.id: held(a, None) for a in found}
        found = [a for a in found if not without & set(said[a.id]) and all(words in f" {' '.join(said[a.id])} " for words in exact)]
    return matching(found, query.words, entries)


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
    return annotation.lost if state == "lost" else annotation.state == state


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

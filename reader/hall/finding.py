"""Search: from what was typed to hits that can be shown, copies folded into one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reader.hall.catalogue import at_hand
from reader.hall.narrowing import Scope, extents, scope
from reader.hall.quoting import Quoting
from reader.model import Annotation, Answer, Entry, Hit, Match, Passage, Place, Quotation, Span
from reader.ports import IndexStore, NotesStore
from reader.search import rank, show
from reader.search.candidates import Bounds
from reader.search.copies import copied_in, wording_of
from reader.search.nearest import nearest
from reader.search.query import Query, parse
from reader.text import one_line, sentences, terms

COPIES_SEEN = 40
"""Further candidates that are looked through for copies of the hits."""
FEW = 2000
"""Documents up to which a search is told beforehand where to look; of more, what lies elsewhere is left out of the answer."""


def answer(
    typed: str,
    notes: NotesStore,
    index: IndexStore,
    quoting: Quoting,
    entries: Mapping[str, Entry],
    limit: int,
    *,
    unfinished: bool = False,
    hurried: bool = False,
) -> Answer:
    """The best places for what was `typed` in the documents of `entries`, best first, operators obeyed. Options as for `rank.rank`."""
    query = parse(typed)
    where = scope(query, entries, notes, index)
    remarks = list(query.remarks)
    by: tuple[str, ...] = ()
    if query.values("by"):
        where = replace(where, quoted=quoting.passages(query.values("by"), where.entries))
        if where.quoted is None:
            remarks.append("nobody of that name is quoted there; what names them is searched")
            by = tuple(term for name in query.values("by") for term in terms(name))
            if not by:
                return Answer((), tuple(remarks))
    if not terms(query.words):
        hits = _unsearched(typed, where, by, index, limit) if query.narrowed else []
        if where.quoted is not None and where.notes is None:
            latest = quoting.latest(query.values("by"), where.entries, limit)
            hits = [_spoken(typed, number, said, index, where.entries[said.document]) for number, said in enumerate(latest, 1)]
        return Answer(tuple(quoting.named(hits)), tuple(remarks))
    without = query.without
    if without and _is_quoted(query, where, index):
        query, without = replace(query, words=f"{query.words} {' '.join(without)}"), ()
    bounds = Bounds(None, by, without)
    options = {"unfinished": unfinished, "hurried": hurried}
    ranked = _ranked(query, where, bounds, index, limit, options)
    if not ranked.read and query.exact:
        remarks.append("nowhere word for word; these come near")
        ranked = _ranked(replace(query, exact=()), where, bounds, index, limit, options)
    hits = quoting.named(_hits(typed, ranked, where.entries, index, limit))
    return Answer(tuple(hits), tuple(remarks), tuple(nearest(query.words, index)) if not hits else ())


def _is_quoted(query: Query, where: Scope, index: IndexStore) -> bool:
    """Whether the words, the excluded ones among them, stand somewhere just so: then the minus was a dash in a quotation."""
    together = replace(query, words=f"{query.words} {' '.join(query.without)}")
    whole = " ".join(terms(together.words))
    return bool(_ranked(replace(together, exact=(whole,)), where, Bounds(), index, 1, {}).read)


def _ranked(query: Query, where: Scope, bounds: Bounds, index: IndexStore, limit: int, options: Mapping[str, bool]) -> rank.Ranked:
    """Ranked passages in scope.

    Nearly always everything is searched, or a few documents. To search most of a large library would mean telling all of it where to
    look, so what lies elsewhere is dropped from the answer, and only when too little is left is it asked again.
    """
    required = tuple(dict.fromkeys((*bounds.required, *(term for words in query.exact for term in words.split()))))
    bounds = replace(bounds, required=required)
    if where.notes is None and where.quoted is None and not (where.narrowed and len(where.entries) <= FEW):
        everywhere = rank.rank(query.words, index, limit, bounds=bounds, exact=query.exact, **options)
        inside = [read for read in everywhere.read if read[1].document in where.entries]
        if len(inside) >= min(limit, len(everywhere.read)):
            return replace(everywhere, read=inside)
    bounds = replace(bounds, extents=extents(where, index))
    return rank.rank(query.words, index, limit, bounds=bounds, exact=query.exact, **options)


def _hits(typed: str, ranked: rank.Ranked, entries: Mapping[str, Entry], index: IndexStore, limit: int) -> list[Hit]:
    """Matches as hits. The same sentence in several documents is one; nearly the same ones know each other."""
    at_hand(entries, [passage.document for _, passage in ranked.read])
    found: list[Hit] = []
    said: list[str] = []
    copies: dict[int, dict[str, Passage]] = {}
    for number, (_, passage) in enumerate(ranked.read):
        known = copied_in(said, passage.folded)
        if known is not None:
            copies.setdefault(known, {}).setdefault(passage.document, passage)
        elif len(found) < limit:
            hit = _hit(typed, len(found) + 1, ranked.match(number, found[-1].score if found else 100.0), index, entries[passage.document])
            sentence = " ".join(terms(hit.sentence))
            first = wording_of(said, sentence)
            if first is not None:
                leader = found[first].wording_of or found[first].rank
                found[leader - 1] = replace(found[leader - 1], wordings=found[leader - 1].wordings + 1)
                hit = replace(hit, wording_of=leader)
            said.append(sentence)
            found.append(hit)
    unread = [number for number, folded in index.folded(ranked.unread[:COPIES_SEEN]).items() if copied_in(said, folded) is not None]
    further = index.passages(unread) if unread else ()
    at_hand(entries, [passage.document for passage in further])
    for passage in further:
        known = copied_in(said, passage.folded)
        if known is not None and passage.document in entries:
            copies.setdefault(known, {}).setdefault(passage.document, passage)
    for number, of in copies.items():
        of.pop(found[number].document, None)
        places = tuple(_place(passage, found[number].sentence, index, entries[passage.document]) for passage in of.values())
        found[number] = replace(found[number], copies=len(places), elsewhere=places)
    return found


def _hit(typed: str, place: int, match: Match, index: IndexStore, entry: Entry) -> Hit:
    passage = match.passage
    text = index.excerpt(passage.document, passage.start, passage.end)
    shown, marks = show.sentence(text, 0, len(text), match)
    return _excerpt(typed, entry, (passage.start, text), (shown, marks), (place, match.score, match.why, match.weak))


def _excerpt(
    typed: str, entry: Entry, passage: tuple[int, str], shown: tuple[Span, Sequence[Span]], rank: tuple[int, float, str, bool]
) -> Hit:
    """A hit on a stretch of a document: where it begins and its text; the sentence and the marks in that text; rank, score and why."""
    base, text = passage
    (start, end), marks = shown
    return Hit(
        query=typed,
        rank=rank[0],
        score=rank[1],
        document=entry.id,
        title=entry.metadata.title,
        display_title=one_line(entry.display_title),
        start=base + start,
        end=base + end,
        sentence=text[start:end],
        passage_start=base,
        passage_end=base + len(text),
        passage=text,
        matches=tuple((base + a, base + b) for a, b in marks),
        why=rank[2],
        weak=rank[3],
        date=entry.metadata.date,
        publisher=entry.metadata.publisher,
    )


def _place(passage: Passage, sentence: str, index: IndexStore, entry: Entry) -> Place:
    """Where a copy of a sentence stands: the sentence itself when it is written alike, else its paragraph."""
    at = index.excerpt(passage.document, passage.start, passage.end).find(sentence)
    start, end = (passage.start + at, passage.start + at + len(sentence)) if at >= 0 else (passage.start, passage.end)
    return Place(passage.document, start, end, one_line(entry.display_title), entry.metadata.date)


def _unsearched(typed: str, where: Scope, by: tuple[str, ...], index: IndexStore, limit: int) -> list[Hit]:
    """For operators without words: the notes asked for, the passages that name somebody, or the beginning of each document, newest first."""
    if where.notes is not None:
        return [_noted(typed, n, note, index, where.entries[note.document]) for n, note in enumerate(reversed(where.notes[-limit:]), 1)]
    if by:
        named = _ranked(Query(" ".join(by)), where, Bounds(None, by), index, limit, {})
        return _hits(typed, named, where.entries, index, limit)
    found: list[Hit] = []
    for entry in sorted(where.entries.values(), key=lambda entry: entry.metadata.date or "", reverse=True)[:limit]:
        for passage in index.passages([first for first, _ in index.extents([entry.id])]):
            match = Match(passage, 100.0, (), frozenset(), "the document begins")
            found.append(_hit(typed, len(found) + 1, match, index, entry))
    return found


def _noted(typed: str, number: int, note: Annotation, index: IndexStore, entry: Entry) -> Hit:
    """A note as a hit: the sentence around its words, the words marked."""
    return _around(typed, number, (note.start or 0, note.end or 0), f"your {note.kind}", index, entry)


def _spoken(typed: str, number: int, said: Quotation, index: IndexStore, entry: Entry) -> Hit:
    """A quotation as a hit."""
    hit = _around(typed, number, (said.quote.start, said.quote.end), f"said by {said.quote.speaker}", index, entry)
    return replace(hit, copies=said.copies, elsewhere=said.elsewhere, wordings=said.wordings, wording_of=said.wording_of)


def _around(typed: str, number: int, place: Span, why: str, index: IndexStore, entry: Entry) -> Hit:
    """A place as a hit: the sentence around it, its words marked."""
    start, end = place
    around = [passage for first, last in index.covering([(entry.id, start, end)]) for passage in range(first, last + 1)]
    passages = index.passages(around)
    first, last = min([start, *(p.start for p in passages)]), max([end, *(p.end for p in passages)])
    text = index.excerpt(entry.id, first, last)
    touched = [(a, b) for a, b in sentences(text) if a < end - first and b > start - first] or [(0, len(text))]
    shown = (min(start - first, touched[0][0]), max(end - first, touched[-1][1]))
    return _excerpt(typed, entry, (first, text), (shown, [(start - first, end - first)]), (number, 100.0, why, False))

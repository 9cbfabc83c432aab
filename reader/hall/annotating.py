"""Notes, highlights and bookmarks: made on words, and what their tags are."""

import datetime as dt
import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from reader.errors import Ambiguous, NotFound, UsageError
from reader.model import Anchor, Annotation, Entry, Span
from reader.ports import Reading
from reader.text import fold, occurrences, one_line, terms, whole_words


def new(document: str, kind: str, anchor: Anchor | None, body: str, tags: Iterable[str], colour: str | None = None) -> Annotation:
    """A new annotation, made now, with an id that no other device will give: 128 random bits in hex."""
    at = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    start, end = (anchor.start, anchor.end) if anchor else (None, None)
    return Annotation(os.urandom(16).hex(), kind, document, writable(body), clean_tags(tags), at, at, anchor, start, end, colour=colour)


def writable(body: str) -> str:
    """Without what no database takes, as undecodable bytes that a terminal handed over."""
    return body.encode("utf-8", "replace").decode()


def kind_of(body: str, tags: Iterable[str]) -> str:
    """A note has something to say; what has not is a highlight."""
    return "note" if body.strip() or tuple(tags) else "highlight"


def clean_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags as they are kept: one line each, without a leading #, commas separate, no doubles, in the order given; paths with single slashes."""
    parts = (one_line(part) for tag in tags for part in tag.split(","))
    paths = ("/".join(name for step in part.split("/") if (name := step.lstrip("# ").rstrip())) for part in parts)
    return tuple(dict.fromkeys(path for path in paths if path))


def place_words(operation: str, reading: Reading, words: str, nth: int | None) -> Span:
    """Where `words` stand in the document, compared folded; the `nth` place (from 1) when there are several.

    Raises `NotFound` or, without `nth`, `Ambiguous` with the places.
    """
    text = reading.document.text
    if not fold(words).text:
        raise UsageError(operation, words, "no words to look for")
    found = occurrences(fold(text), words)
    whole = [span for span in found if whole_words(text, span)]
    found = whole or found  # parts of words only where the words stand nowhere whole
    if not found:
        raise NotFound(operation, one_line(words)[:60], f"not in {one_line(reading.indexed.display_title)[:60]}")
    if nth is None and len(found) > 1:
        choices = [f"--nth {n}: {a}-{b}: …{one_line(text[max(0, a - 30) : b + 30])}…" for n, (a, b) in enumerate(found[:50], 1)]
        choices += [f"… and {len(found) - 50} more"] if len(found) > 50 else []
        raise Ambiguous(operation, one_line(words)[:60], f"stands in {len(found)} places; choose one with --nth", choices)
    if nth is not None and not 1 <= nth <= len(found):
        raise UsageError(operation, f"--nth {nth}", f"the words stand in {len(found)} place{'s' if len(found) > 1 else ''}")
    return found[(nth or 1) - 1]


def revised(annotation: Annotation, **values: Any) -> Annotation:
    """A note that says something else: other `body`, `tags` or `colour`; a highlight that says something becomes a note, and the other way."""
    after = replace(annotation, **values)
    return replace(after, kind=kind_of(after.body, after.tags)) if after.kind in ("note", "highlight") else after


def held(annotation: Annotation, entry: Entry | None) -> list[str]:
    """The words of a note, folded: those it is on, its body, its tags, and its document's title."""
    return terms(" ".join([annotation.exact or "", annotation.body, *annotation.tags, entry.display_title if entry else ""]))


def matching(annotations: Sequence[Annotation], query: str, titles: Mapping[str, Entry]) -> list[Annotation]:
    """Those that hold every word of `query`; the last one may go on, unless white space follows.

    A word that stands in none of them is looked for as it might have been meant: a letter or two may differ.
    """
    wanted = terms(query)
    if not wanted:
        return list(annotations)
    words = [frozenset(held(a, titles.get(a.document))) for a in annotations]
    known = frozenset().union(*words)
    last = len(wanted) - 1
    meant = [_meant(word, known, unfinished=number == last and not query[-1:].isspace()) for number, word in enumerate(wanted)]
    return [a for a, own in zip(annotations, words, strict=True) if all(own & these for these in meant)]


def _meant(word: str, known: Iterable[str], *, unfinished: bool) -> frozenset[str]:
    """The words known that are this one; those that begin so, when it may go on; else those that are spelled nearly so."""
    same = frozenset(own for own in known if own == word or (unfinished and own.startswith(word)))
    if same or len(word) < 4:
        return same
    from rapidfuzz.distance import OSA

    far = 1 if len(word) < 8 else 2
    return frozenset(own for own in known if OSA.distance(word, own[: len(word) + 1] if unfinished else own, score_cutoff=far) <= far)


def tagged(annotations: Iterable[Annotation], tag: str | None, documents: Collection[str] = ()) -> list[Annotation]:
    """Those with the tag or on one of the `documents`; all when `tag` is None."""
    return [a for a in annotations if tag is None or a.document in documents or has_tag(a.tags, tag)]


def has_tag(tags: Iterable[str], tag: str) -> bool:
    """Whether one of `tags` is `tag` or lies below it."""
    wanted = fold(tag.lstrip("#")).text
    return any(fold(own).text == wanted or fold(own).text.startswith(wanted + "/") for own in tags)

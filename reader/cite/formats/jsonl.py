"""JSON Lines, one note a line, nothing left out: our own format, made to be read back."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from reader.cite.export import Cited, CitedNote
from reader.model import Entry
from reader.text import safe_json

NAME = "jsonl"


def export(cited: Iterable[Cited]) -> Iterator[str]:
    """One object a line; `selector` holds the words as they were when the note was made, `start` and `end` lie in today's text."""
    for document in cited:
        source = _source(document.entry)
        for note in document.notes:
            yield safe_json(json.dumps({"format": 1, **_note(note), "source": source}, ensure_ascii=False))


def _note(note: CitedNote) -> dict[str, Any]:
    made = note.annotation
    anchor = made.anchor
    selector = None
    if anchor:
        selector = {
            "version": anchor.version,
            "start": anchor.start,
            "end": anchor.end,
            "exact": anchor.exact,
            "prefix": anchor.prefix,
            "suffix": anchor.suffix,
        }
    return {
        "id": made.id,
        "kind": made.kind,
        "document": made.document,
        "start": made.start,
        "end": made.end,
        "exact": made.exact,
        "body": made.body,
        "tags": list(made.tags),
        "colour": made.colour,
        "state": made.state,
        "created": made.created,
        "modified": made.modified,
        "sentence": note.sentence,
        "selector": selector,
    }


def _source(entry: Entry) -> dict[str, Any]:
    known = entry.metadata
    return {
        "title": known.title,
        "display_title": entry.display_title,
        "publisher": known.publisher,
        "byline": known.byline,
        "date": known.date,
        "url": known.url,
        "path": entry.path,
        "tags": list(entry.tags),
    }

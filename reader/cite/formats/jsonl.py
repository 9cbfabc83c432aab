"""JSON Lines, one note a line, nothing left out: our own format, read back as it was written.

A line has the note as `notes --json` prints it, its `selector` (the words as they were when it was made), `placed` (where the user said
that they lie now), its `editions` (what it said before), what can be said of its words today (`sentence`, `place`, `citation`,
`speaker`), and its `source`, the document. A document with tags or corrections and without notes has a line of the kind "document";
a text that notes were made on and that its file no longer holds has one of the kind "text", so that they can be followed elsewhere too.
"""

import datetime as dt
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reader.cite.exchange import Cited, CitedNote, Incoming
from reader.errors import UsageError
from reader.model import COLOURS, CORRECTABLE, Anchor, Annotation, Edition, Imported
from reader.text import one_line, safe_json

NAME = "jsonl"
FORMAT = 1
_TIME = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d{1,6})?Z)?")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


def export(cited: Iterable[Cited]) -> Iterator[str]:
    """One object a line; `start` and `end` lie in today's text."""
    for document in cited:
        source = _source(document)
        for note in document.notes:
            yield _line({**_note(note), "source": source})
        for version, text in document.texts.items():
            yield _line({"kind": "text", "document": document.entry.id, "version": version, "body": text, "source": source})
        if not document.notes:
            yield _line({"kind": "document", "document": document.entry.id, "source": source})


def _line(value: Mapping[str, Any]) -> str:
    return safe_json(json.dumps({"format": FORMAT, **value}, ensure_ascii=False))


def _note(note: CitedNote) -> dict[str, Any]:
    made = note.annotation
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
        "meaning": note.meaning,
        "state": made.state,
        "created": made.created,
        "modified": made.modified,
        "sentence": note.sentence,
        "speaker": note.speaker,
        "place": note.place,
        "citation": note.citation,
        "selector": _selector(made.anchor),
        "placed": _selector(made.placed),
        "editions": [
            {"at": e.at, "label": e.label, "kind": e.kind, "body": e.body, "tags": list(e.tags), "colour": e.colour} for e in note.editions
        ],
    }


def _selector(anchor: Anchor | None) -> dict[str, Any] | None:
    if anchor is None:
        return None
    return {
        "version": anchor.version,
        "start": anchor.start,
        "end": anchor.end,
        "exact": anchor.exact,
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
    }


def _source(cited: Cited) -> dict[str, Any]:
    entry, known = cited.entry, cited.entry.metadata
    return {
        "title": known.title,
        "display_title": entry.display_title,
        "publisher": known.publisher,
        "byline": known.byline,
        "date": known.date,
        "url": known.url,
        "path": entry.path,
        "tags": list(entry.tags),
        "added": entry.added,
        "content": cited.content,
        "text": cited.text,
        "corrections": dict(cited.corrections),
    }


# -- reading back ----------------------------------------------------------------------------------------------------------------


def parse(lines: Iterable[str]) -> Iterator[Incoming]:
    """What `export` wrote, of this version or an older one. Raises `UsageError`, naming the line, for anything else."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
            if not isinstance(value, dict) or "format" not in value:
                raise UsageError("import", f"line {number}", "is no note of ours")
            if value["format"] > FORMAT:
                raise UsageError("import", f"line {number}", "a newer pullquote wrote it")
            yield _incoming(value)
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError) as error:
            raise UsageError("import", f"line {number}", "is no note of ours") from error


def _incoming(value: Mapping[str, Any]) -> Incoming:
    source: Mapping[str, Any] = value.get("source") or {}
    kind = _named(value["kind"])
    path = _text(source.get("path") or "")
    return Incoming(
        document=_named(value["document"]),
        path=path if os.path.isabs(path) else "",
        note=_imported(value) if kind not in ("document", "text") else None,
        content=_some(source.get("content")),
        text=_some(source.get("text")),
        url=_some(source.get("url")),
        added=_time(source["added"]) if source.get("added") is not None else None,
        tags=_tags(source.get("tags")),
        corrections={name: _text(said) for name, said in (source.get("corrections") or {}).items() if name in CORRECTABLE},
        version=_text(value["version"]) if kind == "text" else None,
        body=_text(value["body"]) if kind == "text" else None,
    )


def _imported(value: Mapping[str, Any]) -> Imported:
    made = Annotation(
        id=_named(value["id"]),
        kind=_named(value["kind"]),
        document=_named(value["document"]),
        body=_text(value["body"]),
        tags=_tags(value["tags"]),
        created=_time(value["created"]),
        modified=_time(value["modified"]),
        anchor=_anchor(value.get("selector")),
        colour=_colour(value.get("colour")),
        placed=_anchor(value.get("placed")),
    )
    editions = [
        Edition(_time(e["at"]), _text(e["label"]), _named(e["kind"]), _text(e["body"]), _tags(e["tags"]), _colour(e["colour"]))
        for e in value.get("editions") or ()
    ]
    return Imported(made, tuple(editions))


def _anchor(value: Mapping[str, Any] | None) -> Anchor | None:
    """Raises ValueError for offsets that are none of a text, or do not fit the words."""
    if value is None:
        return None
    start, end, exact = int(value["start"]), int(value["end"]), _text(value["exact"])
    if not 0 <= start < end < 2**40 or end - start != len(exact):
        raise ValueError(value)
    return Anchor(_text(value["version"]), start, end, exact, _text(value["prefix"]), _text(value["suffix"]))


def _tags(value: Any) -> tuple[str, ...]:
    if not isinstance(value or [], list):
        raise TypeError(value)
    return tuple(tag for tag in (one_line(_text(tag)) for tag in value or ()) if tag)


def _named(value: Any) -> str:
    """An id or a kind. Raises ValueError for anything that is no such thing: they are shown, typed, and stand in other programs' files."""
    if not _NAME.fullmatch(_text(value)):
        raise ValueError(value)
    return str(value)


def _time(value: Any) -> str:
    """A time as we write it. Raises ValueError for anything else."""
    if not _TIME.fullmatch(_text(value)):
        raise ValueError(value)
    dt.datetime.fromisoformat(value)  # there are 59 seconds and no 30th of February
    return str(value)


def _colour(value: Any) -> str | None:
    """A colour; None for those that we do not have."""
    return value if value in COLOURS else None


def _some(value: Any) -> str | None:
    return None if value is None else _text(value)


def _text(value: Any) -> str:
    """A string without what no database takes (half a character). Raises TypeError for anything else."""
    if not isinstance(value, str):
        raise TypeError(value)
    return value.encode("utf-8", "replace").decode()

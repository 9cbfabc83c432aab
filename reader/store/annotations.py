"""Notes, highlights and bookmarks: tables and methods of the note store. Every change is a deed that undo takes back.

An anchor is never altered. Where the user confirmed that the words lie now is a row beside it, with an anchor of its own.
"""

import json
import sqlite3
import zlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from reader.errors import Conflict, NotFound
from reader.model import Anchor, Annotation, Edition, Imported
from reader.ports import Kept, Retag
from reader.store import oplog
from reader.store.database import Database
from reader.store.oplog import Deed, Row, now

TABLES = (
    """CREATE TABLE placement(
        id TEXT PRIMARY KEY,                -- the annotation whose words the user found again there
        version TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, exact TEXT NOT NULL, prefix TEXT NOT NULL, suffix TEXT NOT NULL)""",
    "CREATE TABLE colour(id TEXT PRIMARY KEY, meaning TEXT NOT NULL)",  # what the user calls a highlight colour
)

_ANCHOR = "{0}.version, {0}.first, {0}.last, {0}.exact, {0}.prefix, {0}.suffix"
_COLUMNS = f"id, kind, document, body, tags, created, modified, colour, rev, {_ANCHOR.format('a')}"
_MADE = "(SELECT min(seq) FROM operation WHERE operation.kind = 'annotation' AND key = a.id)"
"""Of those made in the same millisecond, or dated to the same day elsewhere: which came first. An edit and undo leave it as it is."""


class SqliteAnnotations:
    """The part of `ports.NotesStore` that is about notes."""

    _db: Database

    def annotations(self, document: str | None = None) -> Sequence[Annotation]:
        """See `ports.NotesStore`."""
        return self._selected("WHERE document = ?", document) if document else self._selected("")

    def _selected(self, where: str, *values: str) -> list[Annotation]:
        placed = self._db.stored >= 3  # an older store in a folder that cannot be written has no such table
        source = f", {_ANCHOR.format('p')} FROM annotation AS a LEFT JOIN placement AS p USING(id)" if placed else " FROM annotation AS a"
        with self._db.reading("notes") as connection:
            sql = f"SELECT {_COLUMNS}{source} {where} ORDER BY created, {_MADE}"
            return [_annotation(found) for found in connection.execute(sql, values)]

    def counted(self, document: str | None = None) -> Mapping[str, tuple[int, int]]:
        """See `ports.NotesStore`."""
        where, values = ("WHERE document = ?", (document,)) if document else ("", ())
        sql = f"SELECT document, sum(kind != 'bookmark'), sum(kind = 'bookmark') FROM annotation {where} GROUP BY document"
        with self._db.reading("list") as connection:
            rows = connection.execute(sql, values).fetchall()
            return {document: (notes, bookmarks) for document, notes, bookmarks in rows}

    def annotate(self, annotation: Annotation, text: str | None, instead_of: Collection[str] = ()) -> None:
        """See `ports.NotesStore`."""
        with self._db.writing(annotation.kind) as connection:
            deed = Deed.begin(connection, _label("", annotation), annotation.created)
            _bring_in(connection, deed, Deed.begin(connection, "keep", annotation.created, deed=False), annotation.document)
            if annotation.anchor is not None and text is not None:
                _keep_text(connection, annotation.document, annotation.anchor.version, text)
            for old in instead_of:
                deed.change("placement", old, None)
                deed.change("annotation", old, None)
            deed.change("annotation", annotation.id, _row(annotation))

    def edit(self, annotation: Annotation) -> Annotation:
        """See `ports.NotesStore`."""
        with self._db.writing("edit") as connection:
            present = oplog.row(connection, "annotation", annotation.id)
            if present is None:
                raise Conflict("edit", annotation.id[:8], "it was deleted in between")
            if present["rev"] != annotation.rev:
                raise Conflict("edit", annotation.id[:8], "it was edited elsewhere in between")
            _rewrite(Deed.begin(connection, _label("edit ", annotation), now()), annotation)
        return next(found for found in self.annotations(annotation.document) if found.id == annotation.id)

    def revise(
        self, change: Callable[[Annotation], Annotation], annotations: Collection[str] | None, label: str, documents: Retag | None = None
    ) -> int:
        """See `ports.NotesStore`."""
        changed = 0
        with self._db.writing("edit") as connection:
            deed = Deed.begin(connection, label, now())
            for name in annotations if annotations is not None else ():
                if oplog.row(connection, "annotation", name) is None:
                    raise NotFound("edit", name, "no such note")
            found = (
                self._selected("") if annotations is None else [one for name in annotations for one in self._selected("WHERE id = ?", name)]
            )
            for annotation in found:
                changed += _rewrite(deed, change(annotation))
            for name, packed in connection.execute("SELECT id, tags FROM document").fetchall() if documents else ():
                tags = documents(_unpacked(packed)) if documents else ()
                if tags != _unpacked(packed):
                    deed.change("document", name, {**(oplog.row(connection, "document", name) or {}), "tags": _packed(tags)})
                    changed += 1
        return changed

    def delete(self, ids: Iterable[str]) -> None:
        """See `ports.NotesStore`."""
        wanted = list(dict.fromkeys(ids))
        with self._db.writing("delete") as connection:
            known = {annotation.id: annotation for annotation in self.annotations()} if len(wanted) == 1 else {}
            label = _label("delete ", known[wanted[0]]) if wanted[0] in known else f"delete {len(wanted)} notes"
            deed = Deed.begin(connection, label, now())
            for annotation in wanted:
                if oplog.row(connection, "annotation", annotation) is None:
                    raise NotFound("delete", annotation, "no such note")
                deed.change("placement", annotation, None)
                deed.change("annotation", annotation, None)

    def place(self, annotation: Annotation, anchor: Anchor, text: str) -> None:
        """See `ports.NotesStore`."""
        with self._db.writing("place") as connection:
            if oplog.row(connection, "annotation", annotation.id) is None:
                raise NotFound("place", annotation.id, "no such note")
            _keep_text(connection, annotation.document, anchor.version, text)
            row = {"id": annotation.id, **_anchored(anchor)}
            Deed.begin(connection, _label("place ", annotation), now()).change("placement", annotation.id, row)

    def take_in(self, imported: Iterable[Imported], documents: Mapping[str, Kept], label: str) -> None:
        """See `ports.NotesStore`."""
        imported, at = list(imported), now()
        with self._db.writing("import") as connection:
            past = Deed.begin(connection, "history of imported notes", at, deed=False)
            housekeeping = Deed.begin(connection, "keep", at, deed=False)
            deed = Deed.begin(connection, label, at)
            for name, known in documents.items():
                _bring_in(connection, deed, replace(housekeeping, at=known.added or at), name)
                said = {"tags": _packed(known.tags), "corrections": json.dumps(dict(known.corrections), ensure_ascii=False)}
                deed.change("document", name, {**(oplog.row(connection, "document", name) or {}), **said})
            for document in {one.annotation.document for one in imported} - documents.keys():
                _bring_in(connection, deed, housekeeping, document)
            for one in imported:
                row, before = _row(one.annotation), None
                for edition in one.editions:
                    after = {**row, "kind": edition.kind, "body": edition.body, "tags": _packed(edition.tags), "colour": edition.colour}
                    past.remember("annotation", one.annotation.id, before, after, edition.label, edition.at)
                    before = after
                deed.change("annotation", one.annotation.id, row)
                if one.annotation.placed is not None:
                    deed.change("placement", one.annotation.id, {"id": one.annotation.id, **_anchored(one.annotation.placed)})

    def editions(self, annotation: str) -> Sequence[Edition]:
        """See `ports.NotesStore`."""
        with self._db.reading("history") as connection:
            rows = connection.execute(
                "SELECT at, label, after FROM operation WHERE kind = 'annotation' AND key = ? AND after IS NOT NULL ORDER BY seq",
                (annotation,),
            ).fetchall()
        found: list[Edition] = []
        for at, label, after in rows:
            row = json.loads(after)
            edition = Edition(at, label, row["kind"], row["body"], _unpacked(row["tags"]), row["colour"])
            if not found or found[-1].said != edition.said:
                found.append(edition)
        return found

    def text(self, version: str) -> str | None:
        """See `ports.NotesStore`."""
        with self._db.reading("read") as connection:
            found = connection.execute("SELECT body FROM text_version WHERE hash = ?", (version,)).fetchone()
        return zlib.decompress(found[0]).decode() if found else None

    def keep_text(self, document: str, version: str, text: str) -> None:
        """See `ports.NotesStore`."""
        with self._db.writing("add") as connection:
            _keep_text(connection, document, version, text)

    def colours(self) -> Mapping[str, str]:
        """See `ports.NotesStore`."""
        if self._db.stored < 3:
            return {}
        with self._db.reading("notes") as connection:
            return dict(connection.execute("SELECT id, meaning FROM colour ORDER BY rowid").fetchall())

    def name_colour(self, colour: str, meaning: str) -> None:
        """See `ports.NotesStore`."""
        with self._db.writing("colour") as connection:
            row = {"id": colour, "meaning": meaning} if meaning else None
            Deed.begin(connection, f"{colour} means {meaning[:40] or 'nothing'}", now()).change("colour", colour, row)


def _label(verb: str, annotation: Annotation) -> str:
    """What undo calls it: its words, else what was written."""
    words = " ".join((annotation.exact or annotation.body).split())
    short = words if len(words) <= 48 else words[:47] + "…"
    return f"{verb}{annotation.kind} “{short}”" if short else f"{verb}{annotation.kind}"


def _rewrite(deed: Deed, annotation: Annotation) -> bool:
    """Make a row say what its annotation says now; whether that is anything else.

    A clock that was set back does not make an edit older than the one before.
    """
    present = oplog.row(deed.connection, "annotation", annotation.id) or {}
    said = {"kind": annotation.kind, "body": annotation.body, "tags": _packed(annotation.tags), "colour": annotation.colour}
    if all(present[name] == value for name, value in said.items()):
        return False
    after = {**present, **said, "modified": max(deed.at, present["modified"]), "rev": present["rev"] + 1}
    deed.change("annotation", annotation.id, after)
    return True


def _bring_in(connection: sqlite3.Connection, deed: Deed, housekeeping: Deed, document: str) -> None:
    """Take a document into the library. One that the user took out goes out again with the deed; others stay in."""
    present = oplog.row(connection, "document", document)
    oplog.keep(deed if present is not None and present["removed"] else housekeeping, document)


def _keep_text(connection: sqlite3.Connection, document: str, version: str, text: str) -> None:
    """Keep a text for good, so that what was made on it can be followed. Costs about 20 ms for 1 MB, once a version."""
    if connection.execute("SELECT 1 FROM text_version WHERE hash = ?", (version,)).fetchone() is None:
        values = (version, document, zlib.compress(text.encode(), 6), now())
        connection.execute("INSERT OR IGNORE INTO text_version VALUES(?,?,?,?)", values)


def _packed(tags: Iterable[str]) -> str:
    return json.dumps(list(tags), ensure_ascii=False)


@lru_cache(maxsize=4096)
def _unpacked(packed: str) -> tuple[str, ...]:
    try:
        return tuple(json.loads(packed))
    except (ValueError, TypeError):
        return ()  # edited by another program; the note itself is what matters


def _anchored(anchor: Anchor | None) -> Row:
    if anchor is None:
        return dict.fromkeys(("version", "first", "last", "exact", "prefix", "suffix"))
    return {
        "version": anchor.version,
        "first": anchor.start,
        "last": anchor.end,
        "exact": anchor.exact,
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
    }


def _row(annotation: Annotation) -> Row:
    return {
        "id": annotation.id,
        "document": annotation.document,
        "kind": annotation.kind,
        "body": annotation.body,
        "tags": _packed(annotation.tags),
        "colour": annotation.colour,
        "parent": None,
        "created": annotation.created,
        "modified": annotation.modified,
        "rev": annotation.rev,
        **_anchored(annotation.anchor),
    }


def _annotation(found: Sequence[Any]) -> Annotation:
    return Annotation(
        id=found[0],
        kind=found[1],
        document=found[2],
        body=found[3],
        tags=_unpacked(found[4]),
        created=found[5],
        modified=found[6],
        anchor=Anchor(*found[9:15]) if found[9] is not None else None,
        placed=Anchor(*found[15:21]) if len(found) > 15 and found[15] is not None else None,
        colour=found[7],
        rev=found[8],
    )

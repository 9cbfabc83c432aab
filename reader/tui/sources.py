"""What the list shows of documents and hits: rows of styled text, worked out only for those in sight.

Pure: no widget, no library.
"""

import os
from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Generic, TypeVar

from reader.hall.catalogue import Catalogue
from reader.model import Hit, Place, Span
from reader.text import one_line, safe_line
from reader.tui.rows import RowCells

SORTS = ("title", "date", "added", "read")
"""Orders of the document list; the last three newest first."""


Listed = TypeVar("Listed")


class Rows(ABC, Generic[Listed]):
    """A `rows.RowSource` that also knows what its rows stand for: one row for each thing `listed`."""

    height: int

    def __init__(self, listed: Sequence[Listed]) -> None:
        self.listed = listed

    def __len__(self) -> int:
        """How many rows."""
        return len(self.listed)

    @abstractmethod
    def row(self, index: int) -> RowCells:
        """What a row shows."""


def quoted(words: str) -> str:
    """Words between quotation marks, unless they bring their own."""
    return words if words[:1] in '“"„«‘' else f"“{words}”"


class DocumentRows(Rows[str]):
    """Documents by their ids: title; then publisher or author, date, and what hangs on it."""

    height = 2

    def __init__(self, listed: Sequence[str], catalogue: Catalogue) -> None:
        super().__init__(listed)
        self._catalogue = catalogue

    def row(self, index: int) -> RowCells:
        """See `Rows`."""
        entry = self._catalogue.near(self.listed, index)
        known = entry.metadata
        facts = [known.publisher or known.byline, known.date, *("#" + tag for tag in entry.tags), "missing" if entry.missing else None]
        told = " · ".join(one_line(fact) for fact in facts if fact)
        second: list[tuple[str, str]] = [(told or os.path.basename(entry.path), "dim")]
        if entry.opened is not None:
            second.insert(0, ("✓ ", "dim"))
        if entry.notes:
            second.insert(0, (f"●{entry.notes} ", "mark"))
        if entry.bookmarked:
            second.insert(0, ("◆ ", "mark"))
        return [[(entry.display_title, "title" if entry.opened is None else "")], second]

    def index_of(self, document: str | None) -> int:
        """The row of a document; 0 when it is not among them."""
        try:
            return self.listed.index(document or "")
        except ValueError:
            return 0


def unfolded(hits: Sequence[Hit], opened: Collection[int]) -> list[Hit]:
    """The hits as listed: other wordings and copies only below a first one whose rank is in `opened`; every row stands for a place."""
    shown: list[Hit] = []
    for hit in hits:
        if hit.wording_of is not None and hit.wording_of <= len(hits):
            continue
        shown.append(hit)
        if hit.rank in opened:
            shown += [replace(other, why=f"another wording · {other.why}") for other in hits if other.wording_of == hit.rank]
            shown += [_copy(hit, place) for place in hit.elsewhere]
    return shown


def _copy(hit: Hit, place: Place) -> Hit:
    """A row for another place with the same sentence."""
    moved = replace(hit, document=place.document, display_title=place.display_title, start=place.start, end=place.end, date=place.date)
    return replace(moved, publisher=None, matches=(), why="copy", copies=0, wordings=1, elsewhere=(), rank=0)


class SavedRows(Rows[str]):
    """Saved searches, one a line."""

    height = 1

    def row(self, index: int) -> RowCells:
        """See `Rows`."""
        return [[("/ ", "mark"), (one_line(self.listed[index]), "")]]


class HitRows(Rows[Hit]):
    """Hits: the sentence with its matched words marked, on two lines; where it stands; why it was found."""

    height = 4

    def __init__(self, hits: Sequence[Hit], width: int) -> None:
        super().__init__(hits)
        self.width = max(20, width)

    def row(self, index: int) -> RowCells:
        """See `Rows`."""
        hit = self.listed[index]
        first, second = self._sentence(hit)
        speaker = f"{hit.speaker} ({hit.speaker_confidence})" if hit.speaker and hit.speaker_confidence == "likely" else hit.speaker
        source = " · ".join(one_line(part) for part in (hit.date, speaker, hit.display_title, hit.publisher) if part)
        copies = f"{hit.copies} cop{'ies' if hit.copies > 1 else 'y'}" if hit.copies else ""
        wordings = f"{hit.wordings} wordings" if hit.wordings > 1 else ""
        more = " · ".join(part for part in (copies, wordings) if part)
        rest = [[(source, "dim")], [(hit.why, "dim"), (f" · + {more}" if more else "", "accent"), (" · weak" if hit.weak else "", "warn")]]
        return [first, second, *rest] if second else [first, *rest]

    def _sentence(self, hit: Hit) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        """Two lines of the sentence, beginning a little before the first matched word when it is long."""
        text = safe_line(hit.sentence)
        marks = [(a - hit.start, b - hit.start) for a, b in hit.matches]
        room = 2 * self.width - 2
        begin = 0
        if len(text) > room and marks and marks[0][0] > self.width:
            begin = text.rfind(" ", 0, marks[0][0] - self.width // 3) + 1
        cut = text.rfind(" ", begin, begin + self.width + 1) + 1
        middle = cut if begin < cut < len(text) and len(text) - begin > self.width else min(len(text), begin + self.width)
        lead = [("…", "dim")] if begin else []
        return lead + _marked(text, begin, middle, marks), _marked(text, middle, len(text), marks)


def _marked(text: str, start: int, end: int, marks: Sequence[Span]) -> list[tuple[str, str]]:
    """`text[start:end]` with the parts inside `marks` styled "match"."""
    parts, at = [], start
    for a, b in marks:
        a, b = max(a, at), min(b, end)
        if a < b:
            parts += [(text[at:a], ""), (text[a:b], "match")]
            at = b
    parts.append((text[at:end], ""))
    return [part for part in parts if part[0]]

"""Numbered lists: documents, hits, quotations, speakers, notes, tags, and what each of their rows says.

Pure: values in, lines out. Owns sorting and filtering of what it was given; refuses input, output and the library.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from reader.cli.plain.lines import inside, many, told
from reader.cli.plain.paragraphs import said_by
from reader.model import Entry, Hit, Place, Quotation, Speaker, TagCount
from reader.text import fold, one_line

PAGE = 15
"""Rows listed at once."""
SORTS = {"title": "by title", "date": "newest first", "added": "latest added first", "read": "latest read first"}
ORDERS = {"newest": "newest first", "oldest": "oldest first", "speaker": "by speaker", "document": "by document"}
SPEAKER_ORDERS = {"most": "most quoted first", "name": "by name", "latest": "latest first"}


@dataclass
class Listing:
    """Something listed. `rows` says an item's lines after its number, `go` opens it; `at` is the item gone to last, from 0.

    `kind` is documents, hits, saved, quotes, speakers, notes, tags, places, candidates, links or help; `about` what the list is of (a speaker, a note, words).
    `again` lists the same as it is now. `aside`: it was asked for on the page, and leads back there.
    """

    kind: str
    heading: str
    items: Sequence[Any]
    rows: Callable[[Any], Iterable[str]]
    go: Callable[[Any], None] | None = None
    nothing: str = ""
    about: Any = None
    again: "Callable[[], Listing] | None" = None
    below: "Listing | None" = None
    aside: bool = False
    at: int = -1
    shown: int = 0

    def lines(self, start: int, end: int) -> Iterable[str]:
        """The lines of some rows."""
        for number, item in enumerate(self.items[start:end], start + 1):
            first, *rest = self.rows(item)
            yield f"{number}. {first}" if self.go is not None else first
            yield from rest

    @property
    def item(self) -> Any:
        """The item gone to last; the only one there is; else None."""
        if 0 <= self.at < len(self.items):
            return self.items[self.at]
        return self.items[0] if len(self.items) == 1 else None


def anew(listing: Listing) -> Listing:
    """The same list as it is now, at the same item; when that is gone, before the one that stands in its place."""
    if listing.again is None:
        return listing
    fresh = listing.again()
    here = _key(listing.items[listing.at]) if 0 <= listing.at < len(listing.items) else None
    same = (number for number, item in enumerate(fresh.items) if here is not None and _key(item) == here)
    fresh.at = next(same, min(listing.at, len(fresh.items)) - 1 if here is not None else -1)
    fresh.below, fresh.shown = listing.below, min(listing.shown, len(fresh.items))
    return fresh


def _key(item: Any) -> Any:
    """What an item is known by when other things about it have changed."""
    if isinstance(item, Quotation):
        return item.document, item.quote.start
    return getattr(item, "id", None) or getattr(item, "name", None) or item


# -- documents -------------------------------------------------------------------------------------------------------------------


def document_rows(entry: Entry) -> list[str]:
    """Title, publisher or author, date, and what hangs on it."""
    known = entry.metadata
    marks = [many(entry.notes, "note") if entry.notes else None, "bookmarked" if entry.bookmarked else None]
    marks += ["tags " + ", ".join(entry.tags) if entry.tags else None, "missing" if entry.missing else None]
    return [told(entry.display_title, known.publisher or known.byline, known.date, *marks, None if entry.opened else "not read yet")]


def sorted_entries(entries: Iterable[Entry], order: str) -> list[Entry]:
    """The documents in that order; what has no date or was never opened comes last."""
    by_title = sorted(entries, key=lambda entry: entry.display_title.casefold())
    keys: dict[str, Callable[[Entry], str]] = {
        "date": lambda entry: entry.metadata.date or "",
        "added": lambda entry: entry.added or "",
        "read": lambda entry: entry.opened or "",
    }
    return sorted(by_title, key=keys[order], reverse=True) if order in keys else by_title


def holding(typed: str, *parts: str | None) -> bool:
    """Whether every word typed stands in the parts."""
    hay = fold(" ".join(part for part in parts if part)).text
    return all(word in hay for word in fold(typed).text.split())


def entry_holds(entry: Entry, typed: str) -> bool:
    """Whether title, publisher, author, date, tags or the file's name hold every word typed."""
    known, tags = entry.metadata, ["#" + tag for tag in entry.tags]
    return holding(typed, entry.display_title, known.publisher, known.byline, known.date, entry.path.rsplit("/", 1)[-1], *tags)


# -- hits ------------------------------------------------------------------------------------------------------------------------


def hit_rows(hit: Hit) -> list[str]:
    """Who, where; the sentence; why."""
    likely = ", likely" if hit.speaker and hit.speaker_confidence == "likely" else ""
    who = f"{one_line(hit.speaker)}{likely}" if hit.speaker else ""
    same = [many(hit.copies, "copy", "copies") if hit.copies else "", f"{hit.wordings} wordings" if hit.wordings > 1 else ""]
    return [
        told(who, hit.display_title, hit.publisher, hit.date),
        one_line(hit.sentence),
        told(hit.why, *same, "weak" if hit.weak else ""),
    ]


def place_rows(place: Place) -> list[str]:
    """Where else the words stand."""
    return [told(place.display_title, place.date)]


# -- quotations ------------------------------------------------------------------------------------------------------------------


def quotation_rows(said: Quotation) -> list[str]:
    """Who, the words, where."""
    same = [many(said.copies, "copy", "copies") if said.copies else "", f"{said.wordings} wordings" if said.wordings > 1 else ""]
    return [f"{said_by(said.quote)}: {inside(said.text)}", told(said.display_title, said.publisher, said.date, *same)]


def quotation_holds(said: Quotation, typed: str) -> bool:
    """Whether speaker, role, document or words hold every word typed."""
    quote = said.quote
    return holding(typed, quote.speaker or "unknown", quote.role, said.display_title, said.publisher, said.date, quote.kind, said.text)


def sorted_quotations(found: Sequence[Quotation], order: str) -> list[Quotation]:
    """Quotations, which come oldest first, in another order; what has no date or speaker stays last."""
    if order == "newest":
        return sorted(found, key=lambda said: said.date or "", reverse=True)
    if order == "speaker":
        return sorted(found, key=lambda said: (said.quote.speaker is None, (said.quote.speaker or "").casefold()))
    if order == "document":
        return sorted(found, key=lambda said: (said.display_title.casefold(), said.document, said.quote.start))
    return list(found)


def speaker_rows(speaker: Speaker) -> list[str]:
    """Name, role, how much and when; other spellings."""
    dates = " to ".join(dict.fromkeys(date[:4] for date in (speaker.first, speaker.last) if date))
    others = ", ".join(name for name in speaker.names if name != speaker.name)
    counts = f"{many(speaker.quotes, 'quotation')} in {many(speaker.documents, 'document')}"
    return [told(speaker.name, speaker.role, counts, dates, f"also {others}" if others else "")]


def sorted_speakers(speakers: Sequence[Speaker], order: str) -> list[Speaker]:
    """Speakers, who come most quoted first, in another order."""
    if order == "name":
        return sorted(speakers, key=lambda s: (fold(s.name.split(" (", 1)[0]).text.rsplit(" ", 1)[-1], fold(s.name).text))
    return sorted(speakers, key=lambda s: s.last or "", reverse=True) if order == "latest" else list(speakers)


def tag_rows(tag: TagCount) -> list[str]:
    """A tag with how many notes and documents have it, or one below it."""
    notes = many(tag.all_notes, "note") if tag.all_notes else ""
    return [told(tag.tag, notes, many(tag.all_documents, "document") if tag.all_documents else "")]

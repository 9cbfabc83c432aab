"""What a document says about itself -> Metadata, and the title to show when it says nothing. Refuses to guess: every value stands in
the document, and what can be read two ways is left out.
"""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

from reader.ingest.contacts import contact
from reader.ingest.dateline import dateline
from reader.ingest.lines import Piece
from reader.ingest.roles import Outline
from reader.model import Block, Metadata, Role
from reader.text import one_line, sentences

LONGEST_TITLE = 120
_FEWEST_ANSWERS = 5
"""Questions with answers that make a transcript; sheets of frequent questions mostly have fewer."""
_REPORTER = re.compile(r"\b(?:staff writer|reporter|correspondent|associated press|reuters|news (?:staff|service))\b", re.IGNORECASE)
_SPEECH = re.compile(
    r"\b(?:address|remarks|speech|state of the union|inaugural|keynote|sermon|eulogy|commencement|annual message)\b", re.IGNORECASE
)
_SPEECH_TITLE = re.compile(
    r"(?:['’]s (?:\w+ )?|^)(?:annual (?:message|address)|address|remarks|speech|keynote)\b.{0,40}?\b(?:to|before|of|by|at|on|delivered)\b",
    re.IGNORECASE,
)
_STATEMENT = re.compile(r"\b(?:released|issued|made|gave) (?:the (?:following|below)|this) (?:\w+ )?statement", re.IGNORECASE)
_SPEAKING = re.compile(
    r"(?:mr\.? (?:speaker|president|vice|chairman|chief)|madam|fellow|my fellow|ladies and|members of (?:the|congress)|thank you|to the congress)\b|the president:",
    re.IGNORECASE,
)


def metadata(outline: Outline, pieces: Sequence[Piece]) -> Metadata:
    """The statements of the head, and the kind of document that the whole shows."""
    head = outline.head
    line = head.dateline
    dates = [*head.dates, *([line.dates] if line and line.dates else [])]
    return Metadata(
        title=_line(head.title),
        subtitle=_line(head.subtitle),
        date=own_date(dates),
        dateline=one_line(line.place) if line else None,
        publisher=_line(head.publisher or (line.agency if line else None)),
        byline=_line(head.byline),
        contact=contact(head.contacts) if head.contacts else None,
        doc_type=outline.kind or _kind(outline, pieces),
        url=_line(head.url),
    )


def own_date(dates: Sequence[tuple[str, ...]]) -> str | None:
    """The date that the statements agree on; each is a tuple of readings, one or several ("06.08.09").

    The first statement with one reading counts; without one, the only reading that two ambiguous statements share. None when
    statements with one reading contradict each other by more than a day (two days are a date and the night of its posting).
    """
    sure = [readings[0] for readings in dates if len(readings) == 1]
    if sure:
        return sure[0] if all(_near(sure[0], other) for other in sure) and all(_fits(sure[0], readings) for readings in dates) else None
    counted = Counter(reading for readings in set(dates) for reading in readings)
    shared = [reading for reading, count in counted.items() if count > 1]
    return shared[0] if len(shared) == 1 else None


def _near(one: str, other: str) -> bool:
    from datetime import date

    if one[: len(other)] == other or other[: len(one)] == one:
        return True
    return len(one) == len(other) == 10 and abs((date.fromisoformat(one) - date.fromisoformat(other)).days) <= 1


def _fits(day: str, readings: Sequence[str]) -> bool:
    return any(_near(day, reading) for reading in readings)


def _kind(outline: Outline, pieces: Sequence[Piece]) -> str | None:
    """The genre, when the document shows it: a release names itself or its contact or ends with "###"; a report has an agency in its
    dateline, or a byline and a dateline; a release also has a dateline without one and says "today", or gives out a statement; a speech greets its audience under a title that says so; a letter greets and signs;
    a transcript is questions and answers.
    """
    head = outline.head
    ended = any(piece.role is Role.BOILERPLATE and re.fullmatch(r"(?:#\s*){2,}|-\s?30\s?-", piece.head) for piece in pieces[-12:])
    agency = head.dateline is not None and head.dateline.agency is not None
    if head.release or (head.contacts and not agency) or (ended and head.title):
        return "press_release"
    if head.dateline and any(piece.role is Role.ABOUT for piece in pieces) and head.title and not head.byline:
        return "press_release"
    if agency or (head.byline and (head.dateline or _REPORTER.search(head.byline))):
        return "news_article"
    if _is_transcript(pieces):
        return "transcript"
    body = [piece for piece in pieces[:30] if piece.role in (Role.BODY, Role.HEADING)]
    if head.title and not head.byline and any(_STATEMENT.search(piece.head[:600]) for piece in body[:1]):
        return "press_release"
    if head.title and head.dateline and not head.byline and re.search(r"\btoday\b", body[0].head[:400] if body else "", re.IGNORECASE):
        return "press_release"  # newspapers write the day of the week: Associated Press Stylebook, "today, tonight"
    spoken = any(_SPEAKING.match(piece.head) for piece in body[:3])
    if spoken and (not head.title or _SPEECH.search(head.title)) and not (body and body[0].head.lower().startswith("dear ")):
        return "speech"
    if head.title and _SPEECH_TITLE.search(head.title) and not head.dateline:
        return "speech"
    if head.title and _SPEECH.search(head.title) and any("(applause" in piece.head.lower() for piece in body):
        return "speech"
    signed = any(re.match(r"(?:sincerely|yours|regards|best regards|respectfully)\b", piece.head, re.IGNORECASE) for piece in pieces[-8:])
    return "letter" if signed and body and body[0].head.lower().startswith("dear ") else None


def _is_transcript(pieces: Sequence[Piece]) -> bool:
    """Whether questions and answers follow each other, marked as court reporters mark them: "Q. Where were you?", "A. At the mill."."""
    marks = Counter(piece.head[:2] for piece in pieces[:400] if piece.head[:3] in ("Q. ", "A. ", "Q: ", "A: "))
    return min(marks["Q."], marks["A."]) >= _FEWEST_ANSWERS or min(marks["Q:"], marks["A:"]) >= _FEWEST_ANSWERS


def _line(value: str | None) -> str | None:
    return one_line(value) or None if value else None


def display_title(metadata: Metadata, text: str, blocks: Sequence[Block], path: str) -> str:
    """A title that is never empty: the stated one, else the first sentence without its dateline, else the name of the file."""
    if metadata.title:
        return metadata.title
    block = next((block for block in blocks if block.role is Role.BODY), blocks[0] if blocks else None)
    if block is not None:
        start = block.start
        stop = min(block.end, start + 2000)
        place = dateline(text[start:stop])
        if place:
            start += place.length
        spans = sentences(text, start, stop)
        shown = shortened(one_line(text[slice(*spans[0])])) if spans else ""
        if any(c.isalnum() for c in shown):
            return shown
    return one_line(PurePath(path).stem) or "untitled"


def shortened(line: str, length: int = LONGEST_TITLE) -> str:
    """`line`, or its first words and "…" when it is longer than `length` characters."""
    if len(line) <= length:
        return line
    cut = line[: length - 1]
    at_word = cut.rsplit(" ", 1)[0] if " " in cut[length // 2 :] else cut
    return at_word.rstrip(" ,;:–—-") + "…"

"""What the list shows of quotations and of those who are quoted: put in order, narrowed to what was typed, copies folded in.

Pure: no widget, no library. Everything that looks at all of the rows may be done in a thread; `row` is worked out only for those in sight.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from reader.model import Place, Quotation, Quote, Speaker
from reader.quotes.attributing import RULE
from reader.text import fold, one_line, safe_line
from reader.tui.rows import RowCells
from reader.tui.sources import quoted
from reader.tui.wrap import wrap

ORDERS = {"speaker": "by speaker", "document": "by document", "newest": "newest first", "oldest": "oldest first"}
"""Orders of all quotations, and what they are called; those of one person are in the last three."""
SPEAKER_ORDERS = {"most": "most quoted first", "name": "by name", "latest": "latest first"}

NOBODY = "speaker unknown"
"""What stands where the name of an unknown speaker would."""

Said = tuple[int, Quotation, str]
"""A row: the number of the quotation among all, from 1 (0 for what is folded into another), itself, and "copy" or "another wording"."""


def said_by(quote: Quote) -> tuple[str, str]:
    """Who speaks a quote, with the role the text gives, and how sure that is: "certain", "likely", "you said so"; "" when there is no speaker."""
    sure = "you said so" if quote.rule == RULE else quote.confidence
    if quote.speaker is None:
        return NOBODY, sure if quote.rule == RULE else ""
    role = one_line(quote.role) if quote.role else ""
    return one_line(quote.speaker) + (f", {role}" if role else ""), sure


def count(number: int, what: str) -> str:
    """So many of something."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def haystacks(found: Iterable[Quotation]) -> list[str]:
    """What is looked through for each quotation when a list is filtered: speaker, role, document, date, words, kind."""
    known: dict[str, str] = {}  # names and titles come again and again

    def folded(part: str) -> str:
        if part not in known:
            known[part] = fold(part).text
        return known[part]

    hay = []
    for said in found:
        quote, text = said.quote, said.text
        parts = (quote.speaker or NOBODY, quote.role or "", said.display_title, said.publisher or "", said.date or "", quote.kind)
        hay.append(f"{' '.join(map(folded, parts))} {text.lower() if text.isascii() else fold(text).text}")
    return hay


def holding(hay: Sequence[str], typed: str) -> list[int]:
    """The numbers, from 0, of those that hold every word typed."""
    words = fold(typed).text.split()
    return [number for number, own in enumerate(hay) if all(word in own for word in words)]


def numbered(found: Iterable[Quotation]) -> list[Said]:
    """Quotations by time, the oldest first, as rows."""
    return [(number, said, "") for number, said in enumerate(found, 1)]


def arranged(found: Sequence[Said], order: str, opened: Collection[int] = (), only: Iterable[int] | None = None) -> list[Said]:
    """Quotations as listed: other wordings below the first one when its number is in `opened`, and its copies.

    `found` is what `numbered` gave. With `only`, these numbers (from 0), wordings by themselves.
    """
    rows = [found[number] for number in only] if only is not None else [row for row in found if row[1].wording_of is None]
    rows = _sorted(rows, order)
    if not opened:
        return rows
    shown: list[Said] = []
    for row in rows:
        shown.append(row)
        number, said, _ = row
        if number in opened:
            if only is None:
                shown += [(0, other, "another wording") for _, other, _ in found if other.wording_of == number]
            shown += [(0, _copy(said, place), "copy") for place in said.elsewhere]
    return shown


def _sorted(rows: list[Said], order: str) -> list[Said]:
    """Rows that are in the order of time in another. By whole numbers: while Python compares 100,000 of anything else no key is answered."""
    if order == "newest":
        days = _ranks(said.date or "" for _, said, _ in rows)
        return sorted(rows, key=lambda row: -days[row[1].date or ""])  # what has no date has the lowest rank, and stays last
    if order == "speaker":
        names = _ranks((said.quote.speaker or "\U0010ffff").casefold() for _, said, _ in rows)
        return sorted(rows, key=lambda row: names[(row[1].quote.speaker or "\U0010ffff").casefold()])
    if order == "document":
        titles = {said.document: said.display_title.casefold() for _, said, _ in rows}
        places = {document: rank for rank, document in enumerate(sorted(titles, key=lambda name: (titles[name], name)))}
        return sorted(rows, key=lambda row: places[row[1].document] << 40 | row[1].quote.start)
    return rows


def _ranks(values: Iterable[str]) -> dict[str, int]:
    return {value: rank for rank, value in enumerate(sorted(set(values)))}


def _copy(said: Quotation, place: Place) -> Quotation:
    """The same words in another document."""
    quote = replace(said.quote, start=place.start, end=place.end, mention=None, cue=None, naming=None)
    moved = replace(said, quote=quote, document=place.document, display_title=place.display_title, date=place.date)
    return replace(moved, publisher=None, copies=0, elsewhere=(), wordings=1)


class QuotationRows:
    """Quotations: who, and how sure; the words, on two lines; when and where. On a speaker's page, `by`, when comes first instead of who."""

    height = 4

    def __init__(self, rows: Sequence[Said], width: int, by: Speaker | None = None) -> None:
        self.rows = rows
        self.width = max(20, width)
        self.by = by

    def __len__(self) -> int:
        return len(self.rows)

    def row(self, index: int) -> RowCells:
        """See `sources.Rows`."""
        _, said, folded = self.rows[index]
        first, second = self._words(said)
        copies = f"{said.copies} cop{'ies' if said.copies > 1 else 'y'}" if said.copies else ""
        wordings = f"{said.wordings} wordings" if said.wordings > 1 else ""
        more = " · ".join(part for part in (copies, wordings) if part)
        date, title = said.date, one_line(said.display_title)
        where = [title, one_line(said.publisher or "")] if self.by else [date or "", title]
        told = " · ".join(part for part in where if part)
        last = [(f"{folded} · ", "accent")] if folded else []
        last += [(f"+ {more} · ", "accent")] if more else []
        lines = [[(line, "")] for line in (first, second) if line]
        return [self._head(said), *lines, [*last, (told, "dim")]]

    def _head(self, said: Quotation) -> list[tuple[str, str]]:
        """Who said it (or when), the role, and what must be said about how sure that is."""
        quote = said.quote
        doubt = [(f" · {said_by(quote)[1]}", "warn" if quote.confidence != "certain" else "dim")]
        doubt = doubt if quote.rule == RULE or quote.confidence == "likely" else []
        if quote.kind == "fragment":
            doubt.append((" · a few words", "dim"))
        role = one_line(quote.role) if quote.role else ""
        if self.by:
            return [(said.date or "no date", "title" if said.date else "dim"), (f" · {role}" if role else "", "dim"), *doubt]
        if quote.speaker is None:
            return [(NOBODY, "warn"), *doubt]
        return [(one_line(quote.speaker), "title"), (f" · {role}" if role else "", "dim"), *doubt]

    def _words(self, said: Quotation) -> tuple[str, str]:
        """Two lines of the words."""
        words = quoted(safe_line(said.text[: 4 * self.width]))
        lines = list(wrap(words, self.width))
        if not lines:
            return words, ""
        start, end = lines[0]
        return words[start:end], words[lines[1][0] :] if len(lines) > 1 else ""

    def place_of(self, document: str, start: int, otherwise: int = 0) -> int:
        """The row of the quotation that begins there."""
        same = (n for n, (_, said, _) in enumerate(self.rows) if said.quote.start == start and said.document == document)
        return next(same, otherwise)


class SpeakerRows:
    """Those who are quoted: the name; how much, where, when, and as what."""

    height = 2

    def __init__(self, speakers: Sequence[Speaker]) -> None:
        self.speakers = speakers

    def __len__(self) -> int:
        return len(self.speakers)

    def row(self, index: int) -> RowCells:
        """See `sources.Rows`."""
        speaker = self.speakers[index]
        parts = [count(speaker.quotes, "quotation"), count(speaker.documents, "document"), years(speaker)]
        others = [one_line(name) for name in speaker.names if name != speaker.name]
        role = one_line(speaker.role) if speaker.role else ""
        head = [(one_line(speaker.name), "title"), (f" · {role}" if role else "", "dim")]
        also = f"also: {', '.join(others)}" if others else ""
        return [head, [(" · ".join(part for part in (*parts, also) if part), "dim")]]

    def place_of(self, meant: Speaker | str | None) -> int | None:
        """The row of the one with that name; else of the one who shares most spellings: a merge or its undoing may have renamed somebody."""
        if meant is None:
            return None
        name, spellings = (meant, {meant}) if isinstance(meant, str) else (meant.name, {meant.name, *meant.names})
        shared = {n: len(spellings.intersection(speaker.names)) for n, speaker in enumerate(self.speakers)}
        exact = (n for n, speaker in enumerate(self.speakers) if speaker.name == name)
        return next(exact, max((n for n in shared if shared[n]), key=lambda n: shared[n], default=None))


def years(speaker: Speaker) -> str:
    """From when to when somebody is quoted."""
    if speaker.first is None or speaker.last is None:
        return ""
    first, last = speaker.first[:4], speaker.last[:4]
    return first if first == last else f"{first}–{last}"


_SPEAKER_KEYS: dict[str, Callable[[Speaker], tuple[str, ...]]] = {
    "name": lambda speaker: (_last_name(speaker.name), fold(speaker.name).text),
    "latest": lambda speaker: (speaker.last or "",),
}


def _last_name(name: str) -> str:
    return fold(name.split(" (", 1)[0]).text.rsplit(" ", 1)[-1]


def sorted_speakers(speakers: Sequence[Speaker], order: str, typed: str = "") -> list[Speaker]:
    """Those with every word typed in their names or role, in that order; the library gives them most quoted first."""
    words = fold(typed).text.split()
    found = [s for s in speakers if all(word in fold(" ".join((s.name, *s.names, s.role or ""))).text for word in words)]
    wanted = _SPEAKER_KEYS.get(order)
    return found if wanted is None else sorted(found, key=wanted, reverse=order == "latest")

"""Commands on the words at hand: choosing them, saying them, copying them with their source."""

import re

from reader.cli.plain.desk import Desk
from reader.cli.plain.lines import many, number
from reader.model import Annotation, Hit, Quotation, Span
from reader.text import fold, occurrences, sentences, whole_words, word_spans


def hold(desk: Desk) -> Span | None:
    """The words at hand; says so when there are none.

    In a list of hits or quotations those of the row gone to last are meant, or of the only one; never those of a page read before it.
    """
    item = None if desk.on_page else desk.listing.item
    if not isinstance(item, Hit | Quotation | Annotation):
        item = None
    elif desk.reading is None or desk.reading.page.id != item.document or desk.listing.at < 0:
        desk.go(desk.listing.items.index(item) + 1)
    if desk.reading is None or desk.hand is None or not (desk.on_page or item is not None):
        desk.say("No words at hand: open a document, a hit or a quotation first, by its number.")
        return None
    return desk.hand


def choose(desk: Desk, span: Span | None, nothing: str = "There is no more.") -> None:
    """Take words in hand and say them."""
    if span is None or desk.reading is None:
        desk.say(nothing)
        return
    desk.on_page = True
    if span != desk.hand:
        desk.hand, desk.quote, desk.note = span, None, None
    reading = desk.reading
    reading.at = reading.top = reading.number(span[0])
    desk.say(f"At hand: {reading.page.text[slice(*span)]}")


def sentence(desk: Desk, text: str) -> None:
    """Say the words at hand; v 2 takes the second sentence of the paragraph in hand, v and words those words."""
    if hold(desk) is None or desk.reading is None or desk.hand is None:
        return
    reading = desk.reading
    paragraph = reading.paragraphs[reading.number(desk.hand[0])]
    nth = number(text)
    if nth is not None:
        found = sentences(reading.page.text, *paragraph.span)
        choose(desk, found[nth - 1] if 0 < nth <= len(found) else None, f"The paragraph has {many(len(found), 'sentence')}.")
    elif text:
        places = occurrences(fold(reading.page.text), text)
        whole = [span for span in places if whole_words(reading.page.text, span)] or places
        ahead = [span for span in whole if span[0] >= paragraph.start]
        choose(desk, next(iter(ahead or whole), None), "These words are not in this document.")
    else:
        choose(desk, desk.hand)


def next_sentence(desk: Desk, _: str) -> None:
    """Take the next sentence in hand."""
    span = hold(desk)
    if span is not None and desk.reading is not None:
        choose(desk, desk.reading.sentence(span[0], 1))


def previous_sentence(desk: Desk, _: str) -> None:
    """Take the sentence before in hand."""
    span = hold(desk)
    if span is not None and desk.reading is not None:
        choose(desk, desk.reading.sentence(span[0], -1))


def word_more(desk: Desk, _: str) -> None:
    """A word more at the end."""
    span = hold(desk)
    if span is not None and desk.reading is not None:
        text = desk.reading.page.text
        following = word_spans(text, span[1], min(len(text), span[1] + 1000))
        choose(desk, (span[0], following[0][1]) if following else None)


def word_less(desk: Desk, _: str) -> None:
    """A word less at the end."""
    span = hold(desk)
    if span is not None and desk.reading is not None:
        within = word_spans(desk.reading.page.text, *span)
        choose(desk, (span[0], within[-2][1]) if len(within) > 1 else None, "One word is the least.")


def sentence_more(desk: Desk, _: str) -> None:
    """A sentence more at the end."""
    span = hold(desk)
    if span is not None and desk.reading is not None:
        here = desk.reading.sentence(span[1] - 1)
        more = here if here is not None and here[1] > span[1] else desk.reading.sentence(span[1] - 1, 1)
        choose(desk, (span[0], more[1]) if more else None)


def sentence_before(desk: Desk, _: str) -> None:
    """A sentence more in front."""
    span = hold(desk)
    if span is not None and desk.reading is not None:
        here = desk.reading.sentence(span[0])
        more = here if here is not None and here[0] < span[0] else desk.reading.sentence(span[0], -1)
        choose(desk, (more[0], span[1]) if more else None)


def paragraph(desk: Desk, _: str) -> None:
    """Take the whole paragraph in hand."""
    span = hold(desk)
    if span is not None and desk.reading is not None:
        here = desk.reading.paragraphs[desk.reading.number(span[0])].span
        found = sentences(desk.reading.page.text, *here)
        choose(desk, (found[0][0], found[-1][1]) if found else here)


def copy(desk: Desk, _: str) -> None:
    """Print the words at hand exactly, with speaker and source."""
    from reader.cli.plain.noting import meant

    note = meant(desk, quiet=True) if desk.listing.kind == "notes" and not desk.on_page else None
    if note is not None and note.start is not None and note.end is not None:
        _say_source(desk, note.document, (note.start, note.end))
    elif note is not None:
        desk.say("Its words have no place in the text as it is now.")
    else:
        span = hold(desk)
        if span is not None and desk.reading is not None:
            _say_source(desk, desk.reading.page.id, span)


def _say_source(desk: Desk, document: str, span: Span) -> None:
    desk.lines.keep(desk.library.quotation(document, *span).rstrip("\n"))


def tagged(text: str) -> tuple[str, list[str]]:
    """What is written, and the tags at its end: "ask them #wages #2023/pay"; a bare number is none."""
    tags: list[str] = []
    while found := re.search(r"(?:^|\s)#(\S*[^\W\d_]\S*)$", text):
        tags.insert(0, found.group(1))
        text = text[: found.start()].rstrip()
    return text, tags

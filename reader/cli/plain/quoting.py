"""Commands on quotations and those who are quoted: going through them, lists, and what the user knows better."""

from reader.cli.plain.desk import Desk
from reader.cli.plain.lines import inside, many
from reader.cli.plain.listing import (
    ORDERS,
    SPEAKER_ORDERS,
    Listing,
    holding,
    quotation_holds,
    quotation_rows,
    sorted_quotations,
    sorted_speakers,
    speaker_rows,
)
from reader.cli.quoting import find_quotes
from reader.model import Quotation, Quote, Speaker


def next_quote(desk: Desk, _: str) -> None:
    """The next quotation in this document, with who said it and how sure that is."""
    _step(desk, 1)


def previous_quote(desk: Desk, _: str) -> None:
    """The quotation before."""
    _step(desk, -1)


def _step(desk: Desk, step: int) -> None:
    reading = desk.reading
    if reading is None:
        desk.say("Nothing is open: a number opens a document.")
        return
    here = desk.here()
    at = desk.quote.start if desk.quote is not None else (here.offset if here is not None else 0) - (step > 0)
    found = [(n, quote) for n, quote in enumerate(reading.page.quotes, 1) if (quote.start > at if step > 0 else quote.start < at)]
    if not found:
        desk.say("No quotation further down." if step > 0 else "No quotation further up.")
        return
    number, quote = found[0 if step > 0 else -1]
    desk.land_on_quote(reading.page.id, quote.start, f"Quotation {number} of {len(reading.page.quotes)},")


# -- lists -----------------------------------------------------------------------------------------------------------------------


def quotes(desk: Desk, text: str) -> None:
    """List all quotations, or those with some words in them, their speaker or document."""
    listing = desk.listing
    by = listing.about if listing.kind == "quotes" and isinstance(listing.about, Speaker) and text else None
    list_quotes(desk, by, text, "newest")


def list_quotes(desk: Desk, by: Speaker | None, typed: str, order: str) -> None:
    """List quotations, everybody's or somebody's."""
    listing = quotations(desk, by, typed, order)
    desk.show(listing, below=desk.listing if by is not None and desk.listing.kind == "speakers" else None if by else desk.documents())


def quotations(desk: Desk, by: Speaker | None, typed: str, order: str) -> Listing:
    """The list of quotations."""
    find_quotes(desk.library)
    found = sorted_quotations(desk.library.quotes(by, desk.entries, order="time", fold=True), order)
    found = [said for said in found if quotation_holds(said, typed)] if typed else [said for said in found if said.wording_of is None]
    whose = f" of {by.name}" if by is not None else ""
    heading = f"{many(len(found), 'quotation')}{whose}{f' with {typed}' if typed else ''}, {ORDERS[order]}"

    def go(said: Quotation) -> None:
        number, of = desk.listing.at + 1, len(desk.listing.items)
        desk.land_on_quote(said.document, said.quote.start, f"Quotation {number} of {of},")

    return Listing(
        "quotes", heading, found, quotation_rows, go, "No quotations.", by or typed or None, lambda: quotations(desk, by, typed, order)
    )


def speakers(desk: Desk, text: str) -> None:
    """List everybody quoted; a number lists what they said."""
    desk.show(everybody(desk, text, "most"), below=desk.documents())


def everybody(desk: Desk, typed: str, order: str) -> Listing:
    """The list of those who are quoted."""
    find_quotes(desk.library)
    found = [s for s in sorted_speakers(desk.library.speakers(desk.entries), order) if holding(typed, s.name, *s.names, s.role)]
    heading = f"{many(len(found), 'speaker')}{f' with {typed}' if typed else ''}, {SPEAKER_ORDERS[order]}"

    def go(speaker: Speaker) -> None:
        list_quotes(desk, speaker, "", "newest")

    return Listing("speakers", heading, found, speaker_rows, go, "Nobody is quoted.", typed or None, lambda: everybody(desk, typed, order))


def sort(desk: Desk, text: str) -> None:
    """The next order of the list, or the one named; on the page, say the sentence at hand."""
    from reader.cli.plain import shelf, words

    listing = desk.listing
    if desk.on_page:
        words.sentence(desk, text)
    elif listing.kind == "quotes":
        by = listing.about if isinstance(listing.about, Speaker) else None
        typed = listing.about if isinstance(listing.about, str) else ""
        order = _next(list(ORDERS), listing.heading.rsplit(", ", 1)[-1], ORDERS, text)
        desk.show(quotations(desk, by, typed, order))
    elif listing.kind == "speakers":
        order = _next(list(SPEAKER_ORDERS), listing.heading.rsplit(", ", 1)[-1], SPEAKER_ORDERS, text)
        desk.show(everybody(desk, str(listing.about or ""), order))
    elif listing.kind == "documents":
        shelf.sort_documents(desk, text)
    else:
        desk.say("This list has one order only.")


def _next(orders: list[str], now: str, called: dict[str, str], wanted: str) -> str:
    if wanted in orders:
        return wanted
    at = next((n for n, order in enumerate(orders) if called[order] == now), 0)
    return orders[(at + 1) % len(orders)]


# -- what the user knows better --------------------------------------------------------------------------------------------------


def _quote_here(desk: Desk) -> tuple[str, Quote, str] | None:
    """The quotation that is meant: its document, itself, its words."""
    if desk.on_page and desk.reading is not None:
        page, quote = desk.reading.page, desk.quote
        return (page.id, quote, page.text[quote.start : quote.end]) if quote is not None else None
    said = desk.listing.item
    return (said.document, said.quote, said.text) if isinstance(said, Quotation) else None


def _name_here(desk: Desk) -> str | None:
    here = _quote_here(desk)
    if here is not None:
        return here[1].speaker
    listing = desk.listing
    if isinstance(listing.item, Speaker) and not desk.on_page:
        return listing.item.name
    return listing.about.name if isinstance(listing.about, Speaker) else None


def attribute(desk: Desk, text: str) -> None:
    """Say who spoke the quotation at hand: S and a name, or S nobody."""
    here = _quote_here(desk)
    if here is None:
        desk.say('No quotation at hand: . goes to the next one in the document, " lists all.')
        return
    document, quote, words = here
    if not text:
        names = ", ".join(speaker.name for speaker in desk.library.speakers(desk.library.documents([document])))
        desk.say(f"{inside(words)}: S and a name says who said it, S nobody that nobody knows. Quoted here: {names or 'nobody'}.")
        return
    name = None if text.lower() in ("nobody", "unknown") else text
    desk.library.attribute(document, quote, name)
    _anew(desk)
    desk.say(f"Kept: {name} said {inside(words)}" if name else f"Kept: who said {inside(words)} is unknown.")


def merge(desk: Desk, text: str) -> None:
    """Two names are one person: M other name, or M name = name."""
    one, equals, other = text.partition("=")
    first, second = (one.strip(), other.strip()) if equals else (_name_here(desk) or "", text)
    if not (first and second):
        desk.say("Say who: M name = the name to be used. @ lists everybody quoted.")
        return
    known = {name for speaker in desk.library.speakers(desk.entries) for name in (speaker.name, *speaker.names)}
    desk.library.merge_speakers([name for name in (first, second) if name == first or name in known], second)
    _anew(desk)
    desk.say(f"Kept: {first} and {second} are one person, called {second}." if second in known else f"Kept: {first} is called {second}.")


def split(desk: Desk, text: str) -> None:
    """A name is somebody else: X and the name, everywhere; X alone, the speaker at hand in this document."""
    here = _quote_here(desk)
    name, document = (text, None) if text else (here[1].speaker or "", here[0]) if here is not None else ("", None)
    if not name:
        desk.say("Say who: X and a name. @ lists everybody quoted.")
        return
    desk.library.split_speaker(name, document)
    _anew(desk)
    desk.say(f"Kept: {name} is somebody else{' in this document' if document else ''}.")


def _anew(desk: Desk) -> None:
    """Have quotations as they are after a change; the one at hand too."""
    desk.renew()
    if desk.quote is not None and desk.reading is not None:
        desk.quote = next((quote for quote in desk.reading.page.quotes if quote.start == desk.quote.start), None)
    desk.relist()

"""Commands that find: everywhere, in the open document, in a list; and going from place to place."""

from reader.cli.plain.desk import Desk
from reader.cli.plain.lines import many, number
from reader.cli.plain.listing import Listing, hit_rows, place_rows
from reader.model import Hit, Place, Quotation
from reader.text import fold, occurrences

HITS = 30
"""Hits listed."""


def search(desk: Desk, text: str) -> None:
    """Search everything; without words, list the saved searches."""
    if not text:
        _saved(desk)
        return
    if not desk.entries:
        desk.say("There is nothing to search yet: A and a path adds a file or a folder.")
        return
    desk.query = text
    answer = desk.library.answer(text, HITS, among=desk.entries)
    for remark in answer.remarks:
        desk.say(remark)
    hits = [hit for hit in answer.hits if hit.wording_of is None or hit.wording_of > len(answer.hits)]
    near = f" Words near to yours: {', '.join(answer.nearest)}." if answer.nearest else ""
    heading = f"{many(len(hits), 'hit')} for {text}"
    listing = Listing("hits", heading, hits, hit_rows, lambda hit: _go_to_hit(desk, hit), f"Nothing like it here.{near}", answer.hits)
    desk.show(listing, below=desk.documents())


def _go_to_hit(desk: Desk, hit: Hit) -> None:
    listing = desk.listing
    desk.land(hit.document, (hit.start, hit.end), f"Hit {listing.at + 1} of {len(listing.items)}")


def _saved(desk: Desk) -> None:
    saved = desk.library.saved_searches()
    nothing = "Say what to look for: / and the words. No searches are saved; save keeps the last one."
    desk.show(
        Listing(
            "saved",
            many(len(saved), "saved search", "saved searches"),
            saved,
            lambda query: [query],
            lambda query: search(desk, query),
            nothing,
        )
    )


def save_search(desk: Desk, _: str) -> None:
    """Keep the last search, or forget it when it was kept."""
    if not desk.query:
        desk.say("Nothing was searched yet.")
        return
    keep = desk.query not in desk.library.saved_searches()
    desk.library.save_search(desk.query, keep=keep)
    desk.say(f"Search saved: {desk.query}. / alone lists the saved ones." if keep else f"No longer saved: {desk.query}")


def unfold(desk: Desk, text: str) -> None:
    """List the copies and other wordings of a hit or a quotation: + 3."""
    listing = desk.listing
    wanted = number(text)
    if wanted is not None and 1 <= wanted <= len(listing.items):
        listing.at = wanted - 1
    item = listing.item
    if not isinstance(item, Hit | Quotation):
        desk.say("Say which: + and the number of a hit or a quotation.")
        return
    rank = item.rank if isinstance(item, Hit) else None
    wordings = [hit for hit in listing.about if hit.wording_of == rank] if isinstance(item, Hit) else []
    others = [
        Place(hit.document, hit.start, hit.end, f"{hit.display_title}; another wording: {hit.sentence}", hit.date) for hit in wordings
    ]
    others += item.elsewhere
    if not others:
        desk.say("It has no copies and no other wordings.")
        return

    def go(place: Place) -> None:
        desk.land(place.document, (place.start, place.end), "There")

    desk.show(Listing("places", many(len(others), "other place"), others, place_rows, go), below=listing)


def find(desk: Desk, text: str) -> None:
    """Find words in this document; in a list, narrow it to rows with them."""
    if not desk.on_page or desk.reading is None:
        _narrow(desk, text)
        return
    reading = desk.reading
    desk.found = occurrences(fold(reading.page.text), text) if text else []
    if not desk.found:
        desk.say("Not in this document." if text else "Say what to find: f and the words.")
        return
    here = desk.here()
    begin = next((n for n, span in enumerate(desk.found) if here is None or span[0] >= here.offset), 0)
    _go_to_found(desk, begin)


def _narrow(desk: Desk, text: str) -> None:
    from reader.cli.plain import noting, quoting, shelf

    kind = desk.listing.kind
    if kind == "notes":
        noting.notes(desk, text)
    elif kind == "quotes":
        quoting.quotes(desk, text)
    elif kind == "speakers":
        quoting.speakers(desk, text)
    else:
        shelf.documents(desk, text)


def _go_to_found(desk: Desk, number: int) -> None:
    assert desk.reading is not None
    span, label = desk.found[number], f"Place {number + 1} of {len(desk.found)}"
    sentence = desk.reading.sentence(span[0]) or span
    desk.land(desk.reading.page.id, sentence if sentence[1] >= span[1] else span, label)


def step_on(desk: Desk, _: str) -> None:
    """The next place found, hit, note or listed quotation; else the next note in the document."""
    _step(desk, 1)


def step_back(desk: Desk, _: str) -> None:
    """The one before."""
    _step(desk, -1)


def _step(desk: Desk, step: int) -> None:
    if desk.on_page and desk.found and desk.hand is not None:
        at = desk.hand[0]
        ahead = [n for n, span in enumerate(desk.found) if span[0] >= desk.hand[1]] if step > 0 else []
        behind = [n for n, span in enumerate(desk.found) if span[1] <= at] if step < 0 else []
        number = (ahead[0] if ahead else 0) if step > 0 else (behind[-1] if behind else len(desk.found) - 1)
        if not (ahead or behind):
            desk.say("From the other end:")
        _go_to_found(desk, number)
    elif desk.listing.kind in ("hits", "notes", "quotes", "places"):
        desk.step(step)
    else:
        _step_note(desk, step)


def _step_note(desk: Desk, step: int) -> None:
    from reader.cli.plain.noting import go_to_note

    reading = desk.reading
    if reading is None or not desk.on_page:
        desk.say("Nothing to go to: / searches, & lists notes, a number opens a document.")
        return
    here = desk.hand[0] if desk.hand is not None else -1
    placed = [note for note in reading.notes if note.start is not None]
    ahead = [note for note in placed if (note.start or 0) > here] if step > 0 else [n for n in placed if (n.start or 0) < here][::-1]
    if desk.note is None:  # nothing was gone to yet: the note on the very words is one to go to
        ahead = [n for n in placed if n.start == here] + ahead
    if ahead:
        go_to_note(desk, ahead[0])
    else:
        desk.say("No note further down." if step > 0 else "No note further up.")


def jump_back(desk: Desk, _: str) -> None:
    """Back to where you jumped from."""
    _jump(desk, back=True)


def jump_forward(desk: Desk, _: str) -> None:
    """Forward again."""
    _jump(desk, back=False)


def _jump(desk: Desk, *, back: bool) -> None:
    here = desk.here()
    spot = None if here is None else desk.jumps.back(here) if back else desk.jumps.forward(here)
    if spot is None:
        desk.say("Nowhere to go back to." if back else "Nowhere to go forward to.")
        return
    leaving, desk.jumps = desk.jumps, type(desk.jumps)()  # what is read on the way there is no jump
    try:
        reading, _ = desk.bring(spot.document)
        desk.read_at(reading.number(spot.offset))
    finally:
        desk.jumps = leaving

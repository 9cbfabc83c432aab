"""Commands on documents: opening, reading on, adding, sorting, tags, corrections, where they came from."""

import os
from typing import Any

from reader.cli.plain.desk import Desk, absolute
from reader.cli.plain.lines import many, numbers, told
from reader.cli.plain.listing import SORTS, Listing
from reader.model import Entry
from reader.paths import sample_documents

_FIELDS = {"title": "title", "date": "date", "publisher": "publisher", "author": "byline", "byline": "byline"}
"""What can be corrected here, and what the library calls it."""


def enter(desk: Desk, _: str = "") -> None:
    """Read on; in a list, its next rows."""
    desk.read_on() if desk.on_page else desk.more()


def go(desk: Desk, text: str) -> None:
    """Open a number of the list, or a document by a part of its title."""
    found, rest = numbers(text)
    if found and not rest:
        desk.go(found[0])
    elif text:
        desk.open(desk.library.find(text, "open").id)
    elif desk.listing.at >= 0:
        desk.go(desk.listing.at + 1)
    else:
        desk.say("Say which: its number, or open and a part of its title.")


def back(desk: Desk, _: str) -> None:
    """Go back: from the page to the list, from a list to what it came from."""
    desk.back()


def documents(desk: Desk, text: str) -> None:
    """List the documents, or those with some words in title, publisher, author, date, tags or name."""
    desk.show(desk.documents(text))


def forward_one(desk: Desk, _: str) -> None:
    """Read the next paragraph; in a list, its next rows."""
    enter(desk)


def back_one(desk: Desk, _: str) -> None:
    """Read the paragraph before; in a list, the rows before."""
    if desk.on_page or (desk.reading is not None and desk.listing.shown == 0):
        desk.read_on(-1)
    else:
        _rows_before(desk)


def page_on(desk: Desk, _: str) -> None:
    """Read about a screenful; in a list, its next rows."""
    desk.read_page(1) if desk.on_page else desk.more()


def page_back(desk: Desk, _: str) -> None:
    """Read the screenful before; in a list, the rows before."""
    desk.read_page(-1) if desk.on_page else _rows_before(desk)


def half_on(desk: Desk, _: str) -> None:
    """Read half a screenful."""
    desk.read_page(1, 0.5) if desk.on_page else desk.more()


def half_back(desk: Desk, _: str) -> None:
    """Read the half screenful before."""
    desk.read_page(-1, 0.5) if desk.on_page else _rows_before(desk)


def _rows_before(desk: Desk) -> None:
    from reader.cli.plain.listing import PAGE

    listing = desk.listing
    first = (max(0, listing.shown - 1) // PAGE) * PAGE
    if first:
        desk.more(first - PAGE)
    else:
        desk.say("The beginning of the list.")


def beginning(desk: Desk, _: str) -> None:
    """To the beginning of the document, or of the list."""
    _to_the(desk, end=False)


def end(desk: Desk, _: str) -> None:
    """To the end of the document, or of the list."""
    _to_the(desk, end=True)


def _to_the(desk: Desk, *, end: bool) -> None:
    from reader.cli.plain.listing import PAGE

    if not desk.on_page:
        last = len(desk.listing.items) - 1
        desk.more((last // PAGE) * PAGE if end and last >= 0 else 0)
    elif desk.reading is not None and desk.reading.paragraphs:
        desk.leave_here()
        desk.read_at(len(desk.reading.paragraphs) - 1 if end else 0)


def where(desk: Desk, _: str) -> None:
    """Say where you are, and how much has been read."""
    reading = desk.reading
    if desk.on_page and reading is not None:
        desk.say(told(reading.page.entry.display_title, reading.place))
    else:
        listing = desk.listing
        desk.say(told(f"List: {listing.heading or listing.nothing}", f"last opened: {listing.at + 1}" if listing.at >= 0 else ""))


def switch(desk: Desk, _: str) -> None:
    """From the page to the list, and back to the page."""
    if desk.on_page:
        desk.back()
    elif desk.reading is not None:
        desk.open(desk.reading.page.id)
    else:
        desk.say("Nothing is open: a number opens a document.")


def furniture(desk: Desk, _: str) -> None:
    """Read page furniture too, or leave it out."""
    desk.folded = not desk.folded
    if desk.reading is not None:
        desk.reading.fold(folded=desk.folded)
    desk.say("Page furniture is left out." if desk.folded else "Page furniture is read too.")


# -- taking in -------------------------------------------------------------------------------------------------------------------


def samples(desk: Desk, _: str) -> None:
    """Look at the sample documents, without adding them."""
    folder = sample_documents()
    if folder is None:
        desk.say("The sample documents are not installed.")
        return
    desk.view = [str(folder)]
    desk.look()
    desk.show(desk.documents())


def add(desk: Desk, text: str) -> None:
    """Add a file or a folder to the library; without a path, what is shown."""
    paths = [absolute(text)] if text else desk.view
    if not paths:
        desk.say("Say what: A and the path of a file or a folder.")
    elif not os.path.lexists(paths[0]):
        desk.say(f"add: {paths[0]}: no such file or folder")
    else:
        counts = desk.take_in(desk.library.add(paths))
        if paths == desk.view:
            desk.view = []
        desk.say("Added: " + (", ".join(f"{number} {status}" for status, number in counts.items()) or "no files there") + ".")
        desk.renew()
        if not desk.on_page:
            desk.show(desk.documents())


def refresh(desk: Desk, _: str) -> None:
    """Look through the remembered folders, or what is shown, again."""
    changed = {status: number for status, number in desk.look().items() if status not in ("unchanged", "skipped", "failed")}
    desk.say(", ".join(f"{number} {status}" for status, number in changed.items()) + "." if changed else "Nothing has changed.")


def problems(desk: Desk, _: str) -> None:
    """What could not be added, and why."""
    if not desk.problems:
        desk.say("Nothing was left out.")
    for path, reason in desk.problems:
        desk.say(f"{path}: {reason}")


# -- lists -----------------------------------------------------------------------------------------------------------------------


def sort_documents(desk: Desk, text: str) -> None:
    """The next order of the documents, or the one named."""
    orders = list(SORTS)
    desk.order = text if text in SORTS else orders[(orders.index(desk.order) + 1) % len(orders)]
    desk.show(desk.documents(str(desk.listing.about or "")))


# -- one document ----------------------------------------------------------------------------------------------------------------


def chosen(desk: Desk) -> Entry | None:
    """The document that is meant: the one open, else that of the row gone to last; says so when there is none."""
    item = desk.listing.item if not desk.on_page else None
    document = item.id if isinstance(item, Entry) else getattr(item, "document", None)
    if document is None and desk.reading is not None:
        document = desk.reading.page.id
    if document is None:
        desk.say("Open a document first: its number does that.")
        return None
    return desk.library.documents([document])[0]


def tags(desk: Desk, text: str) -> None:
    """Give this document tags; -tag takes one away."""
    entry = chosen(desk)
    if entry is None:
        return
    if text:
        entry = desk.library.tag(entry.id, changed_tags(entry.tags, text))
        desk.load()
    desk.say(f"{entry.display_title}: " + (f"tags {', '.join(entry.tags)}" if entry.tags else "no tags"))


def changed_tags(tags: tuple[str, ...], text: str) -> list[str]:
    """Tags with those typed added; those behind a minus taken away."""
    more, less = split_tags(text)
    return [tag for tag in tags if tag not in less] + more


def split_tags(text: str) -> tuple[list[str], list[str]]:
    """The tags typed, separated by commas: those to add, and those to take away."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    return [p for p in parts if p[0] != "-"], [p[1:].strip().lstrip("#") for p in parts if p[0] == "-"]


def correct(desk: Desk, text: str) -> None:
    """Correct the title, date, publisher or author of this document: c date 2021-03-01; c date none says there is none."""
    entry = chosen(desk)
    if entry is None:
        return
    field, _, value = text.partition(" ")
    if field in _FIELDS and value.strip():
        entry = desk.library.correct(entry.id, **{_FIELDS[field]: "" if value.strip() == "none" else value.strip()})
        desk.load()
        desk.say("Kept; u takes it back.")
    elif field and field not in _FIELDS:
        desk.say(f"{field} cannot be corrected; can be: title, date, publisher, author.")
        return
    known = entry.metadata
    facts = {"title": known.title, "date": known.date, "publisher": known.publisher, "author": known.byline}
    desk.say("; ".join(f"{name}: {value or 'none'}" for name, value in facts.items()))


def original(desk: Desk, text: str) -> None:
    """Say the address of the original, or of a link: o 3."""
    found, _ = numbers(text)
    reading = desk.reading
    if found and reading is not None:
        inside = 1 <= found[0] <= len(reading.links)
        desk.say(f"link {found[0]}: {reading.links[found[0] - 1].target}" if inside else f"There is no link {found[0]} in this document.")
        return
    entry = chosen(desk)
    if entry is not None:
        desk.say(told(entry.metadata.url, entry.path))


def folder(desk: Desk, _: str) -> None:
    """Say the folder its file lies in."""
    entry = chosen(desk)
    if entry is not None:
        desk.say(os.path.dirname(entry.path))


def links(desk: Desk, _: str) -> None:
    """List the links of this document."""
    reading = desk.reading
    if reading is None or not reading.links:
        desk.say("No links in it." if reading else "Nothing is open.")
        return

    def say_address(link: object) -> None:
        desk.say(str(getattr(link, "target", "")))

    page = reading.page
    desk.show(
        Listing("links", many(len(reading.links), "link"), reading.links, lambda link: [page.text[link.start : link.end]], say_address)
    )


def outline(desk: Desk, _: str) -> None:
    """List the headings of this document; a number goes there."""
    from reader.tui.page_links import headings

    reading = desk.reading
    found = headings(reading.page) if reading is not None else []
    if reading is None or len(found) < 2:
        desk.say("No headings in it." if reading else "Nothing is open.")
        return
    page = reading.page

    def go(heading: Any) -> None:
        desk.on_page = True
        desk.leave_here()
        desk.read_at(reading.number(heading.span[0]))

    desk.show(Listing("headings", many(len(found), "heading"), found, lambda one: [page.text[slice(*one.span)]], go), below=desk.listing)

"""The beginning of a large file, read at once: something to look at while all of it is being read."""

import os

from reader.errors import PullquoteError, Unreadable
from reader.model import Entry, Page

LARGE = 1_000_000
"""Bytes from which a file is worth a glimpse: a smaller one is there in a moment."""
HEAD = 200_000
"""Bytes that are read."""


def glimpse(path: str) -> Page | None:
    """The first pages of a large plain text, its document without an id; None for any other file, and for one that cannot be read.

    Everything but the last lines stands at the offsets that it will have in the whole text, unless the whole turns out to be in another
    encoding than its beginning.
    """
    from reader.ingest.formats import text
    from reader.ingest.read import read, suffix

    if suffix(path) not in text.SUFFIXES:
        return None
    try:
        if not os.path.isfile(path) or os.path.getsize(path) < LARGE:
            return None
        with open(path, "rb") as file:
            found = read(path, _whole_lines(file.read(HEAD)))
    except (OSError, ValueError, Unreadable, PullquoteError):
        return None  # adding it says why
    entry = Entry("", path, found.metadata, found.display_title, kept=False)
    return Page(entry, found.version, found.text, found.blocks, found.inlines)


def _whole_lines(head: bytes) -> bytes:
    """Without the line that is cut off; of a text with wide characters, or of one endless line, without half a character."""
    if b"\0" in head:
        return head[: len(head) // 4 * 4]
    end = head.rfind(b"\n") + 1
    if end:
        return head[:end]
    at = len(head)
    while at and len(head) - at < 4 and head[at - 1] & 0xC0 == 0x80:  # the last bytes of a UTF-8 character
        at -= 1
    return head[: max(0, at - 1)]

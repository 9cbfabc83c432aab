"""The list of all documents: read as it was kept, brought up to date, or made anew; and kept for the next start."""

import contextlib
from functools import partial

from reader.errors import StoreError
from reader.hall.catalogue import Catalogue, Fetch
from reader.ports import IndexStore, NotesStore

MOST = 400
"""Documents that were read anew, tagged, corrected, taken in or out since the list was kept, up to which they are put in their places one by one."""


def catalogue(notes: NotesStore, index: IndexStore, fetch: Fetch) -> Catalogue:
    """The documents of the library, as they are now."""
    listed = index.listed()
    if listed is not None:
        stamp, ids, unlisted = listed
        changed = {*unlisted, *notes.changed_since(stamp[0])[1]}
        if len(changed) <= MOST:
            found = Catalogue.stored(ids, partial(index.listed_part, stamp), fetch)
            if not changed:
                return found
            now = fetch(changed)
            return found.merge((entry for entry in now if entry.kept), {entry.id for entry in now if not entry.kept})
    return Catalogue.of(fetch(None), fetch)


def keep(notes: NotesStore, index: IndexStore, fetch: Fetch) -> None:
    """Keep the list for the next start, unless the one that is kept says the same. One that cannot be kept is made anew when it is needed."""
    version, listed = index.quotes_version(), index.listed()
    number, changed = notes.changed_since(listed[0][0] if listed else 0)
    if listed is None or listed[2] or changed:
        with contextlib.suppress(StoreError):
            index.keep_list((number, version), catalogue(notes, index, fetch).packed())

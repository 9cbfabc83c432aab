"""The list of all documents: read as it was kept, brought up to date, or made anew; and kept for the next start."""

import contextlib

from reader.errors import StoreError
from reader.hall.catalogue import Catalogue, Fetch
from reader.ports import IndexStore, NotesStore

MOST = 400
"""Documents that were read anew, tagged, corrected, taken in or out since the list was kept, up to which they are put in their places one by one."""


def catalogue(notes: NotesStore, index: IndexStore, fetch: Fetch) -> Catalogue:
    """The documents of the library, as they are now."""
    listed = index.listed()
    if listed is not None:
        stamp, columns, unlisted = listed
        changed = {*unlisted, *notes.changed_since(stamp)[1]}
        if not changed:
            return Catalogue.stored(columns, fetch)
        if len(changed) <= MOST:
            now = fetch(changed)
            return Catalogue.stored(columns, fetch).merge((entry for entry in now if entry.kept), {e.id for e in now if not e.kept})
    return Catalogue.of(fetch(None), fetch)


def keep(notes: NotesStore, index: IndexStore, fetch: Fetch) -> None:
    """Keep the list for the next start, unless the one that is kept says the same. One that cannot be kept is made anew when it is needed."""
    version, listed = index.quotes_version(), index.listed()
    stamp, changed = notes.changed_since(listed[0] if listed else 0)
    if listed is None or listed[2] or changed:
        with contextlib.suppress(StoreError):
            index.keep_list(stamp, catalogue(notes, index, fetch).columns(), version)

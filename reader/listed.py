"""What a list of all documents asks of the two stores, beside `ports`: the list as it was kept, and what has changed since."""

from collections.abc import Mapping, Sequence
from typing import Protocol

Stamp = tuple[int, int]
"""Of which state of the two stores a list tells."""
PARTS = ("ids", "titles", "dates", "added", "words", "by_date", "by_added")
"""What a list is kept as: five texts with a line for each document, and two orders."""


class KeepsList(Protocol):
    """The part of an index that keeps the list of all documents, so that a start need not make it."""

    def listed(self) -> tuple[Stamp, str, Sequence[str]] | None:
        """What `keep_list` kept last, if anything: its stamp and ids, and the documents that were read anew or forgotten since."""
        ...

    def listed_part(self, stamp: Stamp, name: str) -> str | bytes | None:
        """Another part of the list with that stamp; None when that is not the list kept any more."""
        ...

    def keep_list(self, stamp: Stamp, parts: Mapping[str, str | bytes]) -> None:
        """Keep `PARTS` that tell of all documents; the stamp's first number is for whoever keeps it, its second the `quotes_version` then."""
        ...


class TellsChanges(Protocol):
    """The part of a note store that says what has changed in the list of all documents."""

    def changed_since(self, number: int) -> tuple[int, Sequence[str]]:
        """The number of the latest change, and the documents of which something kept (membership, tags, corrections) changed after `number`."""
        ...

    def opened(self) -> Sequence[str]:
        """Documents that were opened, the last one first."""
        ...

    def document_tags(self) -> Sequence[str]:
        """Tags of documents in the library."""
        ...

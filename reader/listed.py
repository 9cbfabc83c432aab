"""What a list of all documents asks of the two stores, beside `ports`: the list as it was kept, and what has changed since."""

from collections.abc import Sequence
from typing import Protocol


class KeepsList(Protocol):
    """The part of an index that keeps the list of all documents, so that a start need not make it."""

    def listed(self) -> tuple[int, Sequence[str], Sequence[str]] | None:
        """What `keep_list` kept last, if anything: `stamp`, columns, and the documents that were read anew or forgotten since."""
        ...

    def keep_list(self, stamp: int, columns: Sequence[str], version: int) -> None:
        """Keep five long texts that tell of all documents as they were when `quotes_version` was `version`; `stamp` is handed back."""
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

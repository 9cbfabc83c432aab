"""Every error that pullquote raises on purpose, in one tree.

    PullquoteError              what was tried, on which thing, and why it did not work
     ├── UsageError             the request itself makes no sense
     ├── NotFound               no document, note or place answers to that name
     ├── Ambiguous              several do; `choices` lists them
     ├── Unreadable             a file could not be turned into a document
     │    └── Skipped           ... and need not be: no format of ours, empty, removed by the user
     ├── Conflict               somebody changed the thing in between
     └── StoreError             a database refuses
          ├── Damaged           it is no sound database of ours
          ├── ReadOnly          it can be read but not written (newer schema, permissions)
          ├── Full              the disk is full
          └── Busy              another process held it for longer than we wait

A message reads "operation: thing: reason" ("add: report.pdf: encrypted") and fits one line. The doors print it as it is; they
make it safe for a terminal first, because things are named by strangers.
"""

from collections.abc import Sequence


class PullquoteError(Exception):
    """What was tried (`operation`), on which `thing`, and the `reason` it failed; `str()` gives one line."""

    def __init__(self, operation: str, thing: object, reason: str) -> None:
        super().__init__(operation, thing, reason)
        self.operation = operation
        self.thing = str(thing)
        self.reason = reason

    def __str__(self) -> str:
        return ": ".join(part for part in (self.operation, self.thing, self.reason) if part)


class UsageError(PullquoteError):
    """The request itself makes no sense: an unknown option, an empty query, a note without a place."""


class NotFound(PullquoteError):
    """No document, note, folder or place answers to that name."""


class Ambiguous(PullquoteError):
    """Several things answer to that name; `choices` says which, one line each."""

    def __init__(self, operation: str, thing: object, reason: str, choices: Sequence[str] = ()) -> None:
        super().__init__(operation, thing, reason)
        self.choices = tuple(choices)


class Unreadable(PullquoteError):
    """A file could not be turned into a document."""


class Skipped(Unreadable):
    """A file was left out on purpose: not a format we read, empty, or taken out of the library by the user."""


class Conflict(PullquoteError):
    """The thing changed between reading and writing it; nothing was overwritten."""


class StoreError(PullquoteError):
    """A database refuses to do what was asked."""


class Damaged(StoreError):
    """The file is no sound database of ours."""


class ReadOnly(StoreError):
    """The database can be read but not written."""


class Full(StoreError):
    """There is no room left on the disk."""


class Busy(StoreError):
    """Another process held the database for longer than we wait."""

"""Paths -> the files below them. Owns which files are looked at and under which name. Refuses to open any of them.

Nothing here follows a link twice, waits for a pipe, or holds more of a folder tree in memory than one listing per level.
"""

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from reader.ingest.read import refusal, why
from reader.model import FileStamp


@dataclass(frozen=True, slots=True)
class Found:
    """A file that a format reads: its absolute path and what tells later whether it changed."""

    path: str
    stamp: FileStamp


@dataclass(frozen=True, slots=True)
class Refused:
    """A file or folder that was left out: `status` "skipped" (on purpose) or "failed", and why. `path` is fit for UTF-8."""

    path: str
    status: str
    reason: str


def scan(paths: Iterable[str]) -> Iterator[Found | Refused]:
    """Every file at and below `paths`, folders in sorted order, lazily; each file and each real folder once.

    Paths are made absolute but links are not resolved: a file keeps the name its owner knows. Below a named folder what starts with
    a dot is left out. Links to folders are followed after everything else, so that a file which can be reached both ways gets the
    path without the link.
    """
    walk = _Walk()
    for path in paths:
        yield from walk.named(path)


@dataclass(slots=True)
class _Walk:
    """What one scan has seen already."""

    folders: set[tuple[int, int]] = field(default_factory=set)
    files: set[str] = field(default_factory=set)

    def named(self, path: str) -> Iterator[Found | Refused]:
        path = os.path.abspath(path)
        try:
            path.encode()
            status = os.stat(path)
        except UnicodeEncodeError:
            yield _bad_name(path)
        except ValueError:  # a NUL in the name
            yield Refused(path, "failed", "not a possible file name")
        except FileNotFoundError as error:
            dangling = Path(path).is_symlink()
            yield Refused(
                path, "failed", "link to nothing" if dangling else "no such file or folder" if error.errno == errno.ENOENT else why(error)
            )
        except OSError as error:
            yield Refused(path, "failed", why(error))
        else:
            if stat.S_ISDIR(status.st_mode):
                yield from self.tree(path, status)
            else:
                yield from self.file(path, status)

    def tree(self, top: str, status: os.stat_result) -> Iterator[Found | Refused]:
        """A folder and all below it. A stack and not recursion: folders nest deeper than Python likes to."""
        waiting = [(top, status)]
        linked: list[tuple[str, os.stat_result]] = []
        while waiting or linked:
            folder, status = waiting.pop() if waiting else linked.pop(0)
            if self.enter(status):
                yield from self.listing(folder, waiting, linked)

    def enter(self, status: os.stat_result) -> bool:
        """Whether this real folder is new; remembers it."""
        key = (status.st_dev, status.st_ino)
        if key in self.folders:
            return False
        self.folders.add(key)
        return True

    def listing(
        self, folder: str, waiting: list[tuple[str, os.stat_result]], linked: list[tuple[str, os.stat_result]]
    ) -> Iterator[Found | Refused]:
        """The files of one folder, sorted; its folders go on the stack in reverse, so that they come off sorted."""
        try:
            with os.scandir(folder) as listed:
                entries = sorted((entry for entry in listed if not entry.name.startswith(".")), key=lambda entry: entry.name)
        except OSError as error:
            yield Refused(folder, "failed", why(error))
            return
        below: list[tuple[str, os.stat_result]] = []
        for entry in entries:
            try:
                entry.name.encode()
                status = entry.stat()
            except UnicodeEncodeError:
                yield _bad_name(entry.path)
            except OSError as error:
                yield _unreachable(entry, error)
            else:
                if not stat.S_ISDIR(status.st_mode):
                    yield from self.file(entry.path, status)
                else:
                    (linked if entry.is_symlink() else below).append((entry.path, status))
        waiting.extend(reversed(below))

    def file(self, path: str, status: os.stat_result) -> Iterator[Found | Refused]:
        if path in self.files:
            return
        self.files.add(path)
        if not stat.S_ISREG(status.st_mode):
            yield Refused(path, "skipped", "not a regular file")
            return
        refused = refusal(path)
        yield Refused(path, "skipped", refused) if refused else Found(path, FileStamp(status.st_size, status.st_mtime_ns))


def _bad_name(path: str) -> Refused:
    """Such names cannot be stored: SQLite and JSON hold UTF-8 only."""
    return Refused(os.fsencode(path).decode("utf-8", "replace"), "failed", "file name is not valid UTF-8")


def _unreachable(entry: "os.DirEntry[str]", error: OSError) -> Refused:
    if entry.is_symlink() and error.errno in (errno.ELOOP, errno.ENOENT):
        return Refused(entry.path, "skipped", why(error) if error.errno == errno.ELOOP else "link to nothing")
    return Refused(entry.path, "failed", why(error))

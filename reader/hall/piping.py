"""Text that comes through a pipe: kept as a file while it is looked at, and for good once its document is in the library.

A document has a file, so piped text gets one, in the library folder. The first note on it takes the document into the library like any
other; only then does the file outlive the window.
"""

import contextlib
import hashlib
import os
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from reader.errors import PullquoteError, Skipped
from reader.ingest import scan
from reader.ingest.piped import as_file
from reader.ingest.read import LARGEST, why
from reader.ingest.workers import read_files
from reader.paths import LibraryPaths, library_folder
from reader.ports import IndexStore, NotesStore

LEFT_BEHIND = 7 * 86400
"""Seconds after which a file of a window that was killed is cleared away."""


def keep(data: bytes, folder: str | None) -> str:
    """Write piped bytes, without terminal codes, into the library in `folder`; the path of the file, which is this call's own.

    Raises `PullquoteError` when there is nothing to keep or it cannot be written.
    """
    refuse(data)
    kept, suffix = as_file(data)
    place = LibraryPaths(library_folder(folder)).piped
    name, number = f"{time.strftime('%Y-%m-%d')}-{hashlib.sha256(kept).hexdigest()[:12]}", 1
    try:
        place.mkdir(parents=True, exist_ok=True)
        while True:
            path = place / f"{name}{'' if number == 1 else f'-{number}'}{suffix}"
            try:
                file = path.open("xb")
            except FileExistsError:  # the same text, in the library or before another window
                number += 1
                continue
            try:
                with file:
                    file.write(kept)
            except OSError:
                path.unlink(missing_ok=True)
                raise
            return str(path)
    except OSError as error:
        raise PullquoteError("open", "-", f"cannot be kept in {place}: {why(error)}") from error


def refuse(data: bytes) -> None:
    """Raise `PullquoteError` for piped bytes of which there are none, or too many."""
    if not data or data.isspace():
        raise PullquoteError("open", "-", "nothing came in on standard input")
    if len(data) > LARGEST:
        raise PullquoteError("open", "-", f"larger than {LARGEST // 2**20} MiB")


def let_go(path: str, notes: NotesStore, index: IndexStore) -> bool:
    """The window is closed: clear the file and what the index holds of it away, unless its document was taken into the library.

    Returns whether it was, and the file should be looked at again: another window may have cleared the one it was known by.
    """
    place, taken = Path(path).parent, False
    for old in place.glob("*"):
        with contextlib.suppress(OSError):
            if str(old) == path or time.time() - old.stat().st_mtime > LEFT_BEHIND:
                kept = _clear(str(old), notes, index)
                taken = taken or (kept and str(old) == path)
    with contextlib.suppress(OSError):
        place.rmdir()  # when it is empty
    return taken


def _clear(path: str, notes: NotesStore, index: IndexStore) -> bool:
    """Clear a file away, unless it is the last of a document in the library or with notes; whether it is one in the library."""
    located = {place.path: place.document for place in notes.locations()}
    files = index.files()
    document = files[path].document if path in files else located.get(path)
    others = {name for name, file in files.items() if file.document == document} | {
        name for name, held in located.items() if held == document
    }
    others = {name for name in others if name != path and os.path.lexists(name)}
    if document is not None and not others:
        said = notes.documents([document]).get(document)
        if (said is not None and said.kept) or notes.annotations(document):
            return said is not None and said.kept
    if path in located:
        notes.locate((), [path])
    index.forget([document] if document is not None and not others else (), [path])
    os.unlink(path)
    return False


def texts(paths: Iterable[str], data: bytes | None = None) -> Iterator[str | PullquoteError]:
    """The texts of files and of all files below folders, in order, without any library; "-" is `data`.

    A file that cannot be read is its error; what lies below a folder and is of no format we read is left out.
    """
    with tempfile.TemporaryDirectory(prefix="pullquote-") as folder:
        for path in paths:
            if path == "-":
                kept, suffix = as_file(data or b"")
                path = os.path.join(folder, f"standard-input{suffix}")
                Path(path).write_bytes(kept)
            yield from _texts(path, "-" if path.startswith(folder + os.sep) else path)


def _texts(path: str, name: str) -> Iterator[str | PullquoteError]:
    named = not os.path.isdir(path)
    files: list[str] = []
    for found in scan.scan([path]):
        if isinstance(found, scan.Found):
            files.append(found.path)
        elif named or found.status == "failed":
            yield PullquoteError("open", name if named else found.path, found.reason)
    for result in read_files(files):
        if result.document is not None:
            yield result.document.text
        elif result.error is not None and (named or not isinstance(result.error, Skipped)):
            yield PullquoteError("open", name if named else result.path, result.error.reason)

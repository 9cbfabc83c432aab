"""One file -> Document. Owns which format reads which file, and what every document gets whatever its format: version, word count,
a title to show. Refuses to know what is inside any format.
"""

import errno
import hashlib
import os
import pkgutil
import re
import stat
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from functools import cache
from importlib import import_module
from pathlib import PurePath
from types import MappingProxyType
from typing import Any, Protocol, cast

from reader.errors import PullquoteError, Skipped, Unreadable
from reader.ingest import formats as _formats
from reader.ingest.metadata import display_title
from reader.ingest.parsed import Parsed, Source
from reader.model import Block, Blocks, Document, FileStamp, Metadata, Version
from reader.text import terms

LARGEST = 512 * 1024 * 1024
"""Bytes: larger files are refused. Text, blocks and postings take some ten times the size of a file while it is read."""


LONGEST_VALUE = 2000
"""Code points of the longest title, author or address that is kept."""
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af]")


class Format(Protocol):
    """What a module in `reader.ingest.formats` offers; `reader.ingest.parsed` says what each name means."""

    NAME: str
    SUFFIXES: Sequence[str]
    VERSION: int

    def read(self, source: Source) -> Parsed:
        """The document in `source`. Raises Unreadable."""
        ...


@cache
def formats() -> Mapping[str, Format]:
    """The format for every suffix (lower case, with the dot), found by looking which modules there are."""
    found: dict[str, Format] = {}
    for module in pkgutil.iter_modules(_formats.__path__):
        form = cast("Format", import_module(f"{_formats.__name__}.{module.name}"))
        for suffix in form.SUFFIXES:
            found[suffix] = form
    return MappingProxyType(found)


def suffix(path: str) -> str:
    """What decides the format of a file: ".txt" of "Talk.TXT", "" of "README"."""
    return PurePath(path).suffix.lower()


def refusal(path: str) -> str | None:
    """Why no format reads a file of this name, or None when one does."""
    ending = suffix(path)
    if ending in formats():
        return None
    return f"no reader for {ending} files yet" if ending else "no reader for files without a suffix yet"


def read(path: str, data: bytes) -> Document:
    """The document in `data`, read by the format that `path` names.

    Raises Skipped for other formats and for files without a word, Unreadable when the format gives up or breaks.
    """
    refused = refusal(path)
    if refused:
        raise Skipped("add", path, refused)
    if not data or data.isspace():
        raise Skipped("add", path, "empty")
    form = formats()[suffix(path)]
    parsed = _parse(form, path, data)
    if not parsed.text or parsed.text.isspace():
        raise Skipped("add", path, "empty")
    _check(parsed.text, parsed.blocks, path, form.NAME)
    metadata = _bounded(parsed.metadata)
    return Document(
        text=parsed.text,
        blocks=Blocks(parsed.blocks),
        version=Version(
            content=hashlib.sha256(data).hexdigest(),
            text=hashlib.sha256(parsed.text.encode()).hexdigest(),
            format=form.NAME,
            reader=form.VERSION,
        ),
        metadata=metadata,
        inlines=tuple(parsed.inlines),
        words=count_words(parsed.text),
        display_title=display_title(metadata, parsed.text, parsed.blocks, path),
    )


def _bounded(metadata: Metadata) -> Metadata:
    """With values that are longer than any title cut: a broken page may call all of itself one."""
    values = {field.name: getattr(metadata, field.name) for field in fields(Metadata)}
    cut: dict[str, Any] = {
        name: value[: LONGEST_VALUE - 1] + "…" for name, value in values.items() if isinstance(value, str) and len(value) > LONGEST_VALUE
    }
    return replace(metadata, **cut) if cut else metadata


def count_words(text: str) -> int:
    """How many words `text` has: runs between white space (finding real words costs as much as all else), or pairs of CJK characters."""
    return len(terms(text)) if not text.isascii() and _CJK.search(text) else len(text.split())


def _parse(form: Format, path: str, data: bytes) -> Parsed:
    try:
        return form.read(Source(data, path))
    except Unreadable as error:
        raise type(error)("add", path, error.reason) from error
    except PullquoteError:
        raise
    except RecursionError as error:
        raise Unreadable("add", path, "nested too deeply") from error
    except MemoryError as error:
        raise Unreadable("add", path, "needs too much memory") from error
    except Exception as error:  # whatever a parser dies of is this one file's trouble, and only its
        raise Unreadable("add", path, f"the {form.NAME} reader failed: {type(error).__name__}: {error}") from error


def _check(text: str, blocks: Sequence[Block], path: str, name: str) -> None:
    """Hold the law where it is cheap: blocks in order, inside the text, not overlapping, not empty."""
    at = 0
    for block in blocks:
        if not at <= block.start < block.end <= len(text):
            raise Unreadable("add", path, f"the {name} reader broke the law of blocks at {block.start}-{block.end}")
        at = block.end


def read_file(path: str) -> tuple[FileStamp, bytes]:
    """The bytes of a regular file and the stamp that belongs to exactly these bytes.

    Opened without blocking, so that a pipe nobody writes to cannot hang us. A file that changes meanwhile is read once more. Raises
    Unreadable with the reason: not a regular file, larger than `LARGEST`, changing, or what the system says.
    """
    try:
        for _ in range(2):
            stamp, data = _read_once(path)
            if stamp is not None:
                return stamp, data
    except OSError as error:
        raise Unreadable("add", path, why(error)) from error
    except ValueError as error:  # a NUL in the name
        raise Unreadable("add", path, "not a possible file name") from error
    raise Unreadable("add", path, "changed while it was read")


def why(error: OSError) -> str:
    """The system's reason in lower case, for the end of an error line: "permission denied"."""
    if error.errno == errno.ELOOP:
        return "link that leads nowhere but to itself"
    if error.errno == errno.ENXIO:
        return "not a regular file"
    return (error.strerror or type(error).__name__).lower()


def _read_once(path: str) -> tuple[FileStamp | None, bytes]:
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    try:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            raise Unreadable("add", path, "not a regular file")
        if before.st_size > LARGEST:
            raise Unreadable("add", path, f"larger than {LARGEST // 2**20} MiB")
        with open(descriptor, "rb", closefd=False) as file:
            data = file.read(LARGEST + 1)
        after = os.fstat(descriptor)
    finally:
        os.close(descriptor)
    same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns) and len(data) == after.st_size
    return (FileStamp(after.st_size, after.st_mtime_ns) if same else None), data

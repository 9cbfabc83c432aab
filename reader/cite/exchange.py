"""What an export format is handed, what one that can be read back gives, and which formats there are.

A format is a module in `formats/` with `NAME` and `export(cited) -> Iterator[str]`, which yields lines without their line ends. One that
can be read back has `parse(lines) -> Iterator[Incoming]` as well, which raises `UsageError` for a line that is none of its own.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import ModuleType

import reader.cite.formats
from reader.model import Annotation, Edition, Entry, Imported


@dataclass(frozen=True, slots=True)
class CitedNote:
    """A note with all that can be said of its words as the text reads today; what is not known, or has no place there, is None.

    `sentence` is the sentence around them, `place` says where they lie, `citation` is their source in words, `speaker` who is quoted with
    them; `meaning` is what the user calls its colour, `editions` what it said before, oldest first.
    """

    annotation: Annotation
    sentence: str | None = None
    place: str | None = None
    citation: str | None = None
    speaker: str | None = None
    meaning: str | None = None
    editions: Sequence[Edition] = ()


@dataclass(frozen=True, slots=True)
class Cited:
    """A document and the notes of it that are exported; hashes of its file and its text, and the user's corrections of what it says of itself.

    `texts` are older texts of it, by hash, that notes were made on and that no file holds any more: without them words cannot be followed.
    """

    entry: Entry
    notes: Sequence[CitedNote] = ()
    content: str | None = None
    text: str | None = None
    corrections: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A document that was exported, and one of its notes; None when there was none to it."""

    document: str
    path: str
    note: Imported | None = None
    content: str | None = None
    text: str | None = None
    url: str | None = None
    added: str | None = None
    tags: tuple[str, ...] = ()
    corrections: Mapping[str, str] = field(default_factory=dict)
    version: str | None = None
    body: str | None = None
    """An older text, and its hash: then there is no note."""


Exporter = Callable[[Iterable[Cited]], Iterator[str]]
Reader = Callable[[Iterable[str]], Iterator[Incoming]]


def formats() -> dict[str, Exporter]:
    """The exporters by name."""
    return {module.NAME: module.export for module in _modules()}


def readable() -> dict[str, Reader]:
    """Those that can be read back, by name."""
    return {module.NAME: module.parse for module in _modules() if hasattr(module, "parse")}


def _modules() -> list[ModuleType]:
    names = [found.name for found in pkgutil.iter_modules(reader.cite.formats.__path__, "reader.cite.formats.")]
    return [importlib.import_module(name) for name in names]

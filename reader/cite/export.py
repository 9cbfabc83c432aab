"""What an export format is handed, and which formats there are.

A format is a module in `formats/` with `NAME` and `export(cited) -> Iterator[str]`, which yields lines without their line ends.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import reader.cite.formats
from reader.model import Annotation, Entry


@dataclass(frozen=True, slots=True)
class CitedNote:
    """A note with the sentence around its words, as the text reads today; None while it has no place there."""

    annotation: Annotation
    sentence: str | None


@dataclass(frozen=True, slots=True)
class Cited:
    """A document and the notes of it that are exported."""

    entry: Entry
    notes: Sequence[CitedNote]


Exporter = Callable[[Iterable[Cited]], Iterator[str]]


def formats() -> dict[str, Exporter]:
    """The exporters by name."""
    modules = (importlib.import_module(found.name) for found in pkgutil.iter_modules(reader.cite.formats.__path__, "reader.cite.formats."))
    return {module.NAME: module.export for module in modules}

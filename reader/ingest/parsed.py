"""What a format is handed and what it gives back.

A format is a module in `formats/` with four names: `NAME`, `SUFFIXES` (lower case, with the dot), `VERSION` (raise it whenever the text,
the blocks or the inlines of any file could come out differently) and `read(source) -> Parsed`. It imports heavy libraries inside `read`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from reader.model import Block, Inline, Metadata


@dataclass(frozen=True, slots=True)
class Source:
    """A file's bytes, and its path for the sake of its name only."""

    data: bytes
    path: str


@dataclass(frozen=True, slots=True)
class Parsed:
    r"""The text of a document and what stands where in it.

    Blocks are in order, do not overlap, are not empty, and together hold every character that is not white space. Inlines are in
    order and lie within blocks. Text is safe (see `reader.text.safe`) with newlines as \\n.
    """

    text: str
    blocks: Sequence[Block]
    inlines: Sequence[Inline] = ()
    metadata: Metadata = field(default_factory=Metadata)

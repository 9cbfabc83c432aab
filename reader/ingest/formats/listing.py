"""What a program printed: manual pages, logs, tables. Lines and indents say what belongs together, so every line is kept as it stands."""

import re

from reader.ingest.decode import decode
from reader.ingest.parsed import Parsed, Source
from reader.model import Block, Role

NAME = "listing"
SUFFIXES = (".listing",)
VERSION = 1

_PART = re.compile(r"^[^\S\n]*\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*", re.MULTILINE)
"""Lines up to an empty one."""


def read(source: Source) -> Parsed:
    """Decode the file; what stands between empty lines is one block. Raises Unreadable when it is binary."""
    text = decode(source.data)
    return Parsed(text, [Block(Role.CODE, part.start(), part.end()) for part in _PART.finditer(text)])

"""Plain text. The text of the document is the decoded file itself; what the lines are is found out by `roles`."""

from reader.ingest.decode import decode
from reader.ingest.lines import pieces
from reader.ingest.metadata import metadata
from reader.ingest.parsed import Parsed, Source
from reader.ingest.references import inlines
from reader.ingest.roles import assign
from reader.model import Block, Role

NAME = "text"
SUFFIXES = (".txt", ".text")
VERSION = 3


def read(source: Source) -> Parsed:
    """Decode the file, find its paragraphs and their roles. Raises Unreadable when it is binary."""
    text = decode(source.data)
    found = pieces(text)
    outline = assign(found)
    blocks = [Block(piece.role or Role.BODY, piece.start, piece.end, piece.level) for piece in found]
    return Parsed(text, blocks, inlines(text, blocks), metadata(outline, found))

"""Pages of letters to an editor: a headline, a letter, and who signed it, several times over. Owns finding the signatures."""

from collections.abc import Sequence

from reader.ingest.imprint import is_person
from reader.ingest.lines import Piece
from reader.ingest.shape import is_namelike, is_prose, is_titlelike
from reader.model import Role

FEWEST = 3
"""Signatures that make a page of letters; two short lines with a comma may be headings."""


def mark_signatures(pieces: Sequence[Piece]) -> None:
    """Give the signatures their role, when the page has enough of them.

    A signature is a line below a paragraph that names a person and, behind a comma, an office or a street; below it stands the
    headline of the next letter, an editor's line, or nothing.
    """
    found = [at for at in range(1, len(pieces)) if _is_signature(pieces, at)]
    if len(found) >= FEWEST:
        for at in found:
            pieces[at].role = Role.ATTRIBUTION


def _is_signature(pieces: Sequence[Piece], at: int) -> bool:
    piece, above = pieces[at], pieces[at - 1]
    if piece.role is not None or piece.words > 14 or above.role is not None or "," not in piece.head:
        return False
    if not is_namelike(piece.head, piece.words) or not is_prose(above.head, above.words):
        return False
    following = pieces[at + 1] if at + 1 < len(pieces) else None
    over = following is None or following.role is not None or following.head.endswith(":") or is_titlelike(following.head, following.words)
    return over and is_person(piece.head.split(",", 1)[0].strip())

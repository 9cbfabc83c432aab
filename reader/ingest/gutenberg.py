"""Books as Project Gutenberg packs them: header, "*** START OF ...", book, "*** END OF ...", licence. Owns telling book from packing."""

import re
from collections.abc import Sequence

from reader.ingest.lines import Piece
from reader.model import Role

_START = re.compile(r"\*{3}\s?START(?: OF TH(?:E|IS) PROJECT GUTENBERG|: FULL LICENSE)|\*END\W?THE SMALL PRINT", re.IGNORECASE)
_END = re.compile(r"\*{3}\s?END OF TH(?:E|IS) PROJECT GUTENBERG|end of (?:the )?project gutenberg", re.IGNORECASE)
_LABEL = re.compile(
    r"(Title|Author|Release Date|Posting Date|First Posted|Language|Character set encoding|Translator|Editor|Illustrator|Credits):\s+(.{1,200})$",
    re.MULTILINE,
)
_CREDIT = re.compile(r"(?:produced by|e-?text prepared by|transcribed by|this e-?text was|\[illustration)\b", re.IGNORECASE)
_LONGEST_HEADER = 200


def mark_packing(pieces: Sequence[Piece]) -> dict[str, str]:
    """Give header and licence their roles, when the file has them; the header's labels ("Title", "Author", ...) and what they say."""
    if not any("project gutenberg" in piece.head[:300].lower() for piece in pieces[:4]):
        return {}
    start = next((at for at, piece in enumerate(pieces[:_LONGEST_HEADER]) if _START.match(piece.head)), None)
    if start is None:
        return {}
    stated: dict[str, str] = {}
    for piece in pieces[: start + 1]:
        labels = _LABEL.findall(piece.head)
        piece.role = Role.METADATA if labels else Role.BOILERPLATE
        for label, value in labels:
            stated.setdefault(label, value.strip())
    for piece in pieces[start + 1 : start + 4]:
        if _CREDIT.match(piece.head):
            piece.role = Role.BOILERPLATE
    end = next((at for at in range(start + 1, len(pieces)) if pieces[at].head[0] in "*Ee" and _END.match(pieces[at].head)), len(pieces))
    for piece in pieces[end:]:
        piece.role = Role.BOILERPLATE
    return stated

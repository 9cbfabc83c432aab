"""Whether a table holds data or only lays out a page. Owns looking ahead in the tokens; refuses to build text."""

from collections.abc import Iterator, Mapping

from reader.ingest.htmltokens import Kind, Token

_BOXES = frozenset(
    "table ul ol dl blockquote pre h1 h2 h3 h4 h5 h6 article section form nav figure main aside header footer center hr".split()
)
"""What stands in cells of layout tables and not in cells of data."""
_LOOKAHEAD = 400_000
"""Tokens: a table longer than this is walked as boxes rather than kept in memory twice."""
_LONG_CELL = 400
"""Code points: a cell with more is prose."""


def table_tokens(stream: Iterator[Token]) -> list[Token]:
    """The tokens up to the end of the table, or up to the first thing that shows that it is a layout."""
    ahead: list[Token] = []
    in_cell = 0
    for token in stream:
        ahead.append(token)
        if token.kind is Kind.TEXT:
            in_cell += len(token.value.strip())
        elif token.value in ("td", "th", "tr"):
            in_cell = 0
        if (token.kind is Kind.END and token.value == "table") or (token.kind is Kind.START and token.value in _BOXES):
            break
        if in_cell > _LONG_CELL or len(ahead) >= _LOOKAHEAD:
            break
    return ahead


def is_data(attributes: Mapping[str, str], ahead: list[Token]) -> bool:
    """Data: ends properly, has a row of at least two cells, no boxes and no prose in any cell, and does not call itself a presentation."""
    if attributes.get("role", "").lower() in ("presentation", "none"):
        return False
    if not ahead or ahead[-1].kind is not Kind.END or ahead[-1].value != "table":
        return False
    widest = cells = 0
    for token in ahead:
        if token.kind is Kind.START and token.value in ("td", "th"):
            cells += 1
            widest = max(widest, cells)
        elif token.kind is Kind.START and token.value == "tr":
            cells = 0
    return widest >= 2

"""Bytes from a pipe -> a file to keep: what other programs write for a terminal, without what they write for the terminal only.

Owns which escape sequences and overstrikes are dropped, and what kind of text nameless bytes are. Refuses to read or write anything.
"""

import re

from reader.errors import Unreadable
from reader.ingest.decode import decoded

_SEQUENCE = re.compile(
    r"\x1b\][^\x07\x1b\n]*(?:\x07|\x1b\\)?"  # OSC: links, window titles, the clipboard; ended by BEL or ST, by a line end at the latest
    r"|\x1b[PX^_][^\x1b\n]*(?:\x1b\\)?"  # DCS, SOS, PM, APC
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI: colours (SGR), cursor movements
    r"|\x1b[ -/]*[0-~]"  # the short ones: character sets, keypad modes
)
_TITLES = re.compile(rb"\x1b\][^\x07\x1b\n]*(?:\x07|\x1b\\)")
_PAGE = re.compile(r"(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_FRONT_MATTER = re.compile(r"---\n(?:[\w-]+:.*\n|[ \t-].*\n)+---\n")
_MARKS_OF_MARKDOWN = (
    re.compile(r"(?:^|(?<=\n\n))#{1,6} \S[^\n]*(?=\n\n|\n?\Z)"),  # a heading between empty lines; a comment in a program has none
    re.compile(r"\[[^\]\n]+\]\((?:https?:|\.{0,2}/|#)[^)\s]*\)"),
    re.compile(r"^```\w*\n.*?^```$", re.MULTILINE | re.DOTALL),
    re.compile(r"(?<![\w*])\*\*[^\s*][^*\n]*\*\*(?![\w*])"),
    re.compile(r"^(?:[-*+]|\d+\.) \S[^\n]*\n(?:[-*+]|\d+\.) \S", re.MULTILINE),
)
_PRINTED = re.compile(r"^(?:commit [0-9a-f]{40}\b|diff --git |@@ -\d)", re.MULTILINE)
_LAID_OUT = re.compile(r"(?:  |\t)[^\n]*|[^\s][^\n]*?(?:\S   +|\t)\S[^\n]*")
"""A line that is indented, or has columns."""
_LONGEST_LINE = 200
"""A longer line was not laid out by anybody for a terminal."""
_LOOKED_AT = 100_000
"""Characters that are looked at to tell what a text is."""


def as_file(data: bytes) -> tuple[bytes, str]:
    """What to keep of piped bytes, and the suffix of a file that holds them: .html, .md or .listing when it evidently is, else .txt.

    Bytes without escapes and overstrikes are kept as they are; the others become UTF-8.
    """
    if b"\x1b]" in data and 0 not in data:
        data = _TITLES.sub(b"", data)  # `ls --hyperlink` ends each of its links with a BEL: so many would look like a binary file
    try:
        text = decoded(data, None)
    except Unreadable:  # binary: the reader of the file says so
        return data, ".txt"
    plain = without_terminal_codes(text)
    return (data if plain == text else plain.encode("utf-8", "replace")), suffix_of(plain)


def without_terminal_codes(text: str) -> str:
    r"""`text` as a terminal would show it: no colours, links or other escape sequences, "b\bbold" and "_\bi" as the letters alone."""
    if "\x1b" in text or "\x9b" in text:
        text = _SEQUENCE.sub("", text)
    if "\b" in text:
        text = "\n".join(_struck(line) if "\b" in line else line for line in text.split("\n"))
    return text


def _struck(line: str) -> str:
    """A line whose overstrikes are one character each: the later one, unless it only underlines the earlier."""
    shown: list[str] = []
    back = 0  # how many characters of `shown` are about to be struck over
    for character in line:
        if character == "\b":
            back = min(back + 1, len(shown))
        elif back:
            if character != "_" or shown[-back] == " ":
                shown[-back] = character
            back -= 1
        else:
            shown.append(character)
    return "".join(shown)


def suffix_of(text: str) -> str:
    """The suffix that a file with this text would have. In doubt it is an article in plain text."""
    start = text[:_LOOKED_AT].removeprefix("\ufeff").lstrip().replace("\r\n", "\n")
    if _PAGE.match(start):
        return ".html"
    if _FRONT_MATTER.match(start):
        return ".md"
    if _PRINTED.search(start):
        return ".listing"
    found = [bool(mark.search(start)) for mark in _MARKS_OF_MARKDOWN]
    if found[0] and sum(found) > 1:
        return ".md"
    lines = [line for line in text[:_LOOKED_AT].split("\n") if line and not line.isspace()]
    laid_out = sum(_LAID_OUT.fullmatch(line) is not None for line in lines)
    return ".listing" if lines and laid_out * 5 >= len(lines) * 2 and max(map(len, lines)) <= _LONGEST_LINE else ".txt"

"""HTML and XHTML as a stream of tokens: tags, words, comments.

Owns the tokenizer. It follows the tokenization states of the HTML standard (html.spec.whatwg.org, section 13.2.5) where a page is
sound. Where it is broken it differs on purpose: a comment, quote or raw element that never ends does not swallow the rest of the page.
Refuses to know what an element means. The standard library's parser is not used because its rules for scripts, comments and ends of
files changed between patch releases of Python (a document's text must not), and because unclosed "<!--" or "<a" cost it the square of
their number; this one is linear: no closer is looked for twice once it is known to be missing.
"""

import re
from collections.abc import Iterator, Mapping
from enum import IntEnum
from html import unescape
from types import MappingProxyType
from typing import NamedTuple

RAW = frozenset({"script", "style", "textarea", "title"})
"""Elements whose content is characters and not markup."""

_NAME = re.compile(r"[a-zA-Z][^\s/>]*+")
_SIMPLE_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*+)>")
"""Most tags of a page: nothing but a name. Read here, without the detours that the others need."""
_TAG_END = re.compile(r"""(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')|=)*+>""")
_ATTRIBUTE = re.compile(r"""([^\s"'>/=][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>][^\s>]*+)))?""")
_COMMENT_END = re.compile(r"--!?>")
_NOTHING: Mapping[str, str] = MappingProxyType({})


class Kind(IntEnum):
    """What a token is. RAW_TEXT is what stands in a script, style, textarea or title."""

    TEXT = 0
    START = 1
    END = 2
    RAW_TEXT = 3
    COMMENT = 4


class Token(NamedTuple):
    """A piece of markup. `value`: an element's name in lower case, or the words, character references resolved. `raw`: a tag's source."""

    kind: Kind
    value: str
    attributes: Mapping[str, str] = _NOTHING
    closed: bool = False
    raw: str = ""


def attributes_of(source: str) -> dict[str, str]:
    """The attributes in a tag's source after its name: names in lower case, the first of each wins, no value is ""."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(source):
        value = double or single or bare
        found.setdefault(name.lower(), unescape(value) if "&" in value else value)
    return found


def tokens(source: str) -> Iterator[Token]:
    """The tokens of a page in order. `closed` says that a tag ends in "/>"; what that means depends on the element."""
    scanner = _Scanner(source)
    at, size = 0, len(source)
    while at < size:
        opening = source.find("<", at)
        if opening < 0:
            opening = size
        if opening > at:
            words = source[at:opening]
            yield Token(Kind.TEXT, unescape(words) if "&" in words else words)
        simple = _SIMPLE_TAG.match(source, opening)
        if simple is not None and simple.group(2) not in RAW and (simple.group(1) or simple.group(2).islower()):
            yield Token(Kind.END if simple.group(1) else Kind.START, simple.group(2).lower(), raw=simple.group())
            at = simple.end()
        elif opening < size:
            found, at = scanner.markup(opening)
            yield from found
        else:
            at = size


class _Scanner:
    """Reads one piece of markup at a time and remembers which closers are missing from here on."""

    __slots__ = ("missing", "quoted", "source")

    def __init__(self, source: str) -> None:
        self.source = source
        self.missing: set[str] = set()
        self.quoted = True

    def markup(self, at: int) -> tuple[tuple[Token, ...], int]:
        """The tokens that the "<" at `at` begins, and where to go on. A "<" that begins nothing is a word."""
        source = self.source
        following = source[at + 1 : at + 2]
        if following.isascii() and following.isalpha():
            return self._start_tag(at)
        if following == "/":
            return self._end_tag(at)
        if following == "!":
            return self._declaration(at)
        if following == "?":
            end = self._find(">", at)
            return ((), end + 1) if end >= 0 else self._word(at)
        return self._word(at)

    def _word(self, at: int) -> tuple[tuple[Token, ...], int]:
        return (Token(Kind.TEXT, "<"),), at + 1

    def _find(self, closer: str, at: int) -> int:
        if closer in self.missing:
            return -1
        found = self.source.find(closer, at)
        if found < 0:
            self.missing.add(closer)
        return found

    def _declaration(self, at: int) -> tuple[tuple[Token, ...], int]:
        source = self.source
        if source.startswith("<!--", at):
            for empty in ("<!-->", "<!--->"):
                if source.startswith(empty, at):
                    return (), at + len(empty)
            end = None if "-->" in self.missing else _COMMENT_END.search(source, at + 4)
            if end is None:
                self.missing.add("-->")
                return (), at + 4
            return (Token(Kind.COMMENT, source[at + 4 : end.start()]),), end.end()
        if source.startswith("<![CDATA[", at):
            stop = self._find("]]>", at)
            if stop >= 0:
                return (Token(Kind.TEXT, source[at + 9 : stop]),), stop + 3
        stop = self._find(">", at)
        return ((), stop + 1) if stop >= 0 else self._word(at)

    def _end_tag(self, at: int) -> tuple[tuple[Token, ...], int]:
        name = _NAME.match(self.source, at + 2)
        if name is None:
            return ((), at + 3) if self.source.startswith(">", at + 2) else self._word(at)
        stop = self._find(">", name.end())
        return ((Token(Kind.END, name.group().lower()),), stop + 1) if stop >= 0 else self._word(at)

    def _start_tag(self, at: int) -> tuple[tuple[Token, ...], int]:
        source = self.source
        name = _NAME.match(source, at + 1)
        assert name is not None
        end = _TAG_END.match(source, name.end()) if self.quoted else None
        if end is None:
            # The tag runs into the end of the file: from here on quotes cannot be trusted, and every tag ends at the next ">".
            self.quoted = False
        stop = end.end() - 1 if end else self._find(">", name.end())
        if stop < 0:
            return self._word(at)
        element = name.group().lower()
        inside = source[name.end() : stop]
        closed = inside.endswith("/")
        tag = Token(
            Kind.START, element, attributes_of(inside) if inside and not inside.isspace() else _NOTHING, closed, source[at : stop + 1]
        )
        if element not in RAW or closed:
            return (tag,), stop + 1
        return self._raw(tag, stop + 1)

    def _raw(self, tag: Token, at: int) -> tuple[tuple[Token, ...], int]:
        element = tag.value
        end = None if element in self.missing else re.compile(rf"</{element}(?=[\s/>])", re.IGNORECASE).search(self.source, at)
        if end is None:
            self.missing.add(element)
            return (tag,), at
        content = self.source[at : end.start()]
        if element in ("textarea", "title"):
            content = unescape(content)
        return (tag, Token(Kind.RAW_TEXT, content)), end.start()

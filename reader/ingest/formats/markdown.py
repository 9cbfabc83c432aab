"""Markdown (.md, .markdown): CommonMark with tables, strikethrough and footnotes, front matter, and raw HTML inside it.

Rendered to HTML and walked by the same walker as pages, so that raw HTML, however torn between blocks, keeps its words. Owns what is
different in clippings: lines that are paragraphs, indented prose that is no code, the title. Refuses to lose words: where the parser
does (it gives up below a depth of nesting), the file's own lines are the text.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from html import unescape
from itertools import pairwise
from typing import TYPE_CHECKING

from reader.ingest import footnotes, frontmatter, markuprules
from reader.ingest.htmlwalk import PARAGRAPH_BREAK, Piece, Walker
from reader.ingest.parsed import Parsed, Source
from reader.model import Metadata, Role
from reader.text import fold, one_line, terms

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

NAME = "markdown"
SUFFIXES = (".md", ".markdown")
VERSION = 3

_DEEPEST = 100
"""Block quotes and lists in each other. The parser recurses for each and its time grows with the square of the depth."""
_UNCLOSED_AT_MOST = 2000
"""Brackets: for each that nobody closes the parser looks through the rest of the paragraph."""
_HEADING_AT_MOST = 150
"""Code points: a longer "heading" is a paragraph above a line of dashes."""
_WIDEST_WRAP = 110
"""Columns: lines wrapped by an editor are not longer; longer lines are paragraphs."""
_NUMBERS = re.compile(r"^[\s>*+-]*\d{1,9}[.)](?=\s)", re.MULTILINE)
_NUMBER = re.compile(r"\d+")
_TEMPLATE_LINK = re.compile(r"\]\((\{\{[^{}\n]{0,300}\}\}[^\s()]*)\)")
_TEMPLATE_ATTRIBUTE = re.compile(
    r"""=\s*"\{\{[<%]?\s*(?:(?:rel)?ref\s+)?["']?([^"'{}\n]{0,300}?)["']?[^"'{}\n]{0,40}\}\}([^"\n]{0,300})\""""
)
"""Addresses that a site generator fills in (Hugo, Jekyll): [words]({{< ref "page.md" >}}), href="{{ page | url }}"."""
_SHORTCODE = re.compile(r"\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}")
"""A line that is nothing but an instruction to a site generator."""
_ANGLES = str.maketrans({"<": r"\<", ">": r"\>"})
_TITLE_AT_MOST = 400
_TITLE_NEAR = 6
"""Blocks from the top among which the title is looked for."""


def read(source: Source) -> Parsed:
    """The document in `source`, every word of it. Raises Unreadable for what is no text."""
    from reader.ingest.decode import decode

    return parse(decode(source.data))


def parse(text: str) -> Parsed:
    """A decoded document."""
    raw, rest = frontmatter.split(text)
    walker = Walker(_rendered(rest), markdown=True)
    if raw:
        walker.put(Role.METADATA, raw)
    walker.walk()
    built = walker.builder.text()
    metadata = _with_title(frontmatter.metadata(raw) if raw else Metadata(), walker.pieces, built)
    for paragraph in walker.builder.paragraphs:
        if paragraph.role is Role.BODY and _SHORTCODE.fullmatch(built, paragraph.start, paragraph.end):
            paragraph.role = Role.BOILERPLATE
    metadata = markuprules.apply(walker.builder.paragraphs, built, metadata, markuprules.IN_LINES)
    return walker.builder.finish(built, metadata)


def _rendered(rest: str) -> str:
    """The document as HTML; its plain lines where the parser lost words."""
    if rest.count("[") - rest.count("]") > _UNCLOSED_AT_MOST:
        return _plain_lines(rest)
    parser = _parser()
    environment: dict[str, object] = {}
    try:
        parsed = parser.parse(_with_plain_addresses(rest), environment)
        _adjust(parsed, rest)
        footnotes.write(parsed)
        if "](#" in rest:
            footnotes.name_headings(parsed)
        page = str(parser.renderer.render(parsed, parser.options, environment))
    except RecursionError:
        return _plain_lines(rest)
    # At the deepest level the parser drops what stands inside.
    if any(token.level >= _DEEPEST - 1 for token in parsed) or _lost(rest, page, environment):
        return _plain_lines(rest)
    return page


def _plain_lines(rest: str) -> str:
    from html import escape

    return f"<{PARAGRAPH_BREAK}>".join(escape(line) for line in rest.split("\n"))


def _with_plain_addresses(rest: str) -> str:
    """Links whose addresses hold spaces or quotes for a site generator, written so that they are links in CommonMark."""
    if "{{" not in rest:
        return rest
    rest = _TEMPLATE_LINK.sub(lambda found: f"](<{found.group(1).translate(_ANGLES)}>)", rest)
    return _TEMPLATE_ATTRIBUTE.sub(r'="\1\2"', rest)


@cache
def _parser() -> "MarkdownIt":
    """The parser, made once: that costs as much as reading a page of text."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    # Footnotes stay where they are written, also those that nothing refers to.
    parser.use(footnote_plugin, inline=False, move_to_end=False)
    # Clippings are indented by chance; code that matters is fenced.
    parser.disable("code")
    # Addresses stay as they are written: they are shown, and never followed by us.
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]  # the library's documented way to replace it
    parser.validateLink = lambda url: bool(url) or True  # type: ignore[method-assign]  # likewise; the walker drops scripts
    return parser


def _adjust(parsed: "Sequence[Token]", rest: str) -> None:
    """Make the tokens say what the author saw: numbers as written, lines that are paragraphs, no headings that are prose."""
    by_line = not _is_wrapped(rest)
    closing: list[Token] = []
    for at, token in enumerate(parsed):
        if token.type == "fence" and len(token.info.split()) > 1:
            token.info, token.content = "", f"{token.info.strip()}\n{token.content}"  # words, not the name of a language
        elif token.type == "list_item_open" and token.info:
            token.attrSet("value", token.info)
        elif token.type == "heading_open" and token.markup in ("-", "=") and len(parsed[at + 1].content) > _HEADING_AT_MOST:
            token.type, token.tag = "paragraph_open", "p"
            closing.append(parsed[at + 2])
        elif token.type == "inline" and by_line and token.children and not _goes_on(token.content):
            for child in token.children:
                if child.type == "softbreak":
                    child.type, child.content = "html_inline", f"<{PARAGRAPH_BREAK}>"
    for token in closing:
        token.type, token.tag = "paragraph_close", "p"


def _is_wrapped(rest: str) -> bool:
    """Whether line breaks inside paragraphs come from an editor's right margin.

    They do when the first word of the next line would not have fitted: then a break is a space. Else lines are as somebody made them.
    """
    lines = [line.rstrip() for line in rest.split("\n")]
    breaks = [(len(a), len(b.split(maxsplit=1)[0])) for a, b in pairwise(lines) if a and b.strip()]
    if not breaks:
        return True
    widths = sorted(length for length, _ in breaks)
    margin = widths[len(widths) * 9 // 10]
    if margin > _WIDEST_WRAP:
        return False
    return sum(length + 1 + following > margin - 8 for length, following in breaks) * 10 >= len(breaks) * 6


def _goes_on(paragraph: str) -> bool:
    """Whether lines of a paragraph go on in small letters, so that it was broken by chance: one in five will do."""
    following = [line.lstrip() for line in paragraph.split("\n")[1:]]
    return sum(line[:1].islower() for line in following) * 5 >= len(following)


def _lost(rest: str, page: str, environment: dict[str, object]) -> bool:
    """Whether a word of the source stands nowhere in the page, which is what happens below the deepest nesting."""
    # Terms do not reach over white space, so what stands in both between spaces needs no taking apart: nine tenths of a text.
    shown = set(unescape(page).split())
    written = set(unescape(_NUMBERS.sub("", rest)).split()) - shown
    missing = set(terms(" ".join(written))) - set(terms(" ".join(shown))) if written else set()
    if missing:
        missing -= set(terms(unescape(repr(environment.get("references")))))
    return any(not _NUMBER.fullmatch(term) for term in missing)


def _with_title(metadata: Metadata, pieces: Sequence[Piece], text: str) -> Metadata:
    """Mark the heading or line that shows the title, and take the title from the first heading when nothing declares one."""
    top = [piece for piece in pieces if piece.paragraph.role is not Role.METADATA][:_TITLE_NEAR]
    said = [one_line(text[piece.paragraph.start : min(piece.paragraph.end, piece.paragraph.start + _TITLE_AT_MOST)]) for piece in top]
    if metadata.title is None:
        for at, piece in enumerate(top):
            if piece.paragraph.role is Role.HEADING and (piece.paragraph.level == 1 or at == 0):
                piece.paragraph.role, piece.paragraph.level = Role.TITLE, 0
                return replace(metadata, title=said[at])
        return metadata
    wanted = fold(metadata.title).text
    shown = False
    for at, piece in enumerate(top):
        fits = piece.paragraph.role in (Role.HEADING, Role.BODY) and len(said[at]) <= 2 * len(metadata.title) + 20
        if fits and fold(said[at]).text == wanted:
            piece.paragraph.role, piece.paragraph.level = (Role.DUPLICATE_TITLE if shown else Role.TITLE), 0
            shown = True
    return metadata

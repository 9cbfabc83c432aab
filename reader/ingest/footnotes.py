"""Places of a Markdown document that links inside it lead to: footnotes and headings.

Owns how a footnote and what refers to it are written as HTML. Refuses to move a footnote: its words stay where they were written.
"""

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from reader.ingest.anchors import Slugs

if TYPE_CHECKING:
    from markdown_it.token import Token


def write(parsed: "Sequence[Token]") -> None:
    """Make footnotes boxes with an id that begin with "[1]", and references links to them that read "[1]"."""
    for at, token in enumerate(parsed):
        if token.type == "footnote_reference_open":
            label = f"[{token.meta['label']}]"
            first = parsed[at + 1 : at + 3]
            box = f'<div id="{_id(token)}">'
            if len(first) == 2 and first[0].type == "paragraph_open" and first[1].children is not None:
                words = type(token)("text", "", 0, content=f"{label} ")
                first[1].children.insert(0, words)
            else:
                box += f"<p>{escape(label)}</p>"
            token.type, token.content = "html_block", f"{box}\n"
        elif token.type == "footnote_reference_close":
            token.type, token.content = "html_block", "</div>\n"
        elif token.children:
            _refer(token.children)


def _refer(children: "Sequence[Token]") -> None:
    for token in children:
        if token.type == "footnote_ref":
            link = f'<a href="#{_id(token)}">{escape("[" + token.meta["label"] + "]")}</a>'
            token.type, token.content = "html_inline", link
        elif token.type == "image" and token.children:
            for inner in token.children:  # its description is plain words
                if inner.type == "footnote_ref":
                    inner.type, inner.content = "text", f"[{inner.meta['label']}]"


def _id(token: "Token") -> str:
    return f"fn:{escape(token.meta['label'])}"


def name_headings(parsed: "Sequence[Token]") -> None:
    """Give headings the ids that links to them use on code hosts."""
    slugs = Slugs()
    for at, token in enumerate(parsed):
        if token.type == "heading_open" and not token.attrGet("id"):
            words = "".join(child.content for child in parsed[at + 1].children or () if child.type in ("text", "code_inline"))
            token.attrSet("id", slugs.of(words))

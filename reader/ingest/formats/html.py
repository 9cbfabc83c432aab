"""HTML and XHTML pages (.html, .htm, .xhtml). Owns finding the declared encoding and joining walk, verdicts and declarations."""

import re

from reader.ingest.parsed import Parsed, Source

NAME = "html"
SUFFIXES = (".html", ".htm", ".xhtml")
VERSION = 3

_CHARSET = re.compile(
    rb"""<meta[^>]*?charset\s*=\s*["']?\s*([a-zA-Z0-9_:.-]+)|<\?xml[^>]*?encoding\s*=\s*["']([a-zA-Z0-9_:.-]+)""", re.IGNORECASE
)


def read(source: Source) -> Parsed:
    """The page in `source`, every word of it, furniture marked. Raises Unreadable for what is no text."""
    from reader.ingest.decode import decode

    declared = _CHARSET.search(source.data[:4096])
    name = next((group for group in declared.groups() if group), b"").decode("ascii") if declared else None
    return parse(decode(source.data, name))


def parse(page: str) -> Parsed:
    """A decoded page."""
    from reader.ingest import markuprules
    from reader.ingest.htmlroles import judge
    from reader.ingest.htmlwalk import Walker
    from reader.model import Metadata

    walker = Walker(page)
    walker.walk()
    text = walker.builder.text()
    declared = walker.declared
    verdict = judge(walker.pieces, text, declared)
    index = verdict.doc_type == "index_page"
    metadata = Metadata(
        title=verdict.title,
        subtitle=verdict.subtitle or declared.subtitle,
        # An index has no day and no author: what its head declares belongs to the site or to one of the items.
        date=None if index else declared.date,
        publisher=declared.publisher,
        byline=None if index else declared.byline or verdict.byline,
        doc_type=verdict.doc_type,
        url=declared.url,
    )
    if not index:
        metadata = markuprules.apply(walker.builder.paragraphs, text, metadata, markuprules.IN_PAGES)
    return walker.builder.finish(text, metadata)

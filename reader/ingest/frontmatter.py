"""The block of "key: value" lines between two "---" at the top of a Markdown file, and what it says about the document.

Owns which keys mean what. Refuses to fail: what is no sound YAML is read line by line, and what cannot be read so says nothing.
"""

import re
from collections.abc import Iterable, Mapping
from html import unescape
from typing import Any

from reader.ingest.dates import parse_date
from reader.ingest.htmlmeta import clean_byline, original_address
from reader.model import Metadata
from reader.text import one_line

_OPENS = re.compile(r"---[ \t]*\n")
_CLOSES = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_PLAIN_LINE = re.compile(r"^([A-Za-z][\w -]{0,40}?)[ \t]*:[ \t]+(.+)$", re.MULTILINE)
_WIKI_LINK = re.compile(r"\[\[(?:[^\]|\n]*\|)?([^\]|\n]*)\]\]")
_MARKDOWN_LINK = re.compile(r"^\[([^\]\n]+)\]\([^)\n]*\)$")
_LARGEST = 64 * 1024
"""Code points: more is no front matter but a document between two rules."""
_DEEPEST = 20
_NOTHING = frozenset({"null", "~", "none", "undefined"})
_SUBTITLE_AT_MOST = 200
"""Code points: a longer description is an abstract or was written for search engines."""
_DATES = ("published", "date", "publish_date", "pubdate", "publishdate", "date_published", "published_at")
"""Not "created": web clippers write there when the user saved the page. Not "updated" or "modified" either."""


def split(text: str) -> tuple[str, str]:
    """The raw front matter with its rules, and the rest; ("", text) when there is none."""
    opening = _OPENS.match(text)
    if opening is None:
        return "", text
    closing = _CLOSES.search(text, opening.end(), _LARGEST)
    if closing is None:
        return "", text
    inside = text[opening.end() : closing.start()]
    if inside.strip() and not re.search(r"^[\w\"'-][^:\n]*:(?:\s|$)", inside, re.MULTILINE):
        return "", text  # words between two rules
    return text[: closing.end()], text[closing.end() :]


def metadata(raw: str) -> Metadata:
    """What front matter (as `split` gave it) says: title, subtitle, date, publisher, byline, address."""
    opening, closing = _OPENS.match(raw), None
    if opening:
        closing = _CLOSES.search(raw, opening.end())
    if opening is None or closing is None:
        return Metadata()
    said = fields(raw[opening.end() : closing.start()])
    subtitle = _first(said, "subtitle", "deck", "dek")
    if subtitle is None:
        described = _first(said, "description", "excerpt", "summary")
        subtitle = described if described is not None and len(described) < _SUBTITLE_AT_MOST else None
    address = _first(said, "source", "url", "canonical_url", "link")
    return Metadata(
        title=_first(said, "title", "headline"),
        subtitle=subtitle,
        date=next((day for key in _DATES if key in said and (day := _day(said[key]))), None),
        publisher=_first(said, "publisher", "site", "site_name", "publication"),
        byline=_names(next((said[key] for key in ("author", "authors", "byline") if said.get(key)), None)),
        url=original_address(address) if address else None,
    )


def fields(inside: str) -> Mapping[str, Any]:
    """The keys, in lower case, and values of front matter without its rules.

    Values stay strings as they are written, since YAML's dates would lose their time zones and "no" would become False. Aliases and
    deep nesting are refused: nobody writes them by hand, and they cost more than their size.
    """
    import yaml

    # The base loader makes nothing but strings, lists and mappings; in C it is ten times as fast.
    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    loaded = None
    try:
        if _is_plain(yaml.parse(inside, Loader=loader)):
            loaded = yaml.load(inside, Loader=loader)  # noqa: S506  # a base loader makes even less than the safe one
    except (yaml.YAMLError, ValueError, RecursionError, TypeError):
        pass  # by hand, then
    if isinstance(loaded, dict):
        return {str(key).lower(): value for key, value in loaded.items()}
    return {key.strip().lower(): value.strip().strip("\"'") for key, value in _PLAIN_LINE.findall(inside)}


def _is_plain(events: Iterable[Any]) -> bool:
    from yaml import AliasEvent, CollectionEndEvent, CollectionStartEvent

    depth = 0
    for event in events:
        if isinstance(event, AliasEvent):
            return False
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth > _DEEPEST:
            return False
    return True


def _first(said: Mapping[str, Any], *keys: str) -> str | None:
    for key in keys:
        value = said.get(key)
        if isinstance(value, str) and (line := one_line(unescape(value))) and line.lower() not in _NOTHING:
            return line
    return None


def _day(value: Any) -> str | None:
    return parse_date(value) if isinstance(value, str) else None


def _names(value: Any) -> str | None:
    """Names from a name, a list of names, or a list of mappings with a name; links unwrapped."""
    found: list[str] = []
    for entry in value if isinstance(value, list) else [value]:
        entry = entry.get("name") if isinstance(entry, dict) else entry
        if not isinstance(entry, str):
            continue
        name = _WIKI_LINK.sub(r"\1", one_line(entry))
        link = _MARKDOWN_LINK.match(name)
        cleaned = clean_byline(link.group(1) if link else name)
        if cleaned and cleaned.lower() not in _NOTHING and cleaned not in found:
            found.append(cleaned)
    return ", ".join(found) or None

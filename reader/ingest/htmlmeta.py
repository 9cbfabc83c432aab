"""What the head of a page, its scripts of linked data and the comments of page savers declare: title, date, byline, publisher, address.

Owns which of several declarations is believed. Refuses to guess: a value comes only from a place that names it, a date only from one
that says "published". Sources: the Open Graph protocol (ogp.me), schema.org, Dublin Core, Highwire Press tags (citation_*).
"""

import json
import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from reader.ingest.dates import parse_date
from reader.text import one_line

_DATES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "article.published",
    "citation_publication_date",
    "citation_online_date",
    "citation_date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date",
    "dc.date",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "date",
)
_BYLINES = (
    "author",
    "article:author",
    "og:article:author",
    "citation_author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "byl",
)
_PUBLISHERS = ("og:site_name", "citation_publisher", "dc.publisher", "dcterms.publisher")
_TITLES = ("og:title", "twitter:title", "citation_title", "dc.title", "dcterms.title")
_DECKS = ("subtitle", "deck", "dek")
_WANTED = frozenset((*_DATES, *_BYLINES, *_PUBLISHERS, *_TITLES, *_DECKS, "og:url", "og:type"))
_ARTICLES = frozenset(
    "Article NewsArticle ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle BackgroundNewsArticle ReviewNewsArticle BlogPosting "
    "LiveBlogPosting TechArticle ScholarlyArticle Report SocialMediaPosting AdvertiserContentArticle SatiricalArticle".split()
)
_LARGEST_SCRIPT = 1_000_000
"""Code points of linked data that are parsed; real pages have a few thousand."""
_MOST_SCRIPTS = 20
_LONGEST = 500
"""Code points of a declared value that are believed; a byline of a page is not a page."""
_ARCHIVED = re.compile(r"https?://web\.archive\.org/web/\d+[a-z_]*/(https?:/.+)", re.IGNORECASE)
_SAVED = re.compile(r"saved from url=\(\d+\)\s*(\S+)|^\s*url:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_SAVERS = re.compile(r"saved from url=|Page saved with SingleFile", re.IGNORECASE)
_BY = re.compile(r"^(?:(?:written|posted|story|reported|text)\s+)?by[:\s]\s*", re.IGNORECASE)
_TIME_WORDS = frozenset({"published", "pubdate", "publish", "dt-published", "date-published", "published-date"})


def original_address(value: str) -> str | None:
    """A web address as it was before an archive rewrote it; None for anything that is no absolute http address."""
    value = value.strip()
    archived = _ARCHIVED.match(value)
    if archived:
        value = archived.group(1)
    fits = value.lower().startswith(("http://", "https://")) and len(value) < 2000 and not any(c.isspace() for c in value)
    return one_line(value) if fits else None


def clean_byline(value: str) -> str | None:
    """A name without "By"; None for addresses, handles and what is too long to be names."""
    name = _BY.sub("", one_line(value)).strip(" ,;|")
    if not name or len(name) > 200 or name.startswith("@") or "://" in name or not any(c.isalpha() for c in name):
        return None
    return name


class Declared:
    """Collects declarations in the order of the page; the properties say which one is believed, None when there is none."""

    def __init__(self) -> None:
        self._metas: dict[str, list[str]] = {}
        self._head_title: str | None = None
        self._canonical: str | None = None
        self._saved: str | None = None
        self._times: list[str] = []
        self._scripts: list[str] = []
        self._article: dict[str, Any] | None = None
        self._several = False
        self._nodes: dict[str, dict[str, Any]] = {}

    # -- collecting ----------------------------------------------------------------------------------------------------------------

    def head_title(self, content: str) -> bool:
        """The page's title element; False when there was one before."""
        if self._head_title is not None:
            return False
        self._head_title = one_line(content)
        return True

    def meta(self, attributes: Mapping[str, str]) -> None:
        """A meta element, in the head or (itemprop) in the body."""
        content = one_line(attributes.get("content", "")[: _LONGEST * 2])
        if not content or len(content) > _LONGEST:
            return
        for attribute in ("property", "name", "itemprop"):
            name = attributes.get(attribute, "").strip().lower()
            if name in _WANTED:
                values = self._metas.setdefault(name, [])
                if content not in values and len(values) < 20:
                    values.append(content)

    def link(self, attributes: Mapping[str, str]) -> None:
        """A link element; only the canonical address counts."""
        if self._canonical is None and "canonical" in attributes.get("rel", "").lower().split():
            self._canonical = original_address(attributes.get("href", ""))

    def comment(self, content: str) -> None:
        """A comment: browsers and SingleFile note there where a page was saved from."""
        if self._saved is None and _SAVERS.search(content[:400]):
            found = _SAVED.search(content[:4000])
            if found:
                self._saved = original_address(found.group(1) or found.group(2))

    def time(self, attributes: Mapping[str, str]) -> None:
        """A time element; only one that says it is when the page was published counts."""
        words = set(attributes.get("class", "").lower().split())
        says_so = "pubdate" in attributes or "datepublished" in attributes.get("itemprop", "").lower().split() or words & _TIME_WORDS
        if says_so and attributes.get("datetime") and len(self._times) < 50:
            self._times.append(attributes["datetime"])

    def script(self, attributes: Mapping[str, str], content: str) -> None:
        """A script; only linked data (JSON-LD) counts."""
        kind = attributes.get("type", "").lower()
        if "ld+json" in kind and len(content) <= _LARGEST_SCRIPT and len(self._scripts) < _MOST_SCRIPTS:
            self._scripts.append(content)

    # -- what is believed ----------------------------------------------------------------------------------------------------------

    @property
    def page_title(self) -> str | None:
        """The title element's words, site name and all."""
        return self._head_title or None

    @property
    def titles(self) -> list[str]:
        """Titles meant for other readers (Open Graph, linked data), without a site name as a rule."""
        declared = [value for name in _TITLES[:1] for value in self._metas.get(name, ())]
        headline = _text((self._linked() or {}).get("headline"))
        declared += [one_line(unescape(headline))] if headline else []
        return declared + [value for name in _TITLES[1:] for value in self._metas.get(name, ())]

    @property
    def subtitle(self) -> str | None:
        """A declared deck."""
        linked = self._linked() or {}
        found = [value for name in _DECKS for value in self._metas.get(name, ())] or [_text(linked.get("alternativeHeadline")) or ""]
        return one_line(unescape(found[0])) or None

    @property
    def date(self) -> str | None:
        """The day it was published."""
        article = self._linked() or {}
        for value in [value for name in _DATES[:3] for value in self._metas.get(name, ())] + [_text(article.get("datePublished")) or ""]:
            if date := parse_date(value):
                return date
        days = {day for value in self._times if (day := parse_date(value))}
        if len(days) == 1:  # several are those of a list of other articles
            return days.pop()
        return next((date for name in _DATES[3:] for value in self._metas.get(name, ()) if (date := parse_date(value))), None)

    @property
    def publisher(self) -> str | None:
        """The site's or publisher's name."""
        publisher = self._resolved((self._linked() or {}).get("publisher"))
        declared = [value for name in _PUBLISHERS for value in self._metas.get(name, ())]
        name = declared[0] if declared else _text(publisher.get("name") if isinstance(publisher, dict) else publisher)
        return one_line(unescape(name)) or None if name else None

    @property
    def byline(self) -> str | None:
        """Who wrote it."""
        named: list[str] = []
        authors = (self._linked() or {}).get("author")
        for author in authors[:20] if isinstance(authors, list) else [authors]:
            author = self._resolved(author)
            name = _text(author.get("name") if isinstance(author, dict) else author)
            cleaned = clean_byline(unescape(name)) if name else None
            if cleaned and cleaned not in named:
                named.append(cleaned)
        if named:
            return ", ".join(named)
        for meta in _BYLINES:
            cleaned_values = [cleaned for value in self._metas.get(meta, ()) if (cleaned := clean_byline(value))]
            if cleaned_values:
                return ", ".join(cleaned_values)
        return None

    @property
    def url(self) -> str | None:
        """Where it stood on the web."""
        candidates = [self._canonical or "", *self._metas.get("og:url", ()), self._saved or ""]
        return next((address for value in candidates if (address := original_address(value))), None)

    def _resolved(self, value: Any) -> Any:
        """A node that is only named by its @id, looked up."""
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
            return self._nodes.get(value["@id"], value)
        return value

    def _linked(self) -> dict[str, Any] | None:
        """The article among the page's linked data; None when there are several with different headlines, as on index pages."""
        scripts, self._scripts = self._scripts, []
        for content in scripts:
            try:
                waiting: list[Any] = [json.loads(content, strict=False)]
            except (ValueError, RecursionError):
                continue  # somebody's broken or hostile script: the page says the same elsewhere or not at all
            while waiting:
                node = waiting.pop(0)
                if isinstance(node, list):
                    waiting[:0] = node[:200]
                elif isinstance(node, dict):
                    self._take(node)
                    waiting[:0] = [node[key] for key in ("@graph", "mainEntity") if key in node]
        return None if self._several else self._article

    def _take(self, node: dict[str, Any]) -> None:
        kinds = node.get("@type")
        if isinstance(node.get("@id"), str) and "name" in node:
            self._nodes.setdefault(node["@id"], node)
        names = {kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)}
        if names & _ARTICLES:
            self._several = self._several or (self._article is not None and self._article.get("headline") != node.get("headline"))
            self._article = self._article or node


def _text(value: Any) -> str | None:
    """The first string of a value that may be one or a list of them."""
    if isinstance(value, list) and value:
        value = value[0]
    return value if isinstance(value, str) and 0 < len(value) <= _LONGEST else None

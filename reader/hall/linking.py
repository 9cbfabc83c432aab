"""Where a link of a document leads to outside it: another document that is saved, or an address.

Owns what a relative link is relative to. Refuses to open anything, and to look at files: a document is known by its path or its address.
"""

import os
from collections.abc import Iterable
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from reader.ingest.anchors import same_page
from reader.model import Entry


def address_of(target: str, entry: Entry) -> str:
    """A link of the document `entry` as a whole address, where what the document says of itself makes it one."""
    if scheme_of(target) != "" or not entry.metadata.url or not scheme_of(entry.metadata.url):
        return target
    return urljoin(entry.metadata.url, target)


def scheme_of(address: str) -> str | None:
    """What an address begins with, "" of a relative one; None of what is no address, such as one with half an IPv6 host."""
    try:
        return urlsplit(address).scheme
    except ValueError:
        return None


def saved(target: str, entry: Entry, entries: Iterable[Entry]) -> Entry | None:
    """The document among `entries`, another than `entry`, that a link of `entry` means: by its file, else by its address."""
    scheme = scheme_of(target)
    if scheme is None:
        return None
    path, page = _path(target, scheme, entry), address_of(target, entry)
    wanted = same_page(page) if page.lower().startswith(("http://", "https://")) else None
    found: Entry | None = None
    for other in entries:
        if other.id == entry.id:
            continue
        if path is not None and other.path == path:
            return other
        if found is None and wanted is not None and other.metadata.url and same_page(other.metadata.url) == wanted:
            found = other
    return found


def _path(target: str, scheme: str, entry: Entry) -> str | None:
    """The file that a link means, when it may be one."""
    name = unquote(urldefrag(target).url)
    if scheme == "file":
        return os.path.normpath(unquote(urlsplit(target).path))
    if scheme or not name or name.startswith("//") or "\0" in name:
        return None
    return os.path.normpath(os.path.join(os.path.dirname(entry.path), name.partition("?")[0]))

"""Tags as paths: how often each is used, with all below it, and renaming, which merges when the new name is there already."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reader.errors import NotFound, UsageError
from reader.hall.annotating import clean_tags, revised
from reader.model import TagCount
from reader.ports import NotesStore
from reader.text import fold


@dataclass
class _Used:
    shown: str
    notes: int = 0
    documents: int = 0
    all_notes: int = 0
    all_documents: int = 0


def counts(notes: NotesStore) -> list[TagCount]:
    """Every tag, and every one above it, in alphabetical order; tags that differ in case or accents alone are one."""
    used: dict[str, _Used] = {}
    for tags, times in Counter(a.tags for a in notes.annotations()).items():  # most notes have the tags that others have
        _count(used, tags, "notes", times)
    for tags, times in Counter(kept.tags for kept in notes.documents().values()).items():
        _count(used, tags, "documents", times)
    found = [TagCount(own.shown, own.notes, own.documents, own.all_notes, own.all_documents) for own in used.values()]
    return sorted(found, key=lambda count: [fold(part).text for part in count.tag.split("/")])


def _count(used: dict[str, _Used], tags: Iterable[str], what: str, times: int) -> None:
    """Count the tags that so many things have: for each once, and once for everything above them, however many are below it."""
    above: set[str] = set()
    for tag in tags:
        own = used.setdefault(key(tag), _Used(tag))
        setattr(own, what, getattr(own, what) + times)
        parts = tag.split("/")
        for depth in range(1, len(parts) + 1):
            name = "/".join(parts[:depth])
            used.setdefault(key(name), _Used(name))
            above.add(key(name))
    for name in above:
        own = used[name]
        setattr(own, "all_" + what, getattr(own, "all_" + what) + times)


def key(tag: str) -> str:
    """What makes two spellings one tag."""
    return fold(tag).text


def renamed(tags: Sequence[str], old: str, new: str) -> tuple[str, ...]:
    """The tags with `old`, and what is below it, under another name; "" takes it away."""
    wanted = key(old)
    out: list[str] = []
    for tag in tags:
        parts, depth = tag.split("/"), old.count("/") + 1
        if key("/".join(parts[:depth])) == wanted:
            out += ["/".join([new, *parts[depth:]])] if new else []
        else:
            out.append(tag)
    return _single(out) if out != list(tags) else tuple(tags)


def changed(tags: Sequence[str], add: Iterable[str], drop: Iterable[str]) -> tuple[str, ...]:
    """The tags with some more and without others."""
    gone = {key(tag) for tag in drop}
    return _single([*(tag for tag in tags if key(tag) not in gone), *add])


def _single(tags: Iterable[str]) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for tag in tags:
        kept.setdefault(key(tag), tag)
    return tuple(kept.values())


def rename(notes: NotesStore, old: str, new: str) -> int:
    """Rename a tag, with everything below it, wherever it is used; "" takes it away. How many notes and documents had it; one action.

    Raises `NotFound` when nothing has it, `UsageError` when the new name is no tag.
    """
    old = (*clean_tags([old]), "")[0]
    cleaned = clean_tags([new])
    if len(cleaned) > 1 or (new.strip() and not cleaned) or not old:
        raise UsageError("tag", new or old, "is no tag")
    after = cleaned[0] if cleaned else ""
    if after and key(after + "/").startswith(key(old + "/")) and key(after) != key(old):
        raise UsageError("tag", after, f"lies below {old}")
    label = f"rename #{old} to #{after}" if after else f"take #{old} away"
    count = notes.revise(lambda a: revised(a, tags=renamed(a.tags, old, after)), None, label, lambda tags: renamed(tags, old, after))
    if not count:
        raise NotFound("tag", old, "nothing is tagged so")
    return count

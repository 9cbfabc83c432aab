"""What may follow what stands in the search bar: operators, tags, speakers, saved searches. Shown dim behind the cursor; Right takes it."""

import asyncio
import re
from collections.abc import Callable, Iterable

from textual.suggester import Suggester

from reader.search.query import completions

_BY = re.compile(r'(?<!\S)by:(?:"(?:[^"]* )?)?(?P<begun>[^\s"]+)$', re.IGNORECASE)
"""The word of a speaker's name that is being typed; a name of several words has a mark in front."""


class SearchSuggester(Suggester):
    """Completes the last word typed, or the whole to a saved search."""

    def __init__(
        self, tags: Callable[[], Iterable[str]], saved: Callable[[], Iterable[str]], speakers: Callable[[str], Iterable[str]]
    ) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._tags, self._saved, self._speakers = tags, saved, speakers

    async def get_suggestion(self, value: str) -> str | None:
        """Textual's request: the whole value as it would be, or None."""
        if _BY.search(value):  # who is who may have to be worked out first
            return await asyncio.to_thread(self._first, value)
        return self._first(value)

    def _first(self, value: str) -> str | None:
        found = possible(value, self._tags, self._saved, self._speakers)
        return next((whole for whole in found if whole.startswith(value) and whole != value), None)


def _last(value: str) -> str:
    return value[value.rfind(" ") + 1 :]


def possible(
    value: str,
    tags: Callable[[], Iterable[str]],
    saved: Callable[[], Iterable[str]],
    speakers: Callable[[str], Iterable[str]],
) -> Iterable[str]:
    """What `value` may become, the likeliest first; tags, saved searches and words of speakers' names are asked for only where they matter."""
    if not value.strip() or value.endswith(" "):
        return
    yield from saved()
    last = _last(value)
    by = _BY.search(value)
    if by is not None:
        yield from (value + word[len(by["begun"]) :] for word in speakers(by["begun"]))
    if last.startswith("tag:"):
        yield from (value + tag[len(last) - 4 :] for tag in sorted(tags()) if tag.startswith(last[4:]))
    if len(last) > 1:
        for name, _ in completions(value):
            yield value + name[len(last) :]
    if last == "has:":
        yield value + "note"

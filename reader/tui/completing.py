"""What may follow what stands in the search bar: operators, tags, speakers, saved searches. Shown dim behind the cursor; Right takes it."""

import asyncio
import re
from collections.abc import Callable, Iterable

from textual.suggester import Suggester

from reader.errors import PullquoteError
from reader.search.query import completions

_BY = re.compile(r'(?<!\S)by:(?P<name>[^\s"]+|"[^"]+)$', re.IGNORECASE)
"""A speaker being typed, with the mark in front of a name of several words."""


class SearchSuggester(Suggester):
    """Completes the last word typed, or the whole to a saved search."""

    def __init__(
        self, tags: Callable[[], Iterable[str]], saved: Callable[[], Iterable[str]], speakers: Callable[[str], Iterable[str]]
    ) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._tags, self._saved, self._speakers = tags, saved, speakers

    async def get_suggestion(self, value: str) -> str | None:
        """Textual's request: the whole value as it would be, or None."""
        by = _BY.search(value)
        if by is not None:
            return await asyncio.to_thread(self._speaker, value, by["name"].removeprefix('"'))
        return next((whole for whole in possible(value, self._tags, self._saved) if whole.startswith(value) and whole != value), None)

    def _speaker(self, value: str, name: str) -> str | None:
        """The value with the word of a name at its end made whole. May take long: who is quoted may have to be worked out."""
        begun = name.rsplit(" ", 1)[-1]
        try:
            words = self._speakers(begun) if begun else ()
        except PullquoteError:
            return None
        return next((value + word[len(begun) :] for word in words if len(word) > len(begun)), None)


def possible(value: str, tags: Callable[[], Iterable[str]], saved: Callable[[], Iterable[str]]) -> Iterable[str]:
    """What `value` may become, the likeliest first; the tags there are and the saved searches are asked for only where they matter."""
    if not value.strip() or value.endswith(" "):
        return
    yield from saved()
    last = value[value.rfind(" ") + 1 :]
    if last.startswith("tag:"):
        yield from (value + tag[len(last) - 4 :] for tag in sorted(tags()) if tag.startswith(last[4:]))
    if len(last) > 1:
        for name, _ in completions(value):
            yield value + name[len(last) :]
    if last == "has:":
        yield value + "note"

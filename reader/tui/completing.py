"""What may follow what stands in the search bar: operators, tags, saved searches. Shown dim behind the cursor; Right takes it."""

from collections.abc import Callable, Iterable

from textual.suggester import Suggester

from reader.search.query import completions


class SearchSuggester(Suggester):
    """Completes the last word typed, or the whole to a saved search."""

    def __init__(self, tags: Callable[[], Iterable[str]], saved: Callable[[], Iterable[str]]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._tags, self._saved = tags, saved

    async def get_suggestion(self, value: str) -> str | None:
        """Textual's request: the whole value as it would be, or None."""
        return next((whole for whole in possible(value, self._tags, self._saved) if whole.startswith(value) and whole != value), None)


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

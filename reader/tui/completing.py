"""What may follow what stands in the search bar: operators, tags, saved searches. Shown dim behind the cursor; Right takes it."""

from collections.abc import Callable, Iterable

from textual.suggester import Suggester

from reader.search.query import completions


class SearchSuggester(Suggester):
    """Completes the last word typed, or the whole to a saved search."""

    def __init__(self, known: Callable[[], tuple[Iterable[str], Iterable[str]]]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._known = known
        """Tags and saved searches as they are now."""

    async def get_suggestion(self, value: str) -> str | None:
        """Textual's request: the whole value as it would be, or None."""
        tags, saved = self._known()
        return next((whole for whole in possible(value, tags, saved) if whole.startswith(value) and whole != value), None)


def possible(value: str, tags: Iterable[str], saved: Iterable[str]) -> Iterable[str]:
    """What `value` may become, the likeliest first."""
    if not value.strip() or value.endswith(" "):
        return
    yield from saved
    last = value[value.rfind(" ") + 1 :]
    if last.startswith("tag:"):
        yield from (value + tag[len(last) - 4 :] for tag in sorted(tags) if tag.startswith(last[4:]))
    if len(last) > 1:
        for name, _ in completions(value):
            yield value + name[len(last) :]
    if last == "has:":
        yield value + "note"

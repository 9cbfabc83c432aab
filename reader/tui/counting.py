"""A number typed before a key: `3 j` is three lines. Pure."""

from reader.values import dataclass

MOST = 99_999
"""A count above this is a slip of the finger."""


@dataclass
class Count:
    """The digits typed so far. They belong to the next key that is no digit, and are forgotten with the one after it."""

    _typed: int | None = None
    _old: bool = False

    def digit(self, value: int) -> None:
        """One more digit."""
        self._typed = min(MOST, 10 * (0 if self._old or self._typed is None else self._typed) + value)
        self._old = False

    def key(self, *, digit: bool) -> None:
        """A key was pressed, before it is acted on."""
        if not digit:
            self._typed = None if self._old else self._typed
            self._old = True

    def take(self, default: int = 1) -> int:
        """The number, once; `default` when none was typed."""
        typed, self._typed = self._typed, None
        return default if typed is None else typed

    @property
    def pending(self) -> str:
        """What was typed so far, to be shown; empty when nothing waits."""
        return "" if self._typed is None or self._old else str(self._typed)

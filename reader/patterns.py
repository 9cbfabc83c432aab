"""Regular expressions that are compiled when first used: one takes up to a millisecond of the start, whether it is needed or not.

Owns when that happens. Refuses to know any pattern.
"""

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from re import compile as pattern
else:

    class pattern:  # noqa: N801 - stands for the function `re.compile`
        """`re.compile` for patterns that live as long as the program. Its methods cost what the compiled one's do, but for the first call."""

        def __init__(self, written: str, flags: int = 0) -> None:
            self._written, self._flags = written, flags

        def __getattr__(self, name: str) -> Any:
            """The compiled pattern's attribute, kept as this one's own. Raises `re.error` when the pattern is none."""
            value = getattr(re.compile(self._written, self._flags), name)
            setattr(self, name, value)
            return value


__all__ = ["pattern"]

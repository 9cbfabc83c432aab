"""What a reader has settled about the window. Owns the values and what holds when nothing is settled; `settings` reads them from a file."""

from collections.abc import Mapping

from reader.values import dataclass, field

BOUNDS = {"measure": (40, 120), "spacing": (0, 2), "indent": (0, 8)}
"""The least and the most of what is counted. Of the measure: below, every row ends early; above, the eye loses the next row."""

BIDI = ("auto", "terminal", "reorder")
"""Who puts right-to-left words into their order: the terminal, this program for terminals that do not, or whichever the terminal's name says."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user has settled. `given` are the names that stand in the file: those hold at every start, the others are as they were left."""

    theme: str = ""
    measure: int = 70
    justify: bool = False
    hyphenate: str = ""
    spacing: int = 1
    indent: int = 0
    focus: bool = False
    bidi: str = "auto"
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Keys by the id of an action; an empty tuple takes its keys away."""
    given: frozenset[str] = frozenset()

"""Places the reader jumped from, to go back to and forward again. Pure."""

from reader.values import dataclass, field

KEPT = 100
"""Places remembered."""
NEAR = 200
"""Characters within which two places of a document are one."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place: a document and an offset in it."""

    document: str
    offset: int

    def near(self, other: "Spot") -> bool:
        """Whether a reader would call both the same place."""
        return self.document == other.document and abs(self.offset - other.offset) < NEAR


@dataclass
class Jumps:
    """A row of places with the reader somewhere in it, as in a browser: a new jump cuts off what lay ahead."""

    _spots: list[Spot] = field(default_factory=list)
    _at: int = 0

    def leave(self, here: Spot) -> None:
        """Remember a place before jumping away from it."""
        del self._spots[self._at :]
        if not self._spots or not self._spots[-1].near(here):
            self._spots.append(here)
        del self._spots[:-KEPT]
        self._at = len(self._spots)

    def back(self, here: Spot) -> Spot | None:
        """The place jumped from last; `here` is where forward leads again. None when there is none."""
        if self._at == len(self._spots):
            if self._spots and self._spots[-1].near(here):
                self._at -= 1
            else:
                self._spots.append(here)
        else:
            self._spots[self._at] = here
        if self._at == 0:
            return None
        self._at -= 1
        return self._spots[self._at]

    def forward(self, here: Spot) -> Spot | None:
        """The place that was gone back from; None when there is none."""
        if self._at + 1 >= len(self._spots):
            return None
        self._spots[self._at] = here
        self._at += 1
        return self._spots[self._at]

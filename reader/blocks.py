"""What a text is made of: the roles of its blocks, and the blocks. Importers take these names from `reader.model`."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import overload

from reader.values import dataclass


class Role(StrEnum):
    """What a block is to its reader. Order is part of the index format: append only."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    BYLINE = "byline"
    CONTACT = "contact"
    HEADING = "heading"
    BODY = "body"
    BLOCKQUOTE = "blockquote"
    ATTRIBUTION = "attribution"
    LIST_ITEM = "list_item"
    CODE = "code"
    TABLE = "table"
    CAPTION = "caption"
    ITEM_TITLE = "item_title"
    ITEM_TEASER = "item_teaser"
    ITEM_LABEL = "item_label"
    LINK_LINE = "link_line"
    ABOUT = "about"
    BOILERPLATE = "boilerplate"
    DUPLICATE_TITLE = "duplicate_title"
    METADATA = "metadata"


ROLES = tuple(Role)
FURNITURE = frozenset({Role.BOILERPLATE, Role.DUPLICATE_TITLE, Role.METADATA})
"""Roles of words that belong to the page and not to the article: dimmed, folded away on demand, never deleted."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph-like piece of a document. `level`: of a heading 1-6; how deep a list item or block quote is nested, from 1; else 0."""

    role: Role
    start: int
    end: int
    level: int = 0


class Blocks(Sequence[Block]):
    """The blocks of a document in order, packed: 10 MB of text has 40,000 of them, and building them one by one would be felt.

    `starts` and `ends` are arrays of code-point offsets for bisecting without building a block.
    """

    __slots__ = ("ends", "levels", "roles", "starts")

    def __init__(self, blocks: Iterable[Block] = ()) -> None:
        self.starts, self.ends = array("I"), array("I")
        self.roles, self.levels = array("B"), array("B")
        for block in blocks:
            self.starts.append(block.start)
            self.ends.append(block.end)
            self.roles.append(ROLES.index(block.role))
            self.levels.append(block.level)

    @overload
    def __getitem__(self, place: int) -> Block: ...
    @overload
    def __getitem__(self, place: slice) -> list[Block]: ...
    def __getitem__(self, place: int | slice) -> Block | list[Block]:
        if isinstance(place, slice):
            return [self[i] for i in range(*place.indices(len(self)))]
        return Block(ROLES[self.roles[place]], self.starts[place], self.ends[place], self.levels[place])

    def __len__(self) -> int:
        return len(self.starts)

    def __iter__(self) -> Iterator[Block]:
        for role, start, end, level in zip(self.roles, self.starts, self.ends, self.levels, strict=True):
            yield Block(ROLES[role], start, end, level)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Blocks) and self.packed() == other.packed()

    def __hash__(self) -> int:
        return hash(self.packed())

    def __repr__(self) -> str:
        return f"Blocks({list(self)!r})"

    def packed(self) -> bytes:
        """The blocks as bytes; `unpacked` reads them back on a machine of the same byte order."""
        return b"".join(column.tobytes() for column in (self.starts, self.ends, self.roles, self.levels))

    @classmethod
    def unpacked(cls, packed: bytes) -> "Blocks":
        """Read what `packed` wrote."""
        blocks = cls()
        item = blocks.starts.itemsize
        count = len(packed) // (2 * item + 2)
        blocks.starts.frombytes(packed[: count * item])
        blocks.ends.frombytes(packed[count * item : 2 * count * item])
        blocks.roles.frombytes(packed[2 * count * item : (2 * item + 1) * count])
        blocks.levels.frombytes(packed[(2 * item + 1) * count :])
        return blocks

    def at(self, offset: int) -> int:
        """The number of the block that holds `offset`, or of the last one that starts before it; 0 when none does."""
        from bisect import bisect_right

        return max(0, bisect_right(self.starts, offset) - 1)

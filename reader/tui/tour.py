"""The tour: what is said at each step, and when the reader has done it. Pure."""

from collections.abc import Callable

from reader.values import dataclass

EXAMPLE = "you can't pay bus drivers with applause"
"""Half-remembered words that are in the samples, said otherwise."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a step may look at: whether the page has the keys, what the list shows and what its hits answer, and what has been done."""

    on_page: bool
    mode: str
    asked: str
    quoted: bool
    selected: bool
    copied: bool
    noted: bool


@dataclass(frozen=True, slots=True)
class Step:
    """What to do and why, and whether it has been done."""

    text: str
    done: Callable[[Seen], bool]


STEPS = (
    Step(
        "These are articles somebody saved. j and k move in the list. Press Enter to read the one at the cursor.", lambda seen: seen.on_page
    ),
    Step(
        "Space turns the page. Press .  to go to a quotation: the line below says who speaks, and how sure that is.",
        lambda seen: seen.quoted,
    ),
    Step(
        f"Now find words you half remember. Press /  and type:  {EXAMPLE}",
        lambda seen: seen.mode == "hits" and len(seen.asked) >= 12,
    ),
    Step(
        "The hits came while you typed, though the words are not quite those. Press Enter to go to the sentence.", lambda seen: seen.on_page
    ),
    Step("Press v to select the sentence. w adds a word, W takes one away; the mouse does it too.", lambda seen: seen.selected),
    Step("Press y to copy these words exactly, with who said them and where.", lambda seen: seen.copied),
    Step(
        "Press a to write a note on them. Type something; Ctrl+S keeps it, on the disk before the window says so.", lambda seen: seen.noted
    ),
    Step("Press &  to see all your notes. They find their words again when a file changes.", lambda seen: seen.mode == "notes"),
    Step('Press "  for all quotations, or @  for everybody quoted.', lambda seen: seen.mode in ("quotes", "speakers")),
    Step(
        "That is most of it. u undoes anything, ?  shows every key, :  takes commands. q ends. Then: pullquote add FOLDER, or A in the window.",
        lambda _: False,
    ),
)
"""Two minutes, if one reads a little on the way."""


def linear() -> list[str]:
    """The tour for a terminal without a window: one line a step."""
    return [f"{number}. {step.text}" for number, step in enumerate(STEPS, 1)]

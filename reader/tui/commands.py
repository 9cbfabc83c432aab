"""What may be typed behind ":". Owns the names, how they are found from their beginnings, and their completions. Pure.

Every action of the table is a command under its id, and under its short name where no other command has that. A few take words.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from reader.tui.actions import ACTIONS, SCREEN, Action
from reader.values import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """A command with words behind it. `name` and `also` are what may be typed; `takes` says what words it wants."""

    name: str
    takes: str
    about: str
    also: tuple[str, ...] = ()


COMMANDS = (
    Command("open", "TITLE", "open the document with these words in its title", ("o", "edit-document")),
    Command("search", "WORDS", "search everything"),
    Command("find", "WORDS", "find in this document"),
    Command("note", "TEXT", "keep a note on the selected words, or the sentence at the cursor"),
    Command("tag", "TAGS", "give this document tags, separated by commas"),
    Command("sort", "ORDER", "sort the documents: title, date, added, read"),
    Command("filter", "WORDS", "list only what has these words"),
    Command("theme", "NAME", "other colours"),
    Command("set", "NAME VALUE", "change a setting until the window is closed; without words, say how all are set"),
    Command("add", "PATH", "take a folder or a file into the library"),
    Command("export", "FORMAT [FILE]", "write the notes to a file"),
    Command("link", "N", "open the link with this number on the page"),
    Command("paragraph", "N", "go to this paragraph; also :N, and :N% for a part of the text"),
    Command("help", "WORDS", "keys and commands that have to do with these words", ("h",)),
    Command("quit", "", "quit", ("q", "qa", "wq", "x")),
)
"""The commands that take words; the others are the actions."""


def short_names() -> dict[str, Action]:
    """Every action by what it may be called: its id, and its short name, of which the screen's action has the first right."""
    found: dict[str, Action] = {}
    taken = {name for command in COMMANDS for name in (command.name, *command.also)}
    for action in sorted(ACTIONS, key=lambda action: action.part != SCREEN):
        found[action.id] = action
        short = action.name.replace("_", "-")
        if short not in found and short not in taken:
            found[short] = action
    return found


_DIGITS = 9
"""Digits of a number that matter: no text is so long, and Python refuses numbers of thousands."""


def parse(typed: str) -> tuple[str, str]:
    """The name and the words behind it; `3`, `50%` and `$` are places."""
    typed = typed.strip().lstrip(":").strip()
    if typed and typed.rstrip("%").isdecimal():
        return ("percent" if typed.endswith("%") else "paragraph"), typed.rstrip("%")[:_DIGITS]
    if typed == "$":
        return "page.bottom", ""
    name, _, rest = typed.partition(" ")
    return name, rest.strip()


def resolve(name: str) -> tuple[Command | Action | None, Sequence[str]]:
    """The command or action of that name or of which it is the only beginning; else None and what it could be."""
    named = {also: command for command in COMMANDS for also in (command.name, *command.also)}
    actions = short_names()
    if name in named or name in actions:
        return named.get(name) or actions[name], ()
    begun = {command.name: command for command in COMMANDS if command.name.startswith(name)}
    found: dict[str, Command | Action] = {**{short: action for short, action in actions.items() if short.startswith(name)}, **begun}
    distinct = {id(thing): thing for thing in found.values()}
    if len(distinct) == 1:
        return next(iter(distinct.values())), ()
    if len(begun) == 1:
        return next(iter(begun.values())), ()
    return None, sorted(found)


Values = Callable[[str], Iterable[str]]
"""What may stand behind a command, asked for when some of it has been typed; those that do not begin so are left out later."""


def completion(typed: str, values: Mapping[str, Values]) -> str | None:
    """What a command that is being typed may become, the likeliest; `values` are the words that may stand behind a name."""
    name, space, rest = typed.partition(" ")
    if not space:
        names = [*(command.name for command in COMMANDS), *short_names()]
        return next((whole for whole in names if name and whole.startswith(name) and whole != name), None)
    asked = values.get(name)
    begun = rest.casefold()
    found = next((value for value in asked(rest) if value.casefold().startswith(begun) and value != rest), None) if asked and rest else None
    return f"{name} {found}" if found else None

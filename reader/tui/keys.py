"""Bindings made from the table of actions, and a keymap of the user's laid over it.

Owns how keys of a settings file become Textual's. Refuses to know what an action does. A key that the user gives to one action is taken
from whichever action of the same part had it before.
"""

from collections.abc import Mapping, Sequence

from textual.binding import Binding, BindingType

from reader.tui.actions import ACTIONS, NONE, SCREEN, Action, pressed

_FIRST = frozenset({"search", "find", "command"})
"""Actions that lead to typing: were their keys not seen before the widget's own, a fast typist's next letters would run as commands
before the field has the keys."""

_DIGITS = "0123456789"


def binding(action: Action) -> Binding:
    """The binding of an action."""
    first = action.part == SCREEN and action.name in _FIRST
    return Binding(action.keys, action.deed, action.about, id=action.id, show=False, priority=first)


def bindings(part: str) -> list[BindingType]:
    """The bindings of one part of the window, in the order of the table; the page and the list take counts."""
    counts = [Binding(digit, f"digit({digit})", "Count", show=False) for digit in _DIGITS] if part != SCREEN else []
    return [*(binding(action) for action in ACTIONS if action.part == part), *counts]


def keymap(wanted: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The keymap for Textual, of ids and keys as the settings file has them. An empty list takes an action's keys away.

    Where another action of the same part has a key by default, it loses that one and keeps its others.
    """
    made = {name: ",".join(pressed(key) for key in keys) or NONE for name, keys in wanted.items()}
    parts = {action.id: action.part for action in ACTIONS}
    taken = {(parts[name], key): name for name, keys in made.items() for key in keys.split(",")}
    anywhere = {key for _, key in taken}
    for action in ACTIONS:
        if action.id not in made:
            first = action.part == SCREEN and action.name in _FIRST  # such a key would be seen before that of any other part
            left = [key for key in action.keys.split(",") if (action.part, key) not in taken and not (first and key in anywhere)]
            if len(left) < len(action.keys.split(",")):
                made[action.id] = ",".join(left) or NONE
    return made

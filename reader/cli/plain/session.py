"""A whole session without a screen: what is said first, one command a line, and the end."""

import os
from collections.abc import Callable, Sequence
from functools import partial

from reader.cli.plain.commands import perform
from reader.cli.plain.desk import Desk
from reader.cli.plain.lines import Ended, Lines, many
from reader.errors import PullquoteError
from reader.library import Library


def run(folder: str | None, view: Sequence[str] = ()) -> int:
    """Read the library in `folder`, or exactly these files and folders, line by line; returns the exit code.

    The end of input quits. So does Ctrl+C, pressed twice, where somebody types; once only stops what is being done, for it is
    pressed to stop a voice. In a script it ends everything, as it does anywhere.
    """
    lines = Lines()
    with Library.open(folder) as library:
        desk = Desk(library, [os.path.abspath(path) for path in view], lines)
        _attempt(desk, lambda: _begin(desk))
        pressed = False
        while not desk.done:
            try:
                line = lines.read()
                pressed = False
                _attempt(desk, partial(_obey, desk, line))
            except Ended:
                break
            except KeyboardInterrupt:
                if not lines.typing:
                    raise
                print()
                if pressed:
                    break
                pressed = True
                desk.say("Ctrl+C again quits, and so does q.")
    return 0


def _obey(desk: Desk, line: str) -> None:
    """Do what a line says, on the library as it is now."""
    changes = desk.library.notes_store.changes()
    if changes != desk.changes_seen:  # another window wrote something
        desk.changes_seen = changes
        _attempt(desk, desk.renew)
    _attempt(desk, partial(perform, desk, line))
    desk.remember()


def _attempt(desk: Desk, deed: Callable[[], None]) -> None:
    """Do something; an error is one line, and the choices there are."""
    try:
        deed()
    except PullquoteError as error:
        desk.say(str(error))
        for choice in getattr(error, "choices", ()):
            desk.say(choice)
    except KeyboardInterrupt:
        if not desk.lines.typing:
            raise
        print()
        desk.say("Stopped.")


def _begin(desk: Desk) -> None:
    """What is there, and what to type."""
    desk.load()
    if desk.view or desk.entries or desk.library.notes_store.folders():
        _attempt(desk, lambda: _told_look(desk))
    if not desk.entries:
        what = "There is no document in it; ! says what was left out and why." if desk.view else "The library is empty."
        desk.say(f"{what} Type samples to look at the sample documents, A and a path to add a file or a folder, ? for help, q to quit.")
        desk.listing = desk.documents()
        return
    notes = sum(entry.notes for entry in desk.entries.values())
    there = many(len(desk.entries), "document") + (f", {many(notes, 'note')}" if notes else "")
    desk.say(f"pullquote: {there}. A number opens one, Enter goes on, / and words search, ? lists the commands, q quits.")
    if len(desk.view) == 1 and os.path.isfile(desk.view[0]):
        desk.listing = desk.documents()
        desk.go(1)
    else:
        desk.listing = desk.documents()
        desk.more()


def _told_look(desk: Desk) -> None:
    counts = desk.look()
    changed = [f"{counts[status]} {status}" for status in ("new", "changed", "moved", "missing") if counts.get(status)]
    if changed and not desk.view:
        desk.say(f"Since last time: {', '.join(changed)}.")

"""Handing over to other programs: an address to the system's own for it, a text to the user's editor.

Python's `webbrowser` is not used: where there is no desktop it starts browsers that draw over the window.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from textual.app import App, SuspendNotSupported

from reader.errors import PullquoteError

_PROGRAMS = ("open",) if sys.platform == "darwin" else ("xdg-open", "gio open", "wslview")


def open_address(address: str) -> bool:
    """Start the program and leave it to itself; False when there is none or no desktop to show it on."""
    desktop = sys.platform == "darwin" or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("WSL_DISTRO_NAME")
    )
    for program in _PROGRAMS if desktop else ():
        words = program.split()
        if shutil.which(words[0]):
            try:
                subprocess.Popen(  # noqa: S603 - a fixed program, and an address that was looked at
                    [*words, address],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                )
            except OSError:
                return False
            return True
    return False


def edited(app: App[object], path: Path, begin_with: str) -> None:
    """Let a file be edited in the user's own editor; the window gives it the terminal meanwhile. Raises `PullquoteError`."""
    from reader.hall.editor import edit

    try:
        with app.suspend():
            edit(path, begin_with, "settings")
    except SuspendNotSupported as error:
        raise PullquoteError("settings", "the editor", "this terminal cannot be lent to it") from error


def written(app: App[object], text: str) -> str:
    """The text as it was left in the user's own editor; the window gives it the terminal meanwhile. Raises `PullquoteError`."""
    from reader.hall.editor import written as left

    try:
        with app.suspend():
            return left(text, "edit")
    except SuspendNotSupported as error:
        raise PullquoteError("edit", "the editor", "this terminal cannot be lent to it") from error

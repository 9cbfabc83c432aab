"""The clipboard: the terminal's (OSC 52) and, because many terminals ignore that, the system's own program where there is one."""

import contextlib
import os
import shutil
import subprocess

from textual.app import App

_PROGRAMS = (("WAYLAND_DISPLAY", ("wl-copy",)), ("DISPLAY", ("xclip", "-selection", "clipboard")), ("", ("pbcopy",)))


def copy(app: App[object], text: str) -> None:
    """Put text on the clipboard as well as this terminal can."""
    app.copy_to_clipboard(text)
    for variable, command in _PROGRAMS:
        if (not variable or os.environ.get(variable)) and shutil.which(command[0]):
            with contextlib.suppress(OSError, subprocess.TimeoutExpired):
                subprocess.run(command, input=text.encode(), timeout=1, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - fixed programs
            return

"""Opening an address with the system's own program for it.

Python's `webbrowser` is not used: where there is no desktop it starts browsers that draw over the window.
"""

import os
import shutil
import subprocess
import sys

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

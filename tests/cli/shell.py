"""A shell script in a pseudo-terminal, and programs without one, for the tests of the command line."""

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios

from tests.tui.test_terminal import Terminal

PULLQUOTE = f"{sys.executable} -m reader"
"""How a script calls the program."""


class Shell(Terminal):
    """A script of /bin/sh with a terminal of 100x30; `pullquote` in it is the program."""

    def __init__(self, script, shell=("/bin/sh", "-c"), **environment):
        self.pid, self.end = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", COLUMNS="100", LINES="30", **environment)
            os.execv(shell[0], [*shell, f'pullquote() {{ {PULLQUOTE} "$@"; }}\n{script}'])
        fcntl.ioctl(self.end, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        self.seen = b""

    def all(self):
        """Everything that the script printed, and how it ended."""
        code = self.ended()
        while self.read(0.05):
            pass
        os.close(self.end)
        return self.seen.decode().replace("\r\n", "\n"), code


def without_terminal(script, given=None, **environment):
    """Run a script of /bin/sh in a session of its own, so that there is no controlling terminal."""
    return subprocess.run(
        ["/bin/sh", "-c", f'pullquote() {{ {PULLQUOTE} "$@"; }}\n{script}'],
        input=given,
        stdin=None if given is not None else subprocess.DEVNULL,
        capture_output=True,
        check=False,
        start_new_session=True,
        timeout=60,
        env={**os.environ, **environment},
    )

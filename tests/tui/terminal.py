"""The program in a pseudo-terminal: what is typed into it, and every byte it writes."""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time


class Terminal:
    """A child with a terminal that we hold the other end of. `seen` is all it wrote."""

    def __init__(self, *words, environment, size=(36, 120)):
        self.pid, self.end = pty.fork()
        if self.pid == 0:
            os.execve(sys.executable, [sys.executable, "-m", "reader", *map(str, words)], environment)
        self.seen = b""
        self.over = None
        self.resize(*size)

    def resize(self, rows, columns):
        """Another size, as when a window is dragged."""
        fcntl.ioctl(self.end, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        os.kill(self.pid, signal.SIGWINCH)

    def read(self, seconds=0.0):
        """Read what is there; whether anything was."""
        if not select.select([self.end], [], [], seconds)[0]:
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

    def until(self, marker, most=40.0):
        """Read until something was written."""
        deadline = time.monotonic() + most
        while marker not in self.seen:
            assert time.monotonic() < deadline, self.seen[-2000:]
            self.read(0.1)

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

    def alive(self):
        """Whether it still runs."""
        if self.over is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.over = os.waitstatus_to_exitcode(status) if pid else None
        return self.over is None

    def leave(self, name="SIGTERM", most=30.0):
        """Ask it to end; its exit code."""
        if self.alive():
            os.kill(self.pid, getattr(signal, name))
        deadline = time.monotonic() + most
        while self.alive() and time.monotonic() < deadline:
            self.read(0.05)
        if self.alive():
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            os.close(self.end)
            raise AssertionError("it never ended")
        self.settle(0.05, 1)
        os.close(self.end)
        return self.over

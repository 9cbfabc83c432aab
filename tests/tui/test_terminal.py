"""The window in a real pseudo-terminal: it ends cleanly on every signal and when the terminal goes away, and gives the screen back."""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time

import pytest

from reader.library import Library


class Terminal:
    """A child with a terminal of 100x30 that we hold the other end of."""

    def __init__(self, *arguments, environment=()):
        self.pid, self.end = pty.fork()
        if self.pid == 0:
            os.environ.pop("NO_COLOR", None)
            os.environ.update({"TERM": "xterm-256color", "COLORTERM": "truecolor", "COLUMNS": "100", "LINES": "30", **dict(environment)})
            os.execv(sys.executable, [sys.executable, "-m", "reader", *map(str, arguments)])
        fcntl.ioctl(self.end, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        self.seen = b""

    def read(self, seconds=0.1):
        if select.select([self.end], [], [], seconds)[0]:
            try:
                self.seen += os.read(self.end, 65536)
            except OSError:
                return False
        return True

    def until(self, marker, seconds=30):
        deadline = time.monotonic() + seconds
        while marker not in self.seen:
            assert self.read(), self.seen[-2000:]
            assert time.monotonic() < deadline, self.seen[-2000:]

    def ended(self, seconds=20):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.end >= 0:
                self.read(0.05)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.02)
        os.kill(self.pid, signal.SIGKILL)
        raise AssertionError("it never ended")

    def end_cleanly(self, name="SIGTERM"):
        """Send the signal, and see that the program ends well and what it said last."""
        os.kill(self.pid, getattr(signal, name))
        assert self.ended() == 0
        while self.read(0.05) and select.select([self.end], [], [], 0.05)[0]:
            pass
        os.close(self.end)


@pytest.fixture
def folder(tmp_path):
    saved = tmp_path / "saved"
    saved.mkdir()
    (saved / "clock.txt").write_text("The Clock\n\n" + "\n\n".join(f"Paragraph {n} of the clock." for n in range(80)), encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        for _ in library.add([saved]):
            pass
    return tmp_path / "library"


@pytest.fixture
def terminal(folder):
    """The window with its list and the first page on the screen."""
    started = Terminal("--library", folder)
    started.until(b"Paragraph 3 ")
    return started


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_ends_it_cleanly_and_the_place_is_kept(terminal, folder, name):
    os.write(terminal.end, b"\r")
    terminal.until(b"find")
    os.write(terminal.end, b"\x1b[6~\x1b[6~")
    terminal.until(b"Paragraph 28 ")
    terminal.end_cleanly(name)
    assert b"\x1b[?1049l" in terminal.seen, "the alternate screen was left"
    assert b"\x1b[?25h" in terminal.seen, "the cursor came back"
    with Library.open(folder) as library:
        assert library.read(library.documents()[0].id).position > 0


def test_a_closed_terminal_ends_it(terminal, folder):
    os.close(terminal.end)
    terminal.end = -1
    terminal.ended()
    with Library.open(folder) as library:
        assert library.notes_store.problems() == []


def test_q_ends_it(terminal):
    os.write(terminal.end, b"q")
    assert terminal.ended() == 0
    os.close(terminal.end)


def test_without_a_terminal_it_says_so(folder, capsys):
    from reader.cli.main import main

    assert main(["--library", str(folder)]) == 2
    assert capsys.readouterr().err == "pullquote: open: the window: needs a terminal; --plain and the verbs do not, see --help\n"


def test_what_is_typed_before_the_first_frame_is_searched_for(folder):
    terminal = Terminal("--library", folder)
    os.write(terminal.end, b"/paragraf 41 of the clok")
    terminal.until(b"clok")
    terminal.until(b"changed")
    terminal.end_cleanly()
    with Library.open(folder) as library:
        assert library.notes() == []


def test_keys_in_a_burst_act_in_the_order_they_were_pressed(terminal):
    terminal.until(b"keys")
    os.write(terminal.end, b"/abc\x15clogs\x7f\x7fck par")
    terminal.until(b"clock par")
    terminal.until(b"Paragraph")
    terminal.end_cleanly()

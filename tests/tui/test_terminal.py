"""The window in a real pseudo-terminal: it ends cleanly on every signal and when the terminal goes away, and gives the screen back."""

import pytest

from reader.library import Library
from tests.libraries import filled
from tests.terminal import Terminal


@pytest.fixture
def folder(tmp_path):
    text = "The Clock\n\n" + "\n\n".join(f"Paragraph {n} of the clock." for n in range(80))
    with filled(tmp_path, {"clock.txt": text}):
        return tmp_path / "library"


@pytest.fixture
def terminal(folder):
    """The window with its list and the first page on the screen."""
    started = Terminal("--library", folder, size=(30, 100))
    started.until(b"Paragraph 3 ")
    return started


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_ends_it_cleanly_and_the_place_is_kept(terminal, folder, name):
    terminal.write(b"\r")
    terminal.until(b"find")
    terminal.write(b"\x1b[6~\x1b[6~")
    terminal.until(b"Paragraph 28 ")
    assert terminal.leave(name) == 0
    assert b"\x1b[?1049l" in terminal.seen, "the alternate screen was left"
    assert b"\x1b[?25h" in terminal.seen, "the cursor came back"
    with Library.open(folder) as library:
        assert library.read(library.documents()[0].id).position > 0


def test_a_closed_terminal_ends_it(terminal, folder):
    terminal.hang_up()
    terminal.ended()
    with Library.open(folder) as library:
        assert library.notes_store.problems() == []


def test_q_ends_it(terminal):
    terminal.write(b"q")
    assert terminal.ended() == 0


def test_without_a_terminal_it_says_so(folder, capsys):
    from reader.cli.main import main

    assert main(["--library", str(folder)]) == 2
    assert capsys.readouterr().err == "pullquote: open: the window: needs a terminal; --plain and the verbs do not, see --help\n"


def test_what_is_typed_before_the_first_frame_is_searched_for(folder):
    terminal = Terminal("--library", folder, size=(30, 100))
    terminal.write(b"/paragraf 41 of the clok")
    terminal.until(b"clok")
    terminal.until(b"changed")
    assert terminal.leave() == 0
    with Library.open(folder) as library:
        assert library.notes() == []


def test_keys_in_a_burst_act_in_the_order_they_were_pressed(terminal):
    terminal.until(b"keys")
    terminal.write(b"/abc\x15clogs\x7f\x7fck par")
    terminal.until(b"clock par")
    terminal.until(b"Paragraph")
    assert terminal.leave() == 0

"""Hostile text in every place that can hold text, through the real program into a real terminal; and what people and systems do to it."""

import contextlib
import os
import random
import signal
import time

import pytest

from reader.errors import PullquoteError
from reader.library import Library
from tests.bench.monkey import run
from tests.libraries import filled
from tests.terminal import Terminal
from tests.tui.hostile import SIGN, evil, file_name, smuggled

PADDING = "The lamp was lit at dusk and nobody at the pier spoke of wages until the morning ferry had gone. " * 12


def library_of(base, seed):
    """A library with hostile names, titles, texts, authors, links, speakers, notes, tags, bookmarks, searches and colours; and a settings file."""
    dice = random.Random(seed)
    saved = base / f"saved {file_name(evil(dice))}"
    saved.mkdir()

    def bad():
        return evil(dice)

    documents = {
        f"clock {file_name(bad())}.txt": f"Clock {bad()}\n\n“The gull words {bad()} are here,” said {bad()} Marsh of {bad()}. “Words {bad()}.”\n\n{PADDING}\n",
        "moon.md": f"---\ntitle: Moon {bad()!r}\nauthor: {bad()!r}\ntags: [{bad()!r}]\n---\n\n# Head {bad()}\n\n## Part {bad()}\n\nMoon words [li{bad()}nk](http://x.example/{bad()})"
        f" and [one](#head) and a note[^1].\n\n| a {bad()} | b |\n|---|---|\n| {bad()} | c |\n\n[^1]: Foot {bad()}\n\n{PADDING}\n",
        "harbour.html": f"<html><head><title>Harbour {bad()}</title><meta name=author content='{bad()}'></head><body><h1>Harbour {bad()}</h1>"
        f"<p>“Harbour words {bad()},” said {bad()} Oster.</p><a href='javascript:{bad()}'>x</a> <a href='https://x.example/{bad()}'>y</a>"
        f"<pre>{bad()}</pre><blockquote>{bad()}</blockquote><p>{PADDING}</p></body></html>",
    }
    for name, text in documents.items():
        (saved / name).write_text(text, encoding="utf-8", errors="replace", newline="")
    (saved / f"broken {file_name(bad())}.txt").write_bytes(bytes(range(256)) * 30)
    with Library.open(base / "library") as library:
        for _ in library.add([saved]):
            pass
        for entry in library.documents():
            library.annotate(entry.id, 0, 5, bad(), [bad()])
            library.annotate(entry.id, 8, 12, "", [bad()])
            library.bookmark(entry.id, name=bad())
            for deed in (
                lambda: library.tag(entry.id, [bad()]),  # noqa: B023 - done at once
                lambda: library.correct(entry.id, publisher=bad()),  # noqa: B023
                lambda: library.save_search(bad(), keep=True),
                lambda: library.attribute(entry.id, library.read(entry.id).quotes[0], bad()),  # noqa: B023
            ):
                with contextlib.suppress(PullquoteError, IndexError):
                    deed()
    (base / "config.toml").write_text(
        f"theme = {bad()!r}\nmeasure = {bad()!r}\n{bad()}\n[keys]\nscreen.note = {bad()!r}\n", errors="replace"
    )
    return base / "library"


def pasted(text):
    """A bracketed paste; what would end it is left out, as every terminal does."""
    return "\x1b[200~" + text.replace("\x1b", "").replace("\x9b", "") + "\x1b[201~"


def walk(dice):
    """Keys through every screen, with hostile text typed wherever something can be typed."""
    bad = [pasted(evil(dice)) for _ in range(12)]
    return (
        "j", "k", "s", "s", "f", bad[0], "\x1b", "\r", " ", ".", "w", "w", "v", "H", "\x1b", "\x1b", "\x1b", "v", "a", bad[1], "\t", bad[2], "\x13",
        "y", "b", "m", "a", "'", "\x1b", "B", bad[3], "\r", "l", "\x1b", "T", "\x1b", "K", "\x1b", "\x1b", "/", bad[4], "\r", "\x1b", "\x1b",
        "/", "words", "\r", "n", "S", bad[5], "\x1b", "\x1b", "\x1b", "&", "V", "\x1b", " ", "t", bad[6], "\r", "\x1b", "#", "R", "\x1b", "\x1b", '"', "f",
        bad[7], "\x1b", "\x1b", "@", "M", bad[8], "\x1b", "\x1b", ":", bad[9], "\r", ":open ", bad[10], "\r", "t", bad[11], "\x1b", "c", "\x1b",
        "!", "\x1b", "?", bad[0], "\x1b", "\x10", bad[1], "\x1b", "F", "F", "u", "U", "o", "O", "z", "A", bad[2], "\r", "\x1b",
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_nothing_hostile_reaches_a_terminal(tmp_path, seed):
    folder = library_of(tmp_path, seed)
    size = ((36, 120), (24, 80), (20, 60))[seed % 3]
    terminal = Terminal("--library", folder, settings={"PULLQUOTE_CONFIG": str(tmp_path / "config.toml")}, size=size)
    terminal.until(b"Moon")
    terminal.settle()
    for keys in walk(random.Random(seed)):
        terminal.type(keys, 0.05)
    assert terminal.alive()
    assert terminal.leave() == 0
    assert SIGN.encode() in terminal.seen, "the letters are there"
    assert smuggled(terminal.seen) == []
    with Library.open(folder) as library:
        assert library.notes_store.problems() == []


def test_the_guard_sees_what_is_smuggled():
    for bad in ("\x1b[31337m", "\x1b]52;c;31337\x07", "\x9b31337m", "\u202e", "\x1b]8;;javascript:x\x1b\\"):
        assert smuggled(f"a{bad}b".encode()), repr(bad)
    assert smuggled(b"\x1b[31mred\x1b[0m\x1b]8;id=1;https://x.example/a\x1b\\link\x1b]8;;\x1b\\\r\n [31337m") == []


@pytest.mark.parametrize("seed", range(2))
def test_a_monkey_at_the_keys_breaks_nothing_and_loses_no_note(seed):
    assert run(1500, seed) == []


@pytest.fixture
def folder(tmp_path):
    documents = {
        f"clock{number}.txt": f"The Clock {number}\n\n"
        + "\n\n".join(f"“Paragraph {n} of the clock {number},” said Odile Marsh." for n in range(80))
        for number in range(4)
    }
    with filled(tmp_path, documents) as library:
        for entry in library.documents():
            library.annotate(entry.id, 0, 9, "a note that stays")
    return tmp_path / "library"


def test_a_storm_of_sizes_leaves_the_window_whole(folder):
    terminal = Terminal("--library", folder)
    terminal.until(b"Paragraph 3 ")
    terminal.type("\r")
    dice = random.Random(7)
    for _ in range(150):
        terminal.resize(dice.randint(1, 70), dice.randint(1, 250))
        terminal.write(dice.choice([b"j", b" ", b"\t", b"", b"v", b"w"]))
        terminal.read(0.01)
    terminal.resize(30, 100)
    terminal.settle()
    terminal.seen = b""
    terminal.type("\x1b\x1b\x1bg")
    assert terminal.alive()
    assert terminal.leave() == 0
    assert smuggled(terminal.seen) == []


def test_a_paste_of_ten_megabytes_into_the_page_the_search_and_a_note(folder):
    terminal = Terminal("--library", folder)
    terminal.until(b"Paragraph 3 ")
    big = b"\x1b[200~" + b"qxdA word \r\n" * (10_000_000 // 12) + b"\x1b[201~"
    terminal.write(big)
    terminal.settle(1.0)
    assert terminal.alive(), "a paste is no keys"
    terminal.type("/")
    terminal.write(big)
    terminal.settle(1.0)
    terminal.type("\x1b")
    terminal.type("\x1b")
    assert terminal.alive()
    with Library.open(folder) as library:
        assert len(library.notes()) == 4
    assert terminal.leave() == 0


def test_a_terminal_that_is_closed_while_it_cannot_keep_up_ends_the_window(folder):
    terminal = Terminal("--library", folder)
    terminal.until(b"Paragraph 3 ")
    terminal.type("\r")
    os.set_blocking(terminal.end, False)
    for _ in range(400):  # nobody reads what is drawn
        with contextlib.suppress(BlockingIOError):
            os.write(terminal.end, b" \x1b[5~")
        time.sleep(0.005)
    terminal.hang_up()
    terminal.ended()


def test_ctrl_z_gives_the_screen_back_and_fg_draws_it_again(folder):
    terminal = Terminal("--library", folder)
    terminal.until(b"Paragraph 3 ")
    terminal.settle()
    terminal.write(b"\x1a")
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        terminal.read(0.05)
        pid, status = os.waitpid(terminal.pid, os.WNOHANG | os.WUNTRACED)
        if pid:
            assert os.WIFSTOPPED(status)
            break
    else:
        raise AssertionError("it never stopped")
    terminal.settle()
    assert terminal.seen.rstrip().endswith(b"\x1b[?25h") or b"\x1b[?1049l" in terminal.seen[-400:]
    terminal.seen = b""
    os.kill(terminal.pid, signal.SIGCONT)
    terminal.until(b"Paragraph 3 ")
    terminal.type("\r")
    assert terminal.leave() == 0

"""Keys pressed faster than the window can act on them: every one does what it would have done slowly. And ends that come at a bad moment."""

import time

import pytest

from reader.library import Library
from tests.libraries import filled
from tests.terminal import Terminal


@pytest.fixture
def folder(tmp_path):
    text = "The Clock\n\n" + "\n\n".join(f"“It struck {n} at the quay,” said Odile Marsh." for n in range(1, 60))
    with filled(tmp_path, {"clock.txt": text}):
        return tmp_path / "library"


def burst(folder, keys, then, **more):
    """Write all keys at once and see what comes of it; returns the notes."""
    terminal = Terminal("--library", folder, settings=more)
    terminal.until(b"struck 3 ")
    terminal.settle()
    terminal.write(keys.encode())
    deadline = time.monotonic() + 40
    while time.monotonic() < deadline:
        terminal.read(0.1)
        with Library.open(folder) as library:
            notes = library.notes()
        if then(notes, terminal):
            break
    terminal.leave()
    assert then(notes, terminal), terminal.seen[-1500:]
    return notes


def test_a_note_written_in_one_burst_is_kept_whole(folder):
    burst(
        folder,
        "\rvagreat food for thought / and more\x13",
        lambda notes, _: [n.body for n in notes] == ["great food for thought / and more"],
    )


def test_tab_leads_to_the_tags_before_the_next_letter(folder):
    (note,) = burst(folder, "\rvabody text\tmytag\x13", lambda notes, _: len(notes) == 1)
    assert (note.body, note.tags) == ("body text", ("mytag",))


def test_a_command_a_movement_and_another_command(folder):
    (note,) = burst(folder, "\r:set measure 60\rjj:note hi\r", lambda notes, _: len(notes) == 1)
    assert note.body == "hi"


def test_a_search_enter_and_a_note_on_the_hit(folder):
    (note,) = burst(folder, "/struck 33 at\ramine\x13", lambda notes, _: len(notes) == 1)
    assert note.body == "mine"
    assert "struck 33" in note.exact


def test_a_mark_and_an_object_in_one_burst(folder):
    notes = burst(folder, "\r.maish", lambda notes, _: len(notes) == 2)
    assert {(note.kind, note.body) for note in notes} == {("bookmark", "a"), ("highlight", "")}


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_what_stands_in_the_editor_when_the_window_must_close_goes_to_a_rescue_file(folder, name):
    terminal = Terminal("--library", folder)
    terminal.until(b"struck 3 ")
    terminal.type("\rva")
    terminal.until(b"Ctrl+S keep")
    terminal.type("half a thought")
    terminal.until(b"thought")
    terminal.leave(name)
    (rescued,) = (folder / "rescue").iterdir()
    assert "half a thought" in rescued.read_text(encoding="utf-8")


def test_ctrl_q_asks_before_it_throws_a_note_away(folder):
    terminal = Terminal("--library", folder)
    terminal.until(b"struck 3 ")
    terminal.type("\rva")
    terminal.until(b"Ctrl+S keep")
    terminal.type("half\x11")
    terminal.until(b"throws this away")
    assert terminal.alive()
    terminal.type("\x13")
    terminal.until(b"note kept")
    assert terminal.leave() == 0


@pytest.mark.parametrize("wait", [0.1, 0.3, 0.6, 1.0, 1.6])
def test_an_end_at_any_moment_of_the_start_is_an_end(folder, wait):
    terminal = Terminal("--library", folder)
    until = time.monotonic() + wait
    while time.monotonic() < until:
        terminal.read(0.02)
    terminal.leave()
    assert (b"\x1b[?1049h" in terminal.seen) == (b"\x1b[?1049l" in terminal.seen)

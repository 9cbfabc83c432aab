"""`pullquote --plain`: golden conversations in tests/cli/plain, and what must hold for every command.

A line "$ ..." is typed at the shell, as in test_sessions.py; a line ">" or "> ..." is typed to the program, and what it answers stands
below. To accept new output: `PULLQUOTE_ACCEPT=1 python -m pytest tests/cli`, then read the diff.
"""

import io
import os
import re
import shutil
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from reader.cli.main import main
from reader.cli.plain.commands import BY_NAME, COMMANDS, WINDOW_ONLY, perform, understood
from reader.cli.plain.desk import Desk
from reader.cli.plain.lines import Lines, numbers
from reader.cli.plain.words import tagged
from reader.cli.window import only_prints
from reader.library import Library
from reader.tui.actions import ACTIONS, all_keys, keys_of
from tests.cli.test_sessions import plain, typed
from tests.terminal import Terminal
from tests.test_docs import blocks

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SESSIONS = sorted((HERE / "plain").glob("*.session"))


class Typed(io.StringIO):
    """Standard input that shows in the output what is typed, and where."""

    def readline(self, size=-1):
        line = super().readline(size)
        if line:
            print(f"> {line}".rstrip())
        return line


def conversation(words, said, monkeypatch, capsys):
    """Run a plain session; returns its lines, those typed among them."""
    monkeypatch.setattr(sys, "stdin", Typed("".join(line + "\n" for line in said)))
    code = main(words)
    out, err = capsys.readouterr()
    return [*out.splitlines(), *("! " + line for line in err.splitlines())] + ([f"? {code}"] if code else [])


def played(wanted, folder, monkeypatch, capsys):
    """The session as it comes out now."""
    got = []
    starts = [n for n, line in enumerate(wanted) if line.startswith(("$ ", "; "))]
    for n, end in zip(starts, [*starts[1:], len(wanted)], strict=True):
        line, said = wanted[n], [text[2:] for text in wanted[n + 1 : end] if text == ">" or text.startswith("> ")]
        got.append(line)
        if line.startswith("$ pullquote --plain"):
            words = [str(folder / word) if word.startswith("saved") else word for word in line.split()[2:]]
            lines = conversation(["--plain", *words], said, monkeypatch, capsys)
            got += [re.sub(r"^\d{4}-\d\d-\d\d \d\d:\d\d(?=; )", "<time>", plain(text, folder)) or "~" for text in lines]
        elif line.startswith("$ "):
            got += typed(line[2:], folder, monkeypatch, capsys)
    return got


@pytest.mark.parametrize("path", SESSIONS, ids=lambda path: path.stem)
def test_session(path, tmp_path_factory, monkeypatch, capsys):
    folder = tmp_path_factory.mktemp(path.stem)
    shutil.copytree(HERE / "documents", folder / "saved")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PULLQUOTE_LIBRARY", str(folder / "library"))
    wanted = path.read_text(encoding="utf-8").splitlines()
    got = played(wanted, folder, monkeypatch, capsys)
    if os.environ.get("PULLQUOTE_ACCEPT"):
        path.write_text("\n".join(got) + "\n", encoding="utf-8")
    assert got == wanted


def test_the_conversation_in_the_readme_is_a_real_one(tmp_path, monkeypatch, capsys):
    (shown,) = blocks("plain")
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("PULLQUOTE_LIBRARY", str(tmp_path / "library"))
    first, *rest = shown.splitlines()
    assert first == "$ pullquote --plain sample_docs"
    got = conversation(["--plain", "sample_docs"], [line[2:] for line in rest if line.startswith(">")], monkeypatch, capsys)
    pattern = "".join("(?:.*\n)*?" if line == "..." else re.escape(line) + "\n" for line in rest)
    assert re.fullmatch(pattern, "\n".join(got) + "\n"), "\n".join(got)


# -- keys ------------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """The two documents, nothing open, and output that is kept."""
    saved = tmp_path / "saved"
    shutil.copytree(HERE / "documents", saved)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    with Library.open(tmp_path / "library") as library:
        for _ in library.add([saved]):
            pass
        desk = Desk(library, [], Lines())
        desk.listing = desk.documents()
        yield desk


def answer(desk, capsys, *lines):
    capsys.readouterr()
    for line in lines:
        perform(desk, line)
    return capsys.readouterr().out


def window_keys():
    return sorted({name if len(name) == 1 else name.lower() for action in ACTIONS for name in keys_of(action)})


@pytest.mark.parametrize("name", window_keys())
@pytest.mark.parametrize("opened", [False, True], ids=["list", "page"])
def test_every_key_of_the_window_works_or_says_that_it_belongs_to_the_window(name, opened, desk, capsys):
    if opened:
        perform(desk, "1")
    told = answer(desk, capsys, name)
    assert "Unknown" not in told
    assert told.strip() or desk.done
    assert ("belongs to the window only" in told) == (name in WINDOW_ONLY)
    assert (name in BY_NAME or name == "enter") != (name in WINDOW_ONLY)


def test_the_keys_of_dialogs_and_the_palette_are_answered_too(desk, capsys):
    assert "belongs to the window only" in answer(desk, capsys, "Ctrl+P")
    for name in {name for names, _ in all_keys() for name in names.split()}:
        assert "Unknown" not in answer(desk, capsys, name)


@pytest.mark.parametrize("sent", ["\x1b", "\x1b[A", "\x1b[6~", "\x06", "\x0f"])
def test_what_a_terminal_sends_for_a_key_is_that_key(sent):
    assert understood(sent)[0] in BY_NAME


def test_help_tells_of_every_command_in_pages_and_forgets_nothing(desk, capsys):
    told = answer(desk, capsys, "?", *[""] * 6)
    assert all(command.about and f"{command.called}: {command.about}" in told for command in COMMANDS)
    assert "The end of the list." in told


def test_help_leads_back_to_where_it_was_asked_for(desk, capsys):
    told = answer(desk, capsys, "1", "?", "a seen")
    assert "Note kept on “Ferry Crew Asks for a Timetable”." in told or "Note kept on “" in told
    assert desk.on_page


def test_no_name_means_two_commands():
    names = [name for command in COMMANDS for name in (*command.keys, *command.names)]
    assert len(names) == len(set(names))


# -- what words mean -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2", ([2], "")),
        ("2 4: wages", ([2, 4], "wages")),
        ("2, 4", ([2, 4], "")),
        ("3 drivers quit", ([], "3 drivers quit")),
        ("at 3: they quit", ([], "at 3: they quit")),
        ("", ([], "")),
    ],
)
def test_a_note_may_begin_with_a_number_without_meaning_that_note(text, wanted):
    assert numbers(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ask them #wages #2023/pay", ("ask them", ["wages", "2023/pay"])),
        ("see item #4", ("see item #4", [])),
        ("#wages first", ("#wages first", [])),
        ("#wages", ("", ["wages"])),
    ],
)
def test_tags_stand_at_the_end_of_a_note_and_a_bare_number_is_none(text, wanted):
    assert tagged(text) == wanted


def test_a_note_never_goes_on_words_that_were_not_the_last_shown(desk, capsys):
    told = answer(desk, capsys, "1", "/ timetable promise", "a which?")
    assert "No words at hand" in told
    assert not desk.library.notes()


def test_a_note_that_cannot_be_stored_is_rescued_and_says_where(desk, capsys, monkeypatch):
    perform(desk, "1")
    monkeypatch.setattr(desk.library.index, "reading", lambda _: None)
    with pytest.raises(Exception, match="its text is in"):
        perform(desk, "a precious")
    (kept,) = desk.library.paths.rescue.iterdir()
    assert "precious" in kept.read_text(encoding="utf-8")


def test_a_note_made_while_its_file_changed_lands_on_the_words_that_were_read(desk, tmp_path, capsys):
    perform(desk, "1")
    perform(desk, "v printed timetable")
    path = Path(desk.library.documents([desk.reading.page.id])[0].path)
    path.write_text("A line in front.\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    for _ in desk.library.add([path]):
        pass
    told = answer(desk, capsys, "a seen")
    assert "“printed timetable”" in told
    (note,) = desk.library.notes()
    assert desk.library.read(note.document).text[note.start : note.end] == "printed timetable"


def test_a_number_that_was_heard_goes_on_meaning_the_same_note(desk, capsys):
    answer(desk, capsys, "1", "G", "a late", "g", "a early")
    assert "Deleted: note, on “The board said it would think about it.”: late" in answer(desk, capsys, "d 1")
    answer(desk, capsys, "u", "&")
    assert "early" in answer(desk, capsys, "d 1")
    assert "late" in answer(desk, capsys, "d 2")
    assert "no such notes" in answer(desk, capsys, "d 1")
    assert not desk.library.notes()


def test_a_note_from_another_window_is_told_of(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PULLQUOTE_LIBRARY", str(tmp_path / "library"))

    class Meanwhile(Typed):
        def readline(self, size=-1):
            line = super().readline(size)
            if line == "k\n":
                with Library.open(tmp_path / "library") as other:
                    (entry,) = other.documents(other.viewed([str(HERE / "documents" / "reply.txt")]))
                    other.annotate(entry.id, *other.place_words(entry.id, "harbour board answered"), "from elsewhere")
            return line

    monkeypatch.setattr(sys, "stdin", Meanwhile("\nk\nq\n"))
    assert main(["--plain", str(HERE / "documents" / "reply.txt")]) == 0
    assert "note 1, on “harbour board answered”: from elsewhere" in capsys.readouterr().out


def test_furniture_in_the_midst_is_counted_where_it_is_left_out(tmp_path, monkeypatch, capsys):
    menu = "<nav><a href='/a'>Home</a></nav>"
    page = f"<html><body><h1>Boats</h1><p>One boat sails.</p>{menu}<p>Two boats sail.</p>{menu}</body></html>"
    (tmp_path / "boats.html").write_text(page, encoding="utf-8")
    monkeypatch.setenv("PULLQUOTE_LIBRARY", str(tmp_path / "library"))
    lines = conversation(["--plain", str(tmp_path / "boats.html")], [""] * 2, monkeypatch, capsys)
    told = [line for line in lines if "furniture" in line]
    assert told[0].startswith("2 paragraphs of page furniture left out; z")
    assert told[1:] == ["1 paragraph of page furniture left out here."]
    assert lines[-1] == "The end of the document, 100 percent."


# -- what reaches the terminal ---------------------------------------------------------------------------------------------------

HOSTILE = "\x1b]52;c;aGk=\x07 \x1b[2J \x9b31m \u202eback\u202c \x00 \r over"


def test_no_control_character_of_a_document_a_note_or_a_name_is_printed(tmp_path, monkeypatch, capsys):
    saved = tmp_path / "saved"
    saved.mkdir()
    page = (
        f"<html><head><title>Quiet {HOSTILE} title</title></head><body><h1>Quiet {HOSTILE} title</h1><nav>menu {HOSTILE}</nav>"
        f"<p>“We {HOSTILE} will stay,” said Odile {HOSTILE} Marsh, mate {HOSTILE}.</p><pre>code {HOSTILE}\nmore</pre>"
        f"<p><a href='http://example.test/{HOSTILE}'>link {HOSTILE}</a></p></body></html>"
    )
    (saved / "quiet\x1b[31m\u202e.html").write_text(page.replace("\0", ""), encoding="utf-8")
    (saved / "bad\x1b[31m.pdf").write_bytes(b"%PDF")
    monkeypatch.setenv("PULLQUOTE_LIBRARY", str(tmp_path / "library"))
    said = ["1", "", "", "", "", "z", "g", "", "", "", "", f"a note {HOSTILE} #tag\x1b[2J", "V", "y", "o", "o 1", "O", "links", "1"]
    said += [
        "tab",
        "m a",
        "'",
        "H red",
        f"H red means {HOSTILE}",
        "H",
        ". ",
        "S",
        f"S {HOSTILE}",
        '"',
        "1",
        "@",
        "&",
        "#",
        f"/ stay {HOSTILE}",
        "1",
    ]
    said += [
        f"c title {HOSTILE}",
        f"t {HOSTILE}",
        "documents",
        f"{HOSTILE}",
        f"f {HOSTILE}",
        f"A {HOSTILE}",
        "!",
        "r",
        "!",
        "save",
        "/",
        "where",
        "?",
    ]
    lines = conversation(["--plain", str(saved)], [line.replace("\r", "") for line in said], monkeypatch, capsys)
    answers = [line for line in lines if not line.startswith("> ")]
    assert any("Note kept" in line for line in answers)
    assert any("\ufffd" in line for line in answers)
    assert [line for line in answers if not line.isprintable()] == []


def run_alone(folder, given, code="from reader.cli.main import main; main(['--plain'])"):
    """A process of its own; returns what it printed and the modules it had imported."""
    script = f"import sys\n{code}\nprint('\\n'.join(sys.modules), file=sys.stderr)"
    environment = {**os.environ, "PULLQUOTE_LIBRARY": str(folder)}
    done = subprocess.run([sys.executable, "-c", script], input=given, capture_output=True, text=True, check=True, env=environment)
    return done.stdout, set(done.stderr.split())


def test_it_never_imports_the_window_nor_what_edits_lines_with_escape_codes(tmp_path):
    said = f'A {HERE / "documents"}\n1\n\n.\na seen\nh\nu\n&\n"\n@\n#\n?\n/ timetable\n1\ny\n'
    out, loaded = run_alone(tmp_path, said)
    assert "Note kept" in out
    assert "\x1b" not in out
    assert not {name for name in loaded if name.split(".")[0] in {"textual", "rich", "readline", "curses"}}


def test_lines_are_wrapped_for_a_terminal_only(tmp_path, monkeypatch, capsys):
    long = "word " * 60
    Lines().say(long)
    assert capsys.readouterr().out == long.rstrip() + "\n"
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "40")
    Lines().say(long)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 5
    assert max(map(len, lines)) < 40
    assert " ".join(lines) == long.rstrip()


def test_the_end_of_the_input_quits_and_what_was_being_written_is_kept(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PULLQUOTE_LIBRARY", str(tmp_path / "library"))
    lines = conversation(["--plain", str(HERE / "documents" / "reply.txt")], ["a", "first line", "second line"], monkeypatch, capsys)
    assert lines[-1].startswith("Note kept on")
    with Library.open(tmp_path / "library") as library:
        assert [note.body for note in library.notes()] == ["first line\nsecond line"]


def test_a_long_paragraph_without_sentences_is_read_in_pieces_that_lose_nothing(tmp_path, monkeypatch, capsys):
    words = [f"word{n}" for n in range(2000)]
    (tmp_path / "long.txt").write_text("Long\n\n" + " ".join(words) + "\n", encoding="utf-8")
    monkeypatch.setenv("PULLQUOTE_LIBRARY", str(tmp_path / "library"))
    lines = conversation(["--plain", str(tmp_path / "long.txt")], [""] * 20, monkeypatch, capsys)
    assert re.findall(r"word\d+", "\n".join(lines)) == words
    assert max(map(len, lines)) <= 3000
    assert lines[-1] == "The end of the document, 100 percent."


# -- in a terminal ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def dumb(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    started = Terminal(HERE / "documents", settings={"TERM": "dumb", "PULLQUOTE_LIBRARY": str(tmp_path / "library")})
    started.until(b"> ")
    return started


def test_a_dumb_terminal_gets_lines_and_no_escape_code(dumb):
    assert b"pullquote: 2 documents" in dumb.seen
    assert b"\x1b" not in dumb.seen
    dumb.answers(b"2\n", b"letter of two lines.\r\n> ")
    assert b"\x1b" not in dumb.seen
    dumb.answers(b"q\n", b"q")
    assert dumb.ended() == 0


def test_one_interrupt_stops_a_voice_and_two_quit(dumb):
    dumb.answers(b"half a com\x03", b"q.\r\n> ")
    dumb.answers(b"where\n", b"\r\n> ")
    dumb.answers(b"\x03", b"q.\r\n> ")
    dumb.answers(b"\x03", b"\r\n")
    assert dumb.ended() == 0


def test_a_terminal_that_hands_over_several_lines_at_once_is_obeyed(dumb):
    attributes = termios.tcgetattr(dumb.end)
    attributes[3] &= ~termios.ICANON
    termios.tcsetattr(dumb.end, termios.TCSANOW, attributes)
    dumb.answers(b"where\n", b"\r\n> ")  # what it began to wait for before is one line
    dumb.write(b"where\nq\n")
    assert dumb.ended() == 0


def test_one_interrupt_never_quits_whenever_it_comes(dumb):
    for moment in range(20):
        dumb.answers(b"where\n", b"where\r\n")
        time.sleep(moment / 1000)
        dumb.answers(b"\x03", b"\r\n")
        dumb.answers(b"speak 3\n", b"speak")
    dumb.answers(b"q\n", b"q")
    assert dumb.ended() == 0


def test_an_interrupt_does_not_lose_a_note_that_is_being_written(dumb):
    dumb.answers(b"2\n", b"\r\n> ")
    dumb.answers(b"a\n", b"changes nothing.\r\n")
    dumb.answers(b"precious\n", b"precious\r\n")
    dumb.taken()  # an interrupt throws away what the program has not read yet
    time.sleep(0.5)
    dumb.answers(b"\x03", b"keeps it.\r\n")
    dumb.answers(b".\n", b"Note kept on")
    dumb.answers(b"\x04", b"\r\n")
    assert dumb.ended() == 0


def test_the_end_of_the_input_at_the_prompt_quits(dumb):
    dumb.answers(b"\x04", b"\r\n")
    assert dumb.ended() == 0


def test_an_interrupted_script_ends_as_interrupted(tmp_path):
    words = [sys.executable, "-m", "reader", "--plain", "--library", str(tmp_path), str(HERE / "documents")]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as script:
        assert script.stdout is not None
        assert script.stdout.readline().startswith(b"pullquote: 2 documents")
        script.send_signal(signal.SIGINT)
        assert script.wait(30) == 130


@pytest.mark.parametrize(
    ("term", "prints"), [("dumb", True), ("unknown", True), ("", True), ("xterm-256color", False), ("nothing-known-of", False)]
)
def test_the_name_of_a_terminal_says_whether_it_only_prints(term, prints):
    assert only_prints(term) is prints

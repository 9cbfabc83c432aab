"""How the program ends when nobody listens, the disk is full, a stream is closed or Ctrl+C is pressed: a code and a line, no traceback."""

import os
import signal
import subprocess
import sys
import time

import pytest

from reader.library import Library
from tests.cli.shell import Shell, without_terminal

needs_full = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("exits")
    (folder / "saved").mkdir()
    for n in range(3):
        (folder / "saved" / f"{n}.txt").write_text(f"The Ferry {n}\n\n" + "The crew asked for a timetable.\n\n" * 4000, encoding="utf-8")
    with Library.open(folder / "library") as library:
        for _ in library.add([folder / "saved"]):
            pass
    return folder


@pytest.fixture
def desk(made, monkeypatch):
    monkeypatch.chdir(made)
    monkeypatch.setenv("PULLQUOTE_LIBRARY", str(made / "library"))
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)
    return made


EVERYTHING_THAT_PRINTS = [
    "--version",
    "--help",
    "help",
    "help add",
    "list --help",
    "man",
    "completions bash",
    "list",
    "list --json",
    "show 'Ferry 2'",
    "search timetable",
    "doctor",
    "saved/1.txt",
    "add saved",
]


@needs_full
@pytest.mark.parametrize(("words", "unbuffered"), [*((words, "") for words in EVERYTHING_THAT_PRINTS), ("list --help", "1"), ("list", "1")])
def test_a_full_disk_is_one_line_and_code_2(desk, words, unbuffered):
    done = without_terminal(f"pullquote {words} > /dev/full", PYTHONUNBUFFERED=unbuffered)
    assert done.returncode == 2
    verb = "open" if words.startswith(("-", "saved")) else words.split()[0]
    assert done.stderr.decode() == f"pullquote: {verb}: output: no space left on device\n"


@pytest.mark.parametrize("words", ["--version", "help", "list", "add saved", "saved/1.txt"])
def test_a_closed_standard_output_is_one_line_and_code_2_and_nothing_is_done(desk, words):
    done = without_terminal(f"pullquote --library other {words} >&-" if words[0] != "-" else f"pullquote {words} >&-")
    assert done.returncode == 2
    assert done.stderr.decode().count("\n") == 1
    assert done.stderr.decode().endswith(": output: standard output is closed\n")
    assert not (desk / "other").exists()


@pytest.mark.parametrize("words", ["--version", "list --help", "man", "show 'Ferry 2'", "saved/1.txt"])
def test_a_reader_that_has_had_enough_is_no_error(desk, words):
    done = without_terminal(f"{{ pullquote {words}; echo $? >&2; }} | true")
    assert done.stderr.decode() == "0\n"
    done = without_terminal(f"{{ pullquote {words}; echo $? > code; }} 2>&1 | head -n 1; cat code")
    assert done.stdout.decode().endswith("\n0\n")


@pytest.mark.parametrize("words", ["show nowhere", "nowhere", "list --sideways"])
@pytest.mark.parametrize(("to", "then"), [("2>&-", ""), ("2>&1", "| true"), pytest.param("2> /dev/full", "", marks=needs_full)])
def test_an_error_that_cannot_be_told_is_still_code_2(desk, words, to, then):
    done = without_terminal(f"{{ pullquote {words} {to}; echo $? > code; }} {then}; sleep 0; cat code")
    assert done.stdout.decode() == "2\n"
    assert done.stderr.decode() == ""


def test_closed_standard_input_is_an_empty_one(desk):
    done = without_terminal("pullquote search - <&-; echo $?; pullquote list <&- | head -n 1")
    assert done.stdout.decode().startswith("2\n")
    assert "The Ferry 0" in done.stdout.decode()
    assert done.stderr.decode() == "pullquote: search: say what to look for\n"


@pytest.mark.parametrize("words", [["search", "-"], ["-"], ["import", "-"]])
def test_ctrl_c_while_it_reads_is_code_130_without_a_word(desk, words):
    with subprocess.Popen(
        [sys.executable, "-m", "reader", *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as program:
        assert program.stdin is not None
        program.stdin.write(b"timetable\n" * 100_000)  # more than a pipe holds: it is read by now
        program.stdin.flush()
        time.sleep(0.5)  # and now it waits for more
        program.send_signal(signal.SIGINT)
        program.wait(timeout=20)
        out, err = program.communicate()
    assert (program.returncode, out, err) == (130, b"", b"")


def test_ctrl_c_in_a_terminal_ends_a_pipeline_quietly(desk):
    shell = Shell("{ head -c 300000 /dev/zero | tr '\\0' a; echo ready >&2; cat; } | pullquote -")
    shell.until(b"ready")
    shell.write(b"\x03")
    said, _ = shell.all()
    assert said == "ready\n^C"

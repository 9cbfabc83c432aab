"""What a shell offers: decided by the verbs' own parsers, and asked for by real shells where they are installed."""

import os
import re
import shutil
import subprocess
import sys
import time

import pytest

from reader.cli.completing import complete, script
from reader.cli.guide import SHELLS
from reader.cli.main import VERBS, main
from reader.library import Library
from tests.cli.shell import Shell

LETTER = "Ferry Crew Asks for a Timetable\n\n“A timetable is a promise,” said Ada Quill, captain of the ferry. “We were promised one.”\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("completions")
    (folder / "bin").mkdir()
    program = folder / "bin" / "pullquote"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m reader "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    (folder / "desk" / "letters of May").mkdir(parents=True)
    (folder / "desk" / "lighthouse.txt").write_text("The Lighthouse\n\nIt shone.\n", encoding="utf-8")
    with Library.open(folder / "library") as library:
        (folder / "letter.txt").write_text(LETTER, encoding="utf-8")
        for _ in library.add([folder / "letter.txt"]):
            pass
        document = library.documents()[0].id
        start, end = library.place_words(document, "a promise", None)
        library.annotate(document, start, end, "ask again", ["wages/steps"])
    return folder


@pytest.fixture
def desk(made, monkeypatch):
    monkeypatch.chdir(made / "desk")
    monkeypatch.setenv("PULLQUOTE_LIBRARY", str(made / "library"))
    monkeypatch.setenv("PATH", f"{made / 'bin'}:{os.environ['PATH']}")
    return made


def offered(*before, current=""):
    kind, found = complete(before, current)
    return kind, [value for value, _ in found]


def test_first_come_verbs_and_files(desk):
    kind, found = offered()
    assert kind == "files"
    assert sorted(found) == sorted(VERBS)
    assert offered(current="his") == ("files", ["history"])
    assert offered("--json", current="unk") == ("files", [])
    assert offered("--library", str(desk), current="undo") == ("files", ["undo"])


def test_after_a_path_come_files_only(desk):
    assert offered("lighthouse.txt") == ("files", [])
    assert offered("--", current="l") == ("files", [])


def test_every_option_of_every_verb_is_offered_with_what_it_means(desk, capsys):
    for verb in VERBS:
        kind, found = complete([verb], "--")
        assert kind == "words"
        with pytest.raises(SystemExit):
            main([verb, "--help"])
        told = capsys.readouterr().out
        assert all(name in told for name, _ in found)
        assert {"--library", "--json", "--help"} <= {name for name, _ in found}
        assert all(about for _, about in found), verb
    assert offered(current="--v") == ("words", ["--version"])
    assert offered("--", current="--v") == ("files", [])


@pytest.mark.parametrize(
    ("before", "kind", "found"),
    [
        (["quotes", "--kind"], "words", ["direct", "fragment", "pull", "block", "chant", "all"]),
        (["export", "--format"], "words", ["jsonl", "markdown"]),
        (["note", "--colour"], "words", ["yellow", "green", "blue", "red", "purple"]),
        (["export", "-o"], "files", []),
        (["--library"], "folders", []),
        (["list", "--library"], "folders", []),
        (["add"], "files", []),
        (["import"], "files", []),
        (["search"], "words", []),
        (["undo"], "words", []),
        (["note", "--body"], "words", []),
        (["bookmark", "--name"], "words", []),
        (["completions"], "words", ["bash", "zsh", "fish"]),
        (["list", "--tag"], "words", ["wages", "wages/steps"]),
        (["note", "x", "--tag", "one"], "words", ["wages", "wages/steps"]),
        (["tags", "--rename"], "words", ["wages", "wages/steps"]),
        (["quotes", "--by"], "words", ["Ada Quill"]),
        (["attribute", "x", "--speaker"], "words", ["Ada Quill"]),
    ],
)
def test_values_are_offered_where_they_are_known(desk, before, kind, found):
    assert offered(*before) == (kind, found)


def test_documents_and_notes_are_offered_by_their_ids_with_their_words(desk):
    with Library.open() as library:
        entry, note = library.documents()[0], library.notes()[0]
    assert complete(["show"], "") == ("files", [(entry.id, "Ferry Crew Asks for a Timetable")])
    assert complete(["show"], entry.id[:4]) == ("files", [(entry.id, "Ferry Crew Asks for a Timetable")])
    assert complete(["notes", "--document"], "x") == ("files", [])
    assert complete(["edit"], "") == ("words", [(note.id[:8], "a promise")])
    kind, verbs = complete(["help"], "")
    assert (kind, sorted(value for value, _ in verbs)) == ("words", sorted(VERBS))


def test_backups_are_offered_for_restoring(desk):
    kind, found = offered("doctor", "--restore")
    assert kind == "words"
    assert found
    assert all(name.endswith(".db") for name in found)
    assert offered("doctor") == ("words", [])


def test_asking_makes_no_library(desk, tmp_path):
    assert offered("--library", str(tmp_path / "none"), "show") == ("files", [])
    assert not (tmp_path / "none").exists()


def test_hostile_words_are_not_offered(tmp_path, monkeypatch):
    monkeypatch.setenv("PULLQUOTE_LIBRARY", str(tmp_path))
    (tmp_path / "letter.txt").write_text(LETTER.replace("Ferry", "Fer\u202ery"), encoding="utf-8")
    with Library.open() as library:
        for _ in library.add([tmp_path / "letter.txt"]):
            pass
        library.tag(library.documents()[0].id, ["$(reboot)", "two words"])
    ((_, told),) = complete(["show"], "")[1]
    assert told.isprintable()
    assert "$(reboot)" in offered("list", "--tag")[1]


# -- real shells -----------------------------------------------------------------------------------------------------------------


def installed(shell):
    return pytest.mark.skipif(shutil.which(shell) is None, reason=f"{shell} is not installed")


def ask_bash(words):
    ask = """
eval "$(pullquote completions bash)"
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _pullquote 2>/dev/null
printf '%s\\n' "${COMPREPLY[@]}"
"""
    return ["bash", "--norc", "-c", ask, "bash", *words]


def ask_fish(words):
    return ["fish", "--no-config", "-c", f"pullquote completions fish | source; complete -C '{' '.join(words)}'"]


@pytest.mark.parametrize("ask", [pytest.param(ask_bash, marks=installed("bash")), pytest.param(ask_fish, marks=installed("fish"))])
@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["pullquote", "his"], ["history"]),
        (["pullquote", "li"], ["lighthouse.txt", "list"]),
        (["pullquote", "list", "--ta"], ["--tag"]),
        (["pullquote", "list", "--tag", "wages/"], ["wages/steps"]),
        (["pullquote", "quotes", "--kind", "ch"], ["chant"]),
        (["pullquote", "add", "ligh"], ["lighthouse.txt"]),
        (["pullquote", "--json", "undo", "--h"], ["--help"]),
    ],
)
def test_a_shell_completes(desk, ask, words, wanted):
    done = subprocess.run(ask(words), capture_output=True, text=True, check=False, env={**os.environ, "HOME": str(desk)}, timeout=60)
    assert done.stderr == ""
    assert sorted(line.split("\t")[0].rstrip("/") for line in done.stdout.splitlines()) == wanted


@installed("bash")
def test_bash_quotes_what_it_inserts_and_runs_nothing(desk, tmp_path):
    with Library.open(tmp_path / "library") as library:
        (tmp_path / "a.txt").write_text(LETTER, encoding="utf-8")
        for _ in library.add([tmp_path / "a.txt"]):
            pass
        library.tag(library.documents()[0].id, ["$(echo>ran)", "one;two"])
    words = ["pullquote", "--library", str(tmp_path / "library"), "list", "--tag", ""]
    done = subprocess.run(ask_bash(words), capture_output=True, text=True, check=True, timeout=60, cwd=tmp_path)
    assert done.stdout.splitlines() == [r"\$\(echo\>ran\)", r"one\;two"]
    done = subprocess.run(ask_bash(["pullquote", "quotes", "--by", ""]), capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.splitlines() == [r"Ada\ Quill"]
    assert not (tmp_path / "ran").exists()


@installed("fish")
def test_fish_shows_what_a_candidate_is(desk):
    done = subprocess.run(ask_fish(["pullquote", "show", ""]), capture_output=True, text=True, check=False, timeout=60)
    assert "\tFerry Crew Asks for a Timetable\n" in done.stdout


def bare(seen):
    """What a terminal was sent, without codes and bells."""
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|\x07", "", seen.decode(errors="replace"))


@installed("zsh")
@pytest.mark.parametrize(
    ("typed", "wanted"),
    [("pullquote hist", "history"), ("pullquote list --tag wages/", "wages/steps"), ("pullquote add ligh", "lighthouse.txt")],
)
def test_zsh_completes_in_a_terminal(desk, typed, wanted):
    (desk / ".zshrc").write_text(
        "autoload -Uz compinit; compinit -u -D\nPS1='ready> '\neval \"$(pullquote completions zsh)\"\n", encoding="utf-8"
    )
    shell = Shell("", shell=("/bin/sh", "-c", "exec zsh -i"), ZDOTDIR=str(desk), HOME=str(desk))
    shell.until(b"ready> ")
    shell.write(f"{typed}\t".encode())
    deadline = time.monotonic() + 20
    while wanted not in bare(shell.seen) and time.monotonic() < deadline:
        shell.read(0.1)
    assert wanted in bare(shell.seen)
    shell.write(b"\x15exit\r")
    shell.ended()


@installed("zsh")
def test_zsh_lists_verbs_with_what_they_do(desk):
    (desk / ".zshrc").write_text(
        "autoload -Uz compinit; compinit -u -D\nPS1='ready> '\neval \"$(pullquote completions zsh)\"\n", encoding="utf-8"
    )
    shell = Shell("", shell=("/bin/sh", "-c", "exec zsh -i"), ZDOTDIR=str(desk), HOME=str(desk))
    shell.until(b"ready> ")
    shell.write(b"pullquote un\t\tdo --\t")
    shell.until(b"print this")
    shell.write(b"\x15exit\r")
    shell.ended()


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_is_sound_for_its_shell(desk, shell):
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    done = subprocess.run([shell, "-n"], input=script(shell), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")

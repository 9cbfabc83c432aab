"""Help, the manual page and what they tell: complete, true to the program, and sound roff."""

import argparse
import re
import shutil
import subprocess
from pathlib import Path

import pytest

import reader
from reader.cli import told
from reader.cli.guide import grouped, verbs
from reader.cli.main import VERBS, main
from reader.cli.manpage import page
from reader.paths import LibraryPaths

HOUSE = Path(reader.__file__).parent


def lines_of(capsys, *words):
    assert main(words) == 0
    return capsys.readouterr().out


def test_help_lists_every_verb_once_with_a_short_line_each(capsys):
    told_lines = lines_of(capsys, "--help").splitlines()
    for name in VERBS:
        (line,) = [line for line in told_lines if re.match(rf"  {name} ", line)]
        assert 15 < len(line) <= 79
    assert lines_of(capsys, "help").splitlines() == told_lines
    assert "More" not in grouped()


@pytest.mark.parametrize("name", VERBS)
def test_help_of_a_verb_is_its_own_help_and_explains_every_option_and_word(name, capsys):
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])
    assert not ended.value.code
    own = capsys.readouterr().out
    assert lines_of(capsys, "help", name).rstrip() == own.rstrip()
    verb = verbs()[name]
    assert all(action.help for action in verb.parser()._actions)
    assert verb.brief[0].islower()
    for word in told.words_of(verb.usage):
        assert f"{word}: " in own.replace("\n", " ")


def test_help_of_what_is_no_verb_offers_the_nearest(capsys):
    assert main(["help", "serch"]) == 2
    assert capsys.readouterr().err == "pullquote: help: serch: no such verb; did you mean search?\n"


def test_every_variable_that_is_read_is_told():
    source = "\n".join(path.read_text(encoding="utf-8") for path in HOUSE.rglob("*.py"))
    asked = set(re.findall(r"environ(?:\.get\(|\[)\"(\w+)\"", source)) | set(re.findall(r"\"(PULLQUOTE_\w+)\"", source))
    asked |= set(re.findall(r"\"((?:\w+_)?DISPLAY)\"", source))
    assert asked - {"SOURCE_DATE_EPOCH"} <= set(told.ENVIRONMENT)
    assert set(told.ENVIRONMENT) - asked == {
        "XDG_DATA_HOME",
        "XDG_CONFIG_HOME",
        "COLORFGBG",
    }  # read by a library for us, and from a mapping


def test_every_file_of_a_library_is_told():
    named = {name for name, value in vars(LibraryPaths).items() if isinstance(value, property)}
    assert set(told.FILES) == named


def test_the_page_tells_every_verb_option_variable_file_and_code():
    text = page()
    plain = re.sub(r"\\f[BIR]", "", text).replace("\\-", "-")
    for name, verb in verbs().items():
        assert f"pullquote {name}" in plain
        for action in verb.parser()._actions:
            assert all(option in plain for option in action.option_strings)
            assert action.help == argparse.SUPPRESS or action.help
    for heading in ("NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "VERBS", "EXAMPLES", "FILES", "ENVIRONMENT", "EXIT STATUS"):
        assert f"\n.SH {heading}\n" in text
    for name in (*told.ENVIRONMENT, *map(str, told.EXITS), "library.db", "piped", "pullquote.log"):
        assert f"\n.B {name}\n" in plain
    assert text.isascii()


def test_the_page_comes_out_alike_wherever_it_is_made(monkeypatch, tmp_path):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    first = page()
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PULLQUOTE_LIBRARY", str(tmp_path))
    assert page() == first
    assert '"1970-01-02"' in first


@pytest.mark.parametrize("command", [["groff", "-man", "-ww", "-Tutf8"], ["mandoc", "-T", "lint"]], ids=lambda command: command[0])
def test_the_page_is_sound_roff(command, capsys):
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run(command, input=lines_of(capsys, "man"), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    if command[0] == "mandoc":
        assert done.stdout == ""
    else:
        assert "pullquote completions SHELL" in re.sub(r"\x1b\[[\d;]*m|.\x08", "", done.stdout)


def test_the_code_reads_as_it_is_told_where_words_are_odd(capsys):
    """A word that roff would take for a request, or an option that it would hyphenate, is neither."""
    assert not re.search(r"^'", page(), re.MULTILINE)
    assert not re.search(r"^\.(?!TH|SH|SS|TP|PP|B |BR |br|RS|RE)", page(), re.MULTILINE)
    assert not re.search(r"(?<!\\)-", re.sub(r"^\.(TH|SH|SS).*", "", page(), flags=re.MULTILINE))

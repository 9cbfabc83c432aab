"""Golden command-line sessions: what is typed and what comes back, one file a story.

A line "; ..." is a remark, a line "$ pullquote ..." is typed; the lines below are its standard output ("~" for an empty one), "! " before those on standard error, and "? N" the exit code
when it is not 0. `<id>`, `<short>`, `<rule>`, `<time>` and `<folder>` stand for what differs from run to run; "<<< text" is standard input;
"$ write FILE text" and "$ move A B" change files. To accept new output: `PULLQUOTE_ACCEPT=1 python -m pytest tests/cli`, then read the diff.
"""

import io
import os
import re
import shlex
import shutil
import sys
from pathlib import Path

import pytest

from reader.cli.main import main

HERE = Path(__file__).parent
SESSIONS = sorted((HERE / "sessions").glob("*.session"))


def typed(line, folder, monkeypatch, capsys):
    """Run one command; returns its lines as a session shows them."""
    line, _, given = line.partition(" <<< ")
    words = shlex.split(line)
    if words[0] == "write":
        (folder / words[1]).write_text(words[2].replace("\\n", "\n"), encoding="utf-8")
        return []
    if words[0] == "move":
        shutil.move(folder / words[1], folder / words[2])
        return []
    if words[0] == "delete-file":
        (folder / words[1]).unlink()
        return []
    assert words[0] == "pullquote"
    monkeypatch.setattr(sys, "stdin", io.StringIO(given.replace("\\n", "\n")))
    code = main(words[1:])
    out, err = capsys.readouterr()
    lines = [*out.splitlines(), *("! " + text for text in err.splitlines())]
    return [plain(text, folder) or "~" for text in lines] + ([f"? {code}"] if code else [])


def plain(line, folder):
    line = line.replace(str(folder), "<folder>")
    line = re.sub(r"\b[0-9a-f]{32}\b", "<id>", line)
    line = re.sub(r"^[0-9a-f]{8}(?=  (?:note|highlight|bookmark))", "<short>", line)
    line = re.sub(r"(note|highlight|bookmark|edit|delete) [0-9a-f]{8}\b", r"\1 <short>", line)
    line = re.sub(r"\^pq-[0-9a-f]{12}", "^pq-<short>", line)
    line = re.sub(r"\d{4}-\d\d-\d\d\.daily", "<day>.daily", line)
    line = re.sub(r'"rule": "[^"]+"', '"rule": "<rule>"', line)
    return re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", "<time>", line)


@pytest.mark.parametrize("path", SESSIONS, ids=lambda path: path.stem)
def test_session(path, tmp_path_factory, monkeypatch, capsys):
    tmp_path = tmp_path_factory.getbasetemp() / path.stem.replace("_", "")  # an underscore would be escaped in Markdown
    tmp_path.mkdir()
    shutil.copytree(HERE / "documents", tmp_path / "saved")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PULLQUOTE_LIBRARY", str(tmp_path / "library"))
    monkeypatch.setenv("COLUMNS", "80")  # help is folded to the width of the terminal
    wanted = path.read_text(encoding="utf-8").splitlines()
    got = []
    for line in wanted:
        if line.startswith(("$ ", "; ")):
            got.append(line)
        if line.startswith("$ "):
            got += typed(line[2:], tmp_path, monkeypatch, capsys)
    if os.environ.get("PULLQUOTE_ACCEPT"):
        path.write_text("\n".join(got) + "\n", encoding="utf-8")
    assert got == wanted

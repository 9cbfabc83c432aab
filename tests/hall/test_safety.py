"""Strangers write documents, names and databases: nothing of theirs reaches a terminal raw, through any verb or the window."""

import io
import json
import re
import sqlite3
import sys
from contextlib import closing

import pytest

from reader.cli.main import main
from reader.library import Library

HOSTILE = "\x1b]52;c;cHduZWQ=\x07\x1b[31m\x9b31m\x90q\x9c\r\x08\x7f\u202eRLO\u2066\u200f\u061c[/][bold][@click=app.quit]x[/]"
"""OSC 52, CSI, C1, BEL, CR, backspace, delete, direction marks, and markup that closes, opens and clicks."""
NAME = HOSTILE.replace("/", "")
RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff]")
PADDING = "The lamp was lit at dusk and nobody at the pier spoke of wages until the morning ferry had gone. " * 20

DOCUMENTS = {
    f"plain {NAME}.txt": f"Clock {HOSTILE} one\n\nThe gull words {HOSTILE} are here.\n\n{PADDING}\n",
    "moon.md": f'---\ntitle: "Moon {HOSTILE}"\npublisher: "{HOSTILE}"\nauthor: "{HOSTILE}"\ntags: ["{HOSTILE}"]\n---\n\n# Head {HOSTILE}\n\n'
    f"Moon words [link](http://example.org/{HOSTILE}) <b {HOSTILE}>b</b> &#27;[31m &#x9b;31m &#x202e;\n\n{PADDING}\n",
    "harbour.html": f'<html><head><title>Harbour {HOSTILE} &#27;]52;c;x&#7; &#x9b;</title><meta name=author content="{HOSTILE}&#27;"></head>'
    f"<body><h1>Harbour &#27; {HOSTILE}</h1><p title='{HOSTILE}'>Harbour words &#27;[2J&#155;31m&#x202e; "
    f"<a href='javascript:&#27;]52;{HOSTILE}'>link</a></p><p>{PADDING}</p></body></html>",
}


@pytest.fixture
def pullquote(monkeypatch, capsys):
    """Runs a command line on a library folder; returns exit code, standard output and standard error."""

    def run(folder, *words, given=""):
        monkeypatch.setattr(sys, "stdin", io.StringIO(given))
        code = main(["--library", str(folder), *words])
        return code, *capsys.readouterr()

    return run


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A library in which every place that can hold text holds hostile text."""
    base = tmp_path_factory.mktemp("hostile")
    saved = base / f"saved {NAME}"
    saved.mkdir()
    for name, text in DOCUMENTS.items():
        (saved / name).write_text(text, encoding="utf-8", newline="")
    folder = base / f"library {NAME}"
    with Library.open(folder) as library:
        assert [outcome.status for outcome in library.add([saved])] == ["new"] * 3
        for entry in library.documents():
            words = "gull words" if entry.path.endswith("txt") else "words"
            start, end = library.place_words(entry.id, words, 1)
            library.annotate(entry.id, start, end + 9, HOSTILE, [HOSTILE])
            library.bookmark(entry.id, name=HOSTILE)
            library.tag(entry.id, [HOSTILE])
            library.correct(entry.id, byline=HOSTILE, publisher=HOSTILE)
        library.notes_store.remember_setting("search", HOSTILE)
    return folder


VERBS = [
    ["list"],
    ["list", HOSTILE],
    ["list", f"--{HOSTILE}"],
    ["show", "Clock"],
    ["show", "Moon"],
    ["show", "Harbour"],
    ["show", HOSTILE],
    ["search", "words", HOSTILE],
    ["search", "-"],
    ["search", "x", "-n", HOSTILE],
    ["notes"],
    ["notes", HOSTILE],
    ["note", "Clock", "--quote", HOSTILE],
    ["note", "Clock", "--quote", "ferry"],
    ["note", HOSTILE, "--quote", "x"],
    ["note", "Clock", "--quote", "gull", "--nth", HOSTILE],
    ["bookmark", HOSTILE],
    ["edit", HOSTILE, "--body", "x"],
    ["delete", HOSTILE],
    ["correct", "Clock", "--date", HOSTILE],
    ["correct", "Clock", "--title", f"{HOSTILE} Clock"],
    ["remove", HOSTILE],
    ["add", f"/nowhere/{HOSTILE}"],
    ["add"],
    ["export", "--format", "markdown"],
    ["export", "--format", HOSTILE],
    ["export", "--format", "markdown", "-o", f"/nowhere/{HOSTILE}"],
    ["doctor"],
    ["undo"],
    [HOSTILE],
    [f"--{HOSTILE}"],
]


@pytest.mark.parametrize("words", VERBS, ids=lambda words: " ".join(words).replace(HOSTILE, "HOSTILE").replace("/", "|"))
def test_no_verb_prints_anything_raw(hostile, pullquote, words):
    for form in ([], ["--json"]):
        _, out, err = pullquote(hostile, *form, *words, given=f"words {HOSTILE}\n")
        assert not RAW.findall(out + err)
        assert "Traceback" not in err
        assert "unexpected" not in err


def test_a_database_edited_by_hand_prints_nothing_raw(hostile, pullquote, tmp_path):
    """Somebody else's index is a database from a stranger. (`show` without --json trusts the decoder and is not asked here.)"""
    folder = tmp_path / "edited"
    folder.mkdir()
    for name in ("library.db", "index.db"):
        with closing(sqlite3.connect(hostile / name)) as source, closing(sqlite3.connect(folder / name)) as target:
            source.backup(target)
    with closing(sqlite3.connect(folder / "index.db")) as index, index:
        index.execute("UPDATE piece SET text = replace(text, '\ufffd', char(27))")
        index.execute("UPDATE document SET display_title = ? || display_title", (HOSTILE,))
        index.execute("UPDATE file SET error = ?, status = 'failed'", (HOSTILE,))
    with closing(sqlite3.connect(folder / "library.db")) as notes, notes:
        tags = json.dumps([HOSTILE])
        notes.execute(
            "UPDATE annotation SET exact = ?, body = ?, tags = ?, created = ?, modified = ?", (HOSTILE, HOSTILE, tags, HOSTILE, HOSTILE)
        )
        notes.execute("UPDATE document SET tags = ?, added = ?", (tags, HOSTILE))
        notes.execute("UPDATE operation SET label = ?", (HOSTILE,))
        notes.execute("UPDATE location SET path = path || ?", (HOSTILE,))
        notes.execute("UPDATE setting SET value = ?", (HOSTILE,))
    for words in (["list"], ["search", "words"], ["notes"], ["doctor"], ["export", "--format", "markdown"], ["undo"]):
        for form in ([], ["--json"]):
            _, out, err = pullquote(folder, *form, *words)
            assert not RAW.findall(out + err), words
            assert "unexpected" not in err

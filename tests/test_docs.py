"""The README says what the program does: its verbs, options, keys, JSON, sessions and figures are compared with the real ones.

Reads README.md as its readers do, by headings and tables. A sample or a key that changes makes these fail until the README follows.
"""

import contextlib
import datetime as dt
import importlib.util
import io
import json
import os
import re
import shlex
import shutil
import tempfile
from pathlib import Path

import pytest
from textual.binding import Binding

from reader import __version__
from reader.cite.exchange import formats as export_formats
from reader.cli.main import VERBS, main
from reader.ingest.read import formats as file_formats
from reader.library import Library
from reader.model import FURNITURE, Role
from reader.paths import LibraryPaths
from reader.tui.actions import all_keys, pressed
from reader.tui.choice import Choice
from reader.tui.dialogs import NoteEditor, Questions
from reader.tui.help import PairList
from reader.tui.reading_screen import ReadingScreen

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PICTURES = sorted((ROOT / "docs").glob("*.svg"))


def section(heading, text=README):
    """What stands below a heading, up to the next one of its level or a higher one."""
    found = re.search(rf"^(#+) {heading}[^\n]*\n", text, re.MULTILINE)
    assert found, f"the README has no heading {heading}"
    level = len(found.group(1))
    rest = text[found.end() :]
    after = re.search(rf"^#{{1,{level}}} ", rest, re.MULTILINE)
    return rest[: after.start()] if after else rest


def blocks(language, text=README):
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def rows(text):
    """The rows of the tables in `text`, each a list of cells, without heads and rules."""
    lines = re.findall(r"^\| (.*) \|$", text, re.MULTILINE)
    below = [*lines[1:], ""]
    return [line.split(" | ") for line, after in zip(lines, below, strict=True) if not line.startswith("---") and after != "--- | ---"]


def described(verb):
    """The section of a verb, its heading included."""
    heading = re.search(rf"^### `pullquote {verb}\b[^\n]*\n", README, re.MULTILINE)
    assert heading, f"the README does not describe {verb}"
    return heading.group() + section(rf"`pullquote {verb}\b")


def run(*words, given=""):
    """Run one command line; returns exit code, standard output and standard error."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), pytest.MonkeyPatch.context() as patched:
        patched.setattr("sys.stdin", io.StringIO(given))
        code = main(list(words))
    return code, out.getvalue(), err.getvalue()


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    """A folder with the samples and a library that holds them; reading them once is enough for all tests."""
    folder = tmp_path_factory.mktemp("samples")
    shutil.copytree(ROOT / "sample_docs", folder / "sample_docs")
    with Library.open(folder / "library") as library:
        for _ in library.add([folder / "sample_docs"]):
            pass
    return folder


@pytest.fixture
def desk(samples, tmp_path, monkeypatch):
    """A folder to work in: the samples' folder, with a copy of its library that is this test's own."""
    shutil.copytree(samples / "library", tmp_path / "library")
    monkeypatch.chdir(samples)
    monkeypatch.setenv("PULLQUOTE_LIBRARY", str(tmp_path / "library"))
    return tmp_path


# -- the command line ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/pullquote sample_docs",
        "python3 -m venv .venv && .venv/bin/pip install -q -e '.[dev]' && .venv/bin/python -m pytest",
    ],
)
def test_the_set_up_lines_stand_alone_in_a_block(line):
    assert f"{line}\n" in blocks("sh")


def test_every_verb_has_a_heading_and_every_heading_a_verb():
    assert sorted(re.findall(r"^### `pullquote (\w+)", README, re.MULTILINE)) == sorted(VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_has_the_options_that_the_readme_names(verb, capsys):
    with pytest.raises(SystemExit) as ended:
        main([verb, "--help"])
    assert not ended.value.code
    lines = [line.split("  ")[0] for line in re.findall(r"^  (-.*)$", capsys.readouterr().out, re.MULTILINE)]
    real = set(re.findall(r"(?:^|[ ,])(--?[a-z][a-z-]*)", " ".join(lines))) - {"-h", "--help", "--library", "--json"}
    named = set(re.findall(r"[`\[ ](--?[a-z][a-z-]*)", re.sub(r"```.*?```", "", described(verb), flags=re.DOTALL))) - {"--json"}
    assert named == real


def test_options_of_every_verb_are_named_once_for_all():
    text = section("The command line")
    assert all(f"`{option}" in text for option in ("--library", "--json", "--help", "--version"))
    assert run("--version") == (0, f"pullquote {__version__}\n", "")
    assert f"## {__version__} " in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def shape(value):
    """The keys of a value of JSON, in their order, at every depth; of a list, those of its first element."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [shape(value[0])] if value and isinstance(value[0], dict) else []
    return None


def in_order(value):
    return json.dumps(shape(value))


def printed(verb):
    """The first object that `verb` prints, after what it needs was done."""
    ledger = "After 22 days"
    _, told, _ = run("note", ledger, "--quote", "the drawer had a false bottom", "--body", "b", "--tag", "money", "--json")
    made = json.loads(told)["id"]
    if verb == "redo":
        run("undo")
    if verb == "import":
        run("export", "--format", "jsonl", "-o", "notes.jsonl")
    words = {
        "add": ["sample_docs"],
        "list": [],
        "show": [ledger],
        "search": ["the drawer had a secret bottom"],
        "quotes": [ledger, "--by", "thale"],
        "speakers": [],
        "note": [ledger, "--quote", "own tooth that hurts"],
        "place": [made],
        "history": [made],
        "tags": [],
        "undo": [],
        "redo": [],
        "import": ["notes.jsonl"],
        "remove": ["sample_docs"],
        "export": ["--format", "jsonl"],
        "doctor": [],
    }
    code, out, err = run(verb, *words[verb], "--json")
    assert (code, err) == (0, "")
    return json.loads(out.splitlines()[0])


EXAMPLES = {verb: blocks("json", described(verb)) for verb in re.findall(r"^### `pullquote (\w+)", README, re.MULTILINE)}


@pytest.mark.parametrize("verb", [verb for verb, found in EXAMPLES.items() if found])
def test_a_json_example_has_the_keys_that_are_printed(verb, desk):
    assert len(EXAMPLES[verb]) == 1
    assert in_order(json.loads(EXAMPLES[verb][0])) == in_order(printed(verb))


def test_verbs_without_an_example_print_what_the_readme_says_they_print(desk):
    assert {verb for verb, found in EXAMPLES.items() if not found} == {
        "bookmark",
        "notes",
        "edit",
        "delete",
        "correct",
        "remove",
        "attribute",
        "settings",
        "tour",
        "help",
        "man",
        "completions",
    }
    note = in_order(json.loads(EXAMPLES["note"][0]))
    entry = in_order(json.loads(EXAMPLES["list"][0]))
    code, out, _ = run("bookmark", "After 22 days", "--json")
    made = json.loads(out)
    assert (code, in_order(made)) == (0, note)
    for words in (["notes"], ["edit", made["id"], "--body", "x"], ["delete", made["id"]]):
        code, out, _ = run(*words, "--json")
        assert (code, in_order(json.loads(out))) == (0, note)
    code, out, _ = run("attribute", "After 22 days", "--quote", "the drawer had a false bottom", "--unknown", "--json")
    assert (code, list(json.loads(out))) == (0, list(json.loads(EXAMPLES["quotes"][0])))
    for words in (["correct", "After 22 days", "--date", "2023"], ["remove", "After 22 days"]):
        code, out, _ = run(*words, "--json")
        assert (code, in_order(json.loads(out))) == (0, entry)


def test_every_role_is_named_and_the_furniture_last():
    named = re.search(r"^`role` is one of (.*?)\. The last three", section("The command line"), re.MULTILINE | re.DOTALL)
    assert named
    roles = re.findall(r"`(\w+)`", named.group(1))
    assert sorted(roles) == sorted(Role)
    assert set(roles[-3:]) == set(FURNITURE)


# -- sessions and programs -------------------------------------------------------------------------------------------------------


def plain(text):
    """Without the random parts of notes' ids."""
    text = re.sub(r"^[0-9a-f]{8}(?=  (?:note|highlight|bookmark))", "<short>", text, flags=re.MULTILINE)
    return re.sub(r"\^pq-[0-9a-f]{12}", "^pq-<short>", text)


def pattern(wanted):
    """A pattern of an expected output; a line "..." stands for any lines."""
    return "".join("(?:.*\n)*?" if line == "..." else re.escape(line) + "\n" for line in plain(wanted).splitlines())


def test_the_sessions_come_out_as_printed(desk, monkeypatch):
    monkeypatch.setenv("PULLQUOTE_LIBRARY", str(desk / "fresh"))
    said = [re.findall(r"^\$ pullquote (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE) for block in blocks("console")]
    commands = [command for session in said for command in session]
    assert len(commands) >= 7
    for typed, wanted in commands:
        _, out, err = run(*shlex.split(typed))
        assert re.fullmatch(pattern(wanted), plain(out + err).rstrip() + "\n"), f"$ pullquote {typed}\n{out}{err}"


def test_the_half_remembered_quotes_find_what_the_readme_says(desk):
    queries = rows(section("Five minutes"))
    assert len(queries) == 5
    with Library.open() as library:
        first = [library.search(query)[0] for query, _ in queries]
    for hit, (_, wanted) in zip(first, queries, strict=True):
        assert wanted in hit.sentence
    assert [hit.weak for hit in first] == [False, True, False, False, False]


def test_the_python_example_runs(desk, monkeypatch, capsys):
    shutil.copytree(ROOT / "sample_docs", desk / "sample_docs")
    monkeypatch.chdir(desk)
    (code,) = blocks("python")
    exec(compile(code, "README.md", "exec"), {})
    out = capsys.readouterr().out
    assert "15 documents" in out
    assert "“The drawer had a false bottom" in out
    assert "> “The drawer had a false bottom" in out


# -- keys ------------------------------------------------------------------------------------------------------------------------


def key(name):
    """A key however it is written, as Textual calls it."""
    return pressed(name)


def bound(*widgets):
    bindings = [binding for widget in widgets for binding in widget.BINDINGS if isinstance(binding, Binding)]
    return {key(name) for binding in bindings for name in binding.key.split(",")}


def test_every_key_is_in_the_tables_and_every_key_in_the_tables_is_one():
    real = {key(name) for names, _ in all_keys() for name in names.split()} | bound(ReadingScreen, NoteEditor, Questions, PairList, Choice)
    cells = [cells for cells in rows(section("Keys")) if cells[0].startswith("`")]
    assert cells
    named = {key(name) for first, rest in cells for name in re.findall(r"`([^`]+)`", f"{first} {rest}")}
    assert named == real


# -- files -----------------------------------------------------------------------------------------------------------------------


def test_every_file_format_and_every_export_is_named():
    cells = [first for first, _ in rows(section("What it reads")) if first.startswith("`")]
    assert set(re.findall(r"`(\.\w+)`", " ".join(cells))) == set(file_formats())
    assert set(re.findall(r"`--format (\w+)`", described("export"))) == set(export_formats())


def test_the_files_of_a_library_are_named_as_they_are():
    names = [first.strip("`").rstrip("/") for first, _ in rows(section("Where your data lies")) if first.startswith("`")]
    paths = LibraryPaths(Path("somewhere"))
    assert names == [path.name for path in (paths.notes, paths.index, paths.backups, paths.rescue, paths.piped, paths.log)]


def test_restoring_a_backup_as_described_brings_the_notes_back(desk):
    run("note", "After 22 days", "--quote", "own tooth that hurts")
    library = desk / "library"
    kept = min((library / "backups").iterdir())
    code, out, _ = run("doctor", "--restore", kept.name)
    assert code == 0
    assert kept.name in out
    assert run("notes") == (1, "", "")  # the copy was made before the first change
    (aside,) = (library / "backups").glob("set-aside-*")
    assert (aside / "library.db").exists()


def test_links_lead_somewhere():
    for target in re.findall(r"\]\(([^)]+)\)", README):
        assert (ROOT / target).is_file(), target


def test_the_readme_names_every_part_of_the_house():
    picture = blocks("text")[0]
    parts = {path.name + "/" for path in (ROOT / "reader").iterdir() if (path / "__init__.py").is_file()}
    parts |= {path.name for path in (ROOT / "reader").glob("*.py") if not path.name.startswith("__")}
    assert not {part for part in parts if part not in picture}


@pytest.mark.parametrize("path", [*PICTURES, ROOT / "README.md", ROOT / "CHANGELOG.md"], ids=lambda path: path.name)
def test_no_page_or_picture_names_a_place_of_the_machine_it_was_made_on(path):
    text = path.read_text(encoding="utf-8")
    places = {str(ROOT), str(Path.home()), tempfile.gettempdir(), os.path.realpath(tempfile.gettempdir())} - {"/"}
    for place in places:
        assert f"{place}/" not in text
    assert not re.search(r"/(?:root|tmp|var|mnt|Users)/", text)
    assert set(re.findall(r"/home/(\w+)", text)) <= {"you"}


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.name)
def test_a_picture_is_in_the_readme_and_fetches_nothing(path):
    assert f"docs/{path.name}" in README
    text = path.read_text(encoding="utf-8")
    assert "@font-face" not in text
    assert not re.search(r"(?:href|src)=|url\(\s*[\"']?(?!#)", text)


def test_there_are_pictures():
    assert len(PICTURES) == 4


async def test_the_recording_is_what_the_window_shows():
    spec = importlib.util.spec_from_file_location("make_recording", ROOT / "docs" / "make_recording.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made, kept = await module.recording(), (ROOT / "docs" / "five-minutes.md").read_text(encoding="utf-8")
    day = re.compile(r"\d{4}-\d\d-\d\d")
    today = dt.datetime.now(tz=dt.UTC).date().isoformat()
    assert day.sub("DAY", made.replace(today, "DAY")) == day.sub("DAY", kept)

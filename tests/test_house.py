"""The house keeps its budgets and its doors: these rules are checked like any other behaviour."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent / "reader"
FILES = sorted(HOUSE.rglob("*.py"))


def named(path):
    return str(path.relative_to(HOUSE))


@pytest.mark.parametrize("path", FILES, ids=named)
def test_file_and_functions_keep_their_budget(path):
    source = path.read_text(encoding="utf-8")
    assert source.count("\n") <= 400
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            assert node.end_lineno - node.lineno < 60, f"{node.name} is longer than 60 lines"


@pytest.mark.parametrize("path", [path for path in FILES if path.name == "__init__.py"], ids=named)
def test_init_files_are_bare(path):
    statements = ast.parse(path.read_text(encoding="utf-8")).body
    assert isinstance(statements[0], ast.Expr), "a docstring says what the room owns"
    rest = [ast.unparse(statement) for statement in statements[1:]]
    allowed = 1 if path.parent == HOUSE else 0
    assert len(rest) == allowed, rest
    assert all(line.startswith("__version__") for line in rest)


@pytest.mark.parametrize("path", FILES, ids=named)
def test_broad_excepts_stand_only_at_the_doors_and_around_foreign_parsers(path):
    allowed = {"cli/main.py", "tui/app.py", "ingest/read.py", "ingest/worker.py"}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            names = {ast.unparse(kind).removeprefix("builtins.") if kind else "everything" for kind in caught}
            assert not names & {"everything", "Exception", "BaseException"} or named(path) in allowed, f"line {node.lineno}"


def imported_by(code):
    """The modules that a fresh interpreter holds after running `code`."""
    script = f"import sys\n{code}\nprint('\\n'.join(sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


def test_version_imports_next_to_nothing():
    loaded = imported_by("from reader.cli.main import main; main(['--version'])")
    assert {name for name in loaded if name.startswith("reader")} == {"reader", "reader.cli", "reader.cli.main"}
    assert not loaded & {"argparse", "json", "dataclasses", "sqlite3", "textual"}


def test_opening_the_window_without_options_imports_no_parser_no_help_and_no_pager():
    loaded = imported_by(
        "import io, types\n"
        "class Screen(io.StringIO):\n"
        "    isatty = lambda self: True\n"
        "sys.stdin, sys.stdout = Screen(), Screen()\n"
        "sys.modules['reader.tui.app'] = types.SimpleNamespace(run=lambda library, paths: 0)\n"
        "from reader.cli.main import main\n"
        "assert main([]) == 0"
    )
    assert {name for name in loaded if name.startswith("reader.cli")} == {"reader.cli", "reader.cli.main", "reader.cli.window"}
    assert not loaded & {"argparse", "json", "sqlite3", "reader.library", "reader.hall"}


def test_the_command_line_never_imports_the_window(tmp_path):
    loaded = imported_by(f"from reader.cli.main import main; main(['--library', {str(tmp_path)!r}, 'list'])")
    assert "sqlite3" in loaded
    assert not {
        name for name in loaded if name.split(".")[0] in {"textual", "rich", "rapidfuzz", "numpy", "chardet", "yaml", "markdown_it"}
    }


def test_no_file_is_a_drawer():
    assert not [named(path) for path in FILES if path.stem in {"helpers", "utils", "util", "misc", "common"}]

"""The user's own editor, for the text of a note and for the settings file."""

import os
import shlex
import subprocess
import tempfile
from pathlib import Path

from reader.errors import PullquoteError


def written(text: str, operation: str) -> str:
    """The text as it was left in `$VISUAL`, else `$EDITOR`, else vi. Raises `PullquoteError` when that cannot be run or fails.

    The file is kept when the editor fails: what was written in it is not lost.
    """
    try:
        with tempfile.NamedTemporaryFile("w", suffix=".md", prefix="pullquote-", encoding="utf-8", errors="replace", delete=False) as file:
            file.write(text)
    except OSError as error:
        raise PullquoteError(operation, "the text", f"no file for the editor: {error.strerror or error}") from error
    path = Path(file.name)
    try:
        code, editor = _run(path, operation)
    except PullquoteError:
        path.unlink(missing_ok=True)
        raise
    if code:
        raise PullquoteError(operation, editor, f"ended with {code}; what was written lies in {file.name}")
    try:
        found = path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise PullquoteError(operation, editor, f"left no file: {error.strerror or error}") from error
    path.unlink(missing_ok=True)
    return found if text.endswith("\n") else found.rstrip("\n")


def edit(path: Path, begin_with: str, operation: str) -> None:
    """Let a file be edited in place; one that is not there yet begins with a text. Raises `PullquoteError` when that does not work."""
    if not path.exists():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(begin_with, encoding="utf-8")
        except OSError as error:
            raise PullquoteError(operation, path, error.strerror or str(error)) from error
    code, editor = _run(path, operation)
    if code:
        raise PullquoteError(operation, editor, f"ended with {code}")


def _run(path: Path, operation: str) -> tuple[int, str]:
    """The exit code and the name of the editor."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        command = shlex.split(named)
    except ValueError as error:
        raise PullquoteError(operation, named, f"no command: {error}".lower()) from error
    name = command[0] if command else "$EDITOR"
    try:
        return subprocess.run([*command, str(path)], check=False).returncode, name  # noqa: S603 - the user's own choice
    except OSError as error:
        raise PullquoteError(operation, name, error.strerror or str(error)) from error

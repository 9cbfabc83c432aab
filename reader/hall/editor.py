"""The user's own editor, for the text of a note."""

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
    command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
    with tempfile.NamedTemporaryFile("w", suffix=".md", prefix="pullquote-", encoding="utf-8", delete=False) as file:
        file.write(text)
    path = Path(file.name)
    try:
        code = subprocess.run([*command, file.name], check=False).returncode  # noqa: S603 - the user's own choice
    except OSError as error:
        path.unlink()
        raise PullquoteError(operation, command[0] if command else "$EDITOR", error.strerror or str(error)) from error
    if code:
        raise PullquoteError(operation, command[0], f"ended with {code}; what was written lies in {file.name}")
    found = path.read_text(encoding="utf-8", errors="replace")
    path.unlink()
    return found if text.endswith("\n") else found.rstrip("\n")

"""The window as a pager: text from a pipe, keys from the terminal; and plain text where the answer goes into a pipe."""

import contextlib
import os
import sys
from collections.abc import Sequence

from reader.cli.verb import standard_input
from reader.errors import PullquoteError, UsageError
from reader.hall import piping
from reader.ingest.read import LARGEST, why
from reader.library import Library
from reader.text import one_line, safe

NEEDS_TERMINAL = UsageError("open", "the window", "needs a terminal; --plain and the verbs do not, see --help")
STDIN = "-"
"""The PATH that means standard input."""


def piped(paths: Sequence[str]) -> bytes | None:
    """All of standard input when "-" is one of `paths`. Raises `UsageError` when there is none, `PullquoteError` when it cannot be read."""
    if STDIN not in paths:
        return None
    if paths.count(STDIN) > 1:
        raise UsageError("open", STDIN, "standard input can be read only once")
    if sys.stdin.isatty():
        raise UsageError("open", STDIN, "standard input is the terminal; pipe something in, as in `man ls | pullquote -`")
    try:
        data = standard_input(LARGEST)
    except OSError as error:
        raise PullquoteError("open", STDIN, why(error)) from error
    piping.refuse(data)
    return data


def print_texts(paths: Sequence[str]) -> int:
    """Standard output is no terminal: print the plain text of files, and of all below folders. Exit 2 when one could not be read."""
    code = 0
    for text in piping.texts(paths, piped(paths)):
        if isinstance(text, PullquoteError):
            sys.stdout.flush()
            print(f"pullquote: {one_line(str(text))}", file=sys.stderr)
            code = 2
        else:
            sys.stdout.write(safe(text if text.endswith("\n") else text + "\n"))
    return code


def open_window(library: str | None, paths: Sequence[str]) -> int:
    """Open the window on files, and on piped text among them, with the keys from the controlling terminal."""
    data = piped(paths)
    keys_from_the_terminal()
    kept = piping.keep(data, library) if data is not None else None
    try:
        from reader.tui.app import run

        return run(library, [path if path != STDIN or kept is None else kept for path in paths])
    finally:
        if kept is not None:
            with contextlib.suppress(PullquoteError, OSError), Library.open(library) as opened:
                if piping.let_go(kept, opened.notes_store, opened.index):
                    for _ in opened.add([kept]):
                        pass


def keys_from_the_terminal() -> None:
    """Make the controlling terminal standard input. Raises `UsageError` when there is none."""
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError as error:
        raise NEEDS_TERMINAL from error
    if terminal:
        os.dup2(terminal, 0)
        os.close(terminal)
    if sys.__stdin__ is None:  # it was closed, and `main` put another stream in its place
        sys.__stdin__ = sys.stdin  # type: ignore[misc, assignment]

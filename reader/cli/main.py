"""The command `pullquote`: finds the verb, runs it, and turns errors into one line and an exit code.

Exit codes: 0 done; 1 nothing found; 2 could not do it. Starts fast: `--version` imports nothing but this file.
"""

import contextlib
import io
import os
import sys
from collections.abc import Sequence

from reader import __version__

VERBS = {
    "add": "documents",
    "list": "documents",
    "show": "documents",
    "correct": "documents",
    "remove": "documents",
    "search": "searching",
    "quotes": "quoting",
    "speakers": "quoting",
    "attribute": "quoting",
    "note": "noting",
    "bookmark": "noting",
    "notes": "noting",
    "edit": "noting",
    "place": "noting",
    "history": "noting",
    "tags": "noting",
    "delete": "noting",
    "undo": "noting",
    "redo": "noting",
    "export": "exchange",
    "import": "exchange",
    "doctor": "upkeep",
    "settings": "settings",
    "tour": "touring",
    "help": "guide",
    "man": "guide",
    "completions": "guide",
}
"""Every verb and the module of `reader.cli` that answers to it, with a class named like the verb."""

_FLAGS = frozenset(
    {
        "--json",
        "--plain",
        "--version",
        "-V",
        "--help",
        "-h",
        "--view",
        "--speakers",
        "--fold",
        "--unknown",
        "--editor",
        "--restore",
        "--keys",
        "--template",
    }
)
"""Options without a value; every other one is followed by one."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if None in (sys.stdin, sys.stdout, sys.stderr):
        _fill_gaps()
        if sys.stdout is None:
            return _complain(f"{_verb(words)}: output: standard output is closed", ())
    try:
        if words[:1] in (["--version"], ["-V"]):
            print(f"pullquote {__version__}")
            code = 0
        else:
            code = _guarded(words)
        sys.stdout.flush()
    except BrokenPipeError:  # `pullquote list | head`: the reader has had enough
        code = 0
    except KeyboardInterrupt:
        code = 130
    except OSError as error:
        code = _complain(f"{_verb(words)}: {error.filename or 'output'}: {(error.strerror or str(error)).lower()}", ())
    _settle()
    return code


def _guarded(words: list[str]) -> int:
    """Run it; what is wrong becomes one line and an exit code, but for what `main` knows better."""
    from reader.errors import PullquoteError

    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "backslashreplace"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=errors)  # bytes or a terminal of another encoding must not stop the answer half way
    try:
        return _run(words)
    except PullquoteError as error:
        return _complain(str(error), getattr(error, "choices", ()))
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001 - the door: whatever it is, one line, and the rest in the log
        return _complain(f"unexpected: {type(error).__name__}: {error}: the details are in {_log(words)}", ())


def _fill_gaps() -> None:
    """Streams that were closed: nothing comes in, nothing goes out, and no database is opened under their number."""
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115 - until the end
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - likewise


def _settle() -> None:
    """What could not be written is given up: tried again at exit, it would become a traceback and an exit code of Python's own."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def find_verb(words: Sequence[str]) -> int | None:
    """The place of the verb: the first word that is neither an option nor an option's value, if it is a verb."""
    at = 0
    while at < len(words) and words[at] != "--":
        word = words[at]
        if not word.startswith("-") or word == "-":
            return at if word in VERBS else None
        at += 1 if word in _FLAGS or "=" in word or (not word.startswith("--") and len(word) > 2) else 2
    return None


def _run(words: list[str]) -> int:
    at = find_verb(words)
    if at is None:
        from reader.cli.window import Window

        return Window().run(words)
    import importlib

    verb = words[at]
    module = importlib.import_module(f"reader.cli.{VERBS[verb]}")
    code: int = getattr(module, verb.capitalize())().run(words[:at] + words[at + 1 :])
    return code


def _verb(words: Sequence[str]) -> str:
    at = find_verb(words)
    return "open" if at is None else words[at]


def _complain(message: str, choices: Sequence[str]) -> int:
    from reader.text import one_line, safe_line

    with contextlib.suppress(OSError):  # standard error is gone or full too: the code says it
        print(f"pullquote: {one_line(message)}", file=sys.stderr)
        for choice in choices:
            print(f"  {safe_line(choice)}", file=sys.stderr)
    return 2


def _log(words: Sequence[str]) -> str:
    """Write the traceback to the log of the library that the command line names; returns where that is."""
    import time
    import traceback

    from reader.errors import PullquoteError
    from reader.paths import LibraryPaths, library_folder

    named = [
        word.partition("=")[2] or following
        for word, following in zip(words, [*words[1:], ""], strict=False)
        if word.startswith("--library")
    ]
    try:
        log = LibraryPaths(library_folder(named[0] if named else None)).log
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} pullquote {__version__}\n{traceback.format_exc()}\n")
    except (OSError, PullquoteError):
        return "no log, for it could not be written"
    return str(log)

"""No verb: open the window, on the library or on exactly the files and folders that are named. Also --help and --version."""

import gc
import os
import sys
from collections.abc import Sequence

from reader import __version__
from reader.cli.main import VERBS
from reader.errors import UsageError

_HELP = """usage: pullquote [PATH ...]           open the window on the library, or on exactly these files and folders
       pullquote VERB ...             without a window; `pullquote VERB --help` says more

verbs: {verbs}

options, before or after the verb:
  --library DIR   the library folder (else PULLQUOTE_LIBRARY, else the user data directory)
  --json          JSON Lines, one object a line
  --plain         no window: one command a line, for screen readers, braille displays and terminals that only print
  --version       print the version
  --help          print this

A path named like a verb is written ./list; -- ends options.
Exit codes: 0 done; 1 nothing found; 2 could not do it."""


class Window:
    """`pullquote [PATH ...]`."""

    def run(self, words: Sequence[str]) -> int:
        """Open the window; returns when it is closed."""
        if not any(word.startswith("-") for word in words):
            return self._open(None, words)  # without the 5 ms that argparse takes
        from reader.cli.verb import Parser, parse

        parser = Parser(prog="pullquote", add_help=False)
        parser.add_argument("words", nargs="*")
        parser.add_argument("--library")
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--plain", action="store_true")
        parser.add_argument("--version", "-V", action="store_true")
        parser.add_argument("--help", "-h", action="store_true")
        options = parse(parser, words)
        if options.help:
            print(_HELP.format(verbs=" ".join(VERBS)))
            return 0
        if options.version:
            print(f"pullquote {__version__}")
            return 0
        return self._open(options.library, options.words, as_json=options.json, plain=options.plain)

    def _open(self, library: str | None, paths: Sequence[str], *, as_json: bool = False, plain: bool = False) -> int:
        if library == "":
            raise UsageError("open", "--library", "names no folder")
        for path in paths:
            if not os.path.lexists(path):
                raise UsageError("open", path, _no_such(path))
        terminal = sys.stdin.isatty() and sys.stdout.isatty()
        if not as_json and (plain or (terminal and only_prints(os.environ.get("TERM")))):
            from reader.cli.plain.session import run as run_plain

            return run_plain(library, paths)
        if as_json or not terminal:
            raise UsageError("open", "the window", "needs a terminal; --plain and the verbs do not, see --help")
        gc.disable()  # until the first frame: the start makes 100,000 objects and no garbage, and looking for some costs a tenth of it
        from reader.tui.app import run

        return run(library, paths)


def only_prints(term: str | None) -> bool:
    """Whether a terminal of that name cannot put its cursor anywhere."""
    if not term:
        return os.name == "posix"
    if term.startswith(("xterm", "screen", "tmux", "linux", "vt", "rxvt", "alacritty", "foot", "kitty")):
        return False  # without the milliseconds that it takes to ask
    if term in ("dumb", "unknown"):
        return True
    try:
        import curses
    except ImportError:
        return False
    try:
        curses.setupterm(term, 1)
    except curses.error:  # nothing is known of it
        return False
    return not curses.tigetstr("cup")


def _no_such(word: str) -> str:
    import difflib

    near = difflib.get_close_matches(word, VERBS, 1, 0.7)
    return "no such file or folder, and no verb" + (f"; did you mean {near[0]}?" if near else "; see --help")

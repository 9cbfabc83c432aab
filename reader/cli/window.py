"""No verb: open the window, on the library or on exactly the files and folders that are named. Also --help and --version."""

import gc
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader import __version__
from reader.cli.main import VERBS
from reader.errors import UsageError

if TYPE_CHECKING:
    from reader.cli.verb import Parser


class Window:
    """`pullquote [PATH ...]`."""

    def run(self, words: Sequence[str]) -> int:
        """Open the window; returns when it is closed."""
        plain = _paths_and_library(words)
        if plain is not None:
            return self._open(*plain)
        from reader.cli.verb import parse

        options = parse(self.parser(), words)
        if options.help:
            from reader.cli.guide import overview

            print(overview())
            return 0
        if options.version:
            print(f"pullquote {__version__}")
            return 0
        return self._open(options.library, options.words, as_json=options.json, plain=options.plain)

    def parser(self) -> "Parser":
        """The options that need no verb."""
        from reader.cli.told import LIBRARY_HELP
        from reader.cli.verb import Parser

        parser = Parser(prog="pullquote", usage="pullquote [PATH ...]", add_help=False)
        parser.add_argument("words", nargs="*", help="==SUPPRESS==")
        parser.add_argument("--library", metavar="DIR", help=LIBRARY_HELP)
        parser.add_argument("--json", action="store_true", help="JSON Lines, one object a line; for verbs")
        parser.add_argument("--plain", action="store_true", help="no window: one command a line, for screen readers and braille displays")
        parser.add_argument("--version", "-V", action="store_true", help="print the version")
        parser.add_argument("--help", "-h", action="store_true", help="print this")
        return parser

    def _open(self, library: str | None, paths: Sequence[str], *, as_json: bool = False, plain: bool = False) -> int:
        if library == "":
            raise UsageError("open", "--library", "names no folder")
        keys, screen = sys.stdin.isatty(), sys.stdout.isatty()
        if plain or (keys and screen and not as_json and only_prints(os.environ.get("TERM"))):
            return self._converse(library, paths, as_json=as_json)
        if not keys and not paths and (screen or self._given()):
            paths = ["-"]  # `man ls | pullquote`, as PAGER is called
        for path in paths:
            if path != "-" and not os.path.lexists(path):
                raise UsageError("open", path, _no_such(path))
        if as_json or not (screen or paths):
            raise UsageError("open", "the window", "needs a terminal; --plain and the verbs do not, see --help")
        if not screen:
            from reader.cli.pager import print_texts

            return print_texts(paths)
        if not sys.stderr.isatty():
            sys.__stderr__ = sys.__stdout__  # type: ignore[misc]  # where textual draws: `2> errors` must not hide the window
        gc.disable()  # until the first frame: the start makes 100,000 objects and no garbage, and looking for some costs a tenth of it
        if not keys or "-" in paths:
            from reader.cli.pager import open_window

            return open_window(library, paths)
        from reader.tui.app import run

        return run(library, paths)

    @staticmethod
    def _given() -> bool:
        """Whether something was piped in: standard input is a pipe or a file, not the nothing that a script starts with."""
        import stat

        try:
            mode = os.fstat(sys.stdin.fileno()).st_mode
        except (OSError, ValueError, AttributeError):
            return False
        return stat.S_ISFIFO(mode) or stat.S_ISREG(mode)

    def _converse(self, library: str | None, paths: Sequence[str], *, as_json: bool) -> int:
        """Without a window, in lines."""
        if as_json:
            raise UsageError("open", "--plain", "is for people; the verbs print JSON")
        for path in paths:
            if path == "-":
                raise UsageError("open", "-", "standard input is where --plain takes its commands from; name a file")
            if not os.path.lexists(path):
                raise UsageError("open", path, _no_such(path))
        from reader.cli.plain.session import run

        return run(library, paths)


def _paths_and_library(words: Sequence[str]) -> tuple[str | None, Sequence[str]] | None:
    """The library and the paths of a command line that names nothing else: without the 9 ms that argparse takes. None for any other."""
    if len(words) > 1 and words[0] == "--library" and not words[1].startswith("-"):
        library, words = words[1], words[2:]
    else:
        library = None
    return None if any(word.startswith("-") and word != "-" for word in words) else (library, words)


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

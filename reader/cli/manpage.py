"""The manual page in roff. Owns how it is set; every word of it comes from the verbs' parsers and from `told`."""

import argparse
import os
import re
import textwrap
import time
from collections.abc import Iterable
from pathlib import Path

from reader import __version__
from reader.cli import told
from reader.cli.guide import brief, grouped
from reader.cli.verb import Verb
from reader.cli.window import Window
from reader.paths import LibraryPaths

_COMMON = frozenset({"--library", "--json", "--help"})
"""Options that every verb has; they are told once."""

_NAMES = {"\\": "\\e", "-": "\\-", "~": "\\(ti", "^": "\\(ha", "`": "\\(ga", '"': "\\(dq", "'": "\\(aq"}
"""Characters that roff would set as others, or take for its own; the backslash first."""


def page() -> str:
    """The whole page."""
    lines = [
        f'.TH PULLQUOTE 1 "{_date()}" "pullquote {__version__}" "User Commands"',
        ".SH NAME",
        _text(f"pullquote - {told.SUMMARY}"),
        ".SH SYNOPSIS",
        *_synopsis(),
        ".SH DESCRIPTION",
        *_paragraphs(told.INTRODUCTION),
        ".SH OPTIONS",
        *_options(Window().parser()._actions),  # noqa: SLF001 - argparse has no other way to ask
        ".SH VERBS",
    ]
    for heading, group in grouped().items():
        lines.append(f".SS {_text(heading)}")
        for name, verb in group.items():
            lines += _verb(name, verb)
    lines += [".SH WORDS", *_pairs((word, meaning) for word, (meaning, _) in told.WORDS.items())]
    lines += [".SH STANDARD INPUT AND PIPES", *_paragraphs(told.PAGER)]
    lines += [".SH EXAMPLES", *_pairs(told.EXAMPLES.items())]
    lines += [".SH FILES", *_files()]
    lines += [".SH ENVIRONMENT", *_pairs(told.ENVIRONMENT.items())]
    lines += [".SH EXIT STATUS", *_pairs((str(code), meaning) for code, meaning in told.EXITS.items())]
    lines += [".SH SEE ALSO", ".BR less (1),", ".BR man (1)"]
    return "\n".join(lines) + "\n"


def _date() -> str:
    """The day the program was installed, or the one that a packager sets for builds that come out alike."""
    at = os.environ.get("SOURCE_DATE_EPOCH")
    moment = float(at) if at and at.isdigit() else os.stat(told.__file__).st_mtime
    return time.strftime("%Y-%m-%d", time.gmtime(moment))


def _synopsis() -> list[str]:
    lines = [".B pullquote", _text("[PATH ...]"), ".br", ".B pullquote", _text("VERB [ARGUMENT ...]"), ".br"]
    return [*lines, ".B pullquote help", _text("[VERB]")]


def _verb(name: str, verb: Verb) -> list[str]:
    """A verb: how it is called, what it does, the options that only it has."""
    lines = [".TP", f".B pullquote {_text(name)}"]
    if verb.usage:
        lines[-1:] = [f"\\fBpullquote {_text(name)}\\fR {_text(verb.usage)}"]
    lines.append(_prose(verb.about or brief(verb)))
    own = [action for action in verb.parser()._actions if not _COMMON & {*action.option_strings}]  # noqa: SLF001 - as above
    options = _options(own)
    return lines + ([".RS", *options, ".RE"] if options else [])


def _options(actions: Iterable[argparse.Action]) -> list[str]:
    lines: list[str] = []
    for action in actions:
        if not action.option_strings:
            continue
        names = ", ".join(f"\\fB{_text(name)}\\fR" for name in sorted(action.option_strings, key=len))
        shown = [action.metavar] if isinstance(action.metavar, str) else list(action.metavar or [])
        shown = shown or ([] if action.nargs == 0 else ["|".join(map(str, action.choices or ())) or action.dest.upper()])
        more = " ..." if action.nargs == "+" else ""
        value = " ".join(f"\\fI{_text(word)}\\fR" for word in shown) + more
        lines += [".TP", f"{names} {value}".rstrip(), _prose(action.help or "")]
    return lines


def _files() -> list[str]:
    paths = LibraryPaths(Path())
    named = [(getattr(paths, name).name, meaning) for name, meaning in told.FILES.items()]
    return [_prose(told.FOLDER), *_pairs(named)]


def _pairs(pairs: Iterable[tuple[str, str]]) -> list[str]:
    return [line for term, meaning in pairs for line in (".TP", f".B {_text(term)}", _prose(meaning))]


def _paragraphs(paragraphs: Iterable[str]) -> list[str]:
    return [line for text in paragraphs for line in (".PP", _prose(text))][1:]


def _prose(text: str) -> str:
    """Sentences as roff: each begins a line, as roff likes it, and none is longer than lint likes it."""
    sentences = re.sub(r"(?<=[a-z\d)][.?!]) +(?=[A-Z])", "\n", text).split("\n")
    lines = [_text(line) for sentence in sentences for line in textwrap.wrap(sentence, 60, break_on_hyphens=False)]
    return "\n".join("\\&" + line if line.startswith(".") else line for line in lines)


def _text(text: str) -> str:
    """`text` as roff in which nothing is a command but a full stop at the beginning of a line."""
    for character, name in _NAMES.items():
        text = text.replace(character, name)
    return "".join(character if character.isascii() else f"\\[u{ord(character):04X}]" for character in text)

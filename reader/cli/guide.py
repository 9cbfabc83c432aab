"""Verbs that explain the program: help, man, completions. Nothing here is written twice: all comes from the verbs' own parsers."""

import argparse
import importlib
from collections.abc import Mapping, Sequence

from reader.cli.main import VERBS
from reader.cli.told import EXITS, GROUPS
from reader.cli.verb import Parser, Verb, say, say_json
from reader.errors import UsageError

SHELLS = ("bash", "zsh", "fish")


def verbs() -> Mapping[str, Verb]:
    """Every verb by its name, grouped as they are listed."""
    grouped = [name for names in GROUPS.values() for name in names]
    names = [name for name in grouped if name in VERBS] + [name for name in VERBS if name not in grouped]
    return {name: getattr(importlib.import_module(f"reader.cli.{VERBS[name]}"), name.capitalize())() for name in names}


def grouped() -> dict[str, dict[str, Verb]]:
    """The verbs below the headings of `told.GROUPS`."""
    known = verbs()
    groups = {heading: {name: known[name] for name in names if name in known} for heading, names in GROUPS.items()}
    rest = {name: verb for name, verb in known.items() if not any(name in group for group in groups.values())}
    return groups | ({"More": rest} if rest else {})


def brief(verb: Verb) -> str:
    """What a verb does in a few words."""
    return verb.brief or verb.about.partition(".")[0]


def exits() -> str:
    """The exit codes in one line."""
    return "; ".join(f"{code} {meaning.partition(';')[0]}" for code, meaning in EXITS.items())


def overview() -> str:
    """What `pullquote --help` prints: how it is called, every verb with a line, the options that need no verb."""
    from reader.cli.window import Window

    lines = [
        "usage: pullquote [PATH ...]       open the window on the library, or on exactly these files and folders",
        "       ... | pullquote -          open it on standard input",
        "       pullquote VERB ...         without a window; `pullquote help VERB` says more",
    ]
    for heading, group in grouped().items():
        lines += ["", f"{heading}:", *(f"  {name:<13}{brief(verb)}" for name, verb in group.items())]
    lines += ["", "Options, before or after the verb:"]
    for action in Window().parser()._actions:  # noqa: SLF001 - argparse has no other way to ask
        if action.option_strings:
            shown = ", ".join(sorted(action.option_strings, key=len, reverse=True)) + (f" {action.metavar}" if action.metavar else "")
            lines.append(f"  {shown:<17}{action.help}")
    lines += ["", "A path named like a verb is written ./list; -- ends options.", f"Exit codes: {exits()}."]
    return "\n".join(lines)


class Help(Verb):
    """`pullquote help [VERB]`."""

    usage = "[VERB]"
    brief = "explain the program, or a verb"
    about = "What the program does, or what a verb does and which options it has."

    def without_library(self, options: argparse.Namespace) -> int:
        """See `Verb`."""
        named: Sequence[str] = options.words
        if len(named) > 1:
            raise UsageError("help", " ".join(named), "name one verb")
        if named and named[0] not in VERBS:
            import difflib

            near = difflib.get_close_matches(named[0], VERBS, 1, 0.6)
            raise UsageError("help", named[0], "no such verb" + (f"; did you mean {near[0]}?" if near else "; see `pullquote help`"))
        told = verbs()[named[0]].parser().format_help() if named else overview()
        if options.json:
            say_json({"verb": named[0] if named else None, "help": told})
        else:
            print(told.rstrip())
        return 0


class Man(Verb):
    """`pullquote man`."""

    usage = ""
    brief = "print the manual page"
    about = "The manual page, for man: `pullquote man > ~/.local/share/man/man1/pullquote.1`, or at once: `pullquote man | man -l -`."

    def without_library(self, options: argparse.Namespace) -> int:
        """See `Verb`."""
        if options.words:
            raise UsageError("man", options.words[0], "takes no words")
        from reader.cli.manpage import page

        if options.json:
            say_json({"page": page()})
        else:
            print(page(), end="")
        return 0


class Completions(Verb):
    """`pullquote completions SHELL`."""

    usage = "SHELL"
    brief = "print completions for bash, zsh or fish"
    about = (
        "A script that teaches a shell to complete verbs, options, files, and the ids, tags and names of your library. "
        'bash: eval "$(pullquote completions bash)" in ~/.bashrc. zsh: the same with zsh in ~/.zshrc, below compinit. '
        "fish: pullquote completions fish > ~/.config/fish/completions/pullquote.fish"
    )

    def options(self, parser: Parser) -> None:
        """See `Verb`."""
        parser.add_argument("--at", type=int, metavar="N", help="for the scripts: what could stand as word N of the words behind --")

    def without_library(self, options: argparse.Namespace) -> int:
        """See `Verb`."""
        from reader.cli.completing import complete, script

        words: Sequence[str] = options.words
        if options.at is not None:
            kind, found = complete(words[: max(options.at - 1, 0)], words[options.at - 1] if 0 < options.at <= len(words) else "")
            say(kind)
            for value, told in found:
                print(f"{value}\t{told}")
            return 0
        if len(words) != 1 or words[0] not in SHELLS:
            raise UsageError("completions", " ".join(words), f"name one shell: {', '.join(SHELLS)}")
        if options.json:
            say_json({"shell": words[0], "script": script(words[0])})
        else:
            print(script(words[0]), end="")
        return 0

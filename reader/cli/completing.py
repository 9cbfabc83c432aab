"""What could stand next on a command line, and the scripts by which bash, zsh and fish ask for it.

The scripts know nothing: each asks `pullquote completions --at N -- WORDS`, so that they fit whatever version is installed. The answer
is a line "words", "files" or "folders" (the shell adds these itself), then one candidate a line, a tab, and what it is.
"""

import argparse
import contextlib
import os
from collections.abc import Callable, Sequence

from reader.cli.guide import SHELLS, brief, verbs
from reader.cli.main import find_verb
from reader.cli.told import WORDS, words_of
from reader.cli.window import Window
from reader.errors import PullquoteError
from reader.library import Library
from reader.paths import LibraryPaths, library_folder
from reader.text import one_line

Candidates = list[tuple[str, str]]

_VALUES = {
    "FILE": "files",
    "DIR": "folders",
    "DOCUMENT": "documents",
    "TAG": "tags",
    "OLD": "tags",
    "NEW": "tags",
    "NAME": "speakers",
    "COLOUR": "colours",
    "FORMAT": "formats",
}
"""What completes the value of an option, by what stands for it."""
_FREE = frozenset({"--name"})
"""Options whose value is anybody's guess although it is called like something we know."""


def complete(before: Sequence[str], current: str) -> tuple[str, Candidates]:
    """What could stand for `current`, the word being typed, after the words `before` it: "words", "files" or "folders", and candidates."""
    ended = "--" in before
    at = find_verb(before)
    verb = verbs()[before[at]] if at is not None else None
    parser = verb.parser() if verb is not None else Window().parser()
    actions = [action for action in parser._actions if action.option_strings]  # noqa: SLF001 - argparse has no other way to ask
    if not ended and current.startswith("-"):
        return "words", _begun(_options(actions), current)
    kinds = [] if ended else _value(actions, before)
    if not kinds and verb is not None:
        kinds = [WORDS[word][1] for word in words_of(verb.usage)]
        if "--restore" in before:
            kinds = ["backups"]
    elif not kinds:
        kinds = ["files"] if ended or any(not word.startswith("-") for word in _loose(actions, before)) else ["verbs", "files"]
    found = [(kind[1:], "") for kind in kinds if kind.startswith("=")]
    found += [candidate for kind in kinds if kind in _SOURCES for candidate in _SOURCES[kind](_library(before))]
    files = "files" if "files" in kinds or "documents" in kinds else "folders" if "folders" in kinds else "words"
    return files, _begun(found, current)


def _begun(found: Candidates, current: str) -> Candidates:
    return [(value, told) for value, told in found if value.startswith(current) and value.isprintable()]


def _options(actions: Sequence[argparse.Action]) -> Candidates:
    return [(name, one_line(action.help or "")) for action in actions for name in action.option_strings if len(name) > 2]


def _value(actions: Sequence[argparse.Action], before: Sequence[str]) -> list[str]:
    """What completes the value of the option that the word being typed belongs to; [] when it belongs to none, [""] when to nothing known."""
    named = {name: action for action in actions for name in action.option_strings}
    last = next((at for at in range(len(before) - 1, -1, -1) if before[at] in named), None)
    if last is None:
        return []
    action, since = named[before[last]], len(before) - 1 - last
    most = 1 if action.nargs is None else action.nargs if isinstance(action.nargs, int) else 1000  # "+" takes all that follow
    if since >= most:
        return []
    if action.choices:
        return [f"={choice}" for choice in action.choices]
    shown = action.metavar[0] if isinstance(action.metavar, tuple) else action.metavar or action.dest.upper()
    return [_VALUES.get(shown, "") if before[last] not in _FREE else ""]


def _loose(actions: Sequence[argparse.Action], before: Sequence[str]) -> list[str]:
    """The words that are no option's value."""
    valued = {name for action in actions for name in action.option_strings if action.nargs != 0}
    return [word for word, previous in zip(before, ["", *before], strict=False) if previous not in valued]


def _library(before: Sequence[str]) -> str | None:
    for word, value in zip(before, [*before[1:], ""], strict=False):
        if word.startswith("--library"):
            return os.path.expanduser(word.partition("=")[2] or value) or None
    return None


# -- the scripts -----------------------------------------------------------------------------------------------------------------

_BASH = r"""# pullquote completions for bash
_pullquote() {
    local current="${COMP_WORDS[COMP_CWORD]}" kind="" value told
    COMPREPLY=()
    while IFS=$'	' read -r value told; do
        if [ -z "$kind" ]; then
            kind="$value"
        elif [ "$kind" = words ]; then
            printf -v value %q "$value"
            COMPREPLY+=("$value")
        else
            COMPREPLY+=("$value")
        fi
    done < <("${COMP_WORDS[0]/#\~\//$HOME/}" completions --at "$COMP_CWORD" -- "${COMP_WORDS[@]:1}" 2>/dev/null)
    case "$kind" in
        files) kind=-f ;;
        folders) kind=-d ;;
        *) return 0 ;;
    esac
    compopt -o filenames 2>/dev/null
    while IFS= read -r value; do
        COMPREPLY+=("$value")
    done < <(compgen $kind -- "$current")
}
complete -F _pullquote pullquote
"""

_ZSH = r"""#compdef pullquote
# pullquote completions for zsh
_pullquote() {
    local -a answer described
    local line value
    answer=("${(@f)$("${words[1]/#\~\//$HOME/}" completions --at $((CURRENT - 1)) -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
    for line in "${(@)answer[2,-1]}"; do
        value="${line%%$'	'*}"
        described+=("${value//:/\:}:${line#*$'	'}")
    done
    (( $#described )) && _describe pullquote described
    case "$answer[1]" in
        files) _files ;;
        folders) _files -/ ;;
    esac
}
if [ "$funcstack[1]" = _pullquote ]; then
    _pullquote "$@"
else
    compdef _pullquote pullquote
fi
"""

_FISH = r"""# pullquote completions for fish
function __pullquote_complete
    set -l given (commandline -opc)
    set -l at (count $given)
    set -l program (string replace -r '^~/' "$HOME/" -- $given[1])
    set -e given[1]
    set -l answer ($program completions --at $at -- $given (commandline -ct) 2>/dev/null)
    printf '%s
' $answer[2..-1]
    switch "$answer[1]"
        case files
            __fish_complete_path (commandline -ct)
        case folders
            __fish_complete_directories (commandline -ct) ''
    end
end
complete -c pullquote -f -a '(__pullquote_complete)'
"""


def script(shell: str) -> str:
    """The completion script of a shell."""
    return {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}[shell]


# -- what a library knows --------------------------------------------------------------------------------------------------------


def _known(told: Callable[[Library], Candidates]) -> Callable[[str | None], Candidates]:
    """Candidates from the library, none where there is no library yet or it cannot be read: a shell that asks must not make one."""

    def ask(folder: str | None) -> Candidates:
        with contextlib.suppress(PullquoteError, OSError):
            if LibraryPaths(library_folder(folder)).notes.exists():
                with Library.open(folder) as library:
                    return told(library)
        return []

    return ask


def _backups(folder: str | None) -> Candidates:
    with contextlib.suppress(PullquoteError, OSError):
        return [(path.name, "") for path in sorted(LibraryPaths(library_folder(folder)).backups.glob("*.db"), reverse=True)]
    return []


def _formats(_: str | None) -> Candidates:
    from reader.cite.exchange import formats

    return [(name, "") for name in formats()]


def _colours(_: str | None) -> Candidates:
    from reader.model import COLOURS

    return [(colour, "") for colour in COLOURS]


_SOURCES: dict[str, Callable[[str | None], Candidates]] = {
    "verbs": lambda _: [(name, brief(verb)) for name, verb in verbs().items()],
    "shells": lambda _: [(shell, "") for shell in SHELLS],
    "formats": _formats,
    "colours": _colours,
    "backups": _backups,
    "documents": _known(lambda library: [(entry.id, one_line(entry.display_title)) for entry in library.documents()]),
    "tags": _known(lambda library: [(tag.tag, f"{tag.all_notes} notes, {tag.all_documents} documents") for tag in library.tags()]),
    "notes": _known(lambda library: [(note.id[:8], one_line(note.exact or note.body)[:60]) for note in library.notes()]),
    "speakers": _known(lambda library: [(one.name, one_line(one.role or "")) for one in library.speakers()]),
}

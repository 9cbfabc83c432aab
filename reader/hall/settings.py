"""The settings file: how the window looks and which keys do what. TOML, written by the user, never by the program.

Owns what may stand in it. What is wrong is told by its line and left out; the rest holds. Reading one costs 4 ms, and nothing where
there is none.
"""

import json
import os
import re
import stat
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from reader.hall.preferences import BIDI, BOUNDS, Settings
from reader.text import safe_line
from reader.values import dataclass


@dataclass(frozen=True, slots=True)
class Setting:
    """A name that may stand in the file: what it is for, and `check`, which says what is wrong with a value, or nothing."""

    name: str
    about: str
    check: Callable[[object], str]
    example: object = False


def _number(least: int, most: int) -> Callable[[object], str]:
    def check(value: object) -> str:
        fine = isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
        return "" if fine else f"must be a number from {least} to {most}"

    return check


def _truth(value: object) -> str:
    return "" if isinstance(value, bool) else "must be true or false"


def _language(value: object) -> str:
    return (
        "" if isinstance(value, str) and re.fullmatch(r"(?:[a-z]{2,3}(?:[_-][A-Za-z]+)?)?", value) else 'must be a language, as "en", or ""'
    )


def _one_of(*names: str) -> Callable[[object], str]:
    return lambda value: "" if value in names else f"must be one of {', '.join(map(json.dumps, names))}"


def _word(value: object) -> str:
    return "" if isinstance(value, str) and value else "must be a name between quotation marks"


SETTINGS = (
    Setting(
        "theme",
        'the colours: "dark", "light", "high-contrast", "ansi" (your terminal\'s own) or any other that Ctrl+T lists',
        _word,
        "dark",
    ),
    Setting("measure", "the width of the column of text, in cells", _number(*BOUNDS["measure"])),
    Setting("justify", "a straight right edge", _truth),
    Setting("hyphenate", 'divide long words at line ends; a language, as "en"; "" does not', _language, ""),
    Setting("spacing", "blank lines between paragraphs", _number(*BOUNDS["spacing"])),
    Setting("indent", "how far the first line of a paragraph is indented, in cells", _number(*BOUNDS["indent"]), 0),
    Setting("focus", "begin with nothing but the text", _truth),
    Setting(
        "bidi",
        'who puts Arabic and Hebrew words into their order: "terminal", "reorder" (this program), or "auto": what is known of your terminal',
        _one_of(*BIDI),
    ),
)
"""Every setting but the keys, which have a table of their own."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the doors know of keys: the ids of all actions, and whether a key can be pressed."""

    actions: Collection[str]
    is_key: Callable[[str], bool]
    themes: Collection[str] = ()
    """Every theme there is; empty when nobody knows here."""


LARGEST = 200_000
"""Bytes of a settings file; one with every key in it has 12,000."""


def read_settings(path: Path, known: Known) -> tuple[Settings, tuple[str, ...]]:
    """The settings in a file, and a line for everything in it that was left out. A file that is not there settles nothing."""
    try:
        source = _source(path)
    except FileNotFoundError:
        return Settings(), ()
    except (OSError, UnicodeDecodeError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "not UTF-8" if isinstance(error, UnicodeDecodeError) else error
        return Settings(), (_problem(path, None, f"cannot be read: {why}"),)
    import tomllib

    try:
        table = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        return Settings(), (_problem(path, *_where(str(error))),)
    except (ValueError, RecursionError):  # a number of thousands of digits, brackets thousands deep
        return Settings(), (_problem(path, None, "makes no sense: too long a number, or too many brackets"),)
    lines = _lines(source)
    problems: list[str] = []
    made: dict[str, object] = {}
    checks = {setting.name: setting.check for setting in SETTINGS}
    for name, value in table.items():
        if name == "keys":
            continue
        wrong = checks[name](value) if name in checks else f"no such setting{_meant(name, [*checks, 'keys'])}"
        if not wrong and name == "theme" and known.themes and value not in known.themes:
            wrong = f"there is no {value}{_meant(str(value), known.themes)}"
        if wrong:
            problems.append(_problem(path, lines.get(("", name)), f"{name}: {wrong}"))
        else:
            made[name] = value
    keys, wrong_keys = _keys(table.get("keys", {}), known)
    problems += [_problem(path, lines.get(("keys", name)) or lines.get(("", "keys")), why) for name, why in wrong_keys]
    settings = replace(Settings(), **made, keys=keys, given=frozenset(made))  # type: ignore[arg-type]  # each was checked
    return settings, tuple(problems)


def _source(path: Path) -> str:
    """The text of the file. Raises `ValueError` for what is no file, or no settings by its size."""
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise ValueError("not a file")
    if found.st_size > LARGEST:
        raise ValueError(f"larger than {LARGEST // 1000} kB")
    return path.read_bytes().decode()


def _keys(table: object, known: Known) -> tuple[dict[str, tuple[str, ...]], list[tuple[str, str]]]:
    """Keys by action, and what is wrong with the others by their name."""
    if not isinstance(table, dict):
        return {}, [("", 'keys: must be a table: [keys], and below it lines like "screen.note" = "a"')]
    made: dict[str, tuple[str, ...]] = {}
    wrong: list[tuple[str, str]] = []
    owners: dict[tuple[str, str], str] = {}
    for name, value in _flat(table):
        keys = [value] if isinstance(value, str) else value
        if name not in known.actions:
            wrong.append((name, f"keys: {name}: no such action{_meant(name, known.actions)}; `pullquote settings --keys` lists them"))
        elif not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
            wrong.append((name, f'keys: {name}: must be a key, as "a" or "Ctrl+O", or a list of keys'))
        elif bad := [key for key in keys if key and not known.is_key(key)]:
            wrong.append((name, f"keys: {name}: {bad[0]}: no such key"))
        else:
            given = tuple(key for key in keys if key)
            other = next((owners[name.partition(".")[0], key] for key in given if (name.partition(".")[0], key) in owners), None)
            if other:
                wrong.append((name, f"keys: {name}: has the same key as {other}"))
                continue
            owners.update({(name.partition(".")[0], key): name for key in given})
            made[name] = given
    return made, wrong


def _flat(table: Mapping[str, object]) -> list[tuple[str, object]]:
    """`screen.note = "a"` without quotation marks is a table in a table; both ways of writing mean the same."""
    found: list[tuple[str, object]] = []
    for name, value in table.items():
        found += [(f"{name}.{inner}", deep) for inner, deep in value.items()] if isinstance(value, dict) else [(name, value)]
    return found


def template(actions: Iterable[tuple[str, str, str]]) -> str:
    """A settings file that settles nothing: every setting and every key as it is by default, behind "#". `actions`: id, keys, what it does."""
    default = Settings()
    lines = ["# Settings of pullquote. Take the # away in front of a line to make it hold.", ""]
    for setting in SETTINGS:
        lines += [f"# {setting.about}", f"# {setting.name} = {json.dumps(getattr(default, setting.name) or setting.example)}", ""]
    lines += ["# [keys]", "# A key or a list of keys for an action; [] for none."]
    for name, keys, about in actions:
        listed = keys.split()
        lines.append(f"# {json.dumps(name)} = {json.dumps(listed if len(listed) != 1 else listed[0])}  # {about}")
    return "\n".join(lines) + "\n"


_KEY = re.compile(r'\s*(?P<name>(?:"[^"]*"|\'[^\']*\'|[A-Za-z0-9_-]+)(?:\s*\.\s*(?:"[^"]*"|[A-Za-z0-9_-]+))*)\s*=')
_TABLE = re.compile(r"\s*\[+\s*(?P<name>[^\]]+?)\s*\]")


def _lines(source: str) -> dict[tuple[str, str], int]:
    """The line on which each name stands, by its table and name; tomllib does not tell."""
    table, found = "", {}
    for number, line in enumerate(source.splitlines(), 1):
        if header := _TABLE.match(line):
            table = _bare(header["name"])
            found["", table] = number
        elif key := _KEY.match(line):
            name = _bare(key["name"])
            found[table, name] = number
            if table.startswith("keys."):
                found["keys", f"{table[5:]}.{name}"] = number
            if not table and name.startswith("keys."):
                found["keys", name[5:]] = number
    return found


def _bare(name: str) -> str:
    return re.sub(r"\s*\.\s*", ".", re.sub(r"[\"']", "", name)).strip()


def _where(told: str) -> tuple[int | None, str]:
    """The line and the reason; tomllib says "... (at line 3, column 5)"."""
    found = re.fullmatch(r"(.*?) \(at line (\d+), column \d+\)", told, re.DOTALL)
    return (int(found[2]), found[1]) if found else (None, told.replace(" (at end of document)", " at the end"))


def _problem(path: os.PathLike[str], line: int | None, why: str) -> str:
    return safe_line(f"settings: {os.fspath(path)}{f': line {line}' if line else ''}: {why}")


def _meant(name: str, names: Collection[str]) -> str:
    import difflib

    near = difflib.get_close_matches(name, names, 1, 0.6)
    return f"; did you mean {near[0]}?" if near else ""

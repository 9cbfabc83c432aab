"""What the help of every verb, the manual page and the completions tell alike, each thing once. Owns these words; does nothing.

`tests/cli/test_guide.py` compares them with what the program reads and does.
"""

import re

LIBRARY_HELP = "the library folder (else PULLQUOTE_LIBRARY, else the user data directory)"

SUMMARY = "a terminal reading room for people who keep saved articles"

INTRODUCTION = (
    (
        "pullquote reads a folder of saved articles, finds the quotation that you half remember, says who said it, and keeps notes that stay "
        "on their words. It works offline, without an account, on the files you have, and never writes to them."
    ),
    (
        "Without a verb it opens a window: on the library, or on exactly the files and folders named, which do not enter the library by that. "
        'PATH may be "-" for standard input. In the window, ? lists the keys and q ends it.'
    ),
    (
        "With a verb it works without a window. Options may stand before or after the verb. -- ends options. A path named like a verb is "
        "written ./list."
    ),
)

PAGER = (
    (
        "pullquote - reads standard input to its end and opens the window on it; keys come from the terminal. Text from a pipe and no PATH mean "
        "the same, so that PAGER=pullquote works. Colours, links and overstrikes of other programs are taken out. HTML is recognised, "
        "and so are Markdown and text laid out in lines and columns where it is evident; all else is read as an article in plain text."
    ),
    "What was piped in is not kept when the window closes, unless you took it into the library: by A, or by the first note or bookmark.",
    (
        "When standard output is no terminal, pullquote PATH prints the plain text of the documents. No verb opens a pager by itself: "
        "pullquote show DOCUMENT | pullquote does."
    ),
)

GROUPS = {
    "Documents": ("add", "list", "show", "correct", "remove"),
    "Finding": ("search", "quotes", "speakers", "attribute"),
    "Notes": ("note", "bookmark", "notes", "edit", "place", "history", "tags", "delete", "undo", "redo"),
    "Exchange and upkeep": ("export", "import", "settings", "doctor"),
    "Help": ("help", "tour", "man", "completions"),
}
"""The verbs as they are listed; one that stands nowhere here comes last."""

WORDS = {
    "PATH": ("a file or a folder", "files"),
    "FILE": ("a file", "files"),
    "FOLDER": ("a remembered folder", "folders"),
    "DOCUMENT": ("an id or its beginning, a path, or a part of a title that only one document has", "documents"),
    "ID": ("the id of a note or its beginning; `pullquote notes` lists them", "notes"),
    "QUERY": ("words as you remember them; operators such as in:title, by:name, from:2021 and tag:name narrow it", ""),
    "VERB": ("one of the verbs that `pullquote help` lists", "verbs"),
    "SHELL": ("bash, zsh or fish", "shells"),
}
"""What stands for what in a verb's usage, and what completes it (see `reader.cli.completing`)."""

EXITS = {
    0: "done",
    1: "nothing found, or nothing to do",
    2: "could not do it; one line on standard error says why",
    130: "interrupted by Ctrl+C",
}

ENVIRONMENT = {
    "PULLQUOTE_LIBRARY": "the library folder, unless --library names one",
    "PULLQUOTE_CONFIG": "the settings file (else config.toml in the user configuration directory)",
    "XDG_CONFIG_HOME": "on Linux, the folder in which the folder of the settings file lies by default (else ~/.config)",
    "XDG_DATA_HOME": "on Linux, the folder in which the library folder lies by default (else ~/.local/share)",
    "NO_COLOR": "when set, no colours in the window, and no bold words and links in what verbs print",
    "COLORFGBG": "whether the terminal's background is light, which chooses the first theme",
    "TERM": "the kind of terminal; on a dumb one verbs print no escape codes",
    "VISUAL": "the editor for the text of notes",
    "EDITOR": "the editor when VISUAL is not set; else vi",
    "DISPLAY": "X11 is there: xclip copies to its clipboard, and addresses open in a browser",
    "WAYLAND_DISPLAY": "likewise Wayland, with wl-copy",
    "WSL_DISTRO_NAME": "likewise the Windows subsystem for Linux",
}
"""Every variable that is read, here or by a library for us."""

FOLDER = (
    "The library is one folder. --library names it, else PULLQUOTE_LIBRARY, else it is the user data directory: ~/.local/share/pullquote on "
    "Linux, ~/Library/Application Support/pullquote on macOS. `pullquote doctor` says which. The settings file is another one, config.toml in "
    "~/.config/pullquote on Linux; `pullquote settings` says where. In the library folder lie:"
)

FILES = {
    "notes": "Precious. Notes, tags, bookmarks, corrections, and the text of what was annotated.",
    "index": "A cache of everything read. May be deleted; it is made again.",
    "backups": "Copies of the notes, seven of each kind; `pullquote doctor --restore` brings one back.",
    "rescue": "The text of notes that could not be stored. Usually not there.",
    "piped": "Text that was piped in: until its window closes, for good when it was taken into the library.",
    "log": "Details of unexpected errors. Usually not there.",
}
"""The files of a library folder, by the names of `reader.paths.LibraryPaths`."""

EXAMPLES = {
    "pullquote add ~/articles": "Take a folder into the library; it is looked through again at every start.",
    "pullquote": "Open the window on the library.",
    'pullquote search "heroes do not accept zeroes"': "Find a quotation half remembered.",
    "pullquote show 1c9b | pullquote": "Read one document without the library around it.",
    "git log | pullquote -": "Read what another program prints.",
    "pullquote export --format markdown -o notes.md": "Take the notes elsewhere.",
}


def words_of(usage: str) -> list[str]:
    """The words of `WORDS` that a verb takes besides its options, in order."""
    usage = re.sub(r"--?[a-z][a-z-]*(?: \[?[A-Z]+\]?(?: [A-Z]+)?)?", "", usage.partition(" or:")[0])
    return list(dict.fromkeys(word for word in re.findall(r"[A-Z]+", usage) if word in WORDS))


def meanings(usage: str) -> str | None:
    """A sentence on each word that a verb takes; None when it takes none."""
    return "; ".join(f"{word}: {WORDS[word][0].split(';')[0]}" for word in words_of(usage)) + "." if words_of(usage) else None

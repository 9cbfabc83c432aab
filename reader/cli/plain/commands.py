"""The table of commands: the keys of the window and names in words, what each does, and which belong to the window only.

What the help says of a command is the first line of its function's docstring.
"""

from collections.abc import Callable
from dataclasses import dataclass

from reader.cli.plain import finding, marking, noting, quoting, shelf, words
from reader.cli.plain.desk import Desk
from reader.cli.plain.listing import Listing


@dataclass(frozen=True, slots=True)
class Command:
    """`keys` and `names` are ways to call it, the first key the one that help names; `takes` says what may follow."""

    keys: tuple[str, ...]
    names: tuple[str, ...]
    do: Callable[[Desk, str], None]
    takes: str = ""

    @property
    def about(self) -> str:
        """What it does, in a sentence."""
        return (self.do.__doc__ or "").split("\n", 1)[0]

    @property
    def called(self) -> str:
        """How to call it."""
        return ", or ".join(f"{name} {self.takes}".rstrip() for name in (*self.keys[:1], *self.names[:1]))


def quit_(desk: Desk, _: str) -> None:
    """Quit."""
    desk.done = True


def help_(desk: Desk, text: str) -> None:
    """List the commands; ? and a command explains it."""
    word = understood(text)[0]
    if word in BY_NAME:
        desk.say(f"{BY_NAME[word].called}: {BY_NAME[word].about}")
    elif word in WINDOW_ONLY:
        desk.say(window_only(word))
    elif text:
        desk.say(f"There is no command {text}.")
    else:
        rows = [f"{command.called}: {command.about}" for command in COMMANDS]
        rows.insert(0, "Enter: go on with the page or the list. A number: open it.")
        listing = Listing("help", "Commands", rows, lambda row: [row])
        desk.show(listing, below=desk.listing)


def search_words(desk: Desk, _: str) -> None:
    """Search everything for the words at hand."""
    span = words.hold(desk)
    if span is not None and desk.reading is not None:
        plain = desk.reading.page.text[slice(*span)].replace(":", " ").replace('"', " ")
        finding.search(desk, " ".join(word.lstrip("-") for word in plain.split())[:300])


def find_words(desk: Desk, _: str) -> None:
    """Find the words at hand in this document."""
    span = words.hold(desk)
    if span is not None and desk.reading is not None:
        finding.find(desk, " ".join(desk.reading.page.text[slice(*span)].split())[:200])


def space(desk: Desk, text: str) -> None:
    """Read about a screenful."""
    if desk.on_page or desk.listing.kind != "notes":
        shelf.page_on(desk, text)
    else:
        desk.say("Space belongs to the window only, where it picks notes: here d, t and H take the numbers of several notes, as d 2 4.")


COMMANDS = (
    Command(("/",), ("search",), finding.search, "words"),
    Command((), ("open", "go", "enter"), shelf.go, "number"),
    Command(("<", "esc", "escape"), ("back",), shelf.back),
    Command(("n",), ("next",), finding.step_on),
    Command(("N",), ("previous",), finding.step_back),
    Command((".",), ("quotation",), quoting.next_quote),
    Command((",",), (), quoting.previous_quote),
    Command(("a",), ("note",), noting.note, "text"),
    Command(("h",), ("highlight",), noting.highlight),
    Command(("b",), ("bookmark",), marking.bookmark),
    Command(("B",), (), marking.name_bookmark, "name"),
    Command(("y",), ("copy",), words.copy),
    Command(("e",), ("edit",), noting.edit, "text"),
    Command(("d", "delete"), (), noting.delete),
    Command(("u",), ("undo",), noting.undo),
    Command(("U",), ("redo",), noting.redo),
    Command(("V",), ("versions", "history"), noting.versions),
    Command(("P",), ("place",), noting.place, "number"),
    Command(("&",), ("notes",), noting.notes, "words"),
    Command(("#",), ("tags",), noting.tag_list, "tag"),
    Command(("t",), ("tag",), noting.tags, "tags"),
    Command(("R",), ("rename",), noting.rename_tag, "old = new"),
    Command(("H",), ("colour", "color"), noting.colour, "colour"),
    Command(("m",), ("mark",), marking.mark, "letter"),
    Command(("'",), (), marking.go_to_mark, "letter"),
    Command(('"',), ("quotes", "quotations"), quoting.quotes, "words"),
    Command(("@",), ("speakers",), quoting.speakers, "words"),
    Command(("S",), ("attribute", "said"), quoting.attribute, "name"),
    Command(("M",), ("merge",), quoting.merge, "name = name"),
    Command(("X",), ("split",), quoting.split, "name"),
    Command(("f",), ("find", "filter"), finding.find, "words"),
    Command(("K",), (), search_words),
    Command(("*",), (), find_words),
    Command(("s",), ("sort",), quoting.sort, "order"),
    Command(("+",), ("copies",), finding.unfold, "number"),
    Command(("ctrl+s",), ("save",), finding.save_search),
    Command(("v",), ("words",), words.sentence, "words"),
    Command(("]",), (), words.next_sentence),
    Command(("[",), (), words.previous_sentence),
    Command(("w",), (), words.word_more),
    Command(("W",), (), words.word_less),
    Command((")",), (), words.sentence_more),
    Command(("(",), (), words.sentence_before),
    Command(("p",), ("paragraph",), words.paragraph),
    Command(("j", "down", "}"), (), shelf.forward_one),
    Command(("k", "up", "{", "-"), (), shelf.back_one),
    Command(("pagedown", "ctrl+f"), ("page",), shelf.page_on),
    Command(("space",), (), space),
    Command(("pageup", "ctrl+b"), (), shelf.page_back),
    Command(("ctrl+d",), (), shelf.half_on),
    Command(("ctrl+u",), (), shelf.half_back),
    Command(("g", "home"), ("beginning",), shelf.beginning),
    Command(("G", "end"), (), shelf.end),
    Command(("=",), ("where",), shelf.where),
    Command(("tab",), ("switch",), shelf.switch),
    Command(("ctrl+o", "alt+left"), (), finding.jump_back),
    Command(("ctrl+i", "alt+right"), ("forward",), finding.jump_forward),
    Command(("z",), ("furniture",), shelf.furniture),
    Command(("o",), ("original",), shelf.original, "number"),
    Command(("O",), ("folder",), shelf.folder),
    Command(("l",), ("links",), shelf.links),
    Command(("T",), ("headings", "outline"), shelf.outline),
    Command((), ("documents", "list"), shelf.documents, "words"),
    Command(("c",), ("correct",), shelf.correct, "field value"),
    Command(("A",), ("add",), shelf.add, "path"),
    Command(("r",), ("refresh",), shelf.refresh),
    Command(("!",), ("problems",), shelf.problems),
    Command((), ("samples",), shelf.samples),
    Command(("?", "f1"), ("help", "keys"), help_, "command"),
    Command(("q", "ctrl+q"), ("quit", "exit"), quit_),
)
BY_NAME = {name: command for command in COMMANDS for name in (*command.keys, *command.names)}

_CURSOR = "v and words choose words of the paragraph, w W ) ( make them longer or shorter"
_LOOKS = "nothing is drawn here"
WINDOW_ONLY = {
    "right": _CURSOR,
    "left": _CURSOR,
    "^": _CURSOR,
    "$": _CURSOR,
    "i": _CURSOR,
    "L": "l lists the links, o and a number says the address of one",
    ">": "the numbers of the list open documents, Ctrl+O goes back",
    "%": "= says where you are, g and G go to the beginning and the end",
    ":": "here every line is a command",
    "F": _LOOKS,
    "J": _LOOKS,
    "ctrl+t": _LOOKS,
    "E": "`pullquote settings` says where the settings file is",
    "ctrl+n": "`pullquote tour | cat` prints the steps of the tour",
    "ctrl+z": "the terminal does that",
    "x": "while files are read here, Ctrl+C stops that",
    "ctrl+p": "? lists the commands",
    "ctrl+e": "a or e without text asks for lines",
}
"""Keys of the window without a meaning here, and what there is instead."""

_SIGNS = frozenset("/<.,&#'\"@+?!=-{}[]()*")
"""Keys that need no space behind them."""
_SENT = {
    "\x1b": "esc",
    "\x1b[A": "up",
    "\x1bOA": "up",
    "\x1b[B": "down",
    "\x1bOB": "down",
    "\x1b[5~": "pageup",
    "\x1b[6~": "pagedown",
    "\x1b[H": "home",
    "\x1b[F": "end",
    "\x1b[3~": "delete",
    "\x1bOP": "f1",
}
"""What terminals send for keys that are no letters, when somebody presses one before Enter."""


def named(word: str) -> str:
    """A key or a name as the tables have it: "Ctrl+S" is "ctrl+s", and so is what a terminal sends for it; letters stay as they are."""
    if word in _SENT:
        return _SENT[word]
    if len(word) == 1:
        return f"ctrl+{chr(ord(word) + 96)}" if ord(word) < 27 else word
    return word.lower()


def understood(line: str) -> tuple[str, str]:
    """The command that a line calls, as the tables name it, and what follows it; an empty line is Enter."""
    if not line:
        return "", ""
    if line[0] in _SIGNS:
        return line[0], line[1:].strip()
    word, _, rest = line.partition(" ")
    return named(word), rest.strip()


def window_only(word: str) -> str:
    """What is answered to a key that belongs to the window."""
    return f"{word} belongs to the window only: {WINDOW_ONLY[word]}."


def perform(desk: Desk, line: str) -> None:
    """Do what a line says. Raises `PullquoteError`."""
    word, rest = understood(line)
    if desk.listing.kind == "help" and desk.listing.below is not None and word not in ("", "enter", "<", "back", "esc"):
        desk.listing, desk.on_page = desk.listing.below, desk.listing.aside  # where one was when help was asked for
    if not word or (word == "enter" and not rest):
        shelf.enter(desk)
    elif word.isascii() and word.isdigit() and not rest:
        desk.go(int(word[:9]))
    elif word in BY_NAME:
        BY_NAME[word].do(desk, rest)
    elif word in WINDOW_ONLY:
        desk.say(window_only(word))
    else:
        desk.say(f"Unknown: {line}. ? lists the commands; / {line} searches for it.")

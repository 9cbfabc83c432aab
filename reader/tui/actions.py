"""Every action of the window, once: its name, its keys, what it does, and where it is worth a hint.

From this table come the bindings, the hints in the bar below, the help, the command palette, the `:` commands and the default keymap, so
that none of them can forget one. Ids are stable: settings files refer to them. Imports nothing of the window, so that the command line
can print it.
"""

from collections.abc import Mapping

from reader.values import dataclass

NONE = "none"
"""What a settings file says for no key at all."""

SCREEN, PAGE, LIST = "screen", "page", "list"
"""The parts of the window that actions belong to: those of the page and of the list need it to have the keys."""


@dataclass(frozen=True, slots=True)
class Action:
    """`name` is the method without `action_`, unless `call` says another call; `hint` the word in the bar below, with the parts of the
    screen it is shown in. `part` is the part of the window it belongs to.
    """

    name: str
    keys: str
    about: str
    hint: str = ""
    where: str = ""
    call: str = ""
    part: str = SCREEN

    @property
    def id(self) -> str:
        """The stable name, as "page.half-down"."""
        return f"{self.part}.{self.name.replace('_', '-')}"

    @property
    def deed(self) -> str:
        """What Textual calls."""
        return self.call or self.name


def written(key: str) -> str:
    """A key as people write it: "slash" is "/", "ctrl+o" is "Ctrl+O"."""
    *modifiers, name = key.split("+") if key != "+" else [key]
    name = WRITTEN.get(name, name if len(name) == 1 else name.capitalize())
    if "ctrl" in modifiers and len(name) == 1:
        name = name.upper()
    return "+".join([*(modifier.capitalize() for modifier in modifiers), name])


def pressed(key: str) -> str:
    """The opposite of `written`: the name that Textual has for a key that a person wrote."""
    key = key.strip()
    if len(key) == 1:
        return PRESSED.get(key, key)
    *modifiers, name = key.split("+") if not key.endswith("++") else [*key[:-2].split("+"), "+"]
    name = PRESSED.get(name if len(name) == 1 else name.capitalize(), name if len(name) == 1 else name.lower())
    if any(modifier.lower() == "ctrl" for modifier in modifiers):
        name = name.lower()
    return "+".join([*(modifier.lower() for modifier in modifiers), name])


WRITTEN = {
    "slash": "/",
    "plus": "+",
    "full_stop": ".",
    "comma": ",",
    "ampersand": "&",
    "number_sign": "#",
    "apostrophe": "'",
    "quotation_mark": '"',
    "at": "@",
    "exclamation_mark": "!",
    "question_mark": "?",
    "colon": ":",
    "semicolon": ";",
    "asterisk": "*",
    "minus": "-",
    "equals_sign": "=",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "percent_sign": "%",
    "dollar_sign": "$",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "left_parenthesis": "(",
    "right_parenthesis": ")",
    "circumflex_accent": "^",
    "underscore": "_",
    "vertical_line": "|",
    "backslash": "\\",
    "tilde": "~",
    "grave_accent": "`",
    "escape": "Esc",
    "pagedown": "PageDown",
    "pageup": "PageUp",
}
"""Textual's names of keys that people write otherwise."""

PRESSED = {shown: name for name, shown in WRITTEN.items()} | {
    "Escape": "escape",
    "Pagedown": "pagedown",
    "Pageup": "pageup",
    "Del": "delete",
}


_NAMED = frozenset(
    "up down left right home end pageup pagedown insert delete enter escape space tab backspace".split() + [f"f{n}" for n in range(1, 25)]
)
_MODIFIERS = frozenset({"ctrl", "alt", "shift", "super", "hyper", "meta"})


def is_key(text: str) -> bool:
    """Whether what a person wrote names a key: a character, or "Ctrl+O", "F5", "Alt+Left", "none"."""
    if text.lower() == NONE or len(text) == 1:
        return True
    *modifiers, name = pressed(text).split("+")
    return set(modifiers) <= _MODIFIERS and (name in _NAMED or len(name) == 1 or name in WRITTEN)


_ON_SCREEN = (
    Action("search", "slash", "Search everything", "search", "documents page hits notes speakers"),
    Action("save_search", "ctrl+s", "Save the search that stands in the bar, or forget it"),
    Action("unfold", "plus", "Show or hide the copies and other wordings of a hit or a quotation", "copies", "hits folded"),
    Action("go", "enter", "Open what the cursor is on", "go there", "documents hits notes quotes speakers tags"),
    Action("back", "escape", "Back: from the page to the list, from hits to documents", "back", "page hits notes quotes speakers tags"),
    Action("next", "n", "Next hit, place found, note or listed quotation", "next", "page hits"),
    Action("previous", "N", "Previous hit, place found, note or listed quotation"),
    Action("attribute", "S", "Say who spoke this quotation, or that nobody knows", "who said it", "quotation quotes"),
    Action("next_quote", "full_stop", "Next quotation on the page", "next quotation", "page quotation"),
    Action("previous_quote", "comma", "Previous quotation on the page"),
    Action("note", "a", "Write a note on the selected words; in the list, on the document", "note", "page selection"),
    Action("highlight", "h", "Highlight the selected words", "highlight", "selection"),
    Action("bookmark", "b", "Bookmark the document, or the place on the page", "bookmark", "documents page selection"),
    Action(
        "copy", "y", "Copy the selected words or the quotation with their source", "copy with source", "selection hits quotation quotes"
    ),
    Action("place", "P", "Say where the words of a note lie now; with words selected, put a note that lost its own there", "place", "lost"),
    Action("edit", "e", "Edit the note at the cursor", "edit", "notes"),
    Action("pick", "space", "Pick notes, to tag, colour or delete many at once", "pick", "notes picked"),
    Action("delete", "d,delete", "Delete the note at the cursor, or those picked", "delete", "notes picked"),
    Action("undo", "u", "Undo the last thing done, also of an earlier day"),
    Action("redo", "U", "Do again what was undone"),
    Action("versions", "V", "What the note at the cursor said before"),
    Action(
        "colour", "H", "Choose a colour for the selected words or the notes meant; name what colours mean", "colour", "selection picked"
    ),
    Action("notes", "ampersand", "All notes and bookmarks", "notes", "documents"),
    Action("tag_list", "number_sign", "All tags; Enter shows the notes with one", "tags", "notes"),
    Action("rename_tag", "R", "Rename a tag, or merge it into another", "rename", "tags"),
    Action("mark", "m", "Mark the place with a letter: m a; ' a comes back to it"),
    Action("go_to_mark", "apostrophe", "Go to the place marked with a letter, or shown with '"),
    Action("name_bookmark", "B", "Bookmark under a name"),
    Action("jump_back", "ctrl+o,alt+left", "Back to where you jumped from"),
    Action("jump_forward", "ctrl+i,alt+right", "Forward again, where the terminal tells Ctrl+I from Tab; else Alt+Right"),
    Action("quotes", "quotation_mark", "All quotations", "quotations", "documents speakers"),
    Action("speakers", "at", "Everybody quoted; Enter shows what they said", "speakers", "documents quotes quotation"),
    Action("merge", "M", "The speaker is the same person as another: merge two names", "merge", "speakers"),
    Action("split", "X", "The name is somebody else here, or everywhere: split it off", "split", "speakers"),
    Action("find", "f", "Find in this document; in the list: filter it", "find", "page notes quotes speakers"),
    Action("links", "l", "Number the links in sight; the number follows one", "links", "page"),
    Action("follow", "L", "Follow the link at the cursor: a footnote, a place, a saved document, else its address"),
    Action("outline", "T", "Headings of this document, to go to one", "headings", "page"),
    Action("sort", "s", "Sort the list: documents, quotations or speakers", "sort", "documents quotes speakers"),
    Action("tags", "t", "Tags of this document, or of the notes picked", "tag", "notes picked"),
    Action("correct", "c", "Correct title, date or publisher of this document"),
    Action("add", "A", "Add what is shown to the library, or another folder or file", "add", "view"),
    Action("refresh", "r", "Look through the remembered folders again"),
    Action("cancel", "x", "Stop adding", "stop adding", "adding"),
    Action("problems", "exclamation_mark", "What could not be added, and why", "problems", "problems"),
    Action("furniture", "z", "Fold or unfold page furniture"),
    Action("original", "o", "Open the original: its address, else its file"),
    Action("folder", "O", "Open the folder its file lies in"),
    Action("switch", "tab", "To the other part of the screen"),
    Action(
        "search_words", "K", "Search everything for the selected words, or the quotation meant", "search it", "selection quotation caret"
    ),
    Action("find_words", "asterisk", "Find the selected words, or the word at the cursor, in this document", "find it", "caret"),
    Action("older", "less_than_sign", "Back to the document opened before"),
    Action("newer", "greater_than_sign", "Forward to the document opened after"),
    Action("focus", "F", "Nothing but the text; again, or Esc, shows the rest", call="only_text"),
    Action("narrower", "minus", "A narrower column of text"),
    Action("wider", "equals_sign", "A wider column of text"),
    Action("justify", "J", "Straight right edge, or ragged"),
    Action("theme", "ctrl+t", "Choose the colours"),
    Action("settings", "E", "Edit the settings file in your own editor"),
    Action("command", "colon", "Type a command: any action by name, or :theme light, :export csv notes.csv, :50%"),
    Action("palette", "ctrl+p", "All actions by name"),
    Action("tour", "ctrl+n", "A tour of two minutes; during it, the next step"),
    Action("suspend", "ctrl+z", "Stop for a moment: the shell's fg comes back"),
    Action("quit", "q,ctrl+q", "Quit", "quit", "documents"),
    Action("help", "question_mark", "All keys", "keys", "documents page hits notes picked selection quotation quotes speakers tags"),
)

_ON_PAGE = tuple(
    Action(name, keys, about, call=call, part=PAGE, hint=hint, where=where)
    for name, keys, about, call, hint, where in (
        ("down", "j,down", "A line down", "rows(1)", "", ""),
        ("up", "k,up", "A line up", "rows(-1)", "", ""),
        ("half_down", "ctrl+d", "Half a page down", "pages(0.5)", "", ""),
        ("half_up", "ctrl+u", "Half a page up", "pages(-0.5)", "", ""),
        ("page_down", "space,pagedown,ctrl+f", "A page down", "pages(1)", "", ""),
        ("page_up", "pageup,ctrl+b", "A page up", "pages(-1)", "", ""),
        ("top", "g,home", "The beginning; with a number, that paragraph", "top", "", ""),
        ("bottom", "G,end", "The end; with a number, that paragraph", "bottom", "", ""),
        ("percent", "percent_sign", "With a number: so far into the text", "percent", "", ""),
        ("next_paragraph", "right_curly_bracket", "Next paragraph; selecting: to its end", "paragraph(1)", "", ""),
        ("previous_paragraph", "left_curly_bracket", "Previous paragraph; selecting: to its beginning", "paragraph(-1)", "", ""),
        ("select", "v", "Select the sentence; with the cursor on a word, begin selecting there", "select", "select", "caret"),
        ("sentence", "s", "Select the sentence", "select_sentence", "", ""),
        ("next_sentence", "right_square_bracket", "Select the next sentence", "sentence(1)", "", ""),
        ("previous_sentence", "left_square_bracket", "Select the previous sentence", "sentence(-1)", "", ""),
        ("word", "w", "The cursor a word on; selecting: a word more", "word(1)", "a word more", "selection"),
        ("word_back", "W", "The cursor a word back; selecting: a word less", "word(-1)", "less", "selection"),
        ("character", "right", "The cursor a character on; selecting: one more", "character(1)", "", ""),
        ("character_back", "left", "The cursor a character back; selecting: one less", "character(-1)", "", ""),
        ("line_start", "circumflex_accent", "The cursor to the beginning of its line", "line(-1)", "", ""),
        ("line_end", "dollar_sign", "The cursor to the end of its line", "line(1)", "", ""),
        (
            "sentence_on",
            "right_parenthesis",
            "The cursor a sentence on; selecting: a sentence more",
            "stretch(1)",
            "a sentence more",
            "selection",
        ),
        ("sentence_back", "left_parenthesis", "The cursor a sentence back; selecting: a sentence more in front", "stretch(-1)", "", ""),
        ("paragraph", "p", "Select the paragraph; again, one more", "select_paragraph", "", ""),
        (
            "object",
            "i",
            "Select what the next key says: i w word, i s sentence, i q quotation, i p paragraph",
            "screen.object",
            "what",
            "caret selection",
        ),
        ("other_end", "o", "Selecting: move the other end", "other_end", "", ""),
        ("clear_selection", "escape", "Clear the selection, then the cursor", "clear_selection", "", ""),
    )
)

_ON_LIST = tuple(
    Action(name, keys, about, call=call, part=LIST)
    for name, keys, about, call in (
        ("down", "j,down", "Down", "rows(1)"),
        ("up", "k,up", "Up", "rows(-1)"),
        ("half_down", "ctrl+d", "Half a page down", "pages(0.5)"),
        ("half_up", "ctrl+u", "Half a page up", "pages(-0.5)"),
        ("page_down", "pagedown,ctrl+f", "A page down", "pages(1)"),
        ("page_up", "pageup,ctrl+b", "A page up", "pages(-1)"),
        ("first", "g,home", "The first; with a number, that one", "first"),
        ("last", "G,end", "The last; with a number, that one", "last"),
        ("activate", "enter", "Open", "activate"),
    )
)

ACTIONS = (*_ON_SCREEN, *_ON_PAGE, *_ON_LIST)
"""Every action, those worth a hint in the order of their weight."""

IN_DIALOGS = (
    ("Ctrl+S", "Keep the note being written, or take the answers"),
    ("Ctrl+E", "Write the note in your own editor"),
    ("Esc", "Close, or give up"),
)
"""Keys that stand outside the table: the dialogs' own."""

PARTS = {SCREEN: "", PAGE: " (page)", LIST: " (list)"}
"""What the help adds to an action that one part only has."""


def keys_of(action: Action, keymap: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The keys of an action as people write them, under a keymap of ids and keys; empty when it has none."""
    keys = (keymap or {}).get(action.id, action.keys)
    return tuple(written(key.strip()) for key in keys.split(",") if key.strip() and key.strip() != NONE)


def all_keys(keymap: Mapping[str, str] | None = None) -> list[tuple[str, str]]:
    """Every key and what it does: the screen's, the page's, the list's, the dialogs'."""
    pairs = [(" ".join(keys_of(action, keymap)), f"{action.about}{PARTS[action.part]}") for action in ACTIONS]
    return [*pairs, *IN_DIALOGS]

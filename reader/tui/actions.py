"""Every action of the reading screen, once: its name, its keys, what it does, and where it is worth a hint.

From this table come the bindings, the hints in the bar below, the help and the command palette, so that none of them can forget one.
Names are stable: a keymap of the user's may refer to them.
"""

from textual.binding import Binding

from reader.values import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """`name` is the method without `action_`; `hint` the word in the bar below, with the parts of the screen it is shown in."""

    name: str
    keys: str
    about: str
    hint: str = ""
    where: str = ""
    shown: str = ""
    """How the key is written in hints and help; empty when as in `keys`."""

    @property
    def binding(self) -> Binding:
        """The binding of this action."""
        # `/` and `f` lead to typing: were they not seen first, a fast typist's next letters would run as commands before the field has the keys
        first = self.name in ("search", "find")
        return Binding(self.keys, self.name, self.about, id=f"screen.{self.name.replace('_', '-')}", show=False, priority=first)

    @property
    def key(self) -> str:
        """The first key as people write it."""
        return self.shown or self.keys.split(",")[0]


ACTIONS = (
    Action("search", "slash", "Search everything", "search", "documents page hits notes speakers", "/"),
    Action("save_search", "ctrl+s", "Save the search that stands in the bar, or forget it", "", "", "Ctrl+S"),
    Action("unfold", "plus", "Show or hide the copies and other wordings of a hit or a quotation", "copies", "hits folded", "+"),
    Action("go", "enter", "Open what the cursor is on", "go there", "documents hits notes quotes speakers tags", "Enter"),
    Action(
        "back", "escape", "Back: from the page to the list, from hits to documents", "back", "page hits notes quotes speakers tags", "Esc"
    ),
    Action("next", "n", "Next hit, place found, note or listed quotation", "next", "page hits", "n"),
    Action("previous", "N", "Previous hit, place found, note or listed quotation"),
    Action("attribute", "S", "Say who spoke this quotation, or that nobody knows", "who said it", "quotation quotes"),
    Action("next_quote", "full_stop", "Next quotation on the page", "next quotation", "page quotation", "."),
    Action("previous_quote", "comma", "Previous quotation on the page", "", "", ","),
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
    Action("notes", "ampersand", "All notes and bookmarks", "notes", "documents", "&"),
    Action("tag_list", "number_sign", "All tags; Enter shows the notes with one", "tags", "notes", "#"),
    Action("rename_tag", "R", "Rename a tag, or merge it into another", "rename", "tags"),
    Action("mark", "m", "Mark the place with a letter: m a; ' a comes back to it"),
    Action("go_to_mark", "apostrophe", "Go to the place marked with a letter, or shown with '", "", "", "'"),
    Action("name_bookmark", "B", "Bookmark under a name"),
    Action("jump_back", "ctrl+o,alt+left", "Back to where you jumped from", "", "", "Ctrl+O"),
    Action("jump_forward", "ctrl+i,alt+right", "Forward again, where the terminal tells Ctrl+I from Tab; else Alt+Right", "", "", "Ctrl+I"),
    Action("quotes", "quotation_mark", "All quotations", "quotations", "documents speakers", '"'),
    Action("speakers", "at", "Everybody quoted; Enter shows what they said", "speakers", "documents quotes quotation", "@"),
    Action("merge", "M", "The speaker is the same person as another: merge two names", "merge", "speakers"),
    Action("split", "X", "The name is somebody else here, or everywhere: split it off", "split", "speakers"),
    Action("find", "f", "Find in this document; in the list: filter it", "find", "page notes quotes speakers"),
    Action("sort", "s", "Sort the list: documents, quotations or speakers", "sort", "documents quotes speakers"),
    Action("tags", "t", "Tags of this document, or of the notes picked", "tag", "notes picked"),
    Action("correct", "c", "Correct title, date or publisher of this document"),
    Action("add", "A", "Add what is shown to the library, or another folder or file", "add", "view"),
    Action("refresh", "r", "Look through the remembered folders again"),
    Action("cancel", "x", "Stop adding", "stop adding", "adding"),
    Action("problems", "exclamation_mark", "What could not be added, and why", "problems", "problems", "!"),
    Action("furniture", "z", "Fold or unfold page furniture"),
    Action("original", "o", "Open the original: its address, else its file"),
    Action("folder", "O", "Open the folder its file lies in"),
    Action("switch", "tab", "To the other part of the screen", "", "", "Tab"),
    Action("quit", "q,ctrl+q", "Quit", "quit", "documents"),
    Action("help", "question_mark", "All keys", "keys", "documents page hits notes picked selection quotation quotes speakers tags", "?"),
)


def all_keys() -> list[tuple[str, str]]:
    """Every key and what it does: the screen's, then the page's, then the list's."""
    from reader.tui.page import PageView
    from reader.tui.rows import RowList

    pairs = [(action.shown or action.keys.replace(",", " "), action.about) for action in ACTIONS]
    for widget, name in ((PageView, "page"), (RowList, "list")):
        bindings = [binding for binding in widget.BINDINGS if isinstance(binding, Binding)]
        pairs += [(binding.key.replace(",", " "), f"{binding.description} ({name})") for binding in bindings]
    return [*pairs, ("ctrl+s", "Keep the note being written (in its dialog)"), ("ctrl+p", "All actions by name")]

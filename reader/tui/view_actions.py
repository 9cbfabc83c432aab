"""How the page looks and what was open before: focus, width, theme, settings, and the documents read one after the other."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from reader.errors import PullquoteError
from reader.hall.settings import Known, Settings, read_settings, template
from reader.library import Library
from reader.paths import settings_file
from reader.text import one_line
from reader.tui.actions import ACTIONS, PAGE, SCREEN, Action, is_key, keys_of
from reader.tui.keys import keymap
from reader.tui.search_actions import SearchActions

NARROWEST, WIDEST, STEP = 40, 120, 4
"""Cells of the column of text, and by how many a key changes it."""

_KEPT = ("theme", "measure", "justify", "focus")
"""What the window remembers when it is closed, unless the settings file settles it."""


class ViewActions(SearchActions):
    """What F, -, =, J, Ctrl+T, E, <, > and Ctrl+Z do."""

    settings = Settings()

    def __init__(self, library: Library, view: Sequence[str] = ()) -> None:
        super().__init__(library, view)
        self._read: list[str] = []
        self._reading = -1

    # -- settings ------------------------------------------------------------------------------------------------------------------

    def load_settings(self) -> tuple[str, ...]:
        """Read the settings file; the lines that say what was wrong in it."""
        path = settings_file()
        if not path.exists():
            return ()
        known = Known(frozenset(action.id for action in ACTIONS), is_key)
        self.settings, problems = read_settings(path, known)
        if self.settings.keys:
            self.keymap = keymap(self.settings.keys)
            self.app.set_keymap(dict(self.keymap))
        return problems

    def state(self) -> dict[str, object]:
        """What the window remembered when it was closed last."""
        try:
            stored = json.loads(self.library.notes_store.setting("window") or "{}")
        except ValueError:
            return {}
        return stored if isinstance(stored, dict) else {}

    def look_as(self, state: Mapping[str, object]) -> None:
        """Look as the settings file says, else as the window was left."""
        settings = self.settings
        left = {name: state[name] for name in _KEPT if name in state and name not in settings.given}
        measure, focus, theme = (left.get(name, getattr(settings, name)) for name in ("measure", "focus", "theme"))
        self.page_view.measure = measure if isinstance(measure, int) and NARROWEST <= measure <= WIDEST else settings.measure
        self.set_class(focus is True, "focus")
        if isinstance(theme, str) and theme and theme != self.app.theme:
            if theme in self.app.available_themes:
                self.app.theme = theme
            elif "theme" in settings.given:
                self.tell(f"settings: theme: there is no {one_line(theme)}: Ctrl+T lists those there are")

    def look(self) -> dict[str, object]:
        """How the window looks now, to be remembered."""
        return {"theme": self.app.theme, "measure": self.page_view.measure, "focus": self.has_class("focus")}

    def action_settings(self) -> None:
        """Edit the settings file in the user's own editor, and do as it says at once."""
        from reader.tui.opening import edited

        path = settings_file()
        try:
            edited(self.app, path, template((action.id, " ".join(keys_of(action)), action.about) for action in ACTIONS))
        except PullquoteError as error:
            self.complain(error)
            return
        self.keymap = {}
        self.app.set_keymap({})
        problems = self.load_settings()
        self.look_as(self.state())
        self.page_view.refresh()
        self.say()
        if problems:
            self.notify("\n".join(problems), severity="error", timeout=12, markup=False)
        else:
            self.tell(f"settings: {path}")

    # -- looks ---------------------------------------------------------------------------------------------------------------------

    def action_only_text(self) -> None:
        """Nothing but the text, or all of the window again."""
        if not self.has_class("focus") and self.page is not None:
            self.read()
        self.toggle_class("focus")
        self.say()

    def action_back(self) -> None:
        """From nothing but the text to all of the window; else see `SearchActions`."""
        if self.has_class("focus") and self.on_page and self.bar.has_class("closed"):
            self.remove_class("focus")
            self.say()
        else:
            super().action_back()

    def action_narrower(self) -> None:
        """A narrower column."""
        self._widen(-STEP)

    def action_wider(self) -> None:
        """A wider column."""
        self._widen(STEP)

    def _widen(self, cells: int) -> None:
        view = self.page_view
        view.measure = min(WIDEST, max(NARROWEST, view.measure + cells * self.times.take()))
        view.refresh()
        self.tell(f"{view.measure} cells wide")

    def action_justify(self) -> None:
        """A straight or a ragged right edge."""

    def action_theme(self) -> None:
        """Choose a theme; each is shown while the cursor is on it."""
        self.app.search_themes()

    def action_suspend(self) -> None:
        """Give the terminal back to the shell until `fg`."""
        self.app.action_suspend_process()

    # -- documents read one after the other ------------------------------------------------------------------------------------------

    def read(self) -> None:
        """Give the page the keys; the document becomes the last one read."""
        super().read()
        if self.page is not None and (not self._read or self._read[self._reading] != self.page.id):
            del self._read[self._reading + 1 :]
            self._read.append(self.page.id)
            self._reading = len(self._read) - 1

    def action_older(self) -> None:
        """The document opened before this one."""
        self._open_read(-1)

    def action_newer(self) -> None:
        """The document opened after this one."""
        self._open_read(1)

    def _open_read(self, step: int) -> None:
        wanted = self._reading + step * self.times.take()
        if not self._read or not 0 <= wanted < len(self._read):
            self.tell("no document was opened before this one" if step < 0 else "no document was opened after this one")
            return
        if self.open_document(self._read[wanted]):
            self._reading = wanted
            super().read()

    async def act(self, action: Action) -> None:
        """Do an action, as its key would: on the part of the window that it belongs to."""
        await (self if action.part == SCREEN else self.page_view if action.part == PAGE else self.rows).run_action(action.deed)

    def settle(self, **changed: object) -> None:
        """Change settings until the window is closed, as `:set` does."""
        self.settings = replace(self.settings, **changed)  # type: ignore[arg-type]  # the caller has checked them
        self.look_as({**self.state(), **self.look(), **changed})

"""How the page looks and what was open before: focus, width, theme, settings, and the documents read one after the other."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace

from reader.errors import PullquoteError
from reader.hall.preferences import Settings
from reader.library import Library
from reader.paths import settings_file
from reader.tui.actions import ACTIONS, PAGE, PARTS, SCREEN, Action, is_key, keys_of
from reader.tui.keys import keymap
from reader.tui.search_actions import SearchActions
from reader.tui.themes import OURS, every_theme, first_theme
from reader.tui.typography import Typography, order_for

STEP = 4
"""By how many cells a key makes the column of text wider or narrower."""

THEMES_TOLD = {
    "dark": "warm grey on near black",
    "light": "ink on paper",
    "high-contrast": "white on black, nothing told by colour",
    "ansi": "the colours of your terminal",
}
"""What our own themes are."""

_KEPT = ("measure", "justify", "focus")
"""What the window remembers when it is closed, unless the settings file settles it."""


class ViewActions(SearchActions):
    """What F, -, =, J, Ctrl+T, Ctrl+P, E, <, > and Ctrl+Z do."""

    settings = Settings()
    problems_in_settings: tuple[str, ...] = ()

    def __init__(self, library: Library, view: Sequence[str] = ()) -> None:
        super().__init__(library, view)
        self._read: list[str] = []
        self._reading = -1

    # -- settings ------------------------------------------------------------------------------------------------------------------

    def load_settings(self) -> None:
        """Read the settings file; `problems_in_settings` says what was wrong in it."""
        path = settings_file()
        self.settings, self.keymap, self.problems_in_settings = Settings(), {}, ()
        if path.exists():
            from reader.hall.settings import Known, read_settings

            known = Known(frozenset(action.id for action in ACTIONS), is_key, every_theme())
            self.settings, self.problems_in_settings = read_settings(path, known)
            self.keymap = keymap(self.settings.keys) if self.settings.keys else {}

    def state(self) -> dict[str, object]:
        """What the window remembered when it was closed last."""
        try:
            stored = json.loads(self.library.notes_store.setting("window") or "{}")
        except ValueError:
            return {}
        return stored if isinstance(stored, dict) else {}

    def chosen_theme(self) -> str:
        """The theme that the settings file says, else the one that was chosen in the window; empty when neither did."""
        chosen = self.settings.theme or self.state().get("theme")
        return chosen if isinstance(chosen, str) and chosen != "textual-dark" else ""

    def look_as(self, state: Mapping[str, object]) -> None:
        """Look as the settings file says, else as the window was left."""
        settings = self.settings
        left = {name: state[name] for name in _KEPT if name in state and name not in settings.given}
        measure, justify, focus = (left.get(name, getattr(settings, name)) for name in _KEPT)
        measure = measure if isinstance(measure, int) else settings.measure
        bidi = order_for(settings.bidi, os.environ)
        self.page_view.typography = Typography(measure, justify is True, settings.hyphenate, settings.spacing, settings.indent, bidi)
        self.rows.reorder = bidi == "reorder"
        self.rows.refresh()
        self.set_class(focus is True, "focus")

    def say_problems(self) -> None:
        """Tell what is wrong in the settings file."""
        first, *others = self.problems_in_settings or ("",)
        if first:
            more = f"\n{len(others)} more: `pullquote settings` lists them" if others else ""
            self.notify(f"{first}{more}", severity="error", timeout=12, markup=False)

    def look(self) -> dict[str, object]:
        """How the window looks now, to be remembered; a theme only when somebody chose it."""
        typography = self.page_view.typography
        chosen = {"theme": self.app.theme} if self.app.theme != first_theme() else {}
        return {"measure": typography.measure, "justify": typography.justify, "focus": self.has_class("focus"), **chosen}

    def action_settings(self) -> None:
        """Edit the settings file in the user's own editor, and do as it says at once."""
        from reader.hall.settings import template
        from reader.tui.opening import edited

        path = settings_file()
        try:
            edited(self.app, path, template((action.id, " ".join(keys_of(action)), action.about) for action in ACTIONS))
        except PullquoteError as error:
            self.complain(error)
            return
        self.load_settings()
        self.app.set_keymap(dict(self.keymap))
        self.look_as(self.state())
        if self.settings.theme in self.app.available_themes:
            self.app.theme = self.settings.theme
        self.say()
        if not self.problems_in_settings:
            self.tell(f"settings: {path}")
        self.say_problems()

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
        view.typography = replace(view.typography, measure=view.typography.measure + cells * self.times.take())
        self.tell(f"{view.typography.measure} cells wide")

    def action_justify(self) -> None:
        """A straight or a ragged right edge."""
        view = self.page_view
        view.typography = replace(view.typography, justify=not view.typography.justify)
        self.tell("straight right edge" if view.typography.justify else "ragged right edge")

    def action_theme(self) -> None:
        """Choose a theme."""
        self.start_dialog(self._choose_theme())

    async def _choose_theme(self) -> None:
        from reader.tui.choice import Choice, Option, sought

        ours = [Option(name, name, THEMES_TOLD[name]) for name in OURS]
        others = [Option(name, name) for name in sorted(self.app.available_themes) if name not in OURS]
        chosen = await self.app.push_screen_wait(Choice("Colours", "", sought([*ours, *others]), none="no theme like that"))
        if chosen is not None:
            self.app.theme = chosen

    def palette(self) -> list[tuple[str, str, str]]:
        """Every action: its id, what it does, and its keys."""
        return [(one.id, f"{one.about}{PARTS[one.part]}", " ".join(keys_of(one, self.keymap))) for one in ACTIONS]

    def action_palette(self) -> None:
        """All actions by name."""
        self.start_dialog(self._choose_action())

    async def _choose_action(self) -> None:
        from reader.tui.choice import Choice, Option, sought

        options = [Option(name, about, f":{name}", also=(name, name.partition(".")[2]), left=keys) for name, about, keys in self.palette()]
        chosen = await self.app.push_screen_wait(Choice("Actions", "", sought(options), none="no action like that"))
        action = next((action for action in ACTIONS if action.id == chosen), None)
        if action is not None:
            self.call_later(self.act, action)  # once this dialog is no longer on its way

    def action_suspend(self) -> None:
        """Give the terminal back to the shell until `fg`."""
        self.app.action_suspend_process()

    # -- documents read one after the other ------------------------------------------------------------------------------------------

    def read(self) -> None:
        """Give the page the keys; the document becomes the last one read."""
        super().read()
        if self.page is not None and self.listing.mode == "documents" and self.page.id in self.listing.entries:
            self.listing.set_cursor(self.page.id)
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
            self.read()

    async def act(self, action: Action) -> None:
        """Do an action, as its key would: on the part of the window that it belongs to."""
        await (self if action.part == SCREEN else self.page_view if action.part == PAGE else self.rows).run_action(action.deed)

    def settle(self, **changed: object) -> None:
        """Change settings until the window is closed, as `:set` does."""
        self.settings = replace(self.settings, **changed)  # type: ignore[arg-type]  # the caller has checked them
        self.look_as({**self.look(), **changed})
        if "theme" in changed and self.settings.theme in self.app.available_themes:
            self.app.theme = self.settings.theme

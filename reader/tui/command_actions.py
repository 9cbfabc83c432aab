"""The `:` command line of the window: typed, completed, remembered, done."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.suggester import Suggester

from reader.errors import PullquoteError
from reader.library import Library
from reader.text import one_line
from reader.tui.actions import Action
from reader.tui.bars import SearchBar, Typed
from reader.tui.shelf_actions import absolute, exists
from reader.tui.sources import SORTS
from reader.tui.view_actions import ViewActions

if TYPE_CHECKING:
    from reader.tui.commands import Values

PUNCTUATION = " \t\n\"“”„«»‘’'.,;:!?()[]-–—+*"
"""What may cling to words and is not looked for."""


class _Commands(Suggester):
    """Completes what is typed behind ":"."""

    def __init__(self, values: "Mapping[str, Values]") -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._values = values

    async def get_suggestion(self, value: str) -> str | None:
        """Textual's request: the whole value as it would be, or None."""
        from reader.tui.commands import completion

        return completion(value, self._values)


class CommandActions(ViewActions):
    """What `:`, `*`, K and `i` do."""

    def __init__(self, library: Library, view: Sequence[str] = ()) -> None:
        super().__init__(library, view)
        self._typed_before: list[str] = []
        self._at = 0
        self._came_from_page = False

    async def action_command(self) -> None:
        """Begin to type a command."""
        await self.prepare_bar()
        self._came_from_page = self.on_page
        self._kept = (self.bar.use, self.bar.text, self.bar.has_class("closed"))
        self.bar.open("command", "")
        self.bar.field.suggester = _Commands(self._values())
        self._at = len(self._typed_before)
        self.say()

    def _values(self) -> "dict[str, Values]":
        from reader.cite.exchange import formats
        from reader.hall.settings import SETTINGS

        return {
            "theme": lambda _: sorted(self.app.available_themes),
            "sort": lambda _: SORTS,
            "set": lambda _: [setting.name for setting in SETTINGS],
            "export": lambda _: sorted(formats()),
            "open": lambda typed: [entry.display_title for entry in self.listing.entries.begun(typed)],
            "tag": lambda _: sorted(self.known_tags()),
        }

    def end_command(self) -> None:
        """Give the bar back to what it was used for, and the keys to where they were."""
        use, text, closed = self._kept
        self.bar.field.suggester = self.suggester
        if closed or use == "command":
            self.bar.close()
            self.bar.use = "search"
        else:
            self.bar.open(use, text)
        self.set_focus(self.page_view if self._came_from_page else self.rows)
        self.say()

    def action_choose(self, step: int) -> None:
        """While a command is typed, an earlier or a later one; else see `SearchActions`."""
        if not (isinstance(self.focused, Typed) and self.bar.use == "command"):
            super().action_choose(step)
        elif self._typed_before:
            self._at = max(0, min(len(self._typed_before), self._at + step))
            self.bar.put(self._typed_before[self._at] if self._at < len(self._typed_before) else "")
            self.bar.field.cursor_position = len(self.bar.text)

    def action_back(self) -> None:
        """Gives up typing a command; else see `ViewActions`."""
        if self.bar.use == "command" and not self.bar.has_class("closed"):
            self.end_command()
        else:
            super().action_back()

    @on(SearchBar.Submitted)
    async def _command_typed(self, event: SearchBar.Submitted) -> None:
        if event.use != "command":
            return
        typed = event.text.strip()
        self.end_command()
        if typed:
            self._typed_before = [*(before for before in self._typed_before if before != typed), typed][-50:]
            await self.command(typed)

    async def command(self, typed: str) -> None:
        """Do what was typed; says what is wrong with it."""
        from reader.tui.commands import parse, resolve

        name, words = parse(typed)
        if name == "percent" and words:
            self.jumping()
            self.page_view.scroll_to_offset(len(self.page.text) * min(int(words), 100) // 100 if self.page is not None else 0)
            return
        found, choices = resolve(name)
        if found is None:
            several = f"could be {', '.join(choices[:6])}" if choices else "no such command"
            self.tell(f":{name}: {several}")
        elif isinstance(found, Action):
            if words:
                self.tell(f":{name}: takes no words")
            else:
                await self.act(found)
        else:
            doing: Callable[[str], Awaitable[None]] = getattr(self, f"_do_{found.name}")
            await doing(words)

    # -- commands that take words ------------------------------------------------------------------------------------------------------

    async def _do_open(self, words: str) -> None:
        found = self.listing.entries.titled(words)
        if not found:
            self.tell(f":open {words}: no document here has that in its title" if words else ":open takes words of a title")
        elif self.open_document(found[0]):
            self.read()

    async def _do_search(self, words: str) -> None:
        await self.action_search()
        if words:
            self.bar.put(words)
            self.set_focus(self.rows)
            self.ask(words)

    async def _do_find(self, words: str) -> None:
        if self.page is not None:
            self.read()
            self.finding_in = self.page_view.selection
            await self.find_words(words)

    async def find_words(self, words: str) -> None:
        """Mark some words on the page and go to the next place that has them."""
        await self.prepare_bar()
        self.bar.open("find", words)
        self.page_view.find(words, self.finding_in)
        self.set_focus(self.page_view)
        self.jumping()
        self.page_view.find_next(1)
        self.say()
        self._say_found()

    async def _do_note(self, words: str) -> None:
        if not words:
            await self.run_action("note")
        elif self.page is not None:
            await self.keep_note(words)

    async def _do_tag(self, words: str) -> None:
        document = self.chosen() or (self.page.id if self.page is not None else None)
        if document is None or not words:
            self.action_tags()
            return
        entry = self.library.documents([document])[0]
        await self._change(document, lambda: self.library.tag(document, [", ".join([*entry.tags, words])]))

    async def _do_sort(self, words: str) -> None:
        if words in SORTS:
            self.listing.sort(words)
            self.say()
        else:
            self.tell(f":sort takes one of {', '.join(SORTS)}")

    async def _do_filter(self, words: str) -> None:
        self.set_focus(self.rows)
        self.narrow(words)
        self.say()

    async def _do_theme(self, words: str) -> None:
        if not words:
            self.action_theme()
        elif words in self.app.available_themes:
            self.app.theme = words
        else:
            self.tell(f":theme {words}: there is none of that name; Ctrl+T lists them")

    async def _do_set(self, words: str) -> None:
        from reader.hall.settings import SETTINGS

        name, _, value = words.replace("=", " ", 1).partition(" ")
        value = value.strip().strip('"')
        setting = next((setting for setting in SETTINGS if setting.name == name), None)
        if setting is None:
            told = "   ".join(f"{setting.name} {getattr(self.settings, setting.name)}" for setting in SETTINGS)
            self.tell(told if not words else f":set {name}: no such setting; there are {', '.join(s.name for s in SETTINGS)}")
            return
        known = {"true": True, "on": True, "yes": True, "false": False, "off": False, "no": False}
        meant: object = int(value[:9]) if value.isdecimal() else known.get(value, value)
        wrong = setting.check(meant)
        if wrong:
            self.tell(f":set {name}: {wrong}")
        else:
            self.settle(**{name: meant})
            self.tell(f"{name} is {value}")

    async def _do_add(self, words: str) -> None:
        path = absolute(words) if words else ""
        if not words:
            self.action_add()
        elif exists(path):
            self.start_adding([path], keep=True)
        else:
            self.tell(f"add: {one_line(path)}: no such file or folder")

    async def _do_export(self, words: str) -> None:
        from reader.cite.exchange import formats

        form, _, target = words.partition(" ")
        if form not in formats():
            self.tell(f":export takes a format and a file; formats are {', '.join(sorted(formats()))}")
            return
        path = absolute(target.strip() or f"pullquote-notes.{'md' if form == 'markdown' else form}")
        if exists(path):
            self.tell(f"export: {one_line(path)}: is there already; name another file")
            return
        try:
            lines = await asyncio.to_thread(lambda: list(self.library.export(form)))
            await asyncio.to_thread(Path(path).write_text, "".join(line + "\n" for line in lines), encoding="utf-8")
        except (PullquoteError, OSError) as error:
            self.tell(f"export: {one_line(str(error))}")
            return
        self.tell(f"exported to {one_line(path)}")

    async def _do_link(self, words: str) -> None:
        if not (words.isdecimal() and await self.follow_number(int(words[:9]))):
            self.tell(f":link {words}: no link has that number here" if words else ":link takes the number of a link; l shows them")

    async def _do_paragraph(self, words: str) -> None:
        if words.isdecimal() and self.page is not None and len(self.page.blocks):
            self.jumping()
            if int(words[:9]) > len(self.page.blocks):
                self.tell(f"the last paragraph is {len(self.page.blocks)}")
            self.page_view.go_to(self.page.blocks.starts[min(max(1, int(words[:9])), len(self.page.blocks)) - 1])
        else:
            self.tell(":paragraph takes a number")

    async def _do_help(self, words: str) -> None:
        self.action_help(words)

    async def _do_quit(self, words: str) -> None:
        del words
        await self.action_quit()

    # -- words of the page -------------------------------------------------------------------------------------------------------------

    def words_here(self) -> str:
        """The selected words, else the word at the cursor when one is shown; empty when neither is there."""
        view, page = self.page_view, self.page
        if page is None:
            return ""
        if view.selection is not None:
            return page.text[view.selection[0] : view.selection[1]]
        return view.word_at(view.cursor)

    async def action_find_words(self) -> None:
        """Find the selected words, or the word at the cursor, in this document."""
        words = self.words_here()
        words = words.strip(PUNCTUATION)
        if words and self.on_page:
            self.page_view.select(None)
            self.finding_in = None
            await self.find_words(one_line(words)[:200])

    async def action_search_words(self) -> None:
        """Search everything for the selected words, else for the quotation meant, else for the word at the cursor."""
        quote, page = self.page_view.quote, self.page
        said = self.listing.quotation if not self.on_page else None
        if said is not None:
            words = said.text
        elif page is not None and quote is not None and self.page_view.selection is None:
            words = page.text[quote.start : quote.end]
        else:
            words = self.words_here()
        plain = " ".join(word.strip(PUNCTUATION) for word in one_line(words).replace(":", " ").split())
        if plain.strip():
            self.jumping()
            await self._do_search(plain[:300])

    def action_object(self) -> None:
        """Select what the next key says."""
        if self.page is not None:
            self.start_dialog(self._object())

    async def _object(self) -> None:
        from reader.tui.help import OneKey
        from reader.tui.page_motion import OBJECTS

        letter = await self.app.push_screen_wait(OneKey("Select", list(OBJECTS.items())))
        if letter is not None and letter in OBJECTS and not self.page_view.select_object(letter):
            self.tell(f"no {OBJECTS[letter].split()[0]} here")

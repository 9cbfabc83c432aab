"""Following links: by number, at the cursor, by mouse; footnotes where they are referred to; the outline of a document."""

import asyncio

from reader.model import Entry, Page
from reader.text import one_line
from reader.tui.page_links import Link, destination, headings, link_at, links, note_text, read_now
from reader.tui.ruling_actions import RulingActions
from reader.tui.selecting import Chooser
from reader.tui.sources import quoted
from reader.tui.wrap import clip


class LinkActions(RulingActions):
    """What l, L and T do, and a click on a link."""

    @property
    def _in_sight(self) -> Page | None:
        """The page, when it is on the screen."""
        return None if self.has_class("narrow") and not self.has_class("reading") else self.page

    def _still(self, page: Page) -> bool:
        """Whether that text is still the one on the page: its file may have changed while a dialog was open."""
        return self.page is not None and (self.page.id, self.page.version) == (page.id, page.version)

    # -- choosing -----------------------------------------------------------------------------------------------------------------

    def action_links(self) -> None:
        """Number the links in sight, and follow the one whose number is typed."""
        page = self._in_sight
        if page is None:
            return
        found = {link.start: link for link in reversed(links(page))}
        shown = [found[start] for start in self.page_view.label(found)]
        if not shown:
            self.tell("no link in sight" if found else "this document has no links")
        else:
            self.start_dialog(self._choose_link(page, shown))

    async def _choose_link(self, page: Page, shown: list[Link]) -> None:
        from reader.tui.link_labels import LinkNumber

        view = self.page_view
        number = await self.app.push_screen_wait(LinkNumber([_about(page, link) for link in shown], view.label_typed))
        view.label(())
        if number is not None and self._still(page):
            self.read()
            await self._follow(shown[number - 1])

    def action_follow(self) -> None:
        """Follow the link at the cursor: in the selected words, else the first one in the sentence."""
        page, view = self._in_sight, self.page_view
        if page is None:
            return
        link = link_at(page, *(view.selection or Chooser(page.text, page.blocks).sentence(view.cursor)))
        if link is None:
            self.tell("no link here: l numbers those in sight")
        else:
            self.start_dialog(self._follow(link))

    async def follow_number(self, number: int) -> bool:
        """Follow the link with that number among all of the page, from 1; whether there is one."""
        link = next((link for link in links(self.page) if link.number == number), None) if self.page is not None else None
        if link is not None:
            await self._follow(link)
        return link is not None

    def follow_clicked(self, target: str) -> None:
        """A link was clicked."""
        page = self.page
        if page is None:
            return
        at = self.page_view.cursor
        link = link_at(page, at, at + 1)
        self.start_dialog(self._follow(link if link is not None and link.target == target else Link(0, at, at, target)))

    # -- following ----------------------------------------------------------------------------------------------------------------

    async def _follow(self, link: Link) -> None:
        """Show a footnote, go to a place of the document, open another saved document, or hand the address to the system."""
        page = self.page
        if page is None:
            return
        note, place = note_text(page, link), destination(page, link.target)
        if note is not None:
            await self._show_footnote(link, note)
        elif place is not None:
            self._go_to(place)
        elif link.target.startswith("#"):
            self.tell(f"the place this link leads to is not in the document: {link.target}")
        elif not await self._open_saved(link.target):
            from reader.hall.linking import address_of, scheme_of

            address = address_of(link.target, self._entry(page))
            if scheme_of(address) != "":
                self.open_address(address)
            else:
                self.tell(f"this link leads to a file that is not in your library: {address}")

    def _entry(self, page: Page) -> Entry:
        """The document of the page as the list has it, with the user's corrections."""
        return self.listing.entries.get(page.id, page.entry)

    async def _show_footnote(self, link: Link, note: tuple[int, int]) -> None:
        from reader.tui.footnote import Footnote

        page, view = self.page, self.page_view
        if page is None:
            return
        label = one_line(page.text[link.start : link.end])
        words = page.text[slice(*note)]
        key = await self.app.push_screen_wait(Footnote(label, words, view.region, view.column, above=view.is_low(link.start)))
        if key == "enter" and self._still(page):
            self._go_to(note[0], note)
        elif key and key != "enter":
            self.call_after_refresh(self.app.simulate_key, key)  # what closed it moves the page

    def _go_to(self, place: int, span: tuple[int, int] | None = None) -> None:
        """Scroll to a place of the document that is open: a heading to the top, anything else into sight and marked."""
        page = self.page
        if page is None:
            return
        self.jumping()
        block = page.blocks[page.blocks.at(place)] if len(page.blocks) else None
        if block is None or not place:
            self.page_view.scroll_to_offset(0)
        elif any(span is None and heading.span[0] == block.start for heading in headings(page)):
            self.page_view.open_at(block.start)
        else:
            self.page_view.show_hit(span or Chooser(page.text, page.blocks).sentence(place))
        self.say()

    async def _open_saved(self, target: str) -> bool:
        """Open the document that a link means, when it is saved; whether it is."""
        from reader.hall.linking import saved

        page = self.page
        if page is None:
            return False
        entries, own = self.listing.entries, self._entry(page)
        entry = await asyncio.to_thread(lambda: saved(target, own, entries.values()))  # the first time, all are read
        if entry is None:
            return False
        if not self._still(page):
            return True
        self.read()
        if self.open_document(entry.id):
            name = target.partition("#")[2]
            place = destination(self.page, f"#{name}") if name and self.page is not None else None
            if place is not None:
                self.page_view.open_at(place)
            self.read()
            self.tell(f"opened from your library: {entry.display_title}   Ctrl+O goes back")
        return True

    # -- outline ------------------------------------------------------------------------------------------------------------------

    def action_outline(self) -> None:
        """Choose a heading of the document to go to."""
        if self._in_sight is None:
            return
        if len(headings(self._in_sight)) < 2:
            self.tell("this document has no headings")
        else:
            self.start_dialog(self._choose_heading())

    async def _choose_heading(self) -> None:
        from reader.tui.outline import Outline

        page = self.page
        if page is None:
            return
        found = headings(page)
        title = self._entry(page).display_title
        told = [(heading.level, page.text[slice(*heading.span)]) for heading in found]
        number = await self.app.push_screen_wait(Outline(title, told, read_now(found, self.page_view.reading)))
        if number is not None and self._still(page):
            self.read()
            self._go_to(found[number].span[0])


def _about(page: Page, link: Link) -> str:
    """A link's words and where it leads."""
    return f"{quoted(clip(one_line(page.text[link.start : link.end]), 30))} {clip(one_line(link.target), 60)}"

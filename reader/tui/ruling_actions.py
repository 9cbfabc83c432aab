"""What the user knows better about speakers: who spoke a quotation, which names are one person, which are not. Committed before it is said."""

import asyncio
from collections.abc import Mapping, Sequence

from reader.model import Entry, Speaker
from reader.text import fold, one_line
from reader.tui.quote_actions import QuoteActions, named
from reader.tui.quote_rows import NOBODY, count
from reader.tui.sources import quoted
from reader.tui.wrap import clip

_HERE = "\0here"
"""The choice to part a name in one document only; no name has this character."""


class RulingActions(QuoteActions):
    """What S, M and X do."""

    async def _everybody(self, document: str | None = None) -> Sequence[Speaker]:
        """Everybody quoted in a document, or in all that are listed."""
        among: Mapping[str, Entry] = self.listing.entries
        if document is not None:
            among = {document: among[document]} if document in among else {}
        return await asyncio.to_thread(self.library.speakers, among)

    # -- who spoke ----------------------------------------------------------------------------------------------------------------

    def action_attribute(self) -> None:
        """Say who spoke the quotation at the cursor."""
        if self.quote_here() is None:
            self.tell('no quotation here: . goes to the next one on the page, " lists all')
        else:
            self.start_dialog(self._attribute_quote())

    async def _attribute_quote(self) -> None:
        from reader.tui.choice import Choice, Option, sought

        here = self.quote_here()
        if here is None:
            return
        document, quote, words = here
        near, everybody = await self._everybody(document), await self._everybody()
        options = [Option("", NOBODY, "" if quote.speaker else "as it is", quiet=True)]
        if quote.speaker is not None:
            present = "you said so" if quote.confidence == "certain" and quote.rule == "you" else quote.confidence
            options.insert(0, Option(quote.speaker, quote.speaker, f"as it is: {present}"))
        listed = {option.label for option in options}
        for speaker in (*near, *everybody):
            if speaker.name not in listed:
                listed.add(speaker.name)
                detail = "in this document" if speaker in near else count(speaker.quotes, "quotation")
                options.append(Option(spelling(speaker), speaker.name, detail, speaker.names))
        found = await asyncio.to_thread(sought, options)
        name = await self.app.push_screen_wait(Choice("Who said it?", quoted(clip(one_line(words), 140)), found, "nobody is called so yet"))
        if name is not None and await self._do(lambda: self.library.attribute(document, quote, name or None)):
            self.quotes_changed()
            self.tell(f"kept: {one_line(name)} said it" if name else "kept: who said it is unknown")

    # -- who is who ---------------------------------------------------------------------------------------------------------------

    def action_merge(self) -> None:
        """The speaker at the cursor is the same person as another."""
        name = self.name_here()
        if name is None:
            self.tell("no name here: @ lists everybody quoted")
        else:
            self.start_dialog(self._merge_names(name))

    async def _merge_names(self, name: str) -> None:
        from reader.tui.choice import Choice, Option, sought

        everybody = await self._everybody()
        mine = named(everybody, name)
        own = mine.name if mine is not None else name
        words = set(fold(own).text.split())
        others = [speaker for speaker in everybody if speaker.name != own]
        others.sort(key=lambda speaker: not words & set(fold(speaker.name).text.split()))  # whose name shares a word first
        options = [Option(s.name, s.name, count(s.quotes, "quotation") + (f", {s.role}" if s.role else ""), s.names) for s in others]
        found = await asyncio.to_thread(sought, options)
        other = await self.app.push_screen_wait(Choice(f"{own} is the same person as", "", found, f"renames {own}"))
        if other is None:
            return
        known = any(speaker.name == other for speaker in everybody)
        into = fuller(own, other) if known else other
        if await self._do(lambda: self.library.merge_speakers([own, other] if known else [own], into)):
            self.quotes_changed()
            self.tell(f"kept: {own} and {other} are one person" if known else f"kept: {own} is called {other}")

    def action_split(self) -> None:
        """A name of the speaker at the cursor is somebody else."""
        name, here = self.name_here(), self.quote_here()
        if name is None:
            self.tell("no name here: @ lists everybody quoted")
        else:
            self.start_dialog(self._split_name(name, here[0] if here is not None else None))

    async def _split_name(self, name: str, document: str | None) -> None:
        from reader.tui.choice import Choice, Option, sought

        mine = named(await self._everybody(), name)
        names = [own for own in mine.names if own != mine.name] + [mine.name] if mine is not None and len(mine.names) > 1 else []
        options = [Option(_HERE, f"{name}, in this document", "only here; elsewhere it stays")] if document is not None else []
        options += [Option(own, own, "everywhere") for own in names]
        if not options:
            self.tell(f"{name} has one name only: X on a quotation says that there it is somebody else")
            return
        found = await asyncio.to_thread(sought, options)
        chosen = await self.app.push_screen_wait(Choice(f"Somebody else, not {mine.name if mine else name}, is", "", found))
        if chosen is None:
            return
        where, who = (document, name) if chosen == _HERE else (None, chosen)
        if await self._do(lambda: self.library.split_speaker(who, where)):
            self.quotes_changed()
            self.tell(f"kept: {who} is somebody else" + (" in this document" if where else ""))


def spelling(speaker: Speaker) -> str:
    """A name that means the speaker: one whom only a document calls so is listed with that document's title."""
    return speaker.name if speaker.name in speaker.names or not speaker.names else speaker.names[0]


def fuller(one: str, other: str) -> str:
    """The name that says more: more words written out, then more words; of equals `other`."""

    def said(name: str) -> tuple[int, int]:
        words = name.split()
        return sum(len(word.rstrip(".")) > 1 for word in words), len(words)

    return one if said(one) > said(other) else other

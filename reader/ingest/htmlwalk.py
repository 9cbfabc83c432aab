"""From tokens of HTML to blocks: walks once, without recursion, and keeps every word.

Owns nesting: which end tag ends what, where paragraphs break, list markers, tables. Refuses to judge what on the page is furniture or
the title (`htmlroles`) and what the head declares (`htmlmeta`). Block tags end the open paragraph, so bad nesting cannot lose words.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reader.ingest import htmlelements as elements
from reader.ingest.builder import Builder, Paragraph
from reader.ingest.htmlcontext import Context, Element, furniture_kind, role_in
from reader.ingest.htmlmeta import Declared
from reader.ingest.htmlnesting import TABLE_PARTS, Nesting
from reader.ingest.htmltables import is_data, table_tokens
from reader.ingest.htmltokens import RAW, Kind, Token, tokens
from reader.model import Role

PARAGRAPH_BREAK = "pullquote-line"
"""An element that only ends the line: `markdown` puts it where a line of the source is a paragraph of its own."""

_ADDRESSES = ("javascript:", "data:", "vbscript:")


@dataclass(slots=True, eq=False)
class Piece:
    """A block and where on the page it stands."""

    paragraph: Paragraph
    context: Context
    hints: frozenset[str]
    leads_away: bool = False
    """Whether it holds a link to another page."""


class Walker:
    """Walks one page. Afterwards `builder` holds the text, `pieces` its blocks, `declared` what the page says about itself.

    `markdown`: the page was rendered from Markdown, so tags with unknown names are words, and images speak by their descriptions.
    """

    def __init__(self, source: str, *, markdown: bool = False) -> None:
        self.builder = Builder()
        self.pieces: list[Piece] = []
        self.declared = Declared()
        self.markdown = markdown
        self.xml = not markdown and (source.startswith("<?xml") or "http://www.w3.org/1999/xhtml" in source[:2000])
        self._context = Context()
        self._nesting = Nesting()
        self._hints: set[str] = set()
        self._set_aside: list[tuple[Context, list[str]]] = []
        self._quotation_depth = 0
        self._tight = False
        self._cells = 0
        self._aside_at = -1
        self._began = self._context
        self._raw_tag = Token(Kind.START, "")
        self._tokens = tokens(source)
        self._ahead: deque[Token] = deque()

    def walk(self) -> None:
        """Read the page to its end."""
        for token in self._stream():
            kind = token.kind
            if kind is Kind.TEXT:
                self._words(token.value)
            elif kind is Kind.START:
                self._start(token)
            elif kind is Kind.END:
                self._end(token.value)
            elif kind is Kind.RAW_TEXT:
                self._raw(token.value)
            else:
                self.declared.comment(token.value)
        self._close_paragraph()
        self._put_down()
        for element in self._nesting.stack:
            self.builder.anchors.end(element.id, self.builder.ink)

    def put(self, role: Role, words: str) -> None:
        """A block that does not come from the page, as it is; before `walk`."""
        self.builder.begin(role, verbatim=True)
        self.builder.add(words)
        self._close_paragraph()

    def _stream(self) -> Iterator[Token]:
        """The tokens; those that were looked at in advance come first."""
        ahead, following = self._ahead, self._tokens
        while True:
            if ahead:
                yield ahead.popleft()
            else:
                token = next(following, None)
                if token is None:
                    return
                yield token

    # -- words ---------------------------------------------------------------------------------------------------------------------

    def _words(self, words: str) -> None:
        context, builder = self._context, self.builder
        if context.aside:
            self._aside(words)
            return
        if not builder.is_open:
            if words.isspace() or not words:
                return
            self._begin()
        builder.add(words)

    def _begin(self) -> None:
        context, builder = self._context, self.builder
        item = context.item
        marked = context.role is Role.LIST_ITEM and item is not None and item.marker is not None
        tight = self._tight or (marked and bool(self.pieces) and self.pieces[-1].paragraph.role is Role.LIST_ITEM)
        self._tight = False
        self._began = context
        builder.begin(context.role, context.level, tight=tight, verbatim=context.pre and context.role is Role.CODE)
        if marked and item is not None and item.marker and (context.furniture is None or context.furniture.kind == "form"):
            builder.mark(item.marker)
        if item is not None:
            item.marker = None

    def _aside(self, words: str) -> None:
        if not self._set_aside or self._set_aside[-1][0] is not self._context:
            self._set_aside.append((self._context, []))
        self._set_aside[-1][1].append(words)

    def _close_paragraph(self) -> None:
        """End the open block, and after it put down what was set aside inside it."""
        paragraph = self.builder.close()
        if paragraph is not None:
            self.pieces.append(Piece(paragraph, self._began, self._began.hints.union(self._hints), leads_away="leads away" in self._hints))
        self._hints.clear()
        if self._set_aside and not self._context.aside:
            self._put_down()

    def _put_down(self) -> None:
        waiting, self._set_aside = self._set_aside, []
        for context, parts in waiting:
            for words in "".join(parts).split("\0"):
                self.builder.begin(Role.BOILERPLATE)
                self.builder.add(words)
                paragraph = self.builder.close()
                if paragraph is not None:
                    self.pieces.append(Piece(paragraph, context, frozenset()))

    def _raw(self, content: str) -> None:
        tag = self._raw_tag
        if tag.value == "script":
            self.declared.script(tag.attributes, content)
        elif tag.value == "textarea" or (tag.value == "title" and self._context.aside):
            self._words(content)
        elif tag.value == "title" and not self.declared.head_title(content):
            outer, self._context = self._context, self._context.within("hidden")
            self._aside(content)
            self._context = outer

    # -- tags ----------------------------------------------------------------------------------------------------------------------

    def _start(self, tag: Token) -> None:
        name, attributes = tag.value, tag.attributes
        if self.xml and ":" in name:
            name = name.rpartition(":")[2]
        if name in elements.VOID or name == PARAGRAPH_BREAK:
            self._name(attributes)
            self._void(name, attributes)
        elif self.markdown and self._is_prose(tag):
            self._words(tag.raw)
        elif name == "a":
            self._link(attributes, closed=tag.closed and self.xml)
        elif name in elements.INLINES and not elements.is_hidden(attributes):
            self._name(attributes)
            if not (tag.closed and self.xml) and not (self._context.pre and elements.INLINES[name] == "code"):
                self.builder.push(elements.INLINES[name])
        elif name == "q":
            self._quotation(opening=True)
        elif name == "table" and not self._context.table:
            self._table(tag)
        else:
            self._raw_tag = tag
            self._open(name, attributes)
            if tag.closed and (self.xml or name in RAW or self._nesting.holds("svg") or self._nesting.holds("math")):
                self._end(name)

    def _is_prose(self, tag: Token) -> bool:
        """Whether what looks like a tag in Markdown is words: "<Ada Lund>", or "the <style> element" that never ends."""
        if tag.value in RAW:
            following = next(self._stream(), None)
            if following is not None:
                self._ahead.appendleft(following)
            return following is None or following.kind is not Kind.RAW_TEXT
        return tag.value not in elements.KNOWN and "-" not in tag.value

    def _open(self, name: str, attributes: Mapping[str, str]) -> None:
        """Put an element on the stack with the context of its words."""
        block = name in elements.BLOCK
        if block:
            self._implied_ends(name)
            if self._context.table and name in TABLE_PARTS:
                self._table_part(name)
            elif self._context.table:
                self.builder.add(" ")
            elif self._context.aside:
                self._aside("\0")
            else:
                self._close_paragraph()
        if name in ("html", "body", "head") and self._nesting.holds(name):
            return
        context = self._context_in(name, attributes, block=block)
        self._nesting.push(Element(name, self._context, self._name(attributes) if attributes else ""))
        self._context = context
        if name == "time":
            self.declared.time(attributes)

    def _context_in(self, name: str, attributes: Mapping[str, str], *, block: bool) -> Context:
        context = self._context
        if context.aside:
            return context
        if name in elements.ASIDE or (name == "title" and self._nesting.holds("svg")):
            inner = context.within("control" if name in ("button", "select", "textarea", "datalist") else "hidden")
            return self._setting_aside(inner)
        if attributes and not block and not context.table:
            if elements.is_hidden(attributes):
                return self._setting_aside(context.within("hidden"))
            self._hints.update(elements.hints_of(attributes))
        if block:
            if not self.markdown:
                kind = furniture_kind(name, attributes, context)
                context = context.within(kind) if kind else context
                hints = elements.hints_of(attributes) if attributes and name != "body" else frozenset()
                if hints:
                    context = context.but()
                    context.hints = context.hints | hints
            context = role_in(name, attributes, context)
        elif name == "cite" and context.quotes and not self.builder.is_started:
            self._close_paragraph()
            context = context.but()
            context.role, context.level = Role.ATTRIBUTION, 0
        return context

    def _setting_aside(self, inner: Context) -> Context:
        inner.aside = True
        self._aside_at = len(self._nesting.stack)
        return inner

    def _void(self, name: str, attributes: Mapping[str, str]) -> None:
        builder, context = self.builder, self._context
        if name == "br":
            if context.aside:
                self._aside(" ")
            elif context.table:
                builder.add(" ")
            elif context.pre:
                builder.add("\n")
            elif builder.is_started and builder.fresh:
                self._close_paragraph()
            else:
                builder.line_break()
        elif name in ("hr", PARAGRAPH_BREAK):
            if name == "hr":
                self._implied_ends(name)
            if not context.aside and not context.table:
                self._close_paragraph()
                self._tight = name == PARAGRAPH_BREAK
        elif name == "meta":
            self.declared.meta(attributes)
        elif name == "link":
            self.declared.link(attributes)
        elif name == "img" and self.markdown and attributes.get("alt", "").strip():
            self._description(attributes["alt"])

    def _description(self, words: str) -> None:
        """An image's description: a caption where the image stands alone, else words of the sentence."""
        if self.builder.is_started or self._context.table or self._context.aside or self._context.role is not Role.BODY:
            self._words(f" {words} ")
            return
        self._close_paragraph()
        inner, outer = self._context.but(), self._context
        inner.role = Role.CAPTION
        self._context = inner
        self._words(words)
        self._close_paragraph()
        self._context = outer

    def _link(self, attributes: Mapping[str, str], *, closed: bool) -> None:
        self.builder.pop("link")
        if attributes:
            self._hints.update(elements.hints_of(attributes))
            self._name(attributes)
            self.builder.anchors.begin(attributes.get("name", ""))
        target = attributes.get("href", "").strip()
        if target and not closed and not target.lower().startswith(_ADDRESSES):
            self.builder.push("link", target)
            if not target.startswith("#"):
                self._hints.add("leads away")

    def _name(self, attributes: Mapping[str, str]) -> str:
        """Remember where an element with an id lies, for links to it; its id."""
        name = attributes.get("id", "")
        if name and not self._context.aside:
            self.builder.anchors.begin(name)
        return name

    def _quotation(self, *, opening: bool) -> None:
        """Browsers put quotation marks around q, so they are words of the page."""
        if opening:
            self._quotation_depth += 1
            self._words("“" if self._quotation_depth % 2 else "‘")
        elif self._quotation_depth:
            self._words("”" if self._quotation_depth % 2 else "’")
            self._quotation_depth -= 1

    def _table(self, tag: Token) -> None:
        """A table of data becomes one block; a table that only lays out the page is walked like any other boxes."""
        if self._context.aside:
            self._open("table", tag.attributes)
            return
        ahead = table_tokens(self._stream())
        self._ahead.extendleft(reversed(ahead))
        self._open("table", tag.attributes)
        if is_data(tag.attributes, ahead):
            inner = self._context.but()
            self._cells = 0
            inner.table, inner.role, inner.level, inner.pre = True, Role.TABLE, 0, False
            self._context = inner

    def _table_part(self, name: str) -> None:
        builder = self.builder
        if name == "caption":
            self._close_paragraph()
        elif name == "tr":
            self._cells = 0
            if builder.is_started:
                builder.cell("\n")
            elif not builder.is_open:
                builder.begin(Role.TABLE)
        elif name in ("td", "th"):
            if not builder.is_open:
                builder.begin(Role.TABLE)
            if self._cells:
                builder.cell("\t")
            self._cells += 1

    # -- ends ----------------------------------------------------------------------------------------------------------------------

    def _implied_ends(self, name: str) -> None:
        for place in self._nesting.ended_by_start(name, self._aside_at if self._context.aside else -1):
            self._pop_to(place)

    def _end(self, name: str) -> None:
        if self.xml and ":" in name:
            name = name.rpartition(":")[2]
        if name == "a":
            self.builder.pop("link")
        elif name == "q":
            self._quotation(opening=False)
        elif name == "br":
            self._void("br", {})
        elif self._nesting.holds(name):
            place = self._nesting.ended_by_end(name)
            if place >= 0:
                self._pop_to(place)
        elif name in elements.INLINES:
            self.builder.pop(elements.INLINES[name])
        elif name == "p":
            if not self._context.aside and not self._context.table:
                self._close_paragraph()
        elif self.markdown and name not in elements.KNOWN and "-" not in name:
            self._words(f"</{name}>")

    def _pop_to(self, at: int) -> None:
        """End the element at `at` and everything open inside it."""
        nesting = self._nesting
        while len(nesting.stack) > at:
            element = nesting.stack[-1]
            if element.name in elements.BLOCK:
                self._end_block(element.name)
            elif element.name == "cite" and self._context.role is not element.outer.role:
                self._close_paragraph()
            if element.id:
                self.builder.anchors.end(element.id, self.builder.ink)
            self._context = nesting.pop().outer

    def _end_block(self, name: str) -> None:
        if self._context.aside:
            self._aside("\0")
        elif self._context.table and name not in ("table", "caption"):
            self.builder.add(" ")
        else:
            self._close_paragraph()

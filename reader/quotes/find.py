"""Text -> quotes: paragraph by paragraph, from marks to speech to sources, then the best name for each source.

Owns the order in which the rules are asked, what goes on from one quotation to the next, and how sure an answer is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from reader.model import Block, Metadata, Quote, Role, Span
from reader.quotes import cues, grammar, leads, speech
from reader.quotes.cast import Cast, Person
from reader.quotes.cues import Clue
from reader.quotes.marks import ANY_MARK, ANY_SINGLE, Marked, marked
from reader.quotes.naming import Source, authored, named
from reader.quotes.paragraphs import HEADINGS, cut, paragraphs
from reader.quotes.tokens import QUOTATION, Line, line
from reader.text import terms

VERSION = 2
"""Raise it whenever the quotes of any text could come out differently: documents are then looked through again."""
_NO_PROSE = frozenset({Role.METADATA, Role.CODE, Role.BOILERPLATE, Role.CONTACT})
_SIGNED_LINE = re.compile(r"(?m)^[ \t]*[~—―–][ \t]*[^\W\d_a-z]")
_JOINING = frozenset("and but that or then adding saying".split())
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|[Mm]y|[Mm]e|[Uu]s|I[’'](?:m|ve|d|ll)|[Ww]e[’'](?:re|ve|ll))\b")
_SIGNING = frozenset("~—―–-‒")
_SIGNING_ALONE = frozenset("~—―–")
_WEAK = frozenset({"none", "introduced_before", "topic_before", "carried_over", "topic", "carried"})
"""Rules that give way to a signature."""
_STATEMENTS = frozenset({"statement", "sender", "titled"})
"""Rules whose source goes on speaking in the paragraphs that follow, each in marks of its own."""
_LONGEST_SIGNATURE = 160
_SHORTEST_PULL = 25
CERTAIN = frozenset(
    {
        "said_after",
        "after_said",
        "split",
        "said_before",
        "label",
        "signed",
        "signature",
        "continued",
        "next_paragraph",
        "statement",
        "sender",
        "titled",
    }
)
"""Rules that were right in 98 % of what they answered; see the table of `tests.bench.quotes`."""


@dataclass(slots=True)
class Draft:
    """A quotation on its way: its clue may come from the one before it."""

    mark: Marked
    kind: str
    group: int
    clue: Clue | None
    line: Line | None
    rule: str
    place: int = 0
    heard: "Draft | None" = None
    author: str | None = None

    @property
    def origin(self) -> "Draft":
        """The quotation whose words name the source."""
        draft = self
        while draft.heard is not None:
            draft = draft.heard
        return draft


@dataclass(slots=True)
class _State:
    """What goes on from paragraph to paragraph."""

    any_mark: re.Pattern[str] | None
    drafts: list[Draft] = field(default_factory=list)
    group: int = 0
    open: Draft | None = None
    last: Draft | None = None
    ended: Line | Span | None = None
    bare: tuple[Span, Role] | None = None


def find(text: str, blocks: Sequence[Block] = (), metadata: Metadata | None = None) -> tuple[Quote, ...]:
    """The quotations of a text in order; they do not overlap. Without `blocks`, paragraphs are what empty lines part.

    Costs about 0.2 ms a paragraph with marks, a hundredth of that without. Never raises on any text.
    """
    any_mark = ANY_MARK if ANY_MARK.search(text) else ANY_SINGLE if ANY_SINGLE.search(text) else None
    if any_mark is None and _SIGNED_LINE.search(text) is None:
        return ()
    state = _State(any_mark)
    for start, end, role in paragraphs(text, blocks):
        if role in _NO_PROSE:
            state.open = state.last = state.ended = state.bare = None
        elif any_mark is not None and any_mark.search(text, start, end) is not None:
            _paragraph(text, start, end, state, role)
        else:
            _unmarked(text, start, end, state, role)
    if not state.drafts:
        return ()
    _title(text, state.drafts, blocks, metadata)
    title = " ".join(text[block.start : block.end] for block in blocks if block.role is Role.TITLE)
    return tuple(_settled(text, state.drafts, metadata or Metadata(), title))


def _paragraph(text: str, start: int, end: int, state: _State, role: Role) -> None:
    """Find the quotations of a paragraph that has marks."""
    heading = role in HEADINGS
    state.bare = None
    marks = [cut(text, mark) for mark in marked(text, start, end, singles=state.any_mark is ANY_SINGLE)]
    spoken = line(text, start, end, marks)
    before: Draft | None = None
    for number, mark in enumerate(marks):
        place = spoken.places[number]
        draft = _quotation(text, spoken, place, mark, before, state, first=number == 0, heading=heading)
        if draft is not None:
            draft.place = place
            state.drafts.append(draft)
            before = draft
    still_open = bool(marks) and not marks[-1].closed and marks[-1].outer[1] == end
    state.open = before if before is not None and still_open and before.mark is marks[-1] else None
    state.last = before
    state.ended = spoken if spoken.tokens else None


def _unmarked(text: str, start: int, end: int, state: _State, role: Role) -> None:
    """A paragraph without marks: it may introduce a quotation, or sign the paragraph before it."""
    dash = text[start] in _SIGNING
    last = state.drafts[-1] if state.drafts else None
    waits = state.last is not None and last is not None and last is state.last and last.rule in _WEAK and _reaches(last, state.ended)
    if end - start <= _LONGEST_SIGNATURE and (dash or waits or role is Role.ATTRIBUTION):
        clue = leads.signature(spoken := line(text, start, end, ()))
        if clue is not None and last is not None and (waits or (dash and last is state.last)):
            last.clue, last.line, last.rule, last.heard = clue, spoken, "signature", None
            last.kind = last.kind if last.mark.opened else "block"
            state.open = state.last = state.ended = state.bare = None
            return
        if clue is not None and state.bare is not None and _may_sign(text, start, role, state.bare):
            (first, stop), before = state.bare
            state.group += 1
            kind = "block" if before is Role.BLOCKQUOTE else "pull"
            state.drafts.append(
                Draft(Marked(first, stop, (first, stop), opened=False, closed=False), kind, state.group, clue, spoken, "signature")
            )
            state.open = state.last = state.ended = state.bare = None
            return
    state.open = state.last = None
    state.ended = None if role in HEADINGS else (max(start, end - 300), end)
    sentence = end - start > _SHORTEST_PULL and text[end - 1] in ".!?…" and role in (Role.BODY, Role.BLOCKQUOTE)
    state.bare = ((start, end), role) if sentence else None


def _may_sign(text: str, start: int, role: Role, before: tuple[Span, Role]) -> bool:
    """Whether a signature makes the unmarked paragraph before it a pull quote: a byline behind a dash looks the same, but says "I" less often."""
    if role is Role.ATTRIBUTION or before[1] is Role.BLOCKQUOTE or text[start] == "~":
        return True
    return text[start] in _SIGNING_ALONE and _FIRST_PERSON.search(text, *before[0]) is not None


def _reaches(draft: Draft, ended: Line | Span | None) -> bool:
    """Whether a quotation is all of its paragraph."""
    if not isinstance(ended, Line) or len(ended.tokens) != 1:
        return False
    return ended.tokens[-1].text == QUOTATION and ended.tokens[-1].end == draft.mark.outer[1]


def _ends_with_source(draft: Draft, ended: Line | Span | None) -> bool:
    """Whether the paragraph before ends with "said Ann Lee": then she goes on speaking in the next one."""
    clue = draft.clue
    if clue is None or draft.line is not ended or not isinstance(ended, Line) or clue.rule not in ("said_after", "after_said"):
        return False
    first = max(clue.phrase.last, (clue.tie or 0) + 1)
    return not any(ended.ends(at) for at in range(first, len(ended.tokens) - 1))


def _tail(text: str, state: _State) -> tuple[Line, int] | None:
    """The end of the paragraph before: it may introduce this one."""
    ended = state.ended
    tail = line(text, *ended, ()) if isinstance(ended, tuple) else ended
    return (tail, len(tail.tokens) - 1) if tail is not None and tail.tokens else None


def _quotation(
    text: str, spoken: Line, place: int, mark: Marked, before: Draft | None, state: _State, *, first: bool, heading: bool
) -> Draft | None:
    """One marked stretch: its own clue, else what the quotation or the sentence before it gives."""
    said = speech.said(text, mark)
    stopped = said.finished and not text[mark.start : mark.end].endswith(("?", "!", "—", "…"))
    own = cues.after(spoken, place, stopped=stopped) if mark.closed else None
    if own is None or own.rule == "signed" or said.finished or cues.is_called(spoken, place):
        prior = _prior(spoken, place, before)
        own = own if own is not None and own.rule == "signed" and prior is not None and prior.rule == "saying" else prior or own
    if own is None and before is not None and _splits(spoken, before, place):
        if not _is_words(said) or speech.is_named(said, spoken, place) or speech.is_mentioned(said, spoken, place):
            return None
        return Draft(mark, before.kind, before.group, None, None, "split", heard=before.origin)
    if own is None and first and state.open is not None and mark.opened and not _interrupted(spoken, place):
        return Draft(mark, "direct", state.open.group, None, None, "continued", heard=state.open.origin)
    clue = own or cues.claimed(spoken, place)
    kind = speech.kind(said, spoken, place, clue, heading=heading)
    if kind is None:
        return None
    if own is not None and own.rule != "claimed":
        state.group += 1
        draft = Draft(mark, kind, state.group, own, spoken, own.rule)
        _claim_earlier(state, draft, first=first)
        return draft
    if kind == "fragment" or (clue is not None and kind == "chant"):
        state.group += 1
        return Draft(mark, kind, state.group, clue, spoken, clue.rule if clue else "none")
    return _unattributed(text, spoken, place, mark, kind, before, state, heading=heading)


def _is_words(said: speech.Said) -> bool:
    return bool(said.words) and (said.finished or not said.titled)


def _prior(spoken: Line, place: int, before: Draft | None) -> Clue | None:
    """The clue before the mark, unless it is what follows the quotation before: "…," Lee said, "…" is one statement."""
    clue = cues.before(spoken, place)
    if clue is None or before is None or before.clue is None or before.line is not spoken:
        return clue
    if clue.tie is not None and clue.tie == before.clue.tie:
        return None
    return clue


def _splits(spoken: Line, before: Draft, place: int) -> bool:
    """Whether nothing but "said Ann Lee" stands between this quotation and the one before it."""
    origin = before
    if not before.mark.closed:
        return False
    from_place = before.place
    between = spoken.tokens[from_place + 1 : place]
    if len(between) > 2 and between[0].text in grammar.DASHES and between[-1].text in grammar.DASHES:
        return True
    if origin.clue is None or origin.line is not spoken or origin.rule not in ("said_after", "after_said", "according_to", "signed"):
        words = [token for token in between if token.word]
        return not words and origin.rule in (
            "split",
            "said_before",
            "saying",
            "continued",
            "introduced",
            "carried",
            "statement",
            "sender",
            "colon",
        )
    if between and between[-1].word and between[-1].low not in _JOINING:
        return False
    stops = [at for at in range(from_place + 1, place) if spoken.ends(at)]
    last = origin.clue.phrase.last
    return all(at >= place - 1 or spoken.tokens[at].text in ("...", "…") or at < last for at in stops) or _adverbial(spoken, stops, place)


def _adverbial(spoken: Line, stops: list[int], place: int) -> bool:
    """Whether behind the sentence of the source only a word or two lead to the next part: "…," Lee said. Then: "…"."""
    return bool(stops) and place - stops[0] <= 3 and not any(grammar.says(token) for token in spoken.tokens[stops[0] : place])


def _interrupted(spoken: Line, place: int) -> bool:
    return any(token.word for token in spoken.tokens[:place])


def _claim_earlier(state: _State, draft: Draft, *, first: bool) -> None:
    """A statement over several paragraphs may name its source only at the end of the last: the open parts before it are the same person's."""
    earliest = state.open.origin if first and state.open is not None else None
    if earliest is not None and earliest.clue is None and earliest.author is None:
        earliest.heard, earliest.rule = draft, "continued"
        draft.group = earliest.group


def _unattributed(
    text: str, spoken: Line, place: int, mark: Marked, kind: str, before: Draft | None, state: _State, *, heading: bool
) -> Draft:
    """A sentence in marks with nobody beside it: the sentence before it may tell who, else the quotation before it."""
    tokens = spoken.tokens
    state.group += 1
    if heading or (place == 0 and not text[mark.start : mark.end].endswith((".", "…")) and _is_answered_for(spoken, place)):
        return Draft(mark, kind, state.group, None, None, "none")
    if place > 0:
        last = place - 1
        while last > 0 and tokens[last].text in (")", "]"):
            last -= 1
        if tokens[last].text != QUOTATION and (spoken.ends(last) or tokens[last].text == ":"):
            colon = tokens[last].text == ":"
            clue = _before_colon(spoken, last) if colon else leads.introduced(spoken, last) or leads.topic(spoken, last)
            if clue is not None:
                return Draft(mark, kind, state.group, clue, spoken, clue.rule)
        if before is not None:
            return Draft(mark, kind, before.group, None, None, "carried", heard=before.origin)
    elif state.last is not None and _ends_with_source(state.last, state.ended):
        return Draft(mark, kind, state.last.group, None, None, "next_paragraph", heard=state.last.origin)
    elif (ended := _tail(text, state)) is not None:
        tail, end = ended
        if tail.tokens[end].text == ":":
            clue = _before_colon(tail, end)
            if clue is not None:
                return Draft(mark, kind, state.group, clue, tail, clue.rule if clue.rule in ("statement", "sender") else "colon")
        if tail.tokens[end].text != QUOTATION and (clue := leads.introduced(tail, end) or leads.topic(tail, end)) is not None:
            return Draft(mark, kind, state.group, clue, tail, f"{clue.rule}_before")
        if state.last is not None:
            rule = "continued" if state.last.origin.rule in _STATEMENTS else "carried_over"
            return Draft(mark, kind, state.last.group, None, None, rule, heard=state.last.origin)
    return Draft(mark, kind, state.group, None, None, "none")


def _is_answered_for(spoken: Line, place: int) -> bool:
    """Whether the sentence goes on behind the quotation: its source is named there, though no rule could read it, and nobody else's."""
    following = spoken.tokens[place + 1 : place + 3]
    return any(token.word for token in following) and not spoken.ends(place) and not (following and following[0].text == ".")


def _before_colon(spoken: Line, colon: int) -> Clue | None:
    """The source of a sentence that ends in a colon."""
    return (
        leads.statement(spoken, colon)
        or leads.announced(spoken, colon)
        or leads.introduced(spoken, colon)
        or leads.sender(spoken, colon)
        or leads.topic(spoken, colon)
    )


def _title(text: str, drafts: list[Draft], blocks: Sequence[Block], metadata: Metadata | None) -> None:
    """Statements without a source belong to whom the title names: Lee Statement on the Budget."""
    first = next((draft for draft in drafts if draft.rule == "none" and draft.kind == "direct"), None)
    title = next((block for block in blocks if block.role in (Role.TITLE, Role.DUPLICATE_TITLE)), None)
    if first is None or (title is None and not (metadata and metadata.title)):
        return
    words = text[title.start : title.end] if title else (metadata.title or "" if metadata else "")
    spoken = line(text, title.start, title.end, ()) if title else line(words, 0, len(words), ())
    clue = leads.titled(spoken)
    if clue is None:
        return
    named_in = clue.phrase.name or (clue.phrase.first, clue.phrase.last)
    author = " ".join(token.text for token in spoken.tokens[named_in[0] : named_in[1]])
    for draft in drafts:
        if draft.rule == "none" and draft.kind == "direct":
            draft.rule = "titled"
            if title:
                draft.clue, draft.line = clue, spoken
            else:
                draft.author = author


def _settled(text: str, drafts: list[Draft], metadata: Metadata, title: str) -> Iterator[Quote]:
    """Put names to the sources. Who is announced and stands in the title, or is the author, is no guess any more."""
    cast = Cast(text, [draft.mark.outer for draft in drafts], metadata.byline)
    headed = set(terms(f"{title} {metadata.title or ''} {metadata.byline or ''}"))
    sources: dict[int, Source] = {}
    speakers: list[tuple[int, Person]] = []
    for draft in drafts:
        origin = draft.origin
        source = sources.get(id(origin))
        if source is None:
            author = origin.author
            source = authored(author, cast) if author is not None else named(text, origin.clue, origin.line, cast, speakers)
            if origin.rule in _STATEMENTS and author is None and source.name and set(terms(source.name)[-1:]) & headed:
                source = replace(source, sure=True)
            sources[id(origin)] = source
            if source.who is not None and source.at is not None:
                speakers.append((source.at, source.who))
        yield _quote(draft, source)


def _quote(draft: Draft, source: Source) -> Quote:
    mark = draft.mark
    if source.mention is None and source.name is None:
        return Quote(mark.start, mark.end, draft.kind, draft.group, rule=draft.rule)
    sure = draft.rule in CERTAIN and draft.origin.rule in CERTAIN and source.sure
    return Quote(
        mark.start,
        mark.end,
        draft.kind,
        draft.group,
        speaker=source.name,
        mention=source.mention,
        role=source.role,
        rule=draft.rule,
        confidence="certain" if sure else "likely",
        cue=source.cue,
        naming=source.naming,
        person=source.person,
    )

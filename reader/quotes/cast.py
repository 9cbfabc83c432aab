"""The people and organisations of one document: from the words next to a quotation to the best name the document has for them.

Owns full names for surnames, names for "she" and "the senator", and when to leave it. A document is looked through once, when its first
source is asked for. Offsets are code points of the text.
"""

import heapq
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, takewhile
from operator import itemgetter

from reader.model import Span
from reader.quotes import lexicon
from reader.quotes.namelist import Name, key, names_in, run, shown
from reader.quotes.phrases import is_organisation
from reader.quotes.tokens import Token, token, tokens_of

_SAME_ROLE = (
    "representative congressman congresswoman congressperson congressmember lawmaker legislator rep reps congressmen",
    "senator sen sens lawmaker legislator senators",
    "governor gov",
    "chairman chairwoman chair chairperson",
    "minister premier",
    "president pres",
    "spokesman spokeswoman spokesperson",
    "councilman councilwoman councilmember councillor councilor alderman",
    "sheriff officer",
    "attorney lawyer prosecutor counsel",
    "professor prof researcher scientist scholar",
    "ceo executive",
    "mp lawmaker",
    "democrat democrats",
    "republican republicans",
    "doctor dr physician",
    "judge justice",
    "commissioner chief",
)
_ANYBODY = "somebody"
_BREAKS = (". ", "! ", "? ", ": ", "\n", "”", '"')
_PREPOSITIONS = frozenset("to of with by for against from between on about at".split())
_PAIR = re.compile(r"(?:[^\W\d_][\w'’-]*\.? ){1,3}?and [^\W\d_a-z]")
_VERB = re.compile(r"(?:[^\W\d_][\w'’-]*\.? ){1,4}?(?:was|is|has|had|will|would|did|says|[a-z]{3,}ed)\b")
_ACRONYM = re.compile(r"\(([A-Z][A-Z&]{1,9})\)")
_DEAR = re.compile(r"\bDear\s+((?:[^\W\d_]+\.?[ ]){0,3}[^\W\d_][\w'’-]+)\s*[,:;\n]")
_STOP = re.compile(r"[.!?\n](?:(?<=\n)[ \t]*\n|(?<!\n)(?=\s)(?<![ .][A-Z].)(?<!Mr.|Ms.|Dr.)(?<!Rep.|Sen.|Gov.|Mrs.))")
_FAR_MORE = 3
_CLEAR = 0.5
"""By how much the best candidate for a pronoun must lead: half of what one sentence of distance costs."""
_MOST_SALIENT = 4.0
"""No mention can score more, distance apart."""
_LONGEST_LETTER = 20_000
_REACH = 2500
"""Characters back from "she" within which whom it means is looked for: about four paragraphs of news."""


@dataclass(slots=True)
class Person:
    """Somebody whom the document names. `mentions` are offsets, in order."""

    name: str
    words: tuple[str, ...]
    roles: set[str] = field(default_factory=set)
    gender: str | None = None
    group: bool = False
    mentions: list[Span] = field(default_factory=list)
    full: Span | None = None
    count: int = 0


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a pronoun means; `clear` when nobody else comes near."""

    person: Person
    clear: bool


class Cast:
    """Who is named in a text; `quoted` are the spans in which others speak: whom they name is not taken for the subject around them."""

    def __init__(self, text: str, quoted: Sequence[Span] = (), author: str | None = None) -> None:
        self._text, self._quoted = text, sorted(quoted)
        self._starts = [start for start, _ in self._quoted]
        self._people: list[Person] | None = None
        self._by_words: dict[tuple[str, ...], Person] = {}
        self._by_tail: dict[str, list[Person]] = {}
        self._by_first: dict[str, list[Person]] = {}
        self._weak: dict[str, Person] = {}
        self._order: list[tuple[int, Person]] = []
        self._author = author.replace("-", " ").title() if author and " " not in author and "-" in author else author
        self._stops: list[int] | None = None
        self._weights: list[float] = []
        self._spelt: dict[str, Person] | None = None

    # -- looking through the document ---------------------------------------------------------------------------------------------

    def _look(self) -> list[Person]:
        if self._people is None:
            self._people = []
            for found in run().finditer(self._text):
                start = found.start()
                for piece in names_in(found[0]):
                    self._note(start, piece)
            for piece in names_in(self._author or ""):
                self._note(-1, piece)
            self._join()
        return self._people

    def _note(self, start: int, piece: Name) -> None:
        """Take in a name that stands at an offset, or nowhere (-1)."""
        assert self._people is not None
        if piece.weak:
            weak = self._weak.get(piece.key[-1])
            if weak is None:
                weak = self._weak[piece.key[-1]] = Person(piece.name, piece.key, set(piece.roles), piece.gender)
            weak.full = weak.full or (start + piece.start, start + piece.end)
            return
        known = self._by_words.get(piece.key)
        if known is None:
            known = Person(piece.name, piece.key, gender=piece.gender, group=piece.group)
            self._people.append(known)
            self._by_words[piece.key] = known
            self._by_tail.setdefault(piece.key[-1], []).append(known)
            if len(piece.key) > 1 and not piece.group:
                self._by_first.setdefault(piece.key[0], []).append(known)
        elif known.name.isupper() and not piece.name.isupper():
            known.name = piece.name
        if piece.roles:
            known.roles |= piece.roles
            known.gender = known.gender or piece.gender
        if start >= 0:
            mention = (start + piece.start, start + piece.end)
            known.mentions.append(mention)
            known.full = known.full or mention

    def _join(self) -> None:
        """Give every short name the full one it stands for: "Lee" after "Rep. Ann Lee"."""
        assert self._people is not None
        wholes: list[tuple[int, Person]] = []
        for person in self._people:
            first = person.mentions[0][0] if person.mentions else 0
            whole = self.whole(person, first)
            moves = self._ambiguous(person)
            whole.count += len(person.mentions)
            wholes += [(at, self.whole(person, at) if moves else whole) for at, _ in person.mentions]
            if whole is not person:
                whole.roles |= person.roles
                whole.gender = whole.gender or person.gender
        self._order = sorted(wholes, key=itemgetter(0))

    def _ambiguous(self, person: Person) -> bool:
        """Whether several longer names end like this one, so that it depends on the place which is meant."""
        same = self._by_tail.get(person.words[-1], ())
        return len(same) > 2 and not person.group and sum(len(other.words) > len(person.words) for other in same) > 1

    # -- names ----------------------------------------------------------------------------------------------------------------------

    def whole(self, person: Person, at: int) -> Person:
        """The fullest name that ends like this one; of several the one named last before `at`."""
        same = self._by_tail.get(person.words[-1], ())
        size = len(person.words)
        longer = [other for other in same if len(other.words) > size and not other.group and other.words[-size:] == person.words]
        longer = [other for other in longer if len(other.words) <= size + 2] or longer
        if size > 1:
            longer = [other for other in longer if other.words[0] in lexicon.FIRST_NAMES]
        elif not longer:
            weak = self._weak.get(person.words[0])
            longer = [weak] if weak else self._by_first.get(person.words[0], []) if person.words[0] in lexicon.FIRST_NAMES else []
        if size == 1 and person.name.isupper() and (spelt := self._acronyms().get(person.words[0])) is not None:
            return spelt
        if person.group or not longer:
            return person
        if len(longer) > 1 and person.gender:
            longer = [other for other in longer if other.gender in (None, person.gender)] or longer
        if len(longer) == 1:
            return longer[0]
        if len({other.words[0][0] for other in longer}) == 1:
            return max(longer, key=lambda other: (len(other.mentions), -(other.full or (0, 0))[0]))
        known = [other for other in longer if other.words[0] in lexicon.FIRST_NAMES]
        longer = known or longer
        said = [other for other in longer if other.mentions and other.mentions[0][0] <= at]
        return max(said or longer, key=lambda other: max((m[0] for m in other.mentions if m[0] <= at), default=-1))

    def _acronyms(self) -> dict[str, Person]:
        """Organisations by the letters that the text puts in brackets behind their names: Invented Workers Union (IWU)."""
        if self._spelt is None:
            self._spelt = {}
            for found in _ACRONYM.finditer(self._text):
                letters = found.group(1)
                if letters.casefold() in self._spelt:
                    continue
                words = list(re.finditer(r"[^\W_]+(?:['’-][^\W_]+)*", self._text[max(0, found.start() - 160) : found.start()]))
                initials = [word for word in words if word.group()[0].isupper()]
                wanted = letters.replace("&", "")
                name = initials[-len(wanted) :]
                if (
                    len(wanted) > 1
                    and "".join(word.group()[0] for word in name) == wanted
                    and len(words) - words.index(name[0]) <= len(wanted) + 4
                ):
                    begin = max(0, found.start() - 160) + name[0].start()
                    full = " ".join(self._text[begin : found.start()].split())
                    self._spelt[letters.casefold()] = Person(full, tuple(full.casefold().split()), group=True, full=(begin, found.start()))
        return self._spelt

    def named(self, words: Sequence[Token], at: int) -> Person | None:
        """The person meant by a name, with the fullest form the document has."""
        self._look()
        lows = key([word for word in words if word.word])
        while lows and lows[-1] in ("jr", "sr", "ii", "iii", "esq", "phd", "md"):
            lows = lows[:-1]
        if not lows:
            return None
        found = self._by_words.get(lows)
        if found is None:
            found = Person(shown([word for word in words if word.word]), lows, gender=lexicon.GENDERS.get(lows[0]))
            found.group = is_organisation([word for word in words if word.word])
        return self.whole(found, at)

    def shared(self, words: Sequence[Token]) -> bool:
        """Whether several people of the document bear this last name, none far more often named, so that it alone does not tell which."""
        last = key([word for word in words if word.word])[-1:]
        if len(words) != 1 or not last:
            return False
        bearers: dict[str, int] = {}
        for other in self._by_tail.get(last[0], ()):
            if len(other.words) > 1 and other.words[0] in lexicon.FIRST_NAMES:
                bearers[other.words[0][0]] = max(other.count, bearers.get(other.words[0][0], 0))
        most, *others = sorted(bearers.values(), reverse=True) or [0]
        return bool(others) and others[0] * _FAR_MORE > most

    # -- pronouns and roles ---------------------------------------------------------------------------------------------------------

    def _narrated(self, before: int) -> Iterator[tuple[int, Person]]:
        """Mentions before an offset that stand in nobody's mouth, nearest first, each with the whole person it means."""
        self._look()
        for place in range(bisect_left(self._order, before, key=itemgetter(0)) - 1, -1, -1):
            at, whole = self._order[place]
            if before - at > _REACH:
                return
            if not self._in_quote(at):
                yield at, whole

    def _in_quote(self, at: int) -> bool:
        place = bisect_left(self._starts, at + 1) - 1
        return place >= 0 and at < self._quoted[place][1]

    def pronoun(self, word: str, at: int, speakers: Sequence[tuple[int, Person]] = ()) -> "Meant | None":
        """Whom "he", "she" or "they" means at an offset: the subject of the nearest sentence that fits, speakers of the quotes before among them.

        `speakers` are offsets and names of whom was found to speak before, in order.
        """
        if word == "i":
            author = self.named(tokens_of(self._author, 0, len(self._author)), at) if self._author else None
            return Meant(author, clear=False) if author else None
        if word == "you":
            dear = self._addressee(at)
            return Meant(dear, clear=False) if dear else None
        if word not in ("he", "she", "they", "it", _ANYBODY):
            return None
        gender = {"he": "m", "she": "f"}.get(word)
        nearest = reversed(speakers)
        said = list(takewhile(lambda spoken: spoken[0] > at - _REACH, (spoken for spoken in nearest if spoken[0] < at)))[::-1]
        spoke = {place for place, _ in said}
        best: dict[int, tuple[float, Person]] = {}
        leading = 0.0
        for place, whole in heapq.merge(self._narrated(at), reversed(said), key=lambda mention: -mention[0]):
            far = self._sentences_between(place, at)
            if best and _MOST_SALIENT - far < leading - _CLEAR:
                break
            if not self._fits(whole, gender, word):
                continue
            score = self._salience(place, whole) - far + 0.15 * min(whole.count, 4) + 0.8 * (place in spoke)
            if id(whole) not in best or score > best[id(whole)][0]:
                best[id(whole)] = (score, whole)
                leading = max(leading, score) if len(best) > 1 else score
        if not best:
            return None
        first, *others = sorted(best.values(), key=lambda pair: -pair[0])
        clear = gender is not None and (not others or first[0] - others[0][0] >= _CLEAR)
        return Meant(first[1], clear)

    def sender(self, at: int) -> Person | None:
        """Whose letter or statement the words at an offset announce: the person whom the narrative before was about."""
        meant = self.pronoun(_ANYBODY, at)
        return meant.person if meant else None

    def _addressee(self, at: int) -> Person | None:
        """Whom a letter speaks to: Dear Chair Lee."""
        letters = list(_DEAR.finditer(self._text, max(0, at - _LONGEST_LETTER), at))
        if not letters:
            return None
        dear = letters[-1]
        words = [token(dear.start(1) + m.start(), m.group()) for m in re.finditer(r"[^\s.]+", dear.group(1))]
        return self.named([word for word in words if not lexicon.is_role(word.low)], at)

    def _fits(self, person: Person, gender: str | None, word: str) -> bool:
        if word in ("they", "it"):
            return person.group and person.words[-1] not in lexicon.PLACES
        if person.group or person.words[-1] in lexicon.PLACES:
            return False
        if person.gender is None and len(person.words) < 2 and not person.roles:
            return False
        return gender is None or person.gender in (None, gender)

    def _salience(self, place: int, person: Person) -> float:
        """How likely a mention is what a later pronoun refers to, distance apart: subject of its sentence, of known gender, no owner."""
        text = self._text
        score = 0.0
        cut = max(text.rfind(mark, max(0, place - 60), place) for mark in _BREAKS)
        words = text[cut + 1 if cut >= 0 else max(0, place - 60) : place].lower().split()
        if (words and words[-1] == "and") or _PAIR.match(text, place):
            score += 0.5  # two who act together are meant alike
        elif all(lexicon.is_role(word.strip(",.")) or word in ("the", "but", "and", "said") for word in words):
            score += 1.5
        elif words[-1] in _PREPOSITIONS:
            score -= 1.5
        elif _VERB.match(text, place):
            score += 0.8
        end = text.find(" ", place, place + 80)
        if text[max(place, end - 2) : end] in ("'s", "’s"):
            score -= 0.7
        if person.gender:
            score += 0.6
        if person.words[0] in lexicon.FIRST_NAMES and len(person.words) > 1:
            score += 0.5
        elif not person.roles and not person.gender:
            score -= 1.0  # "Hong Kong" is written like a person
        return score

    def _sentences_between(self, place: int, at: int) -> float:
        """How many sentences of narrative and breaks of paragraphs lie between two offsets; what others say in between counts little."""
        if self._stops is None:
            text = self._text
            found = [
                (stop.start(), 1.0 if stop.group()[0] != "\n" else 0.7) for stop in _STOP.finditer(text) if not self._in_quote(stop.start())
            ]
            found += [(end, 0.2) for _, end in self._quoted]
            found.sort()
            self._stops = [stop for stop, _ in found]
            self._weights = [0.0, *accumulate(weight for _, weight in found)]
        return self._weights[bisect_left(self._stops, at)] - self._weights[bisect_left(self._stops, place)]

    def in_role(self, role: str, at: int) -> Person | None:
        """Whom "the senator" means at an offset: the person last named who is one; None when nobody is."""
        wanted = {role}
        for same in _SAME_ROLE:
            if role in same.split():
                wanted |= set(same.split())
        for place, whole in self._narrated(at):
            if self._fits(whole, None, "") and (whole.roles & wanted or self._apposed(place, wanted)):
                return whole
        for person in self._look():
            if person.roles & wanted and self._fits(person, None, ""):
                return self.whole(person, at)
        gender = lexicon.GENDERS.get(role)
        meant = self.pronoun("he" if gender == "m" else "she", at) if gender and role in lexicon.section("roles", "kin") else None
        return meant.person if meant and meant.person.gender == gender else None

    def _apposed(self, place: int, wanted: set[str]) -> bool:
        """Whether the words right beside a mention say that role: "the archbishop Bo Roe", "Ann Lee, a Florida Republican,"."""
        after = re.match(r"[^,(.\n“”\"]{2,40},([^.\n“”\"]{2,60})", self._text[place : place + 110])
        before = self._text[max(0, place - 30) : place].lower().split()[-2:]
        if wanted & {word.strip(",.") for word in before}:
            return True
        return bool(after and wanted & {word.strip(",.").casefold() for word in re.split(r"[,.]|\bwho\b", after.group(1))[0].split()})

"""Who is who across documents: spellings of names -> people.

Within a document the best name is known. Across documents a shorter spelling means the person with a fuller one when their names are
compatible and nobody else's are: "R. Imaginary" and "Imaginary" are "Rosa Imaginary" until a "Rita Imaginary" is quoted somewhere. Then
each stays with the one who is quoted in the same document, or alone. What the user said wins.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from reader.quotes.names import Name, bare, compatible, key, parse
from reader.spoken import Named, Rulings, Spelling


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody: the fullest `name`, all `names` taken for it, the most used first. `document`: where alone the name means this one."""

    name: str
    names: tuple[str, ...]
    person: bool = True
    document: str | None = None


@dataclass(frozen=True)
class People:
    """Everybody. `means` gives the number of the person a spelling means, `within` that for a spelling in a document where it differs."""

    persons: Sequence[Person]
    means: Mapping[str, int]
    within: Mapping[tuple[str, str], int]

    @cached_property
    def words(self) -> Mapping[str, Sequence[int]]:
        """Every folded word of a name, with the numbers of those who have it."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for number, person in enumerate(self.persons):
            for word in {word for name in {*person.names, person.name} for word in key(name).split()}:
                found[word].append(number)
        return dict(found)

    @cached_property
    def called(self) -> Mapping[str, Sequence[int]]:
        """The folded names that people are called by, with their numbers; without those whom single documents make others."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for number, person in enumerate(self.persons):
            if person.document is None:
                found[key(person.name)].append(number)
        return dict(found)

    def who(self, name: str, document: str) -> int | None:
        """The number of the person that a name means in a document; None when it is nobody's."""
        found = self.within.get((name, document)) if self.within else None
        return self.means.get(name) if found is None else found

    def spellings(self, numbers: Iterable[int]) -> set[str]:
        """The spellings that may mean one of these people, in some document at least."""
        return {name for number in numbers for name in self.persons[number].names}

    @property
    def alone(self) -> list[int]:
        """The numbers of those whom a single document's use of a name makes others."""
        first = next((number for number, person in enumerate(reversed(self.persons)) if person.document is None), len(self.persons))
        return list(range(len(self.persons) - first, len(self.persons)))

    def meant(self, typed: str) -> list[int]:
        """The people that somebody means who types this name: all who may be called so, else all with words that begin so."""
        words = key(typed).split()
        if not words:
            return []
        having = self._having(words) or self._having(words := bare(typed))
        named = parse(typed.title())
        if named.first and not named.label:
            having |= {number for number in self.words.get(named.last, ()) if self._may_be(named, number)}
        return sorted(having or set.intersection(*(self._beginning(word) for word in words)))

    def _having(self, words: Sequence[str]) -> set[int]:
        return set.intersection(*(set(self.words.get(word, ())) for word in words))

    def _may_be(self, named: Name, number: int) -> bool:
        spellings = map(parse, self.persons[number].names)
        return any(other.last == named.last and bool(other.first) and compatible(named, other) for other in spellings)

    def _beginning(self, prefix: str) -> set[int]:
        return {number for word in self.completions(prefix) for number in self.words[word]}

    def completions(self, prefix: str) -> list[str]:
        """Words of names that begin so."""
        return [word for word in self.words if word.startswith(prefix)]


QuotedIn = Callable[[Collection[str]], Mapping[str, Collection[str]]]
"""The documents that quote each of some spellings."""


@dataclass(slots=True)
class _Node:
    """Spellings that are never told apart, and everything nothing contradicts is joined to (`root`)."""

    name: Name
    root: int
    spellings: dict[str, int] = field(default_factory=dict)
    person: bool = True
    ruled: bool = False
    sole: bool = False


class _Puzzle:
    """The nodes while they are being joined."""

    def __init__(self) -> None:
        self.nodes: list[_Node] = []
        self.by_key: dict[str, int] = {}
        self.of: dict[str, int] = {}
        self.shown: dict[int, str] = {}

    def node(self, spelling: str, *, person: bool = True) -> int:
        """The node of a spelling, made when it is new."""
        found = self.of.get(spelling)
        if found is None:
            name = parse(spelling, person=person)
            found = self.by_key.setdefault(name.key, len(self.nodes))
            if found == len(self.nodes):
                self.nodes.append(_Node(name, found, person=person))
            self.of[spelling] = found
            self.nodes[found].spellings.setdefault(spelling, 0)
        return found

    def root(self, number: int) -> int:
        """The node that stands for all joined to this one."""
        while self.nodes[number].root != number:
            self.nodes[number].root = self.nodes[self.nodes[number].root].root
            number = self.nodes[number].root
        return number

    def join(self, one: int, other: int) -> None:
        """Make two nodes one person."""
        self.nodes[self.root(one)].root = self.root(other)


def identify(names: Iterable[Named], quoted_in: QuotedIn, rulings: Rulings) -> People:
    """Who these names mean, after what the user said. `quoted_in` is asked only about names that may mean several people."""
    puzzle = _Puzzle()
    for spelling, quotes, person in names:
        puzzle.nodes[puzzle.node(spelling, person=bool(person))].spellings[spelling] = quotes
    for said in rulings.attributions:
        if said.speaker:
            puzzle.node(said.speaker)
    _obey(puzzle, [said for said in rulings.spellings if said.document is None])
    contested = _join_spellings(puzzle)
    return _people(
        puzzle, _settled(puzzle, contested, quoted_in), [said for said in rulings.spellings if said.document is not None], quoted_in
    )


def _settled(puzzle: _Puzzle, contested: Mapping[int, Sequence[int]], quoted_in: QuotedIn) -> dict[tuple[int, str], int]:
    """Whom contested nodes mean in single documents: the only one of those they may mean who is quoted there by a fuller name."""
    if not contested:
        return {}
    candidates = {number for fuller in contested.values() for number in fuller}
    of = {spelling: number for number in {*contested, *candidates} for spelling in puzzle.nodes[number].spellings}
    where: defaultdict[int, set[str]] = defaultdict(set)
    for spelling, documents in quoted_in(of).items():
        where[of[spelling]].update(documents)
    found: dict[tuple[int, str], int] = {}
    for number, fuller in contested.items():
        here: dict[str, int] = {}
        both: set[str] = set()
        for other in fuller:
            root = puzzle.root(other)
            for document in where[number] & where[other]:
                if here.setdefault(document, root) != root:
                    both.add(document)
        found.update({(number, document): root for document, root in here.items() if document not in both})
    return found


def _obey(puzzle: _Puzzle, spellings: Iterable[Spelling]) -> None:
    """Join and part what the user joined and parted everywhere."""
    for said in spellings:
        number = puzzle.by_key.get(parse(said.shown).key)
        if number is None and (number := puzzle.by_key.get(said.name)) is None:
            continue  # nobody is called so at present
        puzzle.nodes[number].ruled = True
        if said.person is None:
            puzzle.nodes[number].sole = True
        else:
            into = puzzle.node(said.person)
            puzzle.join(number, into)
            puzzle.shown[into] = said.person


def _join_spellings(puzzle: _Puzzle) -> dict[int, list[int]]:
    """Join shorter spellings to fuller ones; those that may mean several people come back with the nodes of these."""
    families: defaultdict[str, list[int]] = defaultdict(list)
    for number, node in enumerate(puzzle.nodes):
        if not node.name.label and not node.sole:
            families[node.name.last].append(number)
    contested: dict[int, list[int]] = {}
    for family in families.values():
        if len(family) > 1:
            contested.update(_join_family(puzzle, family))
    return contested


def _join_family(puzzle: _Puzzle, family: Sequence[int]) -> dict[int, list[int]]:
    """Join the spellings of one last name, the fullest first."""
    nodes = puzzle.nodes
    both = {nodes[number].name.gender for number in family} >= {"m", "f"}
    contested: dict[int, list[int]] = {}
    settled: dict[tuple[str, tuple[str, ...], str], int] = {}
    for number in sorted(family, key=lambda number: (nodes[number].name.information, nodes[number].ruled), reverse=True):
        name = nodes[number].name
        shape = (name.first, name.middle, name.gender if both else "")
        if nodes[number].ruled:
            settled.setdefault(shape, number)
            continue
        if shape in settled:
            puzzle.join(number, settled[shape])
            if settled[shape] in contested:
                contested[number] = contested[settled[shape]]
            continue
        more = (
            [other for other in settled.values() if nodes[other].name.information > name.information] if not (both and name.gender) else []
        )
        fuller = [other for other in more if compatible(nodes[other].name, name)]
        settled[shape] = number
        people = {puzzle.root(other) for other in fuller if other not in contested}
        if len(people) == 1:
            puzzle.join(number, people.pop())
        elif people:
            contested[number] = fuller
    return contested


def _people(puzzle: _Puzzle, spelled: dict[tuple[int, str], int], local: Sequence[Spelling], quoted_in: QuotedIn) -> People:
    """Number the people. `spelled`: whom a node means in single documents; `local`: what the user said of names in documents."""
    own: list[Person] = []
    apart: dict[tuple[int, str], int] = {}
    for said in local:
        number = puzzle.by_key.get(parse(said.shown).key, puzzle.by_key.get(said.name))
        if number is None or said.document is None:
            continue
        apart.pop((number, said.document), None)
        spelled.pop((number, said.document), None)
        if said.person is None:
            apart[number, said.document] = len(own)
            own.append(Person(said.shown, tuple(puzzle.nodes[number].spellings), puzzle.nodes[number].person, said.document))
        else:
            spelled[number, said.document] = puzzle.root(puzzle.node(said.person))
    members: defaultdict[int, list[int]] = defaultdict(list)
    for number in range(len(puzzle.nodes)):
        members[puzzle.root(number)].append(number)
    also: defaultdict[int, dict[int, None]] = defaultdict(dict)
    for (number, _), root in spelled.items():
        also[root][number] = None
    elsewhere = _nowhere_else(puzzle, {*spelled, *apart}, quoted_in)
    numbers = {root: place for place, root in enumerate(members)}
    persons = [_person(puzzle, of, list(also.get(root, ())), elsewhere) for root, of in members.items()]
    within: dict[tuple[str, str], int] = {}
    for (number, document), root in spelled.items():
        within.update({(spelling, document): numbers[root] for spelling in puzzle.nodes[number].spellings})
    for (number, document), place in apart.items():
        within.update({(spelling, document): len(persons) + place for spelling in puzzle.nodes[number].spellings})
    everybody = [*persons, *own]
    means = {spelling: numbers[puzzle.root(number)] for spelling, number in puzzle.of.items()}
    return People(everybody, means, within)


def _nowhere_else(puzzle: _Puzzle, excepted: Collection[tuple[int, str]], quoted_in: QuotedIn) -> set[int]:
    """The nodes that in every document mean somebody else than they do by themselves."""
    of = {spelling: number for number, _ in excepted for spelling in puzzle.nodes[number].spellings}
    quoted = quoted_in(of) if of else {}
    left = {
        of[spelling] for spelling, documents in quoted.items() if any((of[spelling], document) not in excepted for document in documents)
    }
    return set(of.values()) - left


def _person(puzzle: _Puzzle, nodes: Sequence[int], also: Sequence[int], elsewhere: Collection[int]) -> Person:
    """The person of joined nodes; `also` are nodes that mean them in single documents, `elsewhere` those that mean others in all."""
    if len(nodes) == 1 and not also and not puzzle.shown and len(puzzle.nodes[nodes[0]].spellings) == 1:
        node = puzzle.nodes[nodes[0]]
        names = tuple(node.spellings)
        return Person(names[0], names, node.person)
    counts = {spelling: count for number in nodes for spelling, count in puzzle.nodes[number].spellings.items()}
    fullness = {spelling: puzzle.nodes[number].name.fullness for number in nodes for spelling in puzzle.nodes[number].spellings}
    best = min(counts, key=lambda name: (-fullness[name][0], -fullness[name][1], name.isupper(), -counts[name], name))
    shown = [puzzle.shown[number] for number in nodes if number in puzzle.shown]
    used = [number for number in nodes if number not in elsewhere or number in also] or nodes
    also = [number for number in also if number not in nodes]
    names = tuple(spelling for number in (*used, *also) for spelling in puzzle.nodes[number].spellings)
    ordered = sorted(names, key=lambda name: (-counts.get(name, 0), name))
    return Person(shown[-1] if shown else best, tuple(ordered), any(puzzle.nodes[number].person for number in nodes))

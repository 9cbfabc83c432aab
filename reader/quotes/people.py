"""Who is who across documents: spellings of names -> people.

Within a document the best name is known. Across documents a shorter spelling means the person with a fuller one when their names are
compatible and nobody else's are: "R. Imaginary" and "Imaginary" are "Rosa Imaginary" until a "Rita Imaginary" is quoted somewhere. Then
each stays with the one who is quoted in the same document, or alone. What the user said wins.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from reader.ports import Rulings, Spelling, Tally
from reader.quotes.names import Name, compatible, key, parse


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody: the fullest `name`, all `names` taken for it, the most used first. `document`: where alone the name means this one."""

    name: str
    names: tuple[str, ...]
    person: bool = True
    document: str | None = None


@dataclass(frozen=True, slots=True)
class People:
    """Everybody. `means` gives the number of the person a spelling means, `within` that for a spelling in a document where it differs."""

    persons: Sequence[Person]
    means: Mapping[str, int]
    within: Mapping[tuple[str, str], int]
    words: Mapping[str, Sequence[int]]
    """Every folded word of a name, with the numbers of those who have it, in ascending order."""

    def who(self, name: str, document: str) -> int:
        """The number of the person that a name means in a document. Raises KeyError for names that were not among the tallies."""
        return self.within.get((name, document), self.means[name]) if self.within else self.means[name]

    def spellings(self, numbers: Iterable[int]) -> set[str]:
        """The spellings that may mean one of these people, in some document at least."""
        return {name for number in numbers for name in self.persons[number].names}

    def meant(self, typed: str) -> list[int]:
        """The people that somebody means who types this name: all who may be called so, else all with words that begin so."""
        words = key(typed).split()
        if not words:
            return []
        having = set.intersection(*(set(self.words.get(word, ())) for word in words))
        named = parse(typed.title())
        if named.first and not named.label:
            having |= {number for number in self.words.get(named.last, ()) if self._may_be(named, number)}
        return sorted(having or set.intersection(*(self._beginning(word) for word in words)))

    def _may_be(self, named: Name, number: int) -> bool:
        spellings = map(parse, self.persons[number].names)
        return any(other.last == named.last and bool(other.first) and compatible(named, other) for other in spellings)

    def _beginning(self, prefix: str) -> set[int]:
        return {number for word in self.completions(prefix) for number in self.words[word]}

    def completions(self, prefix: str) -> list[str]:
        """Words of names that begin so."""
        return [word for word in self.words if word.startswith(prefix)]


@dataclass(slots=True)
class _Node:
    """Spellings that are never told apart, and everything nothing contradicts is joined to (`root`)."""

    name: Name
    root: int
    spellings: dict[str, int] = field(default_factory=dict)
    documents: set[str] = field(default_factory=set)
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


def identify(tallies: Iterable[Tally], rulings: Rulings = Rulings()) -> People:  # noqa: B008 - frozen
    """Who the names in `tallies` mean, after what the user said."""
    puzzle = _Puzzle()
    for tally in tallies:
        node = puzzle.nodes[puzzle.node(tally.speaker, person=tally.person)]
        node.spellings[tally.speaker] += tally.whole + tally.fragments
        node.documents.add(tally.document)
    for said in rulings.attributions:
        if said.speaker:
            puzzle.nodes[puzzle.node(said.speaker)].documents.add(said.document)
    _obey(puzzle, [said for said in rulings.spellings if said.document is None])
    contested = _join_spellings(puzzle)
    return _people(puzzle, contested, [said for said in rulings.spellings if said.document is not None])


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
    for number in sorted(family, key=lambda number: (_information(nodes[number].name), nodes[number].ruled), reverse=True):
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
        fuller = [other for other in settled.values() if _is_fuller(nodes[other].name, name)] if not (both and name.gender) else []
        settled[shape] = number
        people = {puzzle.root(other) for other in fuller if other not in contested}
        if len(people) == 1:
            puzzle.join(number, people.pop())
        elif people:
            contested[number] = fuller
    return contested


def _information(name: Name) -> tuple[int, int]:
    return name.fullness[0], len(name.first)


def _is_fuller(one: Name, other: Name) -> bool:
    """Whether the first says more than the second and does not contradict it."""
    return _information(one) > _information(other) and compatible(one, other)


def _people(puzzle: _Puzzle, contested: Mapping[int, Sequence[int]], local: Iterable[Spelling]) -> People:
    """Number the people, and settle what a spelling means in single documents."""
    members: defaultdict[int, list[int]] = defaultdict(list)
    for number in range(len(puzzle.nodes)):
        members[puzzle.root(number)].append(number)
    spelled: dict[tuple[int, str], int] = {}  # a node in a document -> the root it means there
    where: defaultdict[int, set[str]] = defaultdict(set)
    for candidates in contested.values():
        for number in candidates:
            where[puzzle.root(number)] |= puzzle.nodes[number].documents
    for number, candidates in contested.items():
        for document in puzzle.nodes[number].documents:
            here = {root for root in map(puzzle.root, candidates) if document in where[root]}
            if len(here) == 1:
                spelled[number, document] = here.pop()
    own: list[Person] = []
    apart: dict[tuple[int, str], int] = {}
    for said in local:
        node = puzzle.by_key.get(parse(said.shown).key, puzzle.by_key.get(said.name))
        if node is None or said.document is None:
            continue
        apart.pop((node, said.document), None)
        if said.person is None:
            spelled.pop((node, said.document), None)
            apart[node, said.document] = len(own)
            own.append(Person(said.shown, tuple(puzzle.nodes[node].spellings), puzzle.nodes[node].person, said.document))
        else:
            into = puzzle.node(said.person)
            if puzzle.root(into) not in members:
                members[puzzle.root(into)].append(into)
            spelled[node, said.document] = puzzle.root(into)
    return _numbered(puzzle, members, spelled, apart, own)


def _numbered(
    puzzle: _Puzzle,
    members: Mapping[int, Sequence[int]],
    spelled: Mapping[tuple[int, str], int],
    apart: Mapping[tuple[int, str], int],
    own: Sequence[Person],
) -> People:
    extra: defaultdict[int, list[int]] = defaultdict(list)
    for (node, _), root in spelled.items():
        if node not in extra[root]:
            extra[root].append(node)
    numbers = {root: number for number, root in enumerate(members)}
    persons = [_person(puzzle, of, extra[root]) for root, of in members.items()]
    means = {spelling: numbers[puzzle.root(node)] for spelling, node in puzzle.of.items()}
    within: dict[tuple[str, str], int] = {}
    for (node, document), root in spelled.items():
        within.update({(spelling, document): numbers[root] for spelling in puzzle.nodes[node].spellings})
    for (node, document), place in apart.items():
        within.update({(spelling, document): len(persons) + place for spelling in puzzle.nodes[node].spellings})
    everybody = [*persons, *own]
    words: defaultdict[str, list[int]] = defaultdict(list)
    for number, person in enumerate(everybody):
        for word in dict.fromkeys(word for name in person.names for word in key(name).split()):
            words[word].append(number)
    return People(everybody, means, within, dict(words))


def _person(puzzle: _Puzzle, nodes: Sequence[int], also: Sequence[int]) -> Person:
    """The person of joined nodes; `also` are nodes that mean them in single documents."""
    counts = {spelling: count for number in nodes for spelling, count in puzzle.nodes[number].spellings.items()}
    fullness = {spelling: puzzle.nodes[number].name.fullness for number in nodes for spelling in puzzle.nodes[number].spellings}
    names = sorted(counts, key=lambda spelling: (-counts[spelling], spelling))
    shown = [puzzle.shown[number] for number in nodes if number in puzzle.shown]
    best = min(
        names, key=lambda spelling: (-fullness[spelling][0], -fullness[spelling][1], spelling.isupper(), -counts[spelling], spelling)
    )
    further = [spelling for number in also if number not in nodes for spelling in puzzle.nodes[number].spellings]
    return Person(shown[-1] if shown else best, (*names, *further), any(puzzle.nodes[number].person for number in nodes))

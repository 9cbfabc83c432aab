"""`reader.values.dataclass` against the standard library's: the same values behave alike."""

import dataclasses
import pickle
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import field

import pytest

import reader.values


@reader.values.dataclass(frozen=True, slots=True)
class Quick:
    """A value with everything that values here have."""

    name: str
    number: int = 3
    words: list[str] = field(default_factory=list, compare=False)
    quiet: int = field(default=1, repr=False)


@dataclasses.dataclass(frozen=True, slots=True)
class Slow:
    """The same, made by the standard library."""

    name: str
    number: int = 3
    words: list[str] = field(default_factory=list, compare=False)
    quiet: int = field(default=1, repr=False)


@pytest.mark.parametrize("arguments", [("a",), ("a", 4), ("a", 4, ["x"]), ("a", 4, ["x"], 9)])
def test_values_are_made_shown_compared_and_hashed_alike(arguments):
    quick, slow = Quick(*arguments), Slow(*arguments)
    assert repr(quick) == repr(slow).replace("Slow", "Quick")
    assert quick == Quick(*arguments)
    assert hash(quick) == hash(slow)
    assert quick != Quick("b")
    assert dataclasses.asdict(quick) == dataclasses.asdict(slow)
    assert dataclasses.replace(quick, number=8) == Quick("a", 8, *arguments[2:])
    assert pickle.loads(pickle.dumps(quick)) == quick
    assert not hasattr(quick, "__dict__")


def test_values_refuse_to_be_changed_and_to_be_made_wrongly():
    value = Quick("a")
    with pytest.raises(dataclasses.FrozenInstanceError):
        value.name = "b"  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        del value.name
    with pytest.raises(TypeError):
        Quick()  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Quick("a", other=1)  # type: ignore[call-arg]
    assert Quick("a").words is not Quick("a").words


def test_fields_of_a_base_come_first_and_what_a_class_writes_itself_stays():
    @reader.values.dataclass
    class Base:
        """A base."""

        first: int

        def __repr__(self) -> str:
            return "mine"

    @reader.values.dataclass
    class Derived(Base):
        """A class with one field more."""

        second: int = 2

        def __post_init__(self) -> None:
            self.sum = self.first + self.second

    value = Derived(1)
    assert (value.first, value.second, value.sum) == (1, 2, 3)
    assert repr(Base(1)) == "mine"
    value.first = 7
    assert value == Derived(7)
    with pytest.raises(TypeError):
        hash(value)


def test_fields_are_known_before_there_is_a_value():
    @reader.values.dataclass(frozen=True, slots=True)
    class Base:
        """A base with slots."""

        first: int

    @reader.values.dataclass(frozen=True, slots=True)
    class Derived(Base):
        """Its fields come after those of the base."""

        second: int = 2

    assert [each.name for each in dataclasses.fields(Derived)] == ["first", "second"]
    match Derived(1):
        case Derived(first, second):
            assert (first, second) == (1, 2)
    assert Derived(1) != Base(1)
    assert not hasattr(Derived(1), "__dict__")


def test_many_threads_may_make_the_first_value():
    for _ in range(30):

        @reader.values.dataclass(frozen=True)
        class Value:
            """A value that nobody has made yet."""

            name: str
            words: tuple[str, ...] = field(default_factory=tuple)

        start = threading.Barrier(4)

        def make(made=Value, start=start):
            start.wait()
            return made("a", ("b",))

        with ThreadPoolExecutor(4) as pool:
            values = [each.result() for each in [pool.submit(make) for _ in range(4)]]
        assert set(values) == {Value("a", ("b",))}

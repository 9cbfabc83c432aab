"""`dataclass` as the standard library has it, without its price at start: there every class compiles six methods, 0.4 ms each time.

Owns how values compare, show themselves and refuse to be changed; what a class writes itself stays. Refuses what nobody here needs: order,
keyword-only fields, annotations that are no fields. Fields are looked for, and methods compiled, when the first value is made or asked.
"""

import dataclasses
import threading
from collections.abc import Callable
from dataclasses import field
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(cls: type | None = None, /, *, frozen: bool = False, slots: bool = False, eq: bool = True) -> object:
        """`dataclasses.dataclass`, for these three options; `replace`, `fields` and pickling work as ever."""
        made = partial(_made, frozen=frozen, slots=slots, eq=eq)
        return made if cls is None else made(cls)


__all__ = ["dataclass", "field"]

_FOUND_LATER = ("__dataclass_fields__", "__dataclass_params__", "__match_args__")
_finding = threading.RLock()


def _made(plain: type, frozen: bool, slots: bool, eq: bool) -> type:
    cls: Any = _slotted(plain) if slots else plain
    methods: dict[str, Any] = {name: _FoundLater(name, plain, cls) for name in _FOUND_LATER}
    methods |= {"__init__": _first_init(cls, frozen), "__repr__": _repr}
    if eq:
        methods["__eq__"] = _first_equal(cls)
        methods["__hash__"] = _first_hash(cls) if frozen else None
    if frozen:
        methods |= {"__setattr__": _refuse_to_set, "__delattr__": _refuse_to_delete}
        if slots:
            methods |= {"__getstate__": _state, "__setstate__": _set_state}
    for name, method in methods.items():
        if name not in plain.__dict__:
            setattr(cls, name, method)
    return cls  # type: ignore[no-any-return]  # it is the class, or one like it


def _slotted(cls: Any) -> Any:
    """The class anew, for slots cannot be added to one; fields that a base has a slot for need no other."""
    names = cls.__annotations__
    inherited = {name for base in cls.__mro__[1:] for name in base.__dict__.get("__slots__", ())}
    body = {name: value for name, value in cls.__dict__.items() if name not in names and name not in ("__dict__", "__weakref__")}
    body["__slots__"] = tuple(name for name in names if name not in inherited)
    again = type(cls)(cls.__name__, cls.__bases__, body)
    again.__qualname__ = cls.__qualname__
    return again


class _FoundLater:
    """What the standard library would have written into a value's class: it does when it is first asked for."""

    def __init__(self, name: str, plain: type, cls: Any) -> None:
        self.name, self.plain, self.cls = name, plain, cls

    def __get__(self, value: object, owner: type) -> Any:
        with _finding:
            if isinstance(self.cls.__dict__["__match_args__"], _FoundLater):
                dataclasses.dataclass(init=False, repr=False, eq=False)(self.plain)  # finds the fields, and compiles nothing
                matched = tuple(each.name for each in dataclasses.fields(self.plain) if each.init)
                found = {**self.plain.__dict__, "__match_args__": matched}
                for name in _FOUND_LATER:
                    setattr(self.cls, name, found[name])
        return self.cls.__dict__[self.name]


def _first_init(cls: Any, frozen: bool) -> Callable[..., None]:
    """A constructor that puts the real one in its place when it is first called."""

    def __init__(self: Any, *values: Any, **named: Any) -> None:  # noqa: N807 - it is one
        cls.__init__ = _compiled_init(cls, frozen)
        cls.__init__(self, *values, **named)

    return __init__


def _compiled_init(cls: Any, frozen: bool) -> Callable[..., None]:
    """`def __init__(self, a, b=...)`, as somebody would write it by hand."""
    known: dict[str, Any] = {"missing": dataclasses.MISSING, "set_": object.__setattr__}
    asked, lines = [], []
    for each in dataclasses.fields(cls):
        name, value = each.name, each.name
        if each.default_factory is not dataclasses.MISSING:
            known[f"make_{name}"] = each.default_factory
            value = f"make_{name}() if {name} is missing else {name}" if each.init else f"make_{name}()"
            asked.append(f"{name}=missing")
        elif each.default is not dataclasses.MISSING:
            known[f"default_{name}"] = each.default
            asked.append(f"{name}=default_{name}")
        else:
            asked.append(name)
        if not each.init:
            asked.pop()
            if value == name:
                continue
        lines.append(f"set_(self, {name!r}, {value})" if frozen else f"self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    exec(f"def __init__(self, {', '.join(asked)}):\n " + "\n ".join(lines or ["pass"]), known)  # noqa: S102 - as the standard library does
    made: Callable[..., None] = known["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


def _repr(self: Any) -> str:
    shown = ", ".join(f"{each.name}={getattr(self, each.name)!r}" for each in dataclasses.fields(self) if each.repr)
    return f"{type(self).__qualname__}({shown})"


def _compared(cls: Any) -> Callable[[Any], Any]:
    """What of a value is compared."""
    names = tuple(each.name for each in dataclasses.fields(cls) if each.compare)
    return attrgetter(*names) if names else type


def _first_equal(cls: Any) -> Callable[[Any, object], bool]:
    """A comparison that puts the real one in its place when it is first called; likewise `_first_hash`."""

    def __eq__(self: Any, other: object) -> bool:  # noqa: N807 - it is one
        values = _compared(cls)

        def __eq__(self: Any, other: object) -> bool:  # noqa: N807 - it is one
            return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

        cls.__eq__ = __eq__
        return __eq__(self, other)

    return __eq__


def _first_hash(cls: Any) -> Callable[[Any], int]:
    def __hash__(self: Any) -> int:  # noqa: N807 - it is one
        values = _compared(cls)

        def __hash__(self: Any) -> int:  # noqa: N807 - it is one
            return hash(values(self))

        cls.__hash__ = __hash__
        return __hash__(self)

    return __hash__


def _refuse_to_set(self: object, name: str, value: object) -> None:
    del self, value
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: object, name: str) -> None:
    del self
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, each.name) for each in dataclasses.fields(self)]


def _set_state(self: Any, state: list[Any]) -> None:
    for each, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, each.name, value)

"""What is kept of values at the moment when they are seen: copies of plain ones, of others a type.

Nothing is ever asked of an object: no `len`, `repr`, `==` or attribute of what is not one of
Python's own plain types. What is large, deep, or contains itself is kept as far as a limit.
"""

from collections.abc import Mapping
from typing import Any

MOST_ITEMS = 1000  # of a value, in all its containers; a larger one is not looked into
DEEPEST = 20  # containers within containers
CHARACTERS = 1000  # of a text that count as one item
MOST_BITS = 1024  # of an integer; a longer one cannot be written down in time
_SIZED = frozenset({bytes, list, tuple, dict, set, frozenset})


class Unknown:
    """Stands for a value that must not be looked at.

    Attributes:
        kind: its class.
        text: what it says, if it is a kind of text of the user's own making; never recorded.
    """

    __slots__ = ("kind", "text")

    def __init__(self, kind: type, text: str = "") -> None:
        self.kind, self.text = kind, text


#: {name: the value if it is plain, a copy if it holds plain values only, else Unknown}
Frozen = dict[str, Any]


def freeze(values: Mapping[str, Any] | None) -> Frozen:
    """Keep what may be known of values, now, before anybody changes them."""
    return {name: _freeze(value, [MOST_ITEMS], DEEPEST) for name, value in items_of(values)}


def items_of(values: Any) -> list[tuple[str, Any]]:
    """The items of a dict, with its keys as texts: `?` for one that is an object."""
    if not issubclass(type(values), dict):
        return []
    items = tuple(dict.items(values))  # at once: another thread may change it
    return [(_key(key), value) for key, value in items]


def _key(key: Any) -> str:
    if issubclass(type(key), str):
        return str.__str__(key)
    return str(key) if type(key) is int and _is_short(key) else "?"


def _is_short(number: int) -> bool:
    return number.bit_length() <= MOST_BITS


def _freeze(value: Any, budget: list[int], depth: int) -> Any:
    # By `is` and `issubclass`: `in` and `isinstance` would ask the object and its metaclass.
    kind = type(value)
    if issubclass(kind, str):
        return _text(str.__str__(value), kind, budget)
    if kind is bool or kind is float or value is None:
        return value
    if kind is int:
        return value if _is_short(value) else Unknown(kind)
    if type(kind) is not type or kind not in _SIZED or depth == 0:
        return Unknown(kind)
    budget[0] -= len(value) // (CHARACTERS if kind is bytes else 1)
    if budget[0] < 0 or kind is bytes:
        return value if budget[0] >= 0 else Unknown(kind)
    return _items(value, budget, depth - 1)


def _text(text: str, kind: type, budget: list[int]) -> Any:
    budget[0] -= len(text) // CHARACTERS
    if budget[0] < 0:
        return Unknown(kind)
    return text if kind is str else Unknown(kind, text)


def _items(value: Any, budget: list[int], depth: int) -> Any:
    kind = type(value)
    if kind is dict:
        return {key: _freeze(item, budget, depth) for key, item in items_of(value)}
    frozen = [_freeze(item, budget, depth) for item in tuple(value)]
    is_set = kind is set or kind is frozenset
    if is_set and not all(type(item) in (str, int) for item in frozen):
        return Unknown(kind)
    return kind(frozen)

"""Named tuples and dataclasses to plain JSON values and back.

What equals its default is left out, and what a reader does not know is skipped, so that lines stay
short and older and newer writers can be read.
"""

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T", bound=Any)
Decoder = Callable[[Any], Any]


def encode(value: Any) -> Any:
    """A record, or a container of records, as JSON values."""
    kind: Any = type(value)
    if kind in _PLAIN:
        return value
    if kind is tuple or kind is list:
        return [encode(item) for item in value]
    if isinstance(value, Mapping):
        return {key: encode(item) for key, item in value.items()}
    if not is_record(kind):
        return value
    encoded = {}
    for name, default in _fields(kind):
        item = getattr(value, name)
        if item != default:
            encoded[name] = encode(item)
    return encoded


_PLAIN = frozenset({str, int, float, bool, types.NoneType})


def is_record(kind: Any) -> bool:
    """Whether it is a class with named fields."""
    return hasattr(kind, "_field_defaults") or is_dataclass(kind)


@cache
def _fields(kind: Any) -> list[tuple[str, Any]]:
    """Names and defaults of a class's fields; asking each time would take long."""
    if hasattr(kind, "_field_defaults"):
        return [(name, kind._field_defaults.get(name, MISSING)) for name in kind._fields]
    made = ((f, f.default_factory) for f in fields(kind))
    return [(f.name, f.default if make is MISSING else make()) for f, make in made]


def decode(kind: type[T], data: Any) -> T:
    """The record of this type that the JSON values describe.

    Raises:
        TypeError, ValueError: they describe no such record.
    """
    hint: Any = kind
    result: T = decoder(hint)(data)
    return result


@cache
def decoder(hint: Any) -> Decoder:
    """What `decode` does for a type, for those who do it often."""
    if is_record(hint):
        return _record(hint)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _union(arguments)
    if origin is tuple:
        return _tuple(arguments)
    if origin is Literal:
        return _literal(arguments)
    if origin is not None and issubclass(origin, Mapping):
        return _mapping(arguments[1])
    return _scalar(hint)


def _record(kind: Any) -> Decoder:
    hints = get_type_hints(kind)
    decoders = {name: decoder(hints[name]) for name, _ in _fields(kind)}

    def build(data: Any) -> Any:
        _check(data, dict)
        return kind(**{k: decoders[k](v) for k, v in data.items() if k in decoders})

    return build


def _union(arguments: tuple[Any, ...]) -> Decoder:
    """Takes what any of the types takes; None is looked for first, because it is frequent."""
    takes_none = types.NoneType in arguments
    decoders = [decoder(argument) for argument in arguments if argument is not types.NoneType]

    def build(data: Any) -> Any:
        if data is None and takes_none:
            return None
        for decoder in decoders[:-1]:
            try:
                return decoder(data)
            except (TypeError, ValueError):
                continue
        return decoders[-1](data)

    return build


def _tuple(arguments: tuple[Any, ...]) -> Decoder:
    if len(arguments) == 2 and arguments[1] is Ellipsis:  # noqa: PLR2004 - tuple[X, ...]
        item = decoder(arguments[0])
        return lambda data: tuple([item(value) for value in _check(data, list)])
    items = [decoder(argument) for argument in arguments]
    return lambda data: tuple(
        item(value) for item, value in zip(items, _check(data, list), strict=True)
    )


def _mapping(kind: Any) -> Decoder:
    item = decoder(kind)
    return lambda data: {key: item(value) for key, value in _check(data, dict).items()}


def _literal(words: tuple[Any, ...]) -> Decoder:
    def build(data: Any) -> Any:
        if data in words:
            return data
        raise ValueError(f"expected one of {words}, not {data!r}")

    return build


def _scalar(kind: type) -> Decoder:
    accepted = frozenset({int, float} if kind is float else {kind})

    def build(data: Any) -> Any:
        if type(data) in accepted:
            return data
        raise TypeError(f"expected {kind.__name__}, not {type(data).__name__}")

    return build


def _check(data: Any, kind: type) -> Any:
    if isinstance(data, kind):
        return data
    raise TypeError(f"expected {kind.__name__}, not {type(data).__name__}")

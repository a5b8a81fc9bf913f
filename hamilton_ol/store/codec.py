"""Frozen dataclasses to plain JSON values and back.

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
    if is_dataclass(value) and not isinstance(value, type):
        return {
            f.name: encode(getattr(value, f.name))
            for f in fields(value)
            if getattr(value, f.name) != _default(f)
        }
    if isinstance(value, Mapping):
        return {key: encode(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [encode(item) for item in value]
    return value


def _default(field: Any) -> Any:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return field.default


def decode(kind: type[T], data: Any) -> T:
    """The record of this type that the JSON values describe.

    Raises:
        TypeError, ValueError, AttributeError: they describe no such record.
    """
    result: T = _decoder_of(kind)(data)
    return result


def _decoder_of(hint: Any) -> Decoder:
    return _decoder(hint)


@cache
def _decoder(hint: Any) -> Decoder:
    if is_dataclass(hint):
        return _record(hint)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _union(arguments)
    if origin is tuple:
        return _tuple(arguments)
    if origin is not None and origin is not Literal and issubclass(origin, Mapping):
        item = _decoder(arguments[1])
        return lambda data: {key: item(value) for key, value in data.items()}
    return lambda data: data


def _record(kind: Any) -> Decoder:
    hints = get_type_hints(kind)
    decoders = {f.name: _decoder(hints[f.name]) for f in fields(kind)}

    def build(data: Any) -> Any:
        known = {k: decoders[k](v) for k, v in data.items() if k in decoders}
        return kind(**known)

    return build


def _union(arguments: tuple[Any, ...]) -> Decoder:
    several = next((a for a in arguments if get_origin(a) is tuple), None)
    records = [a for a in arguments if is_dataclass(a)]

    def build(data: Any) -> Any:
        if isinstance(data, list) and several is not None:
            return _decoder(several)(data)
        if isinstance(data, dict) and records:
            return _decoder_of(records[0])(data)
        return data

    return build


def _tuple(arguments: tuple[Any, ...]) -> Decoder:
    if len(arguments) == 2 and arguments[1] is Ellipsis:  # noqa: PLR2004 - tuple[X, ...]
        item = _decoder(arguments[0])
        return lambda data: tuple(item(value) for value in data)
    items = [_decoder(a) for a in arguments]
    return lambda data: tuple(item(value) for item, value in zip(items, data, strict=True))

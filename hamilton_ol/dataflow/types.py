"""Short names of types, the same whatever the Python version and the spelling."""

import types
import typing
from collections.abc import Callable
from typing import Annotated, Any, Literal, Union, get_args, get_origin


def type_name(hint: Any) -> str:
    """The name of a declared type: `DataFrame`, `dict[str, Series]`, `int | None`.

    `Optional[int]`, `Union[int, None]` and `int | None` are one type and get one name.
    """
    if hint is None or hint is type(None):
        return "None"
    if isinstance(hint, str):
        return hint
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return type_name(arguments[0])
    if origin in (Union, types.UnionType):
        return " | ".join(type_name(argument) for argument in arguments)
    if origin is Literal:
        return f"Literal[{', '.join(repr(argument) for argument in arguments)}]"
    if origin is not None and arguments:
        return f"{_plain(origin)}[{', '.join(_argument(a) for a in arguments)}]"
    return _plain(hint)


def _argument(hint: Any) -> str:
    if hint is Ellipsis:
        return "..."
    if isinstance(hint, list):
        return f"[{', '.join(type_name(item) for item in hint)}]"
    return type_name(hint)


def _plain(hint: Any) -> str:
    if hint is Callable:
        return "Callable"
    name = getattr(hint, "__name__", None) or getattr(hint, "_name", None)
    if isinstance(name, str):
        return name if hint is not typing.Any else "Any"
    return str(hint).removeprefix("typing.")


def class_name(kind: type) -> str:
    """The name of a result's class, read without asking the class's own code."""
    return str(type.__dict__["__name__"].__get__(kind))


def module_name(kind: type) -> str:
    """The name of a class's module, read without asking the class's own code."""
    name = type.__dict__["__module__"].__get__(kind)
    return name if isinstance(name, str) else ""

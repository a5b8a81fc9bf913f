"""Short names of types, the same whatever the Python version and the spelling."""

import enum
import types
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

_PLAIN_VALUES = (bool, int, str, bytes, type(None))


def type_name(hint: Any) -> str:
    """The name of a declared type: `DataFrame`, `dict[str, Series]`, `int | None`.

    `Optional[int]`, `Union[None, int]` and `int | None` are one type and get one name, as do
    `List` and `list`. The members of a union and of a `Literal` are sorted: `typing` takes those
    in another order for the same, and may hand out whichever was written first.
    """
    if hint is None or hint is type(None):
        return "None"
    if isinstance(hint, str):
        return hint
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return type_name(arguments[0])
    if origin in (Union, types.UnionType):
        return _union(arguments)
    if origin is Literal:
        return f"Literal[{', '.join(sorted(map(_value, arguments)))}]"
    if origin is None:
        return _plain(hint)
    name, inner = _plain(origin), [_argument(a) for a in arguments]
    if name == "ndarray" and inner[-1:] and inner[-1].startswith("dtype["):
        return f"NDArray[{inner[-1][6:-1]}]"  # what the alias stands for differs
    # a bare `List`, which some versions of Python give a variable as its argument
    is_bare = not inner or all(isinstance(a, TypeVar) for a in arguments)
    return name if is_bare else f"{name}[{', '.join(inner)}]"


def _union(members: tuple[Any, ...]) -> str:
    names = {type_name(member) for member in members}
    return " | ".join([*sorted(names - {"None"}), *names & {"None"}])


def _argument(hint: Any) -> str:
    if hint is Ellipsis:
        return "..."
    if isinstance(hint, list):
        return f"[{', '.join(type_name(item) for item in hint)}]"
    return type_name(hint)


def _value(value: Any) -> str:
    """A member of a `Literal`, without asking an unknown class."""
    if isinstance(value, enum.Enum):
        return f"{class_name(type(value))}.{value.name}"
    return repr(value) if type(value) in _PLAIN_VALUES else class_name(type(value))


def _plain(hint: Any) -> str:
    if isinstance(hint, type):
        return class_name(hint)
    names = (getattr(hint, key, None) for key in ("__name__", "_name", "__forward_arg__"))
    found = next((name for name in names if isinstance(name, str)), None)
    return found or class_name(type(hint))


def class_name(kind: type) -> str:
    """The name of a result's class, read without asking the class's own code."""
    return str(type.__dict__["__name__"].__get__(kind))


def module_name(kind: type) -> str:
    """The name of a class's module, read without asking the class's own code."""
    name = type.__dict__["__module__"].__get__(kind)
    return name if isinstance(name, str) else ""

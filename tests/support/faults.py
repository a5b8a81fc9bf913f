"""Makes functions of the package raise, one at a time, wherever they are called from."""

import contextlib
import functools
import importlib
import inspect
import pkgutil
import sys
import threading
import types
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import hamilton_ol

#: What the functions that are broken raise now, and how often they did.
_state: dict[str, Any] = {"make": None, "count": 0}
_caches: dict[types.FunctionType, Callable[[], None]] = {}


def fire() -> None:
    """Called in the place of a function that is broken."""
    _state["count"] += 1
    error: BaseException = _state["make"]()
    raise error


def functions_of(*packages: str) -> dict[str, types.FunctionType]:
    """{module:function or module:Class.method} of all that these packages define."""
    found: dict[str, types.FunctionType] = {}
    for info in pkgutil.walk_packages(hamilton_ol.__path__, "hamilton_ol."):
        if info.name.startswith(tuple(f"hamilton_ol.{package}" for package in packages)):
            module = importlib.import_module(info.name)
            for function in _functions_in(vars(module).values(), module.__file__ or ""):
                name = f"{info.name.removeprefix('hamilton_ol.')}:{function.__qualname__}"
                found[name] = function
    return found


def _functions_in(values: Any, file: str) -> Iterator[types.FunctionType]:
    """The functions that are written in this file, in classes too; not what is generated."""
    for value in values:
        if isinstance(value, type) and value.__module__.startswith("hamilton_ol"):
            yield from _functions_in(vars(value).values(), file)
        for function in _plain(value):
            if function.__code__.co_filename == file:
                yield function


def _plain(value: Any) -> list[types.FunctionType]:
    """The function behind a method, a property or a cache."""
    if isinstance(value, property):
        value = value.fget
    elif isinstance(value, functools.cached_property):
        value = value.func
    elif isinstance(value, staticmethod | classmethod):
        value = value.__func__
    if hasattr(value, "cache_clear"):
        _caches[value.__wrapped__] = value.cache_clear
        value = value.__wrapped__
    return [value] if isinstance(value, types.FunctionType) else []


def _broken(code: types.CodeType) -> types.CodeType:
    """Code that calls `fire`, of the same kind and with as many free variables as another."""
    closure, is_generator = code.co_freevars, code.co_flags & inspect.CO_GENERATOR
    text = "\n".join(
        [
            "def outer():",
            *(f"    {name} = None" for name in closure),
            "    def broken(*_arguments, **_keywords):",
            *(f"        {name}" for name in closure),
            "        from tests.support.faults import fire",
            "        fire()",
            *(["        yield"] if is_generator else []),
            "    return broken",
        ]
    )
    names: dict[str, Any] = {}
    exec(text, names)
    found: types.CodeType = names["outer"]().__code__
    return found


@contextlib.contextmanager
def broken(
    function: types.FunctionType, make: Callable[[], BaseException]
) -> Iterator[Callable[[], int]]:
    """While this lasts the function raises; gives how often it did."""
    original = function.__code__
    _state.update(make=make, count=0)
    function.__code__ = _broken(original)
    forget = _caches.get(function, lambda: None)
    forget()
    try:
        yield lambda: int(_state["count"])
    finally:
        function.__code__ = original
        forget()


def reached(functions: Mapping[str, types.FunctionType], run: Callable[[], object]) -> list[str]:
    """Which of these functions are called while something runs, on whatever thread."""
    codes = set[types.CodeType]()

    def see(frame: types.FrameType, _event: str, _argument: object) -> None:
        codes.add(frame.f_code)

    threading.setprofile(see)
    sys.setprofile(see)
    try:
        run()
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
    return [name for name, function in functions.items() if function.__code__ in codes]

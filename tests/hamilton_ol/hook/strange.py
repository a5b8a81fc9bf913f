"""Objects whose methods raise, hang or lie, and that know who called them."""

import itertools
import sys
import threading
from collections import Counter
from collections.abc import Callable
from types import FrameType
from typing import Any

import pandas as pd

MODES = ("raises", "interrupts", "hangs", "lies")

LIES: dict[str, Callable[[], Any]] = {
    "__repr__": lambda: "a lie",
    "__str__": lambda: "a lie",
    "__format__": lambda: "a lie",
    "__fspath__": lambda: "a/lie.csv",
    "__len__": lambda: 1_000_000_000,
    "__eq__": lambda: True,
    "__ne__": lambda: False,
    "__hash__": lambda: 1,
    "__bool__": lambda: False,
    "__iter__": lambda: itertools.repeat(0),
    "__contains__": lambda: True,
    "__getitem__": lambda: 0,
    "__call__": lambda: None,
    "__getattr__": lambda: None,
    "__getattribute__": lambda: None,
    "__reduce__": lambda: (int, ()),
    "__reduce_ex__": lambda: (int, ()),
    "__class__": lambda: pd.DataFrame,
}
# The interpreter itself asks the classes of exceptions, when they are raised.
ABOUT_CLASSES = {"__instancecheck__": lambda: True, "__subclasscheck__": lambda: True}


#: {base: what makes an object of a class}
MAKERS: dict[type, Callable[[Any], Any]] = {
    object: lambda kind: kind(),
    dict: lambda kind: kind({"a": 1}),
    list: lambda kind: kind([1]),
    str: lambda kind: kind("a text"),
    pd.DataFrame: lambda kind: kind({"a": [1, 2]}),
}
#: {base: arguments of an exception}
ERRORS: dict[type[BaseException], tuple[Any, ...]] = {
    ValueError: ("no", 1),
    KeyError: ("no",),
    OSError: (2, "no", "a file"),
    UnicodeDecodeError: ("utf-8", b"no", 0, 1, "no"),
    KeyboardInterrupt: (),
}


class StrangeError(Exception):
    """What a method of a strange object raises."""


class StrangeInterrupt(BaseException):
    """The same, and no guard would stop it."""


class Strangeness:
    """How strange objects behave, once this is armed.

    Args:
        mode: one of `MODES`. They hang for our package only: Hamilton would hang without us, too.

    Attributes:
        is_armed: whether they are strange now.
        theirs: how often each method was called by others.
        ours: what our package called, and where.
        released: lets go on what hangs.
    """

    def __init__(self, mode: str) -> None:
        self.mode, self.is_armed, self.released = mode, False, threading.Event()
        self.theirs, self.ours = Counter[str](), list[str]()

    def answer(self, name: str, plain: Callable[[], Any]) -> Any:
        """What a method does when it is called."""
        if not self.is_armed:
            return plain()
        asking = _asking(sys._getframe(2))
        if asking:
            self.ours.append(f"{name} in {asking}")
        else:
            self.theirs[name] += 1
        if self.mode == "raises":
            raise StrangeError(name)
        if self.mode == "interrupts":
            raise StrangeInterrupt(name)
        if self.mode == "hangs" and asking:
            self.released.wait()
        return (LIES | ABOUT_CLASSES)[name]() if self.mode == "lies" else plain()

    def kind(self, base: type, *, with_metaclass: bool = False) -> Any:
        """A class of strange objects; with a metaclass, the class itself is as strange."""
        asked = LIES if issubclass(base, BaseException) else LIES | ABOUT_CLASSES
        meta = type("StrangeMeta", (type,), self._methods(type, asked))
        return (meta if with_metaclass else type)("Strange", (base,), self._methods(base, LIES))

    def _methods(self, base: type, names: dict[str, Callable[[], Any]]) -> dict[str, Any]:
        methods: dict[str, Any] = {name: self._method(name, base) for name in names}
        methods["__class__"] = property(lambda this: self.answer("__class__", lambda: type(this)))
        return methods

    def _method(self, name: str, base: type) -> Callable[..., Any]:
        plain = getattr(base, name, None) or _missing(name)

        def method(*arguments: Any, **keywords: Any) -> Any:
            return self.answer(name, lambda: plain(*arguments, **keywords))

        return method


def _missing(name: str) -> Callable[..., Any]:
    """What a method does that the base has not."""
    if name == "__hash__":
        return object.__hash__
    if name == "__bool__":
        return lambda _: True
    error = AttributeError if name == "__getattr__" else TypeError

    def fail(*_arguments: Any) -> None:
        raise error(name)

    return fail


def _asking(frame: FrameType | None) -> str:
    """Our function that asks, directly or by what it calls; nothing when Hamilton does."""
    while frame is not None:
        package = str(frame.f_globals.get("__name__")).partition(".")[0]
        if package == "hamilton":
            return ""
        if package == "hamilton_ol":
            return frame.f_code.co_qualname
        frame = frame.f_back
    return ""


def metadata(thing: Any) -> dict[str, Any]:
    """What a loader or a saver says, made of an object."""
    frame = {"rows": thing, "column_names": [thing], "datatypes": [thing]}
    table = {"table_name": thing, "rows": thing}
    file = {"path": thing, "size": thing, "last_modified": thing}
    parts = {"file_metadata": file, "sql_metadata": table, "dataframe_metadata": frame}
    return {**parts, "path": thing, "url": thing, "other": thing}

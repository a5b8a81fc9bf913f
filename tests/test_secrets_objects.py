"""Nothing is ever asked of people's objects: not their text, not their length, not themselves."""

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from hamilton_ol import OpenLineageHook
from tests.support.flows import Flows, build, latest

FLOW = """
    from typing import Any
    from hamilton.function_modifiers import tag

    def made(given: Any, settings: Any) -> Any:
        return given

    def taken(made: Any) -> int:
        return 1

    def failing(made: Any, problem: Any) -> int:
        raise problem
"""
ASKED: list[str] = []  # by us, with what


def _asked(name: str, answer: Callable[..., Any]) -> Callable[..., Any]:
    """A method that notes when it is our package that calls it."""

    def method(self: object, *arguments: object) -> Any:
        asking = _asking(sys._getframe(1))
        if asking:
            ASKED.append(f"{name} in {asking}")
        return answer(self, *arguments)

    return method


def _asking(frame: FrameType | None) -> str:
    """Our function that asks, directly or by what it calls; nothing when Hamilton does."""
    while frame is not None:
        package = str(frame.f_globals.get("__name__")).partition(".")[0]
        if package in ("hamilton", "tests"):
            return ""
        if package == "hamilton_ol":
            return frame.f_code.co_qualname
        frame = frame.f_back
    return ""


_ANSWERS: dict[str, Callable[..., Any]] = {
    "__repr__": lambda self: "hunter2hunter2",
    "__str__": lambda self: "hunter2hunter2",
    "__format__": lambda self, form: "hunter2hunter2",
    "__len__": lambda self: 3,
    "__bool__": lambda self: True,
    "__eq__": lambda self, other: self is other,
    "__hash__": lambda self: 1,
    "__iter__": lambda self: iter(()),
    "__contains__": lambda self, item: False,
    "__getitem__": lambda self, key: "hunter2hunter2",
    "__int__": lambda self: 1,
    "__float__": lambda self: 1.0,
    "__index__": lambda self: 1,
    "__fspath__": lambda self: "/hunter2hunter2.csv",
    "__call__": lambda self: "hunter2hunter2",
    "__lt__": lambda self, other: True,
}
_TEXT = ("__repr__", "__str__", "__eq__", "__hash__")


def _wary(name: str, base: type, methods: Iterable[str], kind: Any = type) -> Any:
    """A class whose instances note what they are asked."""
    asked = {method: _asked(f"{method} of {name}", _ANSWERS[method]) for method in methods}
    return kind(name, (base,), asked)


Meta = _wary("Meta", type, ("__repr__", "__len__", "__bool__", "__eq__", "__hash__", "__iter__"))
Wary = _wary("Wary", object, _ANSWERS, Meta)
WaryDict = _wary("WaryDict", dict, _ANSWERS)
WaryText = _wary("WaryText", str, (*_TEXT, "__len__"))
WaryError = _wary("WaryError", Exception, _TEXT)


def wary_values() -> dict[str, Any]:
    """Objects wherever a value can be."""
    return {
        "an object": Wary(),
        "its class": Wary,
        "in a list": [Wary(), (Wary(), {1: Wary()})],
        "as a key": {Wary(): 1},
        "in a set": {Wary()},
        "a dict of its own kind": WaryDict(a=1),
        "a text of its own kind": WaryText("hunter2hunter2"),
    }


@pytest.fixture(autouse=True)
def nothing_asked() -> Iterator[None]:
    """Fails a test in which our package asked an object for anything."""
    ASKED.clear()
    yield
    assert ASKED == []


@pytest.mark.parametrize("place", ["given", "settings"])
@pytest.mark.parametrize("kind", sorted(wary_values()))
def test_an_object_is_only_told_by_its_class(
    flows: Flows, store: Path, kind: str, place: str
) -> None:
    values: dict[str, Any] = {"given": 1, "settings": 2, place: wary_values()[kind]}
    hook = OpenLineageHook("job", store=store)
    dr = build([flows.module(FLOW)], hook, settings=values["settings"])
    dr.execute(["taken"], inputs={"given": values["given"]})
    run = latest(store)
    assert run.status == "SUCCEEDED"
    told = run.context.inputs["given"] if place == "given" else run.context.config["settings"]
    assert not told.shown
    assert "hunter2" not in str(run)


@pytest.mark.parametrize("kind", sorted(wary_values()))
def test_an_exception_and_its_arguments_are_only_told_by_their_classes(
    flows: Flows, store: Path, kind: str
) -> None:
    hook = OpenLineageHook("job", store=store)
    dr = build([flows.module(FLOW)], hook, settings=1)
    problem = WaryError(wary_values()[kind], "in short")
    with pytest.raises(WaryError):
        dr.execute(["failing"], inputs={"given": wary_values()[kind], "problem": problem})
    error = latest(store).nodes[-1].error
    assert error is not None
    assert error.type == "WaryError"
    assert error.message.endswith(">, in short")
    assert "hunter2" not in error.message

"""Drivers of Hamilton to compare with: the demo, every decorator, and random dataflows."""

import types
from typing import Any

import pandas as pd
from hamilton import ad_hoc_utils, driver, function_modifiers
from hypothesis import strategies as st

from hamilton_ol.demo.__main__ import build
from tests.support import decorators

TAGS: tuple[dict[str, Any], ...] = (
    {},
    {"PII": "true"},
    {"PII": ["true", "gdpr"], "owner": "a"},
    {"owner": "b"},
)


def demo() -> driver.Driver:
    """The driver of the demo."""
    return build()


def every_decorator() -> driver.Driver:
    """The driver of a dataflow with every decorator."""
    config = {**decorators.CONFIG, **decorators.POWER}
    builder = driver.Builder().with_modules(decorators).with_config(config)
    return builder.enable_dynamic_execution(allow_experimental_mode=True).build()


@st.composite
def drivers(draw: Any) -> driver.Driver:
    """A driver of up to eight functions, some tagged, checked or taken apart."""
    made: list[Any] = []
    names = ["x", "y"]
    for number in range(draw(st.integers(1, 8))):
        needs = draw(st.lists(st.sampled_from(names), max_size=3, unique=True))
        name = f"f{number}"
        function = _function(name, needs)
        how = draw(st.sampled_from(["plain", "plain", "checked", "columns", "fields"]))
        function = _HOW[how](function, name)
        made.append(function_modifiers.tag(**draw(st.sampled_from(TAGS)))(function))
        names += [name, *([f"{name}_a"] if how in {"columns", "fields"} else [])]
    module = ad_hoc_utils.create_temporary_module(*made)
    return driver.Builder().with_modules(module).build()


def _function(name: str, needs: list[str]) -> Any:
    found: dict[str, Any] = {"object": object}
    arguments = ", ".join(f"{need}: object" for need in needs)
    exec(f"def {name}({arguments}) -> object: return 1", found)
    function: types.FunctionType = found[name]
    return function


def _returning(kind: type, decorator: Any) -> Any:
    def decorate(function: Any, name: str) -> Any:
        function.__annotations__["return"] = kind
        return decorator(name)(function)

    return decorate


_HOW: dict[str, Any] = {
    "plain": lambda function, _name: function,
    "checked": _returning(int, lambda _name: function_modifiers.check_output(range=(0, 9))),
    "columns": _returning(
        pd.DataFrame, lambda name: function_modifiers.extract_columns(f"{name}_a", f"{name}_b")
    ),
    "fields": _returning(
        dict, lambda name: function_modifiers.extract_fields({f"{name}_a": object})
    ),
}

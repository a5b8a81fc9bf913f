"""What decorators make of a function's arguments, and so of the columns that it takes."""

from typing import Any

import pytest
from hamilton.node import Node

from hamilton_ol.dataflow.arguments import arguments_of
from tests.support.flows import Flows
from tests.support.graphs import nodes_of

HEAD = """
from typing import Any
import pandas as pd
from hamilton.function_modifiers import *
from hamilton.plugins.h_pandas import with_columns

def _same(x: pd.DataFrame) -> pd.DataFrame:
    return x

def _joined(left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:
    return left["l"] + right["r"]

"""
AGE = 'def f(t: pd.DataFrame) -> pd.DataFrame:\n    return t["age"]\n'
COLUMN = "def f(t: pd.DataFrame, column: str) -> pd.DataFrame:\n    return t[column]\n"
ITEM = ["item age"]


def taken(flows: Flows, source: str, node: str, **options: Any) -> dict[str, list[str] | None]:
    """{dependency: what is taken of it} of a node."""
    record = nodes_of(flows.module(HEAD + source), **options)[node]
    return {
        d.name: None if d.uses is None else [f"{use.how} {use.name}" for use in d.uses]
        for d in record.dependencies
    }


# (source, node, what it takes)
RENAMED: dict[str, tuple[str, str, dict[str, list[str] | None]]] = {
    "nothing in between": (AGE, "f", {"t": ITEM}),
    "a parameter": ('@parameterize(p={"t": source("here")})\n' + AGE, "p", {"here": ITEM}),
    "a column that a parameter names": (
        '@parameterize(p={"column": value("age")})\n' + COLUMN,
        "p",
        {"t": ITEM},
    ),
    "a column that another input names": (
        '@parameterize(p={"column": source("target")})\n' + COLUMN,
        "p",
        {"t": ["input target"], "target": None},
    ),
    "a parameter that is no text": (
        '@parameterize(p={"column": value(["age"])})\n' + COLUMN,
        "p",
        {"t": None},
    ),
    "swapped arguments": (
        (
            '@parameterize(p={"left": source("right"), "right": source("left")})\n'
            "def f(left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:\n"
            '    return left["l"] + right["r"]\n'
        ),
        "p",
        {"right": ["item l"], "left": ["item r"]},
    ),
    "one table for two arguments": (
        (
            '@parameterize(p={"left": source("t"), "right": source("t")})\n'
            "def f(left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:\n"
            '    return left["l"] + right["r"]\n'
        ),
        "p",
        {"t": ["item l", "item r"]},
    ),
    "a table that is in a group too": (
        (
            '@parameterize(p={"all": group(source("t"), source("u"))})\n'
            "def f(t: pd.DataFrame, all: list[pd.DataFrame]) -> pd.DataFrame:\n"
            '    return t["age"] + all[1]["age"]\n'
        ),
        "p",
        {"t": None, "u": None},
    ),
    "injected": ('@inject(t=source("here"))\n' + AGE, "f", {"here": ITEM}),
    "columns of it": ('@extract_columns("c")\n' + AGE, "f", {"t": ITEM}),
    "columns of parameters": (
        '@parameterize_extract_columns(ParameterizedExtract(("c",), {"t": source("here")}))\n'
        + AGE,
        "f__0",
        {"here": ITEM},
    ),
    "the function before its pipe": ("@pipe_output(step(_same))\n" + AGE, "f.raw", {"t": ITEM}),
    "the function after its pipe": (
        "@pipe_input(step(_same))\n" + AGE,
        "f",
        {"f.with_same": ITEM},
    ),
    "a step": (
        '@pipe_input(step(_joined, right=source("left")))\n' + AGE,
        "f.with_joined",
        {"t": ["item l"], "left": ["item r"]},
    ),
    "what is loaded": (
        '@load_from.csv(path="x.csv")\n' + AGE,
        "f",
        {"f.select_data.t": ITEM},
    ),
    "a checked function": (
        '@check_output(data_type=pd.DataFrame, importance="warn")\n'
        + AGE.replace("-> pd.DataFrame", "-> int"),
        "f_raw",
        {"t": ITEM},
    ),
    "asynchronous": ("@pipe_input(step(_same))\nasync " + AGE, "f", {"f.with_same": ITEM}),
    "another body": (
        "@does(lambda **given: 1)\ndef f(t: pd.DataFrame) -> int:\n    pass\n",
        "f",
        {"t": None},
    ),
}


@pytest.mark.parametrize("name", RENAMED)
def test_columns_are_taken_of_the_node_that_becomes_the_argument(flows: Flows, name: str) -> None:
    source, node, expected = RENAMED[name]
    assert taken(flows, source, node) == expected


def test_columns_are_known_through_subdags(flows: Flows) -> None:
    source = (
        "def inner(t: pd.DataFrame) -> pd.Series:\n    return t['age']\n\n"
        '@subdag(inner, inputs={"t": source("here")}, external_inputs=["other"])\n'
        "def outer(inner: pd.Series, other: pd.DataFrame) -> pd.DataFrame:\n"
        "    return other['fare']\n\n"
        "@subdag(outer)\ndef deep(outer: pd.DataFrame) -> pd.Series:\n    return outer.fare\n"
    )
    assert taken(flows, source, "outer.inner") == {"outer.t": ITEM}
    assert taken(flows, source, "outer") == {"outer.inner": None, "other": ["item fare"]}
    assert taken(flows, source, "deep.outer.inner") == {"deep.outer.t": ITEM}
    assert taken(flows, source, "deep") == {"deep.outer": ["attribute fare"]}


@pytest.mark.parametrize("node", ["f_range_validator", "f", "c", "save.f"])
def test_what_hamilton_adds_takes_the_whole(flows: Flows, node: str) -> None:
    source = (
        '@save_to.json(path=source("t"), target_="f")\n'
        '@extract_fields({"c": int})\n'
        "def f(t: str) -> dict[str, Any]:\n    return {'c': t['age']}\n"
        if node in {"c", "save.f"}
        else '@check_output(range=(0, 1), importance="warn")\n'
        "def f(t: dict[str, Any]) -> int:\n    return t['age']\n"
    )
    assert set(taken(flows, source, node).values()) == {None}


def test_of_a_callable_that_is_no_function_nothing_is_said() -> None:
    class Called:
        def method(self, x: int) -> int:
            return x

    for called in (Called().method, len):
        made = Node("n", int, callabl=called, input_types={"x": int})
        assert arguments_of(made) == ({}, {})


def test_closures_of_another_version_of_hamilton_are_left_alone(
    flows: Flows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hamilton_ol.dataflow.functions.defaults", lambda function: {})
    assert taken(flows, '@inject(t=source("here"))\n' + AGE, "f") == {"here": None}

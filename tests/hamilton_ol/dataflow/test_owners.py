"""Which job a node belongs to: decorators on top of each other, and what never decides."""

from collections.abc import Mapping

import pytest
from hamilton.graph import FunctionGraph

from hamilton_ol.dataflow.owners import owners
from tests.support.flows import Flows
from tests.support.graphs import graph_of

HEAD = """
from typing import Any
import pandas as pd
from hamilton.function_modifiers import *
from hamilton.htypes import Collect, Parallelizable
from hamilton.plugins.h_pandas import with_columns

def _one(x: int) -> int:
    return x

def _two(x: int, by: int = 1) -> int:
    return x

def _table(x: pd.DataFrame) -> pd.DataFrame:
    return x

def _column(x: pd.Series) -> pd.Series:
    return x

"""
FRAME = "def f(a: int) -> pd.DataFrame:\n    return pd.DataFrame()\n"
NUMBER = "def f(a: int) -> int:\n    return a\n"
FIELDS = "def f(a: int) -> dict[str, Any]:\n    return {}\n"
TUPLE = "def f(a: int) -> tuple[int, int]:\n    return a, a\n"
LOADER = (
    "@dataloader()\ndef f(a: str) -> tuple[pd.DataFrame, dict]:\n    return pd.DataFrame(), {}\n"
)
SAVER = "@datasaver()\ndef f(a: int) -> dict:\n    return {}\n"

PIPE = "@pipe_output(step(_one), step(_two, by=2))\n"
TABLE_PIPE = "@pipe_output(step(_table), step(_table))\n"
COLUMNS = '@extract_columns("c", "d")\n'
CHECK = '@check_output(range=(0, 1), importance="warn"{})\n'
CHECK_TABLE = "@check_output_custom(Own('warn'){})\n"
OWN = """
from hamilton.data_quality import base as dq

class Own(dq.DataValidator):
    applies_to = lambda self, datatype: True
    description = lambda self: "own"
    name = classmethod(lambda cls: "own")
    validate = lambda self, dataset: dq.ValidationResult(True, "")

"""


def folded(graph: FunctionGraph) -> dict[str, str]:
    """{node: owner, and the field after a colon} of those that belong to another one."""
    return {
        name: f"{owner}:{field}" if field else owner
        for name, (owner, field) in owners(graph.nodes).items()
        if owner != name
    }


# decorators and function: {node: the function's job, or the column of it}
STACKS: Mapping[str, tuple[str, dict[str, str]]] = {
    "a pipe whose result is checked": (
        CHECK.format("") + PIPE + NUMBER,
        dict.fromkeys(["f.raw", "f.with_one", "f.with_two", "f_raw", "f_range_validator"], "f"),
    ),
    "a checked function whose result is piped": (
        PIPE + CHECK.format("") + NUMBER,
        dict.fromkeys(["f.raw", "f.with_one", "f.with_two", "f_raw", "f_range_validator"], "f"),
    ),
    "checked columns": (
        CHECK_TABLE.format(', target_=["c", "d"]') + COLUMNS + FRAME,
        {f"{c}{e}": f"f:{c}" for c in "cd" for e in ("", "_raw", "_own")},
    ),
    "columns of a checked table": (
        COLUMNS + CHECK_TABLE.format("") + FRAME,
        {"c": "f:c", "d": "f:d", "f_raw": "f", "f_own": "f"},
    ),
    "a table that is checked below its columns": (
        CHECK_TABLE.format(', target_="f"') + COLUMNS + FRAME,
        {"c": "f:c", "d": "f:d", "f_raw": "f", "f_own": "f"},
    ),
    "columns of a pipe": (
        COLUMNS + TABLE_PIPE + FRAME,
        {"c": "f:c", "d": "f:d", "f.raw": "f", "f.with_table": "f", "f.with_table_1": "f"},
    ),
    "a column that goes through a pipe is a job after the table's": (
        '@pipe_output(step(_column), on_output="c")\n' + COLUMNS + FRAME,
        {"c.raw": "f:c", "c.with_column": "c", "d": "f:d"},
    ),
    "a column that is checked and goes through a pipe": (
        '@pipe_output(step(_column), on_output="c")\n'
        + CHECK_TABLE.format(', target_="c"')
        + COLUMNS
        + FRAME,
        {"c.raw": "f:c", "c_raw": "f:c", "c_own": "f:c", "c.with_column": "c", "d": "f:d"},
    ),
    "checked columns of a pipe": (
        CHECK_TABLE.format(', target_="c"') + COLUMNS + TABLE_PIPE + FRAME,
        {
            **dict.fromkeys(["f.raw", "f.with_table", "f.with_table_1"], "f"),
            **dict.fromkeys(["c", "c_raw", "c_own"], "f:c"),
            "d": "f:d",
        },
    ),
    "checked fields": (
        CHECK_TABLE.format(', target_=["k"]') + '@extract_fields({"k": int, "m": int})\n' + FIELDS,
        {"k": "f:k", "k_raw": "f:k", "k_own": "f:k", "m": "f:m"},
    ),
    "checked items of a tuple are called as their nodes": (
        CHECK_TABLE.format(', target_=["k"]') + '@unpack_fields("k", "m")\n' + TUPLE,
        {"k": "f:k", "k_raw": "f:k", "k_own": "f:k", "m": "f:m"},
    ),
    "an item of a tuple that goes through a pipe": (
        '@pipe_output(step(_one), on_output="k")\n@unpack_fields("k", "m")\n' + TUPLE,
        {"k.raw": "f:k", "k.with_one": "k", "m": "f:m"},
    ),
    "keys of what a saver says": ('@extract_fields({"k": int})\n' + SAVER, {"k": "f:k"}),
    "a checked loader": (
        CHECK_TABLE.format("") + LOADER,
        {"f.loader": "f", "f_raw": "f", "f_own": "f"},
    ),
    "a loader whose result is piped": (
        TABLE_PIPE + LOADER,
        dict.fromkeys(["f.loader", "f.raw", "f.with_table", "f.with_table_1"], "f"),
    ),
    "a checked saver": (CHECK_TABLE.format("") + SAVER, {"f_raw": "f", "f_own": "f"}),
    "what is loaded for a pipe": (
        (
            '@load_from.csv(path="x.csv", inject_="x")\n@pipe_input(step(_table))\n'
            "def f(x: pd.DataFrame) -> pd.DataFrame:\n    return x\n"
        ),
        dict.fromkeys(["f.load_data.x", "f.select_data.x", "f.with_table"], "f"),
    ),
    "what is loaded for a checked function": (
        CHECK_TABLE.format("") + '@load_from.csv(path="x.csv")\n'
        "def f(x: pd.DataFrame) -> pd.DataFrame:\n    return x\n",
        dict.fromkeys(["f.load_data.x", "f.select_data.x", "f_raw", "f_own"], "f"),
    ),
    "a checked function whose result is saved": (
        '@save_to.json(path="x.json")\n' + CHECK_TABLE.format("") + FIELDS,
        dict.fromkeys(["save.f", "f_raw", "f_own"], "f"),
    ),
    "a saver that gets its path from a key of the same function": (
        '@save_to.json(path=source("k"), target_="f")\n@extract_fields({"k": str})\n' + FIELDS,
        {"k": "f:k", "save.f": "f"},
    ),
    "a step that takes an earlier step too": (
        '@pipe_output(step(_one), step(_two), step(_two, by=source("f.with_one")))\n' + NUMBER,
        dict.fromkeys(["f.raw", "f.with_one", "f.with_two", "f.with_two_1"], "f"),
    ),
    "steps that are called as their authors like": (
        (
            '@pipe_input(step(_one).named("x", namespace=None), step(_two).named("y"), on_input="b")\n'
            "def f(a: int, b: int) -> int:\n    return b\n"
        ),
        {"x": "f", "f.y": "f"},
    ),
    "steps of a namespace of their own": (
        '@pipe_output(step(_one).named("x"), step(_two), namespace="other")\n' + NUMBER,
        {"f.raw": "f", "other.x": "f", "other.with_two": "f"},
    ),
    "an asynchronous pipe": (
        (
            "async def _later(x: int) -> int:\n    return x\n\n"
            "@pipe_input(step(_later), step(_one))\nasync def f(a: int) -> int:\n    return a\n"
        ),
        {"f.with_later": "f", "f.with_one": "f"},
    ),
    "asynchronous columns": (
        COLUMNS + "async " + FRAME,
        {"c": "f:c", "d": "f:d"},
    ),
    "columns of an asynchronous checked function": (
        COLUMNS + CHECK_TABLE.format("") + "async " + FRAME,
        {"f_raw": "f", "f_own": "f", "c": "f:c", "d": "f:d"},
    ),
}


@pytest.mark.parametrize("name", STACKS)
def test_stacked_decorators_make_one_job(flows: Flows, name: str) -> None:
    source, expected = STACKS[name]
    graph = graph_of(flows.module(HEAD + OWN + source))
    assert folded(graph) == expected


@pytest.mark.parametrize("name", STACKS)
def test_so_they_do_in_a_subdag(flows: Flows, name: str) -> None:
    source, expected = STACKS[name]
    inner = flows.module(HEAD + OWN + source, "inner")
    outer = flows.module(
        "from hamilton.function_modifiers import parameterized_subdag, subdag\nimport inner\n"
        "@subdag(inner)\ndef once(f: object) -> object:\n    return f\n"
        "@parameterized_subdag(inner, left={}, right={})\n"
        "def twice(f: object) -> object:\n    return f\n"
    )
    assert inner.f
    assert folded(graph_of(outer)) == {
        f"{namespace}.{node}": f"{namespace}.{owner}"
        for namespace in ("once", "left", "right")
        for node, owner in expected.items()
    }


def test_chained_parameters_are_jobs_of_their_own_with_pipes_too(flows: Flows) -> None:
    flow = flows.module(
        HEAD + '@pipe_output(step(_one))\n@parameterize(p={"a": source("z")}, q={"a": source("p")},'
        ' r={"a": source("q.with_one")})\n' + NUMBER
    )
    assert folded(graph_of(flow)) == {
        f"{name}.{part}": name for name in "qr" for part in ("raw", "with_one")
    }


def test_an_input_does_not_belong_to_its_consumer(flows: Flows) -> None:
    graph = graph_of(flows.module(HEAD + CHECK.format("") + NUMBER))
    assert graph.nodes["a"].originating_functions  # the consumer's, which misleads
    assert owners(graph.nodes)["a"] == ("a", None)


def test_subdags_that_take_each_others_results_stay_apart(flows: Flows) -> None:
    flow = flows.module(
        HEAD + "def _inner(x: int) -> int:\n    return x\n\n"
        '@parameterized_subdag(_inner, p={"inputs": {"x": source("a")}},'
        ' q={"inputs": {"x": source("p")}})\ndef made(_inner: int) -> int:\n    return _inner\n'
    )
    assert folded(graph_of(flow)) == {}


def test_functions_that_are_called_like_parts_of_others_are_jobs(flows: Flows) -> None:
    flow = flows.module(
        HEAD + "def raw(a: int) -> int:\n    return a\n\n"
        "def f_raw(raw: int) -> int:\n    return raw\n\n"
        "@subdag(raw, f_raw)\ndef f(f_raw: int) -> int:\n    return f_raw\n"
    )
    assert folded(graph_of(flow)) == {}


def test_a_column_of_another_functions_table_is_no_part_of_it(flows: Flows) -> None:
    flow = flows.module(
        HEAD + FRAME + "def _grown(c: pd.Series) -> pd.Series:\n    return c\n\n"
        '@with_columns(_grown, columns_to_pass=["c"], select=["_grown"])\n'
        "def wide(f: pd.DataFrame) -> pd.DataFrame:\n    return f\n"
    )
    assert folded(graph_of(flow)) == {"wide._append": "wide"}

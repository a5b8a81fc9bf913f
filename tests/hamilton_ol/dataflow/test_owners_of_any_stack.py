"""What holds of owners whatever decorators are on top of each other."""

import sys

from hamilton import ad_hoc_utils
from hamilton.graph import FunctionGraph
from hypothesis import given, settings
from hypothesis import strategies as st

from hamilton_ol.dataflow.owners import owners
from tests.support.graphs import graph_of

HEAD = """
from typing import Any
import pandas as pd
from hamilton.data_quality import base as dq
from hamilton.function_modifiers import *

class Own(dq.DataValidator):
    applies_to = lambda self, datatype: True
    description = lambda self: "own"
    name = classmethod(lambda cls: "own")
    validate = lambda self, dataset: dq.ValidationResult(True, "")

class Other(Own):
    name = classmethod(lambda cls: "other")

def _table(x: pd.DataFrame) -> pd.DataFrame:
    return x

def _keys(x: dict[str, Any]) -> dict[str, Any]:
    return x

def _items(x: tuple[int, int]) -> tuple[int, int]:
    return x

"""

# {type of the result: (a step for it, how it is taken apart)}
SHAPES = {
    "pd.DataFrame": ("step(_table)", '@extract_columns("c", "d")'),
    "dict[str, Any]": ("step(_keys)", '@extract_fields({"c": int, "d": int})'),
    "tuple[int, int]": ("step(_items)", '@unpack_fields("c", "d")'),
}
PARAMETERS = '@parameterize(f={"a": source("a")}, g={"a": source("f")}, h={"a": value(1)})'
FUNCTION = "def f(a: {0}) -> {0}:\n    return a\n"

checks = st.sampled_from(['Own("warn")', 'Own("warn"), Other("warn")'])


@st.composite
def stacks(draw: st.DrawFn, *, parameters: bool = False) -> str:
    """The source of a function `f` with decorators, put together from the innermost on."""
    result = draw(st.sampled_from(sorted(SHAPES)))
    step, apart = SHAPES[result]
    steps = ", ".join([step] * draw(st.integers(1, 3)))
    check = f"check_output_custom({draw(checks)}"
    rows = (
        [PARAMETERS]
        if parameters
        else draw(st.sampled_from([[], [f"@pipe_input({steps}, namespace='in')"]]))
    )
    whole = draw(st.permutations([f"@pipe_output({steps})", f"@{check})"]))
    rows = [*rows, *whole[: draw(st.integers(0, 2))]]
    if not parameters and draw(st.booleans()):
        rows.append(apart)
        rows += [f'@{check}, target_=["c", "d"])'] * draw(st.integers(0, 1))
    if not parameters and result == "pd.DataFrame":
        rows += ['@save_to.csv(path="x.csv", target_="f")'] * draw(st.integers(0, 1))
    is_async = not any("pipe_output" in row for row in rows) and draw(st.booleans())
    return HEAD + "\n".join([*reversed(rows), "async " * is_async + FUNCTION.format(result)])


def graph(source: str, depth: int = 0) -> FunctionGraph:
    """The graph of a source, within so many subdags."""
    modules = [ad_hoc_utils.module_from_source(source)]
    for level in range(depth):
        last = f"s{level - 1}" if level else "f"
        modules.append(
            ad_hoc_utils.module_from_source(
                "import sys\nfrom hamilton.function_modifiers import subdag\n\n"
                f"@subdag(sys.modules[{modules[-1].__name__!r}])\n"
                f"def s{level}({last}: object) -> object:\n    return {last}\n"
            )
        )
    try:
        return graph_of(modules[-1])
    finally:
        for module in modules:
            del sys.modules[module.__name__]


@settings(max_examples=60, deadline=None)
@given(source=stacks(), depth=st.integers(0, 2))
def test_a_function_is_one_job_whatever_its_decorators(source: str, depth: int) -> None:
    nodes = graph(source, depth).nodes
    own = {name for name, (owner, _) in owners(nodes).items() if owner == name}
    jobs = {name for name in own if not nodes[name].user_defined}
    assert jobs == [{"f"}, {"s0", "s0.f"}, {"s1", "s1.s0", "s1.s0.f"}][depth]


@settings(max_examples=60, deadline=None)
@given(source=stacks() | stacks(parameters=True), depth=st.integers(0, 1))
def test_an_owner_owns_itself_and_the_order_of_nodes_is_nothing(source: str, depth: int) -> None:
    nodes = graph(source, depth).nodes
    found = owners(nodes)
    assert found.keys() == nodes.keys()
    assert all(found[owner] == (owner, None) for owner, _ in found.values())
    assert owners(dict(reversed(nodes.items()))) == found


@settings(max_examples=30, deadline=None)
@given(source=stacks(parameters=True))
def test_parameters_are_jobs_of_their_own_whatever_is_on_top(source: str) -> None:
    nodes = graph(source).nodes
    for name, (owner, _) in owners(nodes).items():
        if not nodes[name].user_defined:
            assert owner == name[0]

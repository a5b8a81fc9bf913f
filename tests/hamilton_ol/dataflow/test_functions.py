"""From a node to the person's function, through whatever Hamilton wraps around it."""

import functools
import types
from typing import cast

import pytest
from hamilton.execution.executors import _modify_callable
from hamilton.node import Node, NodeType

from hamilton_ol.dataflow import functions
from tests.support import decorators
from tests.support.flows import Flows
from tests.support.graphs import graph_of

CONFIG = {**decorators.CONFIG, **decorators.POWER}


@pytest.fixture(scope="module")
def nodes() -> dict[str, Node]:
    found: dict[str, Node] = graph_of(decorators, config=CONFIG).nodes
    return found


# node: the function that it calls, or None for one of Hamilton's
RAN = {
    "plain": "plain",
    "chosen": "chosen__fast",
    "by_node": "parameters",
    "extracts__1": "extracts",
    "first": None,
    "outputs": "outputs",
    "number": None,
    "left": None,
    "checked": None,
    "checked_raw": "checked",
    "checked_range_validator": None,
    "piped_in": "piped_in",
    "piped_in.times": "_multiply",
    "piped_out.raw": "piped_out",
    "piped_out.with_add_one_1": "_add_one",
    "piped_out": None,
    "below": "below",
    "below._after": "_after",
    "below.given": None,
    "widened._doubled": "_doubled",
    "widened._append": None,
    "loaded.load_data.here": None,
    "loaded.select_data.here": None,
    "loaded": "loaded",
    "read.loader": "read",
    "save.saved": None,
    "wrote": "wrote",
    "part": "part",
}


@pytest.mark.parametrize("name", RAN)
def test_the_function_that_a_node_calls_is_found(nodes: dict[str, Node], name: str) -> None:
    ran = functions.ran(nodes[name])
    assert (ran.__qualname__ if ran else None) == RAN[name]


def test_what_calls_no_persons_function_has_the_body_that_declares_it(
    nodes: dict[str, Node],
) -> None:
    for name, declared in {
        "first": "outputs",
        "piped_out": "piped_out",
        "save.saved": "saved",
    }.items():
        body = functions.body(nodes[name])
        assert body is not None
        assert body.__qualname__ == declared


def test_inputs_have_neither_origin_nor_body(nodes: dict[str, Node]) -> None:
    assert nodes["a"].originating_functions
    assert functions.origins(nodes["a"]) == ()
    assert functions.body(nodes["a"]) is None
    assert functions.wrapper(nodes["a"]) == ""


def test_nodes_of_a_subdag_are_declared_by_both_functions(nodes: dict[str, Node]) -> None:
    names = [f.__qualname__ for f in functions.origins(nodes["below._after"])]
    assert names == ["_after", "below"]


def test_a_block_that_is_being_executed_still_shows_its_function() -> None:
    def numbers(count: int) -> list[int]:
        return list(range(count))

    wrapped = _modify_callable(NodeType.EXPAND, numbers)
    assert isinstance(wrapped, functools.partial)
    node = Node("numbers", list, callabl=wrapped, input_types={"count": int})
    assert functions.ran(node) is numbers


def test_a_value_that_is_called_as_an_inner_function_is_not_followed(flows: Flows) -> None:
    flow = flows.module("""
        from hamilton.function_modifiers import parameterize, value

        @parameterize(p={"_callable": value(len), "fn": value(len)})
        def told(_callable: object, fn: object) -> int:
            return 1
    """)
    ran = functions.ran(graph_of(flow).nodes["p"])
    assert ran is flow.told


def test_a_dataflow_of_hamiltons_contributors_is_a_persons() -> None:
    for name, expected in {
        "hamilton.node": True,
        "hamilton": True,
        "hamilton.contrib.user.someone": False,
        "hamilton_extras": False,
        "flow": False,
    }.items():
        made = types.FunctionType((lambda: None).__code__, {"__name__": name})
        assert functions.is_hamiltons(made) is expected, name
    assert not functions.is_hamiltons(len)


def test_layers_end_where_closures_lead_in_circles() -> None:
    source = "def outer():\n    def fn():\n        return fn\n    return fn\n"
    scope = {"__name__": "hamilton.made_up"}
    exec(source, scope)
    endless = scope["outer"]()  # type: ignore[operator]
    node = Node("n", int, callabl=endless, input_types={})
    assert len(list(functions.layers(node))) == functions._DEPTH
    assert functions.ran(node) is None


def test_unwrapping_follows_what_is_wrapped_once_around() -> None:
    def inner() -> None: ...

    def outer() -> None: ...

    one, other = cast("types.FunctionType", outer), cast("types.FunctionType", inner)
    functools.update_wrapper(one, other)
    assert functions.unwrapped(one) == (one, other)
    vars(other)["__wrapped__"] = one
    assert functions.unwrapped(one) == (one, other)
    vars(one)["__wrapped__"] = len
    assert functions.unwrapped(one) == (one,)


def test_a_cell_that_is_not_filled_yet_is_left_out() -> None:
    def outer() -> types.FunctionType:
        def inner() -> int:
            return later

        made = cast("types.FunctionType", inner)
        assert functions.cells(made) == {}
        later = 1
        return made

    assert functions.cells(outer()) == {"later": 1}

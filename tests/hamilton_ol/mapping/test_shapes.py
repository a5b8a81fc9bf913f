"""Which fields a dataset has: at once, a second later, at the end."""

from typing import Any

import pytest

from hamilton_ol.mapping.events import Event
from hamilton_ol.records import DatasetAccess
from tests.support.events import dataset, event_of, names, schema
from tests.support.flows import Flows, events, execute
from tests.support.runs import column, graph, node, one, ran, run, table

TABLE = graph(node("t", type="DataFrame"), node("y", "t"))
SEEN = table(a="int64", b="str")


def start(found: list[Event], job: str) -> Any:
    return event_of(found, job, "START")


@pytest.mark.parametrize(("milliseconds", "outputs"), [(1000, ["t"]), (1000.001, [])])
def test_a_start_lists_its_output_if_that_was_there_within_a_second(
    milliseconds: float, outputs: list[str]
) -> None:
    found = events(run(TABLE, ran("t", 1, 1 + milliseconds, schema=SEEN), requested=("t",)))
    assert names(start(found, "dag.t"), "outputs") == outputs
    assert names(event_of(found, "dag.t"), "outputs") == ["t"]


def test_a_start_lists_its_output_as_the_run_before_left_it_if_it_takes_longer() -> None:
    known = {"known": {"t": SEEN}}
    nodes = ran("t", 1, 5000, schema=table(a="float64"))
    found = events(run(TABLE, nodes, requested=("t",), context=known))
    assert schema(dataset(start(found, "dag.t"), "t", "outputs")) == {"a": "int64", "b": "str"}
    assert schema(dataset(event_of(found, "dag.t"), "t", "outputs")) == {"a": "float64"}


def test_a_start_leaves_out_what_its_own_nodes_have_still_to_ask_for() -> None:
    loading = graph(
        node("z.load", owner="z", kind="loader"), node("late"), node("z", "z.load", "late")
    )
    nodes = [ran("z.load", 1, 2), ran("late", 3, 4, schema=one("int")), ran("z", 5, 6)]
    found = events(run(loading, *nodes, context={"known": {"late": one("int")}}))
    assert names(start(found, "dag.z"), "inputs") == []
    assert names(event_of(found, "dag.z"), "inputs") == ["late"]


def test_a_result_that_is_no_table_has_one_field_named_as_its_node() -> None:
    found = events(run(TABLE, ran("t", 1, 2, schema=SEEN), ran("y", 2, 3, schema=one("float64"))))
    assert schema(dataset(event_of(found, "dag.y"), "y", "outputs")) == {"y": "float64"}


def test_what_no_schema_was_seen_of_has_its_declared_type() -> None:
    found = events(run(TABLE, ran("t", 1, 2), ran("y", 2, 3)))
    assert schema(dataset(event_of(found, "dag.t"), "t", "outputs")) == {"t": "DataFrame"}
    untyped = events(run(graph(node("x", type="")), ran("x", 1, 2)))
    assert schema(dataset(event_of(untyped, "dag.x"), "x", "outputs")) == {"x": "object"}


def test_a_dict_with_declared_fields_has_all_of_them(flows: Flows, store: Any) -> None:
    flow = flows.module("""
        from hamilton.function_modifiers import extract_fields

        @extract_fields({"count": int, "label": str, "unused": float})
        def parts(number: int) -> dict:
            return {"count": number, "label": "x", "unused": 1.0}

        def total(count: int, label: str) -> int:
            return count
    """)
    found = events(execute(flow, ["total"], store, inputs={"number": 3}))
    expected = {"count": "int", "label": "str", "unused": "float"}
    assert schema(dataset(start(found, "job.parts"), "parts", "outputs")) == expected
    assert schema(dataset(event_of(found, "job.parts"), "parts", "outputs")) == expected
    assert schema(dataset(event_of(found, "job.total"), "parts")) == expected
    assert names(event_of(found, "job.total"), "inputs") == ["parts"]


SPARK = """
    from hamilton.function_modifiers import extract_columns
    import pandas as pd

    class SparkTable(pd.DataFrame):  # what nobody can see into: its class hides all it has
        _mgr = columns = dtypes = property()
        def __init__(self): pass
        def __contains__(self, name): return True
        def __getitem__(self, name): return pd.Series([1, 2])

    @extract_columns("a", "b", "c")
    def t(number: int) -> pd.DataFrame:
        return SparkTable()

    def y(a: pd.Series, b: pd.Series) -> int:
        return 3
"""


def test_a_table_that_nobody_can_see_into_has_the_columns_that_the_code_declares(
    flows: Flows, store: Any
) -> None:
    found = events(execute(flows.module(SPARK), ["y"], store, inputs={"number": 1}))
    expected = dict.fromkeys("abc", "Series")
    assert schema(dataset(event_of(found, "job.t"), "t", "outputs")) == expected
    assert schema(dataset(event_of(found, "job.y"), "t")) == expected


def test_columns_of_such_a_table_have_the_same_type_whether_a_run_takes_them_or_not() -> None:
    opaque = graph(node("t", type="SparkTable"), column("a", "t"), column("b", "t"))
    seen = ran("t", 1, 2, schema=one("SparkTable"))
    taken = events(run(opaque, seen, ran("a", 3, 4, schema=one("int64")), requested=("a",)))
    asked = events(run(opaque, seen, requested=("t",)))
    sides = [event_of(found, "dag.t")["outputs"] for found in (taken, asked)]
    assert sides[0] == sides[1]


def test_schemas_of_a_block_are_those_of_its_first_task() -> None:
    block = graph(node("part", kind="expand"), node("x", "part"), node("all", "x", kind="collect"))
    tasks = [ran("x", 3 * n, 3 * n + 1, task=f"{n}", schema=one(f"int{n}")) for n in (1, 2, 3)]
    found = events(run(block, ran("part", 1, 2), *tasks, ran("all", 20, 21)))
    assert schema(dataset(event_of(found, "dag.x"), "x", "outputs")) == {"x": "int1"}
    assert schema(dataset(event_of(found, "dag.all"), "x")) == {"x": "int1"}


def test_the_start_of_a_slow_loader_does_not_guess_by_its_tag_what_it_will_read() -> None:
    tagged = graph(
        node("t.load", owner="t", kind="loader"),
        node("t", "t.load", type="DataFrame", tags={"source": "prod.x"}),
    )
    access = DatasetAccess("t.load", "read", "/in.csv")
    runs = ran("t.load", 1, 2000), ran("t", 2000, 2001, schema=SEEN)
    found = events(run(tagged, *runs, accesses=(access,), context={"known": {"t": SEEN}}))
    assert names(start(found, "dag.t"), "inputs") == []
    assert names(event_of(found, "dag.t"), "inputs") == ["/in.csv"]

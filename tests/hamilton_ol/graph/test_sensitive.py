"""Where personal data ends up."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hamilton_ol.graph.columns import Column, ColumnEdge, column_graph
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Dataset, Edge
from hamilton_ol.graph.sensitive import is_end, sensitive
from tests.support.demo_files import demo_graph
from tests.support.lineages import graph, node, pairs

PII = {"tags": {"PII": "true"}}
ARTIFACT = {"tags": {"artifact": "model"}}


def ends(told: LineageGraph, *tags: str) -> dict[str, list[str]]:
    rows = sensitive(told, tags) if tags else sensitive(told)
    return {row.node.id: [end.node.id for end in row.ends] for row in rows}


def test_the_demo_by_hand() -> None:
    assert ends(demo_graph()) == {
        "sex": ["encoders", "training_set_v1", "fit_random_forest"],
        "age": ["training_set_v1", "fit_random_forest"],
    }


def test_what_is_tagged_false_or_with_another_key_is_not_sensitive() -> None:
    told = graph(
        *("a>m", "b>m", "c>m", "d>m"),
        a={"tags": {"pii": "False"}},
        b={"tags": {"gdpr": ("no", "yes")}},
        c={"tags": {"pci": "true"}},
        d={"tags": {"pii": "name"}},
        m=ARTIFACT,
    )
    assert ends(told) == {"b": ["m"], "d": ["m"]}
    assert ends(told, "PCI") == {"c": ["m"]}


def test_barriers_are_listed_and_not_passed() -> None:
    told = graph(
        *("age>band>report", "age>mean>model", "age>copy"),
        age=PII,
        band={"tags": {"PII": "stop", "artifact": "bands"}},
        mean={"tags": {"anonymised": "k=5"}},
        copy=ARTIFACT,
        report=ARTIFACT,
        model=ARTIFACT,
    )
    (row,) = sensitive(told)
    assert [end.node.id for end in row.ends] == ["copy"]
    assert [(barrier.node.id, barrier.why) for barrier in row.barriers] == [
        ("band", "PII=stop"),
        ("mean", "anonymised=k=5"),
    ]
    assert row.reached == {"age", "band", "mean", "copy"}


def columned(*edges: tuple[str, str, str, str], **nodes: Any) -> LineageGraph:
    """A line of tables whose columns come from each other."""
    plain = graph("people>kept>report", "people>other>report2", "report>board", **nodes)
    made = [ColumnEdge(Column(a, b), Column(c, d)) for a, b, c, d in edges]
    return LineageGraph(
        plain.nodes, plain.edges, columns=lambda index: column_graph(index, (), made)
    )


def test_columns_are_followed_where_they_are_known() -> None:
    nodes = {"age": {"kind": "column", "part_of": "people", "field": "age", **PII}}
    told = columned(
        ("people", "age", "kept", "age"),
        ("people", "town", "other", "town"),
        ("kept", "age", "report", "mean_age"),
        ("other", "town", "report2", "town"),
        **nodes,
        report=ARTIFACT,
        report2=ARTIFACT,
        board=ARTIFACT,
    )
    (row,) = sensitive(told)
    assert {end.node.id: end.columns for end in row.ends} == {"report": ("mean_age",), "board": ()}


@given(pairs(), st.sets(st.integers(0, 8)))
def test_without_columns_and_barriers_it_is_all_that_is_downstream(
    made: tuple[int, list[tuple[int, int]]], chosen: set[int]
) -> None:
    count, edges = made
    nodes = [
        node(f"n{n}", tags={"PII": "yes"} if n in chosen else {"artifact": "x"})
        for n in range(count)
    ]
    plain = graph(*(f"n{a}>n{b}" for a, b in edges), **{n.id: {"tags": n.tags} for n in nodes})
    for row in sensitive(plain):
        below = plain.downstream(row.node.id)
        assert row.reached == set(below)
        assert [e.node for e in row.ends] == [n for n in below.nodes if is_end(n)]


def test_results_that_nothing_takes_are_told_too() -> None:
    told = graph(
        *("age>mean", "age>model>score", "age>band", "age>table>column"),
        age=PII,
        model=ARTIFACT,
        band={"tags": {"PII": "stop"}},
        column={"kind": "column", "part_of": "table", "tags": {"PII": "true"}},
    )
    age, column = sensitive(told)
    assert [node.id for node in age.leaves] == ["mean", "score", "column"]
    assert column.leaves == ()  # itself


def test_what_is_written_outside_is_an_end() -> None:
    told = graph("age>table", age=PII, table={"sinks": (Dataset("file", "/x.csv"),)})
    assert ends(told) == {"age": ["table"]}


def test_what_writes_a_result_is_an_end_though_the_result_tells_its_columns() -> None:
    told = columned(
        ("people", "age", "kept", "age"),
        ("people", "town", "other", "town"),
        people=PII,
        saved={"kind": "saver", "part_of": "kept"},
    )
    told = told.altered(edges=[*told.edges, Edge("kept", "saved")])
    assert ends(told) == {"people": ["saved"]}

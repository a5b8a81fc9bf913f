"""Runs put together from lines, whatever these are like."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamilton_ol.errors import StoreUnreadableError
from hamilton_ol.records import Run, RunFinished, Schema
from hamilton_ol.store import documents, lines
from hamilton_ol.store.assembly import NO_GRAPH, NOT_UNDERSTOOD, Assembly
from hamilton_ol.store.codec import encode
from tests.support.stores import GRAPH, MS, OTHER, RUN, T0, graph, node, run_lines, started


def read(told: list[str], store: Path = Path("/nowhere"), *, is_alive: bool = False) -> Run:
    """The run that these lines tell of."""
    return assembled([json.loads(line) for line in told], store, is_alive=is_alive)


def assembled(told: list[Any], store: Path = Path("/nowhere"), *, is_alive: bool = False) -> Run:
    """The run that the fields of lines tell of."""
    assembly = Assembly(RUN, store, {})
    for line in told:
        assembly.take(line)
    return assembly.run(is_alive=is_alive)


@settings(max_examples=50, deadline=None)
@given(st.permutations(run_lines()))
def test_the_order_of_lines_does_not_matter(told: list[str]) -> None:
    assert read(told) == read(run_lines())


def test_nodes_are_in_the_order_of_their_start() -> None:
    run = read([node("late", 9), node("first", 1), node("also", 1)])
    assert [n.node for n in run.nodes] == ["also", "first", "late"]


def test_tasks_of_one_node_are_apart() -> None:
    run = read([node("a", 1, task="t-1"), node("a", 2, task="t-2"), node("a", 3)])
    assert [n.task for n in run.nodes] == ["t-1", "t-2", None]


def test_a_run_that_is_part_of_this_one_is_another_run() -> None:
    parent = {"run_id": RUN, "namespace": "n", "job": "j"}
    root = {f"root_{key}": value for key, value in parent.items()}
    child = json.loads(lines.run_line(started(OTHER, job="child")))
    run = assembled(
        [json.loads(lines.run_line(started())), {**child, "parent": {**parent, **root}}]
    )
    assert run.started.job == "titanic"


def test_a_run_of_which_nothing_but_nodes_is_known_is_told() -> None:
    run = read([node("a", 1)])
    assert (run.run_id, run.started.job, run.status) == (RUN, "", "DIED")
    assert run.last_seen == T0 + 2 * MS


@pytest.mark.parametrize(
    ("told", "is_alive", "status"),
    [
        (run_lines(end="FAILED"), False, "FAILED"),
        (run_lines(end="FAILED"), True, "FAILED"),
        (run_lines(end=None), True, "RUNNING"),
        (run_lines(end=None), False, "DIED"),
    ],
)
def test_the_status(told: list[str], status: str, *, is_alive: bool) -> None:
    assert read(told, is_alive=is_alive).status == status


def test_the_last_thing_seen_is_the_last_of_all() -> None:
    assert read(run_lines()).last_seen == T0 + 100 * MS
    assert read(run_lines(end=None)).last_seen == T0 + 4 * MS
    assert read(run_lines(end=None, nodes=())).last_seen == T0


def test_kinds_of_newer_writers_are_skipped() -> None:
    told = [{"v": 1, "k": "telepathy", "run": RUN}, *map(json.loads, run_lines())]
    assert assembled(told) == read(run_lines())


@pytest.mark.parametrize("missing", ["job", "namespace", "graph", "requested", "engine", "tags"])
def test_a_start_without_a_field_is_a_start(missing: str) -> None:
    line = json.loads(lines.run_line(started(engine="1", tags={"a": "b"})))
    del line[missing]
    run = assembled([line])
    assert run.problems == {}
    assert run.started.time == T0


def test_a_schema_that_nobody_wrote_is_not_known() -> None:
    assert read([node("a", 1)]).nodes[0].schema is None


NO_SENSE: list[dict[str, Any]] = [
    {"k": "run", "run": RUN, "time": "now"},
    {"k": "run", "run": RUN, "time": 10**30},
    {"k": "run", "run": RUN, "time": T0, "requested": "b"},
    {"k": "context", "run": RUN, "inputs": []},
    {"k": "context", "run": RUN, "known_in": 3},
    {"k": "values", "run": RUN, "part": "inputs"},
    {"k": "values", "run": RUN, "part": [], "values": {}},
    {"k": "values", "run": RUN, "part": "inputs", "values": {"x": 3}},
    {"k": "schema", "schema": "s"},
    {"k": "schema", "schema": [], "fields": [], "table": True},
    {"k": "graph"},
    {"k": "start", "run": RUN, "node": "n"},
    {"k": "start", "run": RUN, "node": "n", "t": "now"},
    {"k": "node", "run": RUN, "node": "n"},
    {"k": "node", "run": RUN, "node": ["n"], "t": [T0, T0], "s": "SUCCEEDED"},
    {"k": "node", "run": RUN, "node": "n", "task": {}, "t": [T0, T0], "s": "SUCCEEDED"},
    {"k": "node", "run": RUN, "node": "n", "t": [T0], "s": "SUCCEEDED"},
    {"k": "node", "run": RUN, "node": "n", "t": T0, "s": "SUCCEEDED"},
    {"k": "node", "run": RUN, "node": "n", "t": [T0, "later"], "s": "SUCCEEDED"},
    {"k": "node", "run": RUN, "node": "n", "t": [T0, T0], "s": "EXPLODED"},
    {"k": "node", "run": RUN, "node": "n", "t": [T0, T0], "s": "FAILED", "error": "boom"},
    {"k": "node", "run": RUN, "node": "n", "t": [T0, T0], "s": "SUCCEEDED", "rows": "many"},
    {"k": "node", "run": RUN, "node": "n", "t": [T0, T0], "s": "SUCCEEDED", "schema": []},
    {"k": "access", "run": RUN, "node": "n", "mode": "append"},
    {"k": "finish", "run": RUN},
    {"k": "finish", "run": RUN, "time": -1, "status": "SUCCEEDED"},
    {"k": "problem", "run": RUN, "cause": "c"},
    {"k": "problem", "run": RUN, "cause": "c", "count": "many"},
    {"k": ["run"], "run": RUN},
]


@pytest.mark.parametrize("line", NO_SENSE, ids=json.dumps)
def test_a_line_that_makes_no_sense_is_counted_and_harms_no_other(line: dict[str, Any]) -> None:
    good = [json.loads(told) for told in run_lines()]
    expected = read(run_lines())
    for told in ([line, *good], [*good, line]):
        run = assembled(told)
        assert run.problems == {NOT_UNDERSTOOD: 1}
        assert (run.started, run.nodes, run.finished) == (
            expected.started,
            expected.nodes,
            expected.finished,
        )


FIELDS = ("time", "t", "s", "node", "task", "error", "values", "part", "inputs", "status", "count")
KINDS = ("run", "context", "values", "graph", "schema", "start", "node", "access", "finish")
ODD = st.none() | st.integers() | st.text(max_size=2) | st.lists(st.integers(), max_size=2)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(KINDS), st.dictionaries(st.sampled_from(FIELDS), ODD)),
        max_size=5,
    )
)
def test_no_line_at_all_stops_the_reader(odd: list[tuple[str, dict[str, Any]]]) -> None:
    run = assembled([{"v": 1, "k": kind, **more} for kind, more in odd])
    assert run.run_id == RUN


# --- documents -----------------------------------------------------------------------------------


def with_document(store: Path, record: Any) -> list[str]:
    """Lines of a run whose graph is in a document."""
    name = documents.write(store / "graphs", record)
    return [lines.run_line(started()), lines.graph_line(GRAPH, name, graph())]


def test_a_graph_is_read_from_its_document(tmp_path: Path) -> None:
    assert read(with_document(tmp_path, encode(graph())), tmp_path).graph == graph()


def test_runs_of_one_graph_share_its_record(tmp_path: Path) -> None:
    shared: dict[str, Any] = {}
    told = [json.loads(line) for line in with_document(tmp_path, encode(graph()))]
    found = []
    for _ in range(2):
        assembly = Assembly(RUN, tmp_path, shared)
        for line in told:
            assembly.take(line)
        found.append(assembly.run(is_alive=False).graph)
    assert found[0] is found[1]


def test_a_run_whose_graph_is_gone_is_read_without_it(tmp_path: Path) -> None:
    told = with_document(tmp_path, encode(graph()))
    next((tmp_path / "graphs").iterdir()).unlink()
    run = read(told, tmp_path)
    assert run.graph is None
    assert run.problems == {NO_GRAPH: 1}


@pytest.mark.parametrize("record", [[], {}, {"fingerprint": 3, "nodes": []}, "graph", 3])
def test_a_document_that_is_no_graph_is_unreadable(tmp_path: Path, record: object) -> None:
    with pytest.raises(StoreUnreadableError, match="graphs"):
        read(with_document(tmp_path, record), tmp_path)


def test_a_graph_in_a_line_that_makes_no_sense_is_counted() -> None:
    told = [json.loads(lines.run_line(started())), {"k": "graph", "graph": GRAPH, "record": {}}]
    run = assembled(told)
    assert (run.graph, run.problems) == (None, {NOT_UNDERSTOOD: 1})


def test_what_was_known_is_read_from_its_document(tmp_path: Path) -> None:
    known = {"a": Schema((("", "int"),), table=False)}
    name = documents.write(tmp_path / "known", encode(known))
    assert read([lines.known_line(RUN, name)], tmp_path).context.known == known


def test_what_was_known_may_be_gone(tmp_path: Path) -> None:
    assert read([lines.known_line(RUN, "0" * 32)], tmp_path).context.known == {}


@pytest.mark.parametrize("held", ["[]", '{"a": 3}', '{"a": {"fields": 3, "table": true}}', "{"])
def test_a_document_that_holds_no_schemas_is_unreadable(tmp_path: Path, held: str) -> None:
    (tmp_path / "known").mkdir()
    (tmp_path / "known" / "name.json").write_text(held, encoding="utf-8")
    with pytest.raises(StoreUnreadableError, match="known"):
        read([lines.known_line(RUN, "name")], tmp_path)


def test_a_result_that_a_builder_made_is_told_at_the_end() -> None:
    table = Schema((("a", "int64"),), table=True)
    finished = RunFinished(T0, "SUCCEEDED", result=table, rows=3)
    assert read([lines.finish_line(RUN, finished)]).finished == finished

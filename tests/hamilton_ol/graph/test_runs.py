"""What a run did, on the nodes of a graph."""

from hamilton_ol.graph.execution import executed
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Edge, Node
from hamilton_ol.graph.runs import Execution, RunFacts, is_of, with_run

GRAPH = LineageGraph(
    [Node("x", "x", "input"), Node("a", "a"), Node("b", "b", status="SUCCEEDED")],
    [Edge("x", "a"), Edge("a", "b")],
)
FAILED = Execution("FAILED", 0.5, None, "ValueError: no")


def test_what_was_not_executed_is_skipped_and_inputs_are_not() -> None:
    graph = with_run(GRAPH, RunFacts("1", "dag", "FAILED", executions={"a": FAILED}))
    assert [node.status for node in graph.nodes] == ["", "FAILED", "SKIPPED"]
    assert graph.nodes[1].seconds == 0.5
    assert graph.ids == GRAPH.ids
    assert graph.edges == GRAPH.edges


def test_while_it_runs_nothing_is_skipped() -> None:
    graph = with_run(GRAPH, RunFacts("1", "dag", "RUNNING", executions={"a": FAILED}))
    assert graph.nodes[2].status == ""


def test_what_was_given_is_not_skipped() -> None:
    run = RunFacts("1", "dag", "SUCCEEDED", executions={"b": FAILED}, given=frozenset({"a"}))
    assert with_run(GRAPH, run).nodes[1].status == ""


def test_it_is_of_a_graph_that_has_all_that_it_executed() -> None:
    assert is_of(GRAPH, RunFacts("1", "dag", "FAILED", executions={"a": FAILED}))
    assert not is_of(GRAPH, RunFacts("1", "dag", "FAILED", executions={"c": FAILED}))
    assert not is_of(GRAPH, RunFacts("1", "dag", "FAILED"))


def test_what_was_skipped_was_not_executed() -> None:
    run = RunFacts("1", "dag", "SUCCEEDED", executions={"a": Execution("SUCCEEDED")})
    found = executed(with_run(GRAPH, run))
    assert found is not None
    assert found.tolist() == [True, True, False]

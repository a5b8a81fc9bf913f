"""What queries need is there before the first one."""

import pytest

from hamilton_ol.graph import reachability, sweep
from hamilton_ol.graph.adjacency import Adjacency
from hamilton_ol.graph.select import columnflow, facts
from hamilton_ol.graph.select.ahead import look_up
from tests.support.lineages import layered

QUERIES = (
    *("+n9", "n9+2", "tag:PII=true+", "n0..n9", "*9*", "kind:input", "owner:team3 and source:b"),
    *("col:n5+", "group:n0", "sinks(*)", "depth:<=2", "/9$/", "type:int or module:m5", "run:a"),
)


def test_a_query_makes_no_index_once_that_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reachability, "LARGE", 0)  # edges, from which on scipy pays
    cold, ready = layered(60), layered(60)
    expected = [cold.select(query) for query in QUERIES]
    look_up(ready)
    for module, name in (
        *((facts, "Index"), (facts, "rows_of"), (facts, "Texts")),
        *((columnflow, "column_flow"), (Adjacency, "__init__"), (sweep, "sweep")),
    ):
        monkeypatch.delattr(module, name)
    assert [ready.select(query) for query in QUERIES] == expected

"""Events that are too large: what is left out, in which order, and that the event says so."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamilton_ol.mapping import profiles
from hamilton_ol.mapping.limits import render
from hamilton_ol.mapping.profiles import PROFILES, Profile
from tests.support.events import event_of
from tests.support.flows import events
from tests.support.runs import column, graph, node, ran, run, table
from tests.support.runs_random import History, histories, texts

ORDER = [
    *("transformations", "columnLineage.fields", "documentation", "sourceCode"),
    *("descriptions", "columnLineage"),
]


def event(**run_facets: Any) -> dict[str, Any]:
    """An event that has everything that can be left out."""
    ref = {"namespace": "n", "name": "i", "field": "f", "transformations": [{"type": "DIRECT"}]}
    lineage = {"fields": {"a": {"inputFields": [dict(ref)]}}, "dataset": [dict(ref)]}
    fields = [{"name": "a", "type": "int", "description": "d" * 500}]
    documentation = {"description": "d" * 500}
    facets = {
        "columnLineage": lineage,
        "documentation": documentation,
        "schema": {"fields": fields},
    }
    return {
        "run": {"facets": run_facets},
        "job": {
            "facets": {"documentation": documentation, "sourceCode": {"sourceCode": "x" * 500}}
        },
        "inputs": [{"name": "i"}],
        "outputs": [{"name": "o", "facets": facets}],
    }


def left_out(limit: int, **own: Any) -> tuple[list[str], int]:
    text = render(event(**own), limit, "" if "hamilton_run" in own else "x")
    facets = json.loads(text)["run"]["facets"]
    facet = facets.get("hamilton_run") or facets.get("hamilton_node") or {}
    return facet.get("leftOut", []), len(text)


def test_an_event_that_fits_stays_as_it_is() -> None:
    whole = event()
    assert json.loads(render(whole, 100_000, "x")) == whole


def test_what_matters_least_is_left_out_first() -> None:
    sizes: list[int] = []
    for count in range(1, len(ORDER) + 1):
        limit = sizes[-1] - 1 if sizes else len(json.dumps(event(), separators=(",", ":"))) - 1
        names, size = left_out(limit)
        assert names == ORDER[: len(names)]
        assert len(names) >= count
        sizes.append(size)
        if len(names) == len(ORDER):
            break
    assert sizes[-1] < 1200


def test_lists_of_nodes_go_before_descriptions() -> None:
    own = {"hamilton_run": {}, "hamilton_nodes": {"nodes": ["n" * 1000]}}
    names, _ = left_out(10, **own)
    assert names == [*ORDER[:4], "hamilton_nodes", *ORDER[4:]]
    names, _ = left_out(10, hamilton_node={"folded": ["n" * 1000]})
    assert names == [*ORDER[:4], "folded", *ORDER[4:]]


def test_only_what_was_there_is_said_to_be_left_out() -> None:
    bare: dict[str, Any] = {
        "run": {"facets": {}},
        "job": {"facets": {}},
        "inputs": [],
        "outputs": [],
    }
    assert "leftOut" not in render(bare, 1, "x")


def test_the_event_itself_is_not_changed() -> None:
    whole = event()
    render(whole, 10, "x")
    assert whole == event()


@pytest.fixture
def tight(monkeypatch: pytest.MonkeyPatch) -> None:
    """Consumers that take small events only."""
    small = Profile(parent_on_terminal=False, longest_field=255, largest_event=6000)
    monkeypatch.setitem(PROFILES, "marquez", small)


@pytest.mark.usefixtures("tight")
@pytest.mark.parametrize("kind", ["START", "COMPLETE"])
def test_every_event_of_a_node_says_what_is_missing(kind: str) -> None:
    many = {f"c{number}": "int64" for number in range(30)}
    columns = [column(name, "t", documentation="d" * 200) for name in many]
    whole = graph(node("t", documentation="d" * 900), *columns)
    nodes = ran("t", 1, 2, schema=table(**many))
    found = events(run(whole, nodes, requested=("t",)))
    own = event_of(found, "dag.t", kind)["run"]["facets"]["hamilton_node"]
    assert own["node"] == "t"
    assert own["leftOut"] == ["documentation", "descriptions"]


@pytest.mark.usefixtures("tight")
def test_the_dataflows_end_says_what_is_missing() -> None:
    whole = graph(*(node(f"n{number}") for number in range(100)))
    found = events(run(whole, ran("n0", 1, 2), requested=("n0",)))
    facets = event_of(found, "dag")["run"]["facets"]
    assert facets["hamilton_run"]["leftOut"] == ["hamilton_nodes"]
    assert "hamilton_nodes" not in facets


@settings(max_examples=30, deadline=None)
@given(histories(), st.sampled_from([3000, 6000]))
def test_no_event_that_has_something_to_leave_out_is_too_large(
    history: History, limit: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(profiles.PROFILES, "tight", Profile(largest_event=limit))
        for text in texts(history.whole, profile="tight"):
            if len(text) > limit:
                assert '"documentation":' not in text
                assert '"transformations":' not in text
                assert '"hamilton_nodes":' not in text

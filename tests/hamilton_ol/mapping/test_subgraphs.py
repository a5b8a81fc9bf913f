"""What is told of a function of which a run executes only a part: no more than that part read."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings

from hamilton_ol import OpenLineageHook
from hamilton_ol.mapping.jobs import JobGraph
from hamilton_ol.mapping.subgraphs import executed, whole
from tests.support.events import Json, event_of, names, parsed, sources_of
from tests.support.flows import Flows, build, events, latest
from tests.support.runs import column, graph, node
from tests.support.runs_random import History, histories, plain_events

GRANULARITIES = pytest.mark.parametrize("granularity", ["node", "artifact", "dag"])

LOADED = """
    import pandas as pd
    from hamilton.function_modifiers import load_from, source, tag

    @tag(source="prod.other")
    def other() -> pd.DataFrame:
        return pd.DataFrame({"b": [2]})

    @tag(source="prod.tagged")
    @load_from.csv(path=source("path"), inject_="raw")
    def wide(raw: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
        return pd.concat([raw, other], axis=1)

    def total(wide: pd.DataFrame) -> int:
        return int(wide.sum().sum())
"""
CHECKED = """
    import pandas as pd
    from hamilton.function_modifiers import check_output, tag

    @tag(source="prod.people")
    def people() -> pd.DataFrame:
        return pd.DataFrame({"a": [1, 2]})

    @tag(source="prod.ages")
    @check_output(importance="warn", data_type=int)
    def count(people: pd.DataFrame) -> int:
        return len(people)
"""


def told_of(
    flow: Any, store: Path, job: str, granularity: str, requested: list[Any], **run: Any
) -> Json:
    """The end of a job of a run, or of the dataflow where it is the only job."""
    build([flow], OpenLineageHook("job", store=store)).execute(requested, **run)
    found = events(latest(store), granularity=granularity)
    return event_of(found, "job" if granularity == "dag" else f"job.{job}")


@GRANULARITIES
def test_who_asks_for_what_a_loader_brings_did_not_read_what_else_its_function_takes(
    granularity: str, flows: Flows, store: Path, tmp_path: Path
) -> None:
    path, flow = tmp_path / "a.csv", flows.module(LOADED)
    pd.DataFrame({"a": [1]}).to_csv(path, index=False)
    asked = ["wide.load_data.raw", "other"]
    given = {"inputs": {"path": str(path)}}
    end = told_of(flow, store, "wide", granularity, asked, **given)
    read = [str(path), "prod.other"] if granularity == "dag" else [str(path)]
    assert sorted(names(end, "inputs")) == sorted(read)
    (made,) = (one for one in end["outputs"] if one["name"] == "wide")
    assert {ref[0] for refs in sources_of(made).values() for ref in refs} == {str(path)}


@GRANULARITIES
def test_what_is_given_in_the_place_of_a_loader_is_read_and_nothing_else(
    granularity: str, flows: Flows, store: Path
) -> None:
    flow, given = flows.module(LOADED), "wide.select_data.raw"
    overrides = {given: pd.DataFrame({"a": [1]})}
    end = told_of(flow, store, "wide", granularity, ["wide"], overrides=overrides)
    other = "other" if granularity == "node" else "prod.other"
    assert sorted(names(end, "inputs")) == sorted([given, other])
    assert "unnamedSource" not in end["run"]["facets"].get("hamilton_node", {})


@GRANULARITIES
def test_of_a_function_whose_unchecked_result_was_given_nothing_above_it_is_read(
    granularity: str, flows: Flows, store: Path
) -> None:
    flow, overrides = flows.module(CHECKED), {"count_raw": 7}
    end = told_of(flow, store, "count", granularity, ["count"], overrides=overrides)
    assert names(end, "inputs") == ["count_raw"]


@settings(max_examples=200, deadline=None)
@given(history=histories(ends=["SUCCEEDED"]))
def test_a_function_is_told_to_have_taken_just_what_its_executed_nodes_take(
    history: History,
) -> None:
    run = history.whole
    record = {each.name: each for each in run.graph.nodes} if run.graph else {}
    owner = {name: each.owner for name, each in record.items()}
    taken: dict[str, set[str]] = {}
    for name in {each.node for each in run.nodes if record[each.node].field is None}:
        for each in (each.name for each in record[name].dependencies):
            if record[each].kind == "input" and f"inputs.{each}" in run.context.tables:
                taken.setdefault(owner[name], set()).add(f"inputs.{each}")
            elif each in run.context.overrides:
                taken.setdefault(owner[name], set()).add(each)
            elif record[each].kind != "input" and owner[each] != owner[name]:
                made = owner[each] if owner[each] in run.context.overrides else None
                taken.setdefault(owner[name], set()).add(made or owner[each])
    for event in map(parsed, plain_events(run, granularity="node")):
        job = event["job"]["name"].removeprefix("dag.")
        if event["eventType"] == "COMPLETE" and job != "dag":
            told = {one["name"] for one in event["inputs"] if one["namespace"].startswith("inmem")}
            assert told == taken.get(job, set())


def test_a_run_without_the_part_of_a_function_that_takes_nothing_executes_it_as_a_whole() -> None:
    saver = node("x_save", "x", owner="x", kind="saver")
    jobs = JobGraph(graph(node("t"), node("x", "t"), saver, column("a", "x"), column("b", "x")))
    assert executed(jobs, ("a",), frozenset()) == whole(jobs)
    assert executed(jobs, ("t",), frozenset()) == whole(jobs)

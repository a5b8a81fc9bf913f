"""Checks: what is told of them, by whom, and what never is."""

from pathlib import Path
from typing import Any

import pytest
from hamilton.data_quality.base import DataValidationError

from hamilton_ol import OpenLineageHook
from tests.support.events import Json, dataset, event_of
from tests.support.flows import Flows, build, events, execute, latest
from tests.support.runs import column, graph, node, ran, run, table

FLOW = """
    import pandas as pd
    from hamilton.function_modifiers import check_output, extract_columns

    @check_output(range=(0, 10), importance="warn")
    def checked(number: int) -> int:
        return number

    def taken(checked: int) -> int:
        return checked
"""


def checks_of(event: Json) -> dict[str, str]:
    found = event["run"]["facets"].get("test", {"tests": []})["tests"]
    return {test["name"]: test["status"] for test in found}


def assertions(one: Json) -> list[Json]:
    facets = one.get("inputFacets", {})
    found: list[Json] = facets.get("dataQualityAssertions", {"assertions": []})["assertions"]
    return found


@pytest.mark.parametrize(("number", "status"), [(7, "pass"), (4711, "fail")])
def test_a_check_is_told_by_its_job_its_consumers_and_the_dataflow(
    flows: Flows, store: Path, number: int, status: str
) -> None:
    found = events(execute(flows.module(FLOW), ["taken"], store, inputs={"number": number}))
    expected = {"checked_range_validator": status}
    assert checks_of(event_of(found, "job.checked")) == expected
    assert checks_of(event_of(found, "job")) == expected
    assert checks_of(event_of(found, "job.taken")) == {}
    taken = dataset(event_of(found, "job.taken"), "checked")
    assert assertions(taken) == [
        {"assertion": "checked_range_validator", "success": status == "pass"}
    ]
    inner = [event.text for event in found if event.job != "job"]
    assert "4711" not in "".join(inner)


def test_a_check_that_stops_the_run_fails_its_job(flows: Flows, store: Path) -> None:
    flow = flows.module(FLOW.replace("warn", "fail"))
    hook = OpenLineageHook("job", store=store)
    with pytest.raises(DataValidationError):
        build([flow], hook).execute(["taken"], inputs={"number": 4711})
    found = events(latest(store))
    end = event_of(found, "job.checked")
    assert end["eventType"] == "FAIL"
    assert checks_of(end) == {"checked_range_validator": "fail"}
    assert "4711" not in "".join(event.text for event in found if event.job != "job")
    assert "4711" not in event_of(found, "job")["run"]["facets"]["errorMessage"]["message"]


TABLE = graph(
    node("t", type="DataFrame"),
    column("a_raw", "t", field="a"),
    node("a_check", "a_raw", owner="t", field="a", kind="check"),
    node("a", "a_raw", "a_check", owner="t", field="a"),
    column("b", "t"),
    node("early", "b"),
    node("late", "a"),
)


def of_columns(**check: Any) -> Any:
    nodes = [
        ran("t", 1, 2, schema=table(a="int64", b="int64")),
        ran("b", 2, 3),
        ran("early", 3, 4),
        ran("a_raw", 5, 6),
        ran("a_check", 6, 7, **check),
        ran("a", 7, 8),
        ran("late", 8, 9),
    ]
    return events(run(TABLE, *nodes))


def test_a_check_of_a_column_names_the_column() -> None:
    late = dataset(event_of(of_columns(passed=False), "dag.late"), "t")
    assert assertions(late) == [{"assertion": "a_check", "success": False, "column": "a"}]


def test_a_check_that_comes_after_its_table_was_told_of_is_told_by_the_dataflow() -> None:
    found = of_columns(passed=True)
    assert checks_of(event_of(found, "dag.t")) == {}
    assert checks_of(event_of(found, "dag")) == {"a_check": "pass"}


def test_a_consumer_is_told_of_the_checks_that_were_made_before_it_ended() -> None:
    found = of_columns(passed=True)
    assert assertions(dataset(event_of(found, "dag.early"), "t")) == []


def test_a_check_in_several_tasks_passes_if_it_does_in_all() -> None:
    block = graph(
        node("part", kind="expand"),
        node("x_raw", "part", owner="x"),
        node("x_check", "x_raw", owner="x", kind="check"),
        node("x", "x_raw", "x_check"),
        node("all", "x", kind="collect"),
    )
    nodes = [ran("part", 1, 2)]
    for number, passed in enumerate((True, False, True)):
        start, task = 3 + 5 * number, f"{number}"
        nodes += [
            ran("x_raw", start, start + 1, task=task),
            ran("x_check", start + 1, start + 2, task=task, passed=passed),
            ran("x", start + 2, start + 3, task=task),
        ]
    found = events(run(block, *nodes, ran("all", 30, 31)))
    assert checks_of(event_of(found, "dag.x")) == {"x_check": "fail"}
    taken = dataset(event_of(found, "dag.all"), "x")
    assert assertions(taken) == [{"assertion": "x_check", "success": False}]

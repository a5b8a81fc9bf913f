"""Datasets, their versions and fields are those that were recorded."""

from typing import Any

from hamilton_ol.records import Run
from tests.support.events import parsed
from tests.support.flows import Flows
from tests.support.marquez.dataflows import SHOP, SHOP_NODES
from tests.support.marquez.recorded import Recorder
from tests.support.marquez.seen import versions


def test_each_run_makes_one_version_of_each_result(recorder: Recorder, flows: Flows) -> None:
    module, made = flows.module(SHOP), list[Run]()
    for _ in range(3):
        made.append(recorder.execute(module, "total", fails=False))
        assert versions(recorder) == dict.fromkeys(SHOP_NODES, len(made))
    by = [one["createdByRun"]["id"] for one in recorder.marquez.versions(recorder.memory, "total")]
    assert by == [run["id"] for run in recorder.marquez.runs("flow.total")]


def test_of_a_failed_run_the_announced_and_the_missing_result_are_apart(
    recorder: Recorder, flows: Flows
) -> None:
    module = flows.module(SHOP)
    for fails in (False, True, False):
        recorder.execute(module, "total", fails=fails)
    # START announces the fields that are known of `revenue`, FAIL names it without any.
    assert versions(recorder) == dict.fromkeys(SHOP_NODES, 3) | {"revenue": 4, "total": 2}


def test_a_source_has_one_version_and_its_columns(recorder: Recorder, flows: Flows) -> None:
    module = flows.module(SHOP)
    recorder.execute(module, "total", fails=True)
    recorder.execute(module, "total", fails=False)
    namespace = recorder.marquez.namespace
    (version,) = recorder.marquez.versions(namespace, "shop.orders")
    assert [field["name"] for field in version["fields"]] == ["price", "quantity", "email"]
    fields = recorder.marquez.dataset(namespace, "shop.orders")["fields"]
    assert {field["name"] for field in fields} == {"price", "quantity", "email"}
    assert version["createdByRun"] is None


def test_every_dataset_has_the_fields_that_its_last_event_names(demo: Recorder) -> None:
    told = {
        (one["namespace"], one["name"]): _fields(one)
        for event in demo.events
        for side in ("inputs", "outputs")
        for one in parsed(event)[side]
    }
    assert len(told) > 10
    for place, fields in told.items():
        theirs = demo.marquez.dataset(*place)["fields"]
        assert {(one["name"], one["type"]) for one in theirs} == fields != set()


def _fields(one: dict[str, Any]) -> set[tuple[str, str]]:
    return {(field["name"], field["type"]) for field in one["facets"]["schema"]["fields"]}

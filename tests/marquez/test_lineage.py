"""Dataflows that are recorded, mapped and sent: what Marquez then knows is what ran."""

from pathlib import Path
from typing import Any

import pytest

from hamilton_ol.demo.__main__ import JOB, REQUESTED, build, inputs
from hamilton_ol.records import Run
from tests.support.events import parsed
from tests.support.flows import Flows
from tests.support.marquez.client import Edges, MarquezClient
from tests.support.marquez.recorded import Recorder

MS = 1_000_000
SHOP = """
    import pandas as pd
    from hamilton.function_modifiers import extract_columns, tag

    @extract_columns("price", "quantity", "email")
    @tag(source="shop.orders", target_="orders")
    def orders() -> pd.DataFrame:
        return pd.DataFrame({"price": [1.5, 2.0], "quantity": [2, 1], "email": ["a@x", "b@y"]})

    def amount(price: pd.Series, quantity: pd.Series) -> pd.Series:
        return price * quantity

    def domain(email: pd.Series) -> pd.Series:
        return email.str.split("@").str[1]

    def revenue(amount: pd.Series, domain: pd.Series, fails: bool) -> pd.DataFrame:
        if fails:
            raise ValueError("no revenue today")
        table = pd.DataFrame({"amount": amount, "domain": domain})
        return table.groupby("domain", as_index=False).sum()

    def total(revenue: pd.DataFrame) -> float:
        return float(revenue["amount"].sum())
"""
SHOP_NODES = ("orders", "amount", "domain", "revenue", "total")


@pytest.fixture
def recorder(marquez: MarquezClient, store: Path) -> Recorder:
    """Records runs of `flow`."""
    return Recorder(marquez, store)


@pytest.fixture
def demo(marquez: MarquezClient, store: Path) -> Recorder:
    """Has recorded and sent a run of the demo."""
    recorder = Recorder(marquez, store, JOB)
    recorder.drive(build, REQUESTED, inputs())
    return recorder


def states(recorder: Recorder) -> dict[str, str]:
    """{node: state of its last run}, the dataflow's own under its name."""
    found = recorder.marquez.jobs().items()
    return {name.removeprefix(f"{recorder.job}."): job["latestRun"]["state"] for name, job in found}


def colours(recorder: Recorder, node: str) -> dict[str, str]:
    """{node: state that its box in the graph shows}."""
    name = f"{recorder.job}.{node}"
    nodes = recorder.marquez.lineage("job", recorder.marquez.namespace, name).values()
    jobs = [one["data"] for one in nodes if one["type"] == "JOB"]
    return {job["name"].removeprefix(f"{recorder.job}."): job["latestRun"]["state"] for job in jobs}


def shop_edges(recorder: Recorder) -> Edges:
    """The edges of the shop, written down by hand."""
    job, result = recorder.job_id, recorder.result_id
    return {
        (recorder.source_id("shop.orders"), job("orders")),
        (result("orders"), job("amount")),
        (result("orders"), job("domain")),
        (result("amount"), job("revenue")),
        (result("domain"), job("revenue")),
        (result("revenue"), job("total")),
        *((job(node), result(node)) for node in SHOP_NODES),
    }


# --- the graph -----------------------------------------------------------------------------------


def hamiltons_edges(recorder: Recorder) -> Edges:
    """The edges of Hamilton's own graph; what is taken out of a result belongs to who made it."""
    driver = build()
    ran = {variable.name: variable for variable in driver.what_is_upstream_of(*REQUESTED)}
    nodes = {name for name, variable in ran.items() if not variable.is_external_input}
    maker = {name: driver.graph.nodes[name].originating_functions[0].__name__ for name in nodes}
    edges = {(recorder.source_id("prod.kaggle"), recorder.job_id("titanic_data"))}
    for name in nodes:
        edges.add((recorder.job_id(maker[name]), recorder.result_id(maker[name])))
        needs = {one.name for one in driver.graph.nodes[name].dependencies} & nodes
        taken = {maker[need] for need in needs} - {maker[name]}
        edges |= {(recorder.result_id(need), recorder.job_id(maker[name])) for need in taken}
    return edges


def test_the_lineage_graph_of_the_demo_is_hamiltons_own(demo: Recorder) -> None:
    assert demo.edges("fit_random_forest") == hamiltons_edges(demo)


def test_the_graph_is_the_same_from_every_node(demo: Recorder) -> None:
    whole, marquez = hamiltons_edges(demo), demo.marquez
    assert demo.edges("titanic_data") == whole
    assert marquez.edges("dataset", demo.memory, "encoders") == whole
    assert marquez.edges("dataset", marquez.namespace, "prod.kaggle") == whole


def test_near_a_node_the_graph_has_its_neighbours_with_all_that_they_touch(
    recorder: Recorder, flows: Flows
) -> None:
    recorder.execute(flows.module(SHOP), "total", fails=False)
    own = {edge for edge in shop_edges(recorder) if recorder.job_id("total") in edge}
    near = {edge for edge in shop_edges(recorder) if recorder.job_id("revenue") in edge}
    assert recorder.edges("total", depth=0) == own
    assert recorder.edges("total", depth=1) == own | near


def test_the_dataflows_own_job_is_not_in_the_graph_but_is_the_others_parent(
    demo: Recorder,
) -> None:
    jobs = demo.marquez.jobs()
    assert jobs[JOB]["inputs"] == jobs[JOB]["outputs"] == []
    assert {job["parentJobName"] for name, job in jobs.items() if name != JOB} == {JOB}
    assert {tuple(job["labels"]) for name, job in jobs.items() if name != JOB} == {
        ("NODE", "HAMILTON")
    }
    assert len(jobs) == len({event.job for event in demo.events})


def test_a_run_of_a_part_of_a_dataflow_leaves_the_rest_as_it_was(
    recorder: Recorder, flows: Flows
) -> None:
    module = flows.module(SHOP)
    recorder.execute(module, "total", fails=False)
    recorder.execute(module, "amount")
    assert recorder.edges("total") == shop_edges(recorder)


# --- runs ----------------------------------------------------------------------------------------


def ends(recorder: Recorder) -> dict[str, tuple[str, int]]:
    """{run: state, milliseconds from the one in which it began to the one in which it ended}."""
    named = {"COMPLETE": "COMPLETED", "FAIL": "FAILED", "ABORT": "ABORTED"}
    starts = {event.run_id: event.time for event in recorder.events if event.type == "START"}
    return {
        event.run_id: (named[event.type], event.time // MS - starts[event.run_id] // MS)
        for event in recorder.events
        if event.type != "START"
    }


def test_runs_states_and_durations_are_ours(demo: Recorder) -> None:
    theirs = {
        run["id"]: (run["state"], run["durationMs"])
        for name in demo.marquez.jobs()
        for run in demo.marquez.runs(name)
    }
    assert theirs == ends(demo)


def test_durations_are_those_of_the_nodes(recorder: Recorder, flows: Flows) -> None:
    run = recorder.execute(flows.module(SHOP), "total", fails=False)
    for node in run.nodes:
        if node.node in SHOP_NODES:
            (theirs,) = recorder.marquez.runs(f"flow.{node.node}")
            assert node.ended is not None
            assert abs(theirs["durationMs"] * MS - (node.ended - node.started)) <= 2 * MS


def test_runs_of_nodes_name_the_run_of_the_dataflow(demo: Recorder) -> None:
    (dag,) = demo.marquez.runs(JOB)
    for name in demo.marquez.jobs():
        (run,) = demo.marquez.runs(name)
        assert run["args"].get("run_id", run["id"]) == dag["id"]


def test_of_a_failed_run_the_nodes_before_are_completed_and_the_one_is_failed(
    recorder: Recorder, flows: Flows
) -> None:
    recorder.execute(flows.module(SHOP), "total", fails=True)
    before = {"orders": "COMPLETED", "amount": "COMPLETED", "domain": "COMPLETED"}
    assert states(recorder) == {**before, "revenue": "FAILED", "flow": "FAILED"}
    (run,) = recorder.marquez.runs("flow.revenue")
    assert "no revenue today" in run["facets"]["errorMessage"]["message"]


def test_the_failed_node_alone_has_the_colour_of_a_failure(
    recorder: Recorder, flows: Flows
) -> None:
    module = flows.module(SHOP)
    recorder.execute(module, "total", fails=False)
    recorder.execute(module, "total", fails=True)
    failed = dict.fromkeys(SHOP_NODES, "COMPLETED") | {"revenue": "FAILED"}
    assert colours(recorder, "total") == failed


@pytest.mark.parametrize("has_run_before", [True, False])
def test_a_failed_node_keeps_its_output(
    recorder: Recorder, flows: Flows, has_run_before: bool
) -> None:
    module = flows.module(SHOP)
    if has_run_before:
        recorder.execute(module, "total", fails=False)
    recorder.execute(module, "total", fails=True)
    output = recorder.job_id("revenue"), recorder.result_id("revenue")
    assert output in recorder.edges("revenue")
    if has_run_before:
        assert recorder.edges("revenue") == shop_edges(recorder)


def test_a_failed_run_leaves_the_columns_of_the_last_good_one(
    recorder: Recorder, flows: Flows
) -> None:
    module = flows.module(SHOP)
    recorder.execute(module, "total", fails=False)
    before = recorder.marquez.dataset(recorder.memory, "revenue")
    columns = recorder.columns("total")
    recorder.execute(module, "total", fails=True)
    after = recorder.marquez.dataset(recorder.memory, "revenue")
    assert after["fields"] == before["fields"] != []
    assert after["currentVersion"] == before["currentVersion"]
    assert recorder.columns("total") == columns


def test_while_a_node_runs_it_is_running_and_its_edges_are_what_they_were(
    recorder: Recorder, flows: Flows
) -> None:
    module = flows.module(SHOP)
    recorder.execute(module, "total", fails=False)
    sent, recorder.send = recorder.send, lambda *_told: None  # type: ignore[method-assign]
    recorder.execute(module, "total", fails=False)
    *before, start = recorder.events[: _place(recorder, "START", "flow.revenue") + 1]
    sent(*before, start)
    assert states(recorder)["revenue"] == states(recorder)["flow"] == "RUNNING"
    assert recorder.edges("revenue") == shop_edges(recorder)
    sent(*recorder.events[len(before) + 1 :])
    assert set(states(recorder).values()) == {"COMPLETED"}


def _place(recorder: Recorder, kind: str, job: str) -> int:
    told = [(event.type, event.job) for event in recorder.events]
    return told.index((kind, job))


def test_the_last_event_sent_again_changes_nothing(recorder: Recorder, flows: Flows) -> None:
    recorder.execute(flows.module(SHOP), "total", fails=False)
    ours = ends(recorder)
    recorder.send(*[event for event in recorder.events if event.type != "START"])
    assert recorder.edges("total") == shop_edges(recorder)
    for name in recorder.marquez.jobs():
        (run,) = recorder.marquez.runs(name)
        assert (run["state"], run["durationMs"]) == ours[run["id"]]
    assert versions(recorder) == dict.fromkeys(SHOP_NODES, 1)


# --- datasets ------------------------------------------------------------------------------------


def versions(recorder: Recorder) -> dict[str, int]:
    """{result: how many versions it has}."""
    namespace = recorder.memory
    names = recorder.marquez.datasets(namespace)
    return {name: len(recorder.marquez.versions(namespace, name)) for name in names}


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


# --- columns -------------------------------------------------------------------------------------


def test_columns_are_traced_step_by_step_to_the_source(recorder: Recorder, flows: Flows) -> None:
    recorder.execute(flows.module(SHOP), "total", fails=False)
    assert recorder.columns("total") == {
        ("total.total", "revenue.amount"),
        ("revenue.amount", "amount.amount"),
        ("amount.amount", "orders.price"),
        ("amount.amount", "orders.quantity"),
        ("orders.price", "shop.orders.price"),
        ("orders.quantity", "shop.orders.quantity"),
    }
    assert recorder.columns("revenue", "domain") == {
        ("revenue.domain", "domain.domain"),
        ("domain.domain", "orders.email"),
        ("orders.email", "shop.orders.email"),
    }


def test_every_column_of_the_model_comes_from_columns_of_the_source(demo: Recorder) -> None:
    edges = demo.columns("fit_random_forest")
    ends = {source for _, source in edges} - {field for field, _ in edges}
    features = {"pclass", "age", "fare", "sex", "cabin", "embarked", "sibsp", "parch", "survived"}
    wanted = {f"prod.kaggle.{column}" for column in features}
    assert ends == wanted | {"prefit_random_forest.prefit_random_forest"}


def test_what_a_function_does_not_take_is_not_upstream(demo: Recorder) -> None:
    reached = {source for _, source in demo.columns("sex_category")}
    assert reached == {"sex_encoder.sex_encoder", "titanic_data.sex", "prod.kaggle.sex"}


# --- what was sent is what is there --------------------------------------------------------------


def test_the_search_finds_jobs_and_datasets(demo: Recorder) -> None:
    found = demo.marquez.get("search", q="fit_random_forest", limit=1000)["results"]
    theirs = {(one["type"], one["namespace"], one["name"]) for one in found}
    assert theirs >= {
        ("JOB", demo.marquez.namespace, "titanic.fit_random_forest"),
        ("DATASET", demo.memory, "fit_random_forest"),
    }


def test_every_event_is_kept_once(demo: Recorder) -> None:
    kept = demo.marquez.get("events", "lineage", limit=1000)["events"]
    ours = [e for e in kept if e["job"]["namespace"] == demo.marquez.namespace]
    told = [(event["run"]["runId"], event["eventType"]) for event in ours]
    assert sorted(told) == sorted((event.run_id, event.type) for event in demo.events)

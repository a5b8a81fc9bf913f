"""The demo's events, whole: the files in golden/ hold each of them as it must be.

`python -m tests.support.demo_golden` writes the files anew; look at the difference before you keep
them.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from hamilton_ol.records import Run
from tests.support.demo_golden import GOLDEN, demo_events, demo_run
from tests.support.events import Json, dataset, names, places, schema, sources_of, tags
from tests.support.flows import events

SOURCE = ("hamilton", "prod.kaggle")
MEMORY = "inmemory://hamilton/titanic"


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The demo, executed."""
    return demo_run(tmp_path_factory.mktemp("demo") / "store")


@pytest.fixture
def told(ran: Run) -> list[Json]:
    """The demo's events, without what differs from run to run."""
    found: list[Json] = demo_events(ran)
    return found


def ends(told: list[Json]) -> list[Json]:
    return [event for event in told if event["eventType"] == "COMPLETE"]


@pytest.mark.parametrize(("profile", "granularity"), sorted(GOLDEN))
def test_every_event_of_the_demo_is_as_it_was(ran: Run, profile: str, granularity: str) -> None:
    golden: list[Json] = json.loads(GOLDEN[profile, granularity].read_text(encoding="utf-8"))
    told: list[Json] = demo_events(ran, granularity, profile)
    label = "{0[eventType]} {0[job][name]}".format
    assert list(map(label, told)) == list(map(label, golden))
    for event, expected in zip(told, golden, strict=True):
        assert event == expected, label(event)


def test_the_demo_as_it_ran_breaks_no_rule(store: Path) -> None:
    assert len(events(demo_run(store))) == 30  # the fixtures look at the rest


def test_fourteen_functions_and_the_dataflow_start_and_complete(told: list[Json]) -> None:
    counts = Counter(event["job"]["name"] for event in told)
    assert len(counts) == 15
    assert set(counts.values()) == {2}
    assert {event["eventType"] for event in told} == {"START", "COMPLETE"}


def test_the_only_source_is_what_the_tag_names(told: list[Json]) -> None:
    read = {place for event in told for place in places(event, "inputs")}
    assert {place for place in read if place[0] != MEMORY} == {SOURCE}


def test_personal_data_is_tagged_in_the_source_and_in_what_is_loaded(told: list[Json]) -> None:
    (loaded,) = (e for e in ends(told) if e["job"]["name"] == "titanic.titanic_data")
    for one in (*loaded["inputs"], *loaded["outputs"]):
        personal = {tag for tag in tags(one) if tag[0] == "PII"}
        assert personal == {("PII", "true", "age"), ("PII", "true", "sex")}


def test_every_job_has_the_result_of_its_function_as_its_only_output(told: list[Json]) -> None:
    for event in told[1:-1]:
        assert places(event, "outputs") == [(MEMORY, event["job"]["name"].removeprefix("titanic."))]
    assert [told[0]["outputs"], told[-1]["outputs"]] == [[], []]


def test_the_start_of_each_job_tells_as_many_datasets_as_its_end(told: list[Json]) -> None:
    def sides(event: Json) -> dict[str, Any]:
        return {side: places(event, side) for side in ("inputs", "outputs")}

    starts = {e["job"]["name"]: sides(e) for e in told if e["eventType"] == "START"}
    assert starts == {e["job"]["name"]: sides(e) for e in ends(told)}


def test_column_lineage_leads_step_by_step_from_the_model_to_the_source(told: list[Json]) -> None:
    made: dict[str, dict[str, set[tuple[str, str, str]]]] = {
        one["name"]: sources_of(one) for event in ends(told) for one in event["outputs"]
    }
    reached, rest = set[tuple[str, str]](), {("fit_random_forest", "fit_random_forest")}
    while rest:
        name, field = rest.pop()
        reached.add((name, field))
        rest |= {ref[:2] for ref in made.get(name, {}).get(field, ())} - reached
    used = {field for name, field in reached if name == "prod.kaggle"}
    not_used = {"name", "ticket"}
    (source,) = (dataset(e, "prod.kaggle") for e in ends(told) if SOURCE in places(e, "inputs"))
    assert used == schema(source).keys() - not_used


def test_lineage_is_indirect_only_where_a_whole_table_is_taken(told: list[Json]) -> None:
    vague = {
        (one["name"], ref[0])
        for event in ends(told)
        for one in event["outputs"]
        for refs in sources_of(one).values()
        for ref in refs
        if ref[2] == "INDIRECT"
    }
    assert vague == {("train_test_split_func", "training_set_v1")}


def test_a_column_that_an_input_names_is_taken_directly(told: list[Json]) -> None:
    (target,) = (e for e in ends(told) if e["job"]["name"] == "titanic.target")
    made = dataset(target, "target", "outputs")
    assert sources_of(made) == {"target": {("titanic_data", "survived", "DIRECT")}}


def test_producers_are_told_before_their_consumers(told: list[Json]) -> None:
    made: set[str] = {"prod.kaggle"}
    for event in told[1:-1]:
        if event["eventType"] == "START":
            assert made.issuperset(names(event, "inputs"))
        else:
            made |= set(names(event, "outputs"))


# --- fewer jobs ----------------------------------------------------------------------------------


def jobs(ran: Run, granularity: str) -> dict[str, tuple[list[Any], list[Any]]]:
    """{job: what its end says that it read, and wrote}."""
    told: list[Json] = demo_events(ran, granularity)
    return {e["job"]["name"]: (places(e, "inputs"), places(e, "outputs")) for e in ends(told)}


def test_artifacts_are_what_is_asked_for_and_what_is_tagged(ran: Run) -> None:
    model, training, encoders = (
        (MEMORY, name) for name in ("fit_random_forest", "training_set_v1", "encoders")
    )
    assert jobs(ran, "artifact") == {
        "titanic": ([], []),
        "titanic.training_set_v1": ([SOURCE], [training]),
        "titanic.fit_random_forest": ([SOURCE, training], [model]),
        "titanic.encoders": ([SOURCE], [encoders]),
    }


def test_the_dataflow_alone_leads_from_the_source_to_what_is_asked_for(ran: Run) -> None:
    asked = [(MEMORY, "fit_random_forest"), (MEMORY, "encoders")]
    assert jobs(ran, "dag") == {"titanic": ([SOURCE], asked)}


def test_the_model_comes_from_the_same_columns_however_many_jobs_there_are(ran: Run) -> None:
    end: Json = demo_events(ran, "dag")[-1]
    model = dataset(end, "fit_random_forest", "outputs")
    used = {ref[1]: ref[2] for ref in sources_of(model)["fit_random_forest"]}
    assert used.keys() == schema(dataset(end, "prod.kaggle")).keys() - {"name", "ticket"}
    direct = {column for column, how in used.items() if how == "DIRECT"}
    assert direct == {"survived"}  # all others are in a table that is taken whole

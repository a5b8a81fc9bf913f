"""Tags beside what they are of, where somebody asked for that."""

import json
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hamilton_ol.delivery.tagging import FILE, tag_problem
from hamilton_ol.delivery.targets import target
from hamilton_ol.demo.__main__ import JOB, REQUESTED, build, inputs
from tests.support.commands import Done, InProcess
from tests.support.marquez.client import MarquezClient
from tests.support.marquez.recorded import Recorder

PRODUCER = "https://example.org/before"

#: Sends what is pending.
Push = Callable[..., Done]


@pytest.fixture
def push(
    recorded: Recorder, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Push:
    """Sends what is pending to a target that asks for tags, or does not."""

    def push(*options: str, mirror_tags: bool) -> Done:
        spec = {"url": recorded.marquez.url, "mirror_tags": mirror_tags}
        monkeypatch.setenv("HAMILTON_OL_TARGETS", json.dumps({"marquez": spec}))
        done = InProcess(capsys)("push", "--store", recorded.store, *options)
        assert done.code == 0
        return done

    return push


@pytest.fixture
def recorded(marquez: MarquezClient, store: Path) -> Recorder:
    """Has recorded a run of the demo, and sent nothing."""
    recorder = Recorder(marquez, store, JOB)
    recorder.drive(build, REQUESTED, inputs())
    return recorder


def folder(recorder: Recorder) -> Path:
    """Where it is noted what Marquez has."""
    return target(recorder.store, f"{recorder.marquez.url}/api/v1/lineage").folder


def seen(recorder: Recorder) -> dict[str, Any]:
    """The tags that Marquez shows of a job, of a dataset and of the fields of the source."""
    marquez = recorder.marquez
    source = marquez.dataset(marquez.namespace, "prod.kaggle")
    return {
        "job": set(marquez.job("titanic.training_set_v1")["tags"]),
        "dataset": set(marquez.dataset(recorder.memory, "training_set_v1")["tags"]),
        "source": set(source["tags"]),
        "fields": {one["name"]: one["tags"] for one in source["fields"] if one["tags"]},
    }


def test_tags_of_jobs_datasets_and_fields_are_there(recorded: Recorder, push: Push) -> None:
    push(mirror_tags=True)
    training = {"artifact:training_set", "importance:production", "owner:data-science"}
    assert seen(recorded) == {
        "job": training,
        "dataset": training,
        "source": {"importance:production", "table:passengers", "owner:data-engineering"},
        "fields": {"age": ["PII"], "sex": ["PII"]},
    }
    assert tag_problem(folder(recorded)) == ""


def test_events_alone_bring_no_tags(recorded: Recorder, push: Push) -> None:
    push(mirror_tags=False)
    assert seen(recorded) == {"job": set(), "dataset": set(), "source": set(), "fields": {}}


def test_tags_stay_with_the_next_runs_and_are_not_set_again(recorded: Recorder, push: Push) -> None:
    push(mirror_tags=True)
    before, notes = seen(recorded), (folder(recorded) / FILE).read_bytes()
    recorded.drive(build, REQUESTED, inputs())
    push(mirror_tags=True)
    assert seen(recorded) == before
    assert (folder(recorded) / FILE).read_bytes() == notes
    assert len(recorded.marquez.runs("titanic.encoders")) == 2


def test_all_tags_are_set_again_with_the_events(recorded: Recorder, push: Push) -> None:
    push(mirror_tags=True)
    before, notes = seen(recorded), (folder(recorded) / FILE).read_bytes()
    marquez = recorded.marquez
    path = f"/api/v1/namespaces/{marquez.namespace}/datasets/prod.kaggle/tags"
    assert marquez.call("DELETE", f"{path}/importance%3Aproduction")[0] == 200
    assert seen(recorded) != before
    push("--again", mirror_tags=True)
    assert seen(recorded) == before
    assert (folder(recorded) / FILE).read_bytes() == notes


def test_a_field_whose_type_has_changed_has_no_tags_and_one_is_told_why(
    recorded: Recorder, push: Push
) -> None:
    marquez = recorded.marquez
    fields = [{"name": "age", "type": "text"}]
    source = {"namespace": marquez.namespace, "name": "prod.kaggle"}
    facets = {"schema": {"_producer": PRODUCER, "_schemaURL": PRODUCER, "fields": fields}}
    event = {
        "eventType": "COMPLETE",
        "eventTime": "2026-01-01T00:00:00Z",
        "run": {"runId": str(uuid.uuid4())},
        "job": {"namespace": marquez.namespace, "name": "before"},
        "inputs": [{**source, "facets": facets}],
        "producer": PRODUCER,
    }
    assert marquez.send(event) == 201
    done = push(mirror_tags=True)
    assert (
        "fields/age/tags/PII, as Marquez does for a field that it knows with two types" in done.err
    )
    assert seen(recorded)["fields"] == {"sex": ["PII"]}
    assert "importance:production" in seen(recorded)["source"]


def test_jobs_whose_runs_name_their_parent_to_the_end_have_no_tags(
    recorded: Recorder, push: Push
) -> None:
    assert push("--profile", "generic", mirror_tags=True).err == ""
    assert seen(recorded)["job"] == set()
    assert seen(recorded)["fields"] == {"age": ["PII"], "sex": ["PII"]}

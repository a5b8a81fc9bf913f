"""Several targets at once: each gets what it is set to get, and what happens at one is its own."""

import json
import pickle
from pathlib import Path
from typing import Any

import pytest

from hamilton_ol import OpenLineageHook
from hamilton_ol.delivery import senders
from hamilton_ol.delivery.senders import _senders
from hamilton_ol.store.writers import flush_all
from tests.support.arrivals import all_idle
from tests.support.children import until
from tests.support.flows import build
from tests.support.servers import Target, free_port

TOKEN = "tok-4711-abcdef"  # made up


def execute(flow: Any, hook: OpenLineageHook) -> None:
    assert build([flow], hook).execute(["third"], inputs={"number": 1}) == {"third": 2}
    assert flush_all(30)


def facets(target: Target) -> set[str]:
    """Names of all job facets that a target got."""
    return {name for text in target.texts for name in json.loads(text)["job"].get("facets", {})}


def test_each_target_gets_what_it_is_set_to_get(flow: Any, store: Path, tmp_path: Path) -> None:
    file = tmp_path / "events.ndjson"
    transport = {"type": "file", "log_file_path": str(file), "append": True}
    with Target() as fine, Target() as coarse, Target() as few:
        targets = {
            "fine": {"url": fine.url, "granularity": "node", "send_level": "full"},
            "coarse": {"url": coarse.url, "granularity": "dag", "send_level": "minimal"},
            "few": {"url": few.url, "sample": 0},
            "file": {"transport": transport},
        }
        hook = OpenLineageHook("job", store=store, granularity="artifact", targets=targets)
        execute(flow, hook)
        execute(flow, hook)
        until(lambda: (len(fine.got), len(coarse.got)) == (16, 4))
        until(lambda: file.exists() and len(file.read_text(encoding="utf-8").splitlines()) == 8)
        until(all_idle)
        assert len(few.got) == 4  # the first run of a dataflow goes in any case
        assert "sourceCode" in facets(fine)
        assert "sourceCode" not in facets(coarse)


@pytest.mark.usefixtures("warned")
def test_what_happens_at_one_target_is_its_own(flow: Any, store: Path) -> None:
    nobody = f"http://127.0.0.1:{free_port()}"
    with Target() as target:
        execute(flow, OpenLineageHook("job", store=store, targets=[nobody, target.url]))
        until(lambda: len(target.got) == 8)


def test_targets_of_the_environment_are_sent_to(
    flow: Any, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Target() as target:
        monkeypatch.setenv("OPENLINEAGE_URL", target.url)
        monkeypatch.setenv("OPENLINEAGE_ENDPOINT", "openlineage/events")
        monkeypatch.setenv("OPENLINEAGE_API_KEY", TOKEN)
        execute(flow, OpenLineageHook("job", store=store))
        until(lambda: len(target.got) == 8)
    assert {got.path for got in target.got} == {"/openlineage/events"}
    assert {got.headers["Authorization"] for got in target.got} == {f"Bearer {TOKEN}"}


def test_a_copy_that_lost_its_token_records_and_leaves_sending_to_others(
    flow: Any, store: Path
) -> None:
    with Target() as target:
        targets = {"it": {"url": target.url, "api_key": TOKEN}}
        data = pickle.dumps(OpenLineageHook("job", store=store, targets=targets))
        senders.close_all()
        _senders.clear()
        copy = pickle.loads(data)
        execute(flow, copy)
        assert (copy.problems, dict(_senders), target.got) == ({}, {}, [])
        execute(flow, OpenLineageHook("job", store=store, targets=targets))
        until(lambda: len(target.got) == 16)  # of both runs
    assert {got.headers["Authorization"] for got in target.got} == {f"Bearer {TOKEN}"}


def test_a_copy_that_knows_where_its_token_is_sends(
    flow: Any, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MARQUEZ_KEY", TOKEN)
    with Target() as target:
        targets = {"it": {"url": target.url, "api_key_env": "MARQUEZ_KEY"}}
        hook = OpenLineageHook("job", store=store, targets=targets)
        execute(flow, pickle.loads(pickle.dumps(hook)))
        until(lambda: len(target.got) == 8)
    assert {got.headers["Authorization"] for got in target.got} == {f"Bearer {TOKEN}"}

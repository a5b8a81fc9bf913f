"""`hamilton-ol push` to targets that are set, without sending, and once more."""

import itertools
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import InProcess
from tests.support.servers import Reply, Target, free_port
from tests.support.stores import OTHER, RUN, T0, header, plain_store, run_id, run_lines, segment


@pytest.fixture
def set_targets(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sets targets: {name: what it is}."""
    return lambda **targets: monkeypatch.setenv("HAMILTON_OL_TARGETS", json.dumps(targets))


def _runs(target: Target) -> list[str]:
    """The runs of the dataflow whose START came, in order."""
    events = [got.event for got in target.got]
    starts = [e for e in events if e["eventType"] == "START" and e["job"]["name"] == "titanic"]
    return [e["run"]["runId"] for e in starts]


def test_what_is_pending_goes_to_all_targets_that_are_set(
    cli: InProcess, store: Path, set_targets: Any
) -> None:
    plain_store(store)
    with Target() as one, Target() as other:
        set_targets(one=one.url, other={"url": other.url, "granularity": "dag"})
        done = cli("push", "--store", store)
    assert (done.code, len(one.got), len(other.got)) == (0, 6, 2)
    assert len(done.out.splitlines()) == 2


def test_a_target_is_meant_by_its_name_and_by_its_address(
    cli: InProcess, store: Path, set_targets: Any
) -> None:
    plain_store(store)
    with Target() as one, Target() as other:
        set_targets(one={"url": one.url, "granularity": "dag", "api_key": "k3y"}, other=other.url)
        assert cli("push", "--to", "one", "--to", one.url, "--store", store).code == 0
    assert (len(one.got), other.got) == (2, [])
    assert {got.headers["Authorization"] for got in one.got} == {"Bearer k3y"}


def test_one_target_that_is_down_does_not_keep_the_others_from_theirs(
    cli: InProcess, store: Path, set_targets: Any
) -> None:
    plain_store(store)
    with Target() as well:
        set_targets(down=f"http://127.0.0.1:{free_port()}", well=well.url)
        done = cli("push", "--store", store, "--json")
    assert (done.code, len(well.got)) == (5, 6)
    assert [len(one["runs"]) for one in done.document["targets"]] == [0, 1]
    assert "refuses the connection" in done.err


def test_a_target_that_cannot_be_used_keeps_no_other_from_theirs_and_each_says_why(
    cli: InProcess, store: Path, set_targets: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "confluent_kafka", None)
    plain_store(store)
    with Target() as well:
        set_targets(
            bus={"transport": {"type": "kafka", "topic": "t", "config": {}}},
            down=f"http://127.0.0.1:{free_port()}",
            well=well.url,
        )
        done = cli("push", "--store", store)
    assert (done.code, len(well.got)) == (5, 6)
    told = [line for line in done.err.splitlines() if not line.startswith("Hint:")]
    assert [line.split(" ")[-1] for line in told[::2]] == ["everything.", "everything."]
    assert "needs confluent_kafka" in told[1]
    assert "refuses the connection" in told[3]


def test_a_dry_run_says_what_would_be_sent_and_leaves_no_trace(cli: InProcess, store: Path) -> None:
    plain_store(store)
    before = sorted(store.rglob("*"))
    with Target() as target:
        words = ("push", "--to", target.url, "--store", store)
        done = cli(*words, "--dry-run")
        assert (done.code, target.got) == (0, [])
        assert done.out == (f"{RUN} titanic: 6 events would go to {target.url}/api/v1/lineage\n")
        assert set(store.rglob("*")) - set(before) <= {store / "index.json"}
        assert cli(*words).code == 0
        assert "Nothing is pending" in cli(*words, "--dry-run").err
        (told,) = cli(*words, "--dry-run", "--again", "--json").document["targets"]
    assert told["runs"] == [{"run_id": RUN, "job": "titanic", "events": 6}]
    assert len(target.got) == 6


def test_an_older_run_is_sent_again_only_by_force_where_a_newer_one_was_sent(
    cli: InProcess, store: Path
) -> None:
    segment(store, header(), *run_lines(RUN), *run_lines(OTHER, time=T0 + 1))
    with Target() as target:
        words = ("--to", target.url, "--store", store)
        assert cli("push", *words).code == 0
        refused = cli("push", RUN, "--again", *words)
        assert (refused.code, _runs(target)) == (5, [RUN, OTHER])
        assert "a newer run of titanic" in refused.err
        assert "--force" in refused.err
        assert cli("push", RUN, "--again", "--force", *words).code == 0
    assert _runs(target) == [RUN, OTHER, RUN]
    assert len(target.got) == 18


def test_all_runs_are_sent_again_the_oldest_first(cli: InProcess, store: Path) -> None:
    segment(store, header(), *run_lines(OTHER, time=T0 + 1), *run_lines(RUN))
    with Target() as target:
        words = ("--to", target.url, "--store", store)
        assert cli("push", *words).code == 0
        assert cli("push", "--again", "--force", *words).code == 0
    assert _runs(target) == [RUN, OTHER, RUN, OTHER]


def test_a_run_that_is_named_is_sent_though_it_was_left_out_of_a_share(
    cli: InProcess, store: Path, set_targets: Any
) -> None:
    runs = [run_id(number) for number in range(4)]
    told = [run_lines(run, time=T0 + number) for number, run in enumerate(runs)]
    segment(store, header(), *itertools.chain(*told))
    with Target() as target:
        set_targets(some={"url": target.url, "sample": 0.0})
        assert cli("push", "--store", store).code == 0
        assert "3 were left out" in cli("status", "--store", store).err
        would = cli("push", runs[2], "--dry-run", "--store", store)
        assert "6 events would go to" in would.out
        assert cli("push", runs[2], "--store", store).code == 0
        assert _runs(target) == [runs[0], runs[2]]
        assert "nothing new" in cli("push", runs[2], "--store", store).out
        older = cli("push", runs[1], "--store", store)
        assert (older.code, "--again --force" in older.err) == (5, True)
        assert cli("push", runs[3], "--store", store).code == 0
        assert "1 was left out" in cli("status", "--store", store).err
        assert cli("push", "--store", store).out == ""
    assert _runs(target) == [runs[0], runs[2], runs[3]]
    (found,) = cli("status", "--store", store, "--json").document["targets"]
    assert (found["captured"], found["sent"], found["left_out"]) == (18, 18, 1)


def test_force_alone_means_nothing(cli: InProcess) -> None:
    done = cli("push", "--force", "--to", "http://127.0.0.1:1")
    assert (done.code, done.out) == (2, "")
    assert "--again" in done.err


def test_what_one_target_refuses_does_not_stop_another(
    cli: InProcess, store: Path, set_targets: Any
) -> None:
    plain_store(store)
    with Target(Reply(), Reply(422, b"{}")) as picky, Target() as kind:
        set_targets(picky=picky.url, kind=kind.url)
        done = cli("push", "--store", store)
    assert (done.code, len(kind.got)) == (5, 6)
    assert "refused for good" in done.err

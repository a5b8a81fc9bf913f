"""`hamilton-ol status`: what was sent, what waits, what was refused."""

import json
from pathlib import Path

import pytest

from hamilton_ol.delivery.marquez_tags import Tag
from hamilton_ol.delivery.notices import Notice
from hamilton_ol.delivery.tagging import TagNotes
from hamilton_ol.delivery.targets import targets
from tests.support.commands import InProcess
from tests.support.servers import Reply, Target
from tests.support.stores import LIVING, OTHER, RUN, T0, header, plain_store, run_lines, segment


def test_a_store_from_which_nothing_was_sent_says_how_to(cli: InProcess, store: Path) -> None:
    done = cli("status", "--store", plain_store(store))
    assert (done.code, done.out) == (0, "")
    assert "hamilton-ol push --to URL" in done.err
    assert cli("status", "--store", store, "--json").document == {"targets": []}


def test_what_was_captured_was_sent_or_waits_or_was_refused(cli: InProcess, store: Path) -> None:
    segment(store, header(), *run_lines(RUN), *run_lines(OTHER, time=T0 + 1))
    no = Reply(422, b'{"errors":["job.name must not be null"]}')
    with Target(*[Reply()] * 2, no, *[Reply()] * 4, Reply(503)) as target:
        cli("push", "--to", target.url, "--store", store)
    (found,) = cli("status", "--store", store, "--json").document["targets"]
    assert found["target"] == f"{target.url}/api/v1/lineage"
    counts = [found[key] for key in ("captured", "sent", "pending", "rejected")]
    assert counts == [12, 6, 5, 1]
    assert found["oldest"] is not None
    (refused,) = found["refused"]
    assert refused["run_id"] == RUN
    assert "COMPLETE of titanic.a" in refused["why"]
    assert "job.name must not be null" in refused["why"]


def test_since_when_something_waits_is_told(
    cli: InProcess, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HAMILTON_OL_TARGETS", "http://marquez.example:5000")
    minute = 60 * 10**9
    segment(store, header(), *run_lines(OTHER, time=T0 + minute), *run_lines(RUN))
    (found,) = cli("status", "--store", store, "--json").document["targets"]
    assert found["oldest"].startswith("2026-01-01T00:00:00")


def test_an_event_that_was_refused_does_not_wait_with_the_rest_of_its_run(
    cli: InProcess, store: Path
) -> None:
    plain_store(store)
    with Target(Reply(), Reply(422, b"{}"), Reply(503)) as target:
        for expected in ([6, 1, 4, 1], [6, 5, 0, 1]):
            cli("push", "--to", target.url, "--store", store)
            (found,) = cli("status", "--store", store, "--json").document["targets"]
            counts = [found[key] for key in ("captured", "sent", "pending", "rejected")]
            assert counts == expected


def test_each_target_is_a_row(cli: InProcess, store: Path) -> None:
    plain_store(store)
    with Target() as one, Target() as other:
        for target in (one, other):
            cli("push", "--to", target.url, "--store", store)
    done = cli("status", "--store", store)
    rows = done.out.splitlines()[1:]
    assert sorted(row.split()[0] for row in rows) == sorted(
        f"{target.url}/api/v1/lineage" for target in (one, other)
    )
    assert all(row.split()[1:] == ["6", "6", "0", "0", "yes"] for row in rows)


def test_a_target_that_is_set_has_a_row_before_anything_was_sent(
    cli: InProcess, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    targets = {"marquez": {"url": "http://marquez.example:5000", "granularity": "dag"}}
    monkeypatch.setenv("HAMILTON_OL_TARGETS", json.dumps(targets))
    (found,) = cli("status", "--store", plain_store(store), "--json").document["targets"]
    assert (found["name"], found["captured"], found["pending"]) == ("marquez", 2, 2)
    assert found["breaker"]["state"] == "closed"


def test_a_target_that_is_left_alone_says_why_and_until_when(cli: InProcess, store: Path) -> None:
    with Target(Reply(503, headers={"Retry-After": "600"})) as target:
        assert cli("push", "--to", target.url, "--store", plain_store(store)).code == 5
    done = cli("status", "--store", store)
    assert "after 20" in done.out
    assert "is left alone for a while" in done.err
    assert "answered 503" in done.err
    (found,) = cli("status", "--store", store, "--json").document["targets"]
    assert (found["breaker"]["state"], found["breaker"]["failures"]) == ("open", 1)


def test_what_keeps_a_process_from_asking_is_told(cli: InProcess, store: Path) -> None:
    with Target() as target:
        cli("push", "--to", target.url, "--store", plain_store(store))
    (known,) = targets(store)
    Notice(known.folder).put(f"{known.address}: the secret from TOKEN is empty")
    done = cli("status", "--store", store)
    assert f"Something waits for {known.address}: the secret from TOKEN is empty" in done.err
    (found,) = cli("status", "--store", store, "--json").document["targets"]
    assert (found["notice"], found["breaker"]["state"]) == (
        f"{known.address}: the secret from TOKEN is empty",
        "closed",
    )


def test_a_run_that_looks_as_if_it_went_on_there_is_told_with_the_way_out(
    cli: InProcess, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    segment(store, header(), *run_lines(RUN), *run_lines(OTHER, time=T0 + 1))
    with Target(*[Reply()] * 2, Reply(503)) as target:
        cli("push", "--to", target.url, "--store", store)
    done = cli("status", "--store", store)
    assert "1 run is over but looks RUNNING at" in done.err
    assert f"`hamilton-ol push --to {target.url}/api/v1/lineage` sends it." in done.err
    monkeypatch.setenv("HAMILTON_OL_TARGETS", target.url)
    done = cli("status", "--store", store)
    assert "`hamilton-ol push`" in done.err
    assert "exit_seconds says, now 0.4" in done.err
    (found,) = cli("status", "--store", store, "--json").document["targets"]
    assert found["begun"] == 1


def test_a_run_in_progress_is_never_done(cli: InProcess, store: Path) -> None:
    path = segment(store, header(LIVING), *run_lines(nodes=("a",), end=None))
    with Target() as target:
        words = ("--to", target.url, "--store", store)
        assert cli("push", *words).code == 0
        taken = len(target.got)
        for lines, looks_running in ((run_lines(end=None), 0), (run_lines(), 1)):
            path.write_text("".join([header(LIVING), *lines]))
            (found,) = cli("status", "--store", store, "--json").document["targets"]
            assert (found["sent"], found["begun"]) == (taken, looks_running)
            assert 0 < found["pending"] <= 6 - taken
        assert cli("push", *words).code == 0
    assert len(target.got) == 6


def test_no_password_is_shown(cli: InProcess, store: Path) -> None:
    plain_store(store)
    with Target() as target:
        url = target.url.replace("//", "//ada:hunter22@")
        assert cli("push", "--to", url, "--store", store).code == 0
    assert "hunter22" not in cli("status", "--store", store).out
    files = (path for path in store.rglob("*") if path.is_file())
    assert not any(b"hunter22" in path.read_bytes() for path in files)


def test_a_target_that_lacks_tags_says_why_until_all_are_set_anew(
    cli: InProcess, store: Path
) -> None:
    plain_store(store)
    with Target() as target:
        words = ("push", "--to", target.url, "--store", store)
        cli(*words)
        (known,) = targets(store)
        TagNotes(known.folder).is_refused(Tag("jobs/x/tags/PII"), "answered 404")
        assert "lacks tags: answered 404" in cli("status", "--store", store).err
        assert "Tags could not be set: answered 404\n" in cli(*words).err
        (found,) = cli("status", "--store", store, "--json").document["targets"]
        assert found["untagged"] == "answered 404"
        assert cli(*words, "--again").err == ""
    assert "lacks tags" not in cli("status", "--store", store).err

"""`hamilton-ol doctor`: what is in order, and the right sentence for what is not."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hamilton_ol.store.lines import problem_line
from tests.support.commands import InProcess
from tests.support.marquez.client import MarquezClient
from tests.support.marquez.server import MarquezDouble
from tests.support.servers import Reply, Target, free_port, hangs, rude_target
from tests.support.stores import RUN, header, plain_store, run_lines, segment

Steps = dict[str, dict[str, Any]]
Examine = Callable[..., tuple[int, Steps]]


@pytest.fixture
def examine(cli: InProcess, store: Path) -> Examine:
    """Examines a store with a run; (exit code, {step: what was found})."""
    plain_store(store)

    def run(*arguments: str) -> tuple[int, Steps]:
        done = cli("doctor", "--json", "--store", store, *arguments)
        assert done.err == ""
        assert done.document["ok"] == (done.code == 0)
        return done.code, {step["step"]: step for step in done.document["steps"]}

    return run


@pytest.fixture
def marquez() -> Iterator[MarquezDouble]:
    with MarquezDouble() as double:
        yield double


def _failed(steps: Steps) -> list[str]:
    return [name for name, step in steps.items() if not step["ok"]]


def test_a_marquez_that_is_well_is_green_to_the_last_step(
    examine: Examine, marquez: MarquezDouble
) -> None:
    code, steps = examine("--to", marquez.url)
    assert (code, _failed(steps)) == (0, [])
    assert list(steps) == [
        *("settings", "store", "runs", "writing", "room"),
        *("connection", "authorisation", "events", "read back"),
    ]
    assert steps["read back"]["says"] == "knows the probe as COMPLETED"
    (job,) = MarquezClient(marquez.url, "hamilton-ol").jobs().values()
    assert (job["name"], job["latestRun"]["state"]) == ("doctor", "COMPLETED")


def test_without_a_probe_nothing_is_sent(examine: Examine) -> None:
    with Target() as target:
        code, steps = examine("--to", target.url, "--no-probe")
    assert (code, target.got) == (0, [])
    assert steps["connection"]["ok"]


def test_who_takes_events_without_being_marquez_is_well(examine: Examine) -> None:
    with Target(Reply(), Reply(), Reply(404)) as target:
        code, steps = examine("--to", target.url)
    assert code == 0
    assert "does not tell what it knows" in steps["read back"]["says"]


def test_nothing_set_is_no_failure_but_says_how(examine: Examine) -> None:
    code, steps = examine()
    assert code == 0
    assert "push --to URL" in steps["targets"]["says"]


def test_all_targets_that_are_set_are_examined_though_one_is_down(
    cli: InProcess, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Target() as well:
        down = f"http://127.0.0.1:{free_port()}"
        monkeypatch.setenv("HAMILTON_OL_TARGETS", json.dumps({"down": down, "well": well.url}))
        done = cli("doctor", "--store", plain_store(store))
    assert done.code == 5
    assert len(well.got) == 3
    lines = done.out.splitlines()
    assert f"{well.url}/api/v1/lineage" in lines
    assert [line for line in lines if line.startswith("FAILED")] == [
        f"FAILED  connection     {down}/api/v1/lineage: refuses the connection"
    ]


REFUSALS = [
    (Reply(401), "authorisation", "answered 401", "api_key_env"),
    (Reply(403), "authorisation", "answered 403", "does not let you send"),
    (Reply(404), "events", "answered 404", "usually /api/v1/lineage"),
    (Reply(405), "events", "answered 405", "usually /api/v1/lineage"),
    (Reply(500), "events", "answered 500", "try again later"),
    (Reply(200, b"<p>Login", {"Content-Type": "text/html"}), "events", "web page", "the API"),
]


@pytest.mark.parametrize(("reply", "step", "says", "hint"), REFUSALS)
def test_a_wrong_key_or_path_fails_at_its_step_with_the_way_out(
    examine: Examine, reply: Reply, step: str, says: str, hint: str
) -> None:
    with Target(reply) as target:
        code, steps = examine("--to", target.url)
    assert (code, _failed(steps)) == (5, [step])
    assert says in steps[step]["says"]
    assert hint in steps[step]["hint"]


def test_a_wrong_port(examine: Examine) -> None:
    code, steps = examine("--to", f"http://localhost:{free_port()}")
    assert (code, _failed(steps)) == (5, ["connection"])
    assert steps["name"]["says"].startswith("localhost is ")
    assert "refuses the connection" in steps["connection"]["says"]
    assert "Is the target running" in steps["connection"]["hint"]


def test_a_name_that_there_is_not(examine: Examine) -> None:
    code, steps = examine("--to", "http://nowhere.invalid:5000")
    assert (code, _failed(steps)) == (5, ["name"])
    assert "spelt right" in steps["name"]["hint"]


def test_http_where_https_is_expected(examine: Examine) -> None:
    with Target() as target:
        code, steps = examine("--to", target.url.replace("http:", "https:"))
    assert (code, _failed(steps)) == (5, ["TLS"])
    assert "speak http rather than https" in steps["TLS"]["hint"]


def test_a_certificate_that_nobody_trusts(examine: Examine) -> None:
    with Target(secure=True) as target:
        code, steps = examine("--to", target.url)
    assert (code, _failed(steps)) == (5, ["TLS"])
    assert "ca_file" in steps["TLS"]["hint"]


def test_a_target_that_never_answers(examine: Examine) -> None:
    with rude_target(hangs) as url:
        code, steps = examine("--to", url, "--timeout", "0.2")
    assert (code, _failed(steps)) == (5, ["events"])
    assert "did not answer within 0.2 s" in steps["events"]["says"]


# --- here ----------------------------------------------------------------------------------------


def test_before_the_first_run_there_is_no_store_and_that_is_well(
    cli: InProcess, store: Path
) -> None:
    done = cli("doctor", "--store", store)
    assert done.code == 0
    assert f"none yet; the first run makes {store}" in done.out
    assert not store.exists()


def test_a_store_of_a_newer_version_is_named(cli: InProcess, store: Path) -> None:
    segment(store, '{"v":99,"k":"run"}\n')
    done = cli("doctor", "--store", store)
    assert done.code == 6
    assert "FAILED  runs" in done.out
    assert "Upgrade" in done.out


def test_a_file_where_the_store_should_be(cli: InProcess, store: Path) -> None:
    store.write_text("")
    done = cli("doctor", "--store", store)
    assert done.code == 6
    assert "not a folder" in done.out


def test_a_run_of_which_not_all_was_recorded_is_pointed_out(cli: InProcess, store: Path) -> None:
    segment(store, header(), *run_lines(), problem_line(RUN, "the disk was full", 3))
    done = cli("doctor", "--store", store)
    assert done.code == 6
    assert "the disk was full (3 times)" in done.out


def test_a_setting_that_means_nothing_fails_and_the_rest_is_looked_at(
    cli: InProcess, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HAMILTON_OL_GRANULARITY", "everything")
    done = cli("doctor", "--store", plain_store(store))
    assert done.code == 2
    assert "granularity: HAMILTON_OL_GRANULARITY holds 'everything'" in done.out
    assert "ok      runs           1 recorded" in done.out


def test_recording_that_is_switched_off_is_pointed_out(
    cli: InProcess, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENLINEAGE_DISABLED", "true")
    done = cli("doctor", "--store", plain_store(store))
    assert done.code == 2
    assert "Nothing is recorded: disabled by OPENLINEAGE_DISABLED" in done.out


def test_a_token_is_never_shown(cli: InProcess, store: Path) -> None:
    with Target(Reply(401, b'{"message":"hunter22 is wrong"}')) as target:
        url = target.url.replace("//", "//ada:hunter22@")
        for words in (["--json"], []):
            assert "hunter22" not in cli("doctor", "--to", url, "--store", store, *words).out

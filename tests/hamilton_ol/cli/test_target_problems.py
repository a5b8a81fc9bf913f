"""A target that means nothing: named by every command, and in the way of none that sends nothing."""

from pathlib import Path

import pytest

from tests.support.commands import InProcess
from tests.support.servers import Target
from tests.support.stores import plain_store

SAID = "targets: OPENLINEAGE_URL: a token may not go to another machine without TLS"


@pytest.fixture(autouse=True)
def insecure(monkeypatch: pytest.MonkeyPatch) -> None:
    """OpenLineage's variables, as they stand in many a cluster."""
    monkeypatch.setenv("OPENLINEAGE_URL", "http://marquez.example:5000")
    monkeypatch.setenv("OPENLINEAGE_API_KEY", "tok-4711")


@pytest.mark.parametrize("words", [["runs"], ["show"], ["events"], ["stamp"], ["status"]], ids=str)
def test_a_question_is_answered(cli: InProcess, store: Path, words: list[str]) -> None:
    done = cli(*words, "--store", plain_store(store))
    assert done.code == 0
    assert f"Left out: {SAID}" in done.err
    assert "tok-4711" not in done.err


def test_nothing_is_sent_as_if_all_were_well(cli: InProcess, store: Path) -> None:
    done = cli("push", "--store", plain_store(store))
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"Error: {SAID}")


def test_what_means_nothing_elsewhere_stops_a_command(
    cli: InProcess, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HAMILTON_OL_PROFILE", "somebody")
    done = cli("runs", "--store", plain_store(store))
    assert (done.code, done.out) == (2, "")
    assert "Error: profile: HAMILTON_OL_PROFILE holds 'somebody'" in done.err


def test_a_target_of_ours_comes_before(
    cli: InProcess, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Target() as target:
        monkeypatch.setenv("HAMILTON_OL_TARGETS", target.url)
        done = cli("push", "--store", plain_store(store))
    assert (done.code, done.err) == (0, "")
    assert target.got

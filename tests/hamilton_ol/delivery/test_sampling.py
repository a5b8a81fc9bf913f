"""A share of the runs, which everybody chooses alike."""

import uuid
from pathlib import Path

import pytest

from hamilton_ol.delivery.acknowledgements import Acknowledgements
from hamilton_ol.delivery.sampling import Sampling

IDS = [str(uuid.UUID(int=number, version=4)) for number in range(2000)]
VERSION = ("ns", "job", "f1:1")


class Chooser:
    """Chooses as a process does that knows only what is in the folder."""

    def __init__(self, folder: Path, share: float) -> None:
        self.folder, self.share = folder, share

    def takes(
        self,
        run_id: str,
        status: str = "SUCCEEDED",
        version: tuple[str, str, str] | None = VERSION,
    ) -> bool:
        told = Acknowledgements(self.folder / "acks")
        found = Sampling(self.share, self.folder, told).takes(run_id, 1, status, lambda: version)
        told.close()
        return found

    def is_left_out(self, run_id: str) -> bool:
        return Acknowledgements(self.folder / "acks").of_run(run_id).is_left_out


def drawn(folder: Path, share: float) -> set[str]:
    """The runs of the share."""
    told = Acknowledgements(folder / "acks")
    sampling = Sampling(share, folder, told)
    assert sampling.takes("first", 1, "SUCCEEDED", lambda: VERSION)
    found = {run for run in IDS if sampling.takes(run, 1, "SUCCEEDED", lambda: VERSION)}
    told.close()
    return found


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 1.0])
def test_about_the_share_goes(tmp_path: Path, share: float) -> None:
    assert len(drawn(tmp_path, share)) == pytest.approx(share * len(IDS), abs=100)


def test_all_and_nothing_are_exact(tmp_path: Path) -> None:
    assert drawn(tmp_path / "one", 1.0) == set(IDS)
    assert drawn(tmp_path / "other", 0.0) == set()


def test_everybody_draws_the_same_and_more_of_it_with_a_larger_share(tmp_path: Path) -> None:
    few = drawn(tmp_path / "one", 0.1)
    assert few == drawn(tmp_path / "two", 0.1)
    assert few < drawn(tmp_path / "three", 0.2)


@pytest.mark.parametrize("status", ["FAILED", "ABORTED", "DIED"])
def test_what_did_not_go_well_always_goes(tmp_path: Path, status: str) -> None:
    chooser = Chooser(tmp_path, 0.0)
    assert chooser.takes("first")
    assert not chooser.takes("second")
    assert chooser.takes("third", status)


def test_the_first_run_of_each_version_of_a_job_goes(tmp_path: Path) -> None:
    chooser = Chooser(tmp_path, 0.0)
    assert chooser.takes("r1")
    assert not chooser.takes("r2")
    assert chooser.takes("r1")
    assert chooser.takes("r3", version=("ns", "job", "f1:2"))
    assert chooser.takes("r4", version=("ns", "other", "f1:1"))
    assert chooser.takes("r5", version=("other", "job", "f1:1"))


def test_of_a_graph_that_is_not_written_yet_nothing_is_decided(tmp_path: Path) -> None:
    chooser = Chooser(tmp_path, 0.0)
    assert not chooser.takes("r1", version=None)
    assert not chooser.is_left_out("r1")
    assert chooser.takes("r2")
    assert not chooser.takes("r1")
    assert chooser.is_left_out("r1")


def test_what_does_not_go_is_noted_and_stays_away(tmp_path: Path) -> None:
    assert Chooser(tmp_path, 0.0).takes("r1")
    assert not Chooser(tmp_path, 0.0).takes("r2")
    assert Chooser(tmp_path, 0.0).is_left_out("r2")
    assert not Chooser(tmp_path, 1.0).takes("r2")


def test_a_run_that_goes_on_may_still_fail(tmp_path: Path) -> None:
    chooser = Chooser(tmp_path, 0.0)
    assert chooser.takes("r1")
    assert not chooser.takes("r2", "RUNNING")
    assert not chooser.is_left_out("r2")
    assert chooser.takes("r2", "FAILED")


def test_what_was_begun_is_ended(tmp_path: Path) -> None:
    """The share may have been larger when the run began."""
    assert Chooser(tmp_path, 0.0).takes("r1")
    told = Acknowledgements(tmp_path / "acks")
    told.sent("r2", "event")
    told.close()
    assert Chooser(tmp_path, 0.0).takes("r2")


def test_a_first_run_that_was_not_noted_whole_costs_nothing(tmp_path: Path) -> None:
    chooser = Chooser(tmp_path, 0.0)
    assert chooser.takes("r1")
    next((tmp_path / "versions").iterdir()).write_bytes(b"")
    assert chooser.takes("r2")


def test_it_is_known_of_when_the_log_is_written_anew(tmp_path: Path) -> None:
    told = Acknowledgements(tmp_path / "acks")
    told.left_out("r1", 7)
    assert [line["k"] for line in told.of_run("r1").lines("r1")] == ["left out"]
    told.again("r1")
    assert not told.of_run("r1").is_left_out
    told.close()

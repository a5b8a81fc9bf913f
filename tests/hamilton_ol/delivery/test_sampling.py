"""A share of the runs, which everybody chooses alike."""

import uuid
from pathlib import Path

import pytest

from hamilton_ol.delivery.sampling import Sampling

IDS = [str(uuid.UUID(int=number, version=4)) for number in range(2000)]


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 1.0])
def test_about_the_share_is_drawn(tmp_path: Path, share: float) -> None:
    drawn = sum(Sampling(share, tmp_path).draws(run_id) for run_id in IDS)
    assert drawn == pytest.approx(share * len(IDS), abs=100)


def test_all_and_nothing_are_exact(tmp_path: Path) -> None:
    assert all(Sampling(1.0, tmp_path).draws(run_id) for run_id in IDS)
    assert not any(Sampling(0.0, tmp_path).draws(run_id) for run_id in IDS)


def test_everybody_draws_the_same_and_more_of_it_with_a_larger_share(tmp_path: Path) -> None:
    few = {run_id for run_id in IDS if Sampling(0.1, tmp_path / "one").draws(run_id)}
    assert few == {run_id for run_id in IDS if Sampling(0.1, tmp_path / "two").draws(run_id)}
    assert few < {run_id for run_id in IDS if Sampling(0.2, tmp_path).draws(run_id)}


def test_the_first_run_of_each_version_of_a_job_is_known_for_ever(tmp_path: Path) -> None:
    def is_first(run_id: str, *version: str) -> bool:
        return Sampling(0.0, tmp_path).is_first(run_id, *version)

    assert is_first("r1", "ns", "job", "v1")
    assert not is_first("r2", "ns", "job", "v1")
    assert is_first("r1", "ns", "job", "v1")
    assert is_first("r2", "ns", "job", "v2")
    assert is_first("r3", "ns", "other", "v1")
    assert is_first("r4", "other", "job", "v1")


def test_a_first_run_that_was_not_noted_whole_costs_nothing(tmp_path: Path) -> None:
    sampling = Sampling(0.0, tmp_path)
    assert sampling.is_first("r1", "ns", "job", "v1")
    next((tmp_path / "versions").iterdir()).write_bytes(b"")
    assert sampling.is_first("r2", "ns", "job", "v1")

"""One process at a time sends a run, and nobody for ever."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hamilton_ol.delivery.leases import LENGTH, Leases


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.time = 1_000_000.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def make(tmp_path: Path, clock: Clock) -> Callable[[], Leases]:
    return lambda: Leases(tmp_path / "leases", clock)


def test_only_one_has_a_lease(make: Callable[[], Leases]) -> None:
    one, other = make(), make()
    assert (one.take("r"), other.take("r"), other.take("s")) == (True, False, True)
    other.give_back("r")  # it has none
    assert not other.take("r")
    one.give_back("r")
    assert other.take("r")


def test_who_died_holds_nobody_up(make: Callable[[], Leases], clock: Clock) -> None:
    dead, one, other = make(), make(), make()
    assert dead.take("r")
    clock.time += LENGTH + 1
    assert [one.take("r"), other.take("r")] == [True, False]
    assert not dead.renew("r")
    dead.give_back("r")  # that of another
    assert not other.take("r")


def test_who_sends_on_keeps_it(make: Callable[[], Leases], clock: Clock) -> None:
    one, other = make(), make()
    one.take("r")
    for _ in range(10):
        clock.time += LENGTH * 0.6
        assert one.renew("r")
        assert not other.take("r")


def test_a_clock_that_was_set_back_holds_nobody_up(
    make: Callable[[], Leases], clock: Clock
) -> None:
    dead = make()
    clock.time += 1e8
    dead.take("r")
    clock.time -= 1e8
    assert make().take("r")


def test_a_lease_that_is_torn_goes_by_its_age(
    make: Callable[[], Leases], clock: Clock, tmp_path: Path
) -> None:
    make().take("r")
    (path,) = (tmp_path / "leases").iterdir()
    path.write_bytes(b'{"own')
    clock.time = path.stat().st_mtime
    assert not make().take("r")
    clock.time += LENGTH + 1
    assert make().take("r")
    assert len(list((tmp_path / "leases").iterdir())) == 1

"""One process at a time sends a run, and nobody for ever."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from hamilton_ol.delivery.leases import LENGTH, Leases
from tests.support.parcels import Clock


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


def test_a_lease_that_is_torn_is_nobodys(make: Callable[[], Leases], tmp_path: Path) -> None:
    make().take("r")
    (path,) = (tmp_path / "leases").iterdir()
    path.write_bytes(b'{"own')
    one = make()
    assert one.take("r")
    one.give_back("r")
    assert list((tmp_path / "leases").iterdir()) == []


def test_the_lease_of_a_process_that_is_gone_is_free_at_once(tmp_path: Path, clock: Clock) -> None:
    gone: list[object] = [7]
    dead = Leases(tmp_path, clock, lambda: [7])
    dead.take("r")
    assert not Leases(tmp_path, clock, lambda: [8]).take("r")
    assert Leases(tmp_path, clock, lambda: [8], lambda process: process == gone).take("r")


def test_a_forked_child_has_none_of_its_parents_leases(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leases = Leases(tmp_path)
    leases.take("r")
    monkeypatch.setattr(os, "getpid", lambda: -1)
    assert not leases.take("r")
    leases.give_back("r")
    monkeypatch.undo()
    assert leases.renew("r")


def test_a_holder_whose_clock_was_set_back_notices_who_took_over(
    make: Callable[[], Leases], clock: Clock
) -> None:
    one = make()
    one.take("r")
    clock.time -= 1e6
    assert make().take("r")
    assert not one.renew("r")


def test_of_many_who_want_to_take_over_one_can(tmp_path: Path) -> None:
    Leases(tmp_path, lambda: 0.0).take("r")
    every = [Leases(tmp_path) for _ in range(20)]
    with ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(lambda leases: leases.take("r"), every)) == 1

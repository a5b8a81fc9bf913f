"""Nothing is removed from a store that a target has not got yet."""

import os
from pathlib import Path

import pytest

from hamilton_ol.delivery.targets import remember, target
from hamilton_ol.hook.unsent import FORGOTTEN, keeper
from hamilton_ol.store.retention import Limits, prune
from hamilton_ol.store.schedule import DAY
from hamilton_ol.store.settled import Settled
from tests.support.stores import header, run_lines, segment

NOW = 1_800_000_000.0
ONE, OTHER = "http://one/api/v1/lineage", "http://other/api/v1/lineage"
LIMITS = Limits(days=30, size=0)


@pytest.fixture
def old(store: Path) -> Path:
    path = segment(store, header(), *run_lines())
    (store / "graphs").mkdir()
    (store / "known").mkdir()
    os.utime(path, (NOW - 100 * DAY, NOW - 100 * DAY))
    return path


def serve(store: Path, address: str, *names: str, at: float = NOW) -> None:
    """A process sends to a target from this store."""
    known = target(store, address)
    remember(known)
    settled = Settled(known.folder)
    settled.searched(set())
    settled.add(list(names))
    os.utime(known.folder / "settled", (at, at))


def is_kept(store: Path, segment: Path, *addresses: str, limits: Limits = LIMITS) -> bool:
    list(prune(store, limits, NOW, keeper(store, addresses, NOW)))
    return segment.exists()


def _name(segment: Path) -> str:
    return f"{segment.parent.name}/{segment.name}"


def test_without_targets_all_that_is_old_goes(store: Path, old: Path) -> None:
    assert not is_kept(store, old)


def test_what_a_target_has_not_got_stays(store: Path, old: Path) -> None:
    assert is_kept(store, old, ONE)
    assert is_kept(store, old, ONE, limits=Limits(days=0, size=1))


def test_what_every_target_has_got_goes(store: Path, old: Path) -> None:
    serve(store, ONE, _name(old))
    assert is_kept(store, old, ONE, OTHER)
    serve(store, OTHER, _name(old))
    assert not is_kept(store, old, ONE, OTHER)


def test_what_another_hook_s_target_has_not_got_stays(store: Path, old: Path) -> None:
    serve(store, ONE)
    assert is_kept(store, old)


def test_a_target_that_nobody_sends_to_any_more_keeps_nothing(store: Path, old: Path) -> None:
    serve(store, ONE, at=NOW - FORGOTTEN - 1)
    assert not is_kept(store, old)


def test_a_target_that_was_only_pushed_to_keeps_nothing(store: Path, old: Path) -> None:
    remember(target(store, ONE))
    assert not is_kept(store, old)

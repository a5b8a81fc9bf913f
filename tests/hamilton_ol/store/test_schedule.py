"""When a store is pruned."""

from datetime import UTC, datetime
from pathlib import Path

from hamilton_ol.store.location import SEGMENTS
from hamilton_ol.store.schedule import DAY, is_due

NOW = datetime(2026, 3, 8, 12, tzinfo=UTC).timestamp()


def begun(store: Path, *days: str) -> Path:
    for day in days:
        (store / SEGMENTS / day).mkdir(parents=True)
    return store


def test_a_store_is_pruned_once_a_day(store: Path) -> None:
    begun(store, "2026-03-07", "2026-03-08")
    times = (NOW, NOW + 60, NOW + DAY - 1, NOW + DAY, NOW + DAY + 1)
    assert [is_due(store, time) for time in times] == [True, False, False, True, False]


def test_on_its_first_day_nothing_is_old(store: Path) -> None:
    begun(store, "2026-03-08")
    assert not is_due(store, NOW)
    assert is_due(store, NOW + DAY)


def test_a_store_that_was_never_pruned_is(store: Path) -> None:
    assert is_due(begun(store, "2026-03-06"), NOW)

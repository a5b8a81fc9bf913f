"""Since when runs may still be in a store, as its folders say."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from hamilton_ol.store.location import SEGMENTS
from hamilton_ol.store.retention import oldest_kept


@pytest.mark.parametrize(
    ("days", "oldest"),
    [
        ((), 0),
        (("2026-03-08", "2026-11-26"), datetime(2026, 3, 1, tzinfo=UTC).timestamp() * 1e9),
        (("1970-01-02", "2026-11-26"), 0),
        ((".DS_Store", "2026-11-26"), 0),
    ],
)
def test_runs_from_a_week_before_the_oldest_segment_may_be_there(
    days: tuple[str, ...], oldest: int, store: Path
) -> None:
    for day in days:
        (store / SEGMENTS / day).mkdir(parents=True)
    (store / SEGMENTS).mkdir(parents=True, exist_ok=True)
    assert oldest_kept(store) == oldest

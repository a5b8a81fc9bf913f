"""Times as events carry them."""

from datetime import UTC, datetime
from functools import lru_cache

SECOND = 1_000_000_000
MICROSECOND = 1_000


def iso(time: int) -> str:
    """Nanoseconds since the epoch as ISO 8601 in UTC, to the microsecond."""
    seconds, rest = divmod(time, SECOND)
    return f"{_seconds(seconds)}.{rest // MICROSECOND:06d}+00:00"


@lru_cache(64)
def _seconds(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")

"""Times as they come in events and as they are shown."""

from datetime import UTC, datetime, timedelta

MILLISECOND, EPOCH = timedelta(milliseconds=1), datetime.fromtimestamp(0, UTC)


def now() -> datetime:
    """The server's own clock."""
    return datetime.now(UTC)


def instant(value: str | float) -> datetime:
    """A time of an event; without a zone it is UTC.

    Raises:
        ValueError: it has no time of day, or is none at all.
    """
    if isinstance(value, int | float):
        return datetime.fromtimestamp(value, UTC)
    if "T" not in value:
        raise ValueError(value)
    found = datetime.fromisoformat(value)
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def shown(time: datetime | None) -> str | None:
    """In UTC, with as many groups of three decimals as it needs."""
    if time is None:
        return None
    micros = time.microsecond
    digits = "auto" if micros == 0 else "milliseconds" if micros % 1000 == 0 else "microseconds"
    return time.replace(tzinfo=None).isoformat(timespec=digits) + "Z"


def milliseconds(start: datetime | None, end: datetime | None) -> int | None:
    """Between the milliseconds in which two times are; less than none the wrong way round."""
    if start is None or end is None:
        return None
    return (end - EPOCH) // MILLISECOND - (start - EPOCH) // MILLISECOND

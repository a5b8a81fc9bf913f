"""Sends events in their order, and stops at the first that is not taken."""

from collections.abc import Callable, Iterable

from hamilton_ol.delivery.transport import Transport
from hamilton_ol.errors import DeliveryError

#: (what to call it, the event as JSON)
Labelled = tuple[str, str]


def push(events: Iterable[Labelled], transport: Transport, sent: Callable[[int], None]) -> int:
    """Send events one after the other.

    Args:
        events: what to send.
        transport: how.
        sent: called with the number of events sent so far.

    Returns:
        The number of events.

    Raises:
        DeliveryError: one was not taken; the message names it and how many were.
    """
    count = 0
    for label, text in events:
        try:
            transport.send(text.encode())
        except DeliveryError as error:
            before = f"the {count} before it were taken" if count else "none was taken before"
            error.args = (f"{error} (event {count + 1}, {label}; {before})",)
            raise
        count += 1
        sent(count)
    return count

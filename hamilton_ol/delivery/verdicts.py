"""What a refusal means: the event is at fault, or the target is, or nobody can tell yet."""

from typing import Literal

from hamilton_ol.errors import DeliveryError, NotAskedError, RefusedError

Verdict = Literal["final", "doubtful", "passing"]

SERVER_ERROR = 500
#: Of a proxy, or of a server that says itself that it has trouble.
PASSING = frozenset({502, 503, 504, 507, 511})
#: Who asks is at fault: its token or password, or what it may do (RFC 9110, 15.5).
OF_WHO_ASKS = frozenset({401, 403, 407})


def verdict(error: DeliveryError) -> Verdict:
    """What to make of an error.

    A server error is doubtful: Marquez (0.51.1) answers 500 when its database is down, and also,
    each time, to an event that its database cannot hold, such as one with a NUL in a name.
    Anything else that is not said of the event is the target's trouble, and passes.
    """
    if not isinstance(error, RefusedError):
        return "passing"
    if error.is_final:
        return "final"
    is_doubtful = error.status >= SERVER_ERROR and error.status not in PASSING
    return "doubtful" if is_doubtful else "passing"


def is_own_trouble(error: DeliveryError) -> bool:
    """Whether an error says something of this process only: another may have a better token."""
    is_unwelcome = isinstance(error, RefusedError) and error.status in OF_WHO_ASKS
    return is_unwelcome or isinstance(error, NotAskedError)

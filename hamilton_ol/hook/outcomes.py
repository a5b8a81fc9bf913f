"""How a node or a run ended, of which Hamilton says success, or that it has no result."""

import sys

from hamilton_ol.dataflow.failures import CaughtError, catch_error
from hamilton_ol.guard import Guard
from hamilton_ol.records import Status

Outcome = tuple[Status, CaughtError | None]


def outcome(
    error: BaseException | None, at_entry: BaseException | None, guard: Guard, *, success: bool
) -> Outcome:
    """The status, and what was raised.

    An interruption is no `Exception`, so that Hamilton reports it as a success; it can be seen as
    the exception in flight while the callback runs.

    Args:
        error: as Hamilton says.
        at_entry: the exception that was in flight when the run began.
        guard: counts what goes wrong.
        success: as Hamilton says.
    """
    raised = error if not success else sys.exc_info()[1]
    if success and (raised is None or raised is at_entry or issubclass(type(raised), Exception)):
        return "SUCCEEDED", None
    status: Status = "ABORTED" if success or raised is None else "FAILED"
    try:
        return status, catch_error(raised) if raised is not None else None
    except Exception as problem:
        guard.caught("looking at an exception", problem)
        return status, None

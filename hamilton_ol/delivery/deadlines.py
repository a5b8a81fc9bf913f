"""An end for each phase of a request, however slowly the other side goes about it.

A socket's own limit begins anew with every byte.
"""

import socket
from collections.abc import Callable
from time import monotonic
from typing import Any, NamedTuple

Clock = Callable[[], float]
_PIECE = 1 << 16  # bytes that are sent at once


class Deadline(NamedTuple):
    """When a phase must be over.

    Attributes:
        at: seconds, of the clock.
        what: what is said when it is not, with the limit.
        clock: a monotonic one.
    """

    at: float
    what: str
    clock: Clock = monotonic

    def left(self) -> float:
        """Seconds that are left.

        Raises:
            TimeoutError: none are.
        """
        left = self.at - self.clock()
        if left <= 0:
            raise TimeoutError(self.what)
        return left


def within(seconds: float, what: str, clock: Clock = monotonic) -> Deadline:
    """A deadline from now on.

    Args:
        seconds: how long the phase may take.
        what: what is said of the target when it takes longer.
        clock: a monotonic one.
    """
    return Deadline(clock() + seconds, f"{what} {seconds:g} s", clock)


def send_all(sock: socket.socket, data: Any, deadline: Deadline) -> None:
    """Send bytes.

    Raises:
        TimeoutError: the other side did not take them in time.
        OSError: the connection is gone.
    """
    view = memoryview(data)
    while view:
        sock.settimeout(deadline.left())
        try:
            view = view[sock.send(view[:_PIECE]) :]
        except TimeoutError:
            raise TimeoutError(deadline.what) from None

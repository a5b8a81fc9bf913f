"""The seam between what is sent and how."""

from typing import Protocol


class Transport(Protocol):
    """Sends one event at a time; knows nothing of order, retries or what was sent before.

    Attributes:
        address: where to, without anything that is secret.
    """

    address: str

    def reach(self) -> None:
        """Open the connection, where there is one to open: asked before any event is made.

        Raises:
            UnreachableError: the target is not there.
        """

    def send(self, event: bytes) -> None:
        """Send one event, JSON.

        Raises:
            UnreachableError: the target did not answer.
            RefusedError: it answered that it does not accept the event.
        """

    def close(self) -> None:
        """Give back what is open."""

"""Sends what is pending at one target: each run in its order, nothing twice, nothing lost.

What the store holds and what events it becomes are handed in, so that delivery knows neither.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple, Protocol

from hamilton_ol.delivery.acknowledgements import Acknowledgements
from hamilton_ol.delivery.leases import Leases
from hamilton_ol.delivery.transport import Transport
from hamilton_ol.errors import DeliveryError, RefusedError


class Event(Protocol):
    """What is to be sent."""

    @property
    def id(self) -> str:
        """The same whenever the event is made."""

    @property
    def job(self) -> str:
        """Name of its job."""

    @property
    def type(self) -> str:
        """START, COMPLETE, FAIL or ABORT."""

    @property
    def text(self) -> str:
        """JSON on one line."""


class Sent(NamedTuple):
    """What became of a run's events.

    Attributes:
        sent: how many were taken now.
        rejected: how many never will be, found out now.
        is_busy: whether another process sends the run now.
    """

    sent: int = 0
    rejected: int = 0
    is_busy: bool = False


class Outbox:
    """What is to be sent to one target.

    Args:
        acknowledgements: what it has taken.
        leases: who sends what now.
        transport: how it is sent.
    """

    def __init__(
        self, acknowledgements: Acknowledgements, leases: Leases, transport: Transport
    ) -> None:
        self.acknowledgements = acknowledgements
        self._leases, self._transport = leases, transport

    def send(
        self,
        run_id: str,
        events: Iterable[Event],
        *,
        is_over: bool,
        again: bool = False,
        progress: Callable[[int], None] = lambda _done: None,
    ) -> Sent:
        """Send the events of a run that the target has not taken yet.

        Args:
            run_id: of the run.
            events: of it, in order.
            is_over: whether there will be no more.
            again: send also what was taken before.
            progress: called with the number of events looked at.

        Raises:
            DeliveryError: the target cannot be reached, or refuses for a reason that may pass; what
                was sent before is noted, the rest stays pending.
            OSError: what was sent cannot be noted.
        """
        if not self._leases.take(run_id):
            return Sent(is_busy=True)
        try:
            self.acknowledgements.refresh()
            sent, rejected = self._send(run_id, events, again=again, progress=progress)
            if is_over and not self.acknowledgements.of_run(run_id).is_done:
                self.acknowledgements.done(run_id)
            return Sent(sent, rejected)
        finally:
            self._leases.give_back(run_id)

    def _send(
        self,
        run_id: str,
        events: Iterable[Event],
        *,
        again: bool,
        progress: Callable[[int], None],
    ) -> tuple[int, int]:
        told, sent, rejected = self.acknowledgements.of_run(run_id), 0, 0
        for number, event in enumerate(events, 1):
            if again or not told.has(event.id):
                self._leases.renew(run_id)
                try:
                    self._transport.send(event.text.encode())
                except DeliveryError as error:
                    self._refused(run_id, event, error, number, sent)
                    rejected += 1
                else:
                    self.acknowledgements.sent(run_id, event.id)
                    sent += 1
            progress(number)
        return sent, rejected

    def _refused(
        self, run_id: str, event: Event, error: DeliveryError, number: int, sent: int
    ) -> None:
        """Note an event that never will be taken; raise what may pass, with where it happened."""
        # Who has never taken anything may be no target at all, and blame every event.
        is_target = sent > 0 or self.acknowledgements.has_any
        if isinstance(error, RefusedError) and error.is_final and is_target:
            why = f"{event.type} of {event.job}: {error}"
            self.acknowledgements.rejected(run_id, event.id, why)
            return
        before = f"the {sent} before it were taken" if sent else "none was taken before"
        place = f"event {number}, {event.type} of {event.job} in run {run_id}; {before}"
        error.args = (f"{error} ({place})",)
        raise error

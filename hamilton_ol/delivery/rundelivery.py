"""One run on its way: each event in its turn, and what its answer means."""

import contextlib
import copy
from collections.abc import Callable, Iterable
from typing import Any

from hamilton_ol.delivery.account import Account
from hamilton_ol.delivery.breaker import FIRST, LONGEST
from hamilton_ol.delivery.leases import lease_name
from hamilton_ol.delivery.parcels import Event, Outcome, Parcel, State
from hamilton_ol.delivery.rejected import Rejection
from hamilton_ol.delivery.transport import Transport
from hamilton_ol.delivery.verdicts import verdict
from hamilton_ol.errors import DeliveryError, UnreachableError


class RunDelivery:
    """Sends the events of one run; whoever makes one has the lease of its job.

    Args:
        account: of the target.
        parcel: the run.
        transport: how it is sent.
        is_stopped: asked between events.
    """

    def __init__(
        self, account: Account, parcel: Parcel, transport: Transport, is_stopped: Callable[[], bool]
    ) -> None:
        self._account, self._parcel, self._transport = account, parcel, transport
        self._is_stopped, self._acknowledgements = is_stopped, account.acknowledgements
        self._told = self._acknowledgements.of_run(parcel.run_id)
        self._lease = lease_name(parcel.namespace, parcel.job)
        self._sent = self._rejected = self._number = 0
        #: An event that was refused often, why, and its number; the next one may tell more.
        self._held: tuple[Event, DeliveryError, int] | None = None

    def send(self, events: Iterable[Event]) -> Outcome:
        """Send what was not taken yet.

        Raises:
            OSError: what is sent cannot be noted.
        """
        for self._number, event in enumerate(events, 1):
            if not self._told.has(event.id):
                stop = self._offer(event)
                if stop is not None:
                    return stop
        if self._held is not None:
            return self._stopped(*self._held)
        if self._parcel.is_over and self._number and not self._told.is_done:
            self._acknowledgements.done(self._parcel.run_id)
        return self.outcome("done")

    def outcome(self, state: State, **more: Any) -> Outcome:
        """What became of the run so far."""
        return Outcome(self._parcel.run_id, self._sent, self._rejected, state, **more)

    def _offer(self, event: Event) -> Outcome | None:
        """Send one event; what becomes of the run if it does not go on."""
        if self._is_stopped():
            return self.outcome("waiting", holds_up=True)
        if not self._account.leases.renew(self._lease):
            until = self._account.now() + FIRST
            return self.outcome("busy", until=until, holds_up=True)
        if self._account.breaker.is_resting:  # as another run found out
            standing = self._account.breaker.standing()
            error = UnreachableError(standing.why)
            return self.outcome("open", error=error, until=standing.until, holds_up=True)
        try:
            self._transport.send(event.text.encode())
        except DeliveryError as error:
            return self._failed(event, error)
        self._account.breaker.passed()
        self._taken(event)
        return None

    def _taken(self, event: Event) -> None:
        parcel, told = self._parcel, self._acknowledgements
        self._sent += 1
        with told.together():
            if not self._told.job:  # of a run that was left out no more was noted than its time
                told.begins(parcel.run_id, parcel.namespace, parcel.job, parcel.started)
            told.sent(parcel.run_id, event.id)
            if self._held is not None:  # the target is well, so it was the event
                self._reject(*self._held[:2])
                self._held = None

    # --- refusals ------------------------------------------------------------------------------

    def _failed(self, event: Event, error: DeliveryError) -> Outcome | None:
        kind = verdict(error)
        if kind == "final" and self._acknowledgements.has_any:
            self._reject(event, error)
            return None
        # Who has never taken anything may be no target at all, and blame every event.
        if kind != "passing" and self._held is None:
            return self._doubted(event, error)
        stopped = self._stopped(event, error, self._number)
        return stopped if self._held is None else self._stopped(*self._held)

    def _doubted(self, event: Event, error: DeliveryError) -> Outcome | None:
        """Note a server error: the event may be at fault, when others pass."""
        doubt = self._told.doubts.get(event.id)
        longest = min(FIRST * 2 ** min(doubt.times if doubt else 0, 16), LONGEST)
        until = self._account.now() + longest * (1 + self._account.jitter()) / 2
        self._acknowledgements.failed(self._parcel.run_id, event.id, str(error), until)
        doubt = self._told.doubts[event.id]
        if not doubt.is_blocking:
            return self._stopped(event, error, self._number)
        if doubt.is_poison:
            self._account.breaker.failed(error, event.id)  # several such in a row, and it is not
            self._reject(event, error)
        else:
            self._held = event, error, self._number
        return None

    def _reject(self, event: Event, error: DeliveryError) -> None:
        run_id, why = self._parcel.run_id, f"{event.type} of {event.job}: {error}"
        self._rejected += 1
        self._acknowledgements.rejected(run_id, event.id, why)
        status, body = getattr(error, "status", 0), getattr(error, "body", "")
        rejection = Rejection(
            self._account.now(), run_id, event.id, event.job, event.type, status, body, why
        )
        with contextlib.suppress(OSError):  # what decides was noted
            self._account.rejected.add(rejection)

    def _stopped(self, event: Event, error: DeliveryError, number: int) -> Outcome:
        """The target has trouble, as far as one knows, and the run waits; its error says where."""
        is_doubtful = verdict(error) != "passing"
        self._account.breaker.failed(error, event.id if is_doubtful else "")
        sent = self._sent
        before = f"the {sent} before it were taken" if sent else "none was taken before"
        place = f"event {number}, {event.type} of {event.job} in run {self._parcel.run_id}"
        doubt = self._told.doubts.get(event.id)
        until = max(self._account.breaker.standing().until, doubt.until if doubt else 0.0)
        error = copy.copy(error)
        error.args = (f"{error} ({place}; {before})",)
        holds_up = doubt is None or not doubt.is_blocking
        return self.outcome("waiting", error=error, until=until, holds_up=holds_up)

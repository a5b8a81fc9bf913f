"""Decides whether a run is sent now, and whether anybody is asked at all."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager

from hamilton_ol.delivery.account import Account
from hamilton_ol.delivery.breaker import FIRST, LONGEST
from hamilton_ol.delivery.leases import lease_name
from hamilton_ol.delivery.parcels import Event, Order, Outcome, Parcel
from hamilton_ol.delivery.rundelivery import RunDelivery
from hamilton_ol.delivery.transport import Transport
from hamilton_ol.errors import DeliveryError, NewerRunError, UnreachableError

BROKEN = 60.0  # seconds until a run is tried again whose events cannot be made
BUSY = 0.2  # seconds until a job is tried again that another process sends

#: Lends a transport.
Borrow = Callable[[], AbstractContextManager[Transport]]
#: Goes through events as fast as it should.
Pace = Callable[[Iterable[Event]], Iterator[Event]]


class Outbox:
    """Sends runs to one target, each as a whole or not now.

    Args:
        account: what is known of the target.
        borrow: how it is sent.
        pace: goes through the events.
    """

    def __init__(self, account: Account, borrow: Borrow, pace: Pace = iter) -> None:
        self._account, self._borrow, self._pace = account, borrow, pace

    def send(
        self, parcel: Parcel, order: Order, is_stopped: Callable[[], bool] = lambda: False
    ) -> Outcome:
        """Send the events of a run that the target has not taken yet.

        Args:
            parcel: the run.
            order: what is wanted.
            is_stopped: asked between events.

        Raises:
            OSError: what is sent cannot be noted.
        """
        account, run_id = self._account, parcel.run_id
        order = self._meant(run_id, order)
        if not order.is_whole and account.acknowledgements.of_run(run_id).is_done:
            return Outcome(run_id)
        if account.breaker.standing().state == "open":
            return self._open(run_id)
        lease = lease_name(parcel.namespace, parcel.job)
        if not account.leases.take(lease):
            return Outcome(run_id, state="busy", until=account.now() + BUSY, holds_up=True)
        try:
            account.acknowledgements.refresh()
            return self._early(parcel, order) or self._ask(parcel, order, is_stopped)
        finally:
            account.leases.give_back(lease)

    def _meant(self, run_id: str, order: Order) -> Order:
        """What is wanted: of a run that was left out, and is asked for by a person, all of it."""
        is_left_out = self._account.acknowledgements.of_run(run_id).is_left_out
        return Order.AGAIN if order is Order.NOW and is_left_out else order

    def _early(self, parcel: Parcel, order: Order) -> Outcome | None:
        """What becomes of a run for which nobody needs to be asked."""
        known, run_id = self._account.acknowledgements, parcel.run_id
        told = known.of_run(run_id)
        newest = known.newest(parcel.namespace, parcel.job)
        if order is Order.AGAIN and newest > (parcel.started, run_id):
            return Outcome(run_id, state="newer", error=_newer(parcel, newest[1]))
        if told.is_done and not order.is_whole:
            return Outcome(run_id)
        doubt = max(told.doubts.values(), key=lambda d: d.until, default=None)
        # A time that is further away than any wait is of a clock that was set back.
        if order is Order.PENDING and doubt and 0 < doubt.until - self._account.now() <= LONGEST:
            return Outcome(
                run_id,
                state="waiting",
                error=DeliveryError(doubt.why),
                until=doubt.until,
                holds_up=not doubt.is_blocking,
            )
        return None

    def _ask(self, parcel: Parcel, order: Order, is_stopped: Callable[[], bool]) -> Outcome:
        """Ask the target, if it is time to."""
        breaker = self._account.breaker
        if not breaker.allows():
            return self._open(parcel.run_id)
        try:
            with self._borrow() as transport:
                transport.reach()  # no event is made for a target that is not there
                run = RunDelivery(self._account, parcel, transport, is_stopped)
                return self._go(parcel, order, run)
        except DeliveryError as error:
            breaker.failed(error)
            until = breaker.standing().until
            run_id = parcel.run_id
            return Outcome(run_id, state="waiting", error=error, until=until, holds_up=True)
        finally:
            breaker.leave()

    def _go(self, parcel: Parcel, order: Order, run: RunDelivery) -> Outcome:
        self._account.acknowledgements.open()
        if order.is_whole:
            self._account.acknowledgements.again(parcel.run_id)
        try:
            return run.send(self._made(parcel))
        except _NotMadeError as error:
            until = self._account.now() + BROKEN
            return run.outcome("waiting", error=error.error, until=until)

    def _made(self, parcel: Parcel) -> Iterator[Event]:
        try:
            yield from self._pace(parcel.events())
        except Exception as error:
            raise _NotMadeError(error) from error

    def _open(self, run_id: str) -> Outcome:
        standing = self._account.breaker.standing()
        until = max(standing.until, self._account.now() + FIRST)
        error = UnreachableError(standing.why)
        return Outcome(run_id, state="open", error=error, until=until, holds_up=True)


class _NotMadeError(Exception):
    """An event could not be made, which is not for the target to know."""

    def __init__(self, error: Exception) -> None:
        super().__init__(str(error))
        self.error = error


def _newer(parcel: Parcel, newer: str) -> NewerRunError:
    return NewerRunError(
        f"Run {parcel.run_id} is not sent: a newer run of {parcel.job}, {newer}, was sent "
        "since, and the target would take the older one for the latest",
        hint="--again --force sends it all the same.",
    )

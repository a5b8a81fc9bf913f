"""Sends the pending runs of one target, several at once.

Each run that is sent has a thread and a connection of its own, because transports wait: for a
socket, for TLS, for Kafka's client. A thread that waits holds no lock of the interpreter, and there
are never more of them than jobs that have something to send. Making events needs the processor, and
would only take turns: so they make one at a time, and the dataflow that runs beside them competes
with one, not with eight. A single run is sent by the caller's own thread.
"""

import contextlib
import itertools
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from hamilton_ol.delivery.account import Account
from hamilton_ol.delivery.acknowledgements import Acknowledgements
from hamilton_ol.delivery.compaction import compact
from hamilton_ol.delivery.lanes import Lanes
from hamilton_ol.delivery.outbox import Outbox
from hamilton_ol.delivery.parcels import Event, Order, Outcome, Parcel
from hamilton_ol.delivery.queue import Job, JobQueue, job_of
from hamilton_ol.delivery.transport import Transport

T = TypeVar("T")
AT_ONCE = 8
CLEAR_UP_EVERY = 64  # times that something was sent
LOOK = 0.05  # seconds between looks whether one run found out that the target is well


class Dispatcher:
    """Sends to one target; used by one thread at a time.

    Args:
        account: what is known of the target.
        connect: makes a transport, of which each is used by one thread at a time.
        at_once: how many runs.
        breathe: called before each event is made, by one thread at a time; it may nap.
        oldest: tells since when, in nanoseconds since the epoch, runs may still be there to be
            sent; 0 where all may.
    """

    def __init__(
        self,
        account: Account,
        connect: Callable[[], Transport],
        *,
        at_once: int = AT_ONCE,
        breathe: Callable[[], None] = lambda: None,
        oldest: Callable[[], int] = lambda: 0,
    ) -> None:
        self._account, self._connect, self._at_once = account, connect, at_once
        self._breathe, self._making, self._oldest = breathe, threading.Lock(), oldest
        self._outbox = Outbox(account, self._borrow, self._pace)
        self._idle: list[Transport] = []
        self._rounds = itertools.count()

    @property
    def acknowledgements(self) -> Acknowledgements:
        """What the target has taken."""
        return self._account.acknowledgements

    def deliver(
        self,
        parcels: Iterable[Parcel],
        is_stopped: Callable[[], bool] = lambda: False,
        *,
        order: Order = Order.PENDING,
    ) -> Iterator[Outcome]:
        """Send runs; those of one job one after the other, as they come.

        It waits for answers, never for better times: whoever calls does so again at `until`.

        Args:
            parcels: the runs, the oldest first; taken as they are needed, never while an event is
                made.
            is_stopped: asked between events, by several threads.
            order: what is wanted of each run.

        Yields:
            What became of each run, as it is known; nothing of a run that was not begun when it was
            stopped.

        Raises:
            OSError: what is sent cannot be noted.
        """
        if order is not Order.PENDING:
            self._account.breaker.ask_now()
        stop = threading.Event()

        def send(parcel: Parcel) -> Outcome:
            return self._outbox.send(parcel, order, lambda: stop.is_set() or is_stopped())

        if not order.is_whole:
            parcels = self._suspects_last(parcels)
        lanes, queue = Lanes(send), JobQueue(self._in_turn(parcels, lambda: None))
        try:
            yield from _Round(self, queue, lanes, send, is_stopped).outcomes()
        finally:
            stop.set()
            lanes.close()
            self._close_all_but(1)
            self._clear_up()

    def _suspects_last(self, parcels: Iterable[Parcel]) -> Iterator[Parcel]:
        """First the runs that may show that the target is well: else the oldest would always ask."""
        suspects = []
        for parcel in parcels:
            if self.acknowledgements.of_run(parcel.run_id).is_suspect:
                suspects.append(parcel)
            else:
                yield parcel
        yield from suspects

    def _clear_up(self) -> None:
        """Clear up what others left, now and then."""
        if next(self._rounds) % CLEAR_UP_EVERY == 0:
            with contextlib.suppress(OSError):  # a full disk keeps what is there
                oldest = self._oldest()
                compact(self.acknowledgements, self._account.leases, oldest=oldest)

    def close(self) -> None:
        """Close the connection that was kept, and the file of what was sent."""
        self._close_all_but(0)
        self.acknowledgements.close()

    @property
    def width(self) -> int:
        """How many runs at once: while nobody knows whether the target is well, one finds out."""
        return self._at_once if self._account.breaker.standing().state == "closed" else 1

    @property
    def is_quick(self) -> bool:
        """Whether a thread for a run would be in vain: only one may be sent, or none."""
        return self._at_once == 1 or self._account.breaker.standing().state == "open"

    @contextlib.contextmanager
    def _borrow(self) -> Iterator[Transport]:
        transport = self._idle.pop() if self._idle else self._connect()
        try:
            yield transport
        finally:
            self._idle.append(transport)

    def _close_all_but(self, count: int) -> None:
        while len(self._idle) > count:
            self._idle.pop().close()

    def _pace(self, events: Iterable[Event]) -> Iterator[Event]:
        return self._in_turn(events, self._breathe)

    def _in_turn(self, items: Iterable[T], before: Callable[[], None]) -> Iterator[T]:
        """Go through what is made while it is asked for, one thread at a time."""
        iterator = iter(items)
        while True:
            with self._making:
                before()
                item = next(iterator, None)
            if item is None:
                return
            yield item


class _Round:
    """One time that all runs which wait are sent."""

    def __init__(
        self,
        dispatcher: Dispatcher,
        queue: JobQueue,
        lanes: Lanes,
        send: Callable[[Parcel], Outcome],
        is_stopped: Callable[[], bool],
    ) -> None:
        self._dispatcher, self._is_stopped = dispatcher, is_stopped
        self._queue, self._lanes, self._send = queue, lanes, send
        self._blocked: dict[Job, Outcome] = {}

    def outcomes(self) -> Iterator[Outcome]:
        """What became of each run."""
        while True:
            yield from self._begin()
            if not self._lanes.jobs:
                return
            found = self._lanes.wait(LOOK if self._dispatcher.width == 1 else None)
            if found is not None:
                yield self._noted(*found)

    def _begin(self) -> Iterator[Outcome]:
        """Send as many runs as may be; those that the caller's thread sent are over."""
        while len(self._lanes.jobs) < self._dispatcher.width and not self._is_stopped():
            parcel = self._queue.take(self._lanes.jobs)
            if parcel is None:
                return
            before = self._blocked.get(job_of(parcel))
            if before is not None:  # a newer run may not arrive before an older one
                yield before._replace(run_id=parcel.run_id, sent=0, rejected=0)
            elif self._is_alone():
                yield self._noted(parcel, self._send(parcel))
            else:
                self._lanes.start(parcel)

    def _is_alone(self) -> bool:
        """Whether the caller's thread is enough."""
        if self._lanes.jobs:
            return False
        return self._dispatcher.is_quick or self._queue.is_empty()

    def _noted(self, parcel: Parcel, outcome: Outcome) -> Outcome:
        if outcome.holds_up:
            self._blocked[job_of(parcel)] = outcome
        return outcome

"""Puts together what sending needs: the store's runs, their events, and what targets have taken."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from hamilton_ol.delivery.account import Account
from hamilton_ol.delivery.acknowledgements import Acknowledgements
from hamilton_ol.delivery.breaker import Breaker
from hamilton_ol.delivery.dispatcher import AT_ONCE, Dispatcher
from hamilton_ol.delivery.leases import Leases
from hamilton_ol.delivery.rejected import RejectedEvents
from hamilton_ol.delivery.targets import Target, remember, target
from hamilton_ol.delivery.told import Told
from hamilton_ol.delivery.transport import Transport
from hamilton_ol.errors import StoreUnreadableError
from hamilton_ol.mapping.events import Event, EventMapper
from hamilton_ol.records import Run
from hamilton_ol.store.liveness import Process, is_alive, this_process
from hamilton_ol.store.reader import RunSummary, StoreReader

ACKS = "acks"  # folder of a target's acknowledgements


def open_dispatcher(
    store: Path,
    address: str,
    connect: Callable[[], Transport],
    *,
    at_once: int = AT_ONCE,
    breathe: Callable[[], None] = lambda: None,
) -> Dispatcher:
    """Sends to a target, and notes what it has taken.

    Args:
        store: where that is noted.
        address: of the target, without anything that is secret.
        connect: makes a transport to it.
        at_once: how many runs are sent at once.
        breathe: called before each event is made.

    Raises:
        StoreUnreadableError: what was sent cannot be noted, or read.
    """
    known = target(store, address)
    try:
        remember(known)
        account = open_account(known)
    except OSError as error:
        text = f"What is sent cannot be noted in {store}: {error.strerror or error}"
        hint = "Copy the store to where you may write, and give it with --store."
        raise StoreUnreadableError(text, hint=hint) from error
    return Dispatcher(account, connect, at_once=at_once, breathe=breathe)


def open_account(known: Target) -> Account:
    """What is known of a target.

    Raises:
        OSError: it cannot be read.
    """
    leases = Leases(known.folder / "leases", process=this_process, is_gone=_is_gone)
    return Account(
        Acknowledgements(known.folder / ACKS),
        leases,
        Breaker(known.folder),
        RejectedEvents(known.folder),
    )


def _is_gone(process: Sequence[object]) -> bool:
    """Whether a process that had a lease is known to be gone: on this machine, since its boot."""
    try:
        pid, began, boot = process
        known = Process(int(str(pid)), str(began), str(boot))
    except ValueError:
        return False
    return not is_alive(known, touched=0.0, now=0.0)


class RunParcel:
    """A recorded run, whose events are made when they are asked for.

    Args:
        reader: of the store.
        mapper: makes the events.
        summary: of the run.
    """

    def __init__(self, reader: StoreReader, mapper: EventMapper, summary: RunSummary) -> None:
        self._reader, self._mapper, self.summary = reader, mapper, summary
        self.run_id, self.started = summary.run_id, summary.started
        self.namespace, self.job = summary.namespace, summary.job
        self.is_over = summary.status != "RUNNING"

    def events(self) -> Iterator[Event]:
        """Its events, as the store has them now.

        Raises:
            HamiltonOLError: it is not there any more, or cannot be read.
        """
        yield from self._mapper.events(self._reader.run(self.run_id))


def pending(
    reader: StoreReader, mapper: EventMapper, acknowledgements: Acknowledgements
) -> Iterator[RunParcel]:
    """The recorded runs of which a target has not got everything, the oldest first."""
    for summary in reversed(reader.runs()):
        if not acknowledgements.of_run(summary.run_id).is_done:
            yield RunParcel(reader, mapper, summary)


class Standing(NamedTuple):
    """How a target stands; `captured` is the sum of the next three.

    Attributes:
        address: of the target.
        captured: events of all recorded runs.
        sent: taken by the target.
        pending: neither taken nor refused.
        rejected: refused for good.
        oldest: when the oldest run began of which events are pending, nanoseconds since the epoch.
        refused: (run id, why) of each event that was refused.
    """

    address: str
    captured: int
    sent: int
    pending: int
    rejected: int
    oldest: int
    refused: tuple[tuple[str, str], ...]


def standing(
    reader: StoreReader,
    mapper: EventMapper,
    known: Target,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Standing:
    """How a target stands, for the runs that are in the store.

    Args:
        reader: of the store.
        mapper: makes events of what is pending.
        known: the target.
        progress: called with runs done and runs in all.

    Raises:
        StoreError: a part of the store cannot be read.
    """
    sent = pending = rejected = oldest = 0
    refused: list[tuple[str, str]] = []
    acknowledgements, runs = Acknowledgements(known.folder / ACKS), reader.runs()
    for number, run in enumerate(reversed(runs), 1):
        told = acknowledgements.of_run(run.run_id)
        taken, never = told.counts
        waiting = 0 if told.is_done else _waiting(told, mapper, reader.run(run.run_id))
        sent, rejected, pending = sent + taken, rejected + never, pending + waiting
        oldest = oldest or (run.started if waiting else 0)
        refused += ((run.run_id, why) for why in told.rejected.values())
        progress(number, len(runs))
    captured = sent + pending + rejected
    return Standing(known.address, captured, sent, pending, rejected, oldest, tuple(refused))


def _waiting(told: Told, mapper: EventMapper, run: Run) -> int:
    return sum(not told.has(event.id) for event in mapper.events(run))

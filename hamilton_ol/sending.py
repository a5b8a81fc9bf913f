"""Puts together what sending needs: the store's runs, their events, and what targets have taken."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from hamilton_ol.config import Settings
from hamilton_ol.config.targets import TargetSpec
from hamilton_ol.delivery.account import Account
from hamilton_ol.delivery.acknowledgements import Acknowledgements
from hamilton_ol.delivery.breaker import Breaker
from hamilton_ol.delivery.dispatcher import AT_ONCE, Dispatcher
from hamilton_ol.delivery.leases import Leases
from hamilton_ol.delivery.rejected import RejectedEvents
from hamilton_ol.delivery.sampling import Sampling, Version
from hamilton_ol.delivery.tagging import with_tags
from hamilton_ol.delivery.targets import Target, remember, target
from hamilton_ol.delivery.told import Told
from hamilton_ol.delivery.transport import Transport
from hamilton_ol.errors import StoreUnreadableError
from hamilton_ol.mapping.events import Event, EventMapper
from hamilton_ol.mapping.settled import is_told_of
from hamilton_ol.records import Run
from hamilton_ol.store.liveness import Process, is_alive, this_process
from hamilton_ol.store.reader import RunSummary, StoreReader
from hamilton_ol.store.retention import oldest_kept

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
    connect = with_tags(connect, known.folder)
    return Dispatcher(
        account, connect, at_once=at_once, breathe=breathe, oldest=lambda: oldest_kept(store)
    )


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


def count_pending(parcel: RunParcel, told: Told | None) -> int:
    """How many events of a run are neither taken nor refused.

    Args:
        parcel: the run.
        told: what the target is known to have; None to count all events.

    Raises:
        HamiltonOLError: the run is not there any more, or cannot be read.
    """
    if told is not None and told.is_done:
        return 0
    return sum(told is None or not told.has(event.id) for event in parcel.events())


def acknowledgements_of(store: Path, address: str) -> Acknowledgements:
    """What a target has taken of the runs of a store; nothing is written.

    Raises:
        OSError: it cannot be read.
    """
    return Acknowledgements(target(store, address).folder / ACKS)


def open_sampling(
    store: Path, spec: TargetSpec, settings: Settings, told: Acknowledgements
) -> Sampling:
    """Chooses the runs that a target gets.

    Args:
        store: where that is noted.
        spec: the target.
        settings: say what it does not.
        told: what it has taken.
    """
    share = settings.sample if spec.sample is None else spec.sample
    return Sampling(share, target(store, spec.address).folder, told)


def version_of(run: Run) -> Version | None:
    """(namespace, job, fingerprint of the graph) of a run; None while its graph may still come."""
    if not is_told_of(run):
        return None
    fingerprint = run.graph.fingerprint if run.graph else ""
    return run.started.namespace, run.started.job, fingerprint

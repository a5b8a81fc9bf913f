"""Puts together what sending needs: the store's runs, their events, and what targets have taken."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from hamilton_ol.delivery.acknowledgements import Acknowledgements, Told
from hamilton_ol.delivery.leases import Leases
from hamilton_ol.delivery.outbox import Outbox
from hamilton_ol.delivery.targets import Target, remember, target
from hamilton_ol.delivery.transport import Transport
from hamilton_ol.errors import StoreUnreadableError
from hamilton_ol.mapping.events import EventMapper
from hamilton_ol.records import Run
from hamilton_ol.store.reader import StoreReader

ACKS = "acks"  # folder of a target's acknowledgements


def open_outbox(store: Path, address: str, transport: Transport) -> Outbox:
    """What is to be sent to a target, and what it has taken.

    Args:
        store: where that is noted.
        address: of the target, without anything that is secret.
        transport: how it is sent.

    Raises:
        StoreUnreadableError: what was sent cannot be noted, or read.
    """
    known = target(store, address)
    try:
        remember(known)
        acknowledgements = Acknowledgements(known.folder / ACKS)
    except OSError as error:
        text = f"What is sent cannot be noted in {store}: {error.strerror or error}"
        hint = "Copy the store to where you may write, and give it with --store."
        raise StoreUnreadableError(text, hint=hint) from error
    return Outbox(acknowledgements, Leases(known.folder / "leases"), transport)


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

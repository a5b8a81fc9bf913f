"""How targets stand: what they have of the runs of a store, what waits, and what they refused."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from hamilton_ol.config import Settings
from hamilton_ol.config.targets import TargetSpec
from hamilton_ol.delivery.breaker import Breaker, BreakerStanding
from hamilton_ol.delivery.notices import Notice
from hamilton_ol.delivery.tagging import tag_problem
from hamilton_ol.delivery.targets import target, targets
from hamilton_ol.pipeline import event_mapper
from hamilton_ol.sending import RunParcel, acknowledgements_of, count_pending
from hamilton_ol.store.reader import RunSummary, StoreReader

Progress = Callable[[int, int], None]


class Known(NamedTuple):
    """A target that is set, or that something was sent to.

    Attributes:
        name: what it is called where it is set, or an empty text.
        address: of it.
        spec: how it is set; None where it is not.
    """

    name: str
    address: str
    spec: TargetSpec | None = None


class Standing(NamedTuple):
    """How a target stands; `captured` is the sum of the next three.

    Attributes:
        known: the target.
        captured: events of all recorded runs.
        sent: taken by the target.
        pending: neither taken nor refused.
        rejected: refused for good.
        begun: runs that are over here, but there have begun only.
        oldest: when the oldest run began of which events are pending, nanoseconds since the epoch.
        refused: (run id, why) of each event that was refused.
        breaker: whether the target is left alone, and why.
        left_out: runs that the target does not get, because it gets a share of them only.
        untagged: why tags could not be set there the last time, or an empty text.
        notice: why a process could not ask, or did not wait for an answer, since the target took
            something; or an empty text.
    """

    known: Known
    captured: int
    sent: int
    pending: int
    rejected: int
    begun: int
    oldest: int
    refused: tuple[tuple[str, str], ...]
    left_out: int
    breaker: BreakerStanding
    untagged: str
    notice: str


def known_targets(settings: Settings, store: Path) -> list[Known]:
    """All targets that are set, then those that something was sent to, each once."""
    found = {spec.address: Known(spec.name, spec.address, spec) for spec in settings.targets}
    for sent_to in targets(store):
        found.setdefault(sent_to.address, Known("", sent_to.address))
    return list(found.values())


def standing(
    reader: StoreReader,
    settings: Settings,
    known: Known,
    progress: Progress = lambda _done, _all: None,
) -> Standing:
    """How a target stands, for the runs that are in the store.

    Args:
        reader: of the store.
        settings: decide what is pending.
        known: the target.
        progress: called with runs done and runs in all.

    Raises:
        StoreError: a part of the store cannot be read.
        OSError: what was sent cannot be read.
    """
    told = acknowledgements_of(reader.root, known.address)
    mapper, sums = event_mapper(settings, target=known.spec), [0, 0, 0]
    oldest, left_out, begun, refused = 0, 0, 0, list[tuple[str, str]]()
    for run in _counted(reader, progress):
        of_run = told.of_run(run.run_id)
        waiting = count_pending(RunParcel(reader, mapper, run), of_run)
        sums = [a + b for a, b in zip(sums, (*of_run.counts, waiting), strict=True)]
        oldest, left_out = oldest or (run.started if waiting else 0), left_out + of_run.is_left_out
        begun += bool(waiting and of_run.sent and run.status != "RUNNING")
        refused += ((run.run_id, why) for why in of_run.rejected.values())
    sent, rejected, pending = sums
    folder = target(reader.root, known.address).folder
    notes = left_out, Breaker(folder).standing(), tag_problem(folder), Notice(folder).read()
    counts = sum(sums), sent, pending, rejected, begun
    return Standing(known, *counts, oldest, tuple(refused), *notes)


def _counted(reader: StoreReader, progress: Progress) -> Iterable[RunSummary]:
    """All runs, the oldest first."""
    runs = reader.runs()
    for number, run in enumerate(reversed(runs), 1):
        yield run
        progress(number, len(runs))

"""What is pending for one target of one store, found and sent, in a process that runs dataflows.

Only a sender's thread imports this, because such a process is to load neither mapping nor what
speaks to servers before there is something to send.
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from hamilton_ol.config import Settings
from hamilton_ol.config.targets import TargetSpec
from hamilton_ol.delivery.breaker import Breaker
from hamilton_ol.delivery.notices import Notice
from hamilton_ol.delivery.pace import Pace, StoppedError
from hamilton_ol.delivery.parcels import Outcome
from hamilton_ol.delivery.sampling import Version
from hamilton_ol.delivery.targets import target
from hamilton_ol.delivery.transports import open_transport
from hamilton_ol.delivery.watched import Watch
from hamilton_ol.errors import HamiltonOLError
from hamilton_ol.guard import Guard, log
from hamilton_ol.mapping.events import Event
from hamilton_ol.mapping.settled import is_told_of
from hamilton_ol.pipeline import event_mapper
from hamilton_ol.sending import open_dispatcher, open_sampling, version_of
from hamilton_ol.store.backlog import Backlog
from hamilton_ol.store.reader import RunSummary
from hamilton_ol.store.settled import Settled

EARLY = 2.0  # seconds that a run has taken before it is told of while it goes on
PROGRESS = 5.0  # seconds between two looks at a run that goes on
SEARCH = 300.0  # seconds between two searches for what dead processes left
BUSY = 1.0  # seconds until the next look at what another process sends
TROUBLE = 10.0  # seconds until the next try where nobody knows better
SHORTEST = 0.05  # seconds between two turns


class Parcel:
    """The events of one run.

    Attributes:
        run_id, namespace, job, started: as recorded.
        is_over: whether all events that there will ever be have been made.
    """

    def __init__(self, summary: RunSummary, make: Callable[["Parcel"], Iterator[Event]]) -> None:
        self.run_id, self.namespace, self.job = summary.run_id, summary.namespace, summary.job
        self.started, self.is_over, self._make = summary.started, False, make

    def events(self) -> Iterator[Event]:
        """All of them, in order; made one by one."""
        return self._make(self)


class Emission:
    """The work of one sender.

    Args:
        store: where the runs are.
        spec: the target.
        settings: of the hook.
        pace: of the sender.
        guard: counts what goes wrong.
        now: seconds since the epoch.

    Raises:
        StoreError: what is sent cannot be noted.
    """

    def __init__(
        self,
        store: Path,
        spec: TargetSpec,
        settings: Settings,
        pace: Pace,
        guard: Guard,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._address, self._pace = spec.address, pace
        self._guard, self._now = guard, now
        folder, breathe = target(store, spec.address).folder, pace.breathe
        self._breaker, self._notice = Breaker(folder), Notice(folder)
        is_well = not (self._breaker.standing().failures or self._breaker.is_unanswered)
        self._watch = Watch(lambda: open_transport(spec), is_well=is_well)
        self._dispatcher = open_dispatcher(
            store, spec.address, self._watch.connect, breathe=breathe
        )
        self._told = self._dispatcher.acknowledgements
        self._backlog = Backlog(store, Settled(folder), self._is_done, breathe, now)
        self._mapper = event_mapper(settings, target=spec)
        self._sampling = open_sampling(store, spec, settings, self._told)
        self._today, self._search_at = time.strftime("%Y-%m-%d", time.gmtime(now())), 0.0
        self._is_in_trouble = self._goes_on = False

    @property
    def is_well(self) -> bool:
        """Whether the target took what it was sent last."""
        return self._watch.is_well

    def interrupt(self) -> None:
        """Break off what waits for the target."""
        self._watch.interrupt()

    def close(self) -> None:
        """Give back what is open."""
        self._dispatcher.close()

    # --- a turn --------------------------------------------------------------------------------

    def turn(self) -> float:
        """Send what is pending, as far as the target takes it; seconds until there is more to do."""
        standing = self._breaker.standing()
        if standing.state == "open":  # then nobody needs to know what there is to send
            return max(standing.until - self._now(), SHORTEST)
        if self._pace.is_ending and self._breaker.is_unanswered:
            return SHORTEST
        try:
            return max(self._send(), SHORTEST)
        except StoppedError:
            return 0.0
        except (HamiltonOLError, OSError) as error:
            self._say(error)
            self._notice.put(str(error))
            return TROUBLE

    def _send(self) -> float:
        self._look()
        self._goes_on = False
        times = [self._search_at - self._now() if self._search_at > self._now() else PROGRESS]
        for outcome in self._dispatcher.deliver(self._parcels(), self._pace.is_stopped):
            times += self._times(outcome)
        self._backlog.settle()
        return min([*times, PROGRESS] if self._goes_on else times)

    def _look(self) -> None:
        """Look for what is new; now and then, while nothing runs, for what others left."""
        is_due = self._now() >= self._search_at and not self._pace.is_recording()
        self._backlog.look("" if is_due or not self._search_at else self._today)
        if is_due:
            self._search_at = self._now() + SEARCH

    def _times(self, outcome: Outcome) -> list[float]:
        """Seconds until a run is worth another try; none when all that there is of it was sent."""
        if outcome.state == "waiting":
            self._say(outcome.error)
        elif outcome.sent:
            self._is_in_trouble = False
        if outcome.state in ("done", "newer"):
            return []
        left = outcome.until - self._now()
        return [max(left, BUSY) if outcome.state == "busy" else left]

    def _say(self, error: Exception | None) -> None:
        """Tell the person once that something waits, and count what should not happen."""
        if error is None or self._pace.is_stopped():  # then it was broken off
            return
        if not isinstance(error, HamiltonOLError | OSError):
            self._guard.caught("telling of a run", error)
        elif not self._is_in_trouble:
            self._is_in_trouble = True
            log.warning(
                "Lineage for %s waits: %s. Your dataflow is not affected and nothing is lost; "
                "`hamilton-ol status` shows what waits.",
                self._address,
                error,
            )

    # --- what there is to send -----------------------------------------------------------------

    def _is_done(self, run_id: str) -> bool:
        return self._told.of_run(run_id).is_done

    def _parcels(self) -> Iterator[Parcel]:
        for run in self._backlog.runs():
            if (run.status != "RUNNING" or self._is_long(run)) and self._is_drawn(run):
                yield Parcel(run, self._events)

    def _is_long(self, run: RunSummary) -> bool:
        """Whether a run that goes on is ours, and goes on for so long that it is told of."""
        is_own = self._backlog.is_own(run.run_id)
        self._goes_on = self._goes_on or is_own
        return is_own and run.started / 1e9 + EARLY <= self._now()

    def _events(self, parcel: Parcel) -> Iterator[Event]:
        run = self._backlog.read(parcel.run_id)
        self._pace.breathe()
        yield from self._mapper.events(run)
        parcel.is_over = run.status != "RUNNING" and is_told_of(run)

    def _is_drawn(self, run: RunSummary) -> bool:
        """Whether a run goes to the target, as far as that is known."""
        try:
            return self._sampling.takes(
                run.run_id, run.started, run.status, lambda: self._version(run.run_id)
            )
        except StoppedError:
            raise
        except Exception as error:
            self._say(error)
            return False

    def _version(self, run_id: str) -> Version | None:
        version = version_of(self._backlog.read(run_id))
        self._goes_on = self._goes_on or version is None
        return version

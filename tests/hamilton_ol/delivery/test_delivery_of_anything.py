"""Whatever happens on the way, each event arrives, in order, and none is sent that was noted.

Processes share a folder. One that is killed leaves the folder as it was at that moment: with the
event that the target took and nobody noted, and with its lease.
"""

import contextlib
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from hamilton_ol.delivery.acknowledgements import Acknowledgements
from hamilton_ol.delivery.breaker import LONGEST_ASKED
from hamilton_ol.delivery.compaction import compact
from hamilton_ol.delivery.dispatcher import Dispatcher
from hamilton_ol.delivery.leases import LENGTH
from hamilton_ol.delivery.parcels import Order
from hamilton_ol.errors import DeliveryError, RefusedError, UnreachableError
from tests.support.parcels import Clock, Note, Parcel, Taker, account, final, server_error

RUNS = {"r": ("j", 1), "s": ("j", 2), "t": ("o", 1)}  # {run: (job, start)}
PROCESSES = ("a", "b")


class KilledError(BaseException):
    """The process is gone."""


class Wire(Taker):
    """Takes events, until something happens.

    Args:
        folder: what the processes share.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self.trouble: dict[int, Callable[[], None]] = {}  # {how many events from now: what happens}

    def send(self, event: bytes) -> None:
        happens = self.trouble.pop(0, None)
        self.trouble = {at - 1: what for at, what in self.trouble.items()}
        if happens is not None and happens != self.die:
            happens()
        super().send(event)
        if happens is not None:
            happens()

    def die(self) -> None:
        shutil.copytree(self._folder, f"{self._folder}.left")
        raise KilledError

    def down(self) -> None:
        raise UnreachableError("gone")

    def busy(self) -> None:
        raise RefusedError("later", status=429, retry_after=5.0)

    def oops(self) -> None:
        raise server_error()


class Delivery(RuleBasedStateMachine):
    """Runs grow, processes send them, and everything goes wrong."""

    runs = st.sampled_from(sorted(RUNS))
    processes = st.sampled_from(PROCESSES)

    @initialize()
    def begin(self) -> None:
        self.home = tempfile.TemporaryDirectory()
        self.folder = Path(self.home.name) / "target"
        self.clock, self.wire = Clock(), Wire(self.folder)
        self.events: dict[str, list[Note]] = {run: [] for run in RUNS}
        self.over, self.bad = set[str](), set[str]()
        self.before: Counter[str] = Counter()  # times that an event had arrived when it was noted
        self.generations: dict[str, int] = dict.fromkeys(RUNS, 0)
        self.begun: dict[str, int] = dict.fromkeys(RUNS, 0)  # arrivals before it was sent anew
        self.dispatchers: dict[str, Dispatcher] = {}
        for name in PROCESSES:
            self._restart(name)

    def teardown(self) -> None:
        if hasattr(self, "home"):
            for dispatcher in self.dispatchers.values():
                dispatcher.close()
            self.home.cleanup()

    def _restart(self, name: str) -> None:
        if name in self.dispatchers:
            self.dispatchers.pop(name).close()
        self.dispatchers[name] = Dispatcher(
            account(self.folder, self.clock), lambda: self.wire, at_once=1
        )

    # --- what happens --------------------------------------------------------------------------

    @rule(run=runs, count=st.integers(1, 3))
    def append(self, run: str, count: int) -> None:
        for _ in range(count if run not in self.over else 0):
            self.events[run].append(Note(f"{run}{len(self.events[run])}"))

    @rule(run=runs)
    def end(self, run: str) -> None:
        if run not in self.over:
            self.events[run].append(Note(f"{run}{len(self.events[run])}", "COMPLETE"))
            self.over.add(run)

    @rule(run=runs, at=st.integers(0, 5), answer=st.sampled_from([final(), server_error()]))
    def make_bad(self, run: str, at: int, answer: DeliveryError) -> None:
        name = f"{run}{at}"
        if name not in self.wire.taken:
            self.bad.add(name)
            self.wire.answers[name] = answer

    @rule(
        process=processes,
        order=st.sampled_from([Order.PENDING, Order.NOW]),
        at=st.integers(0, 6),
        what=st.sampled_from(["", "die", "down", "busy", "oops"]),
    )
    def deliver(self, process: str, order: Order, at: int, what: str) -> None:
        self.wire.trouble = {at: getattr(self.wire, what)} if what else {}
        self._deliver(process, [*RUNS], order)

    @rule(process=processes, run=runs, order=st.sampled_from([Order.AGAIN, Order.FORCED]))
    def deliver_again(self, process: str, run: str, order: Order) -> None:
        self.wire.trouble = {}
        self._deliver(process, [run], order)

    def _deliver(self, process: str, runs: list[str], order: Order) -> None:
        parcels = [
            Parcel(run, tuple(self.events[run]), run in self.over, "n", *RUNS[run])
            for run in runs
            if self.events[run]
        ]
        try:
            list(self.dispatchers[process].deliver(parcels, order=order))
        except KilledError:
            self._leave()
            self._restart(process)
        self._note()

    def _leave(self) -> None:
        """The folder as the killed process left it; the others go on in it."""
        for dispatcher in self.dispatchers.values():
            dispatcher.close()
        shutil.rmtree(self.folder)
        Path(f"{self.folder}.left").rename(self.folder)
        for name in PROCESSES:
            self._restart(name)

    @rule(process=processes)
    def restart(self, process: str) -> None:
        self._restart(process)

    @rule(process=processes)
    def clear_up(self, process: str) -> None:
        made = account(self.folder, self.clock)
        with contextlib.suppress(FileNotFoundError):
            compact(self.dispatchers[process].acknowledgements, made.leases, 1)

    @rule(seconds=st.sampled_from([1.0, 5.0, 2 * LENGTH, -1.0, -1e6]))
    def time_passes(self, seconds: float) -> None:
        self.clock.time += seconds

    # --- what must hold ------------------------------------------------------------------------

    def _known(self) -> Acknowledgements:
        return Acknowledgements(self.folder / "acks")

    def _note(self) -> None:
        """What arrived was noted, but for what a killed process did not come to note."""
        known = self._known()
        for run, told in known.runs().items():
            if told.generation > self.generations[run]:
                self.generations[run] = told.generation
                for name in [name for name in self.before if name[0] == run]:
                    del self.before[name]
                mine = sum(name[0] == run for name in self.wire.taken)
                self.begun[run] = mine - told.counts[0]
        arrived = Counter(self.wire.taken)
        for name in self.before:
            assert arrived[name] == self.before[name], f"{name} was noted, and sent once more"
        for name in arrived:
            if known.of_run(name[0]).has(name):
                self.before[name] = arrived[name]

    @invariant()
    def events_are_in_order(self) -> None:
        for run in getattr(self, "events", ()):
            names = [name for name in self.wire.taken if name[0] == run][self.begun[run] :]
            numbers = [int(name[1:]) for name in names]
            assert numbers == sorted(numbers)

    @invariant()
    def the_account_adds_up(self) -> None:
        if not hasattr(self, "events") or not self.folder.exists():
            return
        for run, told in self._known().runs().items():
            pending = sum(not told.has(event.id) for event in self.events[run])
            assert sum(told.counts) + pending == len(self.events[run])
            assert told.rejected.keys() <= {event.id for event in self.events[run]}
            assert told.is_done <= (run in self.over)

    @precondition(lambda self: any(self.events.values()))
    @rule(order=st.sampled_from([Order.PENDING, Order.NOW]))
    def all_arrives_in_the_end(self, order: Order) -> None:
        self.wire.trouble = {}
        for _ in range(8):
            self.clock.time += LONGEST_ASKED + 2 * LENGTH
            self._deliver("a", [*RUNS], order)
        known = self._known()
        for run, events in self.events.items():
            told = known.of_run(run)
            missing = [e.id for e in events if not told.has(e.id)]
            # Only an event that is bad may wait, until the next one tells that the target is not.
            assert {*missing[:2]} <= self.bad
            assert {e.id for e in events} <= {*self.wire.taken, *told.rejected, *missing}


Delivery.TestCase.settings = settings(max_examples=80, stateful_step_count=30, deadline=None)
TestDelivery = Delivery.TestCase

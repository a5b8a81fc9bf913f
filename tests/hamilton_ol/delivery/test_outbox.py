"""Events of a run are sent in their order, and in the end each was taken, whatever happens."""

import contextlib
import tempfile
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from hamilton_ol.delivery.acknowledgements import Acknowledgements
from hamilton_ol.delivery.leases import LENGTH, Leases
from hamilton_ol.delivery.outbox import Outbox, Sent
from hamilton_ol.errors import DeliveryError, RefusedError, UnreachableError


class Note(NamedTuple):
    """An event."""

    id: str
    job: str = "j"
    type: str = "START"

    @property
    def text(self) -> str:
        return self.id


class Taker:
    """A transport that takes events, unless it is told otherwise."""

    address = "http://target"

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.answers: dict[str, DeliveryError] = {}

    def send(self, event: bytes) -> None:
        text = event.decode()
        if text in self.answers:
            raise self.answers[text]
        self.taken.append(text)

    def close(self) -> None:
        pass


BAD = RefusedError("bad", status=422, hint="h", is_final=True)
EVENTS = [Note("1"), Note("2"), Note("ü", type="COMPLETE")]


@pytest.fixture
def taker() -> Taker:
    return Taker()


@pytest.fixture
def outbox(tmp_path: Path, taker: Taker) -> Outbox:
    return make(tmp_path, taker)


def make(folder: Path, taker: Taker, now: float = 0) -> Outbox:
    leases = Leases(folder / "leases", lambda: now)
    return Outbox(Acknowledgements(folder / "acks"), leases, taker)


def test_events_are_sent_in_their_order_and_once(outbox: Outbox, taker: Taker) -> None:
    told: list[int] = []
    assert outbox.send("r", EVENTS, is_over=True, progress=told.append) == Sent(3)
    assert (taker.taken, told) == (["1", "2", "ü"], [1, 2, 3])
    assert outbox.send("r", EVENTS, is_over=True) == Sent(0)
    assert outbox.acknowledgements.of_run("r").is_done


@pytest.mark.parametrize(
    ("refused", "told"),
    [
        ("1", "busy (event 1, START of j in run r; none was taken before)"),
        ("ü", "busy (event 3, COMPLETE of j in run r; the 2 before it were taken)"),
    ],
)
def test_what_may_pass_stops_and_is_named(
    outbox: Outbox, taker: Taker, refused: str, told: str
) -> None:
    taker.answers[refused] = RefusedError("busy", status=503, hint="h")
    with pytest.raises(RefusedError) as caught:
        outbox.send("r", EVENTS, is_over=True)
    assert str(caught.value) == told
    assert (caught.value.status, caught.value.hint) == (503, "h")
    taker.answers.clear()
    outbox.send("r", EVENTS, is_over=True)
    assert taker.taken == ["1", "2", "ü"]


def test_a_bad_event_does_not_block_the_line(outbox: Outbox, taker: Taker) -> None:
    taker.answers["2"] = BAD
    assert outbox.send("r", EVENTS, is_over=True) == Sent(2, 1)
    told = outbox.acknowledgements.of_run("r")
    assert (taker.taken, told.is_done, told.counts) == (["1", "ü"], True, (2, 1))
    assert told.rejected == {"2": "START of j: bad"}


def test_a_run_that_another_process_sends_is_left_to_it(tmp_path: Path, taker: Taker) -> None:
    Leases(tmp_path / "leases", lambda: 0).take("r")
    assert make(tmp_path, taker).send("r", EVENTS, is_over=True) == Sent(is_busy=True)
    assert taker.taken == []


class Delivery(RuleBasedStateMachine):
    """Runs grow, processes send them and die in the middle, targets come and go."""

    runs = st.sampled_from(["r", "s"])

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.taker, self.now = Taker(), 0.0
        self.events: dict[str, list[Note]] = {"r": [], "s": []}
        self.over: set[str] = set()
        self.bad: set[str] = set()

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.folder.cleanup()

    @rule(run=runs, is_bad=st.booleans())
    def append(self, run: str, is_bad: bool) -> None:
        if run not in self.over:
            name = f"{run}{len(self.events[run])}"
            self.events[run].append(Note(name))
            if is_bad and self.taker.taken:
                self.bad.add(name)
                self.taker.answers[name] = BAD

    @rule(run=runs)
    def end(self, run: str) -> None:
        self.over.add(run)

    def _send(self, run: str) -> Sent:
        outbox = make(Path(self.folder.name), self.taker, self.now)
        return outbox.send(run, self.events[run], is_over=run in self.over)

    @rule(run=runs)
    def send(self, run: str) -> None:
        self._send(run)

    @rule(run=runs, at=st.integers(0, 5))
    def meet_a_target_that_is_down(self, run: str, at: int) -> None:
        name = f"{run}{at}"
        before = self.taker.answers.pop(name, None)
        self.taker.answers[name] = UnreachableError("gone")
        with contextlib.suppress(UnreachableError):
            self._send(run)
        del self.taker.answers[name]
        if before is not None:
            self.taker.answers[name] = before

    @rule(run=runs)
    def die_in_the_middle(self, run: str) -> None:
        """An event was taken, and nobody noted it; the lease stays."""
        outbox = make(Path(self.folder.name), self.taker, self.now)
        told = outbox.acknowledgements.of_run(run)
        waiting = [event for event in self.events[run] if not told.has(event.id)]
        has_lease = Leases(Path(self.folder.name) / "leases", lambda: self.now).take(run)
        if has_lease and waiting and waiting[0].id not in self.bad:
            self.taker.send(waiting[0].text.encode())

    @rule()
    def wait(self) -> None:
        self.now += 2 * LENGTH

    @invariant()
    def events_are_in_order(self) -> None:
        for run in getattr(self, "events", ()):
            first = list(dict.fromkeys(name for name in self.taker.taken if name[0] == run))
            expected = [event.id for event in self.events[run] if event.id not in self.bad]
            assert first == expected[: len(first)]

    @rule()
    def all_arrives_in_the_end(self) -> None:
        self.now += 2 * LENGTH
        for run, events in self.events.items():
            self._send(run)
            told = make(Path(self.folder.name), self.taker).acknowledgements.of_run(run)
            assert {event.id for event in events} <= set(self.taker.taken) | self.bad
            assert told.is_done == (run in self.over)
            assert sum(told.counts) == len(events)


Delivery.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestDelivery = Delivery.TestCase

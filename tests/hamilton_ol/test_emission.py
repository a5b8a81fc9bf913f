"""What one turn of a sender sends: leftovers, runs that go on, a share; and what it does not look at."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hamilton_ol import emission
from hamilton_ol.config.targets import TargetSpec
from hamilton_ol.delivery import breaker, notices
from hamilton_ol.delivery.notices import Notice
from hamilton_ol.delivery.targets import target
from hamilton_ol.delivery.transport import Transport
from hamilton_ol.emission import EARLY, PROGRESS, SEARCH
from hamilton_ol.errors import MissingExtraError
from hamilton_ol.records import RunFinished
from hamilton_ol.standings import known_targets, standing
from hamilton_ol.store import backlog, lines
from hamilton_ol.store.reader import StoreReader
from tests.support.children import until
from tests.support.emissions import NOW, Process, leave, told
from tests.support.outages import Outage, Trouble, status
from tests.support.stores import DEAD, GRAPH, LIVING, T0, header, node, run_id, run_lines, segment


@pytest.fixture
def outage() -> Iterator[Outage]:
    with Outage() as made:
        yield made


@pytest.fixture
def begin(store: Path, outage: Outage) -> Iterator[Callable[..., Process]]:
    made: list[Process] = []

    def process(**settings: Any) -> Process:
        made.append(Process(store, outage.url, **settings))
        return made[-1]

    yield process
    for one in made:
        one.emission.close()


Begin = Callable[..., Process]


def test_what_dead_processes_left_is_sent_the_oldest_first(
    store: Path, outage: Outage, begin: Begin
) -> None:
    ids = [leave(store, 3), leave(store, 1), leave(store, 2)]
    begin().turn()
    assert told(outage) == [ids[1], ids[2], ids[0]]


def test_what_is_sent_is_settled_and_not_looked_at_again(
    store: Path, outage: Outage, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        leave(store, number)
    begin().turn()
    assert len(told(outage)) == 20
    opened: list[Any] = []
    monkeypatch.setattr(backlog, "read_on", lambda *arguments: opened.append(arguments))
    begin().turn()
    assert opened == []
    assert len(told(outage)) == 20


def test_others_leftovers_are_searched_for_now_and_then(
    store: Path, outage: Outage, begin: Begin
) -> None:
    process = begin()
    assert process.turn() == SEARCH
    leave(store, 1, day="2025-12-31")
    process.now += SEARCH - 1
    assert process.turn() == pytest.approx(1)
    assert told(outage) == []
    process.now += 1
    process.turn()
    assert told(outage) == [run_id(1)]


def test_nobody_searches_while_a_dataflow_runs(store: Path, outage: Outage, begin: Begin) -> None:
    process = begin()
    process.turn()
    leave(store, 1, day="2025-12-31")
    process.now, process.is_recording = process.now + 2 * SEARCH, True
    process.turn()
    assert told(outage) == []
    process.is_recording = False
    process.turn()
    assert told(outage) == [run_id(1)]


def test_what_ended_today_is_seen_at_once(store: Path, outage: Outage, begin: Begin) -> None:
    process = begin()
    process.turn()
    leave(store, 1)
    process.turn()
    assert told(outage) == [run_id(1)]


def test_nothing_is_read_for_a_target_that_is_left_alone(
    store: Path, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = begin()
    folder = target(store, process.spec.address).folder
    failed = {"at": NOW, "wait": 1e9, "failures": 3, "why": "it was away"}
    (folder / "breaker.json").write_text(json.dumps(failed))
    monkeypatch.setattr("hamilton_ol.delivery.breaker.LONGEST_ASKED", 1e10)
    monkeypatch.setattr(process.emission._backlog, "look", lambda *_: pytest.fail("it looked"))
    assert process.turn() > 1


# --- runs that go on -----------------------------------------------------------------------------


def go_on(store: Path, *more: str, process: Any = LIVING) -> None:
    lines_ = run_lines(run_id(1), nodes=("a",), end=None)
    segment(store, header(process), *lines_, *more, name="000001-1-aa")


def kinds(outage: Outage) -> list[str]:
    events = [json.loads(text) for text in outage.texts]
    return [f"{event['eventType']} {event['job']['name']}" for event in events]


BEGUN = ["START titanic", "START titanic.a", "COMPLETE titanic.a"]
ENDED = ["START titanic.b", "COMPLETE titanic.b", "COMPLETE titanic"]


def test_a_run_that_goes_on_for_long_is_told_of_as_far_as_it_is_settled(
    store: Path, outage: Outage, begin: Begin
) -> None:
    go_on(store)
    process = begin()
    process.now = NOW + EARLY - 1
    process.turn()
    assert outage.texts == []
    process.now = NOW + EARLY
    assert process.turn() <= PROGRESS
    assert kinds(outage) == BEGUN
    process.turn()
    assert kinds(outage) == BEGUN
    end = lines.finish_line(run_id(1), RunFinished(T0 + 10**8, "SUCCEEDED"))
    segment(store, node("b", 3, run_id(1)), end, name="000001-1-aa")
    process.turn()
    assert kinds(outage) == BEGUN + ENDED


def test_another_process_tells_of_its_own_run_that_goes_on(
    store: Path, outage: Outage, begin: Begin
) -> None:
    process = begin()
    go_on(store)
    process.emission._backlog._me = DEAD
    process.turn()
    assert outage.texts == []


def test_the_run_of_a_process_that_is_gone_was_aborted(
    store: Path, outage: Outage, begin: Begin
) -> None:
    go_on(store, process=DEAD)
    begin().turn()
    assert kinds(outage)[-1] == "ABORT titanic"


# --- a share -------------------------------------------------------------------------------------


def test_a_target_gets_its_share_and_status_tells_of_the_rest(
    store: Path, outage: Outage, begin: Begin
) -> None:
    ids = [leave(store, number) for number in range(5)]
    ids += [leave(store, 5, end="FAILED"), leave(store, 6, end=None)]
    process = begin(sample=0.0)
    process.turn()
    assert told(outage) == [ids[0], ids[5], ids[6]]
    (known,) = known_targets(process.settings, store)
    found = standing(StoreReader(store), process.settings, known)
    assert (found.left_out, found.pending, found.captured) == (4, 0, len(outage.texts))
    process.turn()
    assert len(told(outage)) == 3


def test_the_first_run_of_each_job_and_of_each_graph_goes(
    store: Path, outage: Outage, begin: Begin
) -> None:
    def run(number: int, job: str, graph: str) -> str:
        whole = "".join(run_lines(run_id(number), job=job, time=T0 + number))
        whole = whole.replace("f1:0", f"f1:{graph}").replace(GRAPH, f"1-aa-{graph}")
        segment(store, header(), whole, name=f"00000{number}-1-aa")
        return run_id(number)

    runs = [("a", "1"), ("a", "1"), ("b", "1"), ("a", "2"), ("b", "1"), ("a", "2"), ("a", "1")]
    ids = [run(number, *one) for number, one in enumerate(runs)]
    begin(sample=0.0).turn()
    starts = [e for e in map(json.loads, outage.texts) if e["eventType"] == "START"]
    assert {e["run"]["runId"] for e in starts if "." not in e["job"]["name"]} == {
        *(ids[0], ids[2], ids[3])
    }


def test_a_share_of_a_run_that_goes_on_is_not_begun(
    store: Path, outage: Outage, begin: Begin
) -> None:
    leave(store, 0)
    go_on(store)
    process = begin(sample=0.0)
    process.turn()
    assert told(outage) == [run_id(0)]
    assert "left out" not in "".join(p.read_text() for p in store.glob("targets/*/acks/*"))


# --- trouble -------------------------------------------------------------------------------------


@pytest.mark.usefixtures("warned")
def test_a_person_is_told_once_that_something_waits(
    store: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("FIRST", "LONGEST"):
        monkeypatch.setattr(breaker, name, 0.01)
    with Outage(status(503)) as outage:
        leave(store, 1)
        process = Process(store, outage.url)
        until(lambda: process.turn() and outage.met >= 3)
        assert [r.getMessage()[:11] for r in caplog.records] == ["Lineage for"]
        assert not process.emission.is_well
        outage.recover()
        until(lambda: process.turn() and process.emission.is_well)
        assert told(outage) == [run_id(1)]
        process.emission.close()


@pytest.mark.usefixtures("warned")
def test_a_target_that_failed_last_is_not_well_for_the_next_process(store: Path) -> None:
    with Outage(Trouble(listens=False)) as outage:
        leave(store, 1)
        process = Process(store, outage.url)
        assert process.emission.is_well
        process.turn()
        assert not Process(store, outage.url).emission.is_well


@pytest.mark.usefixtures("warned")
def test_why_a_target_cannot_be_used_is_kept_for_status_until_it_can(
    store: Path, outage: Outage, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_spec: TargetSpec) -> Transport:
        raise MissingExtraError("The target needs what is not installed")

    run, process = leave(store, 1), begin()
    notice = Notice(target(store, process.spec.address).folder)
    with monkeypatch.context() as missing:
        missing.setattr(emission, "open_transport", refuse)
        process.turn()
    assert notice.read() == "The target needs what is not installed"
    process.turn()
    assert (told(outage), notice.read()) == ([run], "")


def test_a_process_that_ends_asks_no_target_that_gave_others_no_answer(
    store: Path, outage: Outage, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices, "FIRST", 60.0)
    run = leave(store, 1)
    process = begin()
    Notice(target(store, process.spec.address).folder).put("no answer", time.time())
    process.pace.stop(1000)
    process.turn()
    assert outage.texts == []
    process.pace.go_on()
    process.turn()
    assert told(outage) == [run]


def test_a_segment_that_cannot_be_read_keeps_no_other(
    store: Path, outage: Outage, begin: Begin
) -> None:
    segment(store, '{"v":99,"k":"segment"}\n', name="000000-1-aa")
    leave(store, 1)
    begin().turn()
    assert told(outage) == [run_id(1)]


def test_what_should_not_happen_is_counted_and_keeps_no_other(
    store: Path,
    outage: Outage,
    begin: Begin,
    monkeypatch: pytest.MonkeyPatch,
    swallowed: list[Any],
) -> None:
    process = begin()
    for number in (1, 2):
        leave(store, number, job=f"titanic{number}")
    real = process.emission._mapper.events

    def events(run: Any) -> Any:
        if run.run_id == run_id(1):
            raise ValueError("planted")
        return real(run)

    monkeypatch.setattr(process.emission._mapper, "events", events)
    process.turn()
    assert process.guard.problems == {"telling of a run: ValueError": 1}
    assert {json.loads(text)["run"]["runId"] for text in outage.texts} > {run_id(2)}
    assert len(swallowed) == 1

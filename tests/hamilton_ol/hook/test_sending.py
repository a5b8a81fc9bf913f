"""A hook with targets sends by itself, and its run does not notice."""

import json
import pickle
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hamilton_ol import OpenLineageHook, emission
from hamilton_ol.delivery import breaker, notices, sender, senders
from hamilton_ol.delivery.breaker import Breaker, BreakerStanding
from hamilton_ol.delivery.notices import Notice
from hamilton_ol.delivery.sender import Sender
from hamilton_ol.delivery.targets import targets
from hamilton_ol.store import writers
from tests.support.arrivals import FLOW, arrives, due
from tests.support.children import until
from tests.support.flows import Flows, build
from tests.support.outages import Outage
from tests.support.servers import hangs, read_request, rude_target


@pytest.fixture(autouse=True)
def no_sender_left() -> Iterator[None]:
    yield
    writers.close_all()
    senders.close_all()
    senders._senders.clear()


@pytest.fixture
def flow(flows: Flows) -> Any:
    return flows.module(FLOW)


@pytest.fixture
def outage() -> Iterator[Outage]:
    with Outage() as made:
        yield made


def hook(store: Path, outage: Outage, **more: Any) -> OpenLineageHook:
    return OpenLineageHook("job", store=store, targets={"it": {"url": outage.url}}, **more)


def kinds(outage: Outage) -> list[str]:
    events = [json.loads(text) for text in outage.texts]
    return [f"{event['eventType']} {event['job']['name']}" for event in events]


def execute(flow: Any, adapter: OpenLineageHook) -> None:
    assert build([flow], adapter).execute(["third"], inputs={"number": 1}) == {"third": 2}
    assert adapter.problems == {}


def test_a_run_that_takes_long_is_seen_while_it_goes_on(
    flow: Any, store: Path, outage: Outage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "GRACE", 0.01)
    monkeypatch.setattr(emission, "EARLY", 0.0)
    monkeypatch.setattr(emission, "PROGRESS", 0.01)
    seen: list[str] = []

    def wait(number: int) -> int:
        until(lambda: "COMPLETE job.first" in kinds(outage))
        seen.extend(kinds(outage))
        return number

    flow._act = wait
    execute(flow, hook(store, outage))
    assert seen == ["START job", "START job.first", "COMPLETE job.first"]
    arrives(outage, store, runs=1)
    assert len(outage.texts) == 8


def test_nothing_is_sent_while_a_short_run_goes_on(
    flow: Any, store: Path, outage: Outage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "GRACE", 1000.0)
    adapter = hook(store, outage)
    execute(flow, adapter)
    arrives(outage, store, runs=1)
    seen: list[int] = []

    def look(number: int) -> int:
        assert writers.is_recording()
        assert writers.flush_all(30)
        seen.append(len(outage.texts))
        return number

    flow._act = look
    execute(flow, adapter)
    assert seen == [8]
    arrives(outage, store, runs=2)


def test_hooks_that_send_the_same_share_a_sender(store: Path, outage: Outage) -> None:
    one, other = hook(store, outage), hook(store, outage)
    assert one._session._senders == other._session._senders
    assert len(senders._senders) == 1
    coarse = hook(store, outage, namespace="other")
    assert coarse._session._senders == one._session._senders
    monthly = OpenLineageHook(
        "job", store=store, targets={"it": {"url": outage.url, "granularity": "dag"}}
    )
    assert monthly._session._senders != one._session._senders


def test_a_hook_with_targets_can_be_pickled_and_sends_where_it_arrives(
    flow: Any, store: Path, outage: Outage
) -> None:
    copy = pickle.loads(pickle.dumps(hook(store, outage)))
    execute(flow, copy)
    arrives(outage, store, runs=1)


def test_no_thread_begins_with_a_hook(store: Path, outage: Outage) -> None:
    before = threading.active_count()
    adapter = hook(store, outage)
    assert adapter._session._senders
    assert threading.active_count() == before


def test_a_target_that_the_end_did_not_wait_for_is_not_blamed(
    flow: Any, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = threading.Event()

    def never(connection: socket.socket, over: threading.Event) -> None:
        read_request(connection)
        asked.set()
        hangs(connection, over)

    monkeypatch.setenv("HAMILTON_OL_EXIT_SECONDS", "0.01")
    with rude_target(never) as url:
        execute(flow, OpenLineageHook("job", store=store, targets={"it": {"url": url}}))
        assert asked.wait(30)
        writers.close_all()
        senders.close_all()
    (known,) = targets(store)
    assert Breaker(known.folder).standing() == BreakerStanding()
    assert "it stays pending" in Notice(known.folder).read()


def test_the_end_does_not_wait_again_for_a_target_that_never_answered(
    flow: Any, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(breaker, "UNANSWERED", 0.0)
    monkeypatch.setattr(notices, "FIRST", 60.0)
    asked = threading.Semaphore(0)

    def never(connection: socket.socket, over: threading.Event) -> None:
        read_request(connection)
        asked.release()
        hangs(connection, over)

    def begin(exit_seconds: str) -> Sender:
        monkeypatch.setenv("HAMILTON_OL_EXIT_SECONDS", exit_seconds)
        execute(flow, OpenLineageHook("job", store=store, targets={"it": {"url": url}}))
        assert asked.acquire(timeout=30)
        (only,) = senders.of_process()
        return only

    with rude_target(never) as url:
        assert begin("0.01").prepare_end(for_fork=False) > 0
        writers.close_all()
        senders.close_all()
        senders._senders.clear()  # as if another process began
        assert begin("1000").prepare_end(for_fork=False) == 0


def test_two_runs_at_once_arrive_each_in_order(flow: Any, store: Path, outage: Outage) -> None:
    adapter, barrier = hook(store, outage), threading.Barrier(2)

    def meet(number: int) -> int:
        barrier.wait(30)
        return number

    flow._act = meet
    threads = [threading.Thread(target=execute, args=(flow, adapter)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    arrives(outage, store, runs=2)


def test_a_run_that_fails_is_sent_as_failed(flow: Any, store: Path, outage: Outage) -> None:
    def fail(_number: int) -> int:
        raise ValueError("no")

    flow._act = fail
    with pytest.raises(ValueError, match="no"):
        build([flow], hook(store, outage)).execute(["third"], inputs={"number": 1})
    arrives(outage, store, runs=1)
    assert kinds(outage)[-1] == "FAIL job"
    assert len(due(store)) == 1

"""However a process ends, and however many there are: the next one sends what was left."""

import json
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hamilton_ol import OpenLineageHook
from hamilton_ol.delivery.senders import close_all
from hamilton_ol.delivery.targets import target
from hamilton_ol.store import writers
from hamilton_ol.store.reader import StoreReader
from tests.support.arrivals import arrives, due
from tests.support.children import Signal, ended, forked, run, until
from tests.support.flows import build
from tests.support.outages import Outage, Trouble

REFUSES = Trouble(listens=False)


def execute(flow: Any, store: Path, outage: Outage) -> None:
    adapter = OpenLineageHook("job", store=store, targets={"it": {"url": outage.url}})
    assert build([flow], adapter).execute(["third"], inputs={"number": 1}) == {"third": 2}
    assert adapter.problems == {}


def _wait_for_ever(begun: Signal) -> Callable[[int], int]:
    def act(_number: int) -> int:
        begun.say()
        Signal().wait(100)
        return 0

    return act


@pytest.mark.usefixtures("warned")
@pytest.mark.parametrize("way", ["kill", "exit"])
def test_what_a_process_left_behind_is_sent_by_the_next_one_in_order(
    flow: Any, store: Path, way: str
) -> None:
    begun = Signal()
    with Outage(REFUSES) as outage:

        def act() -> None:
            execute(flow, store, outage)
            assert writers.flush_all(30)
            flow._act = _wait_for_ever(begun) if way == "kill" else lambda _: os._exit(7)
            execute(flow, store, outage)

        with forked(act) as pid:
            if way == "kill":
                begun.wait()
                until(lambda: StoreReader(store).runs()[0].nodes)
                os.kill(pid, signal.SIGKILL)
            assert ended(pid) == (7 if way == "exit" else -signal.SIGKILL)
        outage.recover()
        execute(flow, store, outage)
        arrives(outage, store, runs=3)
        assert [run.status for run in StoreReader(store).runs()] == [
            *("SUCCEEDED", "DIED", "SUCCEEDED")
        ]
        assert outage.texts == [text for events in due(store) for text in events]
        assert json.loads(due(store)[1][-1])["eventType"] == "ABORT"


def test_a_fork_while_events_are_on_their_way(flow: Any, store: Path) -> None:
    with Outage(delay=0.01) as outage:
        execute(flow, store, outage)
        until(lambda: outage.texts)

        def act() -> None:
            execute(flow, store, outage)
            writers.close_all()
            close_all()

        for _ in range(3):
            with forked(act) as pid:
                assert ended(pid) == 0
        execute(flow, store, outage)
        arrives(outage, store, runs=5)


@pytest.mark.usefixtures("warned")
def test_a_fork_beside_a_target_that_hangs_waits_for_nothing(flow: Any, store: Path) -> None:
    with Outage(Trouble()) as outage:
        execute(flow, store, outage)
        until(lambda: outage.met)
        with forked(lambda: None) as pid:
            assert ended(pid) == 0
        outage.recover()
        arrives(outage, store, runs=1)


def test_fifty_processes_at_once(flow: Any, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAMILTON_OL_GRANULARITY", "dag")
    begin, pids = Signal(), list[int]()

    def act() -> None:
        execute(flow, store, outage)
        writers.close_all()
        close_all()

    with Outage() as outage:
        for _ in range(50):
            pid = os.fork()
            if pid == 0:
                code = 1
                try:
                    begin.wait()
                    act()
                    code = 0
                finally:
                    os._exit(code)
            pids.append(pid)
        for _ in pids:
            begin.say()
        assert [ended(pid) for pid in pids] == [0] * 50
        execute(flow, store, outage)
        arrives(outage, store, runs=51)
        assert len(outage.texts) == len(set(outage.texts))


def test_a_clock_that_was_set_back(flow: Any, store: Path) -> None:
    """What was noted before is of tomorrow."""
    with Outage() as outage:
        execute(flow, store, outage)
        arrives(outage, store, runs=1)
        folder = target(store, f"{outage.url}/api/v1/lineage").folder
        assert (folder / "acks").exists()
        tomorrow = time.time() + 86_400
        failed = {"at": tomorrow, "wait": 30.0, "failures": 3, "why": "it was away"}
        (folder / "breaker.json").write_text(json.dumps(failed))
        for lease in [*(folder / "leases").glob("*"), folder / "leases" / "job.lease"]:
            lease.write_text(json.dumps({"owner": "1-aa", "until": tomorrow + 60, "process": []}))
        for path in store.glob("segments/*/*"):
            os.utime(path, (tomorrow, tomorrow))
        execute(flow, store, outage)
        arrives(outage, store, runs=2)


# --- the end of an interpreter -------------------------------------------------------------------

SCRIPT = """
import atexit, os, sys, threading

@atexit.register
def at_the_very_end():
    print("threads:", threading.active_count())

from hamilton import driver
from hamilton_ol import OpenLineageHook
import flow

hook = OpenLineageHook("job", store="store", targets=sys.argv[1] if sys.argv[1:] else URL)
dr = driver.Builder().with_modules(flow).with_adapters(hook).build()

def execute():
    assert dr.execute(["third"], inputs={"number": 1}) == {"third": 2}
"""
CHILDREN = """
if __name__ == "__main__":
    import multiprocessing
    execute()
    for way in ("fork", "spawn"):
        child = multiprocessing.get_context(way).Process(target=execute)
        child.start()
        child.join()
        assert child.exitcode == 0
"""

# As Python 3.12 does, which ends its main thread and starts no other, before it calls `atexit`.
NO_THREADS = """
begin = threading.Thread.start

def start(thread):
    if not threading.main_thread().is_alive():
        raise RuntimeError("can't create new thread at interpreter shutdown")
    begin(thread)

threading.Thread.start = start
"""


def script(outage: Outage, text: str) -> str:
    return SCRIPT.replace("URL", repr(outage.url)) + text


@pytest.fixture
def folder(tmp_path: Path, flow: Any) -> Path:
    assert flow
    return tmp_path


def test_a_script_that_ends_at_once_has_sent_all(folder: Path) -> None:
    with Outage() as outage:
        done = run(script(outage, "execute()"), folder, HAMILTON_OL_EXIT_SECONDS="30")
        assert (done.returncode, done.stdout, done.stderr) == (0, "threads: 1\n", "")
        assert outage.texts == due(folder / "store")[0]


def test_children_of_multiprocessing_send_too(folder: Path) -> None:
    with Outage() as outage:
        done = run(script(outage, CHILDREN), folder, HAMILTON_OL_EXIT_SECONDS="30")
        assert (done.returncode, done.stderr) == (0, "")
        assert outage.texts == [text for events in due(folder / "store") for text in events]
        assert len(outage.texts) == 24


@pytest.mark.parametrize("kind", ["hangs", "accepts only", "refuses"])
def test_a_script_ends_whatever_the_target_does(folder: Path, kind: str) -> None:
    trouble = {"hangs": Trouble(), "accepts only": Trouble(reads=False), "refuses": REFUSES}[kind]
    with Outage(trouble) as outage:
        done = run(script(outage, "execute()"), folder, HAMILTON_OL_EXIT_SECONDS="0.2")
        assert (done.returncode, done.stdout) == (0, "threads: 1\n")
        assert "Traceback" not in done.stderr
        assert outage.texts == []
        outage.recover()
        for path in folder.glob("store/targets/*/[bn]*.json"):
            path.unlink()  # as if its time were over
        done = run(script(outage, "execute()"), folder, HAMILTON_OL_EXIT_SECONDS="30")
        assert (done.returncode, done.stdout, done.stderr) == (0, "threads: 1\n", "")
        assert outage.texts == [text for events in due(folder / "store") for text in events]
        assert len(outage.texts) == 16


@pytest.mark.parametrize("before", ["", NO_THREADS])
def test_what_is_left_is_sent_though_no_thread_begins_at_the_end(folder: Path, before: str) -> None:
    with Outage(REFUSES) as outage:
        run(script(outage, "execute()"), folder, HAMILTON_OL_EXIT_SECONDS="0.2")
        outage.recover()
        for path in folder.glob("store/targets/*/[bn]*.json"):
            path.unlink()  # as if its time were over
        done = run(script(outage, before + CHILDREN), folder, HAMILTON_OL_EXIT_SECONDS="30")
        assert (done.returncode, done.stderr) == (0, "")
        assert outage.texts == [text for events in due(folder / "store") for text in events]

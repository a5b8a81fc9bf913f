"""A fork, whenever it happens: each process writes its own file, nothing twice, nobody waits."""

import json
import os
import threading
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from hamilton_ol import OpenLineageHook
from hamilton_ol.mapping.ids import node_run_id
from hamilton_ol.records import Run
from hamilton_ol.store.reader import StoreReader
from hamilton_ol.store.writers import close_all, flush_all
from tests.support.children import Signal, ended, forked, run
from tests.support.flows import Flows, build

FLOW = """
    def first() -> int:
        return 1

    def forking(first: int) -> int:
        return act(first)

    def last(forking: int) -> int:
        return forking + 1

    act = None
"""


@pytest.fixture
def flow(flows: Flows) -> Any:
    return flows.module(FLOW)


@pytest.fixture
def inner(flows: Flows) -> Any:
    return flows.module("def inner(number: int) -> int:\n    return number", "inner_flow")


def _runs(store: Path) -> dict[str, Run]:
    """{job: run}"""
    assert flush_all(10)
    reader = StoreReader(store)
    found = [reader.run(run.run_id) for run in reader.runs()]
    assert len({run.started.job for run in found}) == len(found)
    return {run.started.job: run for run in found}


def _told(store: Path) -> Counter[tuple[str, ...]]:
    """How often each thing is told, in all files."""
    files = store.glob("segments/*/*.ndjson")
    lines = [json.loads(line) for path in files for line in path.read_text().splitlines()]
    keys = ("k", "run", "node", "graph", "schema")
    return Counter(
        tuple(str(line[key]) for key in keys if key in line)
        for line in lines
        if line["k"] in {"run", "node", "finish", "graph"}
    )


def test_a_child_that_goes_on_with_the_run_writes_none_of_it(flow: Any, store: Path) -> None:
    parent = os.getpid()
    children = []

    def fork(number: int) -> int:
        children.append(os.fork())
        return number

    flow.act = fork
    driver = build([flow], OpenLineageHook("job", store=store))
    result = driver.execute(["last"])
    if os.getpid() != parent:
        close_all()
        os._exit(result != {"last": 2})
    assert ended(children[0]) == 0
    run = _runs(store)["job"]
    assert run.status == "SUCCEEDED"
    assert [(n.node, n.status) for n in run.nodes] == [
        ("first", "SUCCEEDED"),
        ("forking", "SUCCEEDED"),
        ("last", "SUCCEEDED"),
    ]
    assert set(_told(store).values()) == {1}


def test_a_driver_in_a_forked_child_is_a_run_of_its_own_with_the_node_as_parent(
    flow: Any, inner: Any, store: Path
) -> None:
    hook = OpenLineageHook(store=store)
    inner_driver = build([inner], hook)
    inner_driver.execute(["inner"], inputs={"number": 0})  # its graph is known before the fork
    assert flush_all(10)

    def act() -> None:
        assert inner_driver.execute(["inner"], inputs={"number": 3}) == {"inner": 3}
        close_all()

    def fork(number: int) -> int:
        with forked(act) as pid:
            assert ended(pid) == 0
        return number

    flow.act = fork
    build([flow], hook).execute(["last"])
    reader = StoreReader(store) if flush_all(10) else None
    assert reader is not None
    found = [reader.run(run.run_id) for run in reader.runs()]
    by_job = Counter(run.started.job for run in found)
    assert by_job == {"inner_flow": 2, "flow": 1}
    outer = next(run for run in found if run.started.job == "flow")
    child = next(run for run in found if run.started.parent)
    assert child.started.parent is not None
    assert child.started.parent.run_id == node_run_id(outer.run_id, "forking")
    assert [(run.status, run.graph is not None) for run in found] == [("SUCCEEDED", True)] * 3
    assert len(list(store.glob("segments/*/*"))) == 2
    assert set(_told(store).values()) == {1}


def test_a_fork_beside_a_run_on_another_thread_waits_for_nothing(flow: Any, store: Path) -> None:
    begun, done = Signal(), Signal()

    def wait(number: int) -> int:
        begun.say()
        done.wait()
        return number

    flow.act = wait
    hook = OpenLineageHook("job", store=store)
    driver, other = build([flow], hook), build([flow], hook)
    thread = threading.Thread(target=driver.execute, args=(["last"],))
    thread.start()
    begun.wait()

    def act() -> None:
        flow.act = lambda number: number
        assert other.execute(["last"]) == {"last": 2}
        close_all()

    with forked(act) as pid:
        assert ended(pid) == 0
    done.say()
    thread.join()
    assert flush_all(10)
    assert [run.status for run in StoreReader(store).runs()] == ["SUCCEEDED", "SUCCEEDED"]
    assert {key: n for key, n in _told(store).items() if n > 1} == {}


FORKING = """
import os, threading, warnings
import flow
from hamilton import driver
from hamilton_ol import OpenLineageHook
from hamilton_ol.store.writers import flush_all

warnings.filterwarnings("always", ".*multi-threaded.*fork")  # as an error it would be lost

def ours():
    return sum(thread.name == "hamilton-ol" for thread in threading.enumerate())

def fork(number):
    assert flush_all(60)
    assert ours() == 1
    pid = os.fork()
    if pid == 0:
        os._exit(threading.active_count() - 1)
    assert ours() == 0
    assert os.waitpid(pid, 0)[1] == 0
    return number

flow.act = fork
for _ in range(20):
    hook = OpenLineageHook("job")
    driver.Builder().with_modules(flow).with_adapters(hook).build().execute(["last"])
print("done")
"""


def test_no_thread_of_ours_is_there_when_a_process_forks(
    flow: Any, store: Path, tmp_path: Path
) -> None:
    """Python 3.12 and later warn of a fork beside threads; in a test there may be others' too."""
    assert flow
    done = run(FORKING, tmp_path, HAMILTON_OL_STORE=str(store))
    assert (done.stdout, done.stderr) == ("done\n", "")


def test_what_was_put_before_a_fork_is_on_disk_after_it(flow: Any, store: Path) -> None:
    """No thread is there to write it while the forking node goes on."""
    statuses: list[tuple[str, str | None]] = []

    def fork(number: int) -> int:
        with forked(lambda: None) as pid:
            assert ended(pid) == 0
        statuses.extend((n.node, n.status) for n in StoreReader(store).run("latest").nodes)
        return number

    flow.act = fork
    build([flow], OpenLineageHook("job", store=store)).execute(["last"])
    assert statuses == [("first", "SUCCEEDED"), ("forking", None)]


def test_a_fork_while_the_store_is_opened_again_and_again(flow: Any, store: Path) -> None:
    """Forks meet the writer in whatever it does."""
    driver = build([flow], OpenLineageHook("job", store=store))
    flow.act = lambda number: number
    stop = threading.Event()

    def run() -> None:
        while not stop.is_set():
            driver.execute(["last"])

    def act() -> None:
        driver.execute(["last"])
        close_all()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        for _ in range(30):
            with forked(act) as pid:
                assert ended(pid) == 0
    finally:
        stop.set()
        thread.join()
    assert flush_all(10)
    runs = StoreReader(store).runs()
    assert len(runs) > 30
    assert {run.status for run in runs} == {"SUCCEEDED"}
    assert {run.nodes for run in runs} == {3}


IMPORTS = """
import sys, threading
import flow
from hamilton import driver
from hamilton_ol import OpenLineageHook

def drive(*hooks):
    return driver.Builder().with_modules(flow).with_adapters(*hooks).build()

def note(event, found):
    if event == "import" and threading.current_thread() is threading.main_thread():
        met.append(found[0])

drive().execute(["first"])
hooked, met = drive(OpenLineageHook("job")), []
sys.addaudithook(note)
hooked.execute(["first"])
print(met)
"""


@pytest.mark.parametrize("targets", ["", "http://127.0.0.1:9"])
def test_a_run_imports_nothing_on_its_own_thread(store: Path, tmp_path: Path, targets: str) -> None:
    """Its process may fork meanwhile: the child would wait for ever for that import to end."""
    (tmp_path / "flow.py").write_text("def first() -> int:\n    return 1\n")
    environ = {"HAMILTON_OL_STORE": str(store), "HAMILTON_OL_TARGETS": targets}
    done = run(IMPORTS, tmp_path, **{key: value for key, value in environ.items() if value})
    assert done.stdout == "[]\n", done.stderr

"""The normal end of an interpreter loses nothing, takes no time, and meets no thread of ours."""

from pathlib import Path

import pytest

from hamilton_ol.records import Run
from hamilton_ol.store.reader import StoreReader
from tests.support.children import run

FLOW = """
def doubled(number: int) -> int:
    return 2 * number
"""
# The first handler that is registered is the last one that is called.
SCRIPT = """
import atexit, os, threading

@atexit.register
def at_the_very_end():
    print("threads:", threading.active_count())
    if "LATE" in os.environ:
        execute()
        print("threads:", threading.active_count())

from hamilton import driver
from hamilton_ol import OpenLineageHook
import flow

dr = driver.Builder().with_modules(flow).with_adapters(OpenLineageHook(store="store")).build()

def execute():
    assert dr.execute(["doubled"], inputs={"number": 2}) == {"doubled": 4}

"""
CHILDREN = """
if __name__ == "__main__":
    import multiprocessing
    for way in ("fork", "spawn"):
        child = multiprocessing.get_context(way).Process(target=execute)
        child.start()
        child.join()
        assert child.exitcode == 0
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "flow.py").write_text(FLOW)
    return tmp_path


def _runs(folder: Path) -> list[Run]:
    reader = StoreReader(folder / "store")
    return [reader.run(found.run_id) for found in reader.runs()]


def _is_whole(found: Run) -> bool:
    """Whether all is there that the hook ever writes of a run of this dataflow."""
    nodes = [(node.node, node.status) for node in found.nodes]
    is_known = found.graph is not None and found.context.complete
    return is_known and found.status == "SUCCEEDED" and nodes == [("doubled", "SUCCEEDED")]


def test_a_script_may_end_right_after_execute(folder: Path) -> None:
    done = run(SCRIPT + "execute()", folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "threads: 1\n", "")
    assert [_is_whole(found) for found in _runs(folder)] == [True]


@pytest.mark.parametrize(("end", "code"), [("raise SystemExit(3)", 3), ("1 / 0", 1)])
def test_a_script_that_fails_loses_nothing_either(folder: Path, end: str, code: int) -> None:
    assert run(SCRIPT + f"execute()\n{end}", folder).returncode == code
    assert [_is_whole(found) for found in _runs(folder)] == [True]


def test_drivers_may_be_executed_while_the_interpreter_ends(folder: Path) -> None:
    """Both before the hook writes its last records, and after, when no thread can be started."""
    done = run(SCRIPT + "execute()\natexit.register(execute)", folder, LATE="1")
    assert (done.returncode, done.stdout, done.stderr) == (0, "threads: 1\nthreads: 1\n", "")
    assert [_is_whole(found) for found in _runs(folder)] == [True, True, True]


def test_a_hook_that_saw_no_run_leaves_no_trace(folder: Path) -> None:
    done = run(SCRIPT, folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "threads: 1\n", "")
    assert not (folder / "store").exists()


def test_children_of_multiprocessing_lose_nothing(folder: Path) -> None:
    """They end without the handlers that other interpreters call at their end."""
    done = run(SCRIPT + CHILDREN, folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert [_is_whole(found) for found in _runs(folder)] == [True, True]

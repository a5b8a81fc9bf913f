"""Whatever function of sending breaks, no run notices; once it is mended, everything arrives."""

import errno
import functools
import gc
import itertools
import os
import tempfile
from pathlib import Path
from typing import Any

import pytest

from hamilton_ol import OpenLineageHook
from hamilton_ol.delivery import leases, senders
from hamilton_ol.store import writers
from tests.support import faults
from tests.support.arrivals import FLOW, all_idle, arrives
from tests.support.children import until
from tests.support.flows import Flows, build
from tests.support.outages import Outage

FUNCTIONS = faults.functions_of(
    *("delivery.dispatcher", "delivery.outbox", "delivery.pace", "delivery.sampling"),
    *("delivery.sender", "delivery.watched", "emission", "sending"),
    *("store.backlog", "store.settled", "hook.senders"),
)
# Called when a process ends, by the test itself, or by the interpreter with nothing of ours around.
ENTRIES = (
    *("delivery.sender:Sender.close", "delivery.sender:Sender.end", "delivery.pace:Pace.stop"),
    *("delivery.sender:Sender.prepare_end", "delivery.sender:Sender._loop"),
    *(
        "delivery.sender:Sender.is_idle",
        "delivery.senders:of_process",
        "delivery.sender:Sender._is_running",
    ),
    *("delivery.senders:close_all", "delivery.senders:_end_all"),
    *("emission:Emission.is_well", "emission:Emission.close"),
    "delivery.dispatcher:Dispatcher.close",
    *("delivery.watched:Watched.close", "delivery.watched:Watch.forget"),
)
KINDS = (ValueError("planted"), MemoryError(), OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
_next = itertools.cycle(KINDS)


def _planted() -> Exception:
    return next(_next)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Break every function that sending leads through; new ones are found by themselves."""
    if "name" in metafunc.fixturenames:
        metafunc.parametrize("name", sorted(_reached()))


def execute(flow: Any, store: Path, outage: Outage) -> None:
    adapter = OpenLineageHook("job", store=store, targets={"it": {"url": outage.url}})
    assert build([flow], adapter).execute(["third"], inputs={"number": 1}) == {"third": 2}


@functools.cache
def _reached() -> list[str]:
    with tempfile.TemporaryDirectory() as folder, Outage() as outage:
        flows = Flows(Path(folder))
        flow = flows.module(FLOW)

        def run() -> None:
            execute(flow, Path(folder) / "store", outage)
            assert writers.flush_all(30)
            until(lambda: len(outage.texts) == 8 and all_idle())
            writers.close_all()
            senders.close_all()

        names = [name for name in faults.reached(FUNCTIONS, run) if name not in ENTRIES]
        writers._writers.clear()
        senders._senders.clear()
        flows.forget()
    return names


@pytest.mark.usefixtures("swallowed")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # unclosed sockets
def test_a_broken_function_harms_no_run_and_loses_no_event(
    flow: Any, store: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "LENGTH", 0.1)  # that of somebody who could not give it back
    with Outage() as outage:
        with faults.broken(FUNCTIONS[name], _planted) as count:
            execute(flow, store, outage)
            assert writers.flush_all(30)
            until(lambda: count() >= len(KINDS) or (count() and all_idle()))
        execute(flow, store, outage)
        arrives(outage, store, runs=2)
    gc.collect()


def test_nearly_all_functions_are_broken() -> None:
    assert len(_reached()) > 50

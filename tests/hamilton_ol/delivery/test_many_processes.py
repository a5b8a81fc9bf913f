"""Many processes send from one store at once, and some are killed."""

import contextlib
import functools
import os
import signal
import threading
from pathlib import Path

from hamilton_ol.delivery.dispatcher import Dispatcher
from hamilton_ol.delivery.http import HttpTransport
from hamilton_ol.delivery.outbox import BUSY
from hamilton_ol.delivery.targets import Target as KnownTarget
from hamilton_ol.delivery.targets import target
from hamilton_ol.sending import open_account
from tests.support.children import ended, forked, until
from tests.support.parcels import Parcel, parcel
from tests.support.servers import Target

PROCESSES, JOBS, RUNS, EVENTS = 50, 5, 4, 5
PATIENCE = 100.0  # seconds: an answer that is given up makes an event come twice


def runs() -> list[Parcel]:
    """Some runs of some jobs, the oldest first."""
    return [
        parcel(f"{job}.{run}.", EVENTS, started=run + 1, job=f"j{job}")
        for run in range(RUNS)
        for job in range(JOBS)
    ]


def send_all(folder: Path) -> None:
    """What each process does, from when there is a target: until all is sent, by whomever."""
    until((folder / "url").exists)
    connect = functools.partial(HttpTransport, (folder / "url").read_text(), PATIENCE)
    with contextlib.closing(Dispatcher(open_account(known(folder)), connect)) as dispatcher:
        while not all(found.state == "done" for found in dispatcher.deliver(runs())):
            threading.Event().wait(5 * BUSY)  # whoever sends needs the processor


def known(folder: Path) -> KnownTarget:
    return target(folder, "http://target")


def start(folder: Path, url: str) -> None:
    """Tell all processes where the target is."""
    (folder / "part").write_text(url)
    (folder / "part").rename(folder / "url")


def of_job(texts: list[str], job: int) -> list[str]:
    """What arrived of a job, without what arrived twice in a row."""
    mine = [text for text in texts if text.startswith(f"{job}.")]
    return [text for text, before in zip(mine, ["", *mine], strict=False) if text != before]


def expected(job: int) -> list[str]:
    """What has to arrive of a job, in order."""
    return [note.text for run in runs() if run.job == f"j{job}" for note in run.notes]


def test_fifty_send_each_event_once_and_in_order(tmp_path: Path) -> None:
    with contextlib.ExitStack() as stack:
        action = functools.partial(send_all, tmp_path)
        pids = [stack.enter_context(forked(action)) for _ in range(PROCESSES)]
        server = stack.enter_context(Target())
        start(tmp_path, server.url)
        assert [ended(pid) for pid in pids] == [0] * PROCESSES
        assert len(server.texts) == JOBS * RUNS * EVENTS
        for job in range(JOBS):
            assert of_job(server.texts, job) == expected(job)


def test_who_is_killed_costs_an_event_twice_at_most(tmp_path: Path) -> None:
    with contextlib.ExitStack() as stack:
        action = functools.partial(send_all, tmp_path)
        pids = [stack.enter_context(forked(action)) for _ in range(12)]
        server = stack.enter_context(Target())
        start(tmp_path, server.url)
        for number, pid in enumerate(pids[:-1], 1):
            until(lambda number=number: len(server.got) >= 8 * number)  # type: ignore[misc]
            os.kill(pid, signal.SIGKILL)
        assert ended(pids[-1]) == 0
        assert len(server.texts) <= JOBS * RUNS * EVENTS + 11 * JOBS
        for job in range(JOBS):
            assert of_job(server.texts, job) == expected(job)

"""What is lost when a process is killed: nothing older than 100 ms, the peer loses all it holds.

A child executes nodes of a millisecond and tells through a pipe when each one ended; it is killed
at a random moment, and what its store holds is compared with what it told.
"""

import os
import random
import signal
import struct
import subprocess
import sys
import time

from benchmarks import adapters
from benchmarks.rows import Row
from hamilton_ol.store.reader import StoreReader

KILLS = 30
_RECORD = struct.Struct("<qd")
_CHILD = """
import os, struct, sys, time
from hamilton import driver
from benchmarks import adapters, flows
from hamilton_ol.store.writers import flush_all

PIPE = int(sys.argv[1])
BODY = "work(NUMBER)"

def work(number):
    end = time.perf_counter() + 0.001
    while time.perf_counter() < end:
        pass
    os.write(PIPE, struct.pack("<qd", number, time.time()))

flow = flows.module(1000, "told", BODY)
flow.__dict__["work"] = work
dr = flows.build(flow, adapters.ours())
dr.execute(["n_0_0"], inputs={"seed": 1})
flush_all(30)
os.write(PIPE, struct.pack("<qd", -1, time.time()))
dr.execute(flows.last_layer(1000), inputs={"seed": 1})
"""


def rows() -> list[Row]:
    """The age of the oldest node that a kill lost, over many kills."""
    adapters.clean()
    chance = random.Random(1)
    lost = [_kill_after(chance.uniform(0.05, 0.7)) for _ in range(KILLS)]
    worst = max(lost) * 1e3
    return [
        Row(
            f"oldest record lost by SIGKILL, {KILLS} kills",
            "all events in memory",
            f"{worst:.0f} ms old",
            "nothing older than 100 ms",
            worst <= 100,
        )
    ]


def _kill_after(seconds: float) -> float:
    """Kill a child in mid-run; seconds between the kill and the end of the oldest lost node."""
    read, write = os.pipe()
    child = subprocess.Popen([sys.executable, "-c", _CHILD, str(write)], pass_fds=[write])
    os.close(write)
    _next(read)  # n_0_0 of the first run
    _next(read)  # the second run begins
    child.send_signal(0)
    _wait(seconds)
    killed = time.time()
    child.send_signal(signal.SIGKILL)
    child.wait()
    told = []
    while (record := _next(read)) is not None:
        told.append(record[1])
    os.close(read)
    kept = sum(n.status == "SUCCEEDED" for n in StoreReader(adapters.STORE).run("latest").nodes)
    missing = told[kept:]
    return max(killed - missing[0], 0.0) if missing else 0.0


def _wait(seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        os.sched_yield() if hasattr(os, "sched_yield") else None


def _next(pipe: int) -> tuple[int, float] | None:
    data = os.read(pipe, _RECORD.size)
    if len(data) < _RECORD.size:
        return None
    number, moment = _RECORD.unpack(data)
    return int(number), float(moment)

"""What a process takes longer to end when 2,000 events wait: the server well, down or hanging.

The peer sends in the run's own thread, so that nothing waits at its end; with a server in trouble it
does not come to its end, because the run breaks (`servers.py`).
"""

import math
import socket
import statistics
import subprocess
import sys
import time

from benchmarks import adapters
from benchmarks.rows import Row
from benchmarks.sink import sink
from benchmarks.speed import Promise, slowness

ROUNDS = 7
MOST = 0.5  # seconds
_CHILD = """
import sys, time
from benchmarks import adapters, flows

url, name = sys.argv[1:]
flow = flows.module(1000)
hooks = [] if url == "bare" else [adapters.ours(url, name, granularity="node")]
flows.build(flow, *hooks).execute(flows.last_layer(1000), inputs={"seed": 1})
print(time.time(), flush=True)
"""


def rows() -> list[Row]:
    """Seconds from the end of the run to that of the process, on top of a bare one."""
    slow = slowness()
    adapters.clean()
    with sink(0) as well, sink(math.inf) as hanging, socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        down = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        urls = {"bare": "bare", "no target": "", "well": well, "down": down, "hanging": hanging}
        times: dict[str, list[float]] = {name: [] for name in urls}
        for number in range(ROUNDS):
            for name, url in urls.items():
                times[name].append(_end(url, f"{name}-{number}"))
    found = {name: statistics.median(taken) for name, taken in times.items()}
    added = {name: taken - found["bare"] for name, taken in found.items() if name != "bare"}
    return [
        Promise(MOST, slow).row(
            "end of a process with 2,000 events pending, on top of a bare one",
            "sends in the run",
            ", ".join(f"{name} {seconds:.2f} s" for name, seconds in added.items()),
            max(added.values()),
        )
    ]


def _end(url: str, store: str) -> float:
    command = [sys.executable, "-c", _CHILD, url, store]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    return time.time() - float(done.stdout)

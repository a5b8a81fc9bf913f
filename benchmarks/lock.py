"""The lock of the interpreter: nodes that compute, that give it back, and that wait, while we send.

Both ours and the peer send to a server that is well. Ours does not wait for a quiet moment: there is
always something to send.
"""

import time
import timeit
from functools import partial
from typing import Any
from unittest import mock

import numpy as np

from benchmarks import adapters, flows
from benchmarks.interleave import BARE, Figures, measure, settle
from benchmarks.rows import Row
from benchmarks.sink import sink
from benchmarks.speed import slowness
from hamilton_ol.delivery import sender, senders

COUNT = 1000
MOST = 60.0  # seconds that what was recorded is waited for
LONG = 1e-4  # seconds that a node takes, here and now
#: {what a node does so long: (its code, what a run may take to bare)}
BODIES = {
    "Python": ("sum(range(SIZE))", 1.10),
    "numpy": ("np.sqrt(ARRAY[:SIZE])", 1.10),
    "sleep": ("time.sleep(0.0001)", 1.05),
}
SLEEPS = "sleep"  # as long on a slow machine, while what is added takes longer there


def rows() -> list[Row]:
    """Clock time of runs of 1,000 nodes, to bare."""
    slow = {SLEEPS: slowness()}
    adapters.clean()
    with mock.patch.object(sender, "GRACE", 0.0), sink(0) as url:
        return [
            _row(name, _compare(name, body, url), gate, slow.get(name, 1.0))
            for name, (body, gate) in BODIES.items()
        ]


def _compare(name: str, body: str, url: str) -> dict[str, Figures]:
    globals_ = {"time": time, "np": np, "ARRAY": np.arange(1_000_000.0)}
    code = body.replace("SIZE", str(_size(body, globals_)))
    flow, wanted = flows.module(COUNT, f"lock_{name.lower()}", code), flows.last_layer(COUNT)
    vars(flow).update(globals_)
    hook = adapters.ours(url, name, granularity="node")
    bare, peer, ours = (
        partial(flows.build(flow, *these).execute, wanted, inputs={"seed": 1})
        for these in ((), (adapters.peer(url),), (hook,))
    )
    # Apart, because ours is to be told from bare, which takes many rounds, and the peer is not.
    found = measure({BARE: bare, "ours": ours}, rounds=25, repeat=2, settle=_settle)
    return measure({BARE: bare, "peer": peer}, rounds=3, repeat=1, settle=_settle) | found


def _size(body: str, globals_: dict[str, Any]) -> int:
    """How much a node has to do so that it takes `LONG`."""
    tried = 10_000
    taken = timeit.repeat(body, globals=globals_ | {"SIZE": tried}, number=10, repeat=100)
    return round(tried * LONG / min(taken) * 10)


def _settle() -> None:
    """Let what was recorded be sent, so that nobody runs beside another's sender."""
    settle()
    end = time.monotonic() + MOST
    while not all(sender.is_idle for sender in senders.of_process()) and time.monotonic() < end:
        time.sleep(0.01)


def _row(name: str, found: dict[str, Figures], gate: float, slow: float) -> Row:
    ours, (least, most) = found["ours"], found["ours"].wall_range
    here = 1 + (gate - 1) * slow
    promised = f"{gate:.2f}x" + (f" ({here:.2f}x on this machine)" if here > gate else "")
    return Row(
        f"1,000 nodes of 100 µs in {name} while events are sent, to bare",
        f"{found['peer'].wall_ratio:.2f}x",
        f"{ours.wall_ratio:.2f}x clock ({least:.2f}-{most:.2f}), {ours.cpu_ratio:.2f}x processor",
        promised,
        ours.wall_ratio <= here,
        is_scaled=ours.wall_ratio > gate,
    )

"""What a run costs besides its nodes: on a graph that is known, and on one that is new."""

import statistics
import time
from typing import Any

from hamilton import driver

from benchmarks import adapters, flows
from benchmarks.contenders import contenders
from benchmarks.interleave import measure
from benchmarks.rows import Row
from hamilton_ol.store.writers import flush_all

SIZES = (10, 100, 1000, 10_000)
COUNT = 1000


def rows() -> list[Row]:
    """Run level on warm graphs, and the first run of a graph."""
    adapters.clean()
    return [_warm(), _first()]


def _warm() -> Row:
    found = [_one_node_of(size) for size in SIZES]
    peers, ours = ([added * 1e3 for added in side] for side in zip(*found, strict=True))
    return Row(
        "added for a run; graphs of 10, 100, 1,000, 10,000 nodes, one of them executed",
        ", ".join(f"{ms:,.1f}" for ms in peers) + " ms",
        ", ".join(f"{ms:.3f}" for ms in ours) + " ms",
        "1/19 of the peer on the smallest (0.1 ms), whatever the size",
        max(ours) <= peers[0] / 19 and ours[-1] <= peers[-1] / 1000,
    )


def _one_node_of(size: int) -> tuple[float, float]:
    """Seconds added to a run: (by the peer, by ours); the peer's are too long to repeat often."""
    runs = contenders(flows.module(size), ["n_0_0"])
    peer = measure(runs, rounds=3, repeat=1)["peer"]
    del runs["peer"]
    return peer.added, measure(runs, rounds=9, repeat=50)["ours"].added


def _first() -> Row:
    """Processor time of the run's thread for the first run of a graph, on top of a later one."""
    flow, wanted = flows.module(COUNT), flows.last_layer(COUNT)
    every_run = measure(contenders(flow, wanted), rounds=3, repeat=1)["peer"].added
    extra = [_extra_of_first(flows.build(flow, adapters.ours()), wanted) for _ in range(7)]
    ours, peer = statistics.median(extra) / COUNT * 1e6, every_run / COUNT * 1e6
    return Row(
        "first run of a graph, on top of a later one, per node",
        f"{peer:.0f} µs, in every run",
        f"{ours:.1f} µs",
        "about 5 µs",
        ours <= peer / 25,
    )


def _extra_of_first(dr: driver.Driver, wanted: list[Any]) -> float:
    times = []
    for _ in range(4):
        begin = time.thread_time()
        dr.execute(wanted, inputs={"seed": 1})
        times.append(time.thread_time() - begin)
        flush_all(60)
    return times[0] - statistics.median(times[1:])

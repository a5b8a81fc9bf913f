"""Real work: the demo, which trains a random forest."""

from collections.abc import Callable
from functools import partial

from benchmarks import adapters
from benchmarks.interleave import BARE, measure
from benchmarks.rows import Row
from hamilton_ol.demo.__main__ import REQUESTED, build, inputs


def rows() -> list[Row]:
    """The demo's run to a bare one."""
    adapters.clean()
    drivers = {BARE: build(), "peer": build(adapters.peer()), "ours": build(adapters.ours())}
    runs: dict[str, Callable[[], object]] = {
        name: partial(dr.execute, list(REQUESTED), inputs=inputs()) for name, dr in drivers.items()
    }
    found = measure(runs, rounds=15, repeat=2)
    ours, peer = found["ours"], found["peer"]
    return [
        Row(
            "the demo (24 nodes, a random forest), to bare",
            f"{peer.cpu_ratio:.2f}x",
            f"{ours.cpu_ratio:.3f}x processor, {ours.wall_ratio:.3f}x clock",
            "1.02x",
            ours.cpu_ratio <= 1.02,
        )
    ]

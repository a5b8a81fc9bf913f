"""Real work: the demo, which trains a random forest; with no server, and with one that takes 50 ms."""

from collections.abc import Callable
from functools import partial
from typing import Any

from hamilton.driver import Driver

from benchmarks import adapters
from benchmarks.interleave import BARE, Figures, measure
from benchmarks.rows import Row
from benchmarks.sink import sink
from hamilton_ol.demo.__main__ import REQUESTED, build, inputs

SLOW = 0.05


def rows() -> list[Row]:
    """The demo's run to a bare one."""
    adapters.clean()
    alone = _compare(adapters.peer(), adapters.ours(), rounds=120)
    with sink(SLOW) as url:
        sent = _compare(adapters.peer(url), adapters.ours(url, "slow"), rounds=100)
    return [
        _row("the demo (24 nodes, a random forest), to bare", alone),
        _row("the same with a server that takes 50 ms for an event", sent),
    ]


def _compare(peer: Any, ours: Any, *, rounds: int) -> dict[str, Figures]:
    bare, theirs, mine = (_run(build(*these)) for these in ((), (peer,), (ours,)))
    # Apart, because ours is hardly to be told from bare, which takes many rounds; the peer is.
    found = measure({BARE: bare, "ours": mine}, rounds=rounds, repeat=1)
    return measure({BARE: bare, "peer": theirs}, rounds=10, repeat=1) | found


def _run(dr: Driver) -> Callable[[], object]:
    return partial(dr.execute, list(REQUESTED), inputs=inputs())


def _row(what: str, found: dict[str, Figures]) -> Row:
    ours, peer = found["ours"], found["peer"]
    least, most = ours.cpu_range
    return Row(
        what,
        f"{peer.cpu_ratio:.2f}x processor, {peer.wall_ratio:.2f}x clock",
        f"{ours.cpu_ratio:.3f}x processor ({least:.3f}-{most:.3f}), {ours.wall_ratio:.3f}x clock",
        "1.02x",
        ours.cpu_ratio <= 1.02,
    )

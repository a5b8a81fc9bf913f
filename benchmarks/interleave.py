"""Measures contenders in turn, in random order, so that a machine's moods hit all alike.

Ratios are taken round by round and the median is reported: of the processor time of the thread
that runs the dataflow, which other load hardly changes, and of the time on the clock.
"""

import gc
import random
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

BARE = "bare"


@dataclass(frozen=True)
class Figures:
    """Medians of one contender.

    Attributes:
        wall, cpu: seconds of one run.
        wall_ratio, cpu_ratio: to the bare run.
        added: processor seconds of one run on top of the bare run.
    """

    wall: float
    cpu: float
    wall_ratio: float
    cpu_ratio: float
    added: float


def settle() -> None:
    """Let the writer finish what the last turn left, so that nobody pays for another's work."""
    from hamilton_ol.store.writers import flush_all  # noqa: PLC0415

    flush_all(60)


def measure(
    contenders: Mapping[str, Callable[[], object]],
    *,
    rounds: int,
    repeat: int,
    settle: Callable[[], object] = settle,
    to: str = BARE,
) -> dict[str, Figures]:
    """Figures of each contender.

    Args:
        contenders: {name: one run}.
        rounds: how often all take their turn.
        repeat: runs in a turn.
        settle: called before each turn.
        to: the contender that ratios are to.
    """
    for run in contenders.values():
        run()
    order, chance = list(contenders), random.Random(0)
    wall: dict[str, list[float]] = {name: [] for name in contenders}
    cpu: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        chance.shuffle(order)
        for name in order:
            settle()
            one_wall, one_cpu = _turn(contenders[name], repeat)
            wall[name].append(one_wall)
            cpu[name].append(one_cpu)
    return {name: _figures(name, to, wall, cpu) for name in contenders}


def _turn(run: Callable[[], object], repeat: int) -> tuple[float, float]:
    gc.collect()
    cpu, wall = time.thread_time(), time.perf_counter()
    for _ in range(repeat):
        run()
    return (time.perf_counter() - wall) / repeat, (time.thread_time() - cpu) / repeat


def _figures(
    name: str, to: str, wall: Mapping[str, list[float]], cpu: Mapping[str, list[float]]
) -> Figures:
    median = statistics.median
    return Figures(
        wall=median(wall[name]),
        cpu=median(cpu[name]),
        wall_ratio=median(a / b for a, b in zip(wall[name], wall[to], strict=True)),
        cpu_ratio=median(a / b for a, b in zip(cpu[name], cpu[to], strict=True)),
        added=median(a - b for a, b in zip(cpu[name], cpu[to], strict=True)),
    )

"""Measures contenders in turn, in random order, so that a machine's moods hit all alike.

Ratios are taken round by round and the median is reported: of the processor time of the thread
that runs the dataflow, which other load hardly changes, and of the time on the clock.
"""

import gc
import math
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
        wall_range, cpu_range: what the medians of the ratios lie between in 19 of 20 cases.
    """

    wall: float
    cpu: float
    wall_ratio: float
    cpu_ratio: float
    added: float
    wall_range: tuple[float, float]
    cpu_range: tuple[float, float]


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
    walls = [a / b for a, b in zip(wall[name], wall[to], strict=True)]
    cpus = [a / b for a, b in zip(cpu[name], cpu[to], strict=True)]
    return Figures(
        wall=median(wall[name]),
        cpu=median(cpu[name]),
        wall_ratio=median(walls),
        cpu_ratio=median(cpus),
        added=median(a - b for a, b in zip(cpu[name], cpu[to], strict=True)),
        wall_range=_median_range(walls),
        cpu_range=_median_range(cpus),
    )


def _median_range(found: list[float]) -> tuple[float, float]:
    """Between which two of what was found its median lies, by how many are on either side of it."""
    ordered, middle = sorted(found), (len(found) - 1) / 2
    away = 0.98 * math.sqrt(len(found))  # half of 1.96 standard deviations of a coin's heads
    return ordered[max(math.floor(middle - away), 0)], ordered[
        min(math.ceil(middle + away), len(ordered) - 1)
    ]

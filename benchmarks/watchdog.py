"""How long a thread keeps its events waiting, and during what."""

import os
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer

BEAT = 1  # ms
NANO = 1e9


class Watchdog:
    """Notes how long events wait; waiting for a lock, or for another thread, counts.

    Args:
        step: says what is going on.
        clock: seconds; without the time in which a neighbour has the processor, if that is known.

    Nothing of a heartbeat is kept, which Python would look through for garbage.
    """

    def __init__(self, step: Callable[[], str], clock: Callable[[], float] | None = None) -> None:
        self._step, self._clock = step, clock or own_time()
        self._worst: dict[str, float] = {}
        self._timer = QTimer()
        self._timer.setInterval(BEAT)
        self._timer.timeout.connect(self.beat)
        self._last = 0.0

    def start(self) -> None:
        """Begin."""
        self._last = self._clock()
        self._timer.start()

    def stop(self) -> None:
        """End."""
        self.beat()
        self._timer.stop()

    def beat(self) -> None:
        """Note the time since the last beat."""
        now, step = self._clock(), self._step()
        self._worst[step] = max(self._worst.get(step, 0.0), (now - self._last) * 1e3)
        self._last = now

    @property
    def worst(self) -> dict[str, float]:
        """{what was going on: the longest wait, ms}, the longest first."""
        return dict(sorted(self._worst.items(), key=lambda pair: -pair[1]))


def own_time() -> Callable[[], float]:
    """Seconds of the wall, without those in which this thread could go on and had no processor.

    Linux says of each thread how long it stood in the queue for one (Documentation/scheduler/
    sched-stats.rst); elsewhere it is the wall's.
    """
    told = Path(f"/proc/self/task/{os.getpid()}/schedstat")
    if not told.exists():
        return time.perf_counter
    file = told.open("rb", buffering=0)

    def seconds() -> float:
        file.seek(0)
        return time.perf_counter() - int(file.read(80).split()[1]) / NANO

    return seconds

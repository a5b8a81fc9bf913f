"""How slow this machine is just now, for promises in seconds that have nobody to compare with.

They were made on a machine on which Hamilton's own adapter added 138 µs to a trivial node. What it
adds here, in the process that measures and right before, says how many times as long things take.
"""

from dataclasses import dataclass

from benchmarks import flows
from benchmarks.contenders import contenders
from benchmarks.interleave import measure
from benchmarks.rows import Row

COUNT, THERE = 1000, 138e-6


def slowness() -> float:
    """How many times as long things take here; never less than 1."""
    found = measure(contenders(flows.module(COUNT), flows.last_layer(COUNT)), rounds=5, repeat=1)
    return max(found["peer"].added / COUNT / THERE, 1.0)


@dataclass(frozen=True)
class Promise:
    """A promise in seconds.

    Attributes:
        seconds: on the machine on which it was made.
        slow: how many times as long things take here.
    """

    seconds: float
    slow: float

    def row(self, what: str, peer: str, ours: str, taken: float, *, more: str = "") -> Row:
        """What was measured, beside what was promised.

        Args:
            what, peer, ours: of the row, as text.
            taken: seconds.
            more: is promised, too, and kept.
        """
        gate = f"{self.seconds:g} s ({self.seconds * self.slow:.2f} s on this machine){more}"
        is_scaled = taken > self.seconds
        return Row(what, peer, ours, gate, taken <= self.seconds * self.slow, is_scaled=is_scaled)

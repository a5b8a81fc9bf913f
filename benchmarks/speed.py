"""How slow this machine is just now, for promises in seconds that have nobody to compare with.

They were made on a machine on which Hamilton's own adapter added 138 µs to a trivial node. What it
adds here, in the process that measures and right before, says how many times as long things take.
"""

from benchmarks import flows
from benchmarks.contenders import contenders
from benchmarks.interleave import measure

COUNT, THERE = 1000, 138e-6


def slowness() -> float:
    """How many times as long things take here; never less than 1."""
    found = measure(contenders(flows.module(COUNT), flows.last_layer(COUNT)), rounds=5, repeat=1)
    return max(found["peer"].added / COUNT / THERE, 1.0)


def promise(seconds: float, slow: float) -> str:
    """A promise in seconds, and what it comes to here."""
    return f"{seconds:g} s ({seconds * slow:.2f} s on this machine)"

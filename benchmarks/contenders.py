"""The three that are compared: no adapter, Hamilton's own, ours."""

from collections.abc import Callable, Sequence
from functools import partial
from types import ModuleType

from benchmarks import adapters, flows
from benchmarks.interleave import BARE


def contenders(flow: ModuleType, wanted: Sequence[str]) -> dict[str, Callable[[], object]]:
    """{name: one run of the dataflow}."""
    drivers = {
        BARE: flows.build(flow),
        "peer": flows.build(flow, adapters.peer()),
        "ours": flows.build(flow, adapters.ours()),
    }
    return {
        name: partial(dr.execute, list(wanted), inputs={"seed": 1}) for name, dr in drivers.items()
    }

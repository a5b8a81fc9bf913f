"""Servers in trouble beside one that is well: what a run takes then, and whether it breaks.

Ours sends for all that time: it does not wait for a quiet moment, as it otherwise would.
"""

import contextlib
import math
import socket
from collections.abc import Iterator
from functools import partial
from unittest import mock

from benchmarks import adapters, flows
from benchmarks.interleave import measure
from benchmarks.rows import Row
from benchmarks.sink import sink
from hamilton_ol.delivery import sender

COUNT, WELL = 1000, "well"
KINDS = {
    WELL: (0.0, 201),
    "hangs": (math.inf, 201),
    "503": (0.0, 503),
    "429": (0.0, 429),
    "50 ms": (0.05, 201),
}
IMPATIENT = {"timeout": 0.5, "retry": {"total": 0}}  # else it would take minutes


def rows() -> list[Row]:
    """The worst ratio of a run with a server in trouble to one with a server that is well."""
    adapters.clean()
    flow, wanted = flows.module(COUNT), flows.last_layer(COUNT)
    with mock.patch.object(sender, "GRACE", 0.0), _urls() as urls:
        runs = {
            name: partial(
                flows.build(flow, adapters.ours(url, name)).execute, wanted, inputs={"seed": 1}
            )
            for name, url in urls.items()
        }
        # Of five the worst is told, so that each must be told from the one that is well.
        found = measure(runs, rounds=121, repeat=2, to=WELL)
        broken = [name for name, url in urls.items() if _breaks_peer(url)]
    name, worst = max(found.items(), key=lambda pair: pair[1].cpu_ratio)
    least, most = worst.cpu_range
    return [
        Row(
            f"run with a server that {', '.join(urls.keys() - {WELL})}, to one with a good server",
            f"breaks with {', '.join(broken)}",
            f"{worst.cpu_ratio:.2f}x processor ({least:.2f}-{most:.2f}), "
            f"{worst.wall_ratio:.2f}x clock ({name}); none breaks",
            "1.05x, none breaks",
            worst.cpu_ratio <= 1.05,
        )
    ]


@contextlib.contextmanager
def _urls() -> Iterator[dict[str, str]]:
    """{what the server does: its address}"""
    with contextlib.ExitStack() as stack, socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        urls = {name: stack.enter_context(sink(*kind)) for name, kind in KINDS.items()}
        yield {**urls, "refuses": f"http://127.0.0.1:{nobody.getsockname()[1]}"}


def _breaks_peer(url: str) -> bool:
    flow, wanted = flows.module(10), flows.last_layer(10)
    driver = flows.build(flow, adapters.peer(url, **IMPATIENT))
    try:
        driver.execute(wanted, inputs={"seed": 1})
    except Exception:
        return True
    return False

"""What importing costs, on top of `import hamilton.driver`, in fresh interpreters.

Both are compiled before, as installing does; and garbage is collected before, because the next full
collection is due about then, and whom it hits is chance.
"""

import compileall
import statistics
import subprocess
import sys
from pathlib import Path

import hamilton_ol
from benchmarks.rows import Row

ROUNDS = 9
_CHILD = """
import gc
import resource
import hamilton.driver
gc.collect()
before = resource.getrusage(resource.RUSAGE_SELF)
{what}
after = resource.getrusage(resource.RUSAGE_SELF)
print(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
"""
_OURS = "from hamilton_ol import OpenLineageHook"
_PEER = "import openlineage.client; import hamilton.plugins.h_openlineage"


def rows() -> list[Row]:
    """Processor time of both imports."""
    compile_ours()
    times: dict[str, list[float]] = {_OURS: [], _PEER: []}
    for _ in range(ROUNDS):
        for what, taken in times.items():
            taken.append(_take(what))
    ours, peer = (statistics.median(times[what]) * 1e3 for what in (_OURS, _PEER))
    text = f"{ours:.0f} ms (1/{peer / ours:.0f})"
    gate = "1/8 of the peer (20 ms)"
    return [
        Row("import, on top of hamilton.driver", f"{peer:.0f} ms", text, gate, ours <= peer / 8)
    ]


def compile_ours() -> None:
    """See that ours is there as byte code too, as everything is that was installed."""
    compileall.compile_dir(str(Path(hamilton_ol.__file__).parent), quiet=1)


def _take(what: str) -> float:
    done = subprocess.run(
        [sys.executable, "-c", _CHILD.format(what=what)],
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)

"""Whether the process that wrote a segment still runs.

On the same boot and in the same space of process ids the system knows. Elsewhere (another host, a
container, a system without /proc) the segment's time tells: its writer touches it every
`HEARTBEAT` seconds while a run is active.
"""

import os
from pathlib import Path
from typing import NamedTuple

HEARTBEAT = 30.0
SILENT = 4 * HEARTBEAT


class Process(NamedTuple):
    """What tells one process from every other.

    Attributes:
        pid: its id.
        began: its start in the system's own count, empty where that is not told.
        boot: the boot of the machine, and the space of process ids, that `pid` belongs to.
    """

    pid: int
    began: str = ""
    boot: str = ""


def this_process() -> Process:
    """The process that asks."""
    return Process(os.getpid(), _began(os.getpid()), _boot())


def _boot() -> str:
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot} {Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        return ""


def _began(pid: int) -> str:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    fields = stat.rpartition(")")[2].split()  # proc(5), from the third field on
    return "" if fields[0] in "ZX" else fields[19]


def is_alive(process: Process, touched: float, now: float) -> bool:
    """Whether a process still runs.

    Args:
        process: as it described itself.
        touched: when it last wrote, seconds since the epoch.
        now: seconds since the epoch.
    """
    if process.boot and process.boot == _boot():
        return bool(process.began) and _began(process.pid) == process.began
    return now - touched < SILENT

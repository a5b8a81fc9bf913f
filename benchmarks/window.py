"""The whole window with a large graph, used as by a person: how long anything keeps it from answering.

A graph file is opened in a process of its own, by a window that is built as `hamilton-explorer`
builds it, without a screen; a heartbeat sees every pause of the thread that shows it.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QSettings

from benchmarks.largeflow import written
from benchmarks.person import Person
from benchmarks.rows import Row
from benchmarks.watchdog import Watchdog
from explorer_app.qt.application import application
from explorer_app.qt.explorer import Explorer
from explorer_app.qt.settings import Settings
from explorer_app.qt.style import Style

LONGEST = {10_000: 16.0, 100_000: 50.0}  # ms, on the machine on which promises were made
MEMORY = 600.0  # MB
TOLD = 3  # of what was done, with its pauses


def rows() -> list[Row]:
    """The longest pause of each size, and what the window held at most."""
    return [row for size in LONGEST for row in _rows(size)]


def _rows(size: int) -> list[Row]:
    from benchmarks.speed import slowness  # noqa: PLC0415 - not in the window's process: 235 MB

    slow, found = slowness(), _found(size)
    waits = waiting(size, found["worst"], slow)
    return [waits, _memory(size, found)] if size == max(LONGEST) else [waits]


def _found(size: int) -> dict[str, Any]:
    """Each size in a process of its own: memory is of that."""
    with tempfile.TemporaryDirectory() as folder:
        path, kept = written(Path(folder), size), Path(folder) / "settings.ini"
        words = [sys.executable, "-m", "benchmarks.window", str(path), str(kept)]
        done = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def waiting(size: int, worst: dict[str, float], slow: float) -> Row:
    """How long events waited, beside what was promised.

    Args:
        size: nodes.
        worst: {what was done: its longest pause, ms}, the longest first.
        slow: how many times as long things take on this machine.
    """
    longest = LONGEST[size]
    here = longest * slow
    over, above = (sum(ms > limit for ms in worst.values()) for limit in (longest, here))
    told = ", ".join(f"{step} {ms:.0f} ms" for step, ms in [*worst.items()][:TOLD])
    text = (
        f"{told}; of {len(worst)} things done {over} take longer than {longest:.0f} ms, "
        f"{above} than {here:.0f} ms"
    )
    gate = f"{longest:.0f} ms ({here:.0f} ms on this machine)"
    what = f"events wait, {size:,} nodes, in the whole window"
    return Row(what, "-", text, gate, not above, is_scaled=bool(over))


def _memory(size: int, found: dict[str, Any]) -> Row:
    text = f"{found['opened']:.0f} MB when it is open, {found['most']:.0f} MB at most"
    what = f"memory of the window, {size:,} nodes"
    return Row(what, "-", text, f"{MEMORY:.0f} MB", found["most"] <= MEMORY)


def most_held() -> float:
    """The most that this process ever held, MB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1024 / 1e6


def watched(path: str, kept: str) -> dict[str, Any]:
    """`worst`: {what was done: its longest pause, ms}; `opened`, `most`: memory, MB."""
    app, style = application(), Style("light")
    style.apply(app)
    explorer = Explorer(style, Settings(QSettings(kept, QSettings.Format.IniFormat)))
    explorer.garbage.start()
    explorer.window.show()
    loop = QEventLoop()
    person = Person(explorer, path, loop.quit)
    dog = Watchdog(lambda: person.step)
    dog.start()
    person.start()
    loop.exec()
    dog.stop()
    explorer.join()
    if not person.is_done:
        raise TimeoutError(person.step)
    return {"worst": dog.worst, "opened": person.held["open"], "most": most_held()}


if __name__ == "__main__":
    print(json.dumps(watched(*sys.argv[1:])))

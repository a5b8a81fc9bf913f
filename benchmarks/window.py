"""The whole window with a large graph, used as by a person: how long anything keeps it from answering.

A graph file is opened in a process of its own, by a window that is built as `hamilton-explorer`
builds it, without a screen; a heartbeat sees every pause of the thread that shows it.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QElapsedTimer, QEventLoop, QPoint, QPointF, QSettings, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from benchmarks.largeflow import written
from benchmarks.rows import Row
from benchmarks.watchdog import Watchdog
from explorer_app.model.boxes import turn
from explorer_app.model.plan import plan_of
from explorer_app.model.session import Session
from explorer_app.qt.application import application
from explorer_app.qt.explorer import Explorer
from explorer_app.qt.settings import Settings
from explorer_app.qt.style import Style

LONGEST = {10_000: 16.0, 100_000: 50.0}  # ms, on the machine on which promises were made
MEMORY = 600.0  # MB
PATIENCE = 60_000  # ms for one step
TOLD = 3  # of what was done, with its pauses
LOOK = 5  # ms between two looks whether a step is done
Step = tuple[str, Callable[[], object]]


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


class Person:
    """Does one thing after the other, each once the window shows what came of the one before."""

    def __init__(self, explorer: Explorer, path: str, ends: Callable[[], object]) -> None:
        self._explorer, self._path, self._ends = explorer, path, ends
        self._steps = self._all()
        self.step = "start"
        self._clock, self._looks = QElapsedTimer(), QTimer()
        self._looks.setInterval(LOOK)
        self._looks.timeout.connect(self._look)
        self.held: dict[str, float] = {}
        self.is_done = False

    def start(self) -> None:
        """Begin."""
        self._clock.start()
        self._looks.start()

    def _look(self) -> None:
        if self._clock.elapsed() > PATIENCE:
            self._end()
            return
        if not is_settled(self._explorer):
            return
        self.held[self.step] = held()
        found = next(self._steps, None)
        if found is None:
            self.is_done = True
            self._end()
            return
        self._clock.restart()
        self.step, do = found
        do()

    def _end(self) -> None:
        self._looks.stop()
        self._ends()

    # --- what is done ----------------------------------------------------------------------------

    @property
    def _session(self) -> Session:
        session = self._explorer.session
        if session is None:
            raise TypeError("nothing is open")
        return session

    def _all(self) -> Iterator[Step]:
        explorer, act = self._explorer, self._act
        yield "open", lambda: explorer.open((self._path,))
        node = len(self._session.graph) * 2 // 3
        name = self._session.graph.nodes[node].name
        yield "select", lambda: explorer.gestures.click(node)
        yield "ask +x", lambda: explorer.ask(f"+{name}")
        yield "undo", act("undo")
        yield "everything", act("everything")
        yield "context", act("context")
        yield "select again", lambda: explorer.gestures.click(node)
        yield "write a query", act("query")
        yield from self._typed("type a query", explorer.top.query.edit, f"+{name[:-1]}")
        yield "leave the line", explorer.top.query.give_up
        yield from self._lenses()
        yield from self._boxes(node)
        yield from self._tables(node)
        yield from self._canvas()
        yield "isolate +x", lambda: explorer.ask(f"+{name}")
        yield "isolate", act("isolate")
        yield "undo isolate", act("undo")
        yield "open the palette", act("palette")
        yield from self._typed("type in the palette", explorer.palette.edit, "total_4")
        yield "close the palette", explorer.palette.close_panel
        yield "pin", act("pin")
        yield "theme", act("theme")
        yield "theme back", act("theme")
        yield "select all", act("select-visible")
        yield "select none", lambda: self._session.select([])
        yield "reload", act("reload")
        yield "close", explorer.window.close

    def _act(self, command: str) -> Callable[[], None]:
        return self._explorer.actions[command].trigger

    def _typed(self, step: str, edit: QWidget, text: str) -> Iterator[Step]:
        for letter in text:
            yield step, partial(QTest.keyClick, edit, letter)

    def _lenses(self) -> Iterator[Step]:
        for name in ("owner", "module", "kind", "status", "duration", "rows", "pii", "none"):
            yield f"lens {name}", self._act(f"lens-{name}")
            if name == "pii":
                yield "leave pii", self._act("everything")

    def _boxes(self, node: int) -> Iterator[Step]:
        for key in ("owner", "namespace", "tag", "none", "module"):
            if key != "none":
                yield f"box by {key}", self._act(f"box-{key}")
        yield "close all boxes", self._act("fold-all")
        plan = plan_of(self._session)
        name = self._session.traits.families("module").box_of(node, plan.collapsed)
        yield "expand a box", lambda: turn(self._session, name)
        inner = self._session.traits.families("module").box_of(
            node, plan_of(self._session).collapsed
        )
        yield "expand one inside", lambda: turn(self._session, inner)
        yield "collapse it", lambda: turn(self._session, name)

    def _tables(self, node: int) -> Iterator[Step]:
        window = self._explorer.window
        for column, name in ((0, "name"), (5, "tags"), (7, "last run")):
            yield (
                f"sort by {name}",
                partial(window.tables.table.sortByColumn, column, Qt.SortOrder.DescendingOrder),
            )
        yield from self._typed("filter the table", window.tables.tabs.edit, "churn team-3")
        yield "filter no more", window.tables.tabs.edit.clear
        yield "scroll the table", window.tables.table.scrollToBottom
        yield "navigator by tags", partial(window.navigator.tabs.choose, 1)
        yield "navigator by owners", partial(window.navigator.tabs.choose, 2)
        yield (
            "open a branch",
            lambda: window.navigator.tree.expand(window.navigator.model.index(0, 0)),
        )
        yield "scroll the navigator", window.navigator.tree.scrollToBottom
        yield "navigator by modules", partial(window.navigator.tabs.choose, 0)
        yield "select a third", lambda: self._explorer.gestures.click(node // 2)

    def _canvas(self) -> Iterator[Step]:
        canvas = self._explorer.window.canvas
        yield "open all boxes", self._act("unfold-all")
        yield (
            "select all open",
            lambda: self._explorer.gestures.click(len(self._session.graph) // 2),
        )
        yield "frame", self._act("frame")
        for _ in range(30):
            yield "pan", partial(canvas.pan, QPointF(-40, -25))
        for number in range(24):
            yield (
                "zoom",
                partial(canvas.zoom_at, QPointF(500, 300), 2 ** (0.25 if number < 12 else -0.5)),
            )
        yield "point", partial(QTest.mouseMove, canvas, QPoint(400, 300))
        yield "all open, +x", lambda: self._explorer.ask(f"+{self._session.graph.nodes[-1].name}")
        yield "all open, pii", self._act("lens-pii")
        yield "all open, everything", self._act("everything")
        yield "all open, no lens", self._act("lens-none")
        yield "close all again", self._act("fold-all")


def is_settled(explorer: Explorer) -> bool:
    """Whether the window shows what it was asked for."""
    canvas, opening = explorer.window.canvas, explorer.opening
    is_drawn = canvas.screen_picture.is_exact or not explorer.window.is_started
    is_busy = opening.is_busy or explorer.is_busy or explorer.link.is_waiting
    return is_drawn and not is_busy and not canvas.is_moving


def held() -> float:
    """Memory of this process, MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


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

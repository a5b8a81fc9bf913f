"""Somebody who uses the whole window: one thing after the other, each once the window shows the last."""

import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QElapsedTimer, QPoint, QPointF, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from explorer_app.model.boxes import turn
from explorer_app.model.exports import FORM, MOST_DRAWN
from explorer_app.model.plan import plan_of
from explorer_app.model.session import Session
from explorer_app.qt.explorer import Explorer

PATIENCE = 60_000  # ms for one step
LOOK = 5  # ms between two looks whether a step is done
LETTER = 40  # ms between two letters
SIDES = ((1430, 890), (1200, 800), (1600, 1000), (1440, 900))  # px of the window
Step = tuple[str, Callable[[], object]]


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
        yield from self._window()
        yield from self._history(node)
        if len(self._session.graph) <= MOST_DRAWN:
            yield from self._inputs()
            yield from self._files()
            yield from self._again(f"+{name[:-1]}")
        yield "close", explorer.window.close

    def _again(self, text: str) -> Iterator[Step]:
        explorer = self._explorer
        yield "reload, and type", lambda: self._reload_and_type(text)
        yield "leave the line again", explorer.top.query.give_up
        yield "start page", self._act("start")
        yield "open again", lambda: explorer.open((self._path,))

    def _reload_and_type(self, text: str) -> None:
        """One thing after the other, but none waits until the window shows what came of it."""
        edit = self._explorer.top.query.edit
        keys = [partial(QTest.keyClick, edit, letter) for letter in text]
        self._in_a_hurry([self._act("reload"), self._act("query"), *keys])

    def _in_a_hurry(self, things: Sequence[Callable[[], object]]) -> None:
        things[0]()
        if things[1:]:
            QTimer.singleShot(LETTER, self._looks, partial(self._in_a_hurry, things[1:]))

    def _window(self) -> Iterator[Step]:
        explorer, act = self._explorer, self._act
        for wide, high in SIDES:
            yield "resize", partial(explorer.window.resize, wide, high)
        for pane in ("navigator", "inspector", "tables", "minimap"):
            yield f"without {pane}", act(pane)
            yield f"with {pane}", act(pane)
        yield "reset panes", act("panes")
        for sheet in ("keys", "language"):
            yield f"show {sheet}", act(sheet)
            yield f"close {sheet}", getattr(explorer, sheet).close_panel

    def _history(self, node: int) -> Iterator[Step]:
        act = self._act
        yield "select one more", lambda: self._explorer.gestures.click(node)
        for command in ("upstream", "isolate", "hide", "more-downstream"):
            yield command, act(command)
        for command in ("back", "back", "forward", "undo", "undo", "redo"):
            yield command, act(command)
        yield "everything again", act("everything")

    def _inputs(self) -> Iterator[Step]:
        for inputs in ("inputs-hidden", "inputs-repeated"):
            yield inputs, self._act(inputs)
            yield f"no {inputs}", self._act(inputs)

    def _files(self) -> Iterator[Step]:
        exports = self._explorer.exports
        for kind in ("csv", "markdown"):
            yield f"copy {kind}", self._act(f"copy-{kind}")
        yield "ask what to save", self._act("export")
        yield "save nothing", exports.panel.close_panel
        for form in ("png", "svg", "csv"):
            path = Path(self._path).with_suffix(FORM[form].suffix)
            asked = exports.panel.usual._replace(form=FORM[form], path=path)
            yield f"save {form}", partial(exports.save, asked)

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
    is_busy = is_busy or explorer.exports.exporter.is_busy
    return is_drawn and not is_busy and not canvas.is_moving


def held() -> float:
    """Memory of this process, MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

"""What the canvas takes of the thread that shows it, beside a QGraphicsScene of items.

Frames are drawn without a screen, as a window would draw them; a heartbeat of 2 ms sees how long
that thread works before it looks at its events again, while a script pans, zooms, points and asks.
All times are of the processor, so that neighbours do not count.
"""

import gc
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QPointF, QTimer
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QApplication,
    QGraphicsLineItem,
    QGraphicsRectItem,
    QGraphicsScene,
    QGraphicsView,
)

from benchmarks.rows import Row
from benchmarks.scenes import layered, lit
from explorer_app.canvas.fonts import Fonts
from explorer_app.canvas.prepared import PreparedScene
from explorer_app.canvas.theme import Theme
from explorer_app.canvas.widget import Canvas
from hamilton_ol.graph.scene.scene import Scene

SIZE = (1600, 1000)
SIZES = (1_000, 10_000, 100_000)
PEER = 10_000  # nodes: at 100,000 the peer takes gigabytes
ZOOMS = (0.2, 0.45, 0.8)
FRAMES = 30
LONGEST = {1_000: 16.0, 10_000: 16.0, 100_000: 50.0}  # ms


@dataclass
class Watchdog:
    """Notes how long the thread works between two heartbeats, ms."""

    late: list[float] = field(default_factory=list)
    _last: float = 0.0

    def start(self) -> QTimer:
        """Begin; stop the timer to end."""
        timer = QTimer()
        timer.setInterval(2)
        timer.timeout.connect(self._beat)
        self._last = time.thread_time()
        timer.start()
        return timer

    def _beat(self) -> None:
        now = time.thread_time()
        self.late.append((now - self._last) * 1e3)
        self._last = now


def timed(*actions: Callable[[], object]) -> float:
    """Milliseconds of the processor that actions take of this thread."""
    began = time.thread_time()
    for action in actions:
        action()
    return (time.thread_time() - began) * 1e3


def held() -> float:
    """Memory of this process, MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def p95(values: list[float]) -> float:
    """What all but one in twenty stay below."""
    return float(np.percentile(values, 95))


class Session:
    """A canvas with a large scene, used as by a person in a hurry."""

    def __init__(self, scene: Scene, theme: Theme) -> None:
        self._application = QApplication.instance()
        self.canvas = Canvas(theme, clock=time.thread_time)
        self.canvas.resize(*SIZE)
        self.canvas.show()
        QApplication.processEvents()
        self.scene, self.theme = scene, theme

    def prepare(self) -> float:
        """Index and texts, which another thread may make; ms."""
        began = time.thread_time()
        self._prepared = PreparedScene(self.scene, self.theme)
        return (time.thread_time() - began) * 1e3

    def open(self) -> float:
        """From the prepared scene to the first exact picture; ms."""
        began = time.thread_time()
        self.canvas.setScene(self._prepared)
        self.canvas.screen_picture.finish()
        self.canvas.repaint()
        return (time.thread_time() - began) * 1e3

    def _spots(self) -> list[tuple[float, float]]:
        nodes = np.linspace(0, len(self.scene) - 1, 4).astype(int)
        boxes = self.scene.boxes[nodes]
        return [(float(left), float(top)) for left, top in boxes[:, :2]]

    def pan(self) -> list[float]:
        """Frames while the scene is drawn along, at each zoom; ms."""
        return [ms for zoom in ZOOMS for ms in self._frames(zoom, self._pan_step)]

    def zoom(self) -> list[float]:
        """Frames while the wheel turns; ms."""
        everywhere = [self._frames(zoom, self._zoom_step) for zoom in (None, *ZOOMS)]
        return [ms for found in everywhere for ms in found]

    def _frames(self, zoom: float | None, step: Callable[[int], None]) -> list[float]:
        canvas = self.canvas
        canvas.fit(fly=False)
        if zoom is not None:
            x, y = self._spots()[1]
            canvas.setView(replace(canvas.view, zoom=zoom, x=x, y=y), fly=False)
        canvas.screen_picture.finish()

        def frame(number: int) -> float:
            return timed(partial(step, number), canvas.repaint)

        return [frame(number) for number in range(FRAMES)]

    def _pan_step(self, _number: int) -> None:
        self.canvas.pan(QPointF(-9, -5))

    def _zoom_step(self, number: int) -> None:
        self.canvas.zoom_at(QPointF(700, 400), 2 ** (1 / 8 if number % 10 < 5 else -1 / 8))

    def answers(self) -> list[float]:
        """From new looks to a frame that shows them; ms."""
        canvas, found = self.canvas, []
        for zoom in ZOOMS:
            x, y = self._spots()[1]
            canvas.setView(replace(canvas.view, zoom=zoom, x=x, y=y), fly=False)
            canvas.setLooks(self.scene.plain_looks())
            canvas.screen_picture.finish()
            for seed in range(3):
                looks = lit(self.scene, 0.4, seed)
                found.append(timed(partial(canvas.setLooks, looks), canvas.repaint))
                canvas.screen_picture.finish()
        return found

    def hurry(self, seconds: float) -> list[float]:
        """What the watchdog saw while a script did all of it with the event loop running; ms."""
        dog = Watchdog()
        heart = dog.start()
        hand = QTimer()
        hand.setInterval(9)
        step = iter(range(1_000_000))
        hand.timeout.connect(lambda: self._one(next(step)))
        hand.start()
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            QApplication.processEvents()
        heart.stop()
        hand.stop()
        return dog.late

    def _one(self, number: int) -> None:
        """One thing of a script; long things come rarely, as from people."""
        canvas = self.canvas
        match number % 200:
            case 0:
                canvas.fit(fly=False)
            case 60 | 120:
                x, y = self._spots()[number % 3]
                canvas.setView(replace(canvas.view, zoom=ZOOMS[number % 3], x=x, y=y), fly=False)
            case 90:
                canvas.setLooks(self._asked)
            case 170:
                canvas.setLooks(self._plain)
            case value if value % 2:
                self._pan_step(number)
            case value if value % 3:
                point = QPointF(number * 37 % SIZE[0], number * 23 % SIZE[1])
                canvas.hover(canvas.hit_at(point))
            case _:
                self._zoom_step(number // 6)

    def make_looks(self) -> None:
        """What the script asks for, made before as a query's answer is by another thread."""
        self._plain, self._asked = self.scene.plain_looks(), lit(self.scene, 0.4, 1)


def peer_frames(scene: Scene) -> dict[str, list[float]]:
    """Frames of a QGraphicsScene with an item for each node and edge; ms."""
    made = QGraphicsScene()
    made.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
    for left, top, wide, high in scene.boxes.tolist():
        made.addItem(QGraphicsRectItem(left, top, wide, high))
    pen = QPen(QColor("#BAC3CE"), 0)
    for x, y, to_x, to_y in scene.routes.curves.ends[scene.edges.route].tolist():
        line = QGraphicsLineItem(x, y, to_x, to_y)
        line.setPen(pen)
        made.addItem(line)
    view = QGraphicsView(made)
    view.setRenderHint(QPainter.RenderHint.Antialiasing)
    view.resize(*SIZE)
    view.show()
    view.scale(ZOOMS[0], ZOOMS[0])
    QApplication.processEvents()
    bar, port = view.verticalScrollBar(), view.viewport()
    pan = [timed(lambda: bar.setValue(bar.value() + 5), port.repaint) for _ in range(10)]
    zoom = [timed(lambda: view.scale(0.917, 0.917), port.repaint) for _ in range(10)]
    view.close()
    return {"pan": pan, "zoom": zoom}


def rows() -> list[Row]:
    """Frames, answers and the longest step at each size."""
    application = QApplication.instance() or QApplication([])
    theme, found, peer = Theme("light"), [], {}
    for size in SIZES:
        scene = layered(size, Fonts(theme))
        if size == PEER:
            peer = peer_frames(scene)
        found += _rows(size, scene, theme, peer)
    del application
    return found


def _rows(size: int, scene: Scene, theme: Theme, peer: dict[str, list[float]]) -> list[Row]:
    before = held()
    session = Session(scene, theme)
    prepared, opened = session.prepare(), session.open()
    session.make_looks()
    gc.collect()
    gc.freeze()  # a full collection of a large scene takes longer than a frame
    frames = {"pan": session.pan(), "zoom": session.zoom()}
    answers, late = session.answers(), session.hurry(8.0)
    slowest, grown = session.canvas.screen_picture.slowest, held() - before
    session.canvas.close()
    nodes, at = f"{size:,} nodes", f"{PEER:,} nodes, every item: "
    made = []
    for name, values in frames.items():
        usual = f"{at}{statistics.median(peer[name]):.0f} ms" if peer else "-"
        text = f"{statistics.median(values):.1f} ms, p95 {p95(values):.1f} ms"
        made.append(Row(f"{name}, {nodes}, a frame", usual, text, "p95 8 ms", p95(values) <= 8.0))
    text = f"{statistics.median(answers):.0f} ms, p95 {p95(answers):.0f} ms"
    made.append(Row(f"an answer is shown, {nodes}", "-", text, "p95 30 ms", p95(answers) <= 30))
    over = sum(value > LONGEST[size] for value in late)
    where = f"{slowest[1]} {slowest[0] * 1e3:.0f} ms"
    text = f"{max(late):.0f} ms; {over} of {len(late)} over; longest step {where}"
    gate = f"{LONGEST[size]:.0f} ms"
    made.append(
        Row(f"events wait, {nodes}, in a hurry", "-", text, gate, max(late) <= LONGEST[size])
    )
    text = f"{opened:.0f} ms after {prepared:.0f} ms on another thread; {grown:.0f} MB"
    made.append(
        Row(f"first picture, {nodes}", "-", text, "1 s, 600 MB", opened < 1000 and grown < 600)
    )
    return made

"""Keeps the picture of a view up to date and puts it on the screen at once, exact or not yet."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QRect, QRectF, QSize, QTimer
from PySide6.QtGui import QImage, QPainter

from explorer_app.canvas.buffers import Buffer, BufferPool, Frame
from explorer_app.canvas.drawing import Layer, Part, SceneDrawing
from explorer_app.canvas.idle import IdleCall
from explorer_app.canvas.refine import Pictures, Refinement, Told, margins
from explorer_app.canvas.theme import faded
from explorer_app.scene.viewport import Viewport

SLICE = 0.003  # s of drawing between two looks at the events
AT_ONCE = 0.006  # s: a view that took less the last time is drawn before it is shown
ANSWER = 0.006  # s that what stands out may take before the rest follows
SETTLE = 40  # ms without a movement before it is drawn exactly
AHEAD = 60  # px: what is so near to the view is drawn before it is needed
SMOOTH = 0.0035  # s that a smooth stretch may take
VEIL = 0.66  # how far everything steps back until that is drawn


class Screen(QObject):
    """The picture of a view.

    Args:
        changed: called when there is something new to be shown.
        parent: owns it.
        clock: seconds, for slices.
        drawn: called when everything is drawn, before that is shown as exact.

    Attributes:
        refined: called with True when a picture is exact.
        slowest: the longest step so far, s, and where it was.
    """

    def __init__(
        self,
        changed: Callable[[], None],
        parent: QObject,
        clock: Callable[[], float] = time.perf_counter,
        drawn: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__(parent)
        self._changed, self._clock = changed, clock
        self._told = Told(self._show, self._keep, self._spare_overview, drawn)
        self._pool, self._pictures = BufferPool(), Pictures()
        self._overviews = BufferPool()
        self._overview: Buffer | None = None
        self._held = QImage()  # of another scene, until there is a picture of this one
        self._spare = QImage()  # its pixels: the first touch of new ones is dear
        self._drawing: SceneDrawing | None = None
        self._view = Viewport()
        self._job: Refinement | None = None
        self._answers = False  # whether that is to be shown before it is drawn exactly
        self._spent, self._last_cost = 0.0, 1.0
        self._worked = 0.0  # s since others last had their turn
        self._stretch_rate, self._stretched = 0.0, 0.0
        self.slowest: tuple[float, str] = (0.0, "")
        self._settle, self._next = QTimer(self), IdleCall(self._work, self)
        self._turn = QTimer(self)
        for timer in (self._settle, self._turn):
            timer.setSingleShot(True)
        self._settle.timeout.connect(self.start)

    # --- what changes ----------------------------------------------------------------------------

    @property
    def is_exact(self) -> bool:
        """Whether what is shown is what there is."""
        waiting = self._settle.isActive() or self._next.is_waiting
        return self._job is None and not waiting

    @property
    def front(self) -> Buffer | None:
        """What is shown."""
        return self._pictures.front

    def hold(self) -> QImage:
        """Keep showing what is shown, until there is a picture of another scene; what that is."""
        if self._pictures.front is not None:
            self._held = QImage(self._painted())
            self._pictures, self._overview = Pictures(), None
        return self._held

    def set_drawing(self, drawing: SceneDrawing, view: Viewport) -> None:
        """Show another scene, or the same with other looks."""
        old = self._drawing
        is_same = old is not None and old.prepared is drawing.prepared
        if not is_same or old is None or old.theme is not drawing.theme:
            self.hold()
        self._drawing = drawing
        self._stop()
        self._view = view
        is_quick = self._last_cost < AT_ONCE  # the exact picture is there as soon
        if self._pictures.back is None or is_quick or not drawing.looks.is_dimmed:
            self._begin()
        else:
            self._answers = True
            self._next.start()
            self._changed()

    def set_view(self, view: Viewport) -> None:
        """Show another part."""
        old, self._view = self._view, view
        is_resized = old.size != view.size
        if is_resized:
            self._pictures = Pictures(front=self._pictures.front)
        is_panned = not is_resized and old.scale == view.scale and self.front is not None
        if is_panned and self._job is not None and not self._is_short():
            return  # it goes on; what it misses follows
        self._stop()
        if self._last_cost < AT_ONCE:
            self._begin(AT_ONCE)
        elif is_panned and self._is_short():
            self._settle.start(0)  # strips are drawn while the hand still moves
        else:
            self._settle.start(SETTLE)
        self._changed()

    def _is_short(self) -> bool:
        """Whether the picture ends near an edge of the view."""
        front = self._pictures.front
        if front is None:
            return True
        there = front.valid.translated(*front.offset(Frame.of(self._view)))
        across, down = (min(AHEAD, margin) for margin in margins(self._view))
        wanted = QRect(QPoint(0, 0), self._size()).adjusted(-across, -down, across, down)
        return not there.contains(wanted)

    def _size(self) -> QSize:
        return QRect(0, 0, *self._view.size).size()

    # --- drawing ---------------------------------------------------------------------------------

    def _begin(self, seconds: float = 0.0) -> None:
        """Start anew, and go on with it right now for so long."""
        self.start(work=False)
        if seconds and (rest := seconds - self._worked_now()) > 0:
            self._spend(rest)
        if self._job is not None:
            self._next.start()
        self._changed()

    def start(self, *, work: bool = True) -> None:
        """Draw the view anew."""
        self._stop()
        if self._drawing is None or self._view.width <= 1:
            return
        self._spent = 0.0
        self._job = Refinement(self._drawing, self._view, self._pictures, self._pool, self._told)
        if work:
            self._work()

    def finish(self) -> None:
        """Draw to the end, however long it takes."""
        self._settle.stop()
        self.start(work=False)
        while self._job is not None:
            self._spend(1.0)

    def pause(self) -> None:
        """Draw no more until something changes."""
        self._stop()

    def _stop(self) -> None:
        self._settle.stop()
        self._next.stop()
        self._answers = False
        if self._job is not None:
            self._job.close()
            self._job = None

    def _work(self) -> None:
        if self._answers and self._drawing is not None:
            self._answer(self._drawing)
            self._begin()
            return
        self._spend(SLICE)
        if self._job is not None:
            self._next.start()
        elif self._is_short():
            self._settle.start(0)

    def _spend(self, seconds: float) -> None:
        job = self._job
        if job is None:
            return
        began = self._clock()
        is_done = job.work(seconds, self._clock)
        took = self._clock() - began
        self._spent += took
        self._worked = self._worked_now() + took
        self._turn.start(0)
        self.slowest = max(self.slowest, job.slowest)
        if is_done and self._job is job:
            self._job = None
            self._changed()

    def _worked_now(self) -> float:
        """How long it has worked while nobody else had a turn, s."""
        return self._worked if self._turn.isActive() else 0.0

    def _show(self, pictures: Pictures) -> None:
        self._pictures, self._held = pictures, QImage()
        self._last_cost = self._spent or 1.0
        self._changed()

    def _keep(self, overview: Buffer) -> None:
        self._overview = overview

    def _spare_overview(self, size: tuple[int, int]) -> Buffer:
        return self._overviews.take(size, (self._overview,))

    def _answer(self, drawing: SceneDrawing) -> None:
        """Show what stands out, over what is there; the exact picture follows."""
        back = self._pictures.back
        if back is None or back.frame[:2] != Frame.of(self._view)[:2]:
            return
        size = self._view.size
        front = self._pool.take(back.size, (back,))
        front.frame = back.frame
        corner = QPoint(*Frame.of(self._view)[2:]) - QPoint(*back.frame[2:])
        seen = QRect(corner.x(), corner.y(), *size).intersected(back.valid)
        for _ in front.copy_from(back, seen):
            pass
        painter = QPainter(front.image)
        painter.setClipRect(seen)
        if self._pictures.signature != drawing.signature:
            painter.fillRect(seen, faded(drawing.theme.color("canvas"), VEIL))
        end = self._clock() + ANSWER
        for _ in drawing.draw(front, painter, Part(Layer.FOREGROUND, seen, nodes_first=True)):
            if self._clock() > end:
                break
        painter.end()
        front.valid = seen
        self._pictures = self._pictures._replace(front=front)

    # --- putting it on the screen ----------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        """Put the view on the screen; the painter is in device px."""
        view = QRect(0, 0, *self._view.size)
        front, frame = self._pictures.front, Frame.of(self._view)
        canvas = self._drawing.theme.color("canvas") if self._drawing else None
        if front is None:
            if canvas is not None:
                painter.fillRect(view, canvas)
            painter.drawImage(0, 0, self._held)
            return
        if canvas is not None and not _place(front, frame).contains(view):
            painter.fillRect(view, canvas)
            if self._overview is not None:
                self._stretch(painter, self._overview, frame, view)
        if front.frame[:2] == frame[:2]:
            part = front.valid.translated(*front.offset(frame)).intersected(view)
            across, down = front.offset(frame)
            painter.drawImage(part.topLeft(), front.image, part.translated(-across, -down))
        else:
            self._stretch(painter, front, frame, view)

    def _painted(self) -> QImage:
        """What it puts on the screen now."""
        if self._spare.size() != self._size():
            self._spare = QImage(self._size(), QImage.Format.Format_RGB32)
        painter = QPainter(self._spare)
        self.paint(painter)
        painter.end()
        return self._spare

    def _stretch(self, painter: QPainter, buffer: Buffer, frame: Frame, view: QRect) -> None:
        """Put a picture of another zoom in its place; smoothly when that is quick enough."""
        grown, valid = frame.scale / buffer.frame.scale, buffer.valid
        place = _place(buffer, frame)
        seen = place.intersected(QRectF(view))
        if seen.isEmpty():
            return
        source = QRectF(
            (seen.left() - place.left()) / grown + valid.left(),
            (seen.top() - place.top()) / grown + valid.top(),
            seen.width() / grown,
            seen.height() / grown,
        )
        began, area = self._clock(), seen.width() * seen.height()
        is_smooth = self._stretch_rate * area < SMOOTH or began - self._stretched > 2.0
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, is_smooth)
        painter.drawImage(seen, buffer.image, source)
        if is_smooth and area > 200_000:
            self._stretched = self._clock()
            self._stretch_rate = (self._stretched - began) / area


def _place(buffer: Buffer, frame: Frame) -> QRectF:
    """Where in a frame that is what a picture shows, of whatever zoom."""
    grown, valid = frame.scale / buffer.frame.scale, buffer.valid
    left = (buffer.frame.left + valid.left()) * grown - frame.left
    top = (buffer.frame.top + valid.top()) * grown - frame.top
    return QRectF(left, top, valid.width() * grown, valid.height() * grown)

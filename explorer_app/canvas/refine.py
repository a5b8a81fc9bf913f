"""Redraws a view in slices of a few milliseconds: first what is seen, then a margin around it."""

import time
from collections.abc import Callable, Generator, Iterator
from typing import Any, NamedTuple

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from explorer_app.canvas.buffers import Buffer, BufferPool, Frame
from explorer_app.canvas.drawing import Layer, Part, SceneDrawing
from explorer_app.scene.viewport import Viewport

MARGIN = 0.25  # of the view, on each side
MARGIN_FINE = 0.125  # the same on fine screens, whose pictures are four times as large


class Pictures(NamedTuple):
    """What has been drawn of a scene.

    Attributes:
        back: everything, as it looks or as if it stepped back; None before the first picture.
        front: what is shown: the same, or with what stands out drawn over it.
        signature: of the drawing that made the back.
    """

    back: Buffer | None = None
    front: Buffer | None = None
    signature: tuple[object, ...] = ()


class Told(NamedTuple):
    """Who is told of a redrawing.

    Attributes:
        show: called with what is to be shown from now on.
        show_overview: called with a picture of the whole, when there is one.
        spare: gives a buffer of a size for that.
        drawn: called when all is drawn.
    """

    show: Callable[[Pictures], object]
    show_overview: Callable[[Buffer], object]
    spare: Callable[[tuple[int, int]], Buffer]
    drawn: Callable[[], object]


def margins(view: Viewport) -> tuple[int, int]:
    """How much is drawn beside, and above and below what is seen, device px."""
    share = MARGIN if view.ratio == 1 else MARGIN_FINE
    wide, high = view.size
    return round(wide * share), round(high * share)


class Refinement:
    """One redrawing of a view.

    Args:
        drawing: of the scene.
        view: what is seen.
        old: what has been drawn before, of which is kept what still holds.
        pool: hands out pictures.
        told: who is told of it.
    """

    def __init__(
        self,
        drawing: SceneDrawing,
        view: Viewport,
        old: Pictures,
        pool: BufferPool,
        told: Told,
    ) -> None:
        self._drawing, self._view, self._old = drawing, view, old
        self._pool, self._told = pool, told
        self._steps: Any = self._run()
        self.slowest: tuple[float, str] = (0.0, "")

    def close(self) -> None:
        """End it half-way."""
        self._steps.close()
        self._steps = iter(())  # Python 3.13 keeps all that one which never began holds

    def work(self, seconds: float, clock: Callable[[], float] = time.perf_counter) -> bool:
        """Do some of it; whether it is done."""
        end = clock() + seconds
        while True:
            began = clock()
            if began >= end:
                return False
            if next(self._steps, True):
                return True
            self._note(clock() - began)

    def _note(self, took: float) -> None:
        if took > self.slowest[0]:
            innermost = self._steps
            while (inner := innermost.gi_yieldfrom) is not None:
                innermost = inner
            line = innermost.gi_frame.f_lineno if innermost.gi_frame else 0
            self.slowest = (took, f"{innermost.__qualname__}:{line}")

    def _run(self) -> Generator[None, None, None]:
        view, drawing = self._view, self._drawing
        wide, high = view.size
        across, down = margins(view)
        size = (wide + 2 * across, high + 2 * down)
        seen = QRect(across, down, wide, high)
        frame = Frame.of(view, across, down)
        back = self._buffer(size, frame, ())
        kept = yield from self._keep(back)
        is_dimmed = drawing.looks.is_dimmed
        front = self._buffer(size, frame, (back,)) if is_dimmed else back
        painters = [QPainter(back.image)] + ([QPainter(front.image)] if is_dimmed else [])
        try:
            yield from self._both(back, front, painters, _without(seen, kept), seen)
            back.valid = front.valid = QRect(seen)
            self._told.show(Pictures(back, front, drawing.signature))
            yield
            for part in _ring(size, seen):
                yield from self._both(back, front, painters, _without(part, kept), part)
            back.valid = front.valid = back.rect
            yield from self._keep_overview(front, seen)
        finally:
            for painter in painters:
                painter.end()
        yield
        self._told.drawn()

    def _buffer(self, size: tuple[int, int], frame: Frame, held: tuple[Buffer, ...]) -> Buffer:
        buffer = self._pool.take(size, (self._old.back, self._old.front, *held))
        buffer.frame = frame
        return buffer

    def _keep(self, back: Buffer) -> Generator[None, None, QRect]:
        """Take over what the old picture shows of the new one; returns which part that is."""
        old = self._old.back
        same = old is not None and self._old.signature == self._drawing.signature
        if old is None or not same or old.frame[:2] != back.frame[:2]:
            return QRect()
        kept = old.valid.translated(*old.offset(back.frame)).intersected(back.rect)
        yield from back.copy_from(old, kept)
        return kept

    def _keep_overview(self, front: Buffer, seen: QRect) -> Iterator[None]:
        """Keep a picture of the whole, if this view shows it."""
        left, top, right, bottom = self._drawing.prepared.scene.bounds
        window = front.frame.window(front.rect)
        if left < window.left or right > window.right:
            return
        if top < window.top or bottom > window.bottom:
            return
        overview = self._told.spare((seen.width(), seen.height()))
        overview.frame = Frame.of(self._view)
        yield from overview.copy_from(front, overview.rect)
        overview.valid = overview.rect
        self._told.show_overview(overview)

    def _both(
        self,
        back: Buffer,
        front: Buffer,
        painters: list[QPainter],
        missing: list[QRect],
        whole: QRect,
    ) -> Iterator[None]:
        drawing = self._drawing
        layer = Layer.EVERYTHING if front is back else Layer.BACKGROUND
        for rect in missing:
            yield from drawing.draw(back, painters[0], Part(layer, rect))
        if front is not back:
            yield from front.copy_from(back, whole)
            yield from drawing.draw(front, painters[1], Part(Layer.FOREGROUND, whole))


def _ring(size: tuple[int, int], seen: QRect) -> list[QRect]:
    """What is around a rectangle."""
    return _without(QRect(0, 0, *size), seen)


def _without(rect: QRect, gone: QRect) -> list[QRect]:
    """The parts of a rectangle that are not in another one."""
    gone = gone.intersected(rect)
    if gone.isEmpty():
        return [rect]
    left, right = rect.left(), rect.right()
    parts = [
        QRect(left, rect.top(), rect.width(), gone.top() - rect.top()),
        QRect(left, gone.bottom() + 1, rect.width(), rect.bottom() - gone.bottom()),
        QRect(left, gone.top(), gone.left() - left, gone.height()),
        QRect(gone.right() + 1, gone.top(), right - gone.right(), gone.height()),
    ]
    return [part for part in parts if part.width() > 0 and part.height() > 0]

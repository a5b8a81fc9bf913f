"""What the mouse and the wheel do."""

from enum import Enum
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent

from explorer_app.scene.hits import Hit

DRAG_FROM = 4.0  # px that the pointer moves before it is a drag
WHEEL_STEP = 960.0  # eighths of a degree that double the zoom: eight clicks
CLICK = 120.0  # eighths of a degree


class Mode(Enum):
    """What a pressed button is about to do."""

    NOTHING = "nothing"
    PRESSED = "pressed, not moved yet"
    PANNING = "pans"
    BANDING = "draws a band"
    DRAGGING = "drags a node"
    MAPPING = "moves in the minimap"


class Pointed(Protocol):
    """What the pointer acts on; points are px of the view."""

    def hit_at(self, point: QPointF) -> Hit:
        """What is at a point."""

    def is_in_minimap(self, point: QPointF) -> bool:
        """Whether the minimap is there."""

    def pan(self, by: QPointF) -> None:
        """Draw the scene along."""

    def center_from_minimap(self, point: QPointF) -> None:
        """Go to a point of the minimap."""

    def zoom_at(self, point: QPointF, factor: float) -> None:
        """Zoom, with what is at a point left there."""

    def hover(self, hit: Hit) -> None:
        """The pointer is over something else."""

    def band(self, rect: QRectF | None, *, done: bool, modifiers: Qt.KeyboardModifier) -> None:
        """The rubber band has another size, is given up, or is done."""

    def drag(self, node: int, by: QPointF, *, done: bool) -> None:
        """A node is on its way."""

    def clicked(self, hit: Hit, modifiers: Qt.KeyboardModifier) -> None:
        """Something was clicked."""

    def double_clicked(self, hit: Hit) -> None:
        """Something was clicked twice."""

    def hop(self, hit: Hit, up: int, down: int) -> None:
        """More or fewer hops around a node, or a row, are wanted."""


class Pointer:
    """Turns events of the mouse into what they mean."""

    def __init__(self, pointed: Pointed) -> None:
        self._pointed = pointed
        self._mode = Mode.NOTHING
        self._start, self._last = QPointF(), QPointF()
        self._pressed = Hit()
        self._turned = 0.0

    def press(self, event: QMouseEvent) -> None:
        """A button went down."""
        if event.button() not in {Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton}:
            return
        self._start = self._last = event.position()
        self._mode = Mode.PRESSED
        if self._pointed.is_in_minimap(self._start):
            self._mode = Mode.MAPPING
            self._pointed.center_from_minimap(self._start)
            return
        self._pressed = self._pointed.hit_at(self._start)
        if event.button() == Qt.MouseButton.MiddleButton:
            self._mode = Mode.PANNING

    def move(self, event: QMouseEvent) -> None:
        """The pointer moved."""
        at = event.position()
        if self._mode is Mode.NOTHING:
            minimap = self._pointed.is_in_minimap(at)
            self._pointed.hover(Hit() if minimap else self._pointed.hit_at(at))
            return
        if self._mode is Mode.PRESSED and (at - self._start).manhattanLength() >= DRAG_FROM:
            self._mode = self._meant(event.modifiers())
        by, self._last = at - self._last, at
        self._continue(event, by)

    def _meant(self, modifiers: Qt.KeyboardModifier) -> Mode:
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            return Mode.BANDING
        return Mode.DRAGGING if self._pressed.part in {"node", "row"} else Mode.PANNING

    def _continue(self, event: QMouseEvent, by: QPointF) -> None:
        match self._mode:
            case Mode.PANNING:
                self._pointed.pan(by)
            case Mode.BANDING:
                band = QRectF(self._start, event.position())
                self._pointed.band(band, done=False, modifiers=event.modifiers())
            case Mode.DRAGGING:
                self._pointed.drag(self._pressed.node, event.position() - self._start, done=False)
            case Mode.MAPPING:
                self._pointed.center_from_minimap(event.position())
            case _:
                pass

    def release(self, event: QMouseEvent) -> None:
        """A button went up."""
        mode, self._mode = self._mode, Mode.NOTHING
        at = event.position()
        match mode:
            case Mode.PRESSED:
                self._pointed.clicked(self._pressed, event.modifiers())
            case Mode.BANDING:
                self._pointed.band(QRectF(self._start, at), done=True, modifiers=event.modifiers())
            case Mode.DRAGGING:
                self._pointed.drag(self._pressed.node, at - self._start, done=True)
            case _:
                pass

    def double_click(self, event: QMouseEvent) -> None:
        """A button went down again."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pointed.double_clicked(self._pointed.hit_at(event.position()))

    def cancel(self) -> bool:
        """Give up what a pressed button was doing; whether there was something."""
        mode, self._mode = self._mode, Mode.NOTHING
        none = Qt.KeyboardModifier.NoModifier
        if mode is Mode.BANDING:
            self._pointed.band(None, done=False, modifiers=none)
        elif mode is Mode.DRAGGING:
            self._pointed.drag(-1, QPointF(), done=True)
        return mode in {Mode.BANDING, Mode.DRAGGING}

    def wheel(self, event: QWheelEvent) -> None:
        """The wheel turned: zoom at the pointer; with Shift sideways, with Alt hops."""
        turned, at = event.angleDelta(), event.position()
        modifiers = event.modifiers()
        if modifiers & Qt.KeyboardModifier.AltModifier:
            # some platforms turn the wheel's axis with Alt
            self._hop(turned.y() or turned.x(), at, modifiers)
        elif modifiers & Qt.KeyboardModifier.ShiftModifier:
            self._pointed.pan(QPointF(turned.y() or turned.x(), 0) / 2)
        elif turned.y():
            self._pointed.zoom_at(at, 2 ** (turned.y() / WHEEL_STEP))

    def _hop(self, turned: float, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        hit = self._pointed.hit_at(at)
        self._turned = self._turned + turned if hit.node >= 0 else 0.0
        steps = int(self._turned / CLICK)
        if steps == 0:
            return
        self._turned -= steps * CLICK
        up_only = modifiers & Qt.KeyboardModifier.ShiftModifier
        self._pointed.hop(hit, steps, 0 if up_only else steps)

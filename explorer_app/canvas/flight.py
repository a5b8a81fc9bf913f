"""Moves a view to another one; at once for people who want nothing to move."""

from collections.abc import Callable

from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation

from explorer_app.scene.viewport import Viewport
from hamilton_ol.graph.scene.tokens import tokens


class Flight(QObject):
    """Flies from view to view.

    Args:
        show: called with each view on the way, and the last.
        parent: owns it.

    Attributes:
        is_reduced: whether nothing is to move.
    """

    def __init__(self, show: Callable[[Viewport], None], parent: QObject) -> None:
        super().__init__(parent)
        self.is_reduced = False
        self._show = show
        self._start = self._end = Viewport()
        self._animation = QVariantAnimation(self)
        self._animation.setDuration(tokens()["motion"]["stay"])
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.valueChanged.connect(self._advance)

    @property
    def target(self) -> Viewport | None:
        """Where it flies to; None when it does not."""
        running = self._animation.state() == QVariantAnimation.State.Running
        return self._end if running else None

    def fly(self, start: Viewport, end: Viewport) -> None:
        """Go from view to view."""
        self.stop()
        if self.is_reduced:
            self._show(end)
            return
        self._start, self._end = start, end
        self._animation.start()

    def stop(self) -> None:
        """Stay where it is."""
        self._animation.stop()

    def _advance(self, share: float) -> None:
        self._show(self._end if share >= 1.0 else self._start.between(self._end, share))

"""Shows a scene: which part, how large, in which look; what is done with it is not its business."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from explorer_app.canvas.drawing import SceneDrawing
from explorer_app.canvas.flight import Flight
from explorer_app.canvas.kit import Kits
from explorer_app.canvas.legend import Legend
from explorer_app.canvas.overlay import Overlay, OverlayState
from explorer_app.canvas.picking import pick
from explorer_app.canvas.prepared import PreparedScene
from explorer_app.canvas.screen import Screen
from explorer_app.canvas.theme import Theme
from explorer_app.canvas.transition import Transition
from explorer_app.scene.anchors import is_same
from explorer_app.scene.hits import NOTHING, Hit
from explorer_app.scene.viewport import Viewport
from hamilton_ol.graph.scene.arrays import Ints
from hamilton_ol.graph.scene.looks import Looks

MARGINS = (22.0, 44.0, 22.0, 74.0)  # px around everything: left, top, right, bottom
NOBODY: Ints = np.zeros(0, np.int64)
WIDER = (62.0, 84.0, 62.0, 114.0)  # px around some nodes


class SceneView(QWidget):
    """A view of a scene.

    Args:
        theme: colours and measures.
        parent: as of any widget.
        clock: seconds, for slices of drawing.

    Attributes:
        view: which part is seen.
    """

    viewChanged = Signal(object)  # Viewport

    def __init__(
        self,
        theme: Theme,
        parent: QWidget | None = None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._theme, self._kits = theme, Kits(theme)
        self._screen = Screen(self.update, self, clock, self._prepare)
        self._flight = Flight(self._set_view, self)
        self._transition = Transition(self.update, self)
        self._state = OverlayState()
        self._drawing: SceneDrawing | None = None
        self._overlay: Overlay | None = None
        self._is_fitted, self._middle, self._least = True, QPointF(), theme.zoom["least"]
        self.view = Viewport()

    # --- what is shown ---------------------------------------------------------------------------

    @property
    def prepared(self) -> PreparedScene | None:
        """The scene."""
        return self._drawing.prepared if self._drawing else None

    @property
    def drawing(self) -> SceneDrawing | None:
        """What draws it."""
        return self._drawing

    @property
    def state(self) -> OverlayState:
        """Hover, selection, focus: what lies over the picture."""
        return self._state

    @property
    def screen_picture(self) -> Screen:
        """Whether the picture is exact, and how long steps took."""
        return self._screen

    @property
    def is_fitted(self) -> bool:
        """Whether everything is shown, because nobody chose a part."""
        return self._is_fitted

    @property
    def is_moving(self) -> bool:
        """Whether something moves by itself."""
        return self._transition.is_running or self._flight.target is not None

    def setScene(
        self,
        prepared: PreparedScene,
        looks: Looks | None = None,
        *,
        view: Viewport | None = None,
        fits: bool = False,
    ) -> None:
        """Show a scene in a view; else the view stays, or fits all, as it also does if it did."""
        old, before = self._drawing, self.view
        may_move = self.isVisible() and not self._flight.is_reduced
        moves = may_move and old is not None and not is_same(old.prepared.scene, prepared.scene)
        held = self._screen.hold() if moves else None
        self._state = replace(
            self._state, hover=NOTHING, selected=NOBODY, focused=-1, dragged=None, band=None
        )
        looks = looks or prepared.scene.plain_looks()
        drawing = SceneDrawing(prepared, looks, self._theme, self._kits)
        self._is_fitted = fits or (self._is_fitted and view is None)
        if view is not None:
            self.view = self._sized(view)
        if self._is_fitted:
            self._flight.stop()
            self.view = self._whole(drawing)
        self._draw(drawing)
        if self.view != before:
            self.viewChanged.emit(self.view)
        if old is not None and held:
            self._transition.begin(held, (old, before), (drawing, self.view))

    def node_rect(self, node: int) -> QRectF:
        """Where a node, or another item, is in the view; null when it is not shown."""
        return QRectF() if self._overlay is None else self._overlay.rect(self.view, node)

    def setLooks(self, looks: Looks) -> None:
        """Show the same scene otherwise."""
        if self._drawing is not None:
            self._draw(SceneDrawing(self._drawing.prepared, looks, self._theme, self._kits))

    def setTheme(self, theme: Theme) -> None:
        """Show it in other colours; the fonts have to be the same."""
        self._theme, self._kits = theme, Kits(theme)
        if self._drawing is not None:
            self.setLooks(self._drawing.looks)
        self.update()

    def setSelection(self, nodes: Ints) -> None:
        """Mark nodes as selected."""
        self._state.selected = np.unique(np.asarray(nodes, np.int64))
        self.update()

    def setPins(self, nodes: Ints) -> None:
        """Mark nodes whose place a person chose."""
        self._state.pinned = np.unique(np.asarray(nodes, np.int64))
        self.update()

    def setTrail(self, names: Sequence[str]) -> None:
        """Write at the top how one came here."""
        self._state.trail = tuple(names)
        self.update()

    def setLegend(self, legend: Legend) -> None:
        """Write at the bottom what colours, shapes and marks mean."""
        self._state.legend = legend
        self.update()

    def setMinimapVisible(self, visible: bool) -> None:  # noqa: FBT001 - as all of Qt's setters
        """Whether the minimap is shown when there is more than fits."""
        self._state.with_minimap = visible
        self.update()

    def setReducedMotion(self, reduced: bool) -> None:  # noqa: FBT001
        """Whether nothing is to move by itself."""
        self._flight.is_reduced = reduced
        if reduced:
            self._flight.stop()
            self._transition.stop()

    def _draw(self, drawing: SceneDrawing) -> None:
        self._drawing, self._overlay = drawing, Overlay(drawing, self._overlay)
        self._screen.set_drawing(drawing, self.view)
        if not self.isVisible():
            self._screen.pause()

    def _prepare(self) -> None:
        if self._overlay is not None:
            self._overlay.prepare(self.view, self._state)

    # --- view ------------------------------------------------------------------------------------

    def setView(self, view: Viewport, *, fly: bool = True) -> None:
        """Show another part: zoom and middle of a viewport are used."""
        wanted = self._sized(replace(view, zoom=self._limited(view.zoom)))
        self._is_fitted = False
        if fly and self.isVisible():
            self._flight.fly(self.view, wanted)
        else:
            self._flight.stop()
            self._set_view(wanted)

    def fit(self, *, fly: bool = True) -> None:
        """Show everything."""
        if self._drawing is not None:
            self.setView(self._whole(self._drawing), fly=fly)
            self._is_fitted = True

    def _whole(self, drawing: SceneDrawing) -> Viewport:
        """The view of everything; no other one is smaller."""
        bounds = drawing.prepared.scene.bounds
        view = self._sized(self.view).fitted(bounds, MARGINS, self._theme.zoom["fit_most"])
        self._least = min(self._theme.zoom["least"], view.zoom)
        return view

    def frame(self, items: Ints, *, fly: bool = True) -> None:
        """Show some items; of a card in a closed group that group."""
        bounds = self.prepared.items.bounds_of(items) if self.prepared is not None else None
        if bounds is not None:
            self.setView(self._sized(self.view).fitted(bounds, WIDER, 1.0), fly=fly)

    def _limited(self, zoom: float) -> float:
        return min(max(zoom, self._least), self._theme.zoom["most"])

    def _sized(self, view: Viewport) -> Viewport:
        wide, high, ratio = self.width(), self.height(), self.devicePixelRatioF()
        return replace(view, width=wide, height=high, ratio=ratio)

    def _set_view(self, view: Viewport) -> None:
        self.view = self._sized(view)
        self._screen.set_view(self.view)
        if not self.isVisible():
            self._screen.pause()
        self.viewChanged.emit(self.view)
        self.update()

    def pan(self, by: QPointF) -> None:
        """Draw the scene along by px."""
        self.setView(self.view.panned(by.x(), by.y()), fly=False)

    def zoom_at(self, point: QPointF, factor: float) -> None:
        """Zoom, with what is at a point of the view left there."""
        zoom = self._limited(self.view.zoom * factor)
        self.setView(self.view.zoomed(zoom, point.x(), point.y()), fly=False)

    def zoom_by(self, factor: float) -> None:
        """Zoom in the middle of the view."""
        self.zoom_at(self.rect().toRectF().center(), factor)

    def zoom_to(self, zoom: float) -> None:
        """Zoom in the middle of the view, to px for a unit of the scene."""
        self.setView(replace(self.view, zoom=zoom))

    def hit_at(self, point: QPointF) -> Hit:
        """What is at a point of the view."""
        return NOTHING if self._drawing is None else pick(self._drawing, self.view, point)

    # --- events of Qt ----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Put the picture on the screen, and what lies over it."""
        painter = QPainter(self)
        painter.save()
        painter.scale(1 / self.view.ratio, 1 / self.view.ratio)
        self._screen.paint(painter)
        if self._transition.is_running and self._drawing is not None:
            self._transition.paint(painter, self._drawing)
        painter.restore()
        if self._drawing is None:
            painter.fillRect(self.rect(), self._theme.color("canvas"))
        elif self._overlay is not None:
            is_exact = self._screen.is_exact
            self._overlay.paint(painter, self.view, self._state, at_leisure=is_exact)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: ARG002
        """Show more or less of what stays where it is; or everything, if that was shown."""
        was_fitted = self._is_fitted
        self._set_view(self._flight.target or self._held(self.view))
        if was_fitted:
            self.fit(fly=False)

    def _held(self, view: Viewport) -> Viewport:
        """The view that leaves everything where it is in the window, whose parts have moved."""
        middle = QPointF(self.mapTo(self.window(), self.rect().center()))
        by, self._middle = (middle - self._middle) / view.zoom, middle
        return replace(view, x=view.x + by.x(), y=view.y + by.y())

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what is seen."""
        super().showEvent(event)
        self._set_view(self.view)

    def hideEvent(self, event: QHideEvent) -> None:
        """Draw nothing that nobody sees."""
        self._flight.stop()
        self._transition.stop()
        self._screen.pause()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Draw anew for a finer or coarser screen."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._set_view(self.view)
        super().changeEvent(event)

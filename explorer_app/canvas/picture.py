"""A picture of a view, drawn at once: for files, the clipboard and tests."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter

from explorer_app.canvas.buffers import Buffer, Frame
from explorer_app.canvas.drawing import Layer, Part, SceneDrawing
from explorer_app.canvas.overlay import Overlay, OverlayState
from explorer_app.scene.viewport import Viewport


def draw_picture(
    drawing: SceneDrawing, view: Viewport, state: OverlayState | None = None
) -> QImage:
    """Draw a view of a scene; needs a QGuiApplication, but no window.

    Args:
        drawing: of the scene, as it looks.
        view: what is seen, and how large the picture becomes.
        state: what lies over it: selection, trail, legend; the active node alone without it.
    """
    buffer = Buffer(*view.size)
    buffer.frame = Frame.of(view)
    painter = QPainter(buffer.image)
    for _ in drawing.draw(buffer, painter, Part(Layer.EVERYTHING, QRect(0, 0, *view.size))):
        pass
    painter.end()
    image = buffer.image.copy()
    image.setDevicePixelRatio(view.ratio)
    painter = QPainter(image)
    Overlay(drawing).paint(painter, view, state or OverlayState())
    painter.end()
    return image

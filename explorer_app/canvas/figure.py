"""A picture of a whole scene that looks finished: as large as what is on it, with title and legend."""

from dataclasses import dataclass

from PySide6.QtGui import QFontMetricsF, QImage, QPainter

from explorer_app.canvas.drawing import SceneDrawing
from explorer_app.canvas.kit import Kits
from explorer_app.canvas.legend import Legend, LegendPainter
from explorer_app.canvas.overlay import OverlayState
from explorer_app.canvas.picture import draw_picture
from explorer_app.canvas.prepared import PreparedScene
from explorer_app.canvas.theme import Theme
from explorer_app.scene.viewport import Viewport
from hamilton_ol.graph.scene.arrays import Floats
from hamilton_ol.graph.scene.cards import Cards
from hamilton_ol.graph.scene.links import Grouping, Links
from hamilton_ol.graph.scene.looks import Looks
from hamilton_ol.graph.scene.names import shown
from hamilton_ol.graph.scene.scene import Scene

MARGINS = (30.0, 58.0, 30.0, 64.0)  # px
LEAST = (640, 240)  # px
SIDE = 60.0  # px beside title and legend, both sides together
RATIO = 2.0
MOST = 16_000  # px of a side; larger ones are drawn smaller


@dataclass(frozen=True, eq=False)
class Figure:
    """What a picture shows.

    Attributes:
        cards, links: what is written and what leads where.
        sizes: width and height that each card needs in the window's fonts, (n, 2).
        looks: how they look.
        hints: what is said of each card on request.
        legend: what colours, shapes and marks mean.
        grouping: boxes around cards, if there are any.
    """

    cards: Cards
    links: Links
    sizes: Floats
    looks: Looks
    hints: tuple[str, ...]
    legend: Legend
    grouping: Grouping | None = None


def draw_figure(
    scene: Scene,
    looks: Looks,
    theme: Theme,
    *,
    trail: tuple[str, ...] = (),
    legend: Legend = Legend(),  # noqa: B008 - cannot be changed
    wide: int = 0,
) -> QImage:
    """Draw all of a scene; needs a QGuiApplication.

    Args:
        scene: what is where.
        looks: how it looks.
        theme: in which colours.
        trail: the title, from the whole to the part.
        legend: what colours, shapes and marks mean.
        wide: px of the picture; 0 for twice the size on a screen.
    """
    left, top, right, bottom = scene.bounds
    needed = max(_legend_width(theme, legend), _trail_width(theme, trail)) + SIDE
    width = max(right - left + MARGINS[0] + MARGINS[2], LEAST[0], needed)
    height = max(bottom - top + MARGINS[1] + MARGINS[3], LEAST[1])
    ratio = min(wide / int(width) if wide else RATIO, MOST / max(width, height))
    view = Viewport(int(width), int(height), ratio=ratio).fitted(scene.bounds, MARGINS, 1.0)
    drawing = SceneDrawing(PreparedScene(scene, theme), looks, theme, Kits(theme))
    state = OverlayState(
        trail=trail, legend=legend, with_minimap=False, with_zoom=False, side=MARGINS[0]
    )
    return draw_picture(drawing, view, state)


def _legend_width(theme: Theme, legend: Legend) -> float:
    paper = QImage(1, 1, QImage.Format.Format_RGB32)
    painter = QPainter(paper)
    wide = LegendPainter(theme).legend(painter, 0, 0, legend)
    painter.end()
    return wide


def _trail_width(theme: Theme, trail: tuple[str, ...]) -> float:
    metrics = QFontMetricsF(theme.font("body", weight=500))
    return sum(metrics.horizontalAdvance(shown(name)) + 20 for name in trail)

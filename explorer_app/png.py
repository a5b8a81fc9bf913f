"""A graph as a PNG, for `hamilton-ol export`, which starts this in a process of its own.

python -m explorer_app.png FILE < {"graph": ..., "trail": [...], "theme": "light"}
"""

import json
import sys
from typing import Any

from PySide6.QtGui import QGuiApplication, QImage

from explorer_app.canvas.drawing import SceneDrawing
from explorer_app.canvas.fonts import Fonts
from explorer_app.canvas.kit import Kits
from explorer_app.canvas.legend import Entry, Legend
from explorer_app.canvas.overlay import OverlayState
from explorer_app.canvas.picture import draw_picture
from explorer_app.canvas.prepared import PreparedScene
from explorer_app.canvas.theme import Theme
from explorer_app.scene.viewport import Viewport
from hamilton_ol.graph.export.picture import Picture, duration, picture_of
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.scene.words import KINDS, STATUSES

MARGINS = (30.0, 58.0, 30.0, 64.0)  # px
LEAST = (640, 240)  # px
RATIO = 2.0
MOST = 16_000  # px of a side; larger ones are drawn smaller


def draw(asked: dict[str, Any]) -> QImage:
    """The picture that was asked for; needs a QGuiApplication."""
    theme = Theme(asked["theme"])
    picture = picture_of(LineageGraph.from_json(asked["graph"]), Fonts(theme), asked["trail"])
    left, top, right, bottom = picture.scene.bounds
    wide = max(right - left + MARGINS[0] + MARGINS[2], LEAST[0])
    high = max(bottom - top + MARGINS[1] + MARGINS[3], LEAST[1])
    ratio = min(RATIO, MOST / max(wide, high))
    view = Viewport(int(wide), int(high), ratio=ratio).fitted(picture.scene.bounds, MARGINS, 1.0)
    drawing = SceneDrawing(PreparedScene(picture.scene, theme), picture.looks, theme, Kits(theme))
    state = OverlayState(trail=picture.trail, legend=_legend(picture), with_minimap=False)
    return draw_picture(drawing, view, state)


def _legend(picture: Picture) -> Legend:
    kinds = sorted(set(picture.scene.cards.kinds.tolist()))
    ends = sorted(set(picture.looks.status.tolist()) - {0})
    scale = [Entry("heat", "", duration(most), duration(least)) for least, most in _spans(picture)]
    signs = [Entry("kind", KINDS[kind], KINDS[kind]) for kind in kinds]
    said = {"ok": "finished"}
    marks = [Entry("status", STATUSES[n], said.get(STATUSES[n], STATUSES[n])) for n in ends]
    return Legend((*scale, *signs, *marks))


def _spans(picture: Picture) -> list[tuple[float, float]]:
    return [picture.spans] if picture.spans else []


def main() -> None:
    """Draw what stdin asks for."""
    application = QGuiApplication(sys.argv[:1])
    is_saved = draw(json.load(sys.stdin)).save(sys.argv[1])
    application.quit()
    sys.exit(0 if is_saved else 1)


if __name__ == "__main__":
    main()

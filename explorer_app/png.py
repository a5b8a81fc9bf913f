"""A graph as a PNG, for `hamilton-ol export`, which starts this in a process of its own.

python -m explorer_app.png FILE < {"graph": ..., "trail": [...], "theme": "light"}
"""

import json
import sys
from typing import Any

from PySide6.QtGui import QGuiApplication, QImage

from explorer_app.canvas.figure import draw_figure
from explorer_app.canvas.fonts import Fonts
from explorer_app.canvas.legend import Entry, Legend
from explorer_app.canvas.theme import Theme
from hamilton_ol.graph.export.picture import Picture, duration, picture_of
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.scene.words import KINDS, STATUSES


def draw(asked: dict[str, Any]) -> QImage:
    """The picture that was asked for; needs a QGuiApplication."""
    theme = Theme(asked["theme"])
    picture = picture_of(LineageGraph.from_json(asked["graph"]), Fonts(theme), asked["trail"])
    trail, legend = picture.trail, _legend(picture)
    return draw_figure(picture.scene, picture.looks, theme, trail=trail, legend=legend)


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

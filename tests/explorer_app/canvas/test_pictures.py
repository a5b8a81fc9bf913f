"""Pictures of a small scene, held against ones that were looked at.

They are compared in small, so that another font or version does not count. `GOLDEN=write pytest`
writes them anew; look at them before they are kept.
"""

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from explorer_app.canvas.drawing import SceneDrawing
from explorer_app.canvas.kit import Kits
from explorer_app.canvas.legend import Entry, Legend
from explorer_app.canvas.overlay import OverlayState
from explorer_app.canvas.picture import draw_picture
from explorer_app.canvas.prepared import PreparedScene
from explorer_app.canvas.theme import Theme
from explorer_app.scene.viewport import Viewport
from hamilton_ol.graph.scene.looks import Letter, Looks
from hamilton_ol.graph.scene.scene import Scene
from hamilton_ol.graph.scene.tokens import ThemeName
from hamilton_ol.graph.scene.words import MARK, STATUS, TONE
from tests.explorer_app.canvas.conftest import pixels
from tests.support.scenes import small

GOLDEN = Path(__file__).parent / "golden"
FULL, COMPARED = QSize(640, 300), QSize(160, 75)


def upstream(scene: Scene) -> Looks:
    looks = scene.plain_looks()
    looks.tone[[0, 1, 3]] = TONE["upstream"]
    looks.dim[[2, 4]] = True
    looks.edge_tone[[0, 2]] = TONE["upstream"]
    looks.edge_dim[[1, 3, 4]] = True
    looks.row_tone[0], looks.row_dim[1] = TONE["upstream"], True
    looks.active = 3
    return looks


def run(scene: Scene) -> Looks:
    looks = scene.plain_looks()
    looks.heat[:2] = (1.0, 0.4)
    looks.status[:] = [STATUS[s] for s in ("ok", "ok", "", "failed", "skipped")]
    looks.mark[1], looks.letters = MARK["added"], {0: Letter("A", 1)}
    return looks


CASES: dict[str, tuple[Any, ThemeName, float]] = {
    "upstream-light": (upstream, "light", 1.2),
    "upstream-dark": (upstream, "dark", 1.2),
    "run-light": (run, "light", 1.0),
    "chips-dark": (run, "dark", 0.5),
    "dots-light": (upstream, "light", 0.2),
}


def drawn(case: str) -> QImage:
    make, name, zoom = CASES[case]
    theme, scene = Theme(name), small()
    drawing = SceneDrawing(PreparedScene(scene, theme), make(scene), theme, Kits(theme))
    left, top, right, bottom = scene.bounds
    view = Viewport(FULL.width(), FULL.height(), zoom, (left + right) / 2, (top + bottom) / 2)
    legend = Legend((Entry("kind", "input", "input"), Entry("line", "upstream", "upstream")))
    return draw_picture(drawing, view, OverlayState(trail=("titanic", case), legend=legend))


def shrunk(image: QImage) -> np.ndarray:
    smooth = Qt.TransformationMode.SmoothTransformation
    form = QImage.Format.Format_RGB32
    scaled = image.scaled(COMPARED, mode=smooth).convertToFormat(form)
    found: np.ndarray = pixels(scaled).astype(int)
    return found


@pytest.mark.parametrize("case", CASES)
def test_it_looks_as_it_did(qapp: object, case: str) -> None:
    image, path = drawn(case), GOLDEN / f"{case}.png"
    if os.environ.get("GOLDEN") == "write":
        image.save(str(path))
    expected = QImage(str(path))
    assert not expected.isNull()
    apart = np.abs(shrunk(image) - shrunk(expected))
    assert apart.mean() < 2.0
    assert (apart.max(axis=2) > 60).mean() < 0.01


def test_pictures_differ_from_each_other(qapp: object) -> None:
    """What is asserted above can fail."""
    one, other = shrunk(drawn("upstream-light")), shrunk(drawn("run-light"))
    assert np.abs(one - other).mean() > 2.0


@pytest.mark.parametrize("ratio", [1.25, 1.5, 2.0])
@pytest.mark.parametrize("zoom", [0.2, 0.5, 1.0, 1.3])
def test_a_fine_screen_shows_the_same_finer(qapp: object, zoom: float, ratio: float) -> None:
    theme, scene = Theme("light"), small()
    drawing = SceneDrawing(PreparedScene(scene, theme), upstream(scene), theme, Kits(theme))
    views = [Viewport(640, 300, zoom, 245, 77, each) for each in (1.0, ratio)]
    coarse, fine = (draw_picture(drawing, view) for view in views)
    assert fine.size() == coarse.size() * ratio
    assert np.abs(shrunk(coarse) - shrunk(fine)).mean() < 3.0

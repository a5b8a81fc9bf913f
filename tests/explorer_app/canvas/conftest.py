"""Canvases with a scene, as a window would show them."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from explorer_app.canvas.fonts import Fonts
from explorer_app.canvas.prepared import PreparedScene
from explorer_app.canvas.theme import Theme
from explorer_app.canvas.widget import Canvas
from hamilton_ol.graph.scene.scene import Scene
from tests.support.scenes import company, plain_titanic

SIZE = (1000, 640)


@pytest.fixture(scope="session")
def prepared_titanic(qapp: object) -> PreparedScene:
    return PreparedScene(plain_titanic(), Theme("light"))


@pytest.fixture(scope="session")
def prepared_company(qapp: object) -> PreparedScene:
    return PreparedScene(company(Fonts(Theme("light"))), Theme("light"))


@pytest.fixture
def make_canvas(qtbot: QtBot) -> Callable[..., Canvas]:
    """Opens a canvas with a prepared scene, drawn to the end."""

    def make(prepared: PreparedScene, theme: Theme | None = None) -> Canvas:
        canvas = Canvas(theme or Theme("light"))
        canvas.setReducedMotion(True)
        qtbot.addWidget(canvas)
        canvas.resize(*SIZE)
        canvas.show()
        canvas.setScene(prepared)
        canvas.screen_picture.finish()
        return canvas

    return make


@pytest.fixture
def canvas(make_canvas: Callable[..., Canvas], prepared_titanic: PreparedScene) -> Canvas:
    return make_canvas(prepared_titanic)


@pytest.fixture
def scene(prepared_titanic: PreparedScene) -> Scene:
    return prepared_titanic.scene


def pixels(image: QImage) -> Any:
    """The picture as an array, (height, width, 4)."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    array = np.frombuffer(image.constBits(), np.uint8)
    return array.reshape(image.height(), image.bytesPerLine() // 4, 4)[
        :, : image.width(), :3
    ].copy()

"""A window with the sample in it, on a platform without a screen."""

import pickle
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer_app.canvas.fonts import Fonts
from explorer_app.loading.trust import SAMPLE
from explorer_app.qt.explorer import Explorer
from explorer_app.qt.opened import Opened
from explorer_app.qt.settings import Settings
from explorer_app.qt.style import Style
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.runs import RunFacts
from hamilton_ol.graph.scene.graphcards import cards_of, scene_of_graph
from tests.support.samples import sample


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Remembered in a folder of the test."""
    return Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def started(qtbot: QtBot, qapp: QApplication, settings: Settings) -> Iterator[Explorer]:
    """The window with its start page."""
    style = Style("light")
    style.apply(qapp)
    made = Explorer(style, settings)
    made.window.canvas.setReducedMotion(True)
    qtbot.addWidget(made.window)
    made.window.show()
    yield made
    if made.window.isVisible():
        made.window.close()
    made.join()


def show(
    explorer: Explorer,
    graph: LineageGraph,
    sources: tuple[str, ...] = SAMPLE,
    *,
    is_draft: bool = False,
    runs: tuple[RunFacts, ...] = (),
) -> None:
    """Open a graph that is there already."""
    cards = cards_of(graph)
    scene = scene_of_graph(cards, Fonts(explorer.style.theme))
    read = Opened(graph, cards, scene.boxes[:, 2:], scene, "titanic", sources, 0.1)
    explorer.opening.opened.emit(replace(read, is_draft=is_draft, runs=runs))


@pytest.fixture
def explorer(started: Explorer) -> Explorer:
    """The window with the sample, as the process that reads it tells of it."""
    show(started, pickle.loads(pickle.dumps(sample())))
    return started

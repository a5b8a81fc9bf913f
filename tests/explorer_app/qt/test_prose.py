"""Names break where they do on cards; what is copied is what is written."""

import subprocess
import sys

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from explorer_app.qt.prose import Prose
from explorer_app.qt.style import Style

NAME = "a_very_long_name_of_a_function_that_goes_on_and_on"


def lines_of(prose: Prose) -> list[str]:
    block = prose.document().firstBlock()
    layout, text = block.layout(), block.text()
    found = [layout.lineAt(number) for number in range(layout.lineCount())]
    return [text[one.textStart() : one.textStart() + one.textLength()] for one in found]


@pytest.fixture
def around(qtbot: QtBot) -> QWidget:
    """What a text is on."""
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(300, 200)
    return widget


def shown(around: QWidget, text: str) -> Prose:
    prose = Prose(Style("light"), text, "title")
    prose.setParent(around)
    prose.resize(240, 100)
    around.show()
    return prose


def test_a_name_breaks_after_its_underscores(around: QWidget) -> None:
    prose = shown(around, NAME)
    lines = [line.rstrip("\u200b") for line in lines_of(prose)]
    assert len(lines) > 1
    assert all(line.endswith("_") for line in lines[:-1])
    assert prose.toPlainText() == prose.accessibleName() == NAME
    prose.selectAll()
    prose.copy()
    assert QGuiApplication.clipboard().text() == NAME


def test_a_process_that_copied_ends_well() -> None:
    program = f"""
from PySide6.QtWidgets import QApplication
from explorer_app.qt.prose import Prose
from explorer_app.qt.style import Style
application = QApplication(["test"])
prose = Prose(Style("light"), "{NAME}", "title")
prose.selectAll()
prose.copy()
prose.copy()
board = application.clipboard()
print(board.text(), *board.mimeData().formats())
"""
    words = [sys.executable, "-c", program]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, f"{NAME} text/plain\n")


def test_a_sentence_breaks_between_words(around: QWidget) -> None:
    lines = lines_of(shown(around, "How age gets into fit_random_forest"))
    assert lines[-1] == "fit_random_forest"

"""What is dropped on the window is opened."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer_app.qt.explorer import Explorer

FLOW = "open('ran', 'w').close()\n\n\ndef a(x: int) -> int:\n    return x\n"
PATIENCE = 60_000  # ms


def drop(explorer: Explorer, *urls: QUrl) -> None:
    data, button = QMimeData(), Qt.MouseButton.LeftButton
    data.setUrls(list(urls))
    copy, keys = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), copy, data, button, keys)
    QApplication.sendEvent(explorer.window, enter)
    if enter.isAccepted():
        event = QDropEvent(QPointF(50, 50), copy, data, button, keys)
        QApplication.sendEvent(explorer.window, event)


def test_a_file_that_is_dropped_is_read_and_not_run(
    qtbot: QtBot, started: Explorer, tmp_path: Path
) -> None:
    path = tmp_path / "flow.py"
    path.write_text(FLOW)
    with qtbot.waitSignal(started.ready, timeout=PATIENCE):
        drop(started, QUrl.fromLocalFile(str(path)))
    assert started.session is not None
    assert {node.name for node in started.session.graph.nodes} == {"a", "x"}
    assert not (tmp_path / "ran").exists()


def test_files_that_are_dropped_together_are_one_dataflow(
    qtbot: QtBot, started: Explorer, tmp_path: Path
) -> None:
    texts = {"one.py": FLOW, "two.py": "def b(a: int) -> int:\n    return a\n"}
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    with qtbot.waitSignal(started.ready, timeout=PATIENCE):
        drop(started, *(QUrl.fromLocalFile(str(tmp_path / name)) for name in texts))
    assert started.session is not None
    assert {node.name for node in started.session.graph.nodes} == {"a", "b", "x"}


def test_of_what_is_dropped_only_files_are_opened(
    qtbot: QtBot, started: Explorer, tmp_path: Path
) -> None:
    path = tmp_path / "flow.py"
    path.write_text(FLOW)
    with qtbot.waitSignal(started.window.dropped) as dropped:
        drop(started, QUrl("https://example.org/flow.py"), QUrl.fromLocalFile(str(path)))
    assert dropped.args == [[str(path)]]


def test_an_address_that_is_dropped_is_not_opened(qtbot: QtBot, started: Explorer) -> None:
    with qtbot.assertNotEmitted(started.opening.failed):
        drop(started, QUrl("https://example.org/flow.py"))
    assert started.session is None
    assert not started.opening.is_busy

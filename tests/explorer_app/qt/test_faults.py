"""What should not have happened is told where one looks, once; the window goes on."""

import io
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Never

import pytest
from PySide6.QtCore import QTimer, qCritical, qWarning
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from explorer_app.loading.faults import Fault
from explorer_app.loading.frames import framed
from explorer_app.loading.messages import Failed
from explorer_app.qt import reader
from explorer_app.qt.application import Wanted, run
from explorer_app.qt.explorer import Explorer
from explorer_app.qt.faults import MOST, Faults
from explorer_app.qt.reader import Reader
from hamilton_ol.errors import DataflowError

HERE = "test_faults.py, line"


class BrokenError(Exception):
    pass


def fail(*_given: object) -> Never:
    raise BrokenError("<b>no</b> such thing")


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> list[type[BaseException] | None]:
    """What the hooks that were there before have printed."""
    found: list[type[BaseException] | None] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: found.append(kind))
    for owner, name in ((sys, "unraisablehook"), (threading, "excepthook")):
        monkeypatch.setattr(owner, name, lambda told: found.append(told.exc_type))
    return found


@pytest.fixture
def faults(logged: list[object], explorer: Explorer) -> Iterator[Faults]:
    """As the program hears of them."""
    made = Faults()
    made.install()
    made.told.connect(explorer.alarm.tell)
    yield made
    made.uninstall()


def problems(explorer: Explorer) -> list[tuple[str, ...]]:
    return [texts for _, texts in explorer.window.tables.problems.rows]


def test_a_slot_that_fails_a_thousand_times_is_told_of_once(
    qtbot: QtBot,
    explorer: Explorer,
    faults: Faults,
    logged: list[object],
    capsys: pytest.CaptureFixture[str],
) -> None:
    heard: list[Fault] = []
    faults.told.connect(heard.append)
    timer, seen = QTimer(), iter(range(10_000))
    timer.timeout.connect(lambda: next(seen) and fail())
    timer.start(0)
    qtbot.waitUntil(lambda: next(seen) > 2000, timeout=30_000)
    timer.stop()
    bar = explorer.window.alarm
    assert len(heard) == len(logged) == len(problems(explorer)) == 1
    assert "BrokenError: <b>no</b> such thing" in bar.text.text()
    assert HERE in bar.text.text()
    assert "The window goes on." in bar.text.text()
    assert [line.partition(": ")[2] for line in capsys.readouterr().err.splitlines()] == [
        "10 times",
        "100 times",
        "1,000 times",
    ]
    explorer.actions["everything"].trigger()
    assert explorer.session is not None
    assert explorer.session.state.query == ""
    bar.choices[1].click()
    timer.start(0)
    qtbot.waitUntil(lambda: next(seen) > 3000, timeout=30_000)
    timer.stop()
    assert bar.isHidden()


def test_what_fails_in_an_event_a_thread_and_an_end_is_told(
    qtbot: QtBot, explorer: Explorer, faults: Faults, logged: list[object]
) -> None:
    class Ending:
        def __del__(self) -> None:
            raise LookupError

    class Painted(QWidget):
        def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's
            raise ArithmeticError

    painted = Painted(explorer.window)
    painted.show()
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    Ending()
    qtbot.waitUntil(lambda: len(problems(explorer)) == 3)
    assert set(logged) == {BrokenError, LookupError, ArithmeticError}
    assert {text.partition(":")[0] for text, _ in problems(explorer)} == {
        f"{BrokenError.__module__}.BrokenError",
        "LookupError",
        "ArithmeticError",
    }
    assert explorer.window.isVisible()


@pytest.mark.qt_no_exception_capture
def test_qt_is_told_of_where_it_is_serious(
    qtbot: QtBot, explorer: Explorer, faults: Faults, capfd: pytest.CaptureFixture[str]
) -> None:
    for _ in range(3):
        qWarning("harmless")
        qCritical("serious")
    qtbot.waitUntil(lambda: bool(problems(explorer)))
    assert [what for what, _ in problems(explorer)] == ["Qt: serious"]
    assert capfd.readouterr().err.splitlines() == ["harmless", "serious"]


@pytest.mark.qt_no_exception_capture
@pytest.mark.parametrize("stderr", [None, io.BytesIO()])  # that takes no text
def test_who_has_no_standard_error_is_told_as_well(
    qtbot: QtBot,
    explorer: Explorer,
    faults: Faults,
    monkeypatch: pytest.MonkeyPatch,
    stderr: object,
) -> None:
    monkeypatch.setattr(sys, "stderr", stderr)
    for _ in range(20):
        qCritical("serious")
    qtbot.waitUntil(lambda: bool(problems(explorer)))
    assert [what for what, _ in problems(explorer)] == ["Qt: serious"]


def test_as_many_causes_are_told_apart_as_can_be_read(
    qtbot: QtBot, explorer: Explorer, faults: Faults, logged: list[object]
) -> None:
    for line in range(3 * MOST):
        try:
            exec("\n" * line + f"raise LookupError({line})")
        except LookupError as error:
            sys.excepthook(LookupError, error, error.__traceback__)
    qtbot.waitUntil(lambda: len(problems(explorer)) == MOST + 1)
    assert len(logged) == MOST + 1


def test_the_details_are_copied_from_the_bar_and_from_the_list(
    qtbot: QtBot, explorer: Explorer, faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DB_PASSWORD", "hunter2-hunter2")
    board, bar, table = QGuiApplication.clipboard(), explorer.window.alarm, explorer.window.tables
    for error in (LookupError("hunter2-hunter2"), ValueError()):
        sys.excepthook(type(error), error, None)
    qtbot.waitUntil(lambda: len(problems(explorer)) == 2)
    bar.choices[0].click()
    assert "LookupError" in board.text()
    assert "ValueError" in board.text()
    assert board.text().startswith("hamilton-ol ")
    assert "hunter2" not in board.text() + str(problems(explorer))
    table.problem_table.activated.emit(table.problem_table.model().index(1, 0))
    assert "LookupError" in board.text()
    assert "ValueError" not in board.text()


def test_what_was_wanted_and_failed_so_is_told_once_with_a_way_to_copy_it(
    qtbot: QtBot, explorer: Explorer, faults: Faults
) -> None:
    error = ZeroDivisionError("by 0")
    explorer.opening.aside.failed.emit(Failed.of(error))
    sys.excepthook(type(error), error, None)
    QApplication.processEvents()
    QApplication.processEvents()
    assert explorer.window.alarm.isHidden()
    notice = explorer.window.notice
    assert [button.text() for button in notice.choices] == ["Read again", "Copy details", "Close"]
    notice.choices[1].click()
    assert "ZeroDivisionError: by 0" in QGuiApplication.clipboard().text()
    explorer.tell_failure(Failed.of(DataflowError("no file")))
    assert [button.text() for button in notice.choices] == ["Read again", "Close"]


def test_an_answer_that_cannot_be_opened_ends_the_wait(
    qtbot: QtBot, explorer: Explorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Failed] = []
    made = explorer.opening.findChildren(Reader)[0]
    made.failed.connect(told.append)
    monkeypatch.setattr(reader, "opened_aside", fail)
    content = [framed(None)]
    thread = threading.Thread(target=made._open, args=(made._process, content))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(told))
    assert "no</b> such thing" in told[0].message
    assert told[0].fault is not None


def test_a_picture_that_cannot_be_put_together_ends_the_wait(
    qtbot: QtBot, explorer: Explorer
) -> None:
    exporter = explorer.exports.exporter
    exporter.make(fail, fail)
    qtbot.waitUntil(lambda: not exporter.is_busy)
    exporter.join()
    assert "no</b> such thing" in explorer.window.notice.text.text()
    assert len(problems(explorer)) == 1


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_why_the_program_did_not_start_is_shown(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shown: list[str] = []

    def look() -> None:
        (box,) = (w for w in qapp.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible())
        shown.extend((box.text(), box.detailedText()))
        box.close()

    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setattr("explorer_app.qt.explorer.Explorer", fail)
    monkeypatch.setattr(qapp, "exec", look)
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    with pytest.raises(BrokenError):
        run(Wanted())
    assert shown[0].startswith("The explorer could not start: ")
    assert "<b>no</b> such thing" in shown[0]
    assert "Traceback" in shown[1]
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before
    with pytest.raises(BrokenError):
        run(Wanted(screenshot=tmp_path / "a.png"))
    assert len(shown) == 2

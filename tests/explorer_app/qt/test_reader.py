"""Which process reads."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QProcess
from pytestqt.qtbot import QtBot

from explorer_app.loading.messages import Load
from explorer_app.loading.trust import SAMPLE
from explorer_app.qt.childprocess import READING, started
from explorer_app.qt.reader import Reader

PATIENCE = 60_000  # ms
ASKED = Load(SAMPLE, executes=False)


@pytest.fixture
def reader(qtbot: QtBot) -> Iterator[Reader]:
    """Of no window."""
    made = Reader()
    yield made
    made.close()


def test_the_process_that_was_started_early_is_the_one_that_reads(
    qtbot: QtBot, reader: Reader
) -> None:
    early = started(READING)
    reader.adopt(early)
    with qtbot.waitSignal(reader.loaded, timeout=PATIENCE):
        reader.load(ASKED)
    assert early.state() == QProcess.ProcessState.Running


def test_one_that_has_read_before_reads_nothing_again(qtbot: QtBot, reader: Reader) -> None:
    first = started(READING)
    reader.adopt(first)
    with qtbot.waitSignal(reader.loaded, timeout=PATIENCE):
        reader.load(ASKED)
    with qtbot.waitSignals([first.finished, reader.loaded], timeout=PATIENCE):
        reader.load(ASKED)

"""Which process reads."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from explorer_app.loading.early import CAN_ADOPT, early
from explorer_app.loading.messages import Failed, Load
from explorer_app.loading.trust import SAMPLE
from explorer_app.qt.childprocess import EarlyProcess
from explorer_app.qt.reader import Reader

PATIENCE = 60_000  # ms
ASKED = Load(SAMPLE, executes=False)

pytestmark = pytest.mark.skipif(not CAN_ADOPT, reason="nothing is started early here")


@pytest.fixture
def process() -> Iterator[EarlyProcess]:
    """Started before."""
    reading, arranging = early(SAMPLE)
    with arranging:
        arranging.kill()
    yield EarlyProcess(reading)
    assert reading.returncode is not None


@pytest.fixture
def reader(qtbot: QtBot, process: EarlyProcess) -> Iterator[Reader]:
    """Of no window."""
    made = Reader()
    made.adopt(process)
    yield made
    made.stop()
    made.join()


def test_the_process_that_was_started_early_is_the_one_that_reads(
    qtbot: QtBot, reader: Reader, process: EarlyProcess
) -> None:
    loaded = qtbot.waitSignal(reader.loaded, timeout=PATIENCE)
    with qtbot.assertNotEmitted(process.finished), loaded:
        reader.load(ASKED)


def test_one_that_has_read_before_reads_nothing_again(
    qtbot: QtBot, reader: Reader, process: EarlyProcess
) -> None:
    with qtbot.waitSignal(reader.loaded, timeout=PATIENCE):
        reader.load(ASKED)
    with qtbot.waitSignals([process.finished, reader.loaded], timeout=PATIENCE):
        reader.load(ASKED)


def test_one_that_dies_is_told_of_and_another_reads(
    qtbot: QtBot, reader: Reader, process: EarlyProcess
) -> None:
    with qtbot.waitSignal(reader.failed, timeout=PATIENCE) as told:
        reader.load(ASKED)
        process.kill()
    assert isinstance(told.args[0], Failed)
    with qtbot.waitSignal(reader.loaded, timeout=PATIENCE):
        reader.load(ASKED)


def test_nothing_is_started_where_nothing_is_to_be_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert early(()) == []

"""Opening: how far it is, what is missing, what is remembered."""

import os
import signal
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QElapsedTimer, QProcess
from pytestqt.qtbot import QtBot

from explorer_app.loading.messages import Failed, Progress
from explorer_app.model.places import here
from explorer_app.qt.explorer import Explorer
from hamilton_ol.graph.scene.kinds import kind_of

PATIENCE = 60_000  # ms
FLOW = "def b(a: int) -> int:\n    return a\n"
HANGS = "import time\n\ntime.sleep(1000)\n\n\n"


@pytest.fixture
def code(started: Explorer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is trusted."""
    folder = tmp_path / "code"
    folder.mkdir()
    monkeypatch.chdir(folder)
    started.settings.trust([folder])
    return folder


class Slow(QElapsedTimer):
    """Began a while ago."""

    def elapsed(self) -> int:
        """Milliseconds."""
        return 65_432


def test_who_waits_is_told_the_stage_and_how_much_is_done_and_can_stop_it(
    qtbot: QtBot, started: Explorer, code: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (code / "flow.py").write_text(HANGS + FLOW, encoding="utf-8")
    progress = started.window.progress
    with qtbot.waitSignal(started.drafted, timeout=PATIENCE):
        started.open((str(code),))
    qtbot.waitUntil(progress.isVisible, timeout=PATIENCE)
    assert progress.text.text().startswith("Importing")
    started.opening._reader.progressed.emit(Progress("Reading", 1_200, 40_000))
    assert "Reading 1,200 of 40,000" in progress.text.text()
    monkeypatch.setattr(progress, "_clock", Slow())
    progress._tick.timeout.emit()  # also while nothing is told
    assert progress.text.text() == "Reading 1,200 of 40,000 …  1 min 5 s"
    progress.choices[0].click()
    assert not progress.isVisible()
    assert not progress._tick.isActive()
    assert not started.opening.is_busy
    assert started.session is not None
    assert {node.name for node in started.session.graph.nodes} == {"a", "b"}


def test_what_cannot_be_imported_is_hatched_and_a_problem(
    qtbot: QtBot, started: Explorer, code: Path
) -> None:
    (code / "flow.py").write_text(FLOW, encoding="utf-8")
    text = "raise OSError('no database')\n\n\ndef c(b: int) -> int:\n    return b\n"
    (code / "other.py").write_text(text, encoding="utf-8")
    with qtbot.waitSignal(started.ready, timeout=PATIENCE):
        started.open((str(code),))
    session, tables = started.session, started.window.tables
    assert session is not None
    assert [kind_of(session.graph[name]) for name in "bc"] == ["function", "unknown"]
    ((what, _),) = [row[1] for row in tables.problems.rows]
    assert "other could not be loaded: OSError: no database" in what
    assert "1 problem" in started.window.facts.text()


def test_what_was_open_is_offered_again(qtbot: QtBot, started: Explorer, code: Path) -> None:
    (code / "flow.py").write_text(FLOW, encoding="utf-8")
    with qtbot.waitSignal(started.ready, timeout=PATIENCE):
        started.open((str(code / "flow.py"),))
    assert [recent[:2] for recent in started.settings.recent] == [
        ("flow", (str(code / "flow.py"),))
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_who_reads_may_be_killed_and_it_is_read_again_with_its_question(
    qtbot: QtBot, started: Explorer, code: Path
) -> None:
    told: list[Failed] = []
    started.opening.failed.connect(told.append)
    (code / "flow.py").write_text(FLOW, encoding="utf-8")
    started.open((str(code),), query="b", trust=True)
    process = started.opening._reader._process
    assert isinstance(process, QProcess)
    qtbot.waitUntil(lambda: process.processId() > 0, timeout=PATIENCE)
    os.kill(process.processId(), signal.SIGKILL)
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE)
    assert told == [Failed("The process for reading ended", "Try it again.")]
    assert started.session is None
    with qtbot.waitSignal(started.ready, timeout=PATIENCE):
        started.window.notice.choices[0].click()
    session = started.session
    assert session is not None
    assert (session.state.query, len(session.graph)) == ("b", 2)


@pytest.mark.skipif(sys.platform == "win32", reason="a folder that is used stays there")
def test_that_the_current_folder_is_gone_is_told(
    qtbot: QtBot, started: Explorer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert here() == Path("/")
    told: list[Failed] = []
    started.opening.failed.connect(told.append)
    started.open(("flow.py",))
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE)
    assert told[0].message.startswith("The current folder cannot be read: ")
    assert (told[0].hint, told[0].fault) == ("Start again in one that is there.", None)

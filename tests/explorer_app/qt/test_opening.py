"""Opening: how far it is, what is missing, what is remembered."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from explorer_app.loading.messages import Progress
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


def test_who_waits_is_told_the_stage_and_how_much_is_done_and_can_stop_it(
    qtbot: QtBot, started: Explorer, code: Path
) -> None:
    (code / "flow.py").write_text(HANGS + FLOW, encoding="utf-8")
    progress = started.window.progress
    with qtbot.waitSignal(started.drafted, timeout=PATIENCE):
        started.open((str(code),))
    qtbot.waitUntil(progress.isVisible, timeout=PATIENCE)
    assert progress.text.text().startswith("Importing")
    started.opening._reader.progressed.emit(Progress("Reading", 1_200, 40_000))
    assert "Reading 1,200 of 40,000" in progress.text.text()
    progress.choices[0].click()
    assert not progress.isVisible()
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

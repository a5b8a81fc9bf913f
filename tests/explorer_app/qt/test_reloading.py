"""Files change on disk: what is open is read again, and nobody loses anything."""

import os
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from explorer_app.loading.watched import imported_by, stamps, watched
from explorer_app.qt.explorer import Explorer
from explorer_app.qt.watching import Watching
from hamilton_ol.config import resolve

PATIENCE = 60_000  # ms
FLOW = "def b(a: int) -> int:\n    return a\n"
MORE = "\n\ndef c(b: int) -> int:\n    return b\n"


def write(path: Path, text: str) -> None:
    """As editors do it: another file takes the place."""
    part = path.with_suffix(".part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


@pytest.fixture
def flow(qtbot: QtBot, started: Explorer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that is open, and trusted."""
    folder = tmp_path / "code"
    folder.mkdir()
    monkeypatch.chdir(folder)
    started.settings.trust([folder])
    write(folder / "flow.py", FLOW)
    with qtbot.waitSignal(started.ready, timeout=PATIENCE):
        started.open((str(folder),))
    return folder / "flow.py"


def names(explorer: Explorer) -> set[str]:
    assert explorer.session is not None
    return set(explorer.session.graph.ids)


def test_a_file_that_is_saved_is_read_again(qtbot: QtBot, started: Explorer, flow: Path) -> None:
    for text in (FLOW + MORE, FLOW):
        with qtbot.waitSignal(started.ready, timeout=PATIENCE):
            write(flow, text)
        assert ("c" in names(started)) == (text != FLOW)


def test_a_new_file_in_the_folder_is_read_too(qtbot: QtBot, started: Explorer, flow: Path) -> None:
    with qtbot.waitSignal(started.ready, timeout=PATIENCE):
        write(flow.with_name("more.py"), MORE)
    assert "c" in names(started)


def test_what_an_open_file_imports_is_watched_too(
    qtbot: QtBot, started: Explorer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    started.settings.trust([tmp_path])
    write(tmp_path / "parts.py", "from typing import NewType\n\nMoney = NewType('Money', int)\n")
    flow = "from parts import Money\n\n\ndef b(a: int) -> Money:\n    return Money(a)\n"
    write(tmp_path / "flow.py", flow)
    watching = started.reloading._watching
    with qtbot.waitSignal(started.ready, timeout=PATIENCE):
        started.open((str(tmp_path / "flow.py"),))
    qtbot.waitUntil(lambda: str(tmp_path / "parts.py") in watching._known, timeout=PATIENCE)
    with qtbot.waitSignal(started.ready, timeout=PATIENCE):
        write(tmp_path / "parts.py", "Money = float\n")
    assert started.session is not None
    assert started.session.graph["b"].type == "float"


def test_code_that_does_not_work_any_more_keeps_what_is_shown_and_is_a_problem(
    qtbot: QtBot, started: Explorer, flow: Path
) -> None:
    with qtbot.waitSignal(started.opening.failed, timeout=PATIENCE):
        write(flow, FLOW + "\ndef broken(:\n")
    assert names(started) == {"a", "b"}
    assert started.window.notice.isVisible()
    (what, (text, hint)), *_ = started.window.tables.problems.rows
    assert "flow" in what + text
    assert "from before" in hint
    with qtbot.waitSignal(started.ready, timeout=PATIENCE):
        write(flow, FLOW + MORE)
    assert not started.window.notice.isVisible()
    assert "c" in names(started)


def test_a_file_that_was_gone_is_read_when_it_comes_back(
    qtbot: QtBot, started: Explorer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    started.settings.trust([tmp_path])
    file = tmp_path / "code" / "flow.py"
    file.parent.mkdir()
    write(file, FLOW)
    with qtbot.waitSignal(started.ready, timeout=PATIENCE):
        started.open((str(file),))
    with qtbot.waitSignal(started.opening.failed, timeout=PATIENCE):
        shutil.rmtree(file.parent)
    assert names(started) == {"a", "b"}
    with qtbot.waitSignal(started.ready, timeout=PATIENCE):
        file.parent.mkdir()
        write(file, FLOW + MORE)
    assert "c" in names(started)


def stop_its_import(qtbot: QtBot, started: Explorer, file: Path) -> None:
    """Open a module whose import takes for ever, and stop that."""
    started.settings.trust([file.parent])
    write(file, "import time\n\ntime.sleep(1000)\n\n\n" + FLOW)
    with qtbot.waitSignal(started.drafted, timeout=PATIENCE):
        started.open((str(file),))
    started.actions["cancel"].trigger()


def test_what_is_shown_after_its_import_was_stopped_is_watched(
    qtbot: QtBot, started: Explorer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    stop_its_import(qtbot, started, tmp_path / "flow.py")
    assert "not exact" in started.window.origin.text()
    with qtbot.waitSignal(started.ready, timeout=PATIENCE):
        write(tmp_path / "flow.py", FLOW + MORE)
    assert "c" in names(started)
    assert "not exact" not in started.window.origin.text()


def test_what_fails_again_is_not_read_without_end(
    qtbot: QtBot, started: Explorer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    stop_its_import(qtbot, started, tmp_path / "flow.py")
    with qtbot.waitSignal(started.opening.failed, timeout=PATIENCE):
        write(tmp_path / "flow.py", "def broken(:\n")
    started.reloading._watching._look()
    assert not started.opening.is_busy
    started.reloading.stop()


def test_it_can_be_switched_off_and_is_remembered(started: Explorer, flow: Path) -> None:
    started.actions["watch"].trigger()
    assert not started.settings.watches
    assert started.reloading._watching._watcher.files() == []
    started.actions["watch"].trigger()
    assert started.settings.watches
    assert started.reloading._watching._watcher.files() == [str(flow)]


def test_whoever_types_is_not_disturbed(started: Explorer, flow: Path) -> None:
    bar = started.top.query
    started.actions["query"].trigger()
    bar.edit.setText("+b")
    started.reloading._changed()
    assert not started.opening.is_busy
    assert bar.edit.text() == "+b"
    bar.give_up()
    started.reloading.stop()


def test_code_that_nobody_trusts_is_not_run_when_it_changes(
    qtbot: QtBot, started: Explorer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "flow.py"
    write(file, FLOW)
    with qtbot.waitSignal(started.ready, timeout=PATIENCE):
        started.open((str(file),))
    started.window.question.hide()
    with qtbot.waitSignal(started.ready, timeout=PATIENCE):
        write(file, "open('ran', 'w').close()\n\n\n" + FLOW + MORE)
    assert "c" in names(started)
    assert not (tmp_path / "ran").exists()
    assert not started.window.question.isVisible()


def test_code_that_nobody_trusts_is_not_run_after_something_else_failed_either(
    qtbot: QtBot, started: Explorer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "flow.py", "open('ran', 'w').close()\n\n\n" + FLOW)
    with qtbot.waitSignal(started.ready, timeout=PATIENCE):
        started.open(("flow.py",))
    with qtbot.waitSignal(started.opening.failed, timeout=PATIENCE):
        started.open((f"events:{tmp_path / 'nowhere'}",))
    with qtbot.waitSignal(started.ready, timeout=PATIENCE):
        started.actions["reload"].trigger()
    assert not (tmp_path / "ran").exists()


def test_what_does_not_change_is_no_change(qtbot: QtBot, tmp_path: Path) -> None:
    parent = QObject()
    watching = Watching(parent)
    file = tmp_path / "flow.py"
    write(file, FLOW)
    told: list[bool] = []
    watching.changed.connect(lambda: told.append(True))
    watching.watch(stamps([str(file)]))
    (tmp_path / "__pycache__").mkdir()
    watching._look()
    assert told == []
    os.utime(file, ns=(1, 1))
    watching._look()
    assert told == [True]
    watching.stop()


def test_a_file_that_is_replaced_in_two_steps_is_not_gone(qtbot: QtBot, tmp_path: Path) -> None:
    parent, file = QObject(), tmp_path / "flow.py"
    write(file, FLOW)
    watching, told = Watching(parent), list[bool]()
    watching.changed.connect(lambda: told.append(True))
    watching.watch(stamps([str(file)]))
    file.rename(tmp_path / "aside")
    watching._look()
    assert told == []  # it is usually there again in a moment
    (tmp_path / "aside").rename(file)
    watching._look()
    assert told == []
    file.unlink()
    for expected in ([], [True], [True]):  # gone for good is told once
        watching._look()
        assert told == expected
    watching.stop()


def test_what_lies_beside_a_file_is_nothing_new(qtbot: QtBot, tmp_path: Path) -> None:
    for name in ("flow.py", "beside.py"):
        (tmp_path / name).write_text("x = 1\n", encoding="utf-8")
    parent = QObject()
    watching = Watching(parent)
    seen: list[int] = []
    watching.changed.connect(lambda: seen.append(1))
    watching.watch(stamps([str(tmp_path / "flow.py")]))
    watching._look()
    assert seen == []
    (tmp_path / "new.py").write_text("y = 1\n", encoding="utf-8")
    watching._look()
    assert seen == [1]
    watching.stop()


def test_what_is_watched_is_what_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = resolve({}, environ={})
    (tmp_path / "pkg").mkdir()
    for name in ("pkg/one.py", "pkg/two.py", "pkg/notes.txt", "flow.py", "events.ndjson"):
        (tmp_path / name).write_text("", encoding="utf-8")

    def files(*sources: str) -> set[str]:
        return {Path(path).name for path in watched(sources, settings)}

    assert files("pkg") == {"one.py", "two.py"}
    assert files("flow.py", "events:events.ndjson") == {"flow.py", "events.ndjson"}
    assert files("git:main", "flow.py") == set()
    assert files("marquez:http://localhost:1") == set()
    assert files("nowhere.py") == set()


def test_what_is_imported_is_watched_where_its_folder_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = resolve({}, environ={})
    (tmp_path / "pkg").mkdir()
    write(tmp_path / "pkg" / "one.py", "")
    write(tmp_path / "flow.py", "import pkg.one\nimport os\n")
    one = str(tmp_path / "pkg" / "one.py")
    assert imported_by(["flow.py"], settings, 1 << 62) == stamps([one])
    assert imported_by(["flow.py"], settings, 0) == {one: (0, 0)}  # it changed meanwhile
    for source in ("pkg", "git:main", "events:x", "marquez:http://localhost:1", "nowhere.py"):
        assert imported_by([source], settings, 1 << 62) == {}

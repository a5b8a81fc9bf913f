"""Forms that ask what to open: they stay until it is open, and keep what was typed."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from explorer_app.canvas.widths import text_width
from explorer_app.model.runs import RunRow
from explorer_app.qt.explorer import Explorer
from explorer_app.qt.forms import Form
from explorer_app.qt.listform import HEIGHT as LINE
from explorer_app.qt.listform import ListForm
from explorer_app.qt.revisionform import RevisionForm
from tests.support.servers import Target

PATIENCE = 60_000  # ms
BESIDE = 6  # px beside a text in a cell
COMMANDS = [
    *("open-folder", "open-file", "open-run", "open-revision", "open-marquez"),
    "choose-editor",
]


def form_of(explorer: Explorer, command: str) -> Form:
    explorer.actions[command].trigger()
    return explorer.forms.forms.get(command, explorer.editor)


def run_row(run_id: str, job: str) -> RunRow:
    return RunRow(run_id, (run_id, "succeeded", "today", "1 s", job, "3", "x"), (), "ok")


@pytest.mark.parametrize("command", COMMANDS)
def test_each_has_a_command_and_stops_nobody(started: Explorer, command: str) -> None:
    form = form_of(started, command)
    assert form.isVisible()
    assert form.edits[0].hasFocus()
    QTest.keyClick(form.edits[0], Qt.Key.Key_Escape)
    assert not form.isVisible()
    started.background.close()


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_in_it_is_cut_off(started: Explorer, command: str) -> None:
    form = form_of(started, command)
    form.say(
        "It did not work, for a reason that takes a line and some more to tell. " * 2, "Do it."
    )
    QTest.qWait(0)
    for label in form.findChildren(QLabel):
        if label.isVisible():
            assert form.rect().contains(label.geometry()), label.text()
            assert label.height() >= label.heightForWidth(label.width())
    assert form.rect().contains(form.submit.geometry())
    started.background.close()


def test_only_one_is_shown(started: Explorer) -> None:
    first = form_of(started, "open-folder")
    second = form_of(started, "open-file")
    assert (first.isVisible(), second.isVisible()) == (False, True)
    third = form_of(started, "choose-editor")
    started.palette.open()
    assert [form.isVisible() for form in (second, third)] == [False, False]
    assert started.palette.edit.hasFocus()


def test_what_is_wrong_is_said_there_and_what_was_typed_stays(started: Explorer) -> None:
    form = form_of(started, "open-folder")
    form.edits[0].setText("/no/such/folder")
    QTest.keyClick(form.edits[0], Qt.Key.Key_Return)
    assert "/no/such/folder" in form.said.text()
    assert form.hint.text()
    assert form.edits[0].text() == "/no/such/folder"
    assert not started.opening.is_busy


def test_what_cannot_be_read_is_said_there_too(
    qtbot: QtBot, explorer: Explorer, tmp_path: Path
) -> None:
    (tmp_path / "graph.json").write_text("{", encoding="utf-8")
    form = form_of(explorer, "open-file")
    form.edits[0].setText(str(tmp_path / "graph.json"))
    with qtbot.waitSignal(explorer.opening.failed, timeout=PATIENCE):
        form.send()
    assert "graph.json" in form.said.text()
    assert form.submit.isEnabled()
    assert form.isVisible()
    assert not explorer.window.notice.isVisible()
    assert explorer.session is not None


def test_it_is_gone_once_it_is_open(qtbot: QtBot, started: Explorer, tmp_path: Path) -> None:
    (tmp_path / "flow.py").write_text("def a(x: int) -> int:\n    return x\n", encoding="utf-8")
    form = form_of(started, "open-folder")
    form.edits[0].setText(str(tmp_path))
    with qtbot.waitSignal(started.ready, timeout=PATIENCE):
        form.send()
    assert not form.isVisible()
    assert started.opened is not None
    assert started.opened.sources == (str(tmp_path),)


def test_while_it_is_read_it_can_be_stopped(started: Explorer, tmp_path: Path) -> None:
    (tmp_path / "flow.py").touch()
    form = form_of(started, "open-folder")
    form.edits[0].setText(str(tmp_path))
    form.send()
    assert not form.submit.isEnabled()
    assert started.opening.is_busy
    form.cancel.click()
    assert not started.opening.is_busy
    assert form.isVisible()
    assert form.submit.isEnabled()


def test_a_run_is_found_by_what_is_in_its_row(started: Explorer) -> None:
    form = form_of(started, "open-run")
    started.background.close()
    started.window.tables.set_runs([run_row("aa", "shop"), run_row("bb", "titanic")])
    asked: list[object] = []
    form.submitted.disconnect()
    form.submitted.connect(asked.append)
    QTest.keyClicks(form.edits[0], "TITAN")
    QTest.keyClick(form.edits[0], Qt.Key.Key_Return)
    assert asked == [(("run:bb",), "")]


def test_a_list_is_as_high_as_its_rows_and_no_higher_than_the_window(started: Explorer) -> None:
    form = form_of(started, "open-run")
    assert isinstance(form, ListForm)
    started.background.close()
    heights = []
    for count in (1, 8, 500):
        started.window.tables.set_runs([run_row(f"{n}", "titanic") for n in range(count)])
        QTest.qWait(0)
        heights.append(form.height())
        shown = form.table.viewport().height() // LINE
        assert shown >= min(count, 12), count
        assert count > 12 or shown < count + 6, count  # no large void below
    assert heights[0] < heights[1] < heights[2] <= started.window.height()


def test_where_no_run_is_the_form_says_how_there_would_be_one(started: Explorer) -> None:
    form = form_of(started, "open-run")
    started.background.close()
    started.window.tables.set_runs([])
    assert not form.submit.isEnabled()
    assert any("OpenLineageHook" in label.text() for label in form.findChildren(QLabel))


def test_a_revision_is_most_likely_one_of_what_is_here(
    started: Explorer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert form_of(started, "open-revision").edits[1].text() == str(tmp_path)


def test_it_can_be_read_how_old_a_revision_is(started: Explorer) -> None:
    form = form_of(started, "open-revision")
    assert isinstance(form, RevisionForm)
    form.rows.set_rows([("main", ("main", "remote branch", "59 minutes ago", "first"))])
    for column in (1, 2):
        text = form.table.model().index(0, column).data()
        room = form.table.columnWidth(column) - 2 * BESIDE
        assert text_width(text, started.style.theme.font("body")) <= room, text


@pytest.mark.qt_log_ignore("propagateSizeHints")  # of Qt's own dialog, on a platform without it
def test_browsing_does_not_stop_the_window(started: Explorer, tmp_path: Path) -> None:
    form = form_of(started, "open-folder")
    form.edits[0].setText(str(tmp_path))
    form._browse(form.edits[0], "x", QFileDialog.FileMode.Directory, ())
    dialog = started.window.findChild(QFileDialog)
    assert dialog is not None
    assert not dialog.isModal()
    dialog.fileSelected.emit("/chosen")
    dialog.close()
    assert form.edits[0].text() == "/chosen"


def test_a_token_is_shown_kept_and_written_nowhere(
    qtbot: QtBot, started: Explorer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    form = form_of(started, "open-marquez")
    with qtbot.waitSignal(started.background.foundKeyring, timeout=PATIENCE):
        pass
    assert any("no keyring" in label.text() for label in form.findChildren(QLabel))
    with Target() as target:
        url, namespace, token = form.edits
        url.setText(target.url)
        token.setText("hunter2hunter2")
        with qtbot.waitSignal(started.opening.failed, timeout=PATIENCE):
            form.send()
    said = "".join(label.text() for label in started.window.findChildren(QLabel))
    kept = "".join(path.read_text("utf-8") for path in tmp_path.rglob("*") if path.is_file())
    assert form.said.text()
    assert "hunter2" not in said + kept + started.window.windowTitle()
    assert (url.text(), namespace.text()) == (target.url, "")


def test_while_runs_are_looked_for_none_is_no_news(started: Explorer) -> None:
    started.forms.runs.look(is_on=True)
    assert "looked for" in started.forms.runs.empty.text()
    started.background.finished.emit()
    assert "No run is recorded" in started.forms.runs.empty.text()

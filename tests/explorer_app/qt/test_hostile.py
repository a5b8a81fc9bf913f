"""Names that are meant to do harm are words, everywhere; nothing is opened because a file says so."""

import io
import json
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QProcess, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QAbstractItemView, QLabel, QWidget
from pytestqt.qtbot import QtBot

from explorer_app.canvas.spoken import describe
from explorer_app.loading.child import Worker
from explorer_app.loading.frames import framed
from explorer_app.loading.messages import Failed, Load
from explorer_app.model.commands import COMMANDS
from explorer_app.qt.explorer import Explorer
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Edge, Node
from hamilton_ol.graph.scene.names import NAMELESS
from hamilton_ol.graphfiles import exported
from tests.explorer_app.qt.conftest import show
from tests.support.hostile import NAMES, hostile

UNSEEN = {"Cc", "Cf", "Cs", "Co"}
OPENED = ("socket.connect", "subprocess.Popen", "os.system", "os.exec", "webbrowser.open")
SHOWN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
LONGEST = 25_000  # characters of the source text


def is_harmless(text: str) -> bool:
    """Whether a text can be put on the screen: nothing in it is unseen, or moves what is around."""
    return not any(
        unicodedata.category(c) in UNSEEN for c in text.replace("\n", "").replace("\t", "")
    )


def is_text(tip: str) -> bool:
    """Whether a tool tip is plain, or escaped so that it is."""
    return "<" not in tip or (
        tip.startswith("<qt>") and "<" not in tip.removeprefix("<qt>").removesuffix("</qt>")
    )


@pytest.fixture
def explorer(started: Explorer) -> Explorer:
    show(started, hostile())
    return started


def look_everywhere(explorer: Explorer) -> None:
    for widget in explorer.window.findChildren(QWidget):
        assert is_text(widget.toolTip()), widget
        assert is_harmless(widget.toolTip()), widget
        assert is_harmless(widget.accessibleName()), widget
        if isinstance(widget, QLabel):
            assert widget.textFormat() == Qt.TextFormat.PlainText, widget.text()[:80]
            assert is_harmless(widget.text())
            assert len(widget.text()) < LONGEST
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            look_into(widget.model())
    assert is_harmless(explorer.window.windowTitle())
    assert is_harmless(explorer.window.statusBar().currentMessage())


def look_into(model: QAbstractItemModel, parent: QModelIndex | None = None) -> None:
    above = parent or QModelIndex()
    for row in range(model.rowCount(above)):
        for column in range(model.columnCount(above)):
            index = model.index(row, column, above)
            for role in SHOWN:
                text = index.data(role)
                assert text is None or is_harmless(text), text
            assert is_text(index.data(Qt.ItemDataRole.ToolTipRole) or "")
        look_into(model, model.index(row, 0, above))


def test_panes_tips_and_titles_show_words(explorer: Explorer) -> None:
    session = explorer.session
    assert session is not None
    for node in range(len(NAMES)):
        session.select([node])
        look_everywhere(explorer)
    for tab in range(3):
        explorer.window.navigator.tabs.choose(tab)
        explorer.window.tables.tabs.choose(tab)
        look_everywhere(explorer)
        explorer.window.grab()


def test_what_could_not_be_done_is_told_in_words(explorer: Explorer) -> None:
    for name in NAMES:
        explorer.tell_failure(Failed(name, name))
        look_everywhere(explorer)
        assert len(explorer.window.notice.text.text()) < 700


def test_a_screen_reader_is_told_words(explorer: Explorer) -> None:
    session, canvas = explorer.session, explorer.window.canvas
    assert session is not None
    for lens in ("", "pii", "owner"):
        session.look_through(lens)
        for node in range(len(canvas.prepared.scene)):  # type: ignore[union-attr]
            assert is_harmless(describe(canvas, node))


def test_menus_show_words(explorer: Explorer) -> None:
    session = explorer.session
    assert session is not None
    for node in range(len(NAMES)):
        session.select([node])
        menu = explorer.actions.context_menu(session, explorer.window)
        for action in menu.actions():
            assert is_harmless(action.text().replace("\t", "")), action.text()
            assert "&" not in action.text().replace("&&", "")
            assert len(action.text()) < 200
        menu.deleteLater()


def test_palette_and_completion_show_words(qtbot: QtBot, explorer: Explorer) -> None:
    palette, bar = explorer.palette, explorer.top.query
    for name in NAMES:
        palette.open()
        palette.edit.setText(name[:8])
        palette.list.step(1)
        assert is_harmless(palette.list.accessibleName())
        palette.grab()
        palette.close_panel()
        bar.start_editing()
        bar.edit.setText(name[:8])
        bar.edit.textEdited.emit(name[:8])
        assert is_harmless(bar.completions.accessibleName())
        bar.completions.grab()
        bar.give_up()


def test_every_query_that_a_menu_writes_means_what_it_says(explorer: Explorer) -> None:
    session = explorer.session
    assert session is not None
    for node in range(len(NAMES)):
        session.ask("", active=node)
        for command in COMMANDS:
            if command.query is not None and command.can(session):
                assert session.judge(command.query(session)).error is None, command.id


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What is opened from here on, by whatever way."""
    found: list[str] = []
    is_on = True

    def note(event: str, arguments: tuple[Any, ...]) -> None:
        if is_on and event in OPENED:
            found.append(f"{event} {arguments[:2]}")

    sys.addaudithook(note)
    for owner, name in ((QDesktopServices, "openUrl"), (QProcess, "startDetached")):
        monkeypatch.setattr(owner, name, lambda *words: found.append(str(words)))
    yield found
    is_on = False


def test_nothing_is_opened_because_a_file_says_so(
    explorer: Explorer, opened: list[str], tmp_path: Path
) -> None:
    file = tmp_path / "graph.json"
    text = json.dumps(hostile().to_json()).encode("utf-8", "surrogatepass")
    file.write_bytes(text)
    source, sink = io.BytesIO(framed(Load((str(file),)))), io.BytesIO()
    Worker(source, sink).run()
    session = explorer.session
    assert session is not None
    for node in range(len(NAMES)):
        explorer.gestures.click(node, Qt.KeyboardModifier.NoModifier)
        explorer.gestures.activate(node)
        explorer.window.grab()
    assert opened == []


def test_what_has_no_name_is_seen_wherever_names_are(started: Explorer) -> None:
    table = Node("t", "t", "function", "DataFrame", module="m")
    column = Node("c", "", "column", "Series", module="m", part_of="t", field="")
    show(started, LineageGraph([table, column, Node("x", " ", module="m")], [Edge("t", "x")]))
    session, window = started.session, started.window
    assert session is not None
    session.ask("", active=2)
    said = [window.tables.table.model().index(row, 0).data() for row in range(3)]
    assert said.count(NAMELESS) == 2
    page = window.inspector._page
    assert page is not None
    assert page.title == NAMELESS
    prepared = window.canvas.prepared
    assert prepared is not None
    assert (NAMELESS,) in prepared.scene.cards.lines
    model = window.navigator.tree.model()
    seen: list[str] = []
    todo = [model.index(row, 0) for row in range(model.rowCount())]
    for index in todo:
        seen.append(index.data())
        todo += [model.index(row, 0, index) for row in range(model.rowCount(index))]
    assert NAMELESS in seen
    for form in ("dot", "mermaid"):
        assert NAMELESS.strip("()") in exported(session.graph, form).decode()

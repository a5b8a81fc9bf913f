"""What is long is broken or left out in whole letters; what is empty says so; bars stay in sight."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from explorer_app.model.page import Alert, Page, Section
from explorer_app.qt.explorer import Explorer
from explorer_app.qt.notedtable import NotedTable
from explorer_app.qt.prose import Prose
from hamilton_ol.graph.lineage import LineageGraph
from tests.explorer_app.qt.conftest import show

LONG = "rolling_mean_of_customer_spend_in_the_last_thirty_days_by_region"


def test_long_names_and_errors_are_broken_and_not_cut(explorer: Explorer, qtbot: QtBot) -> None:
    inspector = explorer.window.inspector
    error = f"FileNotFoundError: /data/{'x' * 200}"
    inspector.show_page(
        Page(LONG, second=LONG, text=LONG, sections=(Section("Why", "", (Alert(error),)),))
    )
    found = inspector.findChildren(Prose)
    qtbot.waitUntil(lambda: all(50 < text.width() < inspector.width() for text in found))
    assert [text.toPlainText() for text in found] == [LONG, LONG, LONG, error]
    for text in found:
        lines = text.document().size().height()
        assert text.document().idealWidth() <= text.width()
        assert lines <= text.height() < lines + 2
    assert found[0].height() > 30  # two lines of it


def test_an_empty_table_says_why(explorer: Explorer, qtbot: QtBot) -> None:
    tables = explorer.window.tables
    assert tables.problem_table.note == "No problems."
    qtbot.keyClicks(tables.tabs.edit, "there is no such node")
    qtbot.keyClick(tables.tabs.edit, Qt.Key.Key_Return)
    notes = {table.note for table in tables.findChildren(NotedTable)}
    assert notes == {"Nothing matches the filter."}
    before = tables.grab().toImage()
    for table in tables.findChildren(NotedTable):
        table.note = ""
    assert tables.grab().toImage() != before
    tables.tabs.edit.clear()
    qtbot.keyClick(tables.tabs.edit, Qt.Key.Key_Return)
    assert tables.run_table.note == "No run is recorded."


@pytest.mark.parametrize("height", [560, 900])
def test_the_largest_panel_covers_neither_the_bar_at_the_top_nor_the_one_at_the_bottom(
    explorer: Explorer, height: int
) -> None:
    window = explorer.window
    window.resize(1000, height)
    explorer.actions["language"].trigger()
    panel = explorer.language.geometry()
    assert panel.top() >= explorer.top.height()
    assert panel.bottom() < window.height() - window.statusBar().height()


def test_an_empty_dataflow_says_so(started: Explorer) -> None:
    show(started, LineageGraph([], []))
    page = started.window.inspector.page
    assert page is not None
    assert "has no nodes" in page.text
    assert page.sections == ()

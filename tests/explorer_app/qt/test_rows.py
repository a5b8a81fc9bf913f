"""What rows of the inspector have no room for."""

from typing import Any

from PySide6.QtCore import QRectF

from explorer_app.model.page import Page, Section, Share
from explorer_app.qt.buttons import LinkRow
from explorer_app.qt.explorer import Explorer
from tests.support.painting import NotingPainter


def painted(row: LinkRow) -> list[str]:
    """The texts of a row in a narrow inspector."""
    painter: Any = NotingPainter()
    row._paint(painter, QRectF(0, 0, 300, 31))
    return [entry[1] for entry in painter.list if entry[0] == "text"]


def test_a_share_is_written_however_long_the_name_is(explorer: Explorer) -> None:
    inspector = explorer.window.inspector
    line = Share("a_name_that_takes_all_the_room_that_there_is_in_a_row", "93 %", 0.93, 0)
    inspector.show_page(Page("Run", sections=(Section("Slowest", "", (line,)),)))
    row = next(row for row in inspector.findChildren(LinkRow) if "93 %" in row.accessibleName())
    name, share = painted(row)
    assert name.startswith("a_name_that_takes")
    assert name.endswith("row")
    assert share == "93 %"

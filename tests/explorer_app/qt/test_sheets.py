"""Sheets of keys and queries can be read in any window."""

import pytest
from pytestqt.qtbot import QtBot

from explorer_app.canvas.widths import text_width
from explorer_app.qt.explorer import Explorer
from explorer_app.qt.pieces import key_width
from explorer_app.qt.sheets import KeyRow


@pytest.mark.parametrize("size", [(1440, 900), (1280, 720), (800, 500)])
def test_every_key_has_room_beside_what_it_does(
    qtbot: QtBot, explorer: Explorer, size: tuple[int, int]
) -> None:
    explorer.window.resize(*size)
    explorer.keys.open()
    qtbot.wait(0)
    rows, style = explorer.keys.findChildren(KeyRow), explorer.style
    assert rows
    for row in rows:
        caps = sum(key_width(style, keys) + 8 for keys in row._signs)
        assert row.width() >= text_width(row._text, style.theme.font("body")) + caps, row._text


def test_a_sheet_that_becomes_wider_again_has_its_columns_back(
    qtbot: QtBot, explorer: Explorer
) -> None:
    heights = []
    for size in ((1440, 900), (800, 500), (1440, 900)):
        explorer.window.resize(*size)
        explorer.keys.open()
        qtbot.wait(0)
        heights.append(explorer.keys._body.height())
        explorer.keys.close_panel()
    assert heights[0] == heights[2] < heights[1]

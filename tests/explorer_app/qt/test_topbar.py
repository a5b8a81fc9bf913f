"""The bar at the top has room for what is in it."""

import pytest
from PySide6.QtTest import QTest

from explorer_app.qt.explorer import Explorer


@pytest.mark.parametrize(("name", "wide"), [("titanic", 1440), ("exports_partners", 1440)])
def test_the_name_of_what_is_open_is_not_cut(explorer: Explorer, name: str, wide: int) -> None:
    explorer.window.resize(wide, 700)
    explorer.top.set_name(name)
    QTest.qWait(0)
    source = explorer.top.source
    assert source.width() >= source.sizeHint().width()


def test_a_very_long_name_leaves_room_for_the_query(explorer: Explorer) -> None:
    explorer.window.resize(1000, 700)
    explorer.top.set_name("a_name_" * 20)
    QTest.qWait(0)
    assert explorer.top.query.width() >= explorer.top.query.minimumWidth()
    assert explorer.top.rect().contains(explorer.top.source.geometry())

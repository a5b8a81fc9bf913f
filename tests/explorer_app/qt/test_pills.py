"""Labels in a row, beside a note."""

from pytestqt.qtbot import QtBot

from explorer_app.canvas.widths import text_width
from explorer_app.qt.pieces import Pills, pill_width
from explorer_app.qt.style import Style


def test_labels_leave_room_for_the_note_beside_them(qtbot: QtBot) -> None:
    style = Style("light")
    names = tuple((f"a_rather_long_name_{number}", "pii") for number in range(3))
    pills = Pills(style, names, "personal data")
    qtbot.addWidget(pills)
    width = 300
    pills.resize(width, 100)
    note = width - text_width("personal data", style.theme.font("meta"))
    for (text, tone), (row, x) in zip(names, pills._places(width), strict=True):
        assert row > 0 or x + pill_width(style, text, tone) < note

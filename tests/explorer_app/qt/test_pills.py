"""Labels in a row, beside a note."""

from pytestqt.qtbot import QtBot

from explorer_app.canvas.widths import text_width
from explorer_app.qt.pieces import Pills, pill_width
from explorer_app.qt.style import Style


def test_labels_leave_room_for_the_note_beside_them(qtbot: QtBot) -> None:
    style = Style("light")
    longest = (("a_name_that_is_longer_than_all_of_the_room_there_is", "pii"),)
    names = (*longest, *((f"a_rather_long_name_{number}", "pii") for number in range(3)))
    pills = Pills(style, names, "personal data")
    qtbot.addWidget(pills)
    width = 300
    pills.resize(width, 100)
    note = width - text_width("personal data", style.theme.font("meta"))
    written = pills._written(width)
    for text, (row, x) in zip(written, pills._places(width), strict=True):
        assert row > 0 or x + pill_width(style, text, "pii") < note
    assert written[0].endswith("…")
    assert written[1:] == [name for name, _ in names[1:]]

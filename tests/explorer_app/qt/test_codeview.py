"""Source text is wrapped so that nothing of it is cut off."""

import pytest

from explorer_app.canvas.widths import text_width
from explorer_app.model.page import Code
from explorer_app.qt.codeview import CodeView, cells
from explorer_app.qt.style import Style


@pytest.mark.parametrize(
    "text",
    [
        "def \ubaa8\ub378(" + "\u30c7\u30fc\u30bf_" * 12 + ": pd.DataFrame) -> object:",
        "def model(" + "training_set_" * 12 + ": pd.DataFrame) -> object:",
    ],
)
def test_every_row_has_room_in_its_font(qapp: object, text: str) -> None:
    style = Style("light")
    view = CodeView(style, Code(text, 1))
    letter = text_width("0", style.theme.font("meta", mono=True))
    rows = view._wrapped(view._lines[0], 300)
    assert "".join(span.text for row in rows for span in row).replace(" ", "") == text.replace(
        " ", ""
    )
    for row in rows:
        assert CodeView.GUTTER + letter * cells("".join(span.text for span in row)) <= 300


def test_letters_of_east_asia_are_wide() -> None:
    assert [cells(text) for text in ("", "age", "\u5e74\u9f84_x", "\U0001f680")] == [0, 3, 6, 2]

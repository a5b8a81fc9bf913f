"""The order in which Tab goes through widgets: as one reads them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

ROW = 12  # px; what is no further apart stands beside each other


def reached(part: QWidget) -> list[QWidget]:
    """What in a part of a window is seen and can have the focus: row by row, from the left."""
    tab = Qt.FocusPolicy.TabFocus
    found = [w for w in part.findChildren(QWidget) if w.focusPolicy() & tab and w.isEnabled()]

    def place(widget: QWidget) -> tuple[int, int]:
        middle = widget.mapTo(part, widget.rect().center())
        return middle.y() // ROW, middle.x()

    return sorted((widget for widget in found if widget.isVisible()), key=place)


def go_round(widgets: Sequence[QWidget], *, is_forward: bool) -> bool:
    """Give the focus to the next one, after the last to the first; whether there is any."""
    if not widgets:
        return False
    at = next((n for n, widget in enumerate(widgets) if widget.hasFocus()), -1)
    found = widgets[(at + 1 if is_forward else max(at, 0) - 1) % len(widgets)]
    reason = Qt.FocusReason
    found.setFocus(reason.TabFocusReason if is_forward else reason.BacktabFocusReason)
    around = found.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(found)
        around = around.parentWidget()
    return True

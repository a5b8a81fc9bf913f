"""Flat buttons, and rows that are chosen like buttons."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from explorer_app.canvas.strokes import HINTS, LEFT, fill, pen
from explorer_app.canvas.widths import elided, text_width
from explorer_app.qt.icons import draw
from explorer_app.qt.pieces import draw_key, key_width
from explorer_app.qt.style import Style
from hamilton_ol.graph.scene.names import shown

Paint = Callable[[QPainter, QRectF], None]


class Button(QAbstractButton):
    """A flat button: an icon, a text, an arrow for a menu, a cap with its shortcut.

    Args:
        style: colours.
        icon: its name, empty for none.
        text: beside it; also what a screen reader says, unless `name` is given.
        name: what it does.
        key: its shortcut, drawn on a cap.
    """

    def __init__(
        self,
        style: Style,
        icon: str = "",
        text: str = "",
        *,
        name: str = "",
        key: str = "",
        weight: int = 500,
        role: str = "body",
        has_menu: bool = False,
    ) -> None:
        super().__init__()
        self._style, self._icon, self._key = style, icon, key
        self._weight, self._role, self._has_menu = weight, role, has_menu
        self.setText(text)
        self.setAccessibleName(name or text)
        self.setAccessibleDescription(key)
        self.setToolTip(f"{name or text}{f'   {key}' if key else ''}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def _font(self) -> QFont:
        return self._style.theme.font(self._role, weight=self._weight)

    def sizeHint(self) -> QSize:
        """As much as is drawn."""
        wide = 12.0 + (16 if self._icon else 0)
        if self.text():
            wide += text_width(self.text(), self._font()) + (6 if self._icon else 0)
        wide += 16 if self._has_menu else 0
        wide += key_width(self._style, self._key) + 8 if self._key and self.text() else 0
        return QSize(round(wide), 28)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter, style = QPainter(self), self._style
        painter.setRenderHints(HINTS)
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            fill(painter, style.color("hover"))
            painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        if self.hasFocus():
            painter.setPen(pen(style.color("accent"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        x, middle = 6.0, self.height() / 2
        if self._icon:
            ink = style.color("text2" if self.isEnabled() else "edge")
            draw(painter, self._icon, QPointF(x, middle - 8), 16, ink, 1.4)
            x += 22
        painter.setFont(self._font())
        painter.setPen(style.color("text" if self.isEnabled() else "dim_text"))
        room = self.width() - x - (20 if self._has_menu else 0)
        text = self.text() if self._key else elided(self.text(), self._font(), room)
        painter.drawText(QRectF(x, 0, self.width(), self.height()), LEFT, text)
        x += text_width(text, self._font()) if text else 0
        if self._has_menu:
            draw(painter, "down", QPointF(x + 4, middle - 5), 10.5, style.color("muted"), 1.8)
        elif self._key and self.text():
            draw_key(painter, style, x + 8, middle - 9, self._key)
        painter.end()


class Row(QWidget):
    """A row that is drawn by a function.

    Args:
        style: colours.
        paint: draws it, given the painter and its rectangle.
        height: px.
        name: what a screen reader says.
    """

    ROLE = QAccessible.Role.StaticText

    def __init__(self, style: Style, paint: Paint, height: int, name: str) -> None:
        super().__init__()
        self._style, self._paint = style, paint
        self.setFixedHeight(height)
        self.setAccessibleName(shown(name))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHints(HINTS)
        self._paint(painter, QRectF(self.rect()))
        painter.end()


class Heading(Row):
    """The same, for what follows below it."""

    ROLE = QAccessible.Role.Heading


class LinkRow(QAbstractButton):
    """The same, clicked or chosen with Enter or the space bar: for screen readers a button."""

    def __init__(self, style: Style, paint: Paint, height: int, name: str) -> None:
        super().__init__()
        self._style, self._paint = style, paint
        self.setFixedHeight(height)
        self.setAccessibleName(shown(name))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it, with a ground under the pointer or the focus."""
        painter = QPainter(self)
        painter.setRenderHints(HINTS)
        if self.underMouse() or self.hasFocus():
            fill(painter, self._style.color("hover"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(8, 0, -8, 0), 5, 5)
        self._paint(painter, QRectF(self.rect()))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose it with Enter, too."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

"""The bar at the top: back and forward, what is open, the query, menus."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from explorer_app.model.lenses import LENSES
from explorer_app.qt.actions import Actions
from explorer_app.qt.buttons import Button
from explorer_app.qt.querybar import QueryBar
from explorer_app.qt.style import Style, tip
from hamilton_ol.graph.scene.names import shown

HEIGHT, NAVIGATOR, INSPECTOR = 52, 208, 308
LONGEST, QUERY = 340, 460  # px: of all before the query, of the query beside a long name


class TopBar(QWidget):
    """Buttons for what is used most, around the query bar."""

    def __init__(self, style: Style, actions: Actions) -> None:
        super().__init__()
        self._style, self._actions = style, actions
        self.setFixedHeight(HEIGHT)
        self.query = QueryBar(style)
        self.back = self._button("back", "back", "Back")
        self.forward = self._button("forward", "forward", "Forward")
        self.source = Button(
            style, "folder", "", name="Menu", weight=600, role="name", has_menu=True
        )
        self.source.clicked.connect(self.open_menu)
        self._lay_out()

    def _lay_out(self) -> None:
        self._left = QWidget()
        row = QHBoxLayout(self._left)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        sidebar = self._button("navigator", "sidebar", "Navigator")
        for widget in (sidebar, self.back, self.forward):
            row.addWidget(widget)
        row.addSpacing(4)
        self.source.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        row.addWidget(self.source)
        row.addStretch(1)
        box = QHBoxLayout(self)
        box.setContentsMargins(8, 0, 0, 1)
        box.setSpacing(0)
        box.addWidget(self._left)
        box.addWidget(self.query, 1)
        right = QWidget()
        right.setFixedWidth(INSPECTOR)
        box.addWidget(right)
        box = QHBoxLayout(right)
        box.setContentsMargins(10, 0, 8, 0)
        box.setSpacing(0)
        self.lens = Button(self._style, "layers", LENSES[""], name="Lens", has_menu=True)
        ask = Button(self._style, "ask", "Ask", has_menu=True)
        for button, name in ((self.lens, "Lens"), (ask, "Ask")):
            button.clicked.connect(lambda _on=False, b=button, n=name: self._open(b, n))
            box.addWidget(button)
            box.addSpacing(4)
        box.addStretch(1)
        goto = Button(self._style, "", "Go to", name="Go to anything", key="Ctrl+K")
        goto.clicked.connect(self._actions["palette"].trigger)
        box.addWidget(goto)

    def _button(self, command: str, icon: str, name: str) -> Button:
        action = self._actions[command]
        button = Button(self._style, icon, name=name, key=action.shortcut().toString())
        button.clicked.connect(action.trigger)
        action.changed.connect(lambda: button.setEnabled(action.isEnabled()))
        button.setEnabled(action.isEnabled())
        return button

    def _open(self, button: Button, name: str) -> None:
        self._show(self._actions.menu(name, self), button)

    def open_menu(self) -> None:
        """The menu of everything."""
        self._show(self._actions.main_menu(self), self.source)

    def _show(self, menu: QMenu, button: Button) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def set_name(self, name: str) -> None:
        """What is open."""
        self.source.setText(shown(name))
        self.source.setToolTip(tip(name))
        self.source.setAccessibleDescription(shown(name))
        self.source.updateGeometry()
        self._make_room()

    def _make_room(self) -> None:
        """The query begins where the canvas does, unless a long name has room before it."""
        wanted = 3 * self.back.sizeHint().width() + 4 + self.source.sizeHint().width() + 8
        most = max(NAVIGATOR - 8, min(LONGEST, self.width() - INSPECTOR - QUERY))
        self._left.setFixedWidth(min(max(wanted, NAVIGATOR - 8), most))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less room."""
        super().resizeEvent(event)
        self._make_room()

    def set_lens(self, name: str) -> None:
        """What cards are coloured for."""
        self.lens.setText(LENSES[name])
        self.lens.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A ground, and a hairline below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._style.color("surface"))
        line = QRectF(0, self.height() - 1, self.width(), 1)
        painter.fillRect(line, self._style.color("border"))
        painter.end()

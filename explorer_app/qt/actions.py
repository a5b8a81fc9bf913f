"""Actions of Qt for the table of commands: menus, shortcuts and buttons share them."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from explorer_app.model.command import Command, Desk
from explorer_app.model.commands import COMMANDS, MENUS
from explorer_app.model.session import Session
from hamilton_ol.graph.scene.names import shown

OUT = "step-out"
LONGEST_QUERY = 60  # characters that a menu shows


class Actions(QObject):
    """One action for each command.

    Args:
        desk: what commands act on.
        window: whose shortcuts they are.
        focus: the widget that keys go to.
        interrupt: gives up what the mouse is doing; whether it was doing something.
    """

    def __init__(
        self,
        desk: Desk,
        window: QWidget,
        focus: Callable[[], QWidget | None],
        interrupt: Callable[[], bool],
    ) -> None:
        super().__init__(window)
        self._desk, self._focus, self._interrupt = desk, focus, interrupt
        self._actions: dict[str, QAction] = {}
        for command in COMMANDS:
            action = QAction(command.title, window)
            action.setObjectName(command.id)
            action.setShortcuts([QKeySequence(key) for key in command.keys])
            action.triggered.connect(lambda _on=False, c=command: self._run(c))
            window.addAction(action)
            self._actions[command.id] = action

    def _run(self, command: Command) -> None:
        """Do it; the first Esc only ends what the mouse is doing."""
        if command.id != OUT or not self._interrupt():
            command.run(self._desk)

    def __getitem__(self, command: str) -> QAction:
        """The action of a command."""
        return self._actions[command]

    def refresh(self) -> None:
        """What can be done may have changed; plain keys are off while text is typed."""
        session, is_typing = self._desk.session, self._is_typing()
        for command in COMMANDS:
            can = command.can(session)
            self._actions[command.id].setEnabled(can and not (is_typing and command.is_plain_key))

    def _is_typing(self) -> bool:
        """Whether letters go into a line, or to a panel that is in front."""
        focus = self._focus()
        above = focus
        while above is not None and above.objectName() != "panel":
            above = above.parentWidget()
        return isinstance(focus, QLineEdit) or above is not None

    def menu(self, name: str, parent: QWidget) -> QMenu:
        """A menu of the table."""
        menu = QMenu(name, parent)
        for command in COMMANDS:
            if command.menu == name:
                menu.addAction(self._actions[command.id])
        return menu

    def main_menu(self, parent: QWidget) -> QMenu:
        """All menus, one below the other; what opens things is at the top."""
        menu = self.menu(MENUS[0], parent)
        menu.addSeparator()
        for name in MENUS[1:]:
            menu.addMenu(self.menu(name, menu))
        return menu

    def context_menu(self, session: Session, parent: QWidget) -> QMenu:
        """What can be done with the node in focus; an entry that asks says the query it writes."""
        menu = QMenu(parent)
        for command in COMMANDS:
            if command.in_context and command.can(session):
                action = menu.addAction(_entry(command, session))
                action.triggered.connect(lambda _on=False, c=command: c.run(self._desk))
        return menu


def _entry(command: Command, session: Session) -> str:
    query = command.query(session) if command.query and not command.refuses(session) else ""
    right = shown(query, LONGEST_QUERY) or (command.keys[0] if command.keys else "")
    return f"{command.title.replace('&', '&&')}\t{right.replace('&', '&&')}"

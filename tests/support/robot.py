"""A hand in a hurry at the window: commands, clicks, queries, keys, panels, sizes."""

import random
from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from explorer_app.model.commands import COMMANDS
from explorer_app.qt.explorer import Explorer

#: What closes the window, starts a program, reads something else or lets things fly; tested apart.
ELSEWHERE = {
    *("quit", "editor", "reload", "open-latest", "open-sample", "copy-picture", "start", "motion"),
}
DONE = [command.id for command in COMMANDS if command.id not in ELSEWHERE]
NO, SHIFT, CONTROL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
QUERIES = (
    *("", "*", "+*", "kind:input", "tag:PII=true+", "owner:*", "sinks(*)", "not kind:input"),
    *("a..b", "((", "+nobody", "tag:", "status:failed+", "kind:input and kind:column", '"', "$x"),
)
KEYS = (
    *(Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Up, Qt.Key.Key_Down),
    *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_Delete, Qt.Key.Key_F2),
    *(Qt.Key.Key_Space, Qt.Key.Key_Backspace, Qt.Key.Key_Plus, Qt.Key.Key_U, Qt.Key.Key_D),
)
LETTERS = ("tra", "pii", "own", "$", "theme", "zzz", "age")


class Robot:
    """Does anything.

    Args:
        explorer: with a graph.
        chance: what it does.

    Attributes:
        done: what it did, for who wants to know how it came to that.
    """

    def __init__(self, explorer: Explorer, chance: random.Random) -> None:
        self._explorer, self._chance = explorer, chance
        self.done: list[str] = []

    def act(self) -> str:
        """Do one thing; what it was."""
        acts: list[tuple[int, Callable[[], str]]] = [
            (55, self._command),
            (20, self._click),
            (8, self._query),
            (8, self._key),
            (4, self._palette),
            (3, self._size),
            (2, self._events),
        ]
        (act,) = self._chance.choices([a for _, a in acts], [weight for weight, _ in acts])
        self.done.append(act())
        return self.done[-1]

    def _command(self) -> str:
        command = self._chance.choice(DONE)
        self._explorer.actions[command].trigger()
        return command

    def _node(self) -> int:
        session = self._explorer.session
        assert session is not None
        return self._chance.randrange(len(session.graph))

    def _click(self) -> str:
        node, how = self._node(), self._chance.choice((NO, NO, NO, SHIFT, CONTROL))
        self._explorer.gestures.click(node, how)
        return f"click {node} {how}"

    def _query(self) -> str:
        bar, query = self._explorer.top.query, self._chance.choice(QUERIES)
        bar.start_editing()
        bar.edit.insert(query)
        bar.edit.textEdited.emit(query)
        self._press(bar.edit, self._chance.choice((Qt.Key.Key_Return, Qt.Key.Key_Escape)))
        return f"query {query}"

    def _key(self) -> str:
        key = self._chance.choice(KEYS)
        self._press(QApplication.focusWidget() or self._explorer.window.canvas, key)
        return f"key {key}"

    def _press(self, widget: object, key: Qt.Key) -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, key, NO))  # type: ignore[arg-type]

    def _palette(self) -> str:
        palette, letters = self._explorer.palette, self._chance.choice(LETTERS)
        palette.open()
        palette.edit.setText(letters)
        palette.list.step(self._chance.randrange(-3, 4))
        palette.close_panel()
        return f"palette {letters}"

    def _size(self) -> str:
        size = self._chance.randrange(700, 1700), self._chance.randrange(400, 1100)
        self._explorer.window.resize(*size)
        return f"size {size}"

    def _events(self) -> str:
        QApplication.processEvents()
        return "events"

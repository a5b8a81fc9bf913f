"""What the window does because of one thing, in several events where there is much to show."""

from collections import deque
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject

from explorer_app.canvas.idle import IdleCall
from explorer_app.qt.aside import LARGE


class Turns(QObject):
    """Does some things one after the other; what each has changed is painted before the next one."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rest: deque[Callable[[], object]] = deque()
        self._idle = IdleCall(self._next, self)

    @property
    def is_busy(self) -> bool:
        """Whether something is still to be done."""
        return bool(self._rest)

    def run(self, size: int, parts: Iterable[Callable[[], object]]) -> None:
        """Do these instead of what is left; at once, where it is about few nodes."""
        self._rest = deque(parts)
        self._idle.stop()
        while self._rest and size < LARGE:
            self._rest.popleft()()
        if self._rest:
            self._next()

    def _next(self) -> None:
        self._rest.popleft()()
        if self._rest:
            self._idle.start()

    def stop(self) -> None:
        """Do nothing more."""
        self._rest.clear()
        self._idle.stop()

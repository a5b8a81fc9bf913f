"""What takes longer than a window may wait: done on a thread of its own, one thing after the other."""

import sys
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from explorer_app.canvas.idle import IdleCall
from explorer_app.loading.messages import Failed
from explorer_app.qt.heap import trim

LARGE = 1_500  # nodes; of fewer everything is done at once
HUGE = 50_000  # nodes; what they leave free goes back to the system at once
GRACE = 1.0  # s that what is being done may take when the window is closed


def _nothing(*_given: object) -> None:
    pass


class Task:
    """Something that is to be done.

    Args:
        work: does it, on any thread.
        then: is given what came of it, on the window's.

    Attributes:
        is_wanted: whether it is waited for; not once it is done, or dropped.
        error: why it could not be done; None where it could.
    """

    def __init__(
        self, work: Callable[[], Any] = _nothing, then: Callable[[Any], Any] = _nothing
    ) -> None:
        self._work: Callable[[], Any] = work
        self._then: Callable[[Any], Any] = then
        self._found: Any = None
        self.error: Exception | None = None
        self.is_wanted = True

    def drop(self) -> None:
        """It is wanted no more."""
        self.is_wanted = False
        self._forget()

    def _forget(self) -> None:
        """Hold nothing any more: what is done often knows its task, which would keep both."""
        self._work, self._then, self._found = _nothing, _nothing, None

    def do(self) -> None:
        """Do it, unless it is wanted no more."""
        work = self._work
        if self.is_wanted:
            try:
                self._found = work()
            except Exception as error:  # it is told of where the window's thread is
                self.error = error

    def tell(self) -> None:
        """Say what came of it, if that is still wanted."""
        is_wanted, then, found = self.is_wanted, self._then, self._found
        self.drop()
        if is_wanted and self.error is None:
            then(found)


class Aside(QObject):
    """Does tasks in their order."""

    failed = Signal(object)  # Failed: what was waited for could not be done
    _done = Signal(object)  # Task

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: deque[tuple[int, Task]] = deque()
        self._ended: deque[Task] = deque()
        self._thread: Thread | None = None
        self._ending: Thread | None = None
        self._telling = IdleCall(self._tell, self)
        self._done.connect(self._end, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether anything is being done, or done and not told of."""
        return self._thread is not None or bool(self._ended)

    def run(self, size: int, task: Task) -> Task:
        """Do something aside, where it is about many nodes; what is about few is done at once."""
        if size < LARGE:
            task.do()
            self._say(task)
            return task
        self._waiting.append((size, task))
        if self._thread is None:
            self._next()
        return task

    def _next(self) -> None:
        self._thread = Thread(target=self._do, args=self._waiting.popleft(), daemon=True)
        self._thread.start()

    def _do(self, size: int, task: Task) -> None:
        task.do()
        if size >= HUGE:
            trim()  # whoever wants memory waits for that long
        with suppress(RuntimeError):  # the window is gone
            self._done.emit(task)

    def _end(self, task: Task) -> None:
        """On the window's thread: the next one begins before this one is told of."""
        if self._thread is None:  # it was closed
            return
        self._thread = None
        if self._waiting:
            self._next()
        self._ended.append(task)
        self._telling.start()

    def _tell(self) -> None:
        task = self._ended.popleft()
        if self._ended:
            self._telling.start()
        self._say(task)

    def _say(self, task: Task) -> None:
        """What came of it; an error to whoever looks at the window, and to whoever mends it."""
        is_wanted, error = task.is_wanted, task.error
        task.tell()
        if is_wanted and error is not None:
            sys.excepthook(type(error), error, error.__traceback__)
            self.failed.emit(Failed.of(error))

    def close(self) -> None:
        """Do nothing more; what is being done may go on to its end, and is not told of."""
        self._waiting.clear()
        self._ended.clear()
        self._telling.stop()
        self._ending, self._thread = self._thread, None

    def join(self) -> None:
        """Once it is closed: wait for what was being done."""
        if self._ending is not None:
            self._ending.join(GRACE)

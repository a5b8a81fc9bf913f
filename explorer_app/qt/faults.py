"""Where errors end that nobody caught: in slots, events, timers, threads, and what Qt calls critical.

Each goes to standard error as without this, but once: what paints, or a timer, can fail a thousand
times a second. The window hears of it when it is back at its events, in whatever thread it was.
"""

import math
import sys
import threading
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from itertools import count

from PySide6.QtCore import QObject, Qt, QtMsgType, Signal, qInstallMessageHandler

from explorer_app.loading.faults import Fault

MOST = 100  # causes that are told apart
Cause = tuple[str, ...]
OTHERS: Cause = ("more errors",)
LOGGED = {QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg}


class Faults(QObject):
    """Hears of errors.

    Attributes:
        told: a `Fault`, the first time that it happens.
    """

    told = Signal(object)
    _found = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._counts: defaultdict[Cause, count[int]] = defaultdict(lambda: count(1))
        self._undo: list[Callable[[], object]] = []
        self._found.connect(self.told, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Hear of all from now on."""
        for owner, name, hear in (
            (sys, "excepthook", self._raised),
            (sys, "unraisablehook", self._unraisable),
            (threading, "excepthook", self._in_thread),
        ):
            before = getattr(owner, name)
            setattr(owner, name, hear(before))
            self._undo.append(partial(setattr, owner, name, before))
        qInstallMessageHandler(self._said_by_qt)
        self._undo.append(partial(qInstallMessageHandler, None))

    def uninstall(self) -> None:
        """As it was before."""
        while self._undo:
            self._undo.pop()()

    def _raised(self, before: Callable[..., object]) -> Callable[..., object]:
        return lambda kind, error, trace: self._note(error, lambda: before(kind, error, trace))

    def _in_thread(self, before: Callable[..., object]) -> Callable[..., object]:
        return lambda told: self._note(told.exc_value, lambda: before(told))

    _unraisable = _in_thread  # it has the same attribute

    def _said_by_qt(self, kind: QtMsgType, _place: object, text: str) -> None:
        """Qt warns of much that does no harm."""
        if kind in LOGGED:
            fault = Fault(f"Qt: {text}", details=text)
            is_told = kind != QtMsgType.QtWarningMsg
            self._tell((text,), lambda: _write(text), lambda: fault if is_told else None)

    def _note(self, error: BaseException | None, log: Callable[[], object]) -> None:
        if error is not None and not isinstance(error, SystemExit):
            self._tell(_cause(error), log, lambda: Fault.of(error))

    def _tell(
        self, cause: Cause, log: Callable[[], object], fault: Callable[[], Fault | None]
    ) -> None:
        """The first time all of it, then how often; raises nothing itself, takes no lock."""
        with suppress(Exception):  # there is no one left to tell
            cause = cause if cause in self._counts or len(self._counts) < MOST else OTHERS
            times = next(self._counts[cause])
            if times == 1:
                with suppress(Exception):  # nobody may read standard error any more
                    log()
                if (found := fault()) is not None:
                    self._found.emit(found)
            elif math.log10(times).is_integer():
                _write(f"{' '.join(cause)}: {times:,} times")


def _cause(error: BaseException) -> Cause:
    """The same for what goes wrong again and again, whatever it says then."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return (type(error).__name__,)
    return type(error).__name__, trace.tb_frame.f_code.co_filename, f"line {trace.tb_lineno}"


def _write(text: str) -> None:
    if sys.stderr is not None:  # Windows has none for a program with windows
        sys.stderr.write(f"{text}\n")

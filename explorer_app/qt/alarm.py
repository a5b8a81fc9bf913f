"""Tells in the window what should not have happened; nobody has to answer before going on."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from explorer_app.loading.faults import Fault
from explorer_app.loading.messages import Failed
from explorer_app.qt.faultreport import report
from explorer_app.qt.window import Window

GOES_ON = "The window goes on."
NEXT = f"{GOES_ON} Enter or a double click copies the details for whoever mends it."
COPIED = "The details are copied: paste them where you report it."


class Alarm(QObject):
    """Lists faults under Problems, and says each once above the canvas."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._told: dict[Fault, None] = {}
        window.tables.faultActivated.connect(self.copy)

    def tell(self, fault: Fault) -> None:
        """Something went wrong beside what a person wanted."""
        if fault in self._told:
            return
        self._note(fault)
        at = f" ({fault.where})" if fault.where else ""
        self._say(f"Something went wrong in the explorer itself: {fault.what}{at}. {GOES_ON}")

    def know(self, failed: Failed) -> None:
        """What a person wanted could not be done, which is told already."""
        if failed.fault is not None:
            self._note(failed.fault)

    def _note(self, fault: Fault) -> None:
        self._told[fault] = None
        self._window.tables.set_faults([(one, _row(one)) for one in reversed(self._told)])

    def _say(self, text: str) -> None:
        bar = self._window.alarm
        bar.say(text, [("Copy details", self.copy), ("Go on", bar.hide)])

    def copy(self, fault: Fault | None = None) -> None:
        """Put all that is known of a fault, or of all of them, on the clipboard."""
        found = [fault] if isinstance(fault, Fault) else list(self._told)
        QGuiApplication.clipboard().setText(report(found))
        self._window.alarm.say(COPIED, [("Close", self._window.alarm.hide)])


def _row(fault: Fault) -> tuple[str, str]:
    return fault.what, f"{fault.where}. {NEXT}" if fault.where else NEXT

"""Reads what is open again: when a person wants it, and when its files have changed."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit

from explorer_app.loading.messages import Watched
from explorer_app.loading.watched import Stamp
from explorer_app.qt.watching import Watching

if TYPE_CHECKING:
    from explorer_app.qt.explorer import Explorer

BUSY = 1000  # ms after which it is tried again
TOLD = 4000  # ms


class Reloading(QObject):
    """Watches the files of what is open, unless a person does not want that.

    Args:
        explorer: has something open.
    """

    def __init__(self, explorer: "Explorer") -> None:
        super().__init__(explorer)
        self._explorer = explorer
        self._files: Mapping[str, Stamp] = {}  # of what is being read
        self._shown: Mapping[str, Stamp] = {}
        self._is_ready = False  # whether these are the same
        self._is_due = False  # whether a draft is shown that nobody watches yet
        self._watching = Watching(self)
        self._watching.changed.connect(self._changed)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(BUSY)
        self._later.timeout.connect(self._changed)
        explorer.opening.watched.connect(self._noted)
        explorer.drafted.connect(self._drafted)
        explorer.ready.connect(self._begin)
        explorer.opening.failed.connect(self.stopped)
        explorer.window.closing.connect(self.stop)

    def _noted(self, found: Watched) -> None:
        if not found.is_rest:
            self._files, self._is_ready = found.files, False
            return
        self._files = {**self._files, **found.files}
        if self._is_ready:
            self._begin()

    def _drafted(self) -> None:
        self._shown, self._is_due = self._files, True

    def _begin(self) -> None:
        self._is_ready, self._is_due, self._shown = True, False, self._files
        self._later.stop()
        self._watch()

    def _watch(self) -> None:
        if self._explorer.settings.watches:
            self._watching.watch(self._shown)

    def stopped(self) -> None:
        """Nothing is being read any more; what is shown may be what its text said."""
        if self._is_due:
            self._is_due = False
            self._watch()

    def stop(self) -> None:
        """Watch nothing any more."""
        self._watching.stop()
        self._later.stop()

    def reload(self) -> None:
        """Read it again."""
        if self._explorer.opened is not None:
            self._explorer.opening.reload(self._explorer.opened)

    def _changed(self) -> None:
        """A file has changed; whoever types, or waits for something, is not disturbed."""
        if self._explorer.session is None:
            return
        focus = QApplication.focusWidget()
        is_typing = isinstance(focus, QLineEdit) and bool(focus.text())
        if is_typing or self._explorer.opening.is_busy:
            self._later.start()
        else:
            self.reload()

    def turn(self) -> None:
        """Watch, or do not watch any more."""
        settings = self._explorer.settings
        settings.watches = not settings.watches
        if settings.watches:
            self._watch()
        else:
            self.stop()
        text = "Read again when a file changes." if settings.watches else "Read again only with F5."
        self._explorer.window.statusBar().showMessage(text, TOLD)

"""Notices that a file has changed; editors write in steps, and by replacing files."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from explorer_app.loading.watched import Stamp, changed
from explorer_app.model.places import is_there

DELAY = 300  # ms without another change
LATER = 1500  # ms for a file that is gone: it is usually being replaced
GONE: Stamp = (0, 0)


class Watching(QObject):
    """Watches files, and the folders that they are in."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._known: dict[str, Stamp] = {}
        self._is_missing = False
        self._watcher = QFileSystemWatcher(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)
        self._watcher.fileChanged.connect(lambda _path: self._timer.start(DELAY))
        self._watcher.directoryChanged.connect(lambda _path: self._timer.start(DELAY))

    def watch(self, files: Mapping[str, Stamp]) -> None:
        """Watch these from now on; what has changed since their stamps is a change."""
        self.stop()
        self._known = {**changed(files), **files}  # what lies beside them is nothing new
        self._add()
        if files:
            self._timer.start(DELAY)

    def stop(self) -> None:
        """Watch nothing."""
        self._timer.stop()
        self._known, self._is_missing = {}, False
        paths = [*self._watcher.files(), *self._watcher.directories()]
        if paths:
            self._watcher.removePaths(paths)

    def _add(self) -> None:
        """A file that was replaced is not watched any more, until it is added again."""
        folders = {Path(path).parent for path in self._known}
        nearest = (next(up for up in (at, *at.parents) if is_there(up)) for at in folders)
        wanted = {*self._known, *map(str, nearest)}
        paths = wanted - {*self._watcher.files(), *self._watcher.directories()}
        there = [path for path in sorted(paths) if is_there(Path(path))]
        if there:
            self._watcher.addPaths(there)

    def _look(self) -> None:
        now = dict.fromkeys(self._known, GONE) | changed(self._known)  # what is gone may come back
        is_missing = any(at == GONE != self._known.get(path, at) for path, at in now.items())
        if is_missing and not self._is_missing:
            self._is_missing = True
            self._timer.start(LATER)
            return
        self._is_missing = False
        if now != self._known:
            self._known = now
            self.changed.emit()
        self._add()

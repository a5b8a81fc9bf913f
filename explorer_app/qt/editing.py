"""Opens files in a person's editor, and addresses in their browser; only when they ask for it."""

import shutil
from collections.abc import Callable

from PySide6.QtCore import QObject, QProcess, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from explorer_app.loading.nodefiles import file_of
from explorer_app.model.editor import command_of, in_terminal, template_of, terminals
from explorer_app.model.session import Session
from explorer_app.qt.settings import Settings
from explorer_app.qt.window import Window
from hamilton_ol.config import environment

SCHEMES = frozenset({"http", "https"})
Start = Callable[[str, list[str]], bool]


def _start(program: str, words: list[str]) -> bool:
    """Start a program, without a shell, that stays when this one ends."""
    return bool(QProcess.startDetached(program, words))


class Editing(QObject):
    """What opens something outside.

    Args:
        window: where it is told what could not be opened.
        settings: say which editor.
        start: starts a program with words; whether it did.
        browse: shows an address in the browser; whether it did.
    """

    def __init__(
        self,
        window: Window,
        settings: Settings,
        start: Start = _start,
        browse: Callable[[QUrl], bool] = QDesktopServices.openUrl,
    ) -> None:
        super().__init__(window)
        self._window, self._settings, self._start, self._browse = window, settings, start, browse

    def open_source(self, session: Session | None) -> None:
        """Open the function of the node in focus at its line."""
        node = session.graph.nodes[session.focus] if session and session.focus >= 0 else None
        path = file_of(node.file, session.folders) if session and node else None
        if node is None or path is None:
            self._tell("There is no file of it here.")
            return
        try:
            self._open(str(path.resolve()), node.line)
        except ValueError as error:
            self._tell(f"The editor could not be started: {error}.")

    def _open(self, file: str, line: int) -> None:
        template = template_of(self._settings.editor, environment())
        if not template:
            if not self._browse(QUrl.fromLocalFile(file)):
                self._tell(f"{file} could not be opened.")
            return
        there = {name: shutil.which(name) for name in terminals()}
        command = in_terminal(command_of(template, file, line), there)
        if not command:
            self._tell(f"{template} needs a terminal, and none is there: {file}, line {line}.")
        elif not self._start(command[0], command[1:]):
            self._tell(f"{command[0]} could not be started.")

    def _tell(self, text: str) -> None:
        self._window.statusBar().showMessage(text)

    def offer(self, address: str) -> None:
        """Show where an address leads, and open it if that is wanted."""
        url, bar = QUrl(address, QUrl.ParsingMode.StrictMode), self._window.notice
        real = bytes(url.toEncoded().data()).decode("ascii", "replace")
        if not url.isValid() or url.scheme() not in SCHEMES or not url.host():
            bar.say(f"This is no address of a page: {address}", [("Close", bar.hide)])
            return

        def browse() -> None:
            bar.hide()
            self._browse(url)

        def copy() -> None:
            bar.hide()
            QGuiApplication.clipboard().setText(real)

        choices = [("Open in the browser", browse), ("Copy", copy), ("Close", bar.hide)]
        bar.say(f"The tag info says: {real}", choices)

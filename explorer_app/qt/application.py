"""Starts Qt, opens the window, or draws it into a picture."""

import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QSettings, Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from explorer_app.desktop import ICON
from explorer_app.loading.early import Early, has_source
from explorer_app.loading.faults import Fault
from explorer_app.qt.faultreport import stopped
from explorer_app.qt.faults import Faults
from explorer_app.qt.heap import give_back
from explorer_app.qt.interpreter import take_turns
from hamilton_ol.config import environment

if TYPE_CHECKING:
    from explorer_app.loading.messages import Failed
    from explorer_app.qt.explorer import Explorer
    from explorer_app.qt.settings import Settings
    from explorer_app.qt.style import Setting

NAME = "hamilton-explorer"
WITHOUT_SCREEN = ("-platform", "offscreen")
PATIENCE = 120_000  # ms that a picture waits for its graph


@dataclass(frozen=True)
class Wanted:
    """What was asked for on the command line.

    Attributes:
        sources: what to open; none for the start page.
        query: the question to open with.
        store: folder of recorded runs.
        theme: light, dark, or None to follow the system.
        trust: whether the code of the sources may run.
        screenshot: file for a picture; the window is not shown then.
        size: of the window, px.
    """

    sources: tuple[str, ...] = ()
    query: str = ""
    store: str = ""
    theme: "Setting" = None
    trust: bool = False
    screenshot: Path | None = None
    size: tuple[int, int] = (1440, 900)


def application(arguments: Sequence[str] = ()) -> QApplication:
    """The one application of this process."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    give_back()
    take_turns()
    made = QApplication([NAME, *arguments])
    made.setApplicationName(NAME)
    made.setOrganizationName("hamilton-ol")
    made.setDesktopFileName(NAME)
    made.setWindowIcon(QIcon(str(ICON)))
    made.setStyle("Fusion")
    return made


def run(wanted: Wanted, processes: Sequence[Early] = ()) -> int:
    """Do it; the exit code.

    Args:
        wanted: what.
        processes: that read and arrange, if they were started already.
    """
    if wanted.screenshot is None and not _has_screen():
        sys.stderr.write("Error: there is no screen to open a window on\n")
        sys.stderr.write("Hint: --screenshot FILE draws it without one\n")
        return 2
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # else Ctrl+C waits for the next event
    app, faults = application(WITHOUT_SCREEN if wanted.screenshot else ()), Faults()
    faults.install()
    try:
        return _run(app, wanted, processes, faults)
    except Exception as error:
        if wanted.screenshot is None:  # who started it without a terminal has seen nothing yet
            box = stopped(Fault.of(error))
            box.show()
            app.exec()
        raise
    finally:
        faults.uninstall()


def _run(app: QApplication, wanted: Wanted, processes: Sequence[Early], faults: Faults) -> int:
    """Open the window; what it needs is loaded while the processes load what they need."""
    from explorer_app.qt.explorer import Explorer  # noqa: PLC0415
    from explorer_app.qt.motion import ask  # noqa: PLC0415
    from explorer_app.qt.settings import Forgetful, Settings  # noqa: PLC0415
    from explorer_app.qt.style import Style  # noqa: PLC0415

    kept = QSettings("hamilton-ol", NAME)
    settings = Settings(Forgetful(kept) if wanted.screenshot else kept)
    chosen = wanted.theme or _remembered(settings)
    style = Style(chosen)
    style.apply(app)
    explorer = Explorer(style, settings, wanted.store)
    faults.told.connect(explorer.alarm.tell)
    explorer.garbage.start()
    if processes:
        explorer.opening.adopt(*processes)
    explorer.window.resize(*wanted.size)
    if wanted.screenshot is not None:
        explorer.opening.drafts = False  # a picture waits for the whole
        code = _picture(explorer, wanted, wanted.screenshot)
        explorer.join()
        return code
    explorer.window.restore()
    explorer.window.show()
    ask(explorer.window, explorer.be_still)
    once = Qt.ConnectionType.SingleShotConnection
    if settings.is_new:
        explorer.ready.connect(lambda: _welcome(explorer), once)
    if has_source(wanted.sources, wanted.query):
        explorer.open(wanted.sources, query=wanted.query, trust=wanted.trust)
    else:
        explorer.tell_settings()
        explorer.background.draw_sample()
        explorer.background.finished.connect(  # for who goes to a run from here
            explorer.background.list_runs, once
        )
    explorer.ready.connect(explorer.background.list_runs)
    explorer.ready.connect(explorer.tell_settings, once)
    code = app.exec()
    explorer.join()
    return code


def _welcome(explorer: "Explorer") -> None:
    """Show the first steps, once."""
    explorer.settings.keep_tour()
    explorer.tour.begin(explorer.session)


def _has_screen() -> bool:
    """Whether Qt will find one; where it does not, it ends the process."""
    names = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    return sys.platform != "linux" or any(environment().get(name) for name in names)


def _remembered(settings: "Settings") -> "Setting":
    return "dark" if settings.theme == "dark" else "light" if settings.theme == "light" else None


def _picture(explorer: "Explorer", wanted: Wanted, path: Path) -> int:
    """Draw the window once it shows what was asked for."""
    failures: list[Failed] = []
    loop = QEventLoop()
    explorer.ready.connect(loop.quit)
    explorer.opening.failed.connect(failures.append)
    explorer.opening.failed.connect(loop.quit)
    explorer.window.show()
    if has_source(wanted.sources, wanted.query):
        explorer.open(wanted.sources, query=wanted.query, trust=wanted.trust)
        _wait(loop)
        explorer.background.list_runs()
    else:
        explorer.background.draw_sample()
    explorer.background.finished.connect(loop.quit)
    if not failures:
        _wait(loop)
    if failures:
        sys.stderr.write(f"Error: {failures[0].message}\nHint: {failures[0].hint}\n")
        explorer.window.close()
        return 4
    _settle(explorer)
    is_written = explorer.window.grab().save(str(path))
    if not is_written:
        sys.stderr.write(f"Error: {path} could not be written\n")
    explorer.window.close()
    return 0 if is_written else 2


def _wait(loop: QEventLoop) -> None:
    """Until something ends it, but not for ever."""
    limit = QTimer()
    limit.setSingleShot(True)
    limit.timeout.connect(loop.quit)
    limit.start(PATIENCE)
    loop.exec()
    limit.stop()


def _settle(explorer: "Explorer") -> None:
    """Let the canvas finish its picture."""
    QApplication.processEvents()
    explorer.window.canvas.screen_picture.finish()
    QApplication.processEvents()

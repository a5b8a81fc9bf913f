"""Takes the pictures of docs/explorer.md: the real window, used as the page says.

    python -m docs.explorerpictures [FOLDER]

It runs the demo in a folder of its own, opens what was recorded, and does what a person would do.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "2")

from PySide6.QtCore import QEventLoop, QRect, QSettings, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from docs.indexed import indexed
from explorer_app.qt.application import NAME, application
from explorer_app.qt.explorer import Explorer
from explorer_app.qt.settings import Forgetful, Settings
from explorer_app.qt.style import Style

SIZE = (1440, 900)
PATIENCE = 120_000  # ms
FOREST = "fit_random_forest"


class Photographer:
    """Uses a window and keeps pictures of it.

    Args:
        folder: where they go.
        store: folder of recorded runs.
    """

    def __init__(self, folder: Path, store: Path) -> None:
        self._folder = folder
        self._app = application()
        style = Style("light")
        style.apply(self._app)
        settings = Settings(Forgetful(QSettings(NAME, NAME)))
        self.explorer = Explorer(style, settings, str(store))
        self.explorer.window.canvas.setReducedMotion(True)
        self.explorer.window.resize(*SIZE)
        self.explorer.window.show()

    def wait(self, does: Callable[[], object], *signals: object) -> None:
        """Do something, until it is done."""
        loop = QEventLoop()
        for signal in signals:
            signal.connect(loop.quit)  # type: ignore[attr-defined]
        limit = QTimer()
        limit.setSingleShot(True)
        limit.timeout.connect(loop.quit)
        limit.start(PATIENCE)
        does()
        loop.exec()
        limit.stop()

    def keep(self, name: str, part: QRect | None = None) -> None:
        """A picture of the window, or a part of it, at twice its size."""
        for _ in range(8):
            QApplication.processEvents()
        while self.explorer.opening.is_busy:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
        QApplication.processEvents()
        self.explorer.window.canvas.screen_picture.finish()
        QApplication.processEvents()
        picture = self.explorer.window.grab(part or self.explorer.window.rect())
        indexed(picture.toImage()).save(str(self._folder / f"explorer-{name}.png"))

    def ask(self, query: str) -> None:
        """Ask it as if it was typed."""
        self.explorer.ask(query)


def take(photographer: Photographer, folder: Path) -> None:
    """All pictures, in the order of the page."""
    explorer = photographer.explorer
    actions, bar = explorer.actions, explorer.top.query
    opened = explorer.ready, explorer.opening.failed
    photographer.wait(explorer.opening.open_sample, *opened)
    photographer.keep("opens")
    photographer.ask(f"age..{FOREST}")
    photographer.keep("paths")
    top = QRect(0, 0, SIZE[0], 300)
    actions["query"].trigger()
    bar.edit.clear()
    QTest.keyClicks(bar.edit, "+fit_random_forest and tag:")
    photographer.keep("query", top)
    bar.edit.clear()
    QTest.keyClicks(bar.edit, "kind:input and tag:PII and owner:data-science")
    photographer.keep("nothing", top)
    bar.give_up()
    actions["palette"].trigger()
    QTest.keyClicks(explorer.palette.edit, "tra")
    photographer.keep("palette", QRect(0, 0, SIZE[0], 520))
    explorer.palette.close_panel()
    photographer.ask("tag:PII=true+")
    actions["lens-pii"].trigger()
    photographer.keep("personal")
    actions["lens-none"].trigger()
    photographer.ask(f"+{FOREST}")
    actions["export"].trigger()
    explorer.exports.panel.path.setText("~/titanic.png")
    photographer.keep("export", QRect(0, 0, SIZE[0], 420))
    panel = explorer.exports.panel
    panel.path.setText(str(folder / "explorer-figure.png"))
    panel.wide.setText("1600")
    failed = explorer.exports.exporter.failed
    photographer.wait(panel.save.click, explorer.exports.done, failed)
    photographer.wait(lambda: explorer.open(("run:latest",)), *opened)
    photographer.keep("run")
    explorer.window.close()


def main() -> None:
    """Take them."""
    parser = argparse.ArgumentParser(description="Take the pictures of docs/explorer.md.")
    parser.add_argument("folder", type=Path, nargs="?", default=Path("docs/images"))
    folder = parser.parse_args().folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="hamilton-ol-") as work:
        store = Path(work) / "store"
        environment = {**os.environ, "HAMILTON_OL_STORE": str(store)}
        demo = [sys.executable, "-m", "hamilton_ol.cli.main", "demo"]
        subprocess.run(demo, cwd=work, env=environment, check=True, stdout=subprocess.DEVNULL)
        os.chdir(work)
        take(Photographer(folder, store), folder)


if __name__ == "__main__":
    main()

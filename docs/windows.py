"""Opens the real window on the demo, on 1,000 functions and on 100,000 nodes, and takes pictures.

There are some of each: of what it opens with, of everything, of its owners, with all groups open,
and near.

    python -m docs.windows FOLDER [--only demo 1000 100000] [--theme light dark] [--fine]

Each window is a process of its own, on a screen that nobody sees (Xvfb) where there is no other. It
prints how much memory each process holds, and how long its graph took.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from docs.dataflows import write_company, write_large
from explorer_app.loading.trust import SAMPLE
from explorer_app.qt.application import NAME, application
from explorer_app.qt.explorer import Explorer
from explorer_app.qt.settings import Forgetful, Settings
from explorer_app.qt.style import Style

NAMES, THEMES = ("demo", "1000", "100000"), ("light", "dark")
SIZE = (1440, 900)
PATIENCE = 300_000  # ms
VIEWS = {  # name: what is done before its picture
    "": (),
    "-all": ("everything",),
    "-owners": ("lens-owner",),
    "-open": ("unfold-all", "fit"),
    "-near": ("frame",),
}


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """The environment of a process that opens windows."""
    if os.environ.get("DISPLAY") or os.environ.get("QT_QPA_PLATFORM") or not shutil.which("Xvfb"):
        yield {"QT_QPA_PLATFORM": "offscreen", **os.environ}
        return
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "2880x1800x24", "-nolisten", "tcp"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        number = server.stdout.readline().strip() if server.stdout else ""
        try:
            yield {**os.environ, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        finally:
            server.terminate()


def sources_of(name: str, folder: Path) -> list[str]:
    """What a window is opened on."""
    if name == "demo":
        return list(SAMPLE)
    if name == "1000":
        return write_company(folder / "company")
    path = folder / "warehouse.json"
    write_large(path)
    return [str(path)]


def show(theme: str, picture: Path, sources: list[str]) -> None:
    """Open a window, wait until it is drawn, and keep its picture."""
    app = application()
    style = Style("dark" if theme == "dark" else "light")
    style.apply(app)
    began = time.perf_counter()
    explorer = Explorer(style, Settings(Forgetful(QSettings(NAME, NAME))))
    explorer.window.resize(*SIZE)
    explorer.window.show()
    loop = QEventLoop()
    explorer.ready.connect(loop.quit)
    explorer.opening.failed.connect(loop.quit)
    QTimer.singleShot(PATIENCE, loop.quit)
    explorer.open(sources, trust=True)
    loop.exec()
    taken = time.perf_counter() - began
    sys.stdout.write(f"{picture.name}: there after {taken:.1f} s\n")
    for name, commands in VIEWS.items():
        if name == "-near" and explorer.session is not None:
            explorer.session.select([explorer.session.active])
            settle(explorer, app)
        for command in commands:
            explorer.actions[command].trigger()
            settle(explorer, app)
        settle(explorer, app)
        path = picture.with_name(f"{picture.stem}{name}.png")
        explorer.window.grab().save(str(path))
        sys.stdout.write(f"{path.name}: {held():.0f} MB\n")
    explorer.window.close()
    explorer.join()


def settle(explorer: Explorer, app: QApplication) -> None:
    """Until nothing is drawn any more."""
    canvas = explorer.window.canvas
    app.processEvents()
    while (
        explorer.is_busy
        or explorer.opening.is_busy
        or explorer.link.is_waiting
        or canvas.is_moving
        or not canvas.screen_picture.is_exact
    ):
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)


def held() -> float:
    """Memory of this process, MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    """Take the pictures that are asked for."""
    parser = argparse.ArgumentParser(description="Take pictures of the window.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="*", default=NAMES, choices=NAMES)
    parser.add_argument("--theme", nargs="*", default=THEMES, choices=THEMES)
    parser.add_argument("--fine", action="store_true", help="pictures of twice the size")
    parser.add_argument("--open", nargs="*", default=[], help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.open:
        show(asked.theme[0], asked.folder, asked.open)
        return
    asked.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, screen() as environment:
        environment["QT_SCALE_FACTOR"] = "2" if asked.fine else "1"
        for name in asked.only:
            sources = sources_of(name, Path(folder))
            for theme in asked.theme:
                picture = asked.folder / f"window-{name}-{theme}.png"
                command = [sys.executable, "-m", "docs.windows", str(picture), "--theme", theme]
                subprocess.run([*command, "--open", *sources], env=environment, check=True)


if __name__ == "__main__":
    main()

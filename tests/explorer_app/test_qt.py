"""Qt as it is installed, and that tests notice what goes wrong with it."""

import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QPainterPath

ROOT = Path(__file__).parents[2]
CARELESS = """
import threading
from PySide6.QtCore import QTimer, qWarning
from PySide6.QtWidgets import QWidget

kept = []

def test_complaint(qtbot):
    qWarning("something is wrong")

def test_timer(qtbot):
    kept.append(QTimer())
    kept[-1].start(100_000)

def test_window(qtbot):
    kept.append(QWidget())
    kept[-1].show()

def test_thread():
    end = threading.Event()
    kept.append(end)
    threading.Thread(target=end.wait, daemon=True, name="left").start()
"""


def test_void_calls_of_qt_keep_their_hands_off_none() -> None:
    path = QPainterPath()
    before = sys.getrefcount(None)
    for number in range(1000):
        path.lineTo(number, number)
    assert abs(sys.getrefcount(None) - before) < 50


def test_what_is_left_behind_and_complaints_are_noticed(tmp_path: Path) -> None:
    (tmp_path / "test_careless.py").write_text(CARELESS, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-c", str(ROOT / "pyproject.toml")]
    plugins = ["-p", "tests.explorer_app.conftest", "-p", "no:randomly", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, *plugins, "--rootdir", str(ROOT), str(tmp_path / "test_careless.py")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert "1 failed, 3 passed, 3 errors" in done.stdout, done.stdout
    for sign in ("something is wrong", "was started here", "QWidget", "['left']"):
        assert sign in done.stdout

"""Starts the processes that read and arrange before Qt is loaded, which takes as long as reading."""

import subprocess
import sys

from explorer_app.loading.frames import framed
from explorer_app.loading.messages import Foresee
from explorer_app.loading.trust import has_text
from hamilton_ol.config import resolve
from hamilton_ol.errors import SettingError

PROGRAM = "explorer_app.loading.child"
READING, ARRANGING = "reading", "arranging"  # what a process is for most
CAN_ADOPT = sys.platform != "win32"  # Qt looks at pipes of others only there

Early = subprocess.Popen[bytes]


def words_of(purpose: str) -> list[str]:
    """How a process is started that has loaded what it is for when the first message comes."""
    # -P: modules of the current folder are no part of this program
    return [sys.executable, "-P", "-m", PROGRAM, purpose]


def early(sources: tuple[str, ...], query: str = "", store: str = "") -> list[Early]:
    """What reads and what arranges, if something is to be opened; its text is read at once."""
    if not (CAN_ADOPT and has_source(sources, query)):
        return []
    reading, arranging = _started(READING), _started(ARRANGING)
    if has_text(sources) and reading.stdin is not None:
        reading.stdin.write(framed(Foresee(sources, store)))
        reading.stdin.flush()
    return [reading, arranging]


def _started(purpose: str) -> Early:
    return subprocess.Popen(
        words_of(purpose),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def has_source(sources: tuple[str, ...], query: str = "") -> bool:
    """Whether there is something to open: named, or by the settings of the project here."""
    if sources or query:
        return True
    try:
        return bool(resolve({}).modules)
    except SettingError:
        return False

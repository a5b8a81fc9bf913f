"""What whoever mends a fault needs to know, and a box with that where there is no window for it."""

import platform
from collections.abc import Iterable

import PySide6
from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QMessageBox

from explorer_app.loading.faults import Fault
from hamilton_ol import __version__
from hamilton_ol.graph.scene.names import shown

LONGEST = 600  # characters that are shown without being asked for


def report(faults: Iterable[Fault]) -> str:
    """The program, and all that is known of faults in it."""
    versions = f"PySide6 {PySide6.__version__}, Qt {qVersion()}"
    python = f"Python {platform.python_version()}"
    program = f"hamilton-ol {__version__}, {python}, {versions}, {platform.platform()}"
    told = (f"\n{fault.what}\n{fault.where}\n\n{fault.details}" for fault in faults)
    return "\n".join((program, *told))


def stopped(fault: Fault) -> QMessageBox:
    """A box that says why the program did not start: nobody has seen anything else then."""
    made = QMessageBox()
    made.setIcon(QMessageBox.Icon.Critical)
    made.setWindowTitle("hamilton-explorer")
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(shown(f"The explorer could not start: {fault.what}", LONGEST))
    made.setInformativeText("The details can be selected and copied for whoever mends it.")
    made.setDetailedText(report([fault]))
    return made

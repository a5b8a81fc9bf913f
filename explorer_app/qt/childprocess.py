"""Starts the processes that read and arrange; early, so that they are ready when they are asked."""

import sys

from PySide6.QtCore import QObject, QProcess

PROGRAM = "explorer_app.loading.child"
READING, ARRANGING = "reading", "arranging"  # what a process is for most


def started(purpose: str, parent: QObject | None = None) -> QProcess:
    """A process that waits for messages; it has loaded what it is for when the first one comes."""
    process = QProcess(parent)
    process.setProcessChannelMode(QProcess.ProcessChannelMode.SeparateChannels)
    process.setStandardErrorFile(QProcess.nullDevice())
    # -P: modules of the current folder are no part of this program
    process.start(sys.executable, ["-P", "-m", PROGRAM, purpose])
    return process

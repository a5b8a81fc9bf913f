"""What the window does not hold."""

import linecache
import subprocess
import sys

from explorer_app.qt import heap
from explorer_app.qt.heap import trim


def test_sources_that_were_looked_at_are_not_kept() -> None:
    assert linecache.getlines(heap.__file__)
    trim()
    assert heap.__file__ not in linecache.cache


def test_what_needs_no_qt_is_imported_before_it_for_pyside_reads_all_that_follows() -> None:
    program = """
import linecache
import explorer_app.qt.explorer
import numpy
assert numpy._core.numeric.__file__ not in linecache.cache
"""
    subprocess.run([sys.executable, "-c", program], check=True)

"""NumPy without threads, for short questions."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

CODE = """
import os
from hamilton_ol.config.numerics import one_thread
with one_thread():
    import numpy
print(len(os.listdir("/proc/self/task")), os.environ.get("OPENBLAS_NUM_THREADS"))
"""
NAME = "OPENBLAS_NUM_THREADS"


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="the system lists no threads")
def test_numpy_starts_no_thread_unless_the_user_says_so() -> None:
    environ = {name: value for name, value in os.environ.items() if name != NAME}
    assert _told(environ) == "1 None"
    assert _told(environ | {NAME: "2"}).endswith(" 2")


def _told(environ: dict[str, str]) -> str:
    words = [sys.executable, "-c", CODE]
    return subprocess.run(words, env=environ, capture_output=True, text=True, check=True).stdout[
        :-1
    ]

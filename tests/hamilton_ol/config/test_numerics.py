"""NumPy without threads, for short questions."""

import os
import subprocess
import sys

CODE = """
import os
from hamilton_ol.config.numerics import one_thread
with one_thread():
    import numpy
import threadpoolctl
print(*{each["num_threads"] for each in threadpoolctl.threadpool_info()}, os.environ.get(NAME))
"""
NAME = "OPENBLAS_NUM_THREADS"


def test_numpy_starts_no_thread_unless_the_user_says_so() -> None:
    environ = {name: value for name, value in os.environ.items() if name != NAME}
    assert _told(environ) == "1 None"
    assert _told(environ | {NAME: "2"}).endswith(" 2")


def _told(environ: dict[str, str]) -> str:
    words = [sys.executable, "-c", f"NAME = {NAME!r}{CODE}"]
    done = subprocess.run(words, env=environ, capture_output=True, text=True, check=True)
    return done.stdout.strip()

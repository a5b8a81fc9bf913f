"""NumPy in a process that answers one short question."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_THREADS = "OPENBLAS_NUM_THREADS"


@contextmanager
def one_thread() -> Iterator[None]:
    """Let NumPy start no threads when it is imported within this.

    OpenBLAS, which comes with it, starts one for each processor, and they wait busily: a fifth of
    the processor time of a short question. What the user has set stands, and no process that is
    started later knows of this.
    """
    if _THREADS in os.environ or "numpy" in sys.modules:
        yield
        return
    os.environ[_THREADS] = "1"
    try:
        yield
    finally:
        del os.environ[_THREADS]

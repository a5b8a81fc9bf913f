"""Other processes: forked ones that begin where the test is, and fresh interpreters."""

import contextlib
import os
import select
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

ROOT = Path(__file__).parents[2]
LIMIT = 100.0  # seconds until a child is given up, on a machine with other things to do
GLANCE = 0.2  # seconds that a child waits at a time

# Hamilton's extensions take a second or two to import, and are not what is tested.
_ENVIRON = {"PYTHONPATH": str(ROOT), "HAMILTON_AUTOLOAD_EXTENSIONS": "0"}


class Signal:
    """Something that one process waits for until another one says it."""

    def __init__(self) -> None:
        self._read, self._write = os.pipe()

    def say(self) -> None:
        """Say it."""
        os.write(self._write, b".")

    def wait(self, seconds: float = LIMIT) -> None:
        """Wait until somebody says it; now and then Python sees a signal that came just before."""
        end = monotonic() + seconds
        while not select.select([self._read], [], [], GLANCE)[0]:
            assert monotonic() < end, "nobody said it in time"
        os.read(self._read, 1)


@contextlib.contextmanager
def forked(action: Callable[[], object]) -> Iterator[int]:
    """A forked child that does something and ends; gives its process id."""
    pid = os.fork()
    if pid == 0:
        _act(action)
    try:
        yield pid
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, 0)


def _act(action: Callable[[], object]) -> None:
    try:
        action()
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def ended(pid: int) -> int:
    """The exit code of a child, negative for a signal; waits for its end."""
    until(lambda: os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is not None)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def until(condition: Callable[[], object], seconds: float = LIMIT) -> None:
    """Wait until a condition holds."""
    end, pipe = monotonic() + seconds, os.pipe()
    try:
        while not condition():
            assert monotonic() < end, "it did not come true in time"
            select.select([pipe[0]], [], [], 0.001)  # a moment, in which nothing comes
    finally:
        for descriptor in pipe:
            os.close(descriptor)


def run(script: str, folder: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run a script in a fresh interpreter, in a folder, to its end.

    Args:
        script: its text; it may import what lies in the folder.
        folder: where it is put, and is run.
        environ: environment variables.
    """
    path = folder / "script.py"
    path.write_text(script, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-W", "error", str(path)],
        cwd=folder,
        env={**os.environ, **_ENVIRON, **environ},
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )

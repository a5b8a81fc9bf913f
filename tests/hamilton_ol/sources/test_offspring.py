"""What a module starts when it is imported ends with its import."""

import contextlib
import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from hamilton_ol.config import resolve
from hamilton_ol.errors import DataflowError
from hamilton_ol.sources.modules import graph_of_modules
from tests.support.children import until

FORKS = """
    import os, subprocess, sys, time
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    with open(__file__ + ".part", "w") as file:
        file.write(str(child.pid))
    os.rename(__file__ + ".part", __file__ + ".pid")
"""
DETACHES = """
    import os, subprocess, sys, time
    if os.fork() == 0:
        os.setsid()
        subprocess.run([sys.executable, "-c",
            "import os, sys, time; open(sys.argv[1] + '.part', 'w').write(str(os.getpid())); "
            "os.rename(sys.argv[1] + '.part', sys.argv[1]); time.sleep(600)",
            __file__ + ".pid"], start_new_session=True)
    while not os.path.exists(__file__ + ".pid"):
        pass
"""
ENDINGS = {
    "ends": ("def a() -> int:\n    return 1\n", 60),
    "exits": ("os._exit(3)", 60),
    "stays": ("time.sleep(600)", 0.1),
}
LINUX = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux shows the environment of processes"
)


@pytest.mark.parametrize(
    "starts", [FORKS, pytest.param(DETACHES, marks=LINUX)], ids=["stays", "leaves"]
)
@pytest.mark.parametrize(("ending", "limit"), ENDINGS.values(), ids=ENDINGS)
def test_what_a_module_starts_ends_with_its_import(
    tmp_path: Path, starts: str, ending: str, limit: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait, started = subprocess.Popen.wait, tmp_path / "starts.py.pid"

    def wait_since_it_started(child: Any, timeout: float | None = None) -> int:
        until(started.exists)  # however long Hamilton takes to be imported
        return wait(child, timeout and limit)

    monkeypatch.setattr(subprocess.Popen, "wait", wait_since_it_started)
    (tmp_path / "starts.py").write_text(textwrap.dedent(starts) + ending, encoding="utf-8")
    with contextlib.suppress(DataflowError):  # of those that make none in time
        graph_of_modules(["starts.py"], resolve({}), tmp_path)
    pid = int(started.read_text("utf-8"))
    until(lambda: not _is_running(pid))


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return "Z" not in Path(f"/proc/{pid}/stat").read_text("utf-8").split()[2]
    except (ProcessLookupError, FileNotFoundError):
        return False


@pytest.mark.usefixtures("extensions")
def test_what_comes_in_is_not_for_a_module_to_read(tmp_path: Path) -> None:
    text = "import sys\nsys.stdin.read()\ndef a(x: int) -> int:\n    return x\n"
    (tmp_path / "flow.py").write_text(text, encoding="utf-8")
    code = "import sys, hamilton_ol\nprint(len(hamilton_ol.load('flow.py')), sys.stdin.read())"
    words = [sys.executable, "-c", code]
    done = subprocess.run(words, cwd=tmp_path, input=b"kept", check=True, stdout=subprocess.PIPE)
    assert done.stdout == b"2 kept\n"

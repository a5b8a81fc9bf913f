"""From `hamilton-explorer FOLDER` to a picture: a dataflow of 1,000 functions, trusted, on no screen.

Each time is the best of some starts, with the bytecode of an installed package, and of the wall: a
person waits for all three processes. The processor time of all of them is beside it.
"""

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.rows import Row
from benchmarks.speed import Promise, slowness

FUNCTIONS, MODULES, REACH, STARTS = 1_000, 16, 60, 5
LIMIT = 1.0  # seconds to the first picture
PROGRAM = """
import json, sys, time

began, seen = float(sys.argv.pop(1)), {}

class Watching:
    def find_spec(self, name, *_):
        if name == "explorer_app.qt.explorer":
            sys.meta_path.remove(self)
            from PySide6.QtWidgets import QApplication
            loop = QApplication.exec
            QApplication.exec = lambda *_: watched(QApplication, loop)

def painted(what, explorer):
    explorer.window.canvas.screen_picture.finish()
    explorer.window.repaint()
    seen[what] = time.time() - began
    if what == "exact":
        print(json.dumps(seen), flush=True)
        explorer.window.close()

def watched(QApplication, loop):
    for window in QApplication.topLevelWidgets():
        for child in window.children():
            if type(child).__name__ == "Explorer":
                child.drafted.connect(lambda e=child: painted("draft", e))
                child.ready.connect(lambda e=child: painted("exact", e))
    return loop()

sys.meta_path.insert(0, Watching())
from explorer_app.__main__ import main
main()
"""


def rows() -> list[Row]:
    """The first picture, and the exact one."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in modules():
            path = Path(folder) / "flow" / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        found = [started(folder) for _ in range(STARTS + 1)][1:]  # the first one writes bytecode
    draft, exact, cpu = (min(seen[key] for seen in found) for key in ("draft", "exact", "cpu"))
    text = (
        f"{draft:.2f} s; exact, with everything imported, after {exact:.2f} s; {cpu:.1f} s of CPU"
    )
    name, slow = f"from command to first picture, {FUNCTIONS:,} functions", slowness()
    return [Promise(LIMIT, slow).row(name, "-", text, draft)]


def started(folder: str) -> dict[str, float]:
    """Seconds of one start; `cpu` is of all its processes."""
    private = {"PYTHONPYCACHEPREFIX": f"{folder}/bytecode", "XDG_CONFIG_HOME": f"{folder}/settings"}
    environ = os.environ | private | {"QT_QPA_PLATFORM": "offscreen"}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.time()
    words = [sys.executable, "-c", PROGRAM, str(began), "flow", "--trust"]
    done = subprocess.run(words, cwd=folder, env=environ, stdout=subprocess.PIPE, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seen: dict[str, float] = json.loads(done.stdout)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seen | {"cpu": used}


def modules() -> Iterator[tuple[str, str]]:
    """(file, text) of a dataflow in which each function takes some of those shortly before it."""
    chance, each = random.Random(7), FUNCTIONS // MODULES + 1
    for module in range(MODULES):
        lines = ["import pandas as pd", "from hamilton.function_modifiers import tag"]
        for number in range(module * each, min((module + 1) * each, FUNCTIONS)):
            near = range(max(0, number - REACH), number)
            taken = [f"n{n}" for n in chance.sample(near, min(len(near), chance.randint(1, 3)))]
            arguments = ", ".join(f"{name}: pd.Series" for name in taken or ["raw"])
            owner = f'@tag(owner="team-{module % 5}")\n' if number % 7 == 0 else ""
            body = f'    """Number {number}."""\n    return {" + ".join(taken or ["raw"])}'
            lines.append(f"\n\n{owner}def n{number}({arguments}) -> pd.Series:\n{body}")
        yield f"part_{module:02d}.py", "\n".join(lines) + "\n"

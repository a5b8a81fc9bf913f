"""The sample dataflow, as the explorer opens it; read once."""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

from explorer_app.loading.trust import SAMPLE
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.sources.loading import load

FOREST = "fit_random_forest"
#: (query, how it is asked on the command line, number of nodes)
ANSWERS = [
    (f"+{FOREST}", ("upstream", FOREST), 29),
    ("titanic_data+", ("downstream", "titanic_data"), 30),
    (f"age..{FOREST}", ("path", "age", FOREST), 6),
]


@cache
def sample() -> LineageGraph:
    """Its graph, read from its text."""
    return load(*SAMPLE, executes=False)


def told_by_command_line(words: tuple[str, ...], folder: Path) -> set[str]:
    """The names of the nodes that `hamilton-ol` answers with."""
    origin = [word for source in SAMPLE for word in ("--from", source)]
    done = subprocess.run(
        [sys.executable, "-m", "hamilton_ol.cli.main", *words, *origin, "--json"],
        cwd=folder,
        capture_output=True,
        check=True,
        timeout=100,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return {node["name"] for node in found["nodes"]}

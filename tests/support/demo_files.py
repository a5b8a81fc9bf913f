"""The demo as files, as they must be: `python -m tests.support.demo_files` writes them anew."""

from functools import cache
from pathlib import Path

import hamilton_ol
from hamilton_ol.demo.__main__ import build
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graphfiles import exported

FOLDER = Path(__file__).parents[1] / "hamilton_ol" / "graph" / "export" / "golden"
GOLDEN = {"svg": "demo.svg", "dot": "demo.dot", "mermaid": "demo.mmd", "csv": "demo.csv"}


@cache
def demo_graph() -> LineageGraph:
    """The graph of the demo, which nobody executed."""
    return hamilton_ol.lineage(build())


def demo_file(form: str) -> bytes:
    """The demo in a format."""
    return exported(demo_graph(), form, "light", ("titanic",))


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for form, name in GOLDEN.items():
        (FOLDER / name).write_bytes(demo_file(form))

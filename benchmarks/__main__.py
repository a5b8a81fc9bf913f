"""Runs every measurement in a process of its own, prints the table and writes results.md."""

import json
import os
import platform
import subprocess
import sys
from dataclasses import asdict
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from benchmarks.rows import Row, table

MEASUREMENTS = (
    *("nodes", "graphs", "work", "imports", "mapping", "drain", "layout", "kills"),
    *("servers", "lock", "exits", "memory", "lineages", "canvas", "window", "opening", "foreign"),
)
RESULTS = Path(__file__).with_name("results.md")
PACKAGES = ("apache-hamilton", "openlineage-python", "pandas", "scikit-learn")


def main() -> int:
    """Measure; 1 when a promise does not hold."""
    if len(sys.argv) > 1:
        measured = import_module(f"benchmarks.{sys.argv[1]}").rows()
        print(json.dumps([asdict(row) for row in measured]))
        return 0
    rows: list[Row] = []
    for name in MEASUREMENTS:
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        rows += _measure(name)
    text = table(rows)
    RESULTS.write_text(f"{_head()}\n{text}\n", encoding="utf-8")
    print(text)
    return 0 if all(row.met for row in rows) else 1


def _measure(name: str) -> list[Row]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", name], stdout=subprocess.PIPE, text=True, check=True
    )
    return [Row(**row) for row in json.loads(done.stdout.splitlines()[-1])]


def _head() -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        "# Measurements\n\n"
        "Written by `make bench`. The peer is `hamilton.plugins.h_openlineage` with a transport "
        "that drops\neverything, so that no network is in its figures; bare is no adapter. All "
        "take turns in one process,\nand ratios are of the processor time of the thread that runs "
        "the dataflow. Absolute figures are\nthis machine's and change with its mood; the ratios "
        "are what is promised. Promises in seconds\nwithout anybody beside were made where the peer "
        "took 138 µs for a trivial node, and are scaled by\nwhat it takes here, as is what may be added to nodes that sleep; where that was needed, "
        "the last column says so.\n\n"
        f"Python {platform.python_version()}, {os.cpu_count()} processors, {packages}.\n"
    )


if __name__ == "__main__":
    sys.exit(main())

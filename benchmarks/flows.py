"""Dataflows of any size, as modules on disk, because both adapters read their source."""

import importlib.util
import sys
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

from hamilton import driver

FOLDER = Path(tempfile.gettempdir()) / "hamilton-ol-benchmarks"

_HEAD = """
import numpy as np
import pandas as pd

_values = np.random.default_rng(0)
TABLE = pd.DataFrame(
    {f"c{n:02d}": _values.random(1000) if n % 3 else _values.integers(0, 9, 1000) for n in range(20)}
)
"""


def module(count: int, kind: str = "int", body: str = "") -> ModuleType:
    """A dataflow of `count` nodes in layers, each with two dependencies.

    Args:
        count: nodes.
        kind: `int` returns a small number, `table` always the same 1000 x 20 DataFrame.
        body: what each node does first; NUMBER in it is the node's number.
    """
    name = f"bench_{kind}_{count}"
    path = FOLDER / f"{name}.py"
    FOLDER.mkdir(exist_ok=True)
    path.write_text(_source(count, kind, body), encoding="utf-8")
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules[name] = made
    spec.loader.exec_module(made)
    return made


def _source(count: int, kind: str, body: str) -> str:
    width = max(5, count // 20)
    annotation = "pd.DataFrame" if kind == "table" else "int"
    value = "TABLE" if kind == "table" else "7"
    parts = [_HEAD if kind == "table" else ""]
    for number in range(count):
        layer, place = divmod(number, width)
        below = {f"n_{layer - 1}_{place}", f"n_{layer - 1}_{(place + 1) % width}"}
        arguments = sorted(f"{name}: {annotation}" for name in below) if layer else ["seed: int"]
        parts.append(
            f"def n_{layer}_{place}({', '.join(arguments)}) -> {annotation}:\n"
            f'    """Node {number}."""\n    {body.replace("NUMBER", str(number))}\n'
            f"    return {value}\n"
        )
    return "\n".join(parts)


def last_layer(count: int) -> list[Any]:
    """Outputs for which every node is needed."""
    width = max(5, count // 20)
    layers = -(-count // width)
    names = [f"n_{layers - 1}_{place}" for place in range(count - (layers - 1) * width)]
    above = [f"n_{layers - 2}_{place}" for place in range(width)] if layers > 1 else []
    return names + above


def build(flow: ModuleType, *adapters: Any) -> driver.Driver:
    """A driver of the dataflow with these adapters."""
    builder = driver.Builder().with_modules(flow)
    return builder.with_adapters(*adapters).build() if adapters else builder.build()

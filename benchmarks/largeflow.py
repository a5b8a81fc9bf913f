"""A large dataflow as people have it: modules in packages, owners, tags, types, a run."""

import json
from pathlib import Path

import numpy as np

from hamilton_ol.graph.documents import document
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Edge, Node

MODULE, PACKAGES, TEAMS = 200, 24, 9  # nodes of a module
LAYERS = 25  # the nodes before one that it mostly takes its arguments from are one in so many
_FIRST = ("customer", "order", "product", "session", "ledger", "churn", "demand", "visit", "region")
_SECOND = ("mean", "count", "share", "encoded", "scaled", "filled", "total", "rank", "weekly")
_TYPES = ("Series", "Series", "Series", "DataFrame", "float", "LabelEncoder", "int | None")


def largeflow(count: int, seed: int = 7) -> LineageGraph:
    """So many nodes, about twice as many edges."""
    chance = np.random.default_rng(seed)
    inputs = max(count // 50, 2)
    takes = np.repeat(np.arange(inputs, count), chance.integers(1, 4, count - inputs))
    near = chance.integers(1, max(count // LAYERS, 2), takes.size)
    back = np.where(chance.random(takes.size) < 0.97, near, takes)
    origin = np.maximum(takes - back, (chance.random(takes.size) * inputs).astype(np.int64))
    nodes = [_node(number, inputs, count, chance) for number in range(count)]
    edges = [
        Edge(nodes[begin].id, nodes[end].id, argument=nodes[begin].name)
        for begin, end in zip(origin.tolist(), takes.tolist(), strict=True)
    ]
    return LineageGraph(nodes, edges, name="warehouse")


def _node(number: int, inputs: int, count: int, chance: np.random.Generator) -> Node:
    name = f"{_FIRST[number % 9]}_{_SECOND[number // 9 % 9]}_{number}"
    if number < inputs:
        return Node(name, name, "input", "DataFrame")
    place = number // MODULE
    module = f"warehouse.part{place % PACKAGES}.step{place // PACKAGES}"
    tags: dict[str, str] = {"stage": ("raw", "clean", "model")[3 * number // count]}
    if chance.random() < 0.002:
        tags["PII"] = "true"
    if number > count - 40:
        tags["artifact"] = "report"
    return Node(
        name,
        name,
        type=_TYPES[number % 7],
        module=module,
        function=f"{module}.{name}",
        file=f"/warehouse/{module.replace('.', '/')}.py",
        line=1 + number % MODULE * 6,
        doc=f"What {name.replace('_', ' ')} is.",
        tags=tags,
        owners=(f"team-{place % TEAMS}",),
        code=f"{number:064x}",
        status="SUCCEEDED",
        seconds=float(chance.exponential(0.2)),
        rows=int(chance.integers(10, 100_000)),
        run="0196",
    )


def written(folder: Path, count: int) -> Path:
    """The file of such a graph."""
    path = folder / f"warehouse-{count}.json"
    path.write_text(json.dumps(document(largeflow(count))), encoding="utf-8")
    return path

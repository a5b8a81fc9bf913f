"""What a node looks like, and how its execution ended, in the words of a scene."""

from typing import TYPE_CHECKING, Any

import numpy as np

from hamilton_ol.graph.nodes import Node
from hamilton_ol.graph.rows import told
from hamilton_ol.graph.scene.arrays import Codes
from hamilton_ol.graph.scene.words import KIND
from hamilton_ol.records import Tags

if TYPE_CHECKING:
    from hamilton_ol.graph.lineage import LineageGraph

#: {kind of a node: what its card looks like}.
LOOKS_LIKE = {
    "function": "function",
    "input": "input",
    "config": "config",
    "loader": "source",
    "source": "source",
    "dataset": "source",
    "saver": "saver",
    "sink": "saver",
    "check": "validator",
    "column": "column",
    "expand": "function",
    "collect": "function",
    "job": "function",
}
#: {status of a node in a run: the word of its mark}.
STATUSES = {
    "SUCCEEDED": "ok",
    "CACHED": "ok",
    "FAILED": "failed",
    "SENTINEL": "failed",
    "ABORTED": "died",
    "DIED": "died",
    "RUNNING": "running",
    "SKIPPED": "skipped",
}


def kind_of(node: Node) -> str:
    """What the card of a node looks like: a word of KINDS."""
    if node.kind == "function":
        if _is_artifact(node.tags):
            return "artifact"
        if node.sources:
            return "source"
        return "saver" if node.sinks else "function"
    return LOOKS_LIKE.get(node.kind, "unknown")


def _is_artifact(tags: Tags) -> bool:
    return any(key.casefold() == "artifact" for key in tags)


def kinds_of(graph: "LineageGraph") -> Codes:
    """What the cards of all nodes look like: places in KINDS, (nodes); as `kind_of` of each."""

    def of_kind(kind: str) -> int:
        return KIND[LOOKS_LIKE.get(kind, "unknown")]

    found: Codes = told(graph.column("kind"), of_kind, np.uint8)
    is_function = told(graph.column("kind"), "function".__eq__, np.bool_)
    says: tuple[tuple[str, Any, str], ...] = (  # what says more than what is before it
        ("sinks", bool, "saver"),
        ("sources", bool, "source"),
        ("tags", _is_artifact, "artifact"),
    )
    for field, say, kind in says:
        found[is_function & told(graph.column(field), say, np.bool_)] = KIND[kind]
    return found

"""What a node looks like, and how its execution ended, in the words of a scene."""

from hamilton_ol.graph.nodes import Node

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
        if any(key.casefold() == "artifact" for key in node.tags):
            return "artifact"
        if node.sources:
            return "source"
        return "saver" if node.sinks else "function"
    return LOOKS_LIKE.get(node.kind, "unknown")

"""A graph as a Mermaid flowchart, for Markdown."""

from collections.abc import Iterator

from hamilton_ol.graph.export.palette import Palette
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Node
from hamilton_ol.graph.scene.kinds import STATUSES, kind_of
from hamilton_ol.graph.scene.names import named, shown
from hamilton_ol.graph.scene.tokens import ThemeName

MOST_EDGES = 500  # that Mermaid draws unless it is told otherwise: its setting maxEdges
MOST_LETTERS = 50_000  # its setting maxTextSize
_SHAPES = {
    "input": ("([", "])"),
    "config": ("{{", "}}"),
    "source": ("[(", ")]"),
    "saver": ("[/", "/]"),
    "artifact": ("[[", "]]"),
    "validator": ("{{", "}}"),
    "column": ("[", "]"),
    "unknown": (">", "]"),
}
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 _.,|")


def mermaid(graph: LineageGraph, theme: ThemeName = "light") -> str:
    """A graph as a flowchart of Mermaid.

    Args:
        graph: what is told.
        theme: in which colours.
    """
    return "\n".join(_lines(graph, Palette(theme))) + "\n"


def is_too_large(graph: LineageGraph, text: str) -> bool:
    """Whether Mermaid does not draw it with its usual settings."""
    return len(graph.edges) > MOST_EDGES or len(text) > MOST_LETTERS


def _lines(graph: LineageGraph, palette: Palette) -> Iterator[str]:
    yield "flowchart LR"
    looks: dict[str, list[str]] = {}
    for number, node in enumerate(graph.nodes):
        kind = kind_of(node)
        left, right = _SHAPES.get(kind, ("(", ")"))
        yield f'  n{number}{left}"{_label(node)}"{right}'
        look = "failed" if STATUSES.get(node.status) == "failed" else kind
        looks.setdefault(look, []).append(f"n{number}")
    for edge in graph.edges:
        yield f"  n{graph.index[edge.origin]} --> n{graph.index[edge.target]}"
    color = palette.color
    for look, nodes in looks.items():
        failed = look == "failed"
        ink, back = color("status.failed" if failed else f"kind.{look}"), color("card")
        fill = color("status.failed_soft") if failed else back
        yield f"  classDef {look}Node fill:{fill},stroke:{ink},color:{color('text')}"
        yield f"  class {','.join(nodes)} {look}Node"


def _label(node: Node) -> str:
    words = (named(node.name), node.type, node.status.lower())
    return "<br/>".join(_escaped(word) for word in words if word)


def _escaped(text: str) -> str:
    """Text in which what Mermaid, Markdown or HTML could read otherwise is a number."""
    return "".join(c if c in _PLAIN or not c.isascii() else f"#{ord(c)};" for c in shown(text))

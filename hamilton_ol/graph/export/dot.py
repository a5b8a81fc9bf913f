"""A graph as DOT, for Graphviz and what reads its language."""

from collections.abc import Iterator

from hamilton_ol.graph.export.palette import Palette
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Node
from hamilton_ol.graph.scene.kinds import STATUSES, kind_of
from hamilton_ol.graph.scene.names import named, shown
from hamilton_ol.graph.scene.tokens import ThemeName

_SHAPES = {
    "input": ("box", "rounded,filled,dashed"),
    "config": ("octagon", "filled"),
    "source": ("cylinder", "filled"),
    "saver": ("cylinder", "filled"),
    "artifact": ("note", "filled"),
    "validator": ("hexagon", "filled"),
    "column": ("box", "filled"),
    "unknown": ("box", "filled,dotted"),
}


def dot(graph: LineageGraph, theme: ThemeName = "light") -> str:
    """A graph in the language DOT.

    Args:
        graph: what is told.
        theme: in which colours.
    """
    return "\n".join(_lines(graph, Palette(theme))) + "\n"


def _lines(graph: LineageGraph, palette: Palette) -> Iterator[str]:
    color = palette.color
    yield f"digraph {_quoted(graph.name or 'lineage')} {{"
    yield f'  graph [rankdir=LR, bgcolor="{color("canvas")}"]'
    yield f'  node [fontname="Inter,Helvetica,Arial,sans-serif", fontsize=11, fontcolor="{color("text")}"]'
    yield f'  edge [color="{color("edge")}", arrowsize=0.6]'
    for number, node in enumerate(graph.nodes):
        yield f"  n{number} [{_attributes(node, palette)}]"
    for edge in graph.edges:
        yield f"  n{graph.index[edge.origin]} -> n{graph.index[edge.target]}"
    yield "}"


def _attributes(node: Node, palette: Palette) -> str:
    kind = kind_of(node)
    shape, style = _SHAPES.get(kind, ("box", "rounded,filled"))
    has_failed = STATUSES.get(node.status) == "failed"
    ink = palette.color("status.failed" if has_failed else f"kind.{kind}")
    back = palette.color("status.failed_soft" if has_failed else "card")
    words = [named(node.name), node.type, node.status.lower()]
    label = "\\n".join(_escaped(word) for word in words if word)
    told = {"shape": shape, "style": f'"{style}"', "color": f'"{ink}"', "fillcolor": f'"{back}"'}
    return f'label="{label}", ' + ", ".join(f"{key}={value}" for key, value in told.items())


def _quoted(text: str) -> str:
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    """Text of a label: what DOT or HTML would read as something else is spelled out."""
    plain = shown(text).replace("\\", "\\\\").replace('"', '\\"')
    return plain.replace("&", "&amp;")  # else "&lt;" in a name would become another name

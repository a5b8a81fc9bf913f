"""What there is to say of an edge: which argument makes it, and where that stands."""

import ast
import textwrap
from typing import NamedTuple

from explorer_app.model.page import Code, Fact, Item, Line, Page, Section
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import EDGES, Edge
from hamilton_ol.graph.scene.kinds import kind_of
from hamilton_ol.graph.scene.names import shown

PAIR = 2  # nodes: if an edge joins them, it is told about


class Argument(NamedTuple):
    """An argument in the text of a function.

    Attributes:
        line: its line, counted from 0.
        type: that is written there.
        default: that it has, as text; empty for none.
    """

    line: int
    type: str
    default: str


def edge_between(graph: LineageGraph, one: int, other: int) -> int:
    """The number of the edge between two nodes, whichever way it leads; -1 for none."""
    for begin, end in ((one, other), (other, one)):
        takers = graph.down.of(begin).tolist()
        if end in takers:
            return int(graph.down.edges_of(begin)[takers.index(end)])
    return -1


def edge_sentence(graph: LineageGraph, number: int, more: int) -> str:
    """What an edge says, and how many more run there."""
    edge = graph.edges[number]
    origin, target = (shown(graph.nodes[graph.index[end]].name) for end in edge[:2])
    said = f", as its argument {shown(edge.argument)}" if edge.argument else ""
    rest = f"; {more:,} more run here" if more else ""
    return f"{target} takes {origin}{said}{rest}."


def edge_page(graph: LineageGraph, number: int) -> Page:
    """One node is an argument of another."""
    edge = graph.edges[number]
    ends = [graph.index[edge.origin], graph.index[edge.target]]
    origin, target = (graph.nodes[end] for end in ends)
    items = [
        Item(kind_of(graph.nodes[n]), graph.nodes[n].name, graph.nodes[n].type, n) for n in ends
    ]
    text = graph.texts.get(target.function, "")
    found = argument_of(text, edge.argument)
    facts = [_fact(edge, found), Fact("Comes as", origin.type)]
    if found is not None and found.default:
        facts.append(Fact("Without it", found.default))
    lines: tuple[Line, ...] = tuple(fact for fact in facts if fact.note)
    sections = [Section(f"{origin.name} → {target.name}", "", (*items, *lines))]
    if text:
        line = found.line if found is not None else -1
        code = Code(text.rstrip("\n"), target.line or 1, line, edge.argument)
        sections.append(Section("Source", "Open in editor   E" if target.file else "", (code,)))
    title = edge.argument or origin.name
    said = f"argument of {target.name}" if edge.argument else EDGES.get(edge.kind, edge.kind)
    return Page(title, second=said, sections=tuple(sections), file=target.file, line=target.line)


def _fact(edge: Edge, found: Argument | None) -> Fact:
    wanted = found.type if found is not None else ""
    return Fact("Taken as", wanted or ("required" if edge.required else "optional"))


def argument_of(text: str, name: str) -> Argument | None:
    """Where an argument stands in the text of a function; None where it cannot be found."""
    try:
        tree = ast.parse(textwrap.dedent(text))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    functions = [n for n in tree.body if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    if not name or not functions:
        return None
    given = functions[0].args
    usual = [*given.posonlyargs, *given.args]
    defaults: list[ast.expr | None] = [None] * (len(usual) - len(given.defaults))
    pairs = [*zip(usual, [*defaults, *given.defaults], strict=True)]
    pairs += zip(given.kwonlyargs, given.kw_defaults, strict=True)
    for argument, default in pairs:
        if argument.arg == name:
            kind = ast.unparse(argument.annotation) if argument.annotation else ""
            return Argument(argument.lineno - 1, kind, ast.unparse(default) if default else "")
    return None

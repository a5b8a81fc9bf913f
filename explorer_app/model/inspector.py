"""What there is to say of one node, or of a way between two, as a page of plain text."""

from collections.abc import Iterator

import numpy as np

from explorer_app.model.edgepage import PAIR, edge_between, edge_page
from explorer_app.model.lenses import OF_A_RUN, change_age
from explorer_app.model.ownsets import mask_of
from explorer_app.model.page import Address, Code, Fact, Item, Labels, Line, Page, Section
from explorer_app.model.questions import question
from explorer_app.model.runpage import SHORT, last_run, run_page
from explorer_app.model.session import Session
from explorer_app.model.table import INFO, labels
from explorer_app.model.taint import taint_of, taint_page
from explorer_app.model.ways import way
from explorer_app.model.words import counted, file_name
from hamilton_ol.graph.adjacency import Ints
from hamilton_ol.graph.columns import Column
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Node
from hamilton_ol.graph.reachability import distances
from hamilton_ol.graph.scene.kinds import STATUSES, kind_of
from hamilton_ol.graph.scene.names import named
from hamilton_ol.graph.select.facts import tag_values
from hamilton_ol.graph.select.structure import reach

MOST = 40  # rows of a section; the rest is counted
LONGEST = 400  # lines of source text
USE = "Click a node to see what it is linked with; double click to see what it is made of."
EMPTY = "It has no nodes: no function of a dataflow was found in what was read."


def page_of(session: Session, now: float = 0.0, name: str = "") -> Page:
    """What panels tell.

    Args:
        session: what is asked.
        now: seconds since the epoch.
        name: of what is open; the graph's own without it.
    """
    asked = question(session.graph, session.state.query)
    node = session.focus
    if asked.ends is not None and node in {-1, *asked.ends} and len(session.visible):
        return way(session, asked.ends)
    if len(session.selected) == PAIR:
        edge = edge_between(session.graph, *sorted(session.selected))
        if edge >= 0:
            return edge_page(session.graph, edge)
    if node >= 0:
        return _node(session, node, now)
    lens = session.state.lens
    if lens == "pii" and not session.selected:
        return taint_page(session.graph, taint_of(session.graph, session.sensitive_tags))
    if session.run is not None and lens in OF_A_RUN and not session.selected:
        return run_page(session, session.run, now)
    return _overview(session, name)


# --- everything ----------------------------------------------------------------------------------


def _overview(session: Session, name: str) -> Page:
    graph = session.graph
    numbers = (
        (f"{len(graph):,}", "nodes"),
        (f"{len(graph.edges):,}", "edges"),
        (f"{session.traits.modules:,}", "modules"),
    )
    several = session.state.chosen.tolist()
    chosen = (_items(graph, "Selected", several),) if several else ()
    ends = session.traits.ends
    results = (_items(graph, "Ends in", ends),) if len(ends) else ()
    title = name or session.graph.name.rpartition(".")[2] or "Dataflow"
    return Page(
        title,
        text=USE if len(graph) else EMPTY,
        numbers=numbers,
        sections=(*chosen, *results),
    )


# --- a node --------------------------------------------------------------------------------------


def _node(session: Session, number: int, now: float) -> Page:
    graph = session.graph
    node = graph.nodes[number]
    place = f"{file_name(node.file)}, line {node.line}" if node.file and node.line else ""
    second = "  ·  ".join(part for part in (node.type or node.kind, place) if part)
    owners = tuple((owner, "") for owner in node.owners)
    importance = node.tags.get("importance")
    extra = ((importance, ""),) if isinstance(importance, str) else ()
    tags = tuple((f"artifact: {t}" if _is_artifact(node, t) else t, c) for t, c in labels(node))
    return Page(
        named(node.name),
        kind_of(node),
        second,
        _paragraph(node.doc),
        (*owners, *extra, *tags),
        _numbers(graph, number),
        tuple(_sections(session, number, now)),
        node.file,
        node.line,
    )


def _is_artifact(node: Node, text: str) -> bool:
    return node.tags.get("artifact") == text


def _paragraph(doc: str) -> str:
    """The first paragraph of a documentation, on one line."""
    return " ".join(doc.strip().partition("\n\n")[0].split())


def _numbers(graph: LineageGraph, number: int) -> tuple[tuple[str, str], ...]:
    root = np.array([number], np.int32)
    up, down = distances(graph.up, root), distances(graph.down, root)
    return (
        (f"{_count(up):,}", "upstream"),
        (f"{_count(down):,}", "downstream"),
        (f"{max(int(up.max(initial=0)), 0):,}", "deep"),
    )


def _count(away: Ints) -> int:
    return int((away > 0).sum())


def _sections(session: Session, number: int, now: float) -> Iterator[Section]:
    graph = session.graph
    node = graph.nodes[number]
    run = tuple(last_run(session, number, now))
    if STATUSES.get(node.status) == "failed":  # what everybody looks for
        yield from run
    arguments = graph.up.of(number).tolist()
    if arguments:
        yield _items(graph, "Taken from" if node.part_of else "Arguments", arguments)
    yield from _source(graph, node)
    yield from _columns(session, node)
    yield from _origins(session, number)
    takers = graph.down.of(number).tolist()
    if takers:
        yield _items(graph, "Used by", takers)
    if STATUSES.get(node.status) != "failed":
        yield from run
    yield from _changed(session, node, now)
    addresses = tag_values(node, INFO)
    if addresses:
        yield Section("More", "", tuple(Address(text) for text in addresses[:MOST]))


def _changed(session: Session, node: Node, now: float) -> Iterator[Section]:
    """Who changed the function last."""
    change = session.changes.get(node.id)
    if change is not None:
        about = (Fact(change.subject, ""),) if change.subject else ()
        lines = (Fact(change.author, change_age(change, now)), *about)
        yield Section("Last change", change.commit[:SHORT], lines)


def _items(graph: LineageGraph, title: str, nodes: list[int]) -> Section:
    """A row for each of the first nodes, and how many there are."""
    more = len(nodes) - MOST
    rest: tuple[Line, ...] = (Fact(f"{more:,} more", ""),) if more > 0 else ()
    return Section(title, f"{len(nodes):,}", (*(_item(graph, n) for n in nodes[:MOST]), *rest))


def _item(graph: LineageGraph, number: int) -> Item:
    node = graph.nodes[number]
    return Item(kind_of(node), named(node.name), node.type, number)


def _source(graph: LineageGraph, node: Node) -> Iterator[Section]:
    text = graph.texts.get(node.function, "")
    if text:
        lines = text.rstrip("\n").split("\n")
        rest = f"\n# {len(lines) - LONGEST:,} more lines" if len(lines) > LONGEST else ""
        code = Code("\n".join(lines[:LONGEST]) + rest, node.line or 1)
        yield Section("Source", "Open in editor   E" if node.file else "", (code,))


def _columns(session: Session, node: Node) -> Iterator[Section]:
    """Columns of the result, each with the columns that it comes from."""
    known, named = session.traits.columns.get(node.id, {}), dict(node.columns)
    names = list(dict.fromkeys([*named, *known]))
    if not names or names == [node.name]:
        return
    lines = []
    for name in names[:MOST]:
        origins = dict.fromkeys(_column(session.graph, one) for one in known.get(name, ()))
        lines.append(Fact(name, ", ".join(origins) or named.get(name, "")))
    yield Section("Columns", f"{len(names):,}", tuple(lines))


def _column(graph: LineageGraph, column: Column) -> str:
    name = graph.nodes[graph.index[column.node]].name
    return name if column.name in {"", name} else f"{name}.{column.name}"


def _origins(session: Session, number: int) -> Iterator[Section]:
    graph, traits = session.graph, session.traits
    above = reach(graph.up, mask_of(graph, [number]))
    above[number] = False
    sources, inputs = (
        np.flatnonzero(above & mask).tolist() for mask in (traits.sources, traits.inputs)
    )
    tagged = np.flatnonzero(above & traits.personal)[:MOST].tolist()
    personal = tuple((graph.nodes[n].name, "pii") for n in tagged)
    if not (sources or inputs or personal):
        return
    note = f"{counted(len(sources), 'source')}, {counted(len(inputs), 'input')}"
    lines: list[Line] = [_origin(graph, n) for n in (sources or inputs)[:MOST]]
    if personal:
        lines.append(Labels(personal, "personal data"))
    yield Section("Comes from", note, tuple(lines))


def _origin(graph: LineageGraph, number: int) -> Item:
    node = graph.nodes[number]
    return Item(kind_of(node), named(node.name), ", ".join(node.owners) or node.type, number)

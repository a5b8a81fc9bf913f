"""The catalog of a dataflow: what there is, what it is for, whose it is."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from hamilton_ol.graph.adjacency import Mask
from hamilton_ol.graph.export.sections import Paper, Section
from hamilton_ol.graph.history import Changed
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Node
from hamilton_ol.graph.ownership import GIVEN, Ownership

VERSION = 12  # letters of a hash that are shown
HEADINGS = (
    *("node", "kind", "type", "documentation", "owner", "module", "upstream", "downstream"),
    *("version", "changed in", "changed by", "changed at"),
)


class CatalogRow(NamedTuple):
    """One node.

    Attributes:
        node: the node.
        upstream, downstream: how many nodes it comes from directly, and come from it.
        change: the last change of its function, where that is known.
        owners: whom it belongs to, of itself or as a part of something.
    """

    node: Node
    upstream: int
    downstream: int
    change: Changed | None
    owners: tuple[str, ...]


def catalog(graph: LineageGraph, mask: Mask, changes: Mapping[str, Changed]) -> list[CatalogRow]:
    """A row for each node, by module and in the order of the dataflow.

    Args:
        graph: of the dataflow.
        mask: bool (nodes): which of them.
        changes: {id: last change}.
    """
    up, down = graph.up.degrees.tolist(), graph.down.degrees.tolist()
    nodes, owners = graph.nodes, Ownership(graph).of
    rows = [
        CatalogRow(nodes[n], up[n], down[n], changes.get(graph.ids[n]), owners(nodes[n]))
        for n in graph.order
        if mask[n]
    ]
    return sorted(rows, key=lambda row: row.node.module)


def paper(rows: Iterable[CatalogRow], title: str) -> Paper:
    """A catalog as a text; nodes that nobody owns have a table of their own."""
    owned: list[tuple[str, ...]] = []
    unowned: list[tuple[str, ...]] = []
    for row in rows:
        needs_owner = not row.owners and row.node.kind not in GIVEN
        (unowned if needs_owner else owned).append(cells(row))
    sections = [Section("Nodes", HEADINGS, tuple(owned))]
    if unowned:
        sections.append(Section("Without an owner", HEADINGS, tuple(unowned)))
    return Paper(title, (), tuple(sections))


def table(rows: Iterable[CatalogRow], title: str) -> Paper:
    """A catalog as one table."""
    return Paper(title, (), (Section("Nodes", HEADINGS, tuple(map(cells, rows))),))


def cells(row: CatalogRow) -> tuple[str, ...]:
    """One row as texts."""
    node = row.node
    return (
        *(node.name, node.kind, node.type, first_line(node.doc), ", ".join(row.owners)),
        *(node.module, str(row.upstream), str(row.downstream), node.code[:VERSION]),
        *changed(row.change),
    )


def changed(change: Changed | None) -> tuple[str, str, str]:
    """Revision, author and time of a change."""
    return (change.commit[:VERSION], change.author, change.time) if change else ("", "", "")


def first_line(text: str) -> str:
    """The first line of a documentation."""
    return text.strip().partition("\n")[0]

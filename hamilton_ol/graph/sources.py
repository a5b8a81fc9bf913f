"""The data that nodes are made of: each source once, whoever reads it."""

from collections.abc import Iterable
from typing import NamedTuple

from hamilton_ol.graph.nodes import Dataset, Node
from hamilton_ol.graph.selection import Selection


class SourceRow(NamedTuple):
    """One source.

    Attributes:
        name, namespace: of the dataset; empty for a loader that does not say what it reads.
        readers: ids of the nodes that read it.
        columns: of it that some node takes, as far as known.
        owners: of the nodes that read it.
    """

    name: str
    namespace: str
    readers: tuple[str, ...]
    columns: tuple[str, ...]
    owners: tuple[str, ...]


def sources_of(selection: Selection) -> list[SourceRow]:
    """The sources of some nodes, by name; loaders that do not say what they read come last."""
    readers: dict[Dataset, list[Node]] = {}
    unnamed: list[Node] = []
    nodes = selection.nodes
    for node in nodes:
        for dataset in node.sources:
            readers.setdefault(dataset, []).append(node)
        if node.kind == "loader" and not node.sources and not node.part_of:
            unnamed.append(node)
    taken: dict[str, list[str]] = {}
    for node in nodes:
        if node.kind == "column":
            taken.setdefault(node.part_of, []).append(node.field)
    rows = [_row(dataset, found, taken) for dataset, found in readers.items()]
    return sorted(rows) + [_row(Dataset("", ""), [node], taken) for node in unnamed]


def _row(dataset: Dataset, readers: list[Node], taken: dict[str, list[str]]) -> SourceRow:
    columns = (name for node in readers for name in _columns(node, taken))
    owners = (owner for node in readers for owner in node.owners)
    return SourceRow(
        dataset.name,
        dataset.namespace,
        tuple(node.id for node in readers),
        tuple(dict.fromkeys(columns)),
        tuple(dict.fromkeys(owners)),
    )


def _columns(node: Node, taken: dict[str, list[str]]) -> Iterable[str]:
    """Those that are taken out, else all that are known."""
    return taken.get(node.id) or [name for name, _ in node.columns]

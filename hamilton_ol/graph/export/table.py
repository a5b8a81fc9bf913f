"""Tables as CSV that a spreadsheet cannot take for formulas."""

import csv
import io
from collections.abc import Iterable, Sequence

from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Node
from hamilton_ol.graph.scene.names import shown

HEADINGS = (
    *("name", "kind", "type", "namespace", "module", "comes from", "tags", "owners", "sources"),
    *("documentation", "status", "seconds", "rows"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def nodes_csv(graph: LineageGraph) -> str:
    """A row for each node; the last columns are filled where the graph is that of a run."""
    names = {node.id: node.name for node in graph.nodes}
    origins: dict[str, list[str]] = {}
    for edge in graph.edges:
        origins.setdefault(edge.target, []).append(names[edge.origin])
    return csv_of(HEADINGS, (_row(node, origins.get(node.id, ())) for node in graph.nodes))


def _row(node: Node, origins: Iterable[str]) -> Sequence[str]:
    tags = (f"{k}={v if isinstance(v, str) else '|'.join(v)}" for k, v in node.tags.items())
    listed = ("; ".join(words) for words in (origins, tags, node.owners))
    sources = "; ".join(dataset.name for dataset in node.sources)
    facts = (node.name, node.kind, node.type, node.namespace, node.module, *listed, sources)
    run = (node.status, _number(node.seconds), _number(node.rows))
    return (*facts, node.doc.strip().partition("\n")[0], *run)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.12g}"


def csv_of(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table as CSV, as RFC 4180 describes it."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return written.getvalue()


def guarded(cell: str) -> str:
    """A cell that begins as a formula does begins with an apostrophe instead."""
    text = "\n".join(shown(line, 32_000) for line in cell.splitlines()) if cell else ""
    return f"'{text}" if text.lstrip().startswith(_FORMULA) or cell.startswith(_FORMULA) else text

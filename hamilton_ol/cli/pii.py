"""`hamilton-ol pii`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hamilton_ol.cli import output
from hamilton_ol.cli.graphs import NO_OWNER, graph_options, open_graph
from hamilton_ol.cli.options import json_option, settings_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hamilton_ol.graph.nodes import Node
    from hamilton_ol.graph.sensitive import SensitiveRow


@click.command()
@click.option("--tag", "tags", multiple=True, help="Look for this tag, not for those that are set.")
@graph_options
@json_option
def command(
    *, tags: tuple[str, ...], sources: tuple[str, ...], store: Path | None, as_json: bool
) -> None:
    """List what is tagged as personal data, and the artifacts and owners that it reaches.

    The setting `sensitive_tags` names the tags; columns are followed where they are known. Where
    a node has PII="stop", or is tagged `anonymized`, it is not followed: such barriers are listed.
    """
    wanted = tags or settings_of(store).sensitive_tags
    graph = open_graph(sources, store)
    from hamilton_ol.graph.sensitive import sensitive  # noqa: PLC0415 - loads numpy

    rows = sensitive(graph, wanted)
    if as_json:
        told = [_document(row) for row in rows]
        output.print_json({"tags": list(wanted), "count": len(told), "columns": told})
        return
    if rows:
        output.print_table(
            ("personal data", "tag", "reaches", "kind", "owner"),
            [line for row in rows for line in _lines(row)],
        )
    is_one = len(rows) == 1
    output.note(f"{len(rows)} result{'' if is_one else 's'} tagged {' or '.join(wanted)}")


def _lines(row: "SensitiveRow") -> "Iterator[tuple[str, ...]]":
    begin = (row.node.name, ", ".join(row.tags))
    for end in row.ends:
        yield (*begin, end.node.name, _kind(end.node), _owners(end.node))
    for node, why in row.barriers:
        yield (*begin, node.name, f"barrier: {why}", _owners(node))
    if not row.ends and not row.barriers:
        yield (*begin, "(no artifact)", "", "")


def _kind(node: "Node") -> str:
    from hamilton_ol.graph.select.facts import ARTIFACT_TAG, tag_values  # noqa: PLC0415

    return ", ".join(tag_values(node, ARTIFACT_TAG)) or node.kind


def _owners(node: "Node") -> str:
    return ", ".join(node.owners) or NO_OWNER


def _document(row: "SensitiveRow") -> dict[str, Any]:
    node = row.node
    return {
        "name": node.name,
        "of": node.part_of or None,
        "tags": list(row.tags),
        "owners": list(node.owners),
        "artifacts": [
            {
                "name": end.node.name,
                "kind": _kind(end.node),
                "type": end.node.type,
                "owners": list(end.node.owners),
                "columns": list(end.columns),
                "datasets": [dataset.name for dataset in end.node.sinks],
            }
            for end in row.ends
        ],
        "barriers": [
            {"name": barrier.name, "why": why, "owners": list(barrier.owners)}
            for barrier, why in row.barriers
        ],
    }

"""`hamilton-ol pii`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hamilton_ol.cli import output
from hamilton_ol.cli.graphs import graph_options, open_graph
from hamilton_ol.cli.options import json_option, settings_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from hamilton_ol.graph.nodes import Node
    from hamilton_ol.graph.sensitive import SensitiveRow

    Owners = Callable[[Node], Iterable[str]]


@click.command()
@click.option("--tag", "tags", multiple=True, help="Look for this tag, not for those that are set.")
@graph_options
@json_option
def command(
    *, tags: tuple[str, ...], sources: tuple[str, ...], store: Path | None, as_json: bool
) -> None:
    """List what is tagged as personal data, what it reaches, and whose that is.

    It is followed to artifacts, to what is written outside and to results that nothing takes.
    The setting `sensitive_tags` names the tags; columns are followed where they are known. Where
    a node has PII="stop", or is tagged `anonymized`, it is not followed: such barriers are listed.
    """
    wanted = tags or settings_of(store).sensitive_tags
    graph = open_graph(sources, store)
    from hamilton_ol.graph.ownership import Ownership  # noqa: PLC0415 - loads numpy
    from hamilton_ol.graph.sensitive import sensitive  # noqa: PLC0415

    rows, owners = sensitive(graph, wanted), Ownership(graph).of
    if as_json:
        told = [_document(row, owners) for row in rows]
        output.print_json({"tags": list(wanted), "count": len(told), "columns": told})
        return
    if rows:
        output.print_table(
            ("personal data", "tag", "reaches", "kind", "owner"),
            [line for row in rows for line in _lines(row, owners)],
        )
    is_one = len(rows) == 1
    output.note(f"{len(rows)} result{'' if is_one else 's'} tagged {' or '.join(wanted)}")
    if not rows:
        output.note("Only tags say what is personal: what nobody has tagged is not found.")


def _lines(row: "SensitiveRow", owners: "Owners") -> "Iterator[tuple[str, ...]]":
    begin = (row.node.name, ", ".join(row.tags))
    for end in row.ends:
        yield (*begin, end.node.name, _kind(end.node), _named(owners(end.node)))
    for node in row.leaves:
        yield (*begin, node.name, "taken by nothing", _named(owners(node)))
    for node, why in row.barriers:
        yield (*begin, node.name, f"barrier: {why}", _named(owners(node)))
    if not (row.ends or row.leaves or row.barriers):
        yield (*begin, "(no artifact)", "", "")


def _kind(node: "Node") -> str:
    from hamilton_ol.graph.select.facts import ARTIFACT_TAG, tag_values  # noqa: PLC0415

    return ", ".join(tag_values(node, ARTIFACT_TAG)) or node.kind


def _named(owners: "Iterable[str]") -> str:
    from hamilton_ol.graph.ownership import NO_OWNER  # noqa: PLC0415 - loads numpy

    return ", ".join(owners) or NO_OWNER


def _document(row: "SensitiveRow", owners: "Owners") -> dict[str, Any]:
    node = row.node
    return {
        "name": node.name,
        "of": node.part_of or None,
        "tags": list(row.tags),
        "owners": list(owners(node)),
        "artifacts": [
            {
                "name": end.node.name,
                "kind": _kind(end.node),
                "type": end.node.type,
                "owners": list(owners(end.node)),
                "columns": list(end.columns),
                "datasets": [dataset.name for dataset in end.node.sinks],
            }
            for end in row.ends
        ],
        "leaves": [
            {"name": leaf.name, "kind": leaf.kind, "owners": list(owners(leaf))}
            for leaf in row.leaves
        ],
        "barriers": [
            {"name": barrier.name, "why": why, "owners": list(owners(barrier))}
            for barrier, why in row.barriers
        ],
    }

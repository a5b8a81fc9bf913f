"""All that is known of one artifact: what it was trained on, how, with what, by whom."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from hamilton_ol.errors import UnknownNodeError
from hamilton_ol.graph.catalog import changed, first_line
from hamilton_ol.graph.export.sections import Paper, Section
from hamilton_ol.graph.history import Changed
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Node
from hamilton_ol.graph.ownership import GIVEN, NO_OWNER, Ownership
from hamilton_ol.graph.reachability import shortest
from hamilton_ol.graph.runs import SKIPPED
from hamilton_ol.graph.select.facts import ARTIFACT_TAG, tag_values
from hamilton_ol.graph.selection import Selection
from hamilton_ol.graph.sensitive import TAGS, SensitiveRow, sensitive
from hamilton_ol.graph.trainingdata import VERSION, moment, training_data
from hamilton_ol.records import NOTHING, Revision, Run, Value

_STEPS = frozenset({"function", "loader", "saver", "expand", "collect"})


class Known(NamedTuple):
    """What a report is made of, besides the graph.

    Attributes:
        run: that made the artifact; None for what the code says.
        revision: of the code, where there is no run.
        changes: {id of a node: last change of its function}.
        tags: that mark personal data.
    """

    run: Run | None = None
    revision: Revision | None = None
    changes: Mapping[str, Changed] = NOTHING
    tags: Sequence[str] = TAGS


def artifact(graph: LineageGraph, name: str) -> Node:
    """The node of this id or name, else the only one whose tag `artifact` says so.

    Raises:
        UnknownNodeError, AmbiguousNodeError: there is none, or there are several.
    """
    try:
        return graph[name]
    except UnknownNodeError:
        tagged = [node for node in graph.nodes if name in tag_values(node, ARTIFACT_TAG)]
        if len(tagged) != 1:
            raise
        return tagged[0]


def report(graph: LineageGraph, node: Node, known: Known) -> Paper:
    """A report on one artifact; the same for the same input, whenever it is made.

    Args:
        graph: of the dataflow.
        node: the artifact.
        known: what else there is.
    """
    above = graph.upstream(node.id)
    ordered = [graph.nodes[n] for n in graph.order if above.mask[n]]
    return Paper(
        f"Report on {node.name}",
        tuple(_facts(node, known)),
        (
            training_data(graph, above, known.run),
            Section(
                "Hyperparameters",
                ("name", "kind", "type", "value"),
                tuple(_given(ordered, known.run)),
            ),
            Section("Steps", _STEP, tuple(_steps(ordered, node, known.changes))),
            Section("Checks", ("check", "of", "result"), tuple(_checks(ordered, known.run))),
            Section("Owners", ("owner", "nodes", "which"), tuple(_owners(graph, ordered))),
            _personal(graph, node, above, known),
            Section(
                "Packages", ("package", "version"), tuple(_packages(known.run)), "Not recorded."
            ),
        ),
    )


_STEP = (
    "step",
    "type",
    "documentation",
    "owner",
    "version",
    "changed in",
    "changed by",
    "changed at",
)


# --- facts ---------------------------------------------------------------------------------------


def _facts(node: Node, known: Known) -> Iterator[tuple[str, str]]:
    run, revision = known.run, known.revision
    yield "artifact", ", ".join(tag_values(node, ARTIFACT_TAG))
    yield "documentation", node.doc.strip()
    yield "type", node.type
    yield "owner", ", ".join(node.owners) or NO_OWNER
    yield "written to", ", ".join(dataset.name for dataset in node.sinks)
    if run is not None:
        yield from _of_run(node, run)
        revision = run.context.revision
    if revision is not None:
        yield (
            "revision",
            revision.commit + (" with changes that are not committed" if revision.dirty else ""),
        )
        yield "repository", revision.remote or ""
        yield "branch", revision.branch or ""
    yield "code", node.code


def _of_run(node: Node, run: Run) -> Iterator[tuple[str, str]]:
    made = [execution for execution in run.nodes if execution.node == node.id]
    classes = sorted({execution.type for execution in made if execution.type})
    yield "class of the result", ", ".join(classes)
    yield "rows", "" if node.rows is None else str(node.rows)
    yield "columns", ", ".join(name for name, _ in node.columns)
    ran = node.status not in {"", SKIPPED}
    yield "status", node.status if ran else "not executed in this run"
    yield "run", run.run_id
    yield "job", f"{run.started.namespace} / {run.started.job}"
    yield "started", moment(run.started.time)
    yield "fingerprint", run.graph.fingerprint if run.graph else ""
    yield "config hash", run.context.config_hash


# --- tables --------------------------------------------------------------------------------------


def _given(ordered: Iterable[Node], run: Run | None) -> Iterator[tuple[str, ...]]:
    values = {**run.context.inputs, **run.context.config} if run else {}
    nodes = [node for node in ordered if node.kind in GIVEN]
    seen = {node.name for node in nodes}
    for node in sorted(nodes, key=lambda one: one.name):
        yield (node.name, node.kind, node.type, _value(values.get(node.name), run))
    for name in sorted(set(run.context.config) - seen if run else ()):
        value = run.context.config[name] if run else Value("")
        yield (name, "config", value.type, _value(value, run))


def _value(value: Value | None, run: Run | None) -> str:
    if run is None:
        return ""
    if value is None:
        return "(not given)"
    if value.shown:
        return str(value.value)
    return f"(not recorded, hash {value.hash})" if value.hash else "(not recorded)"


def _steps(
    ordered: Iterable[Node], artifact: Node, changes: Mapping[str, Changed]
) -> Iterator[tuple[str, ...]]:
    for node in ordered:
        if node.kind in _STEPS and (not node.part_of or node.id == artifact.id):
            facts = (node.name, node.type, first_line(node.doc), ", ".join(node.owners))
            yield (*facts, node.code[:VERSION], *changed(changes.get(node.id)))


def _checks(ordered: Iterable[Node], run: Run | None) -> Iterator[tuple[str, ...]]:
    results = {one.node: one.passed for one in run.nodes if one.passed is not None} if run else {}
    said = {True: "passed", False: "failed", None: ""}
    for node in ordered:
        if node.kind == "check":
            yield (node.name, node.part_of, said[results.get(node.id)])


def _owners(graph: LineageGraph, ordered: Iterable[Node]) -> Iterator[tuple[str, ...]]:
    owners, found = Ownership(graph).of, dict[str, list[str]]()
    for node in (one for one in ordered if one.kind in _STEPS and not one.part_of):
        for owner in owners(node) or (NO_OWNER,):
            found.setdefault(owner, []).append(node.name)
    for owner, names in sorted(found.items(), key=lambda item: (item[0] == NO_OWNER, item[0])):
        yield (owner, str(len(names)), ", ".join(names))


def _personal(graph: LineageGraph, node: Node, above: Selection, known: Known) -> Section:
    rows: list[tuple[str, ...]] = []
    stopped: list[str] = []
    for row in sensitive(graph, known.tags):
        barriers = [one for one in row.barriers if one.node.id in above]
        is_stopped = any(one.node.id == node.id for one in barriers)
        if node.id in row.reached and not is_stopped:
            table = graph[row.node.part_of].name if row.node.part_of else ""
            way = _way(graph, row, node, above)
            rows.append((row.node.name, ", ".join(row.tags), table, way))
        else:
            stopped += (f"{row.node.name} by {one.name} ({why})" for one, why in barriers)
    return Section(
        "Personal data",
        ("column", "tags", "of", "by way of"),
        tuple(rows),
        "None." if stopped else f"Nothing that it comes from is tagged {' or '.join(known.tags)}.",
        f"Stopped on the way, and so not listed: {', '.join(stopped)}." if stopped else "",
    )


def _way(graph: LineageGraph, row: SensitiveRow, node: Node, above: Selection) -> str:
    """One shortest way from something sensitive to what is made of it, as far as both are known."""
    kept = [one in row.reached and above.mask[number] for number, one in enumerate(graph.ids)]
    part = graph.restricted(np.array(kept, np.bool_))
    begins = [part.index[one] for one in (row.node.id, row.node.part_of) if one in part.index]
    ends = np.array([part.index[node.id]], np.int32)
    found = shortest(part.down, part.up, np.array(begins, np.int32), ends)
    return " → ".join(part.nodes[number].name for number in found)


def _packages(run: Run | None) -> Iterator[tuple[str, ...]]:
    if run is not None:
        yield from sorted(run.context.packages.items())
        if run.context.python:
            yield ("python", run.context.python)

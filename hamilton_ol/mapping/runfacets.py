"""The facets of runs: what happened this time."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import hamilton_ol
from hamilton_ol.mapping.facets import Facet, facet
from hamilton_ol.mapping.jobruns import JobRun
from hamilton_ol.mapping.jobs import OUTSIDE, JobGraph
from hamilton_ol.mapping.options import Options
from hamilton_ol.mapping.shapes import by_node
from hamilton_ol.mapping.tags import plain_tags
from hamilton_ol.mapping.templates import hole
from hamilton_ol.records import (
    ErrorRecord,
    NodeRecord,
    NodeRun,
    Parent,
    Run,
    RunContext,
    RunStarted,
    Value,
)

MOST_NODES = 1000  # described on the terminal event of the dataflow


def engine_facet(started: RunStarted) -> Facet:
    """What ran it, and what tells of it."""
    return facet(
        "ProcessingEngineRunFacet",
        name="hamilton",
        version=started.engine or "unknown",
        openlineageAdapterVersion=hamilton_ol.__version__,
    )


def parent_facet(parent: Parent) -> Facet:
    """The run that a run is a part of, and the root of them all."""
    return _parent(
        (parent.run_id, parent.namespace, parent.job),
        (parent.root_run_id, parent.root_namespace, parent.root_job),
    )


def node_parent_facet(namespace: str, dag: str, root: Parent | None) -> Facet:
    """The dataflow's run as parent of a node's; ids are holes `run` and `root`."""
    own = (hole("run"), namespace, dag)
    above = (hole("root"), root.root_namespace, root.root_job) if root else own
    return _parent(own, above)


def _parent(own: tuple[str, str, str], root: tuple[str, str, str]) -> Facet:
    def part(identity: tuple[str, str, str]) -> dict[str, Any]:
        run_id, namespace, job = identity
        return {"run": {"runId": run_id}, "job": {"namespace": namespace, "name": job}}

    return facet("ParentRunFacet", **part(own), root=part(root))


def error_facet(error: ErrorRecord, options: Options, job: str = "") -> Facet:
    """Why a run failed; the node that did is named, unless it is the job's own."""
    is_told = error.message and not options.is_minimal
    message = f"{error.type}: {error.message}" if is_told else error.type
    if error.node and error.node != job:
        message = f"node '{error.node}': {message}"
    stack = "\n".join(error.stack) or None
    return facet(
        "ErrorMessageRunFacet",
        message=message,
        programmingLanguage="PYTHON",
        stackTrace=None if options.is_minimal else stack,
    )


def node_facet(jobs: JobGraph, job: JobRun, options: Options, notes: Mapping[str, Any]) -> Facet:
    """Our own facet of a node's run.

    Args:
        jobs: of the graph.
        job: its run.
        options: how much may be told.
        notes: what else there is to say, such as what was left out.
    """
    record = jobs.nodes.get(job.owner)
    ran = dict.fromkeys(node.node for node in job.nodes)
    return facet(
        "HamiltonNodeRunFacet",
        node=job.owner,
        kind=record.kind if record else None,
        type=_result_type(job),
        code=record.code if record and not options.is_minimal else None,
        folded=[name for name in ran if name != job.owner] or None,
        tasks=None if options.is_minimal else _tasks(job),
        **notes,
    )


def _tasks(job: JobRun) -> dict[str, int] | None:
    tasks = {node.task for node in job.nodes if node.task is not None}
    failed = {node.task for node in job.nodes if node.task and node.status == "FAILED"}
    return {"count": len(tasks), "failed": len(failed)} if tasks else None


def _result_type(job: JobRun) -> str | None:
    types = (node.type for node in job.nodes if node.node == job.owner and node.type)
    return next(types, None)


def run_facet(run: Run, options: Options) -> Facet:
    """Our own facet of the dataflow's run: what recreates it."""
    context = run.context
    return facet(
        "HamiltonRunFacet",
        fingerprint=run.graph.fingerprint if run.graph else None,
        requested=list(run.started.requested),
        inputs=sorted(context.inputs),
        overrides=sorted(context.overrides),
        config=sorted(context.config),
        **({} if options.is_minimal else _surroundings(context)),
    )


def _surroundings(context: RunContext) -> dict[str, Any]:
    revision = context.revision
    return {
        "configHash": context.config_hash or None,
        "revision": {"commit": revision.commit, "dirty": revision.dirty} if revision else None,
        "python": context.python or None,
        "packages": dict(context.packages) or None,
    }


def parameters_facet(run: Run, options: Options, *, is_over: bool) -> Facet | None:
    """Inputs and config: the values that are in the open, of others the names.

    Args:
        run: the run.
        options: how much may be told.
        is_over: whether the run is; while it is not, any text may still prove to be in the open.
    """
    parameters = [
        {"key": f"{part}.{name}", "name": name, **_shown(value, options, is_over=is_over)}
        for part, values in (("input", run.context.inputs), ("config", run.context.config))
        for name, value in sorted(values.items())
    ]
    return facet("ExecutionParametersRunFacet", parameters=parameters) if parameters else None


def _shown(value: Value, options: Options, *, is_over: bool) -> dict[str, str]:
    if not value.shown or options.is_minimal:
        return {}
    if isinstance(value.value, str):
        return {"value": value.value} if is_over else {}
    return {"value": json.dumps(value.value)}


def tags_facet(tags: Mapping[str, str]) -> Facet | None:
    """Tags of the run, given to the hook."""
    found = [{"key": k, "value": v, "source": "USER"} for k, v in sorted(tags.items())]
    return facet("TagsRunFacet", tags=found) if found else None


def nodes_facet(jobs: JobGraph, run: Run, options: Options) -> Facet:
    """Our own facet with the whole graph and how each node fared, so that one event tells all."""
    runs = by_node(run.nodes)
    nodes = [node for node in jobs.record.nodes if node.kind not in OUTSIDE or node.dependencies]
    rows = [
        {
            "name": node.name,
            "kind": node.kind,
            "type": node.type,
            "dependencies": [d.name for d in node.dependencies],
            **({"owner": node.owner} if node.owner != node.name else {}),
            **_tagged(node),
            **({"module": node.module} if node.module and not options.is_minimal else {}),
            **_fared(runs.get(node.name, []), options),
        }
        for node in nodes[:MOST_NODES]
    ]
    left_out = len(nodes) - len(rows)
    return facet("HamiltonNodesRunFacet", nodes=rows, leftOutNodes=left_out or None)


def _tagged(node: NodeRecord) -> dict[str, Any]:
    tags = [{"key": key, "value": value} for key, value in plain_tags(node)]
    return {"tags": tags} if tags else {}


def _fared(runs: Sequence[NodeRun], options: Options) -> dict[str, Any]:
    if not runs:
        return {}
    worst = next((n for n in runs if n.status not in ("SUCCEEDED", "CACHED")), runs[0])
    fared: dict[str, Any] = {"status": worst.status or "OPEN"}
    if not options.is_minimal:
        nanoseconds = sum((n.ended or n.started) - n.started for n in runs)
        fared["durationMs"] = round(nanoseconds / 1e6, 3)
        if len(runs) == 1 and runs[0].rows is not None:
            fared["rows"] = runs[0].rows
    return fared

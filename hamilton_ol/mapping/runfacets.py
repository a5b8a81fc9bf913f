"""The facets of runs: what happened this time."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import hamilton_ol
from hamilton_ol.mapping.facets import Facet, facet
from hamilton_ol.mapping.jobruns import JobRun
from hamilton_ol.mapping.jobs import OUTSIDE, JobGraph
from hamilton_ol.mapping.options import Options
from hamilton_ol.mapping.templates import hole
from hamilton_ol.records import ErrorRecord, NodeRun, Parent, Run, RunStarted, Value

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


def error_facet(error: ErrorRecord, job: str = "") -> Facet:
    """Why a run failed; the node that did is named, unless it is the job's own."""
    message = f"{error.type}: {error.message}" if error.message else error.type
    if error.node and error.node != job:
        message = f"node '{error.node}': {message}"
    return facet(
        "ErrorMessageRunFacet",
        message=message,
        programmingLanguage="PYTHON",
        stackTrace="\n".join(error.stack) or None,
    )


def node_facet(jobs: JobGraph, job: JobRun, notes: Mapping[str, Any]) -> Facet:
    """Our own facet of a node's run.

    Args:
        jobs: of the graph.
        job: its run.
        notes: what else there is to say, such as what was left out.
    """
    record = jobs.nodes.get(job.owner)
    tasks = {node.task for node in job.nodes if node.task is not None}
    failed = sum(node.status == "FAILED" for node in job.nodes)
    ran = dict.fromkeys(node.node for node in job.nodes)
    folded = [name for name in ran if name in jobs.lasting(job.owner) and name != job.owner]
    return facet(
        "HamiltonNodeRunFacet",
        node=job.owner,
        kind=record.kind if record else None,
        type=_result_type(job),
        code=record.code if record else None,
        folded=folded or None,
        tasks={"count": len(tasks), "failed": failed} if tasks else None,
        **notes,
    )


def _result_type(job: JobRun) -> str | None:
    types = (node.type for node in job.nodes if node.node == job.owner and node.type)
    return next(types, None)


def test_facet(job: JobRun) -> Facet | None:
    """The checks of a node's result, without what they looked at."""
    tests = [
        {"name": node.node, "status": "pass" if node.passed else "fail", "type": "check_output"}
        for node in job.nodes
        if node.passed is not None
    ]
    return facet("TestRunFacet", tests=tests) if tests else None


def run_facet(run: Run) -> Facet:
    """Our own facet of the dataflow's run: what recreates it."""
    context, revision = run.context, run.context.revision
    return facet(
        "HamiltonRunFacet",
        fingerprint=run.graph.fingerprint if run.graph else None,
        requested=list(run.started.requested),
        inputs=sorted(context.inputs),
        overrides=sorted(context.overrides),
        config=sorted(context.config),
        configHash=context.config_hash or None,
        revision={"commit": revision.commit, "dirty": revision.dirty} if revision else None,
        python=context.python or None,
        packages=dict(context.packages) or None,
        problems=dict(run.problems) or None,
    )


def parameters_facet(run: Run, options: Options) -> Facet | None:
    """Inputs and config: the values that are in the open, of others the names."""
    parameters = [
        {"key": f"{part}.{name}", "name": name, **_shown(value, options)}
        for part, values in (("input", run.context.inputs), ("config", run.context.config))
        for name, value in sorted(values.items())
    ]
    return facet("ExecutionParametersRunFacet", parameters=parameters) if parameters else None


def _shown(value: Value, options: Options) -> dict[str, str]:
    if not value.shown or options.is_minimal:
        return {}
    return {"value": value.value if isinstance(value.value, str) else json.dumps(value.value)}


def tags_facet(tags: Mapping[str, str]) -> Facet | None:
    """Tags of the run, given to the hook."""
    found = [{"key": k, "value": v, "source": "USER"} for k, v in sorted(tags.items())]
    return facet("TagsRunFacet", tags=found) if found else None


def nodes_facet(jobs: JobGraph, run: Run) -> Facet:
    """Our own facet with the whole graph and how each node fared, so that one event tells all."""
    runs: dict[str, list[NodeRun]] = {}
    for node in run.nodes:
        runs.setdefault(node.node, []).append(node)
    nodes = [node for node in jobs.record.nodes if node.kind not in OUTSIDE or node.dependencies]
    rows = [
        {
            "name": node.name,
            "kind": node.kind,
            "type": node.type,
            "dependencies": [d.name for d in node.dependencies],
            **({"owner": node.owner} if node.owner != node.name else {}),
            **_fared(runs.get(node.name, ())),
        }
        for node in nodes[:MOST_NODES]
    ]
    left_out = len(nodes) - len(rows)
    return facet("HamiltonNodesRunFacet", nodes=rows, leftOutNodes=left_out or None)


def _fared(runs: Iterable[NodeRun]) -> dict[str, Any]:
    found = list(runs)
    if not found:
        return {}
    worst = next((n for n in found if n.status not in ("SUCCEEDED", "CACHED")), found[0])
    nanoseconds = sum((n.ended or n.started) - n.started for n in found)
    return {"status": worst.status or "OPEN", "durationMs": round(nanoseconds / 1e6, 3)}

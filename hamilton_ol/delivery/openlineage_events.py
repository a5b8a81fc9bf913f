"""Events as objects of OpenLineage's client, which its transports take.

Facets stay tables, which the client writes as they are. Only `parent` becomes an object: the
client's Kafka transport and its transformers look into it.
"""

import json
from collections.abc import Mapping
from typing import Any

from openlineage.client import event_v2
from openlineage.client.facet_v2 import RunFacet, parent_run

Table = Mapping[str, Any]


def to_event(text: bytes) -> event_v2.RunEvent:
    """The event as an object.

    Args:
        text: JSON of an event of a run.
    """
    event = json.loads(text)
    job, run = event["job"], event["run"]
    return event_v2.RunEvent(
        eventTime=event["eventTime"],
        eventType=event_v2.RunState(event["eventType"]),
        producer=event["producer"],
        run=event_v2.Run(run["runId"], facets=_run_facets(run.get("facets"))),
        job=event_v2.Job(job["namespace"], job["name"], facets=job.get("facets")),
        inputs=[_input(table) for table in event.get("inputs", [])],
        outputs=[_output(table) for table in event.get("outputs", [])],
    )


def _input(table: Table) -> event_v2.InputDataset:
    return event_v2.InputDataset(
        table["namespace"],
        table["name"],
        facets=table.get("facets"),
        inputFacets=table.get("inputFacets"),
    )


def _output(table: Table) -> event_v2.OutputDataset:
    return event_v2.OutputDataset(
        table["namespace"],
        table["name"],
        facets=table.get("facets"),
        outputFacets=table.get("outputFacets"),
    )


def _run_facets(facets: dict[str, Any] | None) -> dict[str, RunFacet] | None:
    if facets and "parent" in facets:
        return {**facets, "parent": _parent(facets["parent"])}
    return facets


def _parent(table: Table) -> parent_run.ParentRunFacet:
    run, job, root = table["run"], table["job"], table.get("root")
    parent = parent_run.ParentRunFacet(
        run=parent_run.Run(run["runId"], facets=run.get("facets")),
        job=parent_run.Job(job["namespace"], job["name"], facets=job.get("facets")),
        root=_root(root) if root else None,
        producer=table["_producer"],
    )
    parent._schemaURL = table["_schemaURL"]  # noqa: SLF001 - as it was written
    return parent


def _root(table: Table) -> parent_run.Root:
    run, job = table["run"], table["job"]
    return parent_run.Root(
        run=parent_run.RootRun(run["runId"], facets=run.get("facets")),
        job=parent_run.RootJob(job["namespace"], job["name"], facets=job.get("facets")),
    )

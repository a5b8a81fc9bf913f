"""Facets, each with the version of its schema, and the event that holds them."""

from collections.abc import Iterable, Mapping
from typing import Any

import hamilton_ol

PRODUCER = f"https://github.com/hamilton-ol/hamilton-ol/tree/v{hamilton_ol.__version__}"
EVENT_SCHEMA = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"

_STANDARD = "https://openlineage.io/spec/facets/{0}/{1}.json#/$defs/{1}"
_OWN = (
    "https://raw.githubusercontent.com/hamilton-ol/hamilton-ol/main/schemas/{1}/{0}.json#/$defs/{1}"
)

#: {facet: schema}; the versions are those of OpenLineage 1.54.
SCHEMAS: Mapping[str, str] = {
    name: (_OWN if name.startswith("Hamilton") else _STANDARD).format(version, name)
    for name, version in {
        "ColumnLineageDatasetFacet": "1-2-0",
        "DatasetTypeDatasetFacet": "1-0-1",
        "DatasetVersionDatasetFacet": "1-0-1",
        "DataQualityAssertionsDatasetFacet": "1-1-0",
        "DatasourceDatasetFacet": "1-0-1",
        "DocumentationDatasetFacet": "1-1-0",
        "DocumentationJobFacet": "1-1-0",
        "ErrorMessageRunFacet": "1-0-1",
        "ExecutionParametersRunFacet": "1-0-0",
        "InputStatisticsInputDatasetFacet": "1-0-0",
        "JobTypeJobFacet": "2-0-4",
        "LifecycleStateChangeDatasetFacet": "1-0-1",
        "OutputStatisticsOutputDatasetFacet": "1-0-2",
        "OwnershipDatasetFacet": "1-0-1",
        "OwnershipJobFacet": "1-0-1",
        "ParentRunFacet": "1-2-0",
        "ProcessingEngineRunFacet": "1-1-1",
        "SchemaDatasetFacet": "1-2-0",
        "SourceCodeJobFacet": "1-0-1",
        "SourceCodeLocationJobFacet": "1-1-0",
        "StorageDatasetFacet": "1-0-1",
        "TagsDatasetFacet": "1-0-0",
        "TagsJobFacet": "1-0-0",
        "TagsRunFacet": "1-0-0",
        "TestRunFacet": "1-0-1",
        "HamiltonNodeRunFacet": "1-0-0",
        "HamiltonNodesRunFacet": "1-0-0",
        "HamiltonRunFacet": "1-0-0",
    }.items()
}

Facet = dict[str, Any]


def facet(kind: str, /, **fields: Any) -> Facet:
    """A facet of this class; fields that are None are left out."""
    known = {key: value for key, value in fields.items() if value is not None}
    return {"_producer": PRODUCER, "_schemaURL": SCHEMAS[kind], **known}


Body = dict[str, Any]


def event(
    state: str,
    time: str,
    run: tuple[str, Mapping[str, Facet]],
    job: Body,
    *,
    inputs: Iterable[Body] = (),
    outputs: Iterable[Body] = (),
) -> Body:
    """A run event.

    Args:
        state: its type.
        time: when, ISO 8601.
        run: id and facets of the run.
        job: namespace, name and facets of the job.
        inputs: datasets that were read.
        outputs: datasets that were written.
    """
    run_id, facets = run
    return {
        "eventType": state,
        "eventTime": time,
        "run": {"runId": run_id, "facets": dict(facets)},
        "job": job,
        "inputs": list(inputs),
        "outputs": list(outputs),
        "producer": PRODUCER,
        "schemaURL": EVENT_SCHEMA,
    }

"""Events with the content of ours, built with the client's classes as its users do.

`python -m benchmarks.peerevents` writes some with the client's file transport, and prints how many
a second, and how large they are.
"""

import time
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from openlineage.client import OpenLineageClient, event_v2, facet_v2
from openlineage.client.transport.file import FileConfig, FileTransport

from benchmarks.flows import FOLDER

PRODUCER = "https://example.org/benchmarks"


def event_like(number: int) -> event_v2.RunEvent:
    """An event like one of a node's job: two inputs, one output, the usual facets."""
    is_start = number % 2 == 0
    return event_v2.RunEvent(
        eventTime=datetime.now(UTC).isoformat(),
        eventType=event_v2.RunState.START if is_start else event_v2.RunState.COMPLETE,
        run=event_v2.Run(str(uuid4()), {"parent": _parent(), "processing_engine": _engine()}),
        job=event_v2.Job("hamilton", f"job.n_{number}", _job_facets(number)),
        inputs=[
            event_v2.InputDataset("inmemory://hamilton/job", f"n_{n}", _dataset_facets(n))
            for n in (0, 1)
        ],
        outputs=[_output(number, with_lineage=not is_start)],
        producer=PRODUCER,
    )


def _parent() -> facet_v2.RunFacet:
    run, job = facet_v2.parent_run.Run(str(uuid4())), facet_v2.parent_run.Job("hamilton", "job")
    root = facet_v2.parent_run.Root(
        facet_v2.parent_run.RootRun(str(uuid4())), facet_v2.parent_run.RootJob("hamilton", "job")
    )
    return facet_v2.parent_run.ParentRunFacet(run, job, root)


def _engine() -> facet_v2.RunFacet:
    return facet_v2.processing_engine_run.ProcessingEngineRunFacet("1.90.0", "hamilton", "0.1.0")


def _job_facets(number: int) -> dict[str, facet_v2.JobFacet]:
    return {
        "jobType": facet_v2.job_type_job.JobTypeJobFacet("BATCH", "HAMILTON", "NODE"),
        "documentation": facet_v2.documentation_job.DocumentationJobFacet(f"Node {number}."),
    }


def _dataset_facets(number: int) -> dict[str, Any]:
    field = facet_v2.schema_dataset.SchemaDatasetFacetFields(f"n_{number}", "int")
    return {
        "schema": facet_v2.schema_dataset.SchemaDatasetFacet([field]),
        "datasetType": facet_v2.dataset_type_dataset.DatasetTypeDatasetFacet(
            "JOB_OUTPUT", "TEMPORARY"
        ),
        "documentation": facet_v2.documentation_dataset.DocumentationDatasetFacet(
            f"Node {number}."
        ),
    }


def _output(number: int, *, with_lineage: bool) -> event_v2.OutputDataset:
    facets = _dataset_facets(number)
    if with_lineage:
        lineage = facet_v2.column_lineage_dataset
        kind = lineage.Transformation("DIRECT", "TRANSFORMATION")
        origins = [
            lineage.InputField("inmemory://hamilton/job", f"n_{n}", f"n_{n}", [kind])
            for n in (0, 1)
        ]
        fields = {f"n_{number}": lineage.Fields(origins)}
        facets["columnLineage"] = lineage.ColumnLineageDatasetFacet(fields)
    return event_v2.OutputDataset("inmemory://hamilton/job", f"n_{number}", facets)


def main(count: int = 4000) -> None:
    """Build and emit events."""
    path = FOLDER / "peer.ndjson"
    path.unlink(missing_ok=True)
    client = OpenLineageClient(transport=FileTransport(FileConfig(str(path), append=True)))
    begin = time.perf_counter()
    for number in range(count):
        client.emit(event_like(number))
    taken = time.perf_counter() - begin
    print(count / taken, path.stat().st_size / count)


if __name__ == "__main__":
    main()

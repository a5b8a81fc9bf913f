"""Events as other producers write them, as far as our tests need."""

import json
from collections.abc import Mapping
from typing import Any

T = "2026-03-04T05:06:0{}Z"
WAREHOUSE = "postgres://db.example:5432"


def dataset(name: str, namespace: str = WAREHOUSE, **facets: Any) -> dict[str, Any]:
    """A dataset with facets."""
    return {"namespace": namespace, "name": name, "facets": facets}


def event(
    job: str,
    second: int = 0,
    kind: str = "COMPLETE",
    *,
    inputs: list[Mapping[str, Any]] | None = None,
    outputs: list[Mapping[str, Any]] | None = None,
    run: str = "r1",
    job_facets: Mapping[str, Any] | None = None,
    run_facets: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """A run event, some seconds after a minute began."""
    return {
        "eventType": kind,
        "eventTime": T.format(second),
        "run": {"runId": run, "facets": dict(run_facets or {})},
        "job": {"namespace": "etl", "name": job, "facets": dict(job_facets or {})},
        "inputs": inputs or [],
        "outputs": outputs or [],
        "producer": "https://example.org/another",
        "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
    }


def schema(**columns: str) -> dict[str, Any]:
    """A schema facet."""
    return {"fields": [{"name": name, "type": kind} for name, kind in columns.items()]}


def ndjson(*events: Any) -> bytes:
    """An event a line."""
    return b"".join(json.dumps(one).encode() + b"\n" for one in events)

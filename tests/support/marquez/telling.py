"""Tells a Marquez of runs in events made by hand, a second apart."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from tests.support.marquez.catalog import Json
from tests.support.marquez.client import MarquezClient

SCHEMA_URL = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"
_MADE_BY: Json = {"_producer": "https://example.org/p", "_schemaURL": "https://example.org/s"}


def facet(**members: Any) -> Json:
    """A facet."""
    return _MADE_BY | members


@dataclass
class Teller:
    """Sends events of one namespace.

    Attributes:
        marquez: where to.
        seconds: after twelve, of the next event.
    """

    marquez: MarquezClient
    seconds: int = 0

    def run(self, job: str = "job") -> "ToldRun":
        """A run of which nothing is told yet."""
        return ToldRun(self, job)

    def dataset(self, name: str, *columns: str, kind: str = "int", **lineage: str) -> Json:
        """A dataset with columns; `lineage` names `dataset.column` for each that has one."""
        namespace, facets = self.marquez.namespace, dict[str, Json]()
        if columns:
            facets["schema"] = facet(fields=[{"name": name, "type": kind} for name in columns])
        if lineage:
            fields = {
                name: {"inputFields": [self._ref(*source.split("."))]}
                for name, source in lineage.items()
            }
            facets["columnLineage"] = facet(fields=fields)
        return {"namespace": namespace, "name": name, "facets": facets}

    def _ref(self, dataset: str, column: str) -> Json:
        return {"namespace": self.marquez.namespace, "name": dataset, "field": column}

    def event(self, kind: str | None, run_id: str, job: str, **more: Any) -> Json:
        """An event, which is not sent."""
        self.seconds += 1
        event: Json = {
            "eventType": kind,
            "eventTime": f"2026-01-02T12:00:{self.seconds:02}Z",
            "run": {"runId": run_id, "facets": {}},
            "job": {"namespace": self.marquez.namespace, "name": job, "facets": {}},
            "inputs": [],
            "outputs": [],
            "producer": "https://example.org/p",
            "schemaURL": SCHEMA_URL,
        }
        return event | more


@dataclass
class ToldRun:
    """A run of which is told."""

    teller: Teller
    job: str
    id: str = field(default_factory=lambda: str(uuid.uuid4()))

    def tell(
        self,
        kind: str,
        inputs: tuple[Json, ...] = (),
        outputs: tuple[Json, ...] = (),
        parent: "ToldRun | None" = None,
    ) -> None:
        """Send an event of it."""
        event = self.teller.event(kind, self.id, self.job, inputs=inputs, outputs=outputs)
        if parent:
            job = {"namespace": self.teller.marquez.namespace, "name": parent.job}
            event["run"]["facets"]["parent"] = facet(run={"runId": parent.id}, job=job)
        status = self.teller.marquez.send(event)
        assert status == 201, (event, status)

    @property
    def state(self) -> str:
        """What it is said to be."""
        return str(self.teller.marquez.run(self.id)["state"])

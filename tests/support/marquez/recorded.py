"""Executes dataflows with a hook and sends their runs to a Marquez."""

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from hamilton import driver

from hamilton_ol import OpenLineageHook
from hamilton_ol.delivery.http import HttpTransport
from hamilton_ol.mapping.events import Event
from hamilton_ol.records import Run
from tests.support.flows import build, events, latest
from tests.support.marquez.client import Edges, MarquezClient
from tests.support.marquez.nodeids import node_id


@dataclass
class Recorder:
    """Records runs of one job in one store, and sends them.

    Attributes:
        marquez: where to.
        store: folder of the records.
        job: name of the dataflow.
        granularity: how many jobs a run becomes.
        events: of the last run.
    """

    marquez: MarquezClient
    store: Path
    job: str = "flow"
    granularity: str = "node"
    events: list[Event] = field(default_factory=list)

    def execute(self, module: ModuleType, *requested: str, **inputs: Any) -> Run:
        """Execute a module, though it may raise, and send its run."""
        run = self.record(module, *requested, **inputs)
        self.send(*self.events)
        return run

    def record(self, module: ModuleType, *requested: str, **inputs: Any) -> Run:
        """Execute a module, though it may raise, and send nothing."""
        return self.drive(lambda hook: build([module], hook), requested, inputs)

    def drive(
        self,
        made: Callable[[OpenLineageHook], driver.Driver],
        requested: Sequence[str],
        inputs: dict[str, Any],
    ) -> Run:
        """Execute a driver that is made with the hook, and send nothing."""
        hook = OpenLineageHook(
            self.job, namespace=self.marquez.namespace, store=self.store, targets=[]
        )
        with contextlib.suppress(ValueError):
            made(hook).execute(list(requested), inputs=inputs)
        run = latest(self.store)
        self.events = events(run, profile="marquez", granularity=self.granularity)
        return run

    def send(self, *told: Event) -> None:
        """Send events as they are."""
        with HttpTransport(self.marquez.url, 60) as transport:
            for event in told:
                transport.send(event.text.encode())

    # --- what things are called there -----------------------------------------------------------

    @property
    def memory(self) -> str:
        """Namespace of results."""
        return f"inmemory://{self.marquez.namespace}/{self.job}"

    def job_id(self, *node: str) -> str:
        """The id of a node's job in the graph, or of the dataflow's own."""
        return node_id("job", self.marquez.namespace, ".".join((self.job, *node)))

    def result_id(self, node: str) -> str:
        """The id of a node's result."""
        return node_id("dataset", self.memory, node)

    def source_id(self, name: str) -> str:
        """The id of a source that is only named by a tag."""
        return node_id("dataset", self.marquez.namespace, name)

    def edges(self, node: str, depth: int = 100) -> Edges:
        """Edges of the graph around a node's job."""
        name = f"{self.job}.{node}"
        return self.marquez.edges("job", self.marquez.namespace, name, depth=depth)

    def columns(self, node: str, *columns: str) -> set[tuple[str, str]]:
        """(`node.field`, `node.field` it comes from) on all ways to a node's fields."""
        kind = "datasetField" if columns else "dataset"
        pairs = self.marquez.column_edges(kind, self.memory, node, *columns)
        return {(self._field(a), self._field(b)) for a, b in pairs}

    def _field(self, name: str) -> str:
        head, field_name = name.rsplit(":", 1)
        return f"{head.rsplit(':', 1)[1]}.{field_name}"

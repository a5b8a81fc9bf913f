"""Puts together what many events tell of jobs and datasets, over many runs.

Of each facet the latest counts, by the time of the event; what is read and written is kept with the
times of the first and the last event that said so.
"""

import sys
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from hamilton_ol.mapping.naming import declared_dataset
from hamilton_ol.sources import eventfacets as facets_of
from hamilton_ol.sources.eventcolumns import (
    NO_REFS,
    Columns,
    FieldRefs,
    Schemas,
    is_deleted,
    made_of,
)
from hamilton_ol.sources.eventfacets import NAMES, Key, key_of, time_of
from hamilton_ol.sources.problems import Problems

STATUSES = {"COMPLETE": "SUCCEEDED", "FAIL": "FAILED", "ABORT": "ABORTED"}


@dataclass(slots=True)
class Span:
    """When something was first and last told of, nanoseconds since the epoch; 0 is not known."""

    first: int = 0
    last: int = 0

    def see(self, time: int) -> None:
        """It was told of once more."""
        if time > self.last:  # noqa: PLR1730 - `max` takes twice the time, a million times
            self.last = time
        if time and (time < self.first or not self.first):
            self.first = time


@dataclass(slots=True)
class Latest:
    """Facets, of each the latest.

    Attributes:
        facets: {name: facet}.
        times: {name: time of the event that it came with}.
    """

    facets: dict[str, Any] = field(default_factory=dict)
    times: dict[str, int] = field(default_factory=dict)

    def take(self, found: object, time: int, names: AbstractSet[str]) -> None:
        """Take in facets of an event, those with these names; one that was deleted goes."""
        times = self.times
        for name, facet in found.items() if isinstance(found, dict) else ():
            if name in names and isinstance(facet, dict) and time >= times.get(name, 0):
                times[name] = time
                self.facets[name] = facet
                if is_deleted(facet):
                    del self.facets[name]

    def is_latest(self, name: str, time: int) -> bool:
        """Whether a facet of this name would be the latest."""
        return time >= self.times.get(name, 0)

    def told(self, name: str, time: int) -> None:
        """The latest facet of this name came with an event of this time."""
        self.times[name] = time


@dataclass(slots=True)
class Attempt:
    """A run of a job: when it began and ended, and how."""

    started: int = 0
    ended: int = 0
    status: str = ""


@dataclass(slots=True)
class Job:
    """What is known of a job.

    Attributes:
        facets, run_facets: of the job, and of its runs.
        reads, writes: {dataset: when}.
        seen: when.
        run_id, attempt: its latest run.
        rows: that this run wrote.
    """

    facets: Latest = field(default_factory=Latest)
    run_facets: Latest = field(default_factory=Latest)
    reads: dict[Key, Span] = field(default_factory=dict)
    writes: dict[Key, Span] = field(default_factory=dict)
    seen: Span = field(default_factory=Span)
    run_id: str = ""
    attempt: Attempt = field(default_factory=Attempt)
    rows: int | None = None

    def take_run(self, run_id: str, kind: str, time: int) -> None:
        """Take in an event of a run; of several runs the latest counts."""
        if run_id != self.run_id:
            if time < self.seen.last:
                return
            self.run_id, self.attempt, self.rows = run_id, Attempt(), None
        attempt = self.attempt
        if kind == "START":
            attempt.started = min(attempt.started or time, time)
        attempt.status = STATUSES.get(kind) or attempt.status or "RUNNING"
        attempt.ended = time if kind in STATUSES else attempt.ended


@dataclass(slots=True)
class Dataset:
    """What is known of a dataset.

    Attributes:
        facets: of it, without those that are read at once because they are as large as all others.
        columns: (name, type) of each, by the latest event that said so.
        made_of: what each is made of, by the latest event that said so.
        seen: when.
    """

    facets: Latest = field(default_factory=Latest)
    columns: Columns = ()
    made_of: FieldRefs = NO_REFS
    seen: Span = field(default_factory=Span)

    def take(self, found: facets_of.Facets, time: int, schemas: Schemas) -> None:
        """Take in the facets of an event."""
        latest = self.facets
        latest.take(found, time, facets_of.OF_DATASET)
        if "schema" in found and latest.is_latest("schema", time):
            columns = schemas.columns(found["schema"])
            if columns is not None:
                latest.told("schema", time)
                self.columns = columns
        if "columnLineage" in found and latest.is_latest("columnLineage", time):
            refs = made_of(found["columnLineage"])
            if refs is not None:
                latest.told("columnLineage", time)
                self.made_of = refs


class EventMerge:
    """What events tell.

    Args:
        problems: is told what is no event.
        named: {`namespace/name` of a dataset: the same of what it really is, or its URI}.
        namespace: of datasets that are only named.

    Attributes:
        jobs: {job: what is known of it}.
        datasets: {dataset: what is known of it}, each under the name that it was first told by.
    """

    def __init__(self, problems: Problems, named: Mapping[str, str], namespace: str) -> None:
        self._problems, self._named, self._namespace = problems, named, namespace
        self.jobs: dict[Key, Job] = {}
        self.datasets: dict[Key, Dataset] = {}
        self._joined: dict[Key, Key] = {}
        self._order: dict[Key, int] = {}
        self._keys: dict[tuple[Any, ...], Key] = {}
        self._count = 0
        self._schemas = Schemas()

    def add(self, event: Mapping[str, Any]) -> None:
        """Take in a run event, a job event or a dataset event."""
        self._count += 1
        try:
            self._take(event)
        except (ValueError, RecursionError) as error:  # a number of thousands of digits
            self._problems.add(f"event {self._count}: not all of it can be read: {error}")

    def _take(self, event: Mapping[str, Any]) -> None:
        time = time_of(event.get("eventTime"))
        job = self._key(event.get("job"))
        if job is not None:
            self._take_job(job, event, time)
        elif self._key(event.get("dataset")) is not None:
            self._take_dataset(event["dataset"], time)
        else:
            self._problems.add(f"event {self._count}: has neither a job nor a dataset with a name")

    def _key(self, told: Any) -> Key | None:
        """Namespace and name of a job or a dataset; of equal ones there is one."""
        try:
            known = self._keys.get(NAMES(told))
        except (KeyError, TypeError):
            return None
        if known is None and (known := key_of(told)) is not None:
            self._keys[known] = known
        return known

    def _take_job(self, key: Key, event: Mapping[str, Any], time: int) -> None:
        job = self.jobs.get(key)
        if job is None:
            job = self.jobs[key] = Job()
        run, kind = event.get("run"), event.get("eventType")
        if isinstance(run, dict):
            job.take_run(str(run.get("runId", "")), str(kind), time)
            job.run_facets.take(run.get("facets"), time, facets_of.OF_RUN)
        job.seen.see(time)
        job.facets.take(event["job"].get("facets"), time, facets_of.OF_JOB)
        self._take_side(facets_of.rows(event, "inputs"), job.reads, time)
        outputs = facets_of.rows(event, "outputs")
        self._take_side(outputs, job.writes, time)
        counts = map(facets_of.count, outputs)
        job.rows = next((rows for rows in counts if rows is not None), job.rows)

    def _take_side(self, side: list[facets_of.Facets], known: dict[Key, Span], time: int) -> None:
        for told in side:
            dataset = self._take_dataset(told, time)
            if dataset is not None:
                span = known.get(dataset)
                if span is None:
                    span = known[dataset] = Span()
                span.see(time)

    def _take_dataset(self, told: Mapping[str, Any], time: int) -> Key | None:
        key = self._key(told)
        if key is None:
            self._problems.add(f"event {self._count}: has a dataset without a name")
            return None
        found = facets_of.mapping(told, "facets")
        dataset = self.datasets.get(key)
        if dataset is None:
            dataset = self.datasets[key] = Dataset()
            self._order[key] = len(self._order)
        for alias in facets_of.aliases(found) if "symlinks" in found else ():
            self._join(key, alias)
        dataset.seen.see(time)
        if found:
            dataset.take(found, time, self._schemas)
        return key

    # --- one dataset, several names ------------------------------------------------------------

    def _join(self, key: Key, alias: Key) -> None:
        """Two names mean one dataset, which goes by the name that it was first told by."""
        one, other = self._root(key), self._root(alias)
        if one != other:
            first, second = sorted((one, other), key=lambda k: self._order.get(k, sys.maxsize))
            self._joined[second] = first

    def _root(self, key: Key) -> Key:
        while key in self._joined:
            key = self._joined[key]
        return key

    def dataset(self, key: Key) -> Key:
        """The name that a dataset goes by here."""
        root = self._root(key)
        meant = self._named and self._named.get(f"{root.namespace}/{root.name}")
        if not meant:
            return root
        told = (known for known in self.datasets if f"{known.namespace}/{known.name}" == meant)
        return self._root(next(told, Key(*declared_dataset(meant, self._namespace))))

    def groups(self) -> dict[Key, list[Dataset]]:
        """{name: all that is known under its names} of each dataset."""
        found: dict[Key, list[Dataset]] = {}
        for key, dataset in self.datasets.items():
            found.setdefault(self.dataset(key), []).append(dataset)
        return found

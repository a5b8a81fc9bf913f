"""What the double knows: namespaces, jobs, runs, datasets and their versions."""

import hashlib
import itertools
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.support.marquez.times import now

Json = dict[str, Any]
#: (name, type, description) of each field
Schema = tuple[tuple[str, str | None, str | None], ...]


def new_id() -> str:
    """An id that only the server knows."""
    return str(uuid.uuid4())


def run_id(text: str) -> str:
    """A run's id: the one it was sent with, or one made from it if that is no UUID."""
    if is_uuid(text):
        return str(uuid.UUID(text))
    digest = hashlib.md5(text.encode("utf-8", "replace"), usedforsecurity=False).digest()
    return str(uuid.UUID(bytes=digest, version=3))


def is_uuid(text: str) -> bool:
    """Whether a text is one."""
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


@dataclass(eq=False)
class Namespace:
    """Holds jobs or datasets."""

    name: str
    created: datetime
    updated: datetime
    owner: str = "anonymous"
    description: str | None = None


@dataclass(eq=False)
class Version:
    """A dataset at some time: by which run it was written, and with which fields.

    `schema` is what it began with and its list of versions shows; `fields` may grow later.
    """

    dataset: "Dataset"
    run: "Run | None"
    created: datetime
    schema: Schema
    uuid: str = field(default_factory=new_id)
    number: str = field(default_factory=new_id)
    facets: Json = field(default_factory=dict)
    fields: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)


@dataclass(frozen=True)
class Edge:
    """A field that comes from another one, as it was last told."""

    target: Version
    field: str
    source: Version
    source_field: str
    description: str | None
    kind: str | None


@dataclass(eq=False)
class Dataset:
    """What jobs read and write."""

    namespace: str
    name: str
    created: datetime
    updated: datetime
    source: str = "default"
    description: str | None = None
    current: Version | None = None
    versions: list[Version] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    field_tags: dict[str, list[str]] = field(default_factory=dict)
    field_types: dict[str, set[str | None]] = field(default_factory=dict)
    edges: dict[tuple[str, "Dataset", str], Edge] = field(default_factory=dict)


@dataclass(eq=False)
class Sides:
    """What is read and what is written."""

    inputs: dict[Dataset, None] = field(default_factory=dict)
    outputs: dict[Dataset, None] = field(default_factory=dict)

    def copy(self) -> "Sides":
        return Sides(dict(self.inputs), dict(self.outputs))


@dataclass(eq=False)
class JobVersion:
    """A job with the same sides and place; runs share it."""

    sides: Sides
    uuid: str = field(default_factory=new_id)
    number: str = field(default_factory=new_id)


@dataclass(eq=False)
class Use:
    """A version that a run reads or writes."""

    version: Version
    facets: Json = field(default_factory=dict)


@dataclass(eq=False)
class Run:
    """An execution of a job."""

    id: str
    job: "Job"
    created: datetime
    updated: datetime
    state: str = "NEW"
    started: datetime | None = None
    ended: datetime | None = None
    args: Json = field(default_factory=dict)
    facets: Json = field(default_factory=dict)
    job_facets: Json = field(default_factory=dict)
    inputs: list[Use] = field(default_factory=list)
    outputs: list[Use] = field(default_factory=list)
    version: JobVersion | None = None

    def sides(self) -> Sides:
        """All that any event of the run named."""
        return Sides(
            dict.fromkeys(use.version.dataset for use in self.inputs),
            dict.fromkeys(use.version.dataset for use in self.outputs),
        )


@dataclass(eq=False)
class Job:
    """What runs.

    `announced` is what START events named before there was a version; `edges` is what the lineage
    graph shows, which an event with an empty side takes away until the next end of a run.
    """

    namespace: str
    name: str
    created: datetime
    updated: datetime
    uuid: str = field(default_factory=new_id)
    simple_name: str = ""
    parent: "Job | None" = None
    type: str = "BATCH"
    description: str | None = None
    location: str | None = None
    touched: int = 0
    current_run: Run | None = None
    version: JobVersion | None = None
    versions: dict[Any, JobVersion] = field(default_factory=dict)
    announced: Sides = field(default_factory=Sides)
    edges: Sides = field(default_factory=Sides)
    runs: list[Run] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)


@dataclass
class Catalog:
    """All of it."""

    namespaces: dict[str, Namespace] = field(default_factory=dict)
    jobs: dict[tuple[str, str], Job] = field(default_factory=dict)
    datasets: dict[tuple[str, str], Dataset] = field(default_factory=dict)
    runs: dict[str, Run] = field(default_factory=dict)
    tags: dict[str, str | None] = field(default_factory=dict)
    events: list[tuple[datetime, Json]] = field(default_factory=list)
    clock: "itertools.count[int]" = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        self.namespaces["default"] = Namespace("default", now(), now(), description="The default.")

    def namespace(self, name: str, time: datetime) -> Namespace:
        """A namespace, made if it is new."""
        return self.namespaces.setdefault(name, Namespace(name, time, time))

    def job(self, namespace: str, name: str, time: datetime) -> Job:
        """A job, made if it is new."""
        found = self.jobs.setdefault((namespace, name), Job(namespace, name, time, time))
        found.updated, found.touched = time, next(self.clock)
        return found

    def run(self, text: str, job: Job, time: datetime) -> Run:
        """A run, made if it is new; it stays with the job that it began with."""
        found = self.runs.get(run_id(text))
        if found is None:
            found = self.runs[run_id(text)] = Run(run_id(text), job, time, time)
            job.runs.append(found)
        return found

    def dataset(self, namespace: str, name: str, time: datetime) -> Dataset:
        """A dataset, made if it is new, and its namespace."""
        self.namespace(namespace, time)
        new = Dataset(namespace, name, time, time)
        found = self.datasets.setdefault((namespace, name), new)
        found.updated = time
        return found

    def jobs_of(self, dataset: Dataset) -> Iterable[Job]:
        """Jobs that the lineage graph shows beside a dataset, the latest first."""
        sides = [j for j in self.jobs.values() if dataset in {**j.edges.inputs, **j.edges.outputs}]
        return sorted(sides, key=lambda job: -job.touched)

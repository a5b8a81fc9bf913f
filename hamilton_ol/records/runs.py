"""What happened when a dataflow was executed."""

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias

from hamilton_ol.records.dataflows import NOTHING, GraphRecord, Schema

Scalar: TypeAlias = str | int | float | bool | None
Status: TypeAlias = Literal["SUCCEEDED", "FAILED", "SENTINEL", "CACHED", "ABORTED"]


class Parent(NamedTuple):
    """The run that this one is a part of, and the root of them all."""

    run_id: str
    namespace: str
    job: str
    root_run_id: str
    root_namespace: str
    root_job: str


class Value(NamedTuple):
    """A value of config, input or override, as far as it may be known.

    Attributes:
        type: its type's name.
        value: the value, when `shown`.
        shown: whether `value` holds it.
        hash: keyed with a secret of the store: equal values of two runs can be seen to be equal,
            and nothing else.
    """

    type: str
    value: Scalar = None
    shown: bool = False
    hash: str | None = None


class Revision(NamedTuple):
    """The state of the repository that holds the dataflow's modules.

    Attributes:
        commit: full hash.
        dirty: whether a tracked file, or a file of the dataflow, differs from the commit.
        branch: its name, or None when detached.
        remote: address of the repository, without credentials.
    """

    commit: str
    dirty: bool
    branch: str | None = None
    remote: str | None = None


class ErrorRecord(NamedTuple):
    """An exception, masked.

    Attributes:
        type: name of its class.
        message: its arguments, as far as they are plain text.
        stack: one line a frame, the innermost last, without values.
        node: the node that raised it.
    """

    type: str
    message: str
    stack: tuple[str, ...] = ()
    node: str | None = None


class RunStarted(NamedTuple):
    """Somebody executed a driver.

    Attributes:
        run_id: Hamilton's id of the run, a UUID.
        time: when it began.
        job: name of the dataflow's job.
        namespace: of the job.
        graph: key of its graph, within the process.
        requested: the outputs that were asked for.
        parent: the run that started this one.
        tags: of the run, given to the hook.
        engine: Hamilton's version.
    """

    run_id: str
    time: int
    job: str
    namespace: str
    graph: str
    requested: tuple[str, ...]
    parent: Parent | None = None
    tags: Mapping[str, str] = NOTHING
    engine: str = ""

    def as_parent(self, run_id: str = "", job: str = "") -> Parent:
        """This run, or that of one of its jobs, as the parent of another one."""
        own = (self.run_id, self.namespace, self.job)
        above = self.parent
        root = (above.root_run_id, above.root_namespace, above.root_job) if above else own
        return Parent(run_id or self.run_id, self.namespace, job or self.job, *root)


class RunContext(NamedTuple):
    """What recreates a run.

    Attributes:
        inputs, overrides, config: names and what may be known of their values.
        config_hash: `h1:` and a keyed hash over the whole config.
        tables: {"inputs.x" or "overrides.x": schema} of those that are tables.
        revision: of the modules' repository; None where there is none.
        packages: {distribution: version} of those that the modules use.
        python: version of the interpreter.
        known: {node: schema} as earlier runs of this graph left them.
        complete: whether all of this was told; while it is not, more may come.
    """

    inputs: Mapping[str, Value] = NOTHING
    overrides: Mapping[str, Value] = NOTHING
    config: Mapping[str, Value] = NOTHING
    config_hash: str = ""
    tables: Mapping[str, Schema] = NOTHING
    revision: Revision | None = None
    packages: Mapping[str, str] = NOTHING
    python: str = ""
    known: Mapping[str, Schema] = NOTHING
    complete: bool = False


class NodeRun(NamedTuple):
    """One execution of one node; `ended` and `status` are None while it is open.

    Attributes:
        node: its name.
        task: Hamilton's task id, where the dataflow is executed in tasks.
        started, ended: times.
        status: how it ended.
        type: class of the result.
        schema: fields of the result.
        rows: number of rows, where that is known without looking at the data.
        error: what it raised.
        passed: whether the check passed, for a validator's result.
    """

    node: str
    task: str | None
    started: int
    ended: int | None = None
    status: Status | None = None
    type: str = ""
    schema: Schema | None = None
    rows: int | None = None
    error: ErrorRecord | None = None
    passed: bool | None = None


class DatasetAccess(NamedTuple):
    """A node read or wrote something outside the process.

    Attributes:
        node: the node that did.
        mode: "read" or "write".
        location: absolute path or URI, without credentials and query; empty when unknown.
        table: name of a table, when it is one.
        format: `csv`, `parquet`, ... as the loader or saver calls it.
        rows, size: as far as known; size in bytes.
        modified: when the file was last written, as the file system says, seconds since the epoch.
        schema: of what was read or written.
    """

    node: str
    mode: Literal["read", "write"]
    location: str = ""
    table: str = ""
    format: str = ""
    rows: int | None = None
    size: int | None = None
    modified: float | None = None
    schema: Schema | None = None


class RunFinished(NamedTuple):
    """A run ended.

    Attributes:
        time: when.
        status: SUCCEEDED, FAILED or ABORTED.
        error: what it raised.
        result: schema of what a result builder made of the outputs, when that is a table.
        rows: its rows.
    """

    time: int
    status: Status
    error: ErrorRecord | None = None
    result: Schema | None = None
    rows: int | None = None


class Run(NamedTuple):
    """All that is known of one run.

    Attributes:
        started: how it began.
        context: what recreates it, as far as it was written.
        graph: its dataflow; None when the process died before it was written.
        nodes: executions, in the order of their start.
        accesses: what was read and written outside.
        finished: None while it runs, and when its process died.
        alive: whether its process still runs.
        last_seen: time of the last thing known of it.
        problems: {cause: how often} of what the hook could not record.
    """

    started: RunStarted
    context: RunContext
    graph: GraphRecord | None
    nodes: tuple[NodeRun, ...]
    accesses: tuple[DatasetAccess, ...]
    finished: RunFinished | None
    alive: bool
    last_seen: int
    problems: Mapping[str, int] = NOTHING

    @property
    def run_id(self) -> str:
        """Hamilton's id of the run."""
        return self.started.run_id

    @property
    def status(self) -> str:
        """SUCCEEDED, FAILED, ABORTED, RUNNING, or DIED when its process is gone."""
        if self.finished is not None:
            return self.finished.status
        return "RUNNING" if self.alive else "DIED"


def stamp_facts(
    started: RunStarted, graph: GraphRecord | None, revision: Revision | None, config_hash: str
) -> dict[str, str]:
    """The flat texts that tie an artifact to a run; empty where a thing is not known."""
    facts = {
        "run_id": started.run_id,
        "job": started.job,
        "namespace": started.namespace,
        "requested": ",".join(started.requested),
        "revision": revision.commit if revision else "",
        "dirty": str(revision.dirty).lower() if revision else "",
        "fingerprint": graph.fingerprint if graph else "",
        "config_hash": config_hash,
    }
    return {f"hamilton_ol.{key}": value for key, value in facts.items()}

"""What one hook has going on: its graphs and runs, between the callbacks and the writer."""

import contextvars
import functools
import sys
import threading
import types
import weakref
from collections.abc import Mapping, Sequence
from time import perf_counter_ns, time_ns
from typing import Any

from hamilton.graph import FunctionGraph
from hamilton.node import Node

from hamilton_ol.config import Settings, environment
from hamilton_ol.dataflow.failures import CaughtError, catch_error
from hamilton_ol.dataflow.owners import owners
from hamilton_ol.dataflow.packages import version_of
from hamilton_ol.dataflow.results import Looks
from hamilton_ol.dataflow.values import freeze, tables
from hamilton_ol.guard import log
from hamilton_ol.hook.graphs import GraphState
from hamilton_ol.hook.naming import default_job_name
from hamilton_ol.hook.parents import parent_of_environment
from hamilton_ol.hook.recorder import Recorder
from hamilton_ol.hook.runs import DetachedRun, RecordedRun
from hamilton_ol.mapping.ids import node_run_id
from hamilton_ol.records import Parent, RunStarted, Status
from hamilton_ol.store import current as current_run
from hamilton_ol.store.writer import Writer

MOST_RUNS = 1000  # open at once; Hamilton does not always say that one ended

#: The node that this thread or task is executing: (run, node, graph, the one around it).
Current = tuple[RecordedRun | DetachedRun, Node, Any]
current: contextvars.ContextVar[Current | None] = contextvars.ContextVar("node", default=None)


class Runs(dict[str, RecordedRun | DetachedRun]):
    """{run id: run}; one that nobody announced belongs to another process."""

    def __init__(self, recorder: Recorder) -> None:
        super().__init__()
        self._recorder = recorder

    def __missing__(self, run_id: str) -> DetachedRun:
        """Begin to record a run of which only the nodes are seen here."""
        self.make_room()
        self[run_id] = run = DetachedRun(run_id, self._recorder)
        return run

    def make_room(self) -> None:
        """Forget the oldest of very many."""
        while len(self) >= MOST_RUNS:
            self.pop(next(iter(self)), None)


class Session:
    """Begins and ends runs.

    Args:
        settings: of the hook.
        writer: of its store.
        parent: the parent that was named in code.
        tags: of every run.
    """

    def __init__(
        self, settings: Settings, writer: Writer, parent: Parent | None, tags: Mapping[str, str]
    ) -> None:
        self._settings, self._writer, self._parent, self._tags = settings, writer, parent, tags
        self._recorder = Recorder(settings, writer)
        self._lock = threading.Lock()
        self._modules: weakref.WeakKeyDictionary[FunctionGraph, tuple[types.ModuleType, ...]]
        self._graphs: weakref.WeakKeyDictionary[FunctionGraph, GraphState]
        self._modules, self._graphs = weakref.WeakKeyDictionary(), weakref.WeakKeyDictionary()
        self.looks = Looks()
        self.runs = Runs(self._recorder)

    def is_worker(self, run_id: str) -> bool:
        """Whether the run was begun in another process."""
        return isinstance(self.runs.get(run_id), DetachedRun)

    def learn_modules(self, graph: FunctionGraph, modules: Sequence[types.ModuleType]) -> None:
        """Only when a graph is built does Hamilton say what of."""
        self._modules[graph] = tuple(modules)

    def begin(
        self,
        run_id: str,
        graph: FunctionGraph,
        requested: Sequence[str],
        inputs: Mapping[str, Any] | None,
        overrides: Mapping[str, Any] | None,
    ) -> None:
        """A run begins."""
        state = self._graph(graph)
        started = RunStarted(
            run_id=run_id,
            time=time_ns(),
            job=self._settings.job_name or default_job_name(state.modules),
            namespace=self._settings.namespace,
            graph=state.key,
            requested=tuple(requested),
            parent=self._find_parent(),
            tags=self._tags,
            engine=_engine(),
        )
        run = RecordedRun(self._recorder, state, started, sys.exc_info()[1])
        self.runs.make_room()
        self.runs[run_id] = run
        current_run.register(run.stamp)
        self._writer.active.add(run_id)
        self._writer.appender.living[run_id] = run.first_lines
        is_written = self._writer.say_now(run.first_lines()[0])
        glimpses = {f"inputs.{k}": g for k, g in tables(inputs, self.looks).items()} | {
            f"overrides.{k}": g for k, g in tables(overrides, self.looks).items()
        }
        self._writer.put((run.on_begin, is_written, freeze(inputs), freeze(overrides), glimpses))
        self._writer.wake()

    def end(self, run_id: str, error: BaseException | None, result: Any, *, success: bool) -> None:
        """A run ended."""
        run = self.runs.pop(run_id, None)
        if not isinstance(run, RecordedRun):
            return
        time = perf_counter_ns()
        status, caught = outcome(run, error, success=success)
        self._writer.put((run.on_finish, time, status, caught, self.looks.glimpse(result)))
        self._writer.active.discard(run_id)
        self._writer.wake()
        around = current.get()
        if around is not None and isinstance(around[0], RecordedRun):
            current_run.restore(around[0].stamp)

    def _graph(self, graph: FunctionGraph) -> GraphState:
        with self._lock:
            state = self._graphs.get(graph)
            if state is None:
                number, modules = len(self._graphs) + 1, self._modules.get(graph, ())
                self._graphs[graph] = state = GraphState(number, graph, modules)
                self._writer.job(self._recorder.read(graph, state))
                self._writer.job(self._recorder.tidy(time_ns()))
            return state

    def _find_parent(self) -> Parent | None:
        """A node around us, else what the environment says, else what the code says."""
        around = current.get()
        if around is not None and isinstance(around[0], RecordedRun):
            return _as_parent(around[0], around[1])
        try:
            return parent_of_environment(environment()) or self._parent
        except ValueError as error:
            log.warning("The parent run in the environment is left out: %s", error)
            return self._parent


def _as_parent(run: RecordedRun, node: Node) -> Parent:
    """A node's job as parent of a run that the node began."""
    graph = run.graph()
    owner = owners(graph.nodes)[node.name][0] if graph else node.name
    started, root = run.started, run.started.parent
    return Parent(
        run_id=node_run_id(started.run_id, owner),
        namespace=started.namespace,
        job=f"{started.job}.{owner}",
        root_run_id=root.root_run_id if root else started.run_id,
        root_namespace=root.root_namespace if root else started.namespace,
        root_job=root.root_job if root else started.job,
    )


def outcome(
    run: RecordedRun | DetachedRun, error: BaseException | None, *, success: bool
) -> tuple[Status, CaughtError | None]:
    """How a node or a run ended, of which Hamilton says success, or that it has no result.

    An interruption is no `Exception`, so that Hamilton reports it as a success; it can be seen as
    the exception in flight while the callback runs.
    """
    if not success:
        return ("FAILED", catch_error(error)) if error is not None else ("ABORTED", None)
    raised = sys.exc_info()[1]
    if raised is None or isinstance(raised, Exception) or raised is run.at_entry:
        return "SUCCEEDED", None
    return "ABORTED", catch_error(raised)


@functools.cache
def _engine() -> str:
    return version_of("apache-hamilton") or ""

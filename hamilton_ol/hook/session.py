"""What one hook has going on: its graphs and runs, between the callbacks and the writer."""

import functools
import os
import sys
import threading
import types
import weakref
from collections.abc import Mapping, Sequence
from time import perf_counter_ns, time_ns
from typing import TYPE_CHECKING, Any

from hamilton.graph import FunctionGraph

from hamilton_ol.config import Settings, environment
from hamilton_ol.dataflow.packages import version_of
from hamilton_ol.dataflow.results import Glimpse, Looks
from hamilton_ol.dataflow.values import Frozen, freeze, tables
from hamilton_ol.hook.graphs import GraphFacts, GraphState
from hamilton_ol.hook.naming import default_job_name
from hamilton_ol.hook.nesting import around, leave, parent_of
from hamilton_ol.hook.outcomes import outcome
from hamilton_ol.hook.recorder import Recorder
from hamilton_ol.hook.runs import AnyRun, DetachedRun, LostRun, RecordedRun
from hamilton_ol.hook.senders import senders_for
from hamilton_ol.masking import Masker
from hamilton_ol.parents import parent_of_environment
from hamilton_ol.records import Parent, RunStarted
from hamilton_ol.store import current as current_run
from hamilton_ol.store.writer import Writer

if TYPE_CHECKING:
    from hamilton_ol.delivery.sender import Sender

MOST_RUNS = 1000  # open at once; Hamilton does not always say that one ended

Given = tuple[Frozen, Frozen, dict[str, Glimpse]]


class Runs(dict[str, AnyRun]):
    """{run id: run}; one that nobody announced belongs to another process."""

    def __init__(self, recorder: Recorder) -> None:
        super().__init__()
        self._recorder, self._writer = recorder, recorder.writer

    def __missing__(self, run_id: str) -> DetachedRun:
        """Begin to record a run of which only the nodes are seen here."""
        run = DetachedRun(run_id, self._recorder)
        self.add(run_id, run)
        return run

    def add(self, run_id: str, run: RecordedRun | DetachedRun) -> None:
        """Add a run; forget the oldest of very many."""
        while len(self) >= MOST_RUNS:
            self.remove(next(iter(self)))
        self[run_id] = run
        self._writer.appender.living[run_id] = run

    def remove(self, run_id: str) -> None:
        """Forget a run of which nothing more is heard."""
        self.pop(run_id, None)
        self._writer.active.discard(run_id)
        self._writer.appender.living.pop(run_id, None)

    def lose(self, run_id: str) -> None:
        """Tell nothing more of a run, though more may be heard."""
        self.remove(run_id)
        self[run_id] = LostRun()


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
        self._settings, self._writer, self._parent = settings, writer, parent
        self._senders: tuple[Sender, ...] = ()
        find = functools.partial(senders_for, settings, writer)
        self._senders = writer.guard.attempt("finding the senders", find, self._senders)
        self._recorder = Recorder(settings, writer)
        masker = self._recorder.masker_now() if tags else Masker()
        self._tags = {key: masker.kept(key, value) for key, value in tags.items()}
        self._lock = threading.Lock()
        self._modules: weakref.WeakKeyDictionary[FunctionGraph, tuple[types.ModuleType, ...]]
        self._graphs: weakref.WeakKeyDictionary[FunctionGraph, GraphState]
        self._modules, self._graphs = weakref.WeakKeyDictionary(), weakref.WeakKeyDictionary()
        writer.guard.attempt(
            "asking for Hamilton's version", _engine, ""
        )  # imports; a run must not
        self.looks = Looks()
        self.runs = Runs(self._recorder)
        _sessions.add(self)

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
        attempt, before = self._writer.guard.attempt, self._writer.guard.problems
        state = self._graph(graph)
        started = self._started(run_id, state, requested)
        run = RecordedRun(self._recorder, state, started, sys.exc_info()[1], before)
        self.runs.add(run_id, run)
        self._writer.active.add(run_id)
        where, append_now = "telling that a run begins", self._writer.appender.append_now
        attempt(where, lambda: current_run.register(run.stamp), None)
        is_written = attempt(where, lambda: append_now(run.first_line()), False)
        given = attempt(
            "looking at what a run is given", lambda: self._look(inputs, overrides), None
        )
        self._writer.put((run.on_begin, is_written, given))
        attempt(where, self._writer.wake, None)
        for sender in self._senders:
            attempt(where, sender.began, None)

    def _started(self, run_id: str, state: GraphState, requested: Sequence[str]) -> RunStarted:
        attempt = self._writer.guard.attempt
        modules = state.modules
        name = attempt("naming the job", lambda: default_job_name(modules), "dataflow")
        return RunStarted(
            run_id=run_id,
            time=time_ns(),
            job=self._settings.job_name or name,
            namespace=self._settings.namespace,
            graph=state.key,
            requested=tuple([str.__str__(name) for name in requested]),  # may be of a kind of text
            parent=attempt("finding the parent run", self._find_parent, None),
            tags=self._tags,
            engine=attempt("asking for Hamilton's version", _engine, ""),
        )

    def _look(self, inputs: Mapping[str, Any] | None, overrides: Mapping[str, Any] | None) -> Given:
        """What may be known of the values that a run is given."""
        glimpses = {f"inputs.{k}": g for k, g in tables(inputs, self.looks).items()} | {
            f"overrides.{k}": g for k, g in tables(overrides, self.looks).items()
        }
        return freeze(inputs), freeze(overrides), glimpses

    def end(self, run_id: str, error: BaseException | None, result: Any, *, success: bool) -> None:
        """A run ended."""
        time, guard = perf_counter_ns(), self._writer.guard
        run = self.runs.pop(run_id, None)
        if not isinstance(run, RecordedRun):
            return
        status, caught = outcome(error, run.at_entry, guard, success=success)
        glimpse = guard.attempt("looking at a result", lambda: self.looks.glimpse(result), None)
        self._writer.put((run.on_finish, time, status, caught, glimpse))
        self._writer.active.discard(run_id)
        for sender in self._senders:
            tell = functools.partial(guard.attempt, "the end of a run", sender.ended, None)
            self._writer.announce(tell)
        run.has_ended, run.at_entry = True, None
        leave(run)
        found = around()
        if found is not None:
            current_run.restore(found[0].stamp)
        self._writer.wake()

    def end_task(self, run_id: str, seconds: float) -> None:
        """A task ended; in a worker process, which may end without notice, all is written."""
        if isinstance(self.runs.get(run_id), DetachedRun):
            self._writer.flush(seconds)
            self.runs.remove(run_id)

    def lose(self, run_id: str) -> None:
        """A run could not be begun, or ended; tell nothing more of it."""
        run = self.runs.get(run_id)
        self.runs.lose(run_id)
        if isinstance(run, RecordedRun):
            self._writer.put((run.on_lose,))
            self._writer.wake()

    def forget(self) -> None:
        """As in a forked child: the runs that have begun are the parent's, and its graphs' keys."""
        self._lock = threading.Lock()
        for run_id in list(self.runs):
            self.runs.lose(run_id)
        self._graphs.clear()

    def _graph(self, graph: FunctionGraph) -> GraphState:
        with self._lock:
            state = self._graphs.get(graph)
            if state is None:
                number, modules = len(self._graphs) + 1, self._modules.get(graph, ())
                state = GraphState(number, graph, modules, self._writer.guard)
                self._graphs[graph] = state
                attempt = self._writer.guard.attempt
                if not attempt("reading the dataflow", lambda: self._read(graph, state), False):
                    state.facts = GraphFacts({})
            return state

    def _read(self, graph: FunctionGraph, state: GraphState) -> bool:
        self._writer.job(self._recorder.read(graph, state))
        self._writer.job(self._recorder.tidy(time_ns()), is_needed=False)
        return True

    def _find_parent(self) -> Parent | None:
        """A node around us, else what the environment says, else what the code says."""
        found = around()
        if found is not None:
            return parent_of(*found)
        try:
            return parent_of_environment(environment()) or self._parent
        except ValueError as error:
            self._writer.guard.dropped(str(error), 1)
            return self._parent


@functools.cache
def _engine() -> str:
    """Hamilton's version.

    Not asked for in a run: whoever forks while another thread imports gets a child in which that
    import never ends.
    """
    return version_of("apache-hamilton") or ""


_sessions: weakref.WeakSet[Session] = weakref.WeakSet()


def _in_child() -> None:
    for session in list(_sessions):
        session.forget()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_child)

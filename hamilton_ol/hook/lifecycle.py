"""The adapter that a person adds to a driver: it looks, puts what it saw into memory, and returns.

A callback never waits, never looks into values, and never raises. It adds one frame to the stack,
because Hamilton recurses once for each node of a chain; what it puts is taken by handlers on the
writer's thread.
"""

import types
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import perf_counter_ns
from typing import Any

from hamilton.graph import FunctionGraph
from hamilton.lifecycle import base
from hamilton.node import Node

from hamilton_ol.config import Settings, resolve
from hamilton_ol.dataflow.accesses import catch_access
from hamilton_ol.errors import SettingError
from hamilton_ol.guard import Guard, log
from hamilton_ol.hook.nesting import current, find
from hamilton_ol.hook.outcomes import outcome
from hamilton_ol.hook.session import Session
from hamilton_ol.parents import FORM, parse_parent
from hamilton_ol.records import Parent
from hamilton_ol.store.writers import place_of, writer_for


class OpenLineageHook(
    base.BasePostGraphConstruct,
    base.BasePreGraphExecute,
    base.BasePreNodeExecute,
    base.BasePostNodeExecute,
    base.BasePostTaskExecute,
    base.BasePostGraphExecute,
):
    """Records the lineage of every run of a driver.

    >>> dr = driver.Builder().with_modules(flow).with_adapters(OpenLineageHook("titanic")).build()

    One hook may serve several drivers, threads and runs at once, beside other adapters. What is
    not given comes from the settings (`hamilton-ol config` shows them).

    Args:
        job_name: name of the dataflow's job; by default the modules' common package, else the name
            of the last module.
        namespace: of the job.
        granularity: how many jobs a run becomes: node, artifact, dag or auto.
        sources: what a source really is: {tag value, location or node: URI}.
        targets: where events are sent: an address, several, or {name: {"url": ..., ...}}.
        parent: the run that every run is a part of, as `namespace/job/run-id`; a parent in the
            environment, or a node that executes the driver, comes first.
        store: folder for recorded runs.
        tags: of every run, {key: value}.

    Raises:
        SettingError: an argument means nothing. After construction nothing is ever raised.
    """

    def __init__(
        self,
        job_name: str | None = None,
        *,
        namespace: str | None = None,
        granularity: str | None = None,
        sources: Mapping[str, str] | None = None,
        targets: str | Sequence[object] | Mapping[str, object] | None = None,
        parent: str | None = None,
        store: str | Path | None = None,
        tags: Mapping[str, str] | None = None,
    ) -> None:
        arguments = {
            "job_name": job_name,
            "namespace": namespace,
            "granularity": granularity,
            "sources": sources,
            "targets": targets,
            "store": store,
        }
        settings = resolve(arguments)
        for problem in settings.problems:
            log.warning("A setting is left out: %s", problem)
        self._open(settings, _checked_parent(parent), _checked_tags(tags))

    def _open(self, settings: Settings, parent: Parent | None, tags: dict[str, str]) -> None:
        self._settings, self._parent, self._tags = settings, parent, tags
        self._guard = Guard()
        self._locate: Callable[[], Path | None] = lambda: settings.store
        is_ready = not settings.disabled and self._guard.attempt("the hook", self._begin, False)
        if not is_ready:  # every callback does nothing at all
            for name in _CALLBACKS:
                setattr(self, name, _nothing)

    def _begin(self) -> bool:
        settings = self._settings
        place = place_of(settings.store)
        self._writer = writer = writer_for(settings.store)
        # Another process may have another current folder, from which it would find another store.
        self._locate = lambda: writer.appender.root or place
        self._session = Session(settings, writer, self._parent, self._tags)
        self._guard, self._put = writer.guard, writer.put
        self._runs, self._looks = self._session.runs, self._session.looks
        return True

    @property
    def problems(self) -> Mapping[str, int]:
        """What could not be recorded, and how often: {cause: count}."""
        return self._guard.problems

    # --- callbacks -----------------------------------------------------------------------------

    def post_graph_construct(
        self,
        *,
        graph: FunctionGraph,
        modules: Sequence[types.ModuleType],
        config: Mapping[str, Any],
        **future_kwargs: Any,
    ) -> None:
        """Hamilton built a graph."""
        try:
            self._session.learn_modules(graph, modules)
        except Exception as error:
            self._guard.caught("post_graph_construct", error)

    def pre_graph_execute(
        self,
        *,
        run_id: str,
        graph: FunctionGraph,
        final_vars: list[str],
        inputs: dict[str, Any],
        overrides: dict[str, Any],
        **future_kwargs: Any,
    ) -> None:
        """A run begins."""
        try:
            self._session.begin(run_id, graph, final_vars, inputs, overrides)
        except Exception as error:
            self._lose("pre_graph_execute", run_id, error)

    def pre_node_execute(
        self,
        *,
        run_id: str,
        node_: Node,
        kwargs: dict[str, Any],
        task_id: str | None = None,
        **future_kwargs: Any,
    ) -> None:
        """A node begins."""
        try:
            run, time = self._runs[run_id], perf_counter_ns()
            execution = run, node_, task_id, time, current.get()
            run.open[id(execution)] = execution
            current.set(execution)
            if time > self._writer.late:
                self._writer.wake()
        except Exception as error:
            try:
                self._guard.caught("pre_node_execute", error)
            except Exception:  # no stack left: Hamilton recurses
                self._guard.missed += 1

    def post_node_execute(
        self,
        *,
        run_id: str,
        node_: Node,
        kwargs: dict[str, Any],
        success: bool,
        error: Exception | None,
        result: Any | None,
        task_id: str | None = None,
        **future_kwargs: Any,
    ) -> None:
        """A node ended."""
        try:
            time = perf_counter_ns()
            run = self._runs[run_id]
            execution = current.get()
            if execution is None or execution[1] is not node_ or execution[2] != task_id:
                execution = find(run, node_, task_id, time)
            current.set(execution[4])
            run.open.pop(id(execution), None)
            status, caught, kind = "SUCCEEDED", None, type(result)
            if not success or result is None or result is run.sentinel:
                status, caught = outcome(error, run.at_entry, self._guard, success=success)
                if caught is not None:
                    run.fails_with(kwargs)
                elif result is not None:
                    status = "SENTINEL"
            elif kind is tuple or kind is dict:
                self._see_access(run, node_, kwargs, result)
            try:
                look = self._looks.get(id(kind)) or self._looks.learn(kind)
                glimpse = look[2] or look[1](result)
            except Exception as problem:
                self._guard.caught("looking at a result", problem)
                glimpse = kind, None, None
            self._put((run.on_end, execution, time, status, glimpse, caught))
            if time > self._writer.late:
                self._writer.wake()
        except Exception as problem:
            try:
                self._guard.caught("post_node_execute", problem)
            except Exception:  # no stack left: Hamilton recurses
                self._guard.missed += 1

    def _see_access(self, run: Any, node: Node, kwargs: Mapping[str, Any], result: Any) -> None:
        try:
            access = catch_access(node, kwargs, result, self._looks)
            if access is not None:
                self._put((run.on_access, node, access))
        except Exception as problem:
            self._guard.caught("looking at an access", problem)

    def post_task_execute(self, *, run_id: str, **future_kwargs: Any) -> None:
        """A task ended."""
        try:
            self._session.end_task(run_id, FLUSH_SECONDS)
        except Exception as error:
            self._guard.caught("post_task_execute", error)

    def post_graph_execute(
        self,
        *,
        run_id: str,
        graph: FunctionGraph,
        success: bool,
        error: Exception | None,
        results: dict[str, Any] | None,
        **future_kwargs: Any,
    ) -> None:
        """A run ended."""
        try:
            self._session.end(run_id, error, results, success=success)
        except Exception as problem:
            self._lose("post_graph_execute", run_id, problem)

    def _lose(self, where: str, run_id: str, error: BaseException) -> None:
        """A run cannot be recorded any further."""
        self._guard.caught(where, error)
        self._guard.attempt(where, lambda: self._session.lose(run_id), None)

    # --- other processes -----------------------------------------------------------------------

    def __getstate__(self) -> dict[str, Any]:
        """What was given, and where the store is; threads, files and runs stay here."""
        settings = {k: _plain(v) for k, v in self._settings._asdict().items()}
        settings["store"] = self._locate()
        return {"settings": settings, "parent": self._parent, "tags": self._tags}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Begin anew; nothing is opened before the first callback."""
        self._open(Settings(**state["settings"]), state["parent"], state["tags"])


FLUSH_SECONDS = 2.0  # that the end of a task in a worker waits for the disk
_CALLBACKS = (
    "post_graph_construct",
    "pre_graph_execute",
    "pre_node_execute",
    "post_node_execute",
    "post_task_execute",
    "post_graph_execute",
)


def _plain(value: Any) -> Any:
    """The value of a setting, so that it can be pickled."""
    return dict(value) if isinstance(value, Mapping) else value


def _nothing(**_: Any) -> None:
    """What every callback of a disabled hook does."""


def _checked_parent(parent: str | None) -> Parent | None:
    try:
        return parse_parent(parent) if parent is not None else None
    except (ValueError, AttributeError) as error:
        raise SettingError(f"parent: {error}", hint=f"A parent is written {FORM}.") from error


def _checked_tags(tags: object) -> dict[str, str]:
    if tags is None or isinstance(tags, Mapping):
        pairs = dict(tags or {})
        if all(isinstance(text, str) for pair in pairs.items() for text in pair):
            return pairs
    raise SettingError("tags: expected texts by texts", hint='For example tags={"team": "x"}.')

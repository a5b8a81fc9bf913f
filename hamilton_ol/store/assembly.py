"""A run, put together from its lines in whatever order they come."""

from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from hamilton_ol.records import (
    DatasetAccess,
    ErrorRecord,
    GraphRecord,
    NodeRun,
    Run,
    RunContext,
    RunFinished,
    RunStarted,
    Schema,
    Value,
)
from hamilton_ol.store import documents
from hamilton_ol.store.codec import decode
from hamilton_ol.store.knowledge import read_known
from hamilton_ol.store.location import GRAPHS

Fields = Mapping[str, Any]
_CONTEXT = {f.name for f in fields(RunContext)}


class Assembly:
    """Takes lines, gives a run.

    Args:
        run_id: of the run.
        root: the store, for the documents that lines refer to.
        graphs: graphs that were read before, by document; runs of one graph share its record.
    """

    def __init__(self, run_id: str, root: Path, graphs: dict[str, GraphRecord]) -> None:
        self._run_id, self._root, self._read_graphs = run_id, root, graphs
        self._started = RunStarted(run_id, 0, "", "", "", ())
        self._finished: RunFinished | None = None
        self._context: dict[str, Any] = {}
        self._values: list[Fields] = []
        self._schemas: dict[str, Schema] = {}
        self._graphs: dict[str, Fields] = {}
        self._nodes: dict[tuple[str, str | None], Fields] = {}
        self._accesses: list[Fields] = []
        self._problems: dict[str, int] = {}
        self._last_seen = 0
        self._takers = {
            "run": self._take_run,
            "context": self._take_context,
            "values": self._values.append,
            "graph": self._take_graph,
            "schema": self._take_schema,
            "start": self._take_start,
            "node": self._take_node,
            "access": self._take_access,
            "finish": self._take_finish,
            "problem": self._take_problem,
        }

    def take(self, line: Fields) -> None:
        """Take a line; one of an unknown kind, or that is not as it should be, is skipped."""
        taker = self._takers.get(line.get("k", ""))
        if taker is not None:
            try:
                taker(line)
            except (TypeError, ValueError, KeyError, AttributeError):
                self._problems["a line could not be understood"] = (
                    self._problems.get("a line could not be understood", 0) + 1
                )

    def run(self, *, is_alive: bool) -> Run:
        """The run that the lines tell of.

        Raises:
            StoreUnreadableError: a document that they refer to cannot be read.
        """
        nodes = sorted(map(self._node, self._nodes.values()), key=lambda n: (n.started, n.node))
        return Run(
            started=self._started,
            context=self._full_context(),
            graph=self._graph(),
            nodes=tuple(nodes),
            accesses=tuple(map(self._access, self._accesses)),
            finished=self._finished,
            alive=is_alive,
            last_seen=max([self._last_seen, *(n.ended or n.started for n in nodes)]),
            problems=self._problems,
        )

    # --- taking --------------------------------------------------------------------------------

    def _take_run(self, line: Fields) -> None:
        self._started = decode(RunStarted, {**line, "run_id": self._run_id})
        self._last_seen = max(self._last_seen, self._started.time)

    def _take_context(self, line: Fields) -> None:
        if "known_in" in line:
            self._context["known_in"] = line["known_in"]
        known = {key: value for key, value in line.items() if key in _CONTEXT}
        context = decode(RunContext, known)
        self._context.update({key: getattr(context, key) for key in known})

    def _take_graph(self, line: Fields) -> None:
        self._graphs[line["graph"]] = line

    def _take_schema(self, line: Fields) -> None:
        self._schemas[line["schema"]] = decode(Schema, line)

    def _take_start(self, line: Fields) -> None:
        self._nodes.setdefault((line["node"], line.get("task")), {**line, "t": [line["t"], None]})

    def _take_node(self, line: Fields) -> None:
        self._nodes[line["node"], line.get("task")] = line

    def _take_access(self, line: Fields) -> None:
        self._accesses.append(line)

    def _take_finish(self, line: Fields) -> None:
        self._finished = decode(RunFinished, line)
        self._last_seen = max(self._last_seen, self._finished.time)

    def _take_problem(self, line: Fields) -> None:
        self._problems[line["cause"]] = self._problems.get(line["cause"], 0) + line["count"]

    # --- putting together ----------------------------------------------------------------------

    def _node(self, line: Fields) -> NodeRun:
        started, ended = line["t"]
        error = line.get("error")
        return NodeRun(
            node=line["node"],
            task=line.get("task"),
            started=started,
            ended=ended,
            status=line.get("s"),
            type=line.get("type", ""),
            schema=self._schemas.get(line.get("schema", "")),
            rows=line.get("rows"),
            error=decode(ErrorRecord, error) if error else None,
            passed=line.get("passed"),
        )

    def _access(self, line: Fields) -> DatasetAccess:
        schema = self._schemas.get(line.get("schema", ""))
        return replace(decode(DatasetAccess, {**line, "schema": None}), schema=schema)

    def _full_context(self) -> RunContext:
        context = dict(self._context)
        known_in = context.pop("known_in", None)
        for line in self._values:
            values = {name: decode(Value, v) for name, v in line["values"].items()}
            context[line["part"]] = {**context.get(line["part"], {}), **values}
        known = read_known(self._root, known_in) if known_in else {}
        return RunContext(**context, known=known)

    def _graph(self) -> GraphRecord | None:
        line = self._graphs.get(self._started.graph)
        if line is None:
            return None
        if "record" in line:
            return decode(GraphRecord, line["record"])
        name = line["document"]
        if name not in self._read_graphs:
            document = documents.read(self._root / GRAPHS, name)
            if document is None:
                return None
            self._read_graphs[name] = decode(GraphRecord, document)
        return self._read_graphs[name]

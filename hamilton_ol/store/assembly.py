"""A run, put together from its lines in whatever order they come."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

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
    Status,
    Value,
)
from hamilton_ol.store import documents
from hamilton_ol.store.codec import decode, decoder
from hamilton_ol.store.knowledge import read_known
from hamilton_ol.store.lines import time_of
from hamilton_ol.store.location import GRAPHS, KNOWN

Fields = Mapping[str, Any]
T = TypeVar("T")
_CONTEXT = frozenset(RunContext._fields)
_PARTS = frozenset({"inputs", "overrides", "config"})
_BEGUN: Fields = {"time": 0, "job": "", "namespace": "", "graph": "", "requested": []}
_NO_SENSE = (TypeError, ValueError, KeyError, AttributeError)
NOT_UNDERSTOOD = "a line could not be understood"
NO_GRAPH = "the graph of its dataflow is not in the store"


class Assembly:
    """Takes lines, gives a run.

    Args:
        run_id: of the run.
        root: the store, for the documents that lines refer to.
        kept: what was read of documents before, by their place; runs of one graph share it.
    """

    def __init__(self, run_id: str, root: Path, kept: dict[str, Any]) -> None:
        self._run_id, self._root, self._kept = run_id, root, kept
        self._started = RunStarted(run_id, 0, "", "", "", ())
        self._finished: RunFinished | None = None
        self._context: dict[str, Any] = {}
        self._values: list[tuple[str, dict[str, Value]]] = []
        self._known_in: str | None = None
        self._schemas: dict[str, Schema] = {}
        self._graphs: dict[str, Fields] = {}
        self._nodes: dict[tuple[str, str | None], Fields] = {}
        self._accesses: list[Fields] = []
        self._problems: Counter[str] = Counter()
        self._takers = {
            "run": self._take_run,
            "context": self._take_context,
            "values": self._take_values,
            "graph": self._take_graph,
            "schema": self._take_schema,
            "start": self._take_start,
            "node": self._take_node,
            "access": self._accesses.append,
            "finish": self._take_finish,
            "problem": self._take_problem,
        }

    def take(self, line: Fields | None) -> None:
        """Take a line; one of another run or an unknown kind is skipped.

        One that makes no sense, or is torn, which is None, is skipped and counted.
        """
        if line is None:
            self._problems[NOT_UNDERSTOOD] += 1
            return
        try:
            taker = self._takers.get(line.get("k", ""))
            if taker is not None and line.get("run", self._run_id) == self._run_id:
                taker(line)
        except _NO_SENSE:
            self._problems[NOT_UNDERSTOOD] += 1

    def run(self, *, is_alive: bool, breathe: Callable[[], None] = lambda: None) -> Run:
        """The run that the lines tell of.

        Args:
            is_alive: whether its process still runs.
            breathe: called before each node.

        Raises:
            StoreUnreadableError: a document that they refer to cannot be read.
        """
        nodes = self._each(self._node, _breathing(self._nodes.values(), breathe))
        ended = self._finished.time if self._finished else 0
        return Run(
            started=self._started,
            context=self._full_context(),
            graph=self._graph(),
            nodes=tuple(sorted(nodes, key=lambda n: (n.started, n.node))),
            accesses=tuple(self._each(self._access, self._accesses)),
            finished=self._finished,
            alive=is_alive,
            last_seen=max([self._started.time, ended, *(n.ended or n.started for n in nodes)]),
            problems=dict(self._problems),
        )

    # --- taking --------------------------------------------------------------------------------

    def _take_run(self, line: Fields) -> None:
        started = decode(RunStarted, {**_BEGUN, **line, "run_id": self._run_id})
        time_of(started.time)
        self._started = started

    def _take_context(self, line: Fields) -> None:
        if "known_in" in line:
            self._known_in = decode(str, line["known_in"])
        told = line.keys() & _CONTEXT
        context = decode(RunContext, line)
        self._context.update({name: getattr(context, name) for name in told})

    def _take_values(self, line: Fields) -> None:
        if line["part"] in _PARTS:
            self._values.append((line["part"], decode(_VALUES, line["values"])))

    def _take_graph(self, line: Fields) -> None:
        self._graphs[line["graph"]] = line

    def _take_schema(self, line: Fields) -> None:
        self._schemas[line["schema"]] = decode(Schema, line)

    def _take_start(self, line: Fields) -> None:
        self._nodes.setdefault((line["node"], line.get("task")), {**line, "t": [line["t"], None]})

    def _take_node(self, line: Fields) -> None:
        self._nodes[line["node"], line.get("task")] = line

    def _take_finish(self, line: Fields) -> None:
        finished = decode(RunFinished, line)
        time_of(finished.time)
        self._finished = finished

    def _take_problem(self, line: Fields) -> None:
        self._problems[decode(str, line["cause"])] += decode(int, line["count"])

    # --- putting together ----------------------------------------------------------------------

    def _each(self, make: Callable[[Fields], T], lines: Iterable[Fields]) -> list[T]:
        """What is made of each line that makes sense."""
        made = []
        for line in lines:
            try:
                made.append(make(line))
            except _NO_SENSE:
                self._problems[NOT_UNDERSTOOD] += 1
        return made

    def _node(self, line: Fields) -> NodeRun:
        started, ended = line["t"]
        error = line.get("error")
        return NodeRun(
            node=_name(line["node"]),
            task=_task(line.get("task")),
            started=time_of(started),
            ended=None if ended is None else time_of(ended),
            status=_status(line.get("s")),
            type=_name(line.get("type", "")),
            schema=self._schemas.get(line.get("schema", "")),
            rows=_rows(line.get("rows")),
            error=decode(ErrorRecord, error) if error else None,
            passed=_passed(line.get("passed")),
        )

    def _access(self, line: Fields) -> DatasetAccess:
        schema = self._schemas.get(line.get("schema", ""))
        return decode(DatasetAccess, {**line, "schema": None})._replace(schema=schema)

    def _full_context(self) -> RunContext:
        context = dict(self._context)
        for part, values in self._values:
            context[part] = {**context.get(part, {}), **values}
        if self._known_in is not None:
            context["known"] = self._known(self._known_in)
        return RunContext(**context)

    def _known(self, name: str) -> Mapping[str, Schema]:
        key = f"{KNOWN}/{name}"
        if key not in self._kept:
            self._kept[key] = read_known(self._root, name)
        known: Mapping[str, Schema] = self._kept[key]
        return known

    def _graph(self) -> GraphRecord | None:
        line = self._graphs.get(self._started.graph, {})
        found = self._each(self._named_graph, [line]) if line else []
        if line and found == [None]:
            self._problems[NO_GRAPH] += 1
        return found[0] if found else None

    def _named_graph(self, line: Fields) -> GraphRecord | None:
        if "record" in line:
            return decode(GraphRecord, line["record"])
        name = decode(str, line["document"])
        key = f"{GRAPHS}/{name}"
        if key not in self._kept:
            document = documents.read(self._root / GRAPHS, name)
            if document is None:
                return None
            try:
                self._kept[key] = decode(GraphRecord, document)
            except (TypeError, ValueError) as error:
                raise documents.broken(self._root / GRAPHS / f"{name}.json", error) from error
        graph: GraphRecord = self._kept[key]
        return graph


def _breathing(lines: Iterable[Fields], breathe: Callable[[], None]) -> Iterator[Fields]:
    for line in lines:
        breathe()
        yield line


_VALUES: Any = Mapping[str, Value]
# There are as many nodes as anything: what reads their parts is looked up once.
_name, _status = decoder(str), decoder(Status | None)
_task, _rows, _passed = decoder(str | None), decoder(int | None), decoder(bool | None)

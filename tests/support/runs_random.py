"""Random runs, and what the records say of one at any moment of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from hamilton_ol.mapping.events import Event, EventMapper
from hamilton_ol.mapping.options import Options
from hamilton_ol.records import (
    DatasetAccess,
    ErrorRecord,
    GraphRecord,
    NodeRecord,
    NodeRun,
    Revision,
    Run,
    RunContext,
    RunFinished,
    RunStarted,
    Schema,
    Value,
)
from tests.support.graphs_random import BLOCK, COLUMN, graphs
from tests.support.runs import MS, ORIGIN, RUN_ID, SECOND, one

#: As short as clocks tell, and around the second after which a START waits no longer.
DURATIONS = (0, 1, 1_000, 5 * MS, 400 * MS, SECOND - 1, SECOND, SECOND + 1, 3 * SECOND)

#: GRACEFUL is a run whose adapter puts a sentinel in the place of what fails.
ENDS = ("SUCCEEDED", "FAILED", "DIED", "GRACEFUL")

_events = EventMapper.events  # as it is: fixtures that check every event would take minutes


def plain_events(run: Run, mapper: EventMapper | None = None, **options: Any) -> list[Event]:
    """The events of a run, mapped without the checks of the fixtures."""
    return list(_events(mapper or EventMapper(Options(**options)), run))


def texts(run: Run, mapper: EventMapper | None = None, **options: Any) -> list[str]:
    """The same as text."""
    return [event.text for event in plain_events(run, mapper, **options)]


@dataclass(frozen=True)
class History:
    """All that happened in one run.

    Attributes:
        whole: the run when all is written.
        told: when what it was given and its graph had been written.
        reveal: when the input that names a column was seen to do so, or None.
    """

    whole: Run
    told: int
    reveal: int | None

    def moments(self) -> list[int]:
        """Every time at which a record was written."""
        nodes, finished = self.whole.nodes, self.whole.finished
        times = {self.whole.started.time, self.told, *(n.started for n in nodes)}
        times |= {n.ended for n in nodes if n.ended is not None}
        return sorted(times | ({finished.time} if finished else set()))

    def view(self, time: int) -> Run:
        """What is known of the run at a time."""
        whole, finished = self.whole, self.whole.finished
        nodes = tuple(_view(node, time) for node in whole.nodes if node.started <= time)
        ended = {node.node for node in nodes if node.ended is not None}
        is_over = finished is not None and finished.time <= time
        seen = [whole.started.time, *(n.ended or n.started for n in nodes)]
        return whole._replace(
            context=self._context(time),
            graph=whole.graph if self.told <= time else None,
            nodes=nodes,
            accesses=tuple(a for a in whole.accesses if a.node in ended),
            finished=finished if is_over else None,
            alive=True,
            last_seen=max([*seen, *([finished.time] if is_over and finished else [])]),
            problems=whole.problems if is_over else {},
        )

    def _context(self, time: int) -> RunContext:
        if time < self.told:
            return RunContext(inputs=self.whole.context.inputs)
        context = self.whole.context
        if self.reveal is not None and time >= self.reveal:
            return context
        hidden = {n: v._replace(value=None, shown=False) for n, v in context.inputs.items()}
        return context._replace(inputs={**context.inputs, COLUMN: hidden[COLUMN]})


def _view(node: NodeRun, time: int) -> NodeRun:
    if node.ended is not None and node.ended <= time:
        return node
    return NodeRun(node.node, node.task, node.started)


@st.composite
def histories(draw: Any, ends: Sequence[str] = ENDS) -> History:
    """Random graphs, executed by one to three workers, to one of these ends."""
    record: GraphRecord = draw(graphs())
    simple = [n.name for n in record.nodes if n.kind != "input" and not n.module]
    some = st.sets(st.sampled_from(simple), max_size=1) if simple else st.just(set[str]())
    overridden = frozenset(draw(some))
    nodes_asked = st.sampled_from([n.name for n in record.nodes if n.kind != "input"])
    requested = tuple(draw(st.lists(nodes_asked, min_size=1, max_size=5, unique=True)))
    executed = _executed(draw, record, requested, overridden)
    nodes, finished = _ended(draw, record, executed, draw(st.sampled_from(list(ends))))
    started = RunStarted(RUN_ID, ORIGIN, "dag", "ns", "g", requested, engine="1.90.0")
    inputs = {"number": Value("int", 3, shown=True), COLUMN: Value("str", "a", shown=True)}
    context = RunContext(
        inputs=inputs,
        overrides={name: Value("int") for name in overridden},
        tables=draw(st.sampled_from([{}, {"inputs.given": _TABLES[0]}])),
        known=draw(st.dictionaries(st.sampled_from(_owners(record)), _SCHEMAS, max_size=4)),
        revision=draw(st.sampled_from([None, _REVISION])),
        complete=True,
    )
    over = finished.time if finished else None
    shown = [n.ended for n in nodes if n.ended and _shows(n) and n.ended <= (over or n.ended)]
    told = ORIGIN + draw(st.sampled_from(DURATIONS))
    reveal = min([*shown, *([told] if context.tables else [])], default=None)
    whole = Run(
        started=started,
        context=context if reveal is not None else _hidden(context),
        graph=record,
        nodes=tuple(nodes),
        accesses=tuple(_accesses(record, nodes)),
        finished=finished,
        alive=False,
        last_seen=max([ORIGIN, *(n.ended or n.started for n in nodes)]),
        problems=draw(st.sampled_from([{}, {"looking at a result": 1}])),
    )
    return History(whole, told, reveal)


def _owners(record: GraphRecord) -> list[str]:
    return [node.name for node in record.nodes if node.owner == node.name and node.kind != "input"]


# --- executing -----------------------------------------------------------------------------------


def _executed(
    draw: Any, record: GraphRecord, requested: Sequence[str], overridden: frozenset[str]
) -> list[NodeRun]:
    """Each needed node once, those of a block once for each task, on one to three workers."""
    free = [ORIGIN + MS] * draw(st.integers(1, 3))
    ends: dict[str, int] = {}
    found: list[NodeRun] = []
    for part in _in_some_order(draw, _parts(_needed(record, requested, overridden))):
        is_block = part[0].module.startswith(BLOCK)
        for number in range(draw(st.integers(1, 3)) if is_block else 1):
            task = f"block.{number}" if is_block else None
            for node in part:
                ready = [ends[d.name] for d in node.dependencies if d.name in ends]
                worker = draw(st.integers(0, len(free) - 1))
                start = max([free[worker], *ready]) + draw(st.sampled_from(DURATIONS[:4]))
                free[worker] = end = start + draw(st.sampled_from(DURATIONS))
                found.append(_run_of(draw, node, task, start, end))
                ends[node.name] = max(end, ends.get(node.name, 0))
    return sorted(found, key=lambda n: (n.started, n.node))


def _needed(
    record: GraphRecord, requested: Sequence[str], overridden: frozenset[str]
) -> list[NodeRecord]:
    nodes = {node.name: node for node in record.nodes}
    wanted, rest = set[str](), list(requested)
    while rest:
        name = rest.pop()
        if name not in wanted and name not in overridden and nodes[name].kind != "input":
            wanted.add(name)
            rest += [d.name for d in nodes[name].dependencies]
    return [node for name, node in nodes.items() if name in wanted]


def _parts(nodes: Sequence[NodeRecord]) -> list[list[NodeRecord]]:
    """The nodes one by one, but blocks as a whole."""
    parts: dict[str, list[NodeRecord]] = {}
    for node in nodes:
        key = node.module if node.module.startswith(BLOCK) else node.name
        parts.setdefault(key, []).append(node)
    return list(parts.values())


def _in_some_order(draw: Any, parts: list[list[NodeRecord]]) -> Iterator[list[NodeRecord]]:
    """Producers before consumers; otherwise as it comes, as columns are taken when asked for."""
    left = draw(st.permutations(parts))
    while left:
        waiting = {node.name for part in left for node in part}
        ready = next(part for part in left if waiting.isdisjoint(_outer_needs(part)))
        left = [part for part in left if part is not ready]
        yield ready


def _outer_needs(part: list[NodeRecord]) -> set[str]:
    return {d.name for n in part for d in n.dependencies} - {n.name for n in part}


def _run_of(draw: Any, node: NodeRecord, task: str | None, start: int, end: int) -> NodeRun:
    schema = None if node.kind == "check" else draw(_SCHEMAS if _is_plain(node) else _COLUMNS)
    return NodeRun(
        node.name,
        task,
        start,
        end,
        "SUCCEEDED",
        type=node.type,
        schema=schema,
        rows=draw(st.sampled_from([None, 3])),
        passed=draw(st.booleans()) if node.kind == "check" else None,
    )


def _is_plain(node: NodeRecord) -> bool:
    return node.field is None and not node.fields


def _below(record: GraphRecord, name: str) -> set[str]:
    """A node and all that depends on it."""
    found = {name}
    for node in record.nodes:  # producers first
        if not found.isdisjoint(d.name for d in node.dependencies):
            found.add(node.name)
    return found


def _lost(node: NodeRun) -> NodeRun:
    return NodeRun(node.node, node.task, node.started, node.ended, "SENTINEL")


def _ended(
    draw: Any, record: GraphRecord, nodes: list[NodeRun], how: str
) -> tuple[list[NodeRun], RunFinished | None]:
    """Let the run end well, by a node that raises, or by its process going away."""
    last = max([ORIGIN, *(n.ended or 0 for n in nodes)])
    if how == "SUCCEEDED" or not nodes:
        return nodes, RunFinished(last + 1, "SUCCEEDED")
    number = draw(st.integers(0, len(nodes) - 1))
    broken, end = nodes[number], nodes[number].ended or 0
    if how == "GRACEFUL":
        lost = _below(record, broken.node)
        return [_lost(n) if n.node in lost else n for n in nodes], RunFinished(
            last + 1, "SUCCEEDED"
        )
    if how == "DIED":
        return [_view(node, end) for node in nodes if node.started <= end], None
    error = ErrorRecord("ValueError", "no", (), broken.node)
    failed = NodeRun(broken.node, broken.task, broken.started, end, "FAILED", error=error)
    over = end + 1 + draw(st.sampled_from(DURATIONS[:3]))
    before = [failed if n is broken else n for n in nodes if n.started <= end]
    return before, RunFinished(over, "FAILED", error)


# --- what executions leave -----------------------------------------------------------------------

_REVISION = Revision("c" * 40, dirty=False, branch="main", remote="https://github.com/x/y.git")
_TABLES = [
    Schema((("a", "int64"), ("b", "str")), table=True),
    Schema((("a", "int64"),), table=True),
    Schema((("b", "str"), ("c", "float64")), table=True),
]
_COLUMNS = st.sampled_from([one("int64"), one("Series")])
_SCHEMAS = st.sampled_from([*_TABLES, one("int"), one("SparkTable"), None]).filter(bool)


def _shows(node: NodeRun) -> bool:
    """Whether a result shows that the input `column` names a column."""
    return node.schema is not None and node.schema.table and ("a", "int64") in node.schema.fields


def _hidden(context: RunContext) -> RunContext:
    value = Value("str", hash="0" * 24)
    return context._replace(inputs={**context.inputs, COLUMN: value})


def _accesses(record: GraphRecord, nodes: Sequence[NodeRun]) -> Iterator[DatasetAccess]:
    succeeded = {node.node for node in nodes if node.status == "SUCCEEDED"}
    for node in record.nodes:
        if node.name in succeeded and node.name.endswith((".load", "_save")):
            mode: Any = "read" if node.kind == "loader" else "write"
            place = f"/data/{node.name}.csv"
            yield DatasetAccess(node.name, mode, place, format="csv", rows=3, size=9, modified=1.5)

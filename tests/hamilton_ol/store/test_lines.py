"""What the writer says is what the reader gives, for every field of every record."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from hamilton_ol.store import lines
from hamilton_ol.store.assembly import Assembly
from tests.support.stores import OTHER, RUN, T0, started
from tests.support.stores_random import QUICK, records

TIMES = st.integers(0, 2**62)
NAMES = st.text(st.characters(), max_size=5)


def read(*told: str, run_id: str = RUN) -> Run:
    """The run that these lines tell of."""
    assembly = Assembly(run_id, Path("/nowhere"), {})
    for line in told:
        assert line.endswith("\n")
        assert line.isascii()
        assert line.startswith('{"v":1,"k":"')
        assembly.take(json.loads(line))
    run = assembly.run(is_alive=True)
    assert run.problems == {}
    return run


@QUICK
@given(records(RunStarted, run_id=st.just(RUN), time=TIMES))
def test_a_start(record: RunStarted) -> None:
    assert read(lines.run_line(record)).started == record


@QUICK
@given(records(RunFinished, time=TIMES))
def test_an_end(record: RunFinished) -> None:
    assert read(lines.finish_line(RUN, record)).finished == record


@QUICK
@given(records(RunContext))
def test_a_context(record: RunContext) -> None:
    assert read(lines.context_line(RUN, record)).context == record


@QUICK
@given(records(RunContext), st.integers(0))
def test_a_context_in_parts(record: RunContext, number: int) -> None:
    names = RunContext._fields
    cut = number % len(names)
    parts: list[dict[str, Any]] = [
        {name: getattr(record, name) for name in part} for part in (names[:cut], names[cut:])
    ]
    told = [lines.context_line(RUN, RunContext(**part)) for part in parts]
    assert read(*told).context == record
    assert read(*reversed(told)).context == record


@QUICK
@given(
    st.sampled_from(["inputs", "overrides", "config"]),
    st.dictionaries(NAMES, records(Value), max_size=2),
    st.dictionaries(NAMES, records(Value), max_size=2),
)
def test_values_that_are_told_later(
    part: str, first: dict[str, Value], later: dict[str, Value]
) -> None:
    given: dict[str, Any] = {part: first}
    told = (lines.context_line(RUN, RunContext(**given)), lines.values_line(RUN, part, later))
    assert getattr(read(*told).context, part) == {**first, **later}
    assert getattr(read(*reversed(told)).context, part) == {**first, **later}


@QUICK
@given(records(GraphRecord))
def test_a_graph_without_a_document(record: GraphRecord) -> None:
    told = (lines.run_line(started(graph="g")), lines.graph_line("g", None, record))
    assert read(*told).graph == record


@QUICK
@given(records(DatasetAccess))
def test_an_access(record: DatasetAccess) -> None:
    name, told = lines.schema_line(record.schema) if record.schema else (None, "")
    line = lines.access_line(RUN, record, name)
    assert read(line, *filter(None, [told])).accesses == (record,)


@QUICK
@given(records(NodeRun, started=TIMES, ended=TIMES, status=st.just("FAILED")))
def test_a_node(record: NodeRun) -> None:
    record = record._replace(schema=record.schema or Schema((), table=False))
    assert record.schema is not None
    assert record.ended is not None
    name, schema = lines.schema_line(record.schema)
    more = lines.node_more(task=record.task, error=record.error, passed=record.passed)
    rows = f',"rows":{record.rows}' if record.rows is not None else ""
    line = lines.node_line(
        lines.node_opening(RUN),
        lines.quoted(record.node),
        record.started,
        record.ended,
        "FAILED",
        lines.result_part(record.type, name) + rows + more,
    )
    expected = (record,)
    assert read(line, schema).nodes == expected
    assert read(schema, line).nodes == expected


@QUICK
@given(NAMES, st.none() | NAMES, TIMES)
def test_a_node_that_is_open(name: str, task: str | None, time: int) -> None:
    run = read(lines.start_line(RUN, name, task, time))
    assert run.nodes == (NodeRun(name, task, time),)
    assert run.last_seen == time


def test_the_end_of_a_node_counts_more_than_its_start_in_any_order() -> None:
    start = lines.start_line(RUN, "a", None, T0)
    end = lines.node_line(lines.node_opening(RUN), '"a"', T0, T0 + 5, "ABORTED", "")
    assert read(start, end) == read(end, start)
    assert read(start, end).nodes == (NodeRun("a", None, T0, T0 + 5, "ABORTED"),)


@QUICK
@given(NAMES, st.integers(1, 1000))
def test_a_problem(cause: str, count: int) -> None:
    line = lines.problem_line(RUN, cause, count)
    assembly = Assembly(RUN, Path("/nowhere"), {})
    assembly.take(json.loads(line))
    assembly.take(json.loads(line))
    assert assembly.run(is_alive=False).problems == {cause: 2 * count}


def test_equal_schemas_have_one_id() -> None:
    one, other = Schema((("a", "int"),), table=True), Schema((("a", "int"),), table=False)
    assert lines.schema_line(one) == lines.schema_line(one._replace())
    assert lines.schema_line(one)[0] != lines.schema_line(other)[0]


def test_a_line_of_another_run_is_not_taken() -> None:
    assert read(lines.run_line(started(OTHER))).started.job == ""


@pytest.mark.parametrize("time", [-1, 10**30, 1.5, True, None, "now"])
def test_what_is_no_time_is_refused(time: object) -> None:
    with pytest.raises(ValueError, match="not a time"):
        lines.time_of(time)


def test_an_error_of_a_node_comes_back_with_its_stack() -> None:
    error = ErrorRecord("KeyError", "'age'", ("a.py:1 in f", "b.py:2 in g"), node="a")
    line = lines.node_line(
        lines.node_opening(RUN), '"a"', T0, T0, "FAILED", lines.node_more(error=error)
    )
    assert read(line).nodes[0].error == error

"""Mapping is pure: what was mapped before, when and where makes no difference."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamilton_ol.mapping import limits, templates
from hamilton_ol.mapping.events import EventMapper
from hamilton_ol.mapping.graphs import MOST_GRAPHS
from hamilton_ol.mapping.nodeevents import MOST_TEMPLATES
from hamilton_ol.mapping.options import Options
from hamilton_ol.mapping.templates import Template, hole
from hamilton_ol.records import ColumnUse, Dependency, NodeRun, Run, Value
from hamilton_ol.store.codec import encode
from tests.support.demo_golden import demo_run, same_everywhere
from tests.support.flows import events
from tests.support.official import ROOT
from tests.support.runs import RUN_ID, graph, node, one, ran, run, table
from tests.support.runs_random import History, histories, texts

OTHER_ID = "99999999-2222-4333-8444-555555555555"


def another(whole: Run) -> Run:
    """Another run of the same graph."""
    return whole._replace(started=whole.started._replace(run_id=OTHER_ID))


@settings(max_examples=60, deadline=None)
@given(st.lists(histories(), min_size=1, max_size=3))
def test_what_was_mapped_before_makes_no_difference(found: list[History]) -> None:
    runs = [history.whole for history in found]
    graphs = {id(each.graph): each.graph for each in runs}
    shared = [each._replace(graph=next(iter(graphs.values()))) for each in runs]
    mapper = EventMapper(Options())
    for each in (*runs, *map(another, runs), *shared, *runs):
        assert texts(each, mapper) == texts(each)


@settings(max_examples=60, deadline=None)
@given(histories(), st.data())
def test_a_run_that_differs_a_little_is_told_as_if_it_were_the_only_one(
    history: History, data: st.DataObject
) -> None:
    whole: Run = history.whole
    mapper = EventMapper(Options())
    texts(whole, mapper)
    changed = whole._replace(
        nodes=tuple(_changed(node, data) for node in whole.nodes),
        context=whole.context._replace(
            overrides=data.draw(st.sampled_from([{}, {"n0": Value("int")}])),
            tables=data.draw(st.sampled_from([{}, {"overrides.n0": table(a="int64", b="str")}])),
        ),
    )
    assert texts(changed, mapper) == texts(changed)


def _changed(node: NodeRun, data: st.DataObject) -> NodeRun:
    schemas = st.sampled_from([node.schema, one("int64"), table(a="int64", b="str")])
    return node._replace(
        schema=data.draw(schemas) if node.schema else None,
        rows=data.draw(st.sampled_from([None, 5])),
        passed=data.draw(st.booleans()) if node.passed is not None else None,
    )


def test_an_override_is_told_apart_from_a_result_that_looks_the_same() -> None:
    record = graph(node("x", documentation="What."), node("y", "x"))
    computed = run(record, ran("x", 1, 2, schema=one("int")), ran("y", 2, 3))
    given_ = run(record, ran("y", 2, 3), context={"overrides": {"x": Value("int")}})
    mapper = EventMapper(Options())
    texts(computed, mapper)
    assert texts(given_, mapper) == texts(given_)


CHOOSING = graph(
    node("name", kind="input"),
    node("t"),
    node("y", Dependency("t", uses=(ColumnUse("input", "name"),))),
)


def choosing(name: str) -> Run:
    context = {"inputs": {"name": Value("str", name, shown=True)}}
    seen = table(a="int64", b="str")
    return run(CHOOSING, ran("t", 1, 2, schema=seen), ran("y", 2, 3), context=context)


def of_class(name: str) -> Run:
    return run(graph(node("x")), ran("x", 1, 2, schema=one("int"), type=name))


@pytest.mark.parametrize(("make", "first", "second"), [(choosing, "a", "b"), (of_class, "A", "B")])
def test_what_only_this_run_says_is_not_taken_from_the_one_before(
    make: Callable[[str], Run], first: str, second: str
) -> None:
    mapper = EventMapper(Options())
    assert texts(make(first), mapper) != texts(make(second))
    assert texts(make(second), mapper) == texts(make(second))


MAP_FILE = """
import json, sys
from hamilton_ol.mapping.events import EventMapper
from hamilton_ol.mapping.options import Options
from hamilton_ol.records import Run
from hamilton_ol.store.codec import decode

for event in EventMapper(Options()).events(decode(Run, json.load(open(sys.argv[1])))):
    print(event.text)
"""


@pytest.mark.parametrize("seed", ["0", "4242"])
def test_another_process_with_another_order_of_sets_says_the_same(
    store: Path, tmp_path: Path, seed: str
) -> None:
    whole = same_everywhere(demo_run(store))
    (tmp_path / "run.json").write_text(json.dumps(encode(whole)))
    environ = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", MAP_FILE, str(tmp_path / "run.json")]
    told = subprocess.run(command, env=environ, capture_output=True, text=True, check=True)
    assert told.stdout.splitlines() == texts(whole)


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Events that are rendered, not filled into a template."""
    found: list[str] = []
    original = limits.render

    def render(event: dict[str, object], limit: int, node: str = "") -> str:
        text = original(event, limit, node)
        found.append(text)
        return text

    monkeypatch.setattr(templates, "render", render)
    return found


CHAIN = graph(node("x"), node("y", "x"))
CHAINED = run(CHAIN, ran("x", 1, 2, schema=one("int")), ran("y", 2, 3, schema=one("int")))


def test_the_second_run_of_a_graph_is_only_filled_in(rendered: list[str]) -> None:
    mapper = EventMapper(Options())
    first = texts(CHAINED, mapper)
    assert len(rendered) == 4
    assert [t.replace(OTHER_ID, RUN_ID) for t in texts(another(CHAINED), mapper)] != first
    assert len(rendered) == 4


def test_a_graph_that_was_read_again_is_known_by_what_it_says(rendered: list[str]) -> None:
    mapper = EventMapper(Options())
    texts(CHAINED, mapper)
    texts(CHAINED._replace(graph=graph(node("x"), node("y", "x"))), mapper)
    assert len(rendered) == 4
    texts(CHAINED._replace(graph=graph(node("x", tags={"k": "v"}), node("y", "x"))), mapper)
    assert len(rendered) == 8


def test_a_failure_is_rendered_every_time(rendered: list[str]) -> None:
    mapper = EventMapper(Options())
    bad = run(CHAIN, ran("x", 1, 2, schema=one("int")), ran("y", 2, 3, status="FAILED"))
    texts(bad, mapper)
    texts(bad, mapper)
    assert len(rendered) == 4 + 1


def test_what_is_kept_has_a_limit() -> None:
    mapper = EventMapper(Options())
    for number in range(MOST_GRAPHS + 1):
        texts(run(graph(node(f"n{number}")), ran(f"n{number}", 1, 2)), mapper)
    assert sum(map(len, mapper._graphs._jobs.values())) <= MOST_GRAPHS
    assert len(mapper._graphs._events) <= MOST_GRAPHS


def test_templates_of_one_graph_have_a_limit_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hamilton_ol.mapping.nodeevents.MOST_TEMPLATES", 10)
    mapper = EventMapper(Options())
    for number in range(20):
        changing = ran("x", 1, 2, schema=table(**{f"c{number}": "int64"}))
        texts(run(graph(node("x")), changing), mapper)
    (kept,) = mapper._graphs._events.values()
    assert len(kept._templates) <= 10 < MOST_TEMPLATES


def test_a_run_without_a_graph_leaves_nothing_behind() -> None:
    mapper = EventMapper(Options())
    texts(run(None, ran("x", 1, 2), status="DIED", requested=("x",)), mapper)
    assert mapper._graphs._events == {}


def event(**fields: object) -> dict[str, object]:
    return {"run": {"facets": {}}, "job": {"facets": {}}, "inputs": [], "outputs": [], **fields}


def test_holes_are_filled_with_json() -> None:
    template = Template(event(a=hole("x"), b=["c", hole("y"), hole("x")]), 10_000, "n")
    filled = json.loads(template.fill({"x": '"one"', "y": "2"}))
    assert (filled["a"], filled["b"]) == ("one", ["c", 2, "one"])


@given(st.text() | st.sampled_from(["\0x", "x\0", "\\u0000x", "\0", '"\0x"', "\ud800", "😀"]))
def test_no_text_is_taken_for_a_hole_and_no_consumer_chokes_on_it(text: str) -> None:
    filled = Template(event(a=text, b=hole("x"), c={text: 1}), 10_000, "n").fill({"x": '"X"'})
    found = json.loads(filled)
    assert found["b"] == "X"
    assert "\0" not in found["a"]
    assert found["a"].encode() is not None  # which half a surrogate pair cannot be
    is_fine = "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)
    assert (found["a"] == text) == is_fine


def test_an_event_that_is_filled_in_is_not_larger_than_it_may_be() -> None:
    many = graph(*(node(f"n{number}") for number in range(2)))
    whole = run(many, ran("n0", 1, 2, rows=10**9, schema=one("int")), requested=("n0",))
    for each in events(whole):
        assert len(each.text) <= 250_000

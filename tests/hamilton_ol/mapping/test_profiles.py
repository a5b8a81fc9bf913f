"""What consumers need otherwise than the standard says."""

import json
from pathlib import Path

import pytest

from hamilton_ol.mapping.profiles import PROFILES
from tests.support.demo_golden import demo_run
from tests.support.events import dataset, event_of, schema
from tests.support.events_lint import lint
from tests.support.flows import events
from tests.support.official import OFFICIAL
from tests.support.runs import graph, node, ran, run, table


@pytest.mark.parametrize(("profile", "length"), [("marquez", 255), ("generic", 300)])
def test_a_fields_name_is_cut_where_marquez_has_no_room(profile: str, length: int) -> None:
    whole = graph(node("t"), node("y", "t"))
    long = table(**{"x" * 300: "int64"})
    nodes = ran("t", 1, 2, schema=long), ran("y", 2, 3)
    found = events(run(whole, *nodes), profile=profile)
    made = dataset(event_of(found, "dag.t"), "t", "outputs")
    (name,) = schema(made)
    assert len(name) == length


@pytest.mark.parametrize("profile", sorted(PROFILES))
def test_known_consumers_find_nothing_to_complain_of_in_the_demo(profile: str, store: Path) -> None:
    found = events(demo_run(store), profile=profile)
    problems = {problem for event in found for problem in lint(json.loads(event.text))}
    # OpenMetadata draws no edge for the dataflow's own job, and none for what has no input.
    assert problems <= {"OpenMetadata: COMPLETE without both inputs and outputs makes no edge"}
    assert OFFICIAL is None or problems

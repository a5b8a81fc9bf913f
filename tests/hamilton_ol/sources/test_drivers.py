"""The graph of a driver answers as the driver does."""

from collections.abc import Callable, Iterator

import pytest
from hamilton import driver
from hypothesis import HealthCheck, given, settings

import hamilton_ol
from hamilton_ol.errors import UnknownNodeError
from hamilton_ol.graph.nodes import Node
from hamilton_ol.graph.select.formatting import text_of
from hamilton_ol.graph.select.syntax import Condition, Words
from hamilton_ol.sources.drivers import lineage
from tests.support import drivers
from tests.support.flows import Flows

MADE = pytest.mark.parametrize("make", [drivers.demo, drivers.every_decorator])


def names(variables: list[driver.Variable]) -> set[str]:
    """Of what Hamilton answers."""
    return {variable.name for variable in variables}


def check(dr: driver.Driver) -> None:
    """Compare all answers about all nodes."""
    ours = lineage(dr)
    assert set(ours) == names(dr.list_available_variables())
    assert {tuple(edge[:2]) for edge in ours.edges} == {
        (dependency.name, node.name)
        for node in dr.graph.nodes.values()
        for dependency in node.dependencies
    }
    for place, one in enumerate(ours):
        assert ours.upstream(one) == names(dr.what_is_upstream_of(one))
        below = ours.downstream(one)
        assert below == names(dr.what_is_downstream_of(one))
        for number, other in enumerate(ours):
            between = ours.between(one, other)
            assert bool(between) == (other in below)
            if len(ours) < 40 or (place + number) % 20 == 0:  # Hamilton takes long
                assert between == names(dr.what_is_the_path_between(one, other))
    assert ours.cycles == ()
    assert ours.problems == ()
    for key, value in {tag for node in ours.nodes for tag in _tags(node)}:
        wanted: dict[str, str | list[str]] = {key: value}
        said = Condition("tag", Words(value, is_exact=True), key=Words(key, is_exact=True))
        expected = names(dr.list_available_variables(tag_filter=wanted))
        assert ours.select(text_of(said)) == expected


def _tags(node: Node) -> Iterator[tuple[str, str]]:
    """What Hamilton can be asked for: neither what is masked nor what was made a text."""
    for key, value in node.tags.items():
        if "token" not in key:
            yield from ((key, one) for one in ([value] if isinstance(value, str) else value))


@MADE
def test_it_answers_as_hamilton_does(make: Callable[[], driver.Driver]) -> None:
    check(make())


@given(drivers.drivers())
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_of_any_dataflow_it_answers_as_hamilton_does(dr: driver.Driver) -> None:
    check(dr)


@MADE
def test_nodes_know_what_hamilton_knows(make: Callable[[], driver.Driver]) -> None:
    dr = make()
    ours = lineage(dr)
    for variable in dr.list_available_variables():
        node = ours[variable.name]
        expected = {
            key: tuple(value) if isinstance(value, list) else str(value)
            for key, value in variable.tags.items()
            if key != "module" and not key.startswith("hamilton.") and "token" not in key
        }
        assert {k: v for k, v in node.tags.items() if "token" not in k} == expected
        assert (node.kind in {"input", "config"}) == variable.is_external_input
        assert node.type


def test_an_edge_knows_the_argument_that_it_is(flows: Flows) -> None:
    source = """
    from hamilton.function_modifiers import extract_fields, group, parameterize, source, value

    def plain(x: int, y: int = 1) -> int:
        return x

    @parameterize(doubled={"number": source("plain"), "by": value(2)})
    def times(number: int, by: int) -> int:
        return number * by

    @parameterize(both={"numbers": group(source("plain"), source("doubled"))})
    def grouped(numbers: list[int]) -> int:
        return 1
    """
    dr = driver.Builder().with_modules(flows.module(source)).build()
    found = {edge[:2]: edge for edge in lineage(dr).edges}
    assert found["x", "plain"].argument == "x"
    assert found["y", "plain"].required is False
    assert found["plain", "doubled"].argument == "number"
    assert found["plain", "both"].argument == ""


def test_what_is_no_driver_is_an_error_that_says_so() -> None:
    with pytest.raises(TypeError, match="takes a driver of Hamilton, not dict"):
        hamilton_ol.lineage({})  # type: ignore[arg-type]


def test_a_name_that_there_is_not_is_an_error_where_hamilton_has_one_too() -> None:
    dr = drivers.demo()
    with pytest.raises(ValueError, match="Unknown nodes"):
        dr.what_is_upstream_of("fit_forest")
    with pytest.raises(UnknownNodeError) as found:
        lineage(dr).upstream("fit_forest")
    assert "fit_random_forest" in found.value.hint

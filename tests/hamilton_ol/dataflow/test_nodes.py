"""One node's record: documentation, tags, presence, dependencies, place, code."""

import functools
import inspect
import types
from collections.abc import Callable
from pathlib import Path

import pytest

from hamilton_ol.dataflow.nodes import NodeReader
from hamilton_ol.masking import Masker
from hamilton_ol.records import NodeRecord
from tests.support import decorators
from tests.support.flows import Flows
from tests.support.graphs import graph_of, nodes_of, record_of


@pytest.fixture(scope="module")
def nodes() -> dict[str, NodeRecord]:
    return nodes_of(decorators, config={**decorators.CONFIG, **decorators.POWER})


def test_documentation_is_without_indentation_and_formatted_as_hamilton_does(
    nodes: dict[str, NodeRecord],
) -> None:
    assert nodes["plain"].documentation == "Says what it is."
    assert nodes["by_node"].documentation == "The by_node of a."
    assert nodes["second"].documentation == "The second."
    assert nodes["first"].documentation == "Two columns."
    assert nodes["optional"].documentation == ""


def test_tags_of_the_person_are_kept_and_those_of_hamilton_are_not(
    nodes: dict[str, NodeRecord],
) -> None:
    assert nodes["tagged"].tags == {
        "owner": "data-science",
        "stages": ("raw", "clean"),
        "api_token": "***",
        "cache.behavior": "recompute",
    }
    others = [n for n in nodes.values() if n.name not in {"tagged", "first", "second"}]
    assert {n.name: dict(n.tags) for n in others if n.tags} == {}


def test_a_tag_that_is_a_bool_becomes_text() -> None:
    reader = NodeReader(Masker())
    graph = graph_of(decorators, config={**decorators.CONFIG, **decorators.POWER})
    graph.nodes["plain"].add_tag("certified", True)  # type: ignore[arg-type]
    graph.nodes["plain"].add_tag("number", 3)  # type: ignore[arg-type]
    found = reader.read(graph.nodes["plain"], frozenset(), "plain", None)
    assert found.tags == {"certified": "true", "number": "3"}


def test_tag_outputs_reaches_the_columns(nodes: dict[str, NodeRecord]) -> None:
    assert nodes["first"].tags == {"PII": "true"}
    assert nodes["outputs"].tags == {}


@pytest.mark.parametrize(
    ("name", "variant", "config"),
    [
        ("chosen", "fast", {"mode": ("fast",)}),
        ("other", None, {"mode": ("slow",)}),
        ("one_of", "several__these", {"mode": ("fast", "faster"), "size": ("large",)}),
        ("custom", None, {}),
        ("plain", None, {}),
    ],
)
def test_presence_by_config_is_told(
    nodes: dict[str, NodeRecord],
    name: str,
    variant: str | None,
    config: dict[str, tuple[str, ...]],
) -> None:
    assert (nodes[name].variant, dict(nodes[name].config)) == (variant, config)


def test_all_that_a_function_becomes_is_present_by_its_config(flows: Flows) -> None:
    flow = flows.module("""
        import pandas as pd
        from hamilton.function_modifiers import config, extract_columns, pipe_output, save_to, step

        def _same(x: pd.Series) -> pd.Series:
            return x

        @config.when(name="table", mode="fast")
        @save_to.csv(path="x.csv", target_="table")
        @pipe_output(step(_same))
        @extract_columns("age")
        def table_of_mode() -> pd.DataFrame:
            return pd.DataFrame()
    """)
    found = nodes_of(flow, config={"mode": "fast"})
    made = {name: dict(n.config) for name, n in found.items() if n.kind != "config"}
    assert made.keys() == {"table", "age", "age.raw", "age.with_same", "save.table"}
    assert all(config == {"mode": ("fast",)} for config in made.values())


def test_presence_of_a_subdag_is_presence_of_all_in_it(flows: Flows) -> None:
    flow = flows.module("""
        from hamilton.function_modifiers import config, subdag

        @config.when_not(size="small")
        def inner__large() -> int:
            return 1

        @config.when_in(mode=["fast"])
        @subdag(inner__large, config={"size": "large"})
        def outer(inner: int) -> int:
            return inner
    """)
    found = nodes_of(flow, config={"mode": "fast", "size": "large"})
    assert dict(found["outer.inner"].config) == {"size": ("small",), "mode": ("fast",)}
    assert found["outer.inner"].variant == "large"


KINDS = """
    from hamilton.data_quality import base as dq
    from hamilton.function_modifiers import *

    class Own(dq.DataValidator):
        applies_to = lambda self, datatype: True
        description = lambda self: "own"
        name = classmethod(lambda cls: "own")
        validate = lambda self, dataset: dq.ValidationResult(True, "")

    @check_output_custom(Own("warn"))
    @dataloader()
    def read() -> tuple[dict, dict]:
        return {}, {}

    @check_output_custom(Own("warn"), target_="wrote")
    @extract_fields({"size": int})
    @datasaver()
    def wrote(read: dict) -> dict:
        return {"size": 1}
"""


def test_inherited_tags_make_no_loaders_and_savers_of_checks_and_keys(flows: Flows) -> None:
    assert {name: node.kind for name, node in nodes_of(flows.module(KINDS)).items()} == {
        "read": "loader",
        "read.loader": "loader",
        "read_raw": "loader",
        "read_own": "check",
        "wrote": "saver",
        "wrote_raw": "saver",
        "wrote_own": "check",
        "size": "function",
    }


def test_dependencies_are_in_the_order_of_the_arguments(nodes: dict[str, NodeRecord]) -> None:
    told = [(d.name, d.required) for d in nodes["optional"].dependencies]
    assert told == [("a", True), ("b", False)]
    assert [d.name for d in nodes["done"].dependencies] == ["a", "plain"]


def test_a_place_is_the_line_of_the_first_decorator(nodes: dict[str, NodeRecord]) -> None:
    lines = inspect.getsource(decorators).splitlines()
    for name, first in {
        "plain": "def plain",
        "one_of": "@config.when_in",
        "first": "@tag_outputs",
        "checked_range_validator": "@check_output(",
        "piped_out": "@pipe_output",
        "piped_out.with_add_one": "def _add_one",
        "mutated.with_tripled": "@mutate",
        "below._inside": "def _inside",
        "below.given": "@subdag",
        "save.saved": "@save_to.json",
    }.items():
        place = nodes[name].place
        assert place is not None
        assert lines[place.line - 1].startswith(first), name
        assert place.file == "tests/support/decorators.py"
        assert place.in_repository


def test_a_place_names_the_function_that_was_written(nodes: dict[str, NodeRecord]) -> None:
    functions = {name: n.place.function.rpartition(".")[2] for name, n in nodes.items() if n.place}
    assert functions["chosen"] == "chosen__fast"
    assert functions["by_value"] == "parameters"
    assert functions["extracts__0"] == functions["p"] == "extracts"
    assert functions["mutated.with_tripled"] == "_tripled"
    assert nodes["chosen"].module == "tests.support.decorators"


WRAPPED = """
    import functools
    import pandas as pd

    def _timed(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            return function(*args, **kwargs)
        return wrapper

    @_timed
    def one(table: pd.DataFrame) -> int:
        return table["age"].sum()

    @_timed
    def two(table: pd.DataFrame) -> int:
        return table["fare"].sum()
"""


def test_a_wrapped_function_is_told_as_it_was_written(flows: Flows) -> None:
    flow = flows.module(WRAPPED)
    found = nodes_of(flow)
    record = record_of(graph_of(flow))
    assert found["one"].code != found["two"].code
    assert found["one"].place is not None
    assert found["one"].place.line == 11
    assert record.texts["flow.one"].splitlines()[:2] == [
        "@_timed",
        "def one(table: pd.DataFrame) -> int:",
    ]


def test_what_wraps_a_function_is_a_part_of_its_code(flows: Flows) -> None:
    before = nodes_of(flows.module(WRAPPED))["one"].code
    other = WRAPPED.replace("return function(*args", "return 2 * function(*args")
    assert nodes_of(flows.module(other, "other"))["one"].code != before


def test_of_a_wrapped_function_no_columns_are_claimed(flows: Flows) -> None:
    dependencies = nodes_of(flows.module(WRAPPED))["one"].dependencies
    assert [(d.name, d.uses) for d in dependencies] == [("table", None)]


def test_methods_and_functions_without_text_are_read_too(flows: Flows) -> None:
    flow = flows.module("""
        class Maker:
            def made(x: int) -> int:
                return x

        made = Maker.made
    """)
    exec("def told(made: int) -> int:\n    return made\n", vars(flow))
    found = nodes_of(flow)
    assert found["made"].place is not None
    assert found["made"].place.function == "flow.Maker.made"
    assert found["told"].place is not None
    assert found["told"].place.file == "<string>"
    assert (found["told"].code or "").startswith("b:")


def test_secrets_in_documentation_and_text_are_masked(flows: Flows) -> None:
    flow = flows.module("""
        def loaded() -> int:
            '''From https://user:pass@host/x.csv?sig=abc.'''
            password = "hunter22"
            return len(password)
    """)
    record = record_of(graph_of(flow))
    assert record.nodes[0].documentation == "From https://host/x.csv"
    assert "hunter22" not in record.texts["flow.loaded"]
    assert "pass@" not in record.texts["flow.loaded"]


def test_a_reader_notices_a_file_that_was_edited_and_imported_again(
    flows: Flows, tmp_path: Path
) -> None:
    reader = NodeReader(Masker())
    source = "def told(x: int) -> int:\n    return {}\n"
    first = record_of(graph_of(flows.module(source.format("x"))), reader)
    second = record_of(graph_of(flows.module(source.format("x + 1"))), reader)
    assert first.texts["flow.told"] == source.format("x")
    assert second.texts["flow.told"] == source.format("x + 1")
    assert first.nodes[0].code != second.nodes[0].code


def test_each_function_is_read_once(flows: Flows, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = NodeReader(Masker())
    asked: list[str] = []
    of: Callable[[types.FunctionType], object] = reader._texts.of

    def count(function: types.FunctionType) -> object:
        asked.append(function.__qualname__)
        return of(function)

    monkeypatch.setattr(reader, "_text", functools.lru_cache(count))
    graph = graph_of(decorators, config={**decorators.CONFIG, **decorators.POWER})
    record_of(graph, reader)
    record_of(graph, reader)
    assert len(asked) == len(set(asked))

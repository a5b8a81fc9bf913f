"""What is read of each decorator that Hamilton has, as itself and within subdags."""

import ast
import inspect
import types
from pathlib import Path

import pytest
from hamilton import ad_hoc_utils, base, function_modifiers
from hamilton.io.materialization import from_, to

from hamilton_ol.records import NodeRecord
from tests.support import decorators
from tests.support.graphs import graph_of, nodes_of, record_of

CONFIG = {**decorators.CONFIG, **decorators.POWER}

# node | kind | type | owner, if it is another node | field of the owner's result
TABLE = """
    plain                         | function | int
    optional                      | function | int
    tagged                        | function | int
    outputs                       | function | DataFrame
    first                         | function | Series             | outputs | first
    second                        | function | Series             | outputs | second
    described                     | loader   | DataFrame
    load_data.described           | loader   | tuple[dict[str, Any], DataFrame] | described
    chosen                        | function | int
    other                         | function | int
    one_of                        | function | int
    custom                        | function | int
    by_node                       | function | int
    by_value                      | function | int
    by_group                      | function | int
    first_link                    | function | int
    second_link                   | function | int
    from_source                   | function | int
    from_value                    | function | int
    old_value                     | function | int
    old_source                    | function | int
    old_sources                   | function | int
    injected                      | function | int
    fields                        | function | dict[str, Any]
    number                        | function | int                | fields | number
    text                          | function | str                | fields | text
    items                         | function | tuple[int, str]
    left                          | function | int                | items | left
    right                         | function | str                | items | right
    extracts__0                   | function | DataFrame
    p                             | function | Series             | extracts__0 | p
    q                             | function | Series             | extracts__0 | q
    extracts__1                   | function | DataFrame
    r                             | function | Series             | extracts__1 | r
    s                             | function | Series             | extracts__1 | s
    resolved                      | function | DataFrame
    t                             | function | Series             | resolved | t
    light                         | function | int
    heavy                         | function | int
    checked                       | function | int
    checked_raw                   | function | int                | checked
    checked_range_validator       | check    | ValidationResult   | checked
    checked_by_own                | function | int
    checked_by_own_raw            | function | int                | checked_by_own
    checked_by_own_at_most        | check    | ValidationResult   | checked_by_own
    done                          | function | int
    piped_in                      | function | int
    piped_in.with_add_one         | function | int                | piped_in
    piped_in.times                | function | int                | piped_in
    piped_as_of_old               | function | int
    piped_as_of_old.with_add_one  | function | int                | piped_as_of_old
    piped_out                     | function | int
    piped_out.raw                 | function | int                | piped_out
    piped_out.with_add_one        | function | int                | piped_out
    piped_out.with_multiply       | function | int                | piped_out
    piped_out.with_add_one_1      | function | int                | piped_out
    mutated                       | function | int
    mutated.raw                   | function | int                | mutated
    mutated.with_tripled          | function | int                | mutated
    below                         | function | int
    below.given                   | function | int
    below.size                    | function | ConfigDependency
    below._inside                 | function | int
    below._after                  | function | int
    one                           | function | int
    one.given                     | function | int
    one._inside                   | function | int
    one._after                    | function | int
    two                           | function | int
    two.given                     | function | int
    two.factor                    | function | int
    two._inside                   | function | int
    two._after                    | function | int
    widened                       | function | DataFrame
    widened.first                 | function | Series
    widened._doubled              | function | Series
    widened._append               | function | DataFrame          | widened
    loaded                        | function | DataFrame
    loaded.load_data.here         | loader   | tuple[dict[str, Any], DataFrame] | loaded
    loaded.select_data.here       | loader   | DataFrame          | loaded
    loaded.load_data.there        | loader   | tuple[dict[str, Any], DataFrame] | loaded
    loaded.select_data.there      | loader   | DataFrame          | loaded
    read                          | loader   | DataFrame
    read.loader                   | loader   | tuple[DataFrame, dict[str, Any]] | read
    wrote                         | saver    | dict
    saved                         | function | dict[str, Any]
    save.saved                    | saver    | dict[str, Any]     | saved
    saved_under_a_name            | function | DataFrame
    saved_as                      | saver    | dict[str, Any]     | saved_under_a_name
    part                          | expand   | Parallelizable[int]
    squared                       | function | int
    total                         | collect  | int
    to_csv                        | saver    | dict[str, Any]
    to_csv_build_result           | function | DataFrame          | to_csv
    to_pickle                     | saver    | dict[str, Any]
    a                             | input    | int
    b                             | input    | int
    factor                        | input    | int
    csv_path                      | input    | str
    mode                          | config   | Any
    columns                       | config   | Any
    weights                       | config   | Any
    hamilton.enable_power_user_mode | config | Any
"""

# Public names of Hamilton's that are no decorators.
OTHERS = {
    *("DATA_VALIDATOR_ORIGINAL_OUTPUT_TAG", "IS_DATA_VALIDATOR_TAG", "InvalidDecoratorException"),
    *("LiteralDependency", "UpstreamDependency", "logger"),
}
# Hamilton 1.90 keeps from these the config that they need.
BROKEN = {"dynamic_transform", "model"}


@pytest.fixture(scope="module")
def nodes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, NodeRecord]:
    folder = tmp_path_factory.mktemp("materializers")
    return nodes_of(decorators, config=CONFIG, materializers=materializers(folder))


def materializers(folder: Path) -> list[object]:
    columns, result = ["first", "second"], base.PandasDataFrameResult()
    return [
        to.csv(id="to_csv", dependencies=columns, path=str(folder / "a.csv"), combine=result),
        to.pickle(id="to_pickle", dependencies=["plain"], path=str(folder / "a.pickle")),
        from_.csv(target="described", path=str(folder / "b.csv")),
    ]


def test_the_decorated_nodes_are_of_their_kinds_types_and_owners(
    nodes: dict[str, NodeRecord],
) -> None:
    told = {
        n.name: [n.kind, n.type, *([n.owner] * (n.owner != n.name)), *([n.field] * bool(n.field))]
        for n in nodes.values()
    }
    rows = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip().splitlines()]
    assert told == {name: rest for name, *rest in rows}


def test_every_decorator_of_hamilton_is_used() -> None:
    public = {
        name
        for name, value in vars(function_modifiers).items()
        if not name.startswith("_") and not isinstance(value, types.ModuleType)
    }
    tree = ast.parse(inspect.getsource(decorators))
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert public - used == OTHERS | BROKEN


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_a_decorator_that_is_left_out_cannot_be_used(name: str) -> None:
    flow = ad_hoc_utils.module_from_source(f"""
import pandas as pd
from hamilton.function_modifiers import {name}

@{name}(object, "weights")
def weighted() -> pd.Series:
    pass
""")
    with pytest.raises(function_modifiers.InvalidDecoratorException, match="has no parameter"):
        graph_of(flow, config={"weights": {}})


SUBDAGS = """
from hamilton.function_modifiers import parameterized_subdag, source, subdag, value
from tests.support import decorators

@subdag(decorators, inputs={"a": source("number")}, config=decorators.CONFIG)
def once(plain: int) -> int:
    return plain

@parameterized_subdag(
    decorators,
    config=decorators.CONFIG,
    left={"inputs": {"a": source("number")}},
    right={"inputs": {"a": value(3)}},
)
def twice(plain: int) -> int:
    return plain

@subdag(once, config=decorators.CONFIG, inputs={"number": source("number")})
def deep(once: int) -> int:
    return once
"""


@pytest.fixture(scope="module")
def nested() -> dict[str, NodeRecord]:
    return nodes_of(ad_hoc_utils.module_from_source(SUBDAGS), config=CONFIG)


@pytest.mark.parametrize("namespace", ["once", "left", "right", "deep.once"])
def test_within_a_subdag_all_is_as_outside_but_for_the_names(
    nested: dict[str, NodeRecord], namespace: str
) -> None:
    plain = nodes_of(decorators, config=CONFIG)
    inner = {name: n for name, n in plain.items() if n.kind not in {"input", "config"}}
    for name, node in inner.items():
        record = nested[f"{namespace}.{name}"]
        assert record.owner == f"{namespace}.{node.owner}", name
        for attribute in ("kind", "type", "field", "fields", "variant", "place", "code"):
            assert getattr(record, attribute) == getattr(node, attribute), (name, attribute)


def test_the_nodes_that_hand_inputs_to_a_subdag_have_their_own_jobs(
    nested: dict[str, NodeRecord],
) -> None:
    for name in ("once.a", "left.a", "right.a", "deep.number", "deep.once.a"):
        assert (nested[name].kind, nested[name].owner) == ("function", name)


def test_only_external_nodes_and_materializers_have_no_place(nodes: dict[str, NodeRecord]) -> None:
    without = {
        n.name for n in nodes.values() if n.place is None and n.kind not in {"input", "config"}
    }
    assert without == {
        *("described", "load_data.described"),
        *("to_csv", "to_csv_build_result", "to_pickle"),
    }


def test_every_text_of_the_dataflow_is_read() -> None:
    record = record_of(graph_of(decorators, config=CONFIG))
    written = {n.place.function for n in record.nodes if n.place}
    assert set(record.texts) == written
    assert all(not (n.code or "").startswith("b:") for n in record.nodes)

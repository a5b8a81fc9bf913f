"""A run of every decorator that Hamilton has: its edges are Hamilton's, its columns lead back."""

from pathlib import Path

import pandas as pd
import pytest
from hamilton import base, driver
from hamilton.execution.executors import MultiThreadingExecutor
from hamilton.io.materialization import from_, to

from hamilton_ol import OpenLineageHook
from hamilton_ol.dataflow.owners import owners
from tests.support import decorators
from tests.support.events import dataset, event_of, names, parsed, sources_of
from tests.support.flows import Flows, events, execute, latest

CONFIG = {**decorators.CONFIG, **decorators.POWER}
INPUTS = {"a": 3, "factor": 2, "csv_path": "in.csv"}
WITHIN = {"part", "squared"}  # of a block; Hamilton returns nothing from there
MATERIALIZERS = (
    to.csv(
        id="to_csv",
        dependencies=["first", "second"],
        path="a.csv",
        combine=base.PandasDataFrameResult(),
    ),
    to.pickle(id="to_pickle", dependencies=["plain"], path="a.pickle"),
    from_.csv(target="described", path="there.csv"),
)


@pytest.fixture
def dr(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> driver.Driver:
    monkeypatch.chdir(tmp_path)
    for name in ("in.csv", "there.csv"):
        pd.DataFrame({"first": [1], "second": [2]}).to_csv(name)
    return (
        driver.Builder()
        .with_modules(decorators)
        .with_config(CONFIG)
        .enable_dynamic_execution(allow_experimental_mode=True)
        .with_remote_executor(MultiThreadingExecutor(2))
        .with_materializers(*MATERIALIZERS)
        .with_adapters(OpenLineageHook("job", store=store))
        .build()
    )


def test_jobs_are_joined_as_hamilton_joins_their_functions(dr: driver.Driver, store: Path) -> None:
    nodes = {name: node for name, node in dr.graph.nodes.items() if not node.user_defined}
    dr.execute(sorted(nodes.keys() - WITHIN), inputs=INPUTS)
    run = latest(store)
    assert {n.node for n in run.nodes} == nodes.keys()
    owner = {name: found[0] for name, found in owners(dr.graph.nodes).items()}
    expected = {
        (owner[needed.name], owner[name])
        for name, node in nodes.items()
        for needed in node.dependencies
        if needed.name in nodes and owner[needed.name] != owner[name]
    }
    ends = [parsed(event) for event in events(run) if event.type == "COMPLETE"]
    jobs = {end["job"]["name"].removeprefix("job."): end for end in ends if end["inputs"]}
    told = {(name, job) for job, end in jobs.items() for name in names(end, "inputs")}
    assert {edge for edge in told if not edge[0].endswith(".csv")} == expected


SUBDAG = """
import pandas as pd
from hamilton.function_modifiers import extract_columns, source, subdag

@extract_columns("age", "fare")
def people() -> pd.DataFrame:
    return pd.DataFrame({"age": [1], "fare": [2]})

def doubled(age: pd.Series) -> pd.Series:
    return age * 2

def table(doubled: pd.Series, fare: pd.Series) -> pd.DataFrame:
    return pd.DataFrame({"doubled": doubled, "fare": fare, "new": 1})

@subdag(doubled, table, inputs={"age": source("age"), "fare": source("fare")})
def joined(table: pd.DataFrame) -> pd.DataFrame:
    return table
"""


def test_a_column_of_a_table_within_a_subdag_comes_from_the_argument_of_its_name(
    flows: Flows, store: Path
) -> None:
    found = events(execute(flows.module(SUBDAG), ["joined"], store))
    output = dataset(event_of(found, "job.joined.table"), "joined.table", "outputs")
    assert sources_of(output) == {
        "doubled": {("joined.doubled", "joined.doubled", "DIRECT")},
        "fare": {("joined.fare", "joined.fare", "DIRECT")},
    }


WITH_COLUMNS = """
import pandas as pd
from hamilton.plugins.h_pandas import with_columns

def people() -> pd.DataFrame:
    return pd.DataFrame({"age": [1], "fare": [2]})

def squared(age: pd.Series) -> pd.Series:
    return (age ** 2).rename("squared")

@with_columns(squared, columns_to_pass=["age"], select=["squared"])
def wide(people: pd.DataFrame) -> pd.DataFrame:
    return people
"""


def test_columns_that_are_added_to_a_table_lead_back_to_those_they_are_made_of(
    flows: Flows, store: Path
) -> None:
    found = events(execute(flows.module(WITH_COLUMNS), ["wide"], store))
    output = dataset(event_of(found, "job.wide"), "wide", "outputs")
    assert sources_of(output) == {
        "age": {("people", "age", "DIRECT")},
        "fare": {("people", "fare", "DIRECT")},
        "squared": {("wide.squared", "wide.squared", "DIRECT")},
    }
    passed = dataset(event_of(found, "job.wide.age"), "wide.age", "outputs")
    assert sources_of(passed) == {"wide.age": {("people", "age", "DIRECT")}}

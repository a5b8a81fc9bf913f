"""dbt makes a table, a Hamilton dataflow reads it: one graph of both.

`events.ndjson` is what `dbt-ol run` told of the project `shop` beside this file: openlineage-dbt
1.54.0 with dbt-core 1.10.23 and dbt-duckdb 1.9.6, after `dbt seed`. To record it anew:
`RECORD_DBT=1 make dbt`, which is also what runs the real dbt. That is not a part of
`make test` unless `make dbt` has set up its environment; the header of the tests says so.

dbt calls its DuckDB file as the profile does, relative to the project; the dataflow calls the table
by a name of its own. The setting `sources` says that both are one, in either way.
"""

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from shutil import copytree
from typing import Any, NamedTuple

import pytest

from hamilton_ol.config import resolve
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.parents import environment_of
from hamilton_ol.sources.loading import load
from tests.support.dbt import DBT
from tests.support.flows import latest

HERE = Path(__file__).parent
FIXTURE = HERE / "events.ndjson"
DATASET = "duckdb://shop.duckdb/shop.main.customers"
DBT_NAMED_OURS = {DATASET: "shop.customers"}
OURS_NAMED_DBTS = {"shop.customers": DATASET}
DBT_JOB = "job:dbt:shop.main.shop.customers"


def graph(*sources: str, **settings: Any) -> LineageGraph:
    return load(*sources, settings=resolve(settings, environ={}))


@pytest.mark.parametrize("named", [DBT_NAMED_OURS, OURS_NAMED_DBTS], ids=["dbt's", "ours"])
def test_dbts_table_and_what_a_dataflow_reads_are_one_when_it_is_said(
    named: dict[str, str],
) -> None:
    found = graph(f"events:{FIXTURE}", str(HERE / "report.py"), sources=named)
    between = found.between(DBT_JOB, "best_customer")
    assert {node.name for node in between.nodes} >= {"customers", "best_customer"}
    assert len(between.nodes) == 4


def test_without_it_they_are_two() -> None:
    found = graph(f"events:{FIXTURE}", str(HERE / "report.py"))
    assert not len(found.between(DBT_JOB, "best_customer"))


def test_columns_are_traced_through_dbts_models() -> None:
    found = graph(f"events:{FIXTURE}")
    spent = [e.origin for e in found.columns.edges if e.target.name == "spent" and e.direct]
    assert [(one.node, one.name) for one in spent] == [
        ("dataset:duckdb://shop.duckdb:shop.main.orders", "price")
    ]


class Ran(NamedTuple):
    """A real run: the events of dbt, the store of the dataflow, and the dataflow's run."""

    events: Path
    store: Path
    run_id: str


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """dbt makes the table, the dataflow reads it, and dbt runs again as the child of that run."""
    if DBT is None:
        pytest.skip("dbt is not set up: `make dbt` does it")
    folder = tmp_path_factory.mktemp("dbt")
    shop, events, store = copytree(HERE / "shop", folder / "shop"), folder / "e", folder / "store"
    environ = {
        "DBT_PROFILES_DIR": str(shop),
        "DO_NOT_TRACK": "1",
        "PATH": f"{DBT}{os.pathsep}{os.environ['PATH']}",
    }
    _run([DBT / "dbt", "build"], shop, environ)
    flow = [DBT / "python", HERE / "report.py", store, shop / "shop.duckdb"]
    assert _run(flow, shop, environ).split()[-1] == "bob"
    run = latest(store)
    parent = environment_of(run.started.as_parent())
    there = {"OPENLINEAGE_CONFIG": str(_transport(folder, events))}  # of dbt alone
    _run([DBT / "dbt-ol", "run"], shop, environ | parent | there)
    return Ran(events, store, run.run_id)


def _transport(folder: Path, events: Path) -> Path:
    config = folder / "openlineage.yml"
    transport = {"type": "file", "log_file_path": str(events), "append": True}
    config.write_text(json.dumps({"transport": transport}))  # JSON is YAML
    return config


def _run(words: list[Any], folder: Path, environ: Mapping[str, str]) -> str:
    done = subprocess.run(
        [str(word) for word in words],
        cwd=folder,
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert not done.returncode, done.stdout + done.stderr
    return done.stdout


@pytest.mark.timeout(600)
def test_a_real_dbt_and_a_real_run_join(ran: Ran) -> None:
    sources = (f"events:{ran.events}", "run:latest")
    found = graph(*sources, store=ran.store, sources=DBT_NAMED_OURS)
    assert len(found.between(DBT_JOB, "best_customer").nodes) == 4


@pytest.mark.timeout(600)
def test_dbt_names_our_run_as_its_parent(ran: Ran) -> None:
    told = [json.loads(line) for line in ran.events.read_text("utf-8").splitlines()]
    whole = [one["run"] for one in told if one["job"]["name"] == "dbt-run-shop"]
    assert {run["facets"]["parent"]["run"]["runId"] for run in whole} == {ran.run_id}


@pytest.mark.timeout(600)
def test_the_fixture_is_what_dbt_tells(ran: Ran) -> None:
    if os.environ.get("RECORD_DBT"):
        FIXTURE.write_bytes(ran.events.read_bytes())
    assert _names(ran.events) == _names(FIXTURE)


def _names(path: Path) -> list[tuple[str, ...]]:
    """Of each event its type, its job and its datasets."""
    told = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [
        (
            one["eventType"],
            one["job"]["name"],
            *(f"{d['namespace']}/{d['name']}" for side in ("inputs", "outputs") for d in one[side]),
        )
        for one in told
    ]

"""What is told of loads and saves, through real drivers and Hamilton's own loaders and savers."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hamilton import base as results
from hamilton import driver
from hamilton.io.materialization import from_, to
from hamilton.lifecycle import base
from hamilton.node import Node

from hamilton_ol.dataflow.accesses import access_of, catch_access
from hamilton_ol.dataflow.results import Looks
from hamilton_ol.masking import Masker
from hamilton_ol.records import DatasetAccess, Schema
from tests.support.flows import Flows

HEAD = """
import os
from pathlib import Path
from typing import Any
import pandas as pd
from hamilton.function_modifiers import *

"""
TABLE = pd.DataFrame({"a": [1, 2], "b": ["x", "y"]})
COLUMNS = Schema((("a", "int64"), ("b", "str")), table=True)


class Catcher(base.BasePostNodeExecute):
    """Collects the accesses of a run, made into records as the writer does: later."""

    def __init__(self) -> None:
        self._caught: list[tuple[Node, Any]] = []
        self._looks = Looks()

    def post_node_execute(self, **seen: Any) -> None:
        found = catch_access(seen["node_"], seen["kwargs"], seen["result"], self._looks)
        if found is not None:
            self._caught.append((seen["node_"], found))

    def accesses(self) -> dict[str, DatasetAccess]:
        masker = Masker()
        return {node.name: access_of(node, found, masker) for node, found in self._caught}


Run = Callable[..., dict[str, DatasetAccess]]


@pytest.fixture
def run(flows: Flows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Executes a source in an empty folder; gives the accesses by node."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)

    def execute(
        source: str, *outputs: str, materializers: tuple[Any, ...] = (), **inputs: Any
    ) -> dict[str, DatasetAccess]:
        catcher = Catcher()
        builder = driver.Builder().with_modules(flows.module(HEAD + source))
        dr = builder.with_adapters(catcher).with_materializers(*materializers).build()
        dr.execute(list(outputs), inputs=inputs)
        return catcher.accesses()

    return execute


def test_a_csv_is_told_with_path_size_time_rows_and_columns(run: Run) -> None:
    TABLE.to_csv("in.csv", index=False)
    source = '@load_from.csv(path="in.csv")\ndef f(t: pd.DataFrame) -> int:\n    return len(t)\n'
    stat = Path("in.csv").stat()
    assert run(source, "f") == {
        "f.load_data.t": DatasetAccess(
            node="f.load_data.t",
            mode="read",
            location=str(Path("in.csv").resolve()),
            format="csv",
            rows=2,
            size=stat.st_size,
            modified=stat.st_mtime,
            schema=COLUMNS,
        )
    }


def test_what_is_written_and_read_again_is_called_the_same(run: Run) -> None:
    Path("sub").mkdir()
    Path("link").symlink_to("sub")
    source = """
@save_to.csv(path=source("out"))
def made() -> pd.DataFrame:
    return pd.DataFrame({"a": [1, 2], "b": ["x", "y"]})

@load_from.csv(path=source("back"))
def read(t: pd.DataFrame) -> int:
    return len(t)
"""
    written = run(source, "save.made", out="sub/a.csv")["save.made"]
    read = run(source, "read", back=f"file://{Path.cwd()}/link/a.csv")["read.load_data.t"]
    assert written.location == read.location == str(Path("sub/a.csv").resolve())
    assert (written.mode, read.mode) == ("write", "read")
    assert written.format == read.format == "csv"
    assert written.rows == read.rows == 2
    names = [dict(one.schema.fields).keys() for one in (written, read) if one.schema]
    assert names[0] >= names[1] - {"Unnamed: 0"}


def test_a_relative_path_starts_where_the_run_was_then(run: Run, tmp_path: Path) -> None:
    TABLE.to_csv("in.csv", index=False)
    source = f"""
@load_from.csv(path="in.csv")
def first(t: pd.DataFrame) -> int:
    os.chdir({str(tmp_path)!r})
    return len(t)
"""
    here = Path.cwd()
    access = run(source, "first")["first.load_data.t"]
    assert Path.cwd() != here
    assert access.location == str(here.resolve() / "in.csv")


def test_json_and_pickle_are_told_without_columns(run: Run) -> None:
    source = """
@save_to.pickle(path="a.pkl", target_="keys")
@save_to.json(path=source("out"), target_="keys", output_name_="kept")
def keys() -> dict[str, Any]:
    return {"a": 1}

@load_from.json(path=source("out"), inject_="one")
@load_from.pickle(path="a.pkl", inject_="two")
def back(one: dict[str, Any], two: dict[str, Any]) -> int:
    return len(one) + len(two)
"""
    found = run(source, "kept", "save.keys", out="a.json")
    found |= run(source, "back", out="a.json")
    assert {name: (a.format, a.schema, a.rows) for name, a in found.items()} == {
        "kept": ("json", None, None),
        "save.keys": ("pickle", None, None),
        "back.load_data.one": ("json", None, None),
        "back.load_data.two": ("pickle", None, None),
    }
    assert found["kept"].location == found["back.load_data.one"].location
    assert all(a.size and a.modified for a in found.values())


def test_materializers_are_told_too(run: Run) -> None:
    TABLE.to_csv("in.csv", index=False)
    source = """
def table(a: int) -> pd.DataFrame:
    return pd.DataFrame({"a": [a]})

def total(table: pd.DataFrame) -> int:
    return len(table)
"""
    joined = results.PandasDataFrameResult()
    found = run(
        source,
        "kept",
        materializers=(
            from_.csv(target="table", path="in.csv"),
            to.csv(id="kept", dependencies=["table"], path="out.csv", combine=joined),
        ),
        a=1,
    )
    assert {name: (a.mode, Path(a.location).name) for name, a in found.items()} == {
        "load_data.table": ("read", "in.csv"),
        "kept": ("write", "out.csv"),
    }


def test_a_table_of_a_database_is_told_without_its_query(run: Run) -> None:
    connection = sqlite3.connect("a.db")
    source = """
@save_to.sql(table_name="people", db_connection=source("db"))
def made() -> pd.DataFrame:
    return pd.DataFrame({"a": [1, 2]})

@load_from.sql(query_or_table=source("query"), db_connection=source("db"))
def read(t: pd.DataFrame) -> int:
    return len(t)
"""
    written = run(source, "save.made", db=connection)["save.made"]
    assert (written.table, written.format, written.rows) == ("people", "sql", 2)
    for query in ("SELECT a FROM people", "select a from people"):
        read = run(source, "read", db=connection, query=query)["read.load_data.t"]
        assert (read.table, read.location, read.format, read.rows) == ("", "", "sql", 2)
        assert read.schema == Schema((("a", "int64"),), table=True)
    connection.close()


def test_literals_are_found_within_a_subdag(
    run: Run, flows: Flows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pd, "read_sql", lambda *given, **more: TABLE)
    inner = """
@dataloader()
def got(url: str = "https://user:pw@host/table?sig=abc") -> tuple[pd.DataFrame, dict]:
    return pd.DataFrame(), {}

@load_from.sql(query_or_table="SELECT 1", db_connection="postgresql://u:pw@host/db")
def read(t: pd.DataFrame) -> int:
    return 1
"""
    outer = """
import inner

@subdag(inner)
def outer(got: object, read: int) -> int:
    return read
"""
    flows.module(HEAD + inner, "inner")
    found = run(outer, "outer")
    assert found["outer.got.loader"].location == "https://host/table"
    assert found["outer.read.load_data.t"].location == "postgresql://host/db"


@pytest.mark.parametrize("inside", ["literal", "environment", "memory"])
def test_values_of_the_program_are_no_datasets(run: Run, inside: str) -> None:
    source = {
        "literal": '@load_from.literal(value="https://host/")\ndef f(t: str) -> str:\n    return t\n',
        "environment": '@load_from.environment(names=("HOME",))\n'
        "def f(t: dict) -> dict:\n    return t\n",
        "memory": '@save_to.memory(output_name_="f")\ndef g() -> dict:\n'
        '    return {"file_metadata": {"path": "/secret"}}\n',
    }[inside]
    assert run(source, "f") == {}


def test_a_saver_that_is_called_like_one_of_hamiltons_is_one(run: Run) -> None:
    source = '@datasaver()\ndef memory() -> dict:\n    return {"path": "/x/a.csv"}\n'
    access = run(source, "memory")["memory"]
    assert (access.location, access.format) == ("/x/a.csv", "csv")


def test_a_checked_loader_or_saver_is_told_once(run: Run) -> None:
    source = """
from hamilton.data_quality import base as dq

class Own(dq.DataValidator):
    applies_to = lambda self, datatype: True
    description = lambda self: "own"
    name = classmethod(lambda cls: "own")
    validate = lambda self, dataset: dq.ValidationResult(True, "")

@check_output_custom(Own("warn"))
@dataloader()
def read() -> tuple[dict, dict]:
    return {}, {"path": "/x/in.json"}

@check_output_custom(Own("warn"), target_="wrote")
@extract_fields({"path": str})
@datasaver()
def wrote(read: dict) -> dict:
    return {"path": "/x/out.json"}
"""
    found = run(source, "wrote", "path", "read")
    assert {name: a.location for name, a in found.items()} == {
        "read.loader": "/x/in.json",
        "wrote_raw": "/x/out.json",
    }

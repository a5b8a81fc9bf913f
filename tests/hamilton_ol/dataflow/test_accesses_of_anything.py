"""Loaders and savers of people's own: whatever they take and return, nothing breaks or leaks."""

import sys
from io import BytesIO
from pathlib import Path, PureWindowsPath
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hamilton.node import Node
from hypothesis import given
from hypothesis import strategies as st

from hamilton_ol.dataflow.accesses import access_of, catch_access
from hamilton_ol.dataflow.results import Looks
from hamilton_ol.masking import Masker
from hamilton_ol.records import DatasetAccess, Schema
from tests.support.flows import Flows
from tests.support.graphs import graph_of

SOURCE = """
import pandas as pd
from hamilton.function_modifiers import *

@dataloader()
def read(place: object, other: object = None) -> tuple[pd.DataFrame, dict]:
    return pd.DataFrame(), {}

def computed(place: object) -> object:
    return place

@datasaver()
def wrote(computed: object, place: object) -> dict:
    return {}
"""


@pytest.fixture(scope="module")
def nodes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Node]:
    flows = Flows(tmp_path_factory.mktemp("flows"))
    nodes: dict[str, Node] = graph_of(flows.module(SOURCE, "flow_of_anything")).nodes
    flows.forget()
    return nodes


def told(node: Node, result: Any, **kwargs: Any) -> DatasetAccess | None:
    found = catch_access(node, kwargs, result, Looks())
    return access_of(node, found, Masker()) if found else None


def read(nodes: dict[str, Node], metadata: Any, **kwargs: Any) -> DatasetAccess:
    found = told(nodes["read.loader"], (None, metadata), **kwargs)
    assert found is not None
    return found


def wrote(nodes: dict[str, Node], metadata: Any, **kwargs: Any) -> DatasetAccess:
    found = told(nodes["wrote"], metadata, **kwargs)
    assert found is not None
    return found


NOTHING = DatasetAccess("read.loader", "read")


@pytest.mark.parametrize("result", [None, (), (1,), (1, {}, 3), [1, {}], {}, "x", pd.DataFrame()])
def test_a_loader_that_does_not_return_data_and_metadata_says_nothing(
    nodes: dict[str, Node], result: Any
) -> None:
    assert told(nodes["read.loader"], result) is None


def test_other_nodes_say_nothing(nodes: dict[str, Node]) -> None:
    for name in ("read", "computed", "place"):
        assert told(nodes[name], (1, {"path": "/x.csv"})) is None


@pytest.mark.parametrize(
    "metadata",
    [
        *(None, 5, "text", [], (), object(), pd.DataFrame({"a": [1]}), np.zeros(3), {}),
        {"file_metadata": None},
        {"file_metadata": ({"path": "/x.csv"},)},
        {"file_metadata": {"path": BytesIO(), "size": "big", "last_modified": "now"}},
        {"file_metadata": {"path": None, "size": True, "last_modified": 5.0}},
        {"file_metadata": {"path": "", "last_modified": 5.0}},
        {"file_metadata": {"path": "select *\nfrom t"}},
        {"file_metadata": {"path": "SELECT a FROM t WHERE b = 'secret/x.csv'"}},
        {"file_metadata": {"path": " ( select 1) union select 2"}},
        {"file_metadata": {"path": "with x as (select 1) select * from x"}},
        {"sql_metadata": {"rows": "many", "table_name": "select a from b"}},
        {"sql_metadata": {"rows": None, "table_name": 5, "query": "SELECT 1"}},
        {"dataframe_metadata": {"column_names": ["a"], "datatypes": None, "rows": 1.5}},
        {"dataframe_metadata": {"column_names": ["a"], "datatypes": []}},
        {"dataframe_metadata": {"column_names": "a", "datatypes": "b"}},
        {"path": object(), "source": "kaggle", "url": 5, "uri": ["s3://b/k"]},
    ],
)
def test_malformed_metadata_says_nothing(nodes: dict[str, Node], metadata: Any) -> None:
    assert read(nodes, metadata) == NOTHING
    assert wrote(nodes, metadata) == DatasetAccess("wrote", "write")


@pytest.mark.parametrize("key", ["path", "source", "destination", "location", "uri", "url", "file"])
def test_the_usual_keys_say_where(nodes: dict[str, Node], key: str) -> None:
    assert read(nodes, {key: "/x/y.parquet"}).location == "/x/y.parquet"
    assert wrote(nodes, {key: Path("/x/y.parquet")}).location == "/x/y.parquet"
    assert wrote(nodes, {key: "s3://b/k.csv?sig=abc"}).format == "csv"


@pytest.mark.parametrize(
    ("path", "location", "kind"),
    [
        ("/x/a.csv", "/x/a.csv", "csv"),
        (Path("/x/a.json.gz"), "/x/a.json.gz", "json"),
        ("s3://bucket/a/b.parquet", "s3://bucket/a/b.parquet", "parquet"),
        ("https://user:pw@host:8080/x.csv?sig=SECRET#part", "https://host:8080/x.csv", "csv"),
        ("file:///x/a.csv", "/x/a.csv", "csv"),
        ("C:\\data\\a.xlsx", "C:\\data\\a.xlsx", "excel"),
        (PureWindowsPath("C:/data/a.csv"), "C:\\data\\a.csv", "csv"),
        ("abfss://container@account.dfs.core.windows.net/x.csv", None, "csv"),
    ],
)
def test_paths_and_urls_are_clean(
    nodes: dict[str, Node], path: Any, location: str | None, kind: str
) -> None:
    found = read(nodes, {"file_metadata": {"path": path, "size": 5, "last_modified": 7}})
    expected = str(path) if location is None else location
    assert (found.location, found.format, found.size, found.modified) == (expected, kind, 5, 7.0)


@pytest.mark.parametrize(
    "place",
    ["s3://b/hf_abcdefghijklmnopqrstuv/a.csv", "https://hooks.slack.com/services/T0/B0/abcdefgh"],
)
def test_secrets_in_paths_are_masked(nodes: dict[str, Node], place: str) -> None:
    for found in (read(nodes, {"path": place}), read(nodes, {}, place=place)):
        assert "***" in found.location
        assert "abcdefgh" not in found.location


def test_a_time_without_a_size_is_made_up(nodes: dict[str, Node]) -> None:
    found = read(nodes, {"file_metadata": {"path": "s3://b/k", "size": None, "last_modified": 7}})
    assert (found.size, found.modified) == (None, None)


def test_columns_that_a_saver_tells_are_named_as_those_that_are_read(
    nodes: dict[str, Node],
) -> None:
    frame = {
        "rows": 3,
        "column_names": ["a", ("b", "mean"), "a", 5],
        "datatypes": ["Int64", "string", "float64", "Enum(categories=['secret'])"],
    }
    found = wrote(nodes, {"dataframe_metadata": frame})
    expected = (("a", "int64"), ("b.mean", "str"), ("5", "category"))
    assert (found.rows, found.schema) == (3, Schema(expected, table=True))


def test_what_was_loaded_says_more_than_the_metadata(nodes: dict[str, Node]) -> None:
    frame = {"dataframe_metadata": {"rows": None, "column_names": ["x"], "datatypes": ["object"]}}
    data = pd.DataFrame({"a": [1, 2]})
    found = told(nodes["read.loader"], (data, frame))
    assert found is not None
    assert (found.rows, found.schema) == (2, Schema((("a", "int64"),), table=True))


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Stands for an engine of SQLAlchemy, which is not among the tests' libraries."""
    module = ModuleType("sqlalchemy.engine.base")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    kind = type("Engine", (SimpleNamespace,), {"__module__": module.__name__})
    url = SimpleNamespace(host="h", port=5432, database="db", get_backend_name=lambda: "postgresql")
    return kind(url=url)


def test_an_engine_says_where_a_table_is(nodes: dict[str, Node], engine: Any) -> None:
    found = read(nodes, {"sql_metadata": {"rows": 3, "table_name": "people"}}, place=engine)
    assert (found.location, found.table, found.rows) == ("postgresql://h:5432/db", "people", 3)


@pytest.mark.parametrize(
    ("place", "location"),
    [
        ("postgresql://user:pw@h/db", "postgresql://h/db"),
        ("jdbc:postgresql://user:pw@h/db", "postgresql://h/db"),
        ("https://host/api?token=abc", "https://host/api"),
        ("see https://host/ for more", ""),
        ("/a/plain/path.csv", ""),
        (b"https://host/", ""),
        (["https://host/"], ""),
    ],
)
def test_an_argument_that_is_a_url_says_where(
    nodes: dict[str, Node], place: Any, location: str
) -> None:
    assert read(nodes, {}, place=place).location == location
    assert wrote(nodes, {}, place=place).location == location


def test_what_a_dataflow_computed_does_not_say_where_it_is_saved(nodes: dict[str, Node]) -> None:
    assert wrote(nodes, {}, computed="https://host/secret").location == ""


def test_metadata_is_taken_when_it_is_seen(nodes: dict[str, Node]) -> None:
    metadata = {"file_metadata": {"path": "/x/a.csv", "size": 1}}
    found = catch_access(nodes["read.loader"], {}, (None, metadata), Looks())
    assert found is not None
    metadata["file_metadata"]["path"] = "/x/b.csv"
    assert access_of(nodes["read.loader"], found, Masker()).location == "/x/a.csv"


def test_a_folder_that_was_removed_is_no_obstacle(
    nodes: dict[str, Node], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert read(nodes, {"path": "/x/a.csv"}).location == "/x/a.csv"


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner, inner),
    max_leaves=5,
)
parts = st.dictionaries(
    st.sampled_from(["path", "size", "last_modified", "rows", "table_name"])
    | st.sampled_from(["column_names", "datatypes"]),
    anything,
)
metadata = st.dictionaries(
    st.sampled_from(["file_metadata", "sql_metadata", "dataframe_metadata", "path", "url"]),
    parts | anything,
)


@given(said=metadata | anything, place=anything)
def test_no_metadata_and_no_argument_breaks_anything(
    nodes: dict[str, Node], said: Any, place: Any
) -> None:
    found = read(nodes, said, place=place)
    assert found.mode == "read"
    assert "@" not in found.location.partition("://")[2].partition("/")[0]
    assert wrote(nodes, said, place=place).mode == "write"

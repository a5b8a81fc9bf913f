"""What sources and sinks are called, and what is told of them."""

from pathlib import Path
from typing import Any

import pytest
from hamilton.io.materialization import to

from hamilton_ol import OpenLineageHook
from hamilton_ol.mapping.events import Event
from hamilton_ol.records import DatasetAccess
from tests.support.events import (
    Json,
    dataset,
    event_of,
    names,
    places,
    schema,
    sources_of,
    tags,
    told,
)
from tests.support.flows import Flows, build, events, execute, latest
from tests.support.runs import column, failed, graph, node, one, ran, run, table

COLUMNS = table(a="int64", b="str")


def tagged(**tags: Any) -> Any:
    """A run of a function that loads a table and has these tags."""
    return run(graph(node("t", tags=tags)), ran("t", 1, 2, schema=COLUMNS))


def loaded(location: str = "/data/in.csv", table_name: str = "", **tags: Any) -> Any:
    """A run of a function whose loader says where it found a table."""
    loading = graph(node("t.load", owner="t", kind="loader"), node("t", "t.load", tags=tags))
    access = DatasetAccess("t.load", "read", location, table_name, "csv", 1, 9, 1.5, COLUMNS)
    nodes = ran("t.load", 1, 2), ran("t", 2, 3, schema=COLUMNS)
    return run(loading, *nodes, accesses=(access,))


def read(found: list[Event], kind: str = "COMPLETE") -> Json:
    """The only source of t."""
    (source,) = event_of(found, "dag.t", kind)["inputs"]
    return dict(source)


def name_of(found: list[Event]) -> tuple[str, str]:
    source = read(found)
    return source["namespace"], source["name"]


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("prod.kaggle", ("ns", "prod.kaggle")),
        ("/data/x.csv", ("file", "/data/x.csv")),
        ("s3://bucket/x.csv", ("s3://bucket", "x.csv")),
        ("postgres://me:pw@h/db/t", ("postgres://h:5432", "db.public.t")),
    ],
)
def test_a_source_tag_is_a_uri_a_path_or_a_name_in_the_jobs_namespace(
    tag: str, expected: tuple[str, str]
) -> None:
    assert name_of(events(tagged(source=tag))) == expected


def test_names_of_tags_may_have_a_namespace_of_their_own() -> None:
    found = events(tagged(source="prod.kaggle"), source_namespace="lake")
    assert name_of(found) == ("lake", "prod.kaggle")


@pytest.mark.parametrize("key", ["source", "Source", "SOURCE"])
def test_the_key_of_a_source_tag_matches_without_case(key: str) -> None:
    found = events(tagged(**{key: "prod.kaggle"}))
    assert name_of(found) == ("ns", "prod.kaggle")
    assert tags(read(found)) == set()


def test_a_source_tag_that_says_nothing_names_no_source() -> None:
    assert event_of(events(tagged(source=" ")), "dag.t")["inputs"] == []


def test_a_source_has_the_columns_of_what_was_loaded_from_it() -> None:
    found = events(tagged(source="prod.kaggle"))
    for kind in ("START", "COMPLETE"):
        assert schema(read(found, kind)) == {"a": "int64", "b": "str"}
    made = dataset(event_of(found, "dag.t"), "t", "outputs")
    assert sources_of(made) == {
        "a": {("prod.kaggle", "a", "DIRECT")},
        "b": {("prod.kaggle", "b", "DIRECT")},
    }


def test_a_loaders_location_comes_before_the_tag_which_stays_a_tag() -> None:
    found = events(loaded(source="prod.kaggle"))
    assert name_of(found) == ("file", "/data/in.csv")
    assert tags(read(found)) == {("source", "prod.kaggle")}


def test_a_tag_that_says_the_same_as_the_loader_is_not_repeated() -> None:
    assert tags(read(events(loaded(source="file:///data/in.csv")))) == set()


@pytest.mark.parametrize("key", ["prod.kaggle", "/data/in.csv", "t.load", "t"])
def test_the_settings_come_first_by_tag_location_or_node(key: str) -> None:
    found = events(loaded(source="prod.kaggle"), sources={key: "s3://lake/people.csv"})
    assert name_of(found) == ("s3://lake", "people.csv")
    assert tags(read(found)) == {("source", "prod.kaggle")}


def test_a_tag_that_lost_to_the_settings_stays_a_tag() -> None:
    found = events(tagged(source="prod.kaggle"), sources={"prod.kaggle": "/data/x.csv"})
    assert name_of(found) == ("file", "/data/x.csv")
    assert tags(read(found)) == {("source", "prod.kaggle")}


def test_a_loader_that_says_nothing_leaves_the_name_to_the_tag() -> None:
    assert name_of(events(loaded("", source="prod.kaggle"))) == ("ns", "prod.kaggle")


def test_what_nobody_names_is_told_as_an_unnamed_source() -> None:
    end = event_of(events(loaded("")), "dag.t")
    assert end["inputs"] == []
    assert end["run"]["facets"]["hamilton_node"]["unnamedSource"] is True
    named = event_of(events(loaded()), "dag.t")["run"]["facets"]["hamilton_node"]
    assert "unnamedSource" not in named


def test_functions_with_one_source_value_read_one_dataset() -> None:
    both = graph(node("x", tags={"source": "prod"}), node("y", tags={"Source": "prod"}))
    found = events(run(both, ran("x", 1, 2, schema=COLUMNS), ran("y", 2, 3, schema=COLUMNS)))
    expected = [("ns", "prod")]
    assert places(event_of(found, "dag.x"), "inputs") == expected
    assert places(event_of(found, "dag.y"), "inputs") == expected


def test_a_function_with_several_source_values_reads_several_datasets() -> None:
    end = event_of(events(tagged(source=("one", "two"))), "dag.t")
    assert names(end, "inputs") == ["one", "two"]


def test_a_tag_on_columns_only_makes_their_function_the_one_that_loads() -> None:
    by_columns = graph(
        node("t"),
        column("a", "t", tags={"source": "prod", "PII": "true"}),
        column("b", "t", tags={"source": "prod"}),
        node("y", "a"),
    )
    nodes = ran("t", 1, 2, schema=COLUMNS), ran("a", 2, 3), ran("y", 3, 4)
    found = events(run(by_columns, *nodes))
    assert name_of(found) == ("ns", "prod")
    assert tags(read(found)) == {("PII", "true", "a")}
    assert names(event_of(found, "dag.y"), "inputs") == ["t"]


def test_a_start_does_not_name_by_its_tag_what_a_loader_has_yet_to_name() -> None:
    late = loaded(source="prod.kaggle")
    slow = ran("t.load", 1, 5000), ran("t", 5000, 5001, schema=COLUMNS)
    found = events(run(late.graph, *slow, accesses=late.accesses))
    assert event_of(found, "dag.t", "START")["inputs"] == []
    assert name_of(found) == ("file", "/data/in.csv")


def test_a_loader_that_failed_leaves_the_name_to_the_tag() -> None:
    ok = loaded(source="prod.kaggle")
    found = events(run(ok.graph, failed("t.load", 1, 2), status="FAILED"))
    assert places(event_of(found, "dag.t"), "inputs") == [("ns", "prod.kaggle")]


def test_what_was_read_has_a_version_a_store_a_size_and_rows() -> None:
    source = read(events(loaded()))
    assert source["facets"]["version"]["datasetVersion"] == "9-1.500000"
    assert source["facets"]["storage"]["storageLayer"] == "file"
    assert source["facets"]["storage"]["fileFormat"] == "csv"
    assert source["facets"]["dataSource"]["uri"] == "file:///data/in.csv"
    statistics = source["inputFacets"]["inputStatistics"]
    assert (statistics["rowCount"], statistics["size"]) == (1, 9)


def test_a_table_of_a_database_has_neither_a_format_nor_a_storage() -> None:
    source = read(events(loaded("postgres://h/db", "people")))
    assert (source["namespace"], source["name"]) == ("postgres://h:5432", "db.public.people")
    assert "storage" not in source["facets"]


SAVING = """
    import pandas as pd
    from hamilton.function_modifiers import load_from, save_to, source

    @load_from.csv(path=source("path"))
    def table(frame: pd.DataFrame) -> pd.DataFrame:
        return frame

    @save_to.csv(path=source("target"), output_name_="saved", index=False)
    def doubled(table: pd.DataFrame) -> pd.DataFrame:
        return table * 2

    @load_from.csv(path=source("target"))
    def again(frame: pd.DataFrame) -> pd.DataFrame:
        return frame
"""


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "in.csv").write_text("a,b\n1,2\n")
    return {"path": str(tmp_path / "in.csv"), "target": str(tmp_path / "out.csv")}


def test_a_file_written_and_read_again_is_one_dataset(
    flows: Flows, store: Path, files: dict[str, str]
) -> None:
    flow = flows.module(SAVING)
    written = events(execute(flow, ["saved"], store, inputs=files))
    later = events(execute(flow, ["again"], store, inputs=files))
    file = ("file", files["target"])
    assert places(event_of(written, "job.doubled"), "outputs")[1] == file
    assert places(event_of(later, "job.again"), "inputs") == [file]


def test_a_saved_function_has_its_result_and_the_file_as_outputs(
    flows: Flows, store: Path, files: dict[str, str]
) -> None:
    found = events(execute(flows.module(SAVING), ["saved"], store, inputs=files))
    assert "START job.saved" not in told(found)
    end = event_of(found, "job.doubled")
    assert names(end, "outputs") == ["doubled", files["target"]]
    file = dataset(end, files["target"], "outputs")
    assert schema(file) == {"a": "int64", "b": "int64"}
    assert file["facets"]["lifecycleStateChange"]["lifecycleStateChange"] == "OVERWRITE"
    assert file["outputFacets"]["outputStatistics"]["size"] == Path(files["target"]).stat().st_size
    assert sources_of(file)["a"] == {("table", "a", "DIRECT")}


def test_a_materializer_is_a_job_with_the_file_as_its_only_output(
    flows: Flows, store: Path, files: dict[str, str], tmp_path: Path
) -> None:
    place = str(tmp_path / "made.csv")
    dr = build([flows.module(SAVING)], OpenLineageHook("job", store=store))
    saver = to.csv(id="made", dependencies=["doubled"], path=place)
    dr.materialize(saver, inputs=files)
    found = events(latest(store))
    assert event_of(found, "job.made", "START")["outputs"] == []
    made = event_of(found, "job.made")
    assert names(made, "inputs") == ["doubled"]
    assert places(made, "outputs") == [("file", place)]
    assert Path(place).read_text() == "a,b\n2,4\n"


def test_results_that_a_materializer_combines_belong_to_its_job() -> None:
    combined = graph(
        node("x"),
        node("y"),
        node("m_build_result", "x", "y", owner="m"),
        node("m", "m_build_result", kind="saver", type="dict"),
    )
    access = DatasetAccess("m", "write", "/out.json", format="json")
    nodes = [ran(name, n, n + 1) for n, name in enumerate(("x", "y", "m_build_result", "m"))]
    end = event_of(events(run(combined, *nodes, accesses=(access,))), "dag.m")
    assert names(end, "inputs") == ["x", "y"]
    assert names(end, "outputs") == ["/out.json"]
    assert end["run"]["facets"]["hamilton_node"]["folded"] == ["m_build_result"]


def test_settings_name_what_is_written_by_location_or_node_but_not_by_the_source() -> None:
    saved = graph(node("t", tags={"source": "prod"}), node("t_save", "t", owner="t", kind="saver"))
    nodes = ran("t", 1, 2, schema=COLUMNS), ran("t_save", 2, 3, schema=one("dict"))
    access = DatasetAccess("t_save", "write", "/out.csv", format="csv")
    whole = run(saved, *nodes, accesses=(access,))
    by_tag = events(whole, sources={"prod": "s3://lake/in.csv"})
    assert places(event_of(by_tag, "dag.t"), "outputs")[1] == ("file", "/out.csv")
    assert tags(event_of(by_tag, "dag.t")["outputs"][1]) == set()
    by_node = events(whole, sources={"t_save": "s3://lake/out.csv"})
    assert places(event_of(by_node, "dag.t"), "outputs")[1] == ("s3://lake", "out.csv")

"""What is said of datasets: tags, owners, documentation."""

from pathlib import Path
from typing import Any

import pytest

from hamilton_ol.records import DatasetAccess, NodeRecord
from tests.support.events import Json, dataset, event_of, tags
from tests.support.flows import Flows, events, execute
from tests.support.runs import column, graph, node, ran, run, table

SEEN = table(a="int64", b="str")


def described(*nodes: NodeRecord, **options: Any) -> tuple[Json, Json]:
    """The dataset of t, and its job's event."""
    end = event_of(events(run(graph(*nodes), ran("t", 1, 2, schema=SEEN)), **options), "dag.t")
    return dataset(end, "t", "outputs"), end


def owners(one: Json) -> list[str]:
    found = one["facets"].get("ownership", {"owners": []})["owners"]
    assert all(owner["type"] == "OWNER" for owner in found)
    return [owner["name"] for owner in found]


def test_tags_of_a_function_are_on_its_dataset_and_its_job() -> None:
    one, end = described(node("t", tags={"importance": "high", "team": ("x", "y")}))
    expected = {("importance", "high"), ("team", "x,y")}
    assert tags(one) == tags(end["job"]) == expected


def test_tags_say_who_says_so() -> None:
    one, _ = described(node("t", tags={"importance": "high"}))
    assert {tag["source"] for tag in one["facets"]["tags"]["tags"]} == {"HAMILTON"}


def test_a_column_has_the_tags_that_differ_from_its_tables() -> None:
    one, end = described(
        node("t", tags={"importance": "high", "PII": "false"}),
        column("a", "t", tags={"importance": "high", "PII": "true"}),
        column("b", "t", tags={"importance": "low"}),
    )
    of_fields = {("PII", "true", "a"), ("importance", "low", "b")}
    assert tags(one) == {("importance", "high"), ("PII", "false")} | of_fields
    assert tags(end["job"]) == {("importance", "high"), ("PII", "false")}


def test_a_column_that_the_table_does_not_have_has_no_tags() -> None:
    one, _ = described(node("t"), column("z", "t", tags={"PII": "true"}))
    assert tags(one) == set()


@pytest.mark.parametrize("key", ["owner", "Owner", "OWNER"])
@pytest.mark.parametrize(("value", "names"), [("team-x", ["team-x"]), (("x", "y"), ["x", "y"])])
def test_an_owner_tag_is_ownership_whatever_the_case_of_its_key(
    key: str, value: Any, names: list[str]
) -> None:
    one, end = described(node("t", tags={key: value}))
    assert owners(one) == owners(end["job"]) == names
    assert tags(one) == tags(end["job"]) == set()


def test_owners_of_columns_own_a_table_that_has_none() -> None:
    one, end = described(
        node("t"),
        column("a", "t", tags={"owner": "x"}),
        column("b", "t", tags={"owner": ("y", "x")}),
    )
    assert owners(one) == owners(end["job"]) == ["x", "y"]


def test_a_column_with_an_owner_of_its_own_says_so_in_a_tag() -> None:
    one, _ = described(
        node("t", tags={"owner": "x"}),
        column("a", "t", tags={"owner": "x"}),
        column("b", "t", tags={"Owner": "y"}),
    )
    assert owners(one) == ["x"]
    assert tags(one) == {("owner", "y", "b")}


def test_what_is_taken_is_described_as_by_its_maker() -> None:
    whole = graph(
        node("t", tags={"owner": "x", "k": "v"}, documentation="What it is."), node("y", "t")
    )
    found = events(run(whole, ran("t", 1, 2, schema=SEEN), ran("y", 2, 3)))
    made = dataset(event_of(found, "dag.t"), "t", "outputs")["facets"]
    taken = dataset(event_of(found, "dag.y"), "t")["facets"]
    assert taken == made


def test_a_docstring_documents_dataset_and_job() -> None:
    one, end = described(node("t", documentation="What it is.\n\nMore."))
    for facets in (one["facets"], end["job"]["facets"]):
        assert facets["documentation"]["description"] == "What it is.\n\nMore."
        assert facets["documentation"]["contentType"] == "text/plain"


def test_a_source_is_not_documented_by_who_reads_it_but_has_its_owner_and_tags() -> None:
    loading = graph(node("t", documentation="What.", tags={"source": "prod", "owner": "x"}))
    end = event_of(events(run(loading, ran("t", 1, 2, schema=SEEN))), "dag.t")
    source = dataset(end, "prod")
    assert "documentation" not in source["facets"]
    assert owners(source) == ["x"]
    assert source["facets"]["dataSource"]["name"] == "prod"


def test_a_columns_own_documentation_describes_its_field() -> None:
    one, _ = described(
        node("t", documentation="All."),
        column("a", "t", documentation="Years."),
        column("b", "t", documentation="All."),
    )
    fields = {f["name"]: f.get("description") for f in one["facets"]["schema"]["fields"]}
    assert fields == {"a": "Years.", "b": None}


@pytest.mark.parametrize(
    ("location", "layer", "uri"),
    [
        ("/data/a b.csv", "file", "file:///data/a%20b.csv"),
        ("s3://bucket/x.csv", "s3", "s3://bucket/x.csv"),
        ("s3://bucket/a b[1]/\u00fc.csv", "s3", "s3://bucket/a%20b%5B1%5D/%C3%BC.csv"),
        ("s3://bucket/100%/a%20b.csv", "s3", "s3://bucket/100%25/a%20b.csv"),
        ("http://[::1]:80/x", "http", "http://[::1]:80/x"),
    ],
)
def test_a_file_tells_where_it_is(location: str, layer: str, uri: str) -> None:
    access = DatasetAccess("t", "write", location, format="csv", size=1, modified=2.0)
    found = events(run(graph(node("t")), ran("t", 1, 2, schema=SEEN), accesses=(access,)))
    facets = event_of(found, "dag.t")["outputs"][1]["facets"]
    assert facets["storage"]["storageLayer"] == layer
    assert facets["dataSource"]["uri"] == uri


def test_tags_of_a_real_dataflow_leave_out_hamiltons_own(flows: Flows, store: Path) -> None:
    flow = flows.module("""
        import pandas as pd
        from hamilton.function_modifiers import extract_columns, tag, tag_outputs

        @tag_outputs(age={"PII": "true"})
        @extract_columns("age", "name")
        @tag(owner="team", target_="people")
        def people() -> pd.DataFrame:
            '''Everybody.'''
            return pd.DataFrame({"age": [1], "name": ["x"]})
    """)
    found = events(execute(flow, ["age"], store))
    one = dataset(event_of(found, "job.people"), "people", "outputs")
    assert tags(one) == {("PII", "true", "age")}
    assert owners(one) == ["team"]

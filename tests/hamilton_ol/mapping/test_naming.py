"""Names that join: by OpenLineage's rules, the same however a place is written."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openlineage.client.naming import dataset as official

from hamilton_ol.mapping.naming import (
    DatasetId,
    clean_job,
    clean_namespace,
    dataset_of,
    declared_dataset,
    memory_namespace,
    node_job,
)
from hamilton_ol.records import DatasetAccess
from tests.support.flows import events
from tests.support.runs import graph, node, ran, run

NAMESPACE = re.compile(r"[a-zA-Z:;=/0-9_.@+-]+")


def name(location: str, table: str = "") -> DatasetId | None:
    return dataset_of(location, table, "ns")


# --- OpenLineage's own helpers as the oracle -----------------------------------------------------


@pytest.mark.parametrize(
    ("location", "table", "expected"),
    [
        ("/data/in.csv", "", official.LocalFileSystem("/data/in.csv")),
        ("file:///data/in.csv", "", official.LocalFileSystem("/data/in.csv")),
        ("file://nas/data/in.csv", "", official.RemoteFileSystem("nas", "/data/in.csv")),
        ("s3://bucket/a/b.csv", "", official.S3("bucket", "a/b.csv")),
        ("s3a://bucket/a/b.csv", "", official.S3("bucket", "a/b.csv")),
        ("gs://bucket/a/b.csv", "", official.GCS("bucket", "a/b.csv")),
        (
            "abfss://box@acc.dfs.core.windows.net/a/b.csv",
            "",
            official.ABFSS("box", "acc", "a/b.csv"),
        ),
        (
            "wasbs://box@acc.dfs.core.windows.net/a/b.csv",
            "",
            official.WASBS("box", "acc", "a/b.csv"),
        ),
        ("hdfs://nn:8020/user/x.csv", "", official.HDFS("nn", "8020", "/user/x.csv")),
        ("dbfs://workspace/x.csv", "", official.DBFS("workspace", "/x.csv")),
        ("kafka://broker:9092/topic", "", official.Kafka("broker", "9092", "topic")),
        ("postgresql://h/db", "s.t", official.Postgres("h", "5432", "db", "s", "t")),
        ("postgresql+psycopg2://h:1/db", "t", official.Postgres("h", "1", "db", "public", "t")),
        ("jdbc:postgresql://h:1/db?user=x", "t", official.Postgres("h", "1", "db", "public", "t")),
        ("mysql+pymysql://h/db", "t", official.MySQL("h", "3306", "db", "t")),
        ("oracle://h:1521/svc", "s.t", official.Oracle("h", "1521", "svc", "s", "t")),
        ("trino://h:8080/cat/s", "t", official.Trino("h", "8080", "cat", "s", "t")),
        ("db2://h:50000/db", "s.t", official.DB2("h", "50000", "db", "s", "t")),
        ("crate://h:4200/db", "s.t", official.CrateDB("h", "4200", "db", "s", "t")),
        ("teradata://h:1025/db", "t", official.Teradata("h", "1025", "db", "t")),
        ("oceanbase://h:2881/db", "t", official.OceanBase("h", "2881", "db", "t")),
        ("hive://h:10000/db", "t", official.Hive("h", "10000", "db", "t")),
        ("cassandra://h:9042/space", "t", official.Cassandra("h", "9042", "space", "t")),
        ("bigquery://project/data", "t", official.BigQuery("project", "data", "t")),
        ("snowflake://org-acc/db/s", "t", official.Snowflake("org", "acc", "db", "s", "t")),
        (
            "redshift://cluster.abc123.eu-west-1.redshift.amazonaws.com:5439/db",
            "s.t",
            official.Redshift("cluster", "eu-west-1", "5439", "db", "s", "t"),
        ),
    ],
)
def test_names_are_those_of_openlineages_own_helpers(
    location: str, table: str, expected: official.DatasetNaming
) -> None:
    assert name(location, table) == (expected.get_namespace(), expected.get_name())


@pytest.mark.parametrize(
    ("location", "table", "expected"),
    [
        # No helper knows these; a name in the way of its kin is what a person would look for.
        ("mssql://h/db", "t", ("mssql://h:1433", "db.dbo.t")),
        ("sqlserver://h:1433;databaseName=db", "db.s.t", ("mssql://h:1433", "db.s.t")),
        ("https://example.org/data/x.csv", "", ("https://example.org", "/data/x.csv")),
        ("sqlite:////data/x.db", "t", ("sqlite:///data/x.db", "t")),
        ("duckdb:///data/x.db", "main.t", ("duckdb:///data/x.db", "main.t")),
        ("mongodb://h:27017/db", "people", ("mongodb://h:27017", "db.people")),
        # Two schemes of one service are one, so that who writes and who reads agree.
        (
            "abfs://box@acc.dfs.core.windows.net/x",
            "",
            ("abfss://box@acc.dfs.core.windows.net", "x"),
        ),
        ("mariadb://h/db", "t", ("mysql://h:3306", "db.t")),
    ],
)
def test_names_where_we_differ_on_purpose(
    location: str, table: str, expected: tuple[str, str]
) -> None:
    assert name(location, table) == expected


# --- one place, one name -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "places",
    [
        (
            "/data/in.csv",
            "file:///data/in.csv",
            "file://localhost/data/in.csv",
            "/data//./x/../in.csv",
        ),
        ("/data/a b.csv", "file:///data/a%20b.csv"),
        ("/data/out", "/data/out/"),
        ("C:\\data\\in.csv", "C:/data/in.csv", "file:///C:/data/in.csv"),
        ("s3://bucket/dir/x", "s3a://bucket/dir/x/", "s3n://key:secret@bucket/dir/x?version=3#y"),
        ("gs://bucket/x", "gcs://bucket/x"),
        ("https://Example.org/x", "https://me:pw@example.org/x?token=abc"),
    ],
)
def test_a_place_has_one_name_however_it_is_written(places: tuple[str, ...]) -> None:
    assert len({name(place) for place in places}) == 1


@pytest.mark.parametrize(
    "addresses",
    [
        (("postgresql://h/db", "t"), ("postgres://me:pw@H:5432/db?sslmode=x", "public.t")),
        (("postgres://h/db", "s.t"), ("postgresql+asyncpg://h/db", "db.s.t")),
        (("mysql://h/db", "t"), ("mysql+pymysql://u@h:3306/db", "db.t")),
        (("bigquery://p/d", "t"), ("bigquery://p", "d.t"), ("bigquery://other", "p.d.t")),
        (
            ("snowflake://Org-Acc/db/s", "t"),
            ("snowflake://org-acc.snowflakecomputing.com/db", "s.t"),
        ),
    ],
)
def test_a_table_has_one_name_however_its_database_is_addressed(
    addresses: tuple[tuple[str, str], ...],
) -> None:
    assert len({name(*address) for address in addresses}) == 1


@pytest.mark.parametrize("declared", ["postgres://h/db.s.t", "postgres://h:5432/db/s/t"])
def test_a_declared_table_is_the_one_that_a_loader_reads(declared: str) -> None:
    assert declared_dataset(declared, "ns") == name("postgresql://h/db", "s.t")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("prod.kaggle", ("ns", "prod.kaggle")),
        ("see http://x for more", ("ns", "see http://x for more")),
        ("relative/x.csv", ("ns", "relative/x.csv")),
        ("postgres://me:pw@h/db", ("postgres://h", "db")),
        ("sqlite:///data/x.db", ("sqlite://", "data/x.db")),
        ("warehouse://", ("warehouse://", "/")),
    ],
)
def test_what_a_person_declares_always_has_a_name(text: str, expected: tuple[str, str]) -> None:
    assert declared_dataset(text, "ns") == expected


@pytest.mark.parametrize("location", ["", "relative.csv", "postgres://h/db", "sqlite:///x.db"])
def test_what_is_no_dataset_has_no_name(location: str) -> None:
    assert name(location) is None


@pytest.mark.parametrize("location", ["", "sqlite:///:memory:", "sqlite://"])
def test_a_table_whose_database_nobody_else_could_know_is_in_the_jobs_namespace(
    location: str,
) -> None:
    assert name(location, "t") == ("ns", "t")


# --- whatever a person writes --------------------------------------------------------------------

SCHEMES = st.sampled_from(
    [
        *[
            "s3",
            "gs",
            "abfss",
            "file",
            "postgres",
            "mysql",
            "sqlite",
            "bigquery",
            "snowflake",
            "redshift",
            "http",
            "x+y",
        ],
        "",
        "ä",
    ]
)
ODD = st.text(st.sampled_from("ab0 /\\:@?#;%[]{}.~é\0\ud800😀-+_") | st.characters(), max_size=12)
URIS = st.builds("{}://{}/{}".format, SCHEMES, ODD, ODD)
PLACES = URIS | ODD | ODD.map("/{}".format) | ODD.map("C:\\{}".format)


@given(PLACES, ODD, ODD)
def test_every_place_has_a_clean_namespace_and_some_name(
    place: str, table: str, fallback: str
) -> None:
    found = [declared_dataset(place or "x", fallback or "ns"), name(place, table)]
    for one in filter(None, found):
        assert NAMESPACE.fullmatch(one.namespace)
        assert one.name
        assert "UNKNOWN" not in one.name or "UNKNOWN" in place + table


@given(SCHEMES.filter(re.compile("[a-z+]+$").match), ODD)
def test_no_name_holds_a_password(scheme: str, path: str) -> None:
    place = f"{scheme}://user:hunter2@host/{path}"
    assert "hunter2" not in "".join(declared_dataset(place, "ns"))


@given(PLACES)
def test_a_name_that_is_declared_again_stays_the_same(place: str) -> None:
    found = declared_dataset(place or "x", "ns")
    if found.namespace == "file":
        assert declared_dataset(found.name, "ns") == found


@given(ODD, ODD)
def test_names_of_jobs_and_namespaces_have_only_signs_that_every_consumer_takes(
    dag: str, node_name: str
) -> None:
    job = node_job(clean_job(dag), node_name)
    assert not re.search(r"[\s#:%\[\]{}\0]", job)
    assert NAMESPACE.fullmatch(memory_namespace(dag, node_name))
    assert clean_job(clean_job(dag)) == clean_job(dag)
    assert clean_namespace(clean_namespace(dag)) == clean_namespace(dag)


@pytest.mark.parametrize(
    ("job", "namespace"), [("my flow #1", "team: é"), ("a:b%c\0", "x\0y z"), ("ä/ö", "ns;=+@")]
)
def test_events_of_oddly_named_jobs_nodes_and_files_are_as_they_should_be(
    job: str, namespace: str
) -> None:
    odd = "n 1#:%\0é"
    access = DatasetAccess(odd, "read", "/data/odd [1] #%\udcff\0.csv", size=1, modified=1.0)
    record = graph(node(odd, tags={"k\0": "v\0", "source": "x\0://\0"}), node("y", odd))
    started = {"job": job, "namespace": namespace}
    found = events(run(record, ran(odd, 1, 2), ran("y", 2, 3), accesses=(access,), started=started))
    assert len(found) == 6  # the fixtures look at each of them
    assert not {"#", ":", "%", " ", "\0"} & set("".join(event.job for event in found))

"""One way to write a place, whoever reads or writes it."""

import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from hamilton_ol.dataflow.addresses import absolute, engine_url, format_of, is_engine, is_url


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("a.csv", "/base/a.csv"),
        ("./b/../a.csv", "/base/a.csv"),
        ("/x//y/./a.csv", "/x/y/a.csv"),
        ("file:///x/my%20file.csv", "/x/my file.csv"),
        ("file://localhost/x/a.csv", "/x/a.csv"),
        ("file:/x/a.csv", "/x/a.csv"),
        ("file:a.csv", "/base/a.csv"),
        ("file://server/share/a.csv", "file://server/share/a.csv"),
        ("file:///C:/x/a.csv", "C:/x/a.csv"),
        ("C:\\x\\a.csv", "C:\\x\\a.csv"),
        ("c:/x/a.csv", "c:/x/a.csv"),
        ("\\\\server\\share\\a.csv", "\\\\server\\share\\a.csv"),
        ("s3://bucket/my file.csv", "s3://bucket/my file.csv"),
        ("https://host/a/../b.csv", "https://host/a/../b.csv"),
        ("sqlite:///a.db", "sqlite:////base/a.db"),
        ("sqlite:////x/../a.db", "sqlite:////a.db"),
        ("sqlite+pysqlite:///a.db?mode=ro", "sqlite+pysqlite:////base/a.db"),
        ("sqlite:///:memory:", "sqlite:///:memory:"),
        ("sqlite://", "sqlite://"),
        ("duckdb:///a.duckdb", "duckdb:////base/a.duckdb"),
        ("jdbc:postgresql://host/db", "postgresql://host/db"),
        ("a:b.csv", "/base/a:b.csv"),
        ("", "/base"),
        ("a\0b", "/base/a\0b"),
    ],
)
def test_a_place_is_absolute(place: str, expected: str) -> None:
    assert absolute(place, "/base") == expected


def test_a_place_in_the_home_folder_is_absolute() -> None:
    assert absolute("~/a.csv", "/base") == f"{os.environ['HOME']}/a.csv"


def test_links_lead_to_the_file_itself(tmp_path: Path) -> None:
    real = tmp_path.resolve() / "real"
    real.mkdir()
    (tmp_path / "link").symlink_to(real)
    (real / "a.csv").touch()
    (tmp_path / "b.csv").symlink_to(real / "a.csv")
    for place in ("link/a.csv", "b.csv", "real/a.csv", f"file://{tmp_path}/b.csv"):
        assert absolute(place, str(tmp_path)) == str(real / "a.csv")


def test_links_in_circles_lead_somewhere(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert absolute("a", str(tmp_path)).startswith(str(tmp_path))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("s3://bucket/key", True),
        ("jdbc:mysql://host/db", True),
        ("see https://host/", False),
        ("https://host/ for more", False),
        ("C://x", True),
        ("/x/y", False),
        ("", False),
    ],
)
def test_only_a_whole_text_is_a_url(text: str, expected: bool) -> None:
    assert is_url(text) is expected


@pytest.mark.parametrize(
    ("named", "place", "expected"),
    [
        ("csv", "a.txt", "csv"),
        ("parquet", "", "parquet"),
        ("database", "", "sql"),
        ("spreadsheet", "a.ods", "excel"),
        ("file", "a.csv", "csv"),
        ("", "a.csv.gz", "csv"),
        ("", "https://user:pw@host/a.PARQ?x=1.json", "parquet"),
        ("", "a.yml", "yaml"),
        ("", "a.gz", ""),
        ("", "folder", ""),
        ("", "", ""),
    ],
)
def test_the_format_is_what_the_loader_or_the_file_is_called(
    named: str, place: str, expected: str
) -> None:
    assert format_of(named, place) == expected


# SQLAlchemy is not among the tests' libraries: its public attributes stand for it.


def made(name: str, module: str = "sqlalchemy.engine.base", **attributes: Any) -> Any:
    return type(name, (SimpleNamespace,), {"__module__": module})(**attributes)


def url(backend: str, **parts: Any) -> Any:
    given = {"host": None, "port": None, "database": None, "username": "u", "password": "secret"}
    kind = "sqlalchemy.engine.url"
    return made("URL", kind, **given | parts, get_backend_name=lambda: backend)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (url("postgresql", host="h", port=5432, database="db"), "postgresql://h:5432/db"),
        (url("mysql", host="h", database="db"), "mysql://h/db"),
        (url("sqlite", database="/x/a.db"), "sqlite:////x/a.db"),
        (url("sqlite"), "sqlite:///"),
    ],
)
def test_an_engine_leads_to_an_address_without_user_and_password(place: Any, expected: str) -> None:
    engine = made("Engine", url=place)
    connection = made("Connection", engine=engine)
    assert {engine_url(one) for one in (place, engine, connection)} == {expected}
    assert all(map(is_engine, (place, engine, connection)))


def test_an_engine_of_another_kind_says_nothing() -> None:
    assert engine_url(made("Engine", url=object())) == ""
    assert not is_engine(made("Engine", "flow"))
    assert not is_engine(made("Engine", "sqlalchemy_utils"))
    assert not is_engine("sqlite://")

"""What OpenLineage calls what is in a store: files, object stores, databases, servers."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from hamilton_ol.mapping.locations import Location, unquoted

#: namespace and name
Name = tuple[str, str]


class Database(NamedTuple):
    """How tables of one kind of database are named.

    Attributes:
        scheme: in names.
        port: where it is when a URI does not say.
        parts: of a full name.
        schema: where a table is when nobody says.
    """

    scheme: str
    port: int | None
    parts: int
    schema: str = ""


_DATABASES: Mapping[str, Database] = {
    "postgres": Database("postgres", 5432, 3, "public"),
    "postgresql": Database("postgres", 5432, 3, "public"),
    "redshift": Database("redshift", 5439, 3, "public"),
    "mssql": Database("mssql", 1433, 3, "dbo"),
    "sqlserver": Database("mssql", 1433, 3, "dbo"),
    "db2": Database("db2", 50000, 3),
    "crate": Database("crate", None, 3, "doc"),
    "oracle": Database("oracle", 1521, 3),
    "trino": Database("trino", 8080, 3),
    "snowflake": Database("snowflake", None, 3, "PUBLIC"),
    "mysql": Database("mysql", 3306, 2),
    "mariadb": Database("mysql", 3306, 2),
    "oceanbase": Database("oceanbase", 2881, 2),
    "teradata": Database("teradata", 1025, 2),
    "hive": Database("hive", 10000, 2),
    "cassandra": Database("cassandra", 9042, 2),
}
# What a scheme is called in names, where that is not the scheme itself.
_BUCKETS = {"s3": "s3", "s3a": "s3", "s3n": "s3", "gs": "gs", "gcs": "gs"}
_CONTAINERS = {"abfs": "abfss", "abfss": "abfss", "wasb": "wasbs", "wasbs": "wasbs"}
_EMBEDDED = frozenset({"sqlite", "duckdb"})
_FILE_SYSTEMS = frozenset(
    {"hdfs", "webhdfs", "viewfs", "dbfs", "ftp", "ftps", "sftp", "http", "https"}
)
_CLUSTER = re.compile(r"([^.]+)\.[^.]+\.([^.]+)\.redshift(?:-serverless)?\.amazonaws\.com")


def store_name(place: Location, table: str) -> Name | None:
    """The name of what is at a place; None when that is a whole database.

    Args:
        place: where it is.
        table: which one, if the place is a database; may be empty.
    """
    scheme = place.scheme
    if scheme in _DATABASES:
        return _in_database(_DATABASES[scheme], place, table)
    if scheme in _EMBEDDED:
        return _in_embedded(place, table)
    if scheme in _BUCKETS:
        return f"{_BUCKETS[scheme]}://{place.address}", place.path or "/"
    if scheme in _CONTAINERS:
        return _in_container(_CONTAINERS[scheme], place)
    return _OTHERS.get(scheme, _elsewhere)(place, table)


def _in_database(kind: Database, place: Location, table: str) -> Name | None:
    """`postgres://host:5432` and `database.schema.table`; the path may hold all three."""
    own = [part for part in table.split(".") if part]
    around = [part for part in re.split(r"[/.]", place.path) if part]
    parts = own if len(own) >= kind.parts else [*around, *own]
    least = 1 if own else 2
    if len(parts) < least:
        return None
    if kind.schema and len(parts) == kind.parts - 1 and (not own or len(own) == 1):
        parts.insert(-1, kind.schema)
    return _server(kind, place), ".".join(parts)


def _server(kind: Database, place: Location) -> str:
    host = place.host.lower().removesuffix(".snowflakecomputing.com")
    cluster = _CLUSTER.fullmatch(host)
    if cluster:
        host = f"{cluster[1]}.{cluster[2]}"
    port = place.port or kind.port
    return f"{kind.scheme}://{host}:{port}" if port else f"{kind.scheme}://{host}"


def _in_embedded(place: Location, table: str) -> Name | None:
    """A table in a file; what is in memory only has no name that anybody else could know."""
    if not (table and place.path) or place.path == ":memory:":
        return None
    return f"{place.scheme}://{unquoted(place.path)}", table


def _in_container(scheme: str, place: Location) -> Name:
    account = f"{place.container}@{place.address}" if place.container else place.address
    return f"{scheme}://{account}", place.path or "/"


def _file(place: Location, _table: str) -> Name:
    host = place.host.lower()
    is_here = host in ("", "localhost")
    return "file" if is_here else f"file://{host}", unquoted(place.path)


def _bigquery(place: Location, table: str) -> Name | None:
    """Project, dataset and table; a table's own name may hold all three."""
    own = [part for part in table.split(".") if part]
    around = [part for part in (place.host, *place.path.split("/")) if part]
    parts = own if len(own) >= 3 else [*around, *own]  # noqa: PLR2004 - all three of them
    return ("bigquery", ".".join(parts)) if own or len(parts) >= 3 else None  # noqa: PLR2004


def _elsewhere(place: Location, table: str) -> Name:
    """A server of any other kind: its address, and what is there."""
    namespace = f"{place.scheme}://{place.address.lower()}"
    if place.scheme in _FILE_SYSTEMS and not table:
        return namespace, f"/{place.path}"
    return namespace, ".".join(filter(None, (place.path, table))) or "/"


_OTHERS: Mapping[str, Callable[[Location, str], Name | None]] = {
    "file": _file,
    "bigquery": _bigquery,
}

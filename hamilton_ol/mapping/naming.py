"""Names that join: a dataset is called for what it is, not for who reads or writes it.

The rules for stores outside are OpenLineage's (https://openlineage.io/docs/spec/naming).
"""

import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

_NAMESPACE = re.compile(r"[^a-zA-Z:;=/0-9_.@+-]")
_JOB = re.compile(r"[^\w.@/+-]")
_DRIVE = re.compile(r"^[A-Za-z]:[\\/]")

# What a scheme is called in names, where that is not the scheme itself.
_OBJECT_STORES = {"s3": "s3", "s3a": "s3", "s3n": "s3", "gs": "gs", "gcs": "gs"}
_CONTAINERS = {"abfs": "abfss", "abfss": "abfss", "wasb": "wasbs", "wasbs": "wasbs"}
#: {scheme: (scheme in names, default port, default schema)}
_DATABASES: Mapping[str, tuple[str, int, str]] = {
    "postgres": ("postgres", 5432, "public"),
    "postgresql": ("postgres", 5432, "public"),
    "redshift": ("redshift", 5439, "public"),
    "mssql": ("mssql", 1433, "dbo"),
    "mysql": ("mysql", 3306, ""),
    "mariadb": ("mysql", 3306, ""),
    "oracle": ("oracle", 1521, ""),
    "trino": ("trino", 8080, ""),
}
_FILES = frozenset({"sqlite", "duckdb"})


class DatasetId(NamedTuple):
    """What tells one dataset from every other."""

    namespace: str
    name: str


def clean_namespace(text: str) -> str:
    """A namespace with only the characters that every consumer takes."""
    return _NAMESPACE.sub("_", text)


def clean_job(text: str) -> str:
    """A job's name without spaces and signs that consumers use to tell names apart."""
    return _JOB.sub("_", text)


def memory_namespace(namespace: str, dag: str) -> str:
    """The namespace of results in memory: with the dataflow in it, a label is the node alone."""
    return f"inmemory://{clean_namespace(namespace)}/{clean_namespace(dag)}"


def dataset_of(location: str, table: str, fallback: str) -> DatasetId | None:
    """The dataset at a place outside.

    Args:
        location: absolute path or URI, clean; may be empty.
        table: its table, if it is a database; may be empty.
        fallback: namespace of a table whose database is not known.

    Returns:
        None when neither tells anything.
    """
    if "://" in location:
        return _of_uri(location, table)
    if _is_path(location):
        return DatasetId("file", _path(location))
    return DatasetId(clean_namespace(fallback), table) if table else None


def declared_dataset(text: str, fallback: str) -> DatasetId:
    """The dataset that a person named: a URI, an absolute path, or any other name."""
    found = dataset_of(text, "", fallback) if "://" in text or _is_path(text) else None
    return found or DatasetId(clean_namespace(fallback), text)


def _is_path(text: str) -> bool:
    return text.startswith("/") or bool(_DRIVE.match(text))


def _path(text: str) -> str:
    return "/" + text.replace("\\", "/") if _DRIVE.match(text) else text


def _of_uri(location: str, table: str) -> DatasetId | None:
    parts = urlsplit(location)
    scheme = parts.scheme.partition("+")[0].lower()
    path = parts.path.strip("/")
    if scheme == "file":
        return DatasetId("file", _path(parts.path))
    if scheme in _FILES:
        return DatasetId(f"{scheme}://{parts.path}", table) if table else None
    if scheme in _DATABASES:
        return _of_database(scheme, parts.hostname or "", parts.port, path, table)
    if scheme in _OBJECT_STORES:
        return DatasetId(f"{_OBJECT_STORES[scheme]}://{parts.netloc}", path or "/")
    if scheme in _CONTAINERS:
        return DatasetId(f"{_CONTAINERS[scheme]}://{parts.netloc}", path or "/")
    namespace = clean_namespace(f"{scheme}://{parts.netloc}")
    return DatasetId(namespace, ".".join(filter(None, (path, table))) or "/")


def _of_database(
    scheme: str, host: str, port: int | None, path: str, table: str
) -> DatasetId | None:
    """`postgres://host:5432` and `database.schema.table`; the path may hold all three."""
    name, default_port, schema = _DATABASES[scheme]
    namespace = f"{name}://{host}:{port or default_port}"
    if not table:
        return DatasetId(namespace, path.replace("/", ".")) if "." in path else None
    parts = table.split(".")
    if schema and len(parts) == 1:
        parts.insert(0, schema)
    return DatasetId(namespace, ".".join(filter(None, (path, *parts))))

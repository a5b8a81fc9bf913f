"""Names that join: a dataset is called for what it is, not for who reads or writes it.

The rules for stores outside are OpenLineage's (https://openlineage.io/docs/spec/naming).
"""

import re
from typing import NamedTuple

from hamilton_ol.mapping.locations import file_path, is_path, is_uri, split
from hamilton_ol.mapping.stores import store_name

MEMORY = "inmemory://"  # before the namespaces of results

_NAMESPACE = re.compile(r"[^a-zA-Z:;=/0-9_.@+-]")
_JOB = re.compile(r"[^\w.@/+-]")


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


def node_job(dag: str, node: str) -> str:
    """The name of a node's job within the dataflow's."""
    return f"{dag}.{clean_job(node)}"


def memory_namespace(namespace: str, dag: str) -> str:
    """The namespace of results in memory: with the dataflow in it, a label is the node alone."""
    return f"{MEMORY}{clean_namespace(namespace)}/{clean_namespace(dag)}"


def dataset_of(location: str, table: str, fallback: str) -> DatasetId | None:
    """The dataset at a place outside.

    Args:
        location: absolute path or URI; may be empty.
        table: its table, if it is a database; may be empty.
        fallback: namespace of a table whose database is not known.

    Returns:
        None when neither tells which dataset it is: a whole database is none.
    """
    if is_uri(location):
        found = store_name(split(location), table)
        if found is not None:
            return DatasetId(clean_namespace(found[0]), found[1])
    elif is_path(location):
        return DatasetId("file", file_path(location))
    return DatasetId(clean_namespace(fallback), table) if table else None


def declared_dataset(text: str, fallback: str) -> DatasetId:
    """The dataset that a person named: a URI, an absolute path, or any other name."""
    found = dataset_of(text, "", fallback)
    if found is not None:
        return found
    if is_uri(text):
        place = split(text)
        return DatasetId(clean_namespace(f"{place.scheme}://{place.address}"), place.path or "/")
    return DatasetId(clean_namespace(fallback), text)

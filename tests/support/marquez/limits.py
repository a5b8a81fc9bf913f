"""What the server cannot store or show: found late, when a part of the event is stored."""

import json
import re
from collections.abc import Iterator
from typing import Any

from tests.support.marquez.answers import broken, logged, refused
from tests.support.marquez.catalog import Json

LONGEST = 255  # of a location, a field's name, a facet's name, a kind of transformation
_NAMESPACE = re.compile(r"[a-zA-Z:;=/0-9_\-.@+]{1,1024}")
_NOT_IN_JOB_NAMESPACE = re.compile(r"[^a-zA-Z:/0-9_\-.@+]")
_NUL = "\\u0000"


def cleaned(namespace: str) -> str:
    """A job's namespace, in which other characters are replaced; a dataset's is not cleaned."""
    if not namespace:
        raise refused()
    return _NOT_IN_JOB_NAMESPACE.sub("_", namespace)


def check_namespaces(datasets: list[Json | None]) -> None:
    """That the namespaces of datasets are some, where they are looked at."""
    for dataset in datasets:
        if dataset is None:
            raise broken()
        if not is_namespace(dataset["namespace"]):
            raise refused()


def is_namespace(name: str) -> bool:
    """Whether a namespace may be shown."""
    return bool(_NAMESPACE.fullmatch(name))


def shown_id(namespace: str, name: str) -> Json:
    """A job's or dataset's id, which cannot be read again if it is against the rules."""
    if not name or not is_namespace(namespace):
        raise logged()
    return {"namespace": namespace, "name": name}


def check_name(*names: Any) -> None:
    """That names hold no NUL."""
    if any("\0" in str(name) for name in names):
        raise broken()


def check_facets(event: Json) -> None:
    """That facets can be stored."""
    too_long = any(len(key) > LONGEST for facets in _all_facets(event) for key in facets)
    if too_long or _NUL in json.dumps(event):
        raise broken()


def check_dataset(dataset: Json) -> None:
    """That a dataset's fields and lineage can be stored."""
    facets = dataset.get("facets") or {}
    fields = (facets.get("schema") or {}).get("fields") or ()
    lineage = ((facets.get("columnLineage") or {}).get("fields") or {}).values()
    texts = [one["name"] for one in fields] + [x.get("transformationType") or "" for x in lineage]
    source = facets.get("dataSource")
    if any(len(text) > LONGEST for text in texts) or (source and source.get("name") is None):
        raise broken()


def check_location(location: str | None) -> None:
    """That a job's version can be stored with its place."""
    if location and len(location) > LONGEST:
        raise broken()


def _all_facets(event: Json) -> Iterator[Json]:
    owners = [event.get("run"), event.get("job")]
    owners += [*(event.get("inputs") or ()), *(event.get("outputs") or ())]
    return ((owner or {}).get("facets") or {} for owner in owners)

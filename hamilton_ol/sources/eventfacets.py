"""What facets of other producers say, whatever else they hold.

Facets and their fields are those of OpenLineage (https://openlineage.io/docs/spec/facets); older
versions and additions of producers are read as far as they mean the same.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from operator import itemgetter
from sys import intern
from typing import Any, NamedTuple

from hamilton_ol.sources.eventparts import JobFacets, RunFacets, SmallFacets

MICROSECOND = 1000
LARGEST = 2**63  # no count and no duration comes near
# The facets that are kept as they are; others are not.
OF_JOB = frozenset(JobFacets.__annotations__)
OF_RUN = frozenset(RunFacets.__annotations__)
OF_DATASET = frozenset(SmallFacets.__annotations__)
NAMES = itemgetter("namespace", "name")

Facets = Mapping[str, Any]


class Key(NamedTuple):
    """What tells a dataset, or a job, from every other."""

    namespace: str
    name: str


def key_of(told: Any) -> Key | None:
    """Namespace and name of a job or a dataset; None when it has none."""
    try:
        key = Key(*map(intern, NAMES(told)))  # each is told of again and again
    except (KeyError, TypeError):
        return None
    return key if key.name else None


def time_of(text: object) -> int:
    """A time as nanoseconds since the epoch; 0 when it is none."""
    try:
        moment = datetime.fromisoformat(str(text))
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        seconds = int(moment.timestamp())
    except (ValueError, OverflowError, OSError):
        return 0
    return seconds * 1_000_000_000 + moment.microsecond * MICROSECOND


def mapping(facets: object, name: str) -> Facets:
    """A facet; an empty one where there is none."""
    found = facets.get(name) if isinstance(facets, dict) else None
    return found if isinstance(found, dict) else {}


def rows(facet: Facets, name: str) -> list[Facets]:
    """The objects of a list in a facet."""
    found = facet.get(name)
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def names(facet: Facets, name: str) -> list[str]:
    """The texts of a list in a facet."""
    found = facet.get(name)
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []


def text(facet: Facets, *names: str) -> str:
    """The first of some fields that is a text."""
    for name in names:  # a generator would take twice the time, a million times
        found = facet.get(name)
        if isinstance(found, str):
            return found
    return ""


def documentation(facets: Facets) -> str:
    """What it is."""
    return text(mapping(facets, "documentation"), "description")


def owners(facets: Facets) -> tuple[str, ...]:
    """Who owns it."""
    if "ownership" not in facets:  # as of most
        return ()
    found = (text(row, "name") for row in rows(mapping(facets, "ownership"), "owners"))
    return tuple(dict.fromkeys(name for name in found if name))


def tags(facets: Facets, field: str = "") -> dict[str, str | tuple[str, ...]]:
    """{key: value or values} of the tags of a job, a dataset, or a column of it."""
    if "tags" not in facets:  # as of most
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for row in rows(mapping(facets, "tags"), "tags"):
        key, value = text(row, "key", "name"), text(row, "value") or "true"
        if key and text(row, "field") == field and value not in found.get(key, ()):
            found[key] = (*found.get(key, ()), value)
    return {key: values[0] if len(values) == 1 else values for key, values in found.items()}


def aliases(facets: Facets) -> Iterator[Key]:
    """Other names of a dataset."""
    for row in rows(mapping(facets, "symlinks"), "identifiers"):
        key = key_of(row)
        if key is not None:
            yield key


def code(facets: Facets) -> str:
    """The text of a query, or of a program."""
    query = text(mapping(facets, "sql"), "query")
    return query or text(mapping(facets, "sourceCode"), "sourceCode", "source")


def file(facets: Facets) -> str:
    """Where that text stands."""
    return text(mapping(facets, "sourceCodeLocation"), "path", "url")


def job_type(facets: Facets) -> str:
    """What kind of job it is, with its integration."""
    facet = mapping(facets, "jobType")
    return " ".join(filter(None, (text(facet, "integration"), text(facet, "jobType"))))


def count(output: Facets) -> int | None:
    """How many rows of an output were written."""
    found = mapping(mapping(output, "outputFacets"), "outputStatistics").get("rowCount")
    return found if isinstance(found, int) and number_of(found) is not None else None


def number_of(told: object) -> float | None:
    """A number that one can reckon with, if it is one: JSON also has 1e999, and 5,000 digits."""
    if isinstance(told, bool) or not isinstance(told, int | float):
        return None
    return told if abs(told) < LARGEST else None

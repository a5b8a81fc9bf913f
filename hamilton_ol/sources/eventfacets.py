"""What facets of other producers say, whatever else they hold.

Facets and their fields are those of OpenLineage (https://openlineage.io/docs/spec/facets); older
versions and additions of producers are read as far as they mean the same.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from operator import itemgetter
from sys import intern
from typing import Any, NamedTuple

MOST_NESTED = 8  # levels of a column's fields that are told apart
MICROSECOND = 1000
LARGEST = 2**63  # no count and no duration comes near
# The facets that are read; others are not kept.
OF_JOB = frozenset(
    {
        *("documentation", "ownership", "tags", "jobType"),
        *("sql", "sourceCode", "sourceCodeLocation"),
    }
)
OF_RUN = frozenset({"parent", "hamilton_run", "hamilton_node", "hamilton_nodes"})
OF_DATASET = frozenset({"documentation", "ownership", "tags"})
_NAMES = itemgetter("namespace", "name")
_FIELD = itemgetter("namespace", "name", "field")
_NAME_AND_TYPE = itemgetter("name", "type")

Facets = Mapping[str, Any]


class Key(NamedTuple):
    """What tells a dataset, or a job, from every other."""

    namespace: str
    name: str


#: (column, namespace, name, field, whether it is made of it directly) of a column and one that it
#: is made of; without a column or a field, the whole dataset.
FieldRef = tuple[str, str, str, str, bool]
#: Many of them, one after the other: of tuples of their own the garbage collector kept account.
FieldRefs = tuple[str | bool, ...]


def key_of(told: Any) -> Key | None:
    """Namespace and name of a job or a dataset; None when it has none."""
    try:
        key = Key(*map(intern, _NAMES(told)))  # each is told of again and again
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


def rows(facet: Facets, name: str) -> Iterator[Facets]:
    """The objects of a list in a facet."""
    found = facet.get(name)
    for row in found if isinstance(found, list) else ():
        if isinstance(row, dict):
            yield row


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
    found = (text(row, "name") for row in rows(mapping(facets, "ownership"), "owners"))
    return tuple(dict.fromkeys(name for name in found if name))


def tags(facets: Facets, field: str = "") -> dict[str, str | tuple[str, ...]]:
    """{key: value or values} of the tags of a job, a dataset, or a column of it."""
    found: dict[str, tuple[str, ...]] = {}
    for row in rows(mapping(facets, "tags"), "tags"):
        key, value = text(row, "key", "name"), text(row, "value") or "true"
        if key and text(row, "field") == field and value not in found.get(key, ()):
            found[key] = (*found.get(key, ()), value)
    return {key: values[0] if len(values) == 1 else values for key, values in found.items()}


class Schemas:
    """The columns of datasets; of equal ones there is one, and it is read once."""

    def __init__(self) -> None:
        self._known: dict[object, tuple[tuple[str, str], ...]] = {}

    def columns(self, facet: Facets) -> tuple[tuple[str, str], ...]:
        """(name, type) of each column; one within another is named with it, by dots."""
        fields: Any = facet.get("fields")
        try:
            told = tuple(map(_NAME_AND_TYPE, fields))
            known = self._known.get(told)
        except (KeyError, TypeError):
            told, known = (), None
        if known is not None and not [row for row in fields or () if "fields" in row]:
            return known
        found = tuple(dict(_fields(facet, "", MOST_NESTED)).items())
        return self._known.setdefault(found, found)


def _fields(facet: Facets, before: str, levels: int) -> Iterator[tuple[str, str]]:
    for row in rows(facet, "fields"):
        name = row.get("name")
        if isinstance(name, str) and name:
            yield intern(before + name), intern(text(row, "type"))
            if levels and "fields" in row:
                yield from _fields(row, f"{before}{name}.", levels - 1)


def aliases(facets: Facets) -> Iterator[Key]:
    """Other names of a dataset."""
    for row in rows(mapping(facets, "symlinks"), "identifiers"):
        key = key_of(row)
        if key is not None:
            yield key


def made_of(facet: Facets) -> FieldRefs:
    """What the columns of a dataset are made of, and what all of it depends on."""
    found: list[str | bool] = []
    for name, told in mapping(facet, "fields").items():
        if isinstance(told, dict):
            _add_refs(found, intern(name), told.get("inputFields"))
    depends: list[str | bool] = []
    _add_refs(depends, "", facet.get("dataset"))
    depends[4::5] = [False] * (len(depends) // 5)
    return (*found, *depends)


def _add_refs(found: list[str | bool], column: str, told: object) -> None:
    for row in told if isinstance(told, list) else ():
        try:
            namespace, name, field = _FIELD(row)
            ref = (column, intern(namespace), intern(name), intern(field))
        except (KeyError, TypeError):  # it is no object, or has no texts
            continue
        if name:
            found += ref
            found.append(_is_direct(row.get("transformations")))


def refs(found: FieldRefs) -> Iterator[FieldRef]:
    """One by one."""
    one: Iterator[Any] = iter(found)
    return zip(one, one, one, one, one, strict=True)


def _is_direct(told: object) -> bool:
    """Whether one of some transformations is direct; without any it is."""
    is_told = False
    for row in told if isinstance(told, list) else ():
        if isinstance(row, dict):
            if row.get("type") == "DIRECT":
                return True
            is_told = True
    return not is_told


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

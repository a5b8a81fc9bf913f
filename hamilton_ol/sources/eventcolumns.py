"""What facets of other producers say of the columns of datasets, whatever else they hold.

These facets are as large as all others together. They come as bytes where the event was as it should
be, and are read when it is known that they count.
"""

from collections.abc import Iterable, Iterator
from operator import itemgetter
from sys import intern
from typing import Any, NamedTuple

import msgspec

from hamilton_ol.sources.eventfacets import Facets, mapping, rows, text
from hamilton_ol.sources.eventjson import parsed

MOST_NESTED = 8  # levels of a column's fields that are told apart
MOST_KNOWN = 10_000  # schemas that are known by their bytes
_FIELD = itemgetter("namespace", "name", "field")
_NAME_AND_TYPE = itemgetter("name", "type")

#: (name, type) of each column of a dataset.
Columns = tuple[tuple[str, str], ...]
#: (column, namespace, name, field, whether it is made of it directly) of a column and one that it
#: is made of; without a column or a field, the whole dataset.
FieldRef = tuple[str, str, str, str, bool]


class FieldRefs(NamedTuple):
    """Many of them, part by part: there are millions, and no object is made of each.

    Attributes:
        columns: of each.
        places: namespace, name and field of each, one after the other.
        direct: of each.
    """

    columns: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    direct: tuple[bool, ...] = ()


NO_REFS = FieldRefs()


def is_deleted(facet: Facets) -> bool:
    """Whether a facet says that there is none any more."""
    return facet.get("_deleted") is True


class Schemas:
    """The columns of datasets; of equal ones there is one, and it is read once."""

    def __init__(self) -> None:
        self._known: dict[object, Columns] = {}
        self._read: dict[bytes, Columns | None] = {}

    def columns(self, facet: object) -> Columns | None:
        """(name, type) of each column; one within another is named with it, by dots.

        Returns:
            None, where the facet is no object.

        Raises:
            ValueError, RecursionError: its bytes cannot be read.
        """
        if not isinstance(facet, msgspec.Raw):
            return self._columns(facet)
        data = bytes(facet)
        if data not in self._read:
            if len(self._read) == MOST_KNOWN:
                self._read.clear()
            self._read[data] = self._columns(parsed(data))
        return self._read[data]

    def _columns(self, facet: object) -> Columns | None:
        if not isinstance(facet, dict):
            return None
        if is_deleted(facet):
            return ()
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


# --- what they are made of -----------------------------------------------------------------------


class _How(msgspec.Struct, gc=False):
    type: Any = None


class _Ref(msgspec.Struct, gc=False):
    namespace: str
    name: str
    field: str
    transformations: list[_How] | None = None


class _Made(msgspec.Struct, gc=False):
    inputFields: list[_Ref] | None = None  # noqa: N815 - OpenLineage's name


class _Lineage(msgspec.Struct, gc=False):
    fields: dict[str, _Made] | None = None
    dataset: list[_Ref] | None = None
    deleted: Any = msgspec.field(default=None, name="_deleted")


_LINEAGE = msgspec.json.Decoder(_Lineage)


def made_of(facet: object) -> FieldRefs | None:
    """What the columns of a dataset are made of, and what all of it depends on.

    Returns:
        None, where the facet is no object.

    Raises:
        ValueError, RecursionError: its bytes cannot be read.
    """
    told = _lineage(facet)
    if told is None:
        return None
    if told.deleted is True:
        return NO_REFS
    found = _Found([], [], [])
    for name, made in (told.fields or {}).items():
        found.add(intern(name), made.inputFields or ())
    count = len(found.columns)
    found.add("", told.dataset or ())
    found.direct[count:] = [False] * (len(found.columns) - count)
    return FieldRefs(tuple(found.columns), tuple(found.places), tuple(found.direct))


class _Found(NamedTuple):
    """`FieldRefs` that are still to come."""

    columns: list[str]
    places: list[str]
    direct: list[bool]

    def add(self, column: str, told: Iterable[_Ref]) -> None:
        """What a column is made of, as far as that has a name."""
        columns, places, direct = self  # one loop: others take twice its time, a million times
        for ref in told:
            if ref.name:
                columns.append(column)
                places += (intern(ref.namespace), intern(ref.name), intern(ref.field))
                hows = ref.transformations
                direct.append(not hows or hows[0].type == "DIRECT" or _is_direct(hows))


def refs(found: FieldRefs) -> Iterator[FieldRef]:
    """One by one."""
    place = iter(found.places)
    return zip(found.columns, place, place, place, found.direct, strict=True)


def _lineage(facet: object) -> _Lineage | None:
    if isinstance(facet, msgspec.Raw):
        try:
            return _LINEAGE.decode(facet)
        except msgspec.DecodeError:
            facet = parsed(bytes(facet))
    return _patiently(facet) if isinstance(facet, dict) else None


def _patiently(facet: Facets) -> _Lineage:
    """As far as it is as it should be."""
    told = mapping(facet, "fields").items()
    made = {k: _Made([*_refs(v.get("inputFields"))]) for k, v in told if isinstance(v, dict)}
    return _Lineage(made, [*_refs(facet.get("dataset"))], facet.get("_deleted"))


def _refs(told: object) -> Iterator[_Ref]:
    for row in told if isinstance(told, list) else ():
        try:
            namespace, name, field = _FIELD(row)
        except (KeyError, TypeError):  # it is no object, or has no such fields
            continue
        if all(isinstance(one, str) for one in (namespace, name, field)):
            hows = [_How(how.get("type")) for how in rows(row, "transformations")]
            yield _Ref(namespace, name, field, hows)


def _is_direct(hows: list[_How]) -> bool:
    """Whether one of some transformations is direct."""
    return any(how.type == "DIRECT" for how in hows)

"""Which fields an output field comes from, one step at a time.

Fields of inputs of the same run are named, nothing further back. Where a function takes a whole
table, what it makes of which column is not known: INDIRECT. Nothing is claimed that is not known.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from hamilton_ol.mapping.datasets import Used
from hamilton_ol.mapping.facets import Facet, facet
from hamilton_ol.mapping.naming import DatasetId
from hamilton_ol.mapping.profiles import Profile
from hamilton_ol.mapping.shapes import Shape
from hamilton_ol.records import Value

CAP = 100  # columns of one table, passed whole, that each field of an output is said to come from


class Ref(NamedTuple):
    """A field of an input, and how it matters."""

    dataset: DatasetId
    field: str
    is_direct: bool
    subtype: str = ""


class Lineage(NamedTuple):
    """The lineage of one output.

    Attributes:
        fields: {output field: input fields}.
        dataset: input fields that the whole output depends on.
        capped: names of tables of which not every column is named.
    """

    fields: dict[str, tuple[Ref, ...]]
    dataset: tuple[Ref, ...]
    capped: tuple[str, ...]


def lineage(
    output: Shape, arguments: Sequence[Used], sources: Sequence[Used], values: Mapping[str, Value]
) -> Lineage:
    """Where the fields of an output come from.

    Args:
        output: its fields.
        arguments: what the job takes from other jobs.
        sources: what it reads outside.
        values: of inputs and config, for columns that a run chooses.
    """
    taken = {used.argument: _taken(used, values) for used in arguments}
    capped = {u.id.name for u in (*arguments, *sources) if _is_wide(u)}
    every = [ref for refs in taken.values() for ref in refs]
    fields: dict[str, tuple[Ref, ...]] = {}
    for name, _ in output.fields:
        refs = [*_of_sources(name, output, sources)]
        refs += _of_column(name, taken, every) if output.kind == "table" else every
        limited = [ref for ref in refs if ref.is_direct or ref.dataset.name not in capped]
        if limited:
            fields[name] = tuple(dict.fromkeys(limited))
    dataset = _of_the_whole(output, every, sources) if output.kind == "table" else ()
    return Lineage(fields, _limited(dataset, capped), tuple(sorted(capped)))


def _of_the_whole(output: Shape, every: list[Ref], sources: Sequence[Used]) -> tuple[Ref, ...]:
    """What a table depends on, besides the columns that become its own."""
    found = dict.fromkeys((ref.dataset, ref.field) for ref in every)
    columns = {name for name, _ in output.fields}
    for used in sources:
        names = [name for name, _ in used.shape.fields] if used.shape else []
        if not columns <= set(names):
            found |= dict.fromkeys((used.id, name) for name in names)
    return tuple(Ref(dataset, field, is_direct=False) for dataset, field in found)


def _taken(used: Used, values: Mapping[str, Value]) -> list[Ref]:
    """The fields that an argument brings."""
    if used.shape is None:
        return []
    names = [name for name, _ in used.shape.fields]
    if used.field is not None:
        return [Ref(used.id, used.field, is_direct=True, subtype="TRANSFORMATION")]
    if used.shape.kind == "one":
        return [Ref(used.id, names[0], is_direct=True, subtype="TRANSFORMATION")]
    known = _known_columns(used, set(names), values)
    if known is not None:
        return [Ref(used.id, name, is_direct=True, subtype="TRANSFORMATION") for name in known]
    return [Ref(used.id, name, is_direct=False) for name in names]


def _known_columns(used: Used, columns: set[str], values: Mapping[str, Value]) -> list[str] | None:
    """The only columns that the body takes of a table, or None when it may take any."""
    if not used.uses or used.shape is None or used.shape.kind != "table":
        return None
    found = []
    for use in used.uses:
        value = values.get(use.name) if use.how == "input" else None
        name = value.value if value is not None and value.shown else use.name
        if (use.how == "input" and value is None) or name not in columns:
            return None
        found.append(str(name))
    return list(dict.fromkeys(found))


def _of_column(name: str, taken: Mapping[str, list[Ref]], every: list[Ref]) -> list[Ref]:
    """A table's column comes from the argument, or the argument's column, of its name."""
    own = taken.get(name, ())
    refs = own if len(own) == 1 else [ref for ref in every if ref.field == name]
    return [Ref(r.dataset, r.field, is_direct=True, subtype="TRANSFORMATION") for r in refs]


def _of_sources(name: str, output: Shape, sources: Sequence[Used]) -> list[Ref]:
    """A loaded field is the field of its name; what is made of it comes from all that was read."""
    refs = []
    for used in sources:
        names = [field for field, _ in used.shape.fields] if used.shape else []
        if name in names:
            refs.append(Ref(used.id, name, is_direct=True, subtype="IDENTITY"))
        elif output.kind != "table":
            refs += [Ref(used.id, field, is_direct=False) for field in names]
    return refs


def _is_wide(used: Used) -> bool:
    return used.shape is not None and used.field is None and len(used.shape.fields) > CAP


def _limited(refs: tuple[Ref, ...], capped: set[str]) -> tuple[Ref, ...]:
    """Of a table that is too wide the first columns stand for all."""
    counts: dict[str, int] = {}
    kept = []
    for ref in refs:
        counts[ref.dataset.name] = counts.get(ref.dataset.name, 0) + 1
        if ref.dataset.name not in capped or counts[ref.dataset.name] <= CAP:
            kept.append(ref)
    return tuple(kept)


def lineage_facet(found: Lineage, profile: Profile) -> Facet | None:
    """The facet that tells it, or None when there is nothing to tell."""
    if not (found.fields or found.dataset):
        return None
    fields = {
        profile.field(name): {"inputFields": [_input(ref, profile) for ref in refs]}
        for name, refs in found.fields.items()
    }
    dataset = [_input(ref, profile) for ref in found.dataset]
    return facet("ColumnLineageDatasetFacet", fields=fields, dataset=dataset or None)


def _input(ref: Ref, profile: Profile) -> dict[str, Any]:
    transformation = {"type": "DIRECT" if ref.is_direct else "INDIRECT"}
    if ref.subtype:
        transformation["subtype"] = ref.subtype
    return {
        "namespace": ref.dataset.namespace,
        "name": ref.dataset.name,
        "field": profile.field(ref.field),
        "transformations": [transformation],
    }

"""Which fields an output field comes from, one step at a time.

Fields of inputs of the same run are named, nothing further back. Where a function takes a whole
table, what it makes of which column is not known: INDIRECT. Nothing is claimed that is not known.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from hamilton_ol.mapping.facets import Facet, facet
from hamilton_ol.mapping.naming import DatasetId
from hamilton_ol.mapping.profiles import Profile
from hamilton_ol.mapping.shapes import Shape
from hamilton_ol.mapping.used import Used
from hamilton_ol.records import ColumnUse, Value

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


class Claims(NamedTuple):
    """What may be said of the lineage of one output, before some of it is left out.

    Attributes:
        fields: {output field: input fields}.
        dataset: input fields that the whole output depends on.
    """

    fields: Mapping[str, Sequence[Ref]]
    dataset: Sequence[Ref]


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
    return capped(claims(output, arguments, sources, values))


def claims(
    output: Shape, arguments: Sequence[Used], sources: Sequence[Used], values: Mapping[str, Value]
) -> Claims:
    """The same, with every column of tables that are too wide for an event."""
    taken = {used.argument: _taken(used, values) for used in arguments}
    every = [ref for refs in taken.values() for ref in refs]
    called = _by_argument(taken)
    fields = {name: _of_sources(name, output, sources) for name, _ in output.fields}
    for name, refs in fields.items():
        refs.extend(_of_column(name, called, every) if output.kind == "table" else every)
    dataset = [*every, *_beside(output, sources)] if output.kind == "table" else []
    return Claims(fields, dataset)


def capped(found: Claims) -> Lineage:
    """What is told of it."""
    vague = [ref for refs in found.fields.values() for ref in refs if not ref.is_direct]
    wide = _wide([*vague, *found.dataset])
    dataset = [*found.dataset, *(ref for ref in vague if ref.dataset in wide)]
    return Lineage(
        {name: kept for name, refs in found.fields.items() if (kept := _named(refs, wide))},
        tuple(_first(dataset, wide)),
        tuple(sorted({dataset.name for dataset in wide})),
    )


def _wide(refs: Sequence[Ref]) -> set[DatasetId]:
    """The datasets of which so many columns may matter that not all are named."""
    columns: dict[DatasetId, set[str]] = {}
    for ref in refs:
        columns.setdefault(ref.dataset, set()).add(ref.field)
    return {dataset for dataset, names in columns.items() if len(names) > CAP}


def _named(refs: Sequence[Ref], wide: set[DatasetId]) -> tuple[Ref, ...]:
    """What is said of one field: no table that is too wide, and of each column only the best."""
    found: dict[tuple[DatasetId, str], Ref] = {}
    for ref in sorted(refs, key=lambda ref: not ref.is_direct):
        if ref.is_direct or ref.dataset not in wide:
            found.setdefault((ref.dataset, ref.field), ref)
    return tuple(ref for ref in refs if found.get((ref.dataset, ref.field)) is ref)


def _first(refs: Sequence[Ref], wide: set[DatasetId]) -> Iterator[Ref]:
    """Each column once; of a table that is too wide the first ones stand for all."""
    counts: dict[DatasetId, int] = {}
    for dataset, field in dict.fromkeys((ref.dataset, ref.field) for ref in refs):
        counts[dataset] = counts.get(dataset, 0) + 1
        if dataset not in wide or counts[dataset] <= CAP:
            yield Ref(dataset, field, is_direct=False)


def _beside(output: Shape, sources: Sequence[Used]) -> Iterator[Ref]:
    """The columns of sources, where the table has columns that they do not."""
    columns = {name for name, _ in output.fields}
    for used in sources:
        names = _names(used)
        if not columns <= set(names):
            yield from (Ref(used.id, name, is_direct=False) for name in names)


def _names(used: Used) -> list[str]:
    return [name for name, _ in used.shape.fields] if used.shape else []


def _taken(used: Used, values: Mapping[str, Value]) -> list[Ref]:
    """The fields that an argument brings."""
    if used.shape is None:
        return []
    names = _names(used)
    if used.field is not None:
        # of a very wide table not all columns are told, and nothing comes from what is not there
        known: list[str] | None = [used.field] if used.field in names else []
    elif used.shape.kind == "one":
        known = names
    else:
        known = _known_columns(used, set(names), values)
    if known is not None:
        return [_direct(used.id, name, "TRANSFORMATION") for name in known]
    return [Ref(used.id, name, is_direct=False) for name in names]


def _direct(dataset: DatasetId, field: str, subtype: str) -> Ref:
    return Ref(dataset, field, is_direct=True, subtype=subtype)


def _known_columns(used: Used, columns: set[str], values: Mapping[str, Value]) -> list[str] | None:
    """The only columns that the body takes of a table, or None when it may take any."""
    if not used.uses or used.shape is None or used.shape.kind != "table":
        return None
    found = [_column(use, values) for use in used.uses]
    if any(name not in columns for name in found):
        return None
    return [name for name in dict.fromkeys(found) if name is not None]


def _column(use: ColumnUse, values: Mapping[str, Value]) -> str | None:
    """The column that is taken, where the code or the run's own value says it."""
    if use.how != "input":
        return use.name
    value = values.get(use.name)
    return str(value.value) if value is not None and value.shown else None


def _by_argument(taken: Mapping[str, list[Ref]]) -> Mapping[str, list[Ref]]:
    """{argument: its fields}; a subdag puts its own name in front of those of its nodes."""
    short = [(node.rpartition(".")[2], refs) for node, refs in taken.items()]
    counts = Counter(name for name, _ in short)
    return {**{name: refs for name, refs in short if counts[name] == 1}, **taken}


def _of_column(name: str, called: Mapping[str, list[Ref]], every: list[Ref]) -> list[Ref]:
    """A table's column comes from the argument, or the argument's column, of its name."""
    own = called.get(name, ())
    refs = own if len(own) == 1 else [ref for ref in every if ref.field == name]
    return [_direct(ref.dataset, ref.field, "TRANSFORMATION") for ref in refs]


def _of_sources(name: str, output: Shape, sources: Sequence[Used]) -> list[Ref]:
    """A loaded field is the field of its name; what is made of it comes from all that was read."""
    refs = []
    for used in sources:
        names = _names(used)
        if name in names:
            refs.append(_direct(used.id, name, "IDENTITY"))
        elif output.kind != "table":
            refs += [Ref(used.id, field, is_direct=False) for field in names]
    return refs


def lineage_facet(found: Lineage, profile: Profile) -> Facet | None:
    """The facet that tells it, or None when there is nothing to tell."""
    told = {name: _inputs(refs, profile) for name, refs in found.fields.items()}
    fields = {profile.field(name): {"inputFields": refs} for name, refs in told.items() if refs}
    dataset = _inputs(found.dataset, profile)
    if not (fields or dataset):
        return None
    return facet("ColumnLineageDatasetFacet", fields=fields, dataset=dataset or None)


def _inputs(refs: Sequence[Ref], profile: Profile) -> list[dict[str, Any]]:
    return [_input(ref, profile) for ref in refs if profile.keeps(ref.dataset)]


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

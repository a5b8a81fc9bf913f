"""What events say of datasets: versions, fields and the lineage of columns."""

from datetime import datetime

from tests.support.marquez import limits
from tests.support.marquez.catalog import (
    Catalog,
    Dataset,
    Edge,
    Json,
    Run,
    Schema,
    Use,
    Version,
)
from tests.support.marquez.times import now


def take_input(catalog: Catalog, run: Run, told: Json, time: datetime) -> None:
    """A dataset that is read: its current version, one without a run if it has none."""
    dataset = _dataset(catalog, told, time)
    version = dataset.current
    if version is None:
        version = dataset.current = _new_version(dataset, None, _schema(told), time)
    _grow(version, told, told.get("inputFacets"))
    _use(run.inputs, version).facets.update(told.get("inputFacets") or {})


def take_output(catalog: Catalog, run: Run, told: Json, time: datetime) -> None:
    """A dataset that is written: a version for each schema that the run says it has."""
    dataset, schema = _dataset(catalog, told, time), _schema(told)
    same = (v for v in dataset.versions if v.run is run and v.schema == schema)
    version = next(same, None) or _new_version(dataset, run, schema, time)
    _grow(version, told, None)
    _use(run.outputs, version).facets.update(told.get("outputFacets") or {})
    _take_lineage(catalog, run, version, told)


def take_static(catalog: Catalog, told: Json, time: datetime) -> None:
    """A dataset without a run."""
    dataset = _dataset(catalog, told, time)
    dataset.current = _new_version(dataset, None, _schema(told), time)
    _grow(dataset.current, told, None)


def make_current(run: Run) -> None:
    """What a run wrote is what its datasets are now, by the server's own clock."""
    for use in run.outputs:
        use.version.dataset.current = use.version
        use.version.dataset.updated = now()


def _dataset(catalog: Catalog, told: Json, time: datetime) -> Dataset:
    limits.check_dataset(told)
    dataset = catalog.dataset(told["namespace"], told["name"], time)
    facets = told.get("facets") or {}
    dataset.description = (facets.get("documentation") or {}).get("description")
    dataset.source = (facets.get("dataSource") or {}).get("name", "default")
    return dataset


def _schema(told: Json) -> Schema:
    fields = ((told.get("facets") or {}).get("schema") or {}).get("fields") or ()
    return tuple((one["name"], one.get("type"), one.get("description")) for one in fields)


def _new_version(dataset: Dataset, run: Run | None, schema: Schema, time: datetime) -> Version:
    version = Version(dataset, run, time, schema)
    dataset.versions.append(version)
    return version


def _grow(version: Version, told: Json, more: Json | None) -> None:
    """Fields and facets are added to those that it has; none is ever taken away."""
    version.fields |= {name: (kind, text) for name, kind, text in _schema(told)}
    for name, (kind, _) in version.fields.items():
        version.dataset.field_types.setdefault(name, set()).add(kind)
    version.facets |= {**(told.get("facets") or {}), **(more or {})}


def _use(uses: list[Use], version: Version) -> Use:
    found = next((use for use in uses if use.version is version), None)
    if found is None:
        found = Use(version)
        uses.append(found)
    return found


def _take_lineage(catalog: Catalog, run: Run, version: Version, told: Json) -> None:
    """Only from fields that are known of inputs of this run, to fields that this event names."""
    facet = (told.get("facets") or {}).get("columnLineage") or {}
    named = {name for name, _, _ in _schema(told)}
    for name, lineage in (facet.get("fields") or {}).items():
        for ref in lineage.get("inputFields") or () if name in named else ():
            source = _source(catalog, run, ref)
            if source is not None:
                texts = lineage.get("transformationDescription"), lineage.get("transformationType")
                edge = Edge(version, name, source, ref["field"], *texts)
                version.dataset.edges[name, source.dataset, ref["field"]] = edge


def _source(catalog: Catalog, run: Run, ref: Json) -> Version | None:
    dataset = catalog.datasets.get((ref.get("namespace", ""), ref.get("name", "")))
    uses = [use.version for use in run.inputs if use.version.dataset is dataset]
    return next((v for v in reversed(uses) if ref.get("field") in v.fields), None)

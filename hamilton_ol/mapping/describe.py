"""The facets of datasets: what the code says of them."""

from typing import Any
from urllib.parse import quote, urlsplit

from hamilton_ol.mapping.facets import Facet, facet
from hamilton_ol.mapping.jobs import JobGraph
from hamilton_ol.mapping.locations import escaped, is_uri
from hamilton_ol.mapping.options import Options
from hamilton_ol.mapping.profiles import Profile
from hamilton_ol.mapping.tags import OWNER_TAG, SOURCE_TAG, plain_tags, tag_values
from hamilton_ol.mapping.used import Used
from hamilton_ol.records import DatasetAccess, NodeRecord

TAG_SOURCE = "HAMILTON"  # who says so, in tags facets


class Describer:
    """Makes the facets of one graph's datasets.

    Args:
        jobs: of the graph.
        options: how much may be told.
        profile: limits of the consumer.
    """

    def __init__(self, jobs: JobGraph, options: Options, profile: Profile) -> None:
        self._jobs, self._options, self._profile = jobs, options, profile

    def dataset(self, used: Used) -> dict[str, Any]:
        """A dataset with all its facets but lineage and statistics."""
        facets: dict[str, Facet | None] = {"schema": self._schema(used)}
        if used.role in ("memory", "given"):
            facets["datasetType"] = facet(
                "DatasetTypeDatasetFacet", datasetType="JOB_OUTPUT", subType="TEMPORARY"
            )
        record = self._jobs.nodes.get(used.owner)
        if record is not None:
            if used.role == "memory" and not self._options.is_minimal:
                facets["documentation"] = documentation("DocumentationDatasetFacet", record)
            facets["ownership"] = ownership("OwnershipDatasetFacet", owners(self._jobs, used.owner))
            facets["tags"] = self._tags(used, record)
        if used.role in ("source", "sink"):
            facets |= self._outside(used)
        known = {key: value for key, value in facets.items() if value is not None}
        return {"namespace": used.id.namespace, "name": used.id.name, "facets": known}

    def _schema(self, used: Used) -> Facet | None:
        if used.shape is None:
            return None
        columns = self._jobs.columns(used.owner)
        owner = self._jobs.nodes.get(used.owner)
        said = {"", owner.documentation if owner else ""}
        fields = []
        for name, kind in used.shape.fields:
            field = {"name": self._profile.field(name), "type": kind}
            text = columns[name].documentation if name in columns else ""
            if text not in said and not self._options.is_minimal:
                field["description"] = text
            fields.append(field)
        return facet("SchemaDatasetFacet", fields=fields)

    def _tags(self, used: Used, record: NodeRecord) -> Facet | None:
        """Tags of the node, and of those columns whose tags differ from it."""
        tags = [tag(key, value) for key, value in plain_tags(record)]
        tags += [tag(SOURCE_TAG, value) for value in used.lost]
        present = {name for name, _ in used.shape.fields} if used.shape else set()
        for name, column in self._jobs.columns(used.owner).items():
            if name in present:
                own = [*plain_tags(column), *_own_owners(column, record)]
                new = [pair for pair in own if pair not in set(plain_tags(record))]
                tags += [tag(*pair) | {"field": self._profile.field(name)} for pair in new]
        return facet("TagsDatasetFacet", tags=tags) if tags else None

    def _outside(self, used: Used) -> dict[str, Facet | None]:
        access = used.access
        name, uri = used.id.name, _uri(access.location if access else "")
        source = None
        if uri or self._profile.source_names:
            named = name if self._profile.source_names else None
            source = facet("DatasourceDatasetFacet", name=named, uri=uri)
        if access is None:
            return {"dataSource": source}
        written = facet("LifecycleStateChangeDatasetFacet", lifecycleStateChange="OVERWRITE")
        return {
            "dataSource": source,
            "storage": _storage(access),
            "version": None if self._options.is_minimal else _version(access),
            "lifecycleStateChange": written if access.mode == "write" else None,
        }


def owners(jobs: JobGraph, owner: str) -> tuple[str, ...]:
    """The owners that a node's tag names, else those of its columns."""
    own = tag_values(jobs.nodes[owner], OWNER_TAG)
    columns = jobs.columns(owner).values() if not own else ()
    return tuple(dict.fromkeys([*own, *(n for c in columns for n in tag_values(c, OWNER_TAG))]))


def _own_owners(column: NodeRecord, whole: NodeRecord) -> list[tuple[str, str]]:
    """The owners of a column that are not those of all of it."""
    names, others = tag_values(column, OWNER_TAG), tag_values(whole, OWNER_TAG)
    return [(OWNER_TAG, ",".join(names))] if names and names != others else []


def ownership(kind: str, names: tuple[str, ...]) -> Facet | None:
    """Who is responsible, or None where nobody says."""
    people = [{"name": name, "type": "OWNER"} for name in names]
    return facet(kind, owners=people) if people else None


def documentation(kind: str, record: NodeRecord) -> Facet | None:
    """A node's docstring."""
    if not record.documentation:
        return None
    return facet(kind, description=record.documentation, contentType="text/plain")


def tag(key: str, value: str) -> dict[str, str]:
    """A tag as the code says it."""
    return {"key": key, "value": value, "source": TAG_SOURCE}


def _uri(location: str) -> str | None:
    if not location:
        return None
    return escaped(location) if is_uri(location) else f"file://{quote(location, errors='replace')}"


def _storage(access: DatasetAccess) -> Facet | None:
    if access.table or not (access.location or access.format):
        return None
    layer = urlsplit(access.location).scheme if is_uri(access.location) else "file"
    return facet("StorageDatasetFacet", storageLayer=layer, fileFormat=access.format or None)


def _version(access: DatasetAccess) -> Facet | None:
    """Size and time of the last change, where the store has no versions of its own."""
    if access.size is None or access.modified is None:
        return None
    version = f"{access.size}-{access.modified:.6f}"
    return facet("DatasetVersionDatasetFacet", datasetVersion=version)

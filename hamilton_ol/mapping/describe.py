"""The facets of datasets and jobs: what the code says of them."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, urlsplit

from hamilton_ol.mapping.datasets import SOURCE_TAG, Used, tag_values
from hamilton_ol.mapping.facets import Facet, facet
from hamilton_ol.mapping.jobs import JobGraph
from hamilton_ol.mapping.options import Options
from hamilton_ol.mapping.pages import file_page, web_page
from hamilton_ol.mapping.profiles import Profile
from hamilton_ol.records import DatasetAccess, GraphRecord, NodeRecord, Revision

OWNER_TAG = "owner"
TAG_SOURCE = "HAMILTON"  # who says so, in tags facets
_OWN_FACETS = frozenset({OWNER_TAG, SOURCE_TAG})


class Describer:
    """Makes facets for one graph.

    Args:
        jobs: of the graph.
        options: how much may be told.
        profile: limits of the consumer.
    """

    def __init__(self, jobs: JobGraph, options: Options, profile: Profile) -> None:
        self._jobs, self._options, self._profile = jobs, options, profile

    # --- datasets ------------------------------------------------------------------------------

    def dataset(self, used: Used) -> dict[str, Any]:
        """A dataset with all its facets but lineage and statistics."""
        facets = self.dataset_facets(used)
        return {"namespace": used.id.namespace, "name": used.id.name, "facets": facets}

    def dataset_facets(self, used: Used) -> dict[str, Facet]:
        """The facets of a dataset, without lineage and statistics."""
        facets: dict[str, Facet | None] = {"schema": self._schema(used)}
        if used.role in ("memory", "given"):
            facets["datasetType"] = facet(
                "DatasetTypeDatasetFacet", datasetType="JOB_OUTPUT", subType="TEMPORARY"
            )
        record = self._jobs.nodes.get(used.owner)
        if record is not None:
            if used.role == "memory" and not self._options.is_minimal:
                facets["documentation"] = _documentation("DocumentationDatasetFacet", record)
            facets["ownership"] = self._ownership("OwnershipDatasetFacet", used.owner)
            facets["tags"] = self._dataset_tags(used, record)
        if used.role in ("source", "sink"):
            facets |= self._outside(used)
        return {key: value for key, value in facets.items() if value is not None}

    def _schema(self, used: Used) -> Facet | None:
        if used.shape is None:
            return None
        columns = self._jobs.columns(used.owner)
        owner = self._jobs.nodes.get(used.owner)
        documentation = owner.documentation if owner else ""
        fields = []
        for name, kind in used.shape.fields:
            field = {"name": self._profile.field(name), "type": kind}
            own = columns.get(name)
            if own and own.documentation not in ("", documentation):
                field["description"] = own.documentation
            fields.append(field)
        return facet("SchemaDatasetFacet", fields=fields)

    def _dataset_tags(self, used: Used, record: NodeRecord) -> Facet | None:
        """Tags of the node, and of those columns whose tags differ from it."""
        tags = [_tag(key, value) for key, value in _shown_tags(record)]
        if (
            used.access is not None
        ):  # the loader says what it is, so that the tag says something else
            tags += [_tag(SOURCE_TAG, value) for value in tag_values(record, SOURCE_TAG)]
        present = {name for name, _ in used.shape.fields} if used.shape else set()
        for name, column in self._jobs.columns(used.owner).items():
            if name in present:
                tags += [
                    _tag(key, value) | {"field": self._profile.field(name)}
                    for key, value in _shown_tags(column)
                    if record.tags.get(key) != column.tags.get(key)
                ]
        return facet("TagsDatasetFacet", tags=tags) if tags else None

    def _outside(self, used: Used) -> dict[str, Facet | None]:
        access = used.access
        location = access.location if access else ""
        source = facet("DatasourceDatasetFacet", name=used.id.name, uri=_uri(location))
        if access is None:
            return {"dataSource": source}
        written = facet("LifecycleStateChangeDatasetFacet", lifecycleStateChange="OVERWRITE")
        return {
            "dataSource": source,
            "storage": _storage(access),
            "version": None if self._options.is_minimal else _version(access),
            "lifecycleStateChange": written if access.mode == "write" else None,
        }

    # --- jobs ----------------------------------------------------------------------------------

    def job_facets(self, owner: str, revision: Revision | None) -> dict[str, Facet]:
        """The facets of a node's job; they are the same in every run of a graph."""
        facets: dict[str, Facet | None] = {"jobType": job_type("NODE")}
        record = self._jobs.nodes.get(owner)
        if record is not None:
            facets["ownership"] = self._ownership("OwnershipJobFacet", owner)
            tags = [_tag(key, value) for key, value in _shown_tags(record)]
            facets["tags"] = facet("TagsJobFacet", tags=tags) if tags else None
            if not self._options.is_minimal:
                facets["documentation"] = _documentation("DocumentationJobFacet", record)
                facets["sourceCodeLocation"] = self._location(record, revision)
            if self._options.level == "full":
                facets["sourceCode"] = _source_code(record, self._jobs.record)
        return {key: value for key, value in facets.items() if value is not None}

    def dag_facets(self, revision: Revision | None) -> dict[str, Facet]:
        """The facets of the dataflow's own job."""
        facets = {"jobType": job_type("DAG")}
        if revision and revision.remote and not self._options.is_minimal:
            page = web_page(revision.remote)
            url = page and f"{page}/tree/{revision.commit}"
            if url and self._profile.takes_url(url):
                facets["sourceCodeLocation"] = _git(url, revision, None)
        return facets

    def _location(self, record: NodeRecord, revision: Revision | None) -> Facet | None:
        place = record.place
        if not (place and place.in_repository and revision and revision.remote):
            return None
        page = web_page(revision.remote)
        if page is None:
            return None
        url = file_page(page, revision.commit, place.file, place.line)
        return _git(url, revision, place.file) if self._profile.takes_url(url) else None

    def _ownership(self, name: str, owner: str) -> Facet | None:
        """The owners that a node's tag names, else those of its columns."""
        names = list(tag_values(self._jobs.nodes[owner], OWNER_TAG))
        for column in self._jobs.columns(owner).values() if not names else ():
            names += tag_values(column, OWNER_TAG)
        owners = [{"name": name, "type": "OWNER"} for name in dict.fromkeys(names)]
        return facet(name, owners=owners) if owners else None


def job_type(kind: str) -> Facet:
    """What kind of job it is; all three fields, because Marquez refuses fewer."""
    return facet("JobTypeJobFacet", processingType="BATCH", integration="HAMILTON", jobType=kind)


def _git(url: str, revision: Revision, path: str | None) -> Facet:
    return facet(
        "SourceCodeLocationJobFacet",
        type="git",
        url=url,
        repoUrl=revision.remote,
        path=path,
        version=revision.commit,
        branch=revision.branch,
    )


def _source_code(record: NodeRecord, graph: GraphRecord) -> Facet | None:
    text = graph.texts.get(record.place.function) if record.place else None
    return facet("SourceCodeJobFacet", language="python", sourceCode=text) if text else None


def _documentation(name: str, record: NodeRecord) -> Facet | None:
    if not record.documentation:
        return None
    return facet(name, description=record.documentation, contentType="text/plain")


def _shown_tags(record: NodeRecord) -> Iterable[tuple[str, str]]:
    """Tags that have no facet of their own, in the order of their keys."""
    for key in sorted(record.tags):
        if key.lower() not in _OWN_FACETS:
            value = record.tags[key]
            yield key, value if isinstance(value, str) else ",".join(value)


def _tag(key: str, value: str) -> dict[str, str]:
    return {"key": key, "value": value, "source": TAG_SOURCE}


def _uri(location: str) -> str | None:
    if not location:
        return None
    return location if "://" in location else f"file://{quote(location)}"


def _storage(access: DatasetAccess) -> Facet | None:
    if access.table or not (access.location or access.format):
        return None
    layer = urlsplit(access.location).scheme if "://" in access.location else "file"
    return facet("StorageDatasetFacet", storageLayer=layer, fileFormat=access.format or None)


def _version(access: DatasetAccess) -> Facet | None:
    """Size and time of the last change, where the store has no versions of its own."""
    if access.size is None or access.modified is None:
        return None
    version = f"{access.size}-{access.modified:.6f}"
    return facet("DatasetVersionDatasetFacet", datasetVersion=version)

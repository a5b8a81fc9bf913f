"""The facets of jobs; they are the same in every run of a graph."""

from hamilton_ol.mapping.describe import documentation, owners, ownership, tag
from hamilton_ol.mapping.facets import Facet, facet
from hamilton_ol.mapping.jobs import JobGraph
from hamilton_ol.mapping.options import Options
from hamilton_ol.mapping.pages import file_page, tree_page, web_page
from hamilton_ol.mapping.profiles import Profile
from hamilton_ol.mapping.tags import plain_tags
from hamilton_ol.records import GraphRecord, NodeRecord, Revision


class JobFacets:
    """Makes the facets of one graph's jobs.

    Args:
        jobs: of the graph.
        options: how much may be told.
        profile: limits of the consumer.
        revision: of the code.
    """

    def __init__(
        self, jobs: JobGraph, options: Options, profile: Profile, revision: Revision | None
    ) -> None:
        self._jobs, self._options, self._profile = jobs, options, profile
        self._revision = revision

    def of_node(self, owner: str) -> dict[str, Facet]:
        """The facets of a node's job."""
        facets: dict[str, Facet | None] = {"jobType": job_type("NODE")}
        record = self._jobs.nodes.get(owner)
        if record is not None:
            tags = [tag(key, value) for key, value in plain_tags(record)]
            facets["ownership"] = ownership("OwnershipJobFacet", owners(self._jobs, owner))
            facets["tags"] = facet("TagsJobFacet", tags=tags) if tags else None
            if not self._options.is_minimal:
                facets["documentation"] = documentation("DocumentationJobFacet", record)
                facets["sourceCodeLocation"] = self._location(record)
            if self._options.level == "full":
                facets["sourceCode"] = _source_code(record, self._jobs.record)
        return {key: value for key, value in facets.items() if value is not None}

    def of_dag(self) -> dict[str, Facet]:
        """The facets of the dataflow's own job."""
        facets = {"jobType": job_type("DAG"), "sourceCodeLocation": self._tree()}
        return {key: value for key, value in facets.items() if value is not None}

    def _tree(self) -> Facet | None:
        revision = self._revision
        page = web_page(revision.remote) if revision and revision.remote else None
        if page is None or revision is None or self._options.is_minimal:
            return None
        return self._git(tree_page(page, revision.commit), revision, None)

    def _location(self, record: NodeRecord) -> Facet | None:
        place, revision = record.place, self._revision
        page = web_page(revision.remote) if revision and revision.remote else None
        if page is None or revision is None or place is None or not place.in_repository:
            return None
        url = file_page(page, revision.commit, place.file, place.line)
        return self._git(url, revision, place.file)

    def _git(self, url: str, revision: Revision, path: str | None) -> Facet | None:
        if not self._profile.takes_url(url):
            return None
        return facet(
            "SourceCodeLocationJobFacet",
            type="git",
            url=url,
            repoUrl=revision.remote,
            path=path,
            version=revision.commit,
            branch=revision.branch,
        )


def job_type(kind: str) -> Facet:
    """What kind of job it is; all three fields, because Marquez refuses fewer."""
    return facet("JobTypeJobFacet", processingType="BATCH", integration="HAMILTON", jobType=kind)


def _source_code(record: NodeRecord, graph: GraphRecord) -> Facet | None:
    text = graph.texts.get(record.place.function) if record.place else None
    return facet("SourceCodeJobFacet", language="python", sourceCode=text) if text else None

"""What an event says of the datasets on its two sides."""

from collections.abc import Iterable, Mapping
from typing import Any

from hamilton_ol.mapping.checkfacets import assertions_facet
from hamilton_ol.mapping.columns import Lineage, lineage_facet
from hamilton_ol.mapping.describe import Describer
from hamilton_ol.mapping.facets import Body, Facet, facet
from hamilton_ol.mapping.jobs import JobGraph
from hamilton_ol.mapping.options import Options
from hamilton_ol.mapping.profiles import Profile
from hamilton_ol.mapping.used import Used


class DatasetBodies:
    """Makes the datasets in the events of one graph.

    Args:
        jobs: of the graph.
        options: how much may be told.
        profile: rules of the consumer.
    """

    def __init__(self, jobs: JobGraph, options: Options, profile: Profile) -> None:
        self._options, self._profile = options, profile
        self._describer = Describer(jobs, options, profile)

    def told(self, side: Iterable[Used]) -> list[Used]:
        """Those of one side of a job that the consumer keeps."""
        return [used for used in side if self._profile.keeps(used.id)]

    def plain(self, used: Used) -> Body:
        """A dataset on either side of a START, where nothing is known yet but what it is."""
        return self._describer.dataset(used)

    def read(self, used: Used) -> Body:
        """An input of a job that has ended."""
        dataset = self._describer.dataset(used)
        facets: dict[str, Facet] = {}
        counts = self._counts(used, None)
        if counts and used.role == "source":
            facets["inputStatistics"] = facet("InputStatisticsInputDatasetFacet", **counts)
        if used.checks:
            facets["dataQualityAssertions"] = assertions_facet(used.checks)
        return {**dataset, "inputFacets": facets} if facets else dataset

    def written(self, used: Used, found: Lineage | None, rows: Any) -> Body:
        """An output of a job that succeeded.

        Args:
            used: the dataset.
            found: where its columns come from.
            rows: how many it has, as far as that is known.
        """
        dataset = self._describer.dataset(used)
        columns = lineage_facet(found, self._profile) if found else None
        if columns is not None:
            dataset["facets"]["columnLineage"] = columns
        counts = self._counts(used, rows)
        if counts:
            counted = facet("OutputStatisticsOutputDatasetFacet", **counts)
            dataset["outputFacets"] = {"outputStatistics": counted}
        return dataset

    def lost(self, used: Used) -> Body:
        """An output of a job that failed; what it holds is not known.

        It is named all the same, because Marquez hides the edge otherwise.
        """
        return {"namespace": used.id.namespace, "name": used.id.name}

    def _counts(self, used: Used, rows: Any) -> Mapping[str, Any]:
        if self._options.is_minimal:
            return {}
        access = used.access
        if access is not None:
            counts = (("rowCount", access.rows), ("size", access.size))
            return {key: value for key, value in counts if value is not None}
        return {"rowCount": rows} if used.has_rows else {}

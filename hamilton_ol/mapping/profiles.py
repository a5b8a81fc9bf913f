"""What one consumer needs otherwise than the standard says.

Marquez 0.51: with a parent on its terminal event a failed node takes on its parent's colour; a
location of more than 255 characters, or such a field name, is answered 500 every time.

DataHub (its OpenLineagePlatformResolver, OpenLineageDatasetMapper and OpenLineageRunMapper) tells
datasets apart by the scheme of the namespace and the name alone, drops a dataset that does not make
a URI, takes what stands before the first dot of a job's name for the dataflow and the name of a data
source for an instance of its platform, and looks for a parent's job on a platform where none is.

OpenMetadata 2 (its OpenLineageMapper and OpenLineageEntityResolver) reads COMPLETE only, and takes
the last parts of a dataset's name, divided by dots, for a table that it knows. What is in memory is
no such table: it is reported as missing, or taken for one that happens to be called so. The name of
a data source it looks for among its services.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from hamilton_ol.mapping.naming import DatasetId

#: How a result in memory is called, from the job namespace, the dataflow and the node.
MemoryName = Callable[[str, str, str], str]
_MEMORY = "inmemory://"
_NO_URI = re.compile(r'[\s\x00-\x1f\x7f"<>\[\]{}|\\^`]|%(?![0-9A-Fa-f]{2})')


def _as_node(_namespace: str, _dag: str, node: str) -> str:
    return node


def _in_full(namespace: str, dag: str, node: str) -> str:
    return f"{namespace}.{dag}.{node}"


@dataclass(frozen=True, slots=True)
class Profile:
    """The rules of one consumer.

    Attributes:
        parent_on_terminal: whether the terminal event repeats the parent.
        dataflow_is_parent: whether a node's run names the dataflow's as its parent.
        longest_url: characters of a location; 0 is no limit.
        longest_field: characters of a field's name; 0 is no limit.
        largest_event: bytes.
        granularity: how many jobs a run becomes when nobody says: `auto` goes by its size.
        keeps_memory: whether it keeps what is in memory; else that is left out, and what is made
            of an artifact is joined to what that was made of.
        memory_name: how a result in memory is called.
        dots_in_dataflow: whether the name of a dataflow may have dots.
        only_uris: whether a dataset outside must make a URI.
        source_names: whether the data source of a dataset is named.
    """

    parent_on_terminal: bool = True
    dataflow_is_parent: bool = True
    longest_url: int = 0
    longest_field: int = 0
    largest_event: int = 250_000
    granularity: str = "auto"
    keeps_memory: bool = True
    memory_name: MemoryName = _as_node
    dots_in_dataflow: bool = True
    only_uris: bool = False
    source_names: bool = True

    def takes_url(self, url: str) -> bool:
        """Whether a location is short enough."""
        return not self.longest_url or len(url) <= self.longest_url

    def field(self, name: str) -> str:
        """A field's name, cut where it must be."""
        if self.longest_field and len(name) > self.longest_field:
            return name[: self.longest_field - 1] + "…"
        return name

    def dataflow(self, name: str) -> str:
        """The name of the dataflow's job."""
        return name if self.dots_in_dataflow else name.replace(".", "-")

    def names_dataflow(self, state: str) -> bool:
        """Whether this event of a node's run names the dataflow's as its parent."""
        return self.dataflow_is_parent and (state == "START" or self.parent_on_terminal)

    def keeps(self, dataset: DatasetId) -> bool:
        """Whether a dataset is told of."""
        return self.keeps_memory or not dataset.namespace.startswith(_MEMORY)

    def outside(self, found: DatasetId) -> DatasetId:
        """A dataset outside; a namespace that is no URI makes none of its names one."""
        if not self.only_uris or "://" not in found.namespace:
            return found
        return found._replace(name=_NO_URI.sub(lambda sign: quote(sign[0]), found.name))


PROFILES = {
    "generic": Profile(),
    "marquez": Profile(parent_on_terminal=False, longest_url=255, longest_field=255),
    "datahub": Profile(
        dataflow_is_parent=False,
        granularity="artifact",
        memory_name=_in_full,
        dots_in_dataflow=False,
        only_uris=True,
        source_names=False,
    ),
    "openmetadata": Profile(
        granularity="artifact",
        keeps_memory=False,
        source_names=False,
    ),
}

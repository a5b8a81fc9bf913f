"""What decides, besides the records, what events look like."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hamilton_ol.mapping.naming import DatasetId, declared_dataset


@dataclass(frozen=True)
class Options:
    """How a run is told.

    Attributes:
        profile: the consumer whose rules are followed, a key of `profiles.PROFILES`.
        granularity: how many jobs a run becomes: `node`, `artifact`, `dag` or `auto`.
        level: `minimal`: names, types and tags; `standard`: also places, counts, open values;
            `full`: also source text.
        source_namespace: namespace of datasets that only a tag names; by default the jobs'.
        sources: {tag value, location or node: what it really is}.
    """

    profile: str = "marquez"
    granularity: str = "node"
    level: str = "standard"
    source_namespace: str | None = None
    sources: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_minimal(self) -> bool:
        """Whether only names, types and tags may be told."""
        return self.level == "minimal"

    def mapped(self, namespace: str, *names: str) -> DatasetId | None:
        """What the person says that one of these names is."""
        found = next((self.sources[name] for name in names if name in self.sources), None)
        return declared_dataset(found, namespace) if found else None

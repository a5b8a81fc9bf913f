"""The tags that mean something: `source`, `owner`, `artifact`. Their keys match without case."""

from collections.abc import Iterator

from hamilton_ol.records import NodeRecord

SOURCE_TAG = "source"
OWNER_TAG = "owner"
ARTIFACT_TAG = "artifact"
_MEANINGFUL = frozenset({SOURCE_TAG, OWNER_TAG})  # an artifact's tag says which kind it is


def tag_values(node: NodeRecord, key: str) -> tuple[str, ...]:
    """The values of a tag, whatever the case of its key; empty ones say nothing."""
    for name, value in node.tags.items():
        if name.lower() == key:
            values = (value,) if isinstance(value, str) else tuple(value)
            return tuple(one for one in values if one.strip())
    return ()


def plain_tags(node: NodeRecord) -> Iterator[tuple[str, str]]:
    """Tags that have no facet of their own, in the order of their keys."""
    for key in sorted(node.tags):
        if key.lower() not in _MEANINGFUL:
            value = node.tags[key]
            yield key, value if isinstance(value, str) else ",".join(value)

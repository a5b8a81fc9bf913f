"""Schemas of results, computed once for what looks the same."""

from typing import Any

from hamilton_ol.dataflow.results import Glimpse, is_task, schema_of
from hamilton_ol.dataflow.types import class_name
from hamilton_ol.records import Schema
from hamilton_ol.store.appender import Appender
from hamilton_ol.store.lines import result_part, schema_line

#: What was seen, the schema's id, its line, the `result_part`, the schema.
Seen = tuple[Any, str, str, str, Schema]
MOST = 512  # remembered by the identity of what was seen; others are computed again


class Schemas:
    """Turns glimpses into schemas and sees to it that the segment holds them.

    Args:
        appender: of the segment.
    """

    def __init__(self, appender: Appender) -> None:
        self._appender = appender
        self._seen: dict[Any, Seen] = {}

    def seen(self, glimpse: Glimpse, declared: str) -> Seen:
        """What is known of a result.

        Args:
            glimpse: of the result.
            declared: type of the node.
        """
        key = _identity(glimpse, declared)
        return self._seen.get(key) or self._new(key, glimpse, declared)

    def say(self, name: str, line: str, lines: list[str]) -> None:
        """Add a schema's line, unless the segment holds it."""
        self._appender.say_once(name, line, lines)

    def say_schema(self, schema: Schema, lines: list[str]) -> str:
        """The id of a schema that was made elsewhere."""
        name, line = schema_line(schema)
        self._appender.say_once(name, line, lines)
        return name

    def _new(self, key: Any, glimpse: Glimpse, declared: str) -> Seen:
        schema = schema_of(glimpse, declared)
        name, line = schema_line(schema)
        if len(self._seen) >= MOST:
            self._seen.clear()
        # What was seen is kept alive, so that nothing else can take on the identity in the key.
        part = result_part("" if is_task(glimpse[0]) else class_name(glimpse[0]), name)
        self._seen[key] = found = (glimpse, name, line, part, schema)
        return found


def _identity(glimpse: Glimpse, declared: str) -> Any:
    kind, seen, _ = glimpse
    if seen is None:
        return id(kind), declared  # a metaclass may hash its classes as it likes
    describe, first, second = seen
    if type(second) is list:  # made anew for every look; what is in it is not
        return id(kind), describe, id(first), tuple([_identities(part) for part in second])
    return id(kind), describe, id(first), id(second)


def _identities(part: Any) -> Any:
    """Of a dtype, or of a dtype and its places."""
    return (id(part[0]), id(part[1])) if type(part) is tuple else id(part)

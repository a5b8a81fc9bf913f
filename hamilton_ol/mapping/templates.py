"""Events as text with holes: what is the same in every run of a graph is rendered once."""

import re
from collections.abc import Mapping
from typing import Any

from hamilton_ol.mapping.limits import render
from hamilton_ol.mapping.text import Hole

_HOLE = re.compile(r'"\\u0000(\w+)"')
SLACK = 250  # bytes by which what is filled in may be longer than the marks of the holes


def hole(name: str) -> Any:
    """Stands for a value that is filled in later."""
    return Hole(name)


class Template:
    """An event with holes.

    Args:
        event: JSON values, with `hole`s.
        limit: bytes that it may have when it is filled.
        node: that it is of.
    """

    def __init__(self, event: dict[str, Any], limit: int, node: str) -> None:
        self._parts = _HOLE.split(render(event, limit - SLACK, node))

    def fill(self, values: Mapping[str, str]) -> str:
        """The event as text.

        Args:
            values: {hole: JSON text}.
        """
        parts = self._parts.copy()
        parts[1::2] = [values[name] for name in parts[1::2]]
        return "".join(parts)

"""Ids of nodes: `job:namespace:name`, `dataset:namespace:name`, `datasetField:...:field`.

A colon parts, except in `://` and before a number; so a dataset whose namespace has a colon and
whose name begins with a digit cannot be asked for.
"""

import re
from urllib.parse import quote

from tests.support.marquez.answers import incomplete, logged, said

_COLON = re.compile(r":(?!//)(?!\d)")
_PARTS = {"job": 3, "dataset": 3, "datasetField": 4}


def node_id(*parts: str) -> str:
    """The id of a node."""
    return ":".join(parts)


def asked(*parts: str) -> str:
    """An id of a node as it is put into a URL."""
    return quote(node_id(*parts), safe="")


def parse(text: str | None) -> tuple[str, ...]:
    """The parts of an id.

    Raises:
        NoError: it is none.
    """
    if not text:
        raise incomplete("query param nodeId must not be null", status=400)
    kind = text.partition(":")[0]
    if kind not in _PARTS:
        raise said(404, "HTTP 404 Not Found")
    parts = _COLON.split(text, maxsplit=_PARTS[kind] - 1)
    if len(parts) != _PARTS[kind] or not all(parts):
        raise logged()
    return tuple(parts)

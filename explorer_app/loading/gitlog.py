"""Who changed functions last, whatever repositories their files are in."""

import functools
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

from explorer_app.loading.nodefiles import file_of
from hamilton_ol.graph.nodes import Node
from hamilton_ol.sources.changes import Change, last_changes

MOST = 60  # folders that git is asked about


def changes_of(nodes: Iterable[Node], folders: Sequence[Path] = ()) -> dict[str, Change]:
    """{id of a node: the last change of its function}, where git knows it.

    Args:
        nodes: with their functions' files.
        folders: what was opened, where these files are.
    """
    there = functools.cache(lambda file: file_of(file, folders))
    beside: dict[Path, list[Node]] = {}
    for node in nodes:
        path = there(node.file)
        if path is not None:
            beside.setdefault(path.parent, []).append(node._replace(file=str(path)))
    found: dict[str, Change] = {}
    for folder, inside in islice(beside.items(), MOST):
        found |= last_changes(inside, folder)
    return found

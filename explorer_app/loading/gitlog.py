"""Who changed functions last, whatever repositories their files are in."""

from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from hamilton_ol.graph.nodes import Node
from hamilton_ol.sources.changes import Change, last_changes

MOST = 60  # folders that git is asked about


def changes_of(nodes: Iterable[Node]) -> dict[str, Change]:
    """{id of a node: the last change of its function}, where git knows it.

    Args:
        nodes: with their functions' files.
    """
    folders: dict[Path, list[Node]] = {}
    for node in nodes:
        path = _path(node.file)
        if path is not None:
            folders.setdefault(path.parent, []).append(node._replace(file=str(path)))
    found: dict[str, Change] = {}
    for folder, inside in islice(folders.items(), MOST):
        found |= last_changes(inside, folder)
    return found


def _path(file: str) -> Path | None:
    if not file or "\0" in file:
        return None
    try:
        path = Path(file).expanduser().absolute()
        return path if path.is_file() else None
    except (OSError, ValueError, RuntimeError):
        return None

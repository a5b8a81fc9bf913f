"""Where the file of a node is, which is told from where its repository begins."""

from collections.abc import Iterable
from pathlib import Path

from explorer_app.model.places import NO_PATH, here


def file_of(told: str, folders: Iterable[Path]) -> Path | None:
    """The whole path of a file that is there; None for any other.

    Args:
        told: a node's file: a whole path, or one from any folder above those that were opened.
        folders: what was opened.
    """
    if not told or "\0" in told or ".." in Path(told).parts:
        return None
    try:
        path = Path(told).expanduser()
        places = (place for folder in (*folders, here()) for place in (folder, *folder.parents))
        return next((found for place in places if (found := place / path).is_file()), None)
    except NO_PATH:
        return None

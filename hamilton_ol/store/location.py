"""Where the store is, and how it is made: private to the user and invisible to git."""

import errno
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from hamilton_ol.config import project_root
from hamilton_ol.errors import StoreMissingError, StoreUnreadableError

FOLDER = ".hamilton_ol"
SEGMENTS, GRAPHS, KNOWN = "segments", "graphs", "known"


def candidates(wanted: Path | None, folder: Path | None = None) -> Iterator[Path]:
    """Where the store may be, the best first.

    Args:
        wanted: the folder that was asked for; then it is the only one.
        folder: the folder whose project is meant; by default the current one.
    """
    if wanted is not None:
        yield wanted
        return
    root = project_root(folder)
    if root is not None:
        yield root / FOLDER
    from platformdirs import user_data_path  # noqa: PLC0415 - costs more than all of this module

    yield user_data_path("hamilton-ol", appauthor=False)
    yield Path(tempfile.gettempdir()) / f"hamilton-ol-{_user()}"


def _user() -> int:
    return os.getuid() if hasattr(os, "getuid") else 0


def create(wanted: Path | None, folder: Path | None = None) -> Path:
    """Make the store in the first place that lets us.

    Raises:
        OSError: none does; the error is that of the first one.
    """
    problem: OSError | None = None
    for root in candidates(wanted, folder):
        try:
            _make(root)
        except OSError as error:
            problem = problem or error
        else:
            return root
    raise problem or OSError("no place for the store")


def _make(root: Path) -> None:
    for place in (root, root / SEGMENTS, root / GRAPHS, root / KNOWN):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    shared = root.parent == Path(tempfile.gettempdir())
    if shared and root.stat().st_uid != _user():
        raise PermissionError(errno.EACCES, "somebody else made this folder", str(root))
    if not os.access(root / SEGMENTS, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(root))
    ignore = root / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")


def find(wanted: Path | None, folder: Path | None = None) -> Path:
    """The store that is there.

    Raises:
        StoreMissingError: there is none.
        StoreUnreadableError: it is a file, or may not be read.
    """
    places = list(candidates(wanted, folder))
    for root in places:
        if _is_store(root):
            return root
    raise StoreMissingError(
        f"There is no store of recorded runs yet: {places[0]}",
        hint="Run a dataflow with OpenLineageHook, or `hamilton-ol demo`; "
        "--store or HAMILTON_OL_STORE names another folder.",
    )


def _is_store(root: Path) -> bool:
    try:
        if root.is_dir():
            return (root / SEGMENTS).is_dir()
        if not root.exists():
            return False
    except OSError as error:
        raise StoreUnreadableError(
            f"The store cannot be read: {error}", hint="Look at the permissions of the folder."
        ) from error
    raise StoreUnreadableError(
        f"The store is not a folder: {root}", hint="--store or HAMILTON_OL_STORE names a folder."
    )

"""Where the store is, and how it is made: private to the user and invisible to git."""

import errno
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from hamilton_ol.errors import StoreMissingError, StoreUnreadableError
from hamilton_ol.project import project_root
from hamilton_ol.store import documents

FOLDER = ".hamilton_ol"
SEGMENTS, GRAPHS, KNOWN, IGNORE = "segments", "graphs", "known", ".gitignore"


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
    import tempfile  # noqa: PLC0415 - these two cost more than all of this module

    from platformdirs import user_data_path  # noqa: PLC0415

    yield user_data_path("hamilton-ol", appauthor=False)
    yield Path(tempfile.gettempdir()) / _shared_name()


def _shared_name() -> str:
    """What the store is called in a folder that is everybody's."""
    return f"hamilton-ol-{_user()}"


def _user() -> int:
    return os.getuid() if hasattr(os, "getuid") else 0


def current_folder() -> Path | None:
    """The current folder; None when somebody removed it."""
    try:
        return Path.cwd()
    except OSError:
        return None


def create(wanted: Path | None, folder: Path | None = None) -> Path:
    """Make the store in the first place that lets us.

    Args:
        wanted: as of `candidates`.
        folder: as of `candidates`.

    Raises:
        OSError: none does; the error is that of the first one.
    """
    problem: OSError | None = None
    for root in candidates(wanted, folder):
        try:
            _make(root, is_shared=wanted is None and root.name == _shared_name())
        except OSError as error:
            problem = problem or error
        else:
            return root
    raise problem or OSError("no place for the store")


def _make(root: Path, *, is_shared: bool) -> None:
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    if is_shared and root.lstat().st_uid != _user():
        raise PermissionError(errno.EACCES, "somebody else made this folder", str(root))
    if not (root / IGNORE).exists():
        documents.replace(root / IGNORE, b"*\n")
    for name in (GRAPHS, KNOWN, SEGMENTS):  # the last one makes it a store
        (root / name).mkdir(mode=0o700, exist_ok=True)
    if not os.access(root / SEGMENTS, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(root))


def find(wanted: Path | None, folder: Path | None = None) -> Path:
    """The store that is there, where the next run is recorded.

    Raises:
        StoreMissingError: there is none, though one could be made; another place would hold runs of
            other projects.
        StoreUnreadableError: it is a file, or may not be read.
    """
    places = list(candidates(wanted, folder))
    for number, root in enumerate(places):
        if _is_store(root):
            return root
        if _may_be_made(root):
            raise _missing(root, places[number + 1 :])
    raise _missing(places[0])


def _may_be_made(root: Path) -> bool:
    """Whether a run would make the store there."""
    above = next(folder for folder in (root, *root.parents) if folder.exists())
    return os.access(above, os.W_OK | os.X_OK)


def _missing(root: Path, others: Iterable[Path] = ()) -> StoreMissingError:
    hint = "--store or HAMILTON_OL_STORE names another folder"
    other = next((place for place in others if (place / SEGMENTS).is_dir()), None)
    more = f", such as {other}, which has runs of no project" if other else ""
    return StoreMissingError(
        f"There is no store of recorded runs yet: {root}",
        hint=f"Run a dataflow with OpenLineageHook, or `hamilton-ol demo`; {hint}{more}.",
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

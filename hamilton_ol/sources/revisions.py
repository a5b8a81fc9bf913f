"""The graph of a dataflow as it was at a revision; the work tree is not touched."""

import os
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from hamilton_ol.config import Settings
from hamilton_ol.errors import DataflowError, UnknownRevisionError
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.sources.archives import unpack
from hamilton_ol.sources.histories import GitHistory
from hamilton_ol.sources.repositories import quiet

LIMIT = 60.0  # seconds that git may take
_HINT = "A revision is a commit, a branch or a tag, as git:main or git:HEAD~3."

#: Makes a graph of modules and files; (references, settings, folder).
OfModules = Callable[[Sequence[str], Settings, Path], LineageGraph]


def graph_of_revision(
    revision: str, references: Sequence[str], settings: Settings, folder: Path, make: OfModules
) -> LineageGraph:
    """The graph of modules as they were at a revision.

    Args:
        revision: any name that git knows a commit by.
        references: `module:NAME`, or paths, relative to `folder`.
        settings: with the config of the dataflow.
        folder: in the repository.
        make: makes the graph of the files of the revision.

    Raises:
        UnknownRevisionError: there is no such revision.
        DataflowError: there is no repository, or no dataflow at the revision.
    """
    root = Path(_git(folder, "rev-parse", "--show-toplevel").strip())
    commit = _git(
        folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
    ).strip()
    with tempfile.TemporaryDirectory(prefix="hamilton-ol-", ignore_cleanup_errors=True) as place:
        left_out = unpack(root, commit, Path(place))
        there = Path(place) / os.path.relpath(folder.resolve(), root.resolve())
        if not there.is_dir():
            text = f"At {revision!r} there is no folder {folder.name!r} in {root}"
            raise DataflowError(text, hint=_HINT)
        found = _within(make(references, settings, there), Path(place))
        said = [f"{file} leads out of the repository, so it was left out" for file in left_out]
        return found.with_problems(said).with_history(GitHistory(str(root), commit))


def _within(graph: LineageGraph, place: Path) -> LineageGraph:
    """The same with the names of files as they are in the repository."""
    return graph.renewed(node._replace(file=_relative(node.file, place)) for node in graph.nodes)


def _relative(file: str, place: Path) -> str:
    path = Path(file).expanduser().resolve() if file else place
    is_there = path != place and path.is_relative_to(place.resolve())
    return path.relative_to(place.resolve()).as_posix() if is_there else file


def _git(folder: Path, *words: str) -> str:
    return _run(folder, *words).stdout.decode("utf-8", "surrogateescape")


def _run(folder: Path, *words: str) -> "subprocess.CompletedProcess[bytes]":
    """What git says.

    Raises:
        DataflowError: there is no git, or it says no.
    """
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *words],  # noqa: S607 - the user's git
            capture_output=True,
            env=quiet(folder),
            timeout=LIMIT,
            check=False,
        )
    except FileNotFoundError as error:
        raise DataflowError("git is not installed, or not on the PATH") from error
    except subprocess.TimeoutExpired as error:
        raise DataflowError(f"git did not answer within {LIMIT:g} seconds") from error
    if done.returncode:
        raise _said_no(folder, words, done.stderr.decode("utf-8", "replace").strip())
    return done


def _said_no(folder: Path, words: Sequence[str], said: str) -> DataflowError:
    if "--end-of-options" in words:
        revision = words[-1].removesuffix("^{commit}")
        return UnknownRevisionError(f"There is no revision {revision!r} in {folder}", hint=_HINT)
    return DataflowError(f"git cannot read {folder}: {said or words[0]}", hint=_HINT)

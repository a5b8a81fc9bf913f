"""The project that a folder belongs to: where it begins, and what its pyproject.toml says to us."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

FILE = "pyproject.toml"
SECTION = "[tool.hamilton_ol]"


class ProjectTable(NamedTuple):
    """`[tool.hamilton_ol]` of a project.

    Attributes:
        path: the file that it stands in; None where there is none.
        values: what it holds.
        problem: why it could not be read, or an empty text.
    """

    path: Path | None = None
    values: Mapping[str, Any] = MappingProxyType({})
    problem: str = ""


def read_table(folder: Path | None = None) -> ProjectTable:
    """The table of the nearest pyproject.toml, upwards, that has one.

    Args:
        folder: where the search begins; by default the current folder.
    """
    for parent in _upwards(folder):
        path = parent / FILE
        try:
            table = _section(path) if path.is_file() else None
        except (OSError, ValueError, RecursionError) as error:
            return ProjectTable(path, problem=f"{path} cannot be read: {error}")
        if isinstance(table, dict):
            return ProjectTable(path, table)
        if table is not None:
            return ProjectTable(path, problem=f"{path}: {SECTION} is not a table")
    return ProjectTable()


def _section(path: Path) -> object:
    """What stands under `tool.hamilton_ol`; None where nothing does."""
    import tomllib  # noqa: PLC0415 - only where there is a pyproject.toml

    tool = tomllib.loads(path.read_text(encoding="utf-8-sig")).get("tool")
    return tool.get("hamilton_ol") if isinstance(tool, dict) else None


def project_root(folder: Path | None = None) -> Path | None:
    """The nearest folder, upwards, with a pyproject.toml or a .git; None when there is none."""
    for parent in _upwards(folder):
        try:
            if (parent / FILE).is_file() or (parent / ".git").exists():
                return parent
        except OSError:  # a folder that we may not look into is not our project
            continue
    return None


def _upwards(folder: Path | None) -> Iterator[Path]:
    try:
        start = (folder or Path.cwd()).absolute()
    except OSError:  # somebody removed the current folder
        return
    yield start
    yield from start.parents

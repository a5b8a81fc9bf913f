"""Where functions are defined, told without names of people or machines."""

import functools
import os
import types
from pathlib import Path

from hamilton_ol.records import Place

_INSTALLED = frozenset({"site-packages", "dist-packages"})


@functools.cache
def repository_root(folder: Path) -> Path | None:
    """The nearest folder, upwards, that is a git work tree; found without asking git.

    An installed package is in none, even where the environment lies within a work tree.
    """
    for parent in (folder, *folder.parents):
        if parent.name in _INSTALLED:
            return None
        if os.path.exists(parent / ".git"):  # noqa: PTH110 - False where it may not be looked at
            return parent
    return None


def place_of(function: types.FunctionType) -> Place:
    """Where a function is defined, by its path in its repository where it has one."""
    code = function.__code__
    name = f"{function.__module__}.{function.__qualname__}"
    file, in_repository = _shown(code.co_filename)
    return Place(name, file, code.co_firstlineno, in_repository=in_repository)


@functools.lru_cache(1000)
def _shown(name: str) -> tuple[str, bool]:
    """How the file of a code is told, and whether that is its path in its repository."""
    if name.startswith("<"):
        return name, False
    path = Path(name).absolute()
    root = repository_root(path.parent)
    return (home_hidden(path), False) if root is None else (path.relative_to(root).as_posix(), True)


def home_hidden(path: Path) -> str:
    """The path with the home folder, which names a person, as `~`."""
    try:
        return f"~/{path.relative_to(Path.home()).as_posix()}"
    except (ValueError, RuntimeError):
        return path.as_posix()

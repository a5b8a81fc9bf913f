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


def file_of(function: types.FunctionType) -> Path | None:
    """The file that a function was read from; None for a cell or a string."""
    name = function.__code__.co_filename
    return None if name.startswith("<") else Path(name).absolute()


def place_of(function: types.FunctionType) -> Place:
    """Where a function is defined, by its path in its repository where it has one."""
    code = function.__code__
    name = f"{function.__module__}.{function.__qualname__}"
    path = file_of(function)
    if path is None:
        return Place(name, code.co_filename, code.co_firstlineno)
    root = repository_root(path.parent)
    if root is not None:
        file = path.relative_to(root).as_posix()
        return Place(name, file, code.co_firstlineno, in_repository=True)
    return Place(name, home_hidden(path), code.co_firstlineno)


def home_hidden(path: Path) -> str:
    """The path with the home folder, which names a person, as `~`."""
    try:
        return f"~/{path.relative_to(Path.home()).as_posix()}"
    except (ValueError, RuntimeError):
        return path.as_posix()

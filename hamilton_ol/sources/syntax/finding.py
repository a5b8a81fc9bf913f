"""Finds the files of modules without importing anything."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from hamilton_ol.sources.files import module_at, modules_in
from hamilton_ol.sources.syntax.modules import Source


def sources_of(references: Sequence[str], folder: Path) -> list[Source]:
    """The modules that are meant, each once; one that is nowhere is left out.

    Args:
        references: `module:pkg.mod`, or paths of files and folders.
        folder: where paths begin and modules are looked for first.
    """
    found: dict[str, Source] = {}
    for reference in references:
        for source in _of(reference, folder):
            found.setdefault(source.name, source)
    return list(found.values())


def missing(references: Sequence[str], folder: Path) -> list[str]:
    """The modules among some references whose text is nowhere; arguments as of `sources_of`."""
    names = [r.removeprefix("module:") for r in references if r.startswith("module:")]
    return [name for name in names if next(_module(name, folder), None) is None]


def _of(reference: str, folder: Path) -> Iterator[Source]:
    if reference.startswith("module:"):
        yield from _module(reference.removeprefix("module:"), folder)
        return
    path = folder / Path(reference).expanduser()
    if path.is_dir():
        yield from (Source(name, _file(place, name)) for place, name in modules_in(path))
    elif path.is_file():
        yield Source(module_at(path)[1], path)


def _file(place: Path, name: str) -> Path:
    return place.joinpath(*name.split(".")).with_suffix(".py")


def _module(name: str, folder: Path) -> Iterator[Source]:
    """A module by its name, where an import would look for it."""
    for place in (folder, *map(Path, filter(None, sys.path))):
        base = place.joinpath(*name.split("."))
        for path in (base.with_suffix(".py"), base / "__init__.py"):
            if path.is_file():
                yield Source(name, path)
                return

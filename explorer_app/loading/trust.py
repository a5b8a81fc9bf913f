"""Whose code may run: reading a dataflow imports its modules, which runs what is in them."""

from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path

import hamilton_ol
from explorer_app.model.places import real
from hamilton_ol.config import resolve

#: Sources that are read, and never run.
READ_ONLY = ("run:", "events:", "marquez:", "stamp:")
SAMPLE = tuple(
    f"module:hamilton_ol.demo.{name}"
    for name in ("data_loading", "features", "sets", "model_pipeline")
)


def code_folders(sources: Sequence[str], here: Path) -> list[Path]:
    """The folders whose code would run if these sources were read.

    Args:
        sources: as of `hamilton_ol.load`; none for what the project's settings name.
        here: the folder where paths begin.
    """
    named = [source for source in sources if _is_code(source)]
    if any(Path(source).is_absolute() for source in named):  # the revision is of their repository
        named = [source for source in named if not source.startswith("git:")]
    if not sources and resolve({}).modules:
        return [here.resolve()]
    folders = [_folder(source, here) for source in named]
    return list(dict.fromkeys(folder for folder in folders if folder is not None))


def has_text(sources: Sequence[str]) -> bool:
    """Whether files that are here say at once, by their text, what these sources are."""
    return all(_is_code(source) and not source.startswith("git:") for source in sources)


def _is_code(source: str) -> bool:
    is_graph = source.endswith(".json") and not source.startswith("git:")
    is_read = source == "store" or source.startswith(READ_ONLY) or is_graph
    return not is_read and source not in SAMPLE


def _folder(source: str, here: Path) -> Path | None:
    if source.startswith("git:"):
        return here.resolve()
    if source.startswith("module:"):
        return _folder_of_module(source.removeprefix("module:"), here)
    path = real(source, here)
    if path is None:
        return here / source  # nobody trusts it, and whoever reads it says what it is
    return path if path.is_dir() else path.parent


def _folder_of_module(name: str, here: Path) -> Path:
    """Where the top of a package is; here, if it is nowhere else: nothing is imported for it."""
    top = name.partition(".")[0]
    local = here / top
    if local.exists() or local.with_suffix(".py").exists():
        return here.resolve()
    try:
        found = find_spec(top)
    except (ImportError, ValueError):
        found = None
    if found is None or not found.origin:
        return here.resolve()
    return Path(found.origin).resolve().parent


def untrusted(folders: Iterable[Path], trusted: Iterable[Path]) -> list[Path]:
    """Those that are neither trusted nor inside a folder that is."""
    own = Path(hamilton_ol.__file__).resolve().parent
    known = [own, *filter(None, (real(str(path), own) for path in trusted))]
    return [f for f in folders if not any(f == k or f.is_relative_to(k) for k in known)]
